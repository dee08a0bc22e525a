"""Imported questions put into a question bank: what would be added, what is there already, the new text of its file.

Nothing is written here. What is planned was read again: the bank has no error, every question that was in it is as it
was, and every new one is what was imported.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizapp.content.files import MAX_BYTES, FileReader, ReadFile, questions_of
from quizapp.content.folder import kind_of
from quizapp.content.good import GoodVersion
from quizapp.content.markup import Renderer
from quizapp.content.writing import write_question
from quizapp.formats.contract import Item, Note
from quizapp.formats.naming import Taken
from quizapp.formats.writing import MODULE, PATH
from quizapp.questions.base import Question
from quizapp.source.text import decode


@dataclass(frozen=True, slots=True)
class Added:
    """An item that is put into the bank, and the name that it gets there."""

    item: Item
    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item whose question is there already, under that name."""

    item: Item
    name: str


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A quiz beside the bank, and what it shows: `name` is that of its file, which `is_there` already as it would be.

    An attempt gets `drawn` of its `questions`.
    """

    name: str
    title: str
    data: bytes
    questions: int
    drawn: int
    files: Mapping[str, bytes] = field(default_factory=dict)
    is_there: bool = False


@dataclass(frozen=True, slots=True)
class BankFile:
    """One of several banks that items go into: its file name, its bytes of now (None: there is none), and then."""

    name: str
    title: str
    before: bytes | None
    data: bytes
    added: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What putting items into a bank does; with `errors`, nothing. `data` is the whole file as it would be.

    `quizzes` stand beside it and refer to it. Where items go into several banks of a module, `banks` are those that
    change, and there is no `data`.
    """

    data: bytes = b""
    added: tuple[Added, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    left: tuple[Item, ...] = ()  # that cannot be saved, and are left out
    notes: tuple[Note, ...] = ()
    errors: tuple[Note, ...] = field(default=())
    quizzes: tuple[QuizFile, ...] = ()
    banks: tuple[BankFile, ...] = ()

    @property
    def new_quizzes(self) -> tuple[QuizFile, ...]:
        """Those that are not there yet."""
        return tuple(one for one in self.quizzes if not one.is_there)

    @property
    def files(self) -> dict[str, bytes]:
        """The files to put beside the bank, by their path from there: new quizzes, and what new questions show."""
        shown = [one.item.files for one in self.added] + [one.files for one in self.new_quizzes]
        quizzes = {one.name: one.data for one in self.new_quizzes}
        return {path: data for files in shown for path, data in files.items()} | quizzes


def plan_bank(
    items: Sequence[Item],
    bank: bytes | None,
    known: Mapping[str, Question],
    *,
    title: str = "",
    only_good: bool = False,
) -> Plan:
    """How the items go into a bank of these bytes (None: a new one, with a title).

    `known` are the questions of its module by name: an equal one is not put in again, and no name is taken twice. With
    `only_good` those that cannot be saved are left out; otherwise one of them keeps all out.
    """
    left = tuple(item for item in items if not item.is_good)
    if left and not only_good:
        return kept_out(left)
    before = read_as(PATH, bank or b"")
    if bank and before.has_errors:
        return Plan(left=left, errors=(_why_broken(before),))
    mine = {question.name: question for question in questions_of(before.content).values()}
    sorted_out = SortedOut({**known, **mine}, set(dict(before.names)))
    for item in items:
        sorted_out.take(item)
    added, skipped = tuple(one for one, _ in sorted_out.new), tuple(sorted_out.skipped)
    if not added:
        return Plan(bank or b"", added, skipped, left)
    data, errors, notes = _extended(bank, mine, [question for _, question in sorted_out.new], title)
    if errors:
        return Plan(left=left, skipped=skipped, errors=tuple(errors))
    return Plan(data, added, skipped, left, tuple(notes))


def kept_out(left: Sequence[Item]) -> Plan:
    """Nothing is put in, since these cannot be saved."""
    told = "1 question cannot be saved" if len(left) == 1 else f"{len(left)} questions cannot be saved"
    return Plan(left=tuple(left), errors=(Note(f"{told}. Mend them, or take only the good ones.", left[0].line),))


def extended(
    bank: bytes | None, questions: Sequence[Question], title: str, reader: FileReader
) -> tuple[bytes, list[Note], list[Note]]:
    """A bank (None: a new one, with a title) with more questions below, the errors it would have, and notes."""
    before = read_as(PATH, bank or b"", reader)
    if bank and before.has_errors:
        return bank, [_why_broken(before)], []
    mine = {question.name: question for question in questions_of(before.content).values()}
    return _extended(bank, mine, questions, title, reader)


def _extended(
    bank: bytes | None,
    mine: Mapping[str, Question],
    questions: Sequence[Question],
    title: str,
    reader: FileReader | None = None,
) -> tuple[bytes, list[Note], list[Note]]:
    data = _with_questions(bank, questions, title)
    errors, notes = _checked(data, mine, {question.name: question for question in questions}, reader)
    return data, errors, notes


def _why_broken(before: ReadFile) -> Note:
    first = next(one for one in sorted(before.problems) if one.severity == "error")
    return Note(f"the bank has an error on line {first.line}: {first.message} Mend it first.")


class SortedOut:
    """Which items are new, each as the question that it becomes, under a name of its own; and which are there."""

    def __init__(self, known: Mapping[str, Question], names: set[str]) -> None:
        self.by_text = {identity_of(question): name for name, question in known.items()}
        self.names = Taken(names | set(known))
        self.skipped: list[Skipped] = []
        self.new: list[tuple[Added, Question]] = []

    def take(self, item: Item) -> None:
        """Sort out one item; one that cannot be saved is no question, and passed over."""
        question = item.question
        if question is None:
            return
        text = identity_of(question)
        if text in self.by_text:
            self.skipped.append(Skipped(item, self.by_text[text]))
            return
        wanted = question.name
        name = self.names.free(wanted, f"{wanted}-{item.id[:6]}", f"{wanted}-{item.id}")
        self.by_text[text] = name
        self.new.append((Added(item, name), replace(question, key=f"{MODULE}#{name}")))


def identity_of(question: Question) -> tuple[str, ...]:
    """What is equal of two questions that are the same to who imports them: all but names, tags and points."""
    hints = (hint.markdown for hint in question.hints)
    kind = question.type
    return (
        kind.name,
        question.heading.markdown,
        question.prompt.markdown,
        kind.write(),
        question.explanation.markdown,
        *hints,
    )


def known_among(items: Sequence[Item], questions: Iterable[Question]) -> dict[str, Question]:
    """Which items are among some questions already, by their ids; those of one heading only are compared."""
    new = {item.id: item.question for item in items if item.question}
    headings = {question.heading.markdown for question in new.values()}
    there = {identity_of(one): one for one in questions if one.heading.markdown in headings}
    return {id: found for id, question in new.items() if (found := there.get(identity_of(question)))}


def _with_questions(bank: bytes | None, questions: Sequence[Question], title: str) -> bytes:
    """The bytes of the bank as they are, and the questions below."""
    text = "\n".join(write_question(question) for question in questions)
    if not bank:
        quoted = title.replace("\\", "\\\\").replace('"', '\\"')
        return f'---\ntitle: "{quoted}"\n---\n\n{text}'.encode() if title else text.encode()
    end = b"\r\n" if b"\r\n" in bank else b"\n"
    gap = b"" if bank.endswith(end) else end
    return bank + gap + end + text.replace("\n", end.decode()).encode()


def read_as(path: str, data: bytes, reader: FileReader | None = None) -> ReadFile:
    """The bank or quiz that some bytes are, as a file of that name; for many, one reader is quicker."""
    reader = reader or FileReader((), None, Renderer())
    return reader.read(path, kind_of(path), MODULE, GoodVersion(data))


def _checked(
    data: bytes, before: Mapping[str, Question], new: Mapping[str, Question], reader: FileReader | None
) -> tuple[list[Note], list[Note]]:
    """Errors of the bank as it would be, and notes of what it gives to its questions by itself."""
    if len(data) > MAX_BYTES:
        return [Note(f"the bank would have more than {MAX_BYTES // 1024} KiB. Put them into another one.")], []
    if not decode(data)[1]:
        return [Note("the bank is not UTF-8. Save it in that encoding first.")], []
    file = read_as(PATH, data, reader)
    found = {question.name: question for question in questions_of(file.content).values()}
    error = next((one for one in sorted(file.problems) if one.severity == "error"), None)
    if error:
        return [Note(f"the bank would have an error: {error.message} Put them into another one.")], []
    changed = (name for name, question in before.items() if found.get(name) != question)
    if any(identity_of(found[name]) != identity_of(before[name]) for name in changed):
        return [Note("a question of the bank would change. Put them into another one.")], []
    wrong = [name for name, question in new.items() if name not in found or _bare(found[name]) != _bare(question)]
    if wrong:
        return [Note(f"“{wrong[0]}” would read otherwise in this bank. Put them into another one.")], []
    return [], _inherited(found, new)


def _bare(question: Question) -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", " ", text) for text in identity_of(question))


def _inherited(found: Mapping[str, Question], new: Mapping[str, Question]) -> list[Note]:
    """What the front matter of the bank gives to the new questions."""
    given = {
        what
        for name, question in new.items()
        for what in ("points", "tags", "shuffle", "tries")
        if getattr(found[name], what) != getattr(question, what)
    }
    given |= {
        "case or typos"
        for name, question in new.items()
        if found[name].type.written_options() != question.type.written_options()
    }
    return [Note(f"the front matter of the bank says {what} for these questions too.") for what in sorted(given)]
