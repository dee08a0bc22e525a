"""The question that a command was given by the name of its file and its own."""

import difflib
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from quizapp.cli._folders import folders_of
from quizapp.content.catalogue import read_catalogue, read_single
from quizapp.content.files import ReadFile, questions_of
from quizapp.content.roots import content_path_of
from quizapp.errors import Problem
from quizapp.questions.base import Question
from quizapp.settings import Settings

MAX_NAMES = 12  # of the questions of a file that a message tells


def find_question(file: Path, name: str, settings: Settings) -> Question:
    """The question that a lesson, bank or quiz asks under a name: `#name`, `name` or `module#name`.

    Raises UsageError where there is no such file or question, or where an error keeps it from being served.
    """
    _require_markdown(file)
    root, over = folders_of(file, settings)
    path = content_path_of(file, root)
    catalogue, problems = read_catalogue(root, over=over)
    source = read_single(over if over and not (root / path).exists() else root, path)
    is_loaded = path in catalogue.files
    questions = catalogue.questions_in(path) if is_loaded else questions_of(source.content)
    found = _named(_plain(name), questions, path)
    if len(found) > 1:
        keys = " or ".join(f"`{question.key}`" for question in found)
        raise click.UsageError(f"{file}: several questions are called {name}. Write {keys}.")
    if not found:
        told = [one for one in problems if _is_of(one, path)] if is_loaded else list(source.problems)
        raise click.UsageError(_why_not(file, name, questions, source, told))
    return found[0]


def _plain(name: str) -> str:
    """A name of a question as names are compared."""
    return unicodedata.normalize("NFC", name).casefold()


def _require_markdown(file: Path) -> None:
    if not _is_there(file):
        near = difflib.get_close_matches(file.name, _markdown_beside(file), n=1, cutoff=0.5)
        mend = f"Did you mean {file.parent / near[0]}?" if near else "Name a lesson, bank or quiz."
        raise click.UsageError(f"{file}: there is no such file. {mend}")
    if file.is_dir():
        raise click.UsageError(f"{file}: this is a folder. Name a Markdown file in it.")
    if file.suffix.lower() != ".md":
        raise click.UsageError(f"{file}: this is no Markdown file. Name a file that ends with .md.")


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        return False  # no file can have such a name, or nobody may look


def _markdown_beside(file: Path) -> list[str]:
    return sorted(one.name for one in file.parent.glob("*.md")) if _is_there(file.parent) else []


def _named(wanted: str, questions: Mapping[str, Question], path: str) -> list[Question]:
    """The questions of a name; one that stands in the file itself goes before those it refers to."""
    module, _, short = wanted.rpartition("#")
    found = [one for one in questions.values() if one.name == short and module in ("", one.key.partition("#")[0])]
    return [question for question in found if question.path == path] or found


def _is_of(problem: Problem, path: str) -> bool:
    """Whether a problem is one of a file, or of a folder around it."""
    return problem.path == path or path.startswith(f"{problem.path}/")


def _why_not(
    file: Path, name: str, questions: Mapping[str, Question], source: ReadFile, problems: Iterable[Problem]
) -> str:
    """Why no question has a name: an error keeps it from being served, or there is none, and which was meant."""
    short = _plain(name).rpartition("#")[2]
    errors = sorted(problem for problem in problems if problem.severity == "error")
    served = {question.name: key for key, question in questions.items()}
    if short in dict(source.names) and short not in served:
        told = "".join(f"\n{problem}" for problem in _of_question(short, source, errors) or errors)
        return f"{file}: the question {name} is not served because of an error. Mend this first:{told}"
    if short in served:
        return f"{file}: there is no question {name}. Did you mean {served[short]}?"
    known = sorted({*served, *dict(source.names)})
    near = difflib.get_close_matches(short, known, n=1, cutoff=0.5)
    if near:
        return f"{file}: there is no question {name}. Did you mean #{near[0]}?"
    if known:
        return f"{file}: there is no question {name}. Its questions are {_listed(known)}."
    return f"{file}: there is no question in this file. `quizapp check {file}` says what is wrong with it."


def _of_question(name: str, source: ReadFile, errors: Sequence[Problem]) -> list[Problem]:
    """The errors that stand between the name of a question of a file and the next one."""
    places = dict(source.names)
    start = places[name][0]
    own = [error for error in errors if error.path == source.path and error.line >= start]
    others = {line for line, _ in places.values()} | {error.line for error in own if error.code == "id-twice"}
    end = min((line for line in others if line > start), default=sys.maxsize)
    return [error for error in own if error.line < end]


def _listed(names: Sequence[str]) -> str:
    more = ", …" if len(names) > MAX_NAMES else ""
    return ", ".join(f"#{name}" for name in names[:MAX_NAMES]) + more
