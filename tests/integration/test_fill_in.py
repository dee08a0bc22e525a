"""A text with blanks over the web: its form, what is asked back, what is stored and what is shown of it."""

import html
import json
import re
from pathlib import Path

import pytest

from quizapp.site import Site
from tests.integration.test_checks import LESSON, count, open_check, rows
from tests.pages import Form, Page, Visitor

TEXT = """# Online

## Check {.check}

### Complete the way of a mail {#way}

Mail is accepted by a [[Receive connector|receive-connector]] and is [[( ) encrypted | (x) queued]].

| Port | Kept for |
| --- | --- |
| [[25]] | [[5 min]] |

```python blanks
send([["mail"]])
```

It leaves by a Send connector.
"""
RIGHT = ["receive-connector", "2", "25", "300 s", '"mail"']


@pytest.fixture
def form(folder: Path, visitor: Visitor) -> Form:
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(TEXT, encoding="utf-8")
    return open_check(visitor)


def send(visitor: Visitor, form: Form, *values: str) -> Page:
    """Send the form with these values in its blanks."""
    data = {**form.data(), "answer-1": list(values)}
    response = visitor.client.post(form.action, data=data, follow_redirects=True)
    visitor.status = response.status_code
    return Page(response.get_data(as_text=True))


def inputs(page: Page) -> list[str]:
    """The inputs of the text, each as it is written."""
    return re.findall(r'<(?:input|select) class="blank"[^>]*>', page.html)


def shown(page: Page) -> str:
    """The text with what stands in its blanks, as it is read."""
    text = page.html.split('<div class="prose fill-in">')[1].split('<div class="actions">')[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_the_form_has_an_input_for_each_blank_and_tells_nothing(visitor: Visitor, form: Form) -> None:
    page = visitor.get(LESSON)
    found = inputs(page)
    assert [re.findall(r'aria-label="([^"]*)"', one) for one in found] == [[f"Blank {n} of 5"] for n in range(1, 6)]
    assert len(set(re.findall(r'size="(\d+)"', page.html))) == 1
    assert "5 blanks to fill in. Write a number with its unit, where it has one." in page.text
    for kept_back in ("Receive connector", "receive-connector", "5 min", "Send connector", "\ue000", "[["):
        assert kept_back not in page.html
    assert '<option value="1">encrypted</option><option value="2">queued</option></select>.' in page.html


def test_what_cannot_be_read_is_told_at_its_blank_and_all_that_was_typed_stays(
    site: Site, visitor: Visitor, form: Form
) -> None:
    page = send(visitor, form, "A <b> & c", "1", "25", "5", "")
    assert visitor.status == 422
    assert "Blank 4: Write the unit as well." in page.text
    assert page.links["question 1"].endswith("-1-4")
    wrong = [one for one in inputs(page) if "aria-invalid" in one]
    assert ['id="page-check-1-4"' in one and 'aria-describedby="page-check-1-trouble"' in one for one in wrong] == [
        True
    ]
    assert re.findall(r'class="blank"[^>]* value="([^"]*)"', page.html) == ["A &lt;b&gt; &amp; c", "25", "5", ""]
    assert '<option value="1" selected>encrypted</option>' in page.html
    assert count(site, "attempt") == 0


def test_nothing_in_any_blank_is_told(visitor: Visitor, form: Form) -> None:
    page = send(visitor, form, "", "", " ", "", "")
    assert visitor.status == 422
    assert "Answer all questions before you check: question 1 ." in page.text
    assert all('aria-describedby="page-check-1-missing"' in one for one in inputs(page))


@pytest.mark.parametrize("values", [["a", "3", "", "", ""], ["a", "queued", "", "", ""], ["a", "1"], [*RIGHT, ""]])
def test_what_was_not_on_the_form_is_refused(site: Site, visitor: Visitor, form: Form, values: list[str]) -> None:
    page = send(visitor, form, *values)
    assert visitor.status == 400
    assert "not among those offered" in page.text
    assert count(site, "attempt") == 0


def test_the_result_shows_each_blank_with_its_verdict_and_the_answers_when_they_are_due(
    site: Site, visitor: Visitor, form: Form
) -> None:
    page = send(visitor, form, "Receive connector", "1", "25", "", "<mail>")
    assert "Partly right: 40 %." in page.text
    assert shown(page) == (
        "Mail is accepted by a Receive connector Right and is encrypted Not right . Port Kept for 25 Right "
        "empty Not right send ( <mail> Not right ) This question is wrong"
    )
    assert [json.loads(value) for (value,) in rows(site, "select value from response")] == [
        ["Receive connector", "encrypted", "25", "", "<mail>"]
    ]
    again = visitor.get(page.links["Try again"])
    assert len(inputs(again)) == 5
    page = visitor.send(page.form("/answers"))
    assert "encrypted Not right Right is: queued ." in shown(page)
    assert "empty Not right Right is: 5 min" in shown(page)
    assert "It leaves by a Send connector." in page.text


def test_all_blanks_right_complete_the_lesson(folder: Path, visitor: Visitor, form: Form) -> None:
    file = folder / "exchange" / "mail-flow" / "2-online.md"
    file.write_text(TEXT.replace("[[25]]", "[[587]]"), encoding="utf-8")  # it is marked as it was shown
    page = send(visitor, form, *RIGHT)
    assert "Completed" in page.text
    assert "receive-connector Right and is queued Right ." in shown(page)
    assert "Right is:" not in page.text


def test_without_a_token_the_form_comes_back_as_it_was(visitor: Visitor, form: Form) -> None:
    form.hidden = [entry for entry in form.hidden if entry[0] != "csrf_token"]
    page = send(visitor, form, *RIGHT)
    assert visitor.status == 400
    assert re.findall(r'class="blank"[^>]* value="([^"]*)"', page.html) == [
        "receive-connector", "25", "300 s", "&#34;mail&#34;",
    ]  # fmt: skip
    assert '<option value="2" selected>queued</option>' in page.html
