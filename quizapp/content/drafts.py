"""What a content folder would be with another text in one of its files: the page that it makes, and what is wrong."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizapp.content.assembly import Assembled, assemble
from quizapp.content.banks import BankSource, QuizSource
from quizapp.content.files import Content, FileReader, IndexSource, ReadFile
from quizapp.content.folder import Kind, kind_of, scan, state_of, with_file
from quizapp.content.layout import MAIN_MODULE
from quizapp.content.lessons import CheckSource, LessonSource
from quizapp.content.linking import link_problems
from quizapp.content.markup import Renderer
from quizapp.content.memory import Memory, read_or_tell
from quizapp.content.model import Catalogue, Check, Entry
from quizapp.content.references import Source
from quizapp.errors import Problem
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class Draft:
    """A text of a content file, read as if it were saved.

    `parts` is the HTML of its prose and its questions, in order; `problems` are its own, `elsewhere` those that it
    would bring to other files; `catalogue` is the whole content with it. `is_loaded` says whether it would be a page
    or bank of the site, `has_good` whether a version without an error is kept, which learners see as long as this one
    has errors.
    """

    path: str
    title: str
    parts: tuple["str | Check", ...]
    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]
    catalogue: Catalogue
    is_loaded: bool
    has_good: bool

    @property
    def errors(self) -> int:
        """How many of its own problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)


def read_draft(roots: Sequence[Path], memory: Memory, path: str, data: bytes, known: Collection[Problem] = ()) -> Draft:
    """Read the content with these bytes in the place of a file, or as a new one; nothing is written.

    `known` are the problems of the content as it is, which is how those that are new elsewhere are found. Never raises
    for what stands in the files.
    """
    reader, drafts = FileReader(roots, memory.fragments, Renderer()), FileReader(roots, None, Renderer())
    states = {state[0]: state for state in state_of(roots)}
    folders = {name[:end] for name in (*states, path) for end, character in enumerate(name) if character == "/"}

    def read(one: str, kind: Kind, module: str) -> ReadFile:
        if one != path:
            return memory.read(one, kind, module, states, reader)
        return read_or_tell(one, kind, lambda: drafts.read_draft(one, kind, module, data))

    def exists(one: str) -> bool:
        return one == path or one in states or one in folders

    found = assemble(with_file(scan(roots), path), read, exists, memory.served.load()[0])
    has_good = memory.good.find(path) is not None
    if path in found.files:
        new = set(found.problems) - set(known)
        elsewhere = sorted(problem for problem in new if problem.path != path)
        problems = {problem for problem in found.problems if problem.path == path}
        return _draft(found.files[path], found, problems, elsewhere, has_good)
    file = read(path, kind_of(path), MAIN_MODULE)
    links = link_problems({path: file}, found.catalogue.links, exists)
    return _draft(file, found, {*file.problems, *links}, [], has_good)


def _draft(
    file: ReadFile, found: Assembled, problems: set[Problem], elsewhere: Sequence[Problem], has_good: bool
) -> Draft:
    title, parts = _assembled(file.path, found) or _alone(file.content)
    is_loaded = file.path in found.files
    return Draft(
        file.path, title, parts, tuple(sorted(problems)), tuple(elsewhere), found.catalogue, is_loaded, has_good
    )


def _assembled(path: str, found: Assembled) -> tuple[str, tuple["str | Check", ...]] | None:
    """Title and parts of the lesson, bank or quiz that a file became, with its references followed."""
    for module in found.catalogue.modules.values():
        for lesson in module.lessons:
            if lesson.path == path:
                return lesson.title, lesson.parts
        for bank in module.banks:
            if bank.path == path:
                return bank.title, (_check("bank", "", tuple(Entry((one,), 1) for one in bank.questions)),)
        for quiz in module.quizzes:
            if quiz.path == path:
                return quiz.title, (_check("quiz", quiz.introduction, quiz.entries),)
    return None


def _alone(content: Content | None) -> tuple[str, tuple["str | Check", ...]]:
    """The same of a file that became none of these: an index, an include, or what has an error between files."""
    match content:
        case None:
            return "", ()
        case IndexSource():
            return content.title, (content.html,)
        case LessonSource():
            return content.title, tuple(map(_part, content.parts))
        case BankSource():
            return content.title, (_check("bank", "", _own(content.questions)),)
        case QuizSource():
            return content.title, (_check("quiz", content.introduction, _own(content.sources)),)


def _part(part: "str | CheckSource") -> "str | Check":
    if isinstance(part, str):
        return part
    return Check(part.name, part.name, part.title, part.introduction, _own(part.sources))


def _own(sources: Sequence[Source]) -> tuple[Entry, ...]:
    """The questions that stand in the file itself."""
    return tuple(Entry((one,), 1) for one in sources if isinstance(one, Question))


def _check(name: str, introduction: str, entries: tuple[Entry, ...]) -> Check:
    return Check(name, name, "", introduction, entries)
