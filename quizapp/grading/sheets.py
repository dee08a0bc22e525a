"""A question as it lies before somebody who sees no more than a form shows, and how an answer fills that form in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quizapp.questions.base import Control, Prose, Question, label_of
from quizapp.questions.controls import Arranging, Choosing, FillingIn, Pairing, Typing

Kind = Literal["one", "many", "pair", "order", "fill", "typed", "written"]
# What goes into each field, by their places from 0: the place of an option, or what is typed. Others stay open.
Answer = Mapping[int, int | str]


@dataclass(frozen=True, slots=True)
class Field:
    """Something to choose or type: what stands beside it, and the options; none where it is typed."""

    name: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question in drawn order, in words. `key` names it, so that it is known again.

    One of choices is one field; of boxes each is one, with itself for its option; of an order each place.
    """

    key: str
    kind: Kind
    prompt: str
    fields: tuple[Field, ...]

    def values(self, answer: Answer) -> list[str]:
        """What a form sends."""
        if self.kind == "one":
            return [str(option + 1) for option in answer.values() if isinstance(option, int)]
        if self.kind == "many":
            return [str(box + 1) for box in answer]
        if self.kind == "pair":
            return [f"{line + 1}.{option + 1}" for line, option in answer.items() if isinstance(option, int)]
        if self.kind == "order":
            return [f"{line + 1}.{place + 1}" for place, line in answer.items() if isinstance(line, int)]
        texts = [answer.get(place, "") for place in range(len(self.fields))]
        filled = [str(one + 1) if isinstance(one, int) else one for one in texts]
        return filled if any(filled) else []

    def in_words(self, answer: Answer) -> frozenset[tuple[str, str]]:
        """What was answered, so that it means the same in every order."""
        return frozenset(
            (self.fields[place].name, self.fields[place].options[one] if isinstance(one, int) else one)
            for place, one in answer.items()
        )


@lru_cache(maxsize=10_000)
def _shown(prose: Prose) -> str:
    """Prose in words; read once, since a simulation shows a question many times."""
    return label_of(prose)


def sheet_of(question: Question, control: Control) -> Sheet:
    """What is seen of a question, of which `control` is the form."""
    prompt = " ".join(_shown(prose) for prose in (question.heading, question.prompt, question.type.asked) if prose)
    kind, fields = _fields(control)
    return Sheet(question.key, kind, prompt, fields)


def _fields(control: Control) -> tuple[Kind, tuple[Field, ...]]:
    if isinstance(control, Choosing):
        texts = tuple(map(_shown, control.choices))
        if control.takes_many:
            return "many", tuple(Field(text, (text,)) for text in texts)
        return "one", (Field("", texts),)
    if isinstance(control, Pairing):
        options = tuple(map(_shown, control.options))
        return "pair", tuple(Field(_shown(row), options) for row in control.rows)
    if isinstance(control, Arranging):
        lines = tuple(map(_shown, control.rows))
        return "order", tuple(Field(f"place {place}", lines) for place in range(1, len(lines) + 1))
    if isinstance(control, FillingIn):
        return "fill", tuple(Field(f"blank {n}", one.options) for n, one in enumerate(control.inputs, start=1))
    return "typed" if isinstance(control, Typing) else "written", (Field(""),)


def answer_of(sheet: Sheet, values: Sequence[str]) -> Answer:
    """The answer that makes a form send these values."""
    if sheet.kind == "one":
        return dict(zip([0], (int(value) - 1 for value in values), strict=False))
    if sheet.kind == "many":
        return {int(value) - 1: 0 for value in values}
    if sheet.kind in ("pair", "order"):
        pairs = [(int(row) - 1, int(other) - 1) for row, _, other in (value.partition(".") for value in values)]
        return dict(pairs) if sheet.kind == "pair" else {place: row for row, place in pairs}
    return {
        n: int(value) - 1 if field.options else value
        for n, (field, value) in enumerate(zip(sheet.fields, values, strict=False))
        if value
    }


def places_spoken_of(control: Control) -> tuple[int, ...]:
    """For each field, under which position a type speaks of it; 0 where it speaks of what was chosen."""
    if isinstance(control, Choosing):
        return control.order if control.takes_many else (0,)
    if isinstance(control, Pairing):
        return control.row_order
    if isinstance(control, FillingIn):
        return tuple(range(1, len(control.inputs) + 1))
    return ()  # of a line in an order is said whether it is in order with others, which is not its place
