"""The content folder to a Catalogue and its Problems."""

from collections.abc import Mapping
from pathlib import Path

from quizapp.content.assembly import Assembled, assemble
from quizapp.content.files import FileReader, ReadFile
from quizapp.content.folder import Kind, kind_of, scan, state_of
from quizapp.content.layout import MAIN_MODULE
from quizapp.content.markup import Renderer
from quizapp.content.memory import Memory
from quizapp.content.model import Catalogue
from quizapp.errors import Problem


def read_catalogue(
    folder: Path, memory: Memory | None = None, over: Path | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Read all content of `folder` and of what is laid over it; with a `memory`, files that did not change since are
    taken from it.

    Never raises for what stands in the files. A file with an error is served in its last good version where the
    memory has one, else without what is broken; the problems are those of the files as they are, in the order of path
    and line.
    """
    memory = memory or Memory()
    roots = (folder, over) if over else (folder,)
    reader = FileReader(roots, memory.fragments, Renderer())
    states = {state[0]: state for state in state_of(roots)}
    tree = scan(roots)

    def read(path: str, kind: Kind, module: str) -> ReadFile:
        return memory.read(path, kind, module, states, reader)

    def exists(path: str) -> bool:
        return path in states or any(state.startswith(f"{path}/") for state in states)

    found = assemble(tree, read, exists, memory.served)
    good = _last_good(found, memory)

    def read_good(path: str, kind: Kind, module: str) -> ReadFile:
        return reader.read(path, kind, module, good[path]) if path in good else read(path, kind, module)

    shown = assemble(tree, read_good, exists, memory.served) if good else found
    for path in shown.files.keys() - _broken(found):
        memory.keep_good(path, shown.files[path].digest, reader)
    memory.save(shown.served)
    return shown.catalogue, sorted(set(found.problems))


def read_single(folder: Path, path: str) -> ReadFile:
    """Read one Markdown file of a content folder by itself, whether it would be loaded or not; never raises."""
    kind: Kind = "module" if path.rpartition("/")[2] == "index.md" else kind_of(path)
    return FileReader((folder,), None, Renderer()).read(path, kind, MAIN_MODULE)


def _broken(found: Assembled) -> set[str]:
    return {problem.path for problem in found.problems if problem.severity == "error"}


def _last_good(found: Assembled, memory: Memory) -> Mapping[str, bytes]:
    """The last good versions of the files that have an error, by path."""
    versions = {path: memory.last_good(path, found.files[path].digest) for path in _broken(found) & found.files.keys()}
    return {path: data for path, data in versions.items() if data is not None}
