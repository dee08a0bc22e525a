"""A quiz that was renamed, and says so in `aliases:`, keeps its address, attempts, results, limits and allowances."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from quizapp.grading.quizzes import Extra
from quizapp.site import Site
from quizapp.store import quizzes
from tests.integration.test_allowances import save
from tests.pages import Visitor
from tests.quizzes import start, stored, write_quiz

SignIn = Callable[..., Visitor]
OLD, NEW = "/modules/mail-flow/quizzes/final", "/modules/mail-flow/quizzes/exam"
EXAM = "pass: 50\nattempts: 2\ntime: 20 min\nreveal: after-submit\n"


@pytest.fixture
def lena(folder: Path, sign_in: SignIn) -> Visitor:
    write_quiz(folder, EXAM)
    return sign_in("Lena")


@pytest.fixture
def teacher(sign_in: SignIn) -> Visitor:
    return sign_in("Ines", "instructor")


def rename(folder: Path) -> None:
    (folder / "exchange" / "mail-flow" / "final.quiz.md").unlink()
    write_quiz(folder, f"{EXAM}aliases: [final]\n", name="exam")


def rename_module(folder: Path) -> None:
    module = folder / "exchange" / "mail-flow"
    (module / "index.md").write_text("---\naliases: [mail-flow]\n---\n# Mail\n", encoding="utf-8")
    module.rename(module.with_name("mail"))


def pass_it(visitor: Visitor, place: str = OLD) -> str:
    sitting = start(visitor, place)
    sitting.answer("Alpha", **{"answer-2": "12 ms"})
    sitting.submit()
    return sitting.attempt


def test_its_old_address_leads_on_and_its_attempts_count(lena: Visitor, folder: Path) -> None:
    pass_it(lena)
    rename(folder)
    page = lena.get(OLD)
    assert lena.address == NEW
    assert "1 of 2 left" in page.text
    pass_it(lena, NEW)
    assert "0 of 2 left" in lena.get(NEW).text


def test_an_attempt_that_runs_goes_on_under_the_new_name(lena: Visitor, folder: Path, site: Site) -> None:
    sitting = start(lena, OLD)
    rename(folder)
    again = start(lena, NEW)
    assert again.attempt == sitting.attempt
    sitting.answer("Alpha")
    page = sitting.submit()
    assert stored(site, sitting.attempt).submitted
    assert page.links["Back to the quiz"] == NEW


def test_results_and_completion_follow(lena: Visitor, teacher: Visitor, folder: Path) -> None:
    pass_it(lena)
    before = teacher.get("/teach/modules/mail-flow").text
    rename(folder)
    after = teacher.get("/teach/modules/mail-flow").text
    assert "50 %" in before
    assert after == before
    assert lena.get("/modules/mail-flow").links["Final"] == NEW


def test_all_of_it_follows_a_module_too(lena: Visitor, teacher: Visitor, folder: Path) -> None:
    pass_it(lena)
    rename_module(folder)
    page = lena.get(OLD)
    assert lena.address == "/modules/mail/quizzes/final"
    assert "1 of 2 left" in page.text
    assert "50 %" in teacher.get("/teach/modules/mail").text


def test_what_a_learner_gets_beyond_the_settings_follows_and_is_changed_once(
    lena: Visitor, teacher: Visitor, folder: Path, site: Site
) -> None:
    save(teacher, quiz="mail-flow/final", minutes="5", attempts="1")
    sitting = start(lena, OLD)
    rename(folder)
    assert "25 minutes" in lena.get(NEW).text
    assert "Mail flow: Final" in teacher.get("/teach/allowances").text
    save(teacher, quiz="mail-flow/exam", minutes="10")
    with site.database.reading() as connection:
        assert [row[1:] for row in quizzes.extras(connection)] == [("mail-flow/exam", Extra(10, 0, 0))]
    one = stored(site, sitting.attempt)
    assert one.deadline
    assert one.deadline - one.started == timedelta(minutes=30)
    teacher.send(teacher.get("/teach/allowances").form("/remove"))
    with site.database.reading() as connection:
        assert quizzes.extras(connection) == []


def test_an_allowance_of_before_can_be_taken_away(lena: Visitor, teacher: Visitor, folder: Path, site: Site) -> None:
    save(teacher, quiz="mail-flow/final", minutes="5")
    rename(folder)
    teacher.send(teacher.get("/teach/allowances").form("/remove"))
    with site.database.reading() as connection:
        assert quizzes.extras(connection) == []
    assert "20 minutes" in lena.get(NEW).text


def test_of_attempts_under_both_names_the_last_one_counts_where_the_last_does(
    lena: Visitor, teacher: Visitor, folder: Path
) -> None:
    write_quiz(folder, f"{EXAM}keep: last\n")
    pass_it(lena)
    (folder / "exchange" / "mail-flow" / "final.quiz.md").unlink()
    write_quiz(folder, f"{EXAM}keep: last\naliases: [final]\n", name="exam")
    start(lena, NEW).submit()
    assert "Lena" in teacher.get("/teach/modules/mail-flow").text
    assert " 0 %" in teacher.get("/teach/modules/mail-flow").text


def test_without_an_alias_it_is_another_quiz(lena: Visitor, folder: Path) -> None:
    pass_it(lena)
    (folder / "exchange" / "mail-flow" / "final.quiz.md").unlink()
    write_quiz(folder, EXAM, name="exam")
    lena.get(OLD)
    assert lena.status == 404
    assert "2 of 2 left" in lena.get(NEW).text
