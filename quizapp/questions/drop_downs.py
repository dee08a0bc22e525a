"""Drop-downs: blanks that offer texts to choose from, `[[( ) Edge | (x) EOP]]`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quizapp.questions.base import NOT_OFFERED, Answer, Mark, Response, plain
from quizapp.questions.choices import MAX_SHOWN, credit_of
from quizapp.questions.guesses import Guesses, counted
from quizapp.questions.pairing import paired
from quizapp.source.inlines import plain_text, read_inlines
from quizapp.source.report import Report


@dataclass(frozen=True, slots=True)
class Option:
    """A text that is offered, and what it earns."""

    text: str
    credit: Fraction


@dataclass(frozen=True, slots=True)
class DropDown:
    """One of the texts is chosen; they are always offered in the order in which they are written."""

    options: tuple[Option, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The options, in the order in which they are written."""
        return tuple(Answer(typed=option.text, credit=option.credit) for option in self.options)

    @property
    def full_credit(self) -> Fraction:
        """The highest credit of an option."""
        return max((option.credit for option in self.options), default=Fraction(0))

    @property
    def solutions(self) -> tuple[str, ...]:
        """The texts that earn the most."""
        return tuple(option.text for option in self.options if option.credit == self.full_credit > 0)

    @property
    def correct_response(self) -> Response:
        """The first text with the highest credit."""
        return max(self.options, key=lambda option: option.credit).text

    def rekeyed(self, now: "DropDown") -> "DropDown | None":
        """The same texts in the same order, each with its credit of now; None where they cannot be paired."""
        places = paired([plain(one.text) for one in self.options], [plain(one.text) for one in now.options])
        if places is None:
            return None
        credits = [now.options[place].credit for place in places]
        return DropDown(tuple(replace(one, credit=credit) for one, credit in zip(self.options, credits, strict=True)))

    def mark(self, response: Response) -> Mark:
        """The credit of the text that was chosen."""
        if response is None or response == "":
            return Mark("blank")
        credits = [option.credit for option in self.options if option.text == response]
        return Mark("graded", credits[0]) if credits else NOT_OFFERED

    def guesses(self) -> Guesses:
        """Any of the texts."""
        return counted((option.credit, 1) for option in self.options)


def read_drop_down(markers: Sequence[re.Match[str]], places: Sequence[tuple[int, int]], report: Report) -> DropDown:
    """The options that stand behind their markers, each at its place; what is wrong with one is reported."""
    options = [_read_option(marker, place, report) for marker, place in zip(markers, places, strict=True)]
    if len(options) == 1:
        report.add("one-choice", *places[0])
    seen: dict[str, int] = {}
    for option, (line, column) in zip(options, places, strict=True):
        if option.text and option.text in seen:
            report.add("same-choice-twice", line, column, text=option.text[:MAX_SHOWN], other=seen[option.text])
        seen.setdefault(option.text, line)
    return DropDown(tuple(options))


def _read_option(marker: re.Match[str], place: tuple[int, int], report: Report) -> Option:
    written = marker.string[marker.end() :]
    text = " ".join(plain_text(read_inlines(written, {}), lambda raw: raw).split())
    if not text:
        report.add("empty-choice", *place, what="choice")
    return Option(text, credit_of(marker["inside"], place, report))
