"""What can be set: default < instance/settings.toml < QUIZAPP_* < what a command was told."""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from quizapp.errors import SettingsError

PREFIX = "QUIZAPP_"
INTERFACE_LANGUAGES = ("en",)  # so far
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
SERVER = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one site.

    Paths are relative to the working folder, `logo` and `imprint` to the instance folder.
    """

    content: Path = Path("content")
    instance: Path = Path("instance")
    database_url: str = ""  # empty: SQLite in the instance folder
    name: str = ""  # empty: the title of the root index.md
    language: str = "en"  # of the content; the interface speaks it too where it can
    time_zone: str = "UTC"
    private: Path | None = None  # a second content folder, laid over the first: banks that are not to be published
    editing: str = "on"  # whether authors may edit the content in the browser: on or off
    access: str = "open"  # open: guests too; account: whoever signs up; invited: whom an owner added
    logo: str = ""  # a picture
    colour: str = ""  # the accent, as #rrggbb; empty: our own blue
    imprint: str = ""  # a Markdown file, or the address of a page elsewhere
    address: str = ""  # where people reach the site, such as https://learn.example.org; for links in mail
    proxies: int = 0  # how many proxies of one's own stand before it and say who is asking
    mail_server: str = ""  # host:port; empty: no mail
    mail_security: str = "starttls"  # starttls, tls or none
    mail_from: str = ""
    mail_user: str = ""
    mail_password: str = ""
    revision: str = ""  # what is read where `serve --rev` serves another revision; said by that command only

    @property
    def content_folders(self) -> tuple[Path, ...]:
        """The content folder, and the one laid over it if there is one."""
        return (self.content, self.private) if self.private else (self.content,)

    @property
    def interface_language(self) -> str:
        """The language of the interface: the site's, where the interface has its sentences."""
        return self.language if self.language.partition("-")[0].lower() in INTERFACE_LANGUAGES else "en"

    @property
    def other_language(self) -> str:
        """The language of content where it is not that of the interface; empty where it is."""
        return "" if self.language == self.interface_language else self.language

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which dates are shown."""
        return ZoneInfo(self.time_zone)

    @property
    def is_closed(self) -> bool:
        """Whether guests are asked to sign in first."""
        return self.access != "open"


NAMES = tuple(field.name for field in fields(Settings))
IN_FILE = tuple(name for name in NAMES if name not in ("content", "instance", "revision"))
# How a setting is read that is no text.
READ: dict[str, Callable[[str], Any]] = {
    "content": Path,
    "instance": Path,
    "private": lambda value: Path(value) if value else None,
    "proxies": int,
    "address": lambda value: value.rstrip("/"),
}


def read_settings(environment: Mapping[str, str], given: Mapping[str, str | None]) -> Settings:
    """Put the settings together; `given` is what a command line says, None where it says nothing.

    Raises SettingsError for an unknown name or a value that cannot be used.
    """
    told = {name: value for name, value in given.items() if value is not None}
    said = _from_environment(environment)
    instance = Path(told.get("instance") or said.get("instance") or "instance")
    values = {**_from_file(instance / "settings.toml"), **said, **told, "instance": str(instance)}
    for name, (is_right, advice) in RULES.items():
        if name in values and not is_right(values[name]):
            raise SettingsError(f"{name}: {values[name]} cannot be used. {advice}")
    settings = Settings(**{name: READ.get(name, str)(value) for name, value in values.items()})
    if settings.mail_server and not settings.mail_from:
        raise SettingsError("mail_from: is missing. Write the address that mail comes from, or remove mail_server.")
    if settings.mail_server and not settings.address:
        raise SettingsError("address: is missing. Write where people reach the site: links in mail begin with it.")
    return settings


def require_private(settings: Settings) -> None:
    """Raise SettingsError when a private folder is named and missing."""
    if settings.private and not settings.private.is_dir():
        raise SettingsError(f"{settings.private}: there is no such folder. Mend the setting `private`, or remove it.")


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return not value or (parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0)
    except ValueError:
        return False


def _is_inner_path(value: str) -> bool:
    return not value or (not Path(value).is_absolute() and ".." not in Path(value).parts)


def _one_of(*words: str) -> tuple[Callable[[str], bool], str]:
    return words.__contains__, f"Write one of: {', '.join(words)}."


# name: whether a value can be used, and what to write instead
RULES: dict[str, tuple[Callable[[str], bool], str]] = {
    "time_zone": (_is_zone, "Write one such as Europe/Berlin."),
    "language": (lambda value: bool(LANGUAGE.fullmatch(value)), "Write a code such as en or pt-BR."),
    "access": _one_of("open", "account", "invited"),
    "editing": _one_of("on", "off"),
    "colour": (lambda value: not value or bool(COLOUR.fullmatch(value)), "Write it as #0a549e."),
    "logo": (_is_inner_path, "Name a picture in the instance folder, such as logo.svg."),
    "imprint": (
        lambda value: _is_inner_path(value) if "://" not in value else _is_address(value),
        "Name a Markdown file in the instance folder, or an address that begins with https://.",
    ),
    "address": (_is_address, "Write where people reach the site, such as https://learn.example.org."),
    "proxies": (
        lambda value: value.isdecimal() and int(value) <= 10,
        "Write how many proxies stand before the site: 1.",
    ),
    "mail_server": (
        lambda value: not value or bool(SERVER.fullmatch(value)),
        "Write host:port, such as mail.example.org:587.",
    ),
    "mail_security": _one_of("starttls", "tls", "none"),
}


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
        if not isinstance(value, str) and (name != "proxies" or type(value) is not int):
            raise SettingsError(f'{file}: {name} is not a text. Write `{name} = "…"`.')
    return {name: str(value) for name, value in values.items()}
