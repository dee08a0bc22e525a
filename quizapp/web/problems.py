"""What is wrong in the content, by file: how much, where the page of problems tells it, and what is not loaded."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import g

from quizapp.content.excerpts import offending_lines
from quizapp.content.folder import SKIPPED_FOLDERS
from quizapp.content.model import Catalogue
from quizapp.errors import Problem, Severity
from quizapp.questions.base import Question
from quizapp.web.access import may
from quizapp.web.framing import is_framed
from quizapp.web.words import sentence as _

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")  # worst first
INDEXES = ("index.md", "readme.md")


@dataclass(frozen=True, slots=True)
class FileProblems:
    """The problems of one file, the worst first."""

    path: str
    problems: tuple[Problem, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page of problems."""
        return f"file-{quote(self.path)}"

    @property
    def worst(self) -> Severity:
        """How bad the worst of them is."""
        return self.problems[0].severity

    @property
    def tally(self) -> str:
        """How many there are of each kind, in words."""
        return tally(self.problems)


def by_file(problems: Iterable[Problem]) -> dict[str, FileProblems]:
    """The problems of each file, by path."""
    files: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda one: (one.path, SEVERITIES.index(one.severity), one.line, one.column)):
        files.setdefault(problem.path, []).append(problem)
    return {path: FileProblems(path, tuple(found)) for path, found in files.items()}


@dataclass(frozen=True, slots=True)
class PageProblems:
    """What is wrong with the files that a page is made of, the worst first; advice is apart.

    `standing` says what learners see of each file with an error; `lines` are the offending lines, by path and line.
    """

    faults: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    standing: tuple[str, ...]
    lines: Mapping[tuple[str, int], str]

    @property
    def worst(self) -> Severity:
        """How bad the worst of it is."""
        return (*self.faults, *self.advice)[0].severity

    @property
    def tally(self) -> str:
        """How much there is of each kind, in words."""
        return tally((*self.faults, *self.advice))


def wrong_with(path: str, questions: Iterable[Question] = ()) -> PageProblems | None:
    """What is wrong with a content file, with what it includes, and with the banks its questions come from.

    Of a bank only errors are told: it has a page of its own. None where all is well, and for who may not know.
    """
    if not may(g.learner, "teach.show_problems") or is_framed():
        return None
    files = by_file(g.site.told)
    own = [path, *sorted(g.site.catalogue.uses.get(path, ()))]
    drawn = sorted({question.path for question in questions} - set(own))
    told = [problem for one in own if one in files for problem in files[one].problems]
    told += [problem for one in drawn if one in files for problem in files[one].problems if problem.severity == "error"]
    told.sort(key=lambda problem: SEVERITIES.index(problem.severity))
    if not told:
        return None
    return PageProblems(
        faults=tuple(problem for problem in told if problem.severity != "advice"),
        advice=tuple(problem for problem in told if problem.severity == "advice"),
        standing=_standing(path, own, drawn, {problem.path for problem in told if problem.severity == "error"}),
        lines=offending_lines(g.site.settings.content_folders, told),
    )


def _standing(path: str, own: Sequence[str], drawn: Sequence[str], broken: set[str]) -> tuple[str, ...]:
    """What learners see of each broken file; what a page includes breaks the page."""
    pages = [*([path] if broken.intersection(own) else []), *(bank for bank in drawn if bank in broken)]
    return tuple(
        _("Learners go on seeing the last version of {file} without an error.", file=page)
        if g.site.has_good_version(page)
        else _("Learners see {file} without the questions that are broken.", file=page)
        for page in pages
    )


def tally(problems: Iterable[Problem]) -> str:
    """How many problems there are of each kind, in words: 1 error, 2 warnings; empty for none."""
    counts = Counter(problem.severity for problem in problems)
    words = {
        "error": (_("1 error"), _("{n} errors", n=counts["error"])),
        "warning": (_("1 warning"), _("{n} warnings", n=counts["warning"])),
        "advice": (_("1 piece of advice"), _("{n} pieces of advice", n=counts["advice"])),
    }
    return ", ".join(words[kind][counts[kind] > 1] for kind in SEVERITIES if counts[kind])


def of_module(catalogue: Catalogue, files: Mapping[str, FileProblems], key: str) -> list[FileProblems]:
    """Those of the folder of a module and of its index file."""
    return [file for path, file in files.items() if catalogue.links.get(path) == f"module {key}"]


def not_loaded(catalogue: Catalogue, files: Mapping[str, FileProblems]) -> list[FileProblems]:
    """The files and folders that nobody can see because of an error, with their problems.

    Of two files at one path, in the content folder and in the private one, only the first is loaded.
    """
    loaded = _loaded(catalogue)
    return [
        file
        for path, file in files.items()
        if (file.worst == "error" and path not in loaded and not _is_beside(path))
        or any(problem.code == "key-twice" for problem in file.problems)
    ]


def elsewhere(catalogue: Catalogue, files: Mapping[str, FileProblems]) -> list[FileProblems]:
    """Those that have no row of their own: of learning paths, of the front page, of what is included."""
    shown = {path for path in _loaded(catalogue) if not catalogue.links.get(path, "").startswith("path ")}
    told = {file.path for file in not_loaded(catalogue, files)}
    return [file for path, file in files.items() if path not in shown | told]


def other_indexes(catalogue: Catalogue, files: Mapping[str, FileProblems]) -> list[str]:
    """The paths of the index files in which nothing is wrong, apart from those of modules: they have no row else."""
    of_modules = {module.index for module in catalogue.modules.values()}
    return sorted(
        path
        for path in catalogue.files - of_modules - files.keys()
        if path.rpartition("/")[2].lower() in ("index.md", "readme.md")
    )


def _loaded(catalogue: Catalogue) -> set[str]:
    """The content paths of all that became something."""
    banks = (bank.path for module in catalogue.modules.values() for bank in module.banks)
    quizzes = (quiz.path for module in catalogue.modules.values() for quiz in module.quizzes)
    return {*catalogue.links, *banks, *quizzes}


def _is_beside(path: str) -> bool:
    """Whether a file is never a page of its own: an index, or what is included."""
    *folders, name = path.split("/")
    return name.lower() in INDEXES or not SKIPPED_FOLDERS.isdisjoint(folders)
