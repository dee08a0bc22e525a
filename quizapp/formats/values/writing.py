"""A question as plain values: texts are Markdown, credit and shares are numbers from 0 to 1."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from quizapp.questions.base import Question, QuestionType, decimal_text
from quizapp.questions.blanks import Blank
from quizapp.questions.choices import Choice
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.essay import Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.group import Grouping
from quizapp.questions.items import Item
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numbers import Interval
from quizapp.questions.numeric import Numeric
from quizapp.questions.order import Ordering
from quizapp.questions.records import Records
from quizapp.questions.single import SingleChoice
from quizapp.questions.survey import Survey
from quizapp.questions.text import ShortText
from quizapp.questions.units import find_unit
from quizapp.source.writing import PLACEHOLDER

Values = dict[str, Any]


def values_of(question: Question) -> Values:
    """All that a question is, under names that stay. Raises KeyError for a type that is not told here."""
    return {
        "id": question.name,
        "type": question.type.name,
        "heading": question.heading.markdown,
        "prompt": question.prompt.markdown,
        **WRITERS[question.type.name](question.type),
        "hints": [hint.markdown for hint in question.hints],
        "explanation": question.explanation.markdown,
        "points": number(question.points),
        "tags": list(question.tags),
        "shuffle": question.shuffle,
        "tries": [number(worth) for worth in question.tries],
        "words": list(question.words),
        "was": list(question.was),
        "definitions": list(question.definitions),
    }


def number(value: Fraction) -> int | float | str:
    """A fraction as a number of JSON where that is exact, else as the text of a decimal number."""
    if value.denominator == 1:
        return value.numerator
    near = float(value)
    return near if Fraction(repr(near)) == value else decimal_text(value)


def _single(kind: SingleChoice) -> Values:
    return {"choices": [_choice(choice) for choice in kind.choices]}


def _multiple(kind: MultipleChoice) -> Values:
    return {"choices": [_choice(one) | {"scored": one.scored} for one in kind.choices], "rule": kind.rule}


def _choice(choice: Choice) -> Values:
    return {
        "text": choice.content.markdown,
        "credit": number(choice.credit),
        "feedback": choice.feedback.markdown,
    }


def _text(kind: ShortText) -> Values:
    answers = [
        {
            "text": one.value,
            "pattern": one.is_pattern,
            "credit": number(one.credit),
            "feedback": one.feedback.markdown,
        }
        for one in kind.values
    ]
    return {"answers": answers, "case": kind.with_case, "typos": kind.with_slips, "unlike": list(kind.unlike)}


def _numeric(kind: Numeric) -> Values:
    return {
        "answers": [
            {
                "text": one.interval.text,
                "credit": number(one.credit),
                "feedback": one.feedback.markdown,
                "range": _range(one.interval),
            }
            for one in kind.values
        ]
    }


def _range(interval: Interval) -> Values:
    """The bounds in the author's unit, for programs that do not read our numbers."""
    unit = find_unit(interval.unit) if interval.unit else None
    factor = unit.factor if unit else Fraction(1)
    return {
        "low": _near(interval.low / factor),
        "high": _near(interval.high / factor),
        "has_low": interval.has_low,
        "has_high": interval.has_high,
        "unit": interval.unit,
    }


def _near(value: Fraction) -> int | float | str:
    """A number that is as near as numbers of JSON come; beyond what they hold, as a text."""
    try:
        return value.numerator if value.denominator == 1 and abs(value) < 2**53 else float(value)
    except OverflowError:
        return f"{value.numerator}/{value.denominator}"


def _match(kind: Matching) -> Values:
    return {
        "heads": [head.markdown for head in kind.heads],
        "pairs": [
            {
                "left": pair.item.content.markdown,
                "right": pair.option.markdown,
                "feedback": pair.item.feedback.markdown,
            }
            for pair in kind.pairs
        ],
        "decoys": [decoy.markdown for decoy in kind.decoys],
    }


def _order(kind: Ordering) -> Values:
    return {"order": _items(kind.items), "rule": kind.rule}


def _group(kind: Grouping) -> Values:
    groups = [
        {
            "text": group.markdown,
            "items": _items(pair.item for pair in kind.pairs if pair.option.markdown == group.markdown),
        }
        for group in kind.groups
    ]
    return {"groups": groups}


def _items(items: Iterable[Item]) -> list[Values]:
    return [{"text": item.content.markdown, "feedback": item.feedback.markdown} for item in items]


def _fill_in(kind: FillIn) -> Values:
    return {"text": kind.text.markdown.split(PLACEHOLDER), "blanks": [_blank(blank) for blank in kind.blanks]}


def _blank(blank: Blank) -> Values:
    if isinstance(blank, DropDown):
        return {"type": "choice", "choices": [{"text": o.text, "credit": number(o.credit)} for o in blank.options]}
    return {"type": blank.name, **WRITERS[blank.name](blank)}


def _records(kind: Records) -> Values:
    return {
        "starting": kind.starting,
        "records": [
            {"text": one.text, "required": one.is_required, "feedback": one.feedback.markdown} for one in kind.records
        ],
    }


def _essay(kind: Essay) -> Values:
    return {"rubric": [{"points": number(one.points), "text": one.content.markdown} for one in kind.rubric]}


def _survey(kind: Survey) -> Values:
    return {}


WRITERS: Mapping[str, Callable[[Any], Values]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "match": _match,
    "order": _order,
    "group": _group,
    "fill-in": _fill_in,
    "records": _records,
    "essay": _essay,
    "survey": _survey,
}


def is_held(kind: QuestionType) -> bool:
    """Whether questions of a type can be told as values."""
    return kind.name in WRITERS
