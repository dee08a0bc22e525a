"""The room of those who write and teach."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.site import Site
from tests.pages import Visitor
from tests.people import add, enter, visitor_of, with_settings

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
  > That was before.

It follows.
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
        ("/teach/new", ("Content", "true")),
        ("/teach/edit/exchange/mail-flow/2-online.md", ("Content", "true")),
        ("/teach/paste", ("Bring questions", "page")),
        ("/teach/disputes/", ("Disputes", "page")),
        ("/teach/regrade/", ("Regrade", "page")),
        ("/teach/accounts/", ("Accounts", "page")),
        ("/teach/accounts/new", ("Accounts", "true")),
        ("/teach/accounts/1", ("Accounts", "true")),
        ("/teach/accounts/1/link", ("Accounts", "true")),
        ("/teach/accounts/1/remove", ("Accounts", "true")),
        ("/teach/components", ("Components", "page")),
        ("/teach/types/", ("Question types", "page")),
        ("/teach/marking", ("To mark", "page")),
        ("/teach/allowances", ("Extra time", "page")),
    ],
)
def test_every_page_of_the_room_has_the_tabs_and_says_in_which_one_is(
    module: Path, sign_in: SignIn, address: str, here: tuple[str, str]
) -> None:
    (module / "final.quiz.md").write_text(QUIZ, encoding="utf-8")
    html = sign_in("Olga", "owner").get(address).html
    [tabs] = re.findall(r'<nav class="sections" aria-label="Teach">(.*?)</nav>', html)
    assert re.findall(r"<a [^>]*>(.*?)</a>", tabs) == [
        "Content", "Problems", "Bring questions", "Question types", "Disputes", "Regrade", "To mark", "Extra time",
        "Accounts", "Components",
    ]  # fmt: skip
    assert re.findall(r'aria-current="(\w+)">([\w ]+)<', tabs) == [(here[1], here[0])]


def test_problems_are_counted_alike_where_they_are_told_and_beside_their_files(module: Path, sign_in: SignIn) -> None:
    (module / "4-broken.md").write_text("# Broken\n\n[x](none.md) [y](no.md)\n\n<!-- open\n", encoding="utf-8")
    (module / "index.md").write_text("---\ntitle: Mail\nsumary: x\n---\n", encoding="utf-8")
    (module / "media" / "way.svg").unlink()
    author = sign_in("Ann", "author")
    page, problems = author.get("/teach/"), author.get("/teach/problems")
    assert page.links["1 error, 4 warnings"] == "/teach/problems"
    assert "1 error, 4 warnings" in problems.text
    assert problems.html.count('class="problem is-') == 5
    rows = {row.partition("</code>")[0].rpartition(">")[2]: row for row in page.html.split('row-file"')[1:]}
    for path, told in (
        ("exchange/mail-flow/4-broken.md", "1 error, 2 warnings"),
        ("exchange/mail-flow/3-hybrid.md", "1 warning"),
        ("exchange/mail-flow/index.md", "1 warning"),
    ):
        assert f"</span>{told}<span" in rows[path]
        assert f'href="/teach/problems#file-{path}"' in rows[path]
        assert f'id="file-{path}"' in problems.html
    assert "/teach/problems" not in rows["exchange/mail-flow/1-introduction.md"]
    assert "warning" not in sign_in("Ines", "instructor").get("/teach/").text


def test_what_is_not_loaded_is_listed_with_its_problem(folder: Path, module: Path, sign_in: SignIn) -> None:
    (module / "9-introduction.md").write_text("# Another\n", encoding="utf-8")
    deep = module / "deeper"
    deep.mkdir()
    (deep / "1-lesson.md").write_text("# Deep\n", encoding="utf-8")
    twin = folder / "other" / "mail-flow"
    twin.mkdir(parents=True)
    (twin / "1-lesson.md").write_text("# Twin\n", encoding="utf-8")
    (folder / "index.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    text = sign_in("Ann", "author").get("/teach/").text
    listed, _, rest = text.partition("Not loaded")[2].partition("Mail flow")
    for path, told in (
        ("exchange/mail-flow/9-introduction.md:1", "The key introduction is already that of"),
        ("exchange/mail-flow/deeper:1", "This stands deeper than path, module and file"),
        ("other/mail-flow:1", "The key mail-flow is already that of"),
    ):
        assert path in listed
        assert told in listed
    assert "3-hybrid" not in listed
    assert "index.md 1 warning" in rest.partition("Other files with problems")[2]


def test_a_draw_says_how_many_of_how_many_and_every_question_stands_once(module: Path, sign_in: SignIn) -> None:
    pool = "".join(f"## Number {n} {{#n{n} tags=t points={n}}}\n\n- (x) Yes\n- ( ) No\n\n" for n in (1, 2, 3))
    (module / "pool.bank.md").write_text(pool, encoding="utf-8")
    draws = "### [Two](pool.bank.md) {count=2}\n\n### [One](pool.bank.md) {count=1 tags=t}\n"
    (module / "5-drawn.md").write_text(f"# Drawn\n\n## Check {{.check}}\n\n{draws}", encoding="utf-8")
    (module / "one.quiz.md").write_text("---\npass: 50\n---\n## [One](pool.bank.md) {count=1}\n")
    author = sign_in("Ann", "author")
    page = author.get("/teach/modules/mail-flow/drawn").text
    assert page.index("2 of these 3 are drawn.") < page.index("Number 1")
    assert "One of these 3 is drawn. 3 of them stand above." in page
    assert page.count("Number 2") == 1
    assert "2 points" in page
    assert "1 points" not in page
    assert "One of these 3 is drawn." in author.get("/teach/modules/mail-flow/quizzes/one").text
    assert "drawn" not in author.get("/teach/modules/mail-flow/online").text


def test_what_lies_in_the_private_folder_says_so(site: Site, module: Path, tmp_path: Path) -> None:
    private = tmp_path / "private" / "exchange" / "mail-flow"
    private.mkdir(parents=True)
    (private / "secret.bank.md").write_text("## Hidden? {#hidden}\n\n- (x) Yes\n- ( ) No\n", encoding="utf-8")
    (private / "mail.bank.md").write_text("## Other? {#other}\n\n- (x) Yes\n- ( ) No\n", encoding="utf-8")
    visitor = visitor_of(with_settings(site, private=tmp_path / "private"))
    enter(visitor.client, add(site, "Ann", "author"))
    page = visitor.get("/teach/").text
    assert "secret.bank.md private" in page
    assert page.count("private") == 1
    page = visitor.get("/teach/modules/mail-flow/banks/secret").text
    assert "secret.bank.md private · one question" in page
    assert "secret.bank.md:1 private" in page
    assert "private" not in visitor.get("/teach/modules/mail-flow/banks/mail").text


def test_every_index_file_can_be_edited_from_the_overview(folder: Path, module: Path, sign_in: SignIn) -> None:
    (folder / "soon").mkdir()
    for path in ("index.md", "exchange/index.md", "exchange/mail-flow/index.md", "soon/index.md"):
        (folder / path).write_text("---\ntitle: A folder\n---\nWelcome.\n", encoding="utf-8")
    page = sign_in("Ann", "author").get("/teach/").html
    for path in ("index.md", "exchange/index.md", "exchange/mail-flow/index.md", "soon/index.md"):
        assert f'href="/teach/edit/{path}"' in page
    assert "index.md" not in sign_in("Ines", "instructor").get("/teach/").text
