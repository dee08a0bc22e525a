"""HTML to a tree of elements that are known, with the text in them; what cannot be shown is told."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from quizapp.content.sanitise import ATTRIBUTES, MATH, SPANS, TAGS

VOID = frozenset(["br", "hr", "img", "col", "wbr", "input", "embed", "source"])
EMBEDDED = frozenset(["iframe", "video", "audio", "object", "embed", "source"])
OLD = frozenset(["strike", "tt", "font", "center"])
SECTIONS = frozenset(["main", "article", "header", "footer", "nav", "aside"])
ANNOTATED = frozenset(["semantics", "annotation"])  # around a formula, with its TeX
KNOWN = TAGS | EMBEDDED | OLD | SECTIONS | ANNOTATED
KEPT = {
    **ATTRIBUTES,
    "*": {"class", "style", "lang", "dir"},
    "img": {"src", "alt", "width", "height", "data-equation-content"},
    "ol": {"start", "type", "reversed"},
    "font": {"color"},
    "annotation": {"encoding"},
    **{tag: {"src", "data", "title"} for tag in EMBEDDED},
}
NOT_SHOWN = {
    "script": "a script is left out.",
    "style": "a style sheet is left out.",
    "svg": "a drawing (SVG) is left out.",
    "canvas": "a drawing is left out.",
    "input": "a field of a form is left out.",
    "select": "a field of a form is left out.",
    "textarea": "a field of a form is left out.",
    "button": "a button is left out.",
    "map": "the areas of a picture are left out.",
    "marquee": "moving text stands still.",
}
FOUND = re.compile(rf"<({'|'.join(NOT_SHOWN)})[\s/>]", re.IGNORECASE)
NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])")
# Known elements of which only the content is shown, or nothing; they carry no meaning of their own.
WITHOUT_MEANING = (
    "html head body title meta link base form fieldset legend label noscript template option optgroup picture track"
    " param big basefont address hgroup tbody ruby rt rp data search area path g circle rect line"
)
UNSEEN = frozenset(WITHOUT_MEANING.split())
MATH_TAGS = frozenset(MATH.split())
INLINE = frozenset(SPANS.split()) - {"br"} | {"strike", "tt", "font"} | ANNOTATED | MATH_TAGS
CLEANER = nh3.Cleaner(
    tags=set(KNOWN),
    attributes={tag: set(names) for tag, names in KEPT.items()},
    url_schemes={"http", "https", "mailto", "tel", "data"},
    link_rel=None,
    strip_comments=True,
)


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute; empty where there is none."""
        return self.attributes.get(name, "")


@dataclass(slots=True)
class Conversion:
    """One text on its way: where its links lead, and what is lost of it, each sentence once."""

    address: Callable[[str, bool], str]
    lost: dict[str, None] = field(default_factory=dict)

    def lose(self, *texts: str) -> None:
        """Say what is lost."""
        self.lost.update(dict.fromkeys(texts))


def read_tree(source: str) -> Node:
    """The tree of some HTML, its root without a name. Raises nothing."""
    reader = _Reader()
    reader.feed(CLEANER.clean(source))
    reader.close()
    return reader.root


def lost_tags(source: str) -> list[str]:
    """Sentences on the elements of some HTML that are not shown."""
    told = [NOT_SHOWN[name.lower()] for name in FOUND.findall(source)]
    names = {name.lower() for name in NAME.findall(source)} - KNOWN - UNSEEN - set(NOT_SHOWN)
    return list(dict.fromkeys(told)) + [f"the tag <{name}> is not known and is left out." for name in sorted(names)[:5]]


def text_in(node: Node) -> str:
    """The text of an element, a space around each block; of a picture its description."""
    return "".join(_texts(node))


def literal(node: Node) -> str:
    """The text of code, to the character."""
    if node.tag == "br":
        return "\n"
    return "".join(child if isinstance(child, str) else literal(child) for child in node.children)


def _texts(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "img":
            yield child.get("data-equation-content") or child.get("alt")
        elif child.tag != "annotation":
            gap = "" if child.tag in INLINE else " "
            yield gap
            yield from _texts(child)
            yield gap


class _Reader(HTMLParser):
    """Grows the tree; the sanitiser closed every tag and escaped every `<`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open[-1].tag and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        before = self.open[-1].children
        if before and isinstance(before[-1], str):
            before[-1] += data
        else:
            before.append(data)
