"""CSV: a table with a question in each row."""

import csv
import io
import re
from collections.abc import Sequence
from typing import ClassVar

from quizapp.formats.building import ANY_TEXTS
from quizapp.formats.contract import Exported, Exporter, Imported, Importer, Media, Source, Tell, failed, nobody
from quizapp.formats.losses import losses_of
from quizapp.formats.sheet import COMPUTED, write_sheet
from quizapp.formats.tables.reading import read_table
from quizapp.formats.tables.writing import row_of, table_of
from quizapp.formats.texts import BrokenText, text_of
from quizapp.questions.base import Question

SEPARATORS = ",;\t"
SAID = re.compile(r"(?i)sep=([,;\t])\n")  # a line that tells Excel what parts the cells
MAX_LINE = 100_000
PART = 100  # rows
Rows = list[tuple[int, int, list[str]]]


class CsvImporter(Importer):
    """Rows under named columns, between commas, semicolons or tabs."""

    name: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV, a table of questions"
    endings: ClassVar[tuple[str, ...]] = (".csv", ".tsv")

    def read(self, source: Source) -> Imported:
        """The questions of a table in UTF-8."""
        try:
            text = text_of(source, MAX_LINE)
            return read_table(rows_of(text), text, bounds=source)
        except BrokenText as error:
            return failed(str(error))


def rows_of(text: str) -> Rows:
    """The rows, each with its first and last line, their separator that of the first one. Raises BrokenText."""
    said = SAID.match(text)
    head = text.partition("\n")[0]
    separator = said[1] if said else max(SEPARATORS, key=head.count)
    before, inside = (1, text[said.end() :]) if said else (0, text)
    reader, rows, line = csv.reader(io.StringIO(inside), delimiter=separator, strict=True), [], before + 1
    try:
        for cells in reader:
            rows.append((line, before + reader.line_num, list(map(_as_meant, cells))))
            line = before + reader.line_num + 1
    except csv.Error as error:
        told = f"the row that begins on line {line} cannot be read: {error}. Look at its quotation marks."
        raise BrokenText(told) from None
    return rows


def _as_meant(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheet programs from computing it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(COMPUTED) else cell


class CsvExporter(Exporter):
    """Held without a loss: every type but DNS records and surveys, texts without patterns and options, matching without
    headings; hints, explanation, points and tags with them. Heading and prompt come back as one text, of which the
    first line is the heading. What was written is read back, and each difference is told.
    """

    name: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV, a table of questions"
    ending: ClassVar[str] = ".csv"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """A header, and a row for each question that the columns can hold."""
        rows = [row_of(question) for question in questions]
        data = write_sheet(table_of(rows))
        again = rows_of(data.decode("utf-8-sig").replace("\r\n", "\n"))
        return Exported(data, losses_of([one for one, _ in rows], read_all(again, tell).items))


def read_all(rows: Rows, tell: Tell = nobody) -> Imported:
    """Rows of any number, read in parts, each of which is told."""
    parts = []
    for at in range(1, len(rows), PART):
        parts.append(read_table([*rows[:1], *rows[at : at + PART]], most=ANY_TEXTS))
        tell(min(at - 1 + PART, len(rows) - 1), len(rows) - 1)
    return Imported(tuple(item for part in parts for item in part.items))
