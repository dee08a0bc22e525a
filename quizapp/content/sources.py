"""What is remembered of the files that a catalogue was made of: where what stands in them, and what is silenced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quizapp.errors import Problem

WHOLE_FILE = (1, 1 << 30)


@dataclass(frozen=True, slots=True)
class Silence:
    """A comment that switches advice off in some lines of its file: codes with their places, and the reason."""

    codes: tuple[tuple[str, int, int], ...]
    reason: str
    first: int
    last: int

    def holds(self, problem: Problem) -> bool:
        """Whether it is about where a problem stands."""
        return self.first <= problem.line <= self.last


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A content file as it is now; `places` are line and column of the keys of its front matter.

    `is_whole` is False where the file has an error, so that what is served is another version of it, or a part.
    """

    digest: str = ""
    lang: str = ""
    is_whole: bool = True
    silences: tuple[Silence, ...] = ()
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of a key of the front matter, or of the list that an entry stands in."""
        return self.places.get(key) or self.places.get(key.partition(".")[0], (1, 1))


Used = frozenset[tuple[str, int, int]]  # path, line and column of a code in a silence


def silenced(problems: Iterable[Problem], sources: Mapping[str, SourceFile]) -> tuple[list[Problem], Used]:
    """The problems that nobody switched off, and the codes that switched one off; errors and warnings always stay."""
    kept, used = list[Problem](), set[tuple[str, int, int]]()
    for problem in problems:
        source = sources.get(problem.path)
        silences = source.silences if source and problem.severity == "advice" else ()
        found = {
            (problem.path, line, column)
            for silence in silences
            for code, line, column in silence.codes
            if code == problem.code and silence.holds(problem)
        }
        used |= found
        kept += [] if found else [problem]
    return kept, frozenset(used)
