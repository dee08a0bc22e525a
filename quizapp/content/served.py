"""What was served from where, kept on disk: so that keys stay with their holders in every process.

Versions are numbered, and the next number can be taken once: who comes second reads again what the first one wrote.
"""

import contextlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from quizapp.content.whole import write_whole

NAME = re.compile(r"served-(\d{1,12})\.json")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key was served from, the digest of its file (empty: it is gone), and the key it seems to have had."""

    path: str
    digest: str = ""
    former: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question key stood for: the type, a hash of the text, and the file it stood in."""

    type: str
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """What was served before: places by key (`lesson m/l`, `module m`), questions by key."""

    places: Mapping[str, Place] = field(default_factory=dict)
    questions: Mapping[str, Asked] = field(default_factory=dict)


class ServedStore:
    """The versions in a folder; None keeps the newest in this object only."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._kept = Served()

    def load(self) -> tuple[Served, int]:
        """The newest version and its number; 0 where there is none."""
        for number in sorted(self._numbers(), reverse=True):
            found = _load(self._file(number))
            if found is not None:
                return found, number
        return self._kept, 0

    def save(self, served: Served, number: int) -> bool:
        """Keep what follows version `number`; False when another process was quicker."""
        self._kept = served
        if self.folder is None:
            return True
        rows = {"places": _rows(served.places), "questions": _rows(served.questions)}
        data = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        fresh = self.folder / f"served.{os.getpid()}"
        if not write_whole(fresh, data):
            return True  # nothing can be kept here; the site goes on without
        try:
            os.link(fresh, self._file(number + 1))
        except FileExistsError:
            return False
        except OSError:
            return True
        finally:
            fresh.unlink(missing_ok=True)
        for old in self._numbers():
            if old < number:  # the one before stays for who reads it now
                self._file(old).unlink(missing_ok=True)
        return True

    def _file(self, number: int) -> Path:
        assert self.folder is not None  # noqa: S101 (asked before)
        return self.folder / f"served-{number}.json"

    def _numbers(self) -> list[int]:
        with contextlib.suppress(OSError):
            files = list(self.folder.iterdir()) if self.folder else []
            return [int(found[1]) for file in files if (found := NAME.fullmatch(file.name))]
        return []


def _rows(things: Mapping[str, Place] | Mapping[str, Asked]) -> dict[str, list[str]]:
    return {key: list(asdict(thing).values()) for key, thing in things.items()}


def _load(file: Path) -> Served | None:
    """What a file holds; None where it is damaged, or gone this moment."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        places = {key: Place(*map(str, row)) for key, row in rows["places"].items()}
        return Served(places, {key: Asked(*map(str, row)) for key, row in rows["questions"].items()})
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None
