"""What a content folder holds: paths, modules and files in natural order, with their keys; format section 1."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SKIPPED_FOLDERS = frozenset({"media", "includes", "code", "node_modules"})
SKIPPED_FILES = frozenset({"readme", "contributing", "changelog", "license", "security", "code_of_conduct"})
FileState = tuple[str, int, int]  # content path, modification time (ns), size
NUMBER_PREFIX = re.compile(r"\d{1,3}[-_. ]+(?=.)")
MEDIA_TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".avif": "image/avif", ".pdf": "application/pdf", ".txt": "text/plain", ".csv": "text/csv",
    ".zip": "application/zip", ".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg",
}  # fmt: skip


@dataclass(slots=True)
class Folder:
    """One folder: `path` is relative to the content folder ("" for itself), names are without extension."""

    path: str
    index: str = ""  # the file name that gives its title: index.md or README.md
    lessons: list[str] = field(default_factory=list)
    banks: list[str] = field(default_factory=list)
    quizzes: list[str] = field(default_factory=list)
    folders: list["Folder"] = field(default_factory=list)

    @property
    def is_module(self) -> bool:
        """Whether a lesson, bank or quiz stands directly in it."""
        return bool(self.lessons or self.banks or self.quizzes)

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.rpartition("/")[2]

    def join(self, name: str) -> str:
        """The content path of a file in it."""
        return f"{self.path}/{name}" if self.path else name


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key: digit runs as numbers, the rest case-folded."""
    runs = re.findall(r"\d+|\D+", name.casefold())
    return tuple((0, int(run), "") if run.isascii() and run.isdigit() else (1, 0, run) for run in runs)


def key_of(name: str) -> str:
    """The key that a file or folder name (without extension) gives."""
    name = NUMBER_PREFIX.sub("", name, count=1) if NUMBER_PREFIX.match(name) else name
    key = re.sub(r"\s+", "-", unicodedata.normalize("NFC", name).strip().lower())
    return "".join(character for character in key if character.isalnum() or character in "-_.")


def scan(root: Path, path: str = "", depth: int = 0) -> Folder:
    """Read the folder tree, three levels deep and one more, so that what stands too deep can be told."""
    folder = Folder(path)
    for entry in sorted(_entries(root / path), key=lambda one: natural(Path(one.name).stem)):
        if entry.name.startswith((".", "_")) or entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in SKIPPED_FOLDERS and depth < 3:
                folder.folders.append(scan(root, folder.join(entry.name), depth + 1))
        else:
            _place(folder, entry.name)
    return folder


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _place(folder: Folder, name: str) -> None:
    stem, extension = os.path.splitext(name)  # noqa: PTH122 (a name, not a path)
    if extension != ".md":
        return
    if stem == "index" or (stem.lower() == "readme" and folder.path and not folder.index):
        folder.index = name
    elif stem.lower() in SKIPPED_FILES:
        return
    elif stem.endswith(".bank"):
        folder.banks.append(name)
    elif stem.endswith(".quiz"):
        folder.quizzes.append(name)
    else:
        folder.lessons.append(name)


def state_of(root: Path) -> tuple[FileState, ...]:
    """The name, modification time (ns) and size of every content file: equal when nothing was changed."""
    return tuple(sorted(_states(root, "")))


def _states(root: Path, path: str) -> Iterator[FileState]:
    for entry in _entries(root / path):
        if entry.name.startswith((".", "_")) or entry.is_symlink():
            continue
        inner = f"{path}/{entry.name}" if path else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _states(root, inner)
        else:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # removed this moment
            yield inner, status.st_mtime_ns, status.st_size


def media_file(root: Path, path: str) -> Path | None:
    """The file at a content path, if it is of a type that is served and stands inside the folder without links."""
    return plain_file(root, path) if Path(path).suffix.lower() in MEDIA_TYPES else None


def plain_file(root: Path, path: str) -> Path | None:
    """The regular file at a content path, if no link stands on the way to it and it is inside the folder."""
    file = root
    for name in path.split("/"):
        file = file / name
        try:
            mode = file.lstat().st_mode
        except (OSError, ValueError):
            return None
        if name in ("", ".", "..") or stat.S_ISLNK(mode):
            return None
    return file if stat.S_ISREG(mode) else None
