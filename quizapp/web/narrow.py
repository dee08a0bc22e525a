"""How a page looks on a narrow screen: the page itself, in a frame of that width."""

from typing import Any

from flask import Blueprint, g, make_response, render_template, request, url_for
from werkzeug import Response

from quizapp.content.model import Bank, Lesson, Quiz
from quizapp.web.framing import ASKED
from quizapp.web.headers import policy
from quizapp.web.rooms import sections
from quizapp.web.views import View, views_of_bank, views_of_lesson, views_of_quiz

bp = Blueprint("narrow", __name__, url_prefix="/teach/modules/<module>")
WIDTHS = (320, 360, 414, 768)
WIDTH = 360


@bp.get("/<lesson>/narrow")
@bp.get("/banks/<bank>/narrow")
@bp.get("/quizzes/<quiz>/narrow")
def show_narrow(module: str, lesson: str = "", bank: str = "", quiz: str = "") -> Response:
    """A lesson or quiz as a learner sees it, or a bank, at one of a few widths."""
    title, address, views = _found(module, lesson, bank, quiz)
    asked = request.args.get("width", WIDTH, type=int)
    page = render_template(
        "narrow/show_narrow.html",
        title=title,
        address=address,
        views=views,
        width=asked if asked in WIDTHS else WIDTH,
        widths=WIDTHS,
        place=request.view_args,
        rows=sections(),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = policy(frame_src="'self'")
    return response


def _found(module: str, lesson: str, bank: str, quiz: str) -> tuple[str, str, list[View]]:
    """The title of what is at an address, its page for a frame, and its views. Raises NotFound."""
    framed: dict[str, Any] = {"module": module, ASKED: "1"}
    if bank:
        found_bank: Bank = g.catalogue.bank(f"{module}/{bank}")
        return found_bank.title, url_for("teach.show_bank", bank=bank, **framed), views_of_bank(found_bank)
    if quiz:
        found_quiz: Quiz = g.catalogue.quiz(f"{module}/{quiz}")
        return found_quiz.title, url_for("quizzes.show_quiz", quiz=quiz, **framed), views_of_quiz(found_quiz)
    found: Lesson = g.catalogue.module(module).lesson(lesson)
    return found.title, url_for("learn.show_lesson", lesson=lesson, **framed), views_of_lesson(found)
