"""A bar on standard error for what takes long; only a person who watches sees it."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from quizapp.cli._targets import Target, files_of
from quizapp.content.catalogue import read_catalogue
from quizapp.content.files import FileReader, ReadFile
from quizapp.content.folder import FileState, Kind
from quizapp.content.memory import Memory
from quizapp.content.model import Catalogue
from quizapp.errors import Problem
from quizapp.formats.contract import Tell

MANY_FILES = 100  # with fewer the work is done before a bar is seen


@contextmanager
def bar(label: str, *, is_short: bool = False) -> Iterator[Tell]:
    """A function to tell how much is done, and of how much; it shows nothing of what is short or goes to a file."""
    is_hidden = is_short or not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=is_hidden) as shown:

        def tell(done: int, count: int) -> None:
            shown.length = count
            shown.update(done - shown.pos)

        yield tell
        tell(1, 1)


def read_watched(target: Target) -> tuple[Catalogue, list[Problem]]:
    """The whole content folder of a target, with a bar where that takes long."""
    count = len(files_of([Target(target.root, target.root, target.over, "")]))
    with bar("Reading", is_short=count < MANY_FILES) as tell:
        return read_catalogue(target.root, _Watched(tell, count), target.over)


class _Watched(Memory):
    """A memory that tells of each file that is read."""

    def __init__(self, tell: Tell, count: int) -> None:
        super().__init__()
        self.tell, self.count, self.done = tell, count, 0

    def read(self, path: str, kind: Kind, module: str, states: Mapping[str, FileState], reader: FileReader) -> ReadFile:
        """The file, as a memory reads it."""
        file = super().read(path, kind, module, states, reader)
        self.done += 1
        self.tell(min(self.done, self.count), self.count)
        return file
