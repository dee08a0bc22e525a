"""How often a request asks the database: every statement costs about what a whole bare view does."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from quizapp.site import Site
from tests.pages import Visitor

LESSON = "/modules/mail-flow/online"


@pytest.fixture
def statements(site: Site) -> Iterator[list[str]]:
    """The statements so far, transactions apart."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(" ".join(statement.split()))

    event.listen(site.database.engine, "before_cursor_execute", note)
    yield found
    event.remove(site.database.engine, "before_cursor_execute", note)


def test_a_lesson_asks_for_the_learner_their_progress_and_their_latest_attempts(
    visitor: Visitor, statements: list[str]
) -> None:
    visitor.send(visitor.get(LESSON).form("/checks/check"), "MX record")
    statements.clear()
    visitor.get(LESSON)
    assert len(statements) == 3, statements
    statements.clear()
    visitor.get("/")
    assert len(statements) == 3, statements  # the third asks what the learner is told


def test_a_submission_writes_each_table_once(visitor: Visitor, statements: list[str]) -> None:
    visitor.send(visitor.get(LESSON).form("/checks/check"), "MX record")
    form = visitor.get(LESSON).form("/checks/check")
    statements.clear()
    visitor.client.post(form.action, data=form.data("MX record"))
    written = [statement.split()[2] for statement in statements if statement.startswith("INSERT")]
    assert written == ["attempt", "attempt_question", "response", "mark", "lesson_progress"]
    assert [statement.split()[1] for statement in statements if statement.startswith("UPDATE")] == ["learner"]
    assert sum(statement.startswith("SELECT") for statement in statements) <= 5, statements


def test_a_page_shows_the_newest_of_many_attempts(visitor: Visitor, statements: list[str]) -> None:
    for _ in range(3):
        visitor.send(visitor.get(LESSON).form("/checks/check"), "MX record")
    visitor.send(visitor.get(LESSON).form("/checks/check"), "connector")
    assert "You tried this today." in visitor.get(LESSON).text
    assert len([statement for statement in statements if "max(attempt.id)" in statement]) > 0
