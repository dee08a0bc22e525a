"""An item on its way to a question: what is known of it, and what is to be written."""

import html as escaping
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from quizapp.formats.asi.body import Body, Offered, content_of
from quizapp.formats.asi.trying import Respond, Trial, Trier
from quizapp.formats.contract import tell_once
from quizapp.formats.html import markdown_of
from quizapp.formats.pictures import Pictures
from quizapp.questions.base import NO_PROSE, Prose, QuestionType
from quizapp.source.scanner import read_blocks


@dataclass(slots=True)
class Draft:
    """What is read of an item, and what is lost on the way."""

    body: Body
    trier: Trier
    pictures: Pictures
    warnings: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)

    def warn(self, text: str) -> None:
        """Say what is lost, once."""
        tell_once(text, self.warnings)

    def guess(self, text: str) -> None:
        """Say how something was read, once."""
        if text not in self.guesses:
            self.guesses.append(text)

    def markdown(self, html: str) -> str:
        """Some HTML as Markdown; what is lost is said."""
        markdown, lost = markdown_of(html, self.pictures.address)
        for text in (*lost, *self.pictures.lost):
            self.warn(text)
        self.pictures.lost.clear()
        return markdown

    def prose(self, html: str) -> Prose:
        """Some HTML as a part of a question that is to be written."""
        markdown = self.markdown(html)
        return prose_of(markdown, html) if markdown else NO_PROSE

    def choice(self, offered: Offered) -> Prose:
        """What is shown of a choice."""
        return prose_of(self.markdown(offered.html), escaping.escape(offered.text))

    def told(self, place: int) -> str:
        """The HTML of a feedback, its title above it."""
        node = self.body.feedback[place]
        title = node.get("title")
        above = f"<p><b>{escaping.escape(title)}</b></p>" if title else ""
        return above + content_of(node)

    def all_told(self, places: Sequence[int]) -> str:
        """The HTML of some feedbacks, below each other."""
        return "".join(f"<div>{self.told(place)}</div>" for place in places)


def prose_of(markdown: str, html: str) -> Prose:
    """A part to be written, of which only matters whether it begins with a paragraph, and its text."""
    blocks = read_blocks(markdown)
    tag = "p" if blocks and blocks[0].kind == "paragraph" else "div"
    return Prose(markdown, f"<{tag}>{html}</{tag}>")


@dataclass(slots=True)
class Fitted:
    """A question that an item can be: its type, how answers are given to it, what was tried and what it is worth.

    Of `kinds` the one is taken that differs least from what was tried. `said` are the feedbacks (by their place in the
    body) that the type holds already.
    """

    kinds: Sequence[QuestionType]
    respond: Respond
    trials: Sequence[Trial]
    points: Fraction
    most: Fraction
    said: frozenset[int] = frozenset()
    shuffle: bool = True
    meant: str = ""  # the rule that its exporter named


def cut(text: str) -> str:
    """The beginning of a text in quotes."""
    text = " ".join(text.split())
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
