"""The lines of files that problems speak of."""

from collections.abc import Iterable, Sequence
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


def _lines(roots: Sequence[Path], path: str) -> list[str]:
    file = next((file for root in reversed(roots) if (file := plain_file(root, path))), None)
    if file is None:
        return []
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES)
    except OSError:
        return []
    return [line.rstrip()[:MAX_SHOWN] for line in decode(data)[0].split("\n")]
