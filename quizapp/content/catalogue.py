"""The content folder to a Catalogue and its Problems."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quizapp.content.assembly import Assembled, assemble
from quizapp.content.files import FileReader, ReadFile
from quizapp.content.folder import Folder, Kind, kind_of, scan, state_of
from quizapp.content.layout import MAIN_MODULE
from quizapp.content.linking import link_problems
from quizapp.content.markup import Renderer
from quizapp.content.memory import Memory
from quizapp.content.model import Catalogue
from quizapp.content.sources import silenced
from quizapp.errors import Problem

TRIES = 5  # another process may have told what is served from where in the meantime


def read_catalogue(
    folder: Path, memory: Memory | None = None, over: Path | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Read all content of `folder` and of what is laid over it; with a `memory`, files that did not change since are
    taken from it.

    Never raises for what stands in the files. A file with an error of its own is served in its last good version where
    the memory has one, else without what is broken; the problems are those of the files as they are, in the order of
    path and line, without the advice that the files switch off.
    """
    memory = memory or Memory()
    roots = (folder, over) if over else (folder,)
    found = _settled(scan(roots), roots, memory)
    problems, used = silenced(sorted(set(found.problems)), found.catalogue.sources)
    return replace(found.catalogue, silenced=used), problems


def _settled(tree: Folder, roots: Sequence[Path], memory: Memory) -> Assembled:
    """The tree put together, so that every process agrees on what each key is served from."""
    reader = FileReader(roots, memory.fragments, Renderer())
    states = {state[0]: state for state in state_of(roots)}
    folders = {path[:end] for path in states for end, character in enumerate(path) if character == "/"}

    def read(path: str, kind: Kind, module: str) -> ReadFile:
        return memory.read(path, kind, module, states, reader)

    def exists(path: str) -> bool:
        return path in states or path in folders

    for attempt in range(TRIES):
        before, number = memory.served.load()
        found = assemble(tree, read, exists, before)
        if found.served == before or memory.served.save(found.served, number) or attempt == TRIES - 1:
            break
    return found


def forget_what_is_gone(memory: Memory, catalogue: Catalogue) -> None:
    """Remove good versions of files that are in the folder no more; for the start of a site, not while it runs."""
    memory.good.forget_others(catalogue.files)


def problems_of_single(folder: Path, path: str, catalogue: Catalogue) -> list[Problem]:
    """The problems of a Markdown file of a content folder that its catalogue does not hold, by itself."""
    file = read_single(folder, path)
    links = link_problems({path: file}, catalogue.links, lambda target: (folder / target).exists())
    return silenced(sorted({*file.problems, *links}), {path: file.source})[0]


def read_single(folder: Path, path: str) -> ReadFile:
    """Read one Markdown file of a content folder by itself, whether it would be loaded or not; never raises."""
    kind: Kind = "module" if path.rpartition("/")[2].lower() == "index.md" else kind_of(path)
    return FileReader((folder,), None, Renderer()).read(path, kind, MAIN_MODULE)
