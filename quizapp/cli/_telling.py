"""Problems as people, GitHub and other programs read them."""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from quizapp.content.excerpts import harmless, with_caret
from quizapp.errors import Problem, Severity

COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}
ANNOTATIONS = {"error": "error", "warning": "warning", "advice": "notice"}
WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "advice": ("piece of advice", "pieces of advice"),
}
MARGIN = "    "


def is_coloured() -> bool:
    """Whether what is printed may have colours: on a terminal whose user did not switch them off."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def short(problem: Problem) -> str:
    """A problem on one line."""
    return harmless(str(problem))


def long(problem: Problem, line: str | None, width: int) -> str:
    """A problem with the line it is about, and a caret under the spot; in colours."""
    place = click.style(harmless(f"{problem.path}:{problem.line}:{problem.column}:"), bold=True)
    level = click.style(f"{problem.severity} {problem.code}:", fg=COLOURS[problem.severity])
    told = f"{place} {level} {harmless(f'{problem.message} {problem.advice}'.rstrip())}"
    if not line or not line.strip():
        return told
    shown, caret = with_caret(line, problem.column, width - len(MARGIN))
    return f"{told}\n{MARGIN}{shown}\n{MARGIN}{click.style(caret, fg=COLOURS[problem.severity], bold=True)}"


def annotation(problem: Problem, place: Path) -> str:
    """A problem of the file at a place as a workflow command, with which GitHub marks the line in a pull request.

    Format: GitHub Actions, workflow commands; GitHub reads its paths from the top of the repository.
    """
    values = {
        "file": Path(os.path.relpath(place, _top())).as_posix(),
        "line": problem.line,
        "col": problem.column,
        "title": problem.code,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
    return f"::{ANNOTATIONS[problem.severity]} {properties}::{_data(f'{problem.message} {problem.advice}'.rstrip())}"


def _top() -> Path:
    """The top of the repository that the working folder stands in, as a workflow has it; else that folder itself."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    here = Path.cwd()
    if workspace:
        return Path(workspace).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Sequence[Problem]) -> str:
    """How many problems of each kind there are, in how many files."""
    counts = Counter(problem.severity for problem in problems)
    told = ", ".join(f"{counts[kind]} {words[counts[kind] > 1]}" for kind, words in WORDS.items() if counts[kind])
    files = len({problem.path for problem in problems})
    return f"{told} in {files} {'file' if files == 1 else 'files'}"
