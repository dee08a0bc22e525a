"""QTI 1.2, as Canvas and Common Cartridge write it: one document, or a package with its pictures."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from quizapp.formats.archives import BadArchive, is_archive, read_archive
from quizapp.formats.building import MAX_TEXTS
from quizapp.formats.canvas.package import META, documents_of, files_beside, meta_beside
from quizapp.formats.canvas.reading import Document, items_in, read_document
from quizapp.formats.contract import Imported, Importer, Note, Source, failed, telling, within_bounds
from quizapp.formats.drafts import Draft, items_of
from quizapp.formats.elements import MAX_IN_PACKAGE, BadXml, Element, Room, read_xml
from quizapp.formats.pictures import NO_FILES, Pictures

TEXTS = 2  # times as many items are looked at as questions: some are texts without a question


class Qti12(Importer):
    """Assessments and question banks of Canvas, Common Cartridge and what writes like them."""

    name: ClassVar[str] = "qti12"
    title: ClassVar[str] = "QTI 1.2 (Canvas, Common Cartridge)"
    endings: ClassVar[tuple[str, ...]] = (".xml", ".qti", ".dat", ".zip", ".imscc")
    has_quizzes: ClassVar[bool] = True

    def read(self, source: Source) -> Imported:
        """The questions of a document or of all documents in a package."""
        if is_archive(source.data):
            return _read_package(source)
        try:
            root = read_xml(source.data, Room.of(source.most))
        except BadXml as bad:
            return failed(str(bad))
        if root.tag != "questestinterop":
            return failed(f"line {root.line}: this is no QTI 1.2: it begins with <{root.tag[:40]}>. Export it as that.")
        if len(items_in(root)) > TEXTS * source.most:
            return _too_many(len(items_in(root)), source)
        return _imported([read_document(root, NO_FILES)], source)


def _read_package(source: Source) -> Imported:
    try:
        files = read_archive(source.data)
    except BadArchive as bad:
        return failed(str(bad))
    found: list[Document] = []
    digests: dict[bytes, str] = {}
    names, room, count = documents_of(files), Room(MAX_IN_PACKAGE), 0
    for name in names:
        try:
            root = read_xml(files[name], room)
        except BadXml as bad:
            broken = Draft(name, 0, Pictures(NO_FILES), title=name, refused=f"the file cannot be read: {bad}")
            found.append(Document([broken]))
            continue
        count += len(items_in(root))
        if count > TEXTS * source.most:
            return _too_many(count, source)
        if root.tag == "questestinterop":
            meta, notes = _meta(files, name, room)
            beside = files_beside(files, name, digests)
            found.append(read_document(root, beside, name if len(names) > 1 else "", meta))
            found[-1].notes += notes
    return _imported(found, source)


def _too_many(count: int, source: Source) -> Imported:
    return failed(source.too_many(count, mend="Export them in parts."))


def _meta(files: Mapping[str, bytes], name: str, room: Room) -> tuple[Element | None, list[Note]]:
    """What stands beside a document on how it is taken, and why that cannot be read."""
    data = meta_beside(files, name)
    try:
        return (read_xml(data, room) if data is not None else None), []
    except BadXml as bad:
        return None, [Note(f"{META} cannot be read: {bad}")]


def _imported(documents: Sequence[Document], source: Source) -> Imported:
    drafts = [draft for one in documents for draft in one.drafts]
    if len(drafts) > source.most:
        return _too_many(len(drafts), source)
    items = items_of(telling(drafts, source.tell), MAX_TEXTS * source.scale)
    of_draft = {id(draft): item for draft, item in zip(drafts, items, strict=True)}
    banks = {ident: inside for one in documents for ident, inside in one.banks.items()}
    assessments = [assessment for one in documents for assessment in one.assessments]
    quizzes, left = within_bounds(one.quiz(of_draft, banks) for one in assessments)
    said = [one.notes for one in documents] + [one.notes for one in assessments]
    notes = (*(note for notes in said for note in notes), *left)
    if not drafts:
        return Imported(notes=notes, errors=failed("no question of QTI 1.2 is in it.").errors)
    return Imported(items, notes, quizzes=quizzes)
