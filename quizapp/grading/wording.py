"""Right answers and settings in words, as their authors write them."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from quizapp.content.model import Lesson, Quiz, Reveal, Visibility
from quizapp.grading.differences import Setting
from quizapp.questions.base import Answer, Question, decimal_text, label_of

SHOWN_WORDS = ("void", "survey", "draft")


def right_answers(question: Question) -> tuple[str, ...]:
    """What earns something in a question, each in words; an order is numbered."""
    found = [_said(answer) for answer in question.type.answers if answer.credit]
    is_order = question.type.key_is_an_order
    return tuple(f"{number}. {said}" if is_order else said for number, said in enumerate(found, start=1))


def _said(answer: Answer) -> str:
    text = answer.typed or label_of(answer.content)
    text = f"pattern {text}" if answer.is_pattern else text
    text = f"{text} → {label_of(answer.goes_with)}" if answer.goes_with else text
    text = f"[{answer.blank}] {text}" if answer.blank else text
    return text if answer.credit is None or answer.credit == 1 else f"{text} ({percent(answer.credit)})"


def percent(share: Fraction) -> str:
    """A share as authors write it: 82.5%."""
    return f"{float(share * 100):.6g}%"


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Setting, ...]:
    """The settings that have another value."""
    return tuple(
        Setting(name, before[name], value) for name, value in after.items() if name in before and before[name] != value
    )


def question_settings(question: Question) -> dict[str, str]:
    """What the attribute list of a question says beside its name and type."""
    return {
        "points": decimal_text(question.points),
        "tries": ",".join(decimal_text(worth * 100) for worth in question.tries) or "100 each",
        "shuffle": _yes(question.shuffle),
        "tags": ",".join(question.tags) or "none",
        **{f".{word}": _yes(word in question.words) for word in SHOWN_WORDS},
    }


def lesson_settings(lesson: Lesson) -> dict[str, str]:
    """When a lesson is completed, and who sees it."""
    share = {"pass": percent(lesson.pass_mark)} if lesson.complete == "pass" else {}
    return {"complete": lesson.complete, **share, **visibility_settings(lesson.visibility)}


def quiz_settings(quiz: Quiz) -> dict[str, str]:
    """How a quiz is taken, what it draws from how many, and who sees it."""
    said = quiz.settings
    pool = {question.key for entry in quiz.entries for question in entry.pool}
    return {
        "pass": _share(said.pass_mark),
        "time": "none" if said.minutes is None else f"{said.minutes} min",
        "attempts": "unlimited" if said.attempts is None else str(said.attempts),
        "delay": _span(said.delay),
        "keep": said.keep,
        "opens": str(said.opens or "none"),
        "closes": str(said.closes or "none"),
        "reveal": _reveal(said.reveal),
        "pages": said.pages,
        "navigation": said.navigation,
        "hints": _yes(said.has_hints),
        "hint-cost": percent(said.hint_cost),
        "confidence": _yes(said.asks_confidence),
        "guessing": _share(said.guessing),
        "questions": f"{quiz.drawn} of {len(pool)}",
        **visibility_settings(quiz.visibility),
    }


def visibility_settings(visibility: Visibility) -> dict[str, str]:
    """Who sees something, and when."""
    return {
        "draft": str(visibility.is_draft).lower(),
        "publish": str(visibility.publish or "none"),
        "audience": ", ".join(sorted(visibility.audiences)) or "everybody",
    }


def _reveal(reveal: Reveal) -> str:
    said = {"marks": reveal.marks, "feedback": reveal.feedback, "explanation": reveal.explanation, "key": reveal.key}
    words = set(said.values())
    return words.pop() if len(words) == 1 else ", ".join(f"{part}: {when}" for part, when in said.items())


def _share(share: Fraction | None) -> str:
    return "none" if share is None else percent(share)


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{minutes} min" if minutes else "none"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
