"""What pages say beside their words: progress as pictures, directions, what is not marked, what a number needs."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.site import Site
from quizapp.web.words import coded, direction
from tests.pages import Visitor

CHECK = """# Numbers

## Check {.check}

### How long? {#long}

- = 90 +- 1 min
- != 90 s

### How many? {#many}

- = 3

### What else? {#else .survey}

- ( ) Nothing
- ( ) Much
"""
HEBREW = """---
title: שיעור ראשון
lang: he
---
שלום.
"""


def write(site: Site, name: str, text: str) -> None:
    """Add a lesson to the module of the folder."""
    file = site.settings.content / "exchange" / "mail-flow" / name
    file.write_text(text, encoding="utf-8")


def question(html: str, number: int) -> str:
    """The part of the page that shows one question of the check."""
    return html.split(f'id="page-check-{number}"')[1].split('class="question')[0]


def test_a_number_that_wants_a_unit_says_so_and_not_which(site: Site, visitor: Visitor) -> None:
    write(site, "3-numbers.md", CHECK)
    html = visitor.get("/modules/mail-flow/numbers").html
    assert "A number with its unit." in question(html, 1)
    assert 'aria-describedby="page-check-1-unit"' in question(html, 1)
    assert not re.search(r"\bmin\b(?! ·)|\b90\b", question(html, 1))
    assert "unit" not in question(html, 2)


def test_a_survey_is_told_before_and_not_marked_after(site: Site, visitor: Visitor) -> None:
    write(site, "3-numbers.md", CHECK)
    page = visitor.get("/modules/mail-flow/numbers")
    assert "Not marked: there is no right answer." in question(page.html, 3)
    assert "Not marked" not in question(page.html, 2)
    page = visitor.send(page.form("/checks/check"), "Much", **{"answer-1": "2 h", "answer-2": "3"})
    assert "1 of 2 right" in page.text
    assert "is-right" not in question(page.html, 3)
    assert "is-wrong" not in question(page.html, 3)
    page = visitor.send(page.form("/answers"))
    assert not re.search("not right|not chosen|Accepted", question(page.html, 3))


def test_a_page_with_a_mistake_begins_its_title_with_the_word(visitor: Visitor) -> None:
    page = visitor.get("/modules/mail-flow/online")
    assert "<title>Exchange Online · " in page.html
    assert "<title>Error: Exchange Online · " in visitor.send(page.form("/checks/check")).html


def test_my_learning_leads_back_and_shows_progress_as_pictures(site: Site, visitor: Visitor) -> None:
    assert visitor.get("/progress").links["Start: Introduction"] == "/modules/mail-flow/introduction"
    visitor.send(visitor.get("/modules/mail-flow/introduction").form("/continue"))
    page = visitor.get("/progress")
    assert page.links["Exchange Online"] == "/modules/mail-flow/online"
    assert 'role="img" aria-label="1 of 2 lessons completed, 1 in progress"' in page.html
    assert "As a table" not in page.text
    other = site.settings.content / "exchange" / "second"
    other.mkdir()
    (other / "1-one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    visitor.send(visitor.get("/modules/second/one").form("/continue"))
    page = visitor.get("/progress")
    assert '<div class="bars-rows" role="img" aria-label="Lessons completed, by module">' in page.html
    assert "As a table Module Lessons completed Mail flow 1 of 2 Second 1 of 1" in page.text


def test_a_path_shows_how_far_one_is_and_what_comes_next(visitor: Visitor) -> None:
    assert visitor.get("/paths/exchange").links["Start: Introduction"] == "/modules/mail-flow/introduction"
    visitor.send(visitor.get("/modules/mail-flow/introduction").form("/continue"))
    page = visitor.get("/paths/exchange")
    assert page.links["Continue: Exchange Online"] == "/modules/mail-flow/online"
    assert 'aria-label="1 of 2 lessons completed"' in page.html


def test_a_lesson_has_the_direction_of_its_language(site: Site, visitor: Visitor) -> None:
    write(site, "3-hebrew.md", HEBREW)
    html = visitor.get("/modules/mail-flow/hebrew").html
    assert '<html lang="en" dir="ltr">' in html
    assert '<article lang="he" dir="rtl"' in html
    assert '<h1 dir="auto">שיעור ראשון</h1>' in html
    assert "<bdi>שיעור ראשון</bdi>" in html


@pytest.mark.parametrize(("language", "written"), [("de", "ltr"), ("he", "rtl")])
def test_content_is_in_the_language_of_the_site_and_the_interface_in_its_own(
    site: Site, new_visitor: Callable[[], Visitor], language: str, written: str
) -> None:
    site.settings = replace(site.settings, language=language)
    write(site, "index.md", "# Mail flow\n\nMail.\n")
    write(site, "../index.md", "# Exchange\n\nExchange.\n")
    write(site, "../../index.md", "# Courses\n\nWelcome.\n")
    write(site, "3-english.md", "---\nlang: en-GB\n---\n# Own\n")
    visitor, marked = new_visitor(), f'lang="{language}" dir="{written}"'
    pages = {
        "/": f'<div class="prose lead" {marked}>',
        "/paths/exchange": f'<div class="prose" {marked}>',
        "/modules/mail-flow": f'<div class="prose" {marked}>',
        "/modules/mail-flow/introduction": f"<article {marked}",
        "/modules/mail-flow/english": '<article lang="en-GB" dir="ltr"',
        "/appearance": "<h1",
    }
    for address, part in pages.items():
        html = visitor.get(address).html
        assert '<html lang="en" dir="ltr">' in html
        assert part in html
        assert html.count(marked) == (marked in part), address


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_content_in_the_language_of_the_interface_needs_no_word_of_it(
    site: Site, new_visitor: Callable[[], Visitor], language: str
) -> None:
    site.settings = replace(site.settings, language=language)
    html = new_visitor().get("/modules/mail-flow/introduction").html
    assert f'<html lang="{language}" dir="ltr">' in html
    assert html.count(" lang=") == 1


@pytest.mark.parametrize(
    ("language", "written"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("FA", "rtl"), ("ku-Arab", "rtl"), ("ku", "ltr"), ("de", "ltr"), ("", "ltr")],
)
def test_the_direction_of_a_language(language: str, written: str) -> None:
    assert direction(language) == written


def test_code_in_a_sentence_is_marked_and_nothing_else_is_markup() -> None:
    assert coded("Write `- ( ) <A>` or <b>.") == "Write <code>- ( ) &lt;A&gt;</code> or &lt;b&gt;."


def test_the_living_page_shows_every_state(sign_in: Callable[..., Visitor]) -> None:
    visitor = sign_in("Ann", "author")
    html = visitor.get("/teach/components").html
    assert visitor.address == "/teach/components"
    for state in ("is-right", "is-wrong", "is-missed", "is-chosen", "is-missing", "is-partly", "is-error", "is-advice"):
        assert re.search(rf'class="[^"]*\b{state}\b', html), state
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "too little" not in html


def test_the_living_page_needs_no_content(site: Site, sign_in: Callable[..., Visitor]) -> None:
    visitor = sign_in("Ann", "author")
    for file in Path(site.settings.content).rglob("*.md"):
        file.unlink()
    visitor.get("/teach/components")
    assert (visitor.status, visitor.address) == (200, "/teach/components")


def test_the_first_visit_of_a_lesson_is_small(visitor: Visitor) -> None:
    html = visitor.get("/modules/mail-flow/online").html
    files = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js)[^"]*)"', html)
    assert len(files) == 6  # site, contrast, print; check, prose, updated
    sizes = [len(html.encode())]  # pages are sent as they are
    for address in files:
        with visitor.client.get(address) as response:
            sizes.append(len(gzip.compress(response.get_data(), 6)))
    assert sum(sizes) <= 40_000


def test_the_style_sheet_stays_small_enough_to_read(visitor: Visitor) -> None:
    [address] = re.findall(r'href="(/static/site\.css[^"]*)"', visitor.get("/").html)
    with visitor.client.get(address) as response:
        assert len(response.get_data()) <= 32 * 1024
