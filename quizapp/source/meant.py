"""What an author seems to have meant by a value that does not fit."""

import difflib
import re

OFFERED = re.compile(r"`([a-z]+(?:-[a-z]+)*)`")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# what people write: what it can mean, the first that is offered
SYNONYMS = {
    **dict.fromkeys(("yes", "on", "true", "y", "always"), ("yes", "true", "ok")),
    **dict.fromkeys(("no", "off", "false", "n", "never"), ("no", "false")),
    **dict.fromkeys(("highest", "max", "maximum"), ("best",)),
    **dict.fromkeys(("latest", "newest", "final"), ("last",)),
    **dict.fromkeys(("average", "avg"), ("mean",)),
    **dict.fromkeys(("immediately", "immediate", "at-once"), ("during",)),
    **dict.fromkeys(("infinite", "infinity", "endless", "any"), ("unlimited",)),
    **dict.fromkeys(("test", "graded", "assessment"), ("exam",)),
    **dict.fromkeys(("members", "users", "registered"), ("signed-in",)),
    **dict.fromkeys(("everybody", "everyone", "all"), ("public",)),
}


def meant(form: str, value: str, wanted: str) -> str:
    """The question whether a value near to what is offered was meant, with a space behind it; empty where none is.

    `wanted` says what fits, its words in backticks; `form` is how the value is written: `pass: {}`.
    """
    near = _near(value.strip().lower(), wanted)
    return f"Did you mean `{form.format(near)}`? " if near else ""


def _near(value: str, wanted: str) -> str:
    if value in NUMBERS and "number" in wanted:
        return str(NUMBERS.index(value) + 1)
    if value.isascii() and value.isdigit():
        return f"{value} min" if "`20 min`" in wanted else ""
    offered = OFFERED.findall(wanted)
    known = next((word for word in SYNONYMS.get(value, ()) if word in offered), "")
    return known or next(iter(difflib.get_close_matches(value, offered, n=1, cutoff=0.6)), "")
