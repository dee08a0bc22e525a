"""What is remembered between two readings of a content folder.

In the process: files as they were read. In the folder (None: nowhere): fragments, the last version without an error
of every file, and what each key was served from.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from quizapp.content.files import FileReader, ReadFile
from quizapp.content.folder import FileState, Kind
from quizapp.content.front_matter import FrontMatter, most_hidden
from quizapp.content.good import GoodVersion, GoodVersions
from quizapp.content.served import ServedStore
from quizapp.errors import Problem
from quizapp.source.report import Report

UNREADABLE_HEADERS = frozenset({"front-matter-yaml", "front-matter-open", "front-matter-fence"})


class Memory:
    """Keeps what reading gave; several processes may share the folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.fragments = folder / "fragments" if folder else None
        self.good = GoodVersions(folder / "good" if folder else None)
        self.served = ServedStore(folder / "served" if folder else None)
        self._read: dict[str, tuple[object, ReadFile]] = {}

    def read(self, path: str, kind: Kind, module: str, states: Mapping[str, FileState], reader: FileReader) -> ReadFile:
        """The file as it is to be served: as it was read last, if neither it nor what it was made of changed.

        A file with an error is that of its last good version, if there is one, with the problems of now.
        """
        kept = self._read.get(path)
        if kept and kept[0] == _signature(path, kind, module, states, kept[1]):
            return kept[1]
        file = read_or_tell(path, kind, lambda: reader.read(path, kind, module))
        if file.has_errors:
            version = self.good.find(path)
            if version is None:  # not remembered: what is there of former numbers may change
                version = self.good.find_former(path, states.__contains__)
                return _in_version(file, version, module, reader) if version else file
            file = _in_version(file, version, module, reader)
        else:
            self._keep(file, reader)
        self._read[path] = (_signature(path, kind, module, states, file), file)
        return file

    def has_good_version(self, path: str, there: Collection[str]) -> bool:
        """Whether a file, should it have an error, is served in a version of before, or in one of its former number."""
        return bool(self.good.find(path) or self.good.find_former(path, there.__contains__))

    def _keep(self, file: ReadFile, reader: FileReader) -> None:
        data = reader.bytes_of(file.path, file.digest)
        if data is not None:
            self.good.keep(file.path, GoodVersion(data, dict(file.included)))


def read_or_tell(path: str, kind: Kind, read: Callable[[], ReadFile]) -> ReadFile:
    """What reading a file gives. A fault of ours is told as its problem, so that it takes nothing else away."""
    try:
        return read()
    except Exception as fault:
        logging.getLogger(__name__).exception("%s: reading it failed", path)
        report = Report(path)
        report.add("unreadable", reason=f"quizapp failed on it ({type(fault).__name__}), which is a fault of quizapp")
        return ReadFile(path, kind, FrontMatter(), None, tuple(report.problems))


def _in_version(file: ReadFile, version: GoodVersion, module: str, reader: FileReader) -> ReadFile:
    """A good version of a file, with the problems of the file as it is."""
    good = reader.read(file.path, file.kind, module, version)
    return replace(
        good,
        front=most_hidden(good.front, file.front, is_readable=_is_header_readable(file.problems)),
        problems=file.problems,
        links=file.links,
        digest=file.digest,
        uses=good.uses | file.uses,
        silences=file.silences,
    )


def _is_header_readable(problems: tuple[Problem, ...]) -> bool:
    return not any(problem.code in UNREADABLE_HEADERS for problem in problems)


def _signature(path: str, kind: Kind, module: str, states: Mapping[str, FileState], file: ReadFile) -> object:
    return kind, module, states.get(path), tuple(states.get(used) for used in sorted(file.uses))
