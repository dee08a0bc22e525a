"""A content file as it stands in a text box of a browser, and back to bytes: what nobody typed stays as it was."""

import codecs
import re
from collections import Counter
from itertools import pairwise

from quizapp.content.differences import common_lines
from quizapp.source.text import decode

END = re.compile(r"(\r\n|\r|\n)")
READ_AS_LINES = "\t\n\f"
LOST = "\N{REPLACEMENT CHARACTER}"


def shown(data: bytes) -> str:
    """The text of a file for a text box: without BOM, line ends as `\\n`."""
    return decode(data)[0]


def is_text(data: bytes) -> bool:
    """Whether a file can be shown and saved without losing anything but its encoding."""
    text, clean = decode(data)
    return clean or LOST not in text


def unreadable_in(text: str, before: bytes) -> str:
    """The first character of a text that no author types, and that the file did not have; empty where there is none.

    Bytes that were no UTF-8 arrive as U+FFFD.
    """
    known = shown(before)
    strange = (one for one in text if one == LOST or (one < " " and one not in READ_AS_LINES))
    return next((one for one in strange if one == "\0" or one not in known), "")


def normal(text: str) -> str:
    """A text that a browser sent, its line ends as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def saved(text: str, before: bytes) -> bytes:
    """The bytes to store for a text: BOM, line ends and last line end are those of the file as it was.

    Lines that stayed keep the end they had, also where a file has several kinds; new lines get the one it has most.
    `saved(shown(data), data) == data` for every file that is UTF-8.
    """
    text = normal(text)
    parts = END.split(_decoded(before))
    ends = parts[1::2]
    if text and not text.endswith("\n") and (not before or not parts[-1]):
        text += "\n"
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    usual = Counter(ends).most_common(1)[0][0] if ends else "\n"
    if len(set(ends)) < 2:
        return mark + text.replace("\n", usual).encode()
    lines = text.split("\n")
    kept = {j: ends[i] for i, j in common_lines(parts[0::2], lines) if i < len(ends)}
    told = [line + kept.get(place, usual) for place, (line, _) in enumerate(pairwise(lines))]
    return mark + "".join([*told, lines[-1]]).encode()


def _decoded(data: bytes) -> str:
    """The text of a file with the line ends it has."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(data)[0]
