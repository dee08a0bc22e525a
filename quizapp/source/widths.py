"""How many columns a text takes on a terminal or in a fixed-width font."""

import unicodedata

TAB = 4  # as the structure of a file counts it
ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def columns_of(text: str) -> int:
    """The columns of a text without tabs: wide characters take two, combining and invisible ones none.

    After Unicode Standard Annex 11, East Asian Width.
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ZERO_WIDTH or "\u1160" <= character <= "\u11ff":
        return 0  # the second range: vowels and finals that join the syllable before them
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def without_tabs(text: str, tab: int = TAB) -> str:
    """A line with the spaces that its tabs stand for."""
    shown = ""
    for piece in text.split("\t")[:-1]:
        shown += piece
        shown += " " * (tab - columns_of(shown) % tab)
    return shown + text.rpartition("\t")[2]
