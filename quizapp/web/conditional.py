"""Pages that a browser has already, told so before they are made.

The tag of a page is made of what the page is made of, not of its text: every text holds tokens of its own. Whatever
begins to show on one of these pages has to go into its tag.
"""

import hashlib
import hmac
from http import HTTPStatus
from pathlib import Path

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import generate_csrf
from werkzeug import Response

from quizapp.site import Site

PROGRAM = Path(__file__).parent.parent
PAGES = frozenset(
    ("learn.show_home", "learn.show_path", "learn.show_module", "learn.show_lesson", "progress.show_progress")
)
SHOWN_ONCE = "_flashes"  # Flask's messages, gone with the page that shows them
NEVER_SHOWN = "day"


def set_up(app: Flask, site: Site) -> None:
    """Tag the pages of learning; last of what is asked before a view, because it may answer in its place."""
    app.extensions["quizapp_makings"] = f"{_digest_of_program()}\0{site.settings!r}"
    app.before_request(_answer_unchanged)
    app.after_request(_add_tag)


def _answer_unchanged() -> Response | None:
    is_tagged = request.endpoint in PAGES and request.method in ("GET", "HEAD")
    if not is_tagged or request.query_string or SHOWN_ONCE in session:
        return None
    if "csrf_token" not in session:
        generate_csrf()  # it is made now, so that it stands in the tag of the first page too
    g.tag = _tag()
    return Response(status=HTTPStatus.NOT_MODIFIED) if request.if_none_match.contains_weak(g.tag) else None


def _add_tag(response: Response) -> Response:
    if "tag" in g and response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response.set_etag(g.tag, weak=True)
    return response


def _tag() -> str:
    """The makings of the page asked for: program, content, address, learner, day and session."""
    learner = g.learner
    makings = (
        current_app.extensions["quizapp_makings"],
        g.catalogue.version,
        request.root_path,
        request.path,
        (learner.id, learner.version, learner.account, learner.name, sorted(learner.roles)),
        g.now.astimezone(g.site.settings.zone).date(),
        sorted((name, value) for name, value in session.items() if name != NEVER_SHOWN),
    )
    return hmac.new(g.site.secret, repr(makings).encode(), hashlib.sha256).hexdigest()[:32]


def _digest_of_program() -> str:
    """What changes with a template, style sheet or line of code, also between two versions."""
    files = sorted(file for file in PROGRAM.rglob("*.*") if file.suffix in (".py", ".html", ".css", ".js", ".svg"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
