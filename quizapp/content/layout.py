"""Which folders are modules and learning paths, and which keys they claim; format section 1."""

from dataclasses import dataclass, field

from quizapp.content.files import ReadFile
from quizapp.content.folder import Folder
from quizapp.content.front_matter import FrontMatter
from quizapp.content.model import EVERYBODY, Visibility
from quizapp.content.modules import Reading, key_for

MAIN_MODULE = "main"


@dataclass(frozen=True, slots=True)
class Claim:
    """A folder that would be the module of a key; `outer` is who sees the path it stands in."""

    key: str
    folder: Folder
    index: ReadFile | None = None
    outer: Visibility = EVERYBODY


@dataclass(frozen=True, slots=True)
class PathSource:
    """A learning path as its folder has it; `own` are the claims of the modules in it, `visibility` is who sees it."""

    key: str
    folder: Folder
    index: ReadFile | None
    own: tuple[Claim, ...]
    visibility: Visibility

    @property
    def front(self) -> FrontMatter:
        """The front matter of its index file."""
        return self.index.front if self.index else FrontMatter()

    @property
    def index_path(self) -> str:
        """The content path of its index file, whether there is one or not."""
        return self.folder.join(self.folder.index or "index.md")


@dataclass(slots=True)
class Layout:
    """Modules and paths of a folder tree; of several claims on a module's key the holder is chosen later."""

    reading: Reading
    claims: list[Claim] = field(default_factory=list)
    paths: list[PathSource] = field(default_factory=list)

    def read(self, tree: Folder, outer: Visibility) -> None:
        """Take up the whole tree, which `outer` sees; what stands too deep, or gives no key, is reported."""
        self._report_names(tree)
        if tree.is_module:
            self.claims.append(Claim(MAIN_MODULE, tree, outer=outer))
        for child in tree.folders:
            if child.is_module:
                self._claim(child, outer)
            else:
                self._read_path(child, outer)

    def _claim(self, folder: Folder, outer: Visibility) -> list[Claim]:
        """The claim of a folder with lessons, in a list; an empty list where its name gives no key."""
        for inner in folder.folders:
            self._report_deep(inner, folder)
        index = self.reading.index(folder, "module")
        key = key_for(index, folder.name)
        if not key:
            self.reading.add(folder.path, "no-key", name=folder.name)
            return []
        claim = Claim(key, folder, index, outer)
        self.claims.append(claim)
        return [claim]

    def _read_path(self, folder: Folder, outer: Visibility) -> None:
        index = self.reading.index(folder, "path" if folder.has_content else "folder")
        visibility = index.front.visibility.within(outer) if index else outer
        own = [claim for child in folder.folders if child.is_module for claim in self._claim(child, visibility)]
        others = [child for child in folder.folders if not child.is_module]
        for child in others:
            for inner in child.folders:
                self._report_deep(inner)
        names_modules = index is not None and index.front.texts("modules")
        if not folder.has_content and not names_modules:
            if not folder.trouble:
                self.reading.add(folder.path, "empty-folder")
            return
        for child in others:
            if not child.has_content:
                self.reading.add(child.path, "empty-folder")
        if own or names_modules:
            self._add_path(PathSource(key_for(index, folder.name), folder, index, tuple(own), visibility))

    def _add_path(self, path: PathSource) -> None:
        twin = next((one for one in self.paths if one.key.casefold() == path.key.casefold()), None)
        if not path.key:
            self.reading.add(path.folder.path, "no-key", name=path.folder.name)
        elif twin:
            self.reading.add(path.folder.path, "key-twice", key=path.key, other=twin.folder.path)
        else:
            self.paths.append(path)

    def _report_deep(self, folder: Folder, module: Folder | None = None) -> None:
        """Report a folder that stands too deep: because of a file that makes the one around it a module?"""
        if not folder.has_content:
            return
        if module is None:
            self.reading.add(folder.path, "too-deep", why="", mend="Move it up one folder.")
            return
        file = module.join([*module.lessons, *module.banks, *module.quizzes][0])
        why = f": `{file}` makes the folder around it a module"
        self.reading.add(folder.path, "too-deep", why=why, mend=f"Move `{file}` into a module, or this up one folder.")

    def _report_names(self, folder: Folder) -> None:
        if folder.trouble:
            self.reading.add(folder.path or ".", "unreadable", reason=folder.trouble)
        for name in folder.nameless:
            self.reading.add(folder.join(name), "unreadable", reason="its name is no text")
        for inner in folder.folders:
            self._report_names(inner)
