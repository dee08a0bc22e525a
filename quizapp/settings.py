"""What can be set: default < instance/settings.toml < QUIZAPP_* < what a command was told."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo

from quizapp.errors import SettingsError

PREFIX = "QUIZAPP_"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one site; paths are relative to the working folder."""

    content: Path = Path("content")
    instance: Path = Path("instance")
    database_url: str = ""  # empty: SQLite in the instance folder
    name: str = ""  # empty: the title of the root index.md
    language: str = "en"
    time_zone: str = "UTC"
    private: Path | None = None  # a second content folder, laid over the first: banks that are not to be published

    @property
    def content_folders(self) -> tuple[Path, ...]:
        """The content folder, and the one laid over it if there is one."""
        return (self.content, self.private) if self.private else (self.content,)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which dates are shown."""
        return ZoneInfo(self.time_zone)


NAMES = tuple(field.name for field in fields(Settings))
IN_FILE = tuple(name for name in NAMES if name not in ("content", "instance"))


def read_settings(environment: Mapping[str, str], given: Mapping[str, str | None]) -> Settings:
    """Put the settings together; `given` is what a command line says, None where it says nothing.

    Raises SettingsError for an unknown name or a value that cannot be used.
    """
    told = {name: value for name, value in given.items() if value is not None}
    said = _from_environment(environment)
    instance = Path(told.get("instance") or said.get("instance") or "instance")
    values = {**_from_file(instance / "settings.toml"), **said, **told, "instance": str(instance)}
    texts = {name: value for name, value in values.items() if name in IN_FILE and name != "private"}
    private = Path(values["private"]) if values.get("private") else None
    settings = Settings(Path(values.get("content", "content")), instance, **texts, private=private)
    try:
        ZoneInfo(settings.time_zone)
    except (KeyError, ValueError, OSError):
        raise SettingsError(f"time_zone: {settings.time_zone} is not known. Write one such as Europe/Berlin.") from None
    return settings


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    known = {PREFIX + name.upper(): name for name in NAMES}
    for variable in environment:
        near = difflib.get_close_matches(variable, known, n=1, cutoff=0.85)
        if variable.startswith(PREFIX) and variable not in known and near:
            raise SettingsError(f"{variable} is not a setting. Did you mean {near[0]}?")
    return {name: environment[variable] for variable, name in known.items() if environment.get(variable)}


def _from_file(file: Path) -> dict[str, str]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f'{file}: cannot be read: {error}. Write `name = "…"` lines.') from None
    for name, value in values.items():
        if name not in IN_FILE:
            near = difflib.get_close_matches(name, IN_FILE, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else f"The settings are: {', '.join(IN_FILE)}."
            raise SettingsError(f"{file}: {name} is not a setting. {hint}")
        if not isinstance(value, str):
            raise SettingsError(f'{file}: {name} is not a text. Write `{name} = "…"`.')
    return values
