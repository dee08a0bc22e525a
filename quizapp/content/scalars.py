"""YAML whose scalars stay as they are written: `1.10`, `012`, `no` and `2026-12-01` are texts until a key says more.

So none of YAML's guesses is made, in 1.1 or 1.2: what a value means is decided by the key it belongs to.
"""

import re
from dataclasses import dataclass, field

import yaml

MAX_NODES = 2000  # an alias counts each time it is used: nine lines of them can stand for a billion nodes
MAX_DEPTH = 4
INDENTED_KEY = re.compile(r"[ ]+[\w-]+:(?:[ ][^:]*)?$")
ONE_LINE = re.compile(r"[\w-]+:[ ]+[^:]+$")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
Raw = str | None | list["Raw"] | dict[str, "Raw"]

# a part of what the YAML library says: what is so, and what to do about it
REASONS = (
    ("mapping values are not allowed", "a value with a colon needs quotes", 'Write it as `key: "a value: with colon"`'),
    ("tab", "a tab stands where only spaces may", "Put spaces in its place"),
    ("cannot start any token", "a value cannot begin with this character", 'Put the value in quotes: `key: "…"`'),
    ("alphabetic or numeric", "a value cannot begin with `*` or `&`", 'Put the value in quotes: `key: "…"`'),
    ("undefined alias", "a value cannot begin with `*`", 'Put the value in quotes: `key: "…"`'),
    ("expected node content", "a list is not closed", "Close it with `]`, and put a comma between its entries"),
    ("',' or ']'", "a list is not closed", "Close it with `]`, and put a comma between its entries"),
    ("',' or '}'", "a brace is not closed", "Close it with `}`, and put a comma between its entries"),
    ("unexpected end of stream", "a quotation mark is never closed", "Close it with the same mark"),
    ("could not find expected ':'", "a line has no colon", "Write `key: value`, with a space after the colon"),
    ("expected <block end>", "a line does not fit to those before it", "Begin every key at the start of its line"),
)  # fmt: skip


class Unreadable(Exception):
    """The text is no YAML, or no mapping; line and column count from 1."""

    def __init__(self, reason: str, mend: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.mend, self.line, self.column = reason, mend, line, column


@dataclass(slots=True)
class Header:
    """The values by key, where each key stands (and each entry of a list: `draw.0`, and what is in it: `draw.0.bank`),
    where its value stands, and keys that stand twice.

    Places are line and column, from 1; of equal keys the first counts.
    """

    values: dict[str, Raw] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    value_places: dict[str, tuple[int, int]] = field(default_factory=dict)
    twice: list[tuple[str, tuple[int, int]]] = field(default_factory=list)

    def note(self, name: str, key: yaml.Node, value: yaml.Node) -> None:
        """Note where a key and its value stand."""
        self.places.setdefault(name, _place(key))
        self.value_places.setdefault(name, _place(value))


def read_header(text: str) -> Header:
    """Read `key: value` lines. Raises Unreadable."""
    node = _compose(text)
    found = Header()
    if node is None:
        return found
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("it is not a list of `key: value` lines", "Write `key: value`, with a space after the colon")
    budget = _Budget()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable("a key is not a word", "Write `key: value` lines", *_place(key))
        if key.value in found.values:
            found.twice.append((key.value, _place(key)))
            continue
        found.values[key.value] = _raw(value, budget)
        found.note(key.value, key, value)
        for number, entry in enumerate(value.value if isinstance(value, yaml.SequenceNode) else ()):
            found.note(f"{key.value}.{number}", entry, entry)
            for inner, said in entry.value if isinstance(entry, yaml.MappingNode) else ():
                found.note(f"{key.value}.{number}.{inner.value}", inner, said)
    return found


def _compose(text: str) -> yaml.Node | None:
    loader = yaml.CSafeLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    except yaml.YAMLError as error:
        raise _unreadable(error, text) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it cannot be read ({type(error).__name__})", "Write `key: value` lines") from None
    finally:
        loader.dispose()


def _unreadable(error: yaml.YAMLError, text: str) -> Unreadable:
    said = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if mark is not None and _line(text, mark.line).startswith("\t"):
        said = "tab"
    if "mapping values" in said and mark is not None and _is_indented(text, mark.line):
        number = mark.line
        spot = re.match(r"\s*", _line(text, number))
        column = spot.end() + 1 if spot else 1
        return Unreadable(
            "a space stands before this key", "Begin every key at the start of its line", number + 1, column
        )
    reason, mend = next(
        ((reason, mend) for part, reason, mend in REASONS if part in said), (said, "Write `key: value` lines")
    )
    begun = getattr(error, "context_mark", None)
    if begun is not None and any(word in reason for word in ("closed", "no colon")):
        mark = begun  # where it begins, not where the reader gave up
    if mark is None:
        return Unreadable(reason, mend)
    return Unreadable(reason, _with_value(mend, text, mark.line), mark.line + 1, mark.column + 1)


def _is_indented(text: str, number: int) -> bool:
    """Whether a line is a key, and spaces before it make it part of the value above, which stands on one line."""
    return bool(number and INDENTED_KEY.match(_line(text, number)) and ONE_LINE.match(_line(text, number - 1)))


def _with_value(mend: str, text: str, number: int) -> str:
    """The advice with the line as the author should write it, where a value needs quotes."""
    line = re.match(r"\s*([\w-]+):\s+([^\s\"'][^\"'\n]*)$", _line(text, number).rstrip())
    return f'Write `{line[1]}: "{line[2]}"`' if line and '`key: "' in mend else mend


def _line(text: str, number: int) -> str:
    """A line of the text, as YAML counts them: other characters end a line there than in a file."""
    lines = re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text)
    return lines[number] if number < len(lines) else ""


class _Budget:
    def __init__(self) -> None:
        self.left = MAX_NODES

    def spend(self, node: yaml.Node, depth: int) -> None:
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            what = "it holds too much, or is nested too deeply"
            raise Unreadable(what, "Write plain `key: value` lines", *_place(node))


def _raw(node: yaml.Node, budget: _Budget, depth: int = 0) -> Raw:
    budget.spend(node, depth)
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in NULLS else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_raw(entry, budget, depth + 1) for entry in node.value]
    pairs = [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
    return {key.value: _raw(value, budget, depth + 1) for key, value in pairs}


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
