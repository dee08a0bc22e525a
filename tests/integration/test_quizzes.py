"""Quizzes by their pages: beginning, saving, two tabs, time, submitting, what is shown when."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from quizapp.actions import answering, grading
from quizapp.actions.answering import Given
from quizapp.grading.quizzes import GRACE
from quizapp.site import Site
from quizapp.store.learners import Learner
from tests.pages import Visitor
from tests.people import dump
from tests.quizzes import PLACE, QUESTIONS, move, start, stored, unchanged, write_quiz

NewVisitor = Callable[[], Visitor]
EXAM = "preset: exam\nattempts: unlimited\n"
TIMED = f"{EXAM}time: 20 min\n"
SECRETS = ("Alpha is the first", "Beta is the second", "Twelve", "Greek letters", "Not quite", "Right.")


def test_what_a_quiz_asks_for_is_told_before_it_begins(folder: Path, visitor: Visitor) -> None:
    write_quiz(folder, "preset: check\npass: 70%\ntime: 90 min\n")
    page = visitor.get(PLACE)
    for said in ("3 questions", "1 hour 30 minutes", "any number", "70 %", "when you submit", "All you know."):
        assert said in page.text
    assert "Start: Final (3 questions, 1 hour 30 minutes)" in page.text
    assert PLACE in visitor.get("/modules/mail-flow").links.values()


def test_an_attempt_is_saved_question_by_question_and_graded_at_the_end(
    folder: Path, site: Site, visitor: Visitor
) -> None:
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    assert "Question 1 of 3" in sitting.page.text
    sitting.answer("Alpha", go="to-2")
    assert visitor.address == f"{sitting.address}?question=2"
    sitting.answer(go="to-3", **{"answer-2": "12 ms"})
    sitting.answer("One", go="overview")
    assert "Every question is answered." in sitting.page.text
    assert [one.credit for one in stored(site, sitting.attempt).responses] == [None] * 3
    page = sitting.submit()
    assert "75 %: 3 of 4 points." in page.text
    assert "Not passed. " in page.text
    assert all(said in page.text for said in ("Alpha is the first", "Greek letters", "Partly right: 50 %."))
    one = stored(site, sitting.attempt)
    assert (one.score, one.passed) == (Fraction(3, 4), False)
    assert [mark.points for mark in one.responses] == [Fraction(1)] * 3
    assert all(mark.is_draft for mark in one.responses)


def test_nothing_is_told_before_it_is_due(folder: Path, visitor: Visitor) -> None:
    write_quiz(folder, f"{EXAM}pages: all\n")
    sitting = start(visitor)
    pages = [sitting.page, sitting.answer("Beta", "One", **{"answer-2": "11 ms"}), sitting.answer(go="overview")]
    pages.append(visitor.get(f"{sitting.address}?question=1&again=1"))
    said = visitor.client.get(f"{sitting.address}/state").get_data(as_text=True)
    for text in (*(page.html for page in pages), said):
        assert not [secret for secret in SECRETS if secret in text]
    assert "It begins the alphabet." not in pages[0].html  # an exam has no hints


def test_blanks_are_told_before_submitting_and_earn_nothing(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    sitting.answer("Alpha", go="to-2")
    sitting.answer(go="overview", **{"answer-2": "quick"})
    assert "Not answered: question 3" in sitting.page.text
    assert "Cannot be read: question 2" in sitting.page.text
    page = sitting.submit()
    assert "Question 3 was not answered." in page.text
    marks = {one.slot: (one.value, one.credit) for one in stored(site, sitting.attempt).responses}
    assert marks == {1: (1, Fraction(1)), 2: ("quick", Fraction(0)), 3: (None, Fraction(0))}


def test_a_question_is_marked_for_review_and_not_any_more(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    assert "Marked for review" in sitting.answer("Alpha", go="flag-1").text
    assert stored(site, sitting.attempt).responses[0].value == 1  # it is saved on the way
    assert "Marked for review: question 1" in visitor.get(f"{sitting.address}?overview=1").text
    assert "Marked for review" not in sitting.answer(go="unflag-1").text


def test_in_two_tabs_the_last_answer_counts_and_both_are_told(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, EXAM)
    one = start(visitor)
    other = start(visitor)  # goes on with the attempt that runs
    assert other.attempt == one.attempt
    one.answer("Beta")
    old = replace(one)  # that page stays open
    other.answer("Gamma")
    assert "Question 1 was answered on another page too" in other.page.text
    assert "What you gave here now counts." in other.page.text
    old.answer("Beta")
    assert "That answer counts; it is shown here now." in old.page.text
    one.open(1)
    assert [option.text.split()[0] for option in one.form().options if option.checked] == ["Gamma"]
    assert [response.value for response in stored(site, one.attempt).responses if response.slot == 1] == [2, 3]


def test_a_page_that_is_older_overwrites_nothing_that_was_not_changed_in_it(
    folder: Path, site: Site, visitor: Visitor
) -> None:
    write_quiz(folder, f"{EXAM}pages: all\n")
    old = start(visitor)
    new = start(visitor)
    new.answer("Beta", **{"answer-2": "12 ms"})
    page = old.answer("One")  # its first and second question stand empty
    newest = {one.slot: one.value for one in stored(site, old.attempt).responses}
    assert newest == {1: 2, 2: "12 ms", 3: [1]}
    assert "Question 1 was answered on another page" in page.text
    assert "That answer counts; it is shown here now." in page.text


def test_a_script_saves_what_was_changed_even_back_to_what_the_page_showed(
    folder: Path, site: Site, visitor: Visitor
) -> None:
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    sitting.answer("Alpha")
    form = sitting.form().data("Alpha")
    told = []
    for chosen in ("Beta", "Alpha"):  # the answers to both were lost: `seen` is still the first
        data = {**form, **sitting.form().data(chosen), "seen-1": ["1"], "touched": ["1"]}
        answer = visitor.client.post(f"{sitting.address}/saves", data=data)
        told.append(json.loads(answer.get_data()))
    assert [one.value for one in stored(site, sitting.attempt).responses] == [1, 2, 1]
    assert told[-1]["numbers"] == {"1": 3}
    assert told[-1]["saved"].startswith("Saved ")
    assert told[-1]["states"] == {"1": "answered", "2": "unanswered", "3": "unanswered"}


def test_an_attempt_whose_time_is_over_is_graded_by_what_was_saved(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, TIMED)
    sitting = start(visitor)
    sitting.answer("Alpha", go="to-2")
    move(site, sitting.attempt, timedelta(minutes=20) + GRACE)
    page = sitting.answer(go="to-3", **{"answer-2": "12 ms"})  # too late
    assert "The time was over" in page.text
    assert "25 %: 1 of 4 points." in page.text
    one = stored(site, sitting.attempt)
    assert one.submitted == one.deadline
    assert [(mark.slot, mark.value) for mark in one.responses] == [(1, 1), (2, None), (3, None)]


def test_others_who_look_close_what_is_overdue(folder: Path, site: Site, new_visitor: NewVisitor) -> None:
    write_quiz(folder, TIMED)
    sitting = start(new_visitor())
    sitting.answer("Alpha")
    move(site, sitting.attempt, timedelta(minutes=21))
    new_visitor().get(PLACE)
    assert stored(site, sitting.attempt).submitted == stored(site, sitting.attempt).deadline


def test_what_is_on_its_way_at_the_last_moment_is_taken(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, TIMED)
    sitting = start(visitor)
    one = stored(site, sitting.attempt)
    assert one.deadline
    learner = _learner(site, one.learner_id)
    answering.save(site.database, learner, one.public_id, [Given(1, 1)], one.deadline + GRACE - timedelta(seconds=1))
    assert [response.value for response in stored(site, one.public_id).responses] == [1]


def test_what_a_browser_says_of_the_time_is_not_asked(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, TIMED)
    sitting = start(visitor)
    with unchanged(site, sitting.attempt):
        visitor.get(f"{sitting.address}?now=1970-01-01&left=999999&deadline=2099-01-01")
    move(site, sitting.attempt, timedelta(minutes=21))
    data = {**sitting.form().data("Alpha"), "left": ["900"], "at": ["2020-01-01T00:00:00Z"], "deadline": ["2099-01-01"]}
    assert visitor.client.post(f"{sitting.address}/saves", data=data).status_code == 409
    assert stored(site, sitting.attempt).score == 0


def test_two_submissions_at_the_same_moment_give_one_result(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    sitting.answer("Alpha")
    form = sitting.form()
    form.action = f"{sitting.address}/submit"
    first = visitor.send(form)
    before = dump(site)
    assert visitor.send(form).text.replace("  ", " ") == first.text.replace("  ", " ")
    assert dump(site) == before


def test_marks_are_of_what_is_stored_when_they_are(folder: Path, site: Site, visitor: Visitor) -> None:
    """What is saved between marking and storing is marked too."""
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    sitting.answer("Beta")
    one = stored(site, sitting.attempt)
    learner, now = _learner(site, one.learner_id), datetime.now(UTC)
    answering.save(site.database, learner, one.public_id, [Given(1, 1, seen=1)], now)
    grading.submit_attempt(site.database, learner, one.public_id, now)
    assert {mark.try_number: mark.credit for mark in stored(site, one.public_id).responses if mark.slot == 1} == {
        1: None,
        2: 1,
    }


def test_an_edit_changes_no_attempt_that_runs(folder: Path, site: Site, visitor: Visitor) -> None:
    file = write_quiz(folder, TIMED)
    sitting = start(visitor)
    before = stored(site, sitting.attempt)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("(x) Alpha", "( ) Alpha").replace("( ) Beta", "(x) Beta").replace("20 min", "1 min")
        .replace("preset: exam", "preset: practice\npass: 100%"),
        encoding="utf-8",
    )  # fmt: skip
    assert "Question 1 of 3" in sitting.open(1).text
    assert stored(site, sitting.attempt) == before
    sitting.answer("Alpha", go="overview")
    assert "Alpha is the first letter." in sitting.submit().text
    assert stored(site, sitting.attempt).responses[0].credit == 1
    file.unlink()
    assert "25 %: 1 of 4 points." in visitor.get(sitting.address).text


@pytest.mark.parametrize(
    ("reveal", "shown", "hidden"),
    [
        ("after-submit", SECRETS[:2], ()),
        ("never", (), SECRETS),
        ("after-close\ncloses: 2199-01-01", (), SECRETS),
        ("after-close\ncloses: 2001-01-01", SECRETS[:2], ()),
        ("{marks: after-submit, feedback: never, explanation: never, key: never}", ("Not quite.",), SECRETS[:4]),
        ("{feedback: never, key: never}", ("Not quite.", "Greek letters"), SECRETS[:3]),
    ],
)
def test_what_is_shown_after_submitting(
    folder: Path, site: Site, visitor: Visitor, reveal: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    file = write_quiz(folder, EXAM)
    sitting = start(visitor)
    sitting.answer("Beta", go="overview")
    settings = reveal.replace("2001-01-01", "2199-01-01")
    file = write_quiz(folder, f"{EXAM}reveal: {settings}\n")
    sitting.submit()
    sitting = start(visitor)
    sitting.answer("Beta", go="overview")
    sitting.submit()
    if "2001" in reveal:  # it closes later than the attempt
        text = file.read_text(encoding="utf-8").replace("2199-01-01", "2001-01-01")
        file.write_text(text, encoding="utf-8")
    page = visitor.get(sitting.address)
    assert [said for said in shown if said not in page.text] == []
    assert [said for said in hidden if said in page.html] == []
    assert ("0 of 4 points" in page.text) == (reveal not in ("never", "after-close\ncloses: 2199-01-01"))


def test_in_practice_each_question_is_checked_at_once(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, "preset: practice\ntries: 100,50\n")
    sitting = start(visitor)
    assert "Try 1 of 2: worth 100 % of the points." in sitting.page.text
    page = sitting.answer(go="check-1")
    assert "Answer this question." in page.text
    page = sitting.answer("Beta", go="check-1")
    assert "Beta is the second" in page.text
    assert "Alpha is the first" not in page.html
    assert "Greek letters" not in page.html
    sitting.page = visitor.get(page.links["Try again"])
    assert "Try 2 of 2: worth 50 % of the points." in sitting.page.text
    page = sitting.answer("Alpha", go="check-1")
    assert all(said in page.text for said in ("Alpha is the first", "Greek letters"))
    one = stored(site, sitting.attempt)
    tries = [(mark.value, mark.points) for mark in one.responses if not mark.is_draft]
    assert tries == [(2, 0), (1, Fraction(1, 2))]
    sitting.page = visitor.get(f"{sitting.address}?question=2")
    page = sitting.answer(go="check-2", **{"answer-2": "12 furlongs"})
    assert visitor.status == 422
    assert "furlongs" in page.html
    sitting.submit()
    assert stored(site, sitting.attempt).score == Fraction(1, 8)


def test_what_was_not_checked_counts_as_a_try_at_the_end(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, "preset: practice\ntries: 100,50\n")
    sitting = start(visitor)
    page = sitting.answer("Beta", go="check-1")
    sitting.page = visitor.get(page.links["Try again"])
    sitting.answer("Alpha", go="to-2")
    sitting.submit()
    first = [one for one in stored(site, sitting.attempt).responses if one.slot == 1]
    assert max(one.points or 0 for one in first) == Fraction(1, 2)


def test_a_hint_is_opened_for_its_cost(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, "preset: check\nhint-cost: 25%\n")
    sitting = start(visitor)
    assert "It begins the alphabet." not in sitting.page.html
    assert "Open hint 1 of 1: takes 25 % off" in sitting.page.text
    page = sitting.answer(go="hint-1-1")
    assert "It begins the alphabet." in page.text
    assert "Open hint" not in page.text
    sitting.answer("Alpha")
    sitting.submit()
    assert stored(site, sitting.attempt).responses[0].points == Fraction(3, 4)


def test_without_a_cost_hints_are_open_to_all(folder: Path, visitor: Visitor) -> None:
    write_quiz(folder, "preset: check\n")
    assert "It begins the alphabet." in start(visitor).page.text


def test_forward_only_does_not_come_back(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, f"{EXAM}navigation: forward\n")
    sitting = start(visitor)
    first = sitting.form()
    sitting.answer("Beta", go="to-2")
    assert "Question 2 of 3" in visitor.get(f"{sitting.address}?question=1").text
    visitor.send(first, "Alpha", go="save")
    assert [one.value for one in stored(site, sitting.attempt).responses] == [2]
    assert "Previous" not in sitting.page.text


def test_attempts_are_limited_for_those_who_are_known_again(
    folder: Path, site: Site, visitor: Visitor, sign_in: Callable[..., Visitor]
) -> None:
    write_quiz(folder, "preset: exam\nattempts: 2\ndelay: 1 h\n")
    assert "Sign in to take it." in visitor.get(PLACE).text
    ada = sign_in("ada")
    first = start(ada)
    first.submit()
    page = ada.get(PLACE)
    assert "1 of 2 left; the best counts" in page.text
    assert "The next attempt may begin" in page.text
    assert [form for form in page.forms if form.action.endswith("/attempts")] == []
    move(site, first.attempt, timedelta(hours=2))
    start(ada).submit()
    assert "You have used all attempts." in ada.get(PLACE).text
    form = first.page.forms[0]
    form.action = f"{PLACE}/attempts"
    ada.send(form)
    assert ada.status == 409


def test_questions_seen_least_come_first_and_none_twice(folder: Path, site: Site, visitor: Visitor) -> None:
    bank = "".join(f"## Which {n}? {{#q{n}}}\n\n- (x) Yes\n- ( ) No\n\n" for n in range(6))
    (folder / "exchange" / "mail-flow" / "pool.bank.md").write_text(bank, encoding="utf-8")
    write_quiz(folder, "draw:\n  - {bank: pool, count: 2}\n  - {bank: pool, count: 1}\n", "")
    drawn = []
    for _ in range(2):
        sitting = start(visitor)
        drawn += [one.question_key for one in stored(site, sitting.attempt).questions]
        sitting.submit()
    assert len(set(drawn)) == 6


def test_a_passed_quiz_completes_its_module(folder: Path, visitor: Visitor) -> None:
    write_quiz(folder, "preset: check\npass: 20%\n")
    form = visitor.get("/modules/mail-flow/online").form("/checks/check")
    visitor.send(form, "MX record")
    visitor.send(visitor.get("/modules/mail-flow/introduction").form("/continue"))
    page = visitor.get("/modules/mail-flow")
    assert "Go to: Final" in page.text
    sitting = start(visitor)
    sitting.answer("Alpha")
    sitting.submit()
    assert "Passed" in visitor.get(PLACE).text
    page = visitor.get("/modules/mail-flow")
    assert "Read again" in page.text


def test_a_module_may_hold_only_a_quiz(folder: Path, visitor: Visitor) -> None:
    place = folder / "exchange" / "tests" / "last.quiz.md"
    place.parent.mkdir()
    place.write_text(f"---\ntitle: Last\n---\n{QUESTIONS}", encoding="utf-8")
    for _ in range(2):
        for address in ("/", "/paths/exchange", "/modules/tests", "/progress"):
            assert visitor.get(address)
            assert visitor.status == 200
        sitting = start(visitor, "/modules/tests/quizzes/last")
        sitting.answer("Alpha", "One", "Two", **{"answer-2": "12 ms"})
        assert "Passed." in sitting.submit().text


def test_an_attempt_that_cannot_be_read_any_more_holds_up_nobody(
    folder: Path, site: Site, new_visitor: NewVisitor
) -> None:
    file = write_quiz(folder, TIMED)
    lost, other = start(new_visitor()), start(new_visitor())
    file.write_text(file.read_text(encoding="utf-8").replace("Greek letters", "Letters"), encoding="utf-8")
    fingerprint = stored(site, lost.attempt).questions[0].fingerprint
    kept = other.open(1)
    with site.database.writing() as connection:
        damage = f"update question_snapshot set markdown = '## Q' where fingerprint = '{fingerprint}'"
        connection.exec_driver_sql(damage)
    move(site, lost.attempt, timedelta(minutes=30))
    assert kept
    later = start(new_visitor())
    assert "Question 1 of 3" in later.page.text
    assert stored(site, lost.attempt).submitted is None
    assert "cannot be shown any more" in lost.open(1).text


def test_an_essay_waits_for_a_person(folder: Path, site: Site, visitor: Visitor) -> None:
    essay = "\n## Why? {#why .essay points=3}\n\n- [3] Names it\n\nBecause.\n"
    write_quiz(folder, f"{EXAM}pages: all\n", QUESTIONS + essay)
    sitting = start(visitor)
    sitting.answer("Alpha", **{"answer-4": "Because of MX."})
    page = sitting.submit()
    assert "One answer is marked by a person; the score counts the others so far." in page.text
    assert stored(site, sitting.attempt).score == Fraction(1, 4)
    assert "not all of it is marked yet" in visitor.get(PLACE).text


def test_what_is_no_form_of_ours_is_refused(folder: Path, site: Site, visitor: Visitor) -> None:
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    token = sitting.form().data()["csrf_token"]
    with unchanged(site, sitting.attempt):
        for data in (
            {"slot": ["1"], "answer-1": ["7"]},
            {"slot": ["9", "0", "-1", "x"], "answer-9": ["1"]},
            {"go": ["hint-1-1"]},
            {"go": ["check-1"], "slot": ["1"], "answer-1": [], "seen-1": ["x"]},
            {"go": ["to-99999999999999999999"]},
            {"go": ["check-"]},
            {"go": ["\0"], "slot": []},
        ):
            answer = visitor.client.post(sitting.address, data={"csrf_token": token, **data})
            assert answer.status_code < 500, data


def test_a_form_with_an_old_token_is_shown_again_with_its_answers(folder: Path, visitor: Visitor) -> None:
    write_quiz(folder, EXAM)
    sitting = start(visitor)
    page = sitting.answer("Gamma", csrf_token="old")
    assert visitor.status == 400
    assert "What you gave is here" in page.text
    assert [option.text.split()[0] for option in sitting.form().options if option.checked] == ["Gamma"]


def _learner(site: Site, learner_id: int) -> Learner:
    """The guest of that row."""
    with site.database.reading() as connection:
        from_row = connection.exec_driver_sql(f"select guest from learner where id = {learner_id}").scalar_one()
    return replace(Learner(from_row), id=learner_id)
