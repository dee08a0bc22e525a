"""A text2qti document to its values, after the grammar of the program's documentation.

A line begins with a marker, and whatever belongs to it is indented below. What is wrong is told on the line on which
text2qti tells it: that of the next marker, where something has ended without being whole.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from quizapp.formats.text2qti.values import Asked, Document, Group, GroupEnd, Kind, Offered, Region

SETTINGS = ("shuffle answers", "show correct answers", "one question at a time", "can't go back")
# What a line begins with, and what it is called; the first that fits counts.
MARKERS = {
    "right choice": r"\*[a-zA-Z]\)",
    "wrong choice": r"[a-zA-Z]\)",
    "right box": r"\[\*\]",
    "wrong box": r"\[ ?\]",
    "question": r"\d+\.",
    "feedback": r"\.\.\.",
    "right feedback": r"\+",
    "wrong feedback": r"-",
    "number": r"=",
    "short": r"\*",
    "solution": r"!",
    "title": r"[Tt]itle:",
    "points": r"[Pp]oints:",
    "text title": r"[Tt]ext [Tt]itle:",
    "text": r"[Tt]ext:",
    "quiz title": r"[Qq]uiz [Tt]itle:",
    "quiz description": r"[Qq]uiz [Dd]escription:",
    "pick": r"[Pp]ick:",
    "points per question": r"[Pp]oints per question:",
    "setting": f"(?:{'|'.join(SETTINGS)}):".replace("'", "['’]"),
}
ALONE = {"essay": r"_{3,}", "upload": r"\^{3,}", "group": "GROUP", "end group": "END_GROUP"}
BEGINS = re.compile("|".join(f"(?P<{name.replace(' ', '_')}>{pattern})" for name, pattern in MARKERS.items()))
STANDS_ALONE = re.compile("|".join(f"(?P<{name.replace(' ', '_')}>{pattern})" for name, pattern in ALONE.items()))
CODE = re.compile(r"`{3,}|~{3,}")
NEEDS_QUESTION = {"right choice", "wrong choice", "right box", "wrong box", "feedback", "right feedback", "solution",
                  "wrong feedback", "number", "short", "essay", "upload"}  # fmt: skip
MAX_CHOICES = 100
KINDS: dict[str, Kind] = {
    "choice": "choice",
    "box": "several",
    "short": "short",
    "number": "number",
    "essay": "essay",
    "upload": "upload",
}
POINTS = re.compile(r"(\d{1,6})(\.5|\.0)?")
NUMBER = r"[-+]?\d{1,15}(?:\.\d{1,15})?(?:[eE][-+]?\d{1,2})?"
RANGE = re.compile(rf"\[\s*{NUMBER}\s*,\s*{NUMBER}\s*\]")
WITH_MARGIN = re.compile(rf"{NUMBER}(?:\s*\+-\s*{NUMBER}\s*%?)?")


def read_document(text: str) -> Document:
    """The values of a document. Raises nothing."""
    reader = _Reader(text)
    reader.read()
    return reader.document


class _Reader:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.last = len(self.lines) - (self.lines[-1] == "")
        self.document = Document()
        self.place = 0  # of the next line, from 0
        self.question: Asked | None = None
        self.offered: Offered | None = None
        self.group: Group | None = None
        self.groups = 0
        self.title: str | None = None
        self.points: tuple[str, int] | None = None
        self.seen: set[str] = set()

    def read(self) -> None:
        while self.place < self.last:
            line, number = self.lines[self.place].rstrip(), self.place + 1
            self.place += 1
            if line.strip() and not line.startswith("%"):
                self._line(line, number)
        self._finish(self.last + 1)
        if self.group:
            self.document.errors.append(("Question group never ended. Write END_GROUP below it.", self.last + 1))

    def _line(self, line: str, number: int) -> None:
        alone, found = STANDS_ALONE.fullmatch(line), BEGINS.match(line)
        if line == "COMMENT":
            self._skip_comment(number)
        elif alone:
            self._take(str(alone.lastgroup).replace("_", " "), "", number)
        elif found and (len(line) == found.end() or line[found.end()].isspace()):
            text = self._content(line, found.end())
            self._take(str(found.lastgroup).replace("_", " "), text, number, found[0])
        elif found:
            self._fail(f'Missing whitespace after "{found[0]}". Write a space there.', number)
        elif CODE.match(line):
            self._fail("Code that is run is not supported. Write what it gives, or indent code that is shown.", number)
        else:
            told = f"Unexpected text: “{line.strip()[:40]}”. Begin it with a marker, or indent it below one."
            self._fail(told, number)

    def _fail(self, text: str, line: int) -> None:
        self.document.errors.append((text, line))

    def _skip_comment(self, number: int) -> None:
        end = next((at for at in range(self.place, self.last) if self.lines[at].rstrip() == "END_COMMENT"), None)
        if end is None:
            self._fail("A comment never ends. Write END_COMMENT below it.", number)
        self.place = self.last if end is None else end + 1

    def _content(self, line: str, marker: int) -> str:
        """The text beside a marker and what is indented below it, moved to the left by as much."""
        rest = line[marker:].strip()
        width = len(line) - len(line[marker:].lstrip()) if rest else marker + 1
        found, blank = [rest], 0
        while self.place < self.last:
            following = self.lines[self.place].expandtabs(4).rstrip()
            if following and not following.startswith("  "):
                break
            found += [_moved(following, width)]
            blank = blank + 1 if not following else 0
            self.place += 1
        return "\n".join(found[: len(found) - blank]).strip("\n")

    @property
    def _noticed(self) -> int:
        """The line on which it is noticed that something has ended."""
        return min(self.place + 1, self.last)

    def _take(self, kind: str, text: str, number: int, marker: str = "") -> None:
        if kind in NEEDS_QUESTION:
            if self.question is None:
                self._fail("No question stands above this. Begin one with a number: `1.`", number)
                return
            self.question.end = self.place
            self._answer(self.question, kind, text, number)
        elif kind == "title":
            self._finish(number)
            self.title = text
        elif kind == "points":
            self._finish(number)
            self.points = text, self._noticed
        elif kind in ("setting", "quiz title", "quiz description"):
            self._setting(kind, marker, text, number)
        else:
            self._finish(number)
            self._structure[kind](text, number)

    @property
    def _structure(self) -> dict[str, Callable[[str, int], None]]:
        return {
            "question": self._begin,
            "text title": self._region_title,
            "text": self._region,
            "group": self._begin_group,
            "end group": self._end_group,
            "pick": self._pick,
            "points per question": self._group_points,
        }

    def _begin(self, text: str, number: int) -> None:
        asked = Asked(number, self.place, text, self.title, group=self.group.number if self.group else 0)
        if self.points:
            worth = _points(self.points[0])
            asked.points = worth or Fraction(1)
            if worth is None:
                told = f'Invalid points value "{self.points[0]}"; need positive integer or half-integer.'
                asked.fail(f"{told} Write for example 2 or 1.5.", self.points[1])
        elif self.group:
            asked.points = self.group.points
        if text in self.seen:
            asked.fail("Duplicate question. Leave one of them.", self._noticed)
        self.seen.add(text)
        self.title, self.points, self.question, self.offered = None, None, asked, None
        self.document.items.append(asked)

    def _finish(self, line: int) -> None:
        """A question ends: is it whole?"""
        asked, self.question = self.question, None
        right = sum(one.is_right for one in asked.choices) if asked else 0
        if asked is None:
            return
        if not asked.kind:
            asked.fail("Question must specify a response type. Write choices, an answer or `____` below it.", line)
        elif asked.kind in ("choice", "several") and not right:
            asked.fail("Question must specify a correct choice. Write `*` before it.", line)
        elif asked.kind == "choice" and right > 1:
            told = "Question must specify only one correct choice. Write `[*]` where several are right."
            asked.fail(told, line)
        elif asked.kind in ("choice", "several") and len(asked.choices) < 2:
            asked.fail("Question must provide more than one choice. Write another one.", line)

    def _answer(self, asked: Asked, kind: str, text: str, number: int) -> None:
        if kind.endswith(("choice", "box", "short")):
            self._offer(asked, kind, text)
        elif kind == "feedback":
            self._feedback(asked, text)
        elif kind in ("right feedback", "wrong feedback", "solution"):
            setattr(asked, kind.removesuffix(" feedback"), text)
        else:
            self._set_kind(asked, KINDS[kind])
            self._number(asked, text) if kind == "number" else None

    def _set_kind(self, asked: Asked, kind: Kind) -> None:
        if asked.kind and (asked.kind != kind or kind in ("number", "essay", "upload")):
            asked.fail("Question already has answers of another kind, or just one. Begin another one.", self._noticed)
        asked.kind = asked.kind or kind

    def _offer(self, asked: Asked, kind: str, text: str) -> None:
        is_right = kind.startswith(("right", "short"))
        self._set_kind(asked, KINDS[kind.rpartition(" ")[2]])
        if len(asked.choices) >= MAX_CHOICES:
            asked.fail(f"Question has more than {MAX_CHOICES} choices. Divide it.", self._noticed)
            return
        if any(one.text == text for one in asked.choices):
            asked.fail("Duplicate choice for question. Leave one of them.", self._noticed)
        self.offered = Offered(text, is_right)
        asked.choices.append(self.offered)

    def _feedback(self, asked: Asked, text: str) -> None:
        if self.offered is not None and asked.choices:
            self.offered.feedback = text
        else:
            asked.feedback = text

    def _number(self, asked: Asked, text: str) -> None:
        asked.number = " ".join(text.split())
        if not (RANGE.fullmatch(text.strip()) or WITH_MARGIN.fullmatch(text.strip())):
            told = f'Invalid numerical response "{asked.number[:40]}".'
            asked.fail(f"{told} Write `= 6`, `= 6 +- 1`, `= 6 +- 1%` or `= [5, 7]`.", self._noticed)

    def _region_title(self, text: str, number: int) -> None:
        self.document.items.append(Region(number, title=text))

    def _region(self, text: str, number: int) -> None:
        last = self.document.items[-1] if self.document.items else None
        if isinstance(last, Region) and not last.text:
            last.text = text
        else:
            self.document.items.append(Region(number, text))

    def _begin_group(self, text: str, number: int) -> None:
        if self.group:
            self._fail("A group cannot stand in another one. Write END_GROUP above it.", number)
            return
        self.groups += 1
        self.group = Group(number, self.groups)
        self.document.items.append(self.group)

    def _end_group(self, text: str, number: int) -> None:
        if self.group is None:
            self._fail("No group was begun that could end. Write GROUP above its questions.", number)
            return
        self.document.items.append(GroupEnd(number))
        self.group = None

    def _pick(self, text: str, number: int) -> None:
        if self.group is None or not re.fullmatch(r"[1-9]\d{0,3}", text):
            self._fail("`pick:` takes how many questions of its group are asked. Write a whole number.", number)
        else:
            self.group.pick = int(text)

    def _group_points(self, text: str, number: int) -> None:
        worth = _points(text)
        if self.group is None or worth is None:
            self._fail("`points per question:` takes what each question of its group is worth.", number)
        else:
            self.group.points = worth

    def _setting(self, kind: str, marker: str, text: str, number: int) -> None:
        if kind == "quiz title":
            self.document.title = text
        elif kind == "quiz description":
            self.document.description = text
        else:
            self.document.settings[marker.rstrip(":").replace("’", "'").lower()] = text.lower(), number


def _moved(line: str, width: int) -> str:
    """A line without the indentation of what it belongs to."""
    return line[min(width, len(line) - len(line.lstrip())) :]


def _points(text: str) -> Fraction | None:
    """A positive number of whole or half points."""
    found = POINTS.fullmatch(text.strip())
    worth = Fraction(found[0]) if found else Fraction(0)
    return worth or None
