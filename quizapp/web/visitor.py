"""Who is asking and when: what every request gets in `flask.g`."""

import secrets
from datetime import UTC, datetime

from flask import Flask, current_app, g, request, session

from quizapp.content.visibility import Viewer
from quizapp.site import Site
from quizapp.store import learners
from quizapp.store.accounts import Account
from quizapp.store.database import Connection
from quizapp.store.learners import Learner

UNTRACKED = ("static", "health.show_health", "branding.show_colours", "branding.show_logo")
KEPT = ("theme", "contrast")  # what belongs to the browser, whoever signs in


def set_up(app: Flask) -> None:
    """Give each request its site, time, learner and catalogue."""
    app.before_request(_prepare)


def begin_session(account: Account) -> None:
    """Sign in, in a session that shares nothing with the one before but the guest, of whom `guest_before` tells."""
    guest = guest_before() or session.get("guest", "")
    _renew_session()
    session["account"], session["epoch"] = account.id, account.epoch
    if guest:
        session["before"] = guest


def end_session() -> None:
    """Sign out: the browser is a guest's, the one before if nobody said yet what is to become of their work."""
    guest = guest_before()
    _renew_session()
    if guest:
        session["guest"] = guest


def guest_before() -> str:
    """Who was here before somebody signed in, until it is settled whose work that is; empty for nobody."""
    return str(session.get("before", ""))


def forget_before() -> None:
    """It is settled whose work that of the guest before is."""
    session.pop("before", None)


def _renew_session() -> None:
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
    session.permanent = True


def _prepare() -> None:
    site: Site = current_app.extensions["quizapp"]
    g.site, g.now, g.learner = site, datetime.now(UTC), Learner()  # a page about a fault needs somebody to speak to
    if request.endpoint in UNTRACKED:
        return
    with site.database.reading() as connection:
        g.learner = _signed_in(connection) or _guest(connection)
    viewer = viewer_of(g.learner, site.settings.is_closed)
    g.catalogue = site.catalogue_for(viewer, g.now.astimezone(site.settings.zone).date())
    today = g.now.date().isoformat()
    if session.get("day") != today:  # the cookie is renewed once a day
        session["day"] = today


def viewer_of(learner: Learner, is_closed: bool) -> Viewer:
    """What a learner may see of the content."""
    is_known = learner.account is not None
    return Viewer(
        belongs_to=frozenset({"signed-in"} if is_known else ()),
        is_admitted=is_known or not is_closed,
        is_staff=bool(learner.roles & {"author", "instructor", "owner"}),
        is_author=bool(learner.roles & {"author", "owner"}),
    )


def _signed_in(connection: Connection) -> Learner | None:
    """The learner whose account this session is of; a session that was ended elsewhere begins anew."""
    account, epoch = session.get("account"), session.get("epoch")
    if not isinstance(account, int) or not isinstance(epoch, int):
        return None
    learner = learners.find_signed_in(connection, account, epoch)
    if learner is None:
        end_session()
    return learner


def _guest(connection: Connection) -> Learner:
    """The guest of this browser, by the random id in its cookie, which is made at the first visit."""
    guest = session.get("guest")
    if isinstance(guest, str):
        return learners.find_guest(connection, guest)
    session["guest"] = secrets.token_urlsafe(16)
    session.permanent = True
    return Learner(session["guest"])
