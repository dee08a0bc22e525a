"""New folders of a content folder: there whole, all of them or none, and never over something that stands there."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from quizapp.actions.confined import (
    FOREIGN,
    IS_POSSIBLE,
    LONGEST_NAME,
    is_name,
    open_folder,
    open_plain,
    write_new,
)
from quizapp.errors import NotEditable, NotWritten

State = Literal["new", "same", "taken"]
Files = Mapping[str, bytes]  # by their path in the folder
DEEPEST = 3  # path/media/file.png, from the folder


def state_of(root: Path, name: str, files: Files) -> State:
    """Whether a folder with these files would be new at the top, stands there as it is, or something else does."""
    try:
        with open_folder(root, (name,)) as folder:
            found = _paths(folder, DEEPEST)
            is_same = found == set(files) and all(_holds(root, name, path, data) for path, data in files.items())
            return "same" if is_same else "taken"
    except FileNotFoundError:
        return "new"
    except (OSError, NotEditable):  # a link, a file, or what may not be read
        return "taken"


@contextmanager
def made(root: Path, folders: Mapping[str, Files]) -> Iterator[None]:
    """Make folders at the top of a content folder, by their names, while something else is done.

    They are written into a hidden folder beside, and take their names when all of them are there. Where that which is
    done raises, they are taken away again. Raises NotEditable, NotWritten.
    """
    if not IS_POSSIBLE:
        raise NotWritten("This system cannot save files safely from the browser. Use an editor.")
    for name, files in folders.items():
        for path in files:
            _require_plain(f"{name}/{path}")
    fresh = f".quizapp-{secrets.token_hex(8)}.new"
    claimed: list[str] = []
    try:
        _make(root, fresh, folders, claimed)
        yield
    except BaseException:
        _take_away(root, claimed)
        raise
    finally:
        _take_away(root, [fresh])


def _make(root: Path, fresh: str, folders: Mapping[str, Files], claimed: list[str]) -> None:
    try:
        for name, files in folders.items():
            for path, data in files.items():
                *inner, last = path.split("/")
                with open_folder(root, (fresh, name, *inner), is_made=True) as folder:
                    write_new(folder, last, data, None)
        with open_folder(root, ()) as top, open_folder(root, (fresh,)) as beside:
            for name in folders:
                os.mkdir(name, dir_fd=top)  # refused where something stands; the rename replaces this empty one only
                claimed.append(name)
                os.rename(name, name, src_dir_fd=beside, dst_dir_fd=top)
            os.fsync(top)
    except FileExistsError as error:
        raise NotEditable(f"{error.filename}: something of this name stands there. Nothing is imported.") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise NotWritten(
            f"The folders cannot be written: {why}. Nothing is imported. Ask who runs the site to let quizapp write in"
            " the content folder."
        ) from None


def _take_away(root: Path, names: Sequence[str]) -> None:
    with open_folder(root, ()) as top:
        for name in names:
            shutil.rmtree(name, ignore_errors=True, dir_fd=top)


def _paths(folder: int, depth: int) -> set[str]:
    """The paths of what stands in a folder, apart from hidden files; links and folders that are too deep as such."""
    found: set[str] = set()
    with os.scandir(folder) as entries:
        listed = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in listed:
        if name.startswith("."):
            continue
        if not is_folder or not depth:
            found.add(name)
            continue
        inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
        try:
            found |= {f"{name}/{path}" for path in _paths(inner, depth - 1)}
        finally:
            os.close(inner)
    return found


def _holds(root: Path, name: str, path: str, data: bytes) -> bool:
    *inner, last = path.split("/")
    with open_folder(root, (name, *inner)) as folder, open_plain(folder, last, path) as there:
        return there.read(len(data) + 1) == data


def _require_plain(path: str) -> None:
    """Raise NotEditable for a path of a new file that would be hidden, lie elsewhere, or not work everywhere."""
    names = path.split("/")
    is_plain = all(name and not name.startswith((".", "_")) and is_name(name) for name in names)
    is_short = len(names) <= DEEPEST + 1 and all(len(name.encode()) <= LONGEST_NAME for name in names)
    if not is_plain or not is_short or any(FOREIGN.search(name) for name in names):
        raise NotEditable(f"{path!a}: this name does not work everywhere. Rename the file in the archive.")
