"""Single and multiple choice: the credit of each response."""

from fractions import Fraction

import pytest

from tests.unit.content.reading import question_from

SINGLE = "## Q {#q}\n\n- (x) A\n  > Yes.\n- (50%) B\n- ( ) C\n"
BOXES = "## Q {{#q credit={}}}\n\n- [x] A\n- [x] B\n- [ ] C\n- [ ] D\n"
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize(("response", "credit"), [(1, 1), (2, HALF), (3, 0)])
def test_a_choice_earns_its_own_credit(response: int, credit: Fraction) -> None:
    assert question_from(SINGLE).type.mark(response).credit == credit


def test_feedback_is_that_of_the_choice() -> None:
    [feedback] = question_from(SINGLE).type.mark(1).feedback
    assert feedback.text == "Yes."


@pytest.mark.parametrize(
    ("response", "net", "exact", "each", "hits"),
    [
        ([1, 2], 1, 1, 1, 1),
        ([1], HALF, 0, Fraction(3, 4), HALF),
        ([1, 3], 0, 0, HALF, 0),
        ([1, 2, 3], HALF, 0, Fraction(3, 4), 0),
        ([3, 4], 0, 0, 0, 0),
        ([1, 2, 3, 4], 0, 0, HALF, 0),
    ],
)
def test_boxes_earn_by_the_rule(
    response: list[int], net: Fraction, exact: Fraction, each: Fraction, hits: Fraction
) -> None:
    for rule, credit in {"net": net, "exact": exact, "each": each, "hits": hits}.items():
        assert question_from(BOXES.format(rule)).type.mark(response).credit == credit, rule


@pytest.mark.parametrize("rule", ["net", "exact", "each", "hits"])
def test_ticking_nothing_earns_nothing(rule: str) -> None:
    assert question_from(BOXES.format(rule)).type.mark([]).status == "blank"


def test_a_box_that_is_not_scored_changes_nothing() -> None:
    kind = question_from("## Q {#q}\n\n- [x] A\n- [~] B\n- [ ] C\n").type
    assert kind.mark([1]).credit == kind.mark([1, 2]).credit == 1


@pytest.mark.parametrize("response", [0, 4, -1, [1], [1, 2]])
def test_what_was_not_offered_is_invalid(response: int | list[int]) -> None:
    assert question_from(SINGLE).type.mark(response).status == "invalid"
