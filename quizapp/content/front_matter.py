"""The YAML between `---` and `---` at the top of a file, format section 2."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import yaml
import yamlcore

from quizapp.content.model import EVERYBODY, Visibility
from quizapp.content.options import DEFAULTS, OPTIONS
from quizapp.source.report import Report

EVERY_FILE = ("title", "summary", "key", "aliases", "draft", "publish", "audience", "tags", "lang")
KEYS: dict[str, frozenset[str]] = {
    "root": frozenset({*EVERY_FILE, "languages"}),
    "path": frozenset({*EVERY_FILE, "modules", "level", "roles", "products"}),
    "module": frozenset({*EVERY_FILE, "objectives", "prerequisites", "level", "roles", "products", "icon"}),
    "lesson": frozenset({*EVERY_FILE, "minutes", "complete", "pass"}),
    "bank": frozenset({*EVERY_FILE, *DEFAULTS}),
    "quiz": frozenset({*EVERY_FILE, *DEFAULTS, "preset", "pass", "time", "attempts", "keep", "draw", "reveal"}),
}
COMPLETE = ("read", "attempt", "all-correct", "pass")
PRESETS = ("practice", "check", "exam")
KEEP = ("best", "first", "last", "mean")
REVEAL = ("during", "after-submit", "after-close", "never")
MINUTES = re.compile(r"([1-9]\d{0,3}) ?min")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values by key, and the number of the line after the closing `---`.

    `places` are line and column of each key, and of each entry of a list: `draw.0`.
    """

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    body_line: int = 1

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of a key."""
        return self.places.get(key, (1, 1))

    @property
    def visibility(self) -> Visibility:
        """What `draft`, `publish` and `audience` say."""
        draft, publish, audience = (self.values.get(key) for key in ("draft", "publish", "audience"))
        if draft is None and publish is None and audience is None:
            return EVERYBODY
        named = audience_of(audience) if audience is not None else ""
        audiences = frozenset({named}) if named not in ("", "public") else frozenset[str]()
        return Visibility(draft is True, date.fromisoformat(str(publish)) if publish else None, audiences)

    @property
    def defaults(self) -> dict[str, str]:
        """The options that it gives to all questions of the file."""
        return {key: option_text(self.values[key]) for key in DEFAULTS if self.values.get(key) is not None}

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


def _load(text: str, report: Report) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    loader = yamlcore.CCoreLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            report.add("front-matter-yaml", 2, reason="it is not a list of `key: value` lines")
            return {}, {}
        places = _places(node)
        _drop_twice(node, report)
        return {str(key): value for key, value in loader.construct_document(node).items()}, places
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        where = "context_mark" if "expected ':'" in str(error) else "problem_mark"  # the line after, else
        mark = getattr(error, where, None)
        reason = getattr(error, "problem", None) or type(error).__name__
        if not report.has_errors:
            report.add("front-matter-yaml", mark.line + 2 if mark else 2, mark.column + 1 if mark else 1, reason=reason)
        return {}, {}
    finally:
        loader.dispose()


def _places(node: yaml.MappingNode) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    for key, value in node.value:
        places.setdefault(str(key.value), _place(key))
        for number, entry in enumerate(value.value if isinstance(value, yaml.SequenceNode) else ()):
            places[f"{key.value}.{number}"] = _place(entry)
    return places


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 2, node.start_mark.column + 1  # the first line is `---`


def _drop_twice(node: yaml.MappingNode, report: Report) -> None:
    """Report keys that stand twice, and keep the first."""
    kept: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        if str(key.value) in kept:
            report.add("front-matter-key-twice", *_place(key), key=key.value)
        kept.setdefault(str(key.value), (key, value))
    node.value = list(kept.values())


def _check(values: dict[str, Any], places: dict[str, tuple[int, int]], kind: str, report: Report) -> None:
    foreign = []
    for key in values:
        if key in KEYS[kind] or key.startswith("x-"):
            continue
        nearest = difflib.get_close_matches(key, sorted(KEYS[kind]), n=1, cutoff=0.75)
        if nearest:
            report.add("unknown-key", *places[key], key=key, nearest=nearest[0])
        else:
            foreign.append(key)
    if foreign:
        report.add("foreign-keys", *places[foreign[0]], keys=", ".join(foreign))
    for key in list(values):
        fits, wanted = VALUES.get(key, (None, ""))
        if fits and key in KEYS[kind] and values[key] is not None and not fits(values[key]):
            report.add("bad-value", *places[key], name=f"{key}: ", value=_shown(values.pop(key)), wanted=wanted)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, date) or bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def percent(value: object) -> Fraction:
    """A percentage written `80` or `80%`, as 0 … 100. Raises ValueError."""
    text = str(value).strip().removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", text) or Fraction(text) > 100:
        raise ValueError(f"{value} is not a percentage")
    return Fraction(text)


def audience_of(value: object) -> str:
    """The audience that a value names: `public`, `signed-in` or `cohort: NAME`; empty when it names none."""
    if isinstance(value, dict):
        value = ": ".join(str(part) for part in next(iter(value.items()), ())) if len(value) == 1 else ""
    text = " ".join(str(value).split())
    cohort = re.fullmatch(r"cohort: ?(\S.*)", text)
    return f"cohort: {cohort[1]}" if cohort else text if text in ("public", "signed-in") else ""


def option_text(value: object) -> str:
    """A value of front matter as it would stand in an attribute list."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def minutes_of(value: object) -> int | None:
    """The minutes of `20 min`; None for `none`. Raises ValueError."""
    if value == "none":
        return None
    found = MINUTES.fullmatch(str(value).strip())
    if not found:
        raise ValueError(f"{value} is not a time")
    return int(found[1])


def _reads(read: Callable[[Any], object]) -> Callable[[Any], bool]:
    """Whether `read` takes a value."""

    def fits(value: object) -> bool:
        try:
            read(value)
        except ValueError:
            return False
        return True

    return fits


def _is_minutes(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 1000


def _is_attempts(value: object) -> bool:
    return value == "unlimited" or _is_minutes(value)


def _are_texts(value: object) -> bool:
    entries = value if isinstance(value, list) else [value]
    return all(entry is not None and not isinstance(entry, (list, dict)) for entry in entries)


def _are_draws(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _is_text(value: object) -> bool:
    return not isinstance(value, (list, dict))


def _fits_option(name: str) -> Callable[[Any], bool]:
    return lambda value: OPTIONS[name][0](option_text(value))


def _one_of(words: tuple[str, ...]) -> tuple[Callable[[Any], bool], str]:
    return (lambda value: value in words), "one of " + ", ".join(f"`{word}`" for word in words)


TEXT = (_is_text, "a text on one line")
TEXTS = (_are_texts, "a text or a list such as `[one, two]`")
VALUES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "title": TEXT,
    "summary": TEXT,
    "key": TEXT,
    "lang": TEXT,
    "icon": TEXT,
    "tags": TEXTS,
    "aliases": TEXTS,
    "modules": TEXTS,
    "level": TEXTS,
    "roles": TEXTS,
    "products": TEXTS,
    "languages": TEXTS,
    "draft": (lambda value: isinstance(value, bool), "`true` or `false`"),
    "publish": (_is_date, "a date such as `2026-12-01`"),
    "audience": (lambda value: bool(audience_of(value)), "one of `public`, `signed-in`, `cohort: NAME`"),
    "minutes": (_is_minutes, "a whole number of minutes"),
    "complete": _one_of(COMPLETE),
    "pass": (_reads(percent), "a percentage from 0 to 100"),
    "preset": _one_of(PRESETS),
    "time": (_reads(minutes_of), "a time such as `20 min`, or `none`"),
    "attempts": (_is_attempts, "a whole number, or `unlimited`"),
    "keep": _one_of(KEEP),
    "reveal": _one_of(REVEAL),
    "draw": (_are_draws, "a list with entries such as `{bank: name, count: 2}`"),
    **{name: (_fits_option(name), OPTIONS[name][1]) for name in DEFAULTS},
}
