"""Texts with what they include in its place, comments dropped; reference section 2.1, steps 1 to 4."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.rows import Row, pieces, read_rows
from quizapp.formats.mslearn.tree import Found, Library, folder_of

MAX_DEPTH = 10
MAX_CHARACTERS = 800_000  # of one unit with all it includes
INCLUDE = re.compile(
    r"\[!include\s{0,9}\[[^\]\n]{0,300}\]\s{0,9}\(\s{0,9}<?([^()<>\n]{1,400}?)>?\s{0,9}\)\s{0,9}\]", re.IGNORECASE
)
ALONE = re.compile(
    r"(?P<before>[ >]*(?:(?:[-+*]|\d{1,9}[.)]) +)?)(?P<include>\[!include[^\n]*\])[ \t]*$", re.IGNORECASE
)
FRONT = re.compile(r"\A---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
FRONT_WITHIN = 20_000


@dataclass(slots=True)
class Gathering:
    """Gathers the lines of one text."""

    library: Library
    note: Callable[..., None]
    size: int = 0
    missing: list[str] = field(default_factory=list)

    def gather(self, text: str, path: str, line: int) -> list[Row]:
        """The lines of a text that stands in a file from that line on."""
        fits = self._fits(text, Place(path, line))
        return self._expand(read_rows(text, path, line, self.note), ()) if fits else []

    def _expand(self, rows: Sequence[Row], chain: tuple[Found, ...]) -> list[Row]:
        found: list[Row] = []
        for row in without_comments(rows, self.note):
            found += [row] if row.is_code or "[!" not in row.text else self._row(row, chain)
        return found

    def _fits(self, text: str, place: Place) -> bool:
        """Count a text that is taken in; False where it is too much."""
        self.size += len(text) + 100
        if self.size > MAX_CHARACTERS:
            self.note("too-long", place, most=MAX_CHARACTERS)
        return self.size <= MAX_CHARACTERS

    def _row(self, row: Row, chain: tuple[Found, ...]) -> list[Row]:
        """A line with its includes expanded: a block where one stands alone, else text in its line."""
        alone = ALONE.match(row.text)
        include = INCLUDE.fullmatch(alone["include"]) if alone else None
        if alone and include:
            return behind(self._file(include[1], row.place, chain) or [], alone["before"])
        below: list[Row] = []
        line = "".join(
            piece if is_code else INCLUDE.sub(lambda one: self._inline(one[1], row, chain, below), piece)
            for is_code, piece in pieces(row.text)
        )
        return [row.with_text(line), *below]

    def _inline(self, written: str, row: Row, chain: tuple[Found, ...], below: list[Row]) -> str:
        """What stands in a sentence for an include; what is more than a sentence goes below."""
        rows = trimmed(self._file(written, row.place, chain) or [])
        if all(not one.is_code and not one.is_blank for one in rows):
            return " ".join(one.text.strip() for one in rows)
        self.note("include-outside", row.place, path=written)
        indent = " " * (len(row.text) - len(row.text.lstrip(" ")))
        below += [Row("", row.place), *behind(rows, indent), Row("", row.place)]
        return ""

    def _file(self, written: str, place: Place, chain: tuple[Found, ...]) -> list[Row] | None:
        found = self.library.find(written, folder_of(place.path), place)
        if found is None:
            self.note("no-include", place, path=written)
            self.missing.append(written)
            return None
        if found in chain or len(chain) >= MAX_DEPTH:
            self.note("include-loop", place, path=written, most=MAX_DEPTH)
            return None
        text = self.library.text(found)
        if text is None or not self._fits(text, place):
            return None
        front = FRONT.match(text[:FRONT_WITHIN])
        if front:
            self.note("front-matter", Place(found.path, 1))
        start = front.end() if front else 0
        rows = read_rows(text[start:], found.path, 1 + text.count("\n", 0, start), self.note)
        return trimmed(self._expand(rows, (*chain, found)))


def trimmed(rows: Sequence[Row]) -> list[Row]:
    """The rows without blank ones at the ends."""
    full = [number for number, row in enumerate(rows) if not row.is_blank]
    return list(rows[full[0] : full[-1] + 1]) if full else []


def behind(rows: Sequence[Row], before: str) -> list[Row]:
    """Rows behind what stands before an include: the first beside it, the others below, as far to the right."""
    others = re.sub(r"[^ >]", " ", before)
    moved = []
    for number, row in enumerate(rows):
        start = before if number == 0 else others
        moved.append(row.with_text(start + row.text if row.text or ">" in start else ""))
    return moved


def without_comments(rows: Sequence[Row], note: Callable[..., None]) -> list[Row]:
    """The rows without HTML comments; one that is never closed ends with its line."""
    closings = _closings(rows)
    kept: list[Row] = []
    until = -1  # the row in which the comment around ends
    for number, row in enumerate(rows):
        if number < until:
            continue
        text = row.text.partition("-->")[2] if number == until else row.text
        is_whole = number != until
        if row.is_code and is_whole:
            kept.append(row)
            continue
        until = -1
        text, is_open = _cut(text)
        if is_open:
            until = closings.get(number, -1)
            if until < 0:
                note("comment-open", row.place)
        if text.strip() or (is_whole and text == row.text):
            kept.append(row.with_text(text))
        elif is_whole and kept and not kept[-1].is_blank:
            kept.append(row.with_text(""))  # a comment that stood alone ends a block
    return kept


def _closings(rows: Sequence[Row]) -> dict[int, int]:
    """For each row the next one below with `-->` and no `<!--` before it, where no other comment begins between."""
    found: dict[int, int] = {}
    nearest = -1
    for number in range(len(rows) - 1, -1, -1):
        if nearest >= 0:
            found[number] = nearest
        text = rows[number].text
        begin, end = text.find("<!--"), text.find("-->")
        if end >= 0 and (begin < 0 or end < begin):
            nearest = number
        elif begin >= 0 and not rows[number].is_code:
            nearest = -1
    return found


def _cut(text: str) -> tuple[str, bool]:
    """A line without its comments, and whether one is open at its end."""
    if "<!--" not in text:
        return text, False
    kept, is_open = [], False
    for is_code, piece in pieces(text):
        while not is_code and not is_open and "<!--" in piece:
            before, _, rest = piece.partition("<!--")
            kept.append(before)
            _, end, piece = rest.partition("-->")
            is_open = not end
        kept.append(piece if not is_open else "")
        if is_open:
            break
    return "".join(kept).rstrip(), is_open
