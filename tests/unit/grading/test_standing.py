"""Where an attempt stands, and what completes a lesson."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from quizapp.content.model import Module
from quizapp.grading.completion import (
    CheckRecord,
    LessonProgress,
    is_lesson_complete,
    lesson_state,
    module_progress,
)
from quizapp.grading.draw import draw_order, draw_seal, is_attempt_id, version_seal
from quizapp.grading.standing import Slot, Standing, points_of
from tests.unit.content.reading import question_from, served

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SOURCE = "## Q {#q tries=100,50}\n\n- (x) A\n- ( ) B\n- ( ) C\n- ( ) D\n"
CHECKED = "---\ncomplete: %s\n---\n## C {.check}\n\n### Q {#q}\n\n- (x) A\n- ( ) B\n"


def test_the_order_follows_from_the_attempt() -> None:
    question = question_from(SOURCE)
    order = draw_order(b"secret", "attempt", 1, question)
    assert order == draw_order(b"secret", "attempt", 1, question)
    assert sorted(order) == [1, 2, 3, 4]
    assert len({draw_order(b"secret", f"attempt {n}", 1, question) for n in range(200)}) == 24


def test_every_position_comes_about_equally_often() -> None:
    question = question_from(SOURCE)
    first = [draw_order(b"secret", str(n), 1, question)[0] for n in range(4000)]
    assert all(850 < first.count(position) < 1150 for position in (1, 2, 3, 4))


@pytest.mark.parametrize("source", ["## Q {#q}\n\n- (x) A\n- ( ) B\n", SOURCE.replace("tries", "shuffle=no tries")])
def test_two_choices_and_those_told_not_to_are_never_shuffled(source: str) -> None:
    question = question_from(source)
    for n in range(50):
        order = draw_order(b"secret", str(n), 1, question)
        assert order == tuple(range(1, question.type.size + 1))


def test_seals_depend_on_the_secret_and_on_every_part() -> None:
    seals = {
        version_seal(b"a", "f"), version_seal(b"b", "f"), version_seal(b"a", "g"),
        draw_seal(b"a", "c", "i", ["x", "y"]), draw_seal(b"a", "c", "i", ["x"]), draw_seal(b"a", "c", "j", ["x", "y"]),
    }  # fmt: skip
    assert len(seals) == 6


@pytest.mark.parametrize(("text", "well_formed"), [("a" * 22, True), ("a" * 21, False), ("a" * 21 + "=", False)])
def test_attempt_ids(text: str, well_formed: bool) -> None:
    assert is_attempt_id(text) is well_formed


def test_tries_end_and_cost() -> None:
    question = question_from(SOURCE)
    right = question.type.mark(1)
    assert [points_of(question, right, number) for number in (1, 2)] == [1, Fraction(1, 2)]
    once = Slot(question, (1, 2, 3, 4), response=2, tries=1)
    twice = Slot(question, (1, 2, 3, 4), response=2, tries=2)
    assert (once.is_open, once.is_revealed, twice.is_open, twice.is_revealed) == (True, False, False, True)


def test_an_attempt_is_passed_when_all_is_right() -> None:
    question = question_from(SOURCE)
    solved = Slot(question, (1, 2, 3, 4), response=1, credit=Fraction(1), points=Fraction(1), tries=1)
    wrong = Slot(question, (1, 2, 3, 4), response=2, tries=1)
    both = Standing("a", (solved, wrong))
    assert (both.score, both.solved, both.is_passed, both.is_finished) == (Fraction(1, 2), 1, False, False)
    assert Standing("a", (solved, solved)).is_passed


@pytest.mark.parametrize(
    ("rule", "record", "complete"),
    [
        ("all-correct", CheckRecord(Fraction(1), True), True),
        ("all-correct", CheckRecord(Fraction(1), False), False),
        ("attempt", CheckRecord(Fraction(0), False), True),
        ("pass", CheckRecord(Fraction(4, 5), False), True),
        ("pass", CheckRecord(Fraction(79, 100), False), False),
        ("read", CheckRecord(Fraction(1), True), False),
    ],
)
def test_the_rule_of_a_lesson_completes_it(rule: str, record: CheckRecord, complete: bool) -> None:
    lesson = served(CHECKED % rule)
    assert is_lesson_complete(lesson, {"m/l#check": record}) is complete
    assert not is_lesson_complete(lesson, {})


def test_a_lesson_changed_afterwards_stays_completed_and_says_so() -> None:
    lesson = served("A")
    known = LessonProgress(NOW, NOW, lesson.fingerprint)
    assert lesson_state(lesson, {"m/l": known}) == "completed"
    assert lesson_state(served("B"), {"m/l": known}) == "changed"
    module = Module("m", "M", "", "", (), (), (), (served("B"),), "m")
    assert module_progress(module, {"m/l": known}).is_complete
