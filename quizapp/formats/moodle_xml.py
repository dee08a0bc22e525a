"""Moodle XML: question banks as Moodle exports them, with the files in them."""

from typing import ClassVar

from quizapp.formats.building import MAX_TEXTS
from quizapp.formats.contract import Imported, Importer, Source, failed, telling
from quizapp.formats.drafts import items_of
from quizapp.formats.elements import BadXml, Room, read_xml
from quizapp.formats.moodle.reading import NO_QUESTIONS, read_bank


class MoodleXml(Importer):
    """Multiple choice, true or false, short answers, numbers, matching, ordering, essays, and gaps of three kinds."""

    name: ClassVar[str] = "moodle"
    title: ClassVar[str] = "Moodle XML"
    endings: ClassVar[tuple[str, ...]] = (".xml",)

    def read(self, source: Source) -> Imported:
        """The questions of a bank; every other type is refused by its name."""
        try:
            root = read_xml(source.data, Room.of(source.most))
        except BadXml as bad:
            return failed(str(bad))
        if root.tag != "quiz":
            told = f"line {root.line}: this is no Moodle XML: it begins with <{root.tag[:40]}>."
            return failed(f"{told} Export it as that.")
        count = sum(one.get("type") not in NO_QUESTIONS for one in root.all("question"))
        told = source.too_many(count, mend="Export them in parts.")
        if told:
            return failed(told)
        bank = read_bank(root)
        if not bank.drafts:
            return Imported(notes=tuple(bank.notes), errors=failed("no question is in it.").errors)
        items = items_of(telling(bank.drafts, source.tell), MAX_TEXTS * source.scale)
        return Imported(items, tuple(bank.notes))
