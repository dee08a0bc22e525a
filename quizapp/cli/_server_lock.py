"""Who serves an instance folder, and where people reach it: what `serve` keeps in `serve.lock` while it runs."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from quizapp.errors import ServeError
from quizapp.store.lock import Locked, locked

NAME = "serve.lock"
PATIENCE_SECONDS = 3.0  # workers of a killed parent leave within half a second


@contextmanager
def only_server(instance: Path) -> Iterator[int]:
    """Hold the instance folder: two servers would each think they own it. Yields the descriptor for `leave_word`.

    Raises ServeError when another process serves it, or the folder cannot be written.
    """
    try:
        instance.mkdir(parents=True, exist_ok=True)
        (instance / NAME).touch(mode=0o600)
    except OSError as error:
        raise ServeError(
            f"{instance}: cannot be written: {error.strerror}. Name another folder with --instance."
        ) from None
    with _patiently_locked(instance / NAME) as descriptor:
        leave_word(descriptor, "")
        yield descriptor


def leave_word(descriptor: int, address: str) -> None:
    """Write who serves, and the address under which people reach the site; empty while it is not known."""
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f"{os.getpid()}\n{address}".encode())


def served_at(instance: Path) -> str:
    """The address that the server of this folder left; empty where none runs."""
    lock = instance / NAME
    if not lock.exists():
        return ""
    try:
        with locked(lock, wait=False):
            return ""
    except Locked:
        holder, address = _read(lock)
        return address if is_alive(holder) else ""


@contextmanager
def _patiently_locked(lock: Path) -> Iterator[int]:
    """Lock the file; where its holder is dead, wait for the workers it left, which share its lock."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        with ExitStack() as stack:
            try:
                descriptor = stack.enter_context(locked(lock, wait=False))
            except Locked:
                holder = _read(lock)[0]
                if time.monotonic() > patience or is_alive(holder):
                    raise ServeError(
                        f"{lock.parent}: is being served already, by process {holder or 'unknown'}. Stop that one, or"
                        " name another folder with --instance."
                    ) from None
            else:
                yield descriptor
                return
        time.sleep(0.1)


def _read(lock: Path) -> tuple[str, str]:
    """The process id and the address in the file; empty where it says nothing."""
    holder, _, address = lock.read_text().partition("\n")
    return holder, address


def is_alive(process: str) -> bool:
    """Whether a process of that id runs."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True  # alive, and somebody else's
    return True
