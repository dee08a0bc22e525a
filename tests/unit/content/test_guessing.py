"""The chance to pass a quiz by guessing is what going through all draws and responses gives."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.content import drawn
from quizapp.content.drawn import Pool, clusters, drawn_sums, highest
from quizapp.content.guessing import Chance, Guessing, chance_to_guess, in_percent, too_easy
from quizapp.content.model import Entry, Quiz
from quizapp.questions.base import Question
from quizapp.questions.guesses import Chances
from tests.unit.content.reading import catalogue_from, question_from

HALF, THIRD, QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)
CHOICES = "- (x) a\n- ( ) b\n- ( ) c\n- ( ) d\n"
NUMBERS = st.sampled_from([Fraction(-1), -HALF, Fraction(0), HALF, Fraction(1)])


def quiz_from(front: str, body: str, **banks: str) -> Quiz:
    """A quiz of that front matter; banks by their names."""
    files = {f"{name}.bank.md": text.encode() for name, text in banks.items()}
    catalogue, problems = catalogue_from(files | {"q.quiz.md": f"---\n{front}\n---\n{body}".encode()})
    assert [problem for problem in problems if problem.severity == "error"] == []
    return catalogue.quiz("m/q")


def several(number: int, options: str = "", answers: str = CHOICES, name: str = "q") -> str:
    return "".join(f"## Q{n} {{#{name}{n} {options}}}\n\n{answers}\n" for n in range(number))


def draws(pools: Sequence[Pool], taken: frozenset[str] = frozenset()) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """Every draw there is and how probable it is, as the site draws: the smaller pools first."""
    if not pools:
        yield (), Fraction(1)
        return
    first, *others = sorted(pools, key=lambda pool: len(pool.keys))
    left = [key for key in first.keys if key not in taken]
    ways = list(combinations(left, min(first.count, len(left))))
    for way in ways:
        for rest, share in draws(others, taken | set(way)):
            yield (*way, *rest), share / len(ways)


def tried_out(pools: Sequence[Pool], gives: dict[str, Chances]) -> Fraction:
    """How probable a sum of 0 or more is, by going through all draws and all that they may give."""
    passing = Fraction(0)
    for keys, share in draws(pools):
        for numbers in product(*(gives[key].items() for key in keys)):
            chance = share
            for _, one in numbers:
                chance *= one
            passing += chance if sum(value for value, _ in numbers) >= 0 else 0
    return passing


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[Pool], dict[str, Chances]]:
    """Pools of few questions, mostly overlapping, and what these give."""
    keys = [f"q{n}" for n in range(draw(st.integers(1, 5)))]
    gives: dict[str, Chances] = {}
    for key in keys:
        values = draw(st.lists(NUMBERS, min_size=1, max_size=3))
        gives[key] = {value: Fraction(number, len(values)) for value, number in Counter(values).items()}
    pools = [
        Pool(tuple(draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))), draw(st.integers(1, 3)))
        for _ in range(draw(st.integers(1, 3)))
    ]
    return pools, gives


@settings(max_examples=150, deadline=None)
@given(drawings())
def test_sums_are_those_of_every_draw(drawing: tuple[list[Pool], dict[str, Chances]]) -> None:
    pools, gives = drawing
    used = {key: gives[key] for pool in pools for key in pool.keys}
    sums = drawn_sums(pools, used)
    assert sums.is_exact
    assert sum(sums.weights.values()) == sums.denominator
    assert sums.passing == tried_out(pools, gives)


@settings(max_examples=60, deadline=None)
@given(drawings(), st.sampled_from(["MAX_STATES", "MAX_STEPS"]))
def test_less_work_puts_sums_too_high_rather_than_too_low(
    drawing: tuple[list[Pool], dict[str, Chances]], bound: str
) -> None:
    pools, gives = drawing
    if any(pool.count > len(pool.keys) for pool in pools) or len(clusters(pools)) < len(pools):
        pools = pools[:1]
    used = {key: gives[key] for pool in pools for key in pool.keys}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn, bound, 1)
        sums = drawn_sums(pools, used)
    assert sum(sums.weights.values()) == sums.denominator
    assert sums.passing >= tried_out(pools, gives)
    if sums.is_exact:
        assert sums.passing == tried_out(pools, gives)


def test_pools_that_share_a_question_through_another_draw_together() -> None:
    a, b, c, d = Pool(("1", "2"), 1), Pool(("3", "4"), 1), Pool(("2", "3", "5"), 1), Pool(("6",), 1)
    assert sorted(clusters([c, a, b, d]), key=len) == [[d], [a, b, c]]
    assert highest([{Fraction(0): HALF, Fraction(1): HALF}, {Fraction(0): Fraction(1)}]) == {0: HALF, 1: HALF}


def chances(front: str, body: str, **banks: str) -> tuple[Fraction, Fraction, bool]:
    found = chance_to_guess(quiz_from(front, body, **banks))
    assert found is not None
    return found.once.value, found.overall.value, found.overall.is_exact


@pytest.mark.parametrize(
    ("front", "body", "once", "overall"),
    [
        ("pass: 100", several(2), QUARTER**2, 1),
        ("pass: 100\nattempts: 1", several(2), QUARTER**2, QUARTER**2),
        ("pass: 50\nattempts: 1", several(2), 1 - (3 * QUARTER) ** 2, 1 - (3 * QUARTER) ** 2),
        ("pass: 100\nattempts: 3", several(1), QUARTER, 1 - (3 * QUARTER) ** 3),
        ("pass: 100\nattempts: 3\nkeep: last", several(1), QUARTER, 1 - (3 * QUARTER) ** 3),
        ("pass: 100\nattempts: 3\nkeep: first", several(1), QUARTER, QUARTER),
        ("pass: 100\nkeep: first", several(1), QUARTER, QUARTER),
        # Half of the attempts right, at some moment: at once, or after one that was wrong, or after two of them.
        ("pass: 50\nattempts: 2\nkeep: mean", several(1), QUARTER, QUARTER + 3 * QUARTER**2),
        ("pass: 50\nattempts: 3\nkeep: mean", several(1), QUARTER, QUARTER + 3 * QUARTER**2),
        ("pass: 50\nattempts: 4\nkeep: mean", several(1), QUARTER, QUARTER + 3 * QUARTER**2 + 9 * QUARTER**4),
        ("pass: 0\nattempts: 2", several(1), 1, 1),
        # Points: the second question alone is two thirds of all.
        ("pass: 60\nattempts: 1", several(1) + several(1, "points=2", name="r"), QUARTER, QUARTER),
        # What does not count, what cannot be guessed, what is not asked.
        ("pass: 50\nattempts: 1", several(1) + several(3, ".void", name="r"), QUARTER, QUARTER),
        ("pass: 50\nattempts: 1", several(1) + several(3, ".survey", name="r"), QUARTER, QUARTER),
        ("pass: 50\nattempts: 1", several(1) + several(3, ".draft", name="r"), QUARTER, QUARTER),
        ("pass: 50\nattempts: 1", several(1) + several(1, "", "- = x\n", "r"), QUARTER, QUARTER),
        ("pass: 51\nattempts: 1", several(1) + several(1, ".essay", "", "r"), 0, 0),
        ("pass: 1", several(1, "", "- = 25\n"), 0, 0),
        ("pass: 80\nattempts: 1", several(1, "points=0"), 1, 1),
        # Only the first try counts where nothing is checked before the end.
        ("pass: 50\nattempts: 1", several(1, "tries=40,100"), 0, 0),
        ("pass: 50\nattempts: 1\nreveal: during", several(1, "tries=100,50"), HALF, HALF),
        ("pass: 51\nattempts: 1\nreveal: during", several(1, "tries=100,50"), QUARTER, QUARTER),
        ("pass: 100\nattempts: 1\nreveal: during", several(3), 1, 1),
        ("pass: 100\nattempts: 1\nreveal: {marks: during, key: never}", several(3), 1, 1),
    ],
)
def test_the_chance_of_one_attempt_and_of_all(front: str, body: str, once: Any, overall: Any) -> None:
    assert chances(front, body) == (once, overall, True)


def test_without_a_pass_mark_there_is_nothing_to_pass() -> None:
    assert chance_to_guess(quiz_from("preset: practice", several(2))) is None


def test_a_mean_without_an_end_is_bounded() -> None:
    assert chances("pass: 50\nkeep: mean", several(1)) == (QUARTER, Fraction(1), False)
    assert chances("pass: 50\nkeep: mean", several(1, "", "- = x\n")) == (Fraction(0), Fraction(0), True)


MIXED = several(2) + several(2, "", "- (x) a\n- ( ) b\n", "r")
DRAWN = "draw:\n  - {bank: mixed, count: 2}"


def test_a_draw_from_a_mixed_bank_is_that_of_every_draw() -> None:
    once = (QUARTER**2 + QUARTER + 4 * HALF * QUARTER) / 6
    assert chances(f"pass: 100\nattempts: 1\n{DRAWN}", "", mixed=MIXED) == (once, once, True)
    assert chances(f"pass: 100\nattempts: 3\n{DRAWN}", "", mixed=MIXED) == (once, 3 * once, False)
    whole = DRAWN.replace("2", "4")
    assert chances(f"pass: 100\nattempts: 2\n{whole}", "", mixed=MIXED) == (
        HALF**6, 1 - (1 - HALF**6) ** 2, True,
    )  # fmt: skip


def test_overlapping_draws_over_several_attempts_are_bounded() -> None:
    bank = several(1, "tags=t") + several(2, "tags=t", "- (x) a\n- ( ) b\n", "r") + several(2, "", "- = x\n", "s")
    front = "pass: 100\nattempts: {}\ndraw:\n  - {{bank: b, tags: [t], count: 1}}\n  - {{bank: b, count: 1}}"
    # The second is one of the four that the first left, of which two are typed.
    once = (QUARTER * HALF * 2 / 4 + 2 * HALF * (QUARTER + HALF) / 4) / 3
    assert chances(front.format(1), "", b=bank) == (once, once, True)
    found, overall, is_exact = chances(front.format(2), "", b=bank)
    assert found == once
    assert not is_exact
    assert overall >= 1 - (1 - once) ** 2


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(1, 4),
    attempts=st.none() | st.integers(1, 5),
    keep=st.sampled_from(["best", "first", "last", "mean"]),
    mark=st.integers(0, 100),
)
def test_no_more_attempts_and_no_lower_mark_make_it_harder(
    count: int, attempts: int | None, keep: str, mark: int
) -> None:
    quiz = quiz_from(f"pass: {mark}", several(2) + several(2, "", "- [x] a\n- [x] b\n- [ ] c\n", "r"))
    changed = replace(quiz.settings, attempts=attempts, keep=keep)
    entry = Entry(tuple(question for entry in quiz.entries for question in entry.pool), count)
    found = chance_to_guess(replace(quiz, settings=changed, entries=(entry,)))
    harder = replace(changed, pass_mark=Fraction(min(mark + 10, 100), 100))
    less = chance_to_guess(replace(quiz, settings=harder, entries=(entry,)))
    assert found is not None
    assert less is not None
    assert 0 <= found.once.value <= found.overall.value <= 1
    assert less.once.value <= found.once.value
    assert less.overall.value <= found.overall.value


def test_what_is_bounded_by_a_type_is_told_of_the_quiz() -> None:
    lines = "".join(f"{n}. line {n}\n" for n in range(1, 41))
    found = chance_to_guess(quiz_from("pass: 60\nattempts: 1", several(1, ".order", lines)))
    assert found == Guessing(Chance(found.once.value, False), Chance(found.once.value, False)) if found else False


def test_many_attempts_do_not_take_long() -> None:
    quiz = quiz_from("pass: 100", several(30))
    found = chance_to_guess(replace(quiz, settings=replace(quiz.settings, attempts=1_000_000)))
    assert found == Guessing(Chance(QUARTER**30), Chance(QUARTER**30 * 1_000_000, False))


def test_a_limit_is_compared_with_all_attempts() -> None:
    front = "pass: 100\nattempts: {}\nguessing: {}%"
    assert too_easy(quiz_from(front.format(1, 25), several(1))) is None
    assert too_easy(quiz_from(front.format(2, 25), several(1))) == Chance(1 - (3 * QUARTER) ** 2)
    assert too_easy(quiz_from(front.format(1, 24), several(1))) == Chance(QUARTER)
    assert too_easy(quiz_from("preset: practice\nguessing: 1%", several(1))) is None
    assert too_easy(quiz_from("pass: 1", several(1))) is None


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Fraction(0), "0 %"), (Fraction(1), "100 %"), (QUARTER, "25 %"), (Fraction(325, 10_000), "3.2 %"),
        (Fraction(9, 100), "9 %"), (Fraction(12, 10_000_000), "0.00012 %"), (1 - THIRD**9, "99.9 %"),
        (Fraction(994, 1000), "99.4 %"), (QUARTER**40, "less than 0.00001 %"), (Fraction(1, 8), "12 %"),
    ],
)  # fmt: skip
def test_a_chance_in_percent(share: Fraction, told: str) -> None:
    assert in_percent(share) == told


def test_a_question_of_every_kind_is_counted_in_a_second() -> None:
    question: Question = question_from(f"## Q {{#q}}\n\n{CHOICES}")
    quiz = quiz_from("pass: 70\nattempts: 1", several(1))
    pairs = "| a | b |\n| - | - |\n" + "".join(f"| l{n} | r{n} |\n" for n in range(9))
    kinds = [
        question,
        question_from(f"## Q {{#q .match}}\n\n{pairs}"),
        question_from("## Q {#q .order credit=pairs}\n\n" + "".join(f"{n}. x{n}\n" for n in range(1, 12))),
        question_from("## Q {#q}\n\n" + "".join(f"- [{'x' if n < 7 else ' '}] x{n}\n" for n in range(12))),
    ]
    pool = tuple(replace(kinds[n % 4], key=f"m#q{n}", points=Fraction(1 + n % 3)) for n in range(60))
    found = chance_to_guess(replace(quiz, entries=(Entry(pool, 20),)))
    assert found is not None
    assert 0 < found.once.value < Fraction(1, 100)
