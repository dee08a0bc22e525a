"""Inline text to a tree, after CommonMark 0.31 (appendix, phase 2), with what authors know from elsewhere:
`~~struck~~`, `$formulas$`, footnotes and `[!INCLUDE [title](path)]`.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.entities import html5
from string import punctuation
from typing import Literal

from quizapp.source.definitions import (
    LABEL,
    SPACE,
    Target,
    normal_label,
    read_address,
    read_title,
    unescape,
)
from quizapp.source.html_blocks import INLINE_TAG

Kind = Literal["text", "code", "stress", "strong", "struck", "link", "image", "html", "break", "formula", "include",
               "note", "mark"]  # fmt: skip
NOWHERE = Target("")
MAX_DEPTH = 60  # of emphasis, links and pictures in each other

PLAIN = re.compile(r"[^\n`\[\]\\!<&*_~$]+")
TICKS = re.compile(r"`+")
MARKS = re.compile(r"\*+|_+|~+")
ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|([a-zA-Z][a-zA-Z0-9]{1,31}));")
ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^<>\x00-\x20]*)>")
MAIL = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
NOTE = re.compile(r"\[\^([^\]\s]+)\]")
INCLUDE = re.compile(r"\[!INCLUDE[ \t]*\[[^\]]*\]\([ \t]*<?([^)\s>]+)>?[ \t]*\)\]", re.IGNORECASE)
FORMULA = re.compile(r"(?<![\\$\w])(\$\$?)(?=[^\s$\"'.,;:!?)/])([^\n$`]*?[^\s$\\\"(`])\1(?![\w$])")
ATTRIBUTES = re.compile(r"\{:?[ ]*((?:[#.]|[^\W\d][\w-]*=)[^\}\n]*)\}")
# What stands open until a closing mark; a search that failed once need not be made again.
UNTIL = (("<!-->", "<!-->"), ("<!--->", "<!--->"), ("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
DECLARATION = re.compile(r"<![A-Za-z]")


@dataclass(slots=True)
class Inline:
    """A piece of inline text.

    `text` is that of text, code, HTML and formulas, the name of a footnote, the path of an include or the attribute
    list behind a link; `mark` the delimiter that emphasis is made of, or `$`/`$$`; `depth` how deep its children go.
    """

    kind: Kind
    text: str = ""
    children: list["Inline"] = field(default_factory=list)
    target: Target = NOWHERE
    mark: str = ""
    count: int = 0
    opens: bool = False
    closes: bool = False
    depth: int = 0


@dataclass(slots=True)
class _Bracket:
    """An open `[` or `![`: where it stands among the pieces and in the text."""

    piece: int
    position: int
    is_image: bool
    has_brackets: bool = False  # such a text cannot be a label


def read_inlines(text: str, links: Mapping[str, Target], notes: Collection[str] = ()) -> list[Inline]:
    """Read inline text; `links` are the link definitions by their normal labels, `notes` the names of footnotes."""
    return _Reader(text, links, notes).read()


def plain_text(pieces: Sequence[Inline], text_of_html: Callable[[str], str]) -> str:
    """What is read where no markup can be: in the description of a picture, in an anchor."""
    return "".join(_plain(pieces, text_of_html))


def _plain(pieces: Sequence[Inline], text_of_html: Callable[[str], str]) -> Iterator[str]:
    for piece in pieces:
        if piece.kind in ("text", "code", "formula"):
            yield piece.text
        elif piece.kind == "html":
            yield text_of_html(piece.text)
        elif piece.kind == "break":
            yield "\n"
        else:
            yield from _plain(piece.children, text_of_html)


class Backticks:
    """The runs of backticks of a text; they are found once, whatever is asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[int, list[int]] | None = None  # where runs of so many stand

    def closing(self, width: int, start: int) -> int:
        """Where the next run of exactly so many stands, from `start` on; -1 where none does."""
        if self.places is None:
            self.places = {}
            for run in TICKS.finditer(self.text):
                self.places.setdefault(len(run[0]), []).append(run.start())
        places = self.places.get(width, [])
        index = bisect_left(places, start)
        return places[index] if index < len(places) else -1

    def end_of_code(self, run: re.Match[str]) -> int:
        """Where the code ends that a run begins; the end of the run itself where nothing closes it."""
        closing = self.closing(len(run[0]), run.end())
        return run.end() if closing < 0 else closing + len(run[0])


def formula_at(text: str, position: int) -> re.Match[str] | None:
    """The formula that begins there: its dollars are group 1, its TeX is group 2."""
    found = FORMULA.match(text, position)
    return found if found and _may_be_formula(found[2]) else None


class _Reader:
    def __init__(self, text: str, links: Mapping[str, Target], notes: Collection[str]) -> None:
        self.text, self.links, self.notes = text, links, notes
        self.position = 0
        self.pieces: list[Inline] = []
        self.brackets: list[_Bracket] = []
        self.active_from = 0  # link brackets before this one stand around a link, and links do not nest
        self.missing: set[str] = set()  # closing marks that are not found any more
        self.ticks = Backticks(text)

    def read(self) -> list[Inline]:
        readers = {
            "\n": self.line_end,
            "`": self.code,
            "[": self.open_bracket,
            "]": self.close_bracket,
            "\\": self.backslash,
            "!": self.bang,
            "<": self.angle,
            "&": self.entity,
            "$": self.formula,
            "*": self.marks,
            "_": self.marks,
            "~": self.marks,
        }
        while self.position < len(self.text):
            plain = PLAIN.match(self.text, self.position)
            if plain:
                self.add_text(plain[0])
            else:
                readers[self.text[self.position]]()
        return _emphasised(self.pieces)

    def add(self, piece: Inline, characters: int) -> None:
        self.pieces.append(piece)
        self.position += characters

    def add_text(self, written: str, text: str | None = None) -> None:
        self.add(Inline("text", written if text is None else text), len(written))

    def line_end(self) -> None:
        last = self.pieces[-1] if self.pieces else None
        is_break = False
        if last is not None and last.kind == "text":
            is_break = last.text.endswith("  ")
            last.text = last.text.rstrip(" \t")
        self.add(Inline("break") if is_break else Inline("text", "\n"), 1)

    def backslash(self) -> None:
        following = self.text[self.position + 1 : self.position + 2]
        if following == "\n":
            self.add(Inline("break"), 2)
        elif following and following in punctuation:
            self.add_text("\\" + following, following)
        else:
            self.add_text("\\")

    def entity(self) -> None:
        found = ENTITY.match(self.text, self.position)
        if found and (not found[1] or f"{found[1]};" in html5):
            self.add_text(found[0], unescape(found[0]))
        else:
            self.add_text("&")

    def code(self) -> None:
        run = TICKS.match(self.text, self.position)
        assert run is not None  # noqa: S101 (a backtick stands here)
        end = self.ticks.closing(len(run[0]), run.end())
        if end < 0:
            self.add_text(run[0])
            return
        inner = self.text[run.end() : end].replace("\n", " ")
        if inner.startswith(" ") and inner.endswith(" ") and inner.strip(" "):
            inner = inner[1:-1]
        self.add(Inline("code", inner), end + len(run[0]) - self.position)

    def formula(self) -> None:
        found = formula_at(self.text, self.position)
        if found:
            self.add(Inline("formula", found[2], mark=found[1]), len(found[0]))
        else:
            self.add_text("$")

    def angle(self) -> None:
        address = ADDRESS.match(self.text, self.position)
        mail = None if address else MAIL.match(self.text, self.position)
        shown = address or mail
        if shown:
            target = Target(("mailto:" if mail else "") + shown[1])
            self.add(Inline("link", children=[Inline("text", shown[1])], target=target, depth=1), len(shown[0]))
            return
        raw = self._html()
        if raw:
            self.add(Inline("html", raw), len(raw))
        else:
            self.add_text("<")

    def _html(self) -> str:
        tag = INLINE_TAG.match(self.text, self.position)
        if tag:
            return tag[0]
        for begins, ends in UNTIL:
            if self.text.startswith(begins, self.position):
                return begins if begins == ends else self._up_to(ends, len(begins))
        return self._up_to(">", 3) if DECLARATION.match(self.text, self.position) else ""

    def _up_to(self, ends: str, begins: int) -> str:
        if ends in self.missing:
            return ""
        end = self.text.find(ends, self.position + begins)
        if end < 0:
            self.missing.add(ends)
            return ""
        return self.text[self.position : end + len(ends)]

    def bang(self) -> None:
        if self.text.startswith("![", self.position):
            self._push_bracket("![")
        else:
            self.add_text("!")

    def open_bracket(self) -> None:
        note = NOTE.match(self.text, self.position)
        if note and note[1] in self.notes:
            self.add(Inline("note", note[1]), len(note[0]))
            return
        include = INCLUDE.match(self.text, self.position)
        if include:
            self.add(Inline("include", include[1]), len(include[0]))
        else:
            self._push_bracket("[")

    def _push_bracket(self, written: str) -> None:
        if self.brackets:
            self.brackets[-1].has_brackets = True
        self.brackets.append(_Bracket(len(self.pieces), self.position + len(written), len(written) == 2))
        self.add_text(written)

    def close_bracket(self) -> None:
        if not self.brackets:
            self.add_text("]")
            return
        opened = self.brackets.pop()
        is_active = opened.is_image or len(self.brackets) >= self.active_from
        self.active_from = min(self.active_from, len(self.brackets))
        found = self._target(opened) if is_active else None
        if found is None:
            self.add_text("]")
            return
        target, end = found
        children = _emphasised(self.pieces[opened.piece + 1 :])
        depth = 1 + max((child.depth for child in children), default=0)
        if depth > MAX_DEPTH:
            self.brackets.clear()  # those around it would be nested more deeply still
            self.active_from = 0
            self.add_text("]")
            return
        attributes = ATTRIBUTES.match(self.text, end)
        kind: Kind = "image" if opened.is_image else "link"
        self.pieces[opened.piece :] = [Inline(kind, attributes[1] if attributes else "", children, target, depth=depth)]
        self.position = attributes.end() if attributes else end
        if not opened.is_image:
            self.active_from = len(self.brackets)

    def _target(self, opened: _Bracket) -> tuple[Target, int] | None:
        """The target of the brackets that close here, and where the whole link ends."""
        after = self.position + 1
        inline = self._inline_target(after) if self.text.startswith("(", after) else None
        if inline:
            return inline
        label = LABEL.match(self.text, after)
        if label and label[1].strip():
            target = self.links.get(normal_label(label[1]))
            return (target, label.end()) if target else None
        own = self.text[opened.position : self.position]
        if opened.has_brackets or len(own) > 999 or not own.strip():
            return None
        target = self.links.get(normal_label(own))
        return (target, after + 2 if self.text.startswith("[]", after) else after) if target else None

    def _inline_target(self, start: int) -> tuple[Target, int] | None:
        """`(address "title")` that begins there."""
        start = _after_space(self.text, start + 1)
        address = read_address(self.text, start)
        if address is None:
            return None
        end = _after_space(self.text, address[1])
        title = read_title(self.text, end) if end > address[1] else None
        if title:
            end = _after_space(self.text, title[1])
        return (Target(address[0], title[0] if title else ""), end + 1) if self.text.startswith(")", end) else None

    def marks(self) -> None:
        run = MARKS.match(self.text, self.position)
        assert run is not None  # noqa: S101 (a mark stands here)
        written, character = run[0], run[0][0]
        if character == "~" and len(written) != 2:
            self.add_text(written)
            return
        opens, closes = _flanks(self.text, run.start(), run.end(), character)
        self.add(Inline("mark", mark=character, count=len(written), opens=opens, closes=closes), len(written))


def _may_be_formula(tex: str) -> bool:
    """Brackets come in pairs, be it `[0, 1)`; `$5 (or 6$)` tells prices."""
    opened, closed = (sum(map(tex.count, brackets)) for brackets in ("([", ")]"))
    return opened == closed or "\\left" in tex


def _after_space(text: str, start: int) -> int:
    found = SPACE.match(text, start)
    return found.end() if found else start


def _flanks(text: str, start: int, end: int, character: str) -> tuple[bool, bool]:
    """Whether a run of marks can open and can close emphasis."""
    before = _class_of(text[start - 1]) if start else " "
    after = _class_of(text[end]) if end < len(text) else " "
    left = after != " " and (after != "." or before != "a")
    right = before != " " and (before != "." or after != "a")
    if character == "_":
        return left and (not right or before == "."), right and (not left or after == ".")
    return left, right


@lru_cache(maxsize=4096)
def _class_of(character: str) -> str:
    """White space (` `), punctuation and symbols (`.`) or anything else (`a`)."""
    if character.isspace():
        return " "
    return "." if unicodedata.category(character)[0] in "PS" else "a"


@dataclass(slots=True)
class _Opener:
    """A mark that can open emphasis: where it stands among the pieces, and its number in the text."""

    piece: int
    number: int
    mark: Inline
    was: int  # how many characters the run had


def _emphasised(pieces: list[Inline]) -> list[Inline]:
    """The pieces with their marks paired into emphasis; those that find no partner become text."""
    if not any(piece.kind == "mark" for piece in pieces):
        return pieces
    pairing = _Pairing()
    for number, piece in enumerate(pieces):
        if piece.kind == "mark":
            pairing.mark(piece, number)
        else:
            pairing.done.append(piece)
    return [_as_text(piece) if piece.kind == "mark" else piece for piece in pairing.done]


class _Pairing:
    """The marks that may still open emphasis, and all pieces so far."""

    def __init__(self) -> None:
        self.done: list[Inline] = []
        self.openers: list[_Opener] = []
        self.bottom: dict[tuple[str, bool, int], int] = {}  # no opener before that fits this kind of closer

    def mark(self, mark: Inline, number: int) -> None:
        was = mark.count
        key = (mark.mark, mark.opens, was % 3)
        while mark.closes and mark.count:
            found = self._opener(mark, was, self.bottom.get(key, 0))
            if found is None:
                self.bottom[key] = number
                break
            if not self._pair(found, mark):
                self.openers.clear()  # emphasis around it would be nested more deeply still
                break
        if mark.count:
            if mark.opens:
                self.openers.append(_Opener(len(self.done), number, mark, was))
            self.done.append(mark)

    def _opener(self, closer: Inline, was: int, bottom: int) -> int | None:
        for index in range(len(self.openers) - 1, -1, -1):
            opener = self.openers[index]
            if opener.number < bottom:
                return None
            if opener.mark.mark != closer.mark:
                continue
            is_odd = (closer.opens or opener.mark.closes) and (opener.was + was) % 3 == 0
            if closer.mark == "~" or not is_odd or (opener.was % 3 == 0 and was % 3 == 0):
                return index
        return None

    def _pair(self, index: int, closer: Inline) -> bool:
        """Make emphasis of what stands between an opener and a closer; False where it would be nested too deeply."""
        opener = self.openers[index]
        inner = self.done[opener.piece + 1 :]
        depth = 1 + max((piece.depth for piece in inner), default=0)
        if depth > MAX_DEPTH:
            return False
        width = 2 if closer.mark == "~" or (closer.count >= 2 and opener.mark.count >= 2) else 1
        kind: Kind = "struck" if closer.mark == "~" else "strong" if width == 2 else "stress"
        children = [_as_text(piece) if piece.kind == "mark" else piece for piece in inner]
        opener.mark.count -= width
        closer.count -= width
        keep = opener.mark.count > 0
        del self.openers[index + keep :]
        self.done[opener.piece + keep :] = [Inline(kind, children=children, mark=closer.mark * width, depth=depth)]
        return True


def _as_text(mark: Inline) -> Inline:
    return replace(mark, kind="text", text=mark.mark * mark.count)
