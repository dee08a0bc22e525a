"""Fill-in: what each blank earns, what is asked back, and what is said of each."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.writing import write_question
from quizapp.errors import NotOffered
from quizapp.questions.base import Question, Response
from quizapp.questions.controls import FillingIn
from quizapp.questions.fillin import FillIn
from quizapp.questions.text import ShortText
from quizapp.source.writing import PLACEHOLDER
from tests.unit.content.reading import catalogue_from, question_from

PATH = """## Path {#q}

First a line above.

Mail is accepted by a [[Receive connector|receive-connector]] on port [[25]]
and is [[( ) encrypted | (x) queued | (50%) kept]].

And then it leaves after [[5 min]].

Clients use port 587.
"""
RIGHT = ["Receive connector", "25", "queued", "5 min"]
HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def kind_of(text: str) -> FillIn:
    kind = question_from(text).type
    assert isinstance(kind, FillIn)
    return kind


def control_of(text: str) -> FillingIn:
    control = kind_of(text).control(())
    assert isinstance(control, FillingIn)
    return control


def test_the_parts_of_a_fill_in() -> None:
    question = question_from(PATH)
    assert (question.heading.text, question.prompt.text) == ("Path", "First a line above.")
    assert question.explanation.text == "Clients use port 587."
    assert kind_of(PATH).text.html.count(PLACEHOLDER) == 4
    assert kind_of(PATH).correct_response == RIGHT


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        (RIGHT, 1),
        (["receive-connector", "25.0", "queued", "300 s"], 1),
        (["Receive connector", "", "", ""], QUARTER),
        (["", "25", None, ""], QUARTER),
        ([" Receive  connector ", "26", "kept", "4 min"], Fraction(3, 8)),
        (["x", "1", "encrypted", "1 min"], 0),
    ],
)
def test_the_credit_is_the_mean_of_the_blanks(response: Response, credit: Fraction) -> None:
    mark = kind_of(PATH).mark(response)
    assert (mark.status, mark.credit) == ("graded", credit)


@pytest.mark.parametrize("response", [None, ["", "", "", ""], [None] * 4, [" ", "\t", "", ""]])
def test_nothing_in_any_blank_is_blank(response: Any) -> None:
    assert kind_of(PATH).mark(response).status == "blank"


@pytest.mark.parametrize(
    "response",
    ["25", 25, [], RIGHT[:3], [*RIGHT, ""], ["a", 25, "queued", ""], ["a", True, "", ""], ["", "", "other", ""],
     ["", "", "2", ""], {"1": "a"}, [["a"], "", "", ""]],
)  # fmt: skip
def test_another_shape_and_what_was_not_offered_are_told(response: Any) -> None:
    mark = kind_of(PATH).mark(response)
    assert (mark.status, mark.trouble) == ("invalid", "not-offered")


@pytest.mark.parametrize(
    ("response", "trouble", "about"),
    [
        (["a", "many", "queued", "5 min"], "not-a-number", "2"),
        (["a", "1,234", "queued", "5 min"], "ambiguous-comma", "2"),
        (["a", "25 ms", "", ""], "no-unit", "2"),
        (["", "", "", "5"], "missing-unit", "4"),
        (["a" * 1001, "many", "", ""], "too-long", "1"),
    ],
)
def test_what_cannot_be_read_is_asked_back_with_the_number_of_its_blank(
    response: Response, trouble: str, about: str
) -> None:
    mark = kind_of(PATH).mark(response)
    assert (mark.status, mark.trouble, mark.about) == ("invalid", trouble, about)
    assert mark.credit == 0


def test_a_blank_for_a_pattern_alone_has_no_right_response() -> None:
    kind = kind_of("## Q {#q}\n\n[[=~ `a+`]] [[b]]\n")
    assert kind.correct_response is None
    assert kind.full_credit == 1
    assert kind.mark(["aaa", "b"]).credit == 1
    assert [outcome.answer.text for outcome in kind.outcomes(["x", "y"], revealed=True).values()] == ["", "b"]


def test_each_blank_is_spoken_of_and_its_answer_only_once_revealed() -> None:
    kind, response = kind_of(PATH), ["x <b>", "25", "kept", ""]
    before, after = kind.outcomes(response, revealed=False), kind.outcomes(response, revealed=True)
    assert [outcome.verdict for outcome in before.values()] == ["wrong", "right", "right", "wrong"]
    assert [outcome.given.html for outcome in before.values()] == ["x &lt;b&gt;", "25", "kept", ""]
    assert not any(outcome.answer for outcome in before.values())
    assert [outcome.answer.text for outcome in after.values()] == [
        "Receive connector, receive-connector", "", "queued", "5 min",
    ]  # fmt: skip
    assert list(kind.outcomes(None, revealed=True)) == [1, 2, 3, 4]


def test_options_go_to_every_text_blank() -> None:
    kind = kind_of("## Q {#q typos=ok case=yes}\n\n[[Connector]] [[5]] [[Receiver]]\n")
    outcome = kind.outcomes(["Conector", "5", "receiver"], revealed=False)
    assert [(one.verdict, one.spelling) for one in outcome.values()] == [
        ("right", "Connector"), ("right", ""), ("wrong", ""),
    ]  # fmt: skip
    assert kind.written_options() == {"case": "yes", "typos": "ok"}


def test_a_slip_that_is_an_answer_elsewhere_is_none() -> None:
    bank = b"## A {#a typos=ok}\n\nA [[receiver]] or [[connector]].\n\n## B {#b}\n\n- = received\n"
    questions = catalogue_from({"b.bank.md": bank})[0].questions()
    kind = questions["m#a"].type
    assert isinstance(kind, FillIn)
    assert {blank.unlike for blank in kind.blanks if isinstance(blank, ShortText)} == {("received",)}
    assert kind.mark(["received", "conector"]).credit == HALF
    assert "unlike=received" in write_question(questions["m#a"])
    assert kind.vocabulary == {"receiver", "connector"}


def test_the_key_names_each_blank_by_its_number() -> None:
    key = [(answer.blank, answer.typed, answer.credit) for answer in kind_of(PATH).answers]
    assert key == [
        (1, "Receive connector", 1), (1, "receive-connector", 1), (2, "25", 1),
        (3, "encrypted", 0), (3, "queued", 1), (3, "kept", HALF), (4, "5 min", 1),
    ]  # fmt: skip


def test_a_control_takes_what_was_typed_and_the_places_of_options() -> None:
    control = control_of(PATH)
    assert control.read([" receive-connector ", "25", "2", "5 min"]) == ["receive-connector", "25", "queued", "5 min"]
    assert control.read(["", "25", "", ""]) == ["", "25", "", ""]
    assert control.read(["", " ", "", ""]) is None
    assert control.read([]) is None
    assert control.values(RIGHT) == ("Receive connector", "25", "2", "5 min")
    assert control.values(["a", "b", "no option", ""]) == ("a", "b", "", "")
    assert control.values(None) == control.values(["a"]) == ()
    assert control.needs_unit


@pytest.mark.parametrize("values", [["a"], ["a", "25", "4", ""], ["a", "25", "queued", ""], ["", "", "0", "", ""]])
def test_a_control_refuses_what_was_not_on_the_form(values: list[str]) -> None:
    with pytest.raises(NotOffered):
        control_of(PATH).read(values)


@pytest.mark.parametrize(
    ("text", "width"), [("[[25]] [[x]]", 12), ("[[25]] [[fourteen words]]", 24), (f"[[{'x' * 90}]]", 36)]
)
def test_inputs_are_alike_and_wider_than_what_is_looked_for(text: str, width: int) -> None:
    assert control_of(f"## Q {{#q}}\n\n{text}\n").width == width


@pytest.mark.parametrize(
    ("text", "heading", "shown"),
    [
        ("## Port [[25]] or [[26]]? {#q}\n", "", "Port … or …?"),
        ("## Port [[25]]? {#q}\n\nText.\n\nMore.\n", "", "Port …?"),
        ("## Port? {#q}\n\nIt is [[25]].\n", "Port?", "It is …."),
        ("## 7. {#q}\n\nIt is [[25]].\n", "", "It is …."),
    ],
)
def test_a_heading_with_blanks_is_part_of_the_text(text: str, heading: str, shown: str) -> None:
    question = question_from(text)
    assert (question.heading.text, question.type.asked.text) == (heading, shown)
    assert question.title == (heading or shown)
    again = question_from(write_question(question))
    assert again == question


def test_a_check_can_be_one_text_with_blanks() -> None:
    for heading in ("## Check {.check #a}\n\nPort [[25]].\n", "## Port [[25]]. {.check #a}\n\nText\n"):
        lesson = catalogue_from({"l.md": heading.encode()})[0].module("m").lesson("l")
        [question] = lesson.checks[0].questions
        assert (question.name, question.heading.text, question.title) == ("a", "", "Port ….")


def questions_of(text: str) -> Question:
    return question_from(f"## Q {{#q}}\n\n{text}")


def test_what_belongs_together_stays_together() -> None:
    question = questions_of("Term\n: a [[b]]\n: c\n\nAfter.\n")
    assert (question.prompt.text, question.explanation.text) == ("", "After.")
    question = questions_of("A.\n\n/// details | More\n\nB.\n\n[[c]]\n\n///\n\nD.\n")
    assert (question.prompt.text, question.explanation.text) == ("A.", "D.")
    question = questions_of("| a |\n| --- |\n| [[b]] |\n\n/// caption\nUnder it.\n///\n\nD.\n")
    assert question.explanation.text == "D."


def test_a_survey_with_blanks_has_nothing_right() -> None:
    kind = kind_of("## Q {#q .survey}\n\nI read [[( ) much|( ) little]].\n")
    assert kind.mark(["much"]).status == "graded"
    assert kind.full_credit == 0
    assert kind.outcomes(["much"], revealed=True)[1].verdict == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
ONE_BLANK = st.sampled_from([*RIGHT, "kept", "x", "", "26", "5"]) | st.text(max_size=9) | st.none()
GIVEN = st.lists(ONE_BLANK, min_size=4, max_size=4)


@given(JSON | GIVEN)
def test_any_response_gets_a_share(response: Any) -> None:
    kind = kind_of(PATH)
    mark = kind.mark(response)
    assert 0 <= mark.credit <= 1
    assert all(one.answer == kind.outcomes(None, False)[1].answer for one in kind.outcomes(response, False).values())
