"""Pages in a frame of our own, to see how they look on a narrow screen: without what only staff see.

Only pages of this site may frame them, only for staff, and only where the address asks for it; every address on such
a page asks for it again, so that one can go on in the frame.
"""

from typing import Any

from flask import Flask, g, request

from quizapp.web.access import may

FRAMED = frozenset(
    (
        "learn.show_home", "learn.show_path", "learn.show_module", "learn.show_lesson", "learn.finish_lesson",
        "checks.check_answers", "checks.show_answers", "checks.assess_oneself",
        "quizzes.show_quiz", "quizzes.start_attempt",
        "attempts.show_attempt", "attempts.save_answers", "attempts.submit_attempt", "attempts.assess_oneself",
        "teach.show_lesson", "teach.show_bank", "teach.show_quiz",
    )
)  # fmt: skip
ASKED = "framed"


def set_up(app: Flask) -> None:
    """Note for each request whether its page is for a frame; after it is known who asks."""
    app.before_request(_note)
    app.url_defaults(_go_on)


def is_framed() -> bool:
    """Whether the page is made for a frame."""
    return "framed" in g


def _note() -> None:
    if request.endpoint in FRAMED and request.args.get(ASKED) and may(g.learner, "narrow.show_narrow"):
        g.framed = True


def _go_on(endpoint: str, values: dict[str, Any]) -> None:
    if is_framed() and endpoint in FRAMED:
        values.setdefault(ASKED, "1")
