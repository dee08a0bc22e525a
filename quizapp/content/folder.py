"""What a content folder holds: paths, modules and files in natural order, with their keys; format section 1.

A second folder may be laid over the first (private banks): a file stands in the first one that has it.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

MAX_DEPTH = 32  # folders in each other
SKIPPED_FOLDERS = frozenset({"media", "includes", "code", "node_modules"})
SKIPPED_FILES = frozenset({"readme", "contributing", "changelog", "license", "security", "code_of_conduct"})
FileState = tuple[str, int, int, int]  # content path, times of content and of its record (ns), size
Kind = Literal["root", "path", "module", "folder", "lesson", "bank", "quiz"]  # folder: what it will be is still open
NUMBER_PREFIX = re.compile(r"\d{1,3}[-_. ]+(?=.)")
MEDIA_TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".avif": "image/avif", ".pdf": "application/pdf", ".txt": "text/plain", ".csv": "text/csv",
    ".zip": "application/zip", ".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg",
}  # fmt: skip


@dataclass(slots=True)
class Folder:
    """One folder: `path` is relative to the content folder ("" for itself); names of files are with extension.

    `twice` are names that stand in both of two folders laid over each other, `nameless` are names that are no text,
    `trouble` says why it cannot be read.
    """

    path: str
    index: str = ""  # the file name that gives its title: index.md or README.md
    lessons: list[str] = field(default_factory=list)
    banks: list[str] = field(default_factory=list)
    quizzes: list[str] = field(default_factory=list)
    folders: list["Folder"] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    trouble: str = ""

    @property
    def is_module(self) -> bool:
        """Whether a lesson, bank or quiz stands directly in it."""
        return bool(self.lessons or self.banks or self.quizzes)

    @property
    def has_content(self) -> bool:
        """Whether a lesson, bank or quiz stands anywhere in it."""
        return self.is_module or any(folder.has_content for folder in self.folders)

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
    """The key that a file or folder name (without extension) gives: without one number prefix."""
    return tidy_key(NUMBER_PREFIX.sub("", name, count=1) if NUMBER_PREFIX.match(name) else name)


def tidy_key(key: str) -> str:
    """A key as it is compared and put into addresses; empty where nothing is left of it."""
    lower = re.sub(r"\s+", "-", unicodedata.normalize("NFC", key).strip().lower())
    kept = "".join(character for character in lower if belongs_to_key(character))
    return kept if kept.strip(".") else ""


def belongs_to_key(character: str) -> bool:
    """Whether it can stand in a key: letters and digits of any script; marks belong to the letters of many."""
    return character.isalnum() or character in "-_." or unicodedata.category(character).startswith("M")


def title_from(key: str) -> str:
    """The title of what has no other; dashes that stood between spaces are dashes again."""
    return re.sub(r"---+", " – ", key).replace("-", " ").replace("_", " ").capitalize()


def stem_of(path: str) -> str:
    """The key that the name of a content file gives."""
    name = path.rpartition("/")[2][: -len(".md")]
    kind = kind_of(path)
    return key_of(name if kind == "lesson" else name[: -len(kind) - 1])


def kind_of(path: str) -> Kind:
    """What a file is by its name, index files apart."""
    name = path.lower()
    return "bank" if name.endswith(".bank.md") else "quiz" if name.endswith(".quiz.md") else "lesson"


def scan(roots: Sequence[Path]) -> Folder:
    """Read the folder tree of the content folder and of what is laid over it."""
    trees = [_scan(root, "", 0) for root in roots]
    for over in trees[1:]:
        _lay_over(trees[0], over)
    return trees[0]


def with_file(tree: Folder, path: str) -> Folder:
    """The tree of a content folder as it would be with a file more; what is not loaded by its name changes nothing."""
    names = path.split("/")
    if any(name.startswith((".", "_")) for name in names) or SKIPPED_FOLDERS.intersection(names[:-1]):
        return tree
    folder = tree
    for name in names[:-1]:
        inner = next((one for one in folder.folders if one.name == name), None)
        if inner is None:
            inner = Folder(folder.join(name))
            folder.folders.append(inner)
            _ordered(folder)
        folder = inner
    if names[-1] not in (folder.index, *folder.lessons, *folder.banks, *folder.quizzes):
        _place(folder, names[-1])
        _ordered(folder)
    return tree


def _scan(root: Path, path: str, depth: int) -> Folder:
    folder = Folder(path)
    try:
        entries = _entries(root / path)
    except OSError as error:
        folder.trouble = error.strerror or type(error).__name__
        return folder
    for entry in entries:
        if not _is_text(entry.name):
            folder.nameless.append(entry.name.encode("utf-8", "replace").decode())
        elif not entry.is_dir(follow_symlinks=False):
            _place(folder, entry.name)
        elif entry.name not in SKIPPED_FOLDERS and depth < MAX_DEPTH:
            folder.folders.append(_scan(root, folder.join(entry.name), depth + 1))
    return _ordered(folder)


def _is_text(name: str) -> bool:
    """Whether a name is made of characters that can be read; bytes that are no UTF-8 and line ends are not."""
    return not any(unicodedata.category(character) in ("Cs", "Cc") for character in name)


def _lay_over(base: Folder, over: Folder) -> None:
    base.index = base.index or over.index
    for mine, its in ((base.lessons, over.lessons), (base.banks, over.banks), (base.quizzes, over.quizzes)):
        base.twice += [name for name in its if name in mine]
        mine += [name for name in its if name not in mine]
    known = {folder.name: folder for folder in base.folders}
    for folder in over.folders:
        if folder.name in known:
            _lay_over(known[folder.name], folder)
        else:
            base.folders.append(folder)
    _ordered(base)


def _ordered(folder: Folder) -> Folder:
    """The folder with its entries in natural order; of names that are equal in it the first by characters."""
    for names in (folder.lessons, folder.banks, folder.quizzes):
        names.sort(key=lambda name: (natural(Path(name).stem), name))
    folder.folders.sort(key=lambda one: (natural(one.name), one.name))
    return folder


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What stands in a folder and is looked at. Raises OSError."""
    with os.scandir(folder) as found:
        return [entry for entry in found if not entry.name.startswith((".", "_")) and not entry.is_symlink()]


def _place(folder: Folder, name: str) -> None:
    stem, extension = os.path.splitext(name.lower())  # noqa: PTH122 (a name, not a path)
    if extension != ".md":
        return
    if stem == "index" or (stem == "readme" and folder.path and not folder.index.lower().startswith("index")):
        folder.index = name
    elif stem in SKIPPED_FILES:
        return
    elif stem.endswith(".bank"):
        folder.banks.append(name)
    elif stem.endswith(".quiz"):
        folder.quizzes.append(name)
    else:
        folder.lessons.append(name)


def state_of(roots: Sequence[Path]) -> tuple[FileState, ...]:
    """The name, times and size of every content file: equal when nothing was changed."""
    return tuple(sorted({state[0]: state for root in reversed(roots) for state in _states(root, "")}.values()))


def _states(root: Path, path: str) -> Iterator[FileState]:
    try:
        entries = _entries(root / path)
    except OSError:
        return  # told when it is read
    for entry in entries:
        inner = f"{path}/{entry.name}" if path else entry.name
        if entry.is_dir(follow_symlinks=False):
            if path.count("/") < MAX_DEPTH:
                yield from _states(root, inner)
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # removed this moment
        yield inner, status.st_mtime_ns, status.st_ctime_ns, status.st_size


def media_file(roots: Sequence[Path], path: str) -> Path | None:
    """The file at a content path, if it is of a type that is served and stands inside a folder without links."""
    found = (plain_file(root, path) for root in roots if Path(path).suffix.lower() in MEDIA_TYPES)
    return next((file for file in found if file), None)


def is_laid_over(roots: Sequence[Path], path: str) -> bool:
    """Whether the file at a content path stands in a folder that is laid over the first one, and not in that."""
    return any(plain_file(root, path) for root in roots[1:]) and plain_file(roots[0], path) is None


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
