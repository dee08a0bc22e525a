"""A site's own accent, made lighter or darker until it can be read in every theme."""

import colorsys
from collections.abc import Mapping

from quizapp.web.palette import contrast

LEAST = 7.0  # WCAG 2.2, AAA for text
STEPS = 200


def accents(colour: str, palette: Mapping[str, Mapping[str, str]]) -> str:
    """A style sheet that gives the accent tokens of `#rrggbb`, over the page colours of a palette (by theme, by token).

    The accent reaches 7:1 on the page, its strong form 10:1, and text on its tint stays at 7:1 or more.
    """
    light, dark = _tokens(colour, palette["light"], darker=True), _tokens(colour, palette["dark"], darker=False)
    lines = [f"  --{name}: light-dark({light[name]}, {dark[name]});" for name in light]
    return "\n".join([":root {", *lines, "}", ""])


def readable(colour: str, on: str, least: float, *, darker: bool) -> str:
    """The colour of the same hue that has at least that contrast on `on`, changed as little as it must be."""
    hue, lightness, saturation = _hls(colour)
    end = 0.0 if darker else 1.0
    for step in range(STEPS + 1):
        tried = _hex(hue, lightness + (end - lightness) * step / STEPS, saturation)
        if contrast(tried, on) >= least:
            return tried
    return "#000000" if darker else "#ffffff"


def _tokens(colour: str, page: Mapping[str, str], *, darker: bool) -> dict[str, str]:
    accent = readable(colour, page["bg"], LEAST, darker=darker)
    hue, _lightness, saturation = _hls(colour)
    tint = _hex(hue, 0.96 if darker else 0.13, min(saturation, 0.4))
    white, black = contrast("#ffffff", accent), contrast("#11151a", accent)
    return {
        "accent": accent,
        "accent-strong": readable(accent, page["bg"], 10.0, darker=darker),
        "on-accent": "#ffffff" if white >= black else "#11151a",
        "accent-tint": readable(tint, page["text"], LEAST, darker=not darker),
    }


def _hls(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    parts = colorsys.hls_to_rgb(hue, min(max(lightness, 0.0), 1.0), saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
