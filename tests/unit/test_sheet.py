"""Tables for spreadsheet programs."""

import pytest

from quizapp.formats.sheet import write_sheet


def test_letters_survive_and_cells_are_quoted_where_they_must_be() -> None:
    data = write_sheet([["Zoë", 'a "b", c'], ["", "two\nlines"]])
    assert data == '\ufeffZoë,"a ""b"", c"\r\n,"two\nlines"\r\n'.encode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    assert write_sheet([[cell]]).decode("utf-8-sig").strip('"').startswith("'")
