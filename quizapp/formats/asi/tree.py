"""One tree for all versions of QTI: `choiceInteraction` and `qti-choice-interaction` have one name here.

The names of QTI are lower case without hyphens and without `qti-`; those of HTML stay what they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from quizapp.formats.elements import Element, Room, read_xml


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
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.nodes)

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


def _name(written: str) -> str:
    """One name for what versions write differently."""
    return written.lower() if written.startswith("data-") else written.removeprefix("qti-").replace("-", "").lower()


def read_tree(data: bytes, room: Room | None = None) -> Node:
    """The tree of a document; `room` is what is left of that of its source. Raises BadXml."""
    return _node(read_xml(data, room))


def _node(element: Element) -> Node:
    attributes = {_name(name): value for name, value in element.attributes.items()}
    children = [part if isinstance(part, str) else _node(part) for part in element.content]
    return Node(_name(element.tag), attributes, children, element.line)
