"""QTI 1.2, as Canvas and Common Cartridge write it: one document, or a package with its pictures."""

from typing import ClassVar

from quizapp.formats.archives import BadArchive, is_archive, read_archive
from quizapp.formats.canvas.package import documents_of, files_beside
from quizapp.formats.canvas.reading import items_in, read_document
from quizapp.formats.contract import MAX_ITEMS, Imported, Importer, Note, Source, failed, telling
from quizapp.formats.drafts import Draft, items_of
from quizapp.formats.elements import MAX_IN_PACKAGE, BadXml, Room, read_xml
from quizapp.formats.pictures import NO_FILES, Pictures

MOST_ITEMS = 2 * MAX_ITEMS  # with those that are texts without a question


class Qti12(Importer):
    """Assessments and question banks of Canvas, Common Cartridge and what writes like them."""

    name: ClassVar[str] = "qti12"
    title: ClassVar[str] = "QTI 1.2 (Canvas, Common Cartridge)"
    endings: ClassVar[tuple[str, ...]] = (".xml", ".qti", ".zip", ".imscc")

    def read(self, source: Source) -> Imported:
        """The questions of a document or of all documents in a package."""
        if is_archive(source.data):
            return _read_package(source)
        try:
            root = read_xml(source.data)
        except BadXml as bad:
            return failed(str(bad))
        if root.tag != "questestinterop":
            return failed(f"line {root.line}: this is no QTI 1.2: it begins with <{root.tag[:40]}>. Export it as that.")
        if len(items_in(root)) > MOST_ITEMS:
            return _too_many(len(items_in(root)))
        found = read_document(root, NO_FILES)
        return _imported(found.drafts, found.notes, source)


def _read_package(source: Source) -> Imported:
    try:
        files = read_archive(source.data)
    except BadArchive as bad:
        return failed(str(bad))
    drafts: list[Draft] = []
    notes: list[Note] = []
    digests: dict[bytes, str] = {}
    names, room, count = documents_of(files), Room(MAX_IN_PACKAGE), 0
    for name in names:
        try:
            root = read_xml(files[name], room)
        except BadXml as bad:
            drafts.append(Draft(name, 0, Pictures(NO_FILES), title=name, refused=f"the file cannot be read: {bad}"))
            continue
        count += len(items_in(root))
        if count > MOST_ITEMS:
            return _too_many(count)
        if root.tag == "questestinterop":
            found = read_document(root, files_beside(files, name, digests), name if len(names) > 1 else "")
            drafts += found.drafts
            notes += found.notes
    return _imported(drafts, notes, source)


def _too_many(count: int) -> Imported:
    return failed(f"there are {count} questions, and {MAX_ITEMS} can be read at once. Export them in parts.")


def _imported(drafts: list[Draft], notes: list[Note], source: Source) -> Imported:
    if len(drafts) > MAX_ITEMS:
        return _too_many(len(drafts))
    if not drafts:
        return Imported(notes=tuple(notes), errors=failed("no question of QTI 1.2 is in it.").errors)
    return Imported(items_of(telling(drafts, source.tell)), tuple(notes))
