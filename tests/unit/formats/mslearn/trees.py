"""Small trees in the format of Microsoft Learn, all about bread."""

from collections.abc import Iterable

from quizapp.formats.mslearn.conversion import Conversion, convert
from quizapp.formats.mslearn.notes import Note
from quizapp.formats.mslearn.tree import MemoryTree

INDEX = """### YamlMime:Module
uid: bread.sourdough
metadata:
  title: Bake sourdough
  description: Bake a loaf with wild yeast.
title: Bake sourdough
summary: Flour, water, salt and patience.
abstract: |
  In this module, you will:
  - Feed a starter
  - Shape a loaf
prerequisites: |
  - You own an oven
iconUrl: /learn/achievements/sourdough.svg
levels:
- beginner
roles:
- baker
products:
- oven
units:
{units}
badge:
  uid: bread.sourdough.badge
"""
UNIT = """### YamlMime:ModuleUnit
uid: bread.sourdough.{name}
title: {title}
metadata:
  title: {title}
  description: {title}
durationInMinutes: 5
{body}"""
QUIZ = """quiz:
  title: Check your knowledge
  questions:
  - content: What raises the dough?
    choices:
    - content: Wild yeast
      isCorrect: true
      explanation: It lives in the starter.
    - content: Baking powder
      isCorrect: false
      explanation: None is used here.
"""
MODULE = "bread/sourdough"


def index(*names: str) -> str:
    """The `index.yml` of a module with units of these names."""
    return INDEX.format(units="\n".join(f"- bread.sourdough.{name}" for name in names))


def unit(name: str, content: str = "", quiz: str = "", title: str = "Mix the dough", extra: str = "") -> str:
    """The YAML of a unit; its content stands in a block."""
    block = "content: |\n" + "\n".join(f"  {line}".rstrip() for line in content.split("\n")) + "\n" if content else ""
    return UNIT.format(name=name, title=title, body=extra + block + quiz)


def tree(files: dict[str, str | bytes]) -> MemoryTree:
    """A tree of these files; a path that begins with `./` stands in the folder of the module."""
    whole = {
        path.replace("./", f"{MODULE}/", 1) if path.startswith("./") else path: data for path, data in files.items()
    }
    return MemoryTree({path: data.encode() if isinstance(data, str) else data for path, data in whole.items()})


def imported(files: dict[str, str | bytes], fallback: dict[str, str | bytes] | None = None) -> Conversion:
    """What a tree becomes."""
    return convert(tree(files), tree(fallback) if fallback is not None else None)


def lesson_of(
    content: str, files: dict[str, str | bytes] | None = None, quiz: str = "", extra: str = ""
) -> tuple[str, Conversion]:
    """The text below the front matter of a lesson with this content, and the whole conversion."""
    found = imported(
        {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", content, quiz, extra=extra), **(files or {})}
    )
    text = found.texts["sourdough/1-mix.md"]
    return text.split("\n---\n", 1)[1].strip("\n"), found


def codes(found: Conversion | Iterable[Note]) -> set[str]:
    """The codes of the notes."""
    return {note.code for note in (found.notes if isinstance(found, Conversion) else found)}


def told(found: Conversion, code: str) -> Note:
    """The one note with a code."""
    [note] = [note for note in found.notes if note.code == code]
    return note
