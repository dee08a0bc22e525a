"""Questions in a Word document: its paragraphs, lists, tables and looks become pasted text, which is then read.

Word counts its lists by itself, so that no letter stands in the text: they are counted here, from `numbering.xml`. The
archive is looked at before anything is unpacked, and its XML is read without declarations of a type.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from xml.etree.ElementTree import Element

from quizapp.formats.archives import ENTRY, MAX_ENTRIES
from quizapp.formats.contract import MAX_BYTES, MAX_LINE, MAX_LINES, Imported, Importer, Note, Source, failed
from quizapp.formats.office import BadPart, read_part
from quizapp.formats.pasted import markers
from quizapp.formats.text import read_pasted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_PACKED, MAX_UNPACKED, MAX_PARTS, MAX_RATIO = 10 * MAX_BYTES, 16 * MAX_BYTES, 2000, 200
DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
# What a damaged, locked or strange archive raises, beside OSError and its kin.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, OSError, EOFError, ValueError, LookupError)
WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml")}
AROUND_RUNS = {f"{W}{name}" for name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple")}
DEEPEST = 16  # tables, and what Word puts around blocks and words, in each other
LEVELS = 9  # of a list (ECMA-376, 17.9.6)
OFF = ("0", "false", "none", "off")
ASKS = re.compile(r"questions?", re.IGNORECASE)
NAMES_COLUMN = re.compile(
    r"questions?|(?:right |correct )?answers?|options|choices|right|correct|key|points|feedback|explanation|no\.?|#|",
    re.IGNORECASE,
)
PLAIN_COLOURS = ("auto", "000000", "")
SIGN_OF = {name: sign for sign, name in markers.LOOKS.items()}


class Docx(Importer):
    """A document of a word processor."""

    name: ClassVar[str] = "docx"
    title: ClassVar[str] = "Word document"
    endings: ClassVar[tuple[str, ...]] = (".docx",)

    def read(self, source: Source) -> Imported:
        """The questions of a document; lines count in the text that is made of it."""
        try:
            text, notes = document_text(source.data)
        except (BadDocument, BadPart) as bad:
            return failed(str(bad))
        found = read_pasted(text, source)
        return Imported(found.items, (*notes, *found.notes), found.errors, found.source)


class BadDocument(Exception):
    """A document that cannot be read, and why, as a sentence."""


def document_text(data: bytes) -> tuple[str, list[Note]]:
    """The text of a document, looks written as signs around it, and what of it is lost. Raises BadDocument, BadPart."""
    parts = _parts(data)
    body = read_part(parts[DOCUMENT], "document").find(f"{W}body")
    read = {name: read_part(parts[name], "document") for name in (NUMBERING, STYLES) if name in parts}
    lists = Lists(read.get(NUMBERING), read.get(STYLES))
    if body is None:
        raise BadDocument("this is no Word document: it has no text. Save it as .docx again.")
    reader = _Reader(lists)
    reader.blocks(body)
    return "\n".join(reader.lines), reader.notes


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of the archive that are read, once it is known to unpack to little."""
    if len(data) > MAX_PACKED:
        raise BadDocument(
            f"this has more than {MAX_PACKED // MAX_BYTES} MiB. Take the pictures out, or paste the text."
        )
    if data.count(ENTRY) > MAX_ENTRIES:  # each becomes an object before it can be counted
        raise BadDocument(f"this archive has more than {MAX_ENTRIES} parts, as no document has. It is not read.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_PARTS:
                raise BadDocument(f"this archive has {len(infos)} parts, more than any document. It is not read.")
            wanted = {info.filename: info for info in infos if info.filename in (DOCUMENT, NUMBERING, STYLES)}
            if DOCUMENT not in wanted:
                raise BadDocument("this is no Word document. Save it as .docx, or paste its text.")
            return {name: _unpacked(archive, info) for name, info in wanted.items()}
    except UNREADABLE:
        raise BadDocument(
            "this is no Word document, or it is damaged or locked. Save it as .docx again, or paste its text."
        ) from None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, never more than are allowed, whatever its header says."""
    if info.file_size > MAX_UNPACKED or info.file_size > MAX_RATIO * max(info.compress_size, 1000):
        raise BadDocument("this document unpacks to far more than it holds. It is not read.")
    with archive.open(info) as part:
        data = part.read(MAX_UNPACKED + 1)
    if len(data) > MAX_UNPACKED:
        raise BadDocument("this document unpacks to far more than it holds. It is not read.")
    return data


@dataclass(slots=True)
class Lists:
    """How Word counts: the format of each level of each list, and how far it has come."""

    root: Element | None
    styles: Element | None = None
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    formats: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in self.styles.iter(f"{W}style") if self.styles is not None else ():
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                place = _value(numbered, "numId"), _whole(_value(numbered, "ilvl") or "0")
                self.of_style[style.get(f"{W}styleId", "")] = place
        if self.root is None:
            return
        levels = {
            one.get(f"{W}abstractNumId", ""): one.findall(f"{W}lvl") for one in self.root.findall(f"{W}abstractNum")
        }
        for number in self.root.findall(f"{W}num"):
            for one in levels.get(_value(number, "abstractNumId"), []):
                which = number.get(f"{W}numId", ""), _whole(one.get(f"{W}ilvl", "0"))
                self.formats[which] = (
                    _value(one, "numFmt"),
                    _value(one, "lvlText"),
                    _whole(_value(one, "start") or "1"),
                )

    def marker(self, number: str, level: int) -> str:
        """What Word shows before the next paragraph of a list; empty where it shows nothing."""
        form, text, start = self.formats.get((number, level), ("", "", 1))
        if not form or form == "none":
            return ""
        if form == "bullet":
            return "•"
        count = self.counts.get((number, level), start - 1) + 1
        self.counts[number, level] = count
        for deeper in range(level + 1, LEVELS):
            self.counts.pop((number, deeper), None)
        close = re.sub(r"%\d", "", text).strip()[-1:] or "."
        counted = _counted(count, form)
        return f"({counted})" if text.strip().startswith("(") else f"{counted}{close if close in '.):' else '.'}"


def _counted(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 1 <= count <= len(markers.ROMAN):
        roman = markers.ROMAN[count - 1]
        return roman.upper() if form == "upperRoman" else roman
    return str(count)


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _plain(line: str) -> str:
    return line.strip(" :" + "".join(markers.LOOKS))


def _name_columns(texts: list[str]) -> bool:
    """Whether these are the cells of a row that says what stands in each column, one of them the questions."""
    names = [_plain(text) for text in texts]
    is_named = all(NAMES_COLUMN.fullmatch(name) for name in names)
    return len(names) > 1 and is_named and any(ASKS.fullmatch(name) for name in names)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    looks: frozenset[str]


class _Reader:
    """Goes through the blocks of a document; `lines` and `notes` are what came of it."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.lines: list[str] = []
        self.notes: list[Note] = []

    def blocks(self, parent: Element, depth: int = 0) -> None:
        """Read paragraphs and tables, also inside of what Word puts around them. Raises BadDocument for too many."""
        for block in parent:
            if len(self.lines) > MAX_LINES:
                raise BadDocument(f"this has more than {MAX_LINES} lines. Paste it in parts.")
            if block.tag == f"{W}p":
                self.paragraph(block)
            elif block.tag == f"{W}tbl" or block.tag in WRAPPERS:
                if depth >= DEEPEST:
                    self._lose(f"what stands more than {DEEPEST} tables deep is left out.")
                elif block.tag in WRAPPERS:
                    self.blocks(block, depth + 1)
                else:
                    self.table(block, depth)

    def table(self, table: Element, depth: int) -> None:
        """A table: the paragraphs of its cells, row by row; a number or letter in a cell of its own goes before."""
        for place, row in enumerate(table.findall(f"{W}tr")):
            cells = row.findall(f"{W}tc")
            begin = len(self.lines)
            for cell in cells:
                self.blocks(cell, depth + 1)
            texts = [line for line in self.lines[begin:] if line.strip()]
            bare = [text for text in texts if not markers.peeled(text)[0].strip() or len(text) < 4]
            del self.lines[begin:]
            if not place and _name_columns(texts):
                self._lose(
                    f"the first row of a table, “{' | '.join(map(_plain, texts))}”, names columns and is left out."
                )
                continue
            if len(texts) > 1 and len(bare) == 1 and texts[0] in bare:  # `1` or `a)` in a cell of its own
                sign = texts[0].strip()
                texts = [f"{sign}{'' if sign[-1:] in '.):' else '.'} {texts[1]}", *texts[2:]]
            self.lines += texts
        self.lines.append("")

    def paragraph(self, paragraph: Element) -> None:
        """One paragraph as one line, a line break in it as another."""
        runs = list(self._runs(paragraph))
        marker = self._marker(paragraph)
        for place, part in enumerate(_split(runs)):
            line = self._line(part, marker if not place else "")
            self.lines.append(line)

    def _marker(self, paragraph: Element) -> str:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        numbered = properties.find(f"{W}numPr")
        number, level = self.lists.of_style.get(_value(properties, "pStyle"), ("", 0))
        if numbered is not None:
            number, level = _value(numbered, "numId"), _whole(_value(numbered, "ilvl") or "0")
        return " " * (4 * min(level, LEVELS)) + self.lists.marker(number, level)

    def _runs(self, parent: Element, depth: int = 0) -> Iterator[_Run]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag in AROUND_RUNS and depth < DEEPEST:
                yield from self._runs(child, depth + 1)
            elif child.tag in AROUND_RUNS:
                self._lose(f"what stands more than {DEEPEST} links or fields deep is left out.")
            elif child.tag == f"{W}del":
                self._lose("text that is marked as deleted is left out.")
            elif child.tag.endswith("}oMath") or child.tag.endswith("}oMathPara"):
                self._lose("a formula is left out. Write it as $…$.")

    def _run(self, run: Element) -> Iterator[_Run]:
        looks = _looks(run.find(f"{W}rPr"))
        for child in run:
            if child.tag == f"{W}t":
                yield _Run(child.text or "", looks)
            elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
                yield _Run("\t" if child.tag == f"{W}tab" else "\n", frozenset())
            elif child.tag == f"{W}noBreakHyphen":
                yield _Run("-", looks)
            elif child.tag == f"{W}sym":
                yield _Run(
                    chr(
                        int(child.get(f"{W}char", "F0B7")[-4:], 16)
                        if re.fullmatch(r"[0-9A-Fa-f]{4}", child.get(f"{W}char", ""))
                        else 0xF0B7
                    ),
                    looks,
                )
            elif child.tag in DRAWN or child.tag.endswith("}AlternateContent"):
                self._lose("a picture is left out. Add it in Markdown: ![what it shows](media/name.png).")
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._lose("a footnote is left out.")

    def _lose(self, text: str) -> None:
        self.notes.append(Note(text, len(self.lines) + 1))

    def _line(self, runs: list[_Run], marker: str) -> str:
        """A line with signs around what all looks alike: the whole of it, or the text behind a marker."""
        text = "".join(run.text for run in runs)
        if len(text) > MAX_LINE:
            told = f"line {len(self.lines) + 1} has more than {MAX_LINE} characters. Break it into lines."
            raise BadDocument(told)
        if not text.strip():
            return ""
        common = _common(runs)
        if not marker.strip():
            begin = _marker_end(text)
            if not common and begin:
                return text[:begin] + self._line(_from(runs, begin), "")
            return self._inner(runs, text, common)
        return f"{marker} {self._inner(runs, text, common)}"

    def _inner(self, runs: list[_Run], text: str, common: frozenset[str]) -> str:
        pieces = _pieces(runs) if not common and re.search(r"[/☐☑☒]|\b[b-h][).]", text) else []
        if pieces:
            return "".join(pieces)
        if not common and any(run.looks for run in runs if run.text.strip()):
            self._lose("some words of this line are bold, underlined or coloured; that is lost.")
        return _signed(text, common)


def _looks(properties: Element | None) -> frozenset[str]:
    if properties is None:
        return frozenset()
    found = set()
    bold, underlined = properties.find(f"{W}b"), _value(properties, "u")
    if bold is not None and bold.get(f"{W}val", "1") not in OFF:
        found.add("bold")
    if underlined and underlined not in OFF:
        found.add("underlined")
    shade = properties.find(f"{W}shd")
    filled = "" if shade is None else shade.get(f"{W}fill", "")
    if _value(properties, "highlight") not in ("", "none", "white") or filled.upper() not in ("", "AUTO", "FFFFFF"):
        found.add("highlighted")
    if _value(properties, "color").lower() not in PLAIN_COLOURS:
        found.add("coloured")
    return frozenset(found)


def _split(runs: list[_Run]) -> list[list[_Run]]:
    """Runs at their line breaks."""
    parts: list[list[_Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            parts.append([])
        else:
            parts[-1].append(run)
    return parts


def _common(runs: list[_Run]) -> frozenset[str]:
    """The looks that all words of some runs have."""
    having = [run.looks for run in runs if run.text.strip(" \t.,;:()*")]
    return frozenset.intersection(*having) if having else frozenset()


def _marker_end(text: str) -> int:
    """How long the marker of an option or a question is that a line begins with."""
    plain = text.lstrip()
    letter, number = markers.option_letter(plain), markers.question_number(plain)
    end = letter.end if letter else number.end if number else 0
    return len(text) - len(plain) + end if end else 0


def _from(runs: list[_Run], begin: int) -> list[_Run]:
    """The runs without their first characters."""
    kept = []
    for run in runs:
        cut = min(begin, len(run.text))
        begin -= cut
        kept.append(_Run(run.text[cut:], run.looks))
    return [run for run in kept if run.text]


def _pieces(runs: list[_Run]) -> list[str]:
    """Runs of one look each with their signs, for several options on one line; nothing where a look ends in a word."""
    merged: list[_Run] = []
    for run in runs:
        if merged and (merged[-1].looks == run.looks or not run.text.strip()):
            merged[-1] = _Run(merged[-1].text + run.text, merged[-1].looks)
        else:
            merged.append(run)
    return [_signed(run.text, run.looks) for run in merged]


def _signed(text: str, looks: Mapping[str, str] | frozenset[str]) -> str:
    signs = [SIGN_OF[look] for look in markers.LOOKS.values() if look in looks]
    bare = text.strip()
    if not bare or not signs:
        return text
    start = text.index(bare)
    return text[:start] + "".join(signs) + bare + "".join(reversed(signs)) + text[start + len(bare) :]
