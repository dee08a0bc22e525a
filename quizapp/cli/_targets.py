"""The content that paths on a command line name: several, since other tools pass the names of files."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from quizapp.cli._folders import folders_of
from quizapp.content.folder import Folder, Kind, kind_of, scan
from quizapp.content.roots import content_path_of
from quizapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Target:
    """A file or folder that was named, and where it belongs: `inner` is its content path, empty for the whole."""

    path: Path
    root: Path
    over: Path | None
    inner: str

    @property
    def roots(self) -> tuple[Path, ...]:
        """The content folder, and what is laid over it."""
        return (self.root, self.over) if self.over else (self.root,)

    def holds(self, path: str) -> bool:
        """Whether a content path is this, or stands in it."""
        return not self.inner or path == self.inner or path.startswith(f"{self.inner}/")


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A Markdown file of a content folder: where it is, its content path, and what it is."""

    place: Path
    path: str
    kind: Kind
    target: Target

    @property
    def name(self) -> str:
        """Where it is, for people."""
        return shown(self.place)


def shown(place: Path) -> str:
    """A path as people read it: from the working folder on where it stands in that."""
    here = Path.cwd()
    return str(place.relative_to(here)) if here in place.parents else str(place)


def targets_of(paths: Sequence[Path], settings: Settings) -> list[Target]:
    """What the paths name; without any, the content folder of the site.

    Raises UsageError for what is missing, or is no Markdown.
    """
    if not paths and not settings.content.is_dir():
        raise click.UsageError(f"{settings.content}: there is no such folder. Name the folder with your Markdown.")
    return [_target(path, settings) for path in paths or [settings.content]]


def _target(path: Path, settings: Settings) -> Target:
    _require(path)
    root, over = folders_of(path, settings)
    return Target(path, root, over, content_path_of(path, root))


def _require(path: Path) -> None:
    if not _is_there(path):
        near = difflib.get_close_matches(path.name, _names_beside(path), n=1, cutoff=0.5)
        mend = f"Did you mean {path.parent / near[0]}?" if near else "Name a Markdown file, or a folder."
        raise click.UsageError(f"{path}: there is no such file or folder. {mend}")
    if not path.is_dir() and path.suffix.lower() != ".md":
        raise click.UsageError(f"{path}: this is no Markdown file. Name a file that ends with .md, or a folder.")


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False  # no file can have such a name, or nobody may look


def _names_beside(path: Path) -> list[str]:
    if not _is_there(path.parent) or not path.parent.is_dir():
        return []
    return sorted(one.name for one in path.parent.iterdir() if one.is_dir() or one.suffix.lower() == ".md")


def files_of(targets: Iterable[Target]) -> list[ContentFile]:
    """The Markdown files that some paths name: in a folder those that are loaded; each file once."""
    found: dict[Path, ContentFile] = {}
    trees: dict[tuple[Path, ...], dict[str, Kind]] = {}
    for target in targets:
        if target.roots not in trees:
            trees[target.roots] = dict(_loaded(scan(target.roots)))
        loaded = trees[target.roots]
        if target.path.is_dir():
            inner = {path: kind for path, kind in loaded.items() if target.holds(path)}
        else:
            inner = {target.inner: loaded.get(target.inner, kind_of(target.inner))}
        for path, kind in inner.items():
            place = next((root / path for root in target.roots if (root / path).exists()), target.root / path)
            found.setdefault(place.resolve(), ContentFile(place, path, kind, target))
    return list(found.values())


def _loaded(folder: Folder) -> Iterator[tuple[str, Kind]]:
    """The content path and kind of each file that is loaded."""
    if folder.index:
        yield folder.join(folder.index), "root" if not folder.path else "module" if folder.is_module else "path"
    for name in (*folder.lessons, *folder.banks, *folder.quizzes):
        yield folder.join(name), kind_of(name)
    for inner in folder.folders:
        yield from _loaded(inner)
