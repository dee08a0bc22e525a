"""Which content folder a path that a person named belongs to, and where in it."""

from pathlib import Path


def content_root(path: Path, configured: Path) -> Path:
    """The content folder of a file or folder.

    It is the configured one where that holds the path; else the nearest folder named `content` on the way up; else
    the folder itself, or for a file the one it stands in.
    """
    whole = path.resolve()
    above = [whole, *whole.parents] if whole.is_dir() else list(whole.parents)
    if configured.resolve() in above:
        return configured.resolve()
    return next((folder for folder in above if folder.name == "content"), above[0])


def content_path_of(path: Path, root: Path) -> str:
    """The content path of a file or folder of `root`; empty for the root itself."""
    inner = path.resolve().relative_to(root.resolve()).as_posix()
    return "" if inner == "." else inner
