"""The mails a site sends: what they say, and to whom."""

from flask import g, url_for

from quizapp.actions import tokens
from quizapp.actions.mail import MailServer, message, send_later
from quizapp.settings import SERVER, Settings
from quizapp.store.accounts import Account
from quizapp.web.links import outside_address
from quizapp.web.words import sentence as _


def mail_server(settings: Settings) -> MailServer | None:
    """The server that mail is sent by; None where there is none."""
    found = SERVER.fullmatch(settings.mail_server)
    if found is None:
        return None
    return MailServer(
        host=found["host"].strip("[]"),
        port=int(found["port"]),
        security=settings.mail_security,
        sender=settings.mail_from,
        user=settings.mail_user,
        password=settings.mail_password,
    )


def send_password_link(account: Account) -> None:
    """Send a link to a new password to the address of an account."""
    token = tokens.password_token(g.site.secret, account, g.now + tokens.MAILED)
    link = outside_address(url_for("credentials.choose_password", token=token))
    subject = _("A new password for {site}", site=g.site.name)
    text = _(
        "Somebody, probably you, asked for a new password for the account {name}.\n\n"
        "Choose one here, within two hours:\n\n{link}\n\n"
        "If it was not you, do nothing: the old password stays.\n",
        name=account.name, link=link,
    )  # fmt: skip
    _send(account.email, subject, text)


def send_confirmation(account: Account, email: str) -> None:
    """Send a link that confirms an address for an account."""
    token = tokens.email_token(g.site.secret, account, email, g.now, g.now + tokens.HANDED_OVER)
    link = outside_address(url_for("credentials.confirm_email", token=token))
    subject = _("Is this your address? {site}", site=g.site.name)
    text = _(
        "The account {name} named this address. Confirm it here, within seven days:\n\n{link}\n\n"
        "If you do not know of this, do nothing.\n",
        name=account.name, link=link,
    )  # fmt: skip
    _send(email, subject, text)


def send_invitation(account: Account, link: str) -> None:
    """Send a link to the first password of an account that an owner made."""
    subject = _("Your account on {site}", site=g.site.name)
    text = _(
        "There is an account for you, {name}. Choose its password here, within seven days:\n\n{link}\n",
        name=account.name, link=link,
    )  # fmt: skip
    _send(account.email, subject, text)


def _send(to: str, subject: str, text: str) -> None:
    server = mail_server(g.site.settings)
    if server and to:
        send_later(server, message(server, to, " ".join(subject.split()), text))
