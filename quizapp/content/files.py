"""Reading single content files, and what that brings along: problems, links, digests."""

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from quizapp.content.cache import FragmentCache
from quizapp.content.folder import Folder
from quizapp.content.front_matter import FrontMatter, split_front_matter
from quizapp.content.images import with_sizes
from quizapp.content.lessons import PageReader, report_unclosed, title_of
from quizapp.content.markup import Renderer
from quizapp.content.questions import definitions_in
from quizapp.errors import Problem
from quizapp.source.blocks import read_blocks
from quizapp.source.report import Report
from quizapp.source.text import decode

MAX_BYTES = 1024 * 1024


@dataclass(slots=True)
class Gathered:
    """What reading some files brought along.

    `links` say what a content path became, `linked` are the paths that pages point to, `digests` those of the files.
    """

    problems: list[Problem] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    digests: list[str] = field(default_factory=list)

    def add(self, other: "Gathered") -> None:
        """Take in what other files brought."""
        self.problems += other.problems
        self.links.update(other.links)
        self.linked |= other.linked
        self.digests += other.digests

    def report(self, path: str, code: str, line: int = 1, **words: object) -> None:
        """Note a problem of a file or folder as a whole."""
        report = Report(path)
        report.add(code, line, 1, **words)
        self.problems += report.problems


@dataclass(slots=True)
class FileReader:
    """Reads files of the content folder `root`; not for use by two threads at once."""

    root: Path
    cache: Path | None
    renderer: Renderer
    gathered: Gathered = field(default_factory=Gathered)

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
        self.gathered.digests.append(hashlib.sha256(path.encode() + b"\0" + data).hexdigest())
        text, clean = decode(data)
        if not clean:
            report.add("not-utf8")
        return text

    def page(self, report: Report) -> PageReader:
        """A renderer for the fragments of the file that is reported on."""
        sized: Callable[[str], str] = partial(with_sizes, folder=self.root)
        folder, cache = report.path.rpartition("/")[0], FragmentCache(self.cache, report.path)
        return PageReader(folder, report, self.renderer, cache, sized)

    def finish(self, page: PageReader) -> None:
        """Keep what a page rendered and linked."""
        page.cache.save()
        self.gathered.linked |= page.links

    def index(self, folder: Folder, kind: str) -> tuple[FrontMatter, str]:
        """Front matter and HTML of a folder's `index.md`; its `#` heading serves as title."""
        if not folder.index:
            return FrontMatter(), ""
        report = Report(folder.join(folder.index))
        text = self.text(report.path, report)
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
        self.gathered.problems += report.problems
        return front, html
