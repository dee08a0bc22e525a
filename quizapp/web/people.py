"""Accounts and roles, for the owner."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, session, url_for
from werkzeug import Response

from quizapp.actions import people
from quizapp.actions.accounts import NameTaken
from quizapp.actions.addresses import normal_email
from quizapp.actions.credentials import LastOwner
from quizapp.actions.people import AddressTaken
from quizapp.store.accounts import GRANTED, Account, Role
from quizapp.web import letters
from quizapp.web.account import Page, refused, show_form
from quizapp.web.forms import PersonForm, TokenForm
from quizapp.web.links import outside_address
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("people", __name__, url_prefix="/teach/accounts")
HANDED_OVER = "handed over"  # the link that this browser is to show once: account, token, whether it was sent too


@bp.get("/")
def show_accounts() -> Page:
    """Every account with its roles, who waits for a password, and what was done last."""
    known, notes = people.look_up_people(g.site.database)
    return show_form("people/show_accounts.html", TokenForm(), accounts=known, notes=notes, rows=sections())


@bp.route("/new", methods=["GET", "POST"])
def add_account() -> Page:
    """Make an account for somebody, who chooses the password by a link."""
    form, template = PersonForm(), "people/add_account.html"
    if not form.is_sent():
        return show_form(template, form, rows=sections())
    email = normal_email(form.text("email"))
    try:
        account = people.add_person(
            g.site.database, form.text("name"), email, "", _granted(form), g.learner.account, g.now
        )
    except NameTaken as error:
        return _refused(template, form, error)
    return _hand_over(account, is_mailed=bool(g.site.settings.mail_server and email))


@bp.route("/<int:account>", methods=["GET", "POST"])
def change_account(account: int) -> Page:
    """One account: its name, address and roles, a link to a new password, its end."""
    known = people.find_person(g.site.database, account)
    form = PersonForm(data={"name": known.name, "email": known.email, "roles": sorted(known.roles)})
    template = "people/change_account.html"
    if not form.is_sent():
        return show_form(template, form, account=known, rows=sections())
    name, email = form.text("name"), normal_email(form.text("email"))
    try:
        after = people.change_person(g.site.database, account, name, email, _granted(form), g.learner.account, g.now)
    except (NameTaken, LastOwner) as error:
        return _refused(template, form, error, account=known)
    flash(_("The account of {name} is saved.", name=after.name))
    return _to_accounts()


@bp.post("/<int:account>/link")
def make_link(account: int) -> Page:
    """Make a link to a new password, and show it."""
    return _hand_over(people.find_person(g.site.database, account))


@bp.get("/<int:account>/link")
def show_link(account: int) -> Page:
    """The link that was made just now, to be handed over; it is shown once."""
    known = people.find_person(g.site.database, account)
    link, is_mailed = _handed_over(account)
    return show_form(
        "people/show_link.html", TokenForm(), account=known, link=link, is_mailed=is_mailed, rows=sections()
    )


@bp.route("/<int:account>/remove", methods=["GET", "POST"])
def remove_account(account: int) -> Page:
    """Remove an account, after asking once more."""
    known = people.find_person(g.site.database, account)
    form, template = TokenForm(), "people/remove_account.html"
    if not form.is_sent():
        return show_form(template, form, account=known, rows=sections())
    try:
        people.remove_person(g.site.database, account, g.learner.account, g.now)
    except LastOwner as error:
        return refused(template, form, error, account=known, rows=sections())
    flash(_("The account is removed."))
    return _to_accounts()


def _refused(template: str, form: PersonForm, error: Exception, **values: object) -> Page:
    """The form once more; what another account has is told at its field."""
    if not isinstance(error, NameTaken):
        return refused(template, form, error, rows=sections(), **values)
    if isinstance(error, AddressTaken):
        form.refuse_field("email", _("Another account has this address."))
    else:
        form.refuse_field("name", _("This name is taken. Choose another."))
    return show_form(template, form, rows=sections(), **values)


def _granted(form: PersonForm) -> frozenset[Role]:
    chosen = set(form.roles.data or ())
    return frozenset(role for role in GRANTED if role in chosen)


def _hand_over(account: Account, is_mailed: bool = False) -> Response:
    """Make a link and lead to the page that shows it, so that loading that page again makes no other."""
    token = people.hand_out_link(g.site.database, g.site.secret, account.id, g.learner.account, g.now)
    if is_mailed:
        letters.send_invitation(account, _outside(token))
    session[HANDED_OVER] = (account.id, token, is_mailed)
    return redirect(url_for("people.show_link", account=account.id), code=HTTPStatus.SEE_OTHER)


def _handed_over(account: int) -> tuple[str, bool]:
    """The link for that account that was not shown yet, and whether it was sent too; empty where there is none."""
    number, token, is_mailed = session.get(HANDED_OVER, (0, "", False))
    if number != account:
        return "", False
    session.pop(HANDED_OVER)
    return _outside(token), is_mailed


def _outside(token: str) -> str:
    return outside_address(url_for("credentials.choose_password", token=token))


def _to_accounts() -> Response:
    return redirect(url_for("people.show_accounts"), code=HTTPStatus.SEE_OTHER)
