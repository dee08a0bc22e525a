"""Small changes to the lines of a text, as values; everything around them stays, byte for byte."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """At a line and column (from 1, in characters), `new` in the place of `old`, which stands there."""

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as lines, with what ends each of them; `ends` is one shorter. A BOM is no part of the first line."""

    texts: tuple[str, ...]
    ends: tuple[str, ...]
    bom: str = ""

    @property
    def whole(self) -> str:
        """The text, as it was divided."""
        return self.bom + "".join(text + end for text, end in zip(self.texts, (*self.ends, ""), strict=True))

    @property
    def plain(self) -> str:
        """The text as it is read: `\\n` ends each line, no BOM."""
        return "\n".join(self.texts)


def divided(text: str) -> Lines:
    """A text divided at CRLF, CR and LF."""
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(bom)
    return Lines(tuple(LINE_END.split(text)), tuple(LINE_END.findall(text)), bom)


def edited(lines: Lines, edits: Iterable[Edit]) -> Lines:
    """The text with the edits made; of two that overlap the first counts.

    Raises ValueError where what an edit would change does not stand there.
    """
    texts = list(lines.texts)
    for number, group in groupby(sorted(edits), key=lambda edit: edit.line):
        texts[number - 1] = _edited_line(texts[number - 1], list(group))
    return Lines(tuple(texts), lines.ends, lines.bom)


def _edited_line(text: str, edits: Sequence[Edit]) -> str:
    made, end = "", 0
    for edit in edits:
        start = edit.column - 1
        if text[start : start + len(edit.old)] != edit.old:
            raise ValueError(f"{edit.old!r} does not stand at {edit.line}:{edit.column}")
        if start >= end:
            made, end = made + text[end:start] + edit.new, start + len(edit.old)
    return made + text[end:]


def edits_between(before: Lines, after: Lines) -> tuple[Edit, ...]:
    """What differs between two texts of as many lines: one edit for each line, as short as can be."""
    pairs = enumerate(zip(before.texts, after.texts, strict=True), start=1)
    return tuple(_edit(number, old, new) for number, (old, new) in pairs if old != new)


def _edit(number: int, old: str, new: str) -> Edit:
    begin = _shared(old, new)
    end = _shared(old[begin:][::-1], new[begin:][::-1])
    return Edit(number, begin + 1, old[begin : len(old) - end], new[begin : len(new) - end])


def _shared(one: str, other: str) -> int:
    """With how many equal characters two texts begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
