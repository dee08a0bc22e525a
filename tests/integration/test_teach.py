"""The room of those who write and teach."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pages import Visitor

SignIn = Callable[..., Visitor]
DRAFT = """---
title: Hybrid
draft: true
---
Not yet. ![A way](media/way.svg)
"""
BANK = """## Which port? {#port}

- = 25
  > The port of SMTP.
- =~ `twenty-?five`
- != 80
  > That is the web.

Servers listen there.

## Which is next? {#next .draft}

- (x) This
- ( ) That
"""
QUIZ = "---\ntitle: Final\npass: 50\n---\n## Draw\n\n### [One](mail.bank.md#port)\n"


@pytest.fixture
def module(folder: Path) -> Path:
    """The module of the content folder, with a draft, its picture and a bank."""
    module = folder / "exchange" / "mail-flow"
    (module / "media").mkdir()
    (module / "media" / "way.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (module / "3-hybrid.md").write_text(DRAFT, encoding="utf-8")
    (module / "mail.bank.md").write_text(BANK, encoding="utf-8")
    return module


def test_a_draft_is_absent_for_all_but_authors(module: Path, sign_in: SignIn, visitor: Visitor) -> None:
    author, hidden = sign_in("Ann", "author"), "/modules/mail-flow/hybrid"
    picture = "/media/exchange/mail-flow/media/way.svg"
    for other in (visitor, sign_in("Lena"), sign_in("Ines", "instructor")):
        assert "Hybrid" not in other.get("/modules/mail-flow").text
        for address in (hidden, picture, "/teach" + hidden):
            other.get(address)
            assert other.status in (403, 404) or other.address.startswith("/account/sign-in"), address
        assert other.client.get(hidden).status_code == 404
        assert other.client.get(picture).status_code == 404
        assert "1 of 2" in other.get("/modules/mail-flow/introduction").text
    assert "Draft: only authors see this." in author.get(hidden).text
    assert "Hybrid Draft" in author.get("/modules/mail-flow").text
    with author.client.get(picture) as response:
        assert response.status_code == 200


def test_what_comes_later_has_a_ribbon_with_its_day(module: Path, sign_in: SignIn) -> None:
    (module / "3-hybrid.md").write_text("---\npublish: 2999-12-01\n---\n# Hybrid\n\nLater.\n", encoding="utf-8")
    assert (
        "Until 1 December 2999 only authors see this." in sign_in("Ann", "author").get("/modules/mail-flow/hybrid").text
    )


def test_problems_are_told_with_their_line_and_what_to_type(module: Path, sign_in: SignIn) -> None:
    (module / "4-broken.md").write_text("# Broken\n\n## Check {.chek}\n\n[x](none.md)\n", encoding="utf-8")
    page = sign_in("Ann", "author").get("/teach/problems")
    for told in ("exchange/mail-flow/4-broken.md:5", "[x](none.md)", "Warning", "Nothing is at"):
        assert told in page.text
    assert "4-broken.md:3" in page.text


def test_every_question_shows_as_asked_and_with_its_key(module: Path, sign_in: SignIn) -> None:
    staff = sign_in("Ines", "instructor")
    lesson = staff.get("/teach/modules/mail-flow/online")
    for told in (
        "Which",
        "The MX record",
        "It is the one thing left to do.",
        "Senders look the MX record up.",
        "Right",
    ):
        assert told in lesson.text or told == "Which"
    assert not any("checks" in form.action for form in lesson.forms)
    bank = staff.get("/teach/modules/mail-flow/banks/mail")
    for told in ("25", "twenty-?five", "pattern", "That is the web.", "Servers listen there.", "mail.bank.md:1"):
        assert told in bank.text
    assert "Which is next?" not in bank.text
    assert "Which is next?" in sign_in("Ann", "author").get("/teach/modules/mail-flow/banks/mail").text


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/teach/", ("Content", "page")),
        ("/teach/problems", ("Problems", "page")),
        ("/teach/modules/mail-flow", ("Content", "true")),
        ("/teach/modules/mail-flow/online", ("Content", "true")),
        ("/teach/modules/mail-flow/banks/mail", ("Content", "true")),
        ("/teach/modules/mail-flow/quizzes/final", ("Content", "true")),
        ("/teach/accounts/", ("Accounts", "page")),
        ("/teach/accounts/new", ("Accounts", "true")),
        ("/teach/accounts/1", ("Accounts", "true")),
        ("/teach/accounts/1/link", ("Accounts", "true")),
        ("/teach/accounts/1/remove", ("Accounts", "true")),
        ("/teach/components", ("Components", "page")),
    ],
)
def test_every_page_of_the_room_has_the_tabs_and_says_in_which_one_is(
    module: Path, sign_in: SignIn, address: str, here: tuple[str, str]
) -> None:
    (module / "final.quiz.md").write_text(QUIZ, encoding="utf-8")
    html = sign_in("Olga", "owner").get(address).html
    [tabs] = re.findall(r'<nav class="sections" aria-label="Teach">(.*?)</nav>', html)
    assert re.findall(r"<a [^>]*>(.*?)</a>", tabs) == ["Content", "Problems", "Accounts", "Components"]
    assert re.findall(r'aria-current="(\w+)">(\w+)<', tabs) == [(here[1], here[0])]
