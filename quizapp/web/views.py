"""What those who write and teach may do with a page of content: the ways to look at it, and its draw."""

import hashlib
import secrets
from typing import Any

from flask import g, request, url_for

from quizapp.content.model import Bank, Lesson, Quiz
from quizapp.grading.draw import attempt_id_of_draw
from quizapp.web.access import may
from quizapp.web.framing import is_framed
from quizapp.web.words import sentence as _

Place = dict[str, Any]
View = tuple[str, str, bool]  # text, address, whether one is there
LONGEST, SHORT = 8, 4  # characters of a draw, and those that tell it from the one before


def views_of_lesson(lesson: Lesson, draw: str = "") -> list[View]:
    """The ways to look at a lesson, of which a page may show a draw; empty for learners."""
    if not _may_look():
        return []
    place: Place = {"module": lesson.module, "lesson": lesson.name}
    following = url_for("learn.show_lesson", **place, draw=next_draw(draw))
    return _views(
        [
            (_("As a learner"), url_for("learn.show_lesson", **place), "learn.show_lesson"),
            (_("With key and feedback"), url_for("teach.show_lesson", **place), "teach.show_lesson"),
            *([(_("Next draw"), following, "")] if lesson.checks else []),
            (_("Narrow"), url_for("narrow.show_narrow", **place), "narrow.show_narrow"),
            *_download("lessons", lesson.module, lesson.name if lesson.checks else ""),
        ],
        lesson.path,
    )


def views_of_quiz(quiz: Quiz) -> list[View]:
    """The ways to look at a quiz; empty for learners."""
    if not _may_look():
        return []
    place: Place = {"module": quiz.key.partition("/")[0], "quiz": quiz.name}
    return _views(
        [
            (_("As a learner"), url_for("quizzes.show_quiz", **place), "quizzes.show_quiz"),
            (_("With key and feedback"), url_for("teach.show_quiz", **place), "teach.show_quiz"),
            (_("Narrow"), url_for("narrow.show_narrow", **place), "narrow.show_narrow"),
            *_download("quizzes", place["module"], quiz.name),
        ],
        quiz.path,
    )


def views_of_bank(bank: Bank) -> list[View]:
    """The ways to look at a bank."""
    module, _slash, name = bank.key.partition("/")
    place: Place = {"module": module, "bank": name}
    return _views(
        [
            (_("With key and feedback"), url_for("teach.show_bank", **place), "teach.show_bank"),
            (_("Narrow"), url_for("narrow.show_narrow", **place), "narrow.show_narrow"),
            *_download("banks", module, name),
        ],
        bank.path,
    )


def draw_asked() -> str:
    """The draw of its checks that a page is asked for, by those who teach; a new one where it names none.

    Empty for learners: theirs is a new one with each page, and nobody chooses it.
    """
    if not may(g.learner, "teach.show_lesson"):
        return ""
    return request.args.get("draw", "")[:LONGEST] or secrets.token_hex(LONGEST // 2)


def next_draw(draw: str) -> str | None:
    """The draw that follows one, always the same; None where a page shows none: the next page has one anyway."""
    return hashlib.sha256(draw.encode()).hexdigest()[:LONGEST] if draw else None


def draw_words(lesson: Lesson, draw: str) -> str:
    """What the draw of a page is called, where there is something to draw."""
    return _("Draw {name}", name=draw[:SHORT]) if draw and lesson.checks and not is_framed() else ""


def attempt_id_for(draw: str, check_key: str) -> str:
    """The attempt that a check belongs to in a draw of this learner; random where the draw has no name."""
    if not draw:
        return secrets.token_urlsafe(16)
    return attempt_id_of_draw(g.site.secret, draw, g.learner.id, check_key)


def _may_look() -> bool:
    """Whether somebody has more than one way to look at a page; a page in a frame is itself one of them."""
    return may(g.learner, "teach.show_overview") and not is_framed()


def _download(kind: str, module: str, name: str) -> list[tuple[str, str, str]]:
    """The way to take questions elsewhere, for who may; a file has every key in it."""
    if not name or not may(g.learner, "exports.show_export"):
        return []
    there = url_for("exports.show_export", kind=kind, module=module, name=name)
    return [(_("Download"), there, "exports.show_export")]


def _views(rows: list[tuple[str, str, str]], path: str) -> list[View]:
    """The ways to look at what the file at a path became, and to change it."""
    found = [(text, address, endpoint == request.endpoint) for text, address, endpoint in rows]
    edit = [(_("Edit"), url_for("edit.edit_file", path=path), False)] if may(g.learner, "edit.edit_file") else []
    return [*found, *edit, (_("All content"), url_for("teach.show_overview"), False)]
