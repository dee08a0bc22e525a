"""QTI 2 and 3: each interaction and the rules that score it become a question that earns the same, or are refused."""

import io
import random
import zipfile
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.formats.asi.processing import MAX_STEPS
from quizapp.formats.contract import MAX_BYTES, Item
from tests.unit.formats.qti_items import (
    adds,
    choice,
    choices,
    in_names_of_3,
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
COLOURS = choice("Red", "Green", "Blue")
BOXES = choice("Red", "Green", "Blue", most=0)
ENTRY = '<textEntryInteraction responseIdentifier="RESPONSE"/>'
CORRECT, MAPPED = template("match_correct"), template("map_response")


def warned(one: Item) -> str:
    """All that is said of an item."""
    return "\n".join(str(note) for note in (*one.guesses, *one.warnings))


def said(*parts: str, body: str) -> tuple[str, str]:
    """The Markdown of an item below its heading line and what is said of it, alike under the names of both versions."""
    document = item(*parts, body=body)
    one, other = read_one(document), read_one(in_names_of_3(document))
    assert (one.markdown, one.refused) == (other.markdown, other.refused)
    assert one.refused or one.question
    return one.markdown, warned(one) or one.refused


# What is chosen.


def test_a_mapping_gives_each_choice_its_share() -> None:
    markdown, told = said(response(mapping=mapping({"A": 2, "B": 1})), SCORE, MAPPED, body=COLOURS)
    assert markdown == "## Which one? {#q1 points=2}\n\n- (x) Red\n- (50%) Green\n- ( ) Blue\n"
    assert told == ""


def test_a_score_below_zero_is_nothing_and_that_is_said() -> None:
    markdown, told = said(response(mapping=mapping({"A": 1, "B": -1})), SCORE, MAPPED, body=COLOURS)
    assert "- ( ) Green" in markdown
    assert "“Green” earned -1 of 1 and earns 0 now." in told


@pytest.mark.parametrize(
    ("processing", "rule"),
    [
        ((response("A;B", cardinality="multiple"), CORRECT), " credit=exact"),
        (
            (
                response(cardinality="multiple", mapping=mapping({"A": 1, "B": 1, "C": -1}, 'lowerBound="0"')),
                MAPPED,
            ),
            " points=2",
        ),
        (
            (
                response(cardinality="multiple", mapping=mapping({"A": 1, "B": 1, "C": -2}, 'lowerBound="0"')),
                MAPPED,
            ),
            " credit=hits points=2",
        ),
        (
            (
                response(cardinality="multiple", mapping=mapping({"A": 1, "B": 1, "C": -1})),
                rules(
                    when(
                        '<not><isNull><variable identifier="RESPONSE"/></isNull></not>',
                        sets(f'<sum><mapResponse identifier="RESPONSE"/>{number(1)}</sum>'),
                    )
                ),
            ),
            " credit=each points=3",
        ),
    ],
)
def test_the_credit_rule_that_fits_all_answers_is_found(processing: tuple[str, str], rule: str) -> None:
    markdown, told = said(processing[0], SCORE, processing[1], body=BOXES)
    assert markdown == f"## Which one? {{#q1{rule}}}\n\n- [x] Red\n- [x] Green\n- [ ] Blue\n"
    assert told == ""


def test_a_box_that_makes_no_difference_is_not_scored() -> None:
    right = when(
        '<member><baseValue baseType="identifier">A</baseValue><variable identifier="RESPONSE"/></member>', adds(1)
    )
    wrong = when(
        '<member><baseValue baseType="identifier">C</baseValue><variable identifier="RESPONSE"/></member>',
        sets(number(0)),
    )
    markdown, told = said(response("A", cardinality="multiple"), SCORE, rules(right, wrong), body=BOXES)
    assert markdown.endswith("- [x] Red\n- [~] Green\n- [ ] Blue\n")
    assert told == ""


def test_rules_that_no_credit_rule_says_are_refused_with_an_answer_that_shows_it() -> None:
    _, told = said(
        response(cardinality="multiple", mapping=mapping({"A": 1, "B": 1}, 'upperBound="1"')), SCORE, MAPPED, body=BOXES
    )
    assert told == "different answers earn all, and no choice is in all of them."


def test_several_that_may_hold_one_only_is_a_single_choice() -> None:
    markdown, _ = said(response("B", cardinality="multiple"), SCORE, CORRECT, body=COLOURS)
    assert markdown.endswith("- ( ) Red\n- (x) Green\n- ( ) Blue\n")


def test_feedback_in_choices_stays_theirs() -> None:
    inline = '<feedbackInline outcomeIdentifier="FB" identifier="{}" showHide="show">{}</feedbackInline>'
    body = choice("Red" + inline.format("A", "Yes!"), "Green" + inline.format("B", "No, <b>no</b>."), "Blue")
    markdown, told = said(
        response("A"),
        SCORE,
        outcome("FB", "identifier"),
        rules(sets('<variable identifier="RESPONSE"/>', "FB"), when(matches(), sets(number(1)))),
        body=body,
    )
    assert markdown.endswith("- (x) Red\n  > Yes!\n- ( ) Green\n  > No, **no**.\n- ( ) Blue\n")
    assert told == ""


def test_feedback_for_all_and_for_some_becomes_the_explanation_and_the_difference_is_said() -> None:
    modal = '<modalFeedback outcomeIdentifier="FB" identifier="{}" showHide="{}">{}</modalFeedback>'
    markdown, told = said(
        response("A;B", cardinality="multiple"),
        SCORE,
        outcome("FB", "identifier"),
        rules(when(matches(), adds(1), sets('<baseValue baseType="identifier">right</baseValue>', "FB"))),
        modal.format("right", "show", "Well seen."),
        modal.format("never", "hide", "Paint is mixed otherwise."),
        body=BOXES,
    )
    assert markdown.endswith("- [ ] Blue\n\nWell seen.\n\nPaint is mixed otherwise.\n")
    assert told.split("\n") == [
        "line 1: feedback that was shown after a right answer only is part of the explanation now: “Well seen.”"
    ]


def test_words_of_a_text_are_shown_in_it_and_below() -> None:
    words = '<hottext identifier="A">Olympic</hottext> games <hottext identifier="B">has</hottext>'
    head = 'responseIdentifier="RESPONSE" maxChoices="1"'
    body = f"<hottextInteraction {head}><p>The {words} begun.</p></hottextInteraction>"
    markdown, told = said(response("B"), SCORE, CORRECT, body=body)
    assert markdown == "## The **Olympic** games **has** begun. {#q1}\n\n- ( ) Olympic\n- (x) has\n"
    assert "set in bold" in told


# What is put in order or together.


def order(most: str = "") -> str:
    head = f'responseIdentifier="RESPONSE" shuffle="true" {most}'
    return f"<orderInteraction {head}><prompt>Sort</prompt>{choices('one', 'two', 'three')}</orderInteraction>"


def test_an_order_is_all_or_nothing_by_the_template() -> None:
    markdown, told = said(response("C;A;B", cardinality="ordered"), SCORE, CORRECT, body=order())
    assert markdown == "## Sort {#q1 .order credit=exact}\n\n1. three\n2. one\n3. two\n"
    assert told == ""


def test_an_order_of_some_of_the_choices_is_refused() -> None:
    _, told = said(response("C;A", cardinality="ordered"), SCORE, CORRECT, body=order('maxChoices="2"'))
    assert told == "its right order is not one of all its choices."


def pairs(first: str = "1", extra: str = "") -> str:
    one = '<simpleAssociableChoice identifier="{}" matchMax="{}">{}</simpleAssociableChoice>'
    lefts = one.format("a", first, "MX") + one.format("b", first, "SPF")
    rights = one.format("x", 1, "mail") + one.format("y", 1, "senders") + (one.format("z", 1, extra) if extra else "")
    inside = f"<simpleMatchSet>{lefts}</simpleMatchSet><simpleMatchSet>{rights}</simpleMatchSet>"
    head = 'responseIdentifier="RESPONSE" shuffle="true" maxAssociations="0"'
    return f"<matchInteraction {head}><prompt>Match.</prompt>{inside}</matchInteraction>"


def pair_response(right: str, worth: Mapping[str, float] | None = None) -> str:
    return response(
        right, cardinality="multiple", base="directedPair", mapping=mapping(worth) if worth is not None else ""
    )


def test_pairs_of_equal_worth_are_a_table_with_decoys() -> None:
    markdown, told = said(pair_response("a x;b y", {"a x": 1, "b y": 1}), SCORE, MAPPED, body=pairs(extra="web"))
    assert (
        markdown
        == "## Match. {#q1 .match points=2}\n\n|  |  |\n| --- | --- |\n| MX | mail |\n| SPF | senders |\n|  | web |\n"
    )
    assert told == ""


def test_pairs_that_count_all_together_only_are_a_table_and_the_difference_is_said() -> None:
    markdown, told = said(pair_response("a x;b y"), SCORE, CORRECT, body=pairs())
    assert ".match}" in markdown
    assert "“MX – mail” earned 0 of 1 and earns 0.5 now." in told


def test_the_side_on_which_each_has_one_partner_is_the_left_one() -> None:
    worth = {"a x": 1, "b y": 1, "b z": 1}
    markdown, _ = said(pair_response("a x;b y;b z", worth), SCORE, MAPPED, body=pairs("0", "web"))
    assert markdown.endswith("| mail | MX |\n| senders | SPF |\n| web | SPF |\n")


def test_pairs_of_different_worth_are_a_text_with_lists_and_earn_what_they_did() -> None:
    document = item(pair_response("a x;b y", {"a x": 2, "b y": 1}), SCORE, MAPPED, body=pairs())
    one = read_one(document)
    assert one.question
    kind, points = one.question.type, one.question.points
    assert [kind.mark([first, second]).credit * points for first in ("mail", "") for second in ("senders", "mail")] == [
        3, 2, 1, 0
    ]  # fmt: skip
    assert "of 4 points of this question no more than 3 can be earned" in warned(one)


def test_an_association_has_its_first_on_the_left_which_is_a_guess() -> None:
    body = '<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Pair.</prompt>'
    body += choices("salt", "pepper", "fish", "chips", "egg", tag="simpleAssociableChoice") + "</associateInteraction>"
    worth = mapping({"B A": 1, "C D": 1})
    markdown, told = said(
        response("A B;C D", cardinality="multiple", base="pair", mapping=worth), SCORE, MAPPED, body=body
    )
    assert markdown.endswith("| salt | pepper |\n| fish | chips |\n|  | egg |\n")
    assert "what comes first in the list stands on the left" in told


# Gaps.


def test_gaps_take_one_of_the_texts_each() -> None:
    texts = "".join(f'<gapText identifier="{text[0]}" matchMax="1">{text}</gapText>' for text in ("winter", "summer"))
    text = '<p>the <gap identifier="G1"/> of; glorious <gap identifier="G2"/> by</p>'
    body = (
        f'<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Fill.</prompt>{texts}{text}</gapMatchInteraction>'
    )
    right = pair_response("w G1;s G2", {"w G1": 1, "s G2": 1})
    markdown, told = said(right, SCORE, MAPPED, body=body)
    assert markdown == (
        "## Fill. {#q1 points=2}\n\nthe [[(x) winter | ( ) summer]] of; glorious [[( ) winter | (x) summer]] by\n"
    )
    assert told == ""


def inline(id: str, *texts: str) -> str:
    inside = "".join(f'<inlineChoice identifier="{text}">{text}</inlineChoice>' for text in texts)
    return f'<inlineChoiceInteraction responseIdentifier="{id}" shuffle="false">{inside}</inlineChoiceInteraction>'


def test_lists_and_typed_gaps_of_one_text_are_one_question() -> None:
    body = f'<p>Port <textEntryInteraction responseIdentifier="P"/> is {inline("K", "open", "shut")}.</p><p>Below.</p>'
    parts = response("25", base="integer", id="P"), response("open", id="K"), SCORE
    markdown, told = said(*parts, rules(when(matches("P"), adds(1)), when(matches("K"), adds(1))), body=body)
    assert markdown == "## {#q1 points=2}\n\nPort [[25]] is [[(x) open | ( ) shut]].\\\nBelow.\n"
    assert told == ""


def test_gaps_that_count_together_only_earn_shares_and_the_difference_is_said() -> None:
    body = f'<p>Port <textEntryInteraction responseIdentifier="P"/> is {inline("K", "open", "shut")}.</p>'
    parts = response("25", base="integer", id="P"), response("open", id="K"), SCORE
    markdown, told = said(*parts, rules(when(f"<and>{matches('P')}{matches('K')}</and>", adds(1))), body=body)
    assert "Port [[25]]" in markdown
    assert "“25” earned 0 of 1 and earns 0.5 now." in told


@pytest.mark.parametrize(
    ("condition", "right", "written"),
    [
        ('<equal><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>', "4.0", "4"),
        (
            '<equal toleranceMode="absolute" tolerance="0.01 0.01"><variable identifier="RESPONSE"/>'
            '<correct identifier="RESPONSE"/></equal>',
            "3.14",
            "3.14 +- 0.01",
        ),
        (
            '<equal toleranceMode="absolute" tolerance="0.5" includeUpperBound="false"><correct identifier="RESPONSE"/>'
            '<variable identifier="RESPONSE"/></equal>',
            "2",
            "[1.5, 2.5)",
        ),
        (
            '<equal toleranceMode="relative" tolerance="5 5"><correct identifier="RESPONSE"/>'
            '<variable identifier="RESPONSE"/></equal>',
            "200",
            "200 +- 10",
        ),
        (
            f'<and><gte><variable identifier="RESPONSE"/>{number(3)}</gte>'
            f'<lt><variable identifier="RESPONSE"/>{number(7)}</lt></and>',
            "",
            "[3, 7)",
        ),
        (
            '<equalRounded roundingMode="decimalPlaces" figures="2"><variable identifier="RESPONSE"/>'
            '<correct identifier="RESPONSE"/></equalRounded>',
            "3.14",
            "[3.135, 3.145)",
        ),
        (
            '<equalRounded figures="2"><variable identifier="RESPONSE"/>'
            '<correct identifier="RESPONSE"/></equalRounded>',
            "100",
            "[99.5, 105)",
        ),
    ],
)  # fmt: skip
def test_numbers_are_found_with_their_bounds(condition: str, right: str, written: str) -> None:
    parts = response(right, base="float"), SCORE, rules(when(condition, sets(number(1))))
    markdown, told = said(*parts, body=f"<p>How many? {ENTRY}</p>")
    assert markdown == f"## How many? {{#q1}}\n\n- = {written}\n"
    assert told == ""


def test_numbers_without_an_end_are_refused() -> None:
    condition = f'<gte><variable identifier="RESPONSE"/>{number(3)}</gte>'
    _, told = said(response(base="float"), SCORE, rules(when(condition, adds(1))), body=f"<p>How many? {ENTRY}</p>")
    assert told == "numbers without an end earn something, and a range has two ends."


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ((response("York", base="string"), CORRECT), " case=yes}\n\n- = York\n"),
        ((response("25", base="string"), CORRECT), "}\n\n- = `25`\n"),
        (
            (response(base="string", mapping=mapping({"Paris": 1, "Lutetia": 0.5}, case="false")), MAPPED),
            "}\n\n- = Paris\n- (50%) = Lutetia\n",
        ),
        (
            (response(base="string", mapping=mapping({"York": 1, "york": 0.5}, case="true")), MAPPED),
            " case=yes}\n\n- = York\n- (50%) = york\n",
        ),
        (
            (
                response(base="string"),
                rules(
                    when(
                        '<stringMatch caseSensitive="false" substring="true"><variable identifier="RESPONSE"/>'
                        '<baseValue baseType="string">exchanger</baseValue></stringMatch>',
                        adds(1),
                    )
                ),
            ),
            "}\n\n- =~ `.*exchanger.*`\n",
        ),
    ],
)
def test_texts_are_found_with_what_they_earn(parts: tuple[str, str], written: str) -> None:
    markdown, told = said(parts[0], SCORE, parts[1], body=f"<p>Name it: {ENTRY}</p>")
    assert markdown == f"## Name it: {{#q1{written}"
    assert told == ""


def test_what_is_typed_into_a_sentence_leaves_a_line_there() -> None:
    markdown, _ = said(response("York", base="string"), SCORE, CORRECT, body=f"<p>This sun of {ENTRY}; and all.</p>")
    assert markdown.startswith("## This sun of \\_\\_\\_\\_; and all. {#q1")


def test_feedback_to_a_wrong_text_stays_its_own() -> None:
    said_of = (
        '<modalFeedback outcomeIdentifier="FB" identifier="no" showHide="show">That is the old name.</modalFeedback>'
    )
    old = '<match><variable identifier="RESPONSE"/><baseValue baseType="string">Eboracum</baseValue></match>'
    no = sets('<baseValue baseType="identifier">no</baseValue>', "FB")
    parts = response("York", base="string"), SCORE, outcome("FB", "identifier")
    markdown, told = said(
        *parts, rules(when(matches(), adds(1)), when(old, no)), said_of, body=f"<p>Where? {ENTRY}</p>"
    )
    assert markdown.endswith("- = York\n- != Eboracum\n  > That is the old name.\n")
    assert told == ""


# What people mark, and what nobody does.


def test_an_essay_keeps_its_points_and_gets_its_rubric() -> None:
    for_marking = '<rubricBlock view="scorer"><p>It says who asks.</p></rubricBlock>'
    body = f'<p>Why?</p><extendedTextInteraction responseIdentifier="RESPONSE"/>{for_marking}'
    markdown, told = said(response(base="string"), SCORE, outcome("MAXSCORE", default="3"), body=body)
    assert markdown.startswith("## Why? {#q1 .essay points=3}\n\n- [3] ")
    assert markdown.endswith("It says who asks.\n")
    assert "stands as the model answer" in told


def test_without_rules_what_is_declared_right_is_taken_as_a_guess() -> None:
    markdown, told = said(response("B"), SCORE, body=COLOURS)
    assert "- (x) Green" in markdown
    assert told == "line 1: it has no rules for its score: what it declares as right earns all."


def test_without_a_right_answer_it_is_a_survey() -> None:
    markdown, told = said(response(), SCORE, body=COLOURS)
    assert markdown.startswith("## Which one? {#q1 .survey}")
    assert "it is a survey" in told


# What is not supported is named.


UNSUPPORTED = [
    (item(response(base="file"), body='<uploadInteraction responseIdentifier="RESPONSE"/>'), "uploadInteraction"),
    (item(response(), body='<hotspotInteraction responseIdentifier="RESPONSE"/>'), "hotspotInteraction"),
    (item(response("A"), CORRECT, body=COLOURS).replace('adaptive="false"', 'adaptive="true"'), "it is adaptive"),
    (
        item(response("A"), '<templateDeclaration identifier="T" cardinality="single"/>', CORRECT, body=COLOURS),
        "templates",
    ),
    (item(response("A"), CORRECT, body=choice("Red", "Blue", most=2) * 2), "it asks 2 things at once"),
    (item(response("A"), template("map_response_point"), body=COLOURS), "“map_response_point”, which is not read"),
    (item(response("A"), SCORE, rules(when("<customOperator/>", adds(1))), body=COLOURS), "customoperator"),
    (item(response("A"), SCORE, rules(when("<patternMatch/>", adds(1))), body=COLOURS), "patternmatch"),
    (item(response("A"), SCORE, rules(adds(1, "OTHER")), body=COLOURS), "“OTHER”, which is not declared"),
    (item(body="<p>Only text.</p>"), "nothing is asked in it"),
    (item(CORRECT, body=COLOURS), "its answer “RESPONSE” is not declared"),
    (item(response("A", cardinality="record"), CORRECT, body=COLOURS), "several fields"),
    (item(response("A"), SCORE, MAPPED, body=COLOURS), "it declares none"),
    (item(response("Z"), SCORE, CORRECT, body=COLOURS), "no answer earns anything"),
    (item(response("A"), SCORE, CORRECT, body=choice("Red")), "it offers 1 choices"),
    (item(response("A"), SCORE, CORRECT, body=choice("Red", "Red")), "Two choices say"),
    (item(response("x", base="float"), SCORE, CORRECT, body=f"<p>{ENTRY}</p>"), "declared as a number"),
]


@pytest.mark.parametrize(("document", "why"), UNSUPPORTED)
def test_what_is_not_supported_is_refused_by_its_name(document: str, why: str) -> None:
    for form in (document, in_names_of_3(document)):
        one = read_one(form)
        assert why in one.refused
        assert (one.question, one.markdown) == (None, "")


def test_text_of_an_item_stays_text_whatever_it_looks_like() -> None:
    body = '<p onclick="x()">[[x]] {#a} # hi <a href="javascript:x()">l</a></p>' + choice(
        "( ) red", "- (x) green", "`b`&lt;i&gt;"
    )
    one = read_one(item(response("A"), SCORE, CORRECT, body=body))
    assert one.question
    assert one.question.heading.text == "[[x]] {#a} # hi l"
    assert [answer.content.text for answer in one.question.type.answers] == ["( ) red", "- (x) green", "`b`<i>"]
    assert "javascript" not in one.markdown


def test_what_stands_elsewhere_is_said_to_be_missing() -> None:
    entry = ENTRY.replace("/>", ' patternMask="[A-Z]*"/>')
    parts = response("York", base="string"), SCORE, CORRECT, '<stimulusRef identifier="s" href="text.xml"/>'
    _, told = said(*parts, body=f'<p>Where? <include href="more.xml"/>{entry}</p>')
    assert told.split("\n") == [
        "line 1: what stands in “more.xml” is left out.",
        "line 1: the text in “text.xml” that it speaks of is not brought along.",
        "line 1: what may be typed at all (its pattern mask) is not checked.",
    ]


# Packages and tests.


def asked(id: str) -> str:
    return item(response("A"), SCORE, CORRECT, body=choice("Red", "Green", prompt=f"Which, {id}?"), id=id)


TEST = """<assessmentTest identifier="t" title="Colours"><timeLimits maxTime="600"/><testPart identifier="p">
<assessmentSection identifier="s" title="First"><selection select="1"/><ordering shuffle="true"/>
<assessmentItemRef identifier="i2" href="items/b.xml"/><assessmentItemRef identifier="i1" href="items/a.xml"/>
<assessmentItemRef identifier="i3" href="items/gone.xml"/></assessmentSection></testPart></assessmentTest>"""


def test_a_package_is_read_in_the_order_of_its_test_which_is_a_quiz() -> None:
    files = {"items/a.xml": asked("a"), "items/b.xml": asked("b"), "items/c.xml": asked("c"), "t.xml": TEST}
    listed = manifest("items/a.xml", "items/b.xml", "items/c.xml", "items/d.xml", tests=("t.xml",))
    found = read(packed({"imsmanifest.xml": listed, **files}), "p.zip")
    assert [one.question.name for one in found.items if one.question] == ["b", "a", "c"]
    assert [one.place for one in found.items] == ["items/b.xml", "items/a.xml", "items/c.xml"]
    told = "\n".join(note.text for note in found.notes)
    assert "the package names “items/d.xml”, which it does not hold." in told
    assert "the test names “items/gone.xml”, which is not there." in told
    [quiz] = found.quizzes
    assert (quiz.title, quiz.settings) == ("Colours", {"time": "10 min"})
    [section] = quiz.sections
    assert (section.title, section.count, section.items) == ("First", 1, (found.items[0], found.items[1]))
    assert len(found.notes) == 2


def test_key_words_of_a_manifest_are_tags() -> None:
    listed = manifest("a.xml", keywords="<keyword><string>dns</string></keyword>")
    [one] = read(packed({"imsmanifest.xml": listed, "a.xml": asked("a")})).items
    assert one.question
    assert one.question.tags == ("dns",)


def test_without_a_manifest_every_item_is_read_and_one_that_is_broken_stops_no_other() -> None:
    found = read(packed({"b.xml": asked("b"), "a.xml": "<assessmentItem", "readme.txt": "x"}))
    assert [one.title for one in found.items] == ["A title"]
    told = "\n".join(note.text for note in found.notes)
    assert "no imsmanifest.xml" in told
    assert "a.xml cannot be read: line 1, column 1: this is not well-formed" in told


def test_items_of_one_identifier_get_names_of_their_own_and_the_same_again() -> None:
    other = item(response("A"), SCORE, CORRECT, body=choice("Pink", "Grey"), id="a")
    data = packed({"a.xml": asked("a"), "b.xml": other, "c.xml": other})
    found = read(data)
    names = [one.question.name for one in found.items if one.question]
    assert names == ["a", f"a-{found.items[1].id[:6]}"]
    assert "c.xml holds an item that is there already; it is read once." in [note.text for note in found.notes]
    assert read(data) == found


# Hostile and broken sources.

BOMB = packed({"imsmanifest.xml": manifest("a.xml"), "a.xml": b" " * (MAX_BYTES - 1)})
LAUGHS = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + asked("a").replace("Red", "&b;")
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + asked("a").replace("Red", "&x;")


BROKEN = [
    (b"", "this file is empty"),
    (b"not xml", "line 1, column 1: this is not well-formed"),
    (b"<assessmentItem>", "not well-formed"),
    (b"\x00\x01\x02", "not well-formed"),
    (b"PK\x03\x04 broken", "this archive is damaged, locked, or no zip"),
    (asked("a").encode()[:-30], "not well-formed"),
    (LAUGHS.encode(), "declares entities of its own"),
    (OUTSIDE.encode(), "declares entities of its own"),
    (('<?xml version="1.0" encoding="shift_jis"?>' + asked("a")).encode(), "multi-byte encodings are not"),
    ("<a>ü</a>".encode("latin-1"), "not well-formed"),
    (b"<a>" * 500, "more than 60 in each other"),
    (b"<?xml version='1.0' encoding='klingon'?><a/>", "the encoding “klingon” is not known"),
    (b"<a/>" + b" " * MAX_BYTES, "more than 1024 KiB"),
    (b"<html/>", "this is no item of QTI: it begins with <html>"),
    (b"<questestinterop/>", "this is QTI 1.2"),
    (b"<qti-assessment-test/>", "Import the zip package"),
    (b"<manifest/>", "list of a package"),
    (packed({"../a.xml": asked("a")}), "would lie outside"),
    (packed({"/etc/a.xml": asked("a")}), "would lie outside"),
    (packed({"C:/a.xml": asked("a")}), "would lie outside"),
    (BOMB, "unpacks to far more than it holds"),
    (packed({"a.txt": "x"}), "holds no item"),
    (packed({"imsmanifest.xml": "<manifest"}), "not well-formed"),
    (packed({"a.xml": "<questestinterop/>"}), "this is QTI 1.2"),
    (packed({f"{number}.xml": asked(str(number)) for number in range(1001)}), "1001 items"),
]
HOSTILE = {f"{number}: {why}": (data, why) for number, (data, why) in enumerate(BROKEN)}
HOSTILE |= {f"not supported: {why}": (document.encode(), why) for document, why in UNSUPPORTED}


@pytest.mark.parametrize(("data", "why"), BROKEN)
def test_a_source_that_cannot_be_read_says_why(data: bytes, why: str) -> None:
    found = read(data)
    assert found.items == ()
    assert any(why in note.text for note in found.errors), found.errors


def test_a_link_in_a_package_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "this is a link" in str(read(file.getvalue()).errors[0])


def test_rules_that_would_take_too_long_are_refused() -> None:
    deep = matches()
    for _ in range(10):
        deep = f"<and>{deep}{deep}</and>"
    document = item(
        response("A", cardinality="multiple"),
        SCORE,
        rules(when(deep, adds(1))),
        body=choice(*map(str, range(9)), most=0),
    )
    assert MAX_STEPS < 10**6
    assert read_one(document).refused == "its rules are longer than can be tried."


def test_a_mapping_and_feedback_count_as_steps() -> None:
    named = {f"c{number}": 1 for number in range(3000)}
    inside = "".join(f'<inlineChoice identifier="{name}">{name}</inlineChoice>' for name in named)
    body = f'<inlineChoiceInteraction responseIdentifier="RESPONSE">{inside}</inlineChoiceInteraction>'
    mapped = item(response("c1", mapping=mapping(named)), SCORE, MAPPED, body=body)
    assert read_one(mapped).refused == "its rules are longer than can be tried."
    feedback = '<feedbackBlock identifier="a" outcomeIdentifier="SCORE"/>' * 9000
    many = choice(*map(str, range(20)), most=0)
    judged = item(response("A;B", cardinality="multiple"), SCORE, CORRECT, body=many + feedback)
    assert read_one(judged).refused == "its rules are longer than can be tried."


def test_numbers_that_grow_without_end_are_refused() -> None:
    grown = '<product><variable identifier="SCORE"/><variable identifier="SCORE"/></product>'
    document = item(response("A"), SCORE, rules(adds(9999), *(sets(grown) for _ in range(30))), body=COLOURS)
    assert read_one(document).refused == "its rules come to numbers that are too long."


PIECES = st.sampled_from(
    [*"<>/ \"'=&;", "qti-", "assessmentItem", "itemBody", "choiceInteraction", "simpleChoice", "identifier", "RESPONSE",
     "mapping", "match", "xmlns", "\ue0a0", "99999999999", "-1", "NaN", "1e999", "and", "response-declaration"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), inserted=st.lists(PIECES, min_size=1, max_size=4))
def test_a_damaged_item_is_read_or_refused_and_never_raises(seed: int, inserted: list[str]) -> None:
    dice = random.Random(seed)
    text = in_names_of_3(item(pair_response("a x;b y", {"a x": 1}), SCORE, MAPPED, body=pairs()))
    for piece in inserted:
        start = dice.randrange(len(text))
        text = text[:start] + piece + text[start + dice.choice([0, 0, 1, 9]) :]
    found = read(text)
    assert found.errors or all(one.refused or one.question for one in found.items)


@settings(max_examples=40, deadline=None)
@given(
    worth=st.lists(st.integers(-2, 3), min_size=3, max_size=5),
    bounds=st.sampled_from(["", 'lowerBound="0"', 'lowerBound="0" upperBound="3"']),
    default=st.integers(-1, 0),
)
def test_whatever_the_mapping_scores_differ_only_where_that_is_said(
    worth: list[int], bounds: str, default: int
) -> None:
    """The law of all this: an item without a warning earns to the letter what its rules say."""
    named = {chr(65 + place): value for place, value in enumerate(worth)}
    mapped = mapping(named, f'{bounds} defaultValue="{default}"')
    body = choice(*named, most=0)
    one = read_one(item(response(cardinality="multiple", mapping=mapped), SCORE, MAPPED, body=body))
    if one.question is None or one.warnings:
        return
    for chosen in range(1, 2 ** len(worth)):
        places = [place for place in range(len(worth)) if chosen >> place & 1]
        total = Fraction(sum(worth[place] for place in places))
        total = max(total, Fraction(0)) if "lower" in bounds else total
        total = min(total, Fraction(3)) if "upper" in bounds else total
        credit = one.question.type.mark([place + 1 for place in places]).credit
        assert abs(credit * one.question.points - total) < Fraction(1, 10**5)
