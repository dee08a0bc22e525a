"""The attribute list at the end of a heading: `{#name .word key=value key="with spaces"}`, format section 7."""

import re
from dataclasses import dataclass, field
from itertools import islice

AT_END = re.compile(r"(?<!\\)\{([^{}]*)\}\s*$")
BEGINS = re.compile(r"\s*(?:[#.][^\s#.]|[^\W\d][\w-]*\s*=)")
ENTRY = re.compile(
    r"""\s*(?:
        \#(?P<name>[^\s"=]+)
      | \.(?P<word>[^\s"=]+)
      | (?P<key>[^\s="]+)\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))
      | (?P<other>\S+)
    )""",
    re.VERBOSE,
)
MAX_ENTRIES = 100  # what stands behind them is told once
ONLY_BRACES = re.compile(r"\s*\{[^{}]*\}\s*")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What an attribute list says; `unread` are entries that are none of name, word and option, or come too late."""

    name: str = ""
    words: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def split_heading(text: str) -> tuple[str, Attributes]:
    """Divide a heading into its text and its attribute list.

    The last `{…}` is a list when it begins with `#name`, `.word` or `name=`; other braces are text. A comment that
    only holds `{…}` counts as the braces, any other is dropped.
    """
    text = _without_comments(text).strip()
    found = AT_END.search(text)
    if not found or not BEGINS.match(found[1]):
        return text, Attributes()
    return text[: found.start()].strip(), read_attributes(found[1])


def _without_comments(text: str) -> str:
    """The text without comments; of one that only holds braces the braces stay."""
    kept, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        inside = text[start + 4 : close]
        kept += [text[end:start], inside if ONLY_BRACES.fullmatch(inside) else ""]
        end = close + 3
    return "".join([*kept, text[end:]])


def read_attributes(inside: str) -> Attributes:
    """Read what stands between the braces; of two names or equal keys the first counts."""
    name, options = "", dict[str, str]()
    words, unread = list[str](), list[str]()
    for number, entry in enumerate(islice(ENTRY.finditer(inside), MAX_ENTRIES + 1)):
        value = entry["plain"] if entry["quoted"] is None else entry["quoted"]
        if number == MAX_ENTRIES:
            unread.append(entry[0].strip())
        elif entry["name"] and not name:
            name = entry["name"]
        elif entry["word"]:
            words.append(entry["word"])
        elif entry["key"] and entry["key"] not in options:
            options[entry["key"]] = value
        else:
            unread.append(entry[0].strip())
    return Attributes(name, tuple(words), options, tuple(unread))
