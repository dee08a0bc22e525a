"""Content that is written into a folder and advised on, as `quizapp check` does."""

from collections.abc import Mapping
from pathlib import Path

from quizapp.advice.advising import advise
from quizapp.advice.memo import Memo
from quizapp.content.catalogue import read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.errors import Problem


def written(root: Path, files: Mapping[str, str]) -> Path:
    """The folder, with these files in it."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def told(root: Path, files: Mapping[str, str], language: str = "en") -> list[Problem]:
    """All that is said of a folder with these files."""
    catalogue, problems = read_catalogue(written(root, files))
    return sorted([*problems, *advise(catalogue, lines_in([root]), Memo(), language)])


def codes(root: Path, files: Mapping[str, str], language: str = "en") -> list[str]:
    """The codes of what is said."""
    return [problem.code for problem in told(root, files, language)]
