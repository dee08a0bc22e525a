"""GIFT: read with Moodle's rules."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from quizapp.formats.building import MAX_TEXTS, items_of
from quizapp.formats.contract import Imported, Importer, Item, Note, Source, Tell, failed, nobody, telling
from quizapp.formats.gift.making import built_of, tag_of
from quizapp.formats.gift.reading import read_entries
from quizapp.formats.gift.values import Entry
from quizapp.formats.moodle.texts import path_of
from quizapp.formats.texts import BrokenText, text_of

MAX_LINE = 100_000  # characters; whole questions stand on one


class GiftImporter(Importer):
    """Choices, true and false, short answers, numbers, matching and essays; a category becomes a tag."""

    name: ClassVar[str] = "gift"
    title: ClassVar[str] = "GIFT, the text format of Moodle"
    endings: ClassVar[tuple[str, ...]] = (".gift", ".gift.txt")

    def read(self, source: Source) -> Imported:
        """The questions of a file in UTF-8."""
        try:
            text = text_of(source, MAX_LINE)
        except BrokenText as error:
            return failed(str(error))
        entries = read_entries(text)
        told = source.too_many(sum(entry.kind != "Category" for entry in entries))
        if told:
            return failed(told, source=text)
        items, notes = read_questions(entries, MAX_TEXTS * source.scale, source.tell)
        notes += [] if entries else [Note("there is no question in it.")]
        return Imported(items, tuple(notes), source=text)


def read_questions(
    entries: Sequence[Entry], most: int = MAX_TEXTS, tell: Tell = nobody
) -> tuple[tuple[Item, ...], list[Note]]:
    """The items of some entries, and what became of the categories among them."""
    notes, built, tag, group = [], [], "", tuple[str, ...]()
    for entry in entries:
        if entry.kind == "Category" and not entry.wrong:
            tag, group = category_tag(entry.title or ""), path_of(entry.title or "")
            told = f"the category “{entry.title}” became the tag “{tag}”." if tag else NO_TAG
            notes.append(Note(told, entry.line))
        else:
            built.append(replace(built_of(entry, tag), group=group))
    return items_of(telling(built, tell), most), notes


NO_TAG = "the top category became no tag."


def category_tag(path: str) -> str:
    """The tag of a category: its path without where Moodle keeps it."""
    parts = [part.strip().removeprefix("Default for ") for part in path.split("/")]
    return tag_of("/".join(part for part in parts if part and part != "top" and not part.startswith("$")))
