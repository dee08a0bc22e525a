"""The YAML between `---` and `---` at the top of a file, format section 2."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quizapp.content.model import EVERYBODY, Visibility
from quizapp.content.options import DEFAULTS
from quizapp.content.scalars import Header, Raw, Unreadable, read_header
from quizapp.content.values import READERS, Unfit
from quizapp.source.meant import meant
from quizapp.source.report import Report

EVERY_FILE = ("title", "summary", "key", "aliases", "draft", "publish", "audience", "tags", "lang")
QUIZ = (
    *("preset", "pass", "time", "attempts", "keep", "draw", "reveal", "delay", "opens", "closes", "pages"),
    *("navigation", "confidence", "hints", "hint-cost", "guessing"),
)
KEYS: dict[str, frozenset[str]] = {
    "root": frozenset({*EVERY_FILE, "languages"}),
    "path": frozenset({*EVERY_FILE, "modules", "level", "roles", "products"}),
    "module": frozenset({*EVERY_FILE, "objectives", "prerequisites", "level", "roles", "products", "icon"}),
    "folder": frozenset({*EVERY_FILE, "modules", "objectives", "prerequisites", "level", "roles", "products", "icon"}),
    "lesson": frozenset({*EVERY_FILE, "minutes", "complete", "pass"}),
    "bank": frozenset({*EVERY_FILE, *DEFAULTS}),
    "quiz": frozenset({*EVERY_FILE, *DEFAULTS, *QUIZ}),
}
PLACES = {
    "root": "the `index.md` at the top",
    "path": "the `index.md` of a learning path",
    "module": "the `index.md` of a module",
    "lesson": "a lesson",
    "bank": "a bank",
    "quiz": "a quiz",
}
HIDING = ("draft", "publish", "audience")
HIDING_LINE = re.compile(rf"^[ \t]*(?:{'|'.join(HIDING)})[ \t]*:", re.MULTILINE)
COHORT = re.compile(r"^(audience:[ \t]*)(cohort:[^\n'\"#{]*)$", re.MULTILINE)  # would be two mappings in one line
FENCE = re.compile(r"[ \t]{0,3}---[ \t]*")
KEY_LINE = re.compile(r"([\w.-]+)[ \t]*:(?:[ \t]|$)")
LIKE_FENCE = re.compile(r"[ \t]*(?:[-–—−]+|[=+*_~]{3,})[ \t]*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values by key, and the number of the line after the closing `---`.

    `places` are line and column of each key, of each entry of a list (`draw.0`) and of what is in it (`draw.0.bank`),
    `value_places` those of their values; `seen_by` stands in the place of what the values say of who may see the file.
    """

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    value_places: dict[str, tuple[int, int]] = field(default_factory=dict)
    body_line: int = 1
    seen_by: Visibility | None = None

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of a key, or of the list that an entry stands in."""
        return self.places.get(key) or self.places.get(key.partition(".")[0], (1, 1))

    def value_place(self, key: str) -> tuple[int, int]:
        """Line and column of the value of a key, or of that of what it stands in."""
        return self.value_places.get(key) or (self.value_place(key.rpartition(".")[0]) if key else (1, 1))

    @property
    def visibility(self) -> Visibility:
        """What `draft`, `publish` and `audience` say, or what stands in their place."""
        if self.seen_by:
            return self.seen_by
        if not any(key in self.values for key in HIDING):
            return EVERYBODY
        named = self.values.get("audience", "public")
        audiences = frozenset({named}) if named != "public" else frozenset[str]()
        is_stated = "audience" in self.values
        return Visibility(self.values.get("draft", False), self.values.get("publish"), audiences, is_stated)

    @property
    def defaults(self) -> dict[str, str]:
        """The options that it gives to all questions of the file."""
        return {key: self.values[key] for key in DEFAULTS if key in self.values}

    def text(self, key: str) -> str:
        """The value as one line of text; empty when it is missing."""
        return str(self.values.get(key, ""))

    def texts(self, key: str) -> tuple[str, ...]:
        """The value as a list of texts; empty when it is missing."""
        return tuple(self.values.get(key, ()))


def most_hidden(good: FrontMatter, now: FrontMatter, is_readable: bool) -> FrontMatter:
    """The front matter of a good version, for those that the file of now is for; for fewer where that is unclear."""
    seen = now.visibility if is_readable else good.visibility.within(now.visibility)
    values = {key: value for key, value in good.values.items() if key not in HIDING}
    return replace(good, values=values, seen_by=seen)


def split_front_matter(text: str, kind: str, report: Report) -> tuple[FrontMatter, str]:
    """Return the front matter of a file of that kind (a key of KEYS) and the text after it.

    What cannot be read is told and left out; where it seems to hide the file, the file counts as a draft.
    """
    lines = text.split("\n")
    start = _start(lines)
    if start is None:
        return _without_fence(lines, kind, report), text
    end = next((n for n, line in enumerate(lines[start + 1 :], start=start + 1) if line.rstrip() == "---"), 0)
    if not end:
        report.add("front-matter-open", start + 1)
        header = "\n".join(lines[start + 1 :]).partition("\n\n")[0]
        return FrontMatter(_hidden_if_said(header)), text
    inside = "\n".join(lines[start + 1 : end])
    front = _read(inside, start + 1, kind, report)
    return replace(front, body_line=end + 2), "\n".join(lines[end + 1 :])


def _start(lines: list[str]) -> int | None:
    """The line of the opening `---`: the first one; with blank lines above or below it only if a key follows."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[0].rstrip() == "---" and (len(lines) < 2 or lines[1].strip()):
        return 0
    below = next((line for line in lines[first + 1 :] if line.strip()), "")
    return first if FENCE.fullmatch(lines[first]) and KEY_LINE.match(below) else None


def _without_fence(lines: list[str], kind: str, report: Report) -> FrontMatter:
    """Nothing; told where keys stand at the top as if they were front matter, below another line than `---` or none."""
    first, second = [*[n for n, line in enumerate(lines) if line.strip()], 0, 0][:2]
    is_fenced = LIKE_FENCE.fullmatch(lines[first]) is not None
    key = KEY_LINE.match(lines[second if is_fenced else first])
    if not key or key[1].lower() not in (KEYS[kind] if is_fenced else ("title", "summary")):
        return FrontMatter()
    report.add("front-matter-fence", first + 1, where="in its place" if is_fenced else "above its first key")
    return FrontMatter(_hidden_if_said("\n".join(lines).partition("\n\n")[0]))


def _read(inside: str, above: int, kind: str, report: Report) -> FrontMatter:
    """The front matter that stands below `above` lines."""
    try:
        found = read_header(COHORT.sub(lambda line: f"{line[1]}'{line[2].rstrip()}'", inside))
    except Unreadable as error:
        report.add("front-matter-yaml", error.line + above, error.column, reason=error.reason, mend=error.mend)
        return FrontMatter(_hidden_if_said(inside))
    places = _below(above, found.places)
    value_places = _below(above, found.value_places)
    for key, (line, column) in found.twice:
        report.add("front-matter-key-twice", line + above, column, key=key)
    _report_keys(found, places, kind, report)
    raws = {key: raw for key, raw in found.values.items() if key in KEYS[kind] and raw is not None}
    values = _values(raws, value_places, report)
    meant = {key for key in found.values if key not in KEYS[kind] and _nearest(key, kind) in HIDING}
    if any(found.values[key] not in (None, "false", "no") for key in meant):
        values["draft"] = True  # `Draft: true` was meant to hide the file
    return FrontMatter(values, places, value_places)


def _below(above: int, places: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {key: (line + above, column) for key, (line, column) in places.items()}


def _hidden_if_said(header: str) -> dict[str, Any]:
    return {"draft": True} if HIDING_LINE.search(header) else {}


def _values(raws: Mapping[str, Raw], places: dict[str, tuple[int, int]], report: Report) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, raw in raws.items():
        read, wanted = READERS[key]
        try:
            values[key] = read(raw)
        except Unfit:
            near = meant(f"{key}: {{}}", _shown(raw), wanted)
            report.add("bad-value", *places[key], name=f"{key}: ", value=_shown(raw), wanted=wanted, meant=near)
            values |= {"draft": True} if key in HIDING else {}
    return values


def _shown(raw: Raw) -> str:
    """A value as it could be written on one line."""
    if isinstance(raw, list):
        return "[" + ", ".join(map(_shown, raw)) + "]"
    if isinstance(raw, dict):
        return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in raw.items()) + "}"
    return raw or ""


def _nearest(key: str, kind: str) -> str:
    """The known key that was meant; empty where none is near."""
    found = difflib.get_close_matches(key.lower(), sorted(KEYS[kind]), n=1, cutoff=0.75)
    return found[0] if found else ""


def _report_keys(found: Header, places: dict[str, tuple[int, int]], kind: str, report: Report) -> None:
    foreign = []
    for key in found.values:
        if key in KEYS[kind] or key.startswith("x-"):
            continue
        nearest = _nearest(key, kind)
        elsewhere = [place for other, place in PLACES.items() if key in KEYS[other]]
        if nearest:
            report.add("unknown-key", *places[key], key=key, nearest=f"Did you mean `{nearest}`?")
        elif elsewhere:
            report.add("unknown-key", *places[key], key=key, nearest=f"It belongs in {' or '.join(elsewhere)}.")
        else:
            foreign.append(key)
    if foreign:
        report.add("foreign-keys", *places[foreign[0]], keys=", ".join(foreign))
