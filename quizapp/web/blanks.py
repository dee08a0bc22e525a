"""A text with blanks on a page: its pieces, and the input that stands between each and the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from quizapp.questions.base import Control
from quizapp.questions.controls import FillingIn, Input
from quizapp.source.writing import PLACEHOLDER
from quizapp.web.links import linked
from quizapp.web.rows import Option


@dataclass(frozen=True, slots=True)
class BlankField:
    """One input: `value` is what its form holds; it is a list where there are options. `is_wrong`: it is asked back."""

    number: int
    value: str
    options: tuple[Option, ...]
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class BlankText:
    """The text around the inputs, one piece more than there are of those, and their width in characters."""

    pieces: tuple[Markup, ...]
    fields: tuple[BlankField, ...]
    width: int

    @property
    def first_wrong(self) -> int:
        """The number of the first input that is asked back, 1 where none is."""
        return next((field.number for field in self.fields if field.is_wrong), 1)


def blank_text(control: Control, values: Sequence[str], is_missing: bool, about: str) -> BlankText | None:
    """The text of a control with what its form holds; None for another control.

    `about` is the number of the blank that could not be read; where an answer is missing, all are asked back.
    """
    if not isinstance(control, FillingIn):
        return None
    held = dict(enumerate(values, start=1))
    fields = tuple(
        BlankField(number, held.get(number, ""), _options(one), is_missing or str(number) == about)
        for number, one in enumerate(control.inputs, start=1)
    )
    return BlankText(tuple(linked(control.text.html).split(PLACEHOLDER)), fields, control.width)


def _options(one: Input) -> tuple[Option, ...]:
    return tuple(Option(number, text) for number, text in enumerate(one.options, start=1))
