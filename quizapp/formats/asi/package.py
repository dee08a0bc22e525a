"""What a source holds: one document, or a zip package whose manifest names its documents."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from quizapp.formats.archives import BadArchive, is_archive, read_archive
from quizapp.formats.asi.item import Found, read_item
from quizapp.formats.asi.processing import Steps
from quizapp.formats.asi.sections import Test
from quizapp.formats.asi.tree import Node, read_tree
from quizapp.formats.contract import (
    MAX_BYTES,
    Imported,
    Item,
    Note,
    Source,
    failed,
    telling,
    within_bounds,
)
from quizapp.formats.elements import MAX_IN_PACKAGE, BadXml, Room
from quizapp.formats.pictures import Beside, Pictures
from quizapp.formats.writing import Writer

MANIFEST = "imsmanifest.xml"
ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:qti-assessment-item|assessmentItem)[\s>]")
OLD = "this is QTI 1.2. Import it as that: `quizapp import qti12`."


def read_source(source: Source) -> Imported:
    """The questions of a document or a package. Raises nothing."""
    try:
        if is_archive(source.data):
            return _read_package(source)
        if len(source.data) > MAX_BYTES:
            return failed(f"this has more than {MAX_BYTES // 1024} KiB. Give it in parts.")
        return _read_document(read_tree(source.data), source)
    except BadXml as why:
        return failed(str(why))


def _read_document(root: Node, source: Source) -> Imported:
    if root.tag == "assessmentitem":
        return _read_items(source, [Found(root, f"line {root.line}")], [])
    if root.tag == "assessmenttest":
        return failed("this is a test: it names its items, which stand in files of their own. Import the zip package.")
    if root.tag == "questestinterop":
        return failed(OLD)
    if root.tag == "manifest":
        return failed("this is the list of a package. Import the zip package that it belongs to.")
    return failed(f"this is no item of QTI: it begins with <{root.tag[:40]}>. Name an item or a package.")


def _read_items(
    source: Source,
    found: list[Found],
    notes: list[Note],
    tags: dict[str, list[str]] | None = None,
    tests: Sequence[Test] = (),
) -> Imported:
    """The questions of some items, and the quizzes of tests; an item that is there twice is named."""
    told = source.too_many(len(found), "items", "Give them in parts.")
    if told:
        return failed(told)
    groups = {name: (test.title,) for test in reversed(tests) for name in test.order if test.title}
    writer, steps, items, places, names = Writer(), Steps(), dict[str, Item](), dict[str, Item](), set[str]()
    for one in telling(found, source.tell):
        item = read_item(one, writer, steps, (tags or {}).get(one.place, ()))
        item = replace(item, group=groups.get(one.place, ()))
        if item.id in items:
            notes.append(Note(f"{one.place} holds an item that is there already; it is read once."))
        else:
            items[item.id] = _named_once(item, names, writer)
        places[one.place] = items[item.id]
    quizzes, left = within_bounds(test.quiz(places) for test in tests)
    return Imported(tuple(items.values()), (*notes, *left), quizzes=quizzes)


def _named_once(item: Item, names: set[str], writer: Writer) -> Item:
    """An item, under a name of its own."""
    if item.question is None:
        return item
    if item.question.name in names:
        name = f"{item.question.name}-{item.id[:6]}"
        read = writer.canonical(item.markdown.replace(f"{{#{item.question.name}", f"{{#{name}", 1))
        item = replace(item, markdown=read.markdown, question=read.question, refused=read.error)
    if item.question:
        names.add(item.question.name)
    return item


def _read_package(source: Source) -> Imported:
    try:
        files = {posixpath.normpath(name): body for name, body in read_archive(source.data).items()}
        return _Reader(files, source).read()
    except BadArchive as why:
        return failed(str(why))


@dataclass(slots=True)
class _Reader:
    """Reads what the manifest of a package names, else every item in it."""

    files: dict[str, bytes]
    source: Source
    notes: list[Note] = field(default_factory=list)
    tags: dict[str, list[str]] = field(default_factory=dict)
    digests: dict[bytes, str] = field(default_factory=dict)
    room: Room = field(default_factory=lambda: Room(MAX_IN_PACKAGE))

    def read(self) -> Imported:
        """The questions of the package. Raises BadXml."""
        names = list(self._named())
        documents = {name: root for name in names if (root := self._document(name))}
        old = [name for name, root in documents.items() if root.tag == "questestinterop"]
        items = {name: root for name, root in documents.items() if root.tag == "assessmentitem"}
        tests = [
            Test(root, name, set(items), self._pictures(name)).read()
            for name, root in documents.items()
            if root.tag == "assessmenttest"
        ]
        self.notes += [note for test in tests for note in test.notes]
        order = [name for test in tests for name in test.order]
        items = {name: items[name] for name in dict.fromkeys([*order, *items])}
        if not items and old:
            return failed(OLD)
        if not items:
            problems = [note.text for note in self.notes if "cannot be read" in note.text]
            return failed(*(problems or ["the package holds no item of QTI 2 or 3. Export it again as one of these."]))
        found = [Found(root, name, root.line, self._pictures(name)) for name, root in items.items()]
        return _read_items(self.source, found, self.notes, self.tags, tests)

    def _pictures(self, name: str) -> Pictures:
        """The files of the package by the addresses that lead to them from a document."""
        return Pictures(Beside(self.files, (posixpath.dirname(name),), self.digests))

    def _named(self) -> Iterator[str]:
        """The documents that the manifest names, in its order; without one, all that end with `.xml`."""
        manifests = [name for name in self.files if posixpath.basename(name).lower() == MANIFEST]
        if not manifests:
            self.notes.append(Note(f"the package has no {MANIFEST}: every item in it is read, in the order of names."))
            yield from sorted(name for name in self.files if name.lower().endswith(".xml"))
            return
        manifest = min(manifests, key=len)
        folder = posixpath.dirname(manifest)
        seen = set[str]()
        for resource in _tree(manifest, self.files[manifest], self.room).find("resource"):
            if not _is_read(resource.get("type")):
                continue
            href = unquote(resource.get("href") or next((one.get("href") for one in resource.all("file")), ""))
            name = posixpath.normpath(posixpath.join(folder, resource.get("base"), href))
            if name in seen:
                continue
            seen.add(name)
            if name not in self.files:
                self.notes.append(Note(f"the package names “{name[:80]}”, which it does not hold."))
                continue
            self.tags[name] = _tags(resource)
            yield name
        yield from self._unnamed(seen)

    def _unnamed(self, named: set[str]) -> Iterator[str]:
        """The items that the manifest names as something else, or not at all."""
        for name in sorted(set(self.files) - named):
            if name.lower().endswith(".xml") and ITEM.search(self.files[name][:4096]):
                self.notes.append(Note(f"the package does not name {name[-80:]} as an item; it is read all the same."))
                yield name

    def _document(self, name: str) -> Node | None:
        try:
            return _tree(name, self.files[name], self.room)
        except BadXml as why:
            self.notes.append(Note(f"{name} cannot be read: {why}"))
            return None


def _tree(name: str, data: bytes, room: Room) -> Node:
    if len(data) > MAX_BYTES:
        raise BadXml(f"{name} has more than {MAX_BYTES // 1024} KiB.")
    return read_tree(data, room)


def _is_read(kind: str) -> bool:
    """Whether a resource is an item or a test of some version."""
    lowered = kind.lower()
    return (
        lowered.startswith(("imsqti_item", "imsqti_apipitem", "imsqti_test", "imsqti_xml"))
        or "imsqti_xmlv1p2" in lowered
    )


def _tags(resource: Node) -> list[str]:
    """The key words of a resource that can be tags."""
    words = [" ".join(one.text.split()) for one in resource.find("keyword")]
    return [word for word in dict.fromkeys(words) if word and word.replace("-", "").replace("_", "").isalnum()]
