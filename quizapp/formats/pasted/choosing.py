"""A draft with options: single and multiple choice."""

import re
from fractions import Fraction
from itertools import pairwise

from quizapp.formats.contract import Asked, Said
from quizapp.formats.pasted import markers
from quizapp.formats.pasted.drafts import MOST_OPTIONS, Draft
from quizapp.formats.pasted.keys import right_options
from quizapp.formats.pasted.prompts import explanation, paragraphs
from quizapp.formats.writing import Parts, choice
from quizapp.questions.choices import round_marker

PAIRS = re.compile(r"(?:(?:[A-Za-z]\s*[-–—=:→>]+\s*\d{1,2}|\d{1,2}\s*[-–—=:→>]+\s*[A-Za-z])(?:[\s,;]+|$)){2,}")


def choices_of(draft: Draft, said: Said | None) -> Parts | Asked | str:
    """Its parts; what has to be said first, or why it is refused."""
    _settle_feedback(draft)
    refused = _refused(draft)
    if refused:
        return refused
    count = len(draft.options)
    right, asked = right_options(draft)
    if asked and said and said.right and all(0 < place <= count for place in said.right):
        right, asked = frozenset(said.right), None
    if asked:
        return asked
    _warn_of_letters(draft)
    several = len(right) > 1 or _asks_for_several(draft)
    if several:
        draft.guess("made it multiple choice: several may be right.")
    return _parts(draft, ["[x]" if place in right else "[ ]" for place in range(1, count + 1)] if several else
                  [round_marker(Fraction(place in right)) for place in range(1, count + 1)])  # fmt: skip


def _refused(draft: Draft) -> str:
    pairs = next((text for _, text in draft.answers if PAIRS.fullmatch(text.strip())), "")
    if pairs:
        return (
            f"“{pairs}” pairs things, and matching is not read from text. Write it as a table: see the question types."
        )
    if len(draft.options) < 2:
        return "it has one choice only. Write each choice on a line of its own, with a letter before it."
    if len(draft.options) > MOST_OPTIONS:
        return f"it has more than {MOST_OPTIONS} choices. Divide it."
    empty = next((option for option in draft.options if not option.text.strip()), None)
    return f"the choice on line {empty.line} has no text." if empty else ""


def _parts(draft: Draft, marks: list[str]) -> Parts:
    pairs = zip(draft.options, marks, strict=True)
    return Parts(
        prompt=paragraphs(draft),
        answers=[choice(option.text, mark, " ".join(option.feedback)) for option, mark in pairs],
        explanation=explanation(draft),
    )


def _asks_for_several(draft: Draft) -> bool:
    return bool(markers.SEVERAL.search(draft.stem_text)) or draft.options[0].style == "box ["


def _settle_feedback(draft: Draft) -> None:
    """What stands below the last option alone is the explanation; below others too it is that option's own."""
    having = [option for option in draft.options if option.feedback]
    if having == draft.options[-1:] and not draft.explanation:
        draft.explanation, draft.options[-1].feedback = [having[0].feedback], []


def _warn_of_letters(draft: Draft) -> None:
    places = [option.place for option in draft.options if option.place]
    for before, place in pairwise(places):
        if place != before + 1:
            draft.warn(
                "the letters of the choices do not go on from one to the next: one may be missing.",
                draft.options[0].line,
            )
            return
