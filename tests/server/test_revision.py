"""`quizapp serve --rev` as a process: another revision is read, the site is not touched, and nothing is left."""

import http.cookiejar
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.settings import Settings
from quizapp.site import prepare_site
from tests.conftest import LESSON as LESSON_TEXT
from tests.pages import Page
from tests.repositories import Repository
from tests.server.running import PATIENCE_SECONDS, Server, free_port, until

FILE = "content/exchange/mail-flow/2-online.md"
LESSON = "/modules/mail-flow/online"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"/>'


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A course on `main` with another text and a draft on `topic`, and a third text in the working folder."""
    repository = Repository(tmp_path / "course")
    repository.write("content/exchange/mail-flow/1-introduction.md", "# Introduction\n\nWelcome.\n")
    repository.write(FILE, LESSON_TEXT)
    repository.commit("Begin")
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.write(FILE, LESSON_TEXT.replace("A mailbox for the postmaster", "A mailbox of the topic"))
    repository.write("content/exchange/mail-flow/3-draft.md", "---\ndraft: true\n---\n# A draft of the topic\n")
    repository.commit("Topic")
    repository.git("checkout", "--quiet", "main")
    repository.write(FILE, LESSON_TEXT.replace("A mailbox for the postmaster", "A mailbox not yet committed"))
    return repository


class Reading:
    """A `quizapp serve --rev` of a repository, its temporary files in a folder of their own."""

    def __init__(self, repository: Repository, temporary: Path) -> None:
        self.root, self.temporary, self.port = repository.root, temporary, free_port()
        self.process: subprocess.Popen[str] | None = None
        self.jar = http.cookiejar.CookieJar()
        temporary.mkdir(exist_ok=True)

    def command(self, revision: str, *words: str) -> list[str]:
        place = ["--rev", revision, "--port", str(self.port), *words]
        return [sys.executable, "-m", "quizapp", "serve", *place]

    def environment(self, **more: str) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
        return {**plain, "TMPDIR": str(self.temporary), "PYTHONUNBUFFERED": "1", **more}

    def start(self, revision: str = "topic", *words: str, **more: str) -> "Reading":
        self.process = subprocess.Popen(
            self.command(revision, *words), cwd=self.root, env=self.environment(**more), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)
        return self

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def refused(self, revision: str, *words: str) -> str:
        done = subprocess.run(
            self.command(revision, *words), cwd=self.root, env=self.environment(), capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    def said(self) -> str:
        """What it printed by now: up to the line with the link."""
        assert self.process
        assert self.process.stdout
        lines: list[str] = []
        while not lines or "/revision/" not in lines[-1]:
            lines.append(self.process.stdout.readline())
            assert lines[-1], lines
        return "".join(lines)

    def open(self, address: str, data: dict[str, list[str]] | None = None) -> Page:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        body = urllib.parse.urlencode(data, doseq=True).encode() if data else None
        try:
            with opener.open(urllib.parse.urljoin(f"http://127.0.0.1:{self.port}", address), body, timeout=20) as page:
                return Page(page.read().decode())
        except urllib.error.HTTPError as error:
            return Page(error.read().decode())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process
        self.process.send_signal(how)
        self.process.communicate(timeout=20)

    def left(self) -> list[str]:
        return [one.name for one in self.temporary.glob("quizapp-revision-*")]


@pytest.fixture
def reading(repository: Repository, tmp_path: Path) -> Iterator[Reading]:
    reading = Reading(repository, tmp_path / "temporary")
    yield reading
    if reading.process:
        if reading.process.poll() is None:
            os.killpg(reading.process.pid, signal.SIGKILL)
        reading.process.communicate()


def tree(root: Path) -> dict[str, bytes]:
    return {one.relative_to(root).as_posix(): one.read_bytes() for one in sorted(root.rglob("*")) if one.is_file()}


def site_in(repository: Repository, text: str = "") -> Path:
    """The instance folder of a site of this repository."""
    instance = repository.root / "instance"
    instance.mkdir()
    (instance / "settings.toml").write_text(text, encoding="utf-8")
    (instance / "logo.svg").write_text(LOGO, encoding="utf-8")
    prepare_site(Settings(repository.root / "content", instance)).database.close()
    return instance


def test_a_revision_is_read_and_says_so_on_every_page(reading: Reading, repository: Repository) -> None:
    reading.start()
    short = repository.git("rev-parse", "--short=10", "topic")
    said = reading.said()
    assert f"This is topic ({short}, " in said
    for address in ("/", LESSON, "/modules/mail-flow/none", "/account/sign-in", "/progress"):
        page = reading.open(address)
        assert f"topic ({short}, " in page.text
        assert "nothing that is done here is recorded" in page.text
    text = reading.open(LESSON).text
    assert "A mailbox of the topic" in text
    assert "not yet committed" not in text
    assert "A draft of the topic" not in reading.open("/modules/mail-flow").text
    assert reading.open("/teach/").text == reading.open("/account/sign-in?next=/teach/").text


def test_the_link_shows_drafts_and_keys(reading: Reading) -> None:
    link = reading.start().said().split()[-1]
    assert link.startswith(f"http://127.0.0.1:{reading.port}/revision/")
    reading.open(link)
    assert "A draft of the topic" in reading.open("/modules/mail-flow").text
    page = reading.open(f"/teach{LESSON}")
    assert "It is the one thing left to do." in page.text
    assert "nothing that is done here is recorded" in page.text
    assert "too old" in reading.open(f"{link[:-3]}xyz").text


def test_nothing_is_written_where_the_site_is_and_nothing_is_left(reading: Reading, repository: Repository) -> None:
    instance = site_in(repository)
    before = tree(instance), repository.git("status", "--porcelain")
    reading.start()
    form = reading.open(LESSON).form("/checks/check")
    assert "Completed" in reading.open(form.action, form.data("The MX record")).text
    assert len(reading.left()) == 1
    reading.stop()
    assert (tree(instance), repository.git("status", "--porcelain")) == before
    assert reading.left() == []


def test_looks_are_taken_over_and_the_database_is_not(reading: Reading, repository: Repository) -> None:
    text = 'name = "Contoso Academy"\ncolour = "#7a1fa2"\nlogo = "logo.svg"\nlanguage = "de"\naccess = "invited"\n'
    site_in(repository, text)
    address = "postgresql://nobody@127.0.0.1:1/none"
    page = reading.start(QUIZAPP_DATABASE_URL=address, QUIZAPP_TIME_ZONE="Europe/Berlin").open(LESSON)
    assert "Contoso Academy" in page.text
    assert reading.open("/logo").html == LOGO
    assert "v=7a1fa2" in page.html
    assert 'lang="de"' in page.html


def test_it_runs_beside_the_site_with_a_cookie_of_its_own(reading: Reading, repository: Repository) -> None:
    server = Server(repository.root / "content", repository.root / "instance")
    server.database_url = ""
    try:
        server.start()
        reading.start()
        reading.open(LESSON)
        site = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(reading.jar))
        with site.open(f"{server.url}{LESSON}", timeout=20) as response:
            text = Page(response.read().decode()).text
        assert "not yet committed" in text
        assert "nothing that is done here" not in text
        names = {cookie.name for cookie in reading.jar}
        assert "quizapp" in names
        assert len(names) == 2
    finally:
        server.stop()


def test_a_killed_parent_leaves_nothing(reading: Reading) -> None:
    reading.start()
    assert len(reading.left()) == 1
    assert reading.process
    os.kill(reading.process.pid, signal.SIGKILL)
    assert until(lambda: reading.left() == [])


def test_what_a_kill_of_everything_leaves_the_next_start_removes(reading: Reading, repository: Repository) -> None:
    reading.start()
    assert reading.process
    os.killpg(reading.process.pid, signal.SIGKILL)
    reading.process.communicate()
    [left] = reading.left()
    reading.start("main")
    assert left not in reading.left()
    assert len(reading.left()) == 1


def test_a_commit_can_be_read_and_a_branch_that_moves_is_not_followed(reading: Reading, repository: Repository) -> None:
    first = repository.git("rev-parse", "main")
    reading.start()
    repository.git("update-ref", "refs/heads/topic", first)
    assert "A mailbox of the topic" in reading.open(LESSON).text
    reading.stop()
    reading.start(first)
    assert "A mailbox for the postmaster" in reading.open(LESSON).text


def test_what_cannot_be_read_is_told_and_leaves_nothing(reading: Reading, repository: Repository) -> None:
    assert "tpoic: there is no such revision. Did you mean topic?" in reading.refused("tpoic")
    assert "there is no such revision" in reading.refused("--workers=0")
    assert "contents: there is no such folder in " in reading.refused("topic", "contents")
    assert "lies in no git repository" in reading.refused("topic", str(reading.temporary))
    assert reading.left() == []
    assert not (repository.root / "instance").exists()
