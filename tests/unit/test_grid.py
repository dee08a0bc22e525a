"""The grid tells a gap from a full cell."""

from quizapp.questions.base import QUESTION_TYPES
from tests.grid import COLUMNS, REASONS, as_markdown, gaps

FULL = {(kind, column): f"tests/x.py::test[{kind}]" for kind in QUESTION_TYPES for column in COLUMNS}


def test_a_full_grid_has_no_gap() -> None:
    assert gaps(FULL) == []
    assert "**none**" not in as_markdown(FULL)


def test_a_missing_test_is_a_gap_and_a_reason_is_none() -> None:
    without = {cell: test for cell, test in FULL.items() if cell not in REASONS and cell != ("single", "retry")}
    assert gaps(without) == [("single", "retry")]
    assert "- single, retry: **none**" in as_markdown(without)


def test_reasons_are_for_cells_that_there_are() -> None:
    assert all(kind in QUESTION_TYPES and column in COLUMNS for kind, column in REASONS)
