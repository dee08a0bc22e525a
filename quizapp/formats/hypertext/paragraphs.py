"""Inline HTML to one paragraph of Markdown that reads as the text that stood there.

What is written is read again. Where signs of emphasis would be shown as themselves (`a**"b"**c`), tags stand in their
place; where even that reads otherwise, the text stands alone.
"""

import re
from collections.abc import Sequence
from string import punctuation

from quizapp.formats.escaping import MARK, escaped, escaped_line
from quizapp.formats.hypertext.phrases import Phrases, Piece
from quizapp.formats.hypertext.tree import Conversion, Node
from quizapp.source.inlines import plain_text, read_inlines
from quizapp.source.scanner import read_blocks

SPACE = re.compile(r"[ \t\n\r\f\u00a0]+")
EVERY = re.compile(f"[{re.escape(punctuation)}]")


class Paragraphs:
    """Writes runs of inline HTML."""

    def __init__(self, conversion: Conversion) -> None:
        self.conversion = conversion

    def of(self, nodes: Sequence[Node | str], *, line_break: str = "\\\n") -> str:
        """The paragraph of some inline nodes; empty where nothing is shown. `line_break` is how a line is ended."""
        for with_tags in (False, True):
            pieces = settled(Phrases(self.conversion, with_tags).of(nodes))
            text = _joined(pieces, line_break)
            if _reads_as(text, pieces):
                return text
        if any(piece.shown.strip() for piece in pieces):
            self.conversion.lose("the looks of a text are lost: it cannot be written with them.")
        bare = [Piece(piece.shown, piece.shown) for piece in pieces if piece.shown]
        return EVERY.sub(r"\\\g<0>", " ".join("".join(piece.shown for piece in bare).split()))


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """Text merged and its white space made single; none at the ends, around a break or just inside of emphasis."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and piece.is_text and merged[-1].is_text:
            merged[-1] = Piece(merged[-1].shown + piece.shown)
        elif piece.shown or not piece.is_text:
            merged.append(piece)
    return _trimmed(_with_spaces_outside(_without_empty(merged)))


def _single(space: re.Match[str]) -> str:
    return space[0] if space[0] == "\u00a0" else " "


def _without_empty(pieces: list[Piece]) -> list[Piece]:
    """Without signs around nothing."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.closes and kept and kept[-1].opens:
            kept.pop()
        else:
            kept.append(piece)
    return kept


def _with_spaces_outside(pieces: Sequence[Piece]) -> list[Piece]:
    """White space at the edge of emphasis goes outside: `**word **` is no emphasis."""
    begun: list[Piece] = []  # from the end to the begin
    for piece in reversed(pieces):
        inside = begun[-1] if begun and piece.opens and begun[-1].is_text else None
        if inside and inside.shown[:1].isspace():
            begun[-1:] = [Piece(inside.shown.lstrip()), piece, Piece(" ")]
        else:
            begun.append(piece)
    ended: list[Piece] = []
    for piece in reversed(begun):
        inside = ended[-1] if ended and piece.closes and ended[-1].is_text else None
        if inside and inside.shown[-1:].isspace():
            ended[-1:] = [Piece(inside.shown.rstrip()), piece, Piece(" ")]
        else:
            ended.append(piece)
    return ended


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """White space made single over all pieces, and none at the begin and end of a line."""
    kept: list[Piece] = []
    is_begin = True
    for piece in pieces:
        if piece.is_text:
            text = SPACE.sub(_single, piece.shown)
            text = text.lstrip() if is_begin else text
            if text:
                kept.append(Piece(text))
                is_begin = text.endswith(" ")
            continue
        if piece.is_break:
            _end_line(kept)
        is_begin = piece.is_break or (is_begin and (piece.opens or piece.closes))
        kept.append(piece)
    _end_line(kept)
    while kept and (kept[-1].is_break or (kept[-1].is_text and not kept[-1].shown)):
        kept.pop()
        _end_line(kept)
    while kept and kept[0].is_break:
        kept.pop(0)
    return [piece for place, piece in enumerate(kept) if not (piece.is_break and place and kept[place - 1].is_break)]


def _end_line(pieces: list[Piece]) -> None:
    """Take the white space from the end of the line so far."""
    while pieces and pieces[-1].is_text:
        bare = pieces[-1].shown.rstrip()
        if bare:
            pieces[-1] = Piece(bare)
            return
        pieces.pop()


def _joined(pieces: Sequence[Piece], line_break: str) -> str:
    """The Markdown of some pieces: text is escaped with the signs around it in sight."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.is_break:
            lines.append([])
        else:
            lines[-1].append(piece)
    written = []
    for line in lines:
        text = escaped("".join(piece.shown if piece.is_text else MARK for piece in line))
        written.append(_filled(escaped_line(text), [piece.markdown for piece in line if not piece.is_text]))
    return line_break.join(written)


def _filled(text: str, marks: Sequence[str]) -> str:
    first, *others = text.split(MARK)
    return first + "".join(mark + part for mark, part in zip(marks, others, strict=True))


def _reads_as(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph shows what the pieces show."""
    if not text:
        return True
    if "\n" in text.replace("\\\n", "") or [block.kind for block in read_blocks(text)] not in (["paragraph"], ["math"]):
        return False
    shown = plain_text(read_inlines(text, {}), lambda raw: "")
    return "".join(shown.split()) == "".join("".join(piece.shown for piece in pieces).split())
