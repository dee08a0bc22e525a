"""What every question type promises; a new type is tested by existing."""

import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quizapp.questions
from quizapp.content.snapshots import restore, take
from quizapp.questions.base import NO_PROSE, QUESTION_TYPES, Question, QuestionType, Response
from quizapp.questions.controls import Choosing, Typing
from quizapp.questions.fingerprint import fingerprint, marking_fingerprint
from tests.unit.content.reading import question_from

TYPES = sorted(QUESTION_TYPES)
ATOMS = st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=30)
RESPONSES = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
)


def example(name: str) -> Question:
    return question_from(QUESTION_TYPES[name].example)


CHOSEN = [name for name in TYPES if isinstance(example(name).type.control(()), Choosing)]
TYPED = [name for name in TYPES if isinstance(example(name).type.control(()), Typing)]
KEYED = [name for name in TYPES if example(name).type.correct_response is not None]  # the others have no right response


@pytest.mark.grid("parse")
@pytest.mark.parametrize("name", TYPES)
def test_the_example_is_of_its_type(name: str) -> None:
    assert example(name).type.name == name


@pytest.mark.parametrize("name", KEYED)
def test_the_correct_response_earns_all(name: str) -> None:
    question = example(name)
    assert question.type.mark(question.type.correct_response).credit == 1


@pytest.mark.grid("mark")
@pytest.mark.parametrize("name", TYPES)
def test_blank_is_blank(name: str) -> None:
    assert example(name).type.mark(None).status == "blank"


@pytest.mark.parametrize("name", TYPES)
@settings(deadline=None)
@given(response=RESPONSES)
def test_no_response_raises_and_credit_is_a_share(name: str, response: Any) -> None:
    kind = example(name).type
    mark = kind.mark(response)
    kind.outcomes(response, revealed=True)
    assert 0 <= mark.credit <= 1
    assert mark.status == "graded" or mark.credit == 0


@pytest.mark.grid("write", "snapshot")
@pytest.mark.parametrize("name", TYPES)
def test_reading_what_was_written_gives_an_equal_question(name: str) -> None:
    question = example(name)
    assert restore(take(question)) == question
    assert take(restore(take(question))) == take(question)


@pytest.mark.parametrize("name", KEYED)
@settings(deadline=None)
@given(data=st.data())
def test_neither_order_nor_the_order_of_sending_changes_a_mark(name: str, data: st.DataObject) -> None:
    kind = example(name).type
    straight = kind.control(range(1, kind.size + 1))
    control = kind.control(data.draw(st.permutations(range(1, kind.size + 1))))
    response = data.draw(st.sampled_from(some_responses(kind)))
    values = control.values(response)
    assert control.read(values) == straight.read(straight.values(response)) == response
    if not isinstance(response, str) and name != "fill-in":  # blanks are told apart by their order alone
        assert kind.mark(control.read(data.draw(st.permutations(values)))) == kind.mark(response)


# Something of each example that is said once it was answered, and decides nothing.
SAID = {
    "single": "Right", "multiple": "It lists", "text": "Right", "numeric": "Right", "match": "Think of",
    "group": "SPF is published", "order": "A server may", "essay": "The sending server", "records": "That host",
    "fill-in": "Clients",
}  # fmt: skip


def some_responses(kind: QuestionType) -> list[Response]:
    """The right response, parts of it, and one of another kind of wrong."""
    right = kind.correct_response
    if isinstance(right, dict):
        return [right, dict(list(right.items())[:1]), dict(zip(right, reversed(right.values()), strict=True))]
    if isinstance(right, list):
        return [right, right[::-1]] if kind.key_is_an_order or isinstance(right[0], str) else [right, right[:1]]
    return [right, *range(1, kind.size + 1)]


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_is_spoken_of_and_nothing_else(name: str) -> None:
    kind = example(name).type
    response = kind.control(()).read([f" {kind.correct_response} "])
    assert response == kind.correct_response
    assert kind.outcomes(response, revealed=False)[0].verdict == "right"
    assert set(kind.outcomes(response, revealed=True)) == {0}


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
    marked = question_from(source.replace("## ", "## Changed: ", 1))
    padded = re.sub(r"^( +)", r"\1\1", re.sub(r"^(\d\.|-) ", r"\1   ", source, flags=re.M), flags=re.M)
    padded = re.sub("^-", "*", padded, flags=re.M).replace("| ", "|    ").replace("\n", "\r\n")
    assert marking_fingerprint(marked) != marking_fingerprint(before)
    assert fingerprint(question_from(padded)) == fingerprint(before)
    said = question_from(source.replace(SAID[name], "Changed", 1)) if name in SAID else None
    assert said is None or fingerprint(said) != fingerprint(before)
    assert said is None or marking_fingerprint(said) == marking_fingerprint(before)


def test_a_type_is_one_file() -> None:
    folder = Path(quizapp.questions.__file__).parent
    shared = {"__init__", "base", "choices", "controls", "fingerprint", "items", "numbers", "pairs", "typed", "units"}
    shared |= {"arrangements", "guesses"}
    shared |= {"troubles", "vocabulary", "rdata", "record_patterns", "zones", "blanks", "drop_downs", "placeholders"}
    shared |= {"pairing"}
    files = {file.stem for file in folder.glob("*.py")} - shared
    assert files == {sys.modules[kind.__module__].__name__.rpartition(".")[2] for kind in QUESTION_TYPES.values()}
    assert len(files) == len(TYPES)


def test_parts_without_text_are_empty() -> None:
    assert not NO_PROSE
    assert Fraction(1) == example("single").points


def test_a_text_has_no_space_where_emphasis_ends() -> None:
    question = question_from(
        "## *One*, `two`! 10<sup>2</sup>? {#q}\n\n- (x) A<br>B\n- ( ) [C](https://example.org/)D\n"
    )
    assert question.title == "One, two! 10 2 ?"
    assert [answer.content.text for answer in question.type.answers] == ["A B", "CD"]
