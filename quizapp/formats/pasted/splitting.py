"""Several options on one line, taken apart where their letters go on from one to the next."""

import re
from collections.abc import Sequence
from itertools import islice

from quizapp.formats.pasted.lines import Line
from quizapp.formats.pasted.markers import AROUND, FULL_BOXES, OPEN_BOXES, RIGHT_SIGNS, option_letter, place_of

INNER = re.compile(
    rf"(?:(?<=\s)|(?<=^))(?:[*{RIGHT_SIGNS}]\s*)?{AROUND}(?:\((?P<inside>[a-hA-H])\)|(?P<letter>[a-hA-H])(?P<close>[.)]))(?=\s|{AROUND}\w)"
)
BOX = re.compile(rf"(?:(?<=\s)|(?<=^))(?:[{OPEN_BOXES}{FULL_BOXES}✓✔✅✗✘❌]\ufe0f?|[\[(][ xX✓]?[\])])(?=\s*\S)")
LEAST_BOXES = 2
MOST = 60  # markers of a line that are looked at


def split_options(line: Line, following: str = "", least: int = 2) -> list[Line]:
    """The options of a line, each as one of its own, what stands before the first one too; the line itself where
    there are fewer than `least`.

    `following` is the letter that the next line begins with: what has it is no option of this line.
    """
    if line.is_code:
        return [line]
    places = _places(line.plain, place_of(following) if following else None)
    if len(places) < least:
        places = [found.start() for found in BOX.finditer(line.plain)]
        if len(places) < LEAST_BOXES:
            return [line]
    ends = [*places[1:], len(line.text)]
    before = [Line(line.number, line.text[: places[0]].strip(), line.indent)] if line.text[: places[0]].strip() else []
    parts = (line.text[start:end].strip(" \t;,") for start, end in zip(places, ends, strict=True))
    return [*before, *(Line(line.number, part, line.indent) for part in parts)]


def _places(plain: str, next_place: int | None) -> list[int]:
    """Where the options of a line begin: letters in one style, each the next of the one before."""
    found = [
        (one.start(), one["inside"] or one["letter"], "()" if one["inside"] else one["close"])
        for one in islice(INNER.finditer(plain), MOST)
    ]
    begins = option_letter(plain)
    for start in range(len(found)):
        first = found[start]
        if first[1].lower() != "a" and not (begins and first[0] == 0):
            continue
        chain = _chain(found[start:])
        if len(chain) > 1 and not (next_place and next_place <= _number(chain[-1][1])):
            return [one[0] for one in chain]
    return []


def _chain(found: Sequence[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    chain = [found[0]]
    for one in found[1:]:
        same = one[2] == chain[0][2] and one[1].isupper() == chain[0][1].isupper()
        if same and _number(one[1]) == _number(chain[-1][1]) + 1:
            chain.append(one)
    return chain


def _number(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1
