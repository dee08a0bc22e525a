"""What pages ask so that they show, or tell, what was saved; what is wrong with a page; ways to look at it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from quizapp.settings import Settings
from quizapp.site import Site
from quizapp.web import create_app
from tests.pages import Visitor

SignIn = Callable[..., Visitor]
LESSON = "/modules/mail-flow/online"
ASKED = f"{LESSON}/version"
BANK = "## Which port? {#port}\n\n- = 25\n- != 80\n\n## Which is next? {#next}\n\n- (x) This\n- ( ) That\n- ( ) Other\n"
QUIZ = "---\ntitle: Final\npass: 50\n---\n## [One](mail.bank.md#port)\n"
DRAWS = "# Drawn\n\n## Check {.check}\n\n### [One](mail.bank.md#port)\n"


@pytest.fixture
def database_url() -> str:
    """SQLite: nothing here depends on the kind of database."""
    return ""


@pytest.fixture
def module(folder: Path) -> Path:
    """The folder of the module, with a bank, a quiz and a lesson that draws."""
    module = folder / "exchange" / "mail-flow"
    (module / "mail.bank.md").write_text(BANK, encoding="utf-8")
    (module / "final.quiz.md").write_text(QUIZ, encoding="utf-8")
    (module / "3-drawn.md").write_text(DRAWS, encoding="utf-8")
    return module


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def said(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def on_page(html: str) -> str:
    """The version of a lesson that its page carries."""
    return str(re.findall(r'data-href="[^"#]*/version#(\w+)"', html)[0])


def panel(html: str) -> str:
    """What a page says is wrong with it."""
    found = re.search(r'<section class="wrongs.*?</section>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split()) if found else ""


def test_the_version_is_a_few_bytes_and_changes_with_any_file(module: Path, sign_in: SignIn) -> None:
    client = sign_in("Ann", "author").client
    answer = client.get("/teach/version")
    before = answer.get_data(as_text=True)
    assert re.fullmatch(r"[0-9a-f]{16}", before)
    assert answer.mimetype == "text/plain"
    assert "Set-Cookie" not in answer.headers
    assert f'data-version="{before}"' in said(client, LESSON)
    assert client.get("/teach/version", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    change(module / "mail.bank.md", "80", "81")
    assert said(client, "/teach/version") != before


def test_who_knows_another_version_has_the_files_looked_at(module: Path, site: Site, sign_in: SignIn) -> None:
    client = sign_in("Ann", "author").client
    known = said(client, "/teach/version")
    site.looking_pause = 1e12
    site.look_again()
    assert said(client, f"/teach/version?known={known}") == known
    change(module / "mail.bank.md", "80", "81")
    assert said(client, f"/teach/version?known={known}") == known  # it has just looked
    assert said(client, "/teach/version?known=other") != known


@pytest.mark.parametrize("roles", [(), ("instructor",)])
def test_only_pages_of_authors_follow_the_files(module: Path, sign_in: SignIn, roles: tuple[str, ...]) -> None:
    learner, author = sign_in("Lena", *roles), sign_in("Ann", "author")
    for address in (LESSON, "/", "/modules/mail-flow", "/modules/mail-flow/quizzes/final"):
        assert "data-live" not in said(learner.client, address)
        assert "live.js" not in said(learner.client, address)
        assert 'data-live="/teach/version"' in said(author.client, address)
    for address in ("", "problems", "modules/mail-flow/online", "modules/mail-flow/banks/mail"):
        assert 'data-live="/teach/version"' in said(author.client, f"/teach/{address}")
    assert "data-live" not in said(author.client, "/teach/modules/mail-flow/online/narrow")
    assert learner.client.get("/teach/version").status_code == 403


def test_a_learner_can_ask_whether_a_lesson_is_what_their_page_shows(module: Path, visitor: Visitor) -> None:
    answer = visitor.client.get(ASKED)
    before = answer.get_data(as_text=True)
    assert on_page(said(visitor.client, LESSON)) == before
    assert visitor.client.get(ASKED, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    change(module / "1-introduction.md", "Welcome", "Hello")
    assert said(visitor.client, ASKED) == before
    change(module / "2-online.md", "Mail flows.", "Mail runs.")
    after = said(visitor.client, ASKED)
    assert after != before
    assert on_page(said(visitor.client, LESSON)) == after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Exchange Online", "title: Online"),
        ("Choose the best response.", "Choose one."),
        ("What else must Holly configure?", "What else?"),
        ("- (x) The MX record", "- (x) An MX record"),
    ],
)
def test_whatever_a_lesson_shows_is_in_its_version(module: Path, visitor: Visitor, old: str, new: str) -> None:
    before = said(visitor.client, ASKED)
    change(module / "2-online.md", old, new)
    assert said(visitor.client, ASKED) != before


def test_a_question_of_a_bank_is_in_the_version_of_the_lesson_that_draws_it(module: Path, visitor: Visitor) -> None:
    address = "/modules/mail-flow/drawn/version"
    before = said(visitor.client, address)
    change(module / "mail.bank.md", "Which is next?", "What is next?")
    assert said(visitor.client, address) == before
    change(module / "mail.bank.md", "Which port?", "What port?")
    assert said(visitor.client, address) != before


def test_what_only_authors_see_changes_no_version_for_a_learner(module: Path, visitor: Visitor) -> None:
    before = said(visitor.client, ASKED)
    with (module / "2-online.md").open("a", encoding="utf-8") as opened:
        opened.write("\n### Not yet {#not-yet .draft}\n\n- (x) One\n- ( ) Two\n")
    assert said(visitor.client, ASKED) == before
    change(module / "2-online.md", "title: Exchange Online", "title: Exchange Online\ndraft: true")
    assert visitor.client.get(ASKED).status_code == 404
    assert visitor.client.get("/modules/mail-flow/none/version").status_code == 404


def test_a_broken_file_changes_no_version_for_a_learner(module: Path, visitor: Visitor) -> None:
    before = said(visitor.client, ASKED)
    change(module / "2-online.md", "- (x) The MX", "- (x)The MX")
    assert said(visitor.client, ASKED) == before


def test_a_closed_site_tells_a_guest_no_version(folder: Path, site: Site) -> None:
    closed = Site(Settings(folder, site.settings.instance, access="account"), site.database, site.secret)
    assert create_app(site=closed).test_client().get(ASKED).status_code == 303


def test_versions_and_pages_that_ask_write_nothing_into_the_session(module: Path, visitor: Visitor) -> None:
    visitor.get(LESSON)
    assert "Set-Cookie" not in visitor.client.get(ASKED).headers


@pytest.mark.parametrize("address", [LESSON, "/teach/modules/mail-flow/online"])
def test_an_author_is_told_above_a_page_what_is_wrong_with_it(module: Path, sign_in: SignIn, address: str) -> None:
    author, learner = sign_in("Ann", "author").client, sign_in("Lena").client
    assert panel(said(author, address)) == ""
    change(module / "2-online.md", "Mail flows.", "Mail flows. [x](none.md)")
    told = panel(said(author, address))
    assert "1 warning on this page" in told
    assert "exchange/mail-flow/2-online.md:4" in told
    assert "Learners" not in told
    change(module / "2-online.md", " [x](none.md)", "")
    change(module / "2-online.md", "- (x) The MX", "- [x] The MX")
    told = panel(said(author, address))
    for part in (
        "1 error on this page",
        "Learners go on seeing the last version of exchange/mail-flow/2-online.md without an error.",
        "exchange/mail-flow/2-online.md:14",
        "- [x] The MX record",
        "^",
        "Use one kind in a list.",
    ):
        assert part in told
    assert panel(said(learner, LESSON)) == ""
    assert "The MX record" in said(learner, LESSON)
    change(module / "2-online.md", "- [x] The MX", "- (x) The MX")
    assert panel(said(author, address)) == ""


def test_a_file_that_was_never_right_is_shown_without_its_broken_questions(module: Path, sign_in: SignIn) -> None:
    (module / "4-new.md").write_text("# New\n\n## Check {.check}\n\n### Q {#q}\n\n- (x) a\n- b\n", encoding="utf-8")
    told = panel(said(sign_in("Ann", "author").client, "/modules/mail-flow/new"))
    assert "Learners see exchange/mail-flow/4-new.md without the questions that are broken." in told


def test_what_a_page_includes_and_draws_from_is_told_on_it_where_it_breaks_it(module: Path, sign_in: SignIn) -> None:
    author = sign_in("Ann", "author").client
    (module / "includes").mkdir()
    (module / "includes" / "note.md").write_text("A note.\n", encoding="utf-8")
    (module / "3-drawn.md").write_text(DRAWS.replace("\n\n##", "\n\n[!INCLUDE [n](includes/note.md)]\n\n##", 1))
    drawn, bank = "/modules/mail-flow/drawn", "/teach/modules/mail-flow/banks/mail"
    assert panel(said(author, drawn)) == ""
    (module / "includes" / "note.md").write_text("A note. [x](none.md)\n", encoding="utf-8")
    assert "exchange/mail-flow/includes/note.md:1" in panel(said(author, drawn))
    (module / "includes" / "note.md").write_text("A note.\n", encoding="utf-8")
    change(module / "mail.bank.md", "- = 25", "- = 25\n  > [x](none.md)")
    assert panel(said(author, drawn)) == ""  # a warning stands on the page of the bank
    assert "exchange/mail-flow/mail.bank.md:4" in panel(said(author, bank))
    change(module / "mail.bank.md", "- (x) This", "- (x)This")
    for page in (drawn, "/teach/modules/mail-flow/quizzes/final", "/modules/mail-flow/quizzes/final", bank):
        assert re.search(r"exchange/mail-flow/mail.bank.md:\d", panel(said(author, page))), page
        assert "the last version of exchange/mail-flow/mail.bank.md" in panel(said(author, page))


def orders(html: str) -> list[str]:
    """The choices of a page in the order in which they stand."""
    return re.findall(r"A connector|The MX|A mailbox", html.partition("<form")[2])


def test_a_draw_that_is_named_stays_and_the_next_is_another(module: Path, sign_in: SignIn) -> None:
    author = sign_in("Ann", "author").client
    links = [re.findall(r'href="([^"]*draw=\w+)"', said(author, LESSON))[0] for _ in range(8)]
    assert len(set(links)) == 8
    pages = [said(author, link) for link in links]
    assert [orders(one) for one in pages] == [orders(said(author, link)) for link in links]
    assert len({tuple(orders(one)) for one in pages}) > 1
    assert f"Draw {links[0].rpartition('=')[2][:4]}" in pages[0]
    attempts = [re.findall(r'name="attempt" value="([^"]*)"', one) for one in (pages[0], said(author, links[0]))]
    assert attempts[0] == attempts[1]
    other = re.findall(r'name="attempt" value="([^"]*)"', said(sign_in("Bob", "author").client, links[0]))
    assert other != attempts[0]


def test_a_learner_chooses_no_draw(module: Path, visitor: Visitor) -> None:
    pages = [said(visitor.client, f"{LESSON}?draw=abc") for _ in range(2)]
    found = [re.findall(r'name="attempt" value="([^"]*)"', one) for one in pages]
    assert found[0] != found[1]
    assert "Draw abc" not in pages[0]


def test_the_check_of_a_named_draw_is_answered_as_any_other(module: Path, sign_in: SignIn) -> None:
    author = sign_in("Ann", "author")
    page = author.send(author.get(f"{LESSON}?draw=abc").form("/checks/check"), "MX record")
    assert "Right." in page.text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("online", "/modules/mail-flow/online"),
        ("banks/mail", "/teach/modules/mail-flow/banks/mail"),
        ("quizzes/final", "/modules/mail-flow/quizzes/final"),
    ],
)
def test_a_page_is_shown_narrow_in_a_frame_of_our_own(module: Path, sign_in: SignIn, address: str, shown: str) -> None:
    author = sign_in("Ines", "instructor").client
    answer = author.get(f"/teach/modules/mail-flow/{address}/narrow")
    html = answer.get_data(as_text=True)
    assert f'<iframe src="{shown}?framed=1" width="360"' in html
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    wide = said(author, f"/teach/modules/mail-flow/{address}/narrow?width=768")
    assert 'width="768"' in wide
    for odd in ("100000", "x", "-1"):
        assert 'width="360"' in said(author, f"/teach/modules/mail-flow/{address}/narrow?width={odd}")
    framed = author.get(f"{shown}?framed=1")
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    text = framed.get_data(as_text=True)
    assert 'class="toolbar"' not in text
    assert 'class="sections"' not in text
    assert 'class="toolbar"' in said(author, shown)


def test_nobody_else_may_frame_a_page_and_only_staff_ask_for_it(module: Path, sign_in: SignIn) -> None:
    learner, author = sign_in("Lena").client, sign_in("Ann", "author").client
    for client, address in (
        (learner, f"{LESSON}?framed=1"),
        (author, LESSON),
        (author, "/account/?framed=1"),
        (author, "/teach/?framed=1"),
        (author, "/progress?framed=1"),
    ):
        assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"], address
    assert learner.get("/teach/modules/mail-flow/online/narrow").status_code == 403


def test_one_goes_on_in_the_frame_and_nowhere_else(module: Path, sign_in: SignIn) -> None:
    author = sign_in("Ann", "author")
    page = author.get(f"{LESSON}?framed=1")
    assert page.links["Mail flow"] == "/modules/mail-flow?framed=1"
    assert "framed" not in page.links["My learning"]
    form = page.form("/checks/check?framed=1")
    result = author.send(form, "MX record")
    assert "framed=1" in author.address
    assert "Right." in result.text
    assert "framed" not in "".join(author.get(LESSON).links.values())


def test_what_is_wrong_is_left_out_of_the_frame(module: Path, sign_in: SignIn) -> None:
    author = sign_in("Ann", "author").client
    change(module / "2-online.md", "- (x) The MX", "- (x)The MX")
    assert panel(said(author, f"{LESSON}?framed=1")) == ""
    assert panel(said(author, LESSON)) != ""
