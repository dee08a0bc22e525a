"""Lines that begin with `:::`: rows, columns, zones and their kin, as a tree; reference section 2.2.

Markers that nobody closed are closed; those that are not known are dropped, and what stands in them stays.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quizapp.formats.mslearn.inline import read_attributes
from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.rows import Row

MARKER = re.compile(r"(?P<before>[ >]*(?:[-+*] +)?):{3,}[ \u00a0]*(?P<body>.*?)(?:[ ]{0,9}:{3,}[ ]{0,9}(?P<rest>.*))?$")
TAB = re.compile(r"(?P<start> {0,3}#{1,6}[ ]+)\[(?P<title>[^\[\]]{1,300})\]\(#tab/[^()\s]{0,300}\)[ ]*#*$")
TABS_END = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,})[ ]*$")
LONGEST = 4000  # characters of a line with a marker
BOXES = ("row", "column", "zone", "moniker", "image-text")
ENDS = {f"{word}-end": word for word in BOXES} | {"image-end": "image-text", "monikerend": "moniker"}
# what a box stands in; it ends every other one that is open
WITHIN = {
    "column": ("row",),
    "row": ("zone", "moniker", "tab"),
    "image-text": (*BOXES, "tab"),
    "zone": ("moniker",),
    "moniker": ("zone", "tab"),
    "tab": (),
}


@dataclass(slots=True)
class Box:
    """What stands between a marker and its end; `column` is how far to the right the marker stands."""

    kind: str
    attributes: dict[str, str]
    place: Place
    column: int = 0
    children: list["Row | Box"] = field(default_factory=list)


def read_boxes(rows: Sequence[Row], note: Callable[..., None]) -> list[Row | Box]:
    """The rows, those between markers in boxes."""
    reader = _Reader(note)
    for row in rows:
        reader.feed(row)
    while len(reader.open) > 1:
        reader.leave_open()
    return reader.open[0].children


class _Reader:
    def __init__(self, note: Callable[..., None]) -> None:
        self.note = note
        self.open = [Box("", {}, Place(""))]

    def feed(self, row: Row) -> None:
        if not row.is_code and len(row.text) <= LONGEST and self._tab(row):
            return
        is_marker = not row.is_code and ":::" in row.text and len(row.text) <= LONGEST
        found = MARKER.match(row.text) if is_marker else None
        if found is None:
            self.open[-1].children.append(row)
            return
        body = found["body"].strip()
        word = re.split(r"[\s=]", body, maxsplit=1)[0].lower()
        column = len(row.text) - len(row.text.lstrip(" "))
        self._marker(word, body, row.place, column)
        rest = (found["rest"] or "").strip()
        if rest.startswith(":::"):
            self.feed(Row(" " * column + rest, row.place))
        elif rest:
            self.open[-1].children.append(Row(" " * column + rest, row.place))

    def _tab(self, row: Row) -> bool:
        """Whether a row was a heading that opens a tab, `# [Title](#tab/id)`, or the line below the last of them."""
        opens, is_open = TAB.match(row.text), self.open[-1].kind == "tab"
        if opens and any(box.kind not in ("", "tab") for box in self.open):
            self.note("inner-tab", row.place)
            self.open[-1].children.append(row.with_text(opens["start"] + opens["title"]))
            return True
        if is_open and (opens or (TABS_END.match(row.text) and self._is_below_blank(row))):
            self.open.pop()
        if opens:
            self._begin(Box("tab", {"title": opens["title"]}, row.place))
        return bool(opens) or (is_open and self.open[-1].kind != "tab")

    def _is_below_blank(self, row: Row) -> bool:
        """Whether dashes are a line of their own; right below a text they make a heading of it."""
        children = self.open[-1].children
        above = children[-1] if children else None
        return "-" not in row.text or not isinstance(above, Row) or above.is_blank or above.is_code

    def _marker(self, word: str, body: str, place: Place, column: int) -> None:
        if word in BOXES:
            self._begin(Box(word, read_attributes(body), place, column))
        elif word in ENDS:
            self._end(ENDS[word], place)
        elif word:
            self.note("unknown-marker", place, word=word)

    def _begin(self, box: Box) -> None:
        allowed = ("", *WITHIN.get(box.kind, BOXES))
        while self.open[-1].kind not in allowed and (box.kind, self.open[-1].kind) != ("row", "column"):
            self.leave_open()
        if box.kind == "row":
            while any(one.kind in ("row", "column") for one in self.open):
                self.leave_open()
        self.open[-1].children.append(box)
        self.open.append(box)

    def _end(self, kind: str, place: Place) -> None:
        if all(box.kind != kind for box in self.open):
            self.note("stray", place, word=f"{kind}-end")
            return
        while self.open[-1].kind != kind:
            self.leave_open()
        self.open.pop()

    def leave_open(self) -> None:
        """Close a box that has no end."""
        box = self.open.pop()
        self.note("unclosed", box.place, word=box.kind)
