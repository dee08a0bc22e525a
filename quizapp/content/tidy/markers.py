"""Markers of answers that are nearly right: `[]`, `()`, `(*)`, `（x）`, `[x]text`, `=text`."""

import re
from collections.abc import Iterator, Sequence

from quizapp.content.edits import Edit
from quizapp.content.tidy.base import Repair, Source, add_repair
from quizapp.questions.choices import MARKER
from quizapp.source.blocks import Block
from quizapp.source.cursor import Line

NEAR = re.compile(
    r"(?:(?P<open>[(\[（［])[ \u00a0\u3000]?(?P<inside>[xXｘＸ*~]?)[ \u00a0\u3000]?(?P<close>[)\]）］])"
    r"|(?P<sign>=~|!=|!~|=)(?![=~]))(?![(\[:])(?P<space>[ \t\u00a0\u3000]*)"
)
ROUND, SQUARE = ("(", ")"), ("[", "]")
BRACKETS = {"(": ROUND, "（": ROUND, "[": SQUARE, "［": SQUARE}
CLOSED = {")": ")", "）": ")", "]": "]", "］": "]"}
SIGN = re.compile(r"(?:=~|!=|!~|=)(?:[ \t]|$)")


def edits(source: Source) -> Iterator[Sequence[Edit]]:
    """For each list in which every answer has a marker once those that are nearly right are mended: their edits."""
    wrong = source.lines_of("no-answers", "unmarked-answer", "empty-check")
    for block in source.blocks if wrong else ():
        found = _mended(source, block) if block.kind == "list" else None
        if found:
            yield found


def _mended(source: Source, block: Block) -> list[Edit] | None:
    """The edits that a list needs; None where one of its items is no answer."""
    found = []
    for item in block.children:
        line = item.children[0].lines[0] if item.children and item.children[0].kind == "paragraph" else None
        if line is None or not (MARKER.match(line.text) or SIGN.match(line.text)):
            near = NEAR.match(line.text.lstrip()) if line else None
            new = _marker(near) if near else ""
            if not (line and near and new and source.is_in_place(line.number, line.column, line.text)):
                return None
            found.append(_edit(line, near, new))
    return found


def _edit(line: Line, near: re.Match[str], new: str) -> Edit:
    offset = len(line.text) - len(line.text.lstrip())
    return Edit(line.number, line.column + offset, near[0], new)


def _marker(near: re.Match[str]) -> str:
    """The marker that was meant, with a space where text follows; empty where that is not clear."""
    gap = " " if near.end() < len(near.string) else ""
    if near["sign"]:
        return near["sign"] + gap
    left, right = BRACKETS[near["open"]]
    inside = near["inside"].replace("ｘ", "x").replace("Ｘ", "x").replace("*", "x") or " "
    if CLOSED[near["close"]] != right or (inside == "~" and left == "("):
        return ""
    return f"{left}{inside}{right}{gap}"


add_repair(Repair("markers of answers", 30, edits, mends=frozenset({"no-answers", "unmarked-answer", "empty-check"})))
