"""XML to one tree for all versions of QTI: `choiceInteraction` and `qti-choice-interaction` have one name here.

The names of QTI are lower case without hyphens and without `qti-`; those of HTML stay what they are. No entity
is read, and the depth and number of elements are bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

MAX_DEPTH, MAX_ELEMENTS = 64, 50_000
DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
READ = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "iso-8859-15", "latin-1"}


class Unreadable(Exception):
    """A document that cannot be read, and why, as a sentence."""


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes by their names in one form, what is in it, and its line."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    line: int = 0

    def get(self, name: str, default: str = "") -> str:
        """An attribute, white space around it apart."""
        return self.attributes.get(name, default).strip()

    @property
    def nodes(self) -> list["Node"]:
        """The elements directly in it."""
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, *tags: str) -> list["Node"]:
        """The elements of some names directly in it."""
        return [child for child in self.nodes if child.tag in tags]

    def first(self, tag: str) -> "Node | None":
        """The first element of a name directly in it."""
        return next(iter(self.all(tag)), None)

    def walk(self) -> Iterator["Node"]:
        """It and every element in it, in the order in which they stand."""
        yield self
        for child in self.nodes:
            yield from child.walk()

    def find(self, *tags: str) -> list["Node"]:
        """Every element of some names in it, at any depth."""
        return [node for node in self.walk() if node.tag in tags]

    @property
    def text(self) -> str:
        """All text in it; a picture counts by its description."""
        parts = (child if isinstance(child, str) else child.get("alt") + child.text for child in self.children)
        return "".join(parts)

    @property
    def words(self) -> str:
        """Its text, white space as single spaces."""
        return " ".join(self.text.split())


class _Builder:
    """Grows the tree while the parser reads."""

    def __init__(self) -> None:
        self.parser: DefusedXMLParser | None = None
        self.top = Node("")
        self.open = [self.top]
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        line = self.parser.parser.CurrentLineNumber if self.parser else 0
        self.count += 1
        if len(self.open) > MAX_DEPTH:
            raise Unreadable(f"line {line}: elements stand in each other more than {MAX_DEPTH} deep. It is not read.")
        if self.count > MAX_ELEMENTS:
            raise Unreadable(f"line {line}: there are more than {MAX_ELEMENTS} elements. Give it in parts.")
        named = {_name(name): value for name, value in attributes.items()}
        node = Node(_name(tag), named, line=line)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.open.pop()

    def data(self, text: str) -> None:
        """Text stands here."""
        self.open[-1].children.append(text)

    def close(self) -> Node:
        """The root."""
        return self.top.nodes[0]


def _name(written: str) -> str:
    """One name for what versions write differently."""
    local = written.rpartition("}")[2]
    if local.startswith("data-"):
        return local.lower()
    return local.removeprefix("qti-").replace("-", "").lower()


def read_tree(data: bytes) -> Node:
    """The tree of a document. Raises Unreadable."""
    declared = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    if declared and declared[1].decode("ascii").lower() not in READ:
        raise Unreadable(f"it is written in {declared[1].decode('ascii')}. Save it as UTF-8.")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    builder.parser = parser
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise Unreadable("it declares entities of its own, which are not read. Take the declaration out.") from None
    except ParseError as error:
        raise Unreadable(f"line {error.position[0]}: this is not well-formed XML: {_reason(error)}. Mend it.") from None
    except (ValueError, LookupError):
        raise Unreadable("its encoding cannot be read. Save it as UTF-8.") from None
    return builder.close()


def _reason(error: ParseError) -> str:
    return str(error).partition(":")[0]
