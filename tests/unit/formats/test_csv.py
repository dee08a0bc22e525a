"""Tables of questions: rows under named columns, as CSV."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Imported, Source
from quizapp.formats.tables.reading import READERS, read_table
from quizapp.questions.base import QUESTION_TYPES
from tests.conftest import ROOT
from tests.unit.formats.trips import Trips, require_same_or_told, written_questions
from tests.unit.questions.generators import KINDS, read

HELD = (*READERS, "fill-in")
HEAD = "id,type,question,right,answer 1,match 1,credit 1,feedback 1,answer 2,match 2,answer 3,explanation,points,tags"
TRIPS = Trips(20)


def imported(text: str | bytes) -> Imported:
    return IMPORTERS["csv"].read(Source(text if isinstance(text, bytes) else text.encode()))


def refused(head: str, row: str) -> str:
    [item] = imported(f"{head}\n{row}\n").items
    return item.refused


@TRIPS.law
@given(data=st.data())
def test_what_goes_there_comes_back_the_same_or_its_loss_is_told(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    made = EXPORTERS["csv"].write([question], "Title", lambda path: None)
    if any(loss.is_left_out for loss in made.losses):
        assert len(made.data.splitlines()) == 1
        return
    require_same_or_told(question, imported(made.data), made, lambda kind: data.draw(KINDS[name].responses(kind)))


@pytest.mark.parametrize("name", HELD)
def test_the_example_of_each_type_that_is_held_has_no_unnamed_loss(name: str) -> None:
    [question] = read(QUESTION_TYPES[name].example.lstrip()).values()
    made = EXPORTERS["csv"].write([question], "", lambda path: None)
    assert [loss.text for loss in made.losses if "read back" in loss.text or loss.is_left_out] == []


def test_the_template_of_the_decision_is_read_whole() -> None:
    text = (ROOT / "quizapp" / "decisions" / "0021-a-row-for-a-question.md").read_text(encoding="utf-8")
    found = imported(re.findall(r"```csv\n(.*?)```", text, flags=re.DOTALL)[0])
    assert [item.refused for item in found.items] == [""] * len(READERS) + [""]
    assert {item.question.type.name for item in found.items if item.question} == set(HELD)
    assert (found.notes, found.errors) == ((), ())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spreadsheet_programs_write_it_in_their_ways(separator: str, end: str) -> None:
    rows = [["Question", "Answer 1", "Answer  2", "RIGHT", ""], ["Which is wet?", "Rain; wet, too", "Sand", "a", ""]]
    text = end.join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    [item] = imported("\ufeff" + text + end).items
    assert item.markdown == "## Which is wet? {#which-is-wet}\n\n- (x) Rain; wet, too\n- ( ) Sand\n"


def test_a_cell_that_would_be_computed_is_kept_as_text() -> None:
    [question] = read("## How cold? {#cold}\n\n- = -273.15\n").values()
    made = EXPORTERS["csv"].write([question], "", lambda path: None)
    assert b"'-273.15" in made.data
    assert made.losses == ()


def test_a_line_that_tells_excel_the_separator_is_no_header() -> None:
    found = imported("sep=;\r\nquestion;answer 1;answer 2;right\r\nWhich?;a, b;c;1\r\n")
    assert "- (x) a, b\n" in found.items[0].markdown
    assert (found.items[0].line, found.items[0].place) == (3, "row 2")


def test_decimals_may_stand_behind_a_comma() -> None:
    found = imported(
        "type;question;answer 1;answer 2;right;credit 2;points\n"
        "numeric;Pi?;3,14 +- 0,01;;;;1,5\nnumeric;How many?;[1,5, 2,5];;;;\nsingle;Which?;a;b;1;33,3 %;\n"
    )
    for item, written in zip(found.items, ("- = 3.14 +- 0.01\n", "- = [1.5, 2.5]\n", "- (33.3%) b\n"), strict=True):
        assert written in item.markdown, item.refused
    assert "points=1.5" in found.items[0].markdown
    [thousands] = imported("type;question;answer 1\nnumeric;How many?;1,234\n").items
    assert "is no number" in thousands.refused


def test_a_number_that_is_also_the_text_of_another_answer_is_asked_back() -> None:
    why = "`right` says 2: the number of “4”, and the text of answer 1. Write a letter, such as B."
    assert refused("question,answer 1,answer 2,right", "Which?,2,4,2") == why
    assert imported("question,answer 1,answer 2,right\nWhich?,1,2,2\n").items[0].question


def test_an_answer_that_earns_a_part_may_stand_first() -> None:
    [item] = imported("type,question,answer 1,answer 2,right,credit 1\ntext,What?,mist,fog,2,50%\n").items
    assert item.markdown.endswith("- = fog\n- (50%) = mist\n")


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    assert "`shuffle` says nein." in refused("question,answer 1,answer 2,right,shuffle", "Which?,a,b,1,nein")


def test_lines_count_in_the_file_and_rows_in_the_table() -> None:
    found = imported(f'{HEAD}\n,single,"Which\n\nis wet?",1,Rain,,,,Sand,,,,,\n\n,poem,What?,,,,,,,,,,,\n')
    assert [(item.line, item.end, item.place, item.is_good) for item in found.items] == [
        (2, 4, "row 2", True),
        (6, 6, "row 4", False),
    ]


def test_what_a_type_looks_like_is_guessed_and_told() -> None:
    found = imported("question,answer 1,answer 2,match 1,match 2,right\nA?,a,b,,,1\nB?,a,b,,,\"1,2\"\nC?,a,,,,\n"
                     "D?,7,,,,\nE?,a,b,x,y,\nF [[7]],,,,,\nG?,a,b,,,\n")  # fmt: skip
    assert [item.question.type.name for item in found.items if item.question] == [
        "single", "multiple", "text", "numeric", "match", "fill-in", "text",
    ]  # fmt: skip
    assert all(len(item.guesses) == 1 for item in found.items)


BROKEN = {
    "nothing": (b"", "no column `question`"),
    "no header": (b"Which?,Rain,Sand\n", "no column `question`"),
    "only a header": (HEAD.encode(), "there is no row below"),
    "another encoding": ("question\nGröße?".encode("latin-1"), "line 2 is not UTF-8"),
    "sixteen bits": ("question\nWhich?".encode("utf-16"), "line 1 is not UTF-8"),
    "too large": (b"question\n" + b"x" * 2_000_000, "more than 1024 KiB"),
    "a huge line": (b"question\n" + b"x" * 200_000, "line 2 has more than 100000 characters"),
    "an open quotation mark": (b'question,answer 1\n"Which?,Rain\n', "the row that begins on line 2 cannot be read"),
    "a stray quotation mark": (b'question\n"Which"?\n', "the row that begins on line 2 cannot be read"),
    "a column twice": (b"question,answer 1,answer 1\nWhich?,a,b\n", "the column `answer 1` stands twice"),
    "too many": (b"question\n" + b"Q?\n" * 1001, "there are 1001 questions"),
    "zero bytes": (b"question\n\0", "zero byte"),
}


@pytest.mark.parametrize(("data", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_table_is_refused_with_a_reason(data: bytes, text: str) -> None:
    found = imported(data)
    assert not found.items
    assert text in str(found.errors[0])


def test_many_columns_and_many_right_answers_are_read_at_once() -> None:
    found = imported("question," + ",".join(f"c{number}" for number in range(12_000)) + "\nWhich?\n")
    assert len(found.notes) == 12_000
    row = 'Which?,a,b,"' + "1 " * 49_000 + '"\n'
    assert len(imported("question,answer 1,answer 2,right\n" + row * 9).good) == 9


def test_so_many_texts_that_reading_them_takes_long_are_refused_from_there_on() -> None:
    rows = [(1, 1, ["question", "right", "answer 1", "answer 2"])]
    rows += [(line, line, [f"Which {line}?", "1", "a", "b"]) for line in range(2, 12)]
    found = read_table(rows, most=30)
    assert found.items[0].is_good
    assert "so many texts stand above it" in found.items[-1].refused
    assert all(item.is_good for item in read_table(rows).items)


REFUSED = {
    "an unknown type": (",poem,Which?,1,a,,,,b,,,,,", "its type “poem” is unknown here"),
    "nothing asked": (",single,,1,a,,,,b,,,,,", "its `question` is empty"),
    "no answer": (",,Which?,,,,,,,,,,,", "it has no answer"),
    "a right one that is not there": (",single,Which?,4,a,,,,b,,,,,", "`right` says 4"),
    "a right one in words": (",single,Which?,first,a,,,,b,,,,,", "`right` says first"),
    "nothing right": (",single,Which?,,a,,,,b,,,,,", "No answer is marked right"),
    "a credit without a sign": (",single,Which?,1,a,,half,,b,,,,,", "`credit 1` says half"),
    "a credit above all": (",single,Which?,2,a,,150%,,b,,,,,", "from 0 to 100"),
    "points in words": (",single,Which?,1,a,,,,b,,,,two,", "`points` says two"),
    "no number": (",numeric,How many?,,many,,,,,,,,,", "`answer 1` is no number"),
    "no blank": (",fill-in,Which?,,,,,,,,,,,", "has no"),
    "one pair": (",match,Which?,,a,x,,,,,,,,", "pairs"),
    "one group": (",group,Which?,,a,x,,,b,x,,,,", "groups"),
}


HOSTILE = BROKEN | {name: (f"{HEAD}\n{row}\n".encode(), why) for name, (row, why) in REFUSED.items()}


@pytest.mark.parametrize(("row", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_row_that_cannot_be_is_refused_with_a_reason(row: str, why: str) -> None:
    assert why in refused(HEAD, row)
