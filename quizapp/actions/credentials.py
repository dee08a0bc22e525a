"""What people do with their own account: passwords, addresses, sessions, and its end."""

from datetime import datetime

from quizapp.actions import passwords, tokens, tries
from quizapp.actions.accounts import NameTaken, NotSignedIn
from quizapp.errors import NotFound, QuizappError
from quizapp.store import accounts, erasure, learners
from quizapp.store.accounts import Account
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner

ADDRESS_CHANGED = "changed the address"


class LastOwner(QuizappError):
    """Somebody has to run the site."""


def change_password(
    database: Database, site: str, learner: Learner, current: str, new: str, place: str, now: datetime
) -> Account:
    """Replace one's password and end all sessions; returns the account as it is then.

    Raises NotSignedIn when the current one is wrong, WeakPassword, TooManyTries.
    """
    account = own_account(database, learner)
    passwords.require_strong(new, account.name, site)
    if new == current:
        raise passwords.WeakPassword("same")
    _require_password(database, account, current, place, now)
    stored = passwords.hashed(new)
    with database.writing() as connection:
        return _with_password(connection, account, stored, "changed the password", now)


def choose_password(database: Database, site: str, secret: bytes, token: str, new: str, now: datetime) -> Account:
    """Set the password that a link allows to set. Raises LinkExpired, WeakPassword."""
    account = account_of_link(database, secret, token, now)
    passwords.require_strong(new, account.name, site)
    stored = passwords.hashed(new)
    with database.writing() as connection:
        known = accounts.find_account(connection, account.id)
        if known is None or not tokens.is_unused(secret, token, known, now):
            raise tokens.LinkExpired
        return _with_password(connection, known, stored, "chose a password by a link", now)


def account_of_link(database: Database, secret: bytes, token: str, now: datetime) -> Account:
    """The account whose password a link allows to set. Raises LinkExpired."""
    with database.reading() as connection:
        account = accounts.find_account(connection, tokens.account_of(secret, token, now))
    if account is None or not tokens.is_unused(secret, token, account, now):
        raise tokens.LinkExpired
    return account


def ask_for_password(database: Database, called: str, place: str, now: datetime) -> Account | None:
    """The account that a forgotten password is to be sent for, if there is one; it is noted. Raises TooManyTries."""
    tries.count(database, now, (f"reset {place}", tries.FEW), (f"reset {accounts.folded(called)}", tries.FEW))
    with database.reading() as connection:
        account = accounts.find_by_name(connection, called)
    with database.writing() as connection:  # also for an unknown name, so that it takes as long
        if account is not None:
            accounts.keep_wish(connection, account.id, now)
    return account


def sign_out_everywhere(database: Database, learner: Learner, now: datetime) -> None:
    """End every session of one's account."""
    account = own_account(database, learner)
    with database.writing() as connection:
        accounts.end_sessions(connection, account.id)
        accounts.note(connection, account.id, "signed out everywhere", account.id, now)


def change_email(database: Database, learner: Learner, password: str, email: str, place: str, now: datetime) -> Account:
    """Take one's address away, or allow a mail that asks to confirm another: links to passwords go there.

    Raises NotSignedIn when the password is wrong, TooManyTries.
    """
    account = own_account(database, learner)
    _require_password(database, account, password, place, now)
    if email:
        count_mail(database, account, email, now)
    else:
        with database.writing() as connection:
            accounts.set_email(connection, account.id, "")
            accounts.note(connection, account.id, ADDRESS_CHANGED, account.id, now)
    return account


def count_mail(database: Database, account: Account, email: str, now: datetime) -> None:
    """Count a mail that an account has sent to an address of its choice. Raises TooManyTries."""
    tries.count(database, now, (f"mail of {account.id}", tries.FEW), (f"mail to {accounts.folded(email)}", tries.FEW))


def email_of_link(database: Database, secret: bytes, token: str, now: datetime) -> tuple[Account, str]:
    """The account and the address that a link confirms. Raises LinkExpired."""
    with database.reading() as connection:
        return _confirming(connection, secret, token, now)


def confirm_email(database: Database, secret: bytes, token: str, now: datetime) -> None:
    """Give an account the address that a link confirms. Raises LinkExpired, NameTaken."""
    with database.writing() as connection:
        account, email = _confirming(connection, secret, token, now)
        if not accounts.set_email(connection, account.id, email):
            raise NameTaken("This address belongs to another account.")
        accounts.note(connection, account.id, ADDRESS_CHANGED, account.id, now)


def _confirming(connection: Connection, secret: bytes, token: str, now: datetime) -> tuple[Account, str]:
    link = tokens.email_link(secret, token, now)
    account = accounts.find_account(connection, link.account)
    if account is None or not link.is_of(account):
        raise tokens.LinkExpired
    if accounts.was_noted(connection, ADDRESS_CHANGED, account.id, link.made):
        raise tokens.LinkExpired  # used, or an address was chosen or removed since
    return account, link.email


def own_account(database: Database, learner: Learner) -> Account:
    """The account of who is signed in. Raises NotFound."""
    with database.reading() as connection:
        account = accounts.find_account(connection, learner.account or 0)
    if account is None:
        raise NotFound("This account is not here any more.")
    return account


def remove_own(database: Database, learner: Learner, password: str, place: str, now: datetime) -> None:
    """Remove one's account; what was learned stays without a name. Raises NotSignedIn, LastOwner, TooManyTries."""
    account = own_account(database, learner)
    _require_password(database, account, password, place, now)
    with database.writing() as connection:
        erase(connection, account, account.id, now)


def erase(connection: Connection, account: Account, by: int | None, now: datetime) -> None:
    """Remove an identity, and what was typed in its own words. Responses stay under nobody's name. Raises LastOwner."""
    accounts.lock_accounts(connection)
    if accounts.is_last_owner(connection, account.id):
        raise LastOwner("This is the only owner. Make somebody else an owner first.")
    erasure.forget_words(connection, account.id)
    learners.forget_account(connection, account.id)
    accounts.remove_account(connection, account.id)
    accounts.note(connection, by, "removed an account", None, now)


def _require_password(database: Database, account: Account, password: str, place: str, now: datetime) -> None:
    key = f"sign-in {place} {accounts.folded(account.name)}"
    tries.count(database, now, (key, tries.PLACE_AND_NAME))
    if not passwords.is_right(account.password, password):
        raise NotSignedIn("The current password is not right.")
    with database.writing() as connection:
        tries.take_back(connection, key, now=now)


def _with_password(connection: Connection, account: Account, stored: str, action: str, now: datetime) -> Account:
    accounts.set_password(connection, account.id, stored)
    accounts.note(connection, account.id, action, account.id, now)
    after = accounts.find_account(connection, account.id)
    if after is None:
        raise NotFound("This account is not here any more.")
    return after
