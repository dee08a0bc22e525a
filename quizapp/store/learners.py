"""Who learns."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from quizapp.errors import NotFound
from quizapp.store.accounts import Role, roles_of
from quizapp.store.dialect import insert_or_ignore
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["learner"]
ACCOUNT = Base.metadata.tables["account"]
ATTEMPT = Base.metadata.tables["attempt"]
PROGRESS = Base.metadata.tables["lesson_progress"]
NOTICE = Base.metadata.tables["notice"]
OVERRIDE = Base.metadata.tables["override"]
# Statements that every request needs are built once: building one costs several times what executing it does.
IS_GUEST, IS_ACCOUNT = TABLE.c.guest == bindparam("its_guest"), TABLE.c.account_id == bindparam("its_account")
FIND_GUEST, FIND_ACCOUNT = (select(TABLE.c.id, TABLE.c.version).where(one) for one in (IS_GUEST, IS_ACCOUNT))
FIND_SIGNED_IN = (
    select(TABLE.c.id, TABLE.c.version, ACCOUNT.c.name, ACCOUNT.c.roles)
    .join(ACCOUNT, ACCOUNT.c.id == TABLE.c.account_id)
    .where(ACCOUNT.c.id == bindparam("its_account"), ACCOUNT.c.epoch == bindparam("its_epoch"))
)
RAISE_GUEST, RAISE_ACCOUNT = (
    update(TABLE).where(one).values(version=TABLE.c.version + 1).returning(TABLE.c.id) for one in (IS_GUEST, IS_ACCOUNT)
)


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who learns, as a request knows them: a guest by a cookie, or an account.

    `id` is None while nothing of theirs is stored; `version` is raised with every change of what is.
    """

    guest: str = ""
    id: int | None = None
    version: int = 0
    account: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset({"guest"})


def find_guest(connection: Connection, guest: str) -> Learner:
    """The guest of that cookie."""
    row = connection.execute(FIND_GUEST, {"its_guest": guest}).one_or_none()
    return Learner(guest, row.id, row.version) if row else Learner(guest)


def find_signed_in(connection: Connection, account: int, epoch: int) -> Learner | None:
    """The learner of an account, if its sessions of that epoch still hold."""
    row = connection.execute(FIND_SIGNED_IN, {"its_account": account, "its_epoch": epoch}).one_or_none()
    return Learner("", row.id, row.version, account, row.name, roles_of(row.roles)) if row else None


def find_id(connection: Connection, learner: Learner) -> int | None:
    """The row of a learner as it is now; None where nothing is stored, or is not any more."""
    return connection.execute(FIND_GUEST if learner.account is None else FIND_ACCOUNT, _its(learner)).scalar()


def keep_learner(connection: Connection, learner: Learner, now: datetime) -> int:
    """The row of a learner, who is added if an unknown guest; raises its version, as a change follows.

    Raises NotFound when the account was removed meanwhile.
    """
    known = connection.execute(RAISE_GUEST if learner.account is None else RAISE_ACCOUNT, _its(learner)).scalar()
    if known is not None:
        return int(known)
    if learner.account is not None:
        raise NotFound("This account is not here any more.")
    insert_or_ignore(connection, TABLE, [{"guest": learner.guest, "created": now, "version": 1}])
    return int(connection.execute(FIND_GUEST, _its(learner)).scalar_one())


def raise_version(connection: Connection, learner_id: int) -> None:
    """Note that something that is stored about a learner changes."""
    connection.execute(update(TABLE).where(TABLE.c.id == learner_id).values(version=TABLE.c.version + 1))


def add_for_account(connection: Connection, account: int, guest: str, now: datetime) -> int:
    """Make an account a learner: the guest of that cookie becomes it with all that was done; else a new one."""
    adopted = update(TABLE).where(TABLE.c.guest == guest).values(account_id=account, guest=None)
    known = connection.execute(adopted.returning(TABLE.c.id)).scalar() if guest else None
    if known is not None:
        return int(known)
    row = {"account_id": account, "created": now}
    return int(connection.execute(TABLE.insert().returning(TABLE.c.id), row).scalar_one())


def names_by_id(connection: Connection) -> dict[int, str]:
    """The names of the accounts, by learner id."""
    query = select(TABLE.c.id, ACCOUNT.c.name).join(ACCOUNT, ACCOUNT.c.id == TABLE.c.account_id)
    return {row.id: row.name for row in connection.execute(query)}


def counted_work(connection: Connection, learner_id: int) -> tuple[int, int, int]:
    """How many lessons a learner opened, how many of them were completed, and how many attempts they made."""
    counts = select(func.count(), func.count(PROGRESS.c.completed)).where(PROGRESS.c.learner_id == learner_id)
    attempts = select(func.count()).select_from(ATTEMPT).where(ATTEMPT.c.learner_id == learner_id)
    lessons, completed = connection.execute(counts).one()
    return lessons, completed, connection.execute(attempts).scalar_one()


def hold_guest(connection: Connection, guest: str) -> int | None:
    """The row of the guest of that cookie, which others wait to change; on SQLite they wait already."""
    return connection.execute(select(TABLE.c.id).where(TABLE.c.guest == guest).with_for_update()).scalar()


def move_work(connection: Connection, source: int, target: int) -> None:
    """Give one learner's attempts and progress to another, and remove the first. What both completed counts once.

    Notices and what the first was allowed at quizzes go along; where both were allowed something, the second keeps it.
    """
    for table in (ATTEMPT, NOTICE):
        connection.execute(update(table).where(table.c.learner_id == source).values(learner_id=target))
    for extra in connection.execute(select(OVERRIDE).where(OVERRIDE.c.learner_id == source)).mappings().all():
        insert_or_ignore(connection, OVERRIDE, [{**extra, "learner_id": target}])
    connection.execute(delete(OVERRIDE).where(OVERRIDE.c.learner_id == source))
    rows = connection.execute(select(PROGRESS).where(PROGRESS.c.learner_id == source)).all()
    for row in rows:
        _merge_lesson(connection, row, target)
    connection.execute(delete(PROGRESS).where(PROGRESS.c.learner_id == source))
    connection.execute(delete(TABLE).where(TABLE.c.id == source))
    connection.execute(update(TABLE).where(TABLE.c.id == target).values(version=TABLE.c.version + 1))


def _merge_lesson(connection: Connection, row: Row[tuple[object, ...]], target: int) -> None:
    """Add one record of progress; of two completions the earlier counts, as it does under two keys of one lesson."""
    values = {"lesson_key": row.lesson_key, "completed": row.completed, "fingerprint": row.fingerprint}
    insert_or_ignore(connection, PROGRESS, [{"learner_id": target, "opened": row.opened, **values}])
    this = (PROGRESS.c.learner_id == target) & (PROGRESS.c.lesson_key == row.lesson_key)
    opened_later = this & (PROGRESS.c.opened > row.opened)
    connection.execute(update(PROGRESS).where(opened_later).values(opened=row.opened))
    if row.completed:
        completed_later = this & (PROGRESS.c.completed.is_(None) | (PROGRESS.c.completed > row.completed))
        connection.execute(update(PROGRESS).where(completed_later).values(values))


def forget_account(connection: Connection, account: int) -> None:
    """Leave what an account did to nobody, so that statistics survive."""
    connection.execute(update(TABLE).where(TABLE.c.account_id == account).values(account_id=None))


def _its(learner: Learner) -> dict[str, object]:
    return {"its_guest": learner.guest} if learner.account is None else {"its_account": learner.account}
