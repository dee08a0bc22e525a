"""Workbooks: the first sheet is a table with a question in each row."""

import io
import random
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Imported, Source
from quizapp.formats.tables.reading import READERS
from quizapp.formats.xlsx import BOOK, LINKS, PARTS, STRINGS, STYLES
from quizapp.questions.base import QUESTION_TYPES
from tests.unit.formats.trips import Trips, require_same_or_told, written_questions
from tests.unit.questions.generators import KINDS, read

TRIPS = Trips(5)
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(rows: str = "", **parts: str) -> bytes:
    """A workbook with these rows on its sheet."""
    return packed({**PARTS, SHEET: f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>", **parts})


def packed(parts: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(place: str, said: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


HEAD = row(1, text("A1", "question"), text("B1", "answer 1"), text("C1", "answer 2"), text("D1", "right"))
GOOD = HEAD + row(2, text("A2", "Which is wet?"), text("B2", "Rain"), text("C2", "Sand"), '<c r="D2"><v>1</v></c>')


def imported(data: bytes) -> Imported:
    return IMPORTERS["xlsx"].read(Source(data, "x.xlsx"))


def test_a_sheet_is_read_with_strings_of_every_kind_and_gaps() -> None:
    strings = f'<sst {MAIN}><si><t>Rain</t></si><si><r><t>Sa</t></r><r><t xml:space="preserve">nd </t></r></si></sst>'
    rows = HEAD + row(
        4,
        text("A4", "Which is wet?"),
        '<c r="B4" t="s"><v>0</v></c>',
        '<c r="C4" t="s"><v>1</v></c>',
        '<c r="D4"><f>1+0</f><v>1.0000000000000000</v></c>',
    )
    [item] = imported(
        packed({**PARTS, SHEET: f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>", STRINGS: strings})
    ).items
    assert item.markdown == "## Which is wet? {#which-is-wet}\n\n- (x) Rain\n- ( ) Sand\n"
    assert item.line == 4


@TRIPS.law
@given(data=st.data())
def test_what_goes_there_comes_back_the_same_or_its_loss_is_told(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    made = EXPORTERS["xlsx"].write([question], "Title", lambda path: None)
    if any(loss.is_left_out for loss in made.losses):
        assert not imported(made.data).items
        return
    require_same_or_told(question, imported(made.data), made, lambda kind: data.draw(KINDS[name].responses(kind)))


@pytest.mark.parametrize("name", [*READERS, "fill-in"])
def test_the_example_of_each_type_that_is_held_comes_back(name: str) -> None:
    [question] = read(QUESTION_TYPES[name].example.lstrip()).values()
    made = EXPORTERS["xlsx"].write([question], "", lambda path: None)
    assert [loss.text for loss in made.losses if "read back" in loss.text or loss.is_left_out] == []
    [item] = imported(made.data).items
    assert item.question
    assert item.question.name == question.name
    assert made.data == EXPORTERS["xlsx"].write([question], "", lambda path: None).data


def test_signs_of_xml_and_of_the_format_stay_text() -> None:
    [question] = read("## Is `a<b & _x0041_` so? {#q}\n\n- = `=1+1`\n").values()
    made = EXPORTERS["xlsx"].write([question], "", lambda path: None)
    assert made.losses == ()
    [item] = imported(made.data).items
    assert "`a<b & _x0041_`" in item.markdown
    assert "- = `=1+1`" in item.markdown


STYLE = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="165" '
    'formatCode="0.0&quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)


@pytest.mark.parametrize(
    ("style", "value", "shown", "is_told"),
    [
        (0, "0.1", "0.1", False),
        (1, "0.125", "12.5%", False),
        (2, "45323", "2024-02-01", True),
        (3, "45323.75", "2024-02-01 18:00", True),
        (4, "0.5", "12:00", True),
        (5, "3", "3", False),
        (99, "3", "3", False),
    ],
)
def test_numbers_are_read_as_they_look(style: int, value: str, shown: str, is_told: bool) -> None:
    cells = (text("A2", "When?"), f'<c r="B2" s="{style}"><v>{value}</v></c>', text("C2", "never"), text("D2", "A"))
    found = imported(workbook(HEAD + row(2, *cells), **{STYLES: STYLE}))
    assert f"- (x) {shown}\n" in found.items[0].markdown
    told = f"the cell B2 is a date or a time, and is read as {shown}. Make it text where it shall be otherwise."
    assert [(note.text, note.line) for note in found.notes] == ([(told, 2)] if is_told else [])


def test_credit_may_stand_in_a_cell_for_percent() -> None:
    head = row(1, text("A1", "question"), text("B1", "answer 1"), text("C1", "answer 2"), text("D1", "right"),
               text("E1", "credit 2"))  # fmt: skip
    cells = (text("A2", "Which?"), text("B2", "a"), text("C2", "b"), text("D2", "1"), '<c r="E2" s="1"><v>0.5</v></c>')
    [item] = imported(workbook(head + row(2, *cells), **{STYLES: STYLE})).items
    assert "- (50%) b\n" in item.markdown, item.refused


def test_a_formula_without_a_value_and_other_sheets_are_told() -> None:
    book = (
        f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="One" sheetId="1" r:id="rId1"/><sheet name="Two" sheetId="2" r:id="rId2"/></sheets></workbook>'
    )
    links = PARTS[LINKS].replace(
        "</Relationships>", '<Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>'
    )
    rows = GOOD.replace('<c r="D2"><v>1</v></c>', '<c r="D2"><f>1+0</f></c>')
    parts = {
        BOOK: book,
        LINKS: links,
        "xl/worksheets/sheet2.xml": f"<worksheet {MAIN}><sheetData>{GOOD}</sheetData></worksheet>",
    }
    found = imported(workbook(rows, **parts))
    assert [note.text for note in found.notes] == [
        "the cell D2 is a formula that was never computed. Open the workbook, and save it again.",
        "1 more sheets are not read. Put all questions on the first one.",
    ]


def test_a_text_that_packs_well_is_exported() -> None:
    [question] = read("## Why? {#q}\n\n- = so\n\n```\n" + ("x" * 4000 + "\n") * 60 + "```\n").values()
    assert EXPORTERS["xlsx"].write([question], "", lambda path: None).losses == ()


def linked() -> bytes:
    file = io.BytesIO(workbook(GOOD))
    with zipfile.ZipFile(file, "a") as archive:
        info = zipfile.ZipInfo("xl/link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def shared_often() -> bytes:
    """A small workbook that shows one long text in many cells."""
    strings = f"<sst {MAIN}><si><t>{'word and word. ' * 400}</t></si></sst>"
    rows = "".join(row(at, text(f"A{at}", "Why?"), f'<c r="B{at}" t="s"><v>0</v></c>') for at in range(2, 400))
    sheet = f"<worksheet {MAIN}><sheetData>{HEAD}{rows}</sheetData></worksheet>"
    return packed({**PARTS, SHEET: sheet, STRINGS: strings})


LAUGHS = "<!DOCTYPE w [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9)) + "]>"
PASSWORDS = '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "nothing": (b"", "damaged, locked, or no zip"),
    "text": (b"question\nWhich?\n", "damaged, locked, or no zip"),
    "cut off": (workbook(GOOD)[:-40], "damaged, locked, or no zip"),
    "another zip": (packed({"a.xml": "<a/>"}), "this is no workbook"),
    "no sheet": (packed(PARTS), "has no sheet"),
    "a book without sheets": (packed({**PARTS, BOOK: f"<workbook {MAIN}/>", SHEET: "<a/>"}), "has no sheet"),
    "a sheet elsewhere": (packed({**PARTS, LINKS: "<r><l Id='rId1' Target='../../etc/passwd'/></r>"}), "has no sheet"),
    "outside": (packed({**PARTS, "../evil.xml": "<a/>", SHEET: "<a/>"}), "would lie outside"),
    "a link": (linked(), "links are not followed"),
    "bomb": (packed({**PARTS, SHEET: " " * 10_000_000}), "unpacks to far more"),
    "large": (packed({**PARTS, SHEET: random.Random(1).randbytes(4_300_000).hex()}), "MiB of text"),
    "laughs": (packed({**PARTS, SHEET: f"{LAUGHS}<w>&l8;</w>"}), "declares a type"),
    "a file": (
        packed({**PARTS, SHEET: '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w>&f;</w>'}),
        "declares",
    ),
    "no XML": (packed({**PARTS, SHEET: "<worksheet"}), "is damaged"),
    "an empty sheet": (workbook(), "no column `question`"),
    "far away": (workbook(row(1, text("ZZZ1", "question"))), "more than 500 columns"),
    "many rows": (workbook("".join(row(n, text(f"A{n}", "x")) for n in range(1, 2500))), "more than 2000 rows"),
    "many questions": (workbook(HEAD + "".join(row(n, text(f"A{n}", "x")) for n in range(2, 1100))), "1098 questions"),
    "a string that is not there": (workbook(row(1, '<c r="A1" t="s"><v>9</v></c>')), "no column `question`"),
    "one text in many cells": (shared_often(), "shows more than 1024 KiB"),
    "elements without end": (packed({**PARTS, SHEET: "<a/>" * 310_000}, zipfile.ZIP_STORED), "is damaged"),
    "too many elements": (
        packed({**PARTS, SHEET: f"<a>{'<a/>' * 310_000}</a>"}, zipfile.ZIP_STORED),
        "more than 300000 elements",
    ),
    "too deep": (packed({**PARTS, SHEET: "<a>" * 310_000}, zipfile.ZIP_STORED), "more than 300000 elements"),
    "many entries": (packed({**PARTS, **{f"{number}/": "" for number in range(4100)}}), "more than 4000 files"),
    "a huge number": (workbook(HEAD + row(2, '<c r="A2"><v>1e999</v></c>')), "it has no answer"),
}


@pytest.mark.parametrize(("data", "why"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook_is_refused_with_a_reason(data: bytes, why: str) -> None:
    found = imported(data)
    assert not found.good
    assert any(why in text for text in (*map(str, found.errors), *(item.refused for item in found.items)))
