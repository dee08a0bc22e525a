"""Zone files as people type them: text to records with their lines, or what is in the way; format section 6.

A zone needs neither SOA nor NS here, since a learner writes a part of one. TTL and class are read and mean nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quizapp.questions.choices import INVISIBLE
from quizapp.questions.rdata import FIELD, Data, read_data, read_name, read_type

MAX_LENGTH = 64 * 1024  # characters
MAX_RECORDS = 500
ROOT = "."
TOKEN = re.compile(
    r"(?P<indent>(?<![^\n])[ \t]+)|(?P<space>[ \t]+)|(?P<end>\n)|(?P<comment>;[^\n]*)|(?P<open>\()|(?P<close>\))"
    rf"|(?P<field>{FIELD})|(?P<other>.)"
)
TTL = re.compile(r"[0-9]{1,10}|(?:[0-9]{1,10}[smhdw])+", re.IGNORECASE)
CLASS = re.compile(r"IN|CH|HS|CS", re.IGNORECASE)
ORIGIN = re.compile(r"^[ \t]*\$ORIGIN[ \t]+([^\s;()\"]+)", re.IGNORECASE | re.MULTILINE)
# What a phone or a word processor makes of white space and quotes; marks that nobody sees.
SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys(f"{INVISIBLE}\u200b\ufeff", ""))
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a text is no zone; `line` counts from 1, 0 is the whole."""

    code: Literal["zone-syntax", "zone-directive", "too-long"]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One directive or record, on one line or several; one that is indented goes on with the last owner."""

    line: int
    is_indented: bool
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A record before its names are made absolute, and what those of owner and data are relative to."""

    owner: str
    type: str
    data: str
    owner_origin: str
    data_origin: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a zone: what it means to DNS, how it was typed (on one line) and where."""

    owner: str
    type: str
    data: Data
    written: Written
    typed: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Zone:
    """The records in the order of their lines; `origin` is where the zone begins, `.` when nobody said."""

    origin: str
    records: tuple[Record, ...]


def tidied(text: str) -> str:
    """The text with plain line ends, spaces and quotes."""
    return SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).translate(QUOTES)


def origin_of(text: str) -> str:
    """The first `$ORIGIN` of a text, which need not be readable elsewhere; empty when there is none."""
    found = ORIGIN.search(text)
    try:
        return read_name(found[1], ROOT) if found else ""
    except ValueError:
        return ""


def read_zone(text: str, starting: str = "") -> Zone | Trouble:
    """Read what a learner typed; where it names no origin, that of the starting text holds."""
    if len(text) > MAX_LENGTH:
        return Trouble("too-long")
    text = tidied(text)
    if control := CONTROL.search(text):
        return Trouble("zone-syntax", text.count("\n", 0, control.start()) + 1)
    reader = _Reader(origin_of(starting) or ROOT)
    for entry in entries(text):
        trouble = entry if isinstance(entry, Trouble) else reader.take(entry)
        if trouble:
            return trouble
    return Zone(reader.begin, tuple(reader.records))


def entries(text: str) -> Iterator[Entry | Trouble]:
    """The directives and records of a text; a trouble is the last."""
    fields: list[str] = []
    is_indented, depth, line, opened = False, 0, 1, 1
    for kind, value, at in _tokens(text):
        if kind == "other" or (kind == "close" and not depth):
            yield Trouble("zone-syntax", at)
            return
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if kind == "field":
            line = line if fields else at
            fields.append(value)
        elif kind == "open" and depth == 1:
            opened = at
        elif kind in ("indent", "end") and not depth:
            if fields:
                yield Entry(line, is_indented, tuple(fields))
            fields, is_indented = [], kind == "indent"
    if depth:
        yield Trouble("zone-syntax", opened)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and line of each token."""
    line = 1
    for found in TOKEN.finditer(text + "\n"):
        yield found.lastgroup or "", found[0], line
        line += found[0] == "\n"


def divided(fields: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Type and data of what stands after an owner; TTL and class are passed over. Raises ValueError with a reason."""
    kinds = ["ttl" if TTL.fullmatch(one) else "class" if CLASS.fullmatch(one) else "" for one in fields[:2]]
    skipped = 2 if sorted(kinds) == ["class", "ttl"] else int(bool(kinds and kinds[0]))
    if len(fields) <= skipped:
        raise ValueError("it has no type")
    return read_type(fields[skipped]), tuple(fields[skipped + 1 :])


def resolved(written: Written) -> Record:
    """The record that was meant. Raises ValueError with a reason."""
    owner = read_name(written.owner, written.owner_origin)
    return Record(owner, written.type, read_data(written.type, written.data, written.data_origin), written)


class _Reader:
    """Takes one entry after the other; `begin` is the origin of the whole zone."""

    def __init__(self, origin: str) -> None:
        self.begin = self.origin = origin
        self.owner: tuple[str, str] | None = None  # the last one, and what it is relative to
        self.records: list[Record] = []
        self.has_origin = False

    def take(self, entry: Entry) -> Trouble | None:
        """Read one entry; the trouble with it, if there is one."""
        try:
            if entry.fields[0].startswith("$"):
                return self._obey(entry)
            if len(self.records) == MAX_RECORDS:
                return Trouble("too-long")
            self.records.append(self._record(entry))
        except ValueError:
            return Trouble("zone-syntax", entry.line)
        return None

    def _obey(self, entry: Entry) -> Trouble | None:
        """Act on `$ORIGIN` and `$TTL`; others write records of their own or read files, and are refused."""
        word = entry.fields[0].upper()
        if word not in ("$ORIGIN", "$TTL"):
            return Trouble("zone-directive", entry.line)
        if len(entry.fields) != 2 or (word == "$TTL" and not TTL.fullmatch(entry.fields[1])):
            return Trouble("zone-syntax", entry.line)
        if word == "$ORIGIN":
            self.origin = read_name(entry.fields[1], self.origin if self.has_origin else ROOT)
            self.begin = self.begin if self.has_origin else self.origin
            self.has_origin = True
        return None

    def _record(self, entry: Entry) -> Record:
        fields = entry.fields
        if not entry.is_indented:
            self.owner, fields = (fields[0], self.origin), fields[1:]
        owner, owner_origin = self.owner or ("@", self.origin)
        kind, data = divided(fields)
        record = resolved(Written(owner, kind, " ".join(data), owner_origin, self.origin))
        return replace(record, typed=" ".join(entry.fields), line=entry.line)
