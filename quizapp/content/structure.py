"""Blocks to the tree of elements that Python-Markdown makes HTML of.

The library would read a text of its own dialect, which loses code and lists that CommonMark keeps; so the structure is
read by `source.blocks` and `source.inlines` and grown here, and code, formulas and HTML are put aside as they are.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from quizapp.source.attributes import read_attributes, split_heading
from quizapp.source.blocks import Block, paragraph_text, split_definitions, split_row, walk
from quizapp.source.definitions import Definitions, Target
from quizapp.source.inlines import Inline, plain_text, read_inlines
from quizapp.source.writing import code_text

TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
ALERT = re.compile(r"\[!([\w-]+)\][-+]?[ \t]*([^\n]*)(?:\n|\Z)")
ESCAPED_BAR = re.compile(r"\\\|")
SPANS = {"stress": "em", "strong": "strong", "struck": "del", "link": "a"}
RAW = "raw"  # the element around HTML that was put aside; it is taken away again
MAX_WORK = 30_000  # blocks, cells and pieces of inline text in one fragment
FORMULA_WORK = 20
CODE_WORK = 15
MAX_CODE = 100_000  # characters of code in one fragment that are highlighted
MAX_HTML = 100_000  # characters of one block of HTML
MAX_WORDS = 300  # abbreviations that are looked for
MARKS = dict.fromkeys(map(ord, "\x02\x03"))  # with these the library marks what was put aside


class TooMuchError(Exception):
    """There is no time to grow all that."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How finished pieces are made: `stash` puts HTML aside and returns the text that stands for it.

    `html` looks through raw HTML, and is told in which inline text it stands; `picture` is told the address and the
    description of every picture.
    """

    stash: Callable[[str], str]
    html: Callable[[str, str], str]
    highlight: Callable[[str, str], str]
    formula: Callable[[str, bool], str]
    include: Callable[[str], str]
    slug: Callable[[str], str]
    picture: Callable[[str, str], None]


@dataclass(slots=True)
class Outline:
    """What the tree says besides its elements: the headings with their anchors, and the footnotes in their order."""

    headings: list[tuple[int, str, str]] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)

    def anchor(self, name: str) -> str:
        """The name, with a number behind it where it is taken, as on GitHub."""
        own = name
        while own in self.anchors:
            self.anchors[name] = self.anchors.get(name, 0) + 1
            own = f"{name}-{self.anchors[name]}"
        self.anchors[own] = 0
        return own


def grow(root: Element, blocks: Sequence[Block], definitions: Definitions, finish: Finish) -> Outline:
    """Put the elements of some blocks under `root`."""
    notes = {block.info: block for block in reversed(list(walk(blocks))) if block.kind == "footnote"}
    grower = _Grower(definitions, notes, finish)
    grower.blocks(root, blocks)
    grower.footnotes(root)
    return grower.outline


class _Grower:
    def __init__(self, definitions: Definitions, notes: Mapping[str, Block], finish: Finish) -> None:
        self.definitions, self.notes, self.finish = definitions, notes, finish
        self.outline = Outline()
        self.work = self.code = 0
        self.around = ""  # the inline text that is grown
        self.words = _word_pattern(definitions.abbreviations)

    def blocks(self, parent: Element, blocks: Sequence[Block], tight: bool = False) -> None:
        """Grow the blocks of one container; in a tight list, paragraphs are bare text."""
        slashes = _Slashes(parent)
        shown = [block for block in blocks if block.kind not in ("comment", "footnote")]
        for block, after in zip(shown, [*shown[1:], None], strict=False):
            if block.kind != "slashes" or not slashes.take(block, after):
                self.block(slashes.parent, block, after, tight)

    def count(self, work: int) -> None:
        """Take note of what there is to do, and stop where it is too much."""
        self.work += work
        if self.work > MAX_WORK:
            raise TooMuchError

    def block(self, parent: Element, block: Block, after: Block | None, tight: bool) -> None:
        self.count(1)
        if block.kind == "paragraph" or block.kind == "slashes":
            is_term = after is not None and after.kind == "definition"
            self.paragraph(parent, block, is_term, tight)
        elif block.kind in ("html", "math", "code", "fence"):
            self.put(parent, self.verbatim(block))
        else:
            growers: dict[str, Callable[[Element, Block], object]] = {
                "heading": self.heading,
                "break": lambda parent, _: SubElement(parent, "hr"),
                "table": self.table,
                "quote": self.quote,
                "list": self.bullets,
                "definition": self.definition,
            }
            growers[block.kind](parent, block)

    def put(self, parent: Element, markup: str) -> None:
        """Put the HTML of a block where its element would stand."""
        SubElement(parent, RAW).text = self.finish.stash(markup)

    def verbatim(self, block: Block) -> str:
        if block.kind == "html" and len(block.text) <= MAX_HTML:
            self.count(block.text.count("<"))
            return self.finish.html(block.text.lstrip(" "), "")
        if block.kind == "math":
            self.count(FORMULA_WORK)
            return self.finish.formula(block.text.strip().removeprefix("$$").removesuffix("$$"), True)
        self.count(CODE_WORK)
        code = code_text(block)
        self.code += len(code)
        return self.finish.highlight(code, block.info if self.code <= MAX_CODE else "")

    def heading(self, parent: Element, block: Block) -> None:
        # A heading is written in one line, so it is read so too; but a backslash at the end of a line breaks it.
        between = "\n" if "\\\n" in block.info else " "
        text, attributes = split_heading(between.join(line.strip(" \t") for line in block.info.split("\n")))
        element = SubElement(parent, f"h{block.level}")
        pieces = self.inline(element, text)
        name = plain_text(pieces, self.text_of_html)
        anchor = self.outline.anchor(attributes.name or self.finish.slug(name))
        element.set("id", anchor)
        if attributes.words:
            element.set("class", " ".join(attributes.words))
        self.outline.headings.append((block.level, anchor, " ".join(name.split())))

    def paragraph(self, parent: Element, block: Block, is_term: bool, tight: bool) -> None:
        _, text = split_definitions(block)
        if not text:
            return
        if is_term:
            listing = SubElement(parent, "dl")
            for line in text.split("\n"):
                self.inline(SubElement(listing, "dt"), line.strip())
        elif tight:
            if len(parent) or parent.text:
                add_text(parent, "\n")
            self.inline(parent, text)
        else:
            self.inline(SubElement(parent, "p"), text)

    def table(self, parent: Element, block: Block) -> None:
        header, delimiters, *rows = [split_row(line.text) for line in block.lines]
        table = SubElement(parent, "table")
        aligned = [_alignment(cell) for cell in delimiters]
        self.row(SubElement(SubElement(table, "thead"), "tr"), "th", header, aligned)
        body = SubElement(table, "tbody") if rows else None
        for row in rows:
            if body is not None:
                self.row(SubElement(body, "tr"), "td", row, aligned)

    def row(self, parent: Element, tag: str, cells: Sequence[str], aligned: Sequence[str]) -> None:
        self.count(len(aligned))
        padded = [*cells[: len(aligned)], *[""] * (len(aligned) - len(cells))]
        for text, alignment in zip(padded, aligned, strict=True):
            cell = SubElement(parent, tag, {"class": f"align-{alignment}"} if alignment else {})
            self.inline(cell, ESCAPED_BAR.sub("|", text))

    def quote(self, parent: Element, block: Block) -> None:
        """A quote, or the alert that begins with `[!NOTE]`; what stands behind that is a title, where more follows."""
        first = block.children[0] if block.children else None
        text = paragraph_text(first) if first is not None and first.kind == "paragraph" else ""
        alert = ALERT.match(text)
        if not alert:
            self.blocks(SubElement(parent, "blockquote"), block.children)
            return
        aside = SubElement(parent, "div", {"class": f"admonition {alert[1].lower()}"})
        title, body = alert[2].strip(), text[alert.end() :]
        if not body and not block.children[1:]:
            title, body = "", title
        self.inline(SubElement(aside, "p", {"class": "admonition-title"}), title or alert[1].title())
        if body:
            self.inline(SubElement(aside, "p"), body)
        self.blocks(aside, block.children[1:])

    def bullets(self, parent: Element, block: Block) -> None:
        listing = SubElement(parent, "ol" if block.marker in ".)" else "ul")
        if block.start != 1:
            listing.set("start", str(block.start))
        for item in block.children:
            self.item(SubElement(listing, "li"), item, not block.loose)

    def item(self, element: Element, item: Block, tight: bool) -> None:
        first = item.children[0] if item.children else None
        task = TASK.match(first.lines[0].text.lstrip()) if first is not None and first.kind == "paragraph" else None
        if first is None or task is None:
            self.blocks(element, item.children, tight)
            return
        line = replace(first.lines[0], text=first.lines[0].text.lstrip()[task.end() :])
        self.blocks(element, [replace(first, lines=[line, *first.lines[1:]]), *item.children[1:]], tight)
        within = element if tight or not len(element) else element[0]
        box = Element("span", {"class": "task" if task[1] == " " else "task is-done"})
        box.text, box.tail, within.text = "☐" if task[1] == " " else "☑", " " + (within.text or ""), ""
        within.insert(0, box)

    def definition(self, parent: Element, block: Block) -> None:
        """What a term means; the term grew a list, to which it belongs."""
        listing = parent[-1] if len(parent) and parent[-1].tag == "dl" else SubElement(parent, "dl")
        is_tight = [child.kind for child in block.children].count("paragraph") < 2
        self.blocks(SubElement(listing, "dd"), block.children, is_tight)

    def footnotes(self, root: Element) -> None:
        """The footnotes at the end, in the order in which they are referred to; one may refer to another."""
        listing: Element | None = None
        done = 0
        while done < len(self.outline.notes):
            name = list(self.outline.notes)[done]
            done += 1
            if listing is None:
                frame = SubElement(root, "div", {"class": "footnote"})
                SubElement(frame, "hr")
                listing = SubElement(frame, "ol")
            item = SubElement(listing, "li", {"id": f"fn:{name}"})
            self.blocks(item, self.notes[name].children)
            last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
            title = f"Jump back to footnote {done} in the text"
            back = {"class": "footnote-backref", "href": f"#fnref:{name}", "title": title}
            add_text(last, "\N{NO-BREAK SPACE}")
            SubElement(last, "a", back).text = "↩"

    def inline(self, parent: Element, text: str) -> list[Inline]:
        """Grow inline text, and return what was read."""
        pieces = read_inlines(text, self.definitions.links, self.notes)
        self.count(len(pieces))
        self.around = text
        self.pieces(parent, pieces)
        return pieces

    def pieces(self, parent: Element, pieces: Sequence[Inline]) -> None:
        for is_text, group in groupby(pieces, lambda piece: piece.kind == "text"):
            if is_text:
                self.text(parent, "".join(piece.text for piece in group))
            else:
                for piece in group:
                    self.piece(parent, piece)

    def piece(self, parent: Element, piece: Inline) -> None:
        if piece.kind in SPANS:
            self.span(parent, piece)
        elif piece.kind == "code":
            SubElement(parent, "code").text = safe(piece.text)
        elif piece.kind == "break":
            SubElement(parent, "br")
        elif piece.kind == "image":
            self.image(parent, piece)
        elif piece.kind == "note":
            self.note(parent, piece.text)
        else:
            add_text(parent, self.finish.stash(self.aside(piece)))

    def text_of_html(self, raw: str) -> str:
        """What is shown of a tag: nothing, if it is one."""
        shown = self.finish.html(raw, self.around)
        return html.unescape(shown) if shown.startswith("&lt;") else ""

    def aside(self, piece: Inline) -> str:
        if piece.kind == "formula":
            self.count(FORMULA_WORK)
            return self.finish.formula(piece.text, len(piece.mark) == 2)
        return self.finish.include(piece.text) if piece.kind == "include" else self.finish.html(piece.text, self.around)

    def span(self, parent: Element, piece: Inline) -> None:
        element = SubElement(parent, SPANS[piece.kind])
        if piece.kind == "link":
            element.set("href", safe(piece.target.address))
            _describe(element, piece.target, piece.text)
        self.pieces(element, piece.children)

    def image(self, parent: Element, piece: Inline) -> None:
        description = plain_text(piece.children, self.text_of_html)
        self.finish.picture(piece.target.address, description)
        element = SubElement(parent, "img", {"alt": safe(description), "src": safe(piece.target.address)})
        _describe(element, piece.target, piece.text)

    def note(self, parent: Element, name: str) -> None:
        is_first = name not in self.outline.notes
        number = self.outline.notes.setdefault(name, len(self.outline.notes) + 1)
        mark = SubElement(parent, "sup", {"id": f"fnref:{name}"} if is_first else {})
        SubElement(mark, "a", {"class": "footnote-ref", "href": f"#fn:{name}"}).text = str(number)

    def text(self, parent: Element, text: str) -> None:
        """Text, in which abbreviations are told."""
        end = 0
        for word in self.words.finditer(text) if self.words else ():
            add_text(parent, safe(text[end : word.start()]))
            SubElement(parent, "abbr", {"title": safe(self.definitions.abbreviations[word[0]])}).text = safe(word[0])
            end = word.end()
        add_text(parent, safe(text[end:]))


class _Slashes:
    """The blocks between `/// tab | Title` and `///`, which become tabs, details and captions; `parent` takes them."""

    def __init__(self, parent: Element) -> None:
        self.parent = parent
        self.open: list[tuple[str, Element]] = []  # what is open, and the element around it
        self.tabs: Element | None = None  # a tab ended, and the next one follows at once

    def take(self, block: Block, after: Block | None) -> bool:
        """Open or close what the line says; False when it says nothing."""
        if block.marker:
            self.begin(block)
        elif self.open:
            self.end(after)
        else:
            return False
        return True

    def begin(self, block: Block) -> None:
        word, title = block.marker, safe(block.info or block.marker.capitalize())
        around = self.parent
        if word == "caption":
            self.parent = SubElement(_figure(around), "figcaption")
        elif word == "tab":
            group = SubElement(around, "div", {"class": "tabs"}) if self.tabs is None else self.tabs
            self.parent = SubElement(group, "div", {"class": "tab"})
            SubElement(self.parent, "p", {"class": "tab-title"}).text = title
        else:
            self.parent = SubElement(around, "details")
            SubElement(self.parent, "summary").text = title
        self.tabs = None
        self.open.append((word, around))

    def end(self, after: Block | None) -> None:
        word, self.parent = self.open.pop()
        goes_on = word == "tab" and after is not None and after.kind == "slashes" and after.marker == "tab"
        self.tabs = self.parent[-1] if goes_on else None


def _figure(parent: Element) -> Element:
    """A figure around what stands last."""
    last = parent[-1] if len(parent) else None
    if last is not None:
        parent.remove(last)
    figure = SubElement(parent, "figure")
    if last is not None:
        figure.append(last)
    return figure


def safe(text: str) -> str:
    """Text as the library's serialiser takes it: it would leave alone what looks like an entity."""
    return text.translate(MARKS).replace("&", "&amp;")


def add_text(parent: Element, text: str) -> None:
    """Put text behind what an element has."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _describe(element: Element, target: Target, attributes: str) -> None:
    """The title of a link or picture, and what the attribute list behind it says."""
    if target.title:
        element.set("title", safe(target.title))
    if not attributes:
        return
    read = read_attributes(attributes)
    if read.name:
        element.set("id", safe(read.name))
    if read.words:
        element.set("class", safe(" ".join(read.words)))
    for key, value in read.options.items():
        if key in ("width", "height"):
            element.set(key, safe(value))


def _alignment(cell: str) -> str:
    if cell.endswith(":"):
        return "center" if cell.startswith(":") else "right"
    return "left" if cell.startswith(":") else ""


def _word_pattern(words: Mapping[str, str]) -> re.Pattern[str] | None:
    some = sorted(list(words)[:MAX_WORDS], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, some))})(?!\w)") if some else None
