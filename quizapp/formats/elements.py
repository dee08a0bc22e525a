"""XML of exchange formats as a tree with lines: bounded, without entities, in the encoding that it declares."""

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MAX_XML = 16 * 1024 * 1024  # bytes of one document
MAX_ELEMENTS, DEEPEST = 200_000, 60
BEGINNING = 65_536  # bytes in which the root stands
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")


MAX_IN_PACKAGE = 400_000  # elements of all documents of a package
IN_A_QUESTION, MAX_IN_LONG = 60, 600_000  # elements, where more questions than usual are read


@dataclass(slots=True)
class Room:
    """How many elements of a source may still be read."""

    left: int = MAX_ELEMENTS
    most: int = MAX_ELEMENTS  # of one document

    @classmethod
    def of(cls, questions: int) -> "Room":
        """Room for a document of so many questions."""
        most = min(max(MAX_ELEMENTS, IN_A_QUESTION * questions), MAX_IN_LONG)
        return cls(most, most)


class BadXml(Exception):
    """A document that cannot be read: why, as a sentence with its place."""


@dataclass(slots=True)
class Element:
    """An element: its name without namespace, its attributes, what stands in it, and its line."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    content: list["Element | str"] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    @property
    def text(self) -> str:
        """What stands in it as text, not in its children."""
        return "".join(part for part in self.content if isinstance(part, str))

    @property
    def inner(self) -> str:
        """What stands in it as HTML: text that holds tags as it is; elements as tags, text beside them escaped."""
        if not self.children:
            return self.text
        return "".join(html.escape(part, quote=False) if isinstance(part, str) else part.outer for part in self.content)

    @property
    def outer(self) -> str:
        """The element as HTML."""
        attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in self.attributes.items())
        parts = (html.escape(part, quote=False) if isinstance(part, str) else part.outer for part in self.content)
        return f"<{self.tag}{attributes}>{''.join(parts)}</{self.tag}>"

    def all(self, *tags: str) -> list["Element"]:
        """The children of these names."""
        return [child for child in self.children if child.tag in tags]

    def first(self, *path: str) -> "Element | None":
        """The element at the end of a path of names, the first at each step."""
        found: Element | None = self
        for tag in path:
            found = next((child for child in found.children if child.tag == tag), None) if found else None
        return found

    def said(self, *path: str) -> str:
        """The text at the end of a path; empty where there is nothing."""
        found = self.first(*path)
        return found.text.strip() if found else ""

    def walk(self) -> Iterator["Element"]:
        """It and everything in it, in the order of the document."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += reversed(element.children)

    def find(self, *tags: str) -> list["Element"]:
        """Every element of these names in it, at any depth."""
        return [element for element in self.walk() if element.tag in tags and element is not self]

    def outermost(self, tag: str) -> list["Element"]:
        """Every element of a name in it that stands in no other of that name."""
        stack, found = list(reversed(self.children)), list[Element]()
        while stack:
            element = stack.pop()
            if element.tag == tag:
                found.append(element)
            else:
                stack += reversed(element.children)
        return found


def read_xml(data: bytes, room: Room | None = None) -> Element:
    """The root of a document; `room` is what is left of that of its source. Raises BadXml."""
    if len(data) > MAX_XML:
        raise BadXml(f"this has more than {MAX_XML // 1024 // 1024} MiB. Export it in parts.")
    if not data.strip():
        raise BadXml("this file is empty. Export it again.")
    _require_known_encoding(data)
    grower = _Grower(room or Room())
    parser = DefusedXMLParser(target=grower, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    grower.parser = parser.parser
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise BadXml(f"line {_line(parser)}: it declares entities of its own, which are not read.") from None
    except ParseError as error:
        raise BadXml(_told(error)) from None
    except (ValueError, LookupError, RecursionError) as error:
        raise BadXml(f"line {_line(parser)}: it cannot be read: {error}. Export it again.") from None
    if grower.root is None:
        raise BadXml("there is nothing in it. Export it again.")
    return grower.root


def root_tag(data: bytes) -> str:
    """The name of the root of a document, told by its beginning; empty where that is none."""
    grower = _Grower(Room())
    parser = DefusedXMLParser(target=grower, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    with suppress(DefusedXmlException, ParseError, ValueError, LookupError):  # the root came before that, or never
        parser.feed(data[:BEGINNING].lstrip())
    return grower.root.tag if grower.root else ""


def _require_known_encoding(data: bytes) -> None:
    declared = DECLARED.match(data[:200])
    if not declared:
        return
    name = declared[1].decode("ascii", "replace")
    try:
        "é".encode(name, "replace")
    except (LookupError, UnicodeError):
        raise BadXml(f"line 1: the encoding “{name}” is not known. Save it as UTF-8.") from None


def _line(parser: DefusedXMLParser) -> int:
    return int(parser.parser.CurrentLineNumber)


def _told(error: ParseError) -> str:
    line, column = error.position
    what = re.sub(r": line \d+, column \d+$", "", str(error))
    return f"line {line}, column {column + 1}: this is not well-formed XML: {what}. Export it again, or mend that line."


class _Grower:
    """Takes what the parser finds."""

    def __init__(self, room: Room) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count, self.room = 0, room
        self.parser: object = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.count += 1
        self.room.left -= 1
        if self.count > self.room.most or len(self.open) >= DEEPEST:
            raise ValueError(f"it has more than {self.room.most} elements, or more than {DEEPEST} in each other")
        if self.room.left < 0:
            raise ValueError("so many elements stand in the files before it that no more are read")
        bare = {_local(name): value for name, value in attributes.items()}
        element = Element(_local(tag), bare, getattr(self.parser, "CurrentLineNumber", 0))
        if self.open:
            self.open[-1].children.append(element)
            self.open[-1].content.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, tag: str) -> None:
        """The element ends that began last."""
        self.open.pop()

    def data(self, text: str) -> None:
        """Text in it."""
        if self.open:
            self.open[-1].content.append(text)

    def close(self) -> Element | None:
        """The document ends."""
        return self.root


def _local(name: str) -> str:
    return name.rpartition("}")[2]
