"""XLSX: the first sheet of a workbook as a table with a question in each row (ECMA-376, part 1, section 18).

Cells are read as the text they show, near enough (`tables/cells`). The archive is unpacked within bounds, and its XML
is read without declarations of a type.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import ClassVar
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from quizapp.formats.archives import BadArchive, read_archive
from quizapp.formats.contract import (
    MAX_BYTES,
    Exported,
    Exporter,
    Imported,
    Importer,
    Media,
    Note,
    Source,
    Tell,
    failed,
    nobody,
)
from quizapp.formats.csv_ import Rows, read_all
from quizapp.formats.losses import losses_of
from quizapp.formats.office import BadPart, read_part
from quizapp.formats.tables.cells import ESCAPED, Cells, S, looks_of, text_of
from quizapp.formats.tables.reading import read_table
from quizapp.formats.tables.writing import row_of, table_of
from quizapp.questions.base import Question

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BOOK, LINKS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
MAX_PART = 8 * MAX_BYTES
MAX_CELLS, MAX_ROWS, MAX_COLUMNS = 200_000, 2000, 500
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same questions give the same bytes
CELL = re.compile(r"([A-Z]{1,3})\d{1,7}")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class BadWorkbook(Exception):
    """A workbook that cannot be read, and why, as a sentence."""


class XlsxImporter(Importer):
    """Rows under named columns, on the first sheet."""

    name: ClassVar[str] = "xlsx"
    title: ClassVar[str] = "XLSX, a table of questions"
    endings: ClassVar[tuple[str, ...]] = (".xlsx",)

    def read(self, source: Source) -> Imported:
        """The questions of the first sheet; lines are its rows."""
        try:
            rows, notes = read_workbook(source.data)
        except (BadWorkbook, BadArchive, BadPart) as bad:
            return failed(str(bad))
        read = read_table(rows, bounds=source)
        return replace(read, notes=(*read.notes, *notes))


def rows_of(data: bytes) -> Rows:
    """The rows of the first sheet that are not empty, by their numbers. Raises BadWorkbook, BadArchive, BadPart."""
    return read_workbook(data)[0]


def read_workbook(data: bytes) -> tuple[Rows, list[Note]]:
    """The rows, and what is said of cells and sheets that are not read as they look. Raises as above."""
    files = read_archive(data)
    names = _sheets(files)
    sheet = _xml(files, names[0])
    strings = [text_of(item) for item in _xml(files, STRINGS).findall(f"{S}si")] if STRINGS in files else []
    reader = Cells(strings, looks_of(_xml(files, STYLES)) if STYLES in files else [])
    rows: Rows = []
    count = size = 0
    for number, _, cells in _rows_in(sheet, reader):
        count += len(cells)
        size += sum(map(len, cells))  # a string that is shared counts each time
        if count > MAX_CELLS or len(rows) >= MAX_ROWS:
            raise BadWorkbook(f"this sheet has more than {MAX_ROWS} rows or {MAX_CELLS} cells. Give it in parts.")
        if size > MAX_BYTES:
            raise BadWorkbook(f"this sheet shows more than {MAX_BYTES // 1024} KiB of text. Give it in parts.")
        rows.append((number, number, cells))
    others = sum(b"<v>" in files[name] or b"<is>" in files[name] for name in names[1:])
    notes = [Note(f"{others} more sheets are not read. Put all questions on the first one.")] if others else []
    return rows, reader.notes + notes


def _rows_in(sheet: Element, reader: Cells) -> Iterator[tuple[int, int, list[str]]]:
    for place, row in enumerate(sheet.iterfind(f"{S}sheetData/{S}row"), start=1):
        written = row.get("r", "")
        number = int(written) if re.fullmatch(r"\d{1,7}", written) else place
        yield number, number, _cells(row, reader)


def _sheets(files: Mapping[str, bytes]) -> list[str]:
    """The names of the parts that hold the sheets, in their order."""
    if BOOK not in files or LINKS not in files:
        raise BadWorkbook("this is no workbook. Save it as .xlsx.")
    targets = {link.get("Id"): link.get("Target", "") for link in _xml(files, LINKS)}
    found = [targets.get(sheet.get(f"{R}id"), "") for sheet in _xml(files, BOOK).iterfind(f"{S}sheets/{S}sheet")]
    names = [target.lstrip("/") if target.startswith("/") else f"xl/{target}" for target in found]
    if not names or names[0] not in files:
        raise BadWorkbook("this workbook has no sheet that can be read. Save it as .xlsx again.")
    return [name for name in names if name in files]


def _xml(files: Mapping[str, bytes], name: str) -> Element:
    if len(files[name]) > MAX_PART:
        raise BadWorkbook(f"this sheet has more than {MAX_PART // MAX_BYTES} MiB of text. Give it in parts.")
    return read_part(files[name], "workbook")


def _cells(row: Element, reader: Cells) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind(f"{S}c"):
        found = CELL.fullmatch(cell.get("r", ""))
        column = _column(found[1]) if found else len(cells)
        if column >= MAX_COLUMNS:
            raise BadWorkbook(
                f"this sheet has more than {MAX_COLUMNS} columns. Give the questions a sheet of their own."
            )
        cells += [""] * (column + 1 - len(cells))
        cells[column] = reader.shown(cell)
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class XlsxExporter(Exporter):
    """Held without a loss: what CSV holds. All cells are text, so that nothing is computed."""

    name: ClassVar[str] = "xlsx"
    title: ClassVar[str] = "XLSX, a table of questions"
    ending: ClassVar[str] = ".xlsx"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """A workbook of one sheet: a header, and a row for each question that the columns can hold."""
        rows = [row_of(question) for question in questions]
        sheet = _sheet(table_of(rows))
        again = list(_rows_in(fromstring(sheet), Cells(())))
        return Exported(_workbook(sheet), losses_of([one for one, _ in rows], read_all(again, tell).items))


def _workbook(sheet: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _sheet(table: Sequence[Sequence[str]]) -> str:
    rows = "".join(f'<row r="{at}">{"".join(_row(at, cells))}</row>' for at, cells in enumerate(table, start=1))
    return f'{XML}<worksheet xmlns="{S[1:-1]}"><sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, cells: Sequence[str]) -> Iterator[str]:
    for at, cell in enumerate(cells):
        if cell:
            name = f"{_letters(at)}{number}"
            yield f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{_escaped(cell)}</t></is></c>'


def _letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _escaped(text: str) -> str:
    """Text for a cell: characters that XML has no place for, and what looks like one, in the way of the format."""
    text = ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)
    return escape(NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text), quote=False)


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'{XML}<Types xmlns="{TYPES}">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{XML}<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{R[1:-1]}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    BOOK: f'{XML}<workbook xmlns="{S[1:-1]}" xmlns:r="{R[1:-1]}">'
    f'<sheets><sheet name="Questions" sheetId="1" r:id="rId1"/></sheets></workbook>',
    LINKS: f'{XML}<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{R[1:-1]}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
