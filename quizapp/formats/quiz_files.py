"""Imported quizzes as files beside a bank: fixed questions by name, draws by a tag that their questions get.

Nothing is written here. What is planned was read again: the quiz has no error, and asks what it asked in its source.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from quizapp.content.banks import QuizSource
from quizapp.content.files import FileReader, questions_of
from quizapp.content.folder import stem_of
from quizapp.content.markup import Renderer
from quizapp.content.model import EVERYBODY, Bank
from quizapp.content.references import resolve
from quizapp.content.starters import free_name, key_of_title
from quizapp.formats.banks import Added, Plan, QuizFile, Skipped, identity_of, plan_bank, read_as
from quizapp.formats.building import plain
from quizapp.formats.contract import ImportedQuiz, Item, Note, Section, Tell, nobody
from quizapp.formats.drafts import tag_of
from quizapp.formats.escaping import shown
from quizapp.formats.shelving import MOST, Shelf, plan_banks
from quizapp.formats.tagging import Identity, Tagging
from quizapp.formats.writing import PATH
from quizapp.questions.base import Question, decimal_text
from quizapp.source.report import Report

ENDING = ".quiz.md"
LABEL_MOST = 80  # characters of the text of a link
TAG_MOST = 48
NEEDED = "80%"  # of a quiz that says nothing, format section 8


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a bank stands: its file name (empty: it is one of several), the questions of its module, the quizzes there.

    `read` gives the bytes of a file beside it (None: there is none), `keys` are the file names of the quizzes of the
    module by their keys.
    """

    bank: str
    known: Mapping[str, Question] = field(default_factory=dict)
    read: Callable[[str], bytes | None] = lambda name: None
    keys: Mapping[str, str] = field(default_factory=dict)


def plan_with_quizzes(
    items: Sequence[Item],
    quizzes: Sequence[ImportedQuiz],
    bank: bytes | None,
    beside: Beside,
    *,
    title: str = "",
    only_good: bool = False,
) -> Plan:
    """How items go into a bank of these bytes (None: a new one, with a title), and quizzes that ask them beside it.

    One quiz that cannot be written keeps all out.
    """
    asked = _all_asked(items, quizzes)
    there = questions_of(read_as(PATH, bank or b"").content).values()
    plan = plan_bank(_tagged(items, asked, there), bank, beside.known, title=title, only_good=only_good)
    return _with_quizzes(plan, asked, beside)


def plan_with_groups(
    items: Sequence[Item],
    quizzes: Sequence[ImportedQuiz],
    shelf: Shelf,
    beside: Beside,
    *,
    only_good: bool = False,
    most: int = MOST,
    tell: Tell = nobody,
) -> Plan:
    """How items go into a bank for each of their groups, as `plan_banks` says, and quizzes that ask them beside these.

    What a quiz draws from goes into one bank. One quiz that cannot be written keeps all out.
    """
    together = _drawn_together(items, quizzes)
    asked = _all_asked(together, quizzes)
    tagged = _tagged(together, asked, shelf.known.values())
    plan = plan_banks(tagged, shelf, only_good=only_good, most=most, tell=tell)
    return _with_quizzes(plan, asked, beside)


def _all_asked(items: Sequence[Item], quizzes: Sequence[ImportedQuiz]) -> list["_Asked"]:
    saved = frozenset(identity_of(item.question) for item in items if item.question)
    return [_Asked(quiz, saved) for quiz in quizzes]


def _tagged(items: Sequence[Item], asked: Sequence["_Asked"], there: Iterable[Question]) -> Sequence[Item]:
    """The items with the tags that quizzes draw by."""
    if not asked:
        return items
    tagging = Tagging(items, there)
    for one in asked:
        one.choose_tags(tagging)
    return tagging.tagged(items)


def _drawn_together(items: Sequence[Item], quizzes: Sequence[ImportedQuiz]) -> Sequence[Item]:
    """The items, where all that a quiz draws from at one place are of the group of the first of them."""
    groups: dict[Identity, tuple[str, ...]] = {}
    of_item = {item.id: item.group for item in items}
    for section in (section for quiz in quizzes for section in quiz.sections if section.count is not None):
        pool = [item for item in section.items if item.question]
        group = next((groups[one] for one in map(_identity, pool) if one in groups), None)
        for item in pool:
            groups.setdefault(_identity(item), of_item.get(pool[0].id, ()) if group is None else group)
    return [replace(item, group=groups.get(_identity(item), item.group)) for item in items] if groups else items


def _identity(item: Item) -> Identity:
    return identity_of(item.question) if item.question else ()


def _with_quizzes(plan: Plan, asked: Sequence["_Asked"], beside: Beside) -> Plan:
    """The plan with the files of the quizzes."""
    if plan.errors or not asked:
        return plan
    shelf = _Shelf(plan, beside)
    names: list[str] = []
    files, notes = [], list(plan.notes)
    for one in asked:
        names.append(free_name(_name(one.title), names))
        try:
            made = one.file(f"{names[-1]}{ENDING}", shelf)
        except _CannotBe as why:
            told = Note(f"the quiz “{one.title}” cannot be written: {why}", one.quiz.line)
            return Plan(skipped=plan.skipped, left=plan.left, errors=(told,))
        files += [made] if made else []
        notes += [Note(f"quiz “{one.title}”: {text}", one.quiz.line) for text in dict.fromkeys(one.told)]
    return replace(plan, quizzes=tuple(files), notes=tuple(notes))


class _CannotBe(Exception):
    """A quiz that cannot be a file there, and why, as a sentence."""


class _Shelf:
    """The banks of the module as they would be, and where a question stands in them."""

    def __init__(self, plan: Plan, beside: Beside) -> None:
        self.beside = beside
        self.reader = FileReader((), None, Renderer())
        others: dict[str, list[Question]] = {}
        for question in beside.known.values():
            others.setdefault(question.path.rpartition("/")[2], []).append(question)
        data = {bank.name: bank.data for bank in plan.banks} or ({beside.bank: plan.data} if beside.bank else {})
        changed = {name: list(self._questions(name, bank)) for name, bank in data.items()}
        self.banks = {name: Bank(name, "", name, tuple(inside)) for name, inside in {**others, **changed}.items()}
        by_name = {
            question.name: (name, question)
            for inside in (others, changed)  # what is as it will be comes last
            for name, questions in inside.items()
            for question in questions
        }
        placed: tuple[Added | Skipped, ...] = (*plan.added, *plan.skipped)
        self.places: dict[Identity, tuple[str, Question]] = {
            identity_of(one.item.question): by_name[one.name] for one in placed if one.item.question
        }

    def _questions(self, name: str, data: bytes) -> Iterable[Question]:
        return questions_of(read_as(name, data, self.reader).content).values()

    def place(self, question: Question) -> tuple[str, Question]:
        """The file of the bank that a question stands in, and the question there. Raises _CannotBe."""
        name, found = self.places[identity_of(question)]
        if not name.endswith(".bank.md"):
            told = f"“{question.title}” stands in {name}, where no quiz can ask it from. Move it into a bank,"
            raise _CannotBe(f"{told} or import without the quiz (`--no-quiz`).")
        return name, found


class _Asked:
    """A quiz on its way to a file: its sections with the questions that are saved, each asked once."""

    def __init__(self, quiz: ImportedQuiz, saved: frozenset[Identity]) -> None:
        self.quiz, self.saved = quiz, saved
        self.title = " ".join(quiz.title.split()) or "Quiz"
        self.told: list[str] = []
        self.tags: dict[int, str] = {}
        self.fixed: set[Identity] = set()
        self.sections = [(section, self._questions(section)) for section in quiz.sections]

    def _questions(self, section: Section) -> list[Question]:
        found = [item.question for item in section.items if item.question and identity_of(item.question) in self.saved]
        left = len(section.items) - len(found)
        if left:
            self.told.append(f"{left} of its questions {'is' if left == 1 else 'are'} not saved, and left out.")
        seen = self.fixed if section.count is None else set[Identity]()
        return [question for question in found if self._is_new(question, seen)]

    def _is_new(self, question: Question, seen: set[Identity]) -> bool:
        identity = identity_of(question)
        if identity in seen:
            self.told.append(f"“{question.title}” is asked twice there, and once here.")
        is_new = identity not in seen
        seen.add(identity)
        return is_new

    def choose_tags(self, tagging: Tagging) -> None:
        """Choose the tag of each draw."""
        for number, (section, questions) in enumerate(self.sections):
            if section.count is not None and questions:
                wanted = tag_of(section.title[:TAG_MOST]) or f"draw-{number + 1}"
                self.tags[number] = tagging.choose(wanted, frozenset(map(identity_of, questions)))

    def file(self, name: str, shelf: _Shelf) -> QuizFile | None:
        """Its file; None where nothing is left to ask. Raises _CannotBe."""
        headings, wanted = [], list[tuple[frozenset[str], int]]()
        for number in range(len(self.sections)):
            for heading, keys, count in self._headings(number, shelf):
                headings.append(heading)
                wanted.append((keys, count))
        if not headings:
            self.told.append("none of its questions is saved, and so it is not written.")
            return None
        data = self._written(name, headings, wanted, shelf)
        if not self.quiz.settings.keys() & {"pass", "preset"}:
            self.told.append(f"it has no pass mark there; here that is {NEEDED}, unless you write another as `pass:`.")
        there = shelf.beside.read(name)
        self._require_free(name, data, there, shelf.beside.keys)
        every = frozenset[str]().union(*(keys for keys, _ in wanted))
        drawn = sum(count for _, count in wanted)
        return QuizFile(name, self.title, data, len(every), drawn, self.quiz.files, there is not None)

    def _headings(self, number: int, shelf: _Shelf) -> list[tuple[str, frozenset[str], int]]:
        """The headings of a section, each with the keys of what it may ask, and how many of them."""
        section, questions = self.sections[number]
        places = [shelf.place(question) for question in questions]
        self._compare_points(questions, [there for _, there in places])
        if section.count is None:
            return [(_named(file, there), frozenset([there.key]), 1) for file, there in places]
        pool = [there for question, (_, there) in zip(questions, places, strict=True)
                if identity_of(question) not in self.fixed]  # fmt: skip
        count = min(section.count, len(pool))
        if count < section.count:
            self.told.append(f"it draws {section.count} there, but {count} can be drawn here.")
        if not count:
            return []
        tag, bank = self.tags[number], shelf.beside.bank or places[0][0]
        for file, there in places:
            self._require_tag(file, there, tag, bank)
        words = _label(section.title) or f"Draw {count} of {len(pool)}"
        heading = f"## [{words}]({_link(bank)}) {{count={count} tags={tag}}}"
        return [(heading, frozenset(one.key for one in pool), count)]

    @staticmethod
    def _require_tag(file: str, there: Question, tag: str, bank: str) -> None:
        if file == bank and tag in there.tags:
            return
        mend = f"Give it the tag: `tags={tag}`." if file == bank else f"Move it into {bank}, with `tags={tag}`."
        told = f"“{there.title}”, which it draws, is in {file} already, as #{there.name}, without a tag to draw by."
        raise _CannotBe(f"{told} {mend} Or import without the quiz (`--no-quiz`).")

    def _compare_points(self, questions: Sequence[Question], there: Sequence[Question]) -> None:
        for one, other in zip(questions, there, strict=True):
            if one.points != other.points:
                worth = f"worth {decimal_text(one.points)} there, and {decimal_text(other.points)} in {other.path}"
                self.told.append(f"#{other.name} is {worth}.")

    def _written(
        self, name: str, headings: Sequence[str], wanted: Sequence[tuple[frozenset[str], int]], shelf: _Shelf
    ) -> bytes:
        """The bytes of the file, which asks what is wanted. Raises _CannotBe."""
        plainly = plain(self.quiz.introduction).markdown
        for introduction in dict.fromkeys([self.quiz.introduction, plainly, ""]):
            data = self._text(introduction, headings).encode("utf-8", "replace")
            problem, asks = _read_again(name, data, shelf)
            if not problem and asks == list(wanted):
                if introduction != self.quiz.introduction:
                    self.told.append(f"its introduction is {'taken as plain text' if introduction else 'left out'}.")
                return data
        raise _CannotBe(problem or "its questions would be others.")

    def _text(self, introduction: str, headings: Sequence[str]) -> str:
        said = {"title": json.dumps(self.title, ensure_ascii=False), **self.quiz.settings}
        front = "\n".join(f"{key}: {value}" for key, value in said.items())
        return "\n\n".join(filter(None, [f"---\n{front}\n---", introduction.strip("\n"), *headings])) + "\n"

    def _require_free(self, name: str, data: bytes, there: bytes | None, keys: Mapping[str, str]) -> None:
        other = keys.get(stem_of(name), name)
        if other != name:
            mend = "Rename that one, or import without the quiz (`--no-quiz`)."
            raise _CannotBe(f"{other} is a quiz with the key `{stem_of(name)}` already. {mend}")
        if there is not None and _lines(there) != _lines(data):
            mend = "Rename or delete it, or import without the quiz (`--no-quiz`)."
            raise _CannotBe(f"{name} is there already, and says something else. {mend}")


def _read_again(name: str, data: bytes, shelf: _Shelf) -> tuple[str, list[tuple[frozenset[str], int]]]:
    """The first error of a quiz, and the keys that each of its places may ask, with how many of them."""
    file, report = read_as(name, data, shelf.reader), Report(name)
    if not isinstance(file.content, QuizSource):
        return "it cannot be read.", []
    entries = resolve(file.content.sources, EVERYBODY, shelf.banks.get, report)
    wrong = [one for one in (*file.problems, *report.problems) if one.severity == "error"]
    asks = [(frozenset(question.key for question in entry.pool), entry.count) for entry in entries]
    return (f"{wrong[0].message} {wrong[0].advice}".strip() if wrong else ""), asks


def _named(file: str, question: Question) -> str:
    """The heading that asks a question of a bank by its name."""
    return f"## [{_label(question.title) or question.name}]({_link(file)}#{quote(question.name)})"


def _name(title: str) -> str:
    """What the file of a quiz is called, without its ending."""
    return key_of_title(title).strip("-_") or "quiz"


def _label(text: str) -> str:
    """The text of a link that shows a text as it is."""
    bare = " ".join(re.sub(r"[\[\]]", " ", text).split())
    return shown(bare if len(bare) <= LABEL_MOST else f"{bare[: LABEL_MOST - 1]}…")


def _link(name: str) -> str:
    return quote(name, safe="")


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines()
