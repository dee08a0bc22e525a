"""What items of QTI 1.2 earn: conditions of every shape, and what is told where our rules give something else."""

from fractions import Fraction

import pytest

from quizapp.formats.contract import IMPORTERS, Item, Source
from tests.unit.formats.qti12_items import choices, document, earns, item, said

BOXES = choices("Rain", "Fog", "Sand", kind="Multiple")
LINE = '<response_str ident="r" rcardinality="Single"><render_fib/></response_str>'


def one(kind: str, responses: str, conditions: str, more: str = "") -> Item:
    found = IMPORTERS["qti12"].read(Source(document(item(kind, "Wet?", responses, conditions, more)), "x.xml"))
    assert not found.errors, found.errors
    [first] = found.items
    return first


def when(tests: str, score: str = "100", action: str = "Set") -> str:
    """A condition of any tests; `=c1` stands for an equal one."""
    for name in ("c1", "c2", "c3"):
        tests = tests.replace(f"={name}", f'<varequal respident="r">{name}</varequal>')
    return (
        f"<respcondition><conditionvar>{tests}</conditionvar>"
        f'<setvar action="{action}" varname="SCORE">{score}</setvar></respcondition>'
    )


@pytest.mark.parametrize(
    "conditions",
    [
        when("<or>=c1=c2</or>"),
        when("<and>=c1<not>=c2</not></and>") + when("<and>=c2<not>=c1</not></and>"),
    ],
)
def test_boxes_of_which_different_ones_are_enough_are_refused(conditions: str) -> None:
    assert one("multiple_answers_question", BOXES, conditions).refused == (
        "different answers earn all there, and no choice is in all of them."
    )


def test_what_is_in_a_not_is_not_right() -> None:
    made = one("multiple_answers_question", BOXES, when("<and>=c1<not><or>=c2=c3</or></not></and>"))
    assert made.question
    assert [answer.credit for answer in made.question.type.answers] == [1, 0, 0]
    assert made.warnings == ()


def test_boxes_that_weigh_differently_are_told_with_an_example() -> None:
    made = one("multiple_answers_question", BOXES, earns("c1", "70", "Add") + earns("c2", "30", "Add"))
    assert "“Rain” earned 70% there and earns 50% now." in made.warnings[0].text


def test_a_box_that_takes_back_what_a_right_one_earns_has_the_rule_that_we_call_net() -> None:
    scores = earns("c1", "50", "Add") + earns("c2", "50", "Add") + earns("c3", "-50", "Add")
    made = one("multiple_answers_question", BOXES, scores)
    assert made.question
    assert made.question.type.written_options() == {}
    assert made.warnings == ()


def test_points_taken_away_and_a_best_choice_of_half_are_told() -> None:
    less = one("multiple_choice_question", choices("Rain", "Sand"), earns("c1") + earns("c2", "-50"))
    assert less.warnings[0].text == "a wrong choice of it takes points away there; here it earns nothing."
    outcomes = '<outcomes><decvar maxvalue="100" varname="SCORE"/></outcomes>'
    half = one("multiple_choice_question", choices("Rain", "Sand"), outcomes + earns("c1", "50"))
    assert half.warnings[0].text == "its best choice earns 50 of 100 there, and everything here."


def test_two_choices_of_one_identifier_are_refused() -> None:
    twice = choices("Rain", "Sand").replace('"c2"', '"c1"')
    assert one("multiple_choice_question", twice, earns("c1")).refused == "two of its choices have one identifier."


@pytest.mark.parametrize(
    "tests",
    [
        '<and><varsubstring respident="r">big</varsubstring><varsubstring respident="r">red</varsubstring></and>',
        '<varsubstring respident="r">big</varsubstring><varsubstring respident="r">red</varsubstring>',
        '<varequal respident="r">big</varequal><not><varequal respident="r">red</varequal></not>',
    ],
)
def test_a_text_that_must_hold_several_or_lack_one_is_refused(tests: str) -> None:
    made = one("short_answer_question", LINE, when(tests))
    assert made.refused == "an answer of it must hold several texts, or lack one, which is not supported."


def test_several_texts_beside_each_other_are_a_choice_as_canvas_has_it() -> None:
    tests = '<varequal respident="r">Rain</varequal><varequal respident="r">Snow</varequal>'
    made = one("short_answer_question", LINE, when(tests))
    assert made.question
    assert [made.question.type.mark(text).credit for text in ("rain", "snow", "sand")] == [1, 1, 0]


def test_a_number_that_earns_a_part_keeps_it() -> None:
    wide = '<vargte respident="r">3</vargte><varlte respident="r">5</varlte>'
    made = one("numerical_question", LINE, when(wide, "50") + when('<varequal respident="r">4</varequal>'))
    assert made.question
    assert [made.question.type.mark(text).credit for text in ("4", "3", "6")] == [1, Fraction(1, 2), 0]


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        ("vargte", "varlte", "4 +- 0.5"),
        ("vargt", "varlte", "(3.5, 4.5]"),
    ],
)
def test_a_number_in_the_middle_of_its_range_has_a_tolerance(low: str, high: str, written: str) -> None:
    around = f'<{low} respident="r">3.5</{low}><{high} respident="r">4.5</{high}>'
    made = one("numerical_question", LINE, when(f'<or><varequal respident="r">4</varequal><and>{around}</and></or>'))
    assert made.markdown.endswith(f"- = {written}\n")


def test_an_answer_that_is_no_number_is_told() -> None:
    made = one("numerical_question", LINE, earns("4") + earns("four"))
    assert made.warnings[0].text == "the answer “four” is no number, and is left out."


def _rows(*names: str) -> str:
    labels = "".join(
        f'<response_label ident="{x}"><material><mattext>{x}</mattext></material></response_label>' for x in "xyz"
    )
    return "".join(
        f'<response_lid ident="{name}"><material><mattext>{name}</mattext></material>'
        f"<render_choice>{labels}</render_choice></response_lid>"
        for name in names
    )


@pytest.mark.parametrize(("scores", "is_told"), [(("80", "20"), True), (("33.34", "33.33"), False)])
def test_lines_that_weigh_differently_are_told(scores: tuple[str, str], is_told: bool) -> None:
    conditions = "".join(
        when(f'<varequal respident="{name}">{value}</varequal>', score, "Add")
        for name, value, score in zip("ab", "xy", scores, strict=True)
    )
    made = one("matching_question", _rows("a", "b"), conditions)
    assert any("its parts weigh differently there (80, 20)" in one.text for one in made.warnings) is is_told


def test_a_list_in_a_text_keeps_what_is_half_right() -> None:
    conditions = when('<varequal respident="a">x</varequal>') + when('<varequal respident="a">y</varequal>', "50")
    found = item("multiple_dropdowns_question", "It is [a].", _rows("a"), conditions)
    [made] = IMPORTERS["qti12"].read(Source(document(found), "x.xml")).items
    assert "[[(x) x | (50%) y | ( ) z]]" in made.markdown


def test_solutions_and_hints_of_common_cartridge_stay() -> None:
    text = "<flow_mat><material><mattext>{}</mattext></material></flow_mat>"
    more = (
        f'<itemfeedback ident="s"><solution><solutionmaterial>{text.format("Rain.")}</solutionmaterial></solution>'
        f'</itemfeedback><itemfeedback ident="h"><hint><hintmaterial>{text.format("Look up.")}</hintmaterial></hint>'
        "</itemfeedback>"
    )
    made = one("multiple_choice_question", choices("Rain", "Sand"), earns("c1"), more + said("c1_fb", "Yes."))
    assert made.question
    assert (made.question.explanation.text, made.question.hints[0].text) == ("Rain.", "Look up.")
    assert made.warnings == ()


def test_blanks_that_are_all_or_nothing_there_and_values_that_earn_a_part_are_told() -> None:
    line = '<response_str ident="{}"><render_fib/></response_str>'
    both = line.format("a") + "<material><mattext>and</mattext></material>" + line.format("b")
    equal = '<varequal respident="{}">{}</varequal>'.format
    whole = one("", both, when(equal("a", "x") + equal("b", "y")))
    assert [note.text for note in whole.warnings] == [
        "it is all or nothing there; here each part of it earns its share."
    ]
    parts = when(equal("a", "x"), "50", "Add") + when(equal("b", "y"), "50", "Add") + when(equal("b", "z"), "20", "Add")
    found = one("", both, parts)
    assert [note.text for note in found.warnings] == [
        "a value that earns a part in a blank there earns all of it here."
    ]


def test_an_item_that_would_take_long_to_try_is_refused() -> None:
    made = one("multiple_choice_question", choices("Rain", "Sand"), earns("c1") * 5000)
    assert made.refused == "it offers 2 answers and compares with 10000, which are too many."


def test_choices_that_keep_their_order_there_keep_it_here() -> None:
    kept = choices("Rain", "Fog", "Sand").replace("<render_choice>", '<render_choice shuffle="No">')
    for responses, is_shuffled in ((kept, False), (choices("Rain", "Fog", "Sand"), True)):
        made = one("multiple_choice_question", responses, earns("c1"))
        assert made.question
        assert made.question.shuffle is is_shuffled


def test_case_that_matters_in_some_answers_only_is_told() -> None:
    exact = '<varequal respident="r" case="Yes">Rain</varequal>'
    made = one("short_answer_question", LINE, when(exact) + earns("Snow"))
    assert made.warnings[0].text == (
        "the case of letters matters in some of its answers only there; here in all of them."
    )
