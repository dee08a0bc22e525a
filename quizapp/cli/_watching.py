"""A look at the file system in each worker of `serve`: it only makes the next look at the content come sooner."""

import logging
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from watchfiles import Change, watch

from quizapp.site import Site

GROUPED_MS, STEP_MS = 100, 20  # changes that come together are told as one
IGNORED_NAMES = (".", "_")  # as the content does: no folder or file that begins so is read


def start_watching(site: Site, ended: threading.Event | None = None) -> threading.Thread:
    """Let every change in the content folders make the site look again at once, until `ended` is set.

    Where nothing can be watched (too many folders for the system, a folder on a network) that is logged once, and the
    site goes on finding changes by looking.
    """
    thread = threading.Thread(target=_watch, args=(site, ended), name="watching", daemon=True)
    thread.start()
    return thread


def _watch(site: Site, ended: threading.Event | None) -> None:
    folders = [folder.resolve() for folder in site.settings.content_folders]
    try:
        for changes in watch(*folders, watch_filter=None, debounce=GROUPED_MS, step=STEP_MS, stop_event=ended):
            if concerns_content(folders, changes):
                site.look_again()
    except (OSError, RuntimeError) as error:
        logging.getLogger(__name__).warning(
            "%s: cannot be watched: %s. Changes are found by looking, at most half a second later.",
            folders[0],
            str(error).rstrip("."),
        )


def concerns_content(folders: Sequence[Path], changes: Iterable[tuple[Change, str]]) -> bool:
    """Whether any of the changed files lies where content is read."""
    return any(_is_read(folder, Path(path)) for _, path in changes for folder in folders)


def _is_read(folder: Path, path: Path) -> bool:
    if not path.is_relative_to(folder):
        return False
    return not any(name.startswith(IGNORED_NAMES) for name in path.relative_to(folder).parts)
