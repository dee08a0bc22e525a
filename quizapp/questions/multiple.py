"""Multiple choice: several boxes are ticked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb
from typing import ClassVar, Self

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
    positions,
    rule_of,
)
from quizapp.questions.choices import (
    Choice,
    answers_of,
    begins_answers,
    read_choices,
    rekeyed_choices,
    speak,
    write_choice,
)
from quizapp.questions.controls import Choosing
from quizapp.questions.guesses import Guesses, counted
from quizapp.source.blocks import Block


def _net(hits: int, slips: int, right: int, offered: int) -> Fraction:
    return max(Fraction(0), Fraction(hits - slips, right))


def _exact(hits: int, slips: int, right: int, offered: int) -> Fraction:
    return Fraction(hits == right and not slips)


def _each(hits: int, slips: int, right: int, offered: int) -> Fraction:
    return Fraction(offered - slips - (right - hits), offered) if hits + slips else Fraction(0)


def _hits(hits: int, slips: int, right: int, offered: int) -> Fraction:
    return Fraction(0) if slips else Fraction(hits, right)


# How ticks become credit. `hits` are right boxes ticked, `slips` wrong ones; boxes not scored are left out before.
CREDIT_RULES: dict[str, Callable[[int, int, int, int], Fraction]] = {
    "net": _net,
    "exact": _exact,
    "each": _each,
    "hits": _hits,
}


@dataclass(frozen=True, slots=True)
class MultipleChoice(QuestionType):
    """Any number of boxes are ticked; `rule` names the credit rule."""

    name: ClassVar[str] = "multiple"
    title: ClassVar[str] = "Multiple choice"
    rules: ClassVar[tuple[str, ...]] = tuple(CREDIT_RULES)
    marking: ClassVar[str] = "Ticks earn credit by the rule `credit=`; nothing ticked is blank."
    example: ClassVar[str] = """
## Which two records help receivers to trust a domain's mail? {#trust credit=exact}

- [x] SPF
  > It lists the servers that may send for the domain.
- [x] DKIM
  > It signs each message with the domain's key.
- [ ] PTR
  > It names the host behind an address and belongs to the owner of that address.
"""
    choices: tuple[Choice, ...]
    rule: str = "net"

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A list whose first item begins with `[ ]`, `[x]` or `[~]`."""
        return begins_answers(block, "[")

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the boxes and `credit=`."""
        rule = rule_of(cls, reading)
        choices = read_choices(blocks[0], "[", reading)
        return None if choices is None else cls(choices, rule)

    def write(self) -> str:
        """The boxes as a list."""
        return "\n".join(write_choice(choice, _marker(choice)) for choice in self.choices)

    def written_options(self) -> dict[str, str]:
        """`credit=`, when it is not the default."""
        return {} if self.rule == self.rules[0] else {"credit": self.rule}

    @property
    def size(self) -> int:
        """The number of choices."""
        return len(self.choices)

    def control(self, order: Sequence[int]) -> Control:
        """Boxes to tick."""
        return Choosing(tuple(self.choices[written - 1].content for written in order), tuple(order), takes_many=True)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The choices, in the order in which they are written."""
        return answers_of(self.choices)

    @property
    def correct_response(self) -> Response:
        """All boxes marked `[x]`."""
        return [position for position, choice in enumerate(self.choices, start=1) if choice.credit]

    def accepting(self, response: Response) -> tuple[str, ...]:
        """The boxes that were ticked and not right, or right and not ticked, as such that are not scored."""
        if self.mark(response).status != "graded":
            return ()
        chosen = positions(response)
        astray = [
            choice
            for place, choice in enumerate(self.choices, start=1)
            if choice.scored and bool(choice.credit) != (place in chosen)
        ]
        return tuple(write_choice(replace(choice, feedback=NO_PROSE), "[~]") for choice in astray)

    def rekeyed(self, now: QuestionType) -> "MultipleChoice | None":
        """The same boxes at the same places, each as it is scored now, and the credit rule of now."""
        if not isinstance(now, MultipleChoice):
            return None
        choices = rekeyed_choices(self.choices, now.choices)
        return MultipleChoice(choices, now.rule) if choices else None

    def mark(self, response: Response) -> Mark:
        """Credit by the rule; nothing ticked is blank."""
        if not response:
            return Mark("blank") if response is None or response == [] else NOT_OFFERED
        chosen = positions(response)
        offered = range(1, len(self.choices) + 1)
        if not isinstance(response, list) or not all(type(one) is int and one in offered for one in response):
            return NOT_OFFERED
        scored, right = self._scored()
        credit = self._credit(len(chosen & right), len((chosen & scored) - right))
        taken = [self.choices[position - 1].feedback for position in sorted(chosen)]
        return Mark("graded", credit, tuple(feedback for feedback in taken if feedback))

    def _scored(self) -> tuple[frozenset[int], frozenset[int]]:
        """The positions of the boxes that count, and of those of them that are right."""
        scored = frozenset(position for position, choice in enumerate(self.choices, start=1) if choice.scored)
        return scored, frozenset(position for position in scored if self.choices[position - 1].credit)

    def _credit(self, hits: int, slips: int) -> Fraction:
        scored, right = self._scored()
        return CREDIT_RULES[self.rule](hits, slips, len(right), len(scored)) if right else Fraction(0)

    def guesses(self) -> Guesses:
        """Any of the boxes, one at least: counted by how many right and wrong ones are among them."""
        scored, right = self._scored()
        wrong, others = len(scored) - len(right), len(self.choices) - len(scored)
        return counted(
            (self._credit(hits, slips), comb(len(right), hits) * comb(wrong, slips) * 2**others - (hits + slips == 0))
            for hits in range(len(right) + 1)
            for slips in range(wrong + 1)
        )

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """Verdict and feedback of each ticked box, of all once revealed."""
        return speak(self.choices, response, revealed, survey=not any(c.credit for c in self.choices))


def _marker(choice: Choice) -> str:
    return "[~]" if not choice.scored else "[x]" if choice.credit else "[ ]"
