"""The least that a site could do: a bare Flask view, and one with a durable SQLite transaction of its own.

Granian loads the factories; the second one reads where its database is from the environment.
"""

import fcntl
import os
import sqlite3
import uuid
from pathlib import Path

from flask import Flask

FOLDER_VARIABLE = "QUIZAPP_BENCH_FLOOR"
GREETING = "Hello"
STORED = "stored"
LEARNERS = 64
SCHEMA = """
create table if not exists attempt (id integer primary key, public_id text unique, learner integer, score integer);
create table if not exists progress (learner integer primary key, completed integer);
"""


def hello() -> Flask:
    """One view, one word."""
    app = Flask("floor")
    app.add_url_rule("/", "hello", lambda: GREETING)
    return app


def durable() -> Flask:
    """A POST inserts one row and updates another, durably; writers queue at a file lock, as those of a site do."""
    app, folder = Flask("floor"), Path(os.environ[FOLDER_VARIABLE])
    connection = _connect(folder / "floor.db")
    lock = os.open(folder / "floor.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def store() -> str:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection.execute("begin immediate")
        added = connection.execute(
            "insert into attempt (public_id, learner, score) values (?, ?, 1)", (uuid.uuid4().hex, 1)
        )
        learner = (added.lastrowid or 0) % LEARNERS
        connection.execute("update progress set completed = completed + 1 where learner = ?", (learner,))
        connection.execute("commit")
        fcntl.flock(lock, fcntl.LOCK_UN)
        return STORED

    app.add_url_rule("/", "store", store, methods=["POST"])
    app.add_url_rule("/", "hello", lambda: GREETING)
    return app


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("pragma journal_mode=WAL")
    connection.execute("pragma synchronous=FULL")
    connection.executescript(SCHEMA)
    rows = [(number, 0) for number in range(LEARNERS)]
    connection.executemany("insert or ignore into progress values (?, ?)", rows)
    return connection
