"""A test from elsewhere, imported by its command, is a quiz that a learner takes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.actions.confined import files_beside
from quizapp.actions.editing import Saved
from quizapp.actions.importing import plan_import, save_import
from quizapp.cli import main
from quizapp.content.catalogue import read_catalogue
from quizapp.errors import NotEditable
from quizapp.formats.contract import IMPORTERS, Imported, Source
from quizapp.site import Site
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


QUIZ = b"Quiz title: Rain exam\n1. Which is dry?\n*a) Sand\nb) Sea\n\n2. Which is wet?\n*a) Sea\nb) Sand\n"
PLACE = "exchange/mail-flow/rain.bank.md"


def save(site: Site, found: Imported) -> Saved:
    """Put what was imported into a bank, as the site does."""
    folders, now = site.settings.content_folders, datetime.now(UTC)
    plan, before = plan_import(folders, site.catalogue, PLACE, found.items, found.quizzes, only_good=False)
    assert plan.errors == ()
    saved = save_import(site.database, folders, site.settings.instance, PLACE, plan, before, None, now)
    site.look_again()
    return saved


def test_an_edit_of_a_bank_brings_its_quizzes_once(folder: Path, site: Site) -> None:
    found = IMPORTERS["text2qti"].read(Source(QUIZ))
    quiz = folder / "exchange" / "mail-flow" / "rain-exam.quiz.md"
    assert save(site, found).is_changed
    before = quiz.read_bytes()
    assert [one.key for one in site.catalogue.module("mail-flow").quizzes] == ["mail-flow/rain-exam"]
    assert not save(site, found).is_changed
    quiz.unlink()
    site.look_again()
    assert not save(site, found).is_changed
    assert quiz.read_bytes() == before


@pytest.mark.parametrize("name", ["../x.quiz.md", ".x.quiz.md", "_x.quiz.md", "a/x.quiz.md", "x.md", "x?.quiz.md"])
def test_no_quiz_is_put_elsewhere(folder: Path, name: str) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(NotEditable), files_beside(folder, PLACE, {"good.quiz.md": b"x", name: b"x"}):
        pass
    assert sorted(folder.rglob("*")) == before


def test_another_quiz_of_that_name_stays_and_what_is_new_goes_again(folder: Path) -> None:
    there = folder / "exchange" / "mail-flow" / "x.quiz.md"
    there.write_bytes(b"mine")
    files = {"a.quiz.md": b"x", "x.quiz.md": b"yours"}
    with pytest.raises(NotEditable, match="another file of this name is there"), files_beside(folder, PLACE, files):
        pass
    assert there.read_bytes() == b"mine"
    assert not there.with_name("a.quiz.md").exists()
