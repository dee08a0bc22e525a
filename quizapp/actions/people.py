"""What an owner does with accounts: add, change roles, hand out a link to a password, remove."""

from collections.abc import Iterable
from datetime import datetime

from quizapp.actions import tokens
from quizapp.actions.accounts import NameTaken
from quizapp.actions.credentials import ADDRESS_CHANGED, LastOwner, erase
from quizapp.errors import NotFound
from quizapp.store import accounts, learners
from quizapp.store.accounts import Account, AuditEntry, Role
from quizapp.store.database import Connection, Database

NOTES_SHOWN = 50
TAKEN = "This name or address is taken. Choose another."


class AddressTaken(NameTaken):
    """Of name and address it is the address that another account has."""


def look_up_people(database: Database) -> tuple[list[Account], list[AuditEntry]]:
    """Every account, and what was done last."""
    with database.reading() as connection:
        return accounts.all_accounts(connection), accounts.newest_notes(connection, NOTES_SHOWN)


def count_waiting(database: Database) -> int:
    """How many accounts wait for a link to a new password."""
    with database.reading() as connection:
        return accounts.count_waiting(connection)


def find_person(database: Database, account: int) -> Account:
    """The account of that id. Raises NotFound."""
    with database.reading() as connection:
        return _require(connection, account)


def find_called(database: Database, name: str) -> Account:
    """The account of that name or address. Raises NotFound."""
    with database.reading() as connection:
        account = accounts.find_by_name(connection, name)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def add_person(
    database: Database, name: str, email: str, stored: str, roles: Iterable[Role], by: int | None, now: datetime
) -> Account:
    """Add an account; `stored` is the hash of its password, empty where a link is to set it.

    Raises NameTaken, AddressTaken.
    """
    with database.writing() as connection:
        number = accounts.add_account(connection, name, email, stored, roles, now)
        if number is None:
            raise (NameTaken if accounts.is_name_taken(connection, name) else AddressTaken)(TAKEN)
        learners.add_for_account(connection, number, "", now)
        accounts.note(connection, by, "added the account", number, now, " ".join(roles))
        return _require(connection, number)


def change_roles(database: Database, account: int, roles: frozenset[Role], by: int | None, now: datetime) -> Account:
    """Replace the roles of an account. Raises NotFound, LastOwner."""
    with database.writing() as connection:
        accounts.lock_accounts(connection)
        _change_roles(connection, _require(connection, account), roles, by, now)
        return _require(connection, account)


def change_person(
    database: Database, account: int, name: str, email: str, roles: frozenset[Role], by: int | None, now: datetime
) -> Account:
    """Replace name, address and roles of an account, all or none; of an owner no confirmation is asked.

    Raises NotFound, NameTaken, AddressTaken, LastOwner.
    """
    with database.writing() as connection:
        accounts.lock_accounts(connection)
        known = _require(connection, account)
        if not accounts.set_name(connection, account, name):
            raise NameTaken(TAKEN)
        if not accounts.set_email(connection, account, email):
            raise AddressTaken(TAKEN)
        _change_roles(connection, known, roles, by, now)
        after = _require(connection, account)
        if after.name != known.name:
            accounts.note(connection, by, "changed the name", account, now)
        if after.email != known.email:
            accounts.note(connection, by, ADDRESS_CHANGED, account, now)
        return after


def hand_out_link(database: Database, secret: bytes, account: int, by: int | None, now: datetime) -> str:
    """A token with which an account gets a new password; good once, for some days. Raises NotFound."""
    with database.writing() as connection:
        known = _require(connection, account)
        accounts.note(connection, by, "made a link to a password", account, now)
    return tokens.password_token(secret, known, now + tokens.HANDED_OVER)


def remove_person(database: Database, account: int, by: int | None, now: datetime) -> None:
    """Remove an account; what was learned stays without a name. Raises NotFound, LastOwner."""
    with database.writing() as connection:
        erase(connection, _require(connection, account), by, now)


def has_owner(database: Database) -> bool:
    """Whether anybody can run the site in the browser."""
    with database.reading() as connection:
        return accounts.has_owner(connection)


def _change_roles(
    connection: Connection, known: Account, roles: frozenset[Role], by: int | None, now: datetime
) -> None:
    if "owner" not in roles and accounts.is_last_owner(connection, known.id):
        raise LastOwner("This is the only owner. Make somebody else an owner first.")
    if known.roles != roles | {"learner"}:
        accounts.set_roles(connection, known.id, roles)
        accounts.note(connection, by, "changed the roles", known.id, now, " ".join(sorted(roles)))


def _require(connection: Connection, account: int) -> Account:
    known = accounts.find_account(connection, account)
    if known is None:
        raise NotFound("There is no such account.")
    return known
