"""Elements of QTI 3.0, and HTML as elements: only what the standard admits, the text of all else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, indent, tostring

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
HTML = frozenset({
    "p", "div", "span", "a", "b", "i", "em", "strong", "code", "pre", "kbd", "samp", "var", "sub", "sup",
    "small", "q", "cite", "abbr", "dfn", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "caption",
    "thead", "tbody", "tfoot", "tr", "th", "td", "br", "hr", "img", "h1", "h2", "h3", "h4", "h5", "h6",
    "figure", "figcaption"
})  # fmt: skip
KEPT = {"href", "src", "alt", "title", "colspan", "rowspan", "start", "width", "height"}
LOST = {"math", "details", "svg", "iframe", "video", "audio"}
VOID = {"br", "hr", "img"}
CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")
CONTENT = "content:"
Child = Element | str


def qti(name: str, attributes: dict[str, str] | None = None, *children: Child) -> Element:
    """An element of QTI by its name without `qti-`."""
    return element(f"qti-{name}", attributes, *children)


def element(name: str, attributes: dict[str, str] | None = None, *children: Child) -> Element:
    """An element and what is in it."""
    made = Element(name, {key: value.translate(CONTROL) for key, value in (attributes or {}).items()})
    for child in children:
        put(made, child)
    return made


def put(parent: Element, child: Child) -> None:
    """Put an element or a text at the end of another."""
    if isinstance(child, Element):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + child.translate(CONTROL)
    else:
        parent.text = (parent.text or "") + child.translate(CONTROL)


def document(root: Element, namespace: str) -> bytes:
    """A whole document. The white space in its texts is what it was."""
    root.set("xmlns", namespace)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def listed(root: Element, namespace: str) -> bytes:
    """A whole document that holds no texts to read, in lines."""
    indent(root)
    return document(root, namespace)


@dataclass(slots=True)
class Address:
    """Where pictures and links lead: `picture` gives the place in the package of a content path; None: nowhere."""

    picture: Callable[[str], str | None]
    lost: list[str] = field(default_factory=list)

    def of(self, name: str, value: str) -> str | None:
        """What an attribute says in the package; None where it is left out."""
        if not value.startswith((CONTENT, "#")):
            return value
        if name != "src":
            self.lost.append("a link into the site")
            return None
        found = self.picture(value.removeprefix(CONTENT))
        if found is None:
            self.lost.append("a picture that is not there")
        return found


def html_elements(page: str, address: Address, gaps: Sequence[Element] = (), gap: str = "") -> list[Child]:
    """The elements of some HTML of ours; each `gap` character in a text becomes the next of the `gaps`."""
    reader = _Reader(address, list(gaps), gap)
    reader.feed(page)
    reader.close()
    root = reader.open[0]
    return [*([root.text] if root.text else []), *_apart(root)]


def _apart(root: Element) -> list[Child]:
    """The children of an element, the text behind each beside it."""
    found: list[Child] = []
    for child in list(root):
        tail, child.tail = child.tail, None
        found += [child, *([tail] if tail else [])]
    return found


class _Reader(HTMLParser):
    """Grows elements; tags that the standard does not know are left out, their text is kept."""

    def __init__(self, address: Address, gaps: list[Element], gap: str) -> None:
        super().__init__()
        self.address, self.gaps, self.gap = address, gaps, gap
        self.open, self.names = [Element("div")], [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag in LOST:
            self.address.lost.append(f"what is set as <{tag}>, but for its text,")
        if tag not in HTML or tag == "span":
            if tag not in VOID:
                self.names.append(f"/{tag}")
            return
        made = Element(tag)
        for name, value in attrs:
            self._attribute(made, name, value or "")
        if tag == "img" and not made.get("src"):
            put(self.open[-1], made.get("alt", ""))
            return
        put(self.open[-1], made)
        if tag not in VOID:
            self.open.append(made)
            self.names.append(tag)

    def _attribute(self, made: Element, name: str, value: str) -> None:
        if name in KEPT:
            said = self.address.of(name, value)
            if said is not None:
                made.set(name, said.translate(CONTROL))
        elif name == "class" and made.tag == "code" and value.startswith("language-"):
            made.set("class", value)

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        for name in (tag, f"/{tag}"):
            if self.names[-1] == name:
                self.names.pop()
                if name == tag:
                    self.open.pop()
                return

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that is empty."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        """Text, in which gaps may stand."""
        first, *others = data.split(self.gap) if self.gap else [data]
        put(self.open[-1], first)
        for text in others:
            put(self.open[-1], self.gaps.pop(0))
            put(self.open[-1], text)
