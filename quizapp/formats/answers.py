"""The answers of imported questions as Markdown, of parts that are Markdown already."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizapp.questions.base import decimal_text
from quizapp.questions.blanks import REFERENCES
from quizapp.questions.choices import round_marker
from quizapp.questions.numbers import read_key
from quizapp.questions.typed import write_value
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import indented, moved, quoted, source_of

FIRST_SIGN, LAST_SIGN = 0xE100, 0xE8FF  # private characters that stand for blanks while the text around is converted
SIGN = re.compile(f"(?P<before>!?)(?P<sign>[{chr(FIRST_SIGN)}-{chr(LAST_SIGN)}])(?P<after>\\(?)")


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice or a line: Markdown, what it earns (None: not scored), and what is said of it."""

    content: str
    credit: Fraction | None = Fraction(0)
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value to type: as it is written after the operator, what it earns, and what is said of it."""

    written: str
    credit: Fraction = Fraction(1)
    operator: str = "="
    feedback: str = ""


def choices(offered: Sequence[Offered], *, several: bool) -> list[str]:
    """The list of choices."""
    return [_item("-", _box(one) if several else round_marker(one.credit or Fraction(0)), one) for one in offered]


def _box(one: Offered) -> str:
    return "[~]" if one.credit is None else "[x]" if one.credit > 0 else "[ ]"


def _item(bullet: str, marker: str, one: Offered) -> str:
    """An item; what does not begin with a paragraph stands below its marker."""
    content = unquoted(one.content)
    blocks = read_blocks(content)
    is_text = bool(blocks) and blocks[0].kind == "paragraph"
    first, *rest = content.split("\n") if is_text else ["", *content.split("\n")]
    lines = indented([f"{marker} {first}".strip(), *rest], f"{bullet} ")
    feedback = moved(quoted(one.feedback.split("\n")), len(bullet) + 1) if one.feedback else []
    return "\n".join([line.rstrip() if not line.endswith("  ") else line for line in lines] + feedback)


def unquoted(markdown: str) -> str:
    """Markdown without its quotes, which would be feedback inside of an item."""
    blocks = read_blocks(markdown)
    if all(block.kind != "quote" for block in blocks):
        return markdown
    flat = [inner for block in blocks for inner in (block.children if block.kind == "quote" else [block])]
    return source_of(flat)


def numbered(offered: Sequence[Offered]) -> list[str]:
    """A list in its right order."""
    return [_item(f"{number}.", "", one) for number, one in enumerate(offered, start=1)]


def grouped(groups: Mapping[str, Sequence[Offered]]) -> list[str]:
    """A list of groups, each with its items."""
    lines = []
    for name, items in groups.items():
        lines.append(_item("-", "", Offered(name)))
        lines += ["\n".join(moved(_item("-", "", one).split("\n"), 2)) for one in items]
    return lines


def values(typed: Sequence[Typed]) -> list[str]:
    """The list of values to type."""
    lines = []
    for one in typed:
        share = "" if one.operator.startswith("!") or one.credit == 1 else f"({decimal_text(one.credit * 100)}%) "
        feedback = moved(quoted(one.feedback.split("\n")), 2) if one.feedback else []
        lines.append("\n".join([f"- {share}{one.operator} {one.written}", *feedback]))
    return lines


def as_text(value: str) -> str:
    """A value that is compared as text, even where it is a number."""
    return f"`{value}`" if read_key(value) and "`" not in value else write_value(value)


def pairs(rows: Sequence[tuple[str, str, str]], decoys: Sequence[str], heads: tuple[str, str] = ("", "")) -> list[str]:
    """The table of lines, what belongs to them, and what is said of them."""
    width = 3 if any(said for _, _, said in rows) else 2
    cells = [*[list(row) for row in rows], *[["", decoy, ""] for decoy in decoys]]
    head = [*heads, ""][:width]
    lines = [head, ["---"] * width, *(row[:width] for row in cells)]
    return ["| " + " | ".join(cell for cell in line) + " |" for line in lines]


def cell(markdown: str) -> str:
    """Markdown as it may stand in a cell; blocks become lines."""
    text = re.sub(r"\\\n", "<br>", markdown)
    text = "<br>".join(part.replace("\n", " ") for part in text.split("\n\n") if part.strip())
    return text if "\\|" in text else text.replace("|", "\\|")


def typed_blank(accepted: Sequence[Typed]) -> str:
    """A blank to type into."""
    parts = [_bare(one.written) if one.operator == "=" else f"{one.operator} {_bare(one.written)}" for one in accepted]
    return f"[[{'|'.join(parts)}]]"


def drop_down(options: Sequence[tuple[str, Fraction]]) -> str:
    """A blank with a list to choose from."""
    shown = [f"{round_marker(credit)} {_bare(write_value(text))}" for text, credit in options]
    return f"[[{' | '.join(shown)}]]"


def _bare(written: str) -> str:
    return written if written.startswith("`") else written.translate(REFERENCES)


def with_blanks(markdown: str, blanks: Sequence[str]) -> str:
    """A text with its blanks in the place of their signs, `sign(0)` the first."""

    def filled(found: re.Match[str]) -> str:
        blank = blanks[ord(found["sign"]) - FIRST_SIGN]
        before, after = "&#33;" if found["before"] else "", "&#40;" if found["after"] else ""
        return before + blank + after

    return SIGN.sub(filled, markdown)


def sign(number: int) -> str:
    """The character that stands for a blank."""
    return chr(FIRST_SIGN + number)


def without_signs(text: str) -> str:
    """A text of a source, in which none of these characters may stand."""
    return re.sub(f"[{chr(FIRST_SIGN)}-{chr(LAST_SIGN)}]", "\N{REPLACEMENT CHARACTER}", text)
