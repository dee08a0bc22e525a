"""JSON: every question of every type, there and back."""

import json
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Imported, Source
from quizapp.formats.values.reading import READERS
from quizapp.formats.values.writing import WRITERS
from quizapp.formats.writing import Writer
from quizapp.questions.base import QUESTION_TYPES, Question
from tests.unit.formats.trips import Trips
from tests.unit.questions.generators import read, texts

WRITER = Writer()  # reads questions as they are read after an import, so that links lead to the same files
TRIPS = Trips(40)


def exported(*questions: Question) -> bytes:
    made = EXPORTERS["json"].write(questions, "Title", lambda path: None)
    assert made.losses == ()
    return made.data


def imported(data: bytes | str) -> Imported:
    return IMPORTERS["json"].read(Source(data if isinstance(data, bytes) else data.encode()))


def moved(question: Question) -> Question:
    """A question as it is after an import: of no file, and in no module of its own."""
    return replace(question, key=f"imported#{question.name}", path="", line=1)


def test_every_type_has_a_writer_and_a_reader() -> None:
    assert set(WRITERS) == set(READERS) == set(QUESTION_TYPES)


@TRIPS.law
@given(data=st.data())
def test_any_question_comes_back_equal(name: str, data: st.DataObject) -> None:
    questions, _, _ = WRITER.questions(data.draw(texts(name)))
    assume(questions)
    found = imported(exported(*questions))
    assert [item.refused for item in found.items] == ["" for _ in questions]
    assert [item.question for item in found.items] == list(map(moved, questions))


def document(*questions: object, **head: object) -> str:
    return json.dumps({"format": "quizapp questions", "version": 1, "questions": questions} | head)


CHOICES = [{"text": "Rain", "credit": 1}, {"text": "Sand", "credit": 0}]
GOOD = {"type": "single", "prompt": "Which is wet?", "choices": CHOICES}


def test_another_program_may_leave_out_all_but_what_is_asked() -> None:
    [item] = imported(document(GOOD)).items
    assert item.markdown == "## {#which-is-wet}\n\nWhich is wet?\n\n- (x) Rain\n- ( ) Sand\n"
    assert (item.warnings, item.refused, item.place) == ((), "", "question 1")


def test_an_answer_that_earns_a_part_may_stand_first() -> None:
    answers = [{"text": "mist", "credit": 0.5}, {"text": "fog"}]
    [item] = imported(document({"type": "text", "heading": "What?", "answers": answers})).items
    assert item.markdown.endswith("- = fog\n- (50%) = mist\n"), item.refused


def test_what_is_said_of_it_speaks_of_no_lines_that_nobody_sees() -> None:
    choices = [{"text": "a", "credit": 1}, {"text": "a", "credit": 0}]
    [item] = imported(document({"type": "single", "heading": "Which?", "choices": choices})).items
    assert item.refused == "Two choices say “a”. Change or remove one of them."


def test_points_below_0_are_refused() -> None:
    [item] = imported(document({"type": "essay", "heading": "Why?", "points": -1})).items
    assert item.refused == "`points` of it is below 0."


def test_what_is_exported_says_where_it_stood() -> None:
    [question] = read("## Which? {#which}\n\n- = 2 kB\n").values()
    [told] = json.loads(exported(question))["questions"]
    assert (told["key"], told["file"], told["line"]) == ("m#which", "m/x.bank.md", 1)
    assert told["answers"][0]["range"] == {"low": 2, "high": 2, "has_low": True, "has_high": True, "unit": "kB"}


def test_what_is_not_known_is_told_and_left_out() -> None:
    wordy = GOOD | {"colour": "red", "choices": [CHOICES[0] | {"icon": "x"}, CHOICES[1]]}
    found = imported(document(wordy, editor="me"))
    assert [note.text for note in found.notes] == ["`editor` is unknown and left out."]
    assert [note.text for note in found.items[0].warnings] == [
        "`colour` of it is unknown and left out.",
        "`icon` of choices[1] of it is unknown and left out.",
    ]


def test_a_picture_that_is_not_brought_along_is_told() -> None:
    [item] = imported(document(GOOD | {"prompt": "Which? ![Sky](media/sky.svg)"})).items
    assert "it shows or links to media/sky.svg. Put that file beside the bank." in [one.text for one in item.warnings]


def test_two_of_one_name_get_two_names_and_importing_twice_is_the_same() -> None:
    data = document(GOOD | {"id": "wet"}, GOOD | {"id": "wet", "prompt": "What wets?"}, GOOD | {"id": "7 & 8"})
    items = imported(data).items
    assert [item.question.name for item in items if item.question] == ["wet", f"wet-{items[1].id[:6]}", "7-8"]
    assert imported(data) == imported(data)


def test_a_refused_question_is_on_its_lines_and_leaves_the_others_alone() -> None:
    text = json.dumps(
        {"format": "quizapp questions", "version": 1, "questions": [GOOD, {"type": "hot-spot"}]}, indent=1
    )
    good, bad = imported(text).items
    assert good.is_good
    assert (bad.line, bad.end, bad.place) == (19, 21, "question 2")
    assert bad.refused == "its type “hot-spot” is unknown here. It is left out."


BROKEN = {
    "nothing": (b"", "line 1: this is no JSON as it is expected: a `{` is missing"),
    "another encoding": ('{"title": "Zürich"}'.encode("latin-1"), "line 1 is not UTF-8"),
    "sixteen bits": ('{"format": 1}'.encode("utf-16"), "line 1 is not UTF-8"),
    "a list": (b"[]", "a `{` is missing"),
    "cut off": (document(GOOD)[:-9].encode(), "line 1: this is no JSON"),
    "more behind": (document(GOOD).encode() + b"\n{}", "line 2: this is no JSON as it is expected: more follows"),
    "another format": (b'{"questions": []}', "no document of the format"),
    "a later version": (document(GOOD, version=2).encode(), "this is version 2"),
    "no question": (document().encode(), "there is no question in it"),
    "questions are no list": (b'{"format": "quizapp questions", "version": 1, "questions": 7}', "a `[` is missing"),
    "NaN": (b'{"format": NaN}', "NaN is no number"),
    "deep": (b"[" * 100_000, "more than 32 levels"),
    "deep in text": (b'{"a":' * 100_000, "more than 32 levels"),
    "twice": (b'{"format": {"a": 1, "a": 2}}', "`a` stands twice"),
    "twice among many": (b'{"a": {' + b"".join(b'"%d": 1,' % n for n in range(60_000)) + b'"0": 1}}', "stands twice"),
    "two lists of questions": (document(GOOD)[:-1].encode() + b', "questions": []}', "`questions` stands twice"),
    "a text that never ends": (b'{"format": "' + b'\\"' * 400_000, "line 1: this is no JSON"),
    "values without end": (b'{"questions": [' + b"1," * 400_000, "there are more than 1000 questions"),
    "too many": (document(*[{}] * 1001).encode(), "there are more than 1000 questions"),
    "too large": (b" " * (1024 * 1024 + 1), "more than 1024 KiB"),
    "an open text": (b'{"format": "quizapp', "line 1: this is no JSON"),
    "a control character": (b'{"format": "\x00"}', "line 1: this is no JSON"),
    "many open texts": (b'"' + b"\\" * 500_001, "a `{` is missing"),
}


@pytest.mark.parametrize(("data", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_document_is_refused_with_its_line(data: bytes, text: str) -> None:
    found = imported(data)
    assert not found.items
    assert text in str(found.errors[0])


def test_halves_of_characters_are_told_and_shown_as_what_can_be_written() -> None:
    found = imported(document(GOOD | {"prompt": "Wet \ud800?"}, {"type": "\udc00"}, **{"\ud801": 1}))
    told = [*(note.text for note in found.notes), *(item.refused + item.title for item in found.items)]
    assert found.items[0].markdown.startswith("## {#wet}\n\nWet \ufffd?")
    assert "".join(told).encode()


REFUSED = {
    "no object": (7, "it is no object"),
    "no type": ({}, "it has no `type`"),
    "a number as a text": (GOOD | {"prompt": 7}, "`prompt` of it is no text"),
    "no credit": (GOOD | {"choices": [{"text": "A"}, CHOICES[0]]}, "choices[1] of it has no `credit`"),
    "a credit above all": (GOOD | {"choices": [{"text": "A", "credit": 2}]}, "is not from 0 to 1"),
    "a huge number": (GOOD | {"points": "1e999999999"}, "`points` of it is no number"),
    "true as a number": (GOOD | {"points": True}, "`points` of it is no number"),
    "choices are a text": (GOOD | {"choices": "ab"}, "`choices` of it is no list"),
    "one choice": (GOOD | {"choices": CHOICES[:1]}, "at least two"),
    "no right one": (GOOD | {"choices": [CHOICES[1], {"text": "Tar", "credit": 0}]}, "No answer is marked right"),
    "an unknown rule": (GOOD | {"type": "multiple", "rule": "luck"}, "its `rule` “luck” is unknown"),
    "half a box": (GOOD | {"type": "multiple", "choices": [{"text": "A", "credit": 0.5}]}, "is neither 0 nor 1"),
    "an unknown word": (GOOD | {"words": ["check"]}, "its word “check” is unknown"),
    "no number": ({"type": "numeric", "prompt": "?", "answers": [{"text": "many"}]}, "is no number that a key can be"),
    "a heading of lines": (GOOD | {"heading": "a\nb"}, "several lines"),
    "another question inside": (GOOD | {"prompt": "What?\n\n## Another\n\n- (x) A\n- ( ) B"}, "is read as a question"),
    "an answer of lines": ({"type": "text", "prompt": "?", "answers": [{"text": "a\nb"}]}, "not one line"),
    "an open fence": (GOOD | {"prompt": "What?\n\n```\nx"}, "closed"),
    "too few texts": ({"type": "fill-in", "text": ["a"], "blanks": [{"type": "text"}]}, "before, between and after"),
    "a blank of no type": ({"type": "fill-in", "text": ["", ""], "blanks": [{"type": "essay"}]}, "none of text"),
}


HOSTILE = BROKEN | {name: (document(one).encode(), text) for name, (one, text) in REFUSED.items()}


@pytest.mark.parametrize(("question", "text"), REFUSED.values(), ids=REFUSED.keys())
def test_a_question_that_cannot_be_is_refused_with_a_reason(question: object, text: str) -> None:
    [item] = imported(document(question)).items
    assert text in item.refused
    assert not item.is_good
