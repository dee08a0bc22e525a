"""Ordering: a numbered list in the right order; the learner brings its lines back into it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, permutations
from math import factorial, prod
from typing import ClassVar, Self

from quizapp.questions.arrangements import guessed_order
from quizapp.questions.base import (
    NO_PROSE,
    NOT_OFFERED,
    Answer,
    Control,
    Mark,
    Outcome,
    QuestionType,
    Reading,
    Response,
    Shuffles,
    label_of,
    rule_of,
)
from quizapp.questions.controls import Arranging
from quizapp.questions.guesses import Guesses, counted
from quizapp.questions.items import Item, read_item, report_count, write_item
from quizapp.questions.pairing import paired
from quizapp.source.blocks import Block

MAX_TRIED = 6  # lines; more of them with equal ones are guessed by a bound
NOT_AN_ORDER = Mark("invalid", trouble="not-an-order")


def _lcs(order: Sequence[int]) -> Fraction:
    """The longest run of lines in the right order, gaps allowed; one line alone is in order by itself, and earns 0."""
    return Fraction(len(longest_chain(order)) - 1, len(order) - 1)


def _exact(order: Sequence[int]) -> Fraction:
    return Fraction(list(order) == sorted(order))


def _pairs(order: Sequence[int]) -> Fraction:
    """Pairs of lines in the right order, less those in the wrong one, over all pairs (Kendall's tau, 0 at least)."""
    signs = [1 if first < second else -1 for first, second in combinations(order, 2)]
    return max(Fraction(0), Fraction(sum(signs), len(signs)))


# How an order (written positions as they were placed) becomes credit.
ORDER_RULES: dict[str, Callable[[Sequence[int]], Fraction]] = {"lcs": _lcs, "exact": _exact, "pairs": _pairs}


@dataclass(frozen=True, slots=True)
class Ordering(QuestionType):
    """Lines are brought into the order in which they are written; equal lines may change places.

    `right` are their written positions in the right order, where that is the key of another version.
    """

    name: ClassVar[str] = "order"
    title: ClassVar[str] = "Ordering"
    word: ClassVar[str] = "order"
    wants: ClassVar[str] = "a numbered list in the right order"
    marking: ClassVar[str] = (
        "By the rule `credit=`: the longest run in the right order (`lcs`), all or nothing (`exact`), or pairs in the "
        "right order (`pairs`); untouched is blank."
    )
    rules: ClassVar[tuple[str, ...]] = tuple(ORDER_RULES)
    shuffles: ClassVar[Shuffles] = "always"
    key_is_an_order: ClassVar[bool] = True
    example: ClassVar[str] = """
## Put the commands of an SMTP session in order {#smtp-order .order}

1. EHLO
2. MAIL FROM
3. RCPT TO
   > A server may refuse a recipient before it has seen the message.
4. DATA
"""
    items: tuple[Item, ...]
    rule: str = "lcs"
    right: tuple[int, ...] = field(default=(), compare=False)

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A numbered list."""
        return block.kind == "list" and block.marker in ".)"

    @classmethod
    def lacks(cls, block: Block) -> str:
        """Numbers."""
        return "begins a list with bullets: number its lines, in the right order" if block.kind == "list" else ""

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the lines and `credit=`."""
        errors = reading.report.errors
        [block] = blocks
        items = [read_item(item, reading) for item in block.children]
        report_count(block.children, 2, "lines to put in order", reading)
        for item, written in zip(items, block.children, strict=True):
            if not item.content:
                reading.report.add("empty-choice", written.line, written.column, what="line")
        if len({label_of(item.content) for item in items}) == 1 and reading.report.errors == errors and len(items) > 1:
            second = block.children[1]
            text = label_of(items[1].content)
            reading.report.add("same-choice-twice", second.line, second.column, text=text, other=block.line)
        return None if reading.report.errors > errors else cls(tuple(items), rule_of(cls, reading))

    def write(self) -> str:
        """The lines as a numbered list."""
        return "\n".join(
            line for number, item in enumerate(self.items, start=1) for line in write_item(item, f"{number}. ")
        )

    def written_options(self) -> dict[str, str]:
        """`credit=`, when it is not the default."""
        return {} if self.rule == self.rules[0] else {"credit": self.rule}

    @property
    def size(self) -> int:
        """The number of lines."""
        return len(self.items)

    def control(self, order: Sequence[int]) -> Control:
        """A place to choose for each line."""
        return Arranging(tuple(self.items[written - 1].content for written in order), tuple(order))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The lines in the right order."""
        return tuple(Answer(item.content, credit=Fraction(1), feedback=item.feedback) for item in self._lines)

    @property
    def correct_response(self) -> Response:
        """The order as written, or that of another version."""
        return list(self.right or range(1, self.size + 1))

    def rekeyed(self, now: QuestionType) -> "Ordering | None":
        """The same lines at the same places, with the right order, the feedback and the credit rule of now."""
        if not isinstance(now, Ordering):
            return None
        lines = now._lines
        places = paired([item.content for item in self.items], [item.content for item in lines])
        if places is None:
            return None
        items = tuple(replace(lines[at], content=item.content) for item, at in zip(self.items, places, strict=True))
        right = tuple(sorted(range(1, self.size + 1), key=lambda written: places[written - 1]))
        return Ordering(items, now.rule, right)

    def mark(self, response: Response) -> Mark:
        """Credit by the rule; what is no order of all lines is invalid."""
        if response is None or response == []:
            return Mark("blank")
        if not isinstance(response, list) or not all(type(one) is int for one in response):
            return NOT_OFFERED
        if sorted(map(int, response)) != list(range(1, self.size + 1)):
            return NOT_AN_ORDER
        order = self._told_together(response)
        chain = self._in_order(order)
        astray = [self._lines[one - 1].feedback for one in order if one not in chain]
        return Mark("graded", ORDER_RULES[self.rule](order), tuple(feedback for feedback in astray if feedback))

    def guesses(self) -> Guesses:
        """Any order, be it the one that is shown first; put too high where more than 6 lines have equal ones."""
        twins = prod(factorial(number) for number in Counter(label_of(item.content) for item in self.items).values())
        if twins == 1 or self.size > MAX_TRIED:
            return guessed_order(self.rule, self.size, twins)
        told_apart = {tuple(self._told_together(list(order))) for order in permutations(range(1, self.size + 1))}
        return counted((ORDER_RULES[self.rule](order), 1) for order in told_apart)

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """What to say beside each line, by the place that it was given; once revealed, which one belongs there."""
        if self.mark(response).status != "graded":
            return {}
        order = self._told_together(response)
        chain = self._in_order(order)
        return {
            place: self._outcome(place, written, written in chain, revealed)
            for place, written in enumerate(order, start=1)
        }

    def _outcome(self, place: int, written: int, is_in_order: bool, revealed: bool) -> Outcome:
        item, belongs = self._lines[written - 1], self._lines[place - 1].content
        return Outcome(
            verdict="right" if is_in_order else "wrong",
            feedback=item.feedback if revealed or not is_in_order else NO_PROSE,
            content=item.content,
            answer=belongs if revealed and label_of(belongs) != label_of(item.content) else NO_PROSE,
        )

    def _in_order(self, order: Sequence[int]) -> frozenset[int]:
        """The lines that are in the right order to each other; one alone is not."""
        chain = longest_chain(order)
        return chain if len(chain) > 1 else frozenset()

    def _told_together(self, response: Response) -> list[int]:
        """The order as places in the right one, in which of equal lines the one that belongs first comes first."""
        rank = {written: place for place, written in enumerate(self.right, start=1)}
        order = [rank.get(int(one), int(one)) for one in response] if isinstance(response, list) else []
        lines, equal = self._lines, defaultdict[str, list[int]](list)
        for place in sorted(order, reverse=True):
            equal[label_of(lines[place - 1].content)].append(place)
        return [equal[label_of(lines[place - 1].content)].pop() for place in order]

    @property
    def _lines(self) -> tuple[Item, ...]:
        """The lines in the right order."""
        return tuple(self.items[written - 1] for written in self.right) or self.items


def longest_chain(order: Sequence[int]) -> frozenset[int]:
    """A longest run of rising numbers, gaps allowed (patience sorting, C. Schensted 1961)."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in order:
        place = bisect_left(tops, number)
        before[number] = tops[place - 1] if place else None
        tops[place : place + 1] = [number]
    chain: list[int] = []
    last: int | None = tops[-1] if tops else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return frozenset(chain)
