"""GIFT: every file of `../shared/conformance/gift` against the parse of an independent grammar.

Equal on the reduced model: type, title, text and format of the stem, choices with weight and feedback, pairs, id and
tags. For true/false the file calls the first feedback that of *true*; with Moodle it is the one to a wrong answer.
"""

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from quizapp.formats.contract import IMPORTERS, Source
from quizapp.formats.gift.reading import read_entries
from quizapp.formats.gift.values import Answer, Entry, NumberAnswer, Text
from quizapp.source.writing import PLACEHOLDER

Row = dict[str, Any]


def files_of(conformance: Path) -> list[Path]:
    found = sorted((conformance / "gift").glob("*.gift"))
    assert len(found) == 26
    return found


def reduced(entry: Entry) -> Row:
    """An entry in the words of the grammar."""
    if entry.kind == "Category":
        return {"type": "Category", "title": entry.title}
    row = {
        "type": entry.kind,
        "title": entry.title,
        "stem": _stem(entry.stem),
        "id": entry.id,
        "tags": list(entry.tags) or None,
    }
    row |= {} if entry.kind == "Description" else {"globalFeedback": _text(entry.general)}
    return row | _answers(entry)


def _stem(stem: Text) -> Row | None:
    """A stem with the gap as the grammar shows it."""
    return _text(replace(stem, text=re.sub(f" ?{PLACEHOLDER} ?", " _____ ", stem.text)))


def _answers(entry: Entry) -> Row:
    if entry.kind == "TF":
        wrong, right = map(_text, entry.feedback)
        return {"isTrue": entry.is_true, "trueFeedback": wrong, "falseFeedback": right}
    if entry.kind in ("MC", "Short"):
        return {"choices": list(map(_choice, entry.answers))}
    if entry.kind == "Matching":
        return {"matchPairs": [{"subquestion": _text(left), "subanswer": right} for left, right in entry.pairs]}
    if entry.kind == "Numerical":
        bare = len(entry.numbers) == 1 and entry.numbers[0].weight is None and not entry.numbers[0].feedback
        numbers = list(map(_number, entry.numbers))
        return {"choices": numbers[0]["text"] if bare else numbers}
    return {}


def _text(text: Text | None) -> Row | None:
    return {"format": text.format, "text": text.text} if text else None


def _choice(answer: Answer) -> Row:
    return {
        "isCorrect": answer.is_right,
        "weight": answer.weight,
        "text": _text(answer.text),
        "feedback": _text(answer.feedback),
    }


def _number(answer: NumberAnswer) -> Row:
    number = answer.number
    assert number
    text: Row = {"type": "range", "number": Fraction(number.low), "range": Fraction(number.off)}
    if number.high:
        text = {"type": "high-low", "numberHigh": Fraction(number.high), "numberLow": Fraction(number.low)}
    return {"isCorrect": True, "weight": answer.weight, "text": text, "feedback": _text(answer.feedback)}


def expected(file: Path) -> list[Row]:
    """What the grammar found, numbers exact, without what the reduced model leaves out."""
    text = file.with_suffix(".json").read_text(encoding="utf-8")
    found: list[Row] = json.loads(text, parse_float=Fraction, object_hook=_without_extras)
    return found


def _without_extras(row: Row) -> Row:
    row.pop("hasEmbeddedAnswers", None)
    if row.get("type") == "simple":
        row = {"type": "range", "number": row["number"], "range": 0}
    return row


def test_every_file_is_read_as_the_grammar_reads_it(conformance: Path) -> None:
    for file in files_of(conformance):
        entries = read_entries(file.read_text(encoding="utf-8"))
        assert [entry.wrong for entry in entries] == ["" for _ in entries], file.name
        assert list(map(reduced, entries)) == expected(file), file.name


def rows_of(conformance: Path) -> list[tuple[str, str, int, int, int, int]]:
    """Format, file, questions, and of them exact, with a loss that is named, and refused with a reason."""
    rows = []
    for file in files_of(conformance):
        items = IMPORTERS["gift"].read(Source(file.read_bytes(), file.name)).items
        refused = sum(not item.is_good for item in items)
        lossy = sum(item.is_good and bool(item.warnings) for item in items)
        rows.append(("gift", file.name, len(items), len(items) - lossy - refused, lossy, refused))
    return rows


def test_every_question_comes_in_and_a_description_is_called_one(conformance: Path) -> None:
    for file in files_of(conformance):
        entries = [one for one in read_entries(file.read_text(encoding="utf-8")) if one.kind != "Category"]
        found = IMPORTERS["gift"].read(Source(file.read_bytes(), file.name))
        assert not found.errors
        assert [item.line for item in found.items] == [entry.line for entry in entries], file.name
        for entry, item in zip(entries, found.items, strict=True):
            assert item.is_good == (entry.kind != "Description"), (file.name, item.refused)
            assert item.is_good or "a description asks nothing" in item.refused
    rows = rows_of(conformance)
    assert [sum(counts) for counts in zip(*(row[2:] for row in rows), strict=True)] == [43, 36, 2, 5]


def test_true_and_false_say_what_moodle_says(conformance: Path) -> None:
    data = (conformance / "gift" / "TFTwoFeedback.gift").read_bytes()
    said: list[list[tuple[str, object, str]]] = []
    for item in IMPORTERS["gift"].read(Source(data)).items:
        assert item.question
        said.append([(a.content.text, a.credit, a.feedback.text) for a in item.question.type.answers])
    assert said == [
        [("True", 0, "feedback for true"), ("False", 1, "feedback for false")],
        [("True", 1, ""), ("False", 0, "feedback for true")],
        [("True", 1, "feedback for false"), ("False", 0, "")],
    ]
