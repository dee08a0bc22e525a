"""Markdown to safe HTML. The only module that imports the Markdown library, Pygments and the sanitiser."""

import hashlib
import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import punctuation
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from quizapp.content.formulas import formula
from quizapp.content.model import Heading
from quizapp.content.structure import Finish, write_for_markdown
from quizapp.source.blocks import Block

RENDERER_VERSION = "2"  # part of every cache key: raise it when the HTML for the same Markdown changes
CONTENT_SCHEME = "content:"  # `content:exchange/02-x/media/a.svg`: a link into the content folder, resolved on the site

SPANS = "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
BLOCKS = (
    "blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre section summary"
    " caption col colgroup table tbody td tfoot th thead tr ul"
)
MATH = (
    "math mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none"
)
TAGS = frozenset(f"{SPANS} {BLOCKS} {MATH}".split())
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "details": {"open"},
    "time": {"datetime"},
    "math": {"display", "xmlns"},
    "mo": {
        "stretchy",
        "fence",
        "separator",
        "form",
        "accent",
        "movablelimits",
        "minsize",
        "maxsize",
        "lspace",
        "rspace",
    },
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mtext": {"mathvariant"},
    "mspace": {"width", "height", "depth", "linebreak"},
    "mfrac": {"linethickness"},
    "mstyle": {"displaystyle", "scriptlevel", "mathvariant"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "displaystyle"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
}
INCLUDE = re.compile(r"\[!INCLUDE[ \t]*\[[^\]]*\]\([ \t]*<?([^)\s>]+)>?[ \t]*\)\]", re.IGNORECASE)
INLINE_FORMULA = r"(?<![\\$\w])(\$\$?)(?=[^\s$])([^\n$]*?[^\s$\\])\1(?![\w$])"
LIST_OF_ATTRIBUTES = r"\{:?[ ]*((?:[#.]|[^\W\d][\w-]*=)[^\}\n]*)\}"
UNDESCRIBED = re.compile(r'<img\b(?![^>]*\balt=)[^>]*?\bsrc="(?:content:)?([^"]*)"')
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
PLAIN_LINE = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?!%/’'()–—-])*")  # begins with a letter: no list, no definition
SLUG_DROPS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Target:
    """What a fragment links to or shows: a content path (empty: the page itself), an anchor, and how it was written."""

    path: str
    anchor: str
    written: str
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a fragment: a problem code, what stands in the source there, and what is so."""

    code: str
    written: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, its second- and third-level headings, what it links to, and what is wrong in it."""

    html: str
    headings: tuple[Heading, ...] = ()
    targets: tuple[Target, ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fragment stands: the folder of its file, what keeps its ids apart on the page, and what keeps those of
    its footnotes apart. `included` maps the written paths of includes to their HTML.
    """

    folder: str
    prefix: str = ""
    notes: str = ""
    included: Mapping[str, str] = field(default_factory=dict)


def github_slug(text: str, separator: str = "-") -> str:
    """The anchor GitHub gives a heading."""
    return SLUG_DROPS.sub("", text.strip().lower()).replace(" ", separator)


def fragment_key(place: Place, text: str) -> str:
    """The fingerprint under which a rendered fragment is kept."""
    included = (part for pair in sorted(place.included.items()) for part in pair)
    parts = (RENDERER_VERSION, place.folder, place.prefix, place.notes, text, *included)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


class Renderer:
    """Renders one fragment after another; not for use by two threads at once."""

    def __init__(self) -> None:
        self._structure = _Structure()
        self._markdown = markdown.Markdown(
            extensions=[
                "tables",
                "sane_lists",
                "footnotes",
                "def_list",
                "abbr",
                "pymdownx.tilde",
                "pymdownx.quotes",
                "pymdownx.betterem",
                TocExtension(slugify=github_slug, toc_depth="2-3"),
                self._structure,
            ],
            extension_configs={
                "pymdownx.quotes": {"callouts": True},
                "pymdownx.tilde": {"subscript": False},
                "tables": {"use_align_attribute": True},
            },
        )

    def render(self, blocks: Sequence[Block], definitions: str, place: Place) -> Rendered:
        """Render blocks of a file; `definitions` are the links and abbreviations of the whole file."""
        self._markdown.reset()
        self._structure.begin(blocks, definitions, place)
        raw = self._markdown.convert("the structure stands in for this text")
        targets: list[Target] = []
        safe = nh3.clean(
            raw,
            tags=set(TAGS),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=lambda tag, name, value: _attribute(tag, name, value, place, targets),
            url_schemes={"http", "https", "mailto", "tel", "content"},
            link_rel="noopener",
            strip_comments=True,
        )
        flaws = [*self._structure.flaws, *(Flaw("no-alt", path) for path in UNDESCRIBED.findall(safe))]
        unique = tuple(dict.fromkeys(targets)), tuple(dict.fromkeys(flaws))
        return Rendered(_let_scroll(safe), self._headings(), *unique)

    def _headings(self) -> tuple[Heading, ...]:
        tokens = getattr(self._markdown, "toc_tokens", [])
        return tuple(Heading(str(token["id"]), html.unescape(str(token["name"]))) for token in tokens)


def plain_paragraph(blocks: Sequence[Block]) -> str:
    """The HTML of a lone paragraph in which nothing is markup; empty for anything else.

    Most choices and much feedback are such; the library takes many times as long for the same.
    """
    if len(blocks) != 1 or blocks[0].kind != "paragraph":
        return ""
    lines = [line.text.strip() for line in blocks[0].lines]
    has_breaks = any(line.text.endswith("  ") for line in blocks[0].lines)
    text = "\n".join(lines)
    return f"<p>{text}</p>" if not has_breaks and all(map(PLAIN_LINE.fullmatch, lines)) else ""


class _Structure(markdown.extensions.Extension):
    """Gives the library the blocks that `source.blocks` read, in the place of a text.

    This stands between the normalising of white space, which would delete the marks of what was put aside, and the
    library's own readers of HTML, which has been put aside already.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begin((), "", Place(""))

    def begin(self, blocks: Sequence[Block], definitions: str, place: Place) -> None:
        """Take up the next fragment."""
        self.blocks, self.definitions, self.place = blocks, definitions, place
        self.flaws: list[Flaw] = []

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.preprocessors.deregister("html_block")
        md.ESCAPED_CHARS = list(punctuation)  # as CommonMark has it
        md.preprocessors.register(_WriteBlocks(md, self), "structure", 27)
        md.inlinePatterns.register(_Formula(INLINE_FORMULA, md, self), "formula", 185)
        md.inlinePatterns.register(_Include(INCLUDE.pattern, md, self), "include", 175)
        md.treeprocessors.register(_Attributes(md), "attributes", 8)
        md.treeprocessors.register(_Finishing(md, self), "finishing", 1)

    def formula(self, tex: str, is_block: bool) -> str:
        """The MathML of a formula; what is wrong with it is noted."""
        mathml, trouble = formula(tex, is_block)
        if trouble:
            self.flaws.append(Flaw("bad-formula", tex.strip().split("\n")[0], trouble))
        return mathml


class _WriteBlocks(Preprocessor):
    def __init__(self, md: markdown.Markdown, structure: _Structure) -> None:
        super().__init__(md)
        self.structure = structure

    def run(self, lines: list[str]) -> list[str]:
        finish = Finish(self.md.htmlStash.store, _highlight, lambda tex: self.structure.formula(tex, is_block=True))
        text = write_for_markdown(self.structure.blocks, finish)
        return [*text.split("\n"), "", *self.structure.definitions.split("\n")]


class _Formula(InlineProcessor):
    """`$…$` and `$$…$$` inside a line."""

    def __init__(self, pattern: str, md: markdown.Markdown, structure: _Structure) -> None:
        super().__init__(pattern, md)
        self.structure = structure

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        made = self.structure.formula(m[2], is_block=len(m[1]) == 2)
        return self.md.htmlStash.store(made), m.start(0), m.end(0)


class _Include(InlineProcessor):
    """`[!INCLUDE [title](path)]`, inside a line or alone in a paragraph."""

    def __init__(self, pattern: str, md: markdown.Markdown, structure: _Structure) -> None:
        super().__init__(f"(?i:{pattern})", md)
        self.structure = structure

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        return self.md.htmlStash.store(self.structure.place.included.get(m[1], "")), m.start(0), m.end(0)


# Attribute lists that begin with `#name`, `.word` or `name=`; other braces stay text.
_Attributes = type(
    "_Attributes",
    (AttrListTreeprocessor,),
    {
        "HEADER_RE": re.compile(rf"[ ]+{LIST_OF_ATTRIBUTES}[ ]*$"),
        "BLOCK_RE": re.compile(rf"\n[ ]*{LIST_OF_ATTRIBUTES}[ ]*$"),
        "INLINE_RE": re.compile(rf"^{LIST_OF_ATTRIBUTES}"),
    },
)


class _Finishing(Treeprocessor):
    """Table cells say their alignment in a class, which a strict style policy allows; pictures have a description."""

    def __init__(self, md: markdown.Markdown, structure: _Structure) -> None:
        super().__init__(md)
        self.structure = structure

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("td", "th") and element.get("align"):
                element.set("class", f"align-{element.attrib.pop('align')}")
            elif element.tag == "img" and not element.get("alt", "").strip():
                self.structure.flaws.append(Flaw("no-alt", element.get("src", "")))


def _highlight(code: str, info: str) -> str:
    language = info.split()[0].strip("{}.").lower() if info.split() else ""
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False, ensurenl=True)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False, ensurenl=True)
    inner = highlight(code, lexer, HtmlFormatter(nowrap=True))
    name = f' class="language-{re.sub(r"[^a-z0-9+#-]", "", language)}"' if language else ""
    return f"<pre><code{name}>{inner}</code></pre>"


def _attribute(tag: str, name: str, value: str, place: Place, targets: list[Target]) -> str | None:
    if name == "id":
        return _own_id(value, place)
    if name not in ("href", "src") or value.startswith(CONTENT_SCHEME):
        return value
    if value.startswith("#"):
        if not is_footnote(value[1:]):
            targets.append(Target("", unquote(value[1:]), value))
        return f"#{_own_id(value[1:], place)}"
    if name == "src" and _has_scheme(value):
        return None  # no request leaves the machine: a picture comes from the content folder
    target = content_path(value, place.folder)
    if target is None:
        if not _has_scheme(value) and not value.startswith("/"):
            targets.append(Target("..", "", value, name == "src"))  # outside of the content folder there is nothing
        return value
    path, _, anchor = target.partition("#")
    targets.append(Target(path, unquote(anchor), value, name == "src"))
    return CONTENT_SCHEME + target


def _own_id(name: str, place: Place) -> str:
    if place.prefix:
        return f"{place.prefix}-{name}"
    return f"{place.notes}-{name}" if place.notes and is_footnote(name) else name


def is_footnote(anchor: str) -> bool:
    """Whether an anchor is one that a footnote was given."""
    return anchor.startswith(("fn:", "fnref"))


def _has_scheme(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return True  # nothing of ours
    return bool(parts.scheme or parts.netloc)


def content_path(link: str, folder: str) -> str | None:
    """The content path (with its `#anchor`) that a relative link points to; None for any other link."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    if path.startswith(".."):
        return None
    return path + (f"#{parts.fragment}" if parts.fragment else "")


def _let_scroll(safe: str) -> str:
    """Give tables a frame to scroll in, and let the keyboard reach what scrolls."""
    return TABLE.sub(r'<div class="table" tabindex="0">\g<0></div>', safe).replace("<pre>", '<pre tabindex="0">')
