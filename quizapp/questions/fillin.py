"""Fill-in: a text with blanks, into each of which something is typed or chosen."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
    NO_PROSE,
    NOT_OFFERED,
    Answer,
    Control,
    Mark,
    Outcome,
    Prose,
    QuestionType,
    Reading,
    Response,
    Shuffles,
    plain,
)
from quizapp.questions.blanks import Blank, find_blanks, read_blank
from quizapp.questions.controls import FillingIn, Input
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.guesses import NO_GUESS, Guesses, mean_of
from quizapp.questions.numeric import Numeric
from quizapp.questions.placeholders import first_lost, with_blanks, with_placeholders, without_own
from quizapp.questions.text import PATTERN_SECONDS, ShortText
from quizapp.questions.vocabulary import Vocabulary
from quizapp.source.blocks import Block, belonging
from quizapp.source.writing import PLACEHOLDER

MAX_BLANKS = 100
LEAST_SECONDS = 0.02  # for the patterns of a blank: a machine that is busy elsewhere must not make it too slow
WIDTHS = (12, 24, 36)  # of inputs, in characters: they hint at a length, and tell none


@dataclass(frozen=True, slots=True)
class FillIn(QuestionType):
    """Each blank earns its share; `text` holds a placeholder for each of them."""

    name: ClassVar[str] = "fill-in"
    title: ClassVar[str] = "Blanks to fill in"
    rank: ClassVar[int] = 1
    asks_itself: ClassVar[bool] = True
    shuffles: ClassVar[Shuffles] = "never"
    options: ClassVar[frozenset[str]] = ShortText.options
    marking: ClassVar[str] = "The credit is the mean of the blanks; an empty one earns nothing."
    example: ClassVar[str] = """
## Complete the sentence {#smtp-path}

Mail is accepted by a [[Receive connector|receive-connector]], [[( ) encrypted | (x) queued]], and handed on to port
[[25]].

Clients hand in their mail on port 587.
"""
    text: Prose
    blanks: tuple[Blank, ...]

    @classmethod
    def find(cls, blocks: Sequence[Block], words: frozenset[str]) -> Sequence[int] | None:
        """All blocks from the first to the last that hold a blank, with what cannot be shown apart from them."""
        places = [place for place, block in enumerate(blocks) if cls.claims(block)]
        return belonging(blocks, places[0], places[-1]) if places else None

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A block that holds a blank."""
        return any(True for _ in find_blanks([block]))

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the text and its blanks, with `case=` and `typos=`."""
        errors, add = reading.report.errors, reading.report.add
        blocks = without_own(blocks)
        written = list(find_blanks(blocks))
        if len(written) > MAX_BLANKS:
            add("too-many-items", *written[MAX_BLANKS].place, what="blanks", most=MAX_BLANKS)
            return None
        text = reading.prose(with_placeholders(blocks, written))
        lost = first_lost(text.html, len(written))
        if lost is not None:
            add("blank-place", *written[lost].place)
        blanks = tuple(blank for one in written if (blank := read_blank(one, reading)))
        return cls(text, blanks) if reading.report.errors == errors else None

    def write(self) -> str:
        """The text with its blanks."""
        return with_blanks(self.text.markdown, self.blanks)

    def written_options(self) -> dict[str, str]:
        """Those of its text blanks, which are alike in all of them."""
        return next((blank.written_options() for blank in self.blanks if isinstance(blank, ShortText)), {})

    @property
    def asked(self) -> Prose:
        """Its text."""
        return Prose(self.text.markdown.replace(PLACEHOLDER, "…"), self.text.html.replace(PLACEHOLDER, "…"))

    def control(self, order: Sequence[int]) -> Control:
        """Inputs and lists in the text."""
        needs_unit = any(blank.needs_unit for blank in self.blanks if isinstance(blank, Numeric))
        return FillingIn(self.text, tuple(_input(blank) for blank in self.blanks), _width(self.blanks), needs_unit)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The values and options of each blank, with its number."""
        return tuple(
            replace(answer, blank=number)
            for number, blank in enumerate(self.blanks, start=1)
            for answer in blank.answers
        )

    @property
    def correct_response(self) -> Response:
        """What earns the most in each blank; None where only a pattern tells which that is."""
        right = [blank.correct_response for blank in self.blanks]
        return [str(one) for one in right] if None not in right else None

    @property
    def full_credit(self) -> Fraction:
        """The mean of what the blanks can give."""
        return _mean(blank.full_credit for blank in self.blanks)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words of all its text blanks."""
        return frozenset[str]().union(*(blank.vocabulary for blank in self.blanks if isinstance(blank, ShortText)))

    def told_apart_from(self, words: Vocabulary) -> "FillIn":
        """The same, where none of its text blanks takes one of the words for a slip."""
        told = [blank.told_apart_from(words) for blank in self.blanks if isinstance(blank, ShortText)]
        unlike = tuple(sorted({word for blank in told for word in blank.unlike}))
        blanks = (replace(blank, unlike=unlike) if isinstance(blank, ShortText) else blank for blank in self.blanks)
        return replace(self, blanks=tuple(blanks))

    def rekeyed(self, now: QuestionType) -> "FillIn | None":
        """The same text, its blanks with what is looked for in them now; they are paired by their order."""
        if not isinstance(now, FillIn) or len(now.blanks) != len(self.blanks):
            return None
        blanks = [_rekeyed(one, other) for one, other in zip(self.blanks, now.blanks, strict=True)]
        found = tuple(blank for blank in blanks if blank is not None)
        return FillIn(self.text, found) if len(found) == len(blanks) else None

    def mark(self, response: Response) -> Mark:
        """The mean of the blanks; invalid, with its number, as soon as one of them is."""
        if response is None:
            return Mark("blank")
        texts = self._texts(response)
        if texts is None:
            return NOT_OFFERED
        if not any(texts):
            return Mark("blank")
        credits = []
        for number, (blank, text) in enumerate(zip(self.blanks, texts, strict=True), start=1):
            mark = self._marked(blank, text)
            if mark.status == "invalid":
                return Mark("invalid", trouble=mark.trouble, about=str(number))
            credits.append(mark.credit)
        return Mark("graded", _mean(credits))

    def guesses(self) -> Guesses:
        """Any text of each list, and nothing where something is to be typed."""
        return mean_of([blank.guesses() if isinstance(blank, DropDown) else NO_GUESS for blank in self.blanks])

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """What to say of each blank, by its number."""
        texts = self._texts(response) or [""] * len(self.blanks)
        said = [
            _outcome(blank, text, self._marked(blank, text), revealed)
            for blank, text in zip(self.blanks, texts, strict=True)
        ]
        return dict(enumerate(said, start=1))

    def _marked(self, blank: Blank, text: str) -> Mark:
        """The mark of one blank; the time for patterns is that of one question, shared among its blanks."""
        if not isinstance(blank, ShortText):
            return blank.mark(text)
        return blank.mark_within(max(PATTERN_SECONDS / len(self.blanks), LEAST_SECONDS), text)

    def _texts(self, response: Response) -> list[str] | None:
        """What stands in each blank, "" in an empty one; None where the response is of another shape."""
        if not isinstance(response, list) or len(response) != len(self.blanks):
            return None
        texts = ["" if one is None else one for one in response]
        given = [text.strip() for text in texts if isinstance(text, str)]
        return given if len(given) == len(texts) else None


def _rekeyed(shown: Blank, now: Blank) -> Blank | None:
    """A blank as it was shown with the key of now; what is typed can be compared with any value."""
    if isinstance(shown, DropDown):
        return shown.rekeyed(now) if isinstance(now, DropDown) else None
    return None if isinstance(now, DropDown) else now


def _mean(credits: Iterable[Fraction]) -> Fraction:
    every = list(credits)
    return sum(every, Fraction(0)) / len(every)


def _outcome(blank: Blank, text: str, mark: Mark, revealed: bool) -> Outcome:
    is_survey = not blank.full_credit
    return Outcome(
        verdict="" if is_survey else "right" if mark.credit else "wrong",
        spelling=mark.spelling,
        given=plain(text) if text else NO_PROSE,
        answer=_listed(blank.solutions) if revealed and mark.credit < blank.full_credit else NO_PROSE,
    )


def _listed(texts: Sequence[str]) -> Prose:
    return Prose(", ".join(texts), ", ".join(f"<samp>{html.escape(text)}</samp>" for text in texts))


def _input(blank: Blank) -> Input:
    if isinstance(blank, DropDown):
        return Input(tuple(option.text for option in blank.options))
    return Input()


def _width(blanks: Sequence[Blank]) -> int:
    """The width of every input of a question, by the longest value that is looked for in any of them."""
    typed = [answer.typed for blank in blanks if not isinstance(blank, DropDown) for answer in blank.answers]
    longest = max(map(len, typed), default=0)
    return next((width for width in WIDTHS if longest <= width), WIDTHS[-1])
