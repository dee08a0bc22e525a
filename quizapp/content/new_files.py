"""Where a new content file goes, how it is called, and what stands in it at first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from quizapp.content.folder import SKIPPED_FILES, SKIPPED_FOLDERS, Folder, key_of, tidy_key
from quizapp.errors import NotEditable

NewKind = Literal["lesson", "bank", "quiz", "module", "path"]
KINDS: tuple[NewKind, ...] = get_args(NewKind)
FILES: tuple[NewKind, ...] = ("lesson", "bank", "quiz")
NUMBER = re.compile(r"\d{1,3}(?=[-_. ])")
QUESTION = """First question {#first-question}

What is asked, in one or two sentences.

- (x) The right answer
  > Say why it is right.
- ( ) A wrong answer that is easily believed
  > Say what is wrong with it.
- ( ) Another one
  > Say what is wrong with it.

What everybody should know about it afterwards.
"""
STARTERS: dict[NewKind, str] = {
    "lesson": "# TITLE\n\nWhat there is to learn.\n\n## Check your knowledge {.check}\n\n### " + QUESTION,
    "bank": "# TITLE\n\n## " + QUESTION,
    "quiz": "---\npreset: check\npass: 80%\n---\n# TITLE\n\nWhat a learner reads first.\n\n## " + QUESTION,
    "module": "# TITLE\n\nWhat one can do after this module.\n",
    "path": "# TITLE\n\nWhere this learning path leads.\n",
}


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
    name = tidy_key(title).replace(".", "-")
    if not name.strip("-_") or name[0] in "-_":
        raise NotEditable("A title begins with a letter or digit.")
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
    """A text to begin with; empty for a kind that is none."""
    return next((text.replace("TITLE", title) for known, text in STARTERS.items() if known == kind), "")


def _folder(tree: Folder, path: str) -> Folder | None:
    inside = [tree, *tree.folders, *(inner for folder in tree.folders for inner in folder.folders)]
    known = {place.path for place in places(tree)}
    return next((folder for folder in inside if folder.path == path and path in known), None)


def _number(names: Sequence[str], *, is_first_numbered: bool) -> str:
    """What a name begins with so that it comes last: the next number, where the others have numbers."""
    numbers = [int(found[0]) for name in names if (found := NUMBER.match(name))]
    if not numbers and (names or not is_first_numbered):
        return ""
    return f"{max(numbers, default=0) + 1}-"
