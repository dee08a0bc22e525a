"""A JSON document with a list of questions, and the line on which each begins."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from quizapp.errors import QuizappError
from quizapp.formats.contract import MAX_ITEMS
from quizapp.formats.values.fields import Digits

SPACE = re.compile(r"[ \t\r\n]*")
# A text that never ends reaches to the end, so that it is searched once.
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
LONE = re.compile("[\ud800-\udfff]")  # half of a character, which JSON can write and no file can hold
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


def read_document(text: str, most: int = MAX_ITEMS) -> Document:
    """Read an object that holds a list of questions, no more than `most`. Raises BrokenDocument, with the line."""
    return _Reader(text, most).read()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _whole(value: Any) -> Any:
    """A value whose texts have no halves of characters."""
    if isinstance(value, dict):
        return {_whole(name): _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return LONE.sub("\N{REPLACEMENT CHARACTER}", value) if type(value) is str else value


class _Reader:
    def __init__(self, text: str, most: int) -> None:
        self.text, self.position, self.most = text, 0, most
        self.line, self.counted = 1, 0  # the line of a position that was asked for, and that position
        self.decoder = json.JSONDecoder(
            parse_float=Digits, parse_int=Digits, parse_constant=_no_constant, object_pairs_hook=self._once
        )

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                raise BrokenDocument(f"`{name[:40]}` stands twice in one object. Leave one of them.")
            found[name] = value
        return found

    def read(self) -> Document:
        self._require_flat()
        document, seen = Document(), set[str]()
        self._take("{")
        while not self._is_next("}"):
            name = str(self._value())
            if name in seen:
                self._fail(f"`{name[:40]}` stands twice. Leave one of them")
            seen.add(name)
            self._take(":")
            if name == LIST:
                document.elements = self._elements()
            else:
                document.head[name] = self._value()
            if not self._is_next("}"):
                self._take(",")
        self.position += 1
        if self._rest():
            self._fail("more follows after the end")
        return document

    def _require_flat(self) -> None:
        """Refuse what is nested so deeply that it is no list of questions."""
        depth = 0
        for found in TOKEN.finditer(self.text):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
            if depth > MAX_DEPTH:
                self.position = found.start()
                self._fail(f"more than {MAX_DEPTH} levels are nested")

    def _elements(self) -> list[Element]:
        elements: list[Element] = []
        self._take("[")
        while not self._is_next("]"):
            if len(elements) == self.most:
                raise BrokenDocument(f"there are more than {self.most} questions in it. Give it in parts.")
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
        return _whole(value)

    def _line(self) -> int:
        self.line += self.text.count("\n", self.counted, self.position)
        self.counted = self.position
        return self.line

    def _fail(self, what: str) -> NoReturn:
        raise BrokenDocument(f"line {self._line()}: this is no JSON as it is expected: {what}.")
