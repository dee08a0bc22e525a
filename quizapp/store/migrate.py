"""Bring a database to this program's schema; the revisions are the files of `migrations/versions`."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from quizapp.errors import DatabaseError
from quizapp.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
HEAD = REVISIONS[-1]


def stored_revision(connection: Connection) -> str:
    """The revision of a database; empty for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("select version_num from alembic_version")).scalar() or ""


def require_current(database: Database) -> None:
    """Raise DatabaseError unless the schema is this program's."""
    revision = _revision_of(database)
    _refuse_newer(revision)
    if revision != HEAD:
        raise DatabaseError(
            f"The database is at revision {revision or 'none'}, this program at {HEAD}. Start it with `quizapp serve`,"
            " which brings it up to date."
        )


def upgrade(database: Database) -> None:
    """Create the tables or bring them up to date. Raises DatabaseError for a database of a newer program."""
    revision = _revision_of(database)
    _refuse_newer(revision)
    if revision != HEAD:
        _run(database)


def _revision_of(database: Database) -> str:
    try:
        with database.reading() as connection:
            return stored_revision(connection)
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise DatabaseError(
            f"The database cannot be opened: {reason}. See that it runs and is named rightly in database_url."
        ) from None


def _refuse_newer(revision: str) -> None:
    if revision and revision not in REVISIONS:
        raise DatabaseError(
            f"The database was written by a newer quizapp: it is at revision {revision}, this program knows up to"
            f" {HEAD}. Install the newer quizapp, or name another folder with --instance."
        )


def _run(database: Database) -> None:
    # Alembic takes half a second to import and is needed once in a release.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
