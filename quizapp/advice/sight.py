"""Where what a piece of advice is about stands in the lines of its file."""

import re
from collections.abc import Callable, Sequence

from quizapp.advice.memo import Memo
from quizapp.content.model import Catalogue
from quizapp.content.sources import SourceFile
from quizapp.questions.base import Question

Spot = tuple[int, int]  # line and column, from 1
ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+(?:[(\[][^)\]]{0,12}[)\]](?:[ \t]+|$))?")
HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
FAR = 400  # lines between two answers
NOT_THERE = SourceFile()


class Sight:
    """Finds places in the files of a catalogue; `language` is that of files that do not say theirs.

    `memo` is for what an advice works out once for the same value.
    """

    def __init__(
        self, catalogue: Catalogue, lines_of: Callable[[str], Sequence[str]], language: str, memo: Memo
    ) -> None:
        self.catalogue, self.language, self.memo = catalogue, language, memo
        self._lines_of = lines_of
        self._lines: dict[str, Sequence[str]] = {}

    def source(self, path: str) -> SourceFile:
        """What is remembered of a file."""
        return self.catalogue.sources.get(path, NOT_THERE)

    def language_of(self, path: str) -> str:
        """The language of a file, in lower case, without its region."""
        return re.split("[-_]", self.source(path).lang or self.language)[0].lower()

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file."""
        if path not in self._lines:
            self._lines[path] = self._lines_of(path)
        return self._lines[path]

    def question(self, question: Question) -> Spot:
        """Where a question begins: the text of its heading."""
        line = self._line(question.path, question.line)
        heading = HEADING.match(line)
        return question.line, heading.end() + 1 if heading else 1

    def choice(self, question: Question, number: int, texts: Sequence[str]) -> Spot:
        """Where the text of an answer begins; `texts` are the Markdown of all the answers, `number` is from 1."""
        at = question.line
        spot = self.question(question)
        for text in texts[:number]:
            first = text.split("\n", 1)[0].strip()
            found = self._item(question.path, at, first)
            if found is None:
                return self.question(question)
            spot, at = found, found[0]
        return spot

    def within(self, path: str, spot: Spot, text: str, lines: int = 40) -> Spot:
        """Where a text stands at a spot or in the lines below it, whatever its case; the spot where it is not found."""
        line, column = spot
        wanted = text.lower()
        for number in range(line, line + lines):
            position = self._line(path, number).lower().find(wanted, column - 1 if number == line else 0)
            if position >= 0:
                return number, position + 1
        return spot

    def is_quiet(self, path: str, line: int, code: str) -> bool:
        """Whether a file switches an advice off in a line."""
        silences = self.source(path).silences
        return any(one.first <= line <= one.last and code in (named[0] for named in one.codes) for one in silences)

    def key(self, path: str, name: str) -> Spot:
        """Where a key of the front matter stands, or an entry of its list: `objectives.0`."""
        return self.source(path).place(name)

    def heading(self, path: str, title: str, after: int = 0) -> Spot:
        """Where the heading with that text stands."""
        wanted = " ".join(title.split())
        for number, line in enumerate(self.lines(path), start=1):
            found = HEADING.match(line) if number > after else None
            if found and wanted and wanted in " ".join(line.split()):
                return number, found.end() + 1
        return 1, 1

    def _item(self, path: str, after: int, first: str) -> Spot | None:
        """The next item below a line that begins with a text; code, lists and tables begin on the line below."""
        lines = self.lines(path)
        for number in range(after + 1, min(len(lines), after + FAR) + 1) if first else ():
            found = ITEM.match(lines[number - 1])
            rest = lines[number - 1][found.end() :] if found else ""
            is_below = found is not None and not rest.strip() and self._line(path, number + 1).strip() == first
            if found and (rest.startswith(first) or is_below):
                return number, found.end() + 1
        return None

    def _line(self, path: str, number: int) -> str:
        lines = self.lines(path)
        return lines[number - 1] if 0 < number <= len(lines) else ""
