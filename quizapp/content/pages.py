"""Rendering the fragments of one content file, with what they include, and telling what is wrong in them."""

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from quizapp.content.cache import FragmentCache
from quizapp.content.folder import kind_of
from quizapp.content.headings import read_heading, without_code
from quizapp.content.links import content_target
from quizapp.content.markup import INCLUDE, Flaw, Rendered, Renderer, fragment_key, plain_paragraph
from quizapp.content.sanitise import Place, Target
from quizapp.content.slips import report_slips
from quizapp.source.blocks import MAX_LEAF, Block, split_definitions, too_deep, walk
from quizapp.source.cursor import Line
from quizapp.source.inlines import NOTE
from quizapp.source.report import Report
from quizapp.source.scanner import read_blocks

MAX_INCLUDES = 8  # how deep includes may go
MAX_BRACKETS = 200
MAX_INCLUDED = 1_000_000  # characters of HTML that one fragment may include
Spot = tuple[int, int]  # line and column
LEAVES = frozenset({"paragraph", "heading", "table"})
UNCLOSED = {"fence": "fence-open", "math": "math-open", "html": "html-open", "comment": "html-open"}
MEANT_AS_LINK = re.compile(r"\[([^\]\[]*)\]\(([^()<>\"'\n]*)\)")
FILE_WITH_SPACES = re.compile(r"\S+ .*\.(?:md|pdf|png|jpe?g|svg|gif|webp)(?:#\S*)?", re.IGNORECASE)
ADDRESS = re.compile(r"""(?:\(<?|\]:[ \t]*<?|=["']?|<)([^\s()<>"']+)""")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture, and where it stands; the path of its target is empty for an anchor of the page itself."""

    target: Target
    path: str
    line: int
    column: int


@dataclass(slots=True)
class PageReader:
    """Renders the fragments of the file that is reported on; `source` gives the text and the places of its lines.

    `read_text` gives the text of another content file (None: there is none), `used` collects which were asked for.
    """

    report: Report
    renderer: Renderer
    cache: FragmentCache
    sized: Callable[[str], str]
    read_text: Callable[[str], str | None]
    blocks: Sequence[Block] = ()
    definitions: str = ""
    notes: dict[str, Block] = field(default_factory=dict)  # the footnotes by name
    links: list[Link] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    places: "_Places | None" = None
    above: tuple[str, ...] = ()  # the files that include this one
    texts: dict[str, str] = field(default_factory=dict)  # of included files, by path
    pages: dict[str, str] = field(default_factory=dict)  # their HTML

    @property
    def folder(self) -> str:
        """The folder of the file, as a content path."""
        return self.report.path.rpartition("/")[0]

    def begin(self, blocks: Sequence[Block]) -> None:
        """Take up the blocks of the file: what is wrong with their structure is reported, definitions are kept."""
        self.blocks = blocks
        self.definitions = definitions_in(blocks)
        self.notes = {block.info: block for block in reversed(blocks) if block.kind == "footnote"}
        report_structure(blocks, self.report)

    def render(self, blocks: Sequence[Block], prefix: str = "", notes: str = "") -> Rendered:
        """The safe HTML of some blocks of the file.

        `prefix` keeps their ids apart on the page, `notes` those of their footnotes. What is too complex to be
        rendered is shown as it was written.
        """
        plain = "" if "*[" in self.definitions else plain_paragraph(blocks)
        if plain:
            return Rendered(plain)
        blocks = self._with_footnotes([block for block in blocks if block.kind != "footnote"])
        blocks = _tamed(blocks) if any(map(_is_too_complex, _leaves(blocks))) else blocks
        place = Place(self.folder, prefix, notes, self._included(blocks))
        text = "\n".join(block.text for block in blocks) + "\0" + self.definitions
        try:
            kept = self.cache.get(
                fragment_key(place, text), lambda: self.renderer.render(blocks, self.definitions, place)
            )
        except RecursionError:  # the Markdown library follows the nesting of what it reads
            self.report.add("too-complex", blocks[0].line, blocks[0].column)
            return Rendered(f"<pre>{html.escape(text)}</pre>")
        self._note(kept, blocks)
        return replace(kept, html=self.sized(kept.html))

    def html(self, blocks: Sequence[Block], prefix: str = "") -> str:
        """The same, for a part of a question."""
        return self.render(blocks, prefix).html

    def _with_footnotes(self, blocks: list[Block]) -> list[Block]:
        """The blocks, with those footnotes of the file that they refer to, and those that these refer to."""
        notes = self.notes
        found: dict[str, Block] = {}
        waiting = blocks if notes else []
        while waiting:
            names = dict.fromkeys(name for block in waiting for name in NOTE.findall(block.text))
            waiting = [notes[name] for name in names if name in notes and name not in found]
            found |= {note.info: note for note in waiting}
        return [*blocks, *found.values()]

    def _note(self, rendered: Rendered, blocks: Sequence[Block]) -> None:
        if not (rendered.targets or rendered.flaws):
            return
        self.places = self.places or _Places(list(_lines(self.blocks)))
        inside = self.places.within(blocks)
        for target in rendered.targets:
            self.links.append(Link(target, self.report.path, *inside.find(target.written)))
        for flaw in rendered.flaws:
            line, column = inside.find(flaw.written)
            self.report.add(flaw.code, line, column, **_words(flaw))

    def _included(self, blocks: Sequence[Block]) -> dict[str, str]:
        """The HTML of what the blocks include, by the path as it was written; what grows too large is left out."""
        found: dict[str, str] = {}
        size = 0
        for leaf in _leaves(blocks):
            for line in leaf.lines:
                for include in INCLUDE.finditer(without_code(line.text)):
                    place, written = (line.number, line.column + include.start()), include[1]
                    if written not in found:
                        found[written] = self._include(written, place)
                    size += len(found[written])
                    if size > MAX_INCLUDED:
                        self.report.add("too-complex", *place)
                        return {}
        return found

    def _include(self, written: str, place: tuple[int, int]) -> str:
        path, _ = content_target(written.replace("\\", "/"), self.folder) or ("", "")
        chain = (*self.above, self.report.path)
        if path in chain or len(chain) > MAX_INCLUDES:
            self.report.add("include-loop", *place, path=written)
            return ""
        if path in self.pages:
            return self.pages[path]
        text = self.read_text(path) if path else None
        self.used |= {path} if path else set()
        if text is None:
            self.report.add("broken-link", *place, target=written)
            return ""
        self.texts[path] = text
        inner = replace(self, report=Report(path), links=[], places=None, above=chain)
        blocks = read_blocks(text)
        inner.begin(blocks)
        shown = _without_questions(blocks) if kind_of(path) == "lesson" else []
        if len(shown) < len(blocks):
            self.report.add("include-answers", *place, path=written)
        self.pages[path] = inner.render(shown).html
        self.links += inner.links
        self.report.take(inner.report)
        return self.pages[path]


def _without_questions(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a lesson without its checks, so that no answer of an included file is read as text."""
    shown: list[Block] = []
    inside = 0  # the level of the check
    for block in blocks:
        if block.kind == "heading" and (not inside or block.level <= inside):
            inside = block.level if "check" in read_heading(block).words else 0
        shown += [] if inside else [block]
    return shown


class _Places:
    """Where addresses stand in the lines of a file."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.addresses: dict[str, list[Spot]] = {}
        for line in lines:
            for found in ADDRESS.finditer(line.text):
                self.addresses.setdefault(found[1], []).append((line.number, line.column + found.start(1)))

    def within(self, blocks: Sequence[Block]) -> "_Fragment":
        """The same for what stands in some blocks of the file."""
        return _Fragment(self, list(_lines(blocks)))


class _Fragment:
    """Finds what was written in a fragment: as an address first, and asked again, where it stands next."""

    def __init__(self, places: _Places, lines: Sequence[Line]) -> None:
        self.places, self.lines = places, lines
        self.asked: Counter[str] = Counter()
        numbers = [line.number for line in lines]
        self.first, self.last = (min(numbers), max(numbers)) if numbers else (1, 0)

    def find(self, written: str) -> Spot:
        """Line and column of the next place where it stands in the fragment, else in the file, else of the start."""
        nth = self.asked[written]
        self.asked[written] += 1
        everywhere = self.places.addresses.get(written, [])
        inside = everywhere[bisect_left(everywhere, (self.first, 0)) : bisect_left(everywhere, (self.last + 1, 0))]
        found = inside or everywhere[:1] or (self._anywhere(written) if written else [])
        start = (self.lines[0].number, self.lines[0].column) if self.lines else (1, 1)
        return found[min(nth, len(found) - 1)] if found else start

    def _anywhere(self, written: str) -> list[Spot]:
        """The first line that holds it, in the fragment or else in the file."""
        found = (line for lines in (self.lines, self.places.lines) for line in lines if written in line.text)
        return [(line.number, line.column + line.text.find(written)) for line in islice(found, 1)]


def _words(flaw: Flaw) -> dict[str, str]:
    return {"what": flaw.what} if flaw.what else {"path": flaw.written}


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    return (line for block in blocks if not block.unread for line in block.lines)


def _leaves(blocks: Sequence[Block]) -> Iterator[Block]:
    return (block for block in walk(blocks) if block.kind in LEAVES)


def report_structure(blocks: Sequence[Block], report: Report) -> None:
    """Report code, formulas and HTML that are never closed, and what is nested or built beyond the limits."""
    last = max((block.lines[-1].number for block in blocks), default=0)
    deepest = too_deep(blocks)
    if deepest:
        report.add("too-deeply-nested", deepest.line, deepest.column)
    for block in walk(blocks):
        is_open = not block.closed and block.kind in UNCLOSED
        if is_open and (block.kind in ("fence", "math") or block.lines[-1].number == last):
            report.add(UNCLOSED[block.kind], block.line, block.column, marker=block.marker)
        elif block.kind in LEAVES and _is_too_complex(block):
            report.add("too-complex", block.line, block.column)
        elif block.kind in LEAVES:
            _report_spaces(block, report)
        _report_slashes(block.children, report)
    _report_slashes(blocks, report)
    report_slips(blocks, report)


def _report_slashes(siblings: Sequence[Block], report: Report) -> None:
    """Report `/// tab` and its kin that are never closed."""
    opened: list[Block] = []
    for block in siblings:
        if block.kind == "slashes" and block.marker:
            opened.append(block)
        elif block.kind == "slashes" and opened:
            opened.pop()
    for block in opened:
        report.add("slashes-open", block.line, block.column, word=block.marker)


def _report_spaces(leaf: Block, report: Report) -> None:
    """Report what was meant as a link to a file whose name has spaces."""
    for line in leaf.lines if "](" in leaf.text else ():
        for found in MEANT_AS_LINK.finditer(without_code(line.text)):
            text, target = found[1], found[2].strip()
            if FILE_WITH_SPACES.fullmatch(target):
                report.add("link-with-spaces", line.number, line.column + found.start(), text=text, target=target)


def _is_too_complex(leaf: Block) -> bool:
    """Whether more brackets are open at once, or more text stands in one piece, than is rendered in time."""
    if leaf.unread or sum(len(line.text) for line in leaf.lines) > MAX_LEAF:
        return True
    if len(leaf.lines) == 1 and len(leaf.lines[0].text) < MAX_BRACKETS:
        return False
    open_now = most = 0
    for character in leaf.text:
        if character in "[(":
            open_now += 1
            most = max(most, open_now)
        elif character in "])" and open_now:
            open_now -= 1
    return most > MAX_BRACKETS


def _tamed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that are too complex as code."""
    return [
        replace(block, kind="code", lines=[replace(line, text="    " + line.text) for line in block.lines], children=[])
        if block.kind in LEAVES and _is_too_complex(block)
        else replace(block, children=_tamed(block.children))
        for block in blocks
    ]


def definitions_in(blocks: Sequence[Block]) -> str:
    """Link definitions and abbreviations of a file, which belong to all its fragments."""
    paragraphs = (block for block in walk(blocks) if block.kind == "paragraph")
    return "\n".join(filter(None, (split_definitions(paragraph)[0] for paragraph in paragraphs)))


def is_definition(block: Block) -> bool:
    """Whether a block only defines links, abbreviations or a footnote, and shows nothing where it stands."""
    return block.kind == "footnote" or (block.kind == "paragraph" and not split_definitions(block)[1])
