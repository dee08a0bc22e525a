"""A site for one reading: another revision, in a folder with an instance of its own that is gone afterwards."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from quizapp.cli._revisions import at_revision, content_folder
from quizapp.content.folder import plain_file
from quizapp.settings import PREFIX, Settings

FOLDER_VARIABLE = "READING_OF_QUIZAPP"  # no setting, and so without their prefix
TAKEN_OVER = ("name", "language", "time_zone", "colour", "logo", "imprint")  # what shapes how a site looks


@contextmanager
def throwaway(revision: str, content: str | None, settings: Settings) -> Iterator[Settings]:
    """Settings under which a revision is read, and the environment for those who serve it.

    Of the site only its looks are taken over: neither its database nor its instance folder, nor its mail. Raises
    GitError for an unknown revision, or one without the content folder.
    """
    folder = content_folder(Path(content) if content else None, settings)
    with at_revision(revision, folder, settings) as version:
        assert version.commit  # noqa: S101 (it is one of a revision)
        instance = version.folder.with_name("instance")
        instance.mkdir()
        looks = {name: getattr(settings, name) for name in TAKEN_OVER} | _copied(settings, instance)
        day = version.commit.date.partition("T")[0]
        label = f"{revision} ({version.commit.short}, {day})"
        reading = replace(
            Settings(content=version.folder, instance=instance, private=version.over, revision=label), **looks
        )
        _tell_workers_only(reading, instance.parent)
        yield reading


def clear_up() -> None:
    """Remove the folder of a reading whose parent was killed; for its workers."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(settings: Settings, instance: Path) -> dict[str, str]:
    """The logo and imprint of the site, copied; what is missing is left out."""
    found = {}
    for name in ("logo", "imprint"):
        file = getattr(settings, name)
        source = plain_file(settings.instance, file) if file and "://" not in file else None
        if source:
            (instance / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, instance / file)
        found[name] = file if source or "://" in file else ""
    return found


def _tell_workers_only(settings: Settings, folder: Path) -> None:
    """Workers take their settings from the environment: nothing of the site's may be left in it."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    for name in (*TAKEN_OVER, "revision"):
        os.environ[PREFIX + name.upper()] = getattr(settings, name)
    os.environ[FOLDER_VARIABLE] = str(folder)
