"""Files that an author chose, kept in the instance folder from the upload until they are saved, an hour at most.

Each upload is a folder `uploads/<account>/<when>-<name>/`, there whole or not at all; what a kill leaves is swept like
any other. The files in it have numbers: what an author calls a file is never a path.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizapp.actions.confined import BESIDE
from quizapp.content.whole import write_whole
from quizapp.errors import NotFound, NotWritten, QuizappError

LIFETIME = timedelta(hours=1)
KEPT = 4  # of each account; the oldest go
MAX_FILES, MAX_BYTES = 20, 32 * 1024 * 1024  # of one upload
STAMP = "%Y%m%dT%H%M%S%f"
NAME = re.compile(r"[A-Za-z0-9_-]{22}")
FOLDER = re.compile(r"(?P<when>\d{8}T\d{12})-[A-Za-z0-9_-]{22}(?:\.new)?")
LONGEST_NAME = 200  # characters of what a file is called
GONE = "This upload is not here any more. Files are kept for an hour, for who sent them only. Choose them again."
LIST, SAVED = "files.json", "saved.txt"


class NotTaken(QuizappError):
    """Files that are not taken as an upload; says why."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Files by what they were called, in the order in which they were chosen.

    `saved` is the content path that their questions went to; then the files are gone.
    """

    name: str
    files: tuple[tuple[str, bytes], ...]
    saved: str = ""


def keep_upload(instance: Path, account: int, files: Sequence[tuple[str, bytes]], now: datetime) -> str:
    """Keep files for an account; return the name of the upload, which nobody guesses.

    What is older than an hour goes, of everybody. Raises NotTaken, NotWritten.
    """
    _require_bounds(files)
    sweep(instance, now)
    name, home = secrets.token_urlsafe(16), _home(instance, account)
    folder = home / f"{now.astimezone(UTC).strftime(STAMP)}-{name}"
    fresh = folder.with_name(f"{folder.name}.new")
    try:
        fresh.mkdir(parents=True, mode=0o700)
        for number, (_, data) in enumerate(files):
            (fresh / str(number)).write_bytes(data)
        (fresh / LIST).write_text(json.dumps([called[:LONGEST_NAME] for called, _ in files]), encoding="utf-8")
        fresh.rename(folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise NotWritten(f"The files cannot be kept: {error.strerror}. Ask who runs the site for more room.") from None
    others = sorted((one for one in _folders(home) if one != folder), key=lambda one: one.name)
    for old in others[: -KEPT + 1]:
        shutil.rmtree(old, ignore_errors=True)
    return name


def find_upload(instance: Path, account: int, name: str, now: datetime) -> Upload:
    """The upload of that name. Raises NotFound where it is none of that account, and where its hour is over."""
    folder = _find(instance, account, name, now)
    try:
        if (folder / SAVED).exists():
            return Upload(name, (), (folder / SAVED).read_text(encoding="utf-8"))
        called = json.loads((folder / LIST).read_text(encoding="utf-8"))
        return Upload(name, tuple((one, (folder / str(at)).read_bytes()) for at, one in enumerate(called)))
    except (OSError, ValueError):
        raise NotFound(GONE) from None


def finish_upload(instance: Path, account: int, name: str, saved: str, now: datetime) -> None:
    """Let the files go: their questions are saved, at that content path, and who asks again is told so."""
    with suppress(NotFound):
        folder = _find(instance, account, name, now)
        if write_whole(folder / SAVED, saved.encode()):
            for entry in folder.iterdir():
                if entry.name != SAVED:
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink(missing_ok=True)


def keep_pictures(instance: Path, account: int, name: str, files: Mapping[str, bytes], now: datetime) -> None:
    """Keep what the questions of an upload show, to be looked at; their names are made of their bytes."""
    with suppress(NotFound):
        folder = _find(instance, account, name, now)
        for path, data in files.items():
            if BESIDE.fullmatch(path) and not (folder / path).exists():
                write_whole(folder / path, data)


def find_picture(instance: Path, account: int, name: str, path: str, now: datetime) -> Path:
    """A file that a question of an upload shows, by its path beside the bank. Raises NotFound."""
    file = _find(instance, account, name, now) / path
    if not BESIDE.fullmatch(path) or not file.is_file():
        raise NotFound(GONE)
    return file


def sweep(instance: Path, now: datetime) -> None:
    """Take away the uploads of everybody that are older than an hour, and what was left half written."""
    for home in (instance / "uploads").glob("*"):
        for folder in _folders(home):
            if _is_over(folder, now):
                shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            home.rmdir()  # only an empty one goes


def _require_bounds(files: Sequence[tuple[str, bytes]]) -> None:
    if not files:
        raise NotTaken("Choose a file, or paste a text.")
    if len(files) > MAX_FILES:
        raise NotTaken(f"These are {len(files)} files, and {MAX_FILES} are taken at once. Choose fewer.")
    if sum(len(data) for _, data in files) > MAX_BYTES:
        raise NotTaken(f"These have more than {MAX_BYTES >> 20} MiB together. Choose fewer, or export them in parts.")


def _find(instance: Path, account: int, name: str, now: datetime) -> Path:
    found = [one for one in _folders(_home(instance, account)) if one.name.partition("-")[2] == name]
    if not NAME.fullmatch(name) or not found or _is_over(found[0], now):
        raise NotFound(GONE)
    return found[0]


def _home(instance: Path, account: int) -> Path:
    return instance / "uploads" / str(account)


def _folders(home: Path) -> Iterator[Path]:
    """The uploads of an account, in no order."""
    with suppress(OSError), os.scandir(home) as entries:
        yield from [Path(entry.path) for entry in entries if FOLDER.fullmatch(entry.name)]


def _is_over(folder: Path, now: datetime) -> bool:
    found = FOLDER.fullmatch(folder.name)
    when = datetime.strptime(found["when"], STAMP).replace(tzinfo=UTC) if found else now
    return not timedelta(minutes=-5) <= now - when < LIFETIME
