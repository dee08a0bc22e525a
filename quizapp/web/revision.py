"""Another revision of the content, read beside the site: how its author's view is entered, and its own cookie."""

import hashlib
import hmac
from http import HTTPStatus

from flask import Blueprint, g, redirect, url_for
from werkzeug import Response

from quizapp.actions import people, tokens
from quizapp.site import Site
from quizapp.web.visitor import begin_session, forget_before

COOKIE = "quizapp"

bp = Blueprint("revision", __name__)


@bp.get("/revision/<token>")
def enter(token: str) -> Response:
    """Sign in who has the link that `quizapp serve --rev` printed; a site has no such links."""
    if not g.site.settings.revision:
        raise tokens.LinkExpired
    begin_session(people.find_person(g.site.database, tokens.reader_of(g.site.secret, token, g.now)))
    forget_before()
    return redirect(url_for("learn.show_home"), code=HTTPStatus.SEE_OTHER)


def cookie_name(site: Site) -> str:
    """The name of the session's cookie: one host has one jar for all its ports, and the site's own stays as it is."""
    if not site.settings.revision:
        return COOKIE
    return f"{COOKIE}-{hmac.new(site.secret, b'cookie', hashlib.sha256).hexdigest()[:8]}"
