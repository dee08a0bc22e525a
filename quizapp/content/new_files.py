"""Where a new content file goes, how it is called, and what stands in it at first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from quizapp.content.folder import SKIPPED_FILES, SKIPPED_FOLDERS, Folder, key_of
from quizapp.content.starters import key_of_title, next_number, starters
from quizapp.errors import NotEditable

NewKind = Literal["lesson", "bank", "quiz", "module", "path"]
KINDS: tuple[NewKind, ...] = get_args(NewKind)
FILES: tuple[NewKind, ...] = ("lesson", "bank", "quiz")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that new files may go into, and the kinds that fit there."""

    path: str
    kinds: tuple[NewKind, ...]


def places(tree: Folder) -> list[Place]:
    """The folders of a content folder that take something new, itself first."""
    found = [Place("", (*(FILES if tree.is_module else ()), "module", "path"))]
    for folder in tree.folders:
        found += _places(folder)
    return found


def _places(folder: Folder) -> Iterator[Place]:
    """A folder at the top, and those in it: a module takes files, a path modules, one without content either."""
    if folder.is_module:
        yield Place(folder.path, FILES)
        return
    yield Place(folder.path, ("module",) if folder.has_content else (*FILES, "module"))
    yield from (Place(inner.path, FILES) for inner in folder.folders)


def path_of_new(tree: Folder, kind: NewKind, title: str, place: str) -> str:
    """The content path of a new file in a folder of the tree; lessons get the number after the last.

    Raises NotEditable where that kind does not go there, and for a title that gives no name or one that is taken.
    """
    name = key_of_title(title)
    if not name:
        raise NotEditable("A title has at least one letter or digit.")
    if name in SKIPPED_FILES | SKIPPED_FOLDERS | {"index"}:
        raise NotEditable(f"Files and folders called {name} are no pages. Choose another title.")
    folder = _folder(tree, place)
    if folder is None or kind not in next(one.kinds for one in places(tree) if one.path == place):
        raise NotEditable("That does not go there: lessons, banks and quizzes go into a module, modules into a path.")
    if kind in ("module", "path"):
        there, new = [inner.name for inner in folder.folders], f"{{}}{name}/index.md"
    else:
        there = {"lesson": folder.lessons, "bank": folder.banks, "quiz": folder.quizzes}[kind]
        new = f"{{}}{name}.md" if kind == "lesson" else f"{name}.{kind}.md"
    if name in {key_of(one.partition(".")[0]) for one in there}:
        raise NotEditable(f"There is something called {name} already. Choose another title.")
    return folder.join(new.format(_number(there, is_first_numbered=kind == "lesson")))


def starter(kind: str, title: str) -> str:
    """A text to begin with; empty for a kind that is none, and for a title that gives no name."""
    key = key_of_title(title)
    return next((starters(known, title, key)[0].text for known in KINDS if known == kind and key), "")


def _folder(tree: Folder, path: str) -> Folder | None:
    inside = [tree, *tree.folders, *(inner for folder in tree.folders for inner in folder.folders)]
    known = {place.path for place in places(tree)}
    return next((folder for folder in inside if folder.path == path and path in known), None)


def _number(names: Sequence[str], *, is_first_numbered: bool) -> str:
    """What a name begins with so that it comes last: the next number, where the others have numbers."""
    return next_number(names) if names or is_first_numbered else ""
