"""A database of its own for each test that wants one: SQLite, or a fresh schema on a PostgreSQL.

With QUIZAPP_DATABASE_URL in the environment, the address of a PostgreSQL, also the servers that tests start run on it.
"""

import itertools
import os
from urllib.parse import quote

from sqlalchemy import create_engine, text

POSTGRES = os.environ.get("QUIZAPP_DATABASE_URL") or "postgresql://postgres@127.0.0.1:5432/test"
_numbers = itertools.count(1)


def new_schema() -> str:
    """Make an empty schema; returns the address that leads into it. Raises OperationalError without a server."""
    name = f"quizapp_{os.getpid()}_{next(_numbers)}"
    _run(f"create schema {name}")
    return f"{POSTGRES}?options={quote(f'-csearch_path={name}')}"


def drop_schema(address: str) -> None:
    """Remove what `new_schema` made."""
    _run(f"drop schema {address.rpartition('%3D')[2]} cascade")


def server_database() -> str:
    """The database for a server that a test starts; empty for SQLite in its instance folder."""
    return new_schema() if os.environ.get("QUIZAPP_DATABASE_URL") else ""


def _run(statement: str) -> None:
    engine = create_engine(POSTGRES.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
