"""Cells of a workbook as the text that they show, near enough (ECMA-376, part 1, sections 18.3.1.4 and 18.8.30)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal
from xml.etree.ElementTree import Element

from quizapp.formats.contract import Note
from quizapp.questions.base import decimal_text

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile(r"_x(?![dD][89a-fA-F]|0000)([0-9A-Fa-f]{4})_")  # of a character that there is
Look = Literal["", "percent", "date"]
# Formats that have a number, and those parts of others that are shown as they are, or are colours and countries.
PERCENTS, DATES = (9, 10), (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
UNSHOWN = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]")
FIRST_DAY, LAST_DAY = datetime(1899, 12, 30), 2_958_466
MAX_NOTES = 20


def looks_of(styles: Element) -> list[Look]:
    """What each style of cells makes of a number."""
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iterfind(f"{S}numFmts/{S}numFmt")}
    used = [one.get("numFmtId", "0") for one in styles.iterfind(f"{S}cellXfs/{S}xf")]
    return [_look(number, codes.get(number)) for number in used]


def _look(number: str, code: str | None) -> Look:
    if code is None:
        known = int(number) if re.fullmatch(r"\d{1,4}", number) else 0
        return "percent" if known in PERCENTS else "date" if known in DATES else ""
    bare = UNSHOWN.sub("", code)
    return (
        "percent" if "%" in bare else "date" if re.search(r"[dmyhs]", bare, re.IGNORECASE) and code != "General" else ""
    )


@dataclass(slots=True)
class Cells:
    """Reads cells: `strings` are those that a workbook shares, `looks` what its styles make of numbers.

    `notes` say what is not read as it looks.
    """

    strings: Sequence[str]
    looks: Sequence[Look] = ()
    notes: list[Note] = field(default_factory=list)

    def shown(self, cell: Element) -> str:
        """The text of a cell."""
        kind, value = cell.get("t", "n"), cell.findtext(f"{S}v") or ""
        if not value and cell.find(f"{S}f") is not None and kind != "str":
            self._tell(cell, "is a formula that was never computed. Open the workbook, and save it again.")
        if kind == "inlineStr":
            return "".join(map(text_of, cell.findall(f"{S}is")))
        if kind == "s":
            known = re.fullmatch(r"\d{1,7}", value) and int(value) < len(self.strings)
            return self.strings[int(value)] if known else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(cell, value) if kind == "n" else unescaped(value)

    def _number(self, cell: Element, value: str) -> str:
        """A number without the digits that its storage added; a percentage and a date as such."""
        try:
            number = float(value)
        except ValueError:
            return value
        style = cell.get("s", "0")
        look = self.looks[int(style)] if re.fullmatch(r"\d{1,6}", style) and int(style) < len(self.looks) else ""
        if look == "percent" and abs(number) < LAST_DAY:
            return f"{decimal_text(Fraction(f'{number:.15g}') * 100)}%"
        if look == "date" and 0 <= number < LAST_DAY:
            text = _date(number)
            self._tell(cell, f"is a date or a time, and is read as {text}. Make it text where it shall be otherwise.")
            return text
        return f"{number:.15g}"

    def _tell(self, cell: Element, what: str) -> None:
        place = cell.get("r", "")
        row = re.search(r"\d{1,7}$", place)
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Note(f"the cell {place} {what}", int(row[0]) if row else 0))


def _date(days: float) -> str:
    """A day, a time of day, or both, in the way of ISO 8601."""
    moment = FIRST_DAY + timedelta(seconds=round(days * 86_400))
    day, time = f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}".removesuffix(":00")
    return time if days < 1 else day if days == int(days) else f"{day} {time}"


def text_of(item: Element) -> str:
    """A string, of which parts may have looks of their own; how it is pronounced is left out."""
    texts = [*item.findall(f"{S}t"), *item.findall(f"{S}r/{S}t")]
    return unescaped("".join(text.text or "" for text in texts)).replace("\r\n", "\n")


def unescaped(text: str) -> str:
    """A text with the characters that the format writes by their numbers."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
