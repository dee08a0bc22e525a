"""Questions taken elsewhere from /teach: what is lost is shown first, then each format is a file, or paper."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Source
from quizapp.formats.detecting import detect
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from tests.pages import Visitor

BANK = """# Weather <pool>

## Which is wet? {#wet .survey}

- Rain
- Sand

## Which is dry? {#dry}

![A dune](media/dune.svg)

- (x) Sand
  > Right.
- ( ) Rain

> [!TIP]
> Not rain.
"""
QUIZ = "---\ntitle: Final\ntime: 20 min\npass: 50\n---\n## [One](pool.bank.md#dry)\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"/>'
PLACES = {"banks": "pool", "quizzes": "final", "lessons": "online"}


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[Site]:
    """A site; what is exported does not depend on the kind of database."""
    module = folder / "exchange" / "mail-flow"
    (module / "media").mkdir()
    (module / "media" / "dune.svg").write_text(SVG)
    (module / "pool.bank.md").write_text(BANK)
    (module / "final.quiz.md").write_text(QUIZ)
    site = prepare_site(Settings(folder, tmp_path / "instance"))
    yield site
    site.database.close()


@pytest.fixture
def author(sign_in: Callable[..., Visitor]) -> Visitor:
    return sign_in("Ann", "author")


def there(kind: str, after: str = "") -> str:
    return f"/teach/export/{kind}/mail-flow/{PLACES[kind]}{after}"


@pytest.mark.parametrize("kind", PLACES)
def test_the_page_of_each_leads_to_its_download(author: Visitor, kind: str) -> None:
    place = f"/{kind}/" if kind != "lessons" else "/"
    page = author.get(f"/teach/modules/mail-flow{place}{PLACES[kind]}")
    assert page.links["Download"] == there(kind)
    page = author.get(there(kind))
    assert author.status == 200
    assert [form for form in page.forms if form.action == there(kind)]


def test_what_is_lost_is_told_by_question_before_the_download(author: Visitor) -> None:
    page = author.get(there("banks", "?format=aiken"))
    assert "2 of 2 questions lose something · 1 is left out" in page.text
    assert "mail-flow#wet" in page.text
    assert "its hints are left out." in page.text
    assert page.links["Download the file"] == there("banks", "/file/aiken")
    assert "Nothing is lost." in author.get(there("banks", "?format=json")).text
    assert "Download the file" not in author.get(there("banks", "?format=none")).links


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_each_format_is_a_file_that_reads_back_where_something_reads_it(
    author: Visitor, kind: str, format: str
) -> None:
    with author.client.get(there(kind, f"/file/{format}")) as response:
        data, headers = response.data, response.headers
    assert response.status_code == 200
    assert headers["Content-Disposition"] == f"attachment; filename={PLACES[kind]}{EXPORTERS[format].ending}"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "application/octet-stream"
    found = detect(data).format
    if format.removesuffix("3") in IMPORTERS:
        assert [item for item in IMPORTERS[found].read(Source(data)).items if item.is_good]
    else:
        assert format in ("anki", "apkg")
        assert data


def test_a_quiz_is_printed_as_paper_sheet_and_key(author: Visitor) -> None:
    pages = {}
    for name in ("paper", "answers", "key"):
        with author.client.get(there("quizzes", f"/paper.html?page={name}&seed=7")) as response:
            pages[name] = response.get_data(as_text=True)
            assert response.headers["Content-Disposition"] == f"inline; filename=final-{name}-7.html"
            assert "sandbox" in response.headers["Content-Security-Policy"]
            assert "script" not in response.headers["Content-Security-Policy"]
    assert "Which is dry?" in pages["paper"]
    assert "data:image/svg+xml;base64," in pages["paper"]
    assert "20 minutes" in pages["paper"]
    assert 'class="right"' not in pages["paper"] + pages["answers"]
    assert re.search(r'<p class="right" dir="auto">[AB]: Sand</p>', pages["key"])
    assert author.client.get(there("quizzes", "/paper.html?page=other")).status_code == 404
    assert author.client.get(there("quizzes", "/paper.html?seed=-4")).status_code == 200
    assert author.client.get(there("quizzes", "/paper.html?seed=x")).status_code == 200


def test_an_error_in_the_file_is_told_because_it_keeps_a_question_out(
    author: Visitor, folder: Path, site: Site
) -> None:
    site.looking_pause = 0
    with (folder / "exchange" / "mail-flow" / "pool.bank.md").open("a") as file:
        file.write("\n## Broken {#broken}\n\n- (x) Alone\n")
    assert "One error in this file keeps something out." in author.get(there("banks")).text


def test_nobody_but_authors_and_owners_gets_a_key(sign_in: Callable[..., Visitor], author: Visitor) -> None:
    for name, roles in (("Lena", ()), ("Ines", ("instructor",))):
        visitor = sign_in(name, *roles)
        for after in ("", "?format=gift", "/file/gift", "/paper.html?page=key"):
            assert visitor.client.get(there("banks", after)).status_code == 403
    assert "Download" not in sign_in("Ida", "instructor").get("/teach/modules/mail-flow/banks/pool").links
    assert sign_in("Olga", "owner").get(there("banks")).links["Look at them"]
    for wrong in ("/teach/export/banks/mail-flow/none", "/teach/export/x/mail-flow/pool", there("banks", "/file/none")):
        assert author.client.get(wrong).status_code == 404


def test_nothing_of_a_title_becomes_markup(author: Visitor) -> None:
    assert not re.search(r"<pool>", author.get(there("banks")).html)


def test_a_quiz_goes_out_with_its_rules_and_what_it_loses_is_told(author: Visitor) -> None:
    page = author.get(f"{there('quizzes')}?format=text2qti")
    assert "its pass and time are left out." in page.text.replace("`", "")
    response = author.client.get(f"{there('quizzes')}/file/qti3")
    [quiz] = IMPORTERS["qti"].read(Source(response.data, "x.zip")).quizzes
    assert (quiz.title, quiz.settings) == ("Final", {"time": "20 min"})
    page = author.get(f"{there('quizzes')}?format=json")
    assert "The questions lose nothing, but the quiz does" in page.text
