"""Blocks of HTML to blocks of Markdown: paragraphs, lists, code, quotes, headings; tables through `tables`."""

import re
from collections.abc import Iterator, Sequence

from quizapp.formats.headings import HIGHEST
from quizapp.formats.hypertext.paragraphs import Paragraphs
from quizapp.formats.hypertext.tables import Tables
from quizapp.formats.hypertext.tree import EMBEDDED, INLINE, Conversion, Node, literal
from quizapp.source.writing import indented, quoted

INLINE_TAGS = INLINE | EMBEDDED | {"br", "img"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What an item of a list may not begin with, since it would be an answer.
MARKER = re.compile(r"(?=\([ \u00a0]?[xX*~]?[ \u00a0]?\)|\([-+]?[\d.,]+[ \u00a0]?%?\)|=|!=|!~)")
ITEM = re.compile(r"(?:\d{0,9}(?P<sign>[-.]))(?=\s|$)")  # of a list as it is written here
LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*)?([A-Za-z][\w+#-]*)")
NOT_A_LANGUAGE = frozenset({"blanks", "zone", "prettyprint", "code", "hljs", "highlight", "linenums"})


class Blocks:
    """Writes blocks, one string each."""

    def __init__(self, conversion: Conversion) -> None:
        self.conversion = conversion
        self.paragraphs = Paragraphs(conversion)
        self.tables = Tables(conversion, self.paragraphs)

    def of(self, nodes: Sequence[Node | str]) -> list[str]:
        """The blocks of some nodes; inline ones between two blocks are a paragraph."""
        return list(_kept_apart([block for block in self._of(nodes) if block]))

    def _of(self, nodes: Sequence[Node | str]) -> Iterator[str]:
        run: list[Node | str] = []
        for node in nodes:
            if is_inline(node):
                run.append(node)
                continue
            yield from self._paragraph(run)
            run = []
            if isinstance(node, Node):
                yield from self._block(node)
        yield from self._paragraph(run)

    def _paragraph(self, run: Sequence[Node | str]) -> Iterator[str]:
        if run:
            yield self.paragraphs.of(run)

    def _block(self, node: Node) -> Iterator[str]:
        if node.tag in ("ul", "ol"):
            yield self._list(node)
        elif node.tag == "pre":
            yield _fence(node)
        elif node.tag == "blockquote":
            inner = "\n\n".join(self.of(node.children))
            yield "\n".join(quoted(inner.split("\n"))) if inner else ""
        elif node.tag in HEADINGS:
            yield self._heading(node)
        elif node.tag == "hr":
            yield "***"  # after a marker, `---` would make a heading of it
        elif node.tag == "table":
            yield from self.tables.of(node)
        elif node.tag == "dl":
            yield from self._definitions(node)
        else:
            yield from self._of([*node.children])

    def _heading(self, node: Node) -> str:
        if not all(map(is_inline, node.children)):
            return "\n\n".join(self.of(node.children))
        text = self.paragraphs.of(node.children, line_break=" ")
        level = max(HIGHEST, HEADINGS.index(node.tag) + 1)
        return f"{'#' * level} " + re.sub(r"(?<!\\)#$", r"\#", text) if text else ""

    def _list(self, node: Node) -> str:
        if node.get("type").lower() in ("a", "i"):
            self.conversion.lose("a list with letters has numbers now.")
        number = int(node.get("start")) if re.fullmatch(r"\d{1,8}", node.get("start")) else 1
        lines: list[str] = []
        items = [child for child in node.children if isinstance(child, Node) or child.strip()]
        made = [self._item(item) for item in items]
        is_loose = any(len(blocks) > 1 and _is_prose(blocks[1]) for blocks in made)
        for blocks in (blocks for blocks in made if blocks):
            marker = f"{number}. " if node.tag == "ol" else "- "
            lines += [""] if is_loose and lines else []
            text = ("\n\n" if is_loose else "\n").join(blocks)
            lines += indented(text.split("\n"), marker)
            number += 1
        return "\n".join(lines)

    def _item(self, item: Node | str) -> list[str]:
        blocks = self.of(item.children if isinstance(item, Node) and item.tag == "li" else [item])
        if blocks and MARKER.match(blocks[0]):
            blocks[0] = f"\\{blocks[0]}"
        return blocks

    def _definitions(self, node: Node) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, Node) and child.tag == "dd":
                text = "\n\n".join(self.of(child.children))
                yield "\n".join(indented(text.split("\n"), ":   ")) if text else ""
            else:
                yield from self._of([child] if is_inline(child) or isinstance(child, str) else child.children)


def is_inline(node: Node | str) -> bool:
    """Whether a node is part of a paragraph."""
    if isinstance(node, str):
        return True
    return node.tag in INLINE_TAGS and all(map(is_inline, node.children))


def _fence(node: Node) -> str:
    text = literal(node).strip("\n")
    if not text.strip():
        return ""
    inner = [child for child in node.children if isinstance(child, Node) and child.tag == "code"]
    names = f"{node.get('class')} {inner[0].get('class') if inner else ''}".split()
    words = [found[1] for name in names if (found := LANGUAGE.fullmatch(name)) and "-" not in found[1]]
    language = next((word.lower() for word in words if word.lower() not in NOT_A_LANGUAGE), "")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def _is_prose(block: str) -> bool:
    return not block.startswith(("- ", "`", "1. "))


def _kept_apart(blocks: Sequence[str]) -> Iterator[str]:
    """The blocks, with a comment between two lists that would be one."""
    before = ""
    for block in blocks:
        begun = ITEM.match(block)
        if begun and begun["sign"] == _last_sign(before):
            yield "<!-- -->"
        yield block
        before = block


def _last_sign(block: str) -> str:
    """The sign of the list that a block ends with, whose items stand at the margin; empty where it ends otherwise."""
    last = next((line for line in reversed(block.split("\n")) if line[:1].strip()), "")
    found = ITEM.match(last)
    return found["sign"] if found else ""
