"""What every question type promises; a new type is tested by existing."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quizapp.questions
from quizapp.content.snapshots import restore, take
from quizapp.questions.base import NO_PROSE, QUESTION_TYPES, Question
from quizapp.questions.fingerprint import fingerprint, marking_fingerprint
from tests.unit.content.reading import question_from

TYPES = sorted(QUESTION_TYPES)
RESPONSES = st.none() | st.integers(-3, 9) | st.lists(st.integers(-3, 9), max_size=6) | st.text(max_size=30)


def example(name: str) -> Question:
    return question_from(QUESTION_TYPES[name].example)


CHOSEN = [name for name in TYPES if not example(name).type.control(()).is_typed]
TYPED = [name for name in TYPES if name not in CHOSEN]


@pytest.mark.parametrize("name", TYPES)
def test_the_example_is_of_its_type(name: str) -> None:
    assert example(name).type.name == name


@pytest.mark.parametrize("name", TYPES)
def test_the_correct_response_earns_all(name: str) -> None:
    question = example(name)
    assert question.type.mark(question.type.correct_response).credit == 1


@pytest.mark.parametrize("name", TYPES)
def test_blank_is_blank(name: str) -> None:
    assert example(name).type.mark(None).status == "blank"


@pytest.mark.parametrize("name", TYPES)
@given(response=RESPONSES)
def test_no_response_raises_and_credit_is_a_share(name: str, response: int | list[int] | str | None) -> None:
    mark = example(name).type.mark(response)
    assert 0 <= mark.credit <= 1
    assert mark.status == "graded" or mark.credit == 0


@pytest.mark.parametrize("name", TYPES)
def test_reading_what_was_written_gives_an_equal_question(name: str) -> None:
    question = example(name)
    assert restore(take(question)) == question
    assert take(restore(take(question))) == take(question)


@pytest.mark.parametrize("name", CHOSEN)
@given(data=st.data())
def test_order_never_changes_a_mark(name: str, data: st.DataObject) -> None:
    kind = example(name).type
    order = data.draw(st.permutations(range(1, kind.size + 1)))
    control = kind.control(order)
    values = data.draw(st.lists(st.sampled_from([str(n) for n in range(1, kind.size + 1)]), max_size=1))
    response = control.read(values)
    assert control.drawn(response) == {int(value) for value in values}
    straight = kind.control(range(1, kind.size + 1))
    assert kind.mark(straight.read([str(order[int(value) - 1]) for value in values])) == kind.mark(response)


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_is_spoken_of_and_nothing_else(name: str) -> None:
    kind = example(name).type
    response = kind.control(()).read([f" {kind.correct_response} "])
    assert response == kind.correct_response
    assert kind.outcomes(response, revealed=False)[0].verdict == "right"
    assert set(kind.outcomes(response, revealed=True)) == {0}
    assert kind.control(()).choices == ()


@pytest.mark.parametrize("name", CHOSEN)
def test_until_revealed_only_chosen_choices_are_spoken_of(name: str) -> None:
    kind = example(name).type
    response = kind.control(range(1, kind.size + 1)).read(["2"])
    assert set(kind.outcomes(response, revealed=False)) == {2}
    assert set(kind.outcomes(response, revealed=True)) == set(range(1, kind.size + 1))


@pytest.mark.parametrize("name", TYPES)
def test_a_fingerprint_sees_everything_and_a_marking_fingerprint_what_decides(name: str) -> None:
    before = example(name)
    source = QUESTION_TYPES[name].example
    said = question_from(source.replace("\n  > ", "\n  > Changed: ", 1))
    marked = question_from(source.replace(" - ", " - ").replace("## ", "## Changed: ", 1))
    padded = question_from(re.sub("^- ", "*   ", source, flags=re.M).replace("\n  >", "\n    >").replace("\n", "\r\n"))
    assert (fingerprint(said) == fingerprint(before), marking_fingerprint(said) == marking_fingerprint(before)) == (
        False,
        True,
    )
    assert marking_fingerprint(marked) != marking_fingerprint(before)
    assert fingerprint(padded) == fingerprint(before)


def test_a_type_is_one_file() -> None:
    folder = Path(quizapp.questions.__file__).parent
    shared = {"__init__", "base", "choices", "fingerprint", "numbers", "typed", "units", "vocabulary"}
    shared |= {"blanks", "drop_downs", "placeholders"}
    assert sorted(file.stem for file in folder.glob("*.py") if file.stem not in shared) == TYPES


def test_parts_without_text_are_empty() -> None:
    assert not NO_PROSE
    assert Fraction(1) == example("single").points
