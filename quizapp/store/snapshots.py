"""Questions as they were shown."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from quizapp.content.snapshots import Snapshot
from quizapp.store.dialect import insert_or_ignore
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["question_snapshot"]
DRAWN = Base.metadata.tables["attempt_question"]
ATTEMPT = Base.metadata.tables["attempt"]
FIND = select(TABLE).where(TABLE.c.fingerprint.in_(bindparam("fingerprints", expanding=True)))


def unknown_fingerprints(connection: Connection, fingerprints: Iterable[str]) -> set[str]:
    """Those of the fingerprints of which no snapshot is stored."""
    stored = set(connection.execute(select(TABLE.c.fingerprint)).scalars())
    return set(fingerprints) - stored


def keep_snapshots(connection: Connection, snapshots: Iterable[Snapshot]) -> None:
    """Store snapshots; one already stored is left as it is."""
    rows = [
        {
            "fingerprint": snapshot.fingerprint,
            "question_key": snapshot.question,
            "markdown": snapshot.markdown,
            "html": json.dumps(snapshot.html, ensure_ascii=False),
        }
        for snapshot in snapshots
    ]
    insert_or_ignore(connection, TABLE, rows)


def find_snapshots(connection: Connection, fingerprints: Iterable[str]) -> dict[str, Snapshot]:
    """The stored snapshots of these fingerprints, by fingerprint."""
    rows = connection.execute(FIND, {"fingerprints": list(set(fingerprints))})
    return {row.fingerprint: _snapshot(row) for row in rows}


def snapshots_of(connection: Connection, question_key: str) -> list[Snapshot]:
    """Every stored version of a question."""
    return [_snapshot(row) for row in connection.execute(select(TABLE).where(TABLE.c.question_key == question_key))]


def is_in_an_attempt(connection: Connection, learner_id: int, link: str) -> bool:
    """Whether a question of some attempt of a learner, as it was shown, holds a symbolic link."""
    drawn = (
        select(DRAWN.c.fingerprint)
        .join(TABLE, TABLE.c.fingerprint == DRAWN.c.fingerprint)
        .join(ATTEMPT, ATTEMPT.c.id == DRAWN.c.attempt_id)
        .where(ATTEMPT.c.learner_id == learner_id, TABLE.c.html.contains(link, autoescape=True))
    )
    return connection.execute(drawn.limit(1)).first() is not None


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(row.fingerprint, row.question_key, row.markdown, json.loads(row.html))
