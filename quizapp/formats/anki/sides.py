"""The two sides of a card, and what several types put there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.formats.anki.fields import Fields
from quizapp.questions.base import Answer, Prose, decimal_text, label_of
from quizapp.questions.choices import Choice
from quizapp.questions.text import ShortText

Place = tuple[int, str]  # a number or letter, and what stands there


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a card, as HTML."""

    front: str
    back: str


def value(answer: Answer, out: Fields) -> str:
    """A value that is typed; a pattern is told as one."""
    text = out.plain(answer.typed)
    return f"what the pattern <code>{text}</code> fits" if answer.is_pattern else text


def terms(*kinds: ShortText) -> str:
    """How exactly something has to be typed, where that is said."""
    case = "<p>Capital letters count.</p>" if any(kind.with_case for kind in kinds) else ""
    return case + ("<p>A small slip is accepted.</p>" if any(kind.with_slips for kind in kinds) else "")


def share(one: Answer | Choice) -> str:
    """What a right answer earns, where that is not all."""
    return f" ({decimal_text(one.credit * 100)}%)" if one.credit and one.credit != 1 else ""


def said(feedback: Prose, out: Fields) -> str:
    """What is said of an answer, below it."""
    return f"<blockquote>{out.line(feedback)}</blockquote>" if feedback else ""


def by_text(contents: Sequence[Prose]) -> list[Prose]:
    """Contents by their text, so that their order tells nothing."""
    return sorted(contents, key=lambda one: (label_of(one).casefold(), label_of(one)))


def listed(items: Iterable[Place], kind: str) -> str:
    """A list with numbers or letters."""
    inside = "".join(f'<li value="{place}">{text}</li>' for place, text in items)
    return f'<ol type="{kind}">{inside}</ol>' if inside else ""


def titled(title: str, items: Sequence[Place], kind: str) -> str:
    """Such a list under a few words."""
    return f"<p>{title}:</p>{listed(items, kind)}" if items else ""


def bullets(items: Iterable[str]) -> str:
    """A list."""
    inside = "".join(f"<li>{text}</li>" for text in items)
    return f"<ul>{inside}</ul>" if inside else ""


def lines(items: Sequence[str]) -> str:
    """A list; one line alone is a paragraph."""
    is_line = len(items) == 1 and "<blockquote>" not in items[0]
    return f"<p>{items[0]}</p>" if is_line else bullets(items)
