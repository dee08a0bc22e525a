"""Word documents: made by a library for them, and hostile ones made by hand."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor

from quizapp.formats.contract import IMPORTERS, Imported, Source
from quizapp.formats.docx import MAX_PACKED, BadDocument, document_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(document: Any) -> Imported:
    """What is read of a document."""
    return IMPORTERS["docx"].read(Source(saved(document), "test.docx"))


def with_lines(*lines: str | tuple[str, str], style: str | None = None) -> Any:
    """A document of paragraphs; a pair is a text and how it looks."""
    document = Document()
    for line in lines:
        text, look = line if isinstance(line, tuple) else (line, "")
        run = document.add_paragraph(style=style).add_run(text)
        run.bold, run.underline = look == "bold", look == "underlined"
        if look == "highlighted":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if look == "coloured":
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
    return document


def right_of(found: Imported) -> list[list[str]]:
    """The right answers of each question."""
    return [
        [one.content.text for one in item.question.type.answers if one.credit] for item in found.items if item.question
    ]


@pytest.mark.parametrize("look", ["bold", "underlined", "highlighted", "coloured"])
def test_the_one_that_looks_otherwise_is_right_and_that_is_named(look: str) -> None:
    found = read(with_lines("1. Which is wet?", "a) Sand", ("b) Rain", look), "c) Dust"))
    assert right_of(found) == [["Rain"]]
    assert f"took the {look} one as right." in str(found.items[0].guesses)


def test_text_behind_a_letter_may_look_otherwise() -> None:
    document = with_lines("1. Which is wet?", "a) Sand")
    paragraph = document.add_paragraph()
    paragraph.add_run("b) ")
    paragraph.add_run("Rain").bold = True
    assert right_of(read(document)) == [["Rain"]]


def test_what_all_options_look_like_says_nothing() -> None:
    [item] = read(with_lines(("1. Which?", "bold"), ("a) This", "bold"), ("b) That", "bold"))).items
    assert item.asked
    assert item.asked.options == ("This", "That")


def test_lists_that_word_counts_are_counted() -> None:
    document = Document()
    for number in ("one", "two"):
        document.add_paragraph(f"Which is {number}?", style="List Number")
        for text in ("This", "That"):
            document.add_paragraph(style="List Bullet").add_run(text).bold = text == "That"
    found = read(document)
    assert [item.title for item in found.items] == ["Which is one?", "Which is two?"]
    assert right_of(found) == [["That"], ["That"]]


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def packed(body: str, **others: str) -> bytes:
    """A document of this body, made by hand; names of other parts have an underscore for the stop."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in others.items():
            archive.writestr(f"word/{name}.xml", text)
    return file.getvalue()


def listed(level: int, text: str) -> str:
    """A paragraph of the list."""
    number = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    return f"<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_letters_of_a_list_begin_again_below_each_number() -> None:
    body = "".join(
        listed(level, text) for level, text in [(0, "One?"), (1, "x"), (1, "y"), (0, "Two?"), (1, "z"), (1, "w")]
    )
    text, notes = document_text(packed(body, numbering=NUMBERING))
    assert [line.strip() for line in text.split("\n")] == ["1. One?", "a) x", "b) y", "2. Two?", "a) z", "b) w"]
    assert not notes


def test_questions_in_the_cells_of_a_table() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for row, (number, text) in enumerate([("1", "Which is red?"), ("2", "Which is green?")]):
        table.cell(row, 0).text, table.cell(row, 1).text = number, f"{text}\na) Blood\nb) Grass\nAnswer: {'ab'[row]}"
    assert right_of(read(document)) == [["Blood"], ["Grass"]]


def test_what_is_lost_is_named_with_its_line() -> None:
    document = with_lines("1. Which is shown?")
    document.paragraphs[0].add_run().add_picture(io.BytesIO(PIXEL))
    document.add_paragraph("a) This")
    paragraph = document.add_paragraph("b) ")
    paragraph.add_run("not").bold = True
    paragraph.add_run(" that")
    document.add_paragraph("Answer: a")
    found = read(document)
    assert [(note.line, note.text.partition(".")[0]) for note in found.notes] == [
        (1, "a picture is left out"),
        (3, "some words of this line are bold, underlined or coloured; that is lost"),
    ]
    assert right_of(found) == [["This"]]


def zip_of(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return file.getvalue()


def document_of(xml: str) -> bytes:
    """An archive with this document in it."""
    return zip_of([("word/document.xml", xml.encode())])


LAUGHS = "<!DOCTYPE w [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9)) + "]>"
BROKEN = {
    "nothing": (b"", "no Word document"),
    "text": (b"1. Which?\na) This\n", "no Word document"),
    "no document": (zip_of([("other.xml", b"<a/>")]), "no Word document"),
    "cut off": (packed("<w:p/>")[:-40], "no Word document"),
    "bomb": (document_of(f"<w:document {W}>" + " " * 40_000_000 + "</w:document>"), "unpacks to far more"),
    "many parts": (zip_of([(f"{n}.xml", b"") for n in range(2500)]), "2500 parts"),
    "many entries": (zip_of([(f"{n}/", b"") for n in range(4100)]), "more than 4000 parts"),
    "too many elements": (packed("".join(f"<w:p>{n}</w:p>" for n in range(310_000))), "more than 300000 elements"),
    "a number far away": (packed(f"<w:p><w:r><w:t>question{' ' * 150_000}x</w:t></w:r></w:p>"), "more than 5000"),
    "too large": (b"PK" + b"\0" * MAX_PACKED, "more than 10 MiB"),
    "laughs": (document_of(f"{LAUGHS}<w:document {W}><w:body>&l8;</w:body></w:document>"), "declares a type"),
    "a file": (
        document_of(f'<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:d {W}>&f;</w:d>'),
        "declares a type",
    ),
    "an address": (document_of(f'<!DOCTYPE w SYSTEM "http://192.0.2.1/x.dtd"><w:d {W}/>'), "declares a type"),
    "an old document": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "damaged or locked"),
    "rich text": (b"{\\rtf1 1. Which?}", "no Word document"),
    "a list that is cut off": (packed("<w:p/>", numbering="<w:num"), "damaged"),
    "styles that declare": (packed("<w:p/>", styles=f"{LAUGHS}<w:styles {W}>&l8;</w:styles>"), "declares a type"),
    "tables in tables": (packed("<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400), "no text"),
    "too many lines": (packed("<w:p/>" * 30_000), "more than 20000 lines"),
    "a long line": (packed(f"<w:p><w:r><w:t>{'x' * 6000}</w:t></w:r></w:p>"), "line 1 has more than 5000 characters"),
    "a web page": (document_of("<html>1. Which?</html>"), "has no text"),
    "no XML": (document_of("<w:document"), "damaged"),
    "no body": (document_of(f"<w:document {W}/>"), "has no text"),
    "other encoding": (document_of('<?xml version="1.0" encoding="nothing"?><a/>'), "damaged"),
}


HOSTILE = BROKEN | {
    "no key": (saved(with_lines("1. Which is wet?", "a) Rain", "b) Sand")), "nothing says which choice is right"),
    "all of them bold": (
        saved(with_lines(("1. Which?", "bold"), ("a) Rain", "bold"), ("b) Sand", "bold"))),
        "nothing says which choice is right",
    ),
    "one choice": (saved(with_lines("1. Which is wet?", ("a) Rain", "bold"))), "it has one choice only"),
}


@pytest.mark.parametrize(("data", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_hostile_document_is_refused_with_a_reason(data: bytes, text: str) -> None:
    found = IMPORTERS["docx"].read(Source(data, "test.docx"))
    assert not found.items
    assert text in str(found.errors[0])


def test_a_header_that_lies_about_the_size_unpacks_no_more_than_is_allowed() -> None:
    data = bytearray(document_of(f"<w:document {W}><w:body>" + "<w:p/>" * 10_000 + "</w:body></w:document>"))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = (100).to_bytes(4, "little")
    found = IMPORTERS["docx"].read(Source(bytes(data), "test.docx"))
    assert found.errors


def test_tables_in_tables_end_somewhere() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400
    assert IMPORTERS["docx"].read(Source(packed(body), "test.docx")).errors


@pytest.mark.parametrize("around", ["w:ins", "w:hyperlink", "w:sdtContent"])
def test_words_in_ever_more_links_or_fields_end_somewhere_and_that_is_told(around: str) -> None:
    run = "<w:r><w:t>1. Which?</w:t></w:r>"
    found = IMPORTERS["docx"].read(Source(packed(f"<w:p>{f'<{around}>' * 5000}{run}{f'</{around}>' * 5000}</w:p>"), ""))
    assert "deep is left out" in str(found.notes)


def test_a_document_of_ever_more_lines_is_read_only_so_far() -> None:
    with pytest.raises(BadDocument, match="20000 lines"):
        document_text(packed("<w:p/>" * 30_000 + "<w:tbl><w:tr/></w:tbl>"))


def in_table(*rows: tuple[str, ...]) -> Any:
    """A document with a table."""
    document = Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).bold = row is table.rows[0]
    return document


def test_a_row_that_names_the_columns_of_a_table_is_no_question_and_is_told() -> None:
    found = read(in_table(("Question", "Answers", "Right:"), ("1. Which is wet?", "a) Sand\n*b) Rain", "")))
    assert right_of(found) == [["Rain"]]
    told = "the first row of a table, “Question | Answers | Right”, names columns and is left out."
    assert told in [note.text for note in found.notes]


@pytest.mark.parametrize("row", [("Question 1", "Right"), ("Right", "Answer"), ("1. Which is wet?", "a) Rain")])
def test_any_other_first_row_is_read(row: tuple[str, ...]) -> None:
    assert not any("names columns" in note.text for note in read(in_table(row, ("a", "b"))).notes)
