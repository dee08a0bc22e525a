"""Coming and going: sign up, sign in, sign out, and what to do with a guest's work."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from werkzeug import Response

from quizapp.actions import accounts, people, tokens
from quizapp.actions.accounts import NameTaken, NotSignedIn
from quizapp.actions.addresses import normal_email
from quizapp.actions.passwords import WeakPassword
from quizapp.actions.tries import TooManyTries
from quizapp.errors import NotFound
from quizapp.web import letters
from quizapp.web.forms import AccountForm, SignInForm, SignUpForm, TokenForm
from quizapp.web.links import local_address
from quizapp.web.visitor import begin_session, end_session
from quizapp.web.words import sentence as _
from quizapp.web.words import wait_words

bp = Blueprint("account", __name__, url_prefix="/account")
Page = Response | tuple[str, int]


@bp.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> Page:
    """Make an account; what the guest did so far becomes its."""
    if g.site.settings.access == "invited":
        raise NotFound("Accounts are made by an owner here.")
    if g.learner.account is not None:
        return redirect(_next(), code=HTTPStatus.SEE_OTHER)
    form = SignUpForm()
    if not form.is_sent():
        return show_form("account/sign_up.html", form, next=_next())
    try:
        account = accounts.sign_up(
            g.site.database, form.text("name"), form.text("password"), g.learner.guest, place(), g.now
        )
    except (WeakPassword, NameTaken, TooManyTries) as error:
        return refused("account/sign_up.html", form, error, next=_next())
    begin_session(account)
    email = normal_email(form.text("email"))
    if email:
        letters.send_confirmation(account, email)
        flash(_("Look into your mail: a link there confirms your address."))
    return redirect(_next(), code=HTTPStatus.SEE_OTHER)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page:
    """Sign in; when a guest did something here before, ask what is to become of it."""
    if g.learner.account is not None:
        return redirect(_next(), code=HTTPStatus.SEE_OTHER)
    form = SignInForm()
    if not form.is_sent():
        return show_form("account/sign_in.html", form, next=_next())
    try:
        account = accounts.sign_in(g.site.database, form.text("name"), form.text("password"), place(), g.now)
    except (NotSignedIn, TooManyTries) as error:
        return refused("account/sign_in.html", form, error, next=_next())
    guest = begin_session(account)
    if guest and accounts.work_before(g.site.database, guest):
        session["before"] = guest
        return redirect(url_for("account.merge_work", next=_next()), code=HTTPStatus.SEE_OTHER)
    return redirect(_next(), code=HTTPStatus.SEE_OTHER)


@bp.post("/sign-out")
def sign_out() -> Response:
    """End this session."""
    end_session()
    return redirect(url_for("learn.show_home"), code=HTTPStatus.SEE_OTHER)


@bp.route("/merge", methods=["GET", "POST"])
def merge_work() -> Page:
    """Ask whether what was done on this device before signing in is to be added to the account."""
    form, guest = TokenForm(), str(session.get("before", ""))
    work = accounts.work_before(g.site.database, guest) if guest else None
    if work is None:
        session.pop("before", None)
        return redirect(_next(), code=HTTPStatus.SEE_OTHER)
    if not form.is_sent():
        return show_form("account/merge_work.html", form, work=work, next=_next())
    if request.form.get("answer") == "add":
        accounts.merge_work(g.site.database, g.site.catalogue, guest, g.learner, g.now)
        flash(_("What you did on this device is in your account now."))
    session.pop("before", None)
    return redirect(_next(), code=HTTPStatus.SEE_OTHER)


@bp.route("/owner/<token>", methods=["GET", "POST"])
def become_owner(token: str) -> Page:
    """Make the first account of a site, by the link that `quizapp serve` prints."""
    tokens.require_owner_token(g.site.secret, token, g.now)
    if people.has_owner(g.site.database):
        raise tokens.LinkExpired
    form = SignUpForm()
    if not form.is_sent():
        return show_form("account/become_owner.html", form, token=token)
    try:
        account = accounts.make_first_owner(
            g.site.database, form.text("name"), form.text("password"), g.learner.guest, g.now
        )
    except (WeakPassword, NameTaken) as error:
        return refused("account/become_owner.html", form, error, token=token)
    begin_session(account)
    return redirect(url_for("learn.show_home"), code=HTTPStatus.SEE_OTHER)


def show_form(template: str, form: AccountForm, **values: object) -> tuple[str, int]:
    """A page with a form, as asked for or as it came back."""
    status = HTTPStatus.OK
    if form.errors:
        status = HTTPStatus.BAD_REQUEST if "refused" in g else HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template(template, form=form, **values), int(status)


def refused(template: str, form: AccountForm, error: Exception, **values: object) -> Page:
    """The form once more, with why it could not be taken."""
    if isinstance(error, WeakPassword):
        form.refuse_password(error)
    elif isinstance(error, TooManyTries):
        form.refuse(_("Too many tries. Wait {time}, then try again.", time=wait_words(error.wait)))
        page, _status = show_form(template, form, **values)
        seconds = str(int(error.wait.total_seconds()) + 1)
        return Response(page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": seconds}, mimetype="text/html")
    else:
        form.refuse(_(str(error)))
    return show_form(template, form, **values)


def place() -> str:
    """Where a request comes from, for counting tries."""
    return request.remote_addr or ""


def _next() -> str:
    return local_address(request.values.get("next"))
