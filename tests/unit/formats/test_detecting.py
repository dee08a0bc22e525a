"""Which format a file has, told by what stands in it before its name; and that any bytes are answered at once."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS
from quizapp.formats.detecting import MSLEARN, detect, mistaken
from quizapp.formats.strangers import OLE
from quizapp.questions.base import QUESTION_TYPES, Question
from tests.unit.formats.moodle_items import SINGLE, bank
from tests.unit.formats.qti12_items import document
from tests.unit.formats.qti_items import item, packed
from tests.unit.formats.trips import WRITER

AIKEN = "Which is wet?\nA) Sand\nB) Rain\nANSWER: B\n\nWhich is dry?\nA. Sand\nB. Rain\nANSWER: A\n"
WET = "## Which is wet? {#wet}\n\n- (x) Rain\n- ( ) Sand\n"
READER = {"qti3": "qti"}  # exporter: importer, where they have two names
TEXT2QTI = "1. Which is wet?\n*a) Rain\nb) Sand\n... Rain is water.\n"


@pytest.mark.parametrize(
    ("data", "format", "why"),
    [
        (bank(SINGLE), "moodle", "it begins with <quiz>"),
        (document(), "qti12", "it begins with <questestinterop>"),
        (item(body="<p>Why?</p>").encode(), "qti", "it begins with <assessmentItem>"),
        (b"\xff\xfe" + "<?xml version='1.0' encoding='UTF-16'?><quiz/>".encode("utf-16-le"), "moodle", "with <quiz>"),
        (b"<!-- ours -->\n<!DOCTYPE quiz>\n<quiz>", "moodle", "with <quiz>"),
        (b'<?xml version="1.0"encoding="UTF-8"?><questestinterop>', "qti12", "with <questestinterop>"),
        (b"<html><body>Moodle: sign in</body></html>", "", "begins with <html>"),
        (packed({"word/document.xml": b"<x/>", "a.xml": b"<x/>"}), "docx", "a Word document"),
        (packed({"xl/workbook.xml": b"<x/>"}), "xlsx", "a workbook"),
        (packed({"imsmanifest.xml": b"<manifest/>", "i/a.xml": b"<qti-assessment-item/>"}), "qti", "QTI 2 or 3"),
        (packed({"imsmanifest.xml": b"<manifest/>", "g/g.xml": document()}), "qti12", "QTI 1.2"),
        (packed({"m/index.yml": b"### YamlMime:Module\nuid: m\n"}), MSLEARN, "Microsoft Learn"),
        (packed({"a.txt": b"Nothing"}), "", "no questions"),
        (b"PK\x03\x04 and no more", "", "damaged"),
        (b'\n{"format": "quizapp questions"}', "json", "`{`"),
        (b'id,"Question",right\n', "csv", "names columns"),
        (b"question\tanswer 1\nWhy?\tSo\n", "csv", "names columns"),
        (b"::Wet:: Which is wet? {=Rain ~Sand}\n", "gift", "colons stands on line 1"),
        (b"\nRain is wet. {TRUE}\n", "gift", "braces stand on line 2"),
        (b"How many? {#3:1}\n", "gift", "braces"),
        (b"// a\n$CATEGORY: rain\n\nWhy?{}\n", "gift", "category stands on line 2"),
        (TEXT2QTI.encode(), "text2qti", "`...` stands on line 4"),
        (b"Quiz title: Rain\n1. Broken\n", "text2qti", "`Quiz title:` stands on line 1"),
        (AIKEN.encode(), "aiken", "ends with `ANSWER:`"),
        (b"\xef\xbb\xbf" + AIKEN.replace("\n", "\r\n").encode(), "aiken", "ends with `ANSWER:`"),
        (b"1. Which is wet?\nA) Sand\nB) Rain\nANSWER: B\n", "text", "nothing in it"),
        (b"1. Which is wet?\na) Sand\n*b) Rain\n", "text", "nothing in it"),
        (b"## Which is wet? {#wet}\n\n- (x) Rain\n- ( ) Sand\n", "text", "nothing in it"),
        (b"1. What does \\{=x} mean, and {x}?\n*a) A\nb) B\n", "text", "nothing in it"),
        (b"1. Wet?\n[*] not every marker\n", "text", "nothing in it"),
        (b"", "text", "nothing in it"),
        (b"\0\0", "", "no text"),
    ],
)
def test_the_content_tells(data: bytes, format: str, why: str) -> None:
    found = detect(data)
    assert (found.format, why in found.why) == (format, True), found


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.GIFT", "gift"), ("a.gift.txt", "gift"), ("a.aiken.txt", "aiken"), ("a.text2qti.md", "text2qti"),
     ("a.csv", "csv"), ("a.tsv", "csv"), ("a.json", "json"), ("a.docx", "docx"), ("a.xlsx", "xlsx"),
     ("a.txt", "text"), ("a.md", "text"), ("a.xml", "text"), ("a", "text")],
)  # fmt: skip
def test_an_ending_tells_where_the_text_does_not(name: str, format: str) -> None:
    assert detect(b"Which?\n", name).format == format


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (OLE, "questions.xls", "save it as .xlsx"),
        (OLE, "questions.doc", "save it as .docx"),
        (OLE, "questions.docx", "without a password"),
        (b"%PDF-1.7\nTrue or false", "questions.pdf", "paste"),
        (b"{\\rtf1 1. Which is wet?}", "questions.rtf", "save it as .docx"),
        (b"\x1f\x8b\x08", "backup.mbz", "Export the question bank"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.png", "a picture"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "a picture"),
        (b"RIFF\0\0\0\0WEBPVP8", "a.webp", "a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "IMG 2.HEIC", "a picture"),
        (packed({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}), "a.odt", "OpenDocument"),
        (packed({"ppt/presentation.xml": b"<x/>"}), "a.pptx", "slides"),
        (packed({"a.pdf": b"%PDF-", "b.gift": b"Wet?{T}"}), "a.zip", "unpack it"),
    ],
)
def test_files_that_are_never_read_are_named_with_what_to_do(data: bytes, name: str, why: str) -> None:
    found = detect(data, name)
    assert (found.format, why in found.why) == ("", True), found


@pytest.mark.parametrize(
    ("data", "name", "format", "seen"),
    [
        (b"Rain is wet. {TRUE}", "a.xml", "moodle", ("gift", "this looks like “GIFT, the text format of Moodle”: ")),
        (OLE, "a.xls", "xlsx", ("", "this is a workbook of an old kind (.xls).")),
        (packed({"m/index.yml": b"### YamlMime:Module"}), "a.zip", "qti", (MSLEARN, "this looks like “a repository")),
    ],
)
def test_a_file_that_could_not_be_read_is_told_as_what_it_seems(
    data: bytes, name: str, format: str, seen: tuple[str, str]
) -> None:
    found = mistaken(data, name, format)
    assert found
    assert (found.format, found.why[: len(seen[1])]) == seen


@pytest.mark.parametrize("data", [b"", b"1. Which is wet?", bank(SINGLE)[:40]])
def test_what_it_seems_is_not_told_where_that_is_no_news(data: bytes) -> None:
    assert mistaken(data, "a.xml", "moodle") is None


def test_what_stands_in_a_file_goes_before_its_name() -> None:
    assert detect(bank(SINGLE), "questions.gift").format == "moodle"
    assert detect(packed({"xl/workbook.xml": b"<x/>"}), "questions.csv").format == "xlsx"


def exported(name: str, questions: list[Question]) -> bytes:
    return EXPORTERS[name].write(questions, "Rain", lambda path: None).data


@pytest.mark.parametrize("name", [name for name in sorted(EXPORTERS) if READER.get(name, name) in IMPORTERS])
def test_what_we_export_is_found_to_be_that_without_its_name(name: str) -> None:
    texts = [WET] if name == "aiken" else [WET, QUESTION_TYPES["multiple"].example]
    questions = [one for text in texts for one in WRITER.questions(text)[0]]
    assert detect(exported(name, questions)).format == READER.get(name, name)


@pytest.mark.parametrize(
    ("folder", "format", "others"),
    [("gift", "gift", {"markdown.gift"}), ("canvas-qti12", "qti12", set()), ("qti22", "qti", set()),
     ("qti30", "qti", set())],
)  # fmt: skip
def test_real_files_are_found_without_their_names(
    conformance: Path, folder: str, format: str, others: set[str]
) -> None:
    files = [file for file in (conformance / folder).rglob("*") if file.suffix in (".gift", ".xml", ".zip")]
    assert files
    assert {file.name for file in files if detect(file.read_bytes()).format != format} == others


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_under_any_name_are_answered(data: bytes, name: str) -> None:
    found = detect(data, name)
    assert found.format in ("", MSLEARN, *IMPORTERS)
    assert found.why


@pytest.mark.parametrize(
    "text",
    ["{" * 500_000, "{ " * 300_000, "{=a" * 200_000, "{" + " " * 900_000, "\n" * 900_000, "// [" * 200_000,
     "= " * 400_000, "[*] " * 100_000 + "\n" * 1000, "A) x\n" * 100_000 + "ANSWER: A", "::" * 400_000,
     "<" * 900_000, "<a>" * 300_000, "," * 900_000, "GROUP\n" * 150_000],
)  # fmt: skip
def test_long_texts_are_answered_at_once(text: str) -> None:
    began = time.perf_counter()
    detect(text.encode())
    assert time.perf_counter() - began < 5
