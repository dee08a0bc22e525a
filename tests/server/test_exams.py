"""Exams on a real server that is killed again and again: nothing acknowledged is lost, nothing is graded twice.

Four clients and five kills here; `QUIZAPP_TORTURE=50` kills that often, under sixteen clients.
"""

import http.client
import json
import os
import random
import re
import threading
import time
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.store.attempts import StoredAttempt, find_attempt
from tests.pages import Form, Page
from tests.quizzes import PLACE, write_quiz
from tests.server.running import Server, until
from tests.server.test_serve import Browser

KILLS = int(os.environ.get("QUIZAPP_TORTURE", "5"))
CLIENTS = 16 if KILLS > 10 else 4
EXAM = "preset: exam\nattempts: unlimited\n"
FAULTS = (OSError, http.client.HTTPException)  # the server is gone, in whatever state of an answer


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    write_quiz(folder, EXAM)
    server = Server(folder, tmp_path / "instance")
    yield server.start()
    server.stop()


@dataclass
class Client:
    """A learner who sits exams as fast as the server lets them; what was acknowledged is noted."""

    server: Server
    seed: int
    stop: threading.Event
    acknowledged: dict[str, str] = field(default_factory=dict)  # attempt: the last answer to the second question
    submitted: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)  # a server that is killed says nothing: no answer is a fault

    def run(self) -> None:
        """Sit one exam after the other until told to stop; an answer that was not acknowledged is sent again."""
        browser, dice = Browser(self.server), random.Random(self.seed)
        while not self.stop.is_set():
            try:
                self.sit(browser, dice)
            except urllib.error.HTTPError as error:
                self.refused.append(f"{error.code} {error.url}")
            except FAULTS:
                time.sleep(0.05)

    def sit(self, browser: Browser, dice: random.Random) -> None:
        page = browser.open(PLACE)
        on = page.links.get("Go on with your attempt")
        page = browser.open(on) if on else browser.open(page.form("/attempts").action, page.form("/attempts").data())
        form = _form(page)
        attempt = re.search(r"[\w-]{22}", form.action)
        assert attempt
        for _ in range(dice.randrange(1, 4)):
            given = f"{dice.randrange(100)} ms"
            fields = {"csrf_token": form.data()["csrf_token"], "slot": ["2"], "answer-2": [given], "touched": ["2"]}
            told = browser.open(f"/attempts/{attempt[0]}/saves", fields)
            assert json.loads(told.html)["states"]["2"] == "answered"
            self.acknowledged[attempt[0]] = given
        browser.open(f"/attempts/{attempt[0]}/submit", {"csrf_token": form.data()["csrf_token"]})
        self.submitted.add(attempt[0])


def _form(page: Page) -> Form:
    [form] = [form for form in page.forms if form.action.startswith("/attempts/")]
    return form


def test_kills_lose_nothing_that_was_acknowledged_and_grade_nothing_twice(server: Server) -> None:
    stop = threading.Event()
    clients = [Client(server, seed, stop) for seed in range(CLIENTS)]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    dice = random.Random(1)
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.2, 1.5))
        server.kill_all()
        server.start()
    has_enough = until(lambda: all(client.submitted for client in clients))
    stop.set()
    for thread in threads:
        thread.join()
    acknowledged = {attempt: given for client in clients for attempt, given in client.acknowledged.items()}
    submitted = {attempt for client in clients for attempt in client.submitted}
    assert has_enough
    assert [one for client in clients for one in client.refused] == []
    with server.database() as connection:
        most = connection.execute(text("select max(n) from (select count(*) as n from mark group by response_id) as m"))
        marks_of_one = most.scalar()
        stored = {attempt: find_attempt(connection, attempt) for attempt in acknowledged}
        everything = connection.execute(text("select public_id from attempt")).scalars().all()
        graded = [one for public_id in everything if (one := find_attempt(connection, public_id)) and one.submitted]
    assert marks_of_one == 1
    for attempt, given in acknowledged.items():
        one = stored[attempt]
        assert one is not None
        sent = [response.value for response in one.responses if response.slot == 2 and response.value is not None]
        assert given in sent  # a later one may be stored too, whose acknowledgement the kill cut off
        if attempt in submitted:
            assert sent[-1] == given
            assert one.submitted
    assert submitted <= {one.public_id for one in graded}
    for one in graded:
        _require_graded_once(one)


def _require_graded_once(one: StoredAttempt) -> None:
    """Each question has one response with a mark, the last one."""
    for slot in (1, 2, 3):
        given = [response for response in one.responses if response.slot == slot]
        assert [response.credit is not None for response in given] == [False] * (len(given) - 1) + [True]
    right = [response for response in one.responses if response.slot == 2][-1].value == "12 ms"
    assert one.score == (0.25 if right else 0)


def test_eight_submissions_at_the_same_moment_give_one_result(server: Server) -> None:
    browser = Browser(server)
    page = browser.open(PLACE)
    form = _form(browser.open(page.form("/attempts").action, page.form("/attempts").data()))
    attempt = form.action.partition("?")[0]
    fields = {**form.data(), "touched": ["1"]}
    gate, told = threading.Barrier(8), list[str]()

    def submit() -> None:
        gate.wait()
        told.append(browser.open(f"{attempt}/submit", dict(fields)).text)

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 8
    assert all("0 of 4 points" in text for text in told)
    with server.database() as connection:
        assert connection.execute(text("select count(*) from attempt")).scalar() == 1
        assert connection.execute(text("select count(*) from response")).scalar() == 3
        assert connection.execute(text("select count(*) from mark")).scalar() == 3


def test_eight_beginnings_at_the_same_moment_make_one_attempt(server: Server) -> None:
    browser = Browser(server)
    form = browser.open(PLACE).form("/attempts")
    gate, found = threading.Barrier(8), set[str]()

    def begin() -> None:
        gate.wait()
        found.add(_form(browser.open(form.action, form.data())).action)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    with server.database() as connection:
        assert connection.execute(text("select count(*) from attempt")).scalar() == 1
        assert connection.execute(text("select count(*) from learner")).scalar() == 1
