"""Accounts: who signs in, and what was done to whom."""

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, delete, func, or_, select, true, update

from quizapp.store.tables import Base

TABLE = Base.metadata.tables["account"]
AUDIT = Base.metadata.tables["audit"]

Role = Literal["guest", "learner", "author", "instructor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
GRANTED: tuple[Role, ...] = ("author", "instructor", "owner")  # what an account may have beside being a learner
MOST_ID = 2**31 - 1  # what an Integer column takes


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in; `password` is a hash, empty until its owner chose one. `asked`: waits for a link to a new one."""

    id: int
    name: str
    email: str
    password: str = field(repr=False)
    roles: frozenset[Role]
    epoch: int
    created: datetime
    asked: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which account: None where there is none (a command), "" for an account that was removed."""

    at: datetime
    by: str | None
    action: str
    about: str | None
    detail: str


def folded(text: str) -> str:
    """A name or address as it is compared: two that look alike are the same."""
    once = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", once).replace("\0", " ").split())


def roles_of(stored: str) -> frozenset[Role]:
    """The roles of an account: those stored, and learner, which everybody with an account is."""
    return frozenset(role for role in GRANTED if role in stored.split()) | {"learner"}


def add_account(
    connection: Connection, name: str, email: str, password: str, roles: Iterable[Role], now: datetime
) -> int | None:
    """Store a new account; returns its id, or None when the name or address is another's.

    Its epoch begins anywhere: a session of an account that had this id before, and was removed or lost with a database
    that was restored, is no session of this one.
    """
    lock_accounts(connection)
    if connection.execute(select(TABLE.c.id).where(_is_called(name, email))).first():
        return None
    row = {
        "name": " ".join(name.split()), "name_key": folded(name), "email": email, "email_key": folded(email) or None,
        "password": password, "roles": _stored(roles), "epoch": secrets.randbelow(2**30), "created": now,
    }  # fmt: skip
    return int(connection.execute(TABLE.insert().returning(TABLE.c.id), row).scalar_one())


def find_account(connection: Connection, account: int) -> Account | None:
    """The account of that id; None for a number that is none."""
    if not 0 < account <= MOST_ID:
        return None
    row = connection.execute(select(TABLE).where(TABLE.c.id == account)).one_or_none()
    return _account(row) if row else None


def find_by_name(connection: Connection, called: str) -> Account | None:
    """The account of that name, else that address."""
    query = select(TABLE).where(_is_called(called, called)).order_by(TABLE.c.name_key != folded(called))
    row = connection.execute(query).first()
    return _account(row) if row else None


def all_accounts(connection: Connection) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in connection.execute(select(TABLE).order_by(TABLE.c.name_key))]


def count_waiting(connection: Connection) -> int:
    """How many accounts asked for a new password and have none yet."""
    return connection.execute(select(func.count()).select_from(TABLE).where(TABLE.c.asked.is_not(None))).scalar_one()


def has_owner(connection: Connection) -> bool:
    """Whether anybody runs the site who can sign in."""
    return bool(_owners(connection))


def is_last_owner(connection: Connection, account: int) -> bool:
    """Whether nobody but this account runs the site."""
    return _owners(connection) == {account}


def set_password(connection: Connection, account: int, password: str) -> None:
    """Replace the hash; sessions that began before end, and a wish for a new password is fulfilled."""
    values = {"password": password, "epoch": TABLE.c.epoch + 1, "asked": None}
    connection.execute(update(TABLE).where(TABLE.c.id == account).values(values))


def keep_hash(connection: Connection, account: int, before: str, password: str) -> None:
    """Store the same password hashed anew, unless it was changed meanwhile."""
    this = (TABLE.c.id == account) & (TABLE.c.password == before)
    connection.execute(update(TABLE).where(this).values(password=password))


def end_sessions(connection: Connection, account: int) -> None:
    """End every session of an account."""
    connection.execute(update(TABLE).where(TABLE.c.id == account).values(epoch=TABLE.c.epoch + 1))


def set_roles(connection: Connection, account: int, roles: Iterable[Role]) -> None:
    """Replace the roles of an account."""
    connection.execute(update(TABLE).where(TABLE.c.id == account).values(roles=_stored(roles)))


def is_name_taken(connection: Connection, name: str, by_other_than: int = 0) -> bool:
    """Whether an account is called so, or one that looks alike."""
    taken = select(TABLE.c.id).where(TABLE.c.name_key == folded(name), TABLE.c.id != by_other_than)
    return connection.execute(taken).first() is not None


def set_name(connection: Connection, account: int, name: str) -> bool:
    """Give an account a name; False when it is another's."""
    lock_accounts(connection)
    if is_name_taken(connection, name, account):
        return False
    values = {"name": " ".join(name.split()), "name_key": folded(name)}
    connection.execute(update(TABLE).where(TABLE.c.id == account).values(values))
    return True


def set_email(connection: Connection, account: int, email: str) -> bool:
    """Give an account an address; False when it is another's."""
    lock_accounts(connection)
    key = folded(email) or None
    taken = select(TABLE.c.id).where(TABLE.c.email_key == key, TABLE.c.id != account)
    if key and connection.execute(taken).first():
        return False
    connection.execute(update(TABLE).where(TABLE.c.id == account).values(email=email, email_key=key))
    return True


def keep_wish(connection: Connection, account: int, now: datetime) -> None:
    """Note that somebody asked for a new password of this account."""
    connection.execute(update(TABLE).where(TABLE.c.id == account).values(asked=now))


def remove_account(connection: Connection, account: int) -> None:
    """Remove the identity; what was learned must have been left to nobody before."""
    connection.execute(delete(TABLE).where(TABLE.c.id == account))


def lock_accounts(connection: Connection) -> None:
    """Make whoever else changes names, addresses or roles wait; on SQLite they wait already.

    Two at once could otherwise take the same name, or take away the last two owners.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("accounts", 0))))


def note(
    connection: Connection, by: int | None, action: str, about: int | None, now: datetime, detail: str = ""
) -> None:
    """Append to the record of who did what; `by` and `about` are accounts, None for a command of the operator."""
    connection.execute(AUDIT.insert(), {"at": now, "by": by, "action": action, "about": about, "detail": detail})


def was_noted(connection: Connection, action: str, about: int, since: datetime) -> bool:
    """Whether that was done to an account since then."""
    query = select(AUDIT.c.id).where(AUDIT.c.about == about, AUDIT.c.action == action, AUDIT.c.at > since)
    return connection.execute(query.limit(1)).first() is not None


def newest_notes(connection: Connection, number: int) -> list[AuditEntry]:
    """The last entries of that record, newest first."""
    return _notes(connection, true(), number)


def newest_note(connection: Connection, action: str, detail: str) -> AuditEntry | None:
    """The last entry that says this; None where there is none."""
    return next(iter(_notes(connection, (AUDIT.c.action == action) & (AUDIT.c.detail == detail), 1)), None)


def _notes(connection: Connection, which: ColumnElement[bool], number: int) -> list[AuditEntry]:
    by, about = TABLE.alias("by_account"), TABLE.alias("about_account")
    query = (
        select(AUDIT.c.at, AUDIT.c.action, AUDIT.c.detail, AUDIT.c.by, by.c.name, AUDIT.c.about, about.c.name)
        .outerjoin(by, by.c.id == AUDIT.c.by)
        .outerjoin(about, about.c.id == AUDIT.c.about)
        .where(which)
        .order_by(AUDIT.c.id.desc())
        .limit(number)
    )
    return [
        AuditEntry(at, _named(by_id, by_name), action, _named(about_id, about_name), detail)
        for at, action, detail, by_id, by_name, about_id, about_name in connection.execute(query)
    ]


def _named(account: int | None, name: str | None) -> str | None:
    return None if account is None else name or ""


def _owners(connection: Connection) -> set[int]:
    """Who runs the site and can sign in."""
    is_owner = (TABLE.c.roles.like("%owner%")) & (TABLE.c.password != "")
    return set(connection.execute(select(TABLE.c.id).where(is_owner)).scalars())


def _stored(roles: Iterable[Role]) -> str:
    return " ".join(role for role in GRANTED if role in set(roles))


def _is_called(name: str, email: str) -> ColumnElement[bool]:
    """Whether the name or the address is that of the row; no address is nobody's."""
    is_name, key = TABLE.c.name_key == folded(name), folded(email)
    return or_(is_name, TABLE.c.email_key == key) if key else is_name


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        email=row.email,
        password=row.password,
        roles=roles_of(row.roles),
        epoch=row.epoch,
        created=row.created,
        asked=row.asked,
    )
