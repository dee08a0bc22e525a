"""What is wrong in the content, by file: how much, where the page of problems tells it, and what is not loaded."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from quizapp.content.folder import SKIPPED_FOLDERS
from quizapp.content.model import Catalogue
from quizapp.errors import Problem, Severity
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


def _loaded(catalogue: Catalogue) -> set[str]:
    """The content paths of all that became something."""
    banks = (bank.path for module in catalogue.modules.values() for bank in module.banks)
    quizzes = (quiz.path for module in catalogue.modules.values() for quiz in module.quizzes)
    return {*catalogue.links, *banks, *quizzes}


def _is_beside(path: str) -> bool:
    """Whether a file is never a page of its own: an index, or what is included."""
    *folders, name = path.split("/")
    return name.lower() in INDEXES or not SKIPPED_FOLDERS.isdisjoint(folders)
