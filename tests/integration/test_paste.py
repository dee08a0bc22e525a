"""/teach/paste without JavaScript: pasted, looked at, said, saved once, and refused where it should be."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from quizapp.site import Site
from quizapp.web import create_app
from tests.pages import Page, Visitor
from tests.people import with_settings

GOOD = "1. Which is wet?\na) Sand\n*b) Rain\n"
OPEN = "2. Which is blue?\na) Sky\nb) Grass\n"
PASTE = "/teach/paste"


@pytest.fixture
def author(sign_in: Callable[..., Visitor]) -> Visitor:
    return sign_in("Ann", "author")


def paste(author: Visitor, text: str, **fields: str) -> Page:
    """Send the form with a text."""
    page = author.get(PASTE)
    [form] = [form for form in page.forms if form.action == PASTE]
    return author.send(form, source=text, **fields)


def bank_of(folder: Path) -> Path:
    return folder / "exchange" / "mail-flow" / "weather.bank.md"


NEW_BANK = {"do": "save", "bank": "new", "title": "Weather", "folder": "exchange/mail-flow"}


def test_what_is_pasted_is_shown_with_its_key_and_its_guesses(author: Visitor) -> None:
    page = paste(author, GOOD, do="read")
    assert "1 question was found" in page.text
    assert "took what is marked with" in page.text
    assert "## Which is wet? {#which-is-wet}" in page.text


def test_a_new_bank_is_saved_and_served(author: Visitor, site: Site, folder: Path) -> None:
    page = paste(author, GOOD, **NEW_BANK)
    assert "1 question was added to exchange/mail-flow/weather.bank.md." in page.text
    written = '---\ntitle: "Weather"\n---\n\n## Which is wet? {#which-is-wet}\n\n- ( ) Sand\n- (x) Rain\n'
    assert bank_of(folder).read_text() == written
    assert "mail-flow#which-is-wet" in site.catalogue.questions()


def test_saving_twice_changes_nothing_and_says_so(author: Visitor, folder: Path) -> None:
    paste(author, GOOD, **NEW_BANK)
    before = bank_of(folder).read_bytes()
    page = paste(author, GOOD, do="save", bank="exchange/mail-flow/weather.bank.md")
    assert "Left out, because they are there already: #which-is-wet" in page.text
    assert bank_of(folder).read_bytes() == before


def test_a_question_without_a_key_is_not_saved_until_its_key_is_said(author: Visitor, folder: Path) -> None:
    page = paste(author, GOOD + OPEN, **NEW_BANK)
    assert "1 question cannot be saved." in page.text
    assert not bank_of(folder).exists()
    [name] = set(re.findall(r'name="(right-[^"]+)"', page.html))
    said = paste(author, GOOD + OPEN, do="read", **{name: "1"})
    assert f'type="hidden" name="{name}" value="1"' in said.html
    paste(author, GOOD + OPEN, **NEW_BANK, **{name: "1"})
    assert "- (x) Sky" in bank_of(folder).read_text()


def test_only_the_good_ones_by_choice(author: Visitor, folder: Path) -> None:
    page = paste(author, GOOD + OPEN, **NEW_BANK, only_good="1")
    assert "1 question was left out, because it cannot be saved." in page.text
    assert "blue" not in bank_of(folder).read_text()


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"do": "save", "bank": ""}, "Choose the question bank"),
        ({"do": "save", "bank": "../../x.bank.md"}, "Choose the question bank"),
        ({"do": "save", "bank": "new", "title": "", "folder": "exchange/mail-flow"}, "bank a title, or choose"),
        ({"do": "save", "bank": "new", "title": "?", "folder": "exchange/mail-flow"}, "at least one letter or digit"),
        ({"do": "save", "bank": "new", "title": "X", "folder": "../elsewhere"}, "That does not go there"),
    ],
)
def test_where_it_cannot_go_is_told_and_the_text_stays(author: Visitor, fields: dict[str, str], text: str) -> None:
    page = paste(author, GOOD, **fields)
    assert text in page.text
    assert "Which is wet?" in page.text


def test_a_word_document_is_read(author: Visitor) -> None:
    document, file = Document(), io.BytesIO()
    document.add_paragraph("1. Which is wet?")
    document.add_paragraph("a) Sand")
    document.add_paragraph().add_run("b) Rain").bold = True
    document.save(file)
    [form] = [form for form in author.get(PASTE).forms if form.action == PASTE]
    data = {**dict(form.hidden), "do": "read", "file": (io.BytesIO(file.getvalue()), "test.docx")}
    with author.client.post(PASTE, data=data, content_type="multipart/form-data") as response:
        text = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "took the bold one as right" in text
    assert "**b) Rain**" in text


def test_nothing_that_is_pasted_becomes_markup_of_the_page(author: Visitor) -> None:
    page = paste(
        author, "1. <script>alert(1)</script> {{ 7 * 7 }}?\n*a) <img src=x onerror=y>\nb) </textarea>\n", do="read"
    )
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html
    assert "<script>alert(1)</script> {{ 7 * 7 }}?" in page.text


def test_it_is_not_there_where_editing_is_off(site: Site) -> None:
    off = with_settings(site, editing="off")
    with create_app(site=off).test_client().get(PASTE) as response:
        assert response.status_code == 404
