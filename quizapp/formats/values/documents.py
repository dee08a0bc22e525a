"""A JSON document with a list of questions, and the line on which each begins."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from quizapp.errors import QuizappError
from quizapp.formats.values.fields import Digits

SPACE = re.compile(r"[ \t\r\n]*")
MAX_DEPTH = 32
LIST = "questions"


class BrokenDocument(QuizappError):
    """A text is no JSON, or not the object that was expected."""


@dataclass(frozen=True, slots=True)
class Element:
    """One entry of the list, and its first and last line."""

    value: Any
    line: int
    end: int


@dataclass(slots=True)
class Document:
    """The names beside the list, and its entries."""

    head: dict[str, Any] = field(default_factory=dict)
    elements: list[Element] = field(default_factory=list)


def read_document(text: str) -> Document:
    """Read an object that holds a list of questions. Raises BrokenDocument, with the line."""
    return _Reader(text).read()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self.decoder = json.JSONDecoder(
            parse_float=Digits, parse_int=Digits, parse_constant=_no_constant, object_pairs_hook=self._once
        )

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(name for at, (name, _) in enumerate(pairs) if name in dict(pairs[:at]))
            raise BrokenDocument(f"`{twice[:40]}` stands twice in one object. Leave one of them.")
        return found

    def read(self) -> Document:
        self._require_flat()
        document = Document()
        self._take("{")
        while not self._is_next("}"):
            name = self._value()
            self._take(":")
            if name == LIST:
                document.elements = self._elements()
            else:
                document.head[str(name)] = self._value()
            if not self._is_next("}"):
                self._take(",")
        self.position += 1
        if self._rest():
            self._fail("more follows after the end")
        return document

    def _require_flat(self) -> None:
        """Refuse what is nested so deeply that it is no list of questions."""
        depth = 0
        for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', self.text, re.DOTALL):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
            if depth > MAX_DEPTH:
                self.position = found.start()
                self._fail(f"more than {MAX_DEPTH} levels are nested")

    def _elements(self) -> list[Element]:
        elements = []
        self._take("[")
        while not self._is_next("]"):
            line = self._line()
            value = self._value()
            elements.append(Element(value, line, self._line()))
            if not self._is_next("]"):
                self._take(",")
        self.position += 1
        return elements

    def _rest(self) -> bool:
        found = SPACE.match(self.text, self.position)
        self.position = found.end() if found else self.position
        return self.position < len(self.text)

    def _is_next(self, sign: str) -> bool:
        self._rest()
        return self.text.startswith(sign, self.position)

    def _take(self, sign: str) -> None:
        if not self._is_next(sign):
            self._fail(f"a `{sign}` is missing")
        self.position += 1

    def _value(self) -> Any:
        self._rest()
        try:
            value, self.position = self.decoder.raw_decode(self.text, self.position)
        except json.JSONDecodeError as error:
            self.position = error.pos
            self._fail("it cannot be read from here on")
        except BrokenDocument as error:
            self._fail(str(error).rstrip("."))
        except (ValueError, RecursionError) as error:
            self._fail(str(error))
        return value

    def _line(self) -> int:
        return self.text.count("\n", 0, self.position) + 1

    def _fail(self, what: str) -> NoReturn:
        raise BrokenDocument(f"line {self._line()}: this is no JSON as it is expected: {what}.")
