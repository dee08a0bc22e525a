"""A learner says that a question is wrong; it is decided, and whoever said so is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.actions.credentials import erase
from quizapp.content.repairs import void_heading
from quizapp.site import Site
from quizapp.store import accounts
from tests.integration.test_regrade import FIRST, LATER, LESSON, TYPED, write
from tests.pages import Page, Visitor
from tests.people import dump, rows
from tests.unit.questions.generators import read

CHECK = "/modules/mail-flow/online"


@pytest.fixture
def folder(folder: Path) -> Path:
    write(folder)
    return folder


def answered(visitor: Visitor) -> Page:
    """The result of who chose Alpha, which is not right, and both of the second question."""
    return visitor.send(visitor.get(CHECK).form("/checks/check"), "Alpha", "One", "Two")


def disputed(visitor: Visitor, text: str) -> Page:
    page = answered(visitor)
    there = visitor.get(page.links["This question is wrong"])
    return visitor.send(there.form("/dispute"), text=text)


def test_a_learner_says_it_once_and_sees_what_became_of_it(visitor: Visitor, site: Site) -> None:
    page = answered(visitor)
    result, link = visitor.address, page.links["This question is wrong"]
    page = visitor.get(link)
    for said in ("First", "What was offered", "Gamma", "What was answered Alpha What is wrong with it?"):
        assert said in page.text
    assert "Beta it is." not in page.html, "nothing of the key"
    form = page.form("/dispute")
    for wrong in (" \n", "x" * 2001):
        page = visitor.send(form, text=wrong)
        assert visitor.status == 422
        assert "Say in a few words" in page.text
    assert rows(site, "select * from dispute") == []
    page = visitor.send(form, text="Alpha is right too.")
    assert visitor.status == 200
    assert "Alpha is right too." in page.text
    assert page.links["Back to your answers"].partition("#")[0] == result
    visitor.send(form, text="Another thing.")
    assert [row[0] for row in rows(site, "select text from dispute")] == ["Alpha is right too."]


def test_only_ones_own_answered_question_is_disputed(
    site: Site, visitor: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    link = answered(visitor).links["This question is wrong"]
    form = visitor.get(link).form("/dispute")
    other = new_visitor()
    token = answered(other).form("/answers").data()["csrf_token"]
    before = dump(site)
    other.get(link)
    assert other.status == 404
    other.send(form, text="Mine", csrf_token=token)
    assert other.status == 404
    for number in ("0", "3"):
        visitor.get(link.replace("/1/", f"/{number}/"))
        assert visitor.status == 404
    assert dump(site) == before


def test_a_form_without_its_token_is_shown_again_as_it_was_filled_in(site: Site, visitor: Visitor) -> None:
    form = visitor.get(answered(visitor).links["This question is wrong"]).form("/dispute")
    page = visitor.send(form, text="Alpha is right too.", csrf_token="x")
    assert visitor.status == 400
    assert "Alpha is right too." in page.text
    assert rows(site, "select * from dispute") == []


def test_nothing_is_disputed_before_it_is_answered(visitor: Visitor) -> None:
    assert "This question is wrong" not in visitor.get(CHECK).text


def test_from_a_dispute_to_a_better_mark(
    site: Site, folder: Path, new_visitor: Callable[[], Visitor], sign_in: Callable[..., Visitor]
) -> None:
    anna, berta = new_visitor(), new_visitor()
    disputed(anna, "Alpha is right too.")
    disputed(berta, "It depends <b>on</b> the version.")
    teacher = sign_in("ida", "instructor")
    page = teacher.get("/teach/disputes/")
    for said in (
        "Disputes (2)", "mail-flow#first", f"{LESSON}:5", "Alpha is right too.", "It depends <b>on</b> the version.",
        "- (x) Alpha", "### First {#first .void}",
    ):  # fmt: skip
        assert said in page.text
    form = page.form("/teach/disputes/")
    assert teacher.send(form, state="rejected").text.count("say why") == 1
    assert teacher.status == 422
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    page = teacher.send(form, state="accepted", answer="Thank you!")
    assert teacher.address == "/teach/regrade/?question=mail-flow%23first"
    assert "2 learners were told." in page.text
    assert "2 up, 0 down" in page.text
    teacher.send(page.form("/teach/regrade/"))
    page = anna.get("/")
    for said in ("You said that a question is wrong, and you were right: First", "Thank you!", "from 50 % to 100 %"):
        assert said in page.text
    [author] = rows(site, "select id from account where name = 'ida'")[0]
    assert {tuple(row) for row in rows(site, "select state, answer, author from dispute")} == {
        ("accepted", "Thank you!", author)
    }
    page = teacher.get("/teach/disputes/")
    assert "Nobody says that a question is wrong." in page.text
    assert "Disputes (" not in page.text


def test_an_author_rejects_one_of_two(
    new_visitor: Callable[[], Visitor], sign_in: Callable[..., Visitor], site: Site
) -> None:
    anna, berta = new_visitor(), new_visitor()
    disputed(anna, "No.")
    disputed(berta, "Never.")
    author = sign_in("otto", "author")
    [first, _] = [row[0] for row in rows(site, "select id from dispute order by id")]
    form = author.get("/teach/disputes/").form("/teach/disputes/")
    page = author.send(form, dispute=[str(first)], state="rejected", answer="See RFC 5321.")
    assert "Disputes (1)" in page.text
    page = anna.get("/progress")
    assert "It stays as it is: First" in page.text
    assert "See RFC 5321." in page.text
    assert "stays as it is" not in berta.get("/progress").text
    again = author.send(form, dispute=[str(first)], state="accepted", answer="")
    assert "0 learners were told." in again.text, "what was decided stays decided"
    assert {tuple(row) for row in rows(site, "select state from dispute")} == {("rejected",), ("open",)}


def test_what_was_typed_is_offered_as_a_line(folder: Path, visitor: Visitor, sign_in: Callable[..., Visitor]) -> None:
    write(folder, TYPED)
    form = visitor.get(CHECK).form("/checks/check")
    page = visitor.send(form, "One", "Two", **{"answer-1": "front*end"})
    visitor.send(visitor.get(page.links["This question is wrong"]).form("/dispute"), text="It is called so.")
    assert "- = `front*end`" in sign_in("ida", "author").get("/teach/disputes/").text


def test_a_question_that_is_gone_is_still_decided(
    folder: Path, visitor: Visitor, sign_in: Callable[..., Visitor]
) -> None:
    disputed(visitor, "No.")
    write(folder, one="#another")
    teacher = sign_in("ida", "instructor")
    page = teacher.get("/teach/disputes/")
    assert "not in the content any more" in page.text
    teacher.send(page.form("/teach/disputes/"), state="accepted", answer="")
    assert teacher.address == "/teach/disputes/"
    assert "you were right: mail-flow#first" in visitor.get("/").text


def test_what_an_erased_person_said_is_gone(site: Site, sign_in: Callable[..., Visitor]) -> None:
    anna, berta = sign_in("anna"), sign_in("berta")
    disputed(anna, "My name is Anna.")
    disputed(berta, "Mine is not.")
    with site.database.writing() as connection:
        account = accounts.find_by_name(connection, "anna")
        assert account
        erase(connection, account, None, LATER)
    assert [row[0] for row in rows(site, "select text from dispute order by id")] == ["", "Mine is not."]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("## First {#q}", "## First {#q .void}"),
        ("## First {#q points=2} ##", "## First {#q points=2 .void} ##"),
        ("## First <!-- {#q} -->", "## First <!-- {#q .void} -->"),
        ("## First", "## First {.void}"),
        ("## Sets {a, b}", "## Sets {a, b} {.void}"),
        ("## First {#q .void}", "## First {#q .void}"),
    ],
)
def test_a_heading_takes_a_question_out(line: str, wanted: str) -> None:
    assert void_heading(line) == wanted
    [question] = read(f"{wanted}\n\n- (x) A\n- ( ) B\n").values()
    assert question.words == ("void",)


@pytest.mark.parametrize(
    ("answers", "response", "lines"),
    [
        ("- (x) A\n- ( ) *B*\n  > No.", 2, ("- (x) *B*",)),
        ("- [x] A\n- [x] B\n- [ ] C", [1, 3], ("- [~] B", "- [~] C")),
        ("- = A", "b  c", ("- = b c",)),
        ("- = A", "25", ("- = `25`",)),
        ("- = 25", "26", ("- = 26",)),
        ("- = 25", "26,5", ()),
        ("1. A\n2. B", [2, 1], ()),
    ],
)
def test_the_line_that_accepts_an_answer(answers: str, response: int | str | list[int], lines: tuple[str, ...]) -> None:
    word = " .order" if answers.startswith("1") else ""
    [question] = read(f"## Q {{#q{word}}}\n\n{answers}\n").values()
    assert question.type.accepting(response) == lines
