"""Files of a content folder, opened and replaced so that no link leads out of it.

Every folder on the way is opened from the one above it and never by a link, so that nothing is swapped in between
looking and opening.
"""

import errno
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quizapp.content.files import MAX_BYTES
from quizapp.errors import ChangedMeanwhile, NotEditable, NotWritten

IS_POSSIBLE = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")  # Windows has neither
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
LINK_ON_THE_WAY = (errno.ELOOP, errno.ENOTDIR)
NO_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
# What some system of an author cannot have in a name.
FOREIGN = re.compile(r'[\\:*?"<>|%\ufffd]|[. ]$')
CLOSED_FOLDERS = frozenset({"media", "code", "node_modules"})
# What goes beside a bank: a file that a question shows, or a quiz that asks it.
BESIDE = re.compile(
    r"(?P<folder>media)/(?P<file>[a-z0-9][a-z0-9-]{0,99}\.[a-z0-9]{1,5})|(?P<quiz>[^/]{1,100}\.quiz\.md)"
)
LONGEST_NAME = 200  # bytes
DEEPEST = 3  # path, module, file


def require_place(path: str, *, is_new: bool) -> tuple[str, ...]:
    """The names on the way to a Markdown file of a content folder. Raises NotEditable where it may not be edited."""
    names = tuple(path.split("/"))
    if any(not name or name.startswith((".", "_")) or not is_name(name) for name in names):
        raise NotEditable(f"{_printed(path)}: this is no file that the site loads. Names begin with a letter or digit.")
    if not names[-1].lower().endswith(".md"):
        raise NotEditable(f"{path}: only Markdown files are edited here. Their names end with .md.")
    if CLOSED_FOLDERS.intersection(names[:-1]):
        raise NotEditable(f"{path}: nothing in this folder is edited here.")
    if is_new:
        _require_new_place(path, names)
    return names


def _require_new_place(path: str, names: Sequence[str]) -> None:
    for name in names:
        if FOREIGN.search(name) or len(name.encode()) > LONGEST_NAME:
            raise NotEditable(f"{path}: this name does not work everywhere. Use letters, digits, spaces and -.")
    if "includes" not in names and len(names) > DEEPEST:
        raise NotEditable(f"{path}: this is too deep. Write path/module/file.md at most.")


def read_file(root: Path, path: str) -> bytes | None:
    """The bytes of a Markdown file of a content folder; None where there is none.

    Raises NotEditable for what is no plain file that can be read, and for every link on the way.
    """
    names = require_place(path, is_new=False)
    try:
        with open_folder(root, names[:-1]) as folder:
            return _read(folder, names[-1], path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotEditable(_told(path, error)) from None


def replace_file(root: Path, path: str, data: bytes, expected: bytes | None) -> None:
    """Put bytes into the place of those expected (None: of no file), whole or not at all; permissions stay.

    Missing folders are made for a new file. Raises NotEditable, NotWritten, and ChangedMeanwhile where the file is not
    what was expected.
    """
    if not IS_POSSIBLE:
        raise NotWritten("This system cannot save files safely from the browser. Use an editor.")
    names = require_place(path, is_new=expected is None)
    try:
        with open_folder(root, names[:-1], is_made=expected is None) as folder:
            _replace(folder, names[-1], path, data, expected)
    except FileNotFoundError:
        raise ChangedMeanwhile(None) from None
    except OSError as error:
        if error.errno in (*LINK_ON_THE_WAY, *NO_NAME):
            raise NotEditable(_told(path, error)) from None
        why = error.strerror or type(error).__name__
        raise NotWritten(
            f"{path}: it cannot be written: {why}. Ask who runs the site to let quizapp write in this folder."
        ) from None


@dataclass(frozen=True, slots=True)
class Change:
    """New bytes of a Markdown file of a content folder, and those expected there (None: no file)."""

    root: Path
    path: str
    data: bytes
    expected: bytes | None


def replace_files(changes: Sequence[Change]) -> None:
    """Make several changes, all of them or none: those made are taken back where one cannot be.

    Raises what `replace_file` raises.
    """
    done: list[Change] = []
    try:
        for one in changes:
            replace_file(one.root, one.path, one.data, one.expected)
            done.append(one)
    except BaseException:
        for one in reversed(done):
            with suppress(OSError, NotEditable, NotWritten, ChangedMeanwhile):
                _take_back(one)
        raise


def _take_back(change: Change) -> None:
    """Put back what stood in a file, where nobody has changed it since."""
    if change.expected is not None:
        replace_file(change.root, change.path, change.expected, change.data)
    elif read_file(change.root, change.path) == change.data:
        *folders, name = change.path.split("/")
        with open_folder(change.root, folders) as folder:
            os.unlink(name, dir_fd=folder)


@contextmanager
def files_beside(root: Path, path: str, files: Mapping[str, bytes]) -> Iterator[None]:
    """Put files beside a Markdown file, by their path from there, while something else is done.

    A path is `media/name.png`, or `name.quiz.md`. One that is there with the same bytes stays. Where that which is
    done raises, those that are new are taken away again. Raises NotEditable, NotWritten.
    """
    names = require_place(path, is_new=False)[:-1]
    made: list[tuple[str, ...]] = []
    try:
        for place, data in files.items():
            _put_or_tell(root, names, place, data, made)
        yield
    except BaseException:
        _take_away(root, names, made)
        raise


def _put_or_tell(root: Path, names: Sequence[str], place: str, data: bytes, made: list[tuple[str, ...]]) -> None:
    try:
        _put(root, names, place, data, made)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise NotWritten(f"{place}: it cannot be written: {why}. Nothing is saved.") from None


def _put(root: Path, names: Sequence[str], place: str, data: bytes, made: list[tuple[str, ...]]) -> None:
    found = BESIDE.fullmatch(place)
    if not found:
        raise NotEditable(f"{_printed(place)}: a file of a question lies in `media`, under a plain name.")
    if found["quiz"]:
        require_place("/".join((*names, place)), is_new=True)
    name, inner = found["file"] or found["quiz"], (found["folder"],) if found["folder"] else ()
    with open_folder(root, (*names, *inner), is_made=True) as folder:
        try:
            with open_plain(folder, name, place) as there:
                if there.read(len(data) + 1) != data:
                    raise NotEditable(f"{place}: another file of this name is there. Nothing is saved.")
        except FileNotFoundError:
            _write_beside(folder, name, data)
            made.append((*inner, name))


def _write_beside(folder: int, name: str, data: bytes) -> None:
    fresh = f".quizapp-{secrets.token_hex(8)}.new"
    try:
        write_new(folder, fresh, data, None)
        os.rename(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(fresh, dir_fd=folder)
        raise


def _take_away(root: Path, names: Sequence[str], made: Sequence[tuple[str, ...]]) -> None:
    for *inner, name in made:
        with suppress(OSError), open_folder(root, (*names, *inner)) as folder:
            os.unlink(name, dir_fd=folder)


def _replace(folder: int, name: str, path: str, data: bytes, expected: bytes | None) -> None:
    before = _read(folder, name, path) if expected is not None else _found(folder, name, path)
    if before != expected:
        raise ChangedMeanwhile(before)
    mode = None
    if expected is not None:
        if not os.access(name, os.W_OK, dir_fd=folder, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        mode = stat.S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    fresh = f".quizapp-{secrets.token_hex(8)}.new"
    try:
        write_new(folder, fresh, data, mode)
        now = _found(folder, name, path)  # an editor on this machine takes no lock: look once more
        if now != expected:
            raise ChangedMeanwhile(now)
        os.rename(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(fresh, dir_fd=folder)
        raise
    os.fsync(folder)


def write_new(folder: int, name: str, data: bytes, mode: int | None) -> None:
    """Write a new file, also through a power cut; `mode` are its permissions, None for those of new files."""
    descriptor = os.open(name, FRESH, 0o666, dir_fd=folder)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        if mode is not None:
            os.fchmod(opened.fileno(), mode)
        opened.flush()
        os.fsync(opened.fileno())


def _found(folder: int, name: str, path: str) -> bytes | None:
    """What a name holds, None where it is free."""
    try:
        return _read(folder, name, path)
    except FileNotFoundError:
        return None


def _read(folder: int, name: str, path: str) -> bytes:
    """The bytes of a plain file. Raises OSError, NotEditable."""
    with open_plain(folder, name, path) as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NotEditable(f"{path}: this is larger than 1 MiB, which is not read. Split it.")
    return data


@contextmanager
def open_plain(folder: int, name: str, path: str) -> Iterator[BinaryIO]:
    """A plain file, open to be read, and closed whatever it is. Raises OSError, NotEditable."""
    descriptor = os.open(name, FILE, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotEditable(f"{path}: this is no file.")
        with os.fdopen(descriptor, "rb", closefd=False) as opened:
            yield opened
    finally:
        os.close(descriptor)


@contextmanager
def open_folder(root: Path, names: Sequence[str], *, is_made: bool = False) -> Iterator[int]:
    """A descriptor of a folder inside of the root, with no link on the way; `is_made` makes what is missing.

    Raises OSError.
    """
    descriptor = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        for name in names:
            if is_made:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=descriptor)
            inner = os.open(name, FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def is_name(name: str) -> bool:
    """Whether a name is made of characters that can be read."""
    return not any(unicodedata.category(character) in ("Cs", "Cc") for character in name)


def _printed(path: str) -> str:
    return "".join(one if is_name(one) else "\N{REPLACEMENT CHARACTER}" for one in path)


def _told(path: str, error: OSError) -> str:
    if error.errno in LINK_ON_THE_WAY:
        return f"{path}: a link stands on the way, or a file in the place of a folder. Links are not followed."
    if error.errno in NO_NAME:
        return f"{path}: this name cannot be used. Make it shorter."
    return f"{path}: it cannot be read: {error.strerror or type(error).__name__}."
