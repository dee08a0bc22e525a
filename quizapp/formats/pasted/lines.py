"""Pasted text as lines: what word processors, mail programs and pages on paper add is taken off, and said."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.formats.contract import Note
from quizapp.formats.pasted import words

ENDS = re.compile(r"\r\n|\r|\n")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, and spaces without width
DIRECTION = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
QUOTED = re.compile(r"(?:\s?>)+ ?")
PAGE = re.compile(
    rf"{words.PAGE}\s*\d+(?:\s*(?:/|of|von|de|di|van|из|页|頁)\s*\d*)?\s*页?|\d+\s*/\s*\d+|[-–—]\s*\d+\s*[-–—]",
    re.IGNORECASE,
)
MANY_SPACES = re.compile(r"(?<=\S)\s{9,}")
FENCE = re.compile(r"(`{3,}|~{3,})[\w+-]*$")
WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3002: 0x2E, 0x3001: 0x2C}

# What Word writes in the fonts Symbol and Wingdings; and two characters that stand for something else here.
SYMBOLS = str.maketrans(
    {
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf076": "•", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☑",
        "\uf0fc": "✓", "\uf0fb": "✗", "\ue000": "\ufffd", "\ue001": "\ufffd",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line without white space around it; `indent` is how far in it stood, `is_code` that it stood in a fence."""

    number: int
    text: str
    indent: int = 0
    is_code: bool = False

    @property
    def plain(self) -> str:
        """The text with full-width signs as those of ASCII, character by character: for markers only."""
        return self.text.translate(WIDE)

    def rest(self, start: int) -> "Line":
        """What stands from there on."""
        return replace(self, text=self.text[start:].strip())


def read_lines(text: str) -> tuple[list[Line], list[Note]]:
    """The lines of a text, with their numbers in it, and what was taken off."""
    raw = [_tidy(line) for line in ENDS.split(text)]
    notes = []
    filled = [line for line in raw if line.strip()]
    if filled and sum(line.lstrip().startswith(">") for line in filled) * 2 > len(filled):
        raw = [QUOTED.sub("", line, count=1) if QUOTED.match(line) else line for line in raw]
        notes.append(Note("took off the `>` that mail programs put before quoted lines."))
    lines = _with_code([Line(number, line.strip(), _indent(line)) for number, line in enumerate(raw, start=1)], raw)
    kept, dropped = _without_pages(lines)
    if dropped:
        some = ", ".join(f"“{text}”" for text in dict.fromkeys(line.text for line in dropped[:3]))
        notes.append(
            Note(f"left out {len(dropped)} lines as page numbers, headers or footers: {some}.", dropped[0].number)
        )
    return kept, notes


def _tidy(line: str) -> str:
    line = line.translate(SYMBOLS)
    line = INVISIBLE.sub("", line).expandtabs(4)
    line = MANY_SPACES.sub(" " * 8, line)
    kept = (" " if unicodedata.category(one) in ("Zs", "Zl", "Zp", "Cc") else one for one in line)
    return re.sub(rf"^([\s>]*)[{DIRECTION}]+", r"\1", "".join(kept))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _with_code(lines: Sequence[Line], raw: Sequence[str]) -> list[Line]:
    """The lines, those of closed code fences as they stand."""
    found, fence, end = list(lines), None, ""
    for place, line in enumerate(lines):
        opened = FENCE.match(line.text)
        if fence is None and opened:
            fence, end = place, opened[1]
        elif fence is not None and line.text == end:
            for inner in range(fence, place + 1):
                found[inner] = replace(lines[inner], text=raw[inner].rstrip(), is_code=True)
            fence = None
    return found


def _without_pages(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without page numbers, and without lines beside them that come back on every page."""
    pages = {place for place, line in enumerate(lines) if not line.is_code and PAGE.fullmatch(line.text)}
    filled = [place for place, line in enumerate(lines) if line.text]
    order = {place: number for number, place in enumerate(filled)}
    beside: dict[str, list[int]] = {}
    for place in pages:
        for near in (order[place] - 1, order[place] + 1):
            if 0 <= near < len(filled) and filled[near] not in pages:
                beside.setdefault(lines[filled[near]].text, []).append(filled[near])
    pages |= {
        place for places in beside.values() if len(places) > 1 and len(places) == len(set(places)) for place in places
    }
    kept = [replace(line, text="") if place in pages else line for place, line in enumerate(lines)]
    return kept, [lines[place] for place in sorted(pages)]
