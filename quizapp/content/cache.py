"""Rendered fragments kept between runs: one JSON file per content file, never anything that can be executed."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from quizapp.content.markup import Flaw, Rendered
from quizapp.content.model import Heading
from quizapp.content.sanitise import Target
from quizapp.source.report import TEXTS


class FragmentCache:
    """The fragments of one content file; None as folder keeps nothing."""

    def __init__(self, folder: Path | None, content_path: str) -> None:
        name = hashlib.sha256(content_path.encode()).hexdigest()[:32]
        self._file = folder / f"{name}.json" if folder else None
        self._kept = _load(self._file) if self._file else {}
        self._used: dict[str, Rendered] = {}

    def get(self, key: str, render: Callable[[], Rendered]) -> Rendered:
        """The fragment of that fingerprint, rendered now if it is not kept."""
        if key not in self._used:
            self._used[key] = self._kept.get(key) or render()
        return self._used[key]

    def save(self) -> None:
        """Keep what was used, and only that; a cache that cannot be written is left as it is."""
        if self._file is None or self._used.keys() == self._kept.keys():
            return
        rows = {key: [r.html, *([astuple(one) for one in part] for part in _parts(r))] for key, r in self._used.items()}
        fresh = self._file.with_suffix(f".{os.getpid()}.new")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._file)


def _parts(rendered: Rendered) -> tuple[tuple[Heading | Target | Flaw, ...], ...]:
    return rendered.headings, rendered.targets, rendered.flaws


def _load(file: Path) -> dict[str, Rendered]:
    """The fragments in a file; none where it is missing or damaged, so that everything is rendered again."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return {key: _rendered(*row) for key, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _rendered(html: str, *parts: list[list[str]]) -> Rendered:
    """What a row holds. Raises TypeError or ValueError where it is damaged."""
    headings, targets, flaws = (
        tuple(kind(*row) for row in rows) for kind, rows in zip((Heading, Target, Flaw), parts, strict=True)
    )
    if not isinstance(html, str) or any(flaw.code not in TEXTS for flaw in flaws):
        raise ValueError("this is no fragment")
    return Rendered(html, headings, targets, flaws)
