"""Coming and going: sign up, sign in, sign out, and what to do with a guest's work."""

from http import HTTPStatus
from ipaddress import IPv4Address, ip_address, ip_network

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.actions import accounts, credentials, people, tokens
from quizapp.actions.accounts import NameTaken, NotSignedIn
from quizapp.actions.addresses import normal_email
from quizapp.actions.passwords import WeakPassword
from quizapp.actions.tries import TooManyTries
from quizapp.store.accounts import Account
from quizapp.web import letters
from quizapp.web.forms import AccountForm, SignInForm, SignUpForm, TokenForm
from quizapp.web.links import local_address
from quizapp.web.visitor import begin_session, end_session, forget_before, guest_before
from quizapp.web.words import sentence as _
from quizapp.web.words import wait_words

bp = Blueprint("account", __name__, url_prefix="/account")
Page = Response | tuple[str, int]


@bp.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> Page:
    """Make an account; what the guest did so far becomes its."""
    if g.learner.account is not None:
        return redirect(_next(), code=HTTPStatus.SEE_OTHER)
    if g.site.settings.access == "invited":
        flash(_("Accounts are made by an owner here."))
        return redirect(url_for("account.sign_in", next=_next()), code=HTTPStatus.SEE_OTHER)
    form = SignUpForm()
    if not form.is_sent():
        return show_form("account/sign_up.html", form, next=_next())
    try:
        account = _added(form.text("name"), form.text("password"))
    except (WeakPassword, NameTaken, TooManyTries) as error:
        return refused("account/sign_up.html", form, error, next=_next())
    went_on = enter(account, _next())
    flash(_("Your account is made, {name}.", name=account.name))
    email = normal_email(form.text("email"))
    if email and g.site.settings.mail_server:
        _ask_to_confirm(account, email)
    return went_on


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
    return enter(account, _next())


def enter(account: Account, address: str) -> Response:
    """Begin a session and go on to an address; first ask what is to become of a guest's work, if there is any."""
    begin_session(account)
    if accounts.work_before(g.site.database, guest_before()):
        return redirect(url_for("account.merge_work", next=address), code=HTTPStatus.SEE_OTHER)
    forget_before()
    return redirect(address, code=HTTPStatus.SEE_OTHER)


@bp.post("/sign-out")
def sign_out() -> Response:
    """End this session."""
    end_session()
    flash(_("You are signed out."))
    return redirect(url_for("learn.show_home"), code=HTTPStatus.SEE_OTHER)


@bp.route("/merge", methods=["GET", "POST"])
def merge_work() -> Page:
    """Ask whether what was done on this device before signing in is to be added to the account."""
    form, guest = TokenForm(), guest_before()
    work = accounts.work_before(g.site.database, guest)
    if work is None:
        forget_before()
        return redirect(_next(), code=HTTPStatus.SEE_OTHER)
    if not form.is_sent():
        return show_form("account/merge_work.html", form, work=work, next=_next())
    if request.form.get("answer") == "add":
        accounts.merge_work(g.site.database, g.site.catalogue, guest, g.learner, g.now)
        flash(_("What you did on this device is in your account now."))
    forget_before()
    return redirect(_next(), code=HTTPStatus.SEE_OTHER)


@bp.route("/owner/<token>", methods=["GET", "POST"])
def become_owner(token: str) -> Page:
    """Make the first owner of a site, by the link that `quizapp serve` prints: a new account, or who is signed in."""
    tokens.require_owner_token(g.site.secret, token, g.now)
    if people.has_owner(g.site.database):
        raise tokens.LinkExpired
    if g.learner.account is not None:
        return _promote(token)
    form = SignUpForm()
    if not form.is_sent():
        return show_form("account/become_owner.html", form, signed=token)
    try:
        account = accounts.make_first_owner(
            g.site.database, g.site.name, form.text("name"), form.text("password"), g.learner.guest, g.now
        )
    except (WeakPassword, NameTaken) as error:
        return refused("account/become_owner.html", form, error, signed=token)
    return _welcome_owner(enter(account, url_for("teach.show_overview")))


def _promote(token: str) -> Page:
    form = TokenForm()
    if not form.is_sent():
        return show_form("account/become_owner.html", form, signed=token)
    account = credentials.own_account(g.site.database, g.learner)
    accounts.become_first_owner(g.site.database, account, g.now)
    return _welcome_owner(redirect(url_for("teach.show_overview"), code=HTTPStatus.SEE_OTHER))


def _welcome_owner(went_on: Response) -> Response:
    flash(_("You own this site. What you see here is always in the menu behind your name."))
    return went_on


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
    """Where a request comes from, for counting tries; of IPv6 the network, as whoever has one has all of it."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def _added(name: str, password: str) -> Account:
    """A new account; who pressed the button twice, or signed up before, has one of that name and password."""
    try:
        return accounts.sign_up(g.site.database, g.site.name, name, password, g.learner.guest, place(), g.now)
    except NameTaken as taken:
        try:
            return accounts.sign_in(g.site.database, name, password, place(), g.now)
        except NotSignedIn:
            raise taken from None


def _ask_to_confirm(account: Account, email: str) -> None:
    try:
        credentials.count_mail(g.site.database, account, email, g.now)
    except TooManyTries:
        return  # whoever reads there got enough from us
    letters.send_confirmation(account, email)
    flash(_("Look into your mail: a link there confirms your address."))


def _next() -> str:
    return local_address(request.values.get("next"))
