"""Parts of the guide that tests write: each stands between two comments, and is held against what is so now.

`--update-golden` writes it anew.
"""

import re
from collections.abc import Iterable, Sequence

import pytest

from tests.conftest import ROOT

GUIDE = ROOT / "content" / "writing-courses"
NOTHING = "–"
END = "<!-- end of what tests write -->"


def hold(page: str, name: str, text: str, request: pytest.FixtureRequest) -> None:
    """Compare the part of a lesson of the guide that has this name, or write it. Raises AssertionError."""
    [file] = GUIDE.glob(f"*/*-{page}.md")
    whole = file.read_text(encoding="utf-8")
    part = re.search(rf"(?<=<!-- written by tests: {name} -->\n\n).*?(?={END})", whole, flags=re.DOTALL)
    assert part, f"{file.name} has no place for {name}"
    if request.config.getoption("--update-golden"):
        file.write_text(f"{whole[: part.start()]}{text.strip()}\n\n{whole[part.end() :]}", encoding="utf-8")
    else:
        assert part[0].strip() == text.strip(), f"{file.name} says something else than is so. Run --update-golden."


def names_in(page: str) -> list[str]:
    """The names of all parts of a lesson, in their order."""
    [file] = GUIDE.glob(f"*/*-{page}.md")
    return re.findall(r"^<!-- written by tests: (.*) -->$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a column of whole numbers, or none, leans to the right."""
    body = [list(row) for row in rows]
    are_numbers = [all(type(row[place]) is int or row[place] == NOTHING for row in body) for place in range(len(heads))]
    lines = [heads, ["---:" if is_number else "---" for is_number in are_numbers], *body]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def details(title: str, text: str) -> str:
    """A text that is folded until it is asked for."""
    return f"/// details | {title}\n{text}\n///"


def counted(number: int, word: str) -> str:
    """A number and what it counts, in the plural where there is not one."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
