"""Front matter as text: values that our reader reads as they were."""

import re
from collections.abc import Iterable, Mapping, Sequence

Value = str | int | Sequence[str]
PLAIN = re.compile(r"[^\W_](?:[^:#]|:(?! |$)|(?<! )#)*")
ODD = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
IN_FLOW = re.compile(r"[^,\[\]{}]*")
NULLS = frozenset({"null", "~"})
WIDTH = 100  # characters of a list on one line


def write_front(values: Mapping[str, Value], lists: frozenset[str] = frozenset()) -> str:
    """The block between `---` lines; what is empty is left out, `lists` have one entry on each line."""
    lines = [line for key, value in values.items() if value not in ("", (), []) for line in _lines(key, value, lists)]
    return "\n".join(["---", *lines, "---"]) + "\n"


def _lines(key: str, value: Value, lists: frozenset[str]) -> list[str]:
    if isinstance(value, int):
        return [f"{key}: {value}"]
    if isinstance(value, str):
        return [f"{key}: {scalar(value)}"]
    shown = ", ".join(_in_list(entry) for entry in value)
    if key in lists or len(shown) > WIDTH:
        return [f"{key}:", *(f"  - {scalar(entry)}" for entry in value)]
    return [f"{key}: [{shown}]"]


def scalar(text: str) -> str:
    """A text on one line, in quotes where it needs them."""
    line = " ".join(text.split())
    is_plain = PLAIN.fullmatch(line) and not ODD.search(line) and line.casefold() not in NULLS
    return line if is_plain else quoted(line)


def quoted(text: str) -> str:
    """A text on one line in double quotes."""
    line = " ".join(text.split())
    escaped = re.sub(r'["\\]', r"\\\g<0>", line)
    return '"' + ODD.sub(_escape, escaped) + '"'


def _in_list(text: str) -> str:
    return scalar(text) if IN_FLOW.fullmatch(text) else quoted(text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF else "\N{REPLACEMENT CHARACTER}"


def joined(front: str, parts: Iterable[str]) -> str:
    """A file of front matter and parts, one blank line apart."""
    body = "\n\n".join(part.strip("\n") for part in parts if part.strip())
    return front + (f"{body}\n" if body else "")
