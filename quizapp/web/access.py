"""Who may do what: the one table of roles and routes. A route without a row is closed to everybody."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug import Response

from quizapp.store.accounts import ROLES, Role
from quizapp.store.learners import Learner
from quizapp.web.links import here

EVERYBODY = frozenset(ROLES)
GUESTS = frozenset[Role]({"guest"})
SIGNED_IN = EVERYBODY - GUESTS
STAFF = frozenset[Role]({"author", "instructor", "owner"})
AUTHORS = frozenset[Role]({"author", "owner"})
TEACHERS = frozenset[Role]({"instructor", "owner"})
OWNERS = frozenset[Role]({"owner"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Which roles may use a route.

    `is_content`: what it shows depends on who may see the content, and a closed site shows guests none.
    `is_owned`: it names something that belongs to one learner; for any other it does not exist.
    `is_editing`: it is there only where the site lets its content be edited in the browser.
    `typed`: the field with what may have taken long to type: a guest whose session ended is shown it again.
    """

    roles: frozenset[Role]
    is_content: bool = False
    is_owned: bool = False
    is_editing: bool = False
    typed: str = ""


CONTENT = Rule(EVERYBODY, is_content=True)
OWN_CONTENT = Rule(EVERYBODY, is_content=True, is_owned=True)
OPEN = Rule(EVERYBODY)
OWN_NOTICE = Rule(EVERYBODY, is_owned=True)
OWN = Rule(SIGNED_IN)

ACCESS: dict[str, Rule] = {
    "static": OPEN,
    "health.show_health": OPEN,
    "branding.show_colours": OPEN,
    "branding.show_logo": OPEN,
    "branding.show_imprint": OPEN,
    "learn.show_home": CONTENT,
    "learn.show_path": CONTENT,
    "learn.show_module": CONTENT,
    "learn.show_lesson": OWN_CONTENT,
    "learn.finish_lesson": CONTENT,
    "checks.check_answers": OWN_CONTENT,
    "checks.show_answers": OWN_CONTENT,
    "checks.assess_oneself": OWN_CONTENT,
    "quizzes.show_quiz": CONTENT,
    "quizzes.start_attempt": CONTENT,
    "attempts.show_attempt": OWN_CONTENT,
    "attempts.save_answers": OWN_CONTENT,
    "attempts.save_quietly": OWN_CONTENT,
    "attempts.show_state": OWN_CONTENT,
    "attempts.submit_attempt": OWN_CONTENT,
    "attempts.assess_oneself": OWN_CONTENT,
    "disputes.dispute_question": OWN_CONTENT,
    "progress.show_progress": CONTENT,
    "notices.dismiss": OWN_NOTICE,
    "media.show_media": OPEN,  # what it shows is asked of the catalogue; a picture leads nobody to sign in
    "appearance.show_appearance": OPEN,
    "appearance.choose_appearance": OPEN,
    "account.sign_up": OPEN,
    "account.sign_in": OPEN,
    "account.sign_out": OPEN,
    "account.become_owner": OPEN,
    "revision.enter": OPEN,  # the link it wants is signed
    "account.merge_work": OWN,
    "credentials.show_account": OWN,
    "credentials.forgot_password": OPEN,
    "credentials.choose_password": OPEN,
    "credentials.change_password": OWN,
    "credentials.change_email": OWN,
    "credentials.confirm_email": OPEN,
    "credentials.sign_out_everywhere": OWN,
    "credentials.remove_account": OWN,
    "teach.show_overview": Rule(STAFF),
    "teach.show_problems": Rule(AUTHORS),
    "teach.show_lesson": Rule(STAFF),
    "teach.show_bank": Rule(STAFF),
    "teach.show_quiz": Rule(STAFF),
    "paste.show_paste": Rule(AUTHORS, is_editing=True, typed="source"),
    "paste.download_table": Rule(AUTHORS, is_editing=True),
    "exports.show_export": Rule(AUTHORS),
    "exports.download": Rule(AUTHORS),
    "exports.show_paper": Rule(AUTHORS),
    "uploads.show_upload": Rule(AUTHORS, is_editing=True),
    "uploads.show_picture": Rule(AUTHORS, is_editing=True),
    "trees.show_tree": Rule(AUTHORS, is_editing=True),
    "live.show_version": Rule(AUTHORS),
    "live.show_lesson_version": CONTENT,
    "narrow.show_narrow": Rule(STAFF),
    "edit.edit_file": Rule(AUTHORS, is_editing=True, typed="source"),
    "edit.show_preview": Rule(AUTHORS, is_editing=True),
    "edit.add_file": Rule(AUTHORS, is_editing=True),
    "types.show_types": Rule(STAFF),
    "results.show_results": Rule(TEACHERS),
    "results.download_results": Rule(TEACHERS),
    "disputes.show_disputes": Rule(STAFF),
    "disputes.decide": Rule(STAFF),
    "regrade.show_regrade": Rule(TEACHERS),
    "regrade.apply_regrade": Rule(TEACHERS),
    "marking.show_queue": Rule(TEACHERS),
    "marking.mark_text": Rule(TEACHERS),
    "allowances.show_allowances": Rule(TEACHERS),
    "allowances.remove_allowance": Rule(TEACHERS),
    "components.show_components": Rule(STAFF),
    "people.show_accounts": Rule(OWNERS),
    "people.add_account": Rule(OWNERS),
    "people.change_account": Rule(OWNERS),
    "people.make_link": Rule(OWNERS),
    "people.show_link": Rule(OWNERS),
    "people.remove_account": Rule(OWNERS),
}


def set_up(app: Flask) -> None:
    """Ask the table before every view."""
    app.before_request(_require)


def may(learner: Learner, endpoint: str) -> bool:
    """Whether the table lets a learner use a route; templates ask this before they show a link."""
    rule = ACCESS.get(endpoint)
    return rule is not None and bool(rule.roles & learner.roles) and _is_there(rule)


def leads_to_sign_in(learner: Learner, endpoint: str | None) -> bool:
    """Whether a learner who finds nothing at a route may find it after signing in: on a closed site, a guest."""
    rule = ACCESS.get(endpoint or "")
    return bool(rule and rule.is_content and g.site.settings.is_closed and learner.account is None)


def sign_in_first() -> Response:
    """Lead a guest to the sign-in page, and back to the page they asked for."""
    return redirect(url_for("account.sign_in", next=here()), code=HTTPStatus.SEE_OTHER)


def _is_there(rule: Rule) -> bool:
    settings = g.site.settings
    return not rule.is_editing or (settings.editing == "on" and not settings.revision)


def _require() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None  # there is no such route, which is said elsewhere
    rule = ACCESS.get(endpoint)
    if rule is None:
        abort(HTTPStatus.FORBIDDEN)
    if not _is_there(rule):
        abort(HTTPStatus.NOT_FOUND)
    if rule.roles == EVERYBODY and not rule.is_content:
        return None
    if leads_to_sign_in(g.learner, endpoint) and not g.catalogue.modules:
        return sign_in_first()
    if rule.roles & g.learner.roles:
        return None
    return _refuse(rule)


def _refuse(rule: Rule) -> Response:
    """Lead a guest to sign in; tell anybody else that this is not for them."""
    if g.learner.account is not None:
        abort(HTTPStatus.FORBIDDEN)
    if rule.typed and request.form.get(rule.typed):
        abort(HTTPStatus.UNAUTHORIZED)
    return sign_in_first()
