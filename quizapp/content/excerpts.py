"""The lines of files that problems speak of."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from quizapp.content.folder import plain_file
from quizapp.errors import Problem
from quizapp.source.text import decode
from quizapp.source.widths import columns_of, without_tabs

CUT = "…"
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # the direction of text
MAX_SHOWN = 300  # characters of one line
MAX_BYTES = 1024 * 1024


def offending_lines(roots: Sequence[Path], problems: Iterable[Problem]) -> dict[tuple[str, int], str]:
    """The lines that problems name, by path and line, as they stand in the files now; what is gone is left out."""
    wanted: dict[str, set[int]] = {}
    for problem in problems:
        wanted.setdefault(problem.path, set()).add(problem.line)
    found: dict[tuple[str, int], str] = {}
    for path, numbers in wanted.items():
        lines = _lines(roots, path)
        found |= {(path, number): lines[number - 1] for number in numbers if 0 < number <= len(lines)}
    return found


def lines_in(roots: Sequence[Path]) -> Callable[[str], Sequence[str]]:
    """What gives the lines of a content file as they stand in the first folder that has it; none of what is gone."""

    def lines_of(path: str) -> Sequence[str]:
        file = next((file for root in roots if (file := plain_file(root, path))), None)
        return _text_of(file).split("\n") if file else []

    return lines_of


def _lines(roots: Sequence[Path], path: str) -> list[str]:
    file = next((file for root in reversed(roots) if (file := plain_file(root, path))), None)
    return [line.rstrip()[:MAX_SHOWN] for line in _text_of(file).split("\n")] if file else []


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return decode(opened.read(MAX_BYTES))[0]
    except OSError:
        return ""


def harmless(text: str) -> str:
    """A text that does nothing to a terminal: characters that steer it, or turn its text around, are replaced."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(character) else character for character in text)


def _steers(character: str) -> bool:
    return character in TURNING or (
        not character.isprintable() and unicodedata.category(character) in ("Cc", "Zl", "Zp")
    )


def with_caret(line: str, column: int, width: int = MAX_SHOWN) -> tuple[str, str]:
    """A line as it is shown in so many columns, cut around the character at `column`, and a caret for the line below.

    Tabs become spaces; the caret counts wide characters as two, and combining ones as none.
    """
    before = line[: max(column - 1, 0)]
    text, spot = without_tabs(_tame(line.rstrip())), len(without_tabs(_tame(before)))
    spot = min(spot, len(text))
    start, end = _window(text, spot, width)
    left, right = CUT if start else "", CUT if end < len(text) else ""
    return left + text[start:end] + right, " " * columns_of(left + text[start:spot]) + "^"


def _tame(line: str) -> str:
    """A line that is harmless, its tabs still tabs."""
    return "\t".join(map(harmless, line.split("\t")))


def _window(text: str, spot: int, width: int) -> tuple[int, int]:
    """Where to cut a text that is wider than `width`, so that what stands around `spot` is seen."""
    if len(text) <= width and columns_of(text) <= width:
        return 0, len(text)
    room = width - 2 * len(CUT)
    start = _back(text, spot, room // 2)
    end, left = spot, room - columns_of(text[start:spot])
    while end < len(text) and (left := left - columns_of(text[end])) >= 0:
        end += 1
    if end == len(text):
        start = _back(text, end, room)
    return start, end


def _back(text: str, end: int, room: int) -> int:
    """How far to go back from a place in so many columns; what joins the character before it is not parted from it."""
    start = end
    while start and (room := room - columns_of(text[start - 1])) >= 0:
        start -= 1
    while 0 < start < end and not columns_of(text[start]):
        start += 1
    return start
