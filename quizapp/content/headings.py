"""Headings that open a check or a question: their attribute lists, and what is wrong in them; format section 7."""

import difflib
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice

from quizapp.content.options import OPTIONS, WORDS, known_options, one_of, type_words
from quizapp.source.attributes import BEGINS, Attributes, split_heading
from quizapp.source.blocks import Block
from quizapp.source.cursor import Line
from quizapp.source.meant import meant
from quizapp.source.report import Report

CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
BRACES = re.compile(r"(?<!\\)\{([^{}]*)(?:\}|$)")
BRACKETS = re.compile(r"(?<=\s)(?:\[#[\w-]+\]|\(#[\w-]+\)|[\[(]\.check[\])])$")
# Braces that begin otherwise, and still were meant: a word or option without its sign.
NOT_NEAR = "Remove it."
MAX_BRACES = 100  # of one heading; who has more than these has been told enough
FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])[^$]*(?<!\s)\$(?!\d)")
MEANT_AS_LIST = re.compile(
    r"\s*(?:check|survey|draft|void)\s*|.*(?:#\w|\w=|\b(?:points|tags|shuffle|credit|tries)\s*:).*"
)


@dataclass(frozen=True, slots=True)
class QuestionHeading:
    """A heading divided into its text and its attribute list; `block` is where it stands."""

    block: Block
    text: str
    attributes: Attributes = field(default_factory=Attributes)

    @property
    def words(self) -> frozenset[str]:
        """The words of its list: `.survey` and its kin."""
        return frozenset(self.attributes.words)

    @property
    def place(self) -> tuple[int, int]:
        """Its line and column."""
        return self.block.line, self.block.column

    def place_of(self, text: str) -> tuple[int, int]:
        """Line and column of something in the attribute list, else of the heading; of an option that of its key."""
        return self._find(rf"(?<![^\s{{]){re.escape(text)}(?![^\s}}=])") or self._find(re.escape(text)) or self.place

    def value_place(self, key: str) -> tuple[int, int]:
        """Line and column of the value of an option."""
        return self._find(rf"(?<![^\s{{]){re.escape(key)}\s*=\s*(?P<spot>)") or self.place_of(key)

    def _find(self, pattern: str) -> tuple[int, int] | None:
        for line in reversed(self.block.lines):
            found = re.compile(pattern).search(line.text, max(line.text.rfind("{"), 0))
            if found:
                return line.number, line.column + found.start("spot" if "spot" in found.groupdict() else 0)
        return None

    def as_paragraph(self) -> Block:
        """Its text as a paragraph, for the first line of a prompt."""
        number, column = self.place
        first = self.block.lines[0]
        offset = first.column - column + max(first.text.find(self.text), 0)
        return Block("paragraph", lines=[Line(number, column + max(offset, 0), self.text)])


def without_code(text: str) -> str:
    """A line of text, code and formulas in it as spaces, so that places stay."""
    plain = CODE_SPAN.sub(_blank, text) if "`" in text else text
    return FORMULA.sub(_blank, plain) if "$" in plain else plain


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def read_heading(block: Block) -> QuestionHeading:
    """The heading that a block is."""
    return QuestionHeading(block, *split_heading(" ".join(block.info.split("\n"))))


def own_options(heading: QuestionHeading, report: Report, rules: Sequence[str] = ()) -> dict[str, str]:
    """The options of a heading; a value that does not fit is reported and left out.

    `rules` are the credit rules that its type knows, where that is known and knows any.
    """
    options = {}
    for key, value in heading.attributes.options.items():
        fits, wanted = OPTIONS.get(key, (lambda _: True, ""))
        if key == "credit" and rules:
            fits, wanted = rules.__contains__, one_of(rules)
        if fits(value):
            options[key] = value
        else:
            report_value(key, value, wanted, heading, report)
    return options


def report_value(key: str, value: str, wanted: str, heading: QuestionHeading, report: Report) -> None:
    """Report the value of an option that does not fit."""
    near = meant(f"{key}={{}}", value, wanted)
    report.add("bad-value", *heading.value_place(key), name=f"{key}=", value=value, wanted=wanted, meant=near)


def report_attributes(heading: QuestionHeading, report: Report) -> None:
    """Report what an attribute list says that means nothing, and braces that were meant to be one."""
    report_braces(heading, report)
    known = known_options()
    for word in heading.attributes.words:
        if word == "check":
            near = "It opens a check, in a lesson; here it has no meaning."
            report.add("unknown-word", *heading.place_of(".check"), word=".check", nearest=near)
        elif word not in WORDS | type_words():
            near = _nearest(word, WORDS | type_words(), ".{}")
            report.add("unknown-word", *heading.place_of(f".{word}"), word=f".{word}", nearest=near)
    for key, value in heading.attributes.options.items():
        if key not in known:
            near = _for_option(key, value) or _nearest(key, known, "{}=")
            report.add("unknown-option", *heading.place_of(key), key=key, nearest=near)
    for entry in heading.attributes.unread:
        report.add("unknown-word", *heading.place_of(entry), word=entry, nearest=_for_entry(entry, heading, known))


def report_braces(heading: QuestionHeading, report: Report) -> None:
    """Report braces in the text of a heading that were meant as an attribute list."""
    text = without_code(heading.text)
    for braces in islice(BRACES.finditer(text), MAX_BRACES):
        is_last = not text[braces.end() :].strip() and heading.attributes == Attributes()
        if BEGINS.match(braces[1]) or (is_last and MEANT_AS_LIST.fullmatch(braces[1])):
            line = next((line for line in heading.block.lines if braces[0] in line.text), heading.block.lines[0])
            column = line.column + max(line.text.find(braces[0]), 0)
            report.add("braces-as-text", line.number, column, written=braces[0], mend=_for_braces(braces[1]))
    brackets = BRACKETS.search(text) if heading.attributes == Attributes() else None
    if brackets:
        line = heading.block.lines[-1]
        column = line.column + max(line.text.find(brackets[0]), 0)
        mend = f"Write `{{{brackets[0][1:-1]}}}`, in braces"
        report.add("braces-as-text", line.number, column, written=brackets[0], mend=mend)


def _for_braces(inside: str) -> str:
    if BEGINS.match(inside):
        return "An attribute list is the last thing in its heading, and there is one"
    if inside.strip() in WORDS | {"check"}:
        return f"Write `{{.{inside.strip()}}}`, with its point"
    return "An attribute list begins with a name, a word or an option: `{#name}`, `{.check}`, `{points=2}`"


def _for_option(key: str, value: str) -> str:
    """What to write in the place of an option of other tools, or one that stands elsewhere; empty for any other."""
    if key == "confidence":
        return "It stands on the heading of a check: `{.check confidence=yes}`."
    return _for_type(value) if key == "type" else ""


def _for_type(value: str) -> str:
    """What to write in the place of `type=`."""
    word = {"matching": "match", "ordering": "order", "grouping": "group"}.get(value, value)
    if word in type_words():
        return f"A type is written as a word: `.{word}`."
    return "Remove it: the list of answers itself says the type."


def _for_entry(entry: str, heading: QuestionHeading, known: AbstractSet[str]) -> str:
    name, colon, value = entry.partition(":")
    tags = heading.attributes.options.get("tags", "")
    if entry.startswith("#"):
        return "A name stands behind its `#` without a space, and there is one."
    if colon and name in known:
        return f"Write `{name}={value or '…'}`."
    if tags.endswith(","):
        return f"Write `tags={tags}{entry}`, without a space."
    if entry in known:
        return f"Write `{entry}=…`."
    near, own = _nearest(entry, WORDS | type_words(), ".{}"), heading.attributes.name
    if near == NOT_NEAR and own and f"#{own} {entry}" in heading.block.text:
        return f"A name has no spaces: write `#{own}-{entry}`."
    return near


def _nearest(word: str, known: AbstractSet[str], form: str) -> str:
    nearest = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean `{form.format(nearest[0])}`?" if nearest else NOT_NEAR
