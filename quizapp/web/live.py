"""Pages that show a change by themselves: what they ask, and what a page says of itself so that it can ask.

The pages of authors show what was saved in a file; those of learners only say that there is something new, since
nobody's half-filled check may be disturbed.
"""

import hashlib
import hmac

from flask import Blueprint, g, request
from werkzeug import Response

from quizapp.content.model import Catalogue, Check, Lesson
from quizapp.site import Site
from quizapp.web.access import may

bp = Blueprint("live", __name__)
LIVE = frozenset(
    (
        "learn.show_home", "learn.show_path", "learn.show_module", "learn.show_lesson", "quizzes.show_quiz",
        "teach.show_overview", "teach.show_problems", "teach.show_lesson", "teach.show_bank", "teach.show_quiz",
    )
)  # fmt: skip


@bp.get("/teach/version")
def show_version() -> Response:
    """The version of the catalogue; who `knows` another than this worker has it look at the files first."""
    site: Site = g.site
    if request.args.get("known") != site.catalogue.version:
        site.look_again()
    return _short(site.catalogue.version)


@bp.get("/modules/<module>/<lesson>/version")
def show_lesson_version(module: str, lesson: str) -> Response:
    """The version of a lesson as this learner sees it. Raises NotFound."""
    catalogue: Catalogue = g.catalogue
    return _short(lesson_version(catalogue.module(module).lesson(lesson)))


def is_live() -> bool:
    """Whether the page that is asked for follows the files: one of content, before somebody who writes it."""
    return request.method == "GET" and request.endpoint in LIVE and may(g.learner, "live.show_version")


def lesson_version(lesson: Lesson) -> str:
    """What changes when anything does that may be shown of a lesson; it tells nothing else, least of all the key."""
    makings = (lesson.title, lesson.minutes, lesson.lang, [_makings(part) for part in lesson.parts])
    return hmac.new(g.site.secret, f"lesson {makings!r}".encode(), hashlib.sha256).hexdigest()[:16]


def _makings(part: "str | Check") -> object:
    if isinstance(part, str):
        return part
    pools = [(entry.count, [question.fingerprint for question in entry.pool]) for entry in part.entries]
    return part.name, part.title, part.introduction, pools


def _short(text: str) -> Response:
    """A few characters that a browser keeps, and asks again about."""
    response = Response(text, mimetype="text/plain")
    response.set_etag(text)
    return response.make_conditional(request)
