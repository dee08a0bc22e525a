"""Aiken: a line that asks, choices with capital letters, the letter of the right one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Imported, Source
from tests.unit.formats.trips import WRITER, Trips, written_questions
from tests.unit.questions.generators import KINDS

GOOD = "Which is wet?\nA) Sand\nB. Rain\nANSWER: B\n"
TRIPS = Trips(5)


def imported(text: str | bytes) -> Imported:
    return IMPORTERS["aiken"].read(Source(text if isinstance(text, bytes) else text.encode()))


def test_a_question_is_read_and_text_stays_text() -> None:
    [item] = imported("Is <b> *bold* & `x`?\r\nA) a_b\r\nB) 1. one\r\n\r\nANSWER:A").items
    assert item.markdown == "## Is \\<b> \\*bold\\* & \\`x\\`? {#is-b-bold-x}\n\n- (x) a_b\n- ( ) 1\\. one\n"
    assert (item.line, item.end) == (1, 5)


def test_two_lines_that_ask_are_one_question_and_that_is_told() -> None:
    [item] = imported("It rains.\n" + GOOD).items
    assert item.markdown.startswith("## It rains. {#it-rains}\n\nWhich is wet?\n")
    assert [note.text for note in item.guesses] == ["took 2 lines as what is asked; Aiken has one."]


def test_what_goes_there_and_back_is_the_same() -> None:
    items = imported(GOOD + "\nWhat falls?\nA) Snow\nB) Sky\nC) All of the above\nANSWER: A\n").items
    made = EXPORTERS["aiken"].write([item.question for item in items if item.question], "", lambda path: None)
    assert made.losses == ()
    assert [item.markdown for item in imported(made.data).items] == [item.markdown for item in items]


@TRIPS.law
@given(data=st.data())
def test_every_question_is_read_back_or_its_loss_is_told(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    made = EXPORTERS["aiken"].write([question], "", lambda path: None)
    if any(loss.is_left_out for loss in made.losses):
        assert made.data == b""
        return
    [item] = imported(made.data).items
    if not made.losses:
        assert item.question
        given = data.draw(KINDS[name].responses(question.type))
        assert item.question.type.mark(given) == question.type.mark(given)


def test_what_is_lost_is_told() -> None:
    text = "## Which is *wet*? {#wet points=2 tags=rain}\n\n- (x) Rain\n  > Yes.\n- ( ) Sand\n\nBecause.\n"
    [question] = WRITER.questions(text)[0]
    made = EXPORTERS["aiken"].write([question], "", lambda path: None)
    assert [loss.text for loss in made.losses] == [
        "its explanation is left out.",
        "its points (2) are left out.",
        "its tags are left out.",
        "what is said of its choices is left out.",
        "what is asked is plain text there.",
    ]
    assert made.data == b"Which is wet?\nA) Rain\nB) Sand\nANSWER: A\n"


BROKEN = {
    "nothing": (b"", "there is no question in it"),
    "another encoding": ("Größe?\nA) 1\nB) 2\nANSWER: A".encode("latin-1"), "line 1 is not UTF-8"),
    "sixteen bits": (GOOD.encode("utf-16"), "line 1 is not UTF-8"),
    "too large": (GOOD.encode() * 40_000, "more than 1024 KiB"),
    "too many": (GOOD.encode() * 1001, "there are 1001 questions"),
    "too many lines": (b"\n" * 20_001, "more than 20000 lines"),
    "a long line": (b"a" * 6000, "line 1 has more than 5000 characters"),
    "zero bytes": (b"Which?\nA)\0", "line 2 has a zero byte"),
}


@pytest.mark.parametrize(("data", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_refused_with_a_reason(data: bytes, text: str) -> None:
    found = imported(data)
    assert not found.items
    assert text in str(found.errors[0])


REFUSED = {
    "an answer beyond": ("Which?\nA) a\nB) b\nANSWER: C", "`ANSWER: C` is none of its choices"),
    "two answers": ("Which?\nA) a\nB) b\nANSWER: A, B", "is none of its choices"),
    "an empty answer": ("Which?\nA) a\nB) b\nANSWER:", "is none of its choices"),
    "a small answer": ("Which?\nA) a\nB) b\nANSWER: a", "is none of its choices"),
    "no answer": ("Which?\nA) a\nB) b", "it has no line `ANSWER: A`"),
    "one choice": ("Which?\nA) a\nANSWER: A", "fewer than two choices"),
    "no choice": ("Which?\nANSWER: A", "fewer than two choices"),
    "small letters": ("Which?\na) a\nb) b\nANSWER: A", "“a) a” is read as text"),
    "a small word": ("Which?\nanswer: b\nA) a\nB) b\nANSWER: A", "“answer: b” is read as text"),
    "a letter left out": ("Which?\nA) a\nC) b\nANSWER: C", "its choices are lettered A, C"),
    "a letter twice": ("Which?\nA) a\nA) b\nANSWER: A", "its choices are lettered A, A"),
    "nothing asked": ("A) a\nB) b\nANSWER: A", "there is no question above"),
    "the same twice": ("Which?\nA) a\nB) a\nANSWER: A", "Two choices say"),
    "an empty choice": ("Which?\nA) a\nB) \nANSWER: A", "This choice has no text"),
    "only text": ("Which?\nAnd why?", "fewer than two choices"),
}


HOSTILE = BROKEN | {name: (text.encode(), why) for name, (text, why) in REFUSED.items()}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_question_that_cannot_be_is_refused_with_its_line(text: str, why: str) -> None:
    [item] = imported(text).items
    assert why in item.refused
    assert (item.line, item.is_good) == (1, False)


def test_a_question_without_an_answer_does_not_swallow_the_next() -> None:
    bad, good = imported("Which?\nA) a\nB) b\n\n" + GOOD).items
    assert bad.refused
    assert (good.line, good.is_good) == (5, True)


def test_a_line_of_one_character_is_told() -> None:
    assert [str(note) for note in imported("x\n" + GOOD).notes] == [
        "line 1: “x” is left out: a line has two characters at least."
    ]
