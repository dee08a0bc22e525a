"""A converted tree of Microsoft Learn into a content folder: planned with what stands there, then new folders of it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quizapp.actions.editing import Saved, committed
from quizapp.actions.new_folders import Files, State, made, state_of
from quizapp.content.folder import key_of
from quizapp.content.model import Catalogue
from quizapp.errors import NotEditable
from quizapp.formats.mslearn.conversion import Conversion
from quizapp.formats.mslearn.tree import MemoryTree
from quizapp.store import accounts
from quizapp.store.database import Database
from quizapp.store.lock import locked

IMPORTED = "imported folders"
MAX_WRITTEN, MAX_FILES = 128 * 1024 * 1024, 4000  # bytes and files of all folders together
LONGEST_DETAIL = 500
INDEX = "index.md"


@dataclass(frozen=True, slots=True)
class NewFolder:
    """A module or path as a folder at the top of the content folder; `other` is what has its name already."""

    name: str
    files: Files
    state: State
    other: str = ""

    @property
    def lessons(self) -> tuple[str, ...]:
        """The names of its lessons; a path has none."""
        return tuple(path for path in self.files if path.endswith(".md") and path != INDEX)


def plan_folders(
    folders: Sequence[Path], catalogue: Catalogue, found: Conversion, tree: MemoryTree
) -> tuple[NewFolder, ...]:
    """The folders that a conversion gives, each with what stands at its place.

    Raises NotEditable for more than is written at once.
    """
    files = {path: text.encode() for path, text in found.texts.items()}
    files |= {path: tree.read(one.path) for path, one in found.copies.items()}
    if len(files) > MAX_FILES or sum(map(len, files.values())) > MAX_WRITTEN:
        raise NotEditable(
            f"This would become {len(files)} files with {sum(map(len, files.values())) >> 20} MiB, and {MAX_FILES} with"
            f" {MAX_WRITTEN >> 20} MiB are written here at most. Unpack it, and run `quizapp import mslearn`."
        )
    grouped: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        name, _, inner = path.partition("/")
        grouped.setdefault(name, {})[inner] = data
    return tuple(_planned(folders, catalogue, name, grouped[name]) for name in sorted(grouped))


def require_free(planned: Sequence[NewFolder]) -> None:
    """Raise NotEditable where something else has the name of a folder."""
    for folder in planned:
        if folder.state == "taken":
            raise NotEditable(f"{folder.other}: this is there already, so nothing is imported. Rename one of the two.")


def import_folders(
    database: Database,
    content: Sequence[Path],
    instance: Path,
    planned: Sequence[NewFolder],
    by: int | None,
    now: datetime,
) -> Saved:
    """Write the planned folders that are new, all or none, as one commit; nothing changes where all are there.

    Raises NotEditable, NotWritten.
    """
    require_free(planned)
    new = {folder.name: folder.files for folder in planned if folder.state == "new"}
    if not new:
        return Saved(b"", is_changed=False)
    names = ", ".join(new)
    with locked(instance / "edit.lock", wait=True):
        with made(content[0], new), database.writing() as connection:
            accounts.note(connection, by, IMPORTED, None, now, names[:LONGEST_DETAIL])
        with database.reading() as connection:
            author = accounts.find_account(connection, by) if by is not None else None
        first, *others = (content[0] / name / path for name, files in new.items() for path in files)
        return committed(Saved(b"", is_changed=True), first, f"Import {_counted(new)}", author, others)


def _counted(new: Mapping[str, Files]) -> str:
    """The folders of a commit in its first line: by name, if they are few."""
    names = list(new)
    return ", ".join(names) if len(names) <= 3 else f"{names[0]} and {len(names) - 1} other folders"


def _planned(folders: Sequence[Path], catalogue: Catalogue, name: str, files: Files) -> NewFolder:
    state = state_of(folders[0], name, files)
    other = name if state == "taken" else _other(folders, catalogue, name)
    return NewFolder(name, files, "taken" if other else state, other)


def _other(folders: Sequence[Path], catalogue: Catalogue, name: str) -> str:
    """What has the key of a new folder, elsewhere; empty where nothing has."""
    key = key_of(name)
    module = catalogue.modules.get(key)
    if module and module.path != name:
        return module.path or module.key
    if any(os.path.lexists(folder / name) for folder in folders[1:]):
        return name
    paths = [path.rpartition("/")[0] for path, what in catalogue.links.items() if what == f"path {key}"]
    near = [one.name for folder in folders for one in folder.iterdir() if key_of(one.name) == key]
    return next((one for one in (*paths, *near) if one and one != name), "")
