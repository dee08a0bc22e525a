"""The content folders that a path belongs to which a command was given."""

import os
from pathlib import Path

import click

from quizapp.content.roots import content_root
from quizapp.errors import SettingsError
from quizapp.settings import PREFIX, Settings, require_private


def folders_of(path: Path, settings: Settings) -> tuple[Path, Path | None]:
    """The content folder of a path, and the private one that the settings lay over it, if any.

    None is laid over where the environment names another content folder, or over the private one itself.
    Raises UsageError when the private one is missing.
    """
    root = content_root(path, settings.content)
    is_anothers = bool(os.environ.get(f"{PREFIX}CONTENT")) and root != settings.content.resolve()
    private = settings.private.resolve() if settings.private else None
    if private is None or is_anothers or private in (root, *root.parents):
        return root, None
    try:
        require_private(settings)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    return root, settings.private
