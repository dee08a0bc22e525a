"""One content file to a value: what it says, what is wrong with it, what it links to and what it was made of."""

import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from quizapp.content.banks import BankSource, QuizSource, read_bank, read_quiz
from quizapp.content.cache import FragmentCache
from quizapp.content.folder import Kind, plain_file, stem_of, tidy_key
from quizapp.content.front_matter import FrontMatter, split_front_matter
from quizapp.content.good import GoodVersion
from quizapp.content.images import with_sizes
from quizapp.content.lessons import LessonSource, read_lesson, split_title, title_of
from quizapp.content.markup import Renderer
from quizapp.content.names import Names, Place
from quizapp.content.pages import Link, PageReader
from quizapp.content.questions import QuestionReader
from quizapp.content.references import Source
from quizapp.content.silences import WORD, read_silences
from quizapp.content.sources import Silence, SourceFile
from quizapp.errors import Problem
from quizapp.questions.base import Question
from quizapp.source.blocks import Block
from quizapp.source.report import Report
from quizapp.source.scanner import read_blocks
from quizapp.source.text import decode

MAX_BYTES = 1024 * 1024
TextOf = Callable[[str], str | None]
# What a heading that is no question has to be, by the kind of file.
TOO_LOW = defaultdict(
    lambda: "close the check with a heading of its own level",
    dict.fromkeys(("bank", "quiz"), "write other headings with three `#`, for here every `##` is a question"),
)


@dataclass(frozen=True, slots=True)
class IndexSource:
    """A folder's `index.md`: its title, and its HTML."""

    title: str
    html: str


Content = LessonSource | BankSource | QuizSource | IndexSource


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read; `content` is None where it cannot be used at all.

    `names` are the names of its questions and their places, `unnamed` those that no author gave; `uses` are other
    files it was made of: includes, and pictures for their sizes; `included` are the texts of the includes.
    """

    path: str
    kind: Kind
    front: FrontMatter
    content: Content | None
    problems: tuple[Problem, ...]
    digest: str = ""
    links: tuple[Link, ...] = ()
    names: tuple[tuple[str, Place], ...] = ()
    unnamed: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    included: tuple[tuple[str, str], ...] = ()
    silences: tuple[Silence, ...] = ()

    @property
    def source(self) -> SourceFile:
        """What a catalogue remembers of it."""
        lang = self.front.text("lang")
        return SourceFile(self.digest, lang, not self.has_errors, self.silences, self.front.places)

    @property
    def has_errors(self) -> bool:
        """Whether one of its own problems, or of what it includes, is an error."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def stem(self) -> str:
        """The key that its name gives."""
        return stem_of(self.path)


@dataclass(slots=True)
class FileReader:
    """Reads files of the content folder and of what is laid over it; not for use by two threads at once."""

    roots: Sequence[Path]
    cache: Path | None
    renderer: Renderer

    def read(self, path: str, kind: Kind, module: str, version: GoodVersion | None = None) -> ReadFile:
        """Read a file, or another version of it; `module` is the key of its module. Never raises."""
        report = Report(path)
        data = version.data if version else self._bytes(path, report)
        if data is None:
            return ReadFile(path, kind, FrontMatter(), None, tuple(report.problems))
        return self._read(data, kind, module, version.included.get if version else self._text_to_include, report)

    def read_draft(self, path: str, kind: Kind, module: str, data: bytes) -> ReadFile:
        """Read what a file would be with these bytes, and with what it includes as it is now. Never raises."""
        return self._read(data, kind, module, self._text_to_include, Report(path))

    def _read(self, data: bytes, kind: Kind, module: str, text_of: TextOf, report: Report) -> ReadFile:
        path = report.path
        text, clean = decode(data)
        if not clean:
            report.add("not-utf8")
        front, body = split_front_matter(text, kind, report)
        page = self._page(report, text_of)
        blocks = read_blocks(body, front.body_line)
        page.begin(blocks)
        reader = _question_reader(module, kind, front, blocks, page)
        content = _content(kind, front, body, blocks, tidy_key(front.text("key")) or stem_of(path), page, reader)
        page.cache.save()
        starts = {line for line, _ in reader.names.places.values()}
        silences = read_silences(blocks, starts, report) if WORD in body else ()
        pictures = {link.target.path for link in page.links if link.target.is_picture}
        return ReadFile(
            path=path,
            kind=kind,
            front=front,
            content=content,
            problems=tuple(_without_echoes(report.problems)),
            digest=hashlib.sha256(data).hexdigest(),
            links=tuple(page.links),
            names=tuple(reader.names.places.items()),
            unnamed=frozenset(reader.names.unnamed),
            anchors=content.anchors if isinstance(content, LessonSource) else frozenset(reader.names.places),
            uses=frozenset(page.used | pictures),
            included=tuple(page.texts.items()),
            silences=silences,
        )

    def bytes_of(self, path: str, digest: str) -> bytes | None:
        """The bytes of a file that can be read; None where it is not that of the digest any more."""
        data = self._bytes(path, Report(path))
        return data if data is not None and hashlib.sha256(data).hexdigest() == digest else None

    def _bytes(self, path: str, report: Report) -> bytes | None:
        try:
            file = self.place_of(path)
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                report.add("unreadable", reason="it is no file")
                return None
            if status.st_size > MAX_BYTES:
                report.add("too-large", size=status.st_size)
                return None
            return file.read_bytes()
        except (OSError, ValueError) as error:
            report.add("unreadable", reason=getattr(error, "strerror", "") or type(error).__name__)
            return None

    def place_of(self, path: str) -> Path:
        """Where the file of a content path stands: in the first folder that has it."""
        return next((root / path for root in self.roots if os.path.lexists(root / path)), self.roots[0] / path)

    def _page(self, report: Report, text_of: TextOf) -> PageReader:
        """What renders a file; `text_of` gives the texts that it includes."""
        sized: Callable[[str], str] = partial(with_sizes, file_of=self.picture)
        cache = FragmentCache(self.cache, report.path)
        return PageReader(report, self.renderer, cache, sized, text_of)

    def picture(self, path: str) -> Path | None:
        """The file of a content path, if it is a plain file inside of one of the folders."""
        return next((file for root in self.roots if (file := plain_file(root, path))), None)

    def _text_to_include(self, path: str) -> str | None:
        """The text of a file to include, without its front matter; None where there is none inside the folder."""
        file = self.picture(path)
        data = self._bytes(path, Report(path)) if file and file.suffix.lower() == ".md" else None
        if data is None:
            return None
        text, _ = decode(data)
        return split_front_matter(text, "lesson", Report(path))[1]


def _question_reader(
    module: str, kind: Kind, front: FrontMatter, blocks: Sequence[Block], page: PageReader
) -> QuestionReader:
    """What reads the questions of a file."""
    return QuestionReader(
        module=module,
        report=page.report,
        render=page.html,
        defaults=front.defaults,
        tags=front.texts("tags"),
        definitions=page.definitions,
        too_low=TOO_LOW[kind],
        notes=page.notes.keys(),
        names=Names(blocks=blocks),
    )


def _content(
    kind: Kind, front: FrontMatter, body: str, blocks: Sequence[Block], name: str, page: PageReader,
    reader: QuestionReader,
) -> Content:  # fmt: skip
    if kind == "lesson":
        return read_lesson(front, body, blocks, name, page, reader)
    if kind == "bank":
        return read_bank(front, blocks, name, page, reader)
    if kind == "quiz":
        return read_quiz(front, blocks, name, page, reader)
    heading, kept = split_title(front, blocks)
    return IndexSource(title_of(front, page.html([heading]) if heading else "", ""), page.html(kept))


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """The problems, each once; a code block begun behind a marker leaves its end open, which is not told as well."""
    kept = list(dict.fromkeys(problems))
    for begun in [problem for problem in kept if problem.code == "fence-after-marker"]:
        echo = next((one for one in sorted(kept) if one.code == "fence-open" and one.line > begun.line), None)
        kept = [problem for problem in kept if problem != echo]
    return kept


def with_questions(content: Content, change: Callable[[Question], Question | None]) -> Content:
    """The content, each of its own questions changed, or left out where `change` gives None."""

    def changed(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        found = [change(source) if isinstance(source, Question) else source for source in sources]
        return tuple(source for source in found if source is not None)

    if isinstance(content, LessonSource):
        parts = (
            part if isinstance(part, str) else replace(part, sources=changed(part.sources)) for part in content.parts
        )
        return replace(content, parts=tuple(parts))
    if isinstance(content, QuizSource):
        return replace(content, sources=changed(content.sources))
    if isinstance(content, BankSource):
        return replace(content, questions=tuple(q for q in changed(content.questions) if isinstance(q, Question)))
    return content


def questions_of(content: Content | None) -> dict[str, Question]:
    """The content's own questions, by key."""
    if isinstance(content, LessonSource):
        sources: tuple[Source, ...] = tuple(source for check in content.checks for source in check.sources)
    elif isinstance(content, QuizSource):
        sources = content.sources
    else:
        sources = content.questions if isinstance(content, BankSource) else ()
    return {source.key: source for source in sources if isinstance(source, Question)}
