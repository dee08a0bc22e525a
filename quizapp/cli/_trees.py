"""Folders that are read as trees, and a folder that is written whole or not at all."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MAX_FILES = 100_000
MAX_DEPTH = 40  # folders in each other


@dataclass(slots=True)
class FolderTree:
    """The files of a folder, by their paths in it; hidden names are left out.

    `links` are symbolic links, and folders that stand too deep: they are listed and never followed.
    """

    root: Path
    paths: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for path, is_link in _files(self.root, ""):
            (self.links if is_link else self.paths).append(path)
            if len(self.paths) > MAX_FILES:
                break

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises OSError."""
        return (self.root / path).lstat().st_size

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError, also where a link has taken its place."""
        number = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(number, "rb") as file:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise OSError(0, "it is no file")
            return file.read()


def _files(root: Path, path: str) -> Iterator[tuple[str, bool]]:
    """Every file and link below a folder, and whether it is a link."""
    try:
        with os.scandir(root / path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        inner = f"{path}/{entry.name}" if path else entry.name
        if entry.name.startswith(".") or not entry.name.isprintable():
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.is_symlink() or (is_folder and path.count("/") >= MAX_DEPTH):
            yield inner, True
        elif is_folder:
            yield from _files(root, inner)
        elif entry.is_file(follow_symlinks=False):
            yield inner, False


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to copy: of which tree, and its path there."""

    tree: FolderTree
    path: str


def is_equal(folder: Path, files: Mapping[str, bytes | Copy]) -> bool:
    """Whether a folder holds exactly these files."""
    tree = FolderTree(folder)
    if tree.links or set(tree.paths) != set(files):
        return False
    return all(tree.read(path) == _bytes(content) for path, content in files.items())


def write_folder(folder: Path, files: Mapping[str, bytes | Copy]) -> None:
    """Write a folder that is not there yet, or is empty. Raises OSError.

    All is written into a hidden folder beside it, which then takes its name: it is there whole or not at all.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        beside.chmod(0o755)
        for path, content in files.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_bytes(content))
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _bytes(content: bytes | Copy) -> bytes:
    return content.tree.read(content.path) if isinstance(content, Copy) else content
