"""Raw HTML as authors write it, made ready for the sanitiser: text stays text, nothing swallows the page.

An HTML parser takes `<your-app-name>` for an element, reads everything after `<title>` as its text, and everything
after an unclosed comment or tag as part of it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

PIECE = re.compile(
    r"""<!--.*?(?:-->|\Z) | <[!?][^>]*+>
      | <(?P<ends>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<inside>(?:[^<>"']|"[^"]*+"|'[^']*+')*+)>
      | <""",
    re.VERBOSE | re.DOTALL,
)
NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])")
PRE = re.compile(r"<pre(?:\s[^<>]*)?>\n", re.IGNORECASE)
WITHOUT_END = frozenset(["area", "base", "embed", "input", "link", "meta", "param", "source", "track"])
MAY_STAND_OPEN = WITHOUT_END.union(
    ["br", "hr", "img", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "col", "colgroup"]
)
WITHOUT_TEXT = frozenset({"script", "style"})  # the sanitiser drops what stands in them


def paired_names(texts: Iterable[str]) -> frozenset[str]:
    """The names of which both a start tag and an end tag stand in the texts."""
    names = {(ends, name.lower()) for text in texts for ends, name in NAME.findall(text)}
    return frozenset(name for ends, name in names if not ends and ("/", name) in names)


@lru_cache(maxsize=1)
def _paired_in(text: str) -> frozenset[str]:
    return paired_names([text])


def tidy(markup: str, around: str, allowed: frozenset[str], paired: frozenset[str]) -> str:
    """HTML with nothing but whole tags that are allowed, and text.

    Of other tags those go that are part of a pair, in the inline text `around` them or among the blocks of the page
    (`paired`), or that carry attributes and need no partner; the rest are shown as they were written. So is `<table>`
    in a sentence. The line end right after `<pre>` is doubled, for each reader of HTML drops one.
    """
    pairs = paired | _paired_in(around)

    def tidied(piece: re.Match[str]) -> str:
        name = (piece["name"] or "").lower()
        if not name:
            return "" if len(piece[0]) > 1 else "&lt;"
        is_meant = not around or piece["ends"] or piece["inside"] or name in pairs or name in MAY_STAND_OPEN
        if (name in allowed and is_meant) or (name in WITHOUT_TEXT and name in pairs):
            return piece[0]
        needs_none = name in WITHOUT_END or piece["inside"].endswith("/")
        if name in pairs or (needs_none and "=" in piece["inside"]):
            return ""
        return "&lt;" + piece[0][1:]

    return PRE.sub(r"\g<0>\n", PIECE.sub(tidied, markup))
