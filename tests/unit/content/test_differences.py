"""What two texts have in common, what differs, and both changes in one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.differences import Difference, common_lines, difference, merged

FEW = st.lists(st.sampled_from("abcdef"), max_size=30)
MANY = st.lists(st.integers(0, 60).map(str), max_size=60)
TEXT = FEW.map("\n".join)


@given(FEW | MANY, FEW | MANY)
def test_common_lines_are_equal_and_in_order(one: list[str], other: list[str]) -> None:
    pairs = common_lines(one, other)
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


@given(FEW | MANY)
def test_a_text_has_all_its_lines_in_common_with_itself(lines: list[str]) -> None:
    assert common_lines(lines, lines) == [(place, place) for place in range(len(lines))]


@given(TEXT, TEXT)
def test_a_difference_makes_the_one_text_of_the_other(old: str, new: str) -> None:
    lines = old.split("\n")
    found = difference(old, new)
    for run in reversed(found.runs):
        for line in reversed([line for line in run if line.change == "removed"]):
            assert lines.pop(line.number - 1) == line.text
    for run in found.runs:
        for line in run:
            if line.change == "added":
                lines.insert(line.number - 1, line.text)
    assert "\n".join(lines) == new
    told = [line.change for run in found.runs for line in run]
    assert (found.added, found.removed, found.left_out) == (told.count("added"), told.count("removed"), 0)


def test_a_difference_shows_three_lines_around_a_change_and_no_others() -> None:
    old = "\n".join(map(str, range(30)))
    [first, second] = difference(old, old.replace("5", "five", 1).replace("\n25\n", "\n")).runs
    assert [(line.change, line.number, line.text) for line in first] == [
        ("same", 3, "2"), ("same", 4, "3"), ("same", 5, "4"),
        ("removed", 6, "5"), ("added", 6, "five"),
        ("same", 7, "6"), ("same", 8, "7"), ("same", 9, "8"),
    ]  # fmt: skip
    assert [line.text for line in second if line.change == "removed"] == ["25"]
    assert difference(old, old) == Difference(0, 0, (), 0)


def test_of_a_long_difference_the_first_lines_are_shown() -> None:
    found = difference("a\nb", "\n".join(map(str, range(1_000_000))), most=10)
    assert (found.added, found.removed, found.left_out) == (1_000_000, 2, 999_992)
    assert [line.text for run in found.runs for line in run] == ["a", "b", *"01234567"]


@given(TEXT, TEXT, TEXT)
def test_merging_is_fair_and_an_unchanged_side_gives_the_other(base: str, mine: str, theirs: str) -> None:
    assert merged(base, mine, base) == mine
    assert merged(base, base, theirs) == theirs
    assert merged(base, mine, mine) == mine
    assert merged(base, mine, theirs) == merged(base, theirs, mine)


@given(st.lists(st.integers(), unique=True, min_size=9, max_size=30), st.data())
def test_changes_of_lines_that_are_apart_are_both_in_the_merged_text(numbers: list[int], data: st.DataObject) -> None:
    lines = [str(number) for number in numbers]
    here = data.draw(st.integers(0, len(lines) - 3))
    there = data.draw(st.integers(here + 2, len(lines) - 1))
    mine, theirs = list(lines), list(lines)
    mine[here], theirs[there] = "mine", "theirs"
    both = list(lines)
    both[here], both[there] = "mine", "theirs"
    assert merged("\n".join(lines), "\n".join(mine), "\n".join(theirs)) == "\n".join(both)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("a\nMINE\nc", "a\nTHEIRS\nc"),
        ("MINE\nb\nc", "a\nTHEIRS\nc"),
        ("a\nmore\nb\nc", "a\nother\nb\nc"),
        ("a\nb", "a\nb\nC"),
    ],
    ids=["the same line", "lines beside each other", "two lines put in at one place", "taken out and changed"],
)
def test_changes_of_the_same_lines_are_left_to_a_person(mine: str, theirs: str) -> None:
    assert merged("a\nb\nc", mine, theirs) is None
