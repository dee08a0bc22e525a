"""Markdown to safe HTML. The only module that imports the Markdown library and Pygments."""

import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, ElementTree

import markdown
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
from quizapp.content.sanitise import TAGS, Place, Sanitiser, Target
from quizapp.content.structure import MARKS, MAX_WORK, RAW, Finish, Outline, TooMuchError, grow
from quizapp.source.blocks import Block, note_definitions, walk
from quizapp.source.definitions import read_definitions
from quizapp.source.inlines import INCLUDE as INCLUDE

RENDERER_VERSION = "7"  # part of every cache key: raise it when the HTML for the same Markdown changes

AND = "\x03"  # stands for `&` in code until the sanitiser is done, which takes very long for many of them
UNDESCRIBED = re.compile(r'<img\b(?![^>]*\balt=)[^>]*?\bsrc="(?:content:)?([^"]*)"')
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
PLAIN_LINE = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?!%/’'()–—-])*")  # begins with a letter: no list, no definition
SLUG_DROPS = re.compile(r"[^\w\- ]")


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
        self._sanitiser = Sanitiser()
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
        safe, targets, remote = self._sanitiser.clean(raw, place)
        safe = safe.replace(AND, "&amp;")
        flaws = [*self._structure.flaws, *(Flaw("no-alt", path) for path in UNDESCRIBED.findall(safe))]
        flaws += [Flaw("remote-picture", address) for address in remote]
        return Rendered(_let_scroll(safe), self._structure.headings(), targets, tuple(dict.fromkeys(flaws)))


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
def _lexer(language: str) -> Lexer | None:
    """The lexer of a language, None where there is none; to learn that takes long."""
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=True) if language else None
    except ClassNotFound:
        return None


def _highlight(code: str, info: str) -> str:
    if not code:
        return "<pre><code></code></pre>"
    language = info.split()[0].strip("{}.").lower() if info.split() else ""
    lexer, code = _lexer(language), code.translate(MARKS)
    inner = highlight(code, lexer, HtmlFormatter(nowrap=True)) if lexer else html.escape(code, quote=False)
    name = f' class="language-{re.sub(r"[^a-z0-9+#-]", "", language)}"' if language else ""
    return f"<pre><code{name}>{inner}</code></pre>".replace("&amp;", AND)


def _let_scroll(safe: str) -> str:
    """Give tables a frame to scroll in, and let the keyboard reach what scrolls."""
    return TABLE.sub(r'<div class="table" tabindex="0">\g<0></div>', safe).replace("<pre>", '<pre tabindex="0">')
