"""What is remembered between two readings: files that did not change, last good versions, what was served where.

In the process: files as they were read. In the folder (None: nowhere): fragments under `fragments/`, and under
`good/` the last version without an error of every file, and what each key was served from.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quizapp.content.files import FileReader, ReadFile
from quizapp.content.folder import FileState, Kind


@dataclass(frozen=True, slots=True)
class Served:
    """What was served before: by key (`lesson m/l`, `module m`) the path, its digest and the key it seems to have had;
    by question key its type and a hash of its text.
    """

    places: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class Memory:
    """Keeps what reading gave; several processes may share the folder, and write the same."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.fragments = folder / "fragments" if folder else None
        self._read: dict[str, tuple[object, ReadFile]] = {}
        self._digests = self._load("digests")
        self.served = _served_from(self._load("served"))

    def read(self, path: str, kind: Kind, module: str, states: Mapping[str, FileState], reader: FileReader) -> ReadFile:
        """The file as it was read last, if neither it nor what it was made of changed; read now otherwise."""
        kept = self._read.get(path)
        if kept and kept[0] == _signature(path, kind, module, states, kept[1]):
            return kept[1]
        file = reader.read(path, kind, module)
        self._read[path] = (_signature(path, kind, module, states, file), file)
        return file

    def last_good(self, path: str, digest: str) -> bytes | None:
        """The last version of a file that had no error, if there is one other than that of this digest."""
        if self.folder is None or self._digests.get(path, digest) == digest:
            return None
        try:
            return self._good(path).read_bytes()
        except OSError:
            return None

    def keep_good(self, path: str, digest: str, reader: FileReader) -> None:
        """Keep the version of that digest as good, unless it is kept or the file changed since."""
        if self.folder is None or self._digests.get(path) == digest:
            return
        data = reader.bytes_of(path)
        if data is not None and hashlib.sha256(data).hexdigest() == digest:
            _write(self._good(path), data)
            self._digests[path] = digest

    def save(self, served: Served) -> None:
        """Keep what is served now, and which versions are good."""
        self._save("digests", self._digests)
        if served != self.served:
            self.served = served
            self._save("served", {"places": dict(served.places), "questions": dict(served.questions)})

    def _good(self, path: str) -> Path:
        assert self.folder is not None  # noqa: S101 (asked before)
        return self.folder / "good" / f"{hashlib.sha256(path.encode()).hexdigest()[:32]}.md"

    def _load(self, name: str) -> dict[str, str]:
        if self.folder is None:
            return {}
        try:
            rows = json.loads((self.folder / "good" / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return rows if isinstance(rows, dict) else {}

    def _save(self, name: str, rows: object) -> None:
        if self.folder is not None:
            text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            file = self.folder / "good" / f"{name}.json"
            data = text.encode()
            with contextlib.suppress(OSError):
                if not file.exists() or file.read_bytes() != data:
                    _write(file, data)


def _signature(path: str, kind: Kind, module: str, states: Mapping[str, FileState], file: ReadFile) -> object:
    return kind, module, states.get(path), tuple(states.get(used) for used in sorted(file.uses))


def _served_from(rows: Mapping[str, object]) -> Served:
    """What was saved; nothing where it is missing or damaged."""
    places, questions = rows.get("places"), rows.get("questions")
    if not isinstance(places, dict) or not isinstance(questions, dict):
        return Served()
    with contextlib.suppress(TypeError, ValueError):
        return Served(
            {key: (str(path), str(digest), str(before)) for key, (path, digest, before) in places.items()},
            {key: (str(kind), str(text)) for key, (kind, text) in questions.items()},
        )
    return Served()


def _write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all; one that cannot be written is left as it is."""
    fresh = file.with_suffix(f".{os.getpid()}.new")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        fresh.replace(file)
