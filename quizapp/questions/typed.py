"""What short text and numeric questions share: a list whose items are values to type."""

import html
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quizapp.questions.base import NO_PROSE, Prose, Reading, Response, decimal_text
from quizapp.questions.choices import INVISIBLE, LOOKALIKE, MARKER, said, share_of, spot_of
from quizapp.questions.numbers import read_key
from quizapp.source.blocks import Block
from quizapp.source.report import Report
from quizapp.source.writing import moved, quoted

Operator = Literal["=", "=~", "!=", "!~"]
LINE = re.compile(
    rf"[{INVISIBLE}]*(?:\((?P<percent>[-+]?\d{{1,6}}(?:\.\d{{1,6}})?)[ ]?%\)[ \t]+)?"
    r"(?P<operator>=~|!=|!~|=)(?:[ \t]+(?P<value>.*))?$"
)
# Only whole runs of backticks are tried: a line of thousands of them is read in no time.
CODE = re.compile(r"(?P<ticks>`+)(?!`)(?P<inside>.*)(?<!`)(?P=ticks)", re.DOTALL)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
COMMENT = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|<!--.*?(?P<end>-->|$)", re.MULTILINE)  # not those in code
PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ ,.;:?!%/'’()–—=+|&-])*")
REWRITTEN = re.compile(r"[*\\<>\[\]`]|(?:^|(?<=\W))_|_(?=\W|$)")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One item of the list: `is_literal` where the value stood in backticks, `place` is line and column of it."""

    operator: Operator
    value: str
    credit: Fraction
    is_literal: bool
    feedback: Prose
    place: tuple[int, int]

    @property
    def is_pattern(self) -> bool:
        """Whether the value is a pattern to match."""
        return self.operator in ("=~", "!~")


def begins_typed(block: Block) -> bool:
    """Whether a list is one of values to type: its first item begins with an operator."""
    found = first_line(block.children[0]) if block.kind == "list" else None
    return found is not None and not found["percent"]


def first_line(item: Block) -> re.Match[str] | None:
    """The operator and value of an item; None where it begins with something else."""
    if not item.children or item.children[0].kind != "paragraph":
        return None
    return LINE.match(item.children[0].lines[0].text)


def read_lines(block: Block, reading: Reading) -> list[TypedLine]:
    """The items of the list; what is wrong with one is reported, and the item left out."""
    lines = [line for item in block.children if (line := _read_line(item, reading))]
    if lines and not any(line.credit for line in lines) and "survey" not in reading.words:
        reading.report.add("no-right-answer", block.line, block.column)
    return lines


def _read_line(item: Block, reading: Reading) -> TypedLine | None:
    report = reading.report
    found = first_line(item)
    if found is None:
        _report_marker(item, reading)
        return None
    feedback = [inner for block in item.children if block.kind == "quote" for inner in said(block)]
    others = [block for block in item.children[1:] if block.kind not in ("quote", "comment")]
    if others or len(item.children[0].lines) > 1:
        line = others[0].lines[0] if others else item.children[0].lines[1]
        report.add("typed-answer-block", line.number, line.column)
        return None
    place = item.children[0].line, item.children[0].lines[0].column + max(found.start("value"), 0)
    written = COMMENT.sub(_without_comment, found["value"] or "")
    value, is_literal = read_value(written)
    if not value:
        report.add("empty-choice", *spot_of(item), what="answer")
        return None
    report_rewritten(written, place, report)
    operator: Operator = found["operator"]  # type: ignore[assignment]  # the pattern admits no other
    credit = _credit(found, item, reading)
    return TypedLine(operator, value, credit, is_literal, reading.prose(feedback) if feedback else NO_PROSE, place)


def report_rewritten(written: str, place: tuple[int, int], report: Report) -> None:
    """Report a value that formatters would change, because it does not stand in backticks."""
    value, is_literal = read_value(written)
    if not is_literal and not read_key(value) and REWRITTEN.search(written):
        report.add("needs-backticks", *place, value=written.strip())


def _without_comment(found: re.Match[str]) -> str:
    return "" if found["end"] else found[0]


def _report_marker(item: Block, reading: Reading) -> None:
    text = item.children[0].lines[0].text if item.children else ""
    if MARKER.match(text):
        reading.report.add("typed-marker", *spot_of(item))
    else:
        looks = LOOKALIKE.match(text.lstrip()) or re.match(r"[=!]", text)
        hint = f" Line {item.line} looks like one: a marker is `=`, then a space." if looks else ""
        reading.report.add("unmarked-answer", *spot_of(item), hint=hint)


def _credit(found: re.Match[str], item: Block, reading: Reading) -> Fraction:
    if found["operator"].startswith("!"):
        return Fraction(0)
    return share_of(f"{found['percent'] or 100}%", spot_of(item), reading.report)


def read_value(written: str) -> tuple[str, bool]:
    """The value that was meant, and whether it stood in backticks, where nothing is resolved."""
    written = written.strip()
    code = CODE.fullmatch(written)
    if code and code["ticks"] not in re.findall(r"`+", code["inside"]):
        inside = code["inside"]
        padded = inside.startswith(" ") and inside.endswith(" ") and inside.strip()
        return (inside[1:-1] if padded else inside), True
    return ESCAPE.sub(r"\1", html.unescape(written)), False


def write_value(value: str) -> str:
    """A value as Markdown: in backticks unless it is made of letters, digits and plain punctuation."""
    if PLAIN.fullmatch(value) and not value.endswith(" ") and "&" not in value:
        return value
    longest = max((len(run) for run in re.findall(r"`+", value)), default=0)
    ticks = "`" * (longest + 1)
    padding = (
        " " if value.startswith("`") or value.endswith("`") or (value.strip() and value[0] == value[-1] == " ") else ""
    )
    return f"{ticks}{padding}{value}{padding}{ticks}"


def write_line(operator: str, credit: Fraction, written: str, feedback: Prose) -> str:
    """One item of the list as Markdown, its feedback as one quote."""
    part = "" if operator.startswith("!") or credit == 1 else f"({decimal_text(credit * 100)}%) "
    lines = [f"- {part}{operator} {written}"]
    if feedback:
        lines += moved(quoted(feedback.markdown.split("\n")), 2)
    return "\n".join(lines)


def typed_text(response: Response) -> str | None:
    """The text of a response, None when there is none or it is of another type."""
    return response.strip() or None if isinstance(response, str) else None
