"""A tree of Microsoft Learn to the files of a content folder, and the report of it; pure: nothing is written here."""

import posixpath
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from quizapp.content.files import FileReader
from quizapp.content.markup import Renderer
from quizapp.formats.mslearn.addresses import Addresses, Assets
from quizapp.formats.mslearn.indexes import IndexWriter
from quizapp.formats.mslearn.lessons import LessonWriter
from quizapp.formats.mslearn.notes import Note, Notes, Place, note_of
from quizapp.formats.mslearn.plan import Plan, Planned, make_plan
from quizapp.formats.mslearn.prose import Prose
from quizapp.formats.mslearn.quizzes import QuizWriter
from quizapp.formats.mslearn.survey import Survey, survey
from quizapp.formats.mslearn.tree import MAX_MEDIA, Found, Library, Tree

MAX_WRITTEN = 200 * 1024 * 1024  # characters of all files
YAML = (".yml", ".yaml")  # such files are told one by one
COUNTED = ("modules", "paths", "lessons", "questions", "pictures")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What an import gives: texts and copies by content path, how many there are of each kind, and the report."""

    texts: Mapping[str, str]
    copies: Mapping[str, Found]
    counts: Mapping[str, int]
    notes: tuple[Note, ...]


def convert(tree: Tree, fallback: Tree | None = None) -> Conversion:
    """Convert a tree; what it lacks is looked for in the fallback. Never raises for what stands in the files."""
    notes = Notes()
    library = Library(tree, fallback, notes)
    for path in sorted(tree.links):
        notes.add("symlink", Place(path))
    found = survey(library, notes)
    plan = make_plan(found, library, notes)
    work = _Work(library, found, plan, notes)
    for planned in plan.modules:
        work.module(planned)
    for planned in plan.paths:
        work.path(planned)
    if not plan.modules:
        notes.add("nothing-found", Place("."))
    work.tell()
    return Conversion(work.texts, work.copies, {name: work.counts[name] for name in COUNTED}, notes.all)


@dataclass(slots=True)
class _Work:
    library: Library
    survey: Survey
    plan: Plan
    notes: Notes
    texts: dict[str, str] = field(default_factory=dict)
    copies: dict[str, Found] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    reader: FileReader = field(default_factory=lambda: FileReader((), None, Renderer()))

    def module(self, planned: Planned) -> None:
        assets = Assets(planned.folder)
        prose = self._prose(assets)
        writer = LessonWriter(self.survey, self.reader, QuizWriter(self.reader))
        for lesson in planned.lessons:
            text = writer.lesson(lesson, prose)
            if text:
                self.texts[f"{planned.folder}/{lesson.name}"] = text
                self.counts["lessons"] += 1
        self.counts["questions"] += len(writer.quizzes.names)
        icon = self._icon(planned, assets)
        self.texts[f"{planned.folder}/index.md"] = IndexWriter(self.survey.awards, self.reader).module(
            planned, icon, prose
        )
        self._close("modules", assets)

    def path(self, planned: Planned) -> None:
        assets = Assets(planned.folder)
        prose = self._prose(assets)
        self.texts[f"{planned.folder}/index.md"] = IndexWriter(self.survey.awards, self.reader).path(planned, prose)
        self._close("paths", assets)

    def _prose(self, assets: Assets) -> Prose:
        addresses = Addresses(self.library, self.plan.map, assets, self.notes.add)
        return Prose(self.library, addresses, self.notes, self.survey.pivots(""))

    def _close(self, kind: str, assets: Assets) -> None:
        self.counts[kind] += 1
        self.counts["pictures"] += len(assets.copies)
        self.copies |= assets.copies

    def _icon(self, planned: Planned, assets: Assets) -> str:
        """The icon of a module, where the tree has it."""
        written = planned.document.record.text("iconUrl").value.strip()
        if not written:
            return ""
        place = planned.document.place("iconUrl")
        name = posixpath.basename(written)
        for path in (f"achievements/{name}", f"learn-pr/achievements/{name}"):
            found = self.library.find(path, "", place) if name else None
            if found and self.library.fits(found, MAX_MEDIA):
                return assets.take(found, found.path)
        self.notes.add("no-icon", place, path=written)
        return ""

    def tell(self) -> None:
        """Note what was left out of the tree as a whole."""
        used = {found.path for found in self.library.used if not found.is_fallback}
        used |= {found.path for found in self.copies.values() if not found.is_fallback}
        lost = [
            path for path in sorted(self.library.tree.paths) if path not in used and not path.lower().endswith(YAML)
        ]
        texts = [path for path in lost if "/includes/" in f"/{path}" and path.lower().endswith(".md")]
        if texts:
            self.notes.add("orphan-include", Place("."), count=len(texts), names=", ".join(texts[:5]))
        if len(lost) > len(texts):
            self.notes.add("orphan-file", Place("."), count=len(lost) - len(texts))
        if self.library.windows:
            self.notes.add("line-ends", Place("."), count=self.library.windows)
        if self.notes.left:
            self.notes.kept[note_of("more-notes", Place("."), count=self.notes.left)] = None
