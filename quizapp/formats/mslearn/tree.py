"""The files of a tree as values, and how what a file names is found among them.

A tree is a set of relative paths with bytes: a folder, or in tests a dictionary. Nothing outside of it is ever read.
"""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from quizapp.formats.mslearn.notes import Notes, Place
from quizapp.source.text import decode

MAX_TEXT = 1024 * 1024  # bytes of a text file
MAX_HELD = 50_000_000  # characters of texts that are kept to be read again
MAX_MEDIA = 20 * 1024 * 1024  # bytes of a picture or an attachment
OURS = dict.fromkeys(range(0xE000, 0xE010))  # characters without a meaning of their own, which stand for something here


class Tree(Protocol):
    """What can be imported: paths with `/`, relative to the tree, and the bytes of each."""

    @property
    def paths(self) -> Collection[str]:
        """The path of every file."""

    @property
    def links(self) -> Collection[str]:
        """The path of every symbolic link, and of what else is not followed."""

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises OSError."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""


@dataclass(frozen=True, slots=True)
class MemoryTree:
    """A tree of files that are in memory."""

    files: Mapping[str, bytes]
    links: Collection[str] = ()

    @property
    def paths(self) -> Collection[str]:
        """The path of every file."""
        return self.files.keys()

    def size(self, path: str) -> int:
        """How many bytes a file has."""
        return len(self.files[path])

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self.files[path]


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found; `is_fallback` tells of which tree."""

    path: str
    is_fallback: bool = False


@dataclass(slots=True)
class Library:
    """A tree and what stands in for what it lacks; texts are read once, as far as they can be kept.

    `used` are the files whose text was asked for and could be read.
    """

    tree: Tree
    fallback: Tree | None
    notes: Notes
    windows: int = 0  # how many texts had Windows line ends
    held: int = 0  # characters of the texts that are kept
    used: set[Found] = field(default_factory=set)
    _texts: dict[Found, str | None] = field(default_factory=dict)
    _names: list[dict[str, str]] = field(default_factory=list)  # paths by their case-folded form, of each tree

    def __post_init__(self) -> None:
        self._names = [_by_name(tree.paths) for tree in (self.tree, self.fallback) if tree]

    def find(self, written: str, folder: str, place: Place, code: str = "outside") -> Found | None:
        """The file that a path in a file of `folder` means; how it differs from what is written is noted."""
        path = self.inside(written, folder, place, code)
        if not path:
            return None
        for number, names in enumerate(self._names):
            actual = names.get(path.casefold())
            if actual is None:
                continue
            if actual != path:
                self.notes.add("other-case", place, path=written, found=actual)
            if number:
                self.notes.add("from-fallback", place, path=actual)
            return Found(actual, bool(number))
        return None

    def inside(self, written: str, folder: str, place: Place, code: str = "outside") -> str:
        """The path from the top of the tree; empty where it leads out of it, which is noted with the code, if any."""
        if "\\" in written:
            self.notes.add("backslash", place, path=written)
        path = written.replace("\\", "/").strip()
        joined = path.removeprefix("~/") if path.startswith("~/") else posixpath.join(folder, path)
        whole = posixpath.normpath(joined)
        if path.startswith("/") or whole in (".", "..") or whole.startswith(("../", "/")) or "\0" in whole:
            if code:
                self.notes.add(code, place, path=written)
            return ""
        return whole

    def text(self, found: Found) -> str | None:
        """The text of a file, with plain line ends; None where it cannot be read, which is noted."""
        if found in self._texts:
            return self._texts[found]
        text = self._read(found)
        if text is not None:
            self.used.add(found)
        if self.held < MAX_HELD:
            self._texts[found] = text
            self.held += len(text or "")
        return text

    def _read(self, found: Found) -> str | None:
        data = self.bytes(found, MAX_TEXT)
        if data is None:
            return None
        self.windows += b"\r\n" in data
        place = Place(found.path)
        if data.startswith(b"\xef\xbb\xbf"):
            self.notes.add("byte-order-mark", place)
        text, is_clean = decode(data)
        if not is_clean:
            is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
            self.notes.add("not-utf8", place, encoding="UTF-16" if is_wide else "Windows-1252")
        return text.translate(OURS)

    def bytes(self, found: Found, most: int) -> bytes | None:
        """The bytes of a file; None where there are too many or it cannot be read, which is noted."""
        return self._tree(found).read(found.path) if self.fits(found, most) else None

    def fits(self, found: Found, most: int) -> bool:
        """Whether a file can be read and has at most so many bytes; what is wrong is noted."""
        try:
            size = self._tree(found).size(found.path)
        except OSError as error:
            self.notes.add("unreadable", Place(found.path), reason=error.strerror or type(error).__name__)
            return False
        if size > most:
            self.notes.add("too-large", Place(found.path), size=size, most=most)
        return size <= most

    def _tree(self, found: Found) -> Tree:
        return self.fallback if found.is_fallback and self.fallback else self.tree


def _by_name(paths: Iterable[str]) -> dict[str, str]:
    """Each path by its case-folded form; of two that differ in case only the first in order."""
    names: dict[str, str] = {}
    for path in sorted(paths):
        names.setdefault(path.casefold(), path)
    return names | {path.casefold(): path for path in paths if names.get(path.casefold()) == path}


def folder_of(path: str) -> str:
    """The folder of a path; empty at the top."""
    return path.rpartition("/")[0]
