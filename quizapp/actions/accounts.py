"""What people do with an account: sign up, sign in, choose passwords, end sessions, bring a guest's work along."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.actions import passwords, tokens, tries
from quizapp.actions.lessons import settle_lessons
from quizapp.content.model import Catalogue
from quizapp.errors import QuizappError
from quizapp.store import accounts, learners
from quizapp.store.accounts import Account, Role
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner


class NotSignedIn(QuizappError):
    """Name and password do not belong together; which of the two is wrong is not said."""


class NameTaken(QuizappError):
    """An account cannot have this name, or this address."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a guest did before signing in."""

    lessons: int
    completed: int
    attempts: int


def sign_up(database: Database, site: str, name: str, password: str, guest: str, place: str, now: datetime) -> Account:
    """Make an account of a guest, with all they did. Raises WeakPassword, NameTaken, TooManyTries."""
    passwords.require_strong(password, name, site)
    tries.count(database, now, (f"sign-up {place}", tries.PLACE))
    stored = passwords.hashed(password)
    with database.writing() as connection:
        account = _added(connection, name, "", stored, frozenset(), now)
        learners.add_for_account(connection, account.id, guest, now)
        accounts.note(connection, account.id, "signed up", account.id, now)
    return account


def make_first_owner(database: Database, site: str, name: str, password: str, guest: str, now: datetime) -> Account:
    """The account of whom the one-time link was given to.

    Raises WeakPassword, NameTaken, and LinkExpired when there is an owner already.
    """
    passwords.require_strong(password, name, site)
    stored = passwords.hashed(password)
    with database.writing() as connection:
        _require_no_owner(connection)
        account = _added(connection, name, "", stored, frozenset({"owner"}), now)
        learners.add_for_account(connection, account.id, guest, now)
        accounts.note(connection, account.id, "became owner", account.id, now)
    return account


def become_first_owner(database: Database, account: Account, now: datetime) -> None:
    """Make an account the owner, whom the one-time link was given to. Raises LinkExpired when there is one already."""
    with database.writing() as connection:
        _require_no_owner(connection)
        accounts.set_roles(connection, account.id, account.roles | {"owner"})
        accounts.note(connection, account.id, "became owner", account.id, now)


def sign_in(database: Database, called: str, password: str, place: str, now: datetime) -> Account:
    """The account of a name or address and its password. Raises NotSignedIn, TooManyTries.

    An unknown name takes as long as a wrong password. Tries are counted before the password is looked at, so that
    many at once do not get in before the count.
    """
    name = accounts.folded(called)
    keys = (f"sign-in {place} {name}", f"sign-in at {name}", f"sign-in from {place}")
    tries.count(database, now, *zip(keys, (tries.PLACE_AND_NAME, tries.NAME, tries.PLACE), strict=True))
    with database.reading() as connection:
        account = accounts.find_by_name(connection, called)
    if not passwords.is_right(account.password if account else "", password) or account is None:
        raise NotSignedIn("Name or password is not right.")
    fresh = passwords.hashed(password) if passwords.is_dated(account.password) else ""
    with database.writing() as connection:
        tries.take_back(connection, *keys, now=now)
        if fresh:
            accounts.keep_hash(connection, account.id, account.password, fresh)
    return account


def work_before(database: Database, guest: str) -> Before | None:
    """What a guest did on this device before; None for nothing."""
    with database.reading() as connection:
        known = learners.find_guest(connection, guest)
        found = learners.counted_work(connection, known.id) if known.id is not None else (0, 0, 0)
    return Before(*found) if any(found) else None


def merge_work(database: Database, catalogue: Catalogue, guest: str, learner: Learner, now: datetime) -> None:
    """Add what a guest did to an account; done again, there is nothing left to add."""
    with database.writing() as connection:
        source = learners.hold_guest(connection, guest)
        if source is None:
            return
        target = learners.keep_learner(connection, learner, now)
        learners.move_work(connection, source, target)
        settle_lessons(connection, catalogue, target, now)
        accounts.note(connection, learner.account, "added a guest's work", learner.account, now)


def _require_no_owner(connection: Connection) -> None:
    accounts.lock_accounts(connection)
    if accounts.has_owner(connection):
        raise tokens.LinkExpired


def _added(
    connection: Connection, name: str, email: str, stored: str, roles: frozenset[Role], now: datetime
) -> Account:
    number = accounts.add_account(connection, name, email, stored, roles, now)
    account = accounts.find_account(connection, number) if number is not None else None
    if account is None:
        raise NameTaken("This name is taken. Choose another.")
    return account
