"""Lines with their place in the file, and a place in a line that counts columns as CommonMark does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block; number and column say where its text stands in the file, from 1."""

    number: int
    column: int
    text: str


class Cursor:
    """A place in one line; white space is consumed by columns, a tab reaching to the next multiple of four."""

    __slots__ = ("added", "column", "number", "position", "text")

    def __init__(self, number: int, text: str) -> None:
        self.number, self.text = number, text
        self.position = self.column = self.added = 0

    @property
    def rest(self) -> str:
        """What stands from here to the end of the line."""
        return self.text[self.position :]

    @property
    def blank(self) -> bool:
        """Whether nothing but white space follows."""
        return not self.rest.strip(" \t")

    @property
    def indent(self) -> int:
        """How many columns of white space stand here."""
        column = self.column
        for character in self.rest:
            if character == " ":
                column += 1
            elif character == "\t":
                column += 4 - column % 4
            else:
                break
        return column - self.column

    def skip_spaces(self, columns: int) -> None:
        """Pass that many columns of white space; a tab that reaches further is split into spaces."""
        while columns and self.position < len(self.text):
            if self.text[self.position] == "\t":
                width = 4 - self.column % 4
                self.text = self.text[: self.position] + " " * width + self.text[self.position + 1 :]
                self.added += width - 1
            elif self.text[self.position] != " ":
                return
            self.position += 1
            self.column += 1
            columns -= 1

    def skip(self, characters: int) -> None:
        """Pass that many characters that are one column wide."""
        self.position += characters
        self.column += characters

    def line(self) -> Line:
        """What follows, as a line of a block."""
        return Line(self.number, self.position - self.added + 1, self.rest)

    def code_line(self) -> Line:
        """The line as one of indented code; where no tab stop is, its indentation is written in spaces."""
        line = self.line()
        if not self.column % 4 or "\t" not in line.text[:4]:
            return line
        ahead = Cursor(self.number, self.text)
        ahead.position, ahead.column = self.position, self.column
        ahead.skip_spaces(4)
        return Line(line.number, line.column, " " * (ahead.column - self.column) + ahead.rest)
