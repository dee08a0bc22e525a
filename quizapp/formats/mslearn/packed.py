"""A tree of Microsoft Learn in a zip archive: a repository as GitHub hands it out, or the folder of a module."""

from collections.abc import Mapping

from quizapp.formats.archives import BadArchive, read_archive
from quizapp.formats.mslearn.tree import MemoryTree

TEXTS = (".yml", ".yaml", ".md")
MAX_TEXTS, MAX_TEXT_BYTES = 1200, 8 * 1024 * 1024  # what is converted while somebody waits
FOREIGN = "__MACOSX"  # what macOS puts beside the files of an archive


def tree_in(data: bytes) -> MemoryTree:
    """The tree that an archive holds, hidden files left out. Raises BadArchive, also for more than is converted here.

    One folder that all of it stands in is that of the repository, and is no part of its paths.
    """
    files = {path: body for path, body in read_archive(data).items() if _is_shown(path)}
    texts = [body for path, body in files.items() if path.lower().endswith(TEXTS)]
    if len(texts) > MAX_TEXTS or sum(map(len, texts)) > MAX_TEXT_BYTES:
        raise BadArchive(
            f"this has {len(texts)} texts with {sum(map(len, texts)) >> 10} KiB, and {MAX_TEXTS} with"
            f" {MAX_TEXT_BYTES >> 10} KiB are converted here at most. Unpack it, and run `quizapp import mslearn`."
        )
    return MemoryTree(_without_top(files))


def _is_shown(path: str) -> bool:
    names = path.split("/")
    return names[0] != FOREIGN and path.isprintable() and not any(not name or name.startswith(".") for name in names)


def _without_top(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files without the one folder that holds them all; a folder with YAML in it is a module and keeps its name."""
    tops = {path.partition("/")[0] for path in files}
    is_module = any(path.count("/") == 1 and path.lower().endswith((".yml", ".yaml")) for path in files)
    if len(tops) != 1 or is_module:
        return files
    return {path.partition("/")[2]: body for path, body in files.items() if "/" in path}
