"""What is asked on paper: questions and orders drawn by a seed, and what a question shows there."""

import base64
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import unquote

from quizapp.content.folder import MEDIA_TYPES
from quizapp.content.model import Entry
from quizapp.formats.contract import Media
from quizapp.grading.draw import draw_order, draw_questions
from quizapp.questions.base import Control, Prose, Question

SECRET = b"paper"  # nobody sees more of a draw than its paper: the same seed gives the same one anywhere
AUTO = 'dir="auto"'
BLOCK = re.compile(r"<(p|ul|ol|table|blockquote|h[1-6])(?=[ >])(?![^>]*\bdir=)")
ADDRESS = re.compile(r'\s(src|href)="content:([^"#]*)(?:#[^"]*)?"')
MAX_PICTURE = 4 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the paper, under its number, its choices in drawn order."""

    number: int
    question: Question
    order: tuple[int, ...]

    @property
    def control(self) -> Control:
        """What is answered there."""
        return self.question.type.control(self.order)


def draw(entries: Sequence[Entry], seed: int) -> tuple[Asked, ...]:
    """What a paper asks. The same seed gives the same paper; what is taken out of totals is not asked."""
    drawn = [one for one in draw_questions(SECRET, str(seed), entries) if "void" not in one.words]
    return tuple(
        Asked(number, one, draw_order(SECRET, str(seed), number, one)) for number, one in enumerate(drawn, start=1)
    )


def points_of(asked: Sequence[Asked]) -> Fraction:
    """The points that can be earned."""
    return sum((one.question.points for one in asked if "survey" not in one.question.words), Fraction(0))


@dataclass(frozen=True, slots=True)
class Shown:
    """Prose as HTML that needs no other file: pictures are in it, links into the site are text."""

    media: Media

    def html(self, prose: Prose) -> str:
        """The HTML of some prose."""
        return ADDRESS.sub(self._address, prose.html)

    def line(self, prose: Prose) -> str:
        """The same, of a single paragraph without its tags."""
        page = self.html(prose)
        inside = page.removeprefix("<p>").removesuffix("</p>")
        return inside if page.startswith("<p>") and "<p>" not in inside else page

    def _address(self, found: re.Match[str]) -> str:
        name, path = found[1], unquote(html.unescape(found[2]))
        kind = MEDIA_TYPES.get(path[path.rfind(".") :].lower(), "")
        data = self.media(path) if name == "src" and kind.startswith("image/") else None
        if data is None or len(data) > MAX_PICTURE:
            return ""
        return f' src="data:{kind};base64,{base64.b64encode(data).decode()}"'


def with_direction(page: str) -> str:
    """HTML whose blocks run in the direction of their text, as Hebrew and Arabic need it."""
    return BLOCK.sub(rf"<\1 {AUTO}", page)


def letter(place: int) -> str:
    """A, B … Z, AA … for places from 1."""
    first, last = divmod(place - 1, 26)
    return (letter(first) if first else "") + chr(65 + last)
