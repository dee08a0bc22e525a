"""A text as lines that remember where they stand, told apart into code and all else."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from quizapp.formats.mslearn.notes import Place
from quizapp.source.inlines import Backticks

FENCE = re.compile(
    r"(?P<before>[ >]*(?:(?:[-+*]|\d{1,9}[.)]) +)?)(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<waves>~{3,})(?P<rest>.*))$"
)
INTERACTIVE = re.compile(r"^(\s*[\w#+.-]+?)-interactive\b")
ODD_SPACES = re.compile("[\u00a0\u2007\u202f]")
TICKS = re.compile("`+")
ODD_SYNTAX = re.compile(
    "^[ >]*[\u00a0\u2007\u202f][ \u00a0\u2007\u202f]*(?=:::|[-*>#]|\\d+[.)])|(?<=[-*>#.)])[\u00a0\u2007\u202f](?=\\S)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text and where it came from; `is_code` for the lines of fenced code, its fences included."""

    text: str
    place: Place
    is_code: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip()

    def with_text(self, text: str) -> "Row":
        """The row with another text."""
        return replace(self, text=text)


def read_rows(text: str, path: str, line: int, note: Callable[..., None]) -> list[Row]:
    """The lines of a text that begins in that line of a file; code that is left open is closed."""
    rows: list[Row] = []
    fence = ""
    opening = ""
    has_tabs = has_odd = False
    for number, written in enumerate(text.split("\n"), start=line):
        place = Place(path, number)
        if fence and ends_quote(opening, written):
            rows.append(Row(_before(opening) + fence, place, True))
            fence = ""
        if fence:
            rows.append(Row(written, place, True))
            fence = "" if _closes(written, fence) else fence
            continue
        plain = written.expandtabs(4)
        tidy = ODD_SYNTAX.sub(lambda found: ODD_SPACES.sub(" ", found[0]), plain)
        has_tabs, has_odd = has_tabs or plain != written, has_odd or tidy != plain
        found = FENCE.match(tidy)
        if found:
            fence, opening = found["ticks"] or found["waves"], tidy
            tidy = tidy if not found["info"] else tidy[: found.start("info")] + INTERACTIVE.sub(r"\1", found["info"])
        rows.append(Row(tidy, place, bool(found)))
    if fence:
        note("fence-open", rows[-1].place)
        rows.append(Row(_before(opening) + fence, rows[-1].place, True))
    _tell(has_tabs, has_odd, Place(path), note)
    return rows


def _tell(has_tabs: bool, has_odd: bool, place: Place, note: Callable[..., None]) -> None:
    if has_tabs:
        note("tabs", place)
    if has_odd:
        note("no-break", place)


def ends_quote(opening: str, line: str) -> bool:
    """Whether code that began in a quote ends, because the line stands in none."""
    return opening.lstrip().startswith(">") and not line.lstrip().startswith(">")


def _before(opening: str) -> str:
    """What stands before the closing fence: the indentation of the opening one, with its quote marks."""
    found = FENCE.match(opening)
    before = found["before"] if found else ""
    return re.sub(r"[^ >]", " ", before)


def _closes(line: str, fence: str) -> bool:
    bare = line.strip(" \t>")
    return len(bare) >= len(fence) and not bare.strip(fence[0])


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Inline text in pieces, each with whether it is code."""
    ticks, start = Backticks(text), 0
    position = 0
    while run := TICKS.search(text, position):
        position = ticks.end_of_code(run)
        if position == run.end():
            continue
        yield False, text[start : run.start()]
        yield True, text[run.start() : position]
        start = position
    yield False, text[start:]


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text, changed where it is no inline code."""
    return (
        "".join(piece if is_code else change(piece) for is_code, piece in pieces(text)) if "`" in text else change(text)
    )


def by_paragraph(rows: Iterable[Row], change: Callable[[str, Place], str]) -> list[Row]:
    """The rows, each run of text without a blank line changed as one; code stays.

    Rows keep their places as far as the change keeps line ends.
    """
    changed: list[Row] = []
    for (is_plain, _), group in groupby(rows, lambda row: (not row.is_code and not row.is_blank, row.place.path)):
        run = list(group)
        changed += _changed(run, change) if is_plain else run
    return changed


def _changed(run: Sequence[Row], change: Callable[[str, Place], str]) -> list[Row]:
    text = "\n".join(row.text for row in run)
    new = change(text, run[0].place)
    if new == text:
        return list(run)
    return [Row(line, run[min(n, len(run) - 1)].place) for n, line in enumerate(new.split("\n"))]


def indent_of(text: str) -> int:
    """How many spaces a line begins with."""
    return len(text) - len(text.lstrip(" "))
