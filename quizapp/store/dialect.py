"""The statements that SQLite and PostgreSQL spell in their own ways: insert, or leave or change what is there."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, func
from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that break no uniqueness; the others are left as they are stored."""
    if rows:
        connection.execute(_ignoring(connection.dialect.name, table), list(rows))


def upsert(
    connection: Connection, table: Table, row: Mapping[str, Any], first: Sequence[str] = (), last: Sequence[str] = ()
) -> None:
    """Insert the row, or change the stored one of the same primary key.

    The columns of `first` keep what they hold, if that is anything; those of `last` take what the row has.
    """
    connection.execute(_upserting(connection.dialect.name, table, tuple(first), tuple(last)), row)


# Statements are built once: building one costs several times what executing it does.
@lru_cache(maxsize=64)
def _ignoring(dialect: str, table: Table) -> Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@lru_cache(maxsize=64)
def _upserting(dialect: str, table: Table, first: tuple[str, ...], last: tuple[str, ...]) -> Insert:
    insert = _insert(dialect, table)
    changed: dict[str, Any] = {name: func.coalesce(table.c[name], insert.excluded[name]) for name in first}
    changed |= {name: insert.excluded[name] for name in last}
    keys = [column.name for column in table.primary_key]
    return insert.on_conflict_do_update(index_elements=keys, set_=changed)


def _insert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
