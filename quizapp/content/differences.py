"""Which lines two texts have in common, what differs between them, and what two people made of one."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

MAX_DEPTH = 20  # gaps within gaps that are looked into
MAX_COMPARED = 40_000  # pairs of lines in a gap without a line of its own
CONTEXT = 3
MAX_SHOWN = 400  # changed lines
Span = tuple[int, int, int, int]  # from and to in one text, from and to in the other


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of two texts that are compared; `number` is its line in the text it stands in, the new one if in both."""

    change: Literal["same", "added", "removed"]
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two texts: how many lines, and runs of them with some lines around each.

    `left_out` are changed lines that are not in the runs.
    """

    added: int
    removed: int
    runs: tuple[tuple[DiffLine, ...], ...]
    left_out: int


def common_lines(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions of equal lines, rising in both texts: what stayed when one was made into the other.

    Lines that stand once in both are the anchors (patience diff, Bram Cohen); small gaps are compared line by line, and
    the work is bounded: a large gap without an anchor counts as different.
    """
    found: list[tuple[int, int]] = []
    gaps: list[tuple[Span, int]] = [((0, len(one), 0, len(other)), 0)]
    while gaps:
        span, depth = gaps.pop()
        pairs, rest = _trimmed(one, other, span)
        found += pairs
        low, high, other_low, other_high = rest
        mine, theirs = one[low:high], other[other_low:other_high]
        anchors = _anchors(mine, theirs) if depth < MAX_DEPTH else []
        if anchors:
            found += [(low + i, other_low + j) for i, j in anchors]
            ends = [(-1, -1), *anchors, (len(mine), len(theirs))]
            gaps += [
                ((low + i + 1, low + k, other_low + j + 1, other_low + m), depth + 1)
                for (i, j), (k, m) in pairwise(ends)
            ]
        elif len(mine) * len(theirs) <= MAX_COMPARED:
            blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
            found += [(low + i + n, other_low + j + n) for i, j, size in blocks for n in range(size)]
    return sorted(found)


def _trimmed(one: Sequence[str], other: Sequence[str], span: Span) -> tuple[list[tuple[int, int]], Span]:
    """The equal lines at the beginning and end of a span, and what is left of it between them."""
    low, high, other_low, other_high = span
    pairs = []
    while low < high and other_low < other_high and one[low] == other[other_low]:
        pairs.append((low, other_low))
        low, other_low = low + 1, other_low + 1
    while low < high and other_low < other_high and one[high - 1] == other[other_high - 1]:
        high, other_high = high - 1, other_high - 1
        pairs.append((high, other_high))
    return pairs, (low, high, other_low, other_high)


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The lines that stand once in both: the longest run of them that is in the same order."""
    here, there = _once(one), _once(other)
    pairs = [(place, there[line]) for line, place in here.items() if line in there]
    ends: list[int] = []  # the least place there at which a run of each length may end
    runs: list[tuple[int, int]] = []  # for each pair: the length of its run, and its place in the pairs
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        runs.append((length, number))
    found: list[tuple[int, int]] = []
    wanted = len(ends) - 1
    for length, number in reversed(runs):
        if length == wanted and (not found or pairs[number][1] < found[-1][1]):
            found.append(pairs[number])
            wanted -= 1
    return found[::-1]


def _once(lines: Sequence[str]) -> dict[str, int]:
    counts = Counter(lines)
    return {line: place for place, line in enumerate(lines) if counts[line] == 1}


def difference(old: str, new: str, most: int = MAX_SHOWN) -> Difference:
    """What was taken out of a text and put into it; of more than `most` changed lines the first are shown."""
    before, after = old.split("\n"), new.split("\n")
    spans = _changed(before, after)
    removed = sum(high - low for low, high, _, _ in spans)
    added = sum(high - low for _, _, low, high in spans)
    runs = _runs(before, after, spans, most)
    shown = sum(line.change != "same" for run in runs for line in run)
    return Difference(added, removed, tuple(map(tuple, runs)), added + removed - shown)


def _runs(before: Sequence[str], after: Sequence[str], spans: Sequence[Span], most: int) -> list[list[DiffLine]]:
    """The lines of the spans with `CONTEXT` lines around each; those that come close are one run."""
    runs: list[list[DiffLine]] = []
    end = -1  # where the last run ends in the new text
    nexts = [*(span[2] for span in spans[1:]), len(after)]
    for (low, high, new_low, new_high), following in zip(spans, nexts, strict=False):
        if not runs or new_low - CONTEXT > end:
            runs.append([])
            end = max(0, new_low - CONTEXT)
        gone = [DiffLine("removed", n + 1, before[n]) for n in range(low, min(high, low + most))]
        most -= len(gone)
        come = [DiffLine("added", n + 1, after[n]) for n in range(new_low, min(new_high, new_low + most))]
        most -= len(come)
        runs[-1] += [*_kept(after, end, new_low), *gone, *come]
        if most <= 0:
            break
        end = min(new_high + CONTEXT, following)
        runs[-1] += _kept(after, new_high, end)
    return runs


def _changed(before: Sequence[str], after: Sequence[str]) -> list[Span]:
    """The spans that differ, in order."""
    pairs = [(-1, -1), *common_lines(before, after), (len(before), len(after))]
    spans = ((i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(pairs))
    return [span for span in spans if span[0] < span[1] or span[2] < span[3]]


def _kept(after: Sequence[str], low: int, high: int) -> list[DiffLine]:
    return [DiffLine("same", n + 1, after[n]) for n in range(low, high)]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of a text in one; None where they touch the same lines, or lines beside each other (diff3)."""
    old, one, other = base.split("\n"), mine.split("\n"), theirs.split("\n")
    in_mine, in_theirs = dict(common_lines(old, one)), dict(common_lines(old, other))
    kept = [place for place in in_mine if place in in_theirs]
    lines: list[str] = []
    i = j = k = 0
    for place in [*kept, len(old)]:
        here, there = in_mine.get(place, len(one)), in_theirs.get(place, len(other))
        chosen = _chosen(old[i:place], one[j:here], other[k:there])
        if chosen is None:
            return None
        lines += [*chosen, *old[place : place + 1]]
        i, j, k = place + 1, here + 1, there + 1
    return "\n".join(lines)


def _chosen(old: list[str], one: list[str], other: list[str]) -> list[str] | None:
    """Whose lines stand between two that all three texts have."""
    if one in (old, other):
        return other
    return one if other == old else None
