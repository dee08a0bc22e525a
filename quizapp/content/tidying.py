"""A content file, tidied: repairs one after another, each kept only where the file then still says the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizapp.content.banks import BankSource, QuizSource
from quizapp.content.edits import Edit, Lines, divided, edited, edits_between
from quizapp.content.files import FileReader, IndexSource, ReadFile, questions_of
from quizapp.content.folder import Kind
from quizapp.content.good import GoodVersion
from quizapp.content.lessons import LessonSource
from quizapp.content.markup import Renderer
from quizapp.content.references import Source as QuestionSource
from quizapp.content.tidy.base import NO_WISHES, REPAIRS, Repair, Source, Wishes
from quizapp.questions.base import Question
from quizapp.questions.fingerprint import marking_fingerprint
from quizapp.source.scanner import read_blocks
from quizapp.source.text import decode

MAX_ROUNDS = 4  # a text that is not settled then stays as it is
MAX_SINGLY = 40  # groups of edits that are tried one by one when they do not all go together


@dataclass(frozen=True, slots=True)
class Tidied:
    """A tidied file: its bytes, what was changed in it, and by which repairs.

    `left` are sentences about what was not touched, and why.
    """

    data: bytes
    edits: tuple[Edit, ...] = ()
    repairs: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a file says: `frame` is all but its questions; `checks` and `questions` are by key (questions by line where
    a repair gives them names), `errors` by code.
    """

    frame: tuple[object, ...]
    checks: Mapping[str, object]
    questions: Mapping[str, str]
    problems: Counter[tuple[int, str]]
    errors: Counter[str]


@dataclass(slots=True)
class _Reader:
    """Reads versions of one file, each by itself."""

    path: str
    kind: Kind
    module: str
    files: FileReader = field(default_factory=lambda: FileReader((), None, Renderer()))
    known: dict[Lines, ReadFile] = field(default_factory=dict)

    def read(self, lines: Lines) -> ReadFile:
        """The file with these lines; most repairs find nothing to do, and ask for the same again."""
        if lines not in self.known:
            version = GoodVersion(lines.whole.encode())
            self.known[lines] = self.files.read(self.path, self.kind, self.module, version)
        return self.known[lines]


def tidy(data: bytes, path: str, kind: Kind, wishes: Wishes = NO_WISHES, module: str = "m") -> Tidied:
    """Tidy a content file; `path` and `module` only name its questions. Never raises.

    A file that is not UTF-8, or does not settle, stays as it is. Format section 10.
    """
    _, is_clean = decode(data)
    if not is_clean:
        return Tidied(data, left=("This file is not UTF-8 text, so it stays as it is. Save it as UTF-8.",))
    before = lines = divided(data.decode("utf-8"))
    reader = _Reader(path, kind, module)
    repairs, left = dict[str, None](), dict[str, None]()
    for _ in range(MAX_ROUNDS):
        start = lines
        for repair in REPAIRS:
            made, reason = _repaired(repair, lines, reader, wishes)
            repairs |= {repair.what: None} if made != lines else {}
            left |= {f"{repair.what.capitalize()}: {reason}": None} if reason else {}
            lines = made
        if lines == start:
            return Tidied(lines.whole.encode(), edits_between(before, lines), tuple(repairs), tuple(left))
    return Tidied(data, left=("This file does not come to rest, so it stays as it is.",))


def _repaired(repair: Repair, lines: Lines, reader: _Reader, wishes: Wishes) -> tuple[Lines, str]:
    """The text after a repair, and why something was left out of it."""
    file = reader.read(lines)
    body = "\n".join(lines.texts[file.front.body_line - 1 :])
    source = Source(lines.texts, read_blocks(body, file.front.body_line), file, wishes)
    groups = [group for group in repair.edits(source) if group]
    if not groups:
        return lines, ""
    before = _meaning(file, repair)
    made = edited(lines, [edit for group in groups for edit in group])
    reason = _difference(before, _meaning(reader.read(made), repair), repair)
    if not reason:
        return made, ""
    for group in groups if 1 < len(groups) <= MAX_SINGLY else ():
        made = edited(lines, group)
        after = _meaning(reader.read(made), repair)
        if not _difference(before, after, repair):
            lines, before = made, after
    return lines, reason


def _difference(before: _Meaning, after: _Meaning, repair: Repair) -> str:
    """What a repair would change in what a file says; empty where it changes nothing that it should not."""
    if before.frame != after.frame:
        return "the text would be shown otherwise, so it stays."
    if any(after.questions.get(key) != made_of for key, made_of in before.questions.items()):
        return "a question would not be the same, so it stays."
    if any(after.checks.get(key) != said for key, said in before.checks.items()):
        return "a check would not be the same, so it stays."
    if repair.mends:
        return "" if _is_mended(before, after, repair) else "something else is wrong there too, so it stays."
    is_same = len(after.questions) == len(before.questions) and len(after.checks) == len(before.checks)
    return "" if is_same and not after.problems - before.problems else "something would be read otherwise, so it stays."


def _is_mended(before: _Meaning, after: _Meaning, repair: Repair) -> bool:
    """Whether errors of a repair are gone, and none came but those that another repair mends."""
    mendable = frozenset[str]().union(*(one.mends for one in REPAIRS))
    is_less = any(after.errors[code] < before.errors[code] for code in repair.mends)
    return is_less and not (after.errors - before.errors).keys() - mendable


def _meaning(file: ReadFile, repair: Repair) -> _Meaning:
    problems = Counter((problem.line, problem.code) for problem in file.problems)
    errors = Counter(problem.code for problem in file.problems if problem.severity == "error")
    questions = {key: question.fingerprint for key, question in questions_of(file.content).items()}
    if repair.renames:
        questions = {str(question.line): _unnamed(question) for question in questions_of(file.content).values()}
    return _Meaning(_frame(file), _checks(file), questions, problems, errors)


def _unnamed(question: Question) -> str:
    """What a question asks and how it is marked, whatever it is called."""
    return marking_fingerprint(replace(question, key="m#q"))


def _frame(file: ReadFile) -> tuple[object, ...]:
    """What a file says outside of questions and checks."""
    said = file.content
    if isinstance(said, LessonSource):
        texts = [_plain(part) for part in said.parts if isinstance(part, str)]
        return said.title, _plain(said.heading), said.summary, *texts
    if isinstance(said, QuizSource):
        return said.title, _plain(said.introduction), said.settings, said.draws, *_references(said.sources)
    if isinstance(said, BankSource):
        return (said.title,)
    return (said.title, _plain(said.html)) if isinstance(said, IndexSource) else ()


def _checks(file: ReadFile) -> dict[str, object]:
    checks = file.content.checks if isinstance(file.content, LessonSource) else ()
    return {
        check.name: (check.title, _plain(check.introduction), check.asks_confidence, *_references(check.sources))
        for check in checks
    }


def _references(sources: Sequence[QuestionSource]) -> Iterable[QuestionSource]:
    return (source for source in sources if not isinstance(source, Question))


def _plain(page: str) -> str:
    """HTML without what white space makes no difference to."""
    return " ".join(page.split())
