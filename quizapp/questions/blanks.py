"""Blanks, `[[…]]`: where they stand in the text of a question, what is looked for in each; format section 6."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from quizapp.questions.base import NO_PROSE, Reading
from quizapp.questions.choices import MARKER, round_marker
from quizapp.questions.drop_downs import DropDown, read_drop_down
from quizapp.questions.numbers import read_key
from quizapp.questions.numeric import Numeric, NumericValue, is_number
from quizapp.questions.text import ShortText, TextValue, report_value
from quizapp.questions.typed import Operator, TypedLine, read_value, report_rewritten, write_value
from quizapp.source.blocks import MAX_LEAF, Block, walk
from quizapp.source.cursor import Line
from quizapp.source.inlines import Backticks, formula_at

OPENS = re.compile(r"(?<![!\\])\[\[(?![\s^])")
# A blank, or what could hide one: an escape, code, a comment, a formula.
PIECE = re.compile(rf"\\[!-/:-@\[-`{{-~]|`+|<!--|\$|{OPENS.pattern}")
INSIDE = re.compile(r"[^\[\]\n`]+|`+")
BAR = re.compile(r"\\\\|\\?\||`+")
PART = re.compile(r"(?:(?P<operator>=~|!~|(?:=|!=)(?=[\s`]|$))\s*)?(?P<value>.*)", re.DOTALL)
MEANT_AS_MARKER = re.compile(r"\(\s?[xX*~]?\s?\)\S|（.?）")
MEANT_AS_OPERATOR = re.compile(r"(?P<operator>!?=)(?P<value>\w.*)", re.DOTALL)
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]|^\s|\s$")
REFERENCES = str.maketrans({"|": "&#124;", "[": "&#91;", "]": "&#93;"})

Blank = ShortText | Numeric | DropDown


@dataclass(frozen=True, slots=True)
class WrittenBlank:
    """A blank as it is written, its brackets included, and where it stands."""

    line: int
    column: int
    text: str
    in_table: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Its line and column."""
        return self.line, self.column

    @property
    def inside(self) -> str:
        """What stands between its brackets; a bar of a table cell is written `\\|`, in code too."""
        inside = self.text[2:-2]
        return inside.replace("\\|", "|") if self.in_table else inside


def find_blanks(blocks: Sequence[Block]) -> Iterator[WrittenBlank]:
    """Every blank in some blocks, in the order in which they are read."""
    for block in walk(blocks):
        for lines in _texts(block) if any("[[" in line.text for line in block.lines) else ():
            yield from _in_text(lines, block.kind)


def is_blanks_fence(block: Block) -> bool:
    """Whether a block is code in which blanks stand."""
    return block.kind == "fence" and "blanks" in block.info.split()


def _texts(block: Block) -> list[list[Line]]:
    """The lines in which blanks may stand, together where they are one text."""
    if block.unread or sum(len(line.text) for line in block.lines) > MAX_LEAF:
        return []  # it is shown as it was written
    if block.kind == "paragraph":
        return [block.lines]
    if is_blanks_fence(block):
        return [[line] for line in block.lines[1 : len(block.lines) - block.closed]]
    return [[line] for line in block.lines] if block.kind == "table" else []


def _in_text(lines: Sequence[Line], kind: str) -> Iterator[WrittenBlank]:
    text = "\n".join(line.text for line in lines)
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    for start, end in _Text(text).blanks(is_code=kind == "fence"):
        number = bisect_right(starts, start) - 1
        line = lines[number]
        yield WrittenBlank(line.number, line.column + start - starts[number], text[start:end], kind == "table")


class _Text:
    """A text that is gone through from left to right; what it takes does not grow faster than its length."""

    def __init__(self, text: str) -> None:
        self.text, self.ticks = text, Backticks(text)
        self.last_comment = text.rfind("-->")

    def blanks(self, is_code: bool) -> Iterator[tuple[int, int]]:
        """Where blanks begin and end; none begins in what is opaque."""
        pattern, position = OPENS if is_code else PIECE, 0
        while found := pattern.search(self.text, position):
            if found[0] != "[[":
                position = self.end_of_opaque(found)
            elif end := self.end_of_blank(found.end()):
                yield found.start(), end
                position = end
            else:
                position = found.start() + 1

    def end_of_opaque(self, found: re.Match[str]) -> int:
        """Where an escape, code, a comment or a formula ends; the end of its mark where that begins none."""
        if found[0].startswith("`"):
            return self.ticks.end_of_code(found)
        if found[0] == "$":
            formula = formula_at(self.text, found.start())
            return formula.end() if formula else found.end()
        inside = found.start() + 2  # `<!-->` is a whole comment
        if found[0] == "<!--" and self.last_comment >= inside:
            return self.text.find("-->", inside) + 3
        return found.end()

    def end_of_blank(self, start: int) -> int:
        """Where a blank ends whose inside begins there, 0 where it does not; brackets in code belong to the code."""
        text, position = self.text, start
        while piece := INSIDE.match(text, position):
            position = self.ticks.end_of_code(piece) if piece[0].startswith("`") else piece.end()
            if "\n" in text[piece.start() : position]:
                position = piece.end()
        is_closed = text.startswith("]]", position) and position > start and not text[position - 1].isspace()
        return position + 2 if is_closed and text[position + 2 : position + 3] not in ("(", "[") else 0


def read_blank(written: WrittenBlank, reading: Reading) -> Blank | None:
    """What is looked for in a blank; None when an error was reported."""
    errors = reading.report.errors
    placed = _parts(written)
    parts = [part for part, _ in placed]
    places = [place for _, place in placed]
    markers = [MARKER.match(part) for part in parts]
    if any(markers) != all(markers) or (len(parts) > 1 and all(map(MEANT_AS_MARKER.match, parts))):
        lone = next((place for marker, place in zip(markers, places, strict=True) if not marker), written.place)
        reading.report.add("blank-marker", *lone)
        return None
    blank: Blank
    if all(markers):
        blank = read_drop_down([marker for marker in markers if marker], places, reading.report)
    else:
        blank = _read_typed(placed, reading)
    if reading.report.errors == errors and not blank.full_credit and "survey" not in reading.words:
        reading.report.add("no-right-answer", *written.place)
    return blank if reading.report.errors == errors else None


def _parts(written: WrittenBlank) -> list[tuple[str, tuple[int, int]]]:
    """What stands between the bars, those in code apart, and where each begins."""
    inside, column, placed = written.inside, written.column + written.text.find(written.inside), []
    for start, part in _between_bars(inside):
        is_here = "\n" not in inside[:start]
        offset = start + len(part) - len(part.lstrip()) if part.strip() else start
        placed.append((part.strip(), (written.line, column + offset) if is_here else written.place))
    return placed


def _between_bars(inside: str) -> list[tuple[int, str]]:
    ticks, parts, start, position = Backticks(inside), list[tuple[int, str]](), 0, 0
    while found := BAR.search(inside, position):
        position = ticks.end_of_code(found) if found[0].startswith("`") else found.end()
        if found[0].endswith("|"):
            parts.append((start, inside[start : found.start()]))
            start = found.end()
    return [*parts, (start, inside[start:])]


def _read_typed(placed: Sequence[tuple[str, tuple[int, int]]], reading: Reading) -> ShortText | Numeric:
    report = reading.report
    found = [(part, place) for text, place in placed if (part := PART.fullmatch(text))]
    lines = [_line(part, place) for part, place in found]
    for (part, place), line in zip(found, lines, strict=True):
        if not line.value:
            report.add("empty-choice", *place, what="answer")
        report_rewritten(part["value"], place, report)
        _report_operator(part, place, report.add)
    if all(is_number(part["operator"] or "=", part["value"]) for part, _ in found):
        return Numeric.of(lines)
    for line in lines:
        report_value(line, report)
    return ShortText.of(lines, reading.options)


def _line(part: re.Match[str], place: tuple[int, int]) -> TypedLine:
    operator: Operator = part["operator"] or "="  # type: ignore[assignment]  # the pattern admits no other
    value, is_literal = read_value(part["value"])
    return TypedLine(operator, value, Fraction(not operator.startswith("!")), is_literal, NO_PROSE, place)


def _report_operator(part: re.Match[str], place: tuple[int, int], add: Callable[..., None]) -> None:
    """Report a value that begins like an operator without the space behind it."""
    meant = MEANT_AS_OPERATOR.fullmatch(part["value"]) if not part["operator"] else None
    if meant:
        wanted = f"`{meant['operator']} {meant['value']}`, or all of it in backticks for a text"
        add("bad-value", *place, name="", value=part["value"], wanted=wanted, meant="")


def write_blank(blank: Blank, longest: int = 0) -> str:
    """A blank as Markdown, so that reading it gives an equal value.

    With `longest` it stands in a text with a lone mark that would find its partner in a value in backticks; so many
    backticks stand there in a row at most.
    """
    if isinstance(blank, DropDown):
        shown = [(round_marker(one.credit), one.text, write_value(one.text)) for one in blank.options]
        return f"[[{' | '.join(f'{marker} {_bare(text, written, longest)}' for marker, text, written in shown)}]]"
    return f"[[{'|'.join(_typed(value, longest) for value in blank.values)}]]"


def _typed(value: TextValue | NumericValue, longest: int) -> str:
    text = value.value if isinstance(value, TextValue) else value.written
    written = _bare(text, value.written, longest)
    return written if value.operator == "=" else f"{value.operator} {written}"


def _bare(text: str, written: str, longest: int) -> str:
    """A value without bars and brackets outside code, and without code where that could be taken apart."""
    if not written.startswith("`"):
        return written.translate(REFERENCES)
    if not longest:
        return written
    ticks = "`" * (longest + 1)
    return f"{ticks}{text}{ticks}" if read_key(text) else PUNCTUATION.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    return "\\\\" if found[0] == "\\" else f"&#{ord(found[0])};"
