"""Items of 1EdTech, QTI 2.2 and 3.0: each answer earns here what it earns there, or the item says why it is not read.

The items may not be copied: they are read where they are, and nothing of them stands here.
"""

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from quizapp.formats.contract import IMPORTERS, Imported, Item, Source
from quizapp.formats.quiz_files import Beside, plan_with_quizzes
from quizapp.questions.base import Question, Response
from quizapp.questions.fillin import FillIn
from quizapp.questions.order import Ordering
from quizapp.questions.single import SingleChoice
from tests.conformance.rows import Row, row_of, shows
from tests.unit.formats.qti_items import packed

FOLDERS = ("qti22", "qti30")
SUPPORTED = {"choice", "order", "match", "inlinechoice", "textentry", "extendedtext"}


def read(file: Path) -> Imported:
    """What is read of a file."""
    return IMPORTERS["qti"].read(Source(file.read_bytes(), file.name))


def expected_of(folder: Path) -> dict[str, Any]:
    """What each file of a folder must give."""
    found: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return found


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    folders = [conformance / name for name in FOLDERS]
    return [folder / name for folder in folders for name in ("expected.json", *expected_of(folder))]


def rows_of(conformance: Path) -> list[Row]:
    """What came of each file; exact is a question with every text, in which every answer earns what it must."""
    return [
        row_of(folder, file, read(conformance / folder / file), partial(_is_held, expected))
        for folder in FOLDERS
        for file, expected in sorted(expected_of(conformance / folder).items())
    ]


def _is_held(expected: Mapping[str, Any], position: int, item: Item) -> bool:
    question = item.question
    return (
        question is not None
        and shows(item, *_texts(expected).values(), *(asked["prompt"] or "" for asked in expected["interactions"]))
        and all(earned(question, expected, case) == due(case) for case in expected["cases"])
    )


def earned(question: Question, expected: Mapping[str, Any], case: Mapping[str, Any]) -> Fraction:
    """The points of an answer, in whole millionths."""
    response = response_of(question, expected, case["response"])
    mark = question.type.mark(response)
    assert mark.status == ("blank" if response is None else "graded"), case
    return round(mark.credit * question.points, 6)


def due(case: Mapping[str, Any]) -> Fraction:
    """The points that an answer must earn."""
    return round(Fraction(str(case["outcomes"]["SCORE"])), 6)


def _texts(expected: Mapping[str, Any]) -> dict[str, str]:
    return {id: text for asked in expected["interactions"] for id, text in asked["choices"]}


def response_of(question: Question, expected: Mapping[str, Any], given: Mapping[str, Any]) -> Response:
    """An answer of QTI as a response to our question, told by what the choices say."""
    texts, kind = _texts(expected), question.type
    values = [value for value in given.values() if value is not None]
    if not values:
        return None
    if isinstance(kind, FillIn):
        return _filled(kind, texts, given)
    if expected["interactions"][0]["type"] == "textentryinteraction":
        return str(values[0])
    shown = [one.content.text for one in getattr(kind, "choices", getattr(kind, "items", ()))]
    chosen = values[0] if isinstance(values[0], list) else [values[0]]
    places = [shown.index(texts[one]) + 1 for one in chosen]
    return places[0] if isinstance(kind, SingleChoice) else places


def _filled(kind: FillIn, texts: Mapping[str, str], given: Mapping[str, Any]) -> Response:
    """What stands in each blank: a number, a text, or beside a line what was put there."""
    [first, *_] = given.values()
    if isinstance(first, list):
        lines = kind.text.text.split("\ue000")
        pairs = {texts[left]: texts[right] for left, right in (one.split() for one in first)}
        return [pairs.get(line.strip(), "") for line in lines[: len(kind.blanks)]]
    return [texts.get(str(one), str(one)) if one is not None else "" for one in given.values()]


@pytest.mark.parametrize("name", FOLDERS)
def test_every_answer_earns_what_it_earns_there(conformance: Path, name: str) -> None:
    tried = 0
    for file, expected in expected_of(conformance / name).items():
        kinds = {asked["type"].removesuffix("interaction") for asked in expected["interactions"]}
        [item] = read(conformance / name / file).items
        if not kinds <= SUPPORTED:
            assert "is not supported" in item.refused, file
            continue
        assert item.question, (file, item.refused)
        assert item.question.type.is_marked_by_people is not expected["auto_scorable"]
        for case in expected["cases"]:
            assert earned(item.question, expected, case) == due(case), (file, case)
            tried += 1
    assert tried > 20


@pytest.mark.parametrize("name", FOLDERS)
def test_every_choice_says_what_it_says_there(conformance: Path, name: str) -> None:
    for file, expected in expected_of(conformance / name).items():
        [item] = read(conformance / name / file).items
        if item.question:
            assert item.title == expected["title"]
            for text in _texts(expected).values():
                assert text in " ".join(item.markdown.split()), (file, text)


def test_an_order_is_the_declared_one(conformance: Path) -> None:
    for name in FOLDERS:
        for file, expected in expected_of(conformance / name).items():
            [item] = read(conformance / name / file).items
            if item.question and isinstance(item.question.type, Ordering):
                texts = _texts(expected)
                shown = [one.content.text for one in item.question.type.items]
                assert shown == [texts[one] for one in expected["responses"]["RESPONSE"]["correct"]]


def test_the_table_has_a_row_for_each_file(conformance: Path) -> None:
    rows = rows_of(conformance)
    assert [row.questions for row in rows] == [1] * 14
    assert [row.file for row in rows if row.refused] == ["hotspot.xml"]  # a picture with places to point at


@pytest.mark.parametrize("name", FOLDERS)
def test_a_package_of_all_items_is_a_quiz_in_the_order_of_its_test(conformance: Path, name: str) -> None:
    files = {file: (conformance / name / file).read_bytes() for file in expected_of(conformance / name)}
    half = list(files)[::2]
    parts = [("Drawn", half, '<selection select="2"/>'), ("Asked", [one for one in files if one not in half], "")]
    sections = "".join(
        f'<assessmentSection identifier="{title}" title="{title}">{chosen}'
        + "".join(f'<assessmentItemRef identifier="{title}{n}" href="{one}"/>' for n, one in enumerate(inside))
        + "</assessmentSection>"
        for title, inside, chosen in parts
    )
    part = f'<testPart identifier="p" navigationMode="linear">{sections}</testPart>'
    files["test.xml"] = f'<assessmentTest identifier="t" title="All of it">{part}</assessmentTest>'.encode()
    found = IMPORTERS["qti"].read(Source(packed(files), "all.zip"))
    [quiz] = found.quizzes
    assert (quiz.title, quiz.settings) == ("All of it", {"navigation": "forward"})
    assert [([item.place for item in one.items], one.count) for one in quiz.sections] == [
        (half, 2),
        ([one for one in files if one not in (*half, "test.xml")], None),
    ]
    plan = plan_with_quizzes(found.items, found.quizzes, None, Beside("x.bank.md"), only_good=True)
    assert plan.errors == ()
    good = sum(item.is_good for item in quiz.sections[0].items)
    assert [(one.questions, one.drawn) for one in plan.quizzes] == [(len(found.good), len(found.good) - good + 2)]
