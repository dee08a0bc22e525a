"""`quizapp serve`: make what is missing, then serve the site with Granian."""

import errno
import os
import shlex
import signal
import socket
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from quizapp.actions import people, tokens
from quizapp.cli._reading import clear_up, throwaway
from quizapp.cli._server_lock import PATIENCE_SECONDS, leave_word, only_server
from quizapp.cli._watching import start_watching
from quizapp.content.model import Catalogue
from quizapp.errors import QuizappError, ServeError
from quizapp.settings import Settings, read_settings
from quizapp.site import Site, prepare_site, require_content
from quizapp.web import create_app
from quizapp.web.links import address_outside_requests

if TYPE_CHECKING:
    from flask import Flask

PARENT_VARIABLE = "QUIZAPP_PARENT"
WATCH_SECONDS = 0.5
STOP_SECONDS = 5  # for a page that is being made


@click.command()
@click.argument("content", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--instance", help="The folder for database, secret and cache.  [default: instance]")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="How many processes.")
@click.option("--rev", metavar="REVISION", help="Read CONTENT as a git branch, tag or commit has it; record nothing.")
def command(
    content: str | None, host: str, port: int, instance: str | None, workers: int, rev: str | None
) -> None:  # fmt: skip
    """Serve the folder CONTENT (default: content) as a training site.

    With --rev it is read from another revision of its git repository, beside a site that may be running: a link is
    printed with which one sees all of it as an author, and everything that is done there is forgotten at the end.
    """
    try:
        settings = read_settings(os.environ, {"content": content, "instance": instance})
        if rev is not None:
            with throwaway(rev, content, settings) as reading:
                _serve(reading, host, port, workers)
            return
        require_content(settings)
        _serve(settings, host, port, workers)
    except QuizappError as error:
        raise click.ClickException(str(error)) from None


def worker() -> "Flask":
    """What Granian loads in each worker process: the site of the environment, ended with its parent."""
    _hear_parent_only()
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    app = create_app()
    start_watching(app.extensions["quizapp"])
    return app


def _serve(settings: Settings, host: str, port: int, workers: int) -> None:
    listens = f"http://{_shown(host)}:{port}"
    reached = settings.address or listens
    with only_server(settings.instance) as held:
        _require_port(host, port)
        site = prepare_site(settings)
        site.forget_what_is_gone()
        _tell_workers(settings)
        link = _reader_link(site, reached) if settings.revision else _owner_link(site, reached)
        leave_word(held, reached)
        site.database.close()
        _announce(site, listens, link)
        _run(host, port, workers)


def _announce(site: Site, listens: str, link: str) -> None:
    """Say what is served where, what is wrong with it, and the link for who may do more than look."""
    settings = site.settings
    problems = sum(problem.severity != "advice" for problem in site.problems)
    click.echo(f"{site.name}: {_lessons_of(site.catalogue)} at {listens}/ (stop with Ctrl+C)")
    if settings.revision:
        click.echo(f"This is {settings.revision}. Nothing is recorded; a later commit shows after a new start.")
    if problems:
        where = "under Teach, Problems" if settings.revision else f"with {_check_of(settings)}"
        folder = "this revision" if settings.revision else settings.content
        click.echo(f"{_counted(problems, 'problem')} in {folder}: see them {where}")
    if link and settings.revision:
        click.echo(f"See it as an author does, with keys and drafts; who has this link can:\n{link}")
    elif link:
        click.echo(f"Nobody owns this site yet. Become its owner, once, within seven days:\n{link}")


def _reader_link(site: Site, base: str) -> str:
    """The address at which one becomes the author who reads a revision."""
    now = datetime.now(UTC)
    reader = people.add_person(site.database, "Reader", "", "", ("author", "instructor"), None, now)
    token = tokens.reader_token(site.secret, reader, now + tokens.HANDED_OVER)
    return address_outside_requests(create_app(site=site), "revision.enter", base, token=token)


def _owner_link(site: Site, base: str) -> str:
    """The address at which the first owner makes an account; empty when there is an owner."""
    if people.has_owner(site.database):
        return ""
    token = tokens.owner_token(site.secret, datetime.now(UTC) + tokens.HANDED_OVER)
    return address_outside_requests(create_app(site=site), "account.become_owner", base, token=token)


def _lessons_of(catalogue: Catalogue) -> str:
    """How many lessons there are, in words, drafts apart."""
    drafts = [lesson.visibility.is_draft for module in catalogue.modules.values() for lesson in module.lessons]
    told = _counted(drafts.count(False), "lesson")
    return f"{told} and {_counted(drafts.count(True), 'draft')}" if any(drafts) else told


def _check_of(settings: Settings) -> str:
    """The command that tells the problems of this site."""
    words = ["quizapp", "check", str(settings.content)]
    if settings.instance != Settings().instance:
        words += ["--instance", str(settings.instance)]
    return shlex.join(words)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _counted(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else word + 's'}"


def _require_port(host: str, port: int) -> None:
    """Raise ServeError unless the port is free; Granian itself would share it, or fail with a backtrace."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise ServeError(f"--host {host}: is not an address of this machine. Use 127.0.0.1 or 0.0.0.0.") from None
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
                return
            except PermissionError:
                raise ServeError(f"Port {port}: is not open to you. Use one from 1024 on: --port 8000") from None
            except OSError as error:
                if time.monotonic() > patience:
                    reason = "is taken" if error.errno == errno.EADDRINUSE else str(error.strerror)
                    raise ServeError(f"Port {port}: {reason}. Try another: --port {port + 1}") from None
        time.sleep(0.1)


def _tell_workers(settings: Settings) -> None:
    """Granian's factory takes no arguments, so the environment carries them; paths hold wherever a worker stands."""
    os.environ["QUIZAPP_CONTENT"] = str(settings.content.resolve())
    if settings.private:
        os.environ["QUIZAPP_PRIVATE"] = str(settings.private.resolve())
    os.environ["QUIZAPP_INSTANCE"] = str(settings.instance.resolve())
    os.environ[PARENT_VARIABLE] = str(os.getpid())


def _run(host: str, port: int, workers: int) -> None:
    # Loaded here, because no other command needs a server.
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "quizapp.cli.serve:worker",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        factory=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def _hear_parent_only() -> None:
    """Let a worker be stopped by its parent alone, also while it starts.

    A terminal sends Ctrl+C to all processes, and the parent sends SIGTERM at the same moment: Granian's handler, when
    the second signal comes within the first, waits for itself for ever. Until Granian sets its handlers a worker has
    those of its parent, which stop nothing. Threads made later inherit what is blocked.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _leave_with_parent() -> None:
    """End this process when its parent is gone: a killed parent must not leave a half of the site behind."""
    parent = int(os.environ.get(PARENT_VARIABLE, "0"))
    while parent and os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    if parent:
        clear_up()
        os.kill(os.getpid(), signal.SIGKILL)
