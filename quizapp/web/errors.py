"""From an exception to a page with the right status; views contain no `try` for these."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug import Response
from werkzeug.exceptions import HTTPException

from quizapp.actions.tokens import LinkExpired
from quizapp.errors import NotFound, QuizappError
from quizapp.web import attempts, checks, edit
from quizapp.web.access import leads_to_sign_in, sign_in_first
from quizapp.web.links import moved_address
from quizapp.web.words import sentence as _

STATUS: dict[type[QuizappError], HTTPStatus] = {NotFound: HTTPStatus.NOT_FOUND, LinkExpired: HTTPStatus.GONE}
Page = tuple[str, int] | Response


def set_up(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(QuizappError, _show_ours)
    app.register_error_handler(CSRFError, _show_csrf)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(HTTPStatus.INTERNAL_SERVER_ERROR, _show_fault)


def _show_ours(error: QuizappError) -> Page:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
    if status == HTTPStatus.NOT_FOUND:
        moved = moved_address() if request.method == "GET" else ""
        if moved:
            return redirect(moved, code=HTTPStatus.MOVED_PERMANENTLY)
        if leads_to_sign_in(g.learner, request.endpoint):  # everything there may be is behind the same door
            return sign_in_first()
        if request.endpoint == "learn.show_lesson" and "attempt" in request.args:
            text = _("An address with answers in it opens only for who gave them, while they are signed in.")
            return _page(status, _("These answers are not here"), text, lesson=_without_attempt())
        return _page(status, _("Nothing is here"), _missing())
    is_link = isinstance(error, LinkExpired)
    title = _("This link is no longer good") if is_link else _("That did not work")
    return _page(status, title, _(str(error)), is_link=is_link)


def _show_http(error: HTTPException) -> Page:
    status = HTTPStatus(error.code or 500)
    if status == HTTPStatus.UNAUTHORIZED:  # what a guest typed while their session held
        return edit.show_signed_out()
    titles = {
        HTTPStatus.NOT_FOUND: (_("Nothing is here"), _missing()),
        HTTPStatus.FORBIDDEN: (
            _("This page is not open to you"),
            _("It is for those who teach, write or run this site. An owner can give you the role."),
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: (
            _("This page cannot be used that way"),
            _("Go back to the lesson and use its buttons."),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            _("That is too large"),
            _("What was sent is larger than this site takes. Go back: what you gave is still on the page."),
        ),
    }
    title, text = titles.get(status, (_("That did not work"), str(error.description or status.phrase)))
    return _page(status, title, text)


def _show_csrf(error: CSRFError) -> Page:
    """A form without a valid token: a check or form is shown again as it was filled in, anything else says what to do.

    A view that shows a form and takes it asks the form `is_sent`, which is never so for one that was refused.
    """
    text = _("You signed in or out since this page was opened, or it is old. What you gave is here: send it again.")
    if request.endpoint == "checks.check_answers":
        try:
            return checks.show_again(HTTPStatus.BAD_REQUEST, text)
        except QuizappError as ours:
            return _show_ours(ours)
    if request.endpoint in ("attempts.save_answers", "attempts.submit_attempt"):
        with suppress(NotFound):  # it is another's, or the cookie is gone and with it the guest
            return attempts.show_again(text)
    if request.endpoint == "account.sign_out" and _is_guest():  # signed out before, in another tab
        return redirect(url_for("learn.show_home"), code=HTTPStatus.SEE_OTHER)
    rule = request.url_rule
    if rule is not None and "GET" in (rule.methods or ()):
        g.refused = text
        try:
            # Flask types a view by all that one may return; ours return a page.
            view: Callable[..., Page] = current_app.view_functions[rule.endpoint]  # type: ignore[assignment]
            return view(**(request.view_args or {}))
        except QuizappError as ours:
            return _show_ours(ours)
    return _page(HTTPStatus.BAD_REQUEST, _("That did not work"), text)


def _show_fault(error: Exception) -> Page:
    text = _("This is our fault, not yours. Go back and try again; what was saved is safe.")
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong here"), text)


def _missing() -> str:
    return _("There is no page at this address, or it is not open to you. Perhaps it was moved or renamed.")


def _without_attempt() -> str:
    return url_for("learn.show_lesson", **(request.view_args or {}))


def _page(status: HTTPStatus, title: str, text: str, *, is_link: bool = False, lesson: str = "") -> Page:
    offers_sign_in = status == HTTPStatus.NOT_FOUND and _is_guest()
    page = render_template(
        "error.html", title=title, text=text, offers_sign_in=offers_sign_in, is_link=is_link, lesson=lesson
    )
    return page, int(status)


def _is_guest() -> bool:
    return bool(g.learner.account is None)
