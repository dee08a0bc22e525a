"""The pieces of Moodle XML: texts with the files that they show, answers, and what depends on the type."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from quizapp.formats.moodle.shares import percent_of
from quizapp.formats.outward import Outward
from quizapp.questions.base import Prose


class NotHeld(Exception):
    """Moodle XML cannot hold a question, for this reason."""


@dataclass(frozen=True, slots=True)
class Body:
    """What of a question depends on its type, as XML; `asked` is its text where blanks stand in that."""

    kind: str
    inside: Sequence[str] = ()
    asked: str = ""


def cdata(text: str) -> str:
    """A text that holds anything."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def rich(tag: str, html: str, out: Outward) -> str:
    """A text as HTML, with the files that were shown since the last one: Moodle looks for them in no other text."""
    return f'<{tag} format="html"><text>{cdata(html)}</text>{files(out)}</{tag}>\n'


def files(out: Outward) -> str:
    """The files that were shown since they were taken last."""
    return "".join(
        f'<file name="{escape(name)}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>\n'
        for name, data in out.take().items()
    )


def answer(text: str, share: str, feedback: Prose, out: Outward, more: str = "") -> str:
    """An answer; its text is HTML that `out` just made, or plain where it is typed."""
    shown = files(out)
    said = rich("feedback", out.html(feedback), out) if feedback else ""
    return f'<answer fraction="{share}" format="html"><text>{cdata(text)}</text>{shown}{said}{more}</answer>\n'


def choice(content: Prose, credit: Fraction, feedback: Prose, out: Outward) -> str:
    """An answer that is offered."""
    return answer(out.html(content), percent_of(credit), feedback, out)
