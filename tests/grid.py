"""The grid *question type × what has to be shown of it*, filled by the tests that ran.

A test marked `@pytest.mark.grid("mark", "retry")` fills those columns for the question type it is parametrised with,
if it passed. `pytest --grid FILE` writes the grid as Markdown, each cell with the test that filled it; an empty cell
without a written reason then fails the run.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from quizapp.questions.base import QUESTION_TYPES

COLUMNS = (
    "parse", "write", "control", "no JavaScript", "keyboard", "transcript", "mark", "feedback", "retry", "snapshot",
    "regrade",
)  # fmt: skip
REASONS: Mapping[tuple[str, str], str] = {
    ("essay", "retry"): "solved by answering: a person marks it",
    ("survey", "retry"): "solved by answering",
    ("survey", "feedback"): "nothing is right or wrong",
}
NAMED_BY = ("kind", "name")  # parameters that hold a question type
Cells = dict[tuple[str, str], str]


def add_options(parser: pytest.Parser) -> None:
    """Where the grid is written to."""
    parser.addoption(
        "--grid", metavar="FILE", help="write which test showed what of each question type; no gap may stay"
    )


def note_cells(item: pytest.Item, report: pytest.TestReport) -> None:
    """Note on the report of a test which cells it fills; a report travels from a worker to the one who counts."""
    callspec = getattr(item, "callspec", None)
    kinds = [callspec.params[name] for name in NAMED_BY if name in callspec.params] if callspec else []
    for marker in item.iter_markers("grid"):
        for column in marker.args:
            assert column in COLUMNS, column
            report.user_properties += [("grid", f"{kind}|{column}") for kind in kinds if kind in QUESTION_TYPES]


class Grid:
    """Collects the cells, and writes the grid when the tests are over."""

    def __init__(self, file: Path) -> None:
        self.file, self.cells = file, Cells()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that passed fills its cells; the first one is named."""
        if report.when == "call" and report.passed:
            for kind, column in _cells(report.user_properties):
                self.cells.setdefault((kind, column), report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the grid; a gap fails the run."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(as_markdown(self.cells), encoding="utf-8")
        if gaps(self.cells) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say where it is, and what is missing."""
        missing = gaps(self.cells)
        terminalreporter.write_line(f"grid of question types: {self.file}, {len(missing)} empty cells")
        for kind, column in missing:
            terminalreporter.write_line(f"no test that ran shows `{column}` of `{kind}`")


def _cells(properties: list[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    for name, value in properties:
        kind, bar, column = str(value).partition("|")
        if name == "grid" and bar:
            yield kind, column


def gaps(cells: Cells) -> list[tuple[str, str]]:
    """The cells that neither a test nor a reason fills."""
    every = [(kind, column) for kind in sorted(QUESTION_TYPES) for column in COLUMNS]
    return [cell for cell in every if cell not in cells and cell not in REASONS]


def as_markdown(cells: Cells) -> str:
    """The grid: a mark for each cell, and below it the test or the reason behind it."""
    lines = ["| type | " + " | ".join(COLUMNS) + " |", "|" + " --- |" * (len(COLUMNS) + 1)]
    notes = []
    for kind in sorted(QUESTION_TYPES):
        row = []
        for column in COLUMNS:
            test, reason = cells.get((kind, column)), REASONS.get((kind, column))
            row.append("yes" if test else "–" if reason else "**none**")
            notes.append(f"- {kind}, {column}: {f'`{test}`' if test else reason or '**none**'}")
        lines.append(f"| {kind} | " + " | ".join(row) + " |")
    return "\n".join([*lines, "", *notes, ""])
