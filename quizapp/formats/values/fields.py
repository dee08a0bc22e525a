"""Values that somebody else wrote, asked for by name: what is missing has a default, another kind is an error."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from quizapp.errors import QuizappError

NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?(?:[eE][-+]?\d{1,2})?")


class WrongValue(QuizappError):
    """A value is missing, or of another kind than it should be."""


class Digits(str):
    """A number as it was written: so none is rounded, or grows beyond all bounds, before it is looked at."""

    __slots__ = ()


class Fields:
    """An object with names; `place` is what it is called in messages. It remembers which names were asked for."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, Mapping):
            raise WrongValue(f"{place} is no object.")
        self.values: Mapping[str, Any] = values
        self.place = place
        self.asked: set[str] = set()
        self.inner: list[Fields] = []

    def _get(self, name: str, default: Any) -> Any:
        self.asked.add(name)
        found = self.values.get(name)
        if found is None and default is None:
            raise WrongValue(f"{self.place} has no `{name}`.")
        return default if found is None else found

    def text(self, name: str, default: str | None = "") -> str:
        """A text. Raises WrongValue; also where it is missing, if `default` is None."""
        found = self._get(name, default)
        if not isinstance(found, str) or isinstance(found, Digits):
            raise WrongValue(f"`{name}` of {self.place} is no text.")
        return found

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        found = self._get(name, default)
        if not isinstance(found, bool):
            raise WrongValue(f"`{name}` of {self.place} is neither true nor false.")
        return found

    def number(self, name: str, default: int | None = None) -> Fraction:
        """A number, or a text that is one."""
        found = self._get(name, default)
        return self._number(name, found)

    def _number(self, name: str, found: object) -> Fraction:
        written = str(found) if isinstance(found, int | str) and not isinstance(found, bool) else ""
        if not NUMBER.fullmatch(written):
            raise WrongValue(f"`{name}` of {self.place} is no number.")
        return Fraction(written)

    def share(self, name: str, default: int | None = None) -> Fraction:
        """A number from 0 to 1."""
        found = self.number(name, default)
        if not 0 <= found <= 1:
            raise WrongValue(f"`{name}` of {self.place} is not from 0 to 1.")
        return found

    def numbers(self, name: str) -> list[Fraction]:
        """A list of numbers; none where it is missing."""
        return [self._number(name, one) for one in self._list(name)]

    def texts(self, name: str) -> list[str]:
        """A list of texts; none where it is missing."""
        found = self._list(name)
        if not all(isinstance(one, str) and not isinstance(one, Digits) for one in found):
            raise WrongValue(f"`{name}` of {self.place} is no list of texts.")
        return [str(one) for one in found]

    def objects(self, name: str) -> list["Fields"]:
        """A list of objects; none where it is missing."""
        found = [Fields(one, f"{name}[{at}] of {self.place}") for at, one in enumerate(self._list(name), start=1)]
        self.inner += found
        return found

    def _list(self, name: str) -> Sequence[Any]:
        found = self._get(name, [])
        if not isinstance(found, list):
            raise WrongValue(f"`{name}` of {self.place} is no list.")
        return found

    def unknown(self) -> list[str]:
        """Names that nobody asked for, here and in the objects that were."""
        own = [f"`{name}` of {self.place}" for name in self.values if name not in self.asked]
        return own + [name for fields in self.inner for name in fields.unknown()]
