"""A folder of lessons, banks and quizzes to what a module is made of; references between files come later."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from quizapp.content.files import IndexSource, ReadFile, with_questions
from quizapp.content.folder import Folder, Kind, key_of, kind_of, tidy_key, title_from
from quizapp.content.front_matter import FrontMatter
from quizapp.content.model import Visibility
from quizapp.content.served import Served
from quizapp.errors import Problem
from quizapp.questions.base import Question
from quizapp.questions.fingerprint import fingerprint
from quizapp.source.report import Report

Read = Callable[[str, Kind, str], ReadFile]


@dataclass(slots=True)
class Reading:
    """What one reading of a content folder has found so far; `before` is what was served last."""

    read: Read
    before: Served
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, ReadFile] = field(default_factory=dict)

    def file(self, path: str, kind: Kind, module: str = "") -> ReadFile:
        """Read a file and note its problems."""
        found = self.read(path, kind, module)
        self.files[path] = found
        self.problems += found.problems
        return found

    def index(self, folder: Folder, kind: Kind) -> ReadFile | None:
        """The `index.md` of a folder, if it has one."""
        return self.file(folder.join(folder.index), kind) if folder.index else None

    def add(self, path: str, code: str, place: tuple[int, int] = (1, 1), **words: object) -> None:
        """Note a problem found between files."""
        report = Report(path)
        line, column = place
        report.add(code, line, column, **words)
        self.problems += report.problems

    def holder(self, key: str, claims: list[str]) -> str:
        """Which of the paths that claim a key has it: the one served before, else the first.

        The content folder itself is always the module of the lessons that stand directly in it.
        """
        known = self.before.places.get(key)
        return known.path if known and known.path in claims and "" not in claims else claims[0]


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """A module as its folder has it; files are by key."""

    key: str
    path: str
    index: ReadFile | None
    visibility: Visibility
    lessons: Mapping[str, ReadFile]
    banks: Mapping[str, ReadFile]
    quizzes: Mapping[str, ReadFile]

    @property
    def front(self) -> FrontMatter:
        """The front matter of its index file."""
        return self.index.front if self.index else FrontMatter()

    @property
    def body(self) -> str:
        """The HTML of its index file."""
        return self.index.content.html if self.index and isinstance(self.index.content, IndexSource) else ""

    @property
    def title(self) -> str:
        """Its title: given, or made of its key."""
        content = self.index.content if self.index else None
        return (content.title if isinstance(content, IndexSource) else "") or title_from(self.key)


def key_for(file: ReadFile | None, name: str) -> str:
    """The key that front matter names, else that of the name of the folder or file (without extension)."""
    return (tidy_key(file.front.text("key")) if file else "") or key_of(name)


def read_module(reading: Reading, folder: Folder, key: str, index: ReadFile | None, outer: Visibility) -> ModuleSource:
    """Read the files of a module; `outer` is who sees the path it stands in."""
    visibility = index.front.visibility.within(outer) if index else outer
    for name in folder.twice:
        reading.add(folder.join(name), "key-twice", key=key_of(name), other="the same path of the other folder")
    groups = [_by_key(reading, folder, names, key) for names in (folder.lessons, folder.banks, folder.quizzes)]
    lessons, banks, quizzes = _with_own_names(reading, groups, key)
    return ModuleSource(key, folder.path, index, visibility, lessons, banks, quizzes)


def _by_key(reading: Reading, folder: Folder, names: list[str], module: str) -> dict[str, ReadFile]:
    """The files of one kind by key; of several with one key only its holder is served."""
    claims: dict[str, list[tuple[str, ReadFile]]] = {}
    for name in names:
        file = reading.file(folder.join(name), kind_of(name), module)
        key = tidy_key(file.front.text("key")) or file.stem
        if key:
            claims.setdefault(key.casefold(), []).append((key, file))
        else:
            reading.add(file.path, "no-key", name=name)
    found = {}
    for held in claims.values():
        path = reading.holder(f"{kind_of(names[0])} {module}/{held[0][0]}", [file.path for _, file in held])
        for key, file in held:
            if file.path == path:
                found[key] = file
            else:
                reading.add(file.path, "key-twice", file.front.place("key"), key=key, other=path)
    return {key: file for key, file in found.items() if file.content is not None}


def _with_own_names(reading: Reading, groups: list[dict[str, ReadFile]], module: str) -> list[dict[str, ReadFile]]:
    """The files, where every question of the module has a name of its own.

    A name that an author gave twice is an error, and its second question is not served; names made of headings give
    way to those given, and are numbered.
    """
    files = [file for group in groups for file in group.values()]
    given: dict[str, str] = {}
    for file in files:
        for name, _place in file.names:
            known = reading.before.questions.get(f"{module}#{name}")
            if name not in file.unnamed and (name not in given or (known and known.path == file.path)):
                given[name] = file.path  # of several, the file that had it before
    taken, numbers, changed = set(given), Counter[str](), {}
    for file in files:
        changes: dict[str, str] = {}
        for name, place in file.names:
            if name not in file.unnamed and given[name] != file.path:
                other = next(one for one in files if one.path == given[name])
                where = f"line {dict(other.names)[name][0]} of `{other.path.rpartition('/')[2]}`"
                reading.add(file.path, "id-twice", place, name=name, other=where)
                changes[name] = ""
            elif name in file.unnamed:
                changes |= _numbered(name, taken, numbers)
        changed[file.path] = _rename(file, changes, module) if changes else file
    return [{key: changed[file.path] for key, file in group.items()} for group in groups]


def _numbered(name: str, taken: set[str], numbers: Counter[str]) -> dict[str, str]:
    """The change that a name made of a heading needs so that it is free; `numbers` are the last ones given."""
    free = name
    while free in taken:
        numbers[name] += 1
        free = f"{name}-{numbers[name] + 1}"
    taken.add(free)
    return {name: free} if free != name else {}


def _rename(file: ReadFile, changes: Mapping[str, str], module: str) -> ReadFile:
    """The file with some of its questions under another name; an empty name leaves the question out."""

    def change(question: Question) -> Question | None:
        name = changes.get(question.name)
        if name is None:
            return question
        renamed = replace(question, key=f"{module}#{name}")
        return replace(renamed, fingerprint=fingerprint(renamed)) if name else None

    assert file.content is not None  # noqa: S101 (asked before)
    return replace(file, content=with_questions(file.content, change))
