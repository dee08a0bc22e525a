"""Where something new is made: the folder of the content folder that it belongs in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from quizapp.cli._folders import folders_of
from quizapp.cli._targets import shown
from quizapp.content.folder import Folder, scan, stem_of
from quizapp.content.model import Catalogue
from quizapp.content.roots import content_path_of, content_root
from quizapp.content.starters import NUMBER, StarterKind, next_number
from quizapp.settings import Settings

MAX_NAMED = 5  # modules that a message lists
IN_MODULE = ("lesson", "bank", "quiz")


@dataclass(frozen=True, slots=True)
class Home:
    """A folder to make something in: `folder` is what it holds."""

    place: Path
    folder: Folder

    def number_for(self, kind: StarterKind) -> str:
        """What the name of something new begins with, so that it comes last; empty where nothing is numbered."""
        names = self.folder.lessons if kind == "lesson" else [one.name for one in self.folder.folders]
        if kind in ("bank", "quiz") or (kind != "lesson" and not any(map(NUMBER.match, names))):
            return ""
        return next_number(names)

    def require_free(self, kind: StarterKind, key: str, catalogue: Catalogue) -> None:
        """Raise UsageError where something has the key already."""
        if kind in IN_MODULE:
            names = {"lesson": self.folder.lessons, "bank": self.folder.banks, "quiz": self.folder.quizzes}[kind]
            holder = next((self.folder.join(name) for name in names if stem_of(name).casefold() == key.casefold()), "")
        else:
            paths = {path.key: f"the learning path {path.key}" for path in catalogue.paths}
            modules = {module.key: module.path for module in catalogue.modules.values()}
            holder = (paths if kind == "path" else {}).get(key, "") or modules.get(_module_of(kind, key), "")
        if holder:
            raise click.UsageError(f"The key {key} is that of {holder} already. Choose another name.")


def _module_of(kind: StarterKind, key: str) -> str:
    """The key of the module that is made with something new."""
    return f"{key}-basics" if kind == "path" else key


def home_of(kind: StarterKind, folder: Path | None, settings: Settings) -> Home:
    """The folder that was named, or the one that is meant. Raises UsageError where it cannot be made there."""
    place = folder or (_module(settings) if kind in IN_MODULE else _content(settings))
    if not place.is_dir():
        raise click.UsageError(f"{place}: there is no such folder. Name one that exists.")
    root, _ = folders_of(place, settings)
    inner = content_path_of(place, root)
    tree = scan((root,))
    found = next((one for one in _folders(tree) if one.path == inner), None)
    if found is None:
        raise click.UsageError(f"{place}: nothing in this folder is loaded. Name a module or learning path.")
    why = _why_not(kind, found, tree)
    if why:
        raise click.UsageError(f"{place}: {why}")
    return Home(place, found)


def _content(settings: Settings) -> Path:
    if not settings.content.is_dir():
        raise click.UsageError(
            f"{settings.content}: there is no such folder. Name one with --in, or begin with `quizapp new site NAME`."
        )
    return settings.content


def _module(settings: Settings) -> Path:
    """The module that the working folder is, else the only one of the site."""
    here = Path.cwd()
    root = content_root(here, settings.content)
    if here != root and (root == settings.content.resolve() or root.name == "content"):
        return here
    modules = [one for one in _folders(scan((_content(settings),))) if one.is_module]
    if len(modules) == 1:
        return settings.content / modules[0].path
    if not modules:
        raise click.UsageError(
            "There is no module yet. Make one with `quizapp new module NAME`, or name one with --in."
        )
    names = [shown((settings.content / one.path).absolute()) for one in modules]
    more = ", …" if len(names) > MAX_NAMED else ""
    raise click.UsageError(f"There are several modules. Name one with --in: {', '.join(names[:MAX_NAMED])}{more}.")


def _folders(tree: Folder) -> Iterator[Folder]:
    yield tree
    for inner in tree.folders:
        yield from _folders(inner)


def _why_not(kind: StarterKind, folder: Folder, tree: Folder) -> str:
    """Why something cannot be made in a folder; empty where it can. Format section 1: path, module, file."""
    depth = len(folder.path.split("/")) if folder.path else 0
    around = next((one for one in tree.folders if folder.path.startswith(f"{one.path}/")), None)
    if kind == "path" and depth:
        return "a learning path stands directly in the content folder. Name that, or leave --in out."
    if kind == "module" and (depth > 1 or (depth and folder.is_module)):
        return "a module stands in the content folder or in a learning path. Name one of those."
    if kind in IN_MODULE and (depth > 2 or (around and around.is_module)):
        return "this folder stands too deep for a module. Name a module with --in."
    is_path = depth and not folder.is_module and any(one.has_content for one in folder.folders)
    if kind in IN_MODULE and is_path:
        modules = ", ".join(one.path for one in folder.folders if one.is_module)
        return f"this is a learning path. Name a module in it: {modules}."
    return ""
