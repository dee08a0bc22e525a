"""Inline HTML to pieces: text, and the Markdown around it."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizapp.formats.hypertext.tree import EMBEDDED, MATH_TAGS, Conversion, Node, literal, text_in
from quizapp.source.inlines import formula_at

SIGNS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~"}
TAG_OF = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
KEPT = frozenset(["sub", "sup", "u", "mark", "kbd", "samp", "var", "small", "q", "abbr", "cite", "dfn", "ins", "bdi"])
CODE = frozenset({"code", "tt"})
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
UNDERLINED = re.compile(r"text-decoration[\w-]*\s*:[^;]*underline", re.IGNORECASE)
COLOURED = re.compile(r"(?:^|[;\s])(?:background(?:-color)?|color)\s*:", re.IGNORECASE)
# None holds the sign that begins one of its kind: a text of such signs is searched once.
TEX = re.compile(
    r"\\\((?P<inline>(?:(?!\\\().)+?)\\\)|\\\[(?P<block>(?:(?!(?<!\\)\\\[).)+?)\\\]|(?<![\\$])\$\$(?P<moodle>[^$]+?)\$\$",
    re.DOTALL,
)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
SPECIAL_IN_ALT = re.compile(r"[\\\[\]`*_<&$!~{}|]")
TEX_ENCODINGS = ("application/x-tex", "tex", "latex", "application/x-latex")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is `shown`, or `markdown` that shows it; `opens` and `closes` are the ends of emphasis and links."""

    shown: str
    markdown: str = ""
    opens: bool = False
    closes: bool = False
    is_break: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is text that is still to be escaped."""
        return not self.markdown and not self.is_break


class Phrases:
    """Makes the pieces; `with_tags` writes emphasis and code as tags, which hold wherever they stand."""

    def __init__(self, conversion: Conversion, with_tags: bool) -> None:
        self.conversion, self.with_tags = conversion, with_tags
        self.in_link = False

    def of(self, nodes: Sequence[Node | str]) -> list[Piece]:
        """The pieces of some nodes."""
        return [piece for node in nodes for piece in self._of(node)]

    def _of(self, node: Node | str) -> Iterator[Piece]:
        if isinstance(node, str):
            yield from self._text(node)
        elif node.tag == "br":
            yield Piece("", is_break=True)
        else:
            yield from self._makers.get(node.tag, self._around)(node)

    @property
    def _makers(self) -> dict[str, Callable[[Node], Iterator[Piece]]]:
        return {
            **dict.fromkeys(CODE, self._code),
            "img": self._picture,
            "a": self._link,
            "math": self._math,
            **dict.fromkeys(EMBEDDED, self._embedded),
        }

    def _around(self, node: Node) -> Iterator[Piece]:
        signs = self._signs(node)
        yield from (Piece("", opening, opens=True) for opening, _ in signs)
        yield from self.of(node.children)
        yield from (Piece("", closing, closes=True) for _, closing in reversed(signs))

    def _signs(self, node: Node) -> list[tuple[str, str]]:
        """What stands before and behind the text of an element."""
        style, tags = node.get("style"), []
        if COLOURED.search(style) or node.get("color"):
            self.conversion.lose("the colour of a text is lost.")
        tags += [node.tag] if node.tag in SIGNS or node.tag in KEPT else []
        tags += ["strong"] if BOLD.search(style) and node.tag not in ("b", "strong") else []
        tags += ["em"] if ITALIC.search(style) and node.tag not in ("i", "em") else []
        tags += ["u"] if UNDERLINED.search(style) and node.tag not in ("u", "ins") else []
        return [self._sign(tag) for tag in tags]

    def _sign(self, tag: str) -> tuple[str, str]:
        if tag in SIGNS and not self.with_tags:
            return SIGNS[tag], SIGNS[tag]
        tag = TAG_OF.get(tag, tag)
        return f"<{tag}>", f"</{tag}>"

    def _text(self, text: str) -> Iterator[Piece]:
        end = 0
        for found in TEX.finditer(text):
            tex = " ".join((found["inline"] or found["block"] or found["moodle"]).split())
            before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
            formula = formula_pieces(tex, before, after, is_block=not found["inline"])
            if formula:
                yield Piece(text[end : found.start()])
                yield from formula
                end = found.end()
        yield Piece(text[end:])

    def _code(self, node: Node) -> Iterator[Piece]:
        text = " ".join(literal(node).split())
        if not text:
            return
        if self.with_tags:
            yield from (Piece("", "<code>", opens=True), Piece(text), Piece("", "</code>", closes=True))
            return
        yield Piece(text, code_span(text))

    def _picture(self, node: Node) -> Iterator[Piece]:
        tex = node.get("data-equation-content")
        formula = formula_pieces(" ".join(tex.split()), " ", " ", is_block=False) if tex else []
        if formula:
            yield from formula
            return
        alt, where = " ".join(node.get("alt").split()), self.conversion.address(node.get("src"), True)
        if where and not SCHEME.match(where) and not where.startswith("//"):
            size = [f"{name}={node.get(name)}" for name in ("width", "height") if node.get(name).isdecimal()]
            attributes = "{" + " ".join(size) + "}" if size else ""
            yield Piece(alt, f"![{SPECIAL_IN_ALT.sub(_escape, alt)}]({address_of(where)}){attributes}")
            return
        yield from self._absent_picture(alt, where)

    def _absent_picture(self, alt: str, where: str) -> Iterator[Piece]:
        is_elsewhere = where.startswith(("http:", "https:")) and not self.in_link
        if is_elsewhere:
            self.conversion.lose(f"the picture at {where} is not here: a link leads to it.")
            shown = alt or "picture"
            yield Piece(shown, f"[{SPECIAL_IN_ALT.sub(_escape, shown)}]({address_of(where)})")
            return
        self.conversion.lose(f"a picture is left out{f': {alt}' if alt else '.'}")
        yield Piece(alt)

    def _link(self, node: Node) -> Iterator[Piece]:
        where = self.conversion.address(node.get("href"), False) if node.get("href") else ""
        is_link = bool(where) and not self.in_link and not where.startswith("data:")
        if node.get("href") and not is_link:
            self.conversion.lose(f"a link leads nowhere and is left out: {text_in(node).strip() or node.get('href')}")
        if not is_link:
            yield from self.of(node.children)
            return
        self.in_link = True
        inner = self.of(node.children)
        self.in_link = False
        if any(piece.shown.strip() or piece.markdown.startswith("!") for piece in inner):
            yield from (Piece("", "[", opens=True), *inner, Piece("", f"]({address_of(where)})", closes=True))

    def _math(self, node: Node) -> Iterator[Piece]:
        tex = _annotated_tex(node)
        formula = formula_pieces(tex, " ", " ", is_block=node.get("display") == "block") if tex else []
        yield from formula or [Piece(text_in(node), markup_of(node))]

    def _embedded(self, node: Node) -> Iterator[Piece]:
        sources = [node, *(child for child in node.children if isinstance(child, Node) and child.tag in EMBEDDED)]
        where = next((one.get("src") or one.get("data") for one in sources if one.get("src") or one.get("data")), "")
        where = self.conversion.address(where, False) if where else ""
        if node.tag == "source":
            return
        if where and not where.startswith("data:") and not self.in_link:
            self.conversion.lose(f"what was embedded became a link: {where}")
            shown = node.get("title") or where
            yield Piece(shown, f"[{SPECIAL_IN_ALT.sub(_escape, shown)}]({address_of(where)})")
        else:
            self.conversion.lose("something that was embedded is left out.")


def formula_pieces(tex: str, before: str, after: str, *, is_block: bool) -> list[Piece]:
    """A formula between other text; nothing where it cannot be written as one."""
    tex = tex.strip()
    dollars = "$$" if is_block else "$"
    for inner in (tex, f"{{}}{tex}", f"{tex}{{}}", f"{{}}{tex}{{}}"):
        written = f"{dollars}{inner}{dollars}"
        found = formula_at(written, 0)
        if tex and found and found.end() == len(written):
            gap = Piece("", "<span></span>")
            left = [gap] if before and (before.isalnum() or before in "_\\$") else []
            right = [gap] if after and (after.isalnum() or after in "_$") else []
            return [*left, Piece(inner, written), *right]
    return []


def code_span(text: str) -> str:
    """A span of code that shows a text of one line."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{gap}{text}{gap}{ticks}"


def address_of(where: str) -> str:
    """An address as it stands in brackets."""
    bare = re.sub(r"[\x00-\x20<>\\]", lambda found: f"%{ord(found[0]):02X}", where.strip())
    return f"<{bare}>" if re.search(r"[()*_`\[\]{}$&~!]", bare) else bare


def markup_of(node: Node) -> str:
    """An element as HTML on one line, without classes and styles."""
    kept = {name: value for name, value in node.attributes.items() if name not in ("class", "style", "encoding")}
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items())
    children = [child for child in node.children if isinstance(child, str) or child.tag != "annotation"]
    inner = "".join(_one_line(child) if isinstance(child, str) else markup_of(child) for child in children)
    if node.tag == "semantics" or (node.tag not in MATH_TAGS and node.tag in EMBEDDED):
        return inner
    return f"<{node.tag}{attributes}>" + ("" if node.tag in ("br", "img", "hr", "col") else f"{inner}</{node.tag}>")


def _one_line(text: str) -> str:
    return html.escape(re.sub(r"\s+", " ", text), quote=False)


def _annotated_tex(node: Node) -> str:
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "annotation" and child.get("encoding").lower() in TEX_ENCODINGS:
                return " ".join(literal(child).split())
            found = _annotated_tex(child)
            if found:
                return found
    return ""


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
