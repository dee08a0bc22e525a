"""Files that were read, put together: references followed, keys and links made sure of, paths in order."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from quizapp.content.aliases import read_aliases, with_former_keys
from quizapp.content.banks import BankSource, QuizSource, as_reference
from quizapp.content.files import IndexSource, ReadFile
from quizapp.content.folder import Folder, tidy_key, title_from
from quizapp.content.guessing import in_percent, too_easy
from quizapp.content.layout import Claim, Layout, PathSource
from quizapp.content.lessons import CheckSource, LessonSource
from quizapp.content.linking import link_problems
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
from quizapp.content.modules import ModuleSource, Read, Reading, read_module
from quizapp.content.references import resolve
from quizapp.content.renames import report_renames, report_reused, served_now
from quizapp.content.served import Served
from quizapp.content.shelf import Shelf
from quizapp.errors import Problem
from quizapp.source.report import Report


@dataclass(frozen=True, slots=True)
class Assembled:
    """A catalogue, its problems in no order, the files it is made of, and what it serves from where."""

    catalogue: Catalogue
    problems: list[Problem]
    files: Mapping[str, ReadFile]
    served: Served


def assemble(tree: Folder, read: Read, exists: Callable[[str], bool], before: Served) -> Assembled:
    """Put a folder tree together; `exists` tells whether a content path is a file, `before` what was served last."""
    reading = Reading(read, before)
    assembly = _Assembly(reading, Layout(reading), exists)
    root = reading.index(tree, "root")
    assembly.layout.read(tree, root.front.visibility if root else EVERYBODY)
    assembly.read_modules()
    modules = {key: assembly.module(source) for key, source in assembly.modules.items()}
    paths = tuple(path for path in map(assembly.path, assembly.layout.paths) if path.modules)
    files = reading.files
    links = assembly.links()
    moved = assembly.moved
    modules = with_former_keys(modules, moved)
    catalogue = Catalogue(
        title=_title(root),
        welcome=_html(root),
        paths=paths,
        modules=modules,
        links=links,
        moved=moved,
        files=frozenset(files),
        sources={path: file.source for path, file in files.items()},
        uses={path: file.uses for path, file in files.items() if file.uses},
        version=_version(files),
    )
    reading.problems += link_problems(files, links, exists)
    served = report_reused(reading, catalogue, served_now(assembly.modules, before))
    report_renames(reading, served, links, moved, files)
    return Assembled(catalogue, reading.problems, files, served)


def _version(files: Mapping[str, ReadFile]) -> str:
    digests = "".join(f"{path}\0{files[path].digest}\0" for path in sorted(files))
    return hashlib.sha256(digests.encode()).hexdigest()[:16]


def _title(index: ReadFile | None) -> str:
    return index.content.title if index and isinstance(index.content, IndexSource) else ""


def _html(index: ReadFile | None) -> str:
    return index.content.html if index and isinstance(index.content, IndexSource) else ""


@dataclass(slots=True)
class _Assembly:
    reading: Reading
    layout: Layout
    exists: Callable[[str], bool]
    modules: dict[str, ModuleSource] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=lambda: Shelf((), {}, {}))

    def read_modules(self) -> None:
        """Read the files of every module, and make its banks; of folders that claim one key only one is served."""
        claims: dict[str, list[Claim]] = {}
        for claim in self.layout.claims:
            claims.setdefault(claim.key.casefold(), []).append(claim)
        for rivals in claims.values():
            held = self.reading.holder(f"module {rivals[0].key}", [claim.folder.path for claim in rivals])
            for claim in rivals:
                if claim.folder.path == held:
                    self.modules[claim.key] = read_module(
                        self.reading, claim.folder, claim.key, claim.index, claim.outer
                    )
                else:
                    other = held or "the lessons directly in the content folder"
                    self.reading.add(claim.folder.path, "key-twice", key=claim.key, other=other)
        self.moved = read_aliases(self.reading, self.modules, self.layout.paths)
        folders = {module.path: module.key for module in self.modules.values()}
        self.shelf = Shelf(self._banks(), self.moved, folders)

    def _banks(self) -> Iterator[Bank]:
        for module in self.modules.values():
            for name, file in module.banks.items():
                if isinstance(file.content, BankSource):
                    visibility = file.front.visibility.within(module.visibility)
                    key = f"{module.key}/{name}"
                    yield Bank(key, file.content.title, file.path, file.content.questions, visibility)

    def module(self, source: ModuleSource) -> Module:
        """The module with its references followed."""
        return Module(
            key=source.key,
            title=source.title,
            summary=source.front.text("summary"),
            body=source.body,
            objectives=tuple(sentence for _, sentence in source.front.values.get("objectives", ())),
            prerequisites=source.front.texts("prerequisites"),
            level=source.front.texts("level"),
            lessons=tuple(self._lesson(source, name, file) for name, file in source.lessons.items()),
            path=source.path,
            banks=self.shelf.of(source.key),
            quizzes=tuple(self._quiz(source, name, file) for name, file in source.quizzes.items()),
            visibility=source.visibility,
            index=source.index.path if source.index else "",
            objective_tags=tuple(tag for tag, _ in source.front.values.get("objectives", ())),
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
            visibility=visibility,
            anchor=said.anchor,
        )

    def _check(self, lesson: str, source: CheckSource, visibility: Visibility, report: Report) -> Check | None:
        entries = resolve(source.sources, visibility, self.shelf.at, report)
        if not entries:
            return None  # what its references lack was reported
        key = f"{lesson}#{source.name}"
        return Check(
            key, source.name, source.title, source.introduction, entries, asks_confidence=source.asks_confidence
        )

    def _quiz(self, module: ModuleSource, name: str, file: ReadFile) -> Quiz:
        said = file.content
        assert isinstance(said, QuizSource)  # noqa: S101 (its kind)
        visibility = file.front.visibility.within(module.visibility)
        report = Report(file.path)
        references = []
        for draw in said.draws:
            bank = self.shelf.called(draw.bank if "/" in draw.bank else f"{module.key}/{draw.bank}")
            if bank:
                references.append(as_reference(draw, bank.path))
            else:
                meant = draw.bank.removesuffix(".md").removesuffix(".bank")
                own = ", ".join(f"`{bank}`" for bank in module.banks) or "none"
                is_file = meant != draw.bank and meant in module.banks
                mend = f"Write `{meant}`." if is_file else f"The banks of this module are: {own}."
                report.add("unknown-bank", draw.line, draw.column, bank=draw.bank, mend=mend)
        entries = resolve([*said.sources, *references], visibility, self.shelf.at, report)
        quiz = Quiz(
            f"{module.key}/{name}", said.title, said.summary, said.introduction, entries, said.settings, file.path,
            visibility,
        )  # fmt: skip
        _report_guessing(quiz, file, report)
        self.reading.problems += report.problems
        return quiz

    def path(self, source: PathSource) -> LearningPath:
        """A path with the modules it names first, then its own."""
        keys = {key.casefold(): key for key in self.modules}
        named: list[str] = []
        for number, written in enumerate(source.front.texts("modules")):
            place = source.front.place(f"modules.{number}")
            key = keys.get(tidy_key(written).casefold(), "")
            if not key:
                self.reading.add(
                    source.index_path, "unknown-module", place, key=written, mend=self._module_like(written)
                )
            elif key in named:
                self.reading.add(source.index_path, "module-twice", place, key=key)
            else:
                named.append(key)
        own = [
            claim.key
            for claim in source.own
            if claim.key in self.modules and self.modules[claim.key].path == claim.folder.path
        ]
        return LearningPath(
            key=source.key,
            title=_title(source.index) or title_from(source.key),
            summary=source.front.text("summary"),
            body=_html(source.index),
            modules=tuple(dict.fromkeys([*named, *own])),
            visibility=source.visibility,
        )

    def _module_like(self, written: str) -> str:
        """What to write in the place of a module key that is none."""
        last = tidy_key(written.rpartition("/")[2])
        if "/" in written and last in self.modules:
            return f"A key has no path: write `{last}`."
        known = ", ".join(f"`{module}`" for module in sorted(self.modules)) or "none"
        return f"The modules are: {known}."

    def links(self) -> dict[str, str]:
        """What content paths became, folders and their index files included."""
        links: dict[str, str] = {}
        for module in self.modules.values():
            links |= dict.fromkeys(_names_of(module.path, module.index), f"module {module.key}")
            links |= {file.path: f"lesson {module.key}/{name}" for name, file in module.lessons.items()}
            links |= {file.path: f"quiz {module.key}/{name}" for name, file in module.quizzes.items()}
        for path in self.layout.paths:
            links |= dict.fromkeys(_names_of(path.folder.path, path.index), f"path {path.key}")
        return links


def _report_guessing(quiz: Quiz, file: ReadFile, report: Report) -> None:
    """Report a quiz that is passed by guessing more probably than its author wants."""
    chance, limit = too_easy(quiz), quiz.settings.guessing
    if chance and limit is not None:
        most = "" if chance.is_exact else "up to "
        told = f"{most}{in_percent(chance.value)}"
        report.add("guessed-too-easily", *file.front.value_place("guessing"), chance=told, limit=in_percent(limit))


def _names_of(folder: str, index: ReadFile | None) -> list[str]:
    return [name for name in (folder, index.path if index else f"{folder}/index.md") if name and folder]
