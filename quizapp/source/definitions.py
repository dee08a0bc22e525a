"""Link definitions `[label]: target "title"` and abbreviations `*[word]: meaning`, after CommonMark 0.31."""

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache

MAX_LABEL = 999
MAX_PARENTHESES = 32
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]", re.DOTALL)
BEGINS = re.compile(r"[ \t]*\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*", re.DOTALL)
ABBREVIATION = re.compile(r"[ \t]*\*\[([^\]\n]+)\]:[ \t]*(\S[^\n]*)(?:\n|\Z)")
IN_POINTS = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
BARE = re.compile(r"(?:\\[!-/:-@\[-`{-~]|[^ \x00-\x1f\x7f()])+|[()]")
TITLE = re.compile(r""" "((?:[^"\\]|\\.)*)" | '((?:[^'\\]|\\.)*)' | \(((?:[^()\\]|\\.)*)\) """, re.VERBOSE | re.DOTALL)
SPACE = re.compile(r"[ \t]*\n?[ \t]*")
LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link goes, and its title."""

    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Targets by their normal label and meanings by their word; of two with the same name the first counts."""

    links: dict[str, Target] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Definitions":
        """The same definitions, to note more among them."""
        return Definitions(dict(self.links), dict(self.abbreviations))


def normal_label(label: str) -> str:
    """A label as it is compared: case and the amount of white space do not count."""
    return " ".join(label.split()).casefold()


def unescape(text: str) -> str:
    """The text that backslashes and entities stand for."""
    return ESCAPED.sub(lambda found: found[1] or html.unescape(found[0]), text) if "\\" in text or "&" in text else text


def read_address(text: str, start: int) -> tuple[str, int] | None:
    """The address that begins there, and where it ends; parentheses in it come in pairs."""
    in_points = IN_POINTS.match(text, start)
    if in_points:
        return unescape(in_points[1]), in_points.end()
    if text.startswith("<", start):
        return None
    end, depth = start, 0
    while piece := BARE.match(text, end):
        depth += (piece[0] == "(") - (piece[0] == ")")
        if depth < 0 or depth > MAX_PARENTHESES:
            break
        end = piece.end()
    return (unescape(text[start:end]), end) if depth <= 0 else None


def read_title(text: str, start: int) -> tuple[str, int] | None:
    """The title in quotes or parentheses that begins there, and where it ends."""
    found = TITLE.match(text, start)
    return (unescape(found[1] or found[2] or found[3] or ""), found.end()) if found else None


def take_definitions(text: str, into: Definitions) -> str:
    """Note the definitions with which a paragraph begins, and return the rest of it."""
    return text[_pass_definitions(text, 0, into) :]


def read_definitions(text: str) -> Definitions:
    """The definitions in a text that should hold nothing else; lines that are none are passed over."""
    return _read(text).copy()


@lru_cache(maxsize=2)
def _read(text: str) -> Definitions:
    """Those of a file are asked for by each of its fragments."""
    found, start = Definitions(), 0
    while start < len(text):
        end = text.find("\n", _pass_definitions(text, start, found))
        start = end + 1 if end >= 0 else len(text)
    return found


def _pass_definitions(text: str, start: int, into: Definitions) -> int:
    """Where the definitions end that begin at `start`."""
    while start < len(text):
        abbreviation = ABBREVIATION.match(text, start)
        if abbreviation:
            into.abbreviations.setdefault(abbreviation[1].strip(), abbreviation[2].strip())
            start = abbreviation.end()
            continue
        found = _definition(text, start)
        if found is None:
            break
        label, target, start = found
        into.links.setdefault(label, target)
    return start


def _definition(text: str, start: int) -> tuple[str, Target, int] | None:
    begins = BEGINS.match(text, start)
    if not begins or not begins[1].strip() or begins[1].startswith("^"):
        return None
    address = read_address(text, begins.end())
    if address is None or address[1] == begins.end():
        return None
    label, end = normal_label(begins[1]), address[1]
    space = SPACE.match(text, end)
    title = read_title(text, space.end()) if space and space.end() > end else None
    after = LINE_END.match(text, title[1]) if title else None
    if title and after:
        return label, Target(address[0], title[0]), after.end()
    after = LINE_END.match(text, end)
    return (label, Target(address[0]), after.end()) if after else None
