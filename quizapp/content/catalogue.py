"""The content folder to a Catalogue and its Problems."""

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from quizapp.content.cache import FragmentCache
from quizapp.content.folder import MEDIA_TYPES, Folder, key_of, scan
from quizapp.content.front_matter import FrontMatter, split_front_matter
from quizapp.content.images import with_sizes
from quizapp.content.lessons import PageReader, read_lesson, report_unclosed, title_of
from quizapp.content.markup import Renderer
from quizapp.content.model import Catalogue, LearningPath, Lesson, Module
from quizapp.content.questions import definitions_in
from quizapp.errors import Problem
from quizapp.source.blocks import read_blocks
from quizapp.source.report import Report
from quizapp.source.text import decode

MAX_BYTES = 1024 * 1024
MAIN_MODULE = "main"


def read_catalogue(folder: Path, cache: Path | None = None) -> tuple[Catalogue, list[Problem]]:
    """Read all content of `folder`; rendered fragments are kept in the folder `cache`, if one is given.

    Never raises for what stands in the files: a file that cannot be used is left out and told in the problems,
    which come in the order of path and line.
    """
    reading = _Reading(folder, cache)
    tree = scan(folder)
    root, welcome = reading.index(tree, "root")
    if tree.lessons:
        reading.module(tree, MAIN_MODULE)
    for child in tree.folders:
        if child.is_module:
            reading.module(child, key_of(child.name))
        else:
            reading.path(child)
    paths = tuple(path for path in map(reading.resolve, reading.paths) if path.modules)
    catalogue = Catalogue(
        title=root.text("title"),
        welcome=welcome,
        paths=paths,
        modules=reading.modules,
        links=reading.links,
        media=frozenset(link for link in reading.linked if Path(link).suffix.lower() in MEDIA_TYPES),
        version=hashlib.sha256("".join(reading.digests).encode()).hexdigest()[:16],
    )
    return catalogue, sorted(reading.problems)


@dataclass(slots=True)
class _Path:
    folder: Folder
    key: str
    front: FrontMatter
    body: str
    own: list[str]


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    root: Path
    cache: Path | None
    renderer: Renderer = field(default_factory=Renderer)
    problems: list[Problem] = field(default_factory=list)
    paths: list[_Path] = field(default_factory=list)
    modules: dict[str, Module] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    digests: list[str] = field(default_factory=list)

    def text(self, path: str, report: Report) -> str | None:
        """The text of a file; None when it cannot be used, for a reason that was reported."""
        try:
            status = (self.root / path).stat()
            if status.st_size > MAX_BYTES or not stat.S_ISREG(status.st_mode):
                report.add("too-large", size=status.st_size)
                return None
            data = (self.root / path).read_bytes()
        except OSError as error:
            report.add("unreadable", reason=error.strerror or type(error).__name__)
            return None
        self.digests.append(hashlib.sha256(path.encode() + b"\0" + data).hexdigest())
        text, clean = decode(data)
        if not clean:
            report.add("not-utf8")
        return text

    def page(self, report: Report) -> PageReader:
        """A renderer for the fragments of the file that is reported on."""
        sized: Callable[[str], str] = partial(with_sizes, folder=self.root)
        folder, cache = report.path.rpartition("/")[0], FragmentCache(self.cache, report.path)
        return PageReader(folder, report, self.renderer, cache, sized)

    def index(self, folder: Folder, kind: str) -> tuple[FrontMatter, str]:
        """Front matter and HTML of a folder's `index.md`; its `#` heading serves as title."""
        if not folder.index:
            return FrontMatter(), ""
        path = folder.join(folder.index)
        report = Report(path)
        text = self.text(path, report)
        front, html = FrontMatter(), ""
        if text is not None:
            front, body = split_front_matter(text, kind, report)
            blocks = read_blocks(body, front.body_line)
            report_unclosed(blocks, report)
            title, blocks = title_of(front, blocks, "")
            front.values.setdefault("title", title or None)
            page = self.page(report)
            page.definitions = definitions_in(blocks)
            html = page.render(blocks).html
            self.finish(page)
        self.problems += report.problems
        return front, html

    def finish(self, page: PageReader) -> None:
        """Keep what was rendered and linked."""
        page.cache.save()
        self.linked |= page.links

    def path(self, folder: Folder) -> None:
        """Read a folder of modules."""
        front, body = self.index(folder, "path")
        own = []
        for child in folder.folders:
            if child.folders and any(inner.is_module for inner in child.folders):
                self.report(child.folders[0].path, "too-deep")
            if child.is_module:
                own += self.module(child, key_of(child.name))
            else:
                self.report(child.path, "empty-folder")
        if not own and not front.values.get("modules"):
            self.report(folder.path, "empty-folder")
            return
        key = key_of(front.text("key") or folder.name)
        if key in [path.key for path in self.paths]:
            other = next(path.folder.path for path in self.paths if path.key == key)
            self.report(folder.path, "key-twice", key=key, other=other)
        elif front.values.get("draft") is not True:
            self.paths.append(_Path(folder, key, front, body, own))
            self.links[folder.path] = self.links[folder.join("index.md")] = f"path {key}"

    def report(self, path: str, code: str, **words: object) -> None:
        """Note a problem of a file or folder as a whole."""
        report = Report(path)
        report.add(code, 1, 1, **words)
        self.problems += report.problems

    def resolve(self, path: _Path) -> LearningPath:
        """A path with the modules it names first, then its own."""
        named = [key_of(key) for key in path.front.texts("modules")]
        for key in named:
            if key not in self.modules:
                known = ", ".join(sorted(self.modules)) or "none"
                place = Report(path.folder.join(path.folder.index))
                place.add("unknown-module", path.front.lines.get("modules", 1), key=key, known=known)
                self.problems += place.problems
        order = dict.fromkeys([*named, *path.own])
        return LearningPath(
            key=path.key,
            title=path.front.text("title") or _title(path.key),
            summary=path.front.text("summary"),
            body=path.body,
            modules=tuple(key for key in order if key in self.modules),
        )

    def module(self, folder: Folder, key: str) -> list[str]:
        """Read a module; returns its key when it is served."""
        front, body = self.index(folder, "module" if folder.path else "root")
        key = key_of(front.text("key")) or key
        if front.values.get("draft") is True:
            return []
        if key in self.modules:
            self.report(folder.path, "key-twice", key=key, other=self.modules[key].path)
            return []
        lessons = self._lessons(folder, key)
        if not lessons:
            self.report(folder.path, "empty-folder")
            return []
        self.modules[key] = Module(
            key=key,
            title=front.text("title") or _title(key),
            summary=front.text("summary"),
            body=body if folder.path else "",
            objectives=front.texts("objectives"),
            prerequisites=front.texts("prerequisites"),
            level=front.texts("level"),
            lessons=tuple(lessons.values()),
            path=folder.path,
        )
        self.links[folder.path] = self.links[folder.join("index.md")] = f"module {key}"
        return [key]

    def _lessons(self, folder: Folder, module: str) -> dict[str, Lesson]:
        lessons: dict[str, Lesson] = {}
        names: dict[str, str] = {}
        for file in folder.lessons:
            path = folder.join(file)
            report = Report(path)
            text = self.text(path, report)
            if text is not None:
                key = self._lesson_key(text, file)
                if key in lessons:
                    report.add("key-twice", key=key, other=lessons[key].path)
                else:
                    page = self.page(report)
                    lesson = read_lesson(path, text, module, key, page, names, report)
                    self.finish(page)
                    if lesson:
                        lessons[key] = lesson
                        self.links[path] = f"lesson {lesson.key}"
            self.problems += report.problems
        return lessons

    def _lesson_key(self, text: str, file: str) -> str:
        front, _ = split_front_matter(text, "lesson", Report(""))
        return key_of(front.text("key")) or key_of(file.removesuffix(".md"))


def _title(key: str) -> str:
    return key.replace("-", " ").replace("_", " ").capitalize()
