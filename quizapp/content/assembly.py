"""Files that were read, put together: references followed, keys and links made sure of, paths in order."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from quizapp.content.banks import BankSource, QuizSource, as_reference
from quizapp.content.files import IndexSource, ReadFile
from quizapp.content.folder import Folder, key_of
from quizapp.content.front_matter import FrontMatter
from quizapp.content.lessons import CheckSource, LessonSource
from quizapp.content.linking import linked_from, report_links
from quizapp.content.memory import Served
from quizapp.content.model import (
    EVERYBODY,
    Bank,
    Catalogue,
    Check,
    LearningPath,
    Lesson,
    Module,
    Quiz,
    Visibility,
)  # fmt: skip
from quizapp.content.modules import ModuleSource, Read, Reading, module_key, read_module, title_from
from quizapp.content.moves import find_moves, report_renames, report_reused, served_now
from quizapp.content.references import resolve
from quizapp.errors import Problem
from quizapp.source.report import Report

MAIN_MODULE = "main"


@dataclass(frozen=True, slots=True)
class Assembled:
    """A catalogue, its problems in no order, the files it is made of, and what it serves from where."""

    catalogue: Catalogue
    problems: list[Problem]
    files: Mapping[str, ReadFile]
    served: Served


@dataclass(frozen=True, slots=True)
class PathSource:
    """A learning path as its folder has it; `own` are keys and folders of the modules in it."""

    key: str
    folder: Folder
    index: ReadFile | None
    own: tuple[tuple[str, str], ...]

    @property
    def front(self) -> FrontMatter:
        """The front matter of its index file."""
        return self.index.front if self.index else FrontMatter()


def assemble(tree: Folder, read: Read, exists: Callable[[str], bool], before: Served) -> Assembled:
    """Put a folder tree together; `exists` tells whether a content path is a file, `before` what was served last."""
    assembly = _Assembly(Reading(read, before.places), exists)
    root = assembly.reading.index(tree, "root")
    assembly.read_folders(tree)
    assembly.read_modules()
    modules = {key: assembly.module(source) for key, source in assembly.modules.items()}
    paths = tuple(path for path in map(assembly.path, assembly.paths) if path.modules)
    problems, files = assembly.reading.problems, assembly.reading.files
    links = assembly.links()
    moved = find_moves(assembly.reading, assembly.modules, assembly.paths_by_key())
    former = _former(moved)
    modules = {key: _with_former(module, former) for key, module in modules.items()}
    catalogue = Catalogue(
        title=_title(root),
        welcome=_html(root),
        paths=paths,
        modules=modules,
        links=links,
        moved=moved,
        linked=linked_from(root),
        files=frozenset(files),
        version=_version(files),
    )
    report_links(assembly.reading, links, exists)
    served = served_now(assembly.modules, files, before, moved)
    served = report_reused(assembly.reading, catalogue, before, served)
    report_renames(assembly.reading, served, links, moved, files)
    return Assembled(catalogue, problems, files, served)


def _version(files: Mapping[str, ReadFile]) -> str:
    digests = "".join(f"{path}\0{files[path].digest}\0" for path in sorted(files))
    return hashlib.sha256(digests.encode()).hexdigest()[:16]


def _title(index: ReadFile | None) -> str:
    return index.content.title if index and isinstance(index.content, IndexSource) else ""


def _html(index: ReadFile | None) -> str:
    return index.content.html if index and isinstance(index.content, IndexSource) else ""


def _former(moved: Mapping[str, str]) -> dict[str, list[str]]:
    """The former keys of each key."""
    former: dict[str, list[str]] = {}
    for old, new in moved.items():
        former.setdefault(new, []).append(old)
    return former


def _with_former(module: Module, former: Mapping[str, list[str]]) -> Module:
    """The module, its checks knowing the keys they had: by aliases of their lesson, and of the module."""
    old_modules = [old.removeprefix("module ") for old in former.get(f"module {module.key}", ())]

    def keys(lesson: Lesson) -> tuple[str, ...]:
        own = [old.removeprefix("lesson ") for old in former.get(f"lesson {lesson.key}", ())]
        names = [lesson.name, *(key.partition("/")[2] for key in own if key.startswith(f"{module.key}/"))]
        return tuple(dict.fromkeys([*own, *(f"{old}/{name}" for old in old_modules for name in names)]))

    return replace(module, lessons=tuple(_with_former_checks(lesson, keys(lesson)) for lesson in module.lessons))


def _with_former_checks(lesson: Lesson, former: tuple[str, ...]) -> Lesson:
    parts = [
        replace(part, former=tuple(f"{key}#{part.name}" for key in former)) if isinstance(part, Check) else part
        for part in lesson.parts
    ]
    return replace(lesson, parts=tuple(parts)) if former else lesson


@dataclass(slots=True)
class _Assembly:
    reading: Reading
    exists: Callable[[str], bool]
    folders: dict[str, list[tuple[Folder, ReadFile | None, Visibility]]] = field(default_factory=dict)
    paths: list[PathSource] = field(default_factory=list)
    modules: dict[str, ModuleSource] = field(default_factory=dict)
    banks: dict[str, Bank] = field(default_factory=dict)

    def read_folders(self, tree: Folder) -> None:
        """Find modules and paths; of folders that claim one key only its holder is served."""
        if tree.is_module:
            self.folders[MAIN_MODULE] = [(tree, None, EVERYBODY)]
        for child in tree.folders:
            if child.is_module:
                self._claim(child, EVERYBODY)
            else:
                self._read_path(child)

    def _claim(self, folder: Folder, outer: Visibility) -> str:
        index = self.reading.index(folder, "module")
        key = module_key(index, folder.name)
        self.folders.setdefault(key, []).append((folder, index, outer))
        return key

    def _read_path(self, folder: Folder) -> None:
        index = self.reading.index(folder, "path")
        visibility = index.front.visibility if index else EVERYBODY
        own = []
        for child in folder.folders:
            deeper = next((inner for inner in child.folders if inner.is_module or inner.folders), None)
            if deeper:
                self.reading.add(deeper.path, "too-deep")
            if child.is_module:
                own.append((self._claim(child, visibility), child.path))
            elif not deeper:
                self.reading.add(child.path, "empty-folder")
        key = module_key(index, folder.name)
        if not own and not (index and index.front.texts("modules")):
            if not any(problem.code == "too-deep" for problem in self.reading.problems):
                self.reading.add(folder.path, "empty-folder")
        elif key in self.paths_by_key():
            self.reading.add(folder.path, "key-twice", key=key, other=self.paths_by_key()[key].folder.path)
        else:
            self.paths.append(PathSource(key, folder, index, tuple(own)))

    def paths_by_key(self) -> dict[str, PathSource]:
        """The learning paths."""
        return {path.key: path for path in self.paths}

    def read_modules(self) -> None:
        """Read the files of every module, and make its banks."""
        for key, claims in self.folders.items():
            held = self.reading.holder(f"module {key}", [folder.path for folder, _, _ in claims])
            for folder, index, outer in claims:
                if folder.path == held:
                    self.modules[key] = read_module(self.reading, folder, key, index, outer)
                else:
                    self.reading.add(folder.path, "key-twice", key=key, other=held)
        for module in self.modules.values():
            for name, file in module.banks.items():
                if isinstance(file.content, BankSource):
                    visibility = file.front.visibility.within(module.visibility)
                    key = f"{module.key}/{name}"
                    self.banks[file.path] = Bank(key, file.content.title, file.path, file.content.questions, visibility)

    def module(self, source: ModuleSource) -> Module:
        """The module with its references followed."""
        return Module(
            key=source.key,
            title=source.title,
            summary=source.front.text("summary"),
            body=source.body,
            objectives=source.front.texts("objectives"),
            prerequisites=source.front.texts("prerequisites"),
            level=source.front.texts("level"),
            lessons=tuple(self._lesson(source, name, file) for name, file in source.lessons.items()),
            path=source.path,
            banks=tuple(bank for bank in self.banks.values() if bank.key.partition("/")[0] == source.key),
            quizzes=tuple(self._quiz(source, name, file) for name, file in source.quizzes.items()),
            linked=linked_from(source.index),
            visibility=source.visibility,
        )

    def _lesson(self, module: ModuleSource, name: str, file: ReadFile) -> Lesson:
        said = file.content
        assert isinstance(said, LessonSource)  # noqa: S101 (its kind)
        visibility = file.front.visibility.within(module.visibility)
        report = Report(file.path)
        key = f"{module.key}/{name}"
        parts = [
            self._check(key, part, visibility, report) if isinstance(part, CheckSource) else part for part in said.parts
        ]
        self.reading.problems += report.problems
        return Lesson(
            key=key,
            module=module.key,
            name=name,
            title=said.title,
            summary=said.summary,
            minutes=said.minutes,
            complete=said.complete,
            pass_mark=said.pass_mark,
            parts=tuple(part for part in parts if part),
            headings=said.headings,
            lang=said.lang,
            path=file.path,
            fingerprint=said.fingerprint,
            linked=linked_from(file),
            visibility=visibility,
        )

    def _check(self, lesson: str, source: CheckSource, visibility: Visibility, report: Report) -> Check | None:
        entries = resolve(source.sources, visibility, self.banks.get, report)
        if not entries:
            if not any(p.severity == "error" and p.path == report.path for p in self.reading.problems):
                report.add("empty-check", source.line, source.column)
            return None
        return Check(f"{lesson}#{source.name}", source.name, source.title, source.introduction, entries)

    def _quiz(self, module: ModuleSource, name: str, file: ReadFile) -> Quiz:
        said = file.content
        assert isinstance(said, QuizSource)  # noqa: S101 (its kind)
        visibility = file.front.visibility.within(module.visibility)
        report = Report(file.path)
        banks = {bank.key: bank for bank in self.banks.values()}
        references = []
        for draw in said.draws:
            key = draw.bank if "/" in draw.bank else f"{module.key}/{draw.bank}"
            if key in banks:
                references.append(as_reference(draw, banks[key].path))
            else:
                own = ", ".join(f"`{bank}`" for bank in module.banks) or "none"
                known = f"The banks of this module are: {own}."
                report.add("unknown-bank", draw.line, draw.column, bank=draw.bank, known=known)
        entries = resolve([*said.sources, *references], visibility, self.banks.get, report)
        self.reading.problems += report.problems
        return Quiz(
            f"{module.key}/{name}", said.title, said.summary, said.introduction, entries, said.settings, file.path,
            visibility,
        )  # fmt: skip

    def path(self, source: PathSource) -> LearningPath:
        """A path with the modules it names first, then its own."""
        index = source.folder.join(source.folder.index)
        named: list[str] = []
        for number, key in enumerate(map(key_of, source.front.texts("modules"))):
            place = source.front.places.get(f"modules.{number}") or source.front.place("modules")
            if key not in self.modules:
                known = ", ".join(f"`{module}`" for module in sorted(self.modules)) or "none"
                self.reading.add(index, "unknown-module", place, key=key, known=known)
            elif key in named:
                self.reading.add(index, "module-twice", place, key=key)
            else:
                named.append(key)
        own = [key for key, folder in source.own if key in self.modules and self.modules[key].path == folder]
        return LearningPath(
            key=source.key,
            title=_title(source.index) or title_from(source.key),
            summary=source.front.text("summary"),
            body=_html(source.index),
            modules=tuple(dict.fromkeys([*named, *own])),
            linked=linked_from(source.index),
            visibility=source.front.visibility,
        )

    def links(self) -> dict[str, str]:
        """What content paths became, folders and their index files included."""
        links: dict[str, str] = {}
        for module in self.modules.values():
            links |= dict.fromkeys(_names_of(module.path, module.index), f"module {module.key}")
            links |= {file.path: f"lesson {module.key}/{name}" for name, file in module.lessons.items()}
        for path in self.paths:
            links |= dict.fromkeys(_names_of(path.folder.path, path.index), f"path {path.key}")
        return links


def _names_of(folder: str, index: ReadFile | None) -> list[str]:
    return [name for name in (folder, index.path if index else f"{folder}/index.md") if name and folder]
