"""Imported questions put into several banks of a module: one for each group of their source, and its overflow.

Nothing is written here. A bank is called after the last two names of its group, so that the same group goes into the
same bank next year; decision 0026.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from quizapp.content.files import MAX_BYTES, FileReader
from quizapp.content.folder import key_of
from quizapp.content.markup import Renderer
from quizapp.content.starters import MAX_KEY, key_of_title
from quizapp.content.writing import write_question
from quizapp.formats.banks import Added, BankFile, Plan, SortedOut, extended, kept_out
from quizapp.formats.contract import Item, Note, Tell, nobody, telling
from quizapp.formats.naming import Taken
from quizapp.questions.base import Question

ENDING = ".bank.md"
MOST = 500  # questions of one bank
ROOM = MAX_BYTES - 4096  # bytes of one bank, with what stands above its questions
UNNAMED = "questions"
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The banks of a module: its questions by name, what a file of it holds (None: it is not there).

    `keys` are the file names of its banks by their keys.
    """

    known: Mapping[str, Question] = field(default_factory=dict)
    read: Callable[[str], bytes | None] = lambda name: None
    keys: Mapping[str, str] = field(default_factory=dict)


def plan_banks(
    items: Sequence[Item], shelf: Shelf, *, only_good: bool = False, most: int = MOST, tell: Tell = nobody
) -> Plan:
    """How the items go into a bank for each of their groups, of no more than `most` questions.

    A question that stands anywhere in the module is not put in again. With `only_good` those that cannot be saved are
    left out; otherwise one of them keeps all out, as does one bank that cannot be written. `tell` is told of each bank.
    """
    left = tuple(item for item in items if not item.is_good)
    if left and not only_good:
        return kept_out(left)
    sorted_out = SortedOut(shelf.known, set())
    for item in items:
        sorted_out.take(item)
    skipped = tuple(sorted_out.skipped)
    names = _names(item.group for item in items if item.is_good)
    rooms = list(_Filling(shelf, names, most).rooms(sorted_out.new))
    reader, banks, errors, notes = FileReader((), None, Renderer()), list[BankFile](), list[Note](), list[Note]()
    for room in telling(rooms, tell):
        data, wrong, told = extended(room.before, room.questions, room.title, reader)
        errors += [Note(f"{room.name}: {note.text}") for note in wrong]
        notes += [Note(f"{room.name}: {note.text}") for note in told]
        banks.append(BankFile(room.name, room.title, room.before, data, tuple(room.added)))
    if errors:
        return Plan(skipped=skipped, left=left, errors=tuple(errors))
    added = tuple(one for bank in banks for one in bank.added)
    return Plan(added=added, skipped=skipped, left=left, notes=tuple(notes), banks=tuple(banks))


@dataclass(slots=True)
class _Room:
    """A bank that is being filled."""

    name: str
    title: str
    before: bytes | None
    count: int
    size: int
    added: list[Added] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


class _Filling:
    """Fills the banks of each group one after the other."""

    def __init__(self, shelf: Shelf, names: Mapping[Group, str], most: int) -> None:
        self.shelf, self.names, self.most = shelf, names, most
        self.counts = Counter(question.path.rpartition("/")[2] for question in shelf.known.values())
        self.claimed = set(map(key_of, names.values()))
        self.last = Counter(group[-1:] for group in names)

    def rooms(self, new: Iterable[tuple[Added, Question]]) -> Iterator[_Room]:
        """The banks that get something, those of a group together."""
        groups: dict[Group, list[tuple[Added, Question]]] = {}
        for added, question in new:
            groups.setdefault(added.item.group, []).append((added, question))
        for group, inside in groups.items():
            yield from self._filled(group, inside)

    def _filled(self, group: Group, new: Sequence[tuple[Added, Question]]) -> Iterator[_Room]:
        banks = self._banks(group)
        room = next(banks)
        for added, question in new:
            size = _size(question)
            while room.count >= self.most or (room.count and room.size + size > ROOM):
                if room.added:
                    yield room
                room = next(banks)
            room.count, room.size = room.count + 1, room.size + size
            room.added.append(added)
            room.questions.append(question)
        if room.added:
            yield room

    def _banks(self, group: Group) -> Iterator[_Room]:
        """The bank of a group, and those in which it goes on, as they are."""
        for number in count(1):
            mine = self.names[group] + (f"-{number}" if number > 1 else "")
            if number == 1 or key_of(mine) not in self.claimed:
                name = self.shelf.keys.get(key_of(mine), f"{mine}{ENDING}")
                before = self.shelf.read(name)
                title = self._title(group) + (f" ({number})" if number > 1 else "")
                yield _Room(name, title, before, self.counts[name], len(before or b""))

    def _title(self, group: Group) -> str:
        """The name of a group, and what it stands in where another one is called so too."""
        return (": ".join(group[-2:]) if self.last[group[-1:]] > 1 else "".join(group[-1:])) or UNNAMED.capitalize()


def _size(question: Question) -> int:
    """The bytes that a question takes in a bank, where lines may end with two."""
    text = write_question(question)
    return len(text.encode()) + text.count("\n") + 2


def _names(groups: Iterable[Group]) -> dict[Group, str]:
    """The file name of the bank of each group, without its ending; no two have the same key."""
    every = list(dict.fromkeys(groups))
    short = {group: _short(group) for group in every}
    counts = Counter(map(key_of, short.values()))
    taken, found = Taken(), dict[Group, str]()
    for group in every:
        wanted = short[group] if counts[key_of(short[group])] == 1 else _slug(group) or UNNAMED
        free = taken.free(key_of(wanted))
        found[group] = wanted if free == key_of(wanted) else free
    return found


def _short(group: Group) -> str:
    """The last two names of a group as a file name; the last alone where they are too long."""
    whole = sum(map(len, group[-2:])) < MAX_KEY
    return _slug(group[-2:] if whole else group[-1:]) or UNNAMED


def _slug(names: Group) -> str:
    return key_of_title("-".join(names)).strip("-_")
