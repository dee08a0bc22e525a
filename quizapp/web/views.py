"""What those who write and teach may do with a page of content: the ways to look at it, and its draw."""

import secrets
from typing import Any

from flask import g, request, url_for

from quizapp.content.model import Bank, Lesson, Quiz
from quizapp.grading.draw import attempt_id_of_draw
from quizapp.web.access import may
from quizapp.web.words import sentence as _

Place = dict[str, Any]
View = tuple[str, str, bool]  # text, address, whether one is there
SHORT = 4  # characters of a draw that tell it from the one before


def views_of_lesson(lesson: Lesson) -> list[View]:
    """The ways to look at a lesson; empty for learners."""
    place: Place = {"module": lesson.module, "lesson": lesson.name}
    return _views(
        [
            (_("As a learner"), url_for("learn.show_lesson", **place), "learn.show_lesson"),
            (_("With key and feedback"), url_for("teach.show_lesson", **place), "teach.show_lesson"),
            *([(_("Next draw"), url_for("learn.show_lesson", **place, draw=new_draw()), "")] if lesson.checks else []),
            (_("Narrow"), url_for("narrow.show_narrow", **place), "narrow.show_narrow"),
        ]
    )


def views_of_quiz(quiz: Quiz) -> list[View]:
    """The ways to look at a quiz; empty for learners."""
    place: Place = {"module": quiz.key.partition("/")[0], "quiz": quiz.name}
    return _views(
        [
            (_("As a learner"), url_for("quizzes.show_quiz", **place), "quizzes.show_quiz"),
            (_("With key and feedback"), url_for("teach.show_quiz", **place), "teach.show_quiz"),
            (_("Narrow"), url_for("narrow.show_narrow", **place), "narrow.show_narrow"),
        ]
    )


def views_of_bank(bank: Bank) -> list[View]:
    """The ways to look at a bank."""
    module, _slash, name = bank.key.partition("/")
    place: Place = {"module": module, "bank": name}
    return _views(
        [
            (_("With key and feedback"), url_for("teach.show_bank", **place), "teach.show_bank"),
            (_("Narrow"), url_for("narrow.show_narrow", **place), "narrow.show_narrow"),
        ]
    )


def draw_asked() -> str:
    """The draw of its checks that a page is asked for, by those who teach; a new one where it names none.

    Empty for learners: theirs is a new one with each page, and nobody chooses it.
    """
    if not may(g.learner, "teach.show_lesson"):
        return ""
    return request.args.get("draw", "")[:32] or new_draw()


def draw_words() -> str:
    """What a draw that the address names is called."""
    draw = request.args.get("draw", "")
    return _("Draw {name}", name=draw[:SHORT]) if draw and may(g.learner, "teach.show_lesson") else ""


def new_draw() -> str:
    """A name for a draw that nobody has seen."""
    return secrets.token_hex(4)


def attempt_id_for(draw: str, check_key: str) -> str:
    """The attempt that a check belongs to in a draw of this learner; random where the draw has no name."""
    if not draw:
        return secrets.token_urlsafe(16)
    return attempt_id_of_draw(g.site.secret, draw, g.learner.id, check_key)


def _views(rows: list[tuple[str, str, str]]) -> list[View]:
    if not may(g.learner, "teach.show_overview") or "framed" in g:
        return []
    found = [(text, address, endpoint == request.endpoint) for text, address, endpoint in rows]
    return [*found, (_("All content"), url_for("teach.show_overview"), False)]
