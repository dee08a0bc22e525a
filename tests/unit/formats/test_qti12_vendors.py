"""QTI 1.2 as Brightspace, Blackboard and Common Cartridge write it, each in its own words."""

import pytest

from quizapp.formats.contract import IMPORTERS, Item, Source
from tests.unit.formats.qti12_items import choices, document, earns, package

FIELD = "<qti_metadatafield><fieldlabel>{}</fieldlabel><fieldentry>{}</fieldentry></qti_metadatafield>"


def read(data: bytes, name: str = "x.xml") -> Item:
    found = IMPORTERS["qti12"].read(Source(data, name))
    assert not found.errors, found.errors
    [first] = found.items
    return first


def brightspace(kind: str, responses: str, conditions: str) -> Item:
    """An item of Brightspace, worth four points."""
    fields = FIELD.format("qmd_questiontype", kind) + FIELD.format("qmd_weighting", "4.000000000")
    return read(
        document(
            f'<item ident="OBJ_1"><itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata><presentation><flow>'
            f'<material><mattext texttype="text/html">Wet?</mattext></material>{responses}</flow></presentation>'
            f"<resprocessing>{conditions}</resprocessing></item>"
        )
    )


def counted(value: str, name: str = "D2L_Correct", response: str = "r") -> str:
    return (
        f'<respcondition continue="yes"><conditionvar><varequal respident="{response}">{value}</varequal>'
        f'</conditionvar><setvar varname="{name}" action="Add">1</setvar></respcondition>'
    )


@pytest.mark.parametrize(("grading", "rule"), [("0", "exact"), ("1", "net"), ("2", "each"), ("3", "hits")])
def test_boxes_of_brightspace_are_counted_apart(grading: str, rule: str) -> None:
    extension = f"<response_extension><grading_type>{grading}</grading_type></response_extension>"
    conditions = counted("c1") + counted("c2") + counted("c3", "D2L_Incorrect")
    boxes = choices("Rain", "Fog", "Sand", kind="Multiple")
    made = brightspace("Multi-Select", extension + boxes, conditions)
    assert made.question
    assert [answer.credit for answer in made.question.type.answers] == [1, 1, 0]
    assert made.question.type.written_options().get("credit", "net") == rule
    assert made.question.points == 4


def test_lines_to_match_of_brightspace_are_no_mere_text() -> None:
    rows = choices("Rain", "Sand").replace("response_lid ident", "response_grp respident").replace("_lid>", "_grp>")
    rows = rows.replace("<render_choice>", "<material><mattext>Wet</mattext></material><render_choice>")
    made = brightspace(
        "Matching",
        rows + rows.replace('"r"', '"s"').replace(">Wet<", ">Dry<"),
        counted("c1") + counted("c2", response="s"),
    )
    assert "| Wet | Rain |\n| Dry | Sand |" in made.markdown


def test_what_brightspace_computes_is_refused_by_its_name() -> None:
    assert brightspace("Arithmetic", "", "").refused == "its type, Arithmetic, is not supported."


def blackboard(kind: str, responses: str, conditions: str) -> bytes:
    """A pool of Blackboard with one item of ten points."""
    return document(
        f'<item title="Q"><itemmetadata><bbmd_questiontype>{kind}</bbmd_questiontype>'
        "<qmd_absolutescore_max>10.0</qmd_absolutescore_max><qmd_weighting>0</qmd_weighting></itemmetadata>"
        '<presentation><flow class="Block"><flow class="FORMATTED_TEXT_BLOCK"><material><mat_extension>'
        '<mat_formattedtext type="HTML">&lt;p&gt;&lt;b&gt;Wet&lt;/b&gt;?&lt;/p&gt;</mat_formattedtext></mat_extension>'
        f'</material></flow><flow class="RESPONSE_BLOCK">{responses}</flow></flow></presentation>'
        f"<resprocessing>{conditions}</resprocessing></item>"
    )


def right(tests: str, variable: str = "SCORE", change: str = "SCORE.max") -> str:
    return (
        f'<respcondition title="correct"><conditionvar>{tests}</conditionvar>'
        f'<setvar variablename="{variable}" action="Set">{change}</setvar></respcondition>'
        '<respcondition title="incorrect"><conditionvar><other/></conditionvar>'
        '<setvar variablename="SCORE" action="Set">0.0</setvar></respcondition>'
    )


EQUAL = '<varequal respident="r" case="No">{}</varequal>'


def test_a_choice_of_blackboard_is_read_with_its_points() -> None:
    made = read(blackboard("Multiple Choice", choices("Rain", "Sand"), right(EQUAL.format("c1"))), "res00001.dat")
    name = made.question.name if made.question else ""
    assert made.markdown == f"## **Wet**? {{#{name} points=10}}\n\n- (x) Rain\n- ( ) Sand\n"


@pytest.mark.parametrize(
    ("how", "typed", "credit"),
    [("EXACT", "rain", 1), ("EXACT", "a rain", 0), ("CONTAINS", "a rain", 1), ("MATCHES", "rain", 1)],
)
def test_a_text_of_blackboard_is_compared_as_it_says(how: str, typed: str, credit: int) -> None:
    line = '<response_str ident="r"><render_fib/></response_str>'
    found = blackboard("Fill in the Blank", line, right(EQUAL.format("Rain"), "EvaluationType", how))
    made = read(found)
    assert made.question
    assert made.question.type.mark(typed).credit == credit


def test_lines_of_blackboard_whose_options_stand_apart_are_refused() -> None:
    list_of_none = '<response_lid ident="r"><render_choice><response_label ident="c1"/></render_choice></response_lid>'
    made = read(blackboard("Matching", list_of_none, right(EQUAL.format("c1"))))
    assert made.refused == "its options stand apart from its lines (as Blackboard has it), which is not supported."


def test_a_package_of_blackboard_has_files_of_another_ending() -> None:
    data = blackboard("Multiple Choice", choices("Rain", "Sand"), right(EQUAL.format("c1")))
    assert read(package({"imsmanifest.xml": b"<manifest/>", "res00001.dat": data}), "x.zip").question


def test_an_item_of_common_cartridge_has_its_weight() -> None:
    fields = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for name, value in (("cc_profile", "cc.multiple_choice.v0p1"), ("cc_weighting", "3"))
    )
    made = read(
        document(
            f'<item ident="q"><itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata><presentation><material>'
            f"<mattext>Wet?</mattext></material>{choices('Rain', 'Sand')}</presentation>"
            f"<resprocessing>{earns('c1')}</resprocessing></item>"
        )
    )
    assert made.question
    assert made.question.points == 3


def ilias(kind: str, inside: str, conditions: str) -> bytes:
    """An item of ILIAS, which writes HTML as text/xhtml, says no points, and adds up what parts earn."""
    return document(
        f'<item ident="il_0_qst_7" title="Rain"><itemmetadata><qtimetadata><qtimetadatafield>'
        f"<fieldlabel>QUESTIONTYPE</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata>"
        '</itemmetadata><presentation label="Rain"><flow><material><mattext texttype="text/xhtml">'
        f"&lt;p&gt;What is &lt;b&gt;wet&lt;/b&gt;?&lt;/p&gt;</mattext></material>{inside}</flow></presentation>"
        f"<resprocessing><outcomes><decvar/></outcomes>{conditions}</resprocessing></item>"
    )


def adds(ident: str, value: str, points: str, *, negated: bool = False) -> str:
    test = f'<varequal respident="{ident}">{value}</varequal>'
    test = f"<not>{test}</not>" if negated else test
    return (
        f'<respcondition continue="Yes"><conditionvar>{test}</conditionvar>'
        f'<setvar action="Add">{points}</setvar></respcondition>'
    )


def test_a_choice_of_ilias_has_its_html_its_shares_and_its_points() -> None:
    conditions = adds("r", "c1", "3") + adds("r", "c2", "0") + adds("r", "c3", "1.5")
    made = read(ilias("SINGLE CHOICE QUESTION", choices("Rain", "Sand", "Fog"), conditions))
    assert made.markdown == ("## What is **wet**? {#rain points=3}\n\n- (x) Rain\n- ( ) Sand\n- (50%) Fog\n")
    assert made.guesses == ()


def test_boxes_of_ilias_are_worth_what_ticking_and_leaving_them_earns() -> None:
    conditions = "".join(
        adds("r", value, ticked) + adds("r", value, left, negated=True)
        for value, ticked, left in (("c1", "2", "0"), ("c2", "0", "1"))
    )
    made = read(ilias("assMultipleChoice", choices("Rain", "Sand", kind="Multiple"), conditions))
    assert made.question
    assert made.question.points == 3


CLOZE = (
    '<response_str ident="g0" rcardinality="Single"><render_fib/></response_str><material><mattext> falls on </mattext>'
    '</material><response_str ident="g1" rcardinality="Single"><render_choice>'
    '<response_label ident="0"><material><mattext>sand</mattext></material></response_label>'
    '<response_label ident="1"><material><mattext>grass</mattext></material></response_label>'
    "</render_choice></response_str><material><mattext> for hours: </mattext></material>"
    '<response_num ident="g2" rcardinality="Single"><render_fib fibtype="Decimal" minnumber="2" maxnumber="3"/>'
    "</response_num>"
)


def test_a_cloze_of_ilias_has_lists_whose_texts_are_named_and_numbers_between_bounds() -> None:
    conditions = adds("g0", "Rain", "1") + adds("g1", "sand", "0") + adds("g1", "grass", "1") + adds("g2", "2.5", "1")
    made = read(ilias("CLOZE QUESTION", CLOZE, conditions))
    assert made.markdown == (
        "## {#rain points=3}\n\nWhat is **wet**?\n\n"
        "[[Rain]] falls on [[( ) sand | (x) grass]] for hours: [[2.5 +- 0.5]]\n"
    )


def test_what_ilias_has_besides_is_refused_by_its_name() -> None:
    made = read(ilias("assKprimChoice", choices("Rain"), adds("r", "c1", "1")))
    assert made.refused == "its type, assKprimChoice, is not supported."


def between(response: str, conditions: str) -> bytes:
    """An item that does not say its type, as OLAT writes them: a text goes on behind what is typed."""
    return document(
        '<item ident="QTIEDIT:FIB:1" title="Rain"><presentation><flow><material><mattext texttype="text/html">'
        f"&lt;p&gt;Rain makes </mattext></material>{response}<material>"
        '<mattext texttype="text/html"> wet.&lt;/p&gt;</mattext></material></flow></presentation><resprocessing>'
        f'<outcomes><decvar varname="SCORE" maxvalue="2.0"/></outcomes>{conditions}</resprocessing></item>'
    )


def test_a_line_keeps_its_place_where_the_text_goes_on_behind_it() -> None:
    made = read(between('<response_str ident="r"><render_fib/></response_str>', earns("grass", "2")))
    assert made.markdown == "## Rain makes \\___\\_ wet. {#rain points=2}\n\n- = grass\n"


def test_several_texts_in_one_response_are_refused_instead_of_taken_for_one() -> None:
    several = (
        '<response_str ident="r"><render_fib><response_label ident="A"/><material><mattext> and </mattext></material>'
        '<response_label ident="B"/></render_fib></response_str>'
    )
    made = read(between(several, adds("r", "grass", "1") + adds("r", "roofs", "1")))
    assert made.refused == "several texts are typed in one response of it, which is not supported."


@pytest.mark.parametrize(
    ("responses", "conditions"),
    [
        (choices("Rain", "Sand", kind="Multiple"), adds("r", "c1:correct", "1") + adds("r", "c2:wrong", "1")),
        (
            choices("Rain", "Sand").replace("response_lid", "response_grp"),
            adds("r", "c1,c2", "1").replace("varequal", "varsubset"),
        ),
    ],
)
def test_a_key_by_other_names_is_not_called_missing(responses: str, conditions: str) -> None:
    made = read(
        document(
            f'<item ident="q"><presentation><material><mattext>Wet?</mattext></material>{responses}</presentation>'
            f"<resprocessing>{conditions}</resprocessing></item>"
        )
    )
    assert made.refused == "what is right in it is told in a way that is not read."
