"""The lines of files that problems speak of."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from quizapp.content.folder import plain_file
from quizapp.errors import Problem
from quizapp.source.text import decode

MAX_SHOWN = 300  # characters of one line
MAX_BYTES = 1024 * 1024


def offending_lines(roots: Sequence[Path], problems: Iterable[Problem]) -> dict[tuple[str, int], str]:
    """The lines that problems name, by path and line, as they stand in the files now; what is gone is left out."""
    wanted: dict[str, set[int]] = {}
    for problem in problems:
        wanted.setdefault(problem.path, set()).add(problem.line)
    found: dict[tuple[str, int], str] = {}
    for path, numbers in wanted.items():
        lines = _lines(roots, path)
        found |= {(path, number): lines[number - 1] for number in numbers if 0 < number <= len(lines)}
    return found


def lines_in(roots: Sequence[Path]) -> Callable[[str], Sequence[str]]:
    """What gives the lines of a content file as they stand in the first folder that has it; none of what is gone."""

    def lines_of(path: str) -> Sequence[str]:
        file = next((file for root in roots if (file := plain_file(root, path))), None)
        return _text_of(file).split("\n") if file else []

    return lines_of


def _lines(roots: Sequence[Path], path: str) -> list[str]:
    file = next((file for root in reversed(roots) if (file := plain_file(root, path))), None)
    return [line.rstrip()[:MAX_SHOWN] for line in _text_of(file).split("\n")] if file else []


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return decode(opened.read(MAX_BYTES))[0]
    except OSError:
        return ""
