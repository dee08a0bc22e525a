"""The one statement that SQLite and PostgreSQL spell in their own ways: insert, or leave what is there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that break no uniqueness; the others are left as they are stored."""
    if rows:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))


def upsert(connection: Connection, table: Table, row: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
    """Insert the row, or change the stored one of the same primary key to `changed`."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    keys = [column.name for column in table.primary_key]
    connection.execute(insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changed))
