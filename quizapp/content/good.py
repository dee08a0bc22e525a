"""The last version without an error of every content file, kept on disk; several processes may share the folder.

One file for each, named after the file it stands for and after the hash of what is in it: so a reader needs no list
that somebody else could overwrite, and sees at once whether what it finds is whole.
"""

import base64
import contextlib
import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quizapp.content.folder import key_of
from quizapp.content.whole import write_whole


@dataclass(frozen=True, slots=True)
class GoodVersion:
    """The bytes of a file, and the texts of the files that it included, by content path."""

    data: bytes
    included: Mapping[str, str] = field(default_factory=dict)


class GoodVersions:
    """The good versions in a folder; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def keep(self, path: str, version: GoodVersion) -> None:
        """Keep a version of a file in the place of the one before; where that fails, the one before stays."""
        if self.folder is None:
            return
        text = json.dumps([path, base64.b64encode(version.data).decode(), dict(version.included)], sort_keys=True)
        payload = text.encode()
        file = self.folder / f"{_name(path)}.{_hash(payload)}.json"
        if not file.exists() and write_whole(file, payload):
            for other in self._files(_name(path)):
                if other != file:
                    _remove(other)

    def find(self, path: str) -> GoodVersion | None:
        """The version of a file that is kept."""
        return next((found[1] for file in self._files(_name(path)) if (found := _load(file))), None)

    def find_former(self, path: str, is_there: Callable[[str], bool]) -> GoodVersion | None:
        """The version of a file that had another number and is there no more."""
        found = (one for file in self._files(_hash(_shelf(path))) if (one := _load(file)))
        return next((version for other, version in found if not is_there(other)), None)

    def forget_others(self, paths: Collection[str]) -> None:
        """Remove what is kept for files that are not among these any more."""
        names = {_name(path) for path in paths}
        for file in self.folder.glob("*.json") if self.folder else ():
            if file.name.rpartition(".json")[0].rpartition(".")[0] not in names:
                _remove(file)

    def _files(self, name: str) -> list[Path]:
        """The files whose name begins so, the newest first."""
        return sorted(self.folder.glob(f"{name}.*.json"), key=_age, reverse=True) if self.folder else []


def _name(path: str) -> str:
    """How the name of what is kept for a file begins: with its shelf, where a former number may be looked for."""
    return f"{_hash(_shelf(path))}.{_hash(path)}"


def _shelf(path: str) -> str:
    """What a content path keeps when its numbers change: every name without extension and number."""
    *folders, name = path.split("/")
    stem, _, extension = name.rpartition(".")
    return "/".join([*(key_of(folder) for folder in folders), key_of(stem) + extension])


def _hash(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:32]


def _age(file: Path) -> int:
    with contextlib.suppress(OSError):
        return file.stat().st_mtime_ns
    return 0


def _load(file: Path) -> tuple[str, GoodVersion] | None:
    """The content path that a file stands for and what it holds; None where it is damaged, or gone this moment."""
    try:
        payload = file.read_bytes()
        if file.name.split(".")[2] != _hash(payload):
            return None
        path, data, included = json.loads(payload)
        return path, GoodVersion(base64.b64decode(data), included)
    except (OSError, ValueError, RecursionError):
        return None


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
