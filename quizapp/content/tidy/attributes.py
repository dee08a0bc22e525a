"""Attribute lists in one order, with one space between: the name, words, options."""

from collections.abc import Iterator, Sequence

from quizapp.content.edits import Edit
from quizapp.content.headings import read_heading
from quizapp.content.tidy.base import Repair, Source, add_repair
from quizapp.content.tidy.lists import attribute_list
from quizapp.source.attributes import ENTRY


def edits(source: Source) -> Iterator[Sequence[Edit]]:
    """Each list that is written in another order, or with other spaces; one with an entry that means nothing stays."""
    for block in source.blocks:
        found = attribute_list(source, block) if block.kind == "heading" else None
        if found and not read_heading(block).attributes.unread:
            line, column, inside = found
            ordered = _ordered(inside)
            if ordered != inside:
                yield [Edit(line, column, inside, ordered)]


def _ordered(inside: str) -> str:
    entries = list(ENTRY.finditer(inside))
    names = [entry for entry in entries if entry["name"]]
    words = [entry for entry in entries if entry["word"]]
    options = [entry for entry in entries if entry["key"]]
    return " ".join(entry[0].strip() for entry in (*names, *words, *options))


add_repair(Repair("attribute lists", 50, edits))
