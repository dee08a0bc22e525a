"""What holds for every question of every type, whatever its shape, and for every response to it."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.content.snapshots import restore, take
from quizapp.content.writing import write_question
from quizapp.questions.base import Mark, QuestionType, Response, plain
from quizapp.questions.controls import Arranging
from quizapp.questions.fingerprint import marking_fingerprint
from tests.unit.questions.generators import KINDS, earns_all, positions_of, questions, read

ATOMS = (
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=30)
    | st.sampled_from([10**400, -(10**30), 1.0, "\ud800", "\0", "", " ", "1", True, "١٢", "9" * 400])
)  # fmt: skip
JSON = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
)
Law = Callable[..., None]


def deep(levels: int = 900) -> Any:
    """Lists in lists, as deep as a parser of JSON gives them."""
    found: list[Any] = []
    for _ in range(levels):
        found = [found]
    return found


def near(response: Any) -> st.SearchStrategy[Any]:
    """What is nearly this response: of another type, with something in it changed or added."""
    if isinstance(response, dict):
        line, option = next(iter(response.items()))
        others = st.sampled_from([{line: None}, {line: [option]}, {line: 1}, {option: line}, {line + " ": option}])
        return others | st.just([*response]) | JSON.map(lambda value: response | {line: value})
    if isinstance(response, list):
        others = st.sampled_from([response[:-1], [*response, 0], [*response, True], [response], tuple(response)])
        return others | st.just([float(one) if isinstance(one, int) else one for one in response]) | JSON
    return st.sampled_from([[response], {"": response}, str(response), float(len(str(response)))]) | JSON


def law(examples: int) -> Callable[[Law], Law]:
    """A test of every type with that many examples."""

    def decorate(test: Law) -> Law:
        tried: Law = settings(max_examples=examples)(given(data=st.data())(test))
        named: Law = pytest.mark.parametrize("name", KINDS)(tried)
        return named

    return decorate


def given_of(data: st.DataObject, name: str) -> tuple[QuestionType, Any]:
    """A question of a type and a response that its form can give."""
    kind = data.draw(questions(name)).type
    return kind, data.draw(KINDS[name].responses(kind))


@law(15)
def test_a_response_earns_a_share_and_only_when_graded(name: str, data: st.DataObject) -> None:
    kind, response = given_of(data, name)
    for mark in (kind.mark(response), kind.mark(data.draw(near(response)))):
        assert isinstance(mark.credit, Fraction)
        assert 0 <= mark.credit <= kind.full_credit <= 1
        assert mark.status == "graded" or (mark.credit == 0 and not mark.feedback)
        assert (mark.trouble != "") == (mark.status == "invalid")


@law(15)
def test_the_correct_response_earns_all_there_is(name: str, data: st.DataObject) -> None:
    kind = data.draw(questions(name)).type
    right = kind.correct_response
    if right:
        assert kind.mark(right).credit == kind.full_credit
        assert kind.full_credit == 1 or not earns_all(kind)
        assert all(outcome.answer.markdown == "" for outcome in kind.outcomes(right, revealed=True).values())


@law(10)
def test_nothing_is_blank_and_earns_nothing(name: str, data: st.DataObject) -> None:
    kind = data.draw(questions(name)).type
    mark = kind.mark(None)
    assert mark == Mark("blank")
    assert kind.control(positions_of(kind)).read(kind.control(positions_of(kind)).values(None)) is None
    assert kind.control(positions_of(kind)).read([]) is None


@law(15)
def test_neither_the_drawn_order_nor_the_order_of_sending_changes_a_response(name: str, data: st.DataObject) -> None:
    kind, response = given_of(data, name)
    control = kind.control(data.draw(st.permutations(positions_of(kind))))
    values = control.values(response)
    assert control.read(values) == response
    assert control.read(kind.control(positions_of(kind)).values(response)) is not None
    if not (isinstance(response, list) and isinstance(response[0], str)):  # blanks are told apart by their order
        sent = control.read(data.draw(st.permutations(values)))
        assert kind.mark(sent) == kind.mark(response)


@law(20)
def test_no_response_raises(name: str, data: st.DataObject) -> None:
    kind, response = given_of(data, name)
    odd: Any = data.draw(JSON | near(response) | st.builds(deep))
    mark = kind.mark(odd)
    assert 0 <= mark.credit <= 1
    kind.outcomes(odd, revealed=True)
    assert all(not outcome.answer for outcome in kind.outcomes(odd, revealed=False).values())
    control = kind.control(positions_of(kind))
    assert all(isinstance(value, str) for value in control.values(odd))


@law(20)
def test_what_means_the_same_earns_the_same(name: str, data: st.DataObject) -> None:
    kind, response = given_of(data, name)
    same: Response = data.draw(KINDS[name].same(kind, response))
    first, second = kind.mark(response), kind.mark(same)
    assert (first.status, first.credit, first.trouble) == (second.status, second.credit, second.trouble)
    assert sorted(one.text for one in first.feedback) == sorted(one.text for one in second.feedback)


@law(10)
def test_what_was_written_and_what_was_stored_mark_the_same(name: str, data: st.DataObject) -> None:
    question = data.draw(questions(name))
    response = data.draw(KINDS[name].responses(question.type))
    for again in (read(write_question(question))["m#q"], restore(take(question))):
        assert again == question
        assert again.type.mark(response) == question.type.mark(response)
        assert marking_fingerprint(again) == marking_fingerprint(question)


@law(15)
def test_until_it_is_revealed_nothing_right_is_told(name: str, data: st.DataObject) -> None:
    kind, response = given_of(data, name)
    for outcome in kind.outcomes(response, revealed=False).values():
        assert not outcome.answer
        assert outcome.verdict != "missed"


def test_what_is_nearly_an_order_fills_no_form() -> None:
    """Positions as text, or one twice, are no order that a form could hold."""
    control = Arranging((plain("a"), plain("b")), (2, 1))
    assert control.values([1, 2]) == ("1.2", "2.1")
    for odd in (["1", "2"], [1, 1], [1], [1, 2, [2]], [[1], 2], [0]):
        assert control.values(cast(Response, odd)) == ()
