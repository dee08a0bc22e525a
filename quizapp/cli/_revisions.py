"""The content as a git revision, a folder or the working folder has it."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from quizapp import git
from quizapp.cli._folders import folders_of
from quizapp.cli._server_lock import is_alive
from quizapp.content.catalogue import read_catalogue
from quizapp.content.model import Catalogue
from quizapp.errors import Problem
from quizapp.git import Commit, GitError
from quizapp.settings import Settings

PREFIX, HOLDER = "quizapp-revision-", "pid"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the content: its folder on disk, what is laid over it, and where it comes from."""

    label: str
    folder: Path
    over: Path | None = None
    commit: Commit | None = None

    def read(self) -> tuple[Catalogue, list[Problem]]:
        """Its catalogue and problems."""
        return read_catalogue(self.folder, over=self.over)


def content_folder(named: Path | None, settings: Settings) -> Path:
    """Where the content lies: as named, as the settings say, else `content` at the root of the repository."""
    if named is not None or settings.content.is_dir():
        return named if named is not None else settings.content
    root = git.root_of(Path())
    return root / "content" if root and (root / "content").is_dir() else settings.content


def require_folder(content: Path) -> None:
    """Raise GitError where the content is not on disk."""
    if not content.is_dir():
        raise GitError(f"{content}: there is no such folder. Name the folder with your Markdown with --content.")


def working(content: Path, settings: Settings) -> Version:
    """The content as it is on disk."""
    return Version("the working folder", content, folders_of(content, settings)[1])


@contextmanager
def at_revision(revision: str, content: Path, settings: Settings) -> Iterator[Version]:
    """The content as a revision has it, in a folder that is gone afterwards. A private folder outside of the
    repository is laid over it as it is now.

    Raises GitError for an unknown revision, or one without that folder.
    """
    root = git.require_root(content)
    commit = git.find_commit(root, revision)
    _forget_abandoned()
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary).resolve() / "content"
        folder.with_name(HOLDER).write_text(str(os.getpid()))
        git.export(root, commit.hash, _inner(content, root), folder)
        label = commit.short if commit.hash.startswith(revision) else f"{revision} ({commit.short})"
        yield Version(label, folder, _private(settings, root, commit, folder), commit)


@contextmanager
def version_of(word: str, content: Path, settings: Settings) -> Iterator[Version]:
    """The content that a word means: that of a folder, or of a revision. Raises GitError."""
    with ExitStack() as stack:
        if not Path(word).is_dir():
            yield stack.enter_context(at_revision(word, content, settings))
        elif _is_revision(word, content):
            raise GitError(f"{word}: is a folder and a revision. Write ./{word} or refs/heads/{word}.")
        else:
            yield Version(word, Path(word))


def _forget_abandoned() -> None:
    """Remove the folders of processes that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        holder = folder / HOLDER
        with contextlib.suppress(OSError):
            is_ours = not folder.is_symlink() and holder.stat().st_uid == os.getuid()
            if is_ours and not is_alive(holder.read_text()):
                shutil.rmtree(folder, ignore_errors=True)


def _is_revision(word: str, content: Path) -> bool:
    try:
        root = git.root_of(content)
        return root is not None and bool(git.find_commit(root, word))
    except GitError:
        return False


def _inner(folder: Path, root: Path) -> str:
    inner = folder.resolve().relative_to(root.resolve()).as_posix()
    return "" if inner == "." else inner


def _private(settings: Settings, root: Path, commit: Commit, content: Path) -> Path | None:
    """What is laid over: as the revision has it where it lies in the repository, else as it is."""
    private = settings.private.resolve() if settings.private else None
    if private is None or not private.is_relative_to(root.resolve()):
        return private if private and private.is_dir() else None
    try:
        git.export(root, commit.hash, _inner(private, root), content.with_name("private"))
    except GitError:
        return None  # it came later
    return content.with_name("private")
