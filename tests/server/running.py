"""A real `quizapp serve` in a process group of its own, for tests that kill it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from quizapp.store.database import Connection, open_database
from tests.databases import drop_schema, server_database

PATIENCE_SECONDS = 30.0


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One instance folder and the server on it."""

    content: Path
    instance: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    database_url: str | None = None  # None until it is started for the first time; empty for SQLite

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """The command line."""
        place = ["--port", str(self.port), "--instance", str(self.instance)]
        return [sys.executable, "-m", "quizapp", "serve", str(self.content), *place]

    def start(self) -> "Server":
        """Start it and wait until it answers."""
        if self.database_url is None:
            self.database_url = server_database()
        self.process = subprocess.Popen(
            self.command(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "QUIZAPP_DATABASE_URL": self.database_url},
        )
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)
        return self

    def account(self, *words: str, typed: str = "") -> str:
        """What `quizapp account` prints for the instance, before the server is started or while it runs."""
        if self.database_url is None:
            self.database_url = server_database()
        done = subprocess.run(
            [sys.executable, "-m", "quizapp", "account", *words, "--instance", str(self.instance)],
            input=typed, capture_output=True, text=True, check=True,
            env={**os.environ, "QUIZAPP_DATABASE_URL": self.database_url, "QUIZAPP_CONTENT": str(self.content)},
        )  # fmt: skip
        return done.stdout.strip()

    def add_account(self, name: str, password: str, *roles: str) -> None:
        """Add an account that can sign in."""
        granted = [part for role in roles for part in ("--role", role)]
        self.account("add", name, *granted, "--password-stdin", typed=password)

    def answers(self) -> bool:
        """Whether a worker answers now."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        assert self.process
        listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [int(pid) for pid in listing.stdout.split()]

    def kill_all(self) -> None:
        """SIGKILL to parent and workers at once."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    @contextmanager
    def database(self) -> Iterator[Connection]:
        """A transaction on its database, to look at the rows or to change them."""
        opened = open_database(self.database_url or "", self.instance)
        with opened.writing() as connection:
            yield connection
        opened.close()

    def stop(self) -> None:
        """End what is left of it, and its schema on a PostgreSQL."""
        self.end()
        if self.database_url:
            drop_schema(self.database_url)
            self.database_url = None

    def end(self) -> None:
        """End what is left of it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill_all()


def until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether the condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
