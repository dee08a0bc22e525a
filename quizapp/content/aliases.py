"""Former keys that authors list in `aliases:`; format section 1, "Rename?"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.content.folder import tidy_key
from quizapp.content.front_matter import FrontMatter
from quizapp.content.layout import PathSource
from quizapp.content.model import Check, Lesson, Module, Quiz
from quizapp.content.modules import ModuleSource, Reading


@dataclass(frozen=True, slots=True)
class _Alias:
    """A former key that a file claims for what it is: `lesson m/old` for `lesson m/new`, as written and where."""

    old: str
    new: str
    written: str
    path: str
    place: tuple[int, int]


def read_aliases(reading: Reading, modules: Mapping[str, ModuleSource], paths: Sequence[PathSource]) -> dict[str, str]:
    """The keys that aliases stand for: `lesson m/old` → `lesson m/new`; one that is taken is reported."""
    aliases: list[_Alias] = []
    live = {f"path {path.key}" for path in paths} | {f"module {key}" for key in modules}
    for path in paths:
        aliases += _aliases(f"path {path.key}", path.front, path.index_path, "path ")
    for module in modules.values():
        index = module.index.path if module.index else module.path
        aliases += _aliases(f"module {module.key}", module.front, index, "module ")
        for kind, files in (("lesson", module.lessons), ("quiz", module.quizzes), ("bank", module.banks)):
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
        old = f"{kind} {key}" if "/" in key and kind in ("lesson", "quiz", "bank") else prefix + key
        found.append(_Alias(old, new, written, path, front.place(f"aliases.{number}")))
    return found


def with_former_keys(modules: Mapping[str, Module], moved: Mapping[str, str]) -> dict[str, Module]:
    """The modules, their checks and quizzes knowing the keys they had: by their aliases, and those of the module."""
    former: dict[str, list[str]] = {}
    for old, new in moved.items():
        former.setdefault(new, []).append(old.partition(" ")[2])
    return {key: _with_former(module, former) for key, module in modules.items()}


def _with_former(module: Module, former: Mapping[str, list[str]]) -> Module:
    def keys(kind: str, one: Lesson | Quiz) -> tuple[str, ...]:
        own = former.get(f"{kind} {one.key}", [])
        names = [one.name, *(key.partition("/")[2] for key in own if key.startswith(f"{module.key}/"))]
        inherited = [f"{old}/{name}" for old in former.get(f"module {module.key}", []) for name in names]
        return tuple(dict.fromkeys([*own, *inherited]))

    lessons = tuple(_with_former_checks(lesson, keys("lesson", lesson)) for lesson in module.lessons)
    return replace(module, lessons=lessons, quizzes=tuple(replace(q, former=keys("quiz", q)) for q in module.quizzes))


def _with_former_checks(lesson: Lesson, former: tuple[str, ...]) -> Lesson:
    parts = [
        replace(part, former=tuple(f"{key}#{part.name}" for key in former)) if isinstance(part, Check) else part
        for part in lesson.parts
    ]
    return replace(lesson, parts=tuple(parts)) if former else lesson
