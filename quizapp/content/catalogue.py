"""The content folder to a Catalogue and its Problems."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from quizapp.content.files import FileReader, Gathered
from quizapp.content.folder import MEDIA_TYPES, FileState, Folder, key_of, scan, state_of
from quizapp.content.front_matter import FrontMatter
from quizapp.content.markup import Renderer
from quizapp.content.model import Catalogue, LearningPath, Module
from quizapp.content.modules import ReadModule, read_module, title_from
from quizapp.errors import Problem

MAIN_MODULE = "main"


class Memory:
    """Modules as they were read last, so that only those whose files changed are read again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, ReadModule]] = {}

    def get(self, path: str, state: object) -> ReadModule | None:
        """What the folder gave, if its files are as they were."""
        kept = self._kept.get(path)
        return kept[1] if kept and kept[0] == state else None

    def keep(self, path: str, state: object, module: ReadModule) -> None:
        """Remember what a folder gave."""
        self._kept[path] = (state, module)


def read_catalogue(
    folder: Path, cache: Path | None = None, memory: Memory | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Read all content of `folder`.

    Rendered fragments are kept in the folder `cache`, if one is given; with a `memory`, modules whose files did not
    change since are taken from it. Never raises for what stands in the files: a file that cannot be used is left out
    and told in the problems, which come in the order of path and line.
    """
    reading = _Reading(folder, cache, memory or Memory(), state_of(folder))
    tree = scan(folder)
    files = reading.files()
    root, welcome = files.index(tree, "root")
    reading.gathered.add(files.gathered)
    if tree.lessons:
        reading.module(tree, MAIN_MODULE)
    for child in tree.folders:
        if child.is_module:
            reading.module(child, key_of(child.name))
        else:
            reading.path(child)
    paths = tuple(path for path in map(reading.resolve, reading.paths) if path.modules)
    gathered = reading.gathered
    catalogue = Catalogue(
        title=root.text("title"),
        welcome=welcome,
        paths=paths,
        modules=reading.modules,
        links=gathered.links,
        media=frozenset(link for link in gathered.linked if Path(link).suffix.lower() in MEDIA_TYPES),
        version=hashlib.sha256("".join(gathered.digests).encode()).hexdigest()[:16],
    )
    return catalogue, sorted(gathered.problems)


@dataclass(slots=True)
class _Path:
    folder: Folder
    key: str
    front: FrontMatter
    body: str
    own: list[str]


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    root: Path
    cache: Path | None
    memory: Memory
    state: tuple[FileState, ...]
    renderer: Renderer = field(default_factory=Renderer)
    gathered: Gathered = field(default_factory=Gathered)
    paths: list[_Path] = field(default_factory=list)
    modules: dict[str, Module] = field(default_factory=dict)

    def files(self) -> FileReader:
        """A reader with a list of problems of its own."""
        return FileReader(self.root, self.cache, self.renderer)

    def module(self, folder: Folder, key: str) -> list[str]:
        """Read a module; returns its key when it is served."""
        state = self._state_of(folder)
        read = self.memory.get(folder.path, state)
        if read is None:
            read = read_module(self.files(), folder, key)
            self.memory.keep(folder.path, state, read)
        module = read.module
        if module is not None and module.key in self.modules:
            other = self.modules[module.key].path
            self.gathered.report(folder.path, "key-twice", key=module.key, other=other)
            return []
        self.gathered.add(read.gathered)
        if module is None:
            return []
        self.modules[module.key] = module
        return [module.key]

    def _state_of(self, folder: Folder) -> object:
        """The files that a module depends on: its own, and pictures wherever they stand, for their sizes."""
        inside = f"{folder.path}/" if folder.path else ""
        return tuple(one for one in self.state if one[0].startswith(inside) or not one[0].endswith(".md"))

    def path(self, folder: Folder) -> None:
        """Read a folder of modules."""
        files = self.files()
        front, body = files.index(folder, "path")
        self.gathered.add(files.gathered)
        own = []
        for child in folder.folders:
            if child.folders and any(inner.is_module for inner in child.folders):
                self.gathered.report(child.folders[0].path, "too-deep")
            if child.is_module:
                own += self.module(child, key_of(child.name))
            else:
                self.gathered.report(child.path, "empty-folder")
        if not own and not front.values.get("modules"):
            self.gathered.report(folder.path, "empty-folder")
            return
        key = key_of(front.text("key") or folder.name)
        if key in [path.key for path in self.paths]:
            other = next(path.folder.path for path in self.paths if path.key == key)
            self.gathered.report(folder.path, "key-twice", key=key, other=other)
        elif front.values.get("draft") is not True:
            self.paths.append(_Path(folder, key, front, body, own))
            links = self.gathered.links
            links[folder.path] = links[folder.join("index.md")] = f"path {key}"

    def resolve(self, path: _Path) -> LearningPath:
        """A path with the modules it names first, then its own."""
        named = [key_of(key) for key in path.front.texts("modules")]
        for key in named:
            if key not in self.modules:
                known = ", ".join(sorted(self.modules)) or "none"
                line = path.front.lines.get("modules", 1)
                index = path.folder.join(path.folder.index)
                self.gathered.report(index, "unknown-module", line, key=key, known=known)
        order = dict.fromkeys([*named, *path.own])
        return LearningPath(
            key=path.key,
            title=path.front.text("title") or title_from(path.key),
            summary=path.front.text("summary"),
            body=path.body,
            modules=tuple(key for key in order if key in self.modules),
        )
