"""The key of a question on paper: what is right, by the numbers and letters of the paper, and what it earns."""

import html
from collections.abc import Sequence
from fractions import Fraction

from quizapp.formats.printed.sheets import AUTO, Asked, Shown, letter, with_direction
from quizapp.questions.base import Answer, Prose, decimal_text, label_of
from quizapp.questions.controls import Arranging, Choosing, Pairing
from quizapp.questions.essay import Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.order import Ordering
from quizapp.questions.text import ShortText

# What the credit rules mean to who marks by hand.
TICKS = {
    "net": "Each right tick earns its share, and each wrong one takes as much away.",
    "exact": "All of it or nothing.",
    "each": "Each box that is as it should be earns its share.",
    "hits": "Each right tick earns its share; a wrong one makes it nothing.",
}
ORDERS = {
    "lcs": "The longest run in the right order counts, gaps allowed: one less than its lines, of one less than all.",
    "exact": "All of it or nothing.",
    "pairs": "Pairs in the right order count, less those in the wrong one, of all pairs.",
}


def key_of(one: Asked, shown: Shown) -> str:
    """The lines of the key, how they are marked, and the explanation."""
    right = "".join(f'<p class="right" {AUTO}>{line}</p>' for line in _right(one, shown))
    marked = "".join(f'<p class="how">{text}</p>' for text in _marking(one) if text)
    explanation = with_direction(shown.html(one.question.explanation))
    return right + marked + (f'<div class="explanation">{explanation}</div>' if explanation else "")


def _right(one: Asked, shown: Shown) -> list[str]:
    control, kind = one.control, one.question.type
    if isinstance(control, Choosing):
        earning = [(place, kind.answers[written - 1]) for place, written in enumerate(one.order, start=1)]
        return [_line(letter(place), answer, shown) for place, answer in earning if answer.credit]
    if isinstance(control, Pairing):
        options = {label_of(option): letter(place) for place, option in enumerate(control.options, start=1)}
        right = kind.correct_response
        named = right if isinstance(right, dict) else {}
        return _placed(control.rows, [options.get(named.get(label_of(row), ""), "") for row in control.rows], shown)
    if isinstance(control, Arranging):
        return _placed(control.rows, [str(_place(one, written)) for written in one.order], shown)
    if isinstance(kind, Essay):
        return [f"[{decimal_text(line.points)}] {shown.line(line.content)}" for line in kind.rubric]
    return [_line(str(answer.blank or ""), answer, shown) for answer in kind.answers if answer.credit]


def _placed(rows: Sequence[Prose], written: Sequence[str], shown: Shown) -> list[str]:
    """What has to stand on each line, under the number of the line on the paper and on the sheet for answers."""
    pairs = zip(rows, written, strict=True)
    return [f"{number}: {text} ({shown.line(row)})" for number, (row, text) in enumerate(pairs, start=1)]


def _place(one: Asked, written: int) -> int:
    """The place in the right order of what stands there as written."""
    right = one.question.type.correct_response
    order: list[object] = [*right] if isinstance(right, list) else []
    return order.index(written) + 1 if written in order else written


def _line(name: str, answer: Answer, shown: Shown) -> str:
    text = shown.line(answer.content) if answer.content else f"<code>{html.escape(answer.typed)}</code>"
    share = "" if answer.credit in (None, 1) else f" ({decimal_text((answer.credit or Fraction(0)) * 100)}%)"
    pattern = " (a pattern)" if answer.is_pattern else ""
    return f"{name}{': ' if name else ''}{text}{pattern}{share}"


def _marking(one: Asked) -> list[str]:
    """How it is marked, where the lines do not say that."""
    kind = one.question.type
    if "survey" in one.question.words:
        return []
    if isinstance(kind, MultipleChoice):
        left = [letter(place) for place, written in enumerate(one.order, 1) if not kind.choices[written - 1].scored]
        return [TICKS[kind.rule], f"Not scored: {', '.join(left)}." if left else ""]
    if isinstance(kind, Ordering):
        return [ORDERS[kind.rule]]
    typed = kind.blanks if isinstance(kind, FillIn) else [kind]
    texts = [blank for blank in typed if isinstance(blank, ShortText)]
    case = "Capital letters count." if any(text.with_case for text in texts) else ""
    return [case, "A slip in a long word is accepted." if any(text.with_slips for text in texts) else ""]
