"""What guessing earns is what marking every response there is gives."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations, permutations, product
from math import factorial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.questions.arrangements import guessed_order
from quizapp.questions.base import QUESTION_TYPES, QuestionType, Response
from quizapp.questions.controls import Arranging, Choosing, FillingIn, Pairing
from quizapp.questions.guesses import NO_GUESS, Guesses, best_of, counted, mean_of, tails_of
from quizapp.questions.order import ORDER_RULES
from tests.unit.content.reading import question_from
from tests.unit.questions.generators import questions

MAX_RESPONSES = 3_000
HALF = Fraction(1, 2)


def every_response(kind: QuestionType) -> Iterator[Response]:
    """Every response that is not blank, as its form gives it; none where one is typed."""
    control = kind.control(range(1, kind.size + 1))
    places = [str(place) for place in range(1, kind.size + 1)]
    if isinstance(control, Choosing):
        sizes = range(1, kind.size + 1) if control.takes_many else [1]
        yield from map(control.read, chain.from_iterable(combinations(places, size) for size in sizes))
    elif isinstance(control, Pairing):
        rows = [[f"{row}.{n + 1}" for n in range(len(control.options))] for row in range(1, len(control.rows) + 1)]
        yield from map(control.read, product(*rows))
    elif isinstance(control, Arranging):
        for order in permutations(places):
            yield control.read([f"{row}.{place}" for row, place in enumerate(order, start=1)])
    elif isinstance(control, FillingIn) and any(one.options for one in control.inputs):
        offered = [[str(n + 1) for n in range(len(one.options))] or [""] for one in control.inputs]
        yield from map(control.read, product(*offered))


def tried_out(kind: QuestionType) -> dict[Fraction, Fraction]:
    credits = Counter(kind.mark(response).credit for response in every_response(kind))
    return {credit: Fraction(number, credits.total()) for credit, number in credits.items()}


@pytest.mark.parametrize("name", sorted(QUESTION_TYPES))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_guesses_are_what_marking_everything_gives(name: str, data: st.DataObject) -> None:
    kind = data.draw(questions(name)).type
    guesses = kind.guesses()
    assert sum(guesses.chances.values()) == 1
    assume(guesses.responses <= MAX_RESPONSES)
    found = tried_out(kind)
    if not found:
        assert guesses == NO_GUESS
    else:
        assert guesses.is_exact
        assert guesses.chances == found


@pytest.mark.parametrize("rule", ["net", "exact", "each", "hits"])
def test_many_boxes_are_counted_by_every_rule(rule: str) -> None:
    boxes = "- [x] a\n- [x] b\n- [x] c\n- [ ] d\n- [ ] e\n- [~] f\n- [~] g\n"
    kind = question_from(f"## Q {{#q credit={rule}}}\n\n{boxes}").type
    assert kind.guesses().chances == tried_out(kind)
    many = "".join(f"- [{'x' if n % 3 else ' '}] b{n}\n" for n in range(60))
    guesses = question_from(f"## Q {{#q credit={rule}}}\n\n{many}").type.guesses()
    assert (guesses.responses, sum(guesses.chances.values())) == (2**60 - 1, 1)


@pytest.mark.parametrize("rule", sorted(ORDER_RULES))
@pytest.mark.parametrize("lines", [2, 3, 5, 7])
def test_orders_are_counted_by_every_rule(rule: str, lines: int) -> None:
    found = counted((ORDER_RULES[rule](order), 1) for order in permutations(range(1, lines + 1)))
    assert guessed_order(rule, lines, 1) == found


@pytest.mark.parametrize("rule", sorted(ORDER_RULES))
@pytest.mark.parametrize("lines", [30, 31, 100])
def test_long_orders_are_guessed_without_being_tried(rule: str, lines: int) -> None:
    guesses = guessed_order(rule, lines, 1)
    assert sum(guesses.chances.values()) == 1
    assert all(chance > 0 for chance in guesses.chances.values())
    assert guesses.chances[Fraction(1)] == Fraction(1, factorial(lines))
    assert guesses.is_exact is (rule != "lcs" or lines == 30)


def test_the_bound_of_long_runs_is_above_what_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = tails_of(guessed_order("lcs", 20, 1).chances)
    monkeypatch.setattr("quizapp.questions.arrangements.MAX_PARTITIONED", 10)
    guessed_order.cache_clear()
    bound = guessed_order("lcs", 20, 1)
    guessed_order.cache_clear()
    assert not bound.is_exact
    assert all(_at_least(credit, bound) >= tail for credit, tail in exact.items())


def test_equal_lines_are_guessed_too_high_rather_than_too_low() -> None:
    texts = ["a", "b", "a", "c", "d", "b", "e"]
    for rule in ORDER_RULES:
        lines = "".join(f"{n}. {text}\n" for n, text in enumerate(texts, start=1))
        kind = question_from(f"## Q {{#q .order credit={rule}}}\n\n{lines}").type
        guesses, exact = kind.guesses(), tails_of(tried_out(kind))
        assert guesses.is_exact is (rule == "exact")
        assert guesses.responses == factorial(7) // 4
        assert all(_at_least(credit, guesses) >= tail for credit, tail in exact.items())


@given(
    credits=st.lists(st.sampled_from([Fraction(0), HALF, Fraction(1, 3), Fraction(1)]), min_size=1, max_size=5),
    worths=st.lists(st.sampled_from([Fraction(1), HALF, Fraction(1, 4), Fraction(0)]), min_size=1, max_size=6),
)
@settings(deadline=None)
def test_the_best_of_several_tries_is_that_of_every_sequence(credits: list[Fraction], worths: list[Fraction]) -> None:
    guesses, worths = counted((credit, 1) for credit in credits), sorted(worths, reverse=True)
    best = Counter(
        max(credit * worth for credit, worth in zip(order, worths, strict=False)) for order in permutations(credits)
    )
    assert best_of(guesses, worths) == {value: Fraction(number, best.total()) for value, number in best.items()}
    assert best_of(guesses, []) == {max(credits): 1}


def test_nothing_typed_is_guessed_in_any_number_of_tries() -> None:
    assert best_of(NO_GUESS, []) == best_of(NO_GUESS, [Fraction(1)] * 9) == {0: 1}


def test_a_mean_of_many_odd_credits_is_rounded_up_and_says_so() -> None:
    odd = [
        counted([(Fraction(0), 1), (Fraction(1, prime), 1)])
        for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    ]
    mean = mean_of(odd)
    assert not mean.is_exact
    assert sum(mean.chances.values()) == 1
    assert _expected(mean) >= sum(map(_expected, odd)) / len(odd)


def _expected(guesses: Guesses) -> Fraction:
    return sum((value * chance for value, chance in guesses.chances.items()), Fraction(0))


def _at_least(credit: Fraction, guesses: Guesses) -> Fraction:
    return sum((chance for value, chance in guesses.chances.items() if value >= credit), Fraction(0))
