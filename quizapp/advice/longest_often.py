"""In a whole file the longest choice is right more often than chance has it, although none stands out by itself."""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.chance import SURE, at_least
from quizapp.advice.items import only_key, single_choices_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

CLEAR = Fraction(11, 10)  # times the next: less is not seen
SHARE = Fraction(2, 3)  # of the questions; a lesser bias helps nobody much

WRONG = "- ( ) Short {number}\n  > No.\n", "- ( ) Sour {number}\n  > No.\n"
RIGHT = "- (x) Longer in words {number}\n  > Yes.\n"
ROWS = ((RIGHT, *WRONG), (WRONG[0], RIGHT, WRONG[1]), (*WRONG, RIGHT))
ASKED = "\n## What does word {number} stand for? {{#w{number}}}\n\n"
BEFORE = "".join(
    "".join((ASKED, *ROWS[number % 3], "\nSee page {number}.\n")).format(number=number) for number in range(12)
)


class LongestOften(Advice):
    """The longest choice is the key in so many questions of a file that no chance explains it (exact binomial test)."""

    code: ClassVar[str] = "longest-often"
    title: ClassVar[str] = "The longest choice is often the key"
    message: ClassVar[str] = "In {found} of {all} questions the longest choice is right, which hands out points."
    advice: ClassVar[str] = "Shorten right choices, or write some distractors that are as long."
    example: ClassVar[Example] = Example(BEFORE, BEFORE.replace("Short", "Shorter than others"))

    def of_questions(self, questions: Sequence[Question], sight: Sight) -> Findings:
        """Of the single choices with three choices or more."""
        chances, first = list[Fraction](), dict[str, Question]()
        found = 0
        for question in questions:
            choices = single_choices_of(question)
            key = only_key(choices)
            if key is None or len(choices) < 3:
                continue
            chances.append(Fraction(1, len(choices)))
            lengths = [len(choice.content.text) for choice in choices]
            others = max(length for place, length in enumerate(lengths) if place != key)
            if lengths[key] >= CLEAR * others and lengths[key] > others + 1:
                found += 1
                first.setdefault("", question)
        if chances and found >= SHARE * len(chances) and at_least(found, chances) < SURE:
            question = first[""]
            yield Finding(question.path, sight.question(question), {"found": found, "all": len(chances)})
