"""Which format a file has: told by what stands in it, or by its ending where that says enough.

Only beginnings are parsed. What could be several formats is plain text, whose reader takes most and names each guess.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from quizapp.formats.archives import BadArchive, beginnings, is_archive
from quizapp.formats.contract import IMPORTERS, MAX_BYTES
from quizapp.formats.csv_ import SEPARATORS
from quizapp.formats.elements import root_tag
from quizapp.formats.strangers import IN_ARCHIVE, stranger
from quizapp.formats.text2qti.reading import read_document
from quizapp.formats.text2qti.values import Asked

MSLEARN: Final = "mslearn"  # a tree, which no importer of questions reads
NONE_IN_IT: Final = (
    "this archive holds no questions in a format that is read here. Where it has files with questions, unpack it and "
    "choose those."
)
PLAIN_ENDINGS = (".txt", ".text", ".md", ".markdown")  # of whatever is text
ROOTS = {
    "quiz": "moodle",
    "questestinterop": "qti12",
    **dict.fromkeys(("assessmentItem", "assessmentTest", "qti-assessment-item", "qti-assessment-test"), "qti"),
}
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
YAML = re.compile(rb"(?:\xef\xbb\xbf)?### ?YamlMime: ?(?:Module|ModuleUnit|LearningPath)\b")
FIRST_ELEMENT = re.compile(rb"<(?:\w+:)?([A-Za-z][A-Za-z-]*)[\s>/]")
BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
GIFT = {
    "a category stands": re.compile(r"^[ \t]*\$CATEGORY:", re.MULTILINE),
    "a title between colons stands": re.compile(r"^[ \t]*::[^:\n]", re.MULTILINE),
    "a tag or id stands": re.compile(r"^[ \t]*//.*\[(?:tag|id):", re.MULTILINE),
    "answers in braces stand": re.compile(
        r"(?<!\\)\{\s*(?:[=~]|(?:TRUE|FALSE|T|F)(?=\s*[#}])|\#\s*(?:=|[-+]?\.?\d))(?=[^{}]*\})|\S\{\}[ \t]*$",
        re.MULTILINE,
    ),
}
SURE_TEXT2QTI = re.compile(r"^(?:[Qq]uiz (?:[Tt]itle|[Dd]escription):\s|(?:END_)?GROUP[ \t]*$)", re.MULTILINE)
LIKE_TEXT2QTI = re.compile(r"^(?:\.\.\.[ \t]|\[\*\][ \t]|\^{3,}[ \t]*$|=[ \t]+[-+\[\d])", re.MULTILINE)
AIKEN_ANSWER, AIKEN_CHOICE = re.compile(r"ANSWER:\s*[A-Z]\s*"), re.compile(r"[A-Z][).][ \t]*\S.*")
NUMBERED = re.compile(r"\d+[.)]\s")


@dataclass(frozen=True, slots=True)
class Detected:
    """The name of an importer, `mslearn`, or nothing where no format is known; and what tells so, as a clause."""

    format: str
    why: str


def detect(data: bytes, name: str = "") -> Detected:
    """The format of a file. Raises nothing, whatever the bytes are."""
    told = stranger(data, name)
    if told:
        return Detected("", told)
    if is_archive(data):
        return _in_archive(data)
    if data[:2] in BYTE_ORDER or data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found = _by_root(data)
        if found:
            return found
    ending = _by_ending(name)
    return ending or _in_text(data)


def mistaken(data: bytes, name: str, format: str) -> Detected | None:
    """What a file seems to be that could not be read as a format, `why` as a sentence; None where that is no news."""
    found = detect(data, name)
    if found.format in (format, "text"):
        return None
    title = IMPORTERS[found.format].title if found.format in IMPORTERS else "a repository of Microsoft Learn"
    return replace(found, why=f"this looks like “{title}”: {found.why}.") if found.format else found


def _in_archive(data: bytes) -> Detected:
    """What an archive holds, by the first of its files that tells."""
    try:
        parts = list(beginnings(data, (".xml", ".qti", ".yml"), 65_536))
    except BadArchive as bad:
        return Detected("", str(bad))
    found = [kind for name, head in parts if (kind := _part(name, head))]
    strange = next((IN_ARCHIVE[name] for name, _head in parts if name in IN_ARCHIVE), NONE_IN_IT)
    told = {"docx": "it holds a Word document", "xlsx": "it holds a workbook",
            MSLEARN: "it holds modules of Microsoft Learn", "qti": "it holds items of QTI 2 or 3",
            "qti12": "it holds QTI 1.2"}  # fmt: skip
    kind = next((kind for kind in told if kind in found), "")
    return Detected(kind, told.get(kind, strange))


def _part(name: str, head: bytes) -> str:
    if name in OFFICE:
        return OFFICE[name]
    if name.lower().endswith(".yml"):
        return MSLEARN if YAML.match(head) else ""
    kind = ROOTS.get(root_tag(head), "")
    return "" if kind == "moodle" else kind


def _by_root(data: bytes) -> Detected | None:
    """What a document is by its first element; None where that is no XML."""
    root = root_tag(data) or _written_root(data)
    if root in ROOTS:
        return Detected(ROOTS[root], f"it begins with <{root}>")
    return Detected("", f"this begins with <{root[:40]}>, which is no format that is read here.") if root else None


def _written_root(data: bytes) -> str:
    """The name that the first element seems to have, of a document that is not well-formed; its reader tells where."""
    found = FIRST_ELEMENT.search(data[:2000])
    return found[1].decode() if found and found[1].decode() in ROOTS else ""


def _by_ending(name: str) -> Detected | None:
    """What only one format is called; None where the ending says too little."""
    lowered = name.lower()
    known = {ending: one for one, importer in IMPORTERS.items() for ending in importer.endings}
    shared = (*PLAIN_ENDINGS, ".xml", ".zip")
    found = [ending for ending in known if ending not in shared and lowered.endswith(ending)]
    longest = max(found, key=len, default="")
    return Detected(known[longest], f"its name ends with {longest}") if longest else None


def _in_text(data: bytes) -> Detected:
    """What a text is by its signs."""
    if b"\0" in data[:8192]:
        return Detected("", "this is no text, and no archive or document that is read here.")
    text = data[: MAX_BYTES + 1].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for kind, sign in SIGNS.items():
        why = sign(text)
        if why:
            return Detected(kind, why)
    return Detected("text", "nothing in it is a sign of another format")


def _json(text: str) -> str:
    return "it begins with `{`" if re.match(r'\s*\{\s*"', text) else ""


def _csv(text: str) -> str:
    """A row of names, one of which is that of the column with the questions."""
    head = text.lstrip("\n").partition("\n")[0]
    rows = ([cell.strip().strip('"').strip().casefold() for cell in head.split(separator)] for separator in SEPARATORS)
    return "its first row names columns" if any(len(row) > 1 and "question" in row for row in rows) else ""


def _gift(text: str) -> str:
    found = ((told, sign.search(text)) for told, sign in GIFT.items())
    return next((f"{told} on line {_line(text, at.start())}" for told, at in found if at), "")


def _text2qti(text: str) -> str:
    """Its own words, or signs that others have too where all of the text then reads as it."""
    found = SURE_TEXT2QTI.search(text) or LIKE_TEXT2QTI.search(text)
    if not found:
        return ""
    if found.re is LIKE_TEXT2QTI:
        document = read_document(text)
        asked = [item for item in document.items if isinstance(item, Asked)]
        if document.errors or not asked or any(item.error for item in asked):
            return ""
    return f"`{found[0].strip()[:20]}` stands on line {_line(text, found.start())}"


def _aiken(text: str) -> str:
    """Nothing but questions, lettered choices and `ANSWER:`; numbers before them are read better as plain text."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    answers = [at for at, line in enumerate(lines) if AIKEN_ANSWER.fullmatch(line)]
    if not answers or answers[-1] != len(lines) - 1 or any(NUMBERED.match(line) for line in lines):
        return ""
    is_so = all(
        at > 1 and AIKEN_CHOICE.fullmatch(lines[at - 1]) and AIKEN_CHOICE.fullmatch(lines[at - 2]) for at in answers
    )
    return "each question ends with `ANSWER:`" if is_so else ""


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


# The surest first; each gives why, or nothing.
SIGNS: dict[str, Callable[[str], str]] = {
    "json": _json,
    "csv": _csv,
    "gift": _gift,
    "text2qti": _text2qti,
    "aiken": _aiken,
}
