"""One's own account: passwords, the address, sessions, and its end."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug import Response

from quizapp.actions import accounts, credentials
from quizapp.actions.accounts import NameTaken, NotSignedIn
from quizapp.actions.addresses import normal_email
from quizapp.actions.credentials import LastOwner
from quizapp.actions.passwords import WeakPassword
from quizapp.actions.tries import TooManyTries
from quizapp.web import letters
from quizapp.web.account import Page, enter, place, refused, show_form
from quizapp.web.forms import (
    ChangePasswordForm,
    ChoosePasswordForm,
    EmailForm,
    ForgotForm,
    PasswordForm,
    TokenForm,
)
from quizapp.web.visitor import begin_session, end_session, guest_before
from quizapp.web.words import sentence as _

bp = Blueprint("credentials", __name__, url_prefix="/account")


@bp.get("/")
def show_account() -> Page:
    """What there is to know and to change about one's account."""
    account = credentials.own_account(g.site.database, g.learner)
    before = accounts.work_before(g.site.database, guest_before())
    return show_form("credentials/show_account.html", TokenForm(), account=account, before=before, has_mail=_has_mail())


@bp.route("/password", methods=["GET", "POST"])
def change_password() -> Page:
    """Replace one's password; every other session ends."""
    form, template = ChangePasswordForm(), "credentials/change_password.html"
    if not form.is_sent():
        return show_form(template, form)
    try:
        account = credentials.change_password(
            g.site.database, g.site.name, g.learner, form.text("current"), form.text("new"), place(), g.now
        )
    except (NotSignedIn, WeakPassword, TooManyTries) as error:
        return refused(template, form, error)
    begin_session(account)
    flash(_("Your password is changed. Other devices are signed out."))
    return _to_account()


@bp.route("/forgot", methods=["GET", "POST"])
def forgot_password() -> Page:
    """Ask for a new password; the answer is the same whether there is such an account or not."""
    form, template = ForgotForm(), "credentials/forgot_password.html"
    if not form.is_sent():
        return show_form(template, form, is_asked=False, has_mail=_has_mail())
    try:
        account = credentials.ask_for_password(g.site.database, form.text("name"), place(), g.now)
    except TooManyTries as error:
        return refused(template, form, error, is_asked=False, has_mail=_has_mail())
    if account and account.email:
        letters.send_password_link(account)
    return show_form(template, form, is_asked=True, has_mail=_has_mail())


@bp.route("/password/<token>", methods=["GET", "POST"])
def choose_password(token: str) -> Page:
    """Set a password by a link, and sign in."""
    account = credentials.account_of_link(g.site.database, g.site.secret, token, g.now)
    form, template = ChoosePasswordForm(), "credentials/choose_password.html"
    if not form.is_sent():
        return show_form(template, form, account=account, signed=token)
    try:
        account = credentials.choose_password(
            g.site.database, g.site.name, g.site.secret, token, form.text("new"), g.now
        )
    except WeakPassword as error:
        return refused(template, form, error, account=account, signed=token)
    went_on = enter(account, url_for("learn.show_home"))
    flash(_("Your password is set, and you are signed in."))
    return went_on


@bp.route("/email", methods=["GET", "POST"])
def change_email() -> Page:
    """Name an address, which a mail then asks to confirm; none takes it away."""
    account = credentials.own_account(g.site.database, g.learner)
    form, template = EmailForm(email=account.email), "credentials/change_email.html"
    if not form.is_sent():
        return show_form(template, form)
    email = normal_email(form.text("email"))
    if email and not _has_mail():
        form.refuse(_("This site sends no mail, so that no address can be confirmed."))
        return show_form(template, form)
    try:
        credentials.change_email(g.site.database, g.learner, form.text("password"), email, place(), g.now)
    except (NotSignedIn, TooManyTries) as error:
        return refused(template, form, error)
    if email:
        letters.send_confirmation(account, email)
    flash(_("Look into your mail: a link there confirms your address.") if email else _("There is no address now."))
    return _to_account()


@bp.route("/email/<token>", methods=["GET", "POST"])
def confirm_email(token: str) -> Page:
    """Confirm an address; a button does it, so that a program that looks at links does not."""
    account, email = credentials.email_of_link(g.site.database, g.site.secret, token, g.now)
    form, template = TokenForm(), "credentials/confirm_email.html"
    if not form.is_sent():
        return show_form(template, form, account=account, email=email, signed=token)
    try:
        credentials.confirm_email(g.site.database, g.site.secret, token, g.now)
    except NameTaken as error:
        return refused(template, form, error, account=account, email=email, signed=token)
    flash(_("Your address is confirmed."))
    return _to_account()


@bp.post("/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End every session of one's account, this one too."""
    credentials.sign_out_everywhere(g.site.database, g.learner, g.now)
    end_session()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("learn.show_home"), code=HTTPStatus.SEE_OTHER)


@bp.route("/remove", methods=["GET", "POST"])
def remove_account() -> Page:
    """Remove one's account, after the password."""
    form, template = PasswordForm(), "credentials/remove_account.html"
    if not form.is_sent():
        return show_form(template, form)
    try:
        credentials.remove_own(g.site.database, g.learner, form.text("password"), place(), g.now)
    except (NotSignedIn, LastOwner, TooManyTries) as error:
        return refused(template, form, error)
    end_session()
    flash(_("Your account is removed."))
    return redirect(url_for("learn.show_home"), code=HTTPStatus.SEE_OTHER)


def _has_mail() -> bool:
    return bool(g.site.settings.mail_server)


def _to_account() -> Response:
    return redirect(url_for("credentials.show_account"), code=HTTPStatus.SEE_OTHER)
