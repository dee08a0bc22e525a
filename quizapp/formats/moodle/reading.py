"""A question bank in Moodle XML to drafts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from quizapp.formats.contract import Note
from quizapp.formats.drafts import Draft, Unsupported, tag_of
from quizapp.formats.elements import Element
from quizapp.formats.html import text_of_html
from quizapp.formats.moodle.choosing import (
    read_matching,
    read_multichoice,
    read_multichoiceset,
    read_ordering,
    read_truefalse,
)
from quizapp.formats.moodle.gaps import read_cloze, read_words
from quizapp.formats.moodle.texts import PREFIXES, Reading, files_of, html_of, is_set, number, path_of
from quizapp.formats.moodle.typing import read_essay, read_numerical, read_shortanswer
from quizapp.formats.pictures import Beside, Pictures
from quizapp.questions.base import decimal_text

READERS: dict[str, Callable[[Reading], None]] = {
    "multichoice": read_multichoice,
    "multichoiceset": read_multichoiceset,
    "truefalse": read_truefalse,
    "shortanswer": read_shortanswer,
    "numerical": read_numerical,
    "matching": read_matching,
    "essay": read_essay,
    "cloze": read_cloze,
    "gapselect": read_words,
    "ddwtos": read_words,
    "ordering": read_ordering,
}
NO_QUESTIONS = ("category", "description")
IN_THE_TEXT = (read_cloze, read_words)
MOST_POINTS, MOST_TRIES = 10**6, 10
USUAL = Fraction(3333333, 10**7)  # the penalty that Moodle gives to every new question


@dataclass(slots=True)
class Bank:
    """What was read: drafts of questions, and notes on what else stands there."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    own: set[str] = field(default_factory=set)


def read_bank(root: Element) -> Bank:
    """The questions of a bank; a category gives a tag to those below it."""
    bank, tag, group = Bank(), "", tuple[str, ...]()
    for element in root.all("question"):
        kind = element.get("type")
        if kind == "category":
            group = path_of(element.said("category", "text"))
            tag = tag_of(group[-1]) if group else ""
            if tag:
                bank.notes.append(Note(f"the category “{'/'.join(group)}” is the tag `{tag}` now.", element.line))
        elif kind == "description":
            text = text_of_html(html_of(element.first("questiontext")))
            told = text if len(text) <= 60 else f"{text[:59]}…"
            bank.notes.append(Note(f"“{told}” is a description without a question, and is left out.", element.line))
        else:
            bank.drafts.append(_draft(element, tag, bank))
            bank.drafts[-1].group = group
    if bank.own:
        told = "what Moodle itself says of every right, partly right or wrong answer is left out: the site says so too."
        bank.notes.append(Note(told))
    return bank


def _draft(element: Element, tag: str, bank: Bank) -> Draft:
    files, wrong = files_of(element)
    draft = Draft(f"line {element.line}", element.line, Pictures(Beside(files), PREFIXES))
    for text in wrong:
        draft.warn(text)
    draft.title = element.said("idnumber") or element.said("name", "text")
    tags = [one.said("text") for one in element.find("tag")]
    draft.tags = [*tags, *([tag] if tag and tag not in map(tag_of, tags) else [])]
    reading = Reading(element, draft)
    try:
        reader = READERS.get(reading.kind)
        if reader is None:
            raise Unsupported(f"its type, {reading.kind[:40] or 'unnamed'}, is not supported.")
        _read(reading, reader)
    except Unsupported as why:
        draft.refused = str(why)
        draft.prompt = draft.prompt or reading.text(element.first("questiontext"))
    bank.own |= reading.own
    return draft


def _read(reading: Reading, reader: Callable[[Reading], None]) -> None:
    element, draft = reading.element, reading.draft
    draft.points = _points(reading)
    asked = element.first("questiontext")
    if reader not in IN_THE_TEXT and reading.form(asked) == "markdown":
        draft.prompt = reading.text(asked)
    elif reader not in IN_THE_TEXT:
        draft.ask(reading.source(asked))
    draft.explanation.append(reading.text(element.first("generalfeedback")))
    draft.hints = [text for one in element.all("hint") if (text := reading.text(one))]
    reader(reading)
    if is_set(element, "hidden"):
        draft.attributes.append(".draft")
        draft.guesses.append("it is hidden there, and a draft here.")
    tries = _tries(reading)
    if tries:
        draft.attributes.append(f"tries={','.join(tries)}")


def _points(reading: Reading) -> Fraction:
    text = reading.element.said("defaultgrade") or "1"
    points = number(text)
    if points is None or not 0 <= points <= MOST_POINTS:
        reading.draft.warn(f"its points, {text}, are no number that can be used.")
        return Fraction(1)
    return Fraction(round(points * 10**6), 10**6)


def _tries(reading: Reading) -> list[str]:
    """What each try is worth, in percent: one more than there are hints, or as many as earn something.

    The penalty that every new question has says nothing where there is no hint.
    """
    penalty = number(reading.element.said("penalty") or "0") or Fraction(0)
    hints = len(reading.element.all("hint"))
    is_usual = abs(penalty - USUAL) < Fraction(1, 10**4) or reading.kind in ("truefalse", "essay")
    if not 0 < penalty <= 1 or (not hints and is_usual) or reading.kind == "essay":
        return []
    count = min(hints + 1 if hints else -(-1 // penalty), MOST_TRIES)
    worth = (max(Fraction(0), 1 - penalty * number) for number in range(count))
    return [decimal_text(Fraction(round(one * 10**4), 100)) for one in worth]
