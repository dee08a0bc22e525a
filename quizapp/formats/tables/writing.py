"""A question as a row: cells by the names of their columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from quizapp.formats.losses import Lost, Written, lost, without
from quizapp.questions.base import Question, decimal_text
from quizapp.questions.choices import Choice
from quizapp.questions.essay import Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.group import Grouping
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.order import Ordering
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText

FIRST = ("id", "type", "question", "right")
LAST = ("explanation", "points", "tags", "shuffle", "rule")
NUMBERED = ("answer", "match", "credit", "feedback")
NOT_SCORED = "not scored"
HELD = ("explanation", "hints", "points", "tags", "shuffle")
Cells = dict[str, str]


def table_of(written: Sequence[tuple[Written, Cells]]) -> list[list[str]]:
    """The header and the rows of those questions that are held."""
    rows = [cells for one, cells in written if not one.left_out]
    used = {name for row in rows for name, text in row.items() if text}
    most = max((int(name.split()[1]) for name in used if " " in name), default=2)
    numbered = [f"{name} {number}" for number in range(1, most + 1) for name in (*NUMBERED, "hint")]
    always = {*FIRST, "answer 1", "answer 2"}
    names = [name for name in (*FIRST, *numbered, *LAST) if name in used or name in always]
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def row_of(question: Question) -> tuple[Written, Cells]:
    """The cells of a question, and what they cannot hold of it."""
    kind = question.type
    if "survey" in question.words or kind.name not in WRITERS:
        what = "surveys" if "survey" in question.words else f"the type “{kind.title or kind.name}”"
        return Written(question, left_out=f"a table has no columns for {what}."), {}
    told = without(question, HELD)
    parts = [question.heading.markdown, question.prompt.markdown, kind.write() if isinstance(kind, FillIn) else ""]
    cells = {
        "id": question.name,
        "type": kind.name,
        "question": "\n\n".join(part for part in parts if part),
        "explanation": question.explanation.markdown,
        "points": "" if question.points == 1 else decimal_text(question.points),
        "tags": ", ".join(question.tags),
        "shuffle": "" if question.shuffle else "no",
        **{f"hint {at}": hint.markdown for at, hint in enumerate(question.hints, start=1)},
        **WRITERS[kind.name](kind, told),
    }
    return Written(question, lost=tuple(told)), cells


def _numbers(places: Iterable[int]) -> str:
    return ", ".join(map(str, places))


def _percent(credit: Fraction) -> str:
    return f"{decimal_text(credit * 100)}%"


def _answers(choices: Sequence[Choice]) -> Cells:
    cells = {f"answer {at}": choice.content.markdown for at, choice in enumerate(choices, start=1)}
    cells |= {f"feedback {at}": choice.feedback.markdown for at, choice in enumerate(choices, start=1)}
    return cells | {"right": _numbers(at for at, choice in enumerate(choices, start=1) if choice.credit == 1)}


def _single(kind: SingleChoice, told: list[Lost]) -> Cells:
    partly = {f"credit {at}": _percent(one.credit) for at, one in enumerate(kind.choices, 1) if 0 < one.credit < 1}
    return _answers(kind.choices) | partly


def _multiple(kind: MultipleChoice, told: list[Lost]) -> Cells:
    left = {f"credit {at}": NOT_SCORED for at, one in enumerate(kind.choices, start=1) if not one.scored}
    return _answers(kind.choices) | left | {"rule": "" if kind.rule == kind.rules[0] else kind.rule}


def _text(kind: ShortText, told: list[Lost]) -> Cells:
    if kind.with_case or kind.with_slips or kind.unlike:
        told.append(lost("whether case and slips count is left out.", "case", "typos", "unlike"))
    if any(value.is_pattern for value in kind.values):
        told.append(lost("its patterns are left out.", "answers"))
    return _values([(one.value, one.credit, one.feedback.markdown) for one in kind.values if not one.is_pattern])


def _numeric(kind: Numeric, told: list[Lost]) -> Cells:
    return _values([(one.written, one.credit, one.feedback.markdown) for one in kind.values])


def _values(values: Sequence[tuple[str, Fraction, str]]) -> Cells:
    cells = {"right": _numbers(at for at, (_, credit, _) in enumerate(values, start=1) if credit == 1)}
    for at, (text, credit, feedback) in enumerate(values, start=1):
        cells |= {f"answer {at}": text, f"feedback {at}": feedback}
        cells |= {f"credit {at}": _percent(credit)} if 0 < credit < 1 else {}
    return cells


def _match(kind: Matching, told: list[Lost]) -> Cells:
    if any(kind.heads):
        told.append(lost("the headings of its columns are left out.", "heads"))
    lines = [(pair.item.content, pair.option, pair.item.feedback) for pair in kind.pairs]
    cells: Cells = {}
    for at, (left, right, said) in enumerate(lines, start=1):
        cells |= {f"answer {at}": left.markdown, f"match {at}": right.markdown, f"feedback {at}": said.markdown}
    return cells | {f"match {at}": one.markdown for at, one in enumerate(kind.decoys, start=len(lines) + 1)}


def _group(kind: Grouping, told: list[Lost]) -> Cells:
    cells: Cells = {}
    for at, pair in enumerate(kind.pairs, start=1):
        cells |= {f"answer {at}": pair.item.content.markdown, f"match {at}": pair.option.markdown}
        cells |= {f"feedback {at}": pair.item.feedback.markdown}
    taken = {pair.option.markdown for pair in kind.pairs}
    others = [group for group in kind.groups if group.markdown not in taken]
    return cells | {f"match {at}": group.markdown for at, group in enumerate(others, start=len(kind.pairs) + 1)}


def _order(kind: Ordering, told: list[Lost]) -> Cells:
    cells = {"rule": "" if kind.rule == kind.rules[0] else kind.rule}
    for at, item in enumerate(kind.items, start=1):
        cells |= {f"answer {at}": item.content.markdown, f"feedback {at}": item.feedback.markdown}
    return cells


def _essay(kind: Essay, told: list[Lost]) -> Cells:
    cells: Cells = {}
    for at, line in enumerate(kind.rubric, start=1):
        cells |= {f"answer {at}": line.content.markdown, f"credit {at}": decimal_text(line.points)}
    return cells


def _fill_in(kind: FillIn, told: list[Lost]) -> Cells:
    if kind.written_options():
        told.append(lost("whether case and slips count is left out.", "blanks"))
    return {}


WRITERS: Mapping[str, Callable[[Any, list[Lost]], Cells]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "match": _match,
    "group": _group,
    "order": _order,
    "essay": _essay,
    "fill-in": _fill_in,
}
