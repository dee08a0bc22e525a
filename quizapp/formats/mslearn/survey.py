"""What stands in a tree: its YAML files by kind and uid; reference sections 1.0 to 1.5 and 1.7."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quizapp.formats.mslearn.documents import Entries, Record, Text, Unreadable, kind_of, read_document
from quizapp.formats.mslearn.notes import Notes, Place
from quizapp.formats.mslearn.tree import Found, Library, folder_of

MAX_FILES = 100_000
A_TEXT, A_LIST, A_MAPPING = (
    ((Text,), "a text"),
    ((Entries, Text), "a list"),
    ((Record,), "a list of `key: value` lines"),
)
SHAPES: dict[str, tuple[tuple[type, ...], str]] = {
    **dict.fromkeys(("uid", "title", "summary", "abstract", "prerequisites", "content", "durationInMinutes"), A_TEXT),
    **dict.fromkeys(("units", "modules", "levels", "roles", "products", "subjects", "tasks"), A_LIST),
    **dict.fromkeys(("metadata", "quiz", "badge", "trophy"), A_MAPPING),
}
SHARED = ("achievements.yml", "zone-pivot-groups.yml")
CARRIED = frozenset(
    ("title", "description", "ms.contentlocale", "zone_pivot_groups", "module_assessment", "hidden")
)  # of the metadata
KINDS = {"module": "module", "moduleunit": "unit", "learningpath": "path", "achievements": "", "zonepivotgroups": ""}


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file that was read."""

    path: str
    record: Record

    @property
    def uid(self) -> str:
        """Its identity."""
        return self.record.text("uid").value.strip()

    def place(self, key: str = "") -> Place:
        """Where a key of it stands; without one the file."""
        line = next((name.line for name, _ in self.record.pairs if name.value == key), 0)
        return Place(self.path, line)


@dataclass(slots=True)
class Survey:
    """The files of a tree by kind and uid; uids are compared without case. Pivots are titles by the id of a pivot."""

    modules: dict[str, Document] = field(default_factory=dict)
    units: dict[str, Document] = field(default_factory=dict)
    paths: dict[str, Document] = field(default_factory=dict)
    spare: dict[str, Document] = field(default_factory=dict)  # units that only the fallback has
    awards: dict[str, Record] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)

    def pivots(self, group: str) -> Mapping[str, str]:
        """The titles of the pivots of a group; of all groups where there is none of that id."""
        every = {key: title for pivots in self.groups.values() for key, title in pivots.items()}
        return self.groups.get(group.casefold(), every)


def survey(library: Library, notes: Notes) -> Survey:
    """Read every YAML file of the tree, and from the fallback the files that only it has of awards and pivots."""
    found = Survey()
    others: Counter[str] = Counter()
    keys: set[str] = set()
    for document, kind in _documents(library, notes):
        keys |= {name.value for name, _ in document.record.record("metadata").pairs}
        name = KINDS.get(kind.lower())
        if name:
            _take(document, name, found, notes)
        elif kind.lower() == "achievements":
            _take_awards(document, found)
        elif kind.lower() == "zonepivotgroups":
            _take_groups(document, found)
        else:
            others[kind] += 1
    for kind, count in sorted(others.items()):
        notes.add("unknown-kind", Place("."), kind=kind or "none", count=count)
    if keys - CARRIED:
        notes.add("metadata", Place("."), keys=", ".join(sorted(keys - CARRIED)))
    _take_fallback(library, found)
    return found


def _take_fallback(library: Library, found: Survey) -> None:
    """Read of the fallback what the tree may lack: units in the folders of its modules, awards and pivots."""
    folders = {folder_of(module.path).casefold() for module in found.modules.values()}
    for path in sorted(library.fallback.paths if library.fallback else ()):
        is_near = folder_of(path).casefold() in folders or path.rpartition("/")[2].lower() in SHARED
        text = library.text(Found(path, True)) if is_near and path.lower().endswith((".yml", ".yaml")) else None
        kind = kind_of(text).lower() if text else ""
        if not text or kind not in ("moduleunit", "achievements", "zonepivotgroups"):
            continue
        with contextlib.suppress(Unreadable):
            document = Document(path, read_document(text))
            if kind == "moduleunit":
                found.spare.setdefault(document.uid.casefold(), document)
            elif kind == "achievements":
                _take_awards(document, found)
            else:
                _take_groups(document, found)


def _documents(library: Library, notes: Notes) -> Iterator[tuple[Document, str]]:
    paths = sorted(library.tree.paths)
    if len(paths) > MAX_FILES:
        notes.add("too-many-files", Place("."), most=MAX_FILES)
        return
    for path in paths:
        if not path.lower().endswith((".yml", ".yaml")):
            continue
        text = library.text(Found(path))
        kind = kind_of(text) if text else ""
        if text is None or kind.lower() not in KINDS:
            if kind:
                yield Document(path, Record((), 1)), kind
            continue
        try:
            yield Document(path, read_document(text)), kind
        except Unreadable as error:
            notes.add("yaml", Place(path, error.line), reason=error.reason)


def _take(document: Document, kind: str, found: Survey, notes: Notes) -> None:
    for key in document.record.twice:
        notes.add("key-twice", Place(document.path, key.line), key=key.value)
    _check_shapes(document, notes)
    known = {"module": found.modules, "unit": found.units, "path": found.paths}[kind]
    uid = document.uid.casefold()
    if not uid:
        notes.add("no-uid", document.place(), what=kind)
    elif uid in known:
        notes.add("uid-twice", document.place("uid"), uid=document.uid, other=known[uid].path)
    else:
        known[uid] = document


def _check_shapes(document: Document, notes: Notes) -> None:
    """Note values that are of another shape than their keys have."""
    for name, value in document.record.pairs:
        shapes, wanted = SHAPES.get(name.value, ((), ""))
        is_empty = isinstance(value, Text) and not value.value.strip()
        if wanted and not is_empty and not isinstance(value, shapes):
            notes.add("wrong-shape", Place(document.path, name.line), key=name.value, wanted=wanted)


def _take_awards(document: Document, found: Survey) -> None:
    for entry in document.record.entries("achievements"):
        if isinstance(entry, Record):
            found.awards.setdefault(entry.text("uid").value.casefold(), entry)


def _take_groups(document: Document, found: Survey) -> None:
    for group in document.record.entries("groups"):
        if not isinstance(group, Record):
            continue
        pivots = [one for one in group.entries("pivots") if isinstance(one, Record)]
        titles = {one.text("id").value: one.text("title").value or one.text("id").value for one in pivots}
        found.groups.setdefault(group.text("id").value.casefold(), titles)
