"""The content that comes with quizapp: without a problem, whole, and with its key kept back."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.content.catalogue import read_catalogue
from quizapp.content.snapshots import restore, take
from quizapp.questions.base import Prose, Question
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText
from quizapp.settings import Settings
from quizapp.site import prepare_site
from quizapp.web import create_app
from tests.conftest import ROOT
from tests.databases import drop_schema, server_database
from tests.pages import Visitor

CONTENT = ROOT / "content"
CATALOGUE, PROBLEMS = read_catalogue(CONTENT)
LESSONS = [lesson for module in CATALOGUE.modules.values() for lesson in module.lessons]
QUESTIONS = CATALOGUE.questions()
CHECKS = [(lesson, check) for lesson in LESSONS for check in lesson.checks]


def feedback_of(question: Question) -> list[Prose]:
    """The feedback of every choice, or of every value that may be typed."""
    kind = question.type
    assert isinstance(kind, SingleChoice | MultipleChoice | ShortText | Numeric)
    return [one.feedback for one in (kind.values if isinstance(kind, ShortText | Numeric) else kind.choices)]


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    database_url = server_database()
    site = prepare_site(Settings(CONTENT, tmp_path_factory.mktemp("instance"), database_url))
    yield Visitor(create_app(site=site).test_client())
    site.database.close()
    if database_url:
        drop_schema(database_url)


def test_it_has_no_problem() -> None:
    assert PROBLEMS == []


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
    assert question.hints
    assert question.explanation
    assert all(feedback_of(question))
    assert restore(take(question)) == question


@pytest.mark.parametrize(("lesson", "check"), CHECKS, ids=lambda value: value.key)
def test_no_page_header_or_cookie_holds_the_key_before_an_answer(lesson, check, learner: Visitor) -> None:  # type: ignore[no-untyped-def]
    response = learner.client.get(f"/modules/{lesson.module}/{lesson.name}")
    said = html.unescape(response.get_data(as_text=True)) + str(response.headers)
    assert response.status_code == 200
    for question in check.questions:
        kept_back = [question.explanation, *feedback_of(question)]
        for prose in kept_back:
            assert html.unescape(prose.html) not in said
            assert prose.text not in said
        assert question.fingerprint not in said
    for word in (r"\(x\)", r"\[x\]", "credit", r"\bcorrect", "is-right", "fingerprint"):
        assert not re.search(word, said)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_every_lesson_and_picture_is_served(lesson, learner: Visitor) -> None:  # type: ignore[no-untyped-def]
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


def test_the_bank_holds_every_type_there_is() -> None:
    [bank] = CATALOGUE.module("manage-mail-flow").banks
    assert len(bank.questions) >= 20
    assert {question.type.name for question in bank.questions} >= {"single", "multiple", "text", "numeric"}


def test_sources_are_where_a_reader_expects_them() -> None:
    assert all((Path(CONTENT) / question.path).is_file() for question in QUESTIONS.values())
