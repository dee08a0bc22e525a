"""Markdown to safe HTML. The only module that imports the Markdown library, Pygments and the sanitiser."""

import hashlib
import html
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ElementTree

import markdown
import nh3
from markdown.blockparser import BlockParser
from markdown.postprocessors import Postprocessor
from markdown.util import HtmlStash
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from quizapp.content.formulas import formula
from quizapp.content.model import Heading
from quizapp.content.raw_html import paired_names, tidy
from quizapp.content.structure import MARKS, MAX_WORK, RAW, Finish, Outline, TooMuchError, grow
from quizapp.source.blocks import Block, note_definitions, walk
from quizapp.source.definitions import read_definitions
from quizapp.source.inlines import INCLUDE as INCLUDE

RENDERER_VERSION = "4"  # part of every cache key: raise it when the HTML for the same Markdown changes
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
AND = "\x03"  # stands for `&` in code until the sanitiser is done, which takes very long for many of them
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
        self._markdown = markdown.Markdown(extensions=[self._structure])

    def render(self, blocks: Sequence[Block], definitions: str, place: Place) -> Rendered:
        """Render blocks of a file; `definitions` are the links and abbreviations of the whole file."""
        self._markdown.reset()
        self._structure.begin(blocks, definitions, place)
        try:
            raw = self._markdown.convert("the structure stands in for this text")
        except TooMuchError:
            written = html.escape("\n\n".join(block.text for block in blocks), quote=False)
            return Rendered(f'<pre tabindex="0">{written}</pre>', flaws=(Flaw("too-complex", ""),))
        targets: list[Target] = []
        safe = nh3.clean(
            raw,
            tags=set(TAGS),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=lambda tag, name, value: _attribute(tag, name, value, place, targets),
            url_schemes={"http", "https", "mailto", "tel", "content"},
            link_rel="noopener",
            strip_comments=True,
        ).replace(AND, "&amp;")
        flaws = [*self._structure.flaws, *(Flaw("no-alt", path) for path in UNDESCRIBED.findall(safe))]
        unique = tuple(dict.fromkeys(targets)), tuple(dict.fromkeys(flaws))
        return Rendered(_let_scroll(safe), self._structure.headings(), *unique)


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
    """Gives the library the tree of the blocks that `source.blocks` read, in the place of a text.

    The library's own readers of blocks and of inline text have nothing to do then; it serialises the tree, and puts
    back what was put aside.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begin((), "", Place(""))

    def begin(self, blocks: Sequence[Block], definitions: str, place: Place) -> None:
        """Take up the next fragment."""
        self.blocks, self.definitions, self.place = blocks, definitions, place
        self.flaws: list[Flaw] = []
        self.outline = Outline()

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("inline")
        md.block_level_elements.append(RAW)
        md.parser = _Parser(md, self)
        md.postprocessors.register(_BareHtml(md), "bare_html", 35)

    def grow(self, root: Element, stash: HtmlStash) -> None:
        """Put the elements of the fragment under the root of the library's tree."""
        definitions = read_definitions(self.definitions)
        every = list(walk(self.blocks))
        if len(every) > MAX_WORK:
            raise TooMuchError
        note_definitions(every, definitions)
        paired = paired_names(block.text for block in every if block.kind == "html")
        finish = Finish(
            stash=stash.store,
            html=lambda markup, around: tidy(markup.translate(MARKS), around, TAGS, paired),
            highlight=_highlight,
            formula=self.formula,
            include=lambda path: self.place.included.get(path, ""),
            slug=github_slug,
            picture=self.picture,
        )
        self.outline = grow(root, self.blocks, definitions, finish)

    def formula(self, tex: str, is_block: bool) -> str:
        """The MathML of a formula; what is wrong with it is noted."""
        mathml, trouble = formula(tex.translate(MARKS), is_block)
        if trouble:
            self.flaws.append(Flaw("bad-formula", tex.strip().split("\n")[0], trouble))
        return mathml

    def picture(self, address: str, description: str) -> None:
        """Note a picture that nothing describes."""
        if not description.strip():
            self.flaws.append(Flaw("no-alt", address))

    def headings(self) -> tuple[Heading, ...]:
        """The second-level headings, and those of the third level above the first of them."""
        levels = [level for level, _, _ in self.outline.headings]
        first = levels.index(2) if 2 in levels else len(levels)
        return tuple(
            Heading(anchor, title)
            for number, (level, anchor, title) in enumerate(self.outline.headings)
            if level == 2 or (level == 3 and number < first)
        )


class _Parser(BlockParser):
    """Takes the blocks as they were read; the lines of the text count for nothing."""

    def __init__(self, md: markdown.Markdown, structure: _Structure) -> None:
        super().__init__(md)
        self.structure = structure

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 (the library's name)
        root = Element(self.md.doc_tag)
        self.structure.grow(root, self.md.htmlStash)
        return ElementTree(root)


class _BareHtml(Postprocessor):
    """Takes away the elements around HTML that was put aside."""

    def run(self, text: str) -> str:
        return text.replace(f"<{RAW}>", "").replace(f"</{RAW}>", "")


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer:
    """The lexer of a language; to learn that there is none takes long."""
    try:
        return get_lexer_by_name(language or "text", stripnl=False, ensurenl=True)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=False, ensurenl=True)


def _highlight(code: str, info: str) -> str:
    if not code:
        return "<pre><code></code></pre>"
    language = info.split()[0].strip("{}.").lower() if info.split() else ""
    lexer = _lexer(language)
    inner = highlight(code.translate(MARKS), lexer, HtmlFormatter(nowrap=True))
    name = f' class="language-{re.sub(r"[^a-z0-9+#-]", "", language)}"' if language else ""
    return f"<pre><code{name}>{inner}</code></pre>".replace("&amp;", AND)


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
