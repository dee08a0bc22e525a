"""Robots pass as often as was computed, and no robot learns what a learner is not shown."""

from dataclasses import replace
from fractions import Fraction
from math import sqrt
from random import Random

import pytest

from quizapp.content.guessing import Chance, Guessing, chance_to_guess
from quizapp.content.model import Quiz
from quizapp.grading.draw import draw_order
from quizapp.grading.robots import ROBOTS, Robot, Told
from quizapp.grading.sheets import Answer, Sheet, answer_of, sheet_of
from quizapp.grading.simulation import Result, simulate, too_often
from quizapp.questions.base import QUESTION_TYPES
from tests.unit.content.reading import question_from
from tests.unit.content.test_guessing import quiz_from, several

LEARNERS = 1000
BOXES = "- [x] a\n- [x] b\n- [ ] c\n- [~] d\n"
PAIRS = "| l | r |\n| - | - |\n| one | 1 |\n| two | 2 |\n|  | 3 |\n"
ORDER = "1. a\n2. b\n3. c\n4. d\n"
FILL = "Use [[( ) a | (x) b | (50%) c]], [[(x) d | ( ) e]] and [[25]].\n"
MIXED = several(2) + several(2, "", BOXES, "b") + several(2, "points=2 .match", PAIRS, "p") + several(1, "", FILL, "f")
DRAW = "draw:\n  - {bank: mixed, count: 3}"
DRAWN_TWICE = "draw:\n  - {bank: mixed, count: 2}\n  - {bank: mixed, tags: [t], count: 1}"
EXAM = "preset: exam\n"

QUIZZES = {
    "fixed": (EXAM + "pass: 50", several(4), {}),
    "drawn": (EXAM + f"pass: 50\n{DRAW}", "", {"mixed": MIXED}),
    "drawn together": (EXAM + f"pass: 40\n{DRAWN_TWICE}", "", {"mixed": MIXED + several(2, "tags=t", BOXES, "t")}),
    "partial credit": (EXAM + "pass: 60", several(2, "", BOXES, "b") + several(1, ".order credit=pairs", ORDER), {}),
    "orders": (EXAM + "pass: 60", several(2, ".order", ORDER) + several(1, ".void", name="v"), {}),
    "blanks": (EXAM + "pass: 45", several(2, "", FILL), {}),
    "best of 3": ("pass: 75\nattempts: 3", several(4), {}),
    "last of 3": ("pass: 75\nattempts: 3\nkeep: last", several(4), {}),
    "first of 3": ("pass: 50\nattempts: 3\nkeep: first", several(4), {}),
    "mean of 3": ("pass: 50\nattempts: 3\nkeep: mean", several(3), {}),
    "first of any number": ("pass: 50\nkeep: first", several(4), {}),
}


def quiz(name: str) -> Quiz:
    front, body, banks = QUIZZES[name]
    return quiz_from(front, body, **banks)


def computed(quiz: Quiz) -> Guessing:
    found = chance_to_guess(quiz)
    assert found is not None
    return found


def spread(share: Fraction, learners: int = LEARNERS) -> float:
    return 4.5 * sqrt(share * (1 - share) / learners) + 1 / learners


@pytest.mark.parametrize("name", sorted(QUIZZES))
def test_guessers_pass_as_often_as_was_computed(name: str) -> None:
    chance = computed(quiz(name)).overall
    assert chance.is_exact
    assert Fraction(1, 50) < chance.value < Fraction(98, 100)
    result = simulate(quiz(name), ROBOTS["random"](), LEARNERS, 0)
    assert abs(result.rate - chance.value) <= spread(chance.value)


def test_several_mixed_draws_stay_below_their_bound() -> None:
    drawn = quiz_from(f"pass: 60\nattempts: 3\n{DRAW}", "", mixed=MIXED)
    chance = computed(drawn)
    assert not chance.overall.is_exact
    rate = simulate(drawn, ROBOTS["random"](), LEARNERS, 0).rate
    assert chance.once.value < rate <= chance.overall.value + spread(chance.overall.value)


@pytest.mark.parametrize("name", ["fixed", "drawn", "partial credit", "orders", "blanks"])
def test_the_eliminator_gains_nothing_in_an_exam(name: str) -> None:
    chance = computed(quiz(name)).overall.value
    result = simulate(quiz(name), ROBOTS["eliminator"](), LEARNERS, 0)
    assert result.rate <= chance + spread(chance)
    assert too_often(quiz(name), computed(quiz(name)), [result]) == []


@pytest.mark.parametrize("tries", ["100,50", "100,75,50,25"])
def test_the_eliminator_passes_as_computed_where_questions_are_checked_at_once(tries: str) -> None:
    tried = quiz_from("pass: 75\nattempts: 1\nreveal: during", several(2, f"tries={tries}"))
    chance = computed(tried).overall
    assert chance.is_exact
    result = simulate(tried, ROBOTS["eliminator"](), LEARNERS, 0)
    assert abs(result.rate - chance.value) <= spread(chance.value)
    assert simulate(tried, ROBOTS["random"](), LEARNERS, 0).rate < result.rate


KINDS = several(1) + several(1, "", BOXES, "b") + several(1, ".match", PAIRS, "p") + several(1, "", FILL, "f")


def test_the_eliminator_learns_from_what_it_is_shown_and_from_nothing_else() -> None:
    shown = "marks: {0}, feedback: never, explanation: never, key: {1}"
    rates = {}
    for marks, key in [("never", "never"), ("after-submit", "never"), ("never", "after-submit")]:
        front = f"pass: 80\nattempts: 2\nreveal: {{{shown.format(marks, key)}}}"
        untyped = KINDS.replace(" and [[25]]", "")
        rates[marks, key] = simulate(quiz_from(front, untyped), ROBOTS["eliminator"](), 300, 0).rate
    assert rates["never", "never"] < Fraction(1, 5)
    assert rates["never", "never"] + Fraction(1, 5) < rates["after-submit", "never"] < 1
    assert rates["never", "after-submit"] == 1


def test_without_an_end_to_tries_the_eliminator_gets_all_that_can_be_chosen() -> None:
    tried = quiz_from("pass: 100\nattempts: 1\nreveal: during", KINDS.replace(" and [[25]]", ""))
    assert simulate(tried, ROBOTS["eliminator"](), 50, 0) == Result("eliminator", 50, 50, Fraction(1))


def test_a_new_guest_escapes_the_first_score_but_not_a_limit() -> None:
    for name, gains in [("first of any number", True), ("first of 3", False), ("fixed", False)]:
        chance = computed(quiz(name))
        result = simulate(quiz(name), ROBOTS["guest-reset"](), 300, 0)
        assert (result.rate > Fraction(99, 100)) is gains
        assert bool(too_often(quiz(name), chance, [result])) is gains


EVERY = "".join(
    QUESTION_TYPES[name].example.strip().replace("{#", f"{{#{name}-", 1) + "\n\n" for name in sorted(QUESTION_TYPES)
)


@pytest.mark.parametrize("front", ["preset: exam\npass: 100", "pass: 100\nkeep: mean", "pass: 100\nreveal: during"])
def test_who_knows_the_key_always_passes(front: str) -> None:
    every = quiz_from(front, EVERY)
    assert len({type(question.type) for entry in every.entries for question in entry.pool}) == len(QUESTION_TYPES)
    assert simulate(every, ROBOTS["perfect"](), 30, 0) == Result("perfect", 30, 30, Fraction(1))


@pytest.mark.parametrize("name", sorted(ROBOTS))
def test_a_seed_gives_the_same_again(name: str) -> None:
    every = quiz_from("pass: 50\nattempts: 2\nreveal: after-submit", EVERY)
    once = simulate(every, ROBOTS[name](), 20, 7)
    assert once == simulate(every, ROBOTS[name](), 20, 7)
    assert name not in ("random", "guest-reset") or once != simulate(every, ROBOTS[name](), 20, 8)


def answered(name: str, source: str) -> frozenset[tuple[str, str]]:
    question = question_from(source)
    sheet = sheet_of(question, question.type.control(range(1, question.type.size + 1)))
    return sheet.in_words(ROBOTS[name]().answer(sheet, Told(), Random(0)))


@pytest.mark.parametrize(
    ("name", "answers", "given"),
    [
        ("first", "- ( ) a\n- (x) bb\n", {("", "a")}),
        ("first", "- [ ] a\n- [x] bb\n", {("a", "a")}),
        ("longest", "- ( ) a\n- (x) bbb\n- ( ) cc\n", {("", "bbb")}),
        ("longest", "- [ ] a\n- [x] bbbbb\n- [x] cccc\n", {("bbbbb", "bbbbb"), ("cccc", "cccc")}),
        ("keyword", "- ( ) a web\n- (x) of mail\n", {("", "of mail")}),
        ("keyword", "- [ ] a web\n- [x] of mail\n", {("of mail", "of mail")}),
        ("keyword", "- = 25\n", {("", "receives")}),
        ("random", "- = 25\n", set()),
    ],
)
def test_what_robots_look_at(name: str, answers: str, given: set[tuple[str, str]]) -> None:
    assert answered(name, f"## What of mail, of all, receives mail? {{#q}}\n\n{answers}") == given


def test_a_pair_is_told_by_the_words_that_it_shares() -> None:
    table = "| l | r |\n| - | - |\n| a mail host | web |\n| the web site | mail |\n"
    assert answered("keyword", f"## Which? {{#q .match}}\n\n{table}") == {
        ("a mail host", "mail"), ("the web site", "web"),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(QUESTION_TYPES))
def test_an_answer_fills_the_form_in_and_is_read_from_it(name: str) -> None:
    question = question_from(QUESTION_TYPES[name].example)
    for seed in range(5):
        control = question.type.control(draw_order(b"secret", str(seed), 1, question))
        sheet = sheet_of(question, control)
        values = control.values(question.type.correct_response)
        assert sorted(sheet.values(answer_of(sheet, values))) == sorted(values)


def test_a_robot_is_shown_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.grading.robots.ROBOTS", {})  # the one below takes no part elsewhere
    sheets = []

    class Nosy(Robot):
        name = "nosy"

        def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
            assert (told.right, told.wrong, told.failed, told.key) == (set(), set(), set(), None)
            sheets.append(sheet)
            return {}

    assert simulate(quiz_from("pass: 100\nattempts: 3", EVERY), Nosy(), 5, 0).passed == 0
    orders = {sheet.fields[0].options for sheet in sheets if sheet.kind == "order"}
    assert len(orders) > 1
    assert ("EHLO", "MAIL FROM", "RCPT TO", "DATA") not in orders


def test_what_explains_a_rate_is_the_chance_or_what_the_author_allows() -> None:
    fixed, guessing = quiz("fixed"), Guessing(Chance(Fraction(1, 10)), Chance(Fraction(1, 10)))
    most, more = Result("longest", 1000, 143, Fraction(0)), Result("longest", 1000, 144, Fraction(0))
    assert too_often(fixed, guessing, [most, more, replace(more, robot="perfect", passed=1000)]) == [more]
    allowed = replace(fixed, settings=replace(fixed.settings, guessing=Fraction(1, 5)))
    assert too_often(allowed, guessing, [more]) == []
