"""A site's own colour: whatever it is, it can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.web.accent import accents, readable
from quizapp.web.palette import contrast, read_palette
from tests.conftest import ROOT

PALETTE = read_palette(str(ROOT / "quizapp" / "web" / "static"))
COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#" + "".join(f"{part:02x}" for part in parts))


def tokens(colour: str) -> dict[str, dict[str, str]]:
    """What each token is in each theme."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", accents(colour, PALETTE))
    return {theme: {name: sides[side] for name, *sides in found} for side, theme in enumerate(("light", "dark"))}


@given(COLOURS)
def test_any_colour_can_be_read_in_every_theme(colour: str) -> None:
    for theme, named in tokens(colour).items():
        page = PALETTE[theme]
        assert contrast(named["accent"], page["bg"]) >= 7
        assert contrast(named["accent-strong"], page["bg"]) >= 10
        assert contrast(named["on-accent"], named["accent"]) >= 7
        assert contrast(page["text"], named["accent-tint"]) >= 7
        assert re.fullmatch(r":root \{\n(  --[\w-]+: light-dark\(#\w{6}, #\w{6}\);\n)+\}\n", accents(colour, PALETTE))


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert tokens("#0a549e")["light"]["accent"] == "#0a549e"
    assert readable("#073d75", "#ffffff", 7, darker=True) == "#073d75"


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ff0000", "#808080"])
def test_the_hardest_colours_end_at_black_or_white(colour: str) -> None:
    assert contrast(readable(colour, "#ffffff", 20.9, darker=True), "#ffffff") >= 20.9
