"""What the editor shows of a text: its problems, what it changes, and the page that it makes."""

import base64
import hashlib
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import g, render_template
from markupsafe import Markup

from quizapp.content.boxes import shown
from quizapp.content.differences import difference
from quizapp.content.drafts import Draft
from quizapp.content.excerpts import MAX_SHOWN, offending_lines
from quizapp.content.files import MAX_BYTES
from quizapp.content.model import Check
from quizapp.errors import Problem
from quizapp.web.keys import QuestionSet, with_keys
from quizapp.web.links import linked
from quizapp.web.problems import tally

PARTS = ("problems", "difference", "page")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what is said of a draft; the digest tells whether it is the one that a browser has."""

    name: str
    digest: str
    html: Markup


def sections(draft: Draft, before: bytes | None, after: bytes, known: Collection[str] = ()) -> list[Section]:
    """The parts of what is said of a draft, without those that are known; `before` is the file as it is."""
    values = {
        "draft": draft,
        "problems": _worst_first(draft.problems),
        "lines": _lines(draft, after),
        "tally": tally(draft.problems),
        "difference": difference(shown(before or b""), shown(after)),
        "is_new": before is None,
        "is_stored": before == after,
        "parts": [_part(part) for part in draft.parts],
    }
    pages = {name: render_template(f"parts/draft_{name}.html", **values) for name in PARTS}
    drawn = {name: Markup(page) for name, page in pages.items()}  # noqa: S704 (a template escapes)
    made = (Section(name, hashlib.sha256(html.encode()).hexdigest()[:16], html) for name, html in drawn.items())
    return [section for section in made if section.digest not in known]


def packed(data: bytes | None) -> str:
    """Bytes that a form carries; empty for no file."""
    return "" if data is None else base64.b64encode(zlib.compress(data)).decode()


def unpacked(text: str) -> bytes | None:
    """The bytes that a form carried; None for no file, and for what no form of ours carries."""
    try:
        packer = zlib.decompressobj()
        data = packer.decompress(base64.b64decode(text, validate=True), MAX_BYTES + 1)
    except (ValueError, zlib.error):
        return None
    return data if text and packer.eof and len(data) <= MAX_BYTES else None


def _part(part: str | Check) -> Markup | QuestionSet:
    return (
        with_keys(part.name, part.title, part.introduction, part.entries) if isinstance(part, Check) else linked(part)
    )


def _worst_first(problems: Sequence[Problem]) -> list[Problem]:
    order = ("error", "warning", "advice")
    return sorted(problems, key=lambda one: (order.index(one.severity), one.line, one.column))


def _lines(draft: Draft, data: bytes) -> dict[tuple[str, int], str]:
    """The lines that problems name: those of the draft as typed, of other files as they are."""
    lines = shown(data).split("\n")
    own = {
        (draft.path, one.line): lines[one.line - 1].rstrip()[:MAX_SHOWN]
        for one in draft.problems
        if 0 < one.line <= len(lines)
    }
    return own | offending_lines(g.site.settings.content_folders, draft.elsewhere)
