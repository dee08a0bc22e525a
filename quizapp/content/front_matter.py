"""The YAML between `---` and `---` at the top of a file, format section 2."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
import yamlcore

from quizapp.source.report import Report

EVERY_FILE = ("title", "summary", "key", "aliases", "draft", "publish", "audience", "tags", "lang")
KEYS: dict[str, frozenset[str]] = {
    "root": frozenset({*EVERY_FILE, "languages"}),
    "path": frozenset({*EVERY_FILE, "modules", "level", "roles", "products"}),
    "module": frozenset({*EVERY_FILE, "objectives", "prerequisites", "level", "roles", "products", "icon"}),
    "lesson": frozenset({*EVERY_FILE, "minutes", "complete", "pass"}),
}
COMPLETE = ("read", "attempt", "all-correct", "pass")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values by key, the place of each key, and the number of the line after the closing `---`."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body_line: int = 1

    def text(self, key: str) -> str:
        """The value as one line of text; empty when it is missing."""
        value = self.values.get(key)
        return "" if value is None or isinstance(value, (dict, list)) else " ".join(str(value).split())

    def texts(self, key: str) -> tuple[str, ...]:
        """The value as a list of texts; a single value is a list of one. An entry `dns: Explain …` is its text."""
        value = self.values.get(key)
        if value is None:
            return ()
        entries = value if isinstance(value, list) else [value]
        flat = (next(iter(entry.values()), "") if isinstance(entry, dict) else entry for entry in entries)
        return tuple(" ".join(str(entry).split()) for entry in flat)


def split_front_matter(text: str, kind: str, report: Report) -> tuple[FrontMatter, str]:
    """Return the front matter of a file of that kind (a key of KEYS) and the text after it."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return FrontMatter(), text
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), 0)
    if not end:
        report.add("front-matter-open", 1)
        return FrontMatter(), text
    values, places = _load("\n".join(lines[1:end]), report)
    _check(values, places, kind, report)
    return FrontMatter(values, places, end + 2), "\n".join(lines[end + 1 :])


def _load(text: str, report: Report) -> tuple[dict[str, Any], dict[str, int]]:
    loader = yamlcore.CCoreLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            report.add("front-matter-yaml", 2, reason="it is not a list of `key: value` lines")
            return {}, {}
        places = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
        _report_twice(node, report)
        return {str(key): value for key, value in loader.construct_document(node).items()}, places
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or type(error).__name__
        if not report.has_errors:
            report.add("front-matter-yaml", mark.line + 2 if mark else 2, mark.column + 1 if mark else 1, reason=reason)
        return {}, {}
    finally:
        loader.dispose()


def _report_twice(node: yaml.MappingNode, report: Report) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if str(key.value) in seen:
            line, column = key.start_mark.line + 2, key.start_mark.column + 1
            report.add("front-matter-key-twice", line, column, key=key.value)
        seen.add(str(key.value))


def _check(values: dict[str, Any], places: dict[str, int], kind: str, report: Report) -> None:
    foreign = []
    for key in values:
        if key in KEYS[kind] or key.startswith("x-"):
            continue
        nearest = difflib.get_close_matches(key, sorted(KEYS[kind]), n=1, cutoff=0.75)
        if nearest:
            report.add("unknown-key", places[key], key=key, nearest=nearest[0])
        else:
            foreign.append(key)
    if foreign:
        report.add("foreign-keys", places[foreign[0]], keys=", ".join(foreign))
    for key, (fits, wanted) in VALUES.items():
        if key in KEYS[kind] and values.get(key) is not None and not fits(values[key]):
            report.add("bad-value", places[key], name=key, value=values.pop(key), wanted=wanted)


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, date) or bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def percent(value: object) -> float:
    """A percentage written `80` or `80%`, as 0 … 100. Raises ValueError."""
    number = float(str(value).strip().removesuffix("%"))
    if not 0 <= number <= 100:
        raise ValueError(f"{value} is not a percentage")
    return number


def _is_percent(value: object) -> bool:
    try:
        percent(value)
    except ValueError:
        return False
    return True


def _is_minutes(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 1000


VALUES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "draft": (lambda value: isinstance(value, bool), "`true` or `false`"),
    "publish": (_is_date, "a date such as `2026-12-01`"),
    "minutes": (_is_minutes, "a whole number of minutes"),
    "complete": (lambda value: value in COMPLETE, "one of " + ", ".join(f"`{word}`" for word in COMPLETE)),
    "pass": (_is_percent, "a percentage from 0 to 100"),
}
