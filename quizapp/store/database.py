"""The database of one site: how it is opened, read and written."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from quizapp.errors import DatabaseError
from quizapp.store.lock import locked

DATABASE_FILE = "quizapp.db"
BUSY_TIMEOUT_MS = 10_000


class Database:
    """Opens connections; `reading` sees one consistent state, `writing` is one transaction."""

    def __init__(self, url: str, write_lock: Path | None = None) -> None:
        self._write_lock = write_lock
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.engine.connect() as connection:
            self._begin(connection, "BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, committed at the end and undone by an exception.

        On SQLite writers queue at a file lock, because SQLite itself lets them starve one another; so a transaction
        must not begin inside another.
        """
        queue = locked(self._write_lock, wait=True) if self._write_lock and self.is_sqlite else nullcontext()
        with queue, self.engine.connect() as connection, connection.begin():
            self._begin(connection, "BEGIN IMMEDIATE")
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _begin(self, connection: Connection, statement: str) -> None:
        """Begin a transaction on SQLite, whose driver begins none; past SQLAlchemy, where it would cost more."""
        if self.is_sqlite:
            cursor = connection.connection.cursor()
            cursor.execute(statement)
            cursor.close()


def open_database(url: str, instance: Path) -> Database:
    """Open the database at `url`; an empty url means SQLite in the instance folder."""
    return Database(url or f"sqlite:///{instance / DATABASE_FILE}", instance / "write.lock")


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseError(
            "database_url: this is not the address of a database. Write one such as postgresql://user@host/name."
        ) from None
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(parsed, pool_pre_ping=parsed.drivername != "sqlite")
    except ImportError as error:
        raise DatabaseError(f"database_url: {error.name} is not installed. Install quizapp[postgres].") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins no transactions: Database does
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged response survives a power cut
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
