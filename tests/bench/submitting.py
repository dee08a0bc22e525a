"""Whether every acknowledged submission is in the database, once, after many came at the same time.

Two connections belong to each learner, and every fourth form is sent by both, as by somebody who sends it twice.
"""

import itertools
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from quizapp.site import Site
from tests.bench.tools.learners import ADDRESS, Client
from tests.bench.tools.load import Load, one_process, run
from tests.bench.tools.processes import site_server
from tests.bench.tools.stage import CONTENT, Stage, stage
from tests.bench.tools.stopwatch import grid
from tests.bench.tools.through import FASTEST

CONNECTIONS, SECONDS, SHARED_EVERY = 32, 30.0, 4
SECONDS_VARIABLE = "QUIZAPP_BENCH_SECONDS"
STORED = """
select public_id,
  (select count(*) from attempt_question where attempt_id = attempt.id) as slots,
  (select count(*) from response where attempt_id = attempt.id) as responses,
  (select count(distinct slot) from response where attempt_id = attempt.id) as answered,
  (select count(*) from mark join response on response.id = mark.response_id where attempt_id = attempt.id) as marks
from attempt
"""
Form = tuple[str, bytes]  # the attempt, and the request


@dataclass(frozen=True, slots=True)
class Account:
    """What was sent and what is stored; the last four are to be 0."""

    answers: int
    acknowledged: int
    stored: int
    failures: int
    lost: int  # acknowledged, and not in the database
    doubled: int  # stored, and not as one attempt with one response and one mark for each question
    unknown: int  # stored, and never sent

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return self.failures + self.lost + self.doubled + self.unknown


def torture(folder: Path, database_url: str, connections: int, seconds: float) -> Account:
    """Submit through a real server, then compare what it acknowledged with what is stored."""
    with stage(folder, connections, database_url) as staged, one_process() as pool:
        before = {public_id for public_id, *_ in _rows(staged.site)}
        forms = list(_forms(staged, connections, seconds))
        environment = {"QUIZAPP_DATABASE_URL": database_url}
        server = site_server(CONTENT, staged.site.settings.instance, ADDRESS, environment)
        try:
            server.start()
            requests = [[request for _, request in ones] for ones in forms]
            outcome = pool.submit(run, Load(server.port, requests, seconds, 303, b"attempt=", again=False)).result()
        finally:
            server.stop()
        rows = [row for row in _rows(staged.site) if row[0] not in before]
    sent = [
        (attempt_id, status)
        for ones, statuses in zip(forms, outcome.statuses, strict=True)
        for (attempt_id, _), status in zip(ones, statuses, strict=False)  # not every form was sent
    ]
    acknowledged = {attempt_id for attempt_id, status in sent if status == 303}
    return _compared(
        rows, {attempt_id for attempt_id, _ in sent}, acknowledged, len(outcome.latencies), outcome.failures
    )


def _compared(
    rows: Sequence[tuple[str, int, int, int, int]], sent: set[str], acknowledged: set[str], answers: int, failures: int
) -> Account:
    stored = {public_id for public_id, *_ in rows}
    whole = [row for row in rows if row[1] > 0 and len(set(row[1:])) == 1]
    return Account(
        answers=answers,
        acknowledged=len(acknowledged),
        stored=len(rows),
        failures=failures,
        lost=len(acknowledged - stored),
        doubled=len(rows) - len({public_id for public_id, *_ in whole}),
        unknown=len(stored - sent),
    )


def _forms(staged: Stage, connections: int, seconds: float) -> Iterator[list[Form]]:
    """For each connection more forms than it can send in the time."""
    each = int(FASTEST * seconds / connections) + 50
    for client in staged.submitters[: connections // 2]:
        shared = _some(staged, client, each // SHARED_EVERY)
        for _ in range(2):
            own = iter(_some(staged, client, len(shared) * (SHARED_EVERY - 1)))
            yield [form for both in shared for form in (both, *itertools.islice(own, SHARED_EVERY - 1))]


def _some(staged: Stage, client: Client, count: int) -> list[Form]:
    found = itertools.islice(staged.submissions(client), count)
    return [(sent.attempt_id, request.as_bytes()) for sent, request in found]


def _rows(site: Site) -> list[tuple[str, int, int, int, int]]:
    with site.database.engine.connect() as connection:
        return [(row[0], row[1], row[2], row[3], row[4]) for row in connection.execute(text(STORED))]


def main() -> str:
    """One table."""
    seconds = float(os.environ.get(SECONDS_VARIABLE, SECONDS))
    with tempfile.TemporaryDirectory(prefix=f"quizapp-bench-{os.getpid()}-") as name:
        found = torture(Path(name), "", CONNECTIONS, seconds)
    rows = [
        ["acknowledged answers", found.answers],
        ["different attempts among them", found.acknowledged],
        ["attempts stored", found.stored],
        ["requests that failed", found.failures],
        ["acknowledged and lost", found.lost],
        ["stored more than once, or in part", found.doubled],
        ["stored and never sent", found.unknown],
    ]
    return grid(f"{CONNECTIONS} connections submit for {seconds:g} s", ["what", "count"], rows)
