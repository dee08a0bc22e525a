"""A quiz that is passed by guessing too often, where its author has set no limit of their own."""

from fractions import Fraction
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.sight import Sight
from quizapp.content.guessing import chance_to_guess, in_percent
from quizapp.content.model import Module

LIMIT = Fraction(5, 100)
QUESTIONS = "".join(
    f"""
## Rye number {number} needs sour dough. {{#rye-{number}}}

- {"(x)" if number % 2 else "( )"} True
  > Think of its flour.
- {"( )" if number % 2 else "(x)"} False
  > Think of its flour.

It depends on the flour.
"""
    for number in range(3)
)


class GuessableQuiz(Advice):
    """Who answers at random passes one attempt in more than five of a hundred; all attempts, where they are limited.

    With `guessing:` in the quiz, its author's limit counts instead, which the reader holds (`guessed-too-easily`).
    """

    code: ClassVar[str] = "guessable-quiz"
    title: ClassVar[str] = "A quiz that can be guessed"
    message: ClassVar[str] = "Who answers at random passes this quiz with a chance of {chance}{tries}."
    advice: ClassVar[str] = "Ask more, offer more choices or raise `pass:`; `guessing: {whole}%` says it is meant."
    example: ClassVar[Example] = Example(
        f"---\ntitle: Rye\npass: 60%\n---\n{QUESTIONS}",
        f"---\ntitle: Rye\npass: 60%\nguessing: 100%\n---\n{QUESTIONS}",
        "m/1.quiz.md",
    )  # fmt: skip

    def of_module(self, module: Module, sight: Sight) -> Findings:
        """Of its quizzes with a pass mark."""
        for quiz in module.quizzes:
            guessing = chance_to_guess(quiz) if quiz.settings.guessing is None else None
            attempts = quiz.settings.attempts
            chance = guessing and (guessing.overall if attempts else guessing.once)
            if guessing and chance and chance.value > LIMIT:
                tries = "" if attempts == 1 else f" in {attempts} attempts" if attempts else " in each attempt"
                most = "" if chance.is_exact else "up to "
                words = {
                    "chance": most + in_percent(chance.value),
                    "tries": tries,
                    "whole": min(int(guessing.overall.value * 100) + 1, 100),
                }
                yield Finding(quiz.path, sight.key(quiz.path, "pass"), words)
