"""Tests of QTI 2 and 3 as quizzes: sections, selection, time, introduction, and what is told; words are ours."""

import pytest

from quizapp.formats.contract import Imported
from tests.unit.formats.qti_items import (
    choice,
    in_names_of_3,
    item,
    manifest,
    outcome,
    packed,
    read,
    response,
    template,
)

REFERENCES = {name: f'<assessmentItemRef identifier="{name}" href="{name}.xml"/>' for name in "abcd"}


def asked(name: str) -> str:
    """An item."""
    body = choice(f"Red {name}", "Blue", prompt=f"Which is {name}?")
    return item(response("A"), outcome(), template("match_correct"), body=body, id=name)


def section(*inside: str, title: str = "First", more: str = "") -> str:
    """A section."""
    return f'<assessmentSection identifier="s" title="{title}" {more}>{"".join(inside)}</assessmentSection>'


def package(*sections: str, before: str = "", part: str = "", new: bool = False) -> Imported:
    """What is read of a package with four items and a test."""
    inner = f'<testPart identifier="p" navigationMode="nonlinear" {part}>{"".join(sections)}</testPart>'
    test = f'<assessmentTest identifier="t" title="Colours">{before}{inner}</assessmentTest>'
    names = [f"{name}.xml" for name in REFERENCES]
    files = {f"{name}.xml": asked(name) for name in REFERENCES} | {"t.xml": test}
    if new:
        files = {name: in_names_of_3(text) for name, text in files.items()}
    return read(packed({"imsmanifest.xml": manifest(*names, tests=("t.xml",)), **files}), "p.zip")


def places(found: Imported) -> list[tuple[list[str], int | None]]:
    """What its one quiz asks, place by place."""
    [quiz] = found.quizzes
    return [([one.place[0] for one in part.items], part.count) for part in quiz.sections]


SELECT = '<selection select="1"/>'


@pytest.mark.parametrize("new", [False, True])
def test_sections_that_select_are_draws(new: bool) -> None:
    drawn = section(SELECT, REFERENCES["c"], REFERENCES["d"], title="Warm")
    found = package(section(REFERENCES["b"], REFERENCES["a"], title="Colours"), drawn, new=new)
    assert places(found) == [(["b", "a"], None), (["c", "d"], 1)]
    assert [part.title for part in found.quizzes[0].sections] == ["", "Warm"]
    assert found.notes == ()


def test_the_time_and_what_is_said_first_are_those_of_the_quiz() -> None:
    rubric = '<rubricBlock view="candidate"><p>Look <b>well</b>.</p></rubricBlock>'
    found = package(section(rubric, *REFERENCES.values()), before='<timeLimits maxTime="1200"/>')
    [quiz] = found.quizzes
    assert (quiz.introduction, quiz.settings) == ("Look **well**.", {"time": "20 min"})
    assert found.notes == ()


def test_what_cannot_be_gone_back_in_is_forward() -> None:
    found = package(section(*REFERENCES.values()), part='x="" ')
    assert found.quizzes[0].settings == {}
    test = '<assessmentTest identifier="t"><testPart identifier="p" navigationMode="linear">'
    test += f"{section(REFERENCES['a'])}</testPart></assessmentTest>"
    files = {"a.xml": asked("a"), "t.xml": test, "imsmanifest.xml": manifest("a.xml", tests=("t.xml",))}
    [quiz] = read(packed(files), "p.zip").quizzes
    assert (quiz.title, quiz.settings) == ("t", {"navigation": "forward"})


OUTCOME = '<outcomeProcessing><setOutcomeValue identifier="S"><sum>{}</sum></setOutcomeValue></outcomeProcessing>'
LOST = {
    "a branch": (section('<branchRule target="x"/>', REFERENCES["a"]), "branches"),
    "a condition": (section("<preCondition/>", REFERENCES["a"]), "conditions before items"),
    "a weight": (
        section(REFERENCES["a"].replace("/>", '><weight identifier="W" value="2"/></assessmentItemRef>')),
        "weights",
    ),
    "a session": (section('<itemSessionControl maxAttempts="2"/>', REFERENCES["a"]), "how each item is tried"),
    "a section elsewhere": (section(REFERENCES["a"], '<assessmentSectionRef href="s.xml"/>'), "“s.xml” is not read"),
    "a replacement": (section('<selection select="1" withReplacement="true"/>', *REFERENCES.values()), "drawn once"),
    "what is always asked": (
        section(SELECT, REFERENCES["a"].replace("/>", ' required="true"/>'), REFERENCES["b"]),
        "always asks some",
    ),
    "a shuffle": (section('<ordering shuffle="true"/>', REFERENCES["a"]), "shuffles its questions is left out"),
    "time of a section": (
        section('<timeLimits maxTime="60"/>', REFERENCES["a"]),
        "the time of parts, sections or items",
    ),
    "half a minute": (section(REFERENCES["a"]), "no whole number of minutes"),
    "late": (section(REFERENCES["a"]), "that it may be late"),
    "an outcome": (section(REFERENCES["a"]), "rules for the outcome"),
    "a later text": (section(REFERENCES["a"], "<rubricBlock>More</rubricBlock>"), "is left out: “More”"),
    "a draw of sections": (section(SELECT, section(REFERENCES["a"]), section(REFERENCES["b"])), "all of it is asked"),
}
BEFORE = {
    "half a minute": '<timeLimits maxTime="90"/>',
    "late": '<timeLimits maxTime="60" allowLateSubmission="true"/>',
    "an outcome": OUTCOME.format("<x/>"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_no_quiz_can_say_is_told(name: str) -> None:
    inside, what = LOST[name]
    found = package(inside, before=BEFORE.get(name, ""))
    assert any(what in note.text for note in found.notes), found.notes
    assert found.quizzes


def test_points_together_are_what_every_quiz_counts() -> None:
    found = package(section(REFERENCES["a"]), before=OUTCOME.format("<testVariables variableIdentifier='SCORE'/>"))
    assert found.notes == ()


def test_headings_of_sections_are_told_where_there_are_several() -> None:
    found = package(section(REFERENCES["a"]), section(REFERENCES["b"], title="Second"))
    assert ["the heading of the section" in note.text for note in found.notes] == [True, True]
    assert places(found) == [(["a", "b"], None)]


@pytest.mark.parametrize("text", ["9" * 5000, "²", "٣", "1e9", "-1", "", "60.0000000001"])
def test_a_number_that_is_none_here_is_told_and_stops_nothing(text: str) -> None:
    found = package(
        section(f'<selection select="{text}"/>', *REFERENCES.values()), before=f'<timeLimits maxTime="{text}"/>'
    )
    assert found.quizzes[0].settings == {}
    assert places(found) == [(["a", "b", "c", "d"], None)]


def test_a_test_that_names_an_item_without_end_is_told() -> None:
    found = package(section(*(REFERENCES["a"].replace('"a"', f'"{number}"') for number in range(10_001))))
    assert found.quizzes == ()
    assert ["they ask too much" in note.text for note in found.notes] == [True]
    sections = package(*(section(REFERENCES["a"], SELECT, title=f"S{number}") for number in range(3000)))
    assert ["more than 200 sections" in note.text for note in sections.notes] == [True]
