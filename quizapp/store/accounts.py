"""Accounts: who signs in, and what was done to whom."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, delete, func, or_, select, update

from quizapp.store.dialect import insert_or_ignore
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["account"]
AUDIT = Base.metadata.tables["audit"]

Role = Literal["guest", "learner", "author", "instructor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
GRANTED: tuple[Role, ...] = ("author", "instructor", "owner")  # what an account may have beside being a learner


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in; `password` is a hash, empty until its owner chose one. `asked`: waits for a link to a new one."""

    id: int
    name: str
    email: str
    password: str
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
    return unicodedata.normalize("NFKC", " ".join(text.split())).casefold()


def roles_of(stored: str) -> frozenset[Role]:
    """The roles of an account: those stored, and learner, which everybody with an account is."""
    return frozenset(role for role in GRANTED if role in stored.split()) | {"learner"}


def add_account(
    connection: Connection, name: str, email: str, password: str, roles: Iterable[Role], now: datetime
) -> int | None:
    """Store a new account; returns its id, or None when the name or address is another's."""
    row = {
        "name": " ".join(name.split()), "name_key": folded(name), "email": email, "email_key": folded(email) or None,
        "password": password, "roles": _stored(roles), "epoch": 1, "created": now,
    }  # fmt: skip
    before = _is_called(name, email)
    if connection.execute(select(TABLE.c.id).where(before)).first():
        return None
    insert_or_ignore(connection, TABLE, [row])  # PostgreSQL: another may have come between
    added = select(TABLE.c.id).where(TABLE.c.name_key == row["name_key"], TABLE.c.password == password)
    return connection.execute(added).scalar()


def find_account(connection: Connection, account: int) -> Account | None:
    """The account of that id."""
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


def has_owner(connection: Connection) -> bool:
    """Whether anybody runs the site who can sign in."""
    return count_owners(connection) > 0


def count_owners(connection: Connection) -> int:
    """How many owners can sign in."""
    is_owner = (TABLE.c.roles.like("%owner%")) & (TABLE.c.password != "")
    return connection.execute(select(func.count()).select_from(TABLE).where(is_owner)).scalar_one()


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


def set_email(connection: Connection, account: int, email: str) -> bool:
    """Give an account an address; False when it is another's."""
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


def lock_roles(connection: Connection) -> None:
    """Make other changes of roles wait, so that two of them cannot take away the last owner; on SQLite they wait."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("roles", 0))))


def note(
    connection: Connection, by: int | None, action: str, about: int | None, now: datetime, detail: str = ""
) -> None:
    """Append to the record of who did what; `by` and `about` are accounts, None for a command of the operator."""
    connection.execute(AUDIT.insert(), {"at": now, "by": by, "action": action, "about": about, "detail": detail})


def newest_notes(connection: Connection, number: int) -> list[AuditEntry]:
    """The last entries of that record, newest first."""
    by, about = TABLE.alias("by_account"), TABLE.alias("about_account")
    query = (
        select(AUDIT.c.at, AUDIT.c.action, AUDIT.c.detail, AUDIT.c.by, by.c.name, AUDIT.c.about, about.c.name)
        .outerjoin(by, by.c.id == AUDIT.c.by)
        .outerjoin(about, about.c.id == AUDIT.c.about)
        .order_by(AUDIT.c.id.desc())
        .limit(number)
    )
    return [
        AuditEntry(at, _named(by_id, by_name), action, _named(about_id, about_name), detail)
        for at, action, detail, by_id, by_name, about_id, about_name in connection.execute(query)
    ]


def _named(account: int | None, name: str | None) -> str | None:
    return None if account is None else name or ""


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
