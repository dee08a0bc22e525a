"""Who is asking and when: what every request gets in `flask.g`."""

import secrets
from datetime import UTC, datetime

from flask import Flask, current_app, g, request, session

from quizapp.site import Site


def set_up(app: Flask) -> None:
    """Give each request its site, catalogue, time and guest."""
    app.before_request(_prepare)


def _prepare() -> None:
    site: Site = current_app.extensions["quizapp"]
    g.site, g.now = site, datetime.now(UTC)
    if request.endpoint in ("static", "health.show_health"):
        return
    g.catalogue = site.catalogue_for(frozenset(), g.now.astimezone(site.settings.zone).date())
    g.guest = _guest()


def _guest() -> str:
    """The random id of this browser's guest, from its cookie; the cookie is renewed once a day."""
    guest = session.get("guest")
    if not isinstance(guest, str):
        guest = session["guest"] = secrets.token_urlsafe(16)
        session.permanent = True
    today = g.now.date().isoformat()
    if session.get("day") != today:
        session["day"] = today
    return guest
