"""A part of a lesson that no question of its module comes back to."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.coverage import Part, coverage_of, questions_of
from quizapp.advice.objective_untested import BANK
from quizapp.advice.sight import Sight
from quizapp.content.model import Module

LEAST_WORDS = 60  # of a part that could be asked about
LEAST_QUESTIONS = 3  # of a module that tests what it tells
GLUTEN = "When flour gets wet, two of its proteins join to a net that stretches and holds what bubbles up. "
LESSON = "# Dough\n\n## Gas from yeast\n\n" + "Yeast eats sugar and sets carbon dioxide free, a gas. " * 9
LESSON += "\n\n## The net of gluten\n\n" + GLUTEN * 5 + "\n"
MORE = """
## What does yeast eat? {#eats}

- (x) Sugar
  > Right.
- ( ) Salt
  > It slows yeast down.

It comes from the starch.

## What slows yeast down? {#slow}

- (x) Cold
  > Right.
- ( ) Darkness
  > It does not mind.

A night in the fridge gives taste.
"""
ASKED = """
## What holds the bubbles in dough? {#net}

- (x) A net of gluten
  > Right.
- ( ) Its crust
  > There is none yet.

Proteins join to it.
"""


class HeadingUntested(Advice):
    """No question links to it, has its anchor as a tag, or shares some words with it that are its own."""

    code: ClassVar[str] = "heading-untested"
    title: ClassVar[str] = "A heading that no question covers"
    message: ClassVar[str] = "No question of this module comes back to “{title}”."
    advice: ClassVar[str] = "Ask about it in a check or a quiz; `tags={anchor}` says that a question does."
    example: ClassVar[Example] = Example(BANK + MORE, BANK + MORE + ASKED, "m/2.bank.md", {"m/1.md": LESSON})

    def of_module(self, module: Module, sight: Sight) -> Findings:
        """Of the parts of its lessons, where the module asks questions at all."""
        if len(questions_of(module)) < LEAST_QUESTIONS or not any(lesson.headings for lesson in module.lessons):
            return
        for part in coverage_of(module).parts:
            if not part.is_touched and part.words >= LEAST_WORDS:
                yield Finding(part.lesson.path, _spot(part, sight), {"title": part.title, "anchor": part.anchor})


def _spot(part: Part, sight: Sight) -> tuple[int, int]:
    return sight.heading(part.lesson.path, part.title)
