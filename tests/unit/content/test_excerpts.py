"""The line of a problem with its caret: where it stands, and what is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.excerpts import harmless, with_caret
from quizapp.source.widths import columns_of, without_tabs


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("abc", 2, "abc", " ^"),
        ("abc", 4, "abc", "   ^"),  # behind the end
        ("abc", 99, "abc", "   ^"),
        ("", 1, "", "^"),
        ("\tabc", 2, "    abc", "    ^"),
        ("a\tb\tc", 5, "a   b   c", "        ^"),
        ("日本語 x", 5, "日本語 x", "       ^"),
        ("e\u0301x", 3, "e\u0301x", " ^"),
        ("👩\u200d💻x", 4, "👩\u200d💻x", "    ^"),
        ("한글 x", 4, "한글 x", "     ^"),
        ("a\x1b[2Jb", 6, "a\ufffd[2Jb", "     ^"),
        ("a\u202eb", 3, "a\ufffdb", "  ^"),
        ("a \t ", 1, "a", "^"),
    ],
)
def test_the_caret_stands_under_the_spot(line: str, column: int, shown: str, caret: str) -> None:
    assert with_caret(line, column) == (shown, caret)


@pytest.mark.parametrize("column", [1, 21, 50, 89, 100])
def test_a_long_line_is_cut_around_the_spot(column: int) -> None:
    told, below = with_caret("0123456789" * 10, column, 20)
    assert columns_of(told) <= 20
    assert told[len(below) - 1] == ("0123456789" * 10)[column - 1]
    assert told.startswith("…") is (column > 10)
    assert told.endswith("…") is (column < 90)


@given(line=st.text(max_size=60), column=st.integers(1, 70), width=st.integers(12, 40))
def test_any_line_fits_and_its_spot_is_in_it(line: str, column: int, width: int) -> None:
    told, below = with_caret(line, column, width)
    assert columns_of(told) <= width
    assert columns_of(below) <= columns_of(told) + 1
    assert harmless(told) == told


@given(st.text(st.sampled_from("a\t日e\u0301"), max_size=20))
def test_tabs_reach_to_the_next_stop(line: str) -> None:
    assert "\t" not in without_tabs(line)
    for end in range(len(line)):
        if line[end] == "\t":
            assert columns_of(without_tabs(line[: end + 1])) % 4 == 0
