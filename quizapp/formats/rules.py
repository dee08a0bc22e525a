"""What a quiz says beyond its questions, on the way to a format that may not hold it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from quizapp.content.banks import settings_of
from quizapp.content.front_matter import FrontMatter
from quizapp.content.model import Quiz, QuizSettings, Reveal
from quizapp.content.values import ASPECTS
from quizapp.questions.base import Question, QuestionType

MOST_MINUTES, MOST_ATTEMPTS = 9999, 1000  # that the front matter of a quiz takes
KEY_HIDDEN = Reveal("after-submit", "after-submit", "after-submit", "never")
UNSAID = settings_of(FrontMatter())  # how a quiz is taken that says nothing
# What may be said of how a quiz is taken, by its key in front matter.
SETTINGS: dict[str, Callable[[QuizSettings], object]] = {
    "pass": lambda said: said.pass_mark,
    "time": lambda said: said.minutes,
    "attempts": lambda said: said.attempts,
    "keep": lambda said: said.keep,
    "reveal": lambda said: said.reveal,
    "hints": lambda said: said.has_hints,
    "delay": lambda said: said.delay,
    "opens": lambda said: said.opens,
    "closes": lambda said: said.closes,
    "pages": lambda said: said.pages,
    "navigation": lambda said: said.navigation,
    "confidence": lambda said: said.asks_confidence,
    "hint-cost": lambda said: said.hint_cost,
    "guessing": lambda said: said.guessing,
}


def reveal_text(reveal: Reveal) -> str:
    """When what is shown, as front matter has it."""
    return "{" + ", ".join(f"{name}: {getattr(reveal, name)}" for name in ASPECTS) + "}"


@dataclass(frozen=True, slots=True)
class Part:
    """What a quiz asks at one place: all of the questions in their order, or `count` of them, drawn."""

    questions: tuple[Question, ...]
    count: int | None = None


def unheld(quiz: Quiz, held: Collection[str] = ()) -> list[str]:
    """What a format loses of the rules of a quiz, but for what it has `held`: settings, `draw`, `introduction`.

    A setting is only lost where it is another one than that of a quiz which says nothing.
    """
    lost = [f"`{name}`" for name, of in SETTINGS.items() if name not in held and of(quiz.settings) != of(UNSAID)]
    told = [f"its {_listed(lost)} {'are' if len(lost) > 1 else 'is'} left out."] if lost else []
    everything = len(quiz.questions)
    if "draw" not in held and quiz.drawn < everything:
        told.append(f"that it asks {quiz.drawn} of {everything} questions is left out: all of them are there.")
    if "introduction" not in held and quiz.introduction:
        told.append("its introduction is left out.")
    return told


def parts_of(quiz: Quiz) -> tuple[list[Part], list[str]]:
    """What it asks, place by place, each question at one place only, and sentences on what is lost by that.

    A question that several draws may give is taken where the fewest are to be drawn from, as an attempt does.
    """
    left: dict[int, tuple[Question, ...]] = {}
    taken: set[str] = set()
    told = []
    for number in sorted(range(len(quiz.entries)), key=lambda one: len(quiz.entries[one].pool)):
        pool = quiz.entries[number].pool
        left[number] = tuple(question for question in pool if question.key not in taken)
        taken |= {question.key for question in pool}
        if len(left[number]) < len(pool):
            told.append(f"of questions that stand in several draws ({len(pool) - len(left[number])}) one has each.")
    drawn = [_part(left[number], entry.count) for number, entry in enumerate(quiz.entries)]
    return _joined([part for part in drawn if part.questions]), told


def _part(questions: tuple[Question, ...], count: int) -> Part:
    return Part(questions, count if count < len(questions) else None)


def _joined(parts: Sequence[Part]) -> list[Part]:
    """The same, questions that are asked one after the other as one part."""
    found: list[Part] = []
    for part in parts:
        if found and part.count is None and found[-1].count is None:
            found[-1] = Part(found[-1].questions + part.questions)
        else:
            found.append(part)
    return found


def keeps_order(kind: QuestionType) -> bool:
    """Whether choices of a type can be told to keep their order: true and false do so always."""
    texts = sorted(choice.content.text.strip().lower() for choice in getattr(kind, "choices", ()))
    return kind.name in ("single", "multiple") and texts != ["false", "true"]


def is_unshuffled(questions: Sequence[Question]) -> bool:
    """Whether all of them keep the order of their choices, of those that can: what some formats say of a whole test."""
    able = [question for question in questions if keeps_order(question.type)]
    others = (question for question in questions if not keeps_order(question.type))
    return bool(able) and not any(one.shuffle for one in able) and all(one.shuffle for one in others)


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
