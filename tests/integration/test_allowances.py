"""More time and attempts for single learners: set, shown, changed, removed; and what it does to attempts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.actions import allowances
from quizapp.errors import NotFound
from quizapp.grading.quizzes import NO_EXTRA, Extra
from quizapp.site import Site
from quizapp.store.quizzes import ATTEMPT
from tests.pages import Page, Visitor
from tests.people import rows

SignIn = Callable[..., Visitor]
QUIZ = (
    "---\ntitle: {title}\npass: 50\ntime: 20 min\nattempts: 1\n---\n## Which? {{#{name}}}\n\n- (x) This\n- ( ) That\n"
)
PAGE, QUIZ_PAGE = "/teach/allowances", "/modules/mail-flow/quizzes/final"
NOTHING = {"minutes": "0", "percent": "0", "attempts": "0"}


@pytest.fixture
def lena(folder: Path, sign_in: SignIn) -> Visitor:
    for name in ("final", "second"):
        file = folder / "exchange" / "mail-flow" / f"{name}.quiz.md"
        file.write_text(QUIZ.format(title=name.title(), name=name), encoding="utf-8")
    return sign_in("Lena")


@pytest.fixture
def teacher(sign_in: SignIn) -> Visitor:
    return sign_in("Ines", "instructor")


def save(teacher: Visitor, **fields: str) -> Page:
    return teacher.send(teacher.get(PAGE).form(PAGE), **{"name": "Lena", "quiz": "", **NOTHING, **fields})


def begin(learner: Visitor, address: str = QUIZ_PAGE) -> str:
    learner.send(learner.get(address).form("/attempts"))
    return learner.address


def minutes(site: Site, quiz: str = "mail-flow/final") -> float:
    """How long the attempt at a quiz may take."""
    with site.database.reading() as connection:
        row = connection.execute(ATTEMPT.select().where(ATTEMPT.c.content_key == quiz)).one()
    return float((row.deadline - row.started) / timedelta(minutes=1))


def test_what_is_set_is_shown_and_holds_for_attempts_to_come(lena: Visitor, teacher: Visitor, site: Site) -> None:
    assert "Nobody gets more than the quizzes say." in teacher.get(PAGE).text
    page = save(teacher, quiz="mail-flow/final", minutes="5", percent="50", attempts="2")
    for said in ("Saved for Lena.", "Mail flow: Final", "5 50 2"):
        assert said in page.text
    text = lena.get(QUIZ_PAGE).text
    assert "35 minutes" in text
    assert "3 of 3 left" in text
    begin(lena)
    assert minutes(site) == 35


def test_an_attempt_that_runs_gets_its_new_deadline(lena: Visitor, teacher: Visitor, site: Site) -> None:
    begin(lena)
    begin(lena, "/modules/mail-flow/quizzes/second")
    save(teacher, quiz="mail-flow/final", minutes="10")
    assert (minutes(site), minutes(site, "mail-flow/second")) == (30, 20)
    save(teacher, percent="100")
    assert (minutes(site), minutes(site, "mail-flow/second")) == (50, 40)
    save(teacher)
    assert (minutes(site), minutes(site, "mail-flow/second")) == (30, 20)


def test_an_attempt_that_is_over_or_submitted_stays_so(lena: Visitor, teacher: Visitor, site: Site) -> None:
    there = begin(lena)
    later = datetime.now(UTC) + timedelta(hours=1)
    allowances.set_allowance(site.database, site.catalogue, "Lena", "", Extra(minutes=600), None, later)
    assert rows(site, "select submitted from attempt")[0].submitted
    assert minutes(site) == 20
    assert "The time was over" in lena.get(there).text


def test_it_is_removed_by_zeros_or_a_button_even_where_the_quiz_is_gone(
    lena: Visitor, teacher: Visitor, site: Site, folder: Path
) -> None:
    save(teacher, minutes="5")
    assert "Lena gets nothing more there now." in save(teacher).text
    save(teacher, quiz="mail-flow/final", attempts="1")
    (folder / "exchange" / "mail-flow" / "final.quiz.md").unlink()
    page = teacher.get(PAGE)
    assert "mail-flow/final" in page.text
    page = teacher.send(page.form("/remove"))
    assert "Nobody gets more" in page.text
    assert allowances.look_up_allowances(site.database, site.catalogue) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "Nobody"}, "No account has this name or address."),
        ({"name": ""}, "Enter the name of an account."),
        ({"quiz": "mail-flow/none"}, "There is no such quiz. Choose one."),
        ({"minutes": "-5"}, "More minutes: enter a whole number from 0 to 10000."),
        ({"percent": "2.5"}, "More time in % of the limit: enter a whole number from 0 to 1000."),
        ({"attempts": "99999999999"}, "More attempts: enter a whole number from 0 to 1000."),
        ({"attempts": ""}, "More attempts: enter a whole number from 0 to 1000."),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field(
    lena: Visitor, teacher: Visitor, site: Site, wrong: dict[str, str], told: str
) -> None:
    page = save(teacher, **{"minutes": "7", **wrong})
    assert teacher.status == 422
    assert page.text.count(told) == 2  # at the top, and at the field
    [name] = wrong
    assert f'id="{name}-error"' in page.html
    assert allowances.look_up_allowances(site.database, site.catalogue) == []


def test_a_link_fills_the_form_in_with_what_is_set(lena: Visitor, teacher: Visitor) -> None:
    page = save(teacher, quiz="mail-flow/final", minutes="5", attempts="2")
    html = teacher.get(page.links["Lena"]).html
    for held in ('value="Lena"', 'selected value="mail-flow/final"', 'value="5"', 'value="2"'):
        assert held in html


def test_who_did_it_is_noted_once(lena: Visitor, teacher: Visitor, sign_in: SignIn) -> None:
    for _ in range(2):
        save(teacher, quiz="mail-flow/final", minutes="5")
    notes = sign_in("Olga", "owner").get("/teach/accounts/").text.partition("What was done last")[2]
    assert notes.count("Ines, changed extra time: Lena (mail-flow/final: +5 min, +0 %, +0)") == 1


def test_an_account_is_named_as_at_sign_in_and_must_be_there(lena: Visitor, site: Site) -> None:
    now = datetime.now(UTC)
    assert allowances.set_allowance(site.database, site.catalogue, " lena ", "", Extra(percent=25), None, now) == "Lena"
    assert [one.extra for one in allowances.look_up_allowances(site.database, site.catalogue)] == [Extra(percent=25)]
    with pytest.raises(NotFound):
        allowances.set_allowance(site.database, site.catalogue, "Nobody", "", NO_EXTRA, None, now)
