"""The content that comes with quizapp: without a problem, whole, and with its key kept back."""

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from quizapp.actions.attempts import show_fresh
from quizapp.advice.advising import advise
from quizapp.content.catalogue import read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.content.model import Check, Lesson, Module
from quizapp.content.snapshots import restore, take
from quizapp.questions.base import QUESTION_TYPES, Prose, Question
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.fillin import FillIn
from quizapp.questions.numeric import Numeric
from quizapp.questions.text import ShortText
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.web import create_app
from tests.conftest import ROOT
from tests.databases import drop_schema, server_database
from tests.pages import Visitor

CONTENT = ROOT / "content"
CATALOGUE, PROBLEMS = read_catalogue(CONTENT)
LESSONS = [lesson for module in CATALOGUE.modules.values() for lesson in module.lessons]
QUESTIONS = CATALOGUE.questions()
CHECKS = [(lesson, check) for lesson in LESSONS for check in lesson.checks]


# In the guide a question stands below its own source, key and all: these checks show what a learner gets.
BESIDE_SOURCE = {
    question.key for lesson, check in CHECKS if check.name.startswith("live") for question in check.questions
}
GUIDE = set(CATALOGUE.path("writing-courses").modules)
KEPT_BACK = [(lesson, check) for lesson, check in CHECKS if not check.name.startswith("live")]
SAID_LATER = ("feedback", "rubric")  # the fields of a type that are shown once there was an answer
NOT_DRAWN = {"essay", "survey"}  # a question that is drawn from a bank is marked at once


def is_survey(question: Question) -> bool:
    """Whether nothing about it is right or wrong."""
    return "survey" in question.words


def said_later(value: object, is_later: bool = False) -> list[Prose]:
    """What a type says of answers, whatever it is made of; empty prose where it says nothing."""
    if isinstance(value, Prose):
        return [value] if is_later else []
    if isinstance(value, tuple):
        return [prose for part in value for prose in said_later(part, is_later)]
    if not is_dataclass(value):
        return []
    named = [(getattr(value, one.name), is_later or one.name in SAID_LATER) for one in fields(value)]
    return [prose for part, is_part_later in named for prose in said_later(part, is_part_later)]


def typed_keys(question: Question) -> list[str]:
    """What earns something when it is typed; what a list offers in a text is no secret."""
    kind, offered = question.type, set[int]()
    if isinstance(kind, FillIn):
        offered = {number for number, blank in enumerate(kind.blanks, start=1) if isinstance(blank, DropDown)}
    return [answer.typed for answer in kind.answers if answer.typed and answer.credit and answer.blank not in offered]


def shown_for(page: str, check: Check, number: int) -> str:
    """What a page shows of one question of a check: its text, and what stands in its inputs."""
    mark = f'id="page-{check.name}-{{}}"'
    start = page.index(mark.format(number))
    end = page.find(mark.format(number + 1), start)
    part = page[start : end if end > 0 else page.index("</form>", start)]
    part = re.sub(r'<span class="number">.*?</span>', "", part)
    typed = re.findall(r'<input[^>]* type="text"[^>]* value="([^"]*)"', part)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", part), *typed]))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database_url = server_database()
    site = prepare_site(Settings(CONTENT, tmp_path_factory.mktemp("instance"), database_url))
    yield site
    site.database.close()
    if database_url:
        drop_schema(database_url)


@pytest.fixture(scope="module")
def learner(site: Site) -> Visitor:
    return Visitor(create_app(site=site).test_client())


def test_it_has_no_problem() -> None:
    assert PROBLEMS == []
    assert advise(CATALOGUE, lines_in([CONTENT])) == []


def test_the_module_this_began_with_is_whole() -> None:
    path = CATALOGUE.path("exchange")
    assert path.modules == ("manage-mail-flow",)
    assert [lesson.name for lesson in CATALOGUE.module("manage-mail-flow").lessons] == [
        "introduction", "how-mail-finds-a-server", "exchange-server", "exchange-online", "hybrid", "knowledge-check",
        "summary",
    ]  # fmt: skip


@pytest.mark.parametrize("key", sorted(QUESTIONS))
def test_every_question_teaches(key: str) -> None:
    question = QUESTIONS[key]
    assert restore(take(question)) == question
    if is_survey(question):
        return
    if not question.type.is_marked_by_people:
        assert question.type.mark(question.type.correct_response).credit == 1
    if key in BESIDE_SOURCE:
        return
    assert question.hints
    assert question.explanation
    if not isinstance(question.type, FillIn):  # a blank has no feedback of its own
        said = said_later(question.type)
        assert said
        assert all(said)


@pytest.mark.parametrize("module", CATALOGUE.modules.values(), ids=lambda module: module.key)
def test_every_question_serves_an_objective_and_every_objective_has_some(module: Module) -> None:
    questions = [question for key, question in QUESTIONS.items() if key.startswith(f"{module.key}#")]
    tags = [set(question.tags) for question in questions if not is_survey(question)]
    assert all(tags)
    if not (tags or module.objectives):
        return
    index = (CONTENT / module.lessons[0].path).with_name("index.md").read_text(encoding="utf-8")
    objectives = index.split("\nobjectives:\n")[1].split("\nprerequisites:\n")[0]
    assert set().union(*tags) == set(re.findall(r"^ +- (\w+): ", objectives, flags=re.MULTILINE))


@pytest.mark.parametrize(("lesson", "check"), KEPT_BACK, ids=lambda value: value.key)
def test_no_page_header_or_cookie_holds_the_key_before_an_answer(
    lesson: Lesson, check: Check, learner: Visitor
) -> None:
    response = learner.client.get(f"/modules/{lesson.module}/{lesson.name}")
    page = response.get_data(as_text=True)
    said = html.unescape(page) + str(response.headers)
    assert response.status_code == 200
    for question in check.questions:
        for prose in filter(None, [question.explanation, *said_later(question.type)]):
            assert html.unescape(prose.html) not in said
            assert prose.text not in said
        assert question.fingerprint not in said
    for word in (
        () if lesson.module in GUIDE else (r"\(x\)", r"\[x\]", "credit", r"\bcorrect", "is-right", "fingerprint")
    ):
        assert not re.search(word, said)
    for number, entry in enumerate(check.entries, start=1):
        for typed in typed_keys(entry.pool[0]) if len(entry.pool) == 1 else []:
            assert not re.search(rf"(?<!\w){re.escape(typed)}(?!\w)", shown_for(page, check, number)), typed


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson.checks], ids=lambda lesson: lesson.key)
def test_every_check_is_passed_by_its_key(lesson: Lesson, site: Site) -> None:
    visitor, address = Visitor(create_app(site=site).test_client()), f"/modules/{lesson.module}/{lesson.name}"
    for check in lesson.checks:
        form = visitor.get(address).form(f"/checks/{check.name}")
        slots = show_fresh(site.secret, check, form.data()["attempt"][0]).slots
        data: dict[str, list[str]] = form.data()
        for number, slot in enumerate(slots, start=1):
            right = slot.question.type.correct_response
            given = slot.control.values("A text." if right is None else right)
            data[f"answer-{number}"] = list(given) or ["1"]  # of a survey any choice will do
        page = visitor.client.post(form.action, data=data, follow_redirects=True).get_data(as_text=True)
        assert 'class="summary is-right"' in page
    completed = "Completed" in visitor.get(address).text
    assert completed == (lesson.complete != "read")


def test_no_survey_stands_in_the_way() -> None:
    for lesson, check in CHECKS:
        if any(map(is_survey, check.questions)):
            assert lesson.complete == "read"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_every_lesson_and_picture_is_served(lesson: Lesson, learner: Visitor) -> None:
    page = learner.get(f"/modules/{lesson.module}/{lesson.name}")
    assert learner.status == 200
    assert "content:" not in page.html
    for address in page.links.values():
        if address.startswith("/"):
            learner.get(address.partition("#")[0])
            assert learner.status == 200, address


def test_pictures_are_sandboxed(learner: Visitor) -> None:
    response = learner.client.get("/media/exchange/manage-mail-flow/media/exchange-online-mail-flow.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(
    "path", ["exchange/manage-mail-flow/1-introduction.md", "../pyproject.toml", "nothing.svg", "index.md"]
)
def test_only_what_a_page_shows_is_served(path: str, learner: Visitor) -> None:
    learner.get(f"/media/{path}")
    assert learner.status == 404


def test_every_type_there_is_is_asked() -> None:
    assert {question.type.name for question in QUESTIONS.values()} == set(QUESTION_TYPES)
    surveys = {question.type.name for question in QUESTIONS.values() if is_survey(question)}
    assert surveys == {"single", "survey"}
    kinds = [question.type for question in QUESTIONS.values()]
    assert {type(blank) for kind in kinds if isinstance(kind, FillIn) for blank in kind.blanks} == {
        ShortText, Numeric, DropDown,
    }  # fmt: skip
    assert [check.key for _, check in CHECKS if check.asks_confidence] == [
        "passwords-and-sign-in/second-factors#check",
        "asking-questions/how-sure-are-you#check",
    ]


def test_the_bank_holds_every_type_that_can_be_drawn() -> None:
    [bank] = CATALOGUE.module("manage-mail-flow").banks
    assert len(bank.questions) >= 38
    assert {question.type.name for question in bank.questions} == set(QUESTION_TYPES) - NOT_DRAWN


def test_sources_are_where_a_reader_expects_them() -> None:
    assert all((Path(CONTENT) / question.path).is_file() for question in QUESTIONS.values())
