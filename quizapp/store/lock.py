"""A lock on a file, waited for in the kernel, so that processes queue instead of polling; gone with its process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, best effort: SQLite's own locks remain
    fcntl = None  # type: ignore[assignment]


class Locked(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(file: Path, *, wait: bool) -> Iterator[int]:
    """Hold the lock on a file, which is made if missing; yields its descriptor.

    Raises Locked when another process holds it and `wait` is False.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if fcntl:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise Locked(str(file)) from None
        yield descriptor
    finally:
        os.close(descriptor)
