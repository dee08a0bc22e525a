"""`quizapp serve` as a process: what it makes, what it refuses, and what a kill leaves behind."""

import http.cookiejar
import os
import shlex
import signal
import stat
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.cli.serve import STOP_SECONDS
from tests.pages import Page
from tests.server.running import Server, until

LESSON = "/modules/mail-flow/online"


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(folder, tmp_path / "instance")
    yield server
    server.stop()


class Browser:
    """Keeps cookies, follows redirects."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.jar = http.cookiejar.CookieJar()

    def open(self, address: str, data: dict[str, list[str]] | None = None) -> Page:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        body = urllib.parse.urlencode(data, doseq=True).encode() if data else None
        with opener.open(self.server.url + address, body, timeout=20) as response:
            return Page(response.read().decode())


def refused(command: list[str], **environment: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **environment})
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_makes_what_is_missing_and_keeps_the_secret_to_itself(server: Server) -> None:
    server.start()
    assert stat.S_IMODE((server.instance / "secret_key").stat().st_mode) == 0o600
    assert (server.instance / "quizapp.db").exists() != bool(server.database_url)
    assert server.process
    server.process.terminate()
    output, _ = server.process.communicate(timeout=20)
    assert f"2 lessons at http://127.0.0.1:{server.port}/" in output


def test_drafts_are_no_lessons(server: Server) -> None:
    draft = "---\ndraft: true\n---\n# Draft\n"
    (server.content / "exchange" / "mail-flow" / "3-draft.md").write_text(draft, encoding="utf-8")
    assert ": 2 lessons and 1 draft at http" in said_at_start(server)


def test_what_was_answered_is_there_after_a_kill(server: Server) -> None:
    server.start()
    browser = Browser(server)
    form = browser.open(LESSON).form("/checks/check")
    assert "Completed" in browser.open(form.action, form.data("MX record")).text
    server.kill_all()
    server.start()
    assert "Completed" in browser.open("/progress").text


def test_the_death_of_the_parent_leaves_no_orphan(server: Server) -> None:
    server.start()
    workers = server.workers()
    assert len(workers) == 2
    assert server.process
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.communicate()
    assert until(lambda: not server.answers(), 10)
    assert until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), 10)
    server.start()


def test_the_death_of_a_worker_leaves_no_dead_site(server: Server) -> None:
    server.start()
    before = server.workers()
    os.kill(before[0], signal.SIGKILL)
    assert until(lambda: len(server.workers()) == 2 and before[0] not in server.workers())
    assert until(server.answers)


def test_ctrl_c_is_for_the_parent_which_stops_its_workers_at_once(server: Server) -> None:
    server.start()
    workers = server.workers()
    for worker in workers * 3:
        os.kill(worker, signal.SIGINT)
    assert until(server.answers)
    assert server.workers() == workers
    assert server.process
    began = time.monotonic()
    os.killpg(server.process.pid, signal.SIGINT)
    output, said = server.process.communicate(timeout=20)
    assert time.monotonic() - began < STOP_SECONDS
    assert "WARNING" not in output + said


def test_a_second_server_on_the_instance_is_refused(server: Server, folder: Path) -> None:
    server.start()
    assert server.process
    said = refused(Server(folder, server.instance).command())
    assert f"is being served already, by process {server.process.pid}" in said


def test_a_taken_port_is_told(server: Server, folder: Path, tmp_path: Path) -> None:
    server.start()
    said = refused(Server(folder, tmp_path / "other", server.port).command())
    assert f"Port {server.port}: is taken. Try another: --port {server.port + 1}" in said


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    said = refused(Server(tmp_path / "none", tmp_path / "instance").command())
    assert f"{tmp_path / 'none'}: there is no such folder." in said
    assert not (tmp_path / "instance").exists()


def test_a_database_of_a_newer_program_is_told(server: Server) -> None:
    server.start()
    server.end()
    with server.database() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    said = refused(server.command(), QUIZAPP_DATABASE_URL=server.database_url or "")
    assert "was written by a newer quizapp: it is at revision 9999" in said


def test_a_database_that_cannot_be_opened_is_told(server: Server) -> None:
    server.instance.mkdir()
    (server.instance / "quizapp.db").write_text("this is not a database, and long enough to be read as one" * 20)
    said = refused(server.command(), QUIZAPP_DATABASE_URL="")
    assert "The database cannot be opened: file is not a database." in said
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    assert "The database cannot be opened: connection failed" in refused(server.command(), QUIZAPP_DATABASE_URL=nowhere)


def test_an_unknown_setting_is_told(server: Server) -> None:
    server.instance.mkdir()
    (server.instance / "settings.toml").write_text('nmae = "x"')
    assert "nmae is not a setting. Did you mean name?" in refused(server.command())


def test_the_environment_names_the_folders(server: Server, tmp_path: Path, folder: Path) -> None:
    command = [part for part in server.command() if part not in (str(folder), "--instance", str(server.instance))]
    said = refused(command, QUIZAPP_CONTENT=str(tmp_path / "elsewhere"), QUIZAPP_INSTANCE=str(tmp_path / "i"))
    assert f"{tmp_path / 'elsewhere'}: there is no such folder." in said


def test_one_form_sent_at_once_to_two_workers_is_one_attempt(server: Server) -> None:
    server.start()
    browser = Browser(server)
    form = browser.open(LESSON).form("/checks/check")
    pages: list[Page] = []
    threads = [
        threading.Thread(target=lambda: pages.append(browser.open(form.action, form.data("connector"))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({page.text for page in pages}) == 1
    assert len(pages) == 8
    with server.database() as connection:
        counts = [connection.exec_driver_sql(f"select count(*) from {table}").scalar_one() for table in TABLES]
    assert dict(zip(TABLES, counts, strict=True)) == {"learner": 1, "attempt": 1, "response": 1, "mark": 1}


TABLES = ("learner", "attempt", "response", "mark")


def test_the_server_reads_an_edit_on_the_next_request(server: Server) -> None:
    server.start()
    browser = Browser(server)
    file = server.content / "exchange" / "mail-flow" / "1-introduction.md"
    file.write_text("# Introduction\n\nChanged words.\n", encoding="utf-8")
    for _ in range(6):
        assert "Changed words." in browser.open("/modules/mail-flow/introduction").text


def said_at_start(server: Server) -> str:
    """What a start prints, once it answers."""
    server.start()
    assert server.process
    server.process.terminate()
    output, _ = server.process.communicate(timeout=20)
    return output


def test_a_fresh_site_has_a_link_for_its_owner_once(server: Server) -> None:
    output = said_at_start(server)
    assert "Nobody owns this site yet. Become its owner, once, within seven days:" in output
    [link] = [line for line in output.splitlines() if "/account/owner/" in line]
    assert link.startswith(server.url)
    server.start()
    browser = Browser(server)
    address = link.removeprefix(server.url)
    form = browser.open(address).form(address)
    page = browser.open(address, {**form.data(), "name": ["boss"], "password": ["four words nobody guesses"]})
    assert "boss" in page.text
    with pytest.raises(urllib.error.HTTPError, match="410"):
        Browser(server).open(address)
    server.end()
    assert "/account/owner/" not in said_at_start(server)
    server.start()
    assert "boss" in browser.open("/account/").text


def test_the_problems_it_counts_are_those_of_the_command_it_names(server: Server, tmp_path: Path) -> None:
    question = "## Q {#q}\n\n- (x) a\n- ( ) b\n\n[x](none.md)\n"
    for name, text in (("private/exchange/mail-flow/secret.bank.md", question), ("instance/settings.toml", "")):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (server.instance / "settings.toml").write_text(f'private = "{tmp_path / "private"}"')
    [hint] = [line for line in said_at_start(server).splitlines() if "problem" in line]
    said, _, command = hint.partition(": see them with quizapp ")
    assert said == f"1 problem in {server.content}"
    check = [sys.executable, "-m", "quizapp", *shlex.split(command), "--short", "--no-advice"]
    told = subprocess.run(check, capture_output=True, text=True)
    assert [line.partition(":")[0] for line in told.stdout.splitlines()] == ["exchange/mail-flow/secret.bank.md"]


def test_a_command_knows_where_the_server_listens_while_it_runs(server: Server) -> None:
    server.add_account("ada", "four words nobody guesses")
    server.start()
    link = server.account("link", "ada")
    assert link.startswith(f"{server.url}/account/password/")
    assert "New password" in Browser(server).open(link.strip().removeprefix(server.url)).text
    server.kill_all()
    assert server.account("link", "ada").startswith("http://127.0.0.1:8000/account/password/")


def test_a_command_says_the_address_under_which_the_server_was_started(server: Server) -> None:
    server.instance.mkdir()
    (server.instance / "settings.toml").write_text('address = "https://learn.example.org"')
    server.add_account("ada", "four words nobody guesses")
    server.start()
    (server.instance / "settings.toml").write_text('address = "https://other.example.org"')
    assert server.account("link", "ada").startswith("https://learn.example.org/account/password/")
    server.end()
    assert server.account("link", "ada").startswith("https://other.example.org/account/password/")
