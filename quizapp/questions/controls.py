"""The inputs of questions: what a form shows, and what its values mean. None holds anything that tells the key."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quizapp.errors import NotOffered
from quizapp.questions.base import Control, Prose, Response, label_of, positions

PAIR = re.compile(r"([1-9][0-9]{0,3})\.([1-9][0-9]{0,3})")
WORDS, NUMBER = '"some words"', '"12,3 ms"'  # what is typed, as JSON
NOT_ON_THE_FORM = "One of the answers sent is not among those offered. Choose again."


@dataclass(frozen=True, slots=True)
class Choosing(Control):
    """Choices in drawn order, of which one is taken, or several; `order` maps each to its written position."""

    choices: tuple[Prose, ...]
    order: tuple[int, ...] = field(repr=False)
    takes_many: bool = False

    @property
    def name(self) -> str:
        """Radio buttons or boxes."""
        return "choose_many" if self.takes_many else "choose_one"

    @property
    def takes(self) -> str:
        """A position, or a list of them."""
        last = len(self.choices)
        if self.takes_many:
            return f"a list of the positions that are ticked, from 1 to {last}, such as `[1, {last}]`"
        return f"the position of one choice, from 1 to {last}, such as `{last}`"

    def read(self, values: Sequence[str]) -> Response:
        """Drawn positions to written ones."""
        offered = {str(drawn): written for drawn, written in enumerate(self.order, start=1)}
        if any(value not in offered for value in values):
            raise NotOffered(NOT_ON_THE_FORM)
        written = sorted({offered[value] for value in values})
        if self.takes_many:
            return written or None
        if len(written) > 1:
            raise NotOffered("This question takes one choice. Choose again.")
        return written[0] if written else None

    def values(self, response: Response) -> tuple[str, ...]:
        """Written positions to drawn ones."""
        chosen = positions(response)
        return tuple(str(drawn) for drawn, written in enumerate(self.order, start=1) if written in chosen)


@dataclass(frozen=True, slots=True)
class Typing(Control):
    """A line to type in; `needs_unit` is True where a number without a unit is asked back."""

    name: Literal["type_text", "type_number"]
    needs_unit: bool = False

    @property
    def takes(self) -> str:
        """A text."""
        return f"what is typed, in quotes, such as `{WORDS if self.name == 'type_text' else NUMBER}`"

    def read(self, values: Sequence[str]) -> Response:
        """What was typed, without white space around it."""
        return "".join(values[:1]).strip() or None

    def values(self, response: Response) -> tuple[str, ...]:
        """What was typed."""
        return (response,) if isinstance(response, str) else ()


@dataclass(frozen=True, slots=True)
class Input:
    """One blank: a list of `options` to choose from, or a line to type in where there are none."""

    options: tuple[str, ...] = ()

    def read(self, value: str) -> str:
        """What was typed, or the option at a place from 1; empty for nothing. Raises NotOffered for another place."""
        if not self.options or not value:
            return value.strip()
        offered = {str(place): option for place, option in enumerate(self.options, start=1)}
        if value not in offered:
            raise NotOffered(NOT_ON_THE_FORM)
        return offered[value]

    def value(self, text: str) -> str:
        """The value that `read` turns into this text."""
        if not self.options:
            return text
        return str(self.options.index(text) + 1) if text in self.options else ""


@dataclass(frozen=True, slots=True)
class FillingIn(Control):
    """A text with a placeholder for each of the `inputs`, which are `width` characters wide.

    The values are those of the inputs, in their order; `needs_unit` is True where a number without a unit is asked
    back.
    """

    text: Prose
    inputs: tuple[Input, ...]
    width: int
    needs_unit: bool = False

    @property
    def name(self) -> str:
        """Inputs in a text."""
        return "fill_in"

    @property
    def takes(self) -> str:
        """A list of texts."""
        such = [one.options[0] if one.options else "25" for one in self.inputs]
        return f"a list with the text of each blank, such as `{json.dumps(such, ensure_ascii=False)}`"

    def read(self, values: Sequence[str]) -> Response:
        """The text in each blank."""
        if values and len(values) != len(self.inputs):
            raise NotOffered(NOT_ON_THE_FORM)
        texts = [one.read(value) for one, value in zip(self.inputs, values, strict=False)]
        return texts if any(texts) else None

    def values(self, response: Response) -> tuple[str, ...]:
        """The value of each input."""
        given = response if isinstance(response, list) and len(response) == len(self.inputs) else []
        return tuple(one.value(text) for one, text in zip(self.inputs, map(str, given), strict=False))


@dataclass(frozen=True, slots=True)
class Writing(Control):
    """An area to write in; `text` is what stands there at first."""

    name: Literal["write_text", "write_zone"]
    text: str = ""

    @property
    def takes(self) -> str:
        """A text."""
        return f"what is written, in quotes, such as `{WORDS}`"

    def read(self, values: Sequence[str]) -> Response:
        """What was written, its lines ended by a line feed; white space around it is kept but for the end.

        What stood there at first is blank, whatever was done to its white space.
        """
        written = "".join(values[:1]).replace("\r\n", "\n").replace("\r", "\n").rstrip()
        return written if written.split() not in ([], self.text.split()) else None

    def values(self, response: Response) -> tuple[str, ...]:
        """What was written."""
        return (response,) if isinstance(response, str) else ()


@dataclass(frozen=True, slots=True)
class Pairing(Control):
    """Lines, for each of which one of the options is taken; both in drawn order.

    `row_order` maps the lines to their written positions; `heads` stand above lines and options. A value is
    `line.option`, by drawn positions, so that the order of the values means nothing; an empty one leaves a line open.
    """

    rows: tuple[Prose, ...]
    options: tuple[Prose, ...]
    row_order: tuple[int, ...] = field(repr=False)
    heads: tuple[Prose, ...] = ()

    @property
    def name(self) -> str:
        """A list of options beside each line."""
        return "pair"

    @property
    def takes(self) -> str:
        """An object, from lines to options."""
        example = {label_of(self.rows[0]): label_of(self.options[-1])}
        return (
            f"an object in which each line names its option, such as `{_json(example)}`. The lines are "
            f"{_quoted(self.rows)}, the options {_quoted(self.options)}"
        )

    def read(self, values: Sequence[str]) -> Response:
        """The texts of the lines, each with that of its option."""
        given: dict[str, str] = {}
        for row, option in _pairs(values, len(self.rows), len(self.options)):
            if given.setdefault(label_of(self.rows[row]), label_of(self.options[option])) != label_of(
                self.options[option]
            ):
                raise NotOffered("A line takes one option. Choose again.")
        return given or None

    def values(self, response: Response) -> tuple[str, ...]:
        """The value of each line that has an option."""
        given = response if isinstance(response, dict) else {}
        names = [label_of(option) for option in self.options]
        return tuple(
            f"{row}.{names.index(given[label_of(line)]) + 1}"
            for row, line in enumerate(self.rows, start=1)
            if given.get(label_of(line)) in names
        )


@dataclass(frozen=True, slots=True)
class Arranging(Control):
    """Lines in drawn order, each of which gets a place; `row_order` maps them to their written positions.

    A value is `line.place`, empty where a line has none yet. Lines that do not all have a place of their own make a
    response that is asked back.
    """

    rows: tuple[Prose, ...]
    row_order: tuple[int, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """A place to choose beside each line, and buttons to move it."""
        return "arrange"

    @property
    def takes(self) -> str:
        """A list of positions, each once."""
        last = len(self.rows)
        return (
            f"the list of all positions as they are ordered, each from 1 to {last} once, such as "
            f"`{_json([last, *range(1, last)])}`"
        )

    def read(self, values: Sequence[str]) -> Response:
        """The written positions of the lines, in the order of their places."""
        placed = sorted((place, row) for row, place in _pairs(values, len(self.rows), len(self.rows)))
        return [self.row_order[row] for _, row in placed] if self._are_places(placed) else self._open(placed)

    def _are_places(self, placed: Sequence[tuple[int, int]]) -> bool:
        return [place for place, _ in placed] == list(range(len(self.rows)))

    def _open(self, placed: Sequence[tuple[int, int]]) -> Response:
        """What no order is; blank when nothing was touched."""
        return [0] if placed else None

    def values(self, response: Response) -> tuple[str, ...]:
        """The place of each line."""
        given = [one for one in response if isinstance(one, int)] if isinstance(response, list) else []
        if given != response or sorted(given) != sorted(self.row_order):
            return ()
        places = {written: place for place, written in enumerate(given, start=1)}
        return tuple(f"{row}.{places[written]}" for row, written in enumerate(self.row_order, start=1))


def _pairs(values: Sequence[str], rows: int, columns: int) -> list[tuple[int, int]]:
    """The values as pairs of positions from 0. Raises NotOffered for any that the form did not offer."""
    found = [PAIR.fullmatch(value) for value in values if value]
    pairs = [(int(pair[1]) - 1, int(pair[2]) - 1) for pair in found if pair]
    if len(pairs) < len(found) or not all(row < rows and column < columns for row, column in pairs):
        raise NotOffered(NOT_ON_THE_FORM)
    return pairs


def _quoted(contents: Iterable[Prose]) -> str:
    return ", ".join(_json(label_of(one)) for one in contents)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
