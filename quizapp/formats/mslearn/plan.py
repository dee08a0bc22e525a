"""Where everything goes: the folders of modules and paths, and the names of lessons in their order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quizapp.content.folder import SKIPPED_FILES, SKIPPED_FOLDERS, belongs_to_key, key_of, natural, tidy_key
from quizapp.formats.mslearn.addresses import Map
from quizapp.formats.mslearn.includes import INCLUDE
from quizapp.formats.mslearn.notes import Notes, Place
from quizapp.formats.mslearn.survey import Document, Survey
from quizapp.formats.mslearn.tree import Library, folder_of

RESERVED = SKIPPED_FILES | {"index"}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A unit and the file that it becomes, in the folder of its module; `key` where its name does not give it."""

    unit: Document
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A module or path, its folder and its key; `key` is empty where the folder gives it."""

    document: Document
    folder: str
    key: str = ""
    lessons: tuple[Lesson, ...] = ()
    modules: tuple[str, ...] = ()  # of a path: the keys of its modules


@dataclass(slots=True)
class Plan:
    """All that is written, and where links lead."""

    modules: list[Planned] = field(default_factory=list)
    paths: list[Planned] = field(default_factory=list)
    map: Map = field(default_factory=lambda: Map({}, {}, {}))


def make_plan(found: Survey, library: Library, notes: Notes) -> Plan:
    """Find a place for every module, unit and path that can be shown."""
    plan = Plan()
    taken: set[str] = set()
    owners: dict[str, str] = {}
    for document in sorted(found.modules.values(), key=lambda one: natural(one.path)):
        units = list(_units(document, found, owners, notes))
        if not units:
            notes.add("no-lessons", document.place("units"))
            continue
        folder = _folder(document, "module", taken, notes)
        plan.modules.append(Planned(document, folder, lessons=tuple(_lessons(document, units, notes))))
    for unit in found.units.values():
        if unit.uid.casefold() not in owners:
            notes.add("orphan", unit.place(), unit=unit.uid)
    _plan_paths(plan, found, taken, notes)
    plan.map = _map(plan, library)
    return plan


def _plan_paths(plan: Plan, found: Survey, taken: set[str], notes: Notes) -> None:
    keys = {one.document.uid.casefold(): key_of(one.folder) for one in plan.modules}
    used: set[str] = set()
    for document in sorted(found.paths.values(), key=lambda one: natural(one.path)):
        modules = tuple(_modules(document, keys, notes))
        if not modules:
            notes.add("empty-path", document.place("modules"))
            continue
        folder = _folder(document, "path", taken, notes)
        key = _slug(document)
        own = "" if key == key_of(folder) or key in used else key
        used |= {key, key_of(folder)}
        plan.paths.append(Planned(document, folder, own, modules=modules))


def _units(module: Document, found: Survey, owners: dict[str, str], notes: Notes) -> Iterator[Document]:
    """The units of a module in its order; what is wrong with the list is noted."""
    seen: set[str] = set()
    for uid in module.record.texts("units"):
        key, place = uid.value.strip().casefold(), Place(module.path, uid.line)
        if key in seen:
            notes.add("unit-twice", place, uid=uid.value)
        elif key not in found.units and key not in found.spare:
            notes.add("no-unit", place, uid=uid.value)
        elif key in owners:
            notes.add("unit-shared", place, uid=uid.value, other=owners[key])
        else:
            owners[key] = module.uid
            if key not in found.units:
                notes.add("spare", place, uid=uid.value)
            yield found.units.get(key) or found.spare[key]
        seen.add(key)


def _modules(path: Document, keys: Mapping[str, str], notes: Notes) -> Iterator[str]:
    """The keys of the modules of a path in its order."""
    seen: set[str] = set()
    for uid in path.record.texts("modules"):
        key, place = uid.value.strip().casefold(), Place(path.path, uid.line)
        if key in seen:
            notes.add("module-twice", place, uid=uid.value)
        elif key not in keys:
            notes.add("no-module", place, uid=uid.value)
        else:
            yield keys[key]
        seen.add(key)


def _slug(document: Document) -> str:
    """The key that the folder of a document gives, else its uid."""
    folder = folder_of(document.path).rpartition("/")[2]
    return tidy_key(folder) or tidy_key(document.uid.rpartition(".")[2]) or "module"


def _folder(document: Document, what: str, taken: set[str], notes: Notes) -> str:
    """A folder at the top for a module or path, whose name gives a key of its own."""
    folder = folder_of(document.path).rpartition("/")[2]
    first = _slug(document).strip("._") or "module"
    first = f"{first}-{what}" if first in SKIPPED_FOLDERS or not key_of(first) else first
    own, number = first, 1
    while {own.casefold(), key_of(own)} & taken:
        number += 1
        own = f"{first}-path" if what == "path" and number == 2 else f"{first}-{number}"
    taken |= {own.casefold(), key_of(own)}
    if own != folder and folder:
        why = "another one has that name" if own != first else "a name has letters, digits and dashes"
        notes.add("renamed", document.place(), what=what, old=folder, new=own, why=why)
    tail = document.uid.rpartition(".")[2].casefold()
    if what == "module" and folder and tail != folder.casefold():
        notes.add("uid-elsewhere", document.place("uid"), folder=folder, uid=document.uid)
    return own


def _lessons(module: Document, units: Sequence[Document], notes: Notes) -> Iterator[Lesson]:
    """The files of the units: named as they were where that keeps their order, else numbered anew."""
    stems = [_stem(unit) for unit in units]
    in_order = [natural(stem) for stem in stems]
    is_kept = len(set(stems)) == len(stems) and all(a < b for a, b in pairwise(in_order))
    if not is_kept:
        notes.add("renumbered", module.place("units"))
        bare = [key_of(stem) or stem for stem in stems]
        digits = len(str(len(units)))
        stems = [f"{number:0{digits}}-{stem}" for number, stem in enumerate(bare, start=1)]
    seen: set[str] = set()
    for unit, stem in zip(units, stems, strict=True):
        key = key_of(stem)
        own, number = key, 1
        while own.casefold() in seen:
            number += 1
            own = stem if number == 2 and stem != key else f"{key}-{number}"
        seen.add(own.casefold())
        yield Lesson(unit, f"{stem}.md", own if own != key else "")


def _stem(unit: Document) -> str:
    """The name of a unit's file as a name of ours."""
    name = unit.path.rpartition("/")[2].rpartition(".")[0]
    stem = "".join(one if belongs_to_key(one) else "-" for one in name).strip("._-")
    stem = re.sub(r"-{2,}", "-", stem).lower() or "unit"
    is_odd = stem in RESERVED or stem.endswith((".bank", ".quiz")) or not key_of(stem)
    return f"{stem.replace('.', '-')}-unit" if is_odd else stem


def _map(plan: Plan, library: Library) -> Map:
    """Where every file, uid and address of the tree stands in what is written."""
    sources: dict[str, str] = {}
    uids: dict[str, str] = {}
    addresses: dict[tuple[str, str, str], str] = {}
    silent = Library(library.tree, None, Notes())
    for kind, planned in [*(("modules", one) for one in plan.modules), *(("paths", one) for one in plan.paths)]:
        index, source = f"{planned.folder}/index.md", planned.document.path
        sources[source] = uids[planned.document.uid.casefold()] = index
        folder = folder_of(source).rpartition("/")[2].casefold()
        addresses.setdefault((kind, folder, ""), index)
        for lesson in planned.lessons:
            target = f"{planned.folder}/{lesson.name}"
            sources[lesson.unit.path] = uids[lesson.unit.uid.casefold()] = target
            stem = lesson.unit.path.rpartition("/")[2].rpartition(".")[0].casefold()
            addresses.setdefault((kind, folder, stem), target)
            for include in _includes(lesson.unit, silent):
                sources.setdefault(include, target)
    return Map(sources, uids, addresses)


def _includes(unit: Document, library: Library) -> Iterator[str]:
    """The paths of the texts that a unit includes."""
    for found in INCLUDE.finditer(unit.record.text("content").value):
        file = library.find(found[1], folder_of(unit.path), Place(unit.path))
        if file:
            yield file.path
