"""Editing a Markdown file of the content in the browser: opened, and saved so that nobody's change is lost."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from quizapp import git
from quizapp.actions.confined import read_file, replace_file, require_place
from quizapp.actions.previous import keep_version, versions
from quizapp.content.boxes import is_text, normal, saved, unreadable_in
from quizapp.content.files import MAX_BYTES
from quizapp.errors import NotEditable
from quizapp.git import GitError, IndexBehind, NothingToCommit
from quizapp.store import accounts
from quizapp.store.accounts import Account, AuditEntry
from quizapp.store.database import Database
from quizapp.store.lock import locked

SAVED = "saved a file"
NO_REPLY = "account-{}@quizapp.invalid"  # a name that no mail reaches (RFC 2606)


@dataclass(frozen=True, slots=True)
class Edit:
    """A text for a content file; `base` are the bytes it was made from, None for a new file.

    `is_private` says that a new file goes into the private folder, `message` what was changed; `shown` are content
    paths of files that the text shows, which are there and go into the same commit.
    """

    path: str
    text: str
    base: bytes | None
    is_private: bool = False
    message: str = ""
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an edit: the bytes of the file, whether they are new, and its commit.

    `commit` is empty where there is none; `trouble` says why, where there should be one.
    """

    data: bytes
    is_changed: bool
    commit: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version of a file that is kept: until when it was the file, and who saved the next; empty for nobody now."""

    name: str
    until: datetime
    by: str


def open_file(folders: Sequence[Path], path: str) -> bytes | None:
    """The bytes of a file that can be edited; None where there is none, and one may be made. Raises NotEditable."""
    data = read_file(root_of(folders, path), path)
    require_place(path, is_new=data is None)
    if data is not None and not is_text(data):
        raise NotEditable(f"{path}: this is no text in UTF-8. Open it in an editor and save it as UTF-8.")
    return data


def root_of(folders: Sequence[Path], path: str, is_private: bool = False) -> Path:
    """The content folder in which a file stands, or a new one is to stand: the first that has it."""
    there = (folder for folder in folders if os.path.lexists(folder / path))
    return next(there, folders[-1] if is_private else folders[0])


def bytes_of(edit: Edit) -> bytes:
    """What the file is to hold. Raises NotEditable for what is no text of at most 1 MiB."""
    before = edit.base or b""
    strange = unreadable_in(normal(edit.text), before)
    if strange:
        raise NotEditable(f"The text holds a character that cannot be saved (U+{ord(strange):04X}). Type it again.")
    data = saved(edit.text, before)
    if len(data) > MAX_BYTES:
        raise NotEditable(f"The text has {len(data):,} bytes; a file has at most {MAX_BYTES:,}. Split it.")
    return data


def save(
    database: Database, folders: Sequence[Path], instance: Path, edit: Edit, by: int | None, now: datetime
) -> Saved:
    """Write an edit to its file, under a lock that all processes share; the version before is kept.

    In a git repository it is a commit of that file and what it shows, and of nothing else; where git refuses that, all
    is saved the same.
    Raises NotEditable, NotWritten, and ChangedMeanwhile where the file is not what the edit was made from.
    """
    require_place(edit.path, is_new=edit.base is None)
    data = bytes_of(edit)
    root = root_of(folders, edit.path, edit.is_private)
    with locked(instance / "edit.lock", wait=True):
        is_changed = read_file(root, edit.path) != data
        if not is_changed and not edit.shown:  # nothing was changed, or a button was pressed twice
            return Saved(data, is_changed=False)
        if is_changed:
            _replace(database, root, instance, edit, data, by, now)
        with database.reading() as connection:
            author = accounts.find_account(connection, by) if by is not None else None
        message = " ".join(edit.message.split()) or default_message(edit.path, is_new=edit.base is None)
        shown = [root / path for path in edit.shown]
        return committed(Saved(data, is_changed), root / edit.path, message, author, shown)


def _replace(
    database: Database, root: Path, instance: Path, edit: Edit, data: bytes, by: int | None, now: datetime
) -> None:
    """Put the new bytes in the place of the old ones, which are kept, and note who did that."""
    if edit.base is not None and read_file(root, edit.path) == edit.base:
        keep_version(instance, edit.path, edit.base, by, now)
    replace_file(root, edit.path, data, edit.base)
    with database.writing() as connection:
        accounts.note(connection, by, SAVED, None, now, _detail(edit.path, data))


def default_message(path: str, *, is_new: bool) -> str:
    """What a commit says where nobody says anything."""
    return f"Add {path}" if is_new else f"Edit {path}"


def has_history(folders: Sequence[Path], path: str, is_private: bool = False) -> bool:
    """Whether saving a file is to make a commit."""
    try:
        return git.root_of(root_of(folders, path, is_private)) is not None
    except GitError:
        return True  # why it will not is told when it is tried


def earlier_versions(database: Database, instance: Path, path: str) -> list[Earlier]:
    """The versions of a file that are kept, the newest first."""
    found = versions(instance, path)
    with database.reading() as connection:
        known = {by: accounts.find_account(connection, by) for by in {one.by for one in found} if by is not None}
    names = {by: account.name for by, account in known.items() if account}
    return [Earlier(one.name, one.until, names.get(one.by or 0, "")) for one in found]


def saved_by(database: Database, path: str, data: bytes) -> AuditEntry | None:
    """Who saved these bytes in the browser last; None where they came another way."""
    with database.reading() as connection:
        return accounts.newest_note(connection, SAVED, _detail(path, data))


def _detail(path: str, data: bytes) -> str:
    return f"{path} {hashlib.sha256(data).hexdigest()[:16]}"


def committed(done: Saved, file: Path, message: str, author: Account | None, shown: Sequence[Path]) -> Saved:
    """The same with its commit of the file and what is shown, where they lie in a repository that keeps its history."""
    name = author.name if author else "quizapp"
    email = (author.email if author else "") or NO_REPLY.format(author.id if author else 0)
    try:
        root = git.root_of(file.parent)
        kept = git.kept_files(root, [file, *shown]) if root else []
        if root is None or file not in kept:
            return done
        return replace(done, commit=git.commit(root, file, message, name, email, kept[1:]))
    except NothingToCommit:
        return done
    except GitError as trouble:
        return replace(done, commit=trouble.commit if isinstance(trouble, IndexBehind) else "", trouble=str(trouble))
