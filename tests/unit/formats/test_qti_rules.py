"""QTI 2 and 3: rules and interactions that stand in files of other programs, in items of our own."""

import pytest

from quizapp.formats.contract import Item
from tests.unit.formats.qti_items import (
    adds,
    choice,
    in_names_of_3,
    item,
    mapping,
    matches,
    number,
    outcome,
    read_one,
    response,
    rules,
    sets,
    template,
    when,
)

ENTRY = '<textEntryInteraction responseIdentifier="RESPONSE"/>'
VARIABLE = '<variable identifier="RESPONSE"/>'
SCORE = outcome()


def both(document: str) -> Item:
    """The item of a document, which is the same in the names of QTI 3."""
    one, other = read_one(document), read_one(in_names_of_3(document))
    assert (one.markdown, one.refused) == (other.markdown, other.refused)
    return one


def told(made: Item) -> str:
    return "\n".join(note.text for note in (*made.guesses, *made.warnings))


def test_a_part_of_a_text_may_earn_a_part() -> None:
    part = f'<substring caseSensitive="false"><baseValue baseType="string">rain</baseValue>{VARIABLE}</substring>'
    branches = (
        f"<responseIf>{matches()}{sets(number(1))}</responseIf>"
        f"<responseElseIf>{part}{sets(number(0.25))}</responseElseIf>"
    )
    rule = rules(f"<responseCondition>{branches}</responseCondition>")
    made = both(item(response("red rain", base="string"), SCORE, rule, body=f"<p>What fell? {ENTRY}</p>"))
    assert "- = red rain\n- (25%) =~ `.*rain.*`\n" in made.markdown
    assert made.question
    assert made.question.type.mark("RAINY").credit == (0 if "case=yes" in made.markdown else 1 / 4)


@pytest.mark.parametrize(
    ("least", "said"), [("2", "“wet” earned 0 of 1 and earns 0.5 now"), ("1", "“wet” earns 1 of 1 by its rules")]
)
def test_so_many_of_some_conditions_are_enough(least: str, said: str) -> None:
    first, second = (
        f'<inlineChoiceInteraction responseIdentifier="{name}" shuffle="false"><inlineChoice identifier="A">wet'
        f'</inlineChoice><inlineChoice identifier="B">dry</inlineChoice></inlineChoiceInteraction>'
        for name in ("R", "S")
    )
    enough = f'<anyN min="{least}" max="2">{matches("R")}{matches("S")}</anyN>'
    parts = response("A", id="R"), response("B", id="S"), SCORE, rules(when(enough, sets(number(1))))
    made = both(item(*parts, body=f"<p>Rain is {first} and sand is {second}.</p>"))
    assert said in told(made) + made.refused


def looked_up(table: str) -> str:
    """Boxes whose sum is looked up in a table."""
    declared = outcome().replace("</outcomeDeclaration>", f"{table}</outcomeDeclaration>")
    worth = mapping({"A": 1, "B": 1})
    rule = '<lookupOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></lookupOutcomeValue>'
    parts = response("A;B", cardinality="multiple", mapping=worth), declared, rules(rule)
    return item(*parts, body=choice("Rain", "Snow", "Sand", most=0))


def test_a_score_is_looked_up_in_a_table() -> None:
    rows = "".join(f'<matchTableEntry sourceValue="{a}" targetValue="{b}"/>' for a, b in ((1, 0), (2, 4)))
    made = both(looked_up(f'<matchTable defaultValue="0">{rows}</matchTable>'))
    assert made.question
    assert made.question.points == 4
    assert made.question.type.mark([1, 2]).credit == 1
    assert made.question.type.mark([1, 3]).credit == 0


def test_a_table_of_steps_takes_the_first_that_is_reached() -> None:
    rows = "".join(
        f'<interpolationTableEntry sourceValue="{a}" targetValue="{b}" includeBoundary="{c}"/>'
        for a, b, c in ((1, 2, "false"), (1, 1, "true"))
    )
    made = both(looked_up(f'<interpolationTable defaultValue="0">{rows}</interpolationTable>'))
    assert made.question
    assert [made.question.type.mark(ticks).credit * made.question.points for ticks in ([1], [1, 2])] == [1, 2]


def test_a_table_that_is_not_there_is_refused() -> None:
    assert both(looked_up("")).refused == "its rules look something up in a table, and declare none."


def test_a_slider_is_a_number_to_type() -> None:
    body = (
        '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="40" step="4">'
        "<prompt>How warm is it?</prompt></sliderInteraction>"
    )
    made = both(item(response("16", base="integer"), SCORE, template("match_correct"), body=body))
    assert made.markdown == "## How warm is it? {#q1}\n\n- = 16\n"
    assert told(made) == "a number from 0 to 40 was set with a slider there, and is typed here."


def test_single_choices_beside_other_things_that_are_asked_are_lists_in_the_text() -> None:
    choices = choice("Rain", "Sand", shuffle="false", prompt="What is wet?").replace("RESPONSE", "R")
    parts = response("A", id="R"), response("100", base="integer"), SCORE
    earned = rules(when(matches("R"), adds(1)), when(matches(), adds(1)))
    made = both(item(*parts, earned, body=f"<p>It pours.</p>{choices}<p>Water boils at {ENTRY} degrees.</p>"))
    assert made.markdown == (
        "## It pours. {#q1 points=2}\n\nWhat is wet?\n\n[[(x) Rain | ( ) Sand]]\n\nWater boils at [[100]] degrees.\n"
    )
    assert told(made) == "it asks several things: its choices are lists in the text, which take plain text."


def test_answers_of_gaps_are_named_by_their_words() -> None:
    texts = "".join(f'<gapText identifier="{a}" matchMax="1">{b}</gapText>' for a, b in (("W", "rain"), ("S", "snow")))
    body = (
        f'<gapMatchInteraction responseIdentifier="RESPONSE">{texts}<p>First <gap identifier="G1"/>, then '
        '<gap identifier="G2"/>.</p></gapMatchInteraction>'
    )
    worth = mapping({"W G1": 1, "S G2": 1}, 'lowerBound="0" defaultValue="-1"')
    right = response("W G1;S G2", cardinality="multiple", base="directedPair", mapping=worth)
    made = both(item(right, SCORE, template("map_response"), body=body))
    assert "“rain – gap 1”" in told(made)


@pytest.mark.parametrize(
    ("base", "keys", "written"),
    [
        ("float", {"10": 2}, "- = 10 +- 0.5\n"),
        ("string", {"rain": 2, "fog": 1}, "- = rain\n- (50%) = fog\n"),
    ],
)
def test_a_mapping_with_a_tolerance_is_read_as_onyx_has_it(base: str, keys: dict[str, float], written: str) -> None:
    within = '<mapTolResponse identifier="RESPONSE" tolerance="0.5" toleranceMode="absolute"/>'
    right = response(next(iter(keys)), base=base, mapping=mapping(keys, 'defaultValue="0"'))
    made = both(item(right, SCORE, rules(sets(within)), body=f"<p>How much? {ENTRY}</p>"))
    assert written in made.markdown
    assert made.question
    assert made.question.points == 2
    assert made.warnings == ()


def test_rules_that_ask_for_the_attempt_are_those_of_the_first_which_is_told() -> None:
    first = f'<equal><variable identifier="numAttempts"/>{number(1)}</equal>'
    rule = rules(when(f"<and>{matches()}{first}</and>", sets(number(1))))
    made = both(item(response("A"), SCORE, rule, body=choice("Rain", "Sand")))
    assert "- (x) Rain\n- ( ) Sand\n" in made.markdown
    assert told(made) == "its rules ask which attempt it is: here each is marked as the first one was."
