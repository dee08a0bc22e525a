"""text2qti: the document with every type and the six with an error, `../shared/conformance/text2qti`, as expected."""

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from quizapp.formats.contract import IMPORTERS, Imported, Item, Source
from quizapp.formats.quiz_files import Beside, plan_with_quizzes
from quizapp.formats.text2qti.reading import read_document
from quizapp.formats.text2qti.values import Asked, Group, GroupEnd, Region
from quizapp.questions.base import Response, decimal_text
from quizapp.questions.numbers import read_key
from tests.conformance.rows import Row, row_of, shows

Wanted = dict[str, Any]
TYPES = {
    "choice": "multiple_choice_question",
    "several": "multiple_answers_question",
    "number": "numerical_question",
    "short": "short_answer_question",
    "essay": "essay_question",
    "upload": "file_upload_question",
}


def expected(conformance: Path) -> dict[str, Wanted]:
    text = (conformance / "text2qti" / "expected.json").read_text(encoding="utf-8")
    found: dict[str, Wanted] = json.loads(text, parse_float=Fraction)
    assert len(found) == 7
    return found


def imported(conformance: Path, name: str) -> Imported:
    return IMPORTERS["text2qti"].read(Source((conformance / "text2qti" / name).read_bytes(), name))


def row(item: Asked | Region | Group | GroupEnd) -> Wanted:
    """An item in the words of the expected result."""
    if isinstance(item, Region):
        return {"kind": "TextRegion", "title": item.title, "text": item.text}
    if isinstance(item, Group):
        return {"kind": "GroupStart", "pick": item.pick, "points": item.points}
    if isinstance(item, GroupEnd):
        return {"kind": "GroupEnd"}
    return {
        "kind": "Question",
        "type": "true_false_question" if item.is_truth else TYPES[item.kind],
        "title": item.title,
        "points": item.points,
        "text": item.text,
        "choices": [{"text": one.text, "correct": one.is_right, "feedback": one.feedback} for one in item.choices],
        "feedback": item.feedback,
        "correct_feedback": item.right,
        "incorrect_feedback": item.wrong,
        **_bounds(item),
    }


def _bounds(item: Asked) -> Wanted:
    if item.kind != "number":
        return {}
    key = read_key(item.number)
    assert key
    exact = None if item.number.startswith("[") else (key.low + key.high) / 2
    return {"min": key.low, "exact": exact, "max": key.high}


def test_every_item_is_read(conformance: Path) -> None:
    wanted = expected(conformance)["all_types.txt"]
    document = read_document((conformance / "text2qti" / "all_types.txt").read_text(encoding="utf-8"))
    assert document.errors == []
    assert document.title == wanted["title"]
    assert list(map(row, document.items)) == wanted["items"]


def test_every_error_is_told_with_its_line(conformance: Path) -> None:
    for name, wanted in expected(conformance).items():
        if wanted["ok"]:
            continue
        found = imported(conformance, name)
        told = re.fullmatch(rf'In "{name}" on line (\d+):\n(.*)', wanted["error"], re.DOTALL)
        assert told
        refused = [(item.place, item.refused) for item in found.items if item.refused]
        [(place, text), *_] = [(f"line {error.line}", error.text) for error in found.errors] or refused
        assert place == f"line {told[1]}", name
        assert text.startswith(told[2]), name
        assert not found.good, name


def test_every_question_but_the_upload_comes_in(conformance: Path) -> None:
    found = imported(conformance, "all_types.txt")
    assert [item.refused.partition(",")[0] for item in found.items if not item.is_good] == [
        "a file to upload is asked for"
    ]
    assert found.counts == {"essay": 1, "multiple": 1, "numeric": 4, "single": 4, "text": 1}
    assert [note.line for note in found.notes] == [52]


def test_its_title_description_and_group_are_a_quiz(conformance: Path) -> None:
    found = imported(conformance, "all_types.txt")
    [quiz] = found.quizzes
    assert (quiz.title, quiz.introduction) == ("All text2qti types", "One of each type, with feedback.")
    assert quiz.settings == {}
    assert [(len(one.items), one.count) for one in quiz.sections] == [(10, None), (2, 1)]
    plan = plan_with_quizzes(found.items, found.quizzes, None, Beside("all.bank.md"), only_good=True)
    [file] = plan.quizzes
    assert (file.name, file.drawn, file.questions) == ("all-text2qti-types.quiz.md", 10, 11)
    assert "(all.bank.md) {count=1 tags=group-1}" in file.data.decode()
    assert [note.text.partition(": ")[2].partition(",")[0] for note in plan.notes] == [
        "1 of its questions is not saved",
        "it has no pass mark there; here that is 80%",
    ]


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [conformance / "text2qti" / name for name in (*expected(conformance), "expected.json")]


def rows_of(conformance: Path) -> list[Row]:
    """What came of each file; exact is a question that shows every expected text, and whose right answers earn all."""
    rows = []
    for name, wanted in sorted(expected(conformance).items()):
        asked = [item for item in wanted.get("items", ()) if item["kind"] == "Question"]
        rows.append(row_of("text2qti", name, imported(conformance, name), partial(_is_held, asked)))
    return rows


def _is_held(asked: Sequence[Wanted], position: int, item: Item) -> bool:
    wanted, question = asked[position], item.question
    texts = [wanted[name] for name in ("text", "feedback", "correct_feedback", "incorrect_feedback")]
    texts += [choice[name] for choice in wanted["choices"] for name in ("text", "feedback")]
    return (
        question is not None
        and question.points == wanted["points"]
        and shows(item, *(text for text in texts if text))
        and all(question.type.mark(response).credit == 1 for response in _right(wanted))
        and question.type.is_marked_by_people == (wanted["type"] == "essay_question")
    )


def _right(wanted: Wanted) -> list[Response]:
    """Responses that are right."""
    if wanted["type"] == "essay_question":
        return []
    if wanted["type"] == "numerical_question":
        return [decimal_text(wanted[name]) for name in ("min", "exact", "max") if wanted[name] is not None]
    if wanted["type"] == "short_answer_question":
        return [choice["text"] for choice in wanted["choices"]]
    places = [place for place, choice in enumerate(wanted["choices"], 1) if choice["correct"]]
    return [places] if wanted["type"] == "multiple_answers_question" else list(places)


def test_the_table_counts_every_question(conformance: Path) -> None:
    rows = {row.file: row for row in rows_of(conformance)}
    whole = rows["all_types.txt"]
    assert (whole.questions, whole.exact, len(whole.told), len(whole.refused)) == (12, 9, 2, 1)
    assert all(row.exact == 0 for name, row in rows.items() if name != "all_types.txt")
