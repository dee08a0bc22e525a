"""Our questions as text2qti Markdown."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from string import ascii_lowercase
from typing import Any, ClassVar

from quizapp.formats.building import ANY_TEXTS
from quizapp.formats.contract import Exported, Exporter, Media
from quizapp.formats.losses import Lost, Written, losses_of, lost, without
from quizapp.formats.text2qti.importing import FEW, items_of_document
from quizapp.formats.text2qti.reading import RANGE, WITH_MARGIN, read_document
from quizapp.questions.base import Question, decimal_text
from quizapp.questions.essay import Essay
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText

WIDTH = 4  # columns of a marker and the space behind it
HELD = ("explanation", "points")
Lines = list[str]


class NotHeld(Exception):
    """The format cannot hold a question, for this reason."""


class Text2QtiExporter(Exporter):
    """Held without a loss: single choice with one right choice, multiple choice with `credit=exact`, short answers that
    are right, one number or range without unit, essays without rubric and model answer; feedback of choices,
    explanation, and points that are whole or half. Heading and prompt come back as one text, of which the first line is
    the heading.

    What was written is read back, and each difference is told.
    """

    name: ClassVar[str] = "text2qti"
    title: ClassVar[str] = "text2qti Markdown"
    ending: ClassVar[str] = ".md"

    def write(self, questions: Sequence[Question], title: str, media: Media) -> Exported:
        """A quiz with the questions that the format can hold."""
        written = _without_twins([_write(question) for question in questions])
        is_shuffled = _is_shuffled(written)
        written = written if is_shuffled else list(map(_in_order, written))
        kept = [one.text for one in written if not one.left_out]
        head = f"Quiz title: {' '.join(title.split())}\n{SHUFFLED if is_shuffled else ''}"
        text = "\n".join([head, *(_numbered(one, at) for at, one in enumerate(kept, 1))])
        return Exported(text.encode(), losses_of(written, items_of_document(read_document(text), ANY_TEXTS)))


SHUFFLED = "shuffle answers: true\n"  # of all questions; without it, none is shuffled


def _is_shuffled(written: Sequence[Written]) -> bool:
    """Whether any choices are shuffled; those that are not then say so."""
    kept = [one.question for one in written if not one.left_out]
    return any(one.shuffle and isinstance(one.type, SingleChoice | MultipleChoice) for one in kept)


def _in_order(one: Written) -> Written:
    """The same, where nothing is shuffled: then it is not lost that its choices keep their order."""
    told = tuple(told for told in one.lost if "shuffle" not in told.fields or one.question.type.size <= FEW)
    return replace(one, lost=told)


def _without_twins(written: Sequence[Written]) -> list[Written]:
    """The same, those left out that ask what one above asks."""
    seen: set[str] = set()
    found = []
    for one in written:
        asked = f"{one.question.heading.markdown}\n\n{one.question.prompt.markdown}".strip()
        is_twin = not one.left_out and asked in seen
        found.append(Written(one.question, left_out=TWIN) if is_twin else one)
        seen |= set() if one.left_out else {asked}
    return found


TWIN = "another question asks the same, which text2qti does not take."


def _numbered(text: str, number: int) -> str:
    return text.replace(NUMBER, f"{number}.".ljust(WIDTH), 1)


NUMBER = "\ue000"  # stands for the number of a question until it is known


def _write(question: Question) -> Written:
    kind = question.type
    if "survey" in question.words or kind.name not in WRITERS:
        what = "surveys" if "survey" in question.words else f"the type “{kind.title or kind.name}”"
        return Written(question, left_out=f"text2qti has no place for {what}.")
    told = without(question, HELD)
    try:
        answers = WRITERS[kind.name](kind, told)
    except NotHeld as why:
        return Written(question, left_out=str(why))
    parts = [question.heading.markdown, question.prompt.markdown]
    asked = _marked(NUMBER, "\n\n".join(part for part in parts if part))
    said = _marked("...", question.explanation.markdown) if question.explanation else []
    lines = [f"Title: {question.name}", *_points(question, told), *asked, *said, *answers, ""]
    return Written(question, "\n".join(lines), tuple(told))


def _points(question: Question, told: list[Lost]) -> Lines:
    if question.points == 1:
        return []
    if question.points <= 0 or (question.points * 2).denominator != 1:
        told.append(lost(f"its points ({decimal_text(question.points)}) are neither whole nor half.", "points"))
        return []
    return [f"Points: {decimal_text(question.points)}"]


def _marked(marker: str, text: str) -> Lines:
    """A text behind its marker, all further lines below it."""
    first, *others = text.split("\n")
    beside = marker if marker == NUMBER else marker.ljust(WIDTH)
    return [beside + first, *(" " * WIDTH + line if line.strip() else "" for line in others)]


def _offered(marker: str, content: str, feedback: str) -> Lines:
    return [*_marked(marker, content), *(_marked("...", feedback) if feedback else [])]


def _single(kind: SingleChoice, told: list[Lost]) -> Lines:
    credits = [choice.credit for choice in kind.choices]
    if credits.count(Fraction(1)) != 1 or len(credits) > len(ascii_lowercase):
        raise NotHeld("text2qti has exactly one right choice, and 26 choices at most.")
    if sum(credits) > 1:
        told.append(lost("that some choices earn a part is left out.", "choices"))
    return [
        line
        for at, choice in enumerate(kind.choices)
        for line in _offered(
            f"{'*' if choice.credit == 1 else ''}{ascii_lowercase[at]})",
            choice.content.markdown,
            choice.feedback.markdown,
        )
    ]


def _multiple(kind: MultipleChoice, told: list[Lost]) -> Lines:
    if kind.rule != "exact":
        told.append(lost("its rule is `credit=exact` there: all of it or nothing.", "rule"))
    if not all(choice.scored for choice in kind.choices):
        raise NotHeld("a box is not scored, and text2qti has only right and wrong ones.")
    return [
        line
        for choice in kind.choices
        for line in _offered("[*]" if choice.credit else "[ ]", choice.content.markdown, choice.feedback.markdown)
    ]


def _text(kind: ShortText, told: list[Lost]) -> Lines:
    right = [value for value in kind.values if value.credit == 1 and not value.is_pattern]
    if not right:
        raise NotHeld("no answer that is spelled out is all right.")
    if len(right) < len(kind.values):
        told.append(lost("patterns, partly right and known wrong answers are left out.", "answers"))
    if kind.with_case or kind.with_slips or kind.unlike:
        told.append(lost("whether case and slips count is left out.", "case", "typos", "unlike"))
    if any(value.feedback for value in right):
        told.append(lost("what is said of its answers is left out.", "answers"))
    return [line for value in right for line in _marked("*", value.value)]


def _numeric(kind: Numeric, told: list[Lost]) -> Lines:
    right = [value.interval for value in kind.values if value.credit == 1]
    if not right:
        raise NotHeld("no number is all right.")
    text = re.sub(r"\s*(?:±|\+/-)\s*", " +- ", right[0].text.replace("−", "-"))
    if right[0].unit or not (RANGE.fullmatch(text) or WITH_MARGIN.fullmatch(text)):
        raise NotHeld("text2qti has numbers without a unit, ranges with their bounds, and margins.")
    if len(kind.values) > 1 or kind.values[0].feedback:
        told.append(lost("all but its first right number is left out, and what is said of it.", "answers"))
    return _marked("=", text)


def _essay(kind: Essay, told: list[Lost]) -> Lines:
    if kind.rubric:
        told.append(lost("its rubric is left out.", "rubric"))
    return ["____"]


WRITERS: Mapping[str, Callable[[Any, list[Lost]], Lines]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "essay": _essay,
}
