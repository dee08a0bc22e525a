"""The YAML of Microsoft Learn to values that keep what was written: texts, lists and records with their lines.

No scalar is guessed at: `content: True` is the text “True”, and `isCorrect` is looked at by who knows what it means. A
key that stands twice is kept twice. The only other module besides `content.scalars` that imports the YAML library.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

MAX_NODES = 200_000  # an alias counts each time it is used
MAX_DEPTH = 40
MIME = re.compile(r"^[ \t]*#+[ \t]*YamlMime:[ \t]*(\S+)", re.MULTILINE | re.IGNORECASE)
MIME_WITHIN = 2000  # characters from the beginning
GUESSED = re.compile(r"(?:yes|no|true|false|on|off|y|n|[-+]?[\d.,_:]*\d)", re.IGNORECASE)


class Unreadable(Exception):
    """The text is no YAML that can be read; the line counts from 1."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as it was written, and the line on which its text begins."""

    value: str
    line: int
    is_plain: bool = False

    @property
    def is_guess(self) -> bool:
        """Whether a YAML reader would have made a truth value or a number of it."""
        return self.is_plain and GUESSED.fullmatch(self.value) is not None


@dataclass(frozen=True, slots=True)
class Entries:
    """A list."""

    items: tuple["Value", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping, its pairs as they stand: of equal keys the first counts."""

    pairs: tuple[tuple[Text, "Value"], ...]
    line: int

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> "Value | None":
        """The first value of a key."""
        return next((value for name, value in self.pairs if name.value == key), None)

    def text(self, key: str) -> Text:
        """The text of a key; empty where there is none."""
        value = self.get(key)
        return value if isinstance(value, Text) else Text("", value.line if value else self.line)

    def record(self, key: str) -> "Record":
        """The record of a key; empty where there is none."""
        value = self.get(key)
        return value if isinstance(value, Record) else Record((), self.line)

    def entries(self, key: str) -> tuple["Value", ...]:
        """The entries of the list of a key; a text is a list of one, an empty text of none."""
        value = self.get(key)
        if isinstance(value, Entries):
            return value.items
        return (value,) if isinstance(value, Text) and value.value.strip() else ()

    def texts(self, key: str) -> tuple[Text, ...]:
        """The texts in the list of a key."""
        return tuple(value for value in self.entries(key) if isinstance(value, Text) and value.value.strip())

    @property
    def twice(self) -> list[Text]:
        """The keys that stand a second time."""
        first = {name.value: name for name, _ in reversed(self.pairs)}
        return [name for name, _ in self.pairs if name is not first[name.value]]

    def divided(self, key: str) -> Iterator["Record"]:
        """The records that it is if a new one begins wherever `key` stands again."""
        start, seen = 0, False
        for number, (name, _) in enumerate(self.pairs):
            if name.value == key and seen:
                yield Record(self.pairs[start:number], self.pairs[start][0].line)
                start = number
            seen = seen or name.value == key
        yield Record(self.pairs[start:], self.pairs[start][0].line if start else self.line)


Value = Text | Entries | Record


def kind_of(text: str) -> str:
    """What the first lines say a file is: `Module`, `ModuleUnit`, …; empty where they say nothing."""
    found = MIME.search(text[:MIME_WITHIN])
    return found[1] if found else ""


def read_document(text: str) -> Record:
    """Read one YAML file. Raises Unreadable."""
    loader = yaml.CSafeLoader(_readable(text))
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise Unreadable(reason, mark.line + 1 if mark else 1) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None
    finally:
        loader.dispose()
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("it is no list of `key: value` lines", node.start_mark.line + 1 if node else 1)
    value = _Reader().value(node, 0)
    assert isinstance(value, Record)  # noqa: S101 (a mapping becomes a record)
    return value


def _readable(text: str) -> str:
    """The text without characters that YAML does not allow."""
    return re.sub(
        r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", text
    )


class _Reader:
    def __init__(self) -> None:
        self.left = MAX_NODES

    def value(self, node: yaml.Node, depth: int) -> Value:
        self.left -= 1
        line = node.start_mark.line + 1
        if self.left < 0 or depth > MAX_DEPTH:
            raise Unreadable("it holds too much, or is nested too deeply", line)
        if isinstance(node, yaml.ScalarNode):
            return _text(node, line)
        if isinstance(node, yaml.SequenceNode):
            return Entries(tuple(self.value(entry, depth + 1) for entry in node.value), line)
        pairs = [
            (_text(key, key.start_mark.line + 1), self.value(value, depth + 1))
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        ]
        return Record(tuple(pairs), line)


def _text(node: yaml.ScalarNode, line: int) -> Text:
    """The text of a scalar; that of a block (`|`) begins on the next line."""
    is_plain = not node.style
    value = "" if is_plain and node.value in ("", "~") else str(node.value)
    return Text(value, line + (node.style in ("|", ">")), is_plain)
