"""A question of ours as GIFT, and what that cannot hold of it."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from quizapp.formats.building import ANY_NUMBER
from quizapp.formats.escaping import shown
from quizapp.formats.gift.values import FORMATS
from quizapp.formats.losses import Lost, Written, lost, without
from quizapp.formats.moodle.shares import percent_of, share_in_moodle
from quizapp.questions.base import Prose, Question, decimal_text
from quizapp.questions.choices import Choice
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.essay import Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numbers import Interval
from quizapp.questions.numeric import Numeric, NumericValue
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText, TextValue
from quizapp.questions.units import find_unit
from quizapp.source.writing import PLACEHOLDER

SIGNS = re.compile(r"[\\~=#{}:]")
FORMAT = re.compile(rf"\[(?:{'|'.join(FORMATS)})\]")
STEM = "[markdown]"
TITLE_MOST = 80
HELD = ("tags", "explanation")


class NotHeld(Exception):
    """GIFT cannot hold a question, for this reason."""


def write(question: Question) -> Written:
    """A question as GIFT, or why it cannot be one."""
    kind = question.type
    if "survey" in question.words or kind.name not in WRITERS:
        what = "surveys" if "survey" in question.words else f"the type “{kind.title or kind.name}”"
        return Written(question, left_out=f"GIFT has no place for {what}.")
    told = without(question, HELD)
    try:
        answers = WRITERS[kind.name](kind, told)
    except NotHeld as why:
        return Written(question, left_out=str(why))
    return Written(question, _block(question, answers), tuple(told))


def _block(question: Question, answers: list[str]) -> str:
    """The lines of a question: a comment with its name and tags, its title, what is asked, the answers."""
    tags = "".join(f" [tag:{_in_brackets(tag)}]" for tag in question.tags)
    before, after = _stem(question)
    general = [f"####{escaped(question.explanation.markdown)}"] if question.explanation else []
    inside = "\n".join(f"\t{line}" for line in [*answers, *general])
    title = " ".join(question.title.split())[:TITLE_MOST]
    return (
        f"// [id:{_in_brackets(question.name)}]{tags}\n"
        f"::{escaped(title)}::{STEM}{escaped(before)}{{" + (f"\n{inside}\n" if inside else "") + f"}}{escaped(after)}\n"
    )


def _in_brackets(text: str) -> str:
    return re.sub(r"([\]\\])", r"\\\1", text)


def _stem(question: Question) -> tuple[str, str]:
    """What stands before the answers, and behind them."""
    parts = [question.heading.markdown, question.prompt.markdown]
    if isinstance(question.type, FillIn):
        parts.append(question.type.text.markdown)
    before, _, after = "\n\n".join(part for part in parts if part).partition(PLACEHOLDER)
    return before, after


def escaped(text: str) -> str:
    """A text in which nothing is a sign."""
    return SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _markdown(part: Prose) -> str:
    text = escaped(part.markdown)
    return f"{STEM}{text}" if FORMAT.match(part.markdown) else text


def _feedback(part: Prose) -> str:
    return f"#{_markdown(part)}" if part else ""


def _percent(credit: Fraction) -> str:
    return f"%{percent_of(credit)}%"


def _single(kind: SingleChoice, told: list[Lost]) -> list[str]:
    if not any(choice.credit == 1 for choice in kind.choices):
        raise NotHeld("no choice earns everything, and GIFT would take it for one of several choices.")
    names = [choice.content.markdown for choice in kind.choices]
    if names == ["True", "False"] and sorted(choice.credit for choice in kind.choices) == [0, 1]:
        return [_truth(*sorted(kind.choices, key=lambda choice: -choice.credit))]
    return [_choice(choice, told) for choice in kind.choices]


def _truth(right: Choice, wrong: Choice) -> str:
    """True or false; what is said to who is wrong stands first, and is empty where only the other is there."""
    after = _feedback(right.feedback)
    return right.content.markdown.upper() + (_feedback(wrong.feedback) or ("#" if after else "")) + after


def _choice(choice: Choice, told: list[Lost]) -> str:
    credit = share_in_moodle(choice.credit, told, "choices")
    sign = "=" if credit == 1 else f"~{_percent(credit)}" if credit else "~"
    return f"{sign}{_markdown(choice.content)}{_feedback(choice.feedback)}"


def _multiple(kind: MultipleChoice, told: list[Lost]) -> list[str]:
    if kind.rule not in ("net", "hits"):
        told.append(lost(f"its rule `credit={kind.rule}` is left out: a wrong tick takes off a right one.", "rule"))
    right = sum(choice.credit == 1 and choice.scored for choice in kind.choices)
    share = share_in_moodle(Fraction(1, right or 1), told, "choices")
    wrong = Fraction(-1) if kind.rule == "hits" else -share
    worth = [(share if one.credit else wrong) if one.scored else Fraction(0) for one in kind.choices]
    return [
        f"~{_percent(credit) if credit else ''}{_markdown(choice.content)}{_feedback(choice.feedback)}"
        for choice, credit in zip(kind.choices, worth, strict=True)
    ]


def _text(kind: ShortText, told: list[Lost]) -> list[str]:
    if kind.with_case:
        told.append(lost("that case counts is left out.", "case"))
    if kind.with_slips or kind.unlike:
        told.append(lost("that a slip is accepted is left out.", "typos", "unlike"))
    lines = [line for value in kind.values if (line := _value(value, told))]
    if not any(value.credit and not value.is_pattern for value in kind.values):
        raise NotHeld("only patterns tell what is right, and GIFT has none.")
    if any("->" in line for line in lines):
        raise NotHeld("an answer or its feedback holds `->`, which GIFT takes for matching.")
    return lines


def _value(value: TextValue, told: list[Lost]) -> str:
    text = "*" if value.is_pattern and value.value == ".*" else value.value.replace("*", "\\*")
    if value.is_pattern and text != "*":
        told.append(lost(f"the pattern `{value.value}` is left out.", "answers"))
        return ""
    credit = share_in_moodle(value.credit, told, "answers")
    sign = "=" if credit == 1 else f"={_percent(credit)}"
    return f"{sign}{escaped(text)}{_feedback(value.feedback)}"


def _numeric(kind: Numeric, told: list[Lost]) -> list[str]:
    last = [value for value in kind.values if value.written == ANY_NUMBER and not value.credit][:1]
    lines = [_number(value, told) for value in kind.values if value not in last]
    return ["#", *lines, *(f"~{_feedback(value.feedback) or '#'}" for value in last)]


def _number(value: NumericValue, told: list[Lost]) -> str:
    interval = value.interval
    if interval.unit:
        told.append(lost(f"the unit {interval.unit} is left out.", "answers"))
    if not (interval.has_low and interval.has_high):
        told.append(lost(f"the bounds of {interval.text} are themselves right there.", "answers"))
    credit = share_in_moodle(value.credit, told, "answers")
    return f"={'' if credit == 1 else _percent(credit)}{_bounds(interval)}{_feedback(value.feedback)}"


def _bounds(interval: Interval) -> str:
    unit = find_unit(interval.unit) if interval.unit else None
    low, high = (bound / (unit.factor if unit else 1) for bound in (interval.low, interval.high))
    if interval.text.startswith(("[", "(")) and low < high:
        return f"{decimal_text(low)}..{decimal_text(high)}"
    if low == high and Fraction(decimal_text(low)) != low:
        raise NotHeld(f"its number {interval.text} has no end as a decimal number. Say how much it may be off.")
    middle, off = (low + high) / 2, (high - low) / 2
    return decimal_text(middle) + (f":{decimal_text(off)}" if off else "")


def _match(kind: Matching, told: list[Lost]) -> list[str]:
    if any(kind.heads):
        told.append(lost("the headings of its columns are left out.", "heads"))
    if any(pair.item.feedback for pair in kind.pairs):
        told.append(lost("what is said of its lines is left out.", "pairs", "heads"))
    if any(option.markdown != shown(option.text) for option in kind.offered):
        told.append(lost("the right sides are plain text there.", "pairs", "decoys"))
    lines = [(_markdown(pair.item.content), pair.option) for pair in kind.pairs] + [("", one) for one in kind.decoys]
    if any("->" in left for left, _ in lines):
        raise NotHeld("a left side holds `->`, which GIFT takes for its end.")
    return [f"={left} -> {escaped(right.text)}" for left, right in lines]


def _essay(kind: Essay, told: list[Lost]) -> list[str]:
    if kind.rubric:
        told.append(lost("its rubric is left out.", "rubric"))
    return []


def _fill_in(kind: FillIn, told: list[Lost]) -> list[str]:
    """One blank to type into, the “missing word” of GIFT."""
    if len(kind.blanks) != 1 or isinstance(kind.blanks[0], DropDown):
        raise NotHeld("GIFT has one gap in a text at most, with an answer to type.")
    blank = kind.blanks[0]
    return _text(blank, told) if isinstance(blank, ShortText) else _numeric(blank, told)


WRITERS: Mapping[str, Callable[[Any, list[Lost]], list[str]]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "match": _match,
    "essay": _essay,
    "fill-in": _fill_in,
}
