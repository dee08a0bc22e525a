"""An objective of a module that no question tests."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.coverage import coverage_of
from quizapp.advice.sight import Sight
from quizapp.content.model import Module

INDEX = """---
title: Bread
objectives:
  - rise: Explain what lets dough rise
  - oven: Tell when bread is done
---
"""
BANK = """
## Which gas lets dough rise? {#gas tags=rise}

- (x) Carbon dioxide
  > Right.
- ( ) Oxygen
  > Yeast breathes it.

Yeast sets it free.
"""
MORE = """
## How does a loaf sound that is done? {#sound tags=oven}

- (x) Hollow
  > Right.
- ( ) Dull
  > It is still wet inside.

Knock on its bottom.
"""


class ObjectiveUntested(Advice):
    """No question of the module has the tag of the objective, or, where that has none, any word of it."""

    code: ClassVar[str] = "objective-untested"
    title: ClassVar[str] = "An objective that no question tests"
    message: ClassVar[str] = "No question of this module tests {what}."
    advice: ClassVar[str] = "{mend}"
    example: ClassVar[Example] = Example(BANK, BANK + MORE, around={"m/index.md": INDEX})

    def of_module(self, module: Module, sight: Sight) -> Findings:
        """Of the objectives in its index file; where the module asks nothing at all, once."""
        coverage = coverage_of(module) if module.objectives and module.index else None
        if coverage and not coverage.questions:
            words = {"what": "its objectives", "mend": "Add a check to a lesson, or a bank and a quiz."}
            yield Finding(module.index, sight.key(module.index, "objectives"), words)
            return
        for number, objective in enumerate(coverage.objectives if coverage else ()):
            if not objective.questions:
                mend = f"Give one that does `tags={objective.tag}`" if objective.tag else "Ask for it"
                what = f"“{objective.text}”" if not objective.tag else f"the objective `{objective.tag}`"
                spot = sight.key(module.index, f"objectives.{number}")
                yield Finding(module.index, spot, {"what": what, "mend": f"{mend}, or remove the objective."})
