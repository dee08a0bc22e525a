"""Moodle XML: question banks as Moodle exports them, with the files in them."""

from typing import ClassVar

from quizapp.formats.contract import MAX_ITEMS, Imported, Importer, Source, failed, telling
from quizapp.formats.drafts import items_of
from quizapp.formats.elements import BadXml, read_xml
from quizapp.formats.moodle.reading import NO_QUESTIONS, read_bank


class MoodleXml(Importer):
    """Multiple choice, true or false, short answers, numbers, matching, ordering, essays, and gaps of three kinds."""

    name: ClassVar[str] = "moodle"
    title: ClassVar[str] = "Moodle XML"
    endings: ClassVar[tuple[str, ...]] = (".xml",)

    def read(self, source: Source) -> Imported:
        """The questions of a bank; every other type is refused by its name."""
        try:
            root = read_xml(source.data)
        except BadXml as bad:
            return failed(str(bad))
        if root.tag != "quiz":
            told = f"line {root.line}: this is no Moodle XML: it begins with <{root.tag[:40]}>."
            return failed(f"{told} Export it as that.")
        count = sum(one.get("type") not in NO_QUESTIONS for one in root.all("question"))
        if count > MAX_ITEMS:
            return failed(f"there are {count} questions, and {MAX_ITEMS} can be read at once. Export them in parts.")
        bank = read_bank(root)
        if not bank.drafts:
            return Imported(notes=tuple(bank.notes), errors=failed("no question is in it.").errors)
        return Imported(items_of(telling(bank.drafts, source.tell)), tuple(bank.notes))
