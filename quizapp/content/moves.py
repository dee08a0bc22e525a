"""What content was called before: aliases, and renames that nobody told; format section 1, "Rename?"."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from quizapp.content.files import ReadFile
from quizapp.content.folder import Folder
from quizapp.content.front_matter import FrontMatter
from quizapp.content.memory import Served
from quizapp.content.model import Catalogue
from quizapp.content.modules import ModuleSource, Reading
from quizapp.questions.base import Question


class HasFolder(Protocol):
    """A learning path."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def folder(self) -> Folder:
        """Its folder."""

    @property
    def front(self) -> FrontMatter:
        """The front matter of its index file."""


def find_moves(reading: Reading, modules: Mapping[str, ModuleSource], paths: Mapping[str, HasFolder]) -> dict[str, str]:
    """The keys that aliases stand for: `lesson m/old` → `lesson m/new`; one that is taken is reported."""
    claims: list[tuple[str, str, FrontMatter, int, str]] = []
    for path in paths.values():
        claims += _claims(f"path {path.key}", path.front, path.folder.join(path.folder.index), "path ")
    for module in modules.values():
        index = module.index.path if module.index else module.path
        claims += _claims(f"module {module.key}", module.front, index, "module ")
        for name, file in module.lessons.items():
            claims += _claims(f"lesson {module.key}/{name}", file.front, file.path, f"lesson {module.key}/")
    live = {f"path {key}" for key in paths} | {f"module {key}" for key in modules}
    live |= {f"lesson {module.key}/{name}" for module in modules.values() for name in module.lessons}
    moved: dict[str, str] = {}
    for old, new, front, number, path_of_file in claims:
        if old in live or old in moved:
            place = front.places.get(f"aliases.{number}") or front.place("aliases")
            other = moved.get(old, old).partition(" ")[2]
            reading.add(path_of_file, "alias-taken", place, alias=front.texts("aliases")[number], other=other)
        else:
            moved[old] = new
    return moved


def _claims(new: str, front: FrontMatter, path: str, prefix: str) -> list[tuple[str, str, FrontMatter, int, str]]:
    found = []
    for number, alias in enumerate(front.texts("aliases")):
        old = f"lesson {alias}" if "/" in alias and new.startswith("lesson ") else prefix + alias
        found.append((old, new, front, number, path))
    return found


def served_now(
    modules: Mapping[str, ModuleSource], files: Mapping[str, ReadFile], before: Served, moved: Mapping[str, str]
) -> Served:
    """What is served from where now, over what was served before: keys that are gone stay known.

    A key that is new while one with an equal file is gone was probably renamed: that key is kept as its former one.
    """
    live = {f"module {module.key}": (module.path, "") for module in modules.values()}
    for module in modules.values():
        for kind, group in (("lesson", module.lessons), ("bank", module.banks), ("quiz", module.quizzes)):
            live |= {f"{kind} {module.key}/{name}": (file.path, file.digest) for name, file in group.items()}
    gone = {digest: key for key, (_, digest, _) in before.places.items() if key not in live and digest}
    places = dict(before.places)
    for key, (path, digest) in live.items():
        known = before.places.get(key)
        former = known[2] if known else gone.get(digest, "") if digest else ""
        places[key] = (path, digest, former)
    return Served(places, before.questions)


def report_renames(
    reading: Reading, served: Served, links: Mapping[str, str], moved: Mapping[str, str], files: Mapping[str, ReadFile]
) -> None:
    """Report keys that seem to have had another one, which is gone and no alias; a module is told once."""
    live = set(links.values())
    told = set()
    for key, (path, _, former) in served.places.items():
        if not former or key not in live or former in live or _is_covered(former, moved):
            continue
        old, new = (name.partition(" ")[2] for name in (former, key))
        old_module, new_module = old.partition("/")[0], new.partition("/")[0]
        if old_module != new_module and f"module {old_module}" not in live:
            folder = path.rpartition("/")[0]
            where, alias, old, new = f"{folder}/index.md", old_module, old_module, new_module
            path = where if where in files else folder
        else:
            where, alias = path.rpartition("/")[2], old if old_module != new_module else old.partition("/")[2]
        if (path, alias) not in told:
            reading.add(path, "renamed-without-alias", old=old, new=new, alias=alias, where=where)
        told.add((path, alias))


def _is_covered(former: str, moved: Mapping[str, str]) -> bool:
    return former in moved or f"module {former.partition(' ')[2].partition('/')[0]}" in moved


def report_reused(reading: Reading, catalogue: Catalogue, before: Served, served: Served) -> Served:
    """Report names that stand for another question now: type and text both changed.

    Returns what is served with the questions as they are; a reused name keeps what it stood for.
    """
    questions = dict(before.questions)
    for key, question in catalogue.questions().items():
        kind, text = question.type.name, _text_hash(question)
        known = questions.get(key)
        if known and known[0] != kind and known[1] != text:
            reading.add(question.path, "name-reused", (question.line, 1), name=question.name)
        else:
            questions[key] = (kind, text)
    return replace(served, questions=questions)


def _text_hash(question: Question) -> str:
    text = f"{question.heading.text}\n{question.prompt.text}".casefold()
    return hashlib.sha256(text.encode()).hexdigest()[:12]
