"""GIFT: every file of `../shared/conformance/gift` against the parse of an independent grammar.

Equal on the reduced model: type, title, text and format of the stem, choices with weight and feedback, pairs, id and
tags. For true/false the file calls the first feedback that of *true*; with Moodle it is the one to a wrong answer.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from quizapp.formats.contract import IMPORTERS, Item, Source
from quizapp.formats.gift.reading import read_entries
from quizapp.formats.gift.values import Answer, Entry, NumberAnswer, Text
from quizapp.questions.base import QuestionType, decimal_text
from quizapp.questions.fillin import FillIn
from quizapp.questions.multiple import MultipleChoice
from quizapp.source.writing import PLACEHOLDER
from tests.conformance.rows import Row, row_of, shows

Parsed = dict[str, Any]


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [file for source in sources_of(conformance) for file in (source, source.with_suffix(".json"))]


def sources_of(conformance: Path) -> list[Path]:
    found = sorted((conformance / "gift").glob("*.gift"))
    assert len(found) == 26
    return found


def reduced(entry: Entry) -> Parsed:
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


def _stem(stem: Text) -> Parsed | None:
    """A stem with the gap as the grammar shows it."""
    return _text(replace(stem, text=re.sub(f" ?{PLACEHOLDER} ?", " _____ ", stem.text)))


def _answers(entry: Entry) -> Parsed:
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


def _text(text: Text | None) -> Parsed | None:
    return {"format": text.format, "text": text.text} if text else None


def _choice(answer: Answer) -> Parsed:
    return {
        "isCorrect": answer.is_right,
        "weight": answer.weight,
        "text": _text(answer.text),
        "feedback": _text(answer.feedback),
    }


def _number(answer: NumberAnswer) -> Parsed:
    number = answer.number
    assert number
    text: Parsed = {"type": "range", "number": Fraction(number.low), "range": Fraction(number.off)}
    if number.high:
        text = {"type": "high-low", "numberHigh": Fraction(number.high), "numberLow": Fraction(number.low)}
    return {"isCorrect": True, "weight": answer.weight, "text": text, "feedback": _text(answer.feedback)}


def expected(file: Path) -> list[Parsed]:
    """What the grammar found, numbers exact, without what the reduced model leaves out."""
    text = file.with_suffix(".json").read_text(encoding="utf-8")
    found: list[Parsed] = json.loads(text, parse_float=Fraction, object_hook=_without_extras)
    return found


def _without_extras(row: Parsed) -> Parsed:
    row.pop("hasEmbeddedAnswers", None)
    if row.get("type") == "simple":
        row = {"type": "range", "number": row["number"], "range": 0}
    return row


def test_every_file_is_read_as_the_grammar_reads_it(conformance: Path) -> None:
    for file in sources_of(conformance):
        entries = read_entries(file.read_text(encoding="utf-8"))
        assert [entry.wrong for entry in entries] == ["" for _ in entries], file.name
        assert list(map(reduced, entries)) == expected(file), file.name


def rows_of(conformance: Path) -> list[Row]:
    """What came of each file; exact is a question with all that the grammar found, whose right answer earns all."""
    rows = []
    for file in sources_of(conformance):
        wanted = [row for row in expected(file) if row["type"] != "Category"]
        found = IMPORTERS["gift"].read(Source(file.read_bytes(), file.name))
        assert len(found.items) == len(wanted)
        rows.append(row_of("gift", file.name, found, partial(_is_held, wanted)))
    return rows


def _is_held(wanted: Sequence[Parsed], position: int, item: Item) -> bool:
    row = wanted[position]
    return item.question is not None and shows(item, *_texts(row)) and _earns(item.question.type, row)


def _texts(row: Parsed) -> Iterator[str]:
    """Every text that the grammar found in a question; choices of true or false are ours."""
    answers = row.get("choices") if isinstance(row.get("choices"), list) else []
    pairs = row.get("matchPairs", [])
    named = ("stem", "globalFeedback", "trueFeedback", "falseFeedback")
    texts = [row.get(name) for name in named]
    texts += [answer.get(name) for answer in answers or [] for name in ("text", "feedback")]
    texts += [pair["subquestion"] for pair in pairs]
    yield from (text["text"] for text in texts if text and "text" in text)
    yield from (pair["subanswer"] for pair in pairs)


def _earns(kind: QuestionType, row: Parsed) -> bool:
    """Whether each answer of the grammar earns what it is worth there."""
    if row["type"] == "Essay":
        return kind.is_marked_by_people
    if row["type"] == "TF":
        return kind.mark(1 if row["isTrue"] else 2).credit == 1
    if row["type"] == "Matching":
        pairs = {pair["subquestion"]["text"]: pair["subanswer"] for pair in row["matchPairs"]}
        return kind.mark({left: right for left, right in pairs.items() if left}).credit == 1
    if isinstance(kind, MultipleChoice):
        right = [place for place, one in enumerate(row["choices"], 1) if _worth(one) > 0]
        return kind.mark(right).credit == 1
    if row["type"] in ("Numerical", "Short"):
        typed = [(kind.mark([text] if isinstance(kind, FillIn) else text), worth) for text, worth in _typed(row)]
        return all(mark.credit == max(worth, 0) for mark, worth in typed)
    return all(kind.mark(place).credit == max(_worth(one), 0) for place, one in enumerate(row["choices"], 1))


def _worth(choice: Parsed) -> Fraction:
    weight = choice["weight"]
    return Fraction(weight) / 100 if weight is not None else Fraction(bool(choice["isCorrect"]))


def _typed(row: Parsed) -> Iterator[tuple[str, Fraction]]:
    """What may be typed, and what it is worth."""
    choices = row["choices"] if isinstance(row["choices"], list) else [{"text": row["choices"], "weight": 100}]
    for choice in choices:
        text = choice["text"]
        bound = text.get("numberHigh", text.get("number", 0) + text.get("range", 0))  # the number furthest off
        yield text.get("text") or decimal_text(Fraction(bound)), _worth(choice)


def test_every_question_comes_in_and_a_description_is_called_one(conformance: Path) -> None:
    for file in sources_of(conformance):
        entries = [one for one in read_entries(file.read_text(encoding="utf-8")) if one.kind != "Category"]
        found = IMPORTERS["gift"].read(Source(file.read_bytes(), file.name))
        assert not found.errors
        assert [item.line for item in found.items] == [entry.line for entry in entries], file.name
        for entry, item in zip(entries, found.items, strict=True):
            assert item.is_good == (entry.kind != "Description"), (file.name, item.refused)
            assert item.is_good or "a description asks nothing" in item.refused


def test_the_table_counts_every_question(conformance: Path) -> None:
    counts = [(row.questions, row.exact, len(row.told), len(row.refused)) for row in rows_of(conformance)]
    assert [sum(column) for column in zip(*counts, strict=True)] == [43, 36, 2, 5]


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
