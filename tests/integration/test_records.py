"""A zone file over the web: the form that holds it, what is asked back, and what the result says."""

import html
import re
from pathlib import Path

import pytest

from quizapp.site import Site
from tests.integration.test_checks import CHECK, LESSON, count, open_check
from tests.pages import Page, Visitor

HOST = "contoso-com.mail.protection.outlook.com"
STARTING = "\n$ORIGIN contoso.com.   ; the domain\n"
QUESTION = f"""# Exchange Online

## Check your knowledge {{.check}}

### Publish Contoso's mail records {{#zone .records}}

```zone
{STARTING}
```

- = @ MX 0 {HOST}.
  > Exchange Online takes it.
- = `@ TXT "v=spf1 -all"`
  > Nobody else sends.
- != @ MX ? mail.contoso.com.
  > That host is gone.
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    """The content, with a question for records in place of the other."""
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(QUESTION, encoding="utf-8")
    return folder


def written(page: Page) -> str:
    """What stands in the zone file of the form, as a browser sends it; it drops the first line feed."""
    [text] = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.html, flags=re.DOTALL)
    return html.unescape(text).replace("\n", "\r\n")


def send(visitor: Visitor, *lines: str) -> Page:
    page = visitor.get(LESSON)
    return visitor.send(page.form(CHECK), **{"answer-1": "\r\n".join([written(page), *lines])})


def test_the_form_holds_the_starting_text_and_not_the_key(visitor: Visitor) -> None:
    page = visitor.get(LESSON)
    assert written(page) == STARTING.rstrip("\n").replace("\n", "\r\n")
    assert "Zone file" in page.text
    for kept_back in (HOST, "spf1", "mail.contoso.com", "gone", "takes it"):
        assert kept_back not in page.html


def test_what_was_not_touched_is_not_answered(site: Site, visitor: Visitor) -> None:
    page = send(visitor, "", "  ")
    assert visitor.status == 422
    assert "Answer all questions before you check" in page.text
    assert count(site, "attempt") == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("@ MX mail.", "Line 3 cannot be read. Write a record as owner, type and data"),
        ("$GENERATE 1-99 a$ A 192.0.2.1", "Line 3 begins with a directive that is not taken here."),
        ("; " + "a" * 70_000, "This is too long for an answer."),
        ("@ TXT \x00", "Line 3 cannot be read."),
    ],
)
def test_what_cannot_be_read_is_asked_back_and_stays(site: Site, visitor: Visitor, line: str, said: str) -> None:
    page = send(visitor, line)
    assert visitor.status == 422
    assert said in page.text
    assert line in written(page)
    assert count(site, "attempt") == 0


def test_records_are_told_one_by_one_and_those_that_are_missing_at_the_end(site: Site, visitor: Visitor) -> None:
    page = send(visitor, f"@ MX 0 {HOST}", "@ MX 10 mail", "www A 192.0.2.1", '@ TXT "<b>"')
    assert "Not quite." in page.text
    assert f"{HOST} has no dot at its end, so DNS reads it as {HOST}.contoso.com. " in page.text
    assert "@ MX 10 mail Not right That host is gone." in page.text
    assert "www A 192.0.2.1 Not looked for; it makes no difference." in page.text
    assert "@ TXT &#34;&lt;b&gt;&#34;" in page.html or "@ TXT &quot;&lt;b&gt;&quot;" in page.html
    for kept_back in ("spf1", "Nobody else", "takes it", "Missing records"):
        assert kept_back not in page.html
    page = visitor.send(page.form("/answers"))
    assert f"Missing records: @ MX 0 {HOST}. Right, and missing Exchange Online takes it." in page.text
    assert '@ TXT "v=spf1 -all" Right, and missing Nobody else sends.' in page.text


def test_a_part_earns_a_part_and_all_of_it_completes_the_lesson(visitor: Visitor) -> None:
    page = send(visitor, f"@ MX 0 {HOST}.")
    assert "Partly right: 50 %." in page.text
    again = visitor.get(page.links["Try again"])
    page = visitor.send(
        again.form(CHECK), **{"answer-1": f"$ORIGIN contoso.com.\r\n@ IN MX 0 {HOST}.\r\n\tTXT ( v=spf1\\032-all )\r\n"}
    )
    assert "Completed" in page.text
    assert "TXT v=spf1\\032-all Right Nobody else sends." in page.text


def test_answers_are_shown_to_one_who_gave_none(visitor: Visitor) -> None:
    page = visitor.send(open_check(visitor), **{"answer-1": "; nothing"})
    assert "Your records: none" in page.text
    assert "Right, and missing" in visitor.send(page.form("/answers")).text
