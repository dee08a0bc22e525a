"""The versions that a content file had before it was saved in the browser, in the instance folder."""

import base64
import contextlib
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quizapp.content.whole import write_whole
from quizapp.errors import NotFound, NotWritten

KEPT = 20  # of each file
STAMP = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a file: its name, until when it was the file, and the account that replaced it."""

    name: str
    until: datetime
    by: int | None


def keep_version(instance: Path, path: str, data: bytes, by: int | None, now: datetime) -> None:
    """Keep a version that is about to be replaced; the oldest beyond `KEPT` go. Raises NotWritten."""
    text = json.dumps([path, by, base64.b64encode(data).decode()])
    file = _folder(instance, path) / f"{now.astimezone(UTC).strftime(STAMP)}-{_digest(data)}.json"
    if not write_whole(file, text.encode()):
        raise NotWritten(f"{path}: its last version cannot be kept in the instance folder, so that nothing was saved.")
    for old in _files(instance, path)[KEPT:]:
        with contextlib.suppress(OSError):
            old.unlink()


def versions(instance: Path, path: str) -> list[Version]:
    """The versions that are kept of a file, the newest first."""
    found = ((file, _load(file, path)) for file in _files(instance, path))
    return [Version(file.stem, _when(file), loaded[0]) for file, loaded in found if loaded]


def find_version(instance: Path, path: str, name: str) -> bytes:
    """The bytes of a version. Raises NotFound."""
    for file in _files(instance, path):
        loaded = _load(file, path) if file.stem == name else None
        if loaded:
            return loaded[1]
    raise NotFound("This version is not kept any more.")


def _folder(instance: Path, path: str) -> Path:
    return instance / "previous" / _digest(path.encode())


def _files(instance: Path, path: str) -> list[Path]:
    """What is kept of a file, the newest first."""
    return sorted(_folder(instance, path).glob("*-*.json"), reverse=True)


def _load(file: Path, path: str) -> tuple[int | None, bytes] | None:
    """Who replaced it, and its bytes; None where it is damaged or gone."""
    try:
        its_path, by, data = json.loads(file.read_text(encoding="utf-8"))
        _when(file)
        return (by, base64.b64decode(data)) if its_path == path else None
    except (OSError, ValueError, TypeError):
        return None


def _when(file: Path) -> datetime:
    return datetime.strptime(file.stem.partition("-")[0], STAMP).replace(tzinfo=UTC)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
