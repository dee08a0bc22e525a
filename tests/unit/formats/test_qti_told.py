"""QTI 2 and 3: what is read as programs may not all read it, and what points stand where, is told."""

from quizapp.questions.numeric import Numeric
from tests.unit.formats.qti_items import (
    choice,
    item,
    manifest,
    mapping,
    matches,
    number,
    outcome,
    packed,
    read,
    read_one,
    response,
    rules,
    sets,
    template,
    when,
)

SCORE = outcome()
ENTRY = '<p>It is <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>'


def test_a_tolerance_of_the_answer_itself_is_turned_round() -> None:
    values = '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/>'
    near = f'<equal toleranceMode="absolute" tolerance="0.01 0.02">{values}</equal>'
    made = read_one(item(response("3.14", base="float"), SCORE, rules(when(near, sets(number(1)))), body=ENTRY))
    assert made.question
    kind = made.question.type
    assert isinstance(kind, Numeric)
    assert [kind.mark(text).credit for text in ("3.11", "3.12", "3.15", "3.16")] == [0, 1, 1, 0]


def test_an_essay_has_the_points_that_its_score_may_have() -> None:
    score = SCORE.replace("baseType", 'normalMaximum="5" baseType')
    body = '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Why?</prompt></extendedTextInteraction>'
    made = read_one(item(response(base="string"), score, body=body))
    assert made.question
    assert made.question.points == 5


def test_texts_whose_case_is_not_spoken_of_are_told() -> None:
    told = "it is not said whether small and large letters differ in what is typed: they do."
    for case, guesses in (("", [told]), ("false", []), ("true", [])):
        declared = response("York", base="string", mapping=mapping({"York": 1}, case=case))
        made = read_one(item(declared, SCORE, template("map_response"), body=ENTRY))
        assert [note.text for note in made.guesses] == guesses


def test_rules_that_say_other_than_what_is_declared_are_followed_and_told() -> None:
    first = '<match><variable identifier="RESPONSE"/><baseValue baseType="identifier">A</baseValue></match>'
    told = "what it declares as right earns 0 of 1 by its rules, and the rules were followed."
    for test, guesses in ((first, [told]), (matches(), [])):
        made = read_one(item(response("B"), SCORE, rules(when(test, sets(number(1)))), body=choice("Red", "Green")))
        assert made.question
        assert [note.text for note in made.guesses] == guesses
        assert [answer.credit for answer in made.question.type.answers] == ([1, 0] if guesses else [0, 1])


def test_items_that_the_manifest_calls_something_else_are_read_and_told() -> None:
    one, two, three = (
        item(response("A"), SCORE, template("match_correct"), body=choice("Red", "Green"), id=f"q{number}")
        for number in range(3)
    )
    listed = manifest("a.xml", "b.xml", "c.xml")
    listed = listed.replace("imsqti_item_xmlv2p2", "imsqti_apipitem_xmlv2p1", 1)
    listed = listed.replace("imsqti_item_xmlv2p2", "webcontent", 1)
    found = read(packed({"imsmanifest.xml": listed, "a.xml": one, "b.xml": two, "c.xml": three}), "p.zip")
    assert [made.place for made in found.good] == ["a.xml", "c.xml", "b.xml"]
    assert [note.text for note in found.notes] == [
        "the package does not name b.xml as an item; it is read all the same."
    ]


def test_calculators_and_catalogues_are_told() -> None:
    one = item(response("A"), SCORE, template("match_correct"), body=choice("Red", "Green"))
    more = "<companionMaterialsInfo/><catalogInfo/></assessmentItem>"
    made = read_one(one.replace("</assessmentItem>", more))
    assert [note.text for note in made.warnings] == [
        "what is to be at hand beside it (a calculator and the like) is left out.",
        "what it shows otherwise to those who need it (its catalogue for accessibility) is left out.",
    ]
