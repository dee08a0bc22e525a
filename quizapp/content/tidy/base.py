"""What a repair gets and gives."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.content.edits import Edit
from quizapp.content.files import ReadFile
from quizapp.source.blocks import Block


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for beyond what is always safe.

    `ids`: write names that are missing. `named` are the names under which questions are served, by line, and `taken`
    those of other files of the module. `align`: pad the cells of tables so that their bars stand below each other.
    """

    ids: bool = False
    align: bool = False
    named: Mapping[int, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Source:
    """A file as a repair sees it: its lines (`lines[0]` is the first), its blocks, and how it was read."""

    lines: Sequence[str]
    blocks: Sequence[Block]
    file: ReadFile
    wishes: Wishes

    def is_in_place(self, number: int, column: int, text: str) -> bool:
        """Whether a text of a block stands in the file as the block has it: no tab was read as spaces."""
        return self.lines[number - 1][column - 1 :] == text

    def lines_of(self, *codes: str) -> frozenset[int]:
        """The lines on which the file has problems of some codes."""
        return frozenset(problem.line for problem in self.file.problems if problem.code in codes)


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of repair.

    `what` says what it mends, for people; `rank` orders repairs. `edits` gives those edits that belong together as one
    group. `mends` are the codes of errors that keep questions from being served: with such a repair the file may ask
    more afterwards. `renames` says that questions may be called otherwise afterwards.
    """

    what: str
    rank: int
    edits: Callable[[Source], Iterable[Sequence[Edit]]]
    mends: frozenset[str] = frozenset()
    renames: bool = False


REPAIRS: list[Repair] = []


def add_repair(repair: Repair) -> None:
    """Make a repair known."""
    REPAIRS.append(repair)
    REPAIRS.sort(key=lambda one: one.rank)
