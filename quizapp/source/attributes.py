"""The attribute list at the end of a heading: `{#name .word key=value key="with spaces"}`, format section 7."""

import re
from dataclasses import dataclass, field

AT_END = re.compile(r"(?:^|(?<=\s))(?:<!--\s*)?\{([^{}]*)\}(?:\s*-->)?\s*$")
BEGINS = re.compile(r"\s*(?:[#.]|[^\W\d][\w-]*=)")
ENTRY = re.compile(
    r"""\s*(?:
        \#(?P<name>[^\s"=]+)
      | \.(?P<word>[^\s"=]+)
      | (?P<key>[^\s="]+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))
      | (?P<other>\S+)
    )""",
    re.VERBOSE,
)
COMMENT = re.compile(r"<!--.*?-->")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What an attribute list says; `unread` are entries that are none of name, word and option."""

    name: str = ""
    words: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def split_heading(text: str) -> tuple[str, Attributes, int]:
    """Divide a heading into its text, its attribute list and the offset at which the list begins (-1: none).

    The last `{…}` is a list when it begins with `#name`, `.word` or `name=`; other braces are text.
    """
    found = AT_END.search(text)
    if not found or not BEGINS.match(found[1]):
        return COMMENT.sub("", text).strip(), Attributes(), -1
    return COMMENT.sub("", text[: found.start()]).strip(), read_attributes(found[1]), found.start()


def read_attributes(inside: str) -> Attributes:
    """Read what stands between the braces; of two names or equal keys the first counts."""
    name, options = "", dict[str, str]()
    words, unread = list[str](), list[str]()
    for entry in ENTRY.finditer(inside):
        if entry["name"]:
            name = name or entry["name"]
        elif entry["word"]:
            words.append(entry["word"])
        elif entry["key"]:
            value = entry["plain"] if entry["quoted"] is None else entry["quoted"]
            options.setdefault(entry["key"], value)
        else:
            unread.append(entry["other"])
    return Attributes(name, tuple(words), options, tuple(unread))
