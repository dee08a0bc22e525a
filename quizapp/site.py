"""One running site: its settings, its catalogue and its database."""

import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from quizapp.advice.advising import advise
from quizapp.advice.memo import Memo as AdviceMemo
from quizapp.content.boxes import shown
from quizapp.content.catalogue import forget_what_is_gone, read_catalogue
from quizapp.content.drafts import Draft, read_draft
from quizapp.content.excerpts import lines_in
from quizapp.content.folder import plain_file, state_of
from quizapp.content.memory import Memory
from quizapp.content.model import Catalogue
from quizapp.content.snapshots import take
from quizapp.content.visibility import Viewer, visible
from quizapp.errors import Problem, SettingsError
from quizapp.settings import Settings, require_private
from quizapp.store.database import DATABASE_FILE, Database, open_database
from quizapp.store.migrate import require_current, upgrade
from quizapp.store.snapshots import keep_snapshots, unknown_fingerprints

LOOKING_PAUSE, LONGEST_PAUSE_SECONDS = 50.0, 0.5


class Site:
    """Reads content again when a file changed; the snapshots of what it shows are stored before it is shown.

    `looking_pause` is how long it does not look for changes after it looked, as a multiple of what that took: a large
    folder is not looked through for every request. It makes 5 ms for 20 files, and 150 ms for 500. `look_again` ends
    it; any thread may call that.
    """

    looking_pause = LOOKING_PAUSE

    def __init__(self, settings: Settings, database: Database, secret: bytes) -> None:
        self.settings, self.database, self.secret = settings, database, secret
        self.problems: list[Problem] = []
        self._catalogue = Catalogue()
        self._state: object = None
        self._look_again = 0.0
        self._is_told = threading.Event()
        self._views: dict[tuple[Viewer, date], Catalogue] = {}
        self._memory = Memory(settings.instance / "content")
        self._advice_memo = AdviceMemo()
        self._advice: tuple[Catalogue, list[Problem]] = (Catalogue(), [])

    @property
    def catalogue(self) -> Catalogue:
        """All content as it is on disk now, or was within the pause."""
        if time.monotonic() < self._look_again and not self._is_told.is_set():
            return self._catalogue
        self._is_told.clear()  # before the look: what changes from here on is told again
        began = time.thread_time()
        state = state_of(self.settings.content_folders)
        pause = self.looking_pause * (time.thread_time() - began)
        self._look_again = time.monotonic() + min(pause, LONGEST_PAUSE_SECONDS)
        if state != self._state and (state or not self._state or self.settings.content.is_dir()):
            self._load(state)  # a folder that is gone for a moment keeps what was read from it
        return self._catalogue

    def look_again(self) -> None:
        """Something may have changed: the next who asks for the catalogue has it looked at, pause or not."""
        self._is_told.set()

    def forget_what_is_gone(self) -> None:
        """Remove what is kept of files that are in the content folders no more; for the start of a site."""
        forget_what_is_gone(self._memory, self.catalogue)

    def catalogue_for(self, viewer: Viewer, today: date) -> Catalogue:
        """What somebody sees today."""
        catalogue = self.catalogue
        key = (viewer, today)
        view = self._views.get(key)
        if view is None:
            view = visible(catalogue, viewer, today)
            kept = {known: one for known, one in self._views.items() if known[1] == today}
            self._views = {**kept, key: view}
        return view

    def has_good_version(self, path: str) -> bool:
        """Whether a version of a content file without an error is kept, which is served while the file has one."""
        return self._memory.has_good_version(path, self._catalogue.files)

    @property
    def advice(self) -> list[Problem]:
        """Advice to the authors of the catalogue; worked out when somebody asks."""
        catalogue = self.catalogue
        if self._advice[0] is not catalogue:
            lines = lines_in(self.settings.content_folders)
            self._advice = (catalogue, advise(catalogue, lines, self._advice_memo, self.settings.language))
        return self._advice[1]

    @property
    def told(self) -> list[Problem]:
        """What is wrong in the content, and the advice to its authors, in the order of path and line."""
        return sorted([*self.problems, *self.advice])

    def read_draft(self, path: str, data: bytes) -> Draft:
        """What the content would be with these bytes in the place of a file, and advice on it; nothing is written."""
        draft = read_draft(self.settings.content_folders, self._memory, path, data, self.problems)
        stored, own = lines_in(self.settings.content_folders), shown(data).split("\n")
        advice = advise(
            draft.catalogue,
            lambda one: own if one == path else stored(one),
            self._advice_memo,
            self.settings.language,
        )
        told = {*draft.problems, *(one for one in advice if one.path == path)}
        return replace(draft, problems=tuple(sorted(told)))

    @property
    def name(self) -> str:
        """What the site is called."""
        return self.settings.name or self._catalogue.title or "quizapp"

    def _load(self, state: object) -> None:
        catalogue, problems = read_catalogue(self.settings.content, self._memory, self.settings.private)
        questions = {question.fingerprint: question for question in catalogue.questions().values()}
        with self.database.reading() as connection:
            new = unknown_fingerprints(connection, questions)
        if new:
            with self.database.writing() as connection:
                keep_snapshots(connection, [take(questions[fingerprint]) for fingerprint in sorted(new)])
        version = hashlib.sha256(repr(state).encode()).hexdigest()[:16]  # pictures and included texts count too
        self._catalogue, self.problems, self._state = replace(catalogue, version=version), problems, state
        self._views = {}


def open_site(settings: Settings) -> Site:
    """Open a site whose instance folder is prepared.

    Raises SettingsError when the content folder is missing, DatabaseError when the schema is not this program's.
    """
    require_content(settings)
    return _open(settings, require_current)


def prepare_site(settings: Settings) -> Site:
    """Make what is missing (instance folder, secret, tables), bring an older schema up to date, and open the site.

    Raises SettingsError when something is missing that the settings name, DatabaseError when the schema is a newer
    program's.
    """
    require_content(settings)
    _require_branding(settings)
    return prepare_instance(settings)


def prepare_instance(settings: Settings) -> Site:
    """As `prepare_site`, for what is done without the content: there may be none here."""
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
        _make_secret(settings.instance / "secret_key")
    except OSError as error:
        raise SettingsError(
            f"{settings.instance}: cannot be written: {error.strerror}. Name another folder with --instance."
        ) from None
    return _open(settings, upgrade)


def open_to_read(settings: Settings) -> Database:
    """Open the database of a site that was made before, for a look at it: nothing is made or brought up to date.

    Raises SettingsError where there is none, DatabaseError when its schema is not this program's.
    """
    require_instance(settings)
    database = open_database(settings.database_url, settings.instance)
    try:
        require_current(database)
    except BaseException:
        database.close()
        raise
    return database


def _open(settings: Settings, make_ready: Callable[[Database], None]) -> Site:
    database = open_database(settings.database_url, settings.instance)
    try:
        make_ready(database)
        return Site(settings, database, _secret(settings.instance))
    except BaseException:
        database.close()
        raise


def require_content(settings: Settings) -> None:
    """Raise SettingsError when the content folder is missing, or the private one that was named."""
    if not settings.content.is_dir():
        raise SettingsError(
            f"{settings.content}: there is no such folder. Name the folder with your Markdown: quizapp serve FOLDER"
        )
    require_private(settings)


def require_instance(settings: Settings) -> None:
    """Raise SettingsError where no site was made yet: for what is not to make one."""
    known = [settings.instance / "secret_key", settings.instance / DATABASE_FILE]
    if not all(file.is_file() for file in (known[:1] if settings.database_url else known)):
        raise SettingsError(
            f"{settings.instance}: there is no site here. Name the folder of the site with --instance, or make one"
            " with `quizapp serve`."
        )


def _require_branding(settings: Settings) -> None:
    """Only for the start: a running site does without a picture, and says so with a 404."""
    files = {"logo": settings.logo, "imprint": "" if "://" in settings.imprint else settings.imprint}
    for name, file in files.items():
        if file and not plain_file(settings.instance, file):
            raise SettingsError(
                f"{settings.instance / file}: there is no such file. Mend the setting `{name}`, or remove it."
            )


def _secret(instance: Path) -> bytes:
    try:
        return (instance / "secret_key").read_bytes()
    except OSError as error:
        raise SettingsError(f"{instance / 'secret_key'}: {error.strerror}. Start with `quizapp serve`.") from None


def _make_secret(file: Path) -> None:
    """Make the secret once, whole or not at all, readable by its owner only, and keep it out of git."""
    if file.exists():
        return
    _hide_from_git(file.parent)
    fresh = file.with_name(f"secret_key.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(32))
    fresh.replace(file)


def _hide_from_git(instance: Path) -> None:
    """Let git take nothing of a new instance folder, unless it says itself what to take, or is a whole repository."""
    ignored = instance / ".gitignore"
    if not ignored.exists() and not (instance / ".git").exists():
        ignored.write_text("*\n", encoding="utf-8")
