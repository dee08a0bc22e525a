"""Singular and plural give the key away: "The causes are" before one choice of several things."""

import re
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import only_key, single_choices_of
from quizapp.advice.sight import Sight
from quizapp.advice.wording import words_of
from quizapp.questions.base import Question

END = r"(?:[\s:…._]|\.{3})*$"
# The end of a sentence to complete, or `Which of these are …?`: things are asked for, with an article or without.
THINGS = {
    "plural": re.compile(rf"(?<!/)\b(?:are|were)\b{END}|^which of (?:these|them|the following) are\b", re.IGNORECASE),
    "singular": re.compile(rf"(?<!/)\b(?:is|was)\b{END}|^which of (?:these|them|the following) is\b", re.IGNORECASE),
}
# Other questions may ask for anything: only articles and numbers say then that a choice is a thing.
ANYTHING = {
    "plural": re.compile(
        r"^(?:which|what)(?:\s+\w+)?\s+\w+(?<![su])s\s+(?:are|were|have|do)\b|^what are\b", re.IGNORECASE
    ),
    "singular": re.compile(r"^(?:which|what)(?:\s+\w+)?\s+\w+(?<!s)\s+(?:is|was|has|does)\b|^what is\b", re.IGNORECASE),
}
ONE = frozenset({"a", "an", "one", "each", "this"})
MANY = frozenset({"two", "three", "four", "several", "many", "both", "these", "some"})
MAX_WORDS = 4  # of a choice that is only a thing, and no sentence
JOINS = frozenset({"of", "for", "in", "to", "with", "from", "by", "that", "which", "on", "at", "as", "is", "are"})
END_IN_S = """
physics mathematics economics news series species gas lens bias atlas canvas always iris basis analysis axis
thus yes plus minus virus bus diabetes mars paris texas genetics ethics politics statistics optics windows
"""
NO_PLURALS = frozenset(END_IN_S.split())


class NumberCue(Advice):
    """The key alone agrees in number with what is asked; every distractor clearly does not."""

    code: ClassVar[str] = "number-cue"
    title: ClassVar[str] = "Singular or plural gives the key away"
    message: ClassVar[str] = "What is asked is in the {number}, and of the choices only the right one is."
    advice: ClassVar[str] = "Put all choices in the same number, or ask without one: `is/are`."
    is_english: ClassVar[bool] = True
    example: ClassVar[Example] = Example(
        before="""
## The parts of a flower that make pollen are {#pollen}

- (x) the stamens
  > Right.
- ( ) the ovary
  > It holds the seeds to be.
- ( ) a sepal
  > It guards the bud.

Pollen ripens in the anthers on top of them.
""",
        after="""
## The parts of a flower that make pollen are {#pollen}

- (x) the stamens
  > Right.
- ( ) the ovaries
  > They hold the seeds to be.
- ( ) the sepals
  > They guard the bud.

Pollen ripens in the anthers on top of them.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of a single choice with three choices or more."""
        choices = single_choices_of(question)
        key = only_key(choices)
        if key is None or len(choices) < 3:
            return
        wanted, is_thing = _asked_number(question)
        other = "plural" if wanted == "singular" else "singular"
        texts = [choice.content.text for choice in choices]
        numbers = [_number(text) for text in texts]
        is_sure = is_thing or _is_sure(texts[key]) or all(map(_is_sure, texts[:key] + texts[key + 1 :]))
        if wanted and is_sure and numbers[key] == wanted and numbers.count(other) == len(choices) - 1:
            yield Finding(question.path, sight.question(question), {"number": wanted})


def _asked_number(question: Question) -> tuple[str, bool]:
    """The number that what is asked wants (empty where it does not say), and whether it asks for things."""
    for asked in (question.prompt.text, question.heading.text):
        last = re.split(r"(?<=[.?!])\s+", asked.strip())[-1]
        for patterns, is_thing in ((THINGS, True), (ANYTHING, False)):
            found = [number for number, pattern in patterns.items() if pattern.search(last)]
            if len(found) == 1:
                return found[0], is_thing
    return "", False


def _is_sure(text: str) -> bool:
    """Whether a choice begins with a word that tells its number."""
    first = words_of(text)[:1]
    return bool(first) and first[0] in ONE | MANY


def _number(text: str) -> str:
    """The number of a choice that is a thing; empty where that is not clear."""
    words = words_of(text)
    if not words or words[0] in ONE | MANY:
        return ("singular" if words[0] in ONE else "plural") if words else ""
    cut = next((place for place, word in enumerate(words) if word in JOINS), len(words))
    words = words[:cut]
    if not words or len(words) > MAX_WORDS or not words[-1].isalpha():
        return ""
    head = words[-1]
    if "and" in words:
        return "plural"
    if head in NO_PLURALS or head.endswith(("ss", "us", "is")):
        return ""
    return "plural" if head.endswith("s") and len(head) > 3 else "singular"
