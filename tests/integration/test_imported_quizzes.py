"""A test from elsewhere, imported by its command, is a quiz that a learner takes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli import main
from quizapp.content.catalogue import read_catalogue
from tests.pages import Visitor
from tests.quizzes import start
from tests.unit.formats.qti12_items import asked, document, group, meta, package

SAID = "<description>Read well.</description><time_limit>30</time_limit>"
SAID += "<allowed_attempts>3</allowed_attempts>"


@pytest.fixture
def imported(folder: Path, tmp_path: Path) -> Path:
    """The content folder with a quiz of Canvas in its module."""
    inside = document(asked("First", "2"), group("1", asked("Second"), asked("Third")))
    file = tmp_path / "canvas.zip"
    file.write_bytes(package({"q/q.xml": inside, "q/assessment_meta.xml": meta(SAID)}))
    bank = folder / "exchange" / "mail-flow" / "canvas.bank.md"
    done = CliRunner().invoke(main, ["import", "qti12", str(file), "--to", str(bank)])
    assert done.exit_code == 0, done.output
    return folder


def test_a_quiz_of_canvas_is_taken(imported: Path, sign_in: Callable[..., Visitor]) -> None:
    _, problems = read_catalogue(imported)
    assert [one for one in problems if one.severity == "error"] == []
    visitor = sign_in("Ada")
    page = visitor.get("/modules/mail-flow/quizzes/rain")
    for said in ("2 questions", "30 minutes", "Read well."):
        assert said in page.text
    sitting = start(visitor, "/modules/mail-flow/quizzes/rain")
    assert "First?" in sitting.page.text
    assert ("Second?" in sitting.page.text) != ("Third?" in sitting.page.text)
    sitting.answer("First rain", go="overview")
    assert "2 of 3 points." in sitting.submit().text
