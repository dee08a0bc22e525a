"""Markdown to safe HTML. The only module that imports the Markdown library, Pygments and the sanitiser."""

import hashlib
import html
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions.toc import TocExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from quizapp.content.model import Heading
from quizapp.content.structure import write_for_markdown
from quizapp.source.blocks import Block

RENDERER_VERSION = "1"  # part of every cache key: raise it when the HTML for the same Markdown changes
CONTENT_SCHEME = "content:"  # `content:exchange/02-x/media/a.svg`: a link into the content folder, resolved on the site

SPANS = "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
BLOCKS = (
    "blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre section summary"
    " caption col colgroup table tbody td tfoot th thead tr ul"
)
TAGS = frozenset((SPANS + " " + BLOCKS).split())
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
}
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
PLAIN_LINE = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?!%/’'()–—-])*")  # begins with a letter: no list, no definition
SLUG_DROPS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, its second- and third-level headings, and the content paths it links to."""

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[str, ...] = ()


def github_slug(text: str, separator: str = "-") -> str:
    """The anchor GitHub gives a heading."""
    return SLUG_DROPS.sub("", text.strip().lower()).replace(" ", separator)


def fragment_key(folder: str, text: str, prefix: str = "") -> str:
    """The fingerprint under which a rendered fragment is kept."""
    return hashlib.sha256("\0".join((RENDERER_VERSION, folder, prefix, text)).encode()).hexdigest()[:32]


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
                "footnotes": {"UNIQUE_IDS": True},
            },
        )

    def render(self, blocks: Sequence[Block], definitions: str, folder: str, prefix: str = "") -> Rendered:
        """Render blocks of a file in `folder` (a content path); `prefix` keeps ids apart on one page."""
        plain = plain_paragraph(blocks)
        return Rendered(plain) if plain else self.render_markdown(blocks, definitions, folder, prefix)

    def render_markdown(self, blocks: Sequence[Block], definitions: str, folder: str, prefix: str = "") -> Rendered:
        """The same through the Markdown library, whatever the blocks hold."""
        self._markdown.reset()
        self._structure.blocks, self._structure.definitions = blocks, definitions
        raw = self._markdown.convert("the structure stands in for this text")
        links: list[str] = []
        safe = nh3.clean(
            raw,
            tags=set(TAGS),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=lambda tag, name, value: _attribute(tag, name, value, folder, prefix, links),
            url_schemes={"http", "https", "mailto", "tel", "content"},
            link_rel="noopener",
            strip_comments=True,
        )
        return Rendered(_let_scroll(safe), self._headings(), tuple(dict.fromkeys(links)))

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
        self.blocks: Sequence[Block] = ()
        self.definitions = ""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_WriteBlocks(md, self), "structure", 27)
        md.treeprocessors.register(_Alignment(md), "alignment", 1)


class _WriteBlocks(Preprocessor):
    def __init__(self, md: markdown.Markdown, structure: _Structure) -> None:
        super().__init__(md)
        self.structure = structure

    def run(self, lines: list[str]) -> list[str]:
        text = write_for_markdown(self.structure.blocks, self.md.htmlStash.store, _highlight)
        return [*text.split("\n"), "", *self.structure.definitions.split("\n")]


class _Alignment(Treeprocessor):
    """Table cells say their alignment in a class, which a strict style policy allows."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("td", "th") and cell.get("align"):
                cell.set("class", f"align-{cell.attrib.pop('align')}")


def _highlight(code: str, info: str) -> str:
    language = info.split()[0].strip("{}.").lower() if info.split() else ""
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False, ensurenl=True)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False, ensurenl=True)
    inner = highlight(code, lexer, HtmlFormatter(nowrap=True))
    name = f' class="language-{re.sub(r"[^a-z0-9+#-]", "", language)}"' if language else ""
    return f"<pre><code{name}>{inner}</code></pre>"


def _attribute(tag: str, name: str, value: str, folder: str, prefix: str, links: list[str]) -> str | None:
    if name == "id" and prefix:
        return f"{prefix}-{value}"
    if name not in ("href", "src"):
        return value
    if value.startswith("#"):
        return f"#{prefix}-{value[1:]}" if prefix else value
    if name == "src" and not value.startswith(CONTENT_SCHEME) and urlsplit(value).scheme not in ("",):
        return None  # no request leaves the machine: a picture comes from the content folder
    target = content_path(value, folder)
    if target is None:
        return value
    links.append(target.partition("#")[0])
    return CONTENT_SCHEME + target


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
