"""text2qti Markdown: markers at the beginning of a line, and what is indented below."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Exported, Imported, Item, Source
from quizapp.questions.base import Prose, Question
from tests.unit.formats.trips import WRITER, Trips, require_same_or_told, written_questions
from tests.unit.questions.generators import KINDS

GOOD = "1.  Which is wet?\n*a) Rain\nb)  Sand\n"
TRIPS = Trips(20)


def imported(text: str | bytes) -> Imported:
    return IMPORTERS["text2qti"].read(Source(text if isinstance(text, bytes) else text.encode()))


def one(text: str) -> Item:
    [item] = imported(text).items
    return item


@TRIPS.law
@given(data=st.data())
def test_what_goes_there_comes_back_the_same_or_its_loss_is_told(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    made = EXPORTERS["text2qti"].write([question], "Title", lambda path: None)
    if any(loss.is_left_out for loss in made.losses):
        assert made.data == b"Quiz title: Title\n"
        return
    require_same_or_told(question, imported(made.data), made, lambda kind: data.draw(KINDS[name].responses(kind)))


def test_a_question_with_everything_that_is_held_loses_nothing() -> None:
    text = (
        "Quiz title: T\n\nTitle: wet\nPoints: 1.5\n1.  Which is *wet*?\n\n"
        "    ```\n    a cloud\n\n    a stone\n    ```\n"
        "... Rain is water.\n*a) Rain\n... Yes,\n    it is.\nb)  Sand\n"
    )
    item = one(text)
    assert item.question
    made = EXPORTERS["text2qti"].write([item.question], "T", lambda path: None)
    assert made.losses == ()
    assert one(made.data.decode()).markdown == item.markdown
    assert item.markdown == (
        "## Which is *wet*? {#wet points=1.5}\n\n```\na cloud\n\na stone\n```\n\n"
        "- (x) Rain\n  > Yes,\n  > it is.\n- ( ) Sand\n\nRain is water.\n"
    )


THREE = "1.  Which is wet?\n*a) Rain\nb)  Sand\nc)  All of these\n"


def test_choices_keep_their_order_unless_it_says_otherwise() -> None:
    kept, mixed = one(THREE).question, one(f"shuffle answers: true\n{THREE}").question
    assert kept
    assert mixed
    assert (kept.shuffle, mixed.shuffle) == (False, True)
    assert one(GOOD).question == one(f"shuffle answers: true\n{GOOD}").question

    def write(*questions: Question) -> Exported:
        return EXPORTERS["text2qti"].write(questions, "T", lambda path: None)

    assert (b"shuffle" in write(kept).data, write(kept).losses) == (False, ())
    assert (b"shuffle answers: true\n" in write(mixed).data, write(mixed).losses) == (True, ())
    other = replace(mixed, key="m#other", prompt=Prose("Other?", "<p>Other?</p>"))
    assert [loss.text for loss in write(kept, other).losses] == ["that its choices keep their order is left out."]


def test_what_is_said_of_right_and_wrong_answers_is_said_of_them() -> None:
    item = one("1. Sum of 2 and 3?\n+ Yes.\n- Count again.\n= 5 +- 0.5\n")
    assert item.question
    assert [said.text for said in item.question.type.mark("5.2").feedback] == ["Yes."]
    assert [said.text for said in item.question.type.mark("7").feedback] == ["Count again."]
    item = one("1. Who?\n+ Yes.\n- No.\n* Ann\n* Bob\n")
    assert item.question
    assert [said.text for said in item.question.type.mark("bob").feedback] == ["Yes."]
    assert [said.text for said in item.question.type.mark("Eve").feedback] == ["No."]


def test_of_two_questions_that_ask_the_same_one_is_left_out() -> None:
    questions = WRITER.questions("## How many? {#a}\n\n- = 1\n\n## How many? {#b}\n\n- = 2\n")[0]
    made = EXPORTERS["text2qti"].write(questions, "", lambda path: None)
    assert [(loss.key, loss.is_left_out) for loss in made.losses] == [("imported#b", True)]
    assert [item.is_good for item in imported(made.data).items] == [True]


def test_comments_are_skipped_and_settings_are_those_of_a_quiz() -> None:
    found = imported(f"% mine\nCOMMENT\n1. Not this\nEND_COMMENT\ncan't go back: true\n{GOOD}")
    assert [item.line for item in found.items] == [6]
    [quiz] = found.quizzes
    assert (quiz.title, quiz.settings) == ("Quiz", {"navigation": "forward"})


def test_what_says_nothing_of_a_whole_quiz_is_none() -> None:
    assert imported(GOOD).quizzes == ()


def test_a_group_is_drawn_from_and_its_points_are_those_of_its_questions() -> None:
    found = imported("GROUP\npick: 1\npoints per question: 2.5\n" + GOOD + "END_GROUP\n" + GOOD.replace("wet", "hot"))
    assert [item.question.points for item in found.items if item.question] == [Fraction("2.5"), Fraction(1)]
    [quiz] = found.quizzes
    assert [(one.title, one.count, one.items) for one in quiz.sections] == [
        ("Group 1", 1, found.items[:1]),
        ("", None, found.items[1:]),
    ]


BROKEN = {
    "nothing": (b"", 0, "no question was found"),
    "another encoding": ("1. Größe?\n= 7".encode("latin-1"), 0, "line 1 is not UTF-8"),
    "sixteen bits": (GOOD.encode("utf-16"), 0, "line 1 is not UTF-8"),
    "too large": (GOOD.encode() * 40_000, 0, "more than 1024 KiB"),
    "too many": (b"".join(b"%d. Q%d?\n= 1\n" % (n, n) for n in range(1001)), 0, "there are 1001 questions"),
    "a long line": (b"1. " + b"a" * 6000, 0, "line 1 has more than 5000 characters"),
    "no marker": (b"Which?\n", 1, "Unexpected text: “Which?”"),
    "not indented": (GOOD.encode() + b"more\n", 4, "Unexpected text: “more”"),
    "no question above": (b"*a) Rain\n", 1, "No question stands above this"),
    "code that is run": (b"```{.python .run}\nprint()\n```\n", 1, "Code that is run is not supported"),
    "an open comment": (GOOD.encode() + b"COMMENT\n", 4, "A comment never ends"),
    "a group in a group": (b"GROUP\nGROUP\n" + GOOD.encode() + b"END_GROUP\n", 2, "cannot stand in another"),
    "an end without a group": (b"END_GROUP\n" + GOOD.encode(), 1, "No group was begun"),
    "a pick without a group": (b"pick: 1\n" + GOOD.encode(), 1, "`pick:` takes"),
    "a pick of none": (b"GROUP\npick: 0\n" + GOOD.encode() + b"END_GROUP\n", 2, "`pick:` takes"),
    "no space": (b"1. Which?\n*a)Rain\nb) Sand\n", 2, 'Missing whitespace after "*a)"'),
}


@pytest.mark.parametrize(("data", "line", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_document_is_refused_with_its_line(data: bytes, line: int, text: str) -> None:
    found = imported(data)
    assert not found.items
    assert found.errors[0].line == line
    assert text in found.errors[0].text


REFUSED = {
    "no answer": ("1. Which?\n", "must specify a response type"),
    "one choice": ("1. Which?\n*a) Rain\n", "more than one choice"),
    "two kinds": ("1. Which?\n*a) Rain\n[ ] Sand\n", "answers of another kind"),
    "two numbers": ("1. How many?\n= 1\n= 2\n", "answers of another kind, or just one"),
    "no number": ("1. How many?\n= many\n", 'Invalid numerical response "many"'),
    "a range upside down": ("1. How many?\n= [3, 1]\n", "is no number of a key"),
    "no points": ("Points: 0\n1. Which?\n*a) Rain\nb) Sand\n", 'Invalid points value "0"'),
    "the same question": (GOOD + GOOD, "Duplicate question"),
    "many choices": ("1. Which?\n" + "".join(f"a) {n}\n" for n in range(5000)), "more than 100 choices"),
    "a file": ("1. Send it.\n^^^^\n", "a file to upload is asked for"),
}


HOSTILE = {name: (data, text) for name, (data, _, text) in BROKEN.items()}
HOSTILE |= {name: (text.encode(), why) for name, (text, why) in REFUSED.items()}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_question_that_cannot_be_is_refused_and_the_next_is_read(text: str, why: str) -> None:
    *_, bad, good = imported(text + GOOD.replace("wet", "hot")).items
    assert why in bad.refused
    assert good.is_good


def test_numbers_with_units_are_formulas() -> None:
    text = r"1. Is \num{1.5e3} = $\num{2e-6}$, \SI{9.8}{m/s^2} or `\num{1}`?" + "\n*a) \\si{N.m}\nb) \\num{e4}\n"
    found = IMPORTERS["text2qti"].read(Source(text.encode(), "quiz.txt"))
    [made] = found.items
    assert r"Is $1.5\times 10^{3}$ = $2\times 10^{-6}$, $9.8\,\mathrm{m/s^2}$ or `\num{1}`?" in made.markdown
    assert r"- (x) $\mathrm{N\cdot m}$" in made.markdown
    assert "- ( ) $10^{4}$" in made.markdown
