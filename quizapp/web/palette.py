"""The colours of the style sheets as values: what each token is in each theme, and how well it can be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TOKEN = re.compile(r"--([a-z][a-z-]*): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)")
SHEETS = ("site.css", "contrast.css")  # the second is laid over the first where more contrast is asked for
THEMES = ("light", "dark", "light, more contrast", "dark, more contrast")


@dataclass(frozen=True, slots=True)
class Use:
    """A colour on the one it is used on, and the least contrast that this needs."""

    name: str
    on: str
    least: float
    what_for: str


USES = (
    Use("text", "bg", 7, "prose"),
    Use("text", "surface", 7, "prose on a panel"),
    Use("muted", "bg", 7, "what is said beside it"),
    Use("control", "bg", 3, "the border of what can be operated"),
    Use("accent", "bg", 7, "links"),
    Use("accent-strong", "bg", 7, "links while pressed"),
    Use("on-accent", "accent", 7, "the one primary button"),
    Use("text", "accent-tint", 7, "a chosen row"),
    Use("right", "right-tint", 4.5, "right, with its sign and word"),
    Use("wrong", "wrong-tint", 4.5, "not right, with its sign and word"),
    Use("warn", "warn-tint", 4.5, "caution, partly right"),
    Use("note", "note-tint", 4.5, "alerts, hints"),
    Use("code-quiet", "surface", 4.5, "comments in code"),
    Use("code-text", "surface", 4.5, "texts and numbers in code"),
    Use("focus", "focus-edge", 3, "the ring of the focus, beside its edge"),
)


def luminance(colour: str) -> float:
    """The relative luminance (WCAG 2.2) of `#rrggbb` or `#rgb`, 0 … 1."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio (WCAG 2.2) of two colours, 1 … 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=8)
def read_palette(folder: str) -> Mapping[str, Mapping[str, str]]:
    """What each token is in each theme, as the style sheets in a folder say."""
    plain, more = (TOKEN.findall((Path(folder) / sheet).read_text(encoding="utf-8")) for sheet in SHEETS)
    both = [*plain, *more]
    themes = ((plain, 1), (plain, 2), (both, 1), (both, 2))
    return {
        theme: {found[0]: found[side] for found in tokens} for theme, (tokens, side) in zip(THEMES, themes, strict=True)
    }
