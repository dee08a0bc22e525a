"""Files written whole or not at all, for what several processes share."""

import contextlib
import os
import shutil
from pathlib import Path


def write_whole(file: Path, data: bytes) -> bool:
    """Write a file so that nobody ever sees half of it, also after a power cut; False when that cannot be done.

    Who may read and write it stays as it was.
    """
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        if file.exists():
            shutil.copymode(file, fresh)
        fresh.replace(file)
    except OSError:
        with contextlib.suppress(OSError):  # half a file is no use, least of all where a disk is full
            fresh.unlink(missing_ok=True)
        return False
    return True
