"""What content was called before: aliases, and renames that nobody told; format section 1, "Rename?"."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.content.files import ReadFile
from quizapp.content.folder import tidy_key
from quizapp.content.front_matter import FrontMatter
from quizapp.content.layout import PathSource
from quizapp.content.memory import Served
from quizapp.content.model import Catalogue, Check, Lesson, Module
from quizapp.content.modules import ModuleSource, Reading
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class _Alias:
    """A former key that a file claims for what it is: `lesson m/old` for `lesson m/new`, as written and where."""

    old: str
    new: str
    written: str
    path: str
    place: tuple[int, int]


def find_moves(reading: Reading, modules: Mapping[str, ModuleSource], paths: Sequence[PathSource]) -> dict[str, str]:
    """The keys that aliases stand for: `lesson m/old` → `lesson m/new`; one that is taken is reported."""
    aliases: list[_Alias] = []
    live = {f"path {path.key}" for path in paths} | {f"module {key}" for key in modules}
    for path in paths:
        aliases += _aliases(f"path {path.key}", path.front, path.index_path, "path ")
    for module in modules.values():
        index = module.index.path if module.index else module.path
        aliases += _aliases(f"module {module.key}", module.front, index, "module ")
        for kind, files in (("lesson", module.lessons), ("quiz", module.quizzes)):
            for name, file in files.items():
                key = f"{kind} {module.key}/{name}"
                aliases += _aliases(key, file.front, file.path, f"{kind} {module.key}/")
                live.add(key)
    return _claimed(aliases, {key.casefold(): key for key in live}, reading)


def _claimed(aliases: Sequence[_Alias], live: Mapping[str, str], reading: Reading) -> dict[str, str]:
    moved: dict[str, str] = {}
    for alias in aliases:
        other = live.get(alias.old.casefold()) or moved.get(alias.old)
        if other:
            place, other = alias.place, other.partition(" ")[2]
            reading.add(alias.path, "alias-taken", place, alias=alias.written, other=other)
        else:
            moved[alias.old] = alias.new
    return moved


def _aliases(new: str, front: FrontMatter, path: str, prefix: str) -> list[_Alias]:
    """The aliases of a file; `prefix` completes one that names no module."""
    kind = new.partition(" ")[0]
    found = []
    for number, written in enumerate(front.texts("aliases")):
        key = "/".join(map(tidy_key, written.split("/")))
        old = f"{kind} {key}" if "/" in key and kind in ("lesson", "quiz") else prefix + key
        found.append(_Alias(old, new, written, path, front.place(f"aliases.{number}")))
    return found


def with_former_keys(modules: Mapping[str, Module], moved: Mapping[str, str]) -> dict[str, Module]:
    """The modules, their checks knowing the keys they had: by aliases of their lesson, and of the module."""
    former: dict[str, list[str]] = {}
    for old, new in moved.items():
        former.setdefault(new, []).append(old.partition(" ")[2])
    return {key: _with_former(module, former) for key, module in modules.items()}


def _with_former(module: Module, former: Mapping[str, list[str]]) -> Module:
    def keys(lesson: Lesson) -> tuple[str, ...]:
        own = former.get(f"lesson {lesson.key}", [])
        names = [lesson.name, *(key.partition("/")[2] for key in own if key.startswith(f"{module.key}/"))]
        inherited = [f"{old}/{name}" for old in former.get(f"module {module.key}", []) for name in names]
        return tuple(dict.fromkeys([*own, *inherited]))

    return replace(module, lessons=tuple(_with_former_checks(lesson, keys(lesson)) for lesson in module.lessons))


def _with_former_checks(lesson: Lesson, former: tuple[str, ...]) -> Lesson:
    parts = [
        replace(part, former=tuple(f"{key}#{part.name}" for key in former)) if isinstance(part, Check) else part
        for part in lesson.parts
    ]
    return replace(lesson, parts=tuple(parts)) if former else lesson


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
