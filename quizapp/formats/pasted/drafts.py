"""Lines put together to drafts: what is asked, the options, and everything that was said of the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.formats.contract import Note
from quizapp.formats.pasted import markers
from quizapp.formats.pasted.lines import Line

ASKS = re.compile(r"[?？؟:：](?:\s|$)|_{2,}")
MOST_OPTIONS = 100  # of one question


@dataclass(slots=True)
class Option:
    """One offered answer: its lines, how it was lettered (from 1, 0: not at all), and what marks it.

    `mark` is "right", "wrong" or nothing; `box` the kind of box before it ("open", "full", "crossed"), `looks` how all
    of it looks; `by` says what marked it, for people.
    """

    line: int
    texts: list[str]
    place: int = 0
    letter: str = ""
    style: str = ""
    mark: str = ""
    by: str = ""
    box: str = ""
    looks: frozenset[str] = frozenset()
    feedback: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join(text for text in self.texts if text)


@dataclass(slots=True)
class Draft:
    """One question on its way: `stem` are its paragraphs, `answers` what was said to be right, by line."""

    line: int
    end: int = 0
    number: int | None = None
    stem: list[list[Line]] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    model: list[str] = field(default_factory=list)
    explanation: list[list[str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    points: str = ""
    looks: frozenset[str] = frozenset()
    guesses: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)

    @property
    def has_answers(self) -> bool:
        """Whether anything but what is asked stands in it."""
        return bool(self.options or self.answers or self.explanation or self.model)

    @property
    def asks(self) -> bool:
        """Whether it is a question at all: it has a number, answers or gaps, or ends as questions do."""
        return self.number is not None or self.has_answers or bool(ASKS.search(self.stem_text))

    @property
    def stem_lines(self) -> list[Line]:
        """The lines of what is asked."""
        return [line for paragraph in self.stem for line in paragraph]

    @property
    def stem_text(self) -> str:
        """What is asked, on one line."""
        return " ".join(line.text for line in self.stem_lines)

    @property
    def words(self) -> str:
        """What is asked without its code, as it names the question."""
        return " ".join(line.text for line in self.stem_lines if not line.is_code) or self.stem_text

    def guess(self, text: str, line: int = 0) -> None:
        """Name a guess."""
        self.guesses.append(Note(text, line or self.line))

    def warn(self, text: str, line: int = 0) -> None:
        """Name a loss, or something that looks wrong."""
        self.warnings.append(Note(text, line or self.line))


def read_option(line: Line, expected: int, style: str) -> Option | None:
    """The option that a line is, where one that is lettered would be number `expected` in a style; None for none."""
    text, looks = markers.peeled(line.text)
    whole = Line(line.number, text, line.indent)
    bullet = markers.BULLETED.match(whole.plain)
    inner = whole.rest(bullet.end()) if bullet else whole
    boxed = markers.BOXED.match(whole.plain)
    found = _boxed(whole, boxed) if boxed else None
    if found is None:
        found = _lettered(inner, expected, style)
        if found is None and bullet:
            found = Option(line.number, [inner.text], style=f"bullet {bullet['bullet']}")
        elif found and bullet and bullet["bullet"] == "*":
            found.mark, found.by = (
                found.mark or "right",
                found.by or "`*`",
            )  # bullets before every option are told apart later
    if found is None:
        return None
    found.looks |= looks
    _take_suffix(found)
    return found


def _lettered(line: Line, expected: int, style: str) -> Option | None:
    letter = markers.option_letter(line.plain)
    if letter is None:
        return None
    place = markers.place_of(letter.letter)
    if (
        letter.letter in markers.ROMAN
        and expected <= len(markers.ROMAN)
        and markers.ROMAN[expected - 1] == letter.letter
    ):
        place = expected
    is_first = expected == 1
    if (
        place is None
        or (place != 1 if is_first else not expected - 1 <= place <= expected + 1)
        or (not is_first and letter.style != style)
    ):
        return None
    rest = line.text[letter.end :].strip()
    rest = rest.removeprefix("**").strip() if rest.startswith("** ") else rest
    text, looks = markers.peeled(rest)
    mark = "right" if letter.sign else ""
    return Option(
        line.number, [text], place, letter.letter, letter.style, mark, f"`{letter.sign}`" if mark else "", looks=looks
    )


def _boxed(line: Line, boxed: "object") -> Option | None:
    found = markers.BOXED.match(line.plain)
    assert found is not None  # noqa: S101 (the caller saw it)
    sign = found["box"] or ""
    inside = found["in"]
    if sign and sign in markers.WRONG_SIGNS:
        kind = "crossed"
    elif sign:
        kind = "open" if sign in markers.OPEN_BOXES else "full" if sign != "☒" else "x"
    else:
        kind = "full" if inside else "open"
    text, looks = markers.peeled(line.text[found.end() :])
    inner = _lettered(Line(line.number, text), 1, "") if markers.option_letter(text) else None
    letter = markers.option_letter(text)
    if letter and (place := markers.place_of(letter.letter)):
        inner = Option(line.number, [text[letter.end :].strip()], place, letter.letter, letter.style)
    option = inner or Option(line.number, [text])
    option.style = "box" if sign else f"box {found['open']}"
    option.box, option.looks = kind, looks
    option.by = f"`{sign or found[0].strip()}`"
    return option


def _take_suffix(option: Option) -> None:
    """Take off what is written behind an option to say that it is right or wrong."""
    text = option.texts[0]
    wrong, right = markers.behind(markers.SUFFIX_WRONG, text), markers.behind(markers.SUFFIX_RIGHT, text)
    if wrong and wrong.start():
        option.texts[0], option.mark, option.by = text[: wrong.start()].rstrip(), "wrong", f"“{wrong[0].strip()}”"
    elif right and right.start():
        option.texts[0], option.mark, option.by = text[: right.start()].rstrip(), "right", f"“{right[0].strip()}”"
    text, looks = markers.peeled(option.texts[0])
    option.texts[0], option.looks = text, option.looks | looks


def is_one_list(options: Sequence[Option]) -> bool:
    """Whether all options are marked alike, so that the mark is no key but a bullet."""
    return len(options) > 1 and all(option.mark == "right" and option.by == options[0].by for option in options)
