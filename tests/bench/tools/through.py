"""The same requests through Granian: rates, waits, failures and the server's processor time."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.tools import floors
from tests.bench.tools.learners import ADDRESS, MARKER
from tests.bench.tools.load import Load, Outcome, run
from tests.bench.tools.processes import Server, floor_server, site_server
from tests.bench.tools.requests import Request
from tests.bench.tools.stage import CONTENT, Stage
from tests.bench.tools.stopwatch import grid, spread

HELLO, RAW, PAGE, SUBMISSION = "Flask hello", "raw SQLite transaction", "lesson page", "submission"
CONNECTIONS = (1, 8, 16, 32, 64)
SECONDS, ROUNDS = 1.5, 3
FASTEST = 1500  # submissions a second that are prepared; a faster site would run out of them


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: its outcome, and the processor seconds of the server."""

    outcome: Outcome
    processor: float

    @property
    def each(self) -> float:
        """Processor seconds per request."""
        return self.processor / max(self.outcome.sent, 1)


Runs = Mapping[tuple[str, int], Sequence[Measured]]  # by what and how many connections


@contextmanager
def servers(stage: Stage, folder: Path) -> Iterator[dict[str, Server]]:
    """The two floors and the site, all running."""
    site = site_server(CONTENT, stage.site.settings.instance, ADDRESS)
    started = {
        HELLO: floor_server("hello"),
        RAW: floor_server("durable", {floors.FOLDER_VARIABLE: str(folder)}),
        PAGE: site,
        SUBMISSION: site,
    }
    try:
        for server in {id(server): server for server in started.values()}.values():
            server.start()
        yield started
    finally:
        for server in started.values():
            server.stop()


def measured(stage: Stage, running: Mapping[str, Server], pool: ProcessPoolExecutor) -> Runs:
    """Every case with every number of connections, round by round."""
    runs: dict[tuple[str, int], list[Measured]] = {}
    for number in range(ROUNDS):
        for connections, name in itertools.product(CONNECTIONS, running):
            server = running[name]
            load = _loads(stage)[name](server.port, connections)
            before = server.processor_seconds
            outcome = pool.submit(run, load).result()
            runs.setdefault((name, connections), []).append(Measured(outcome, server.processor_seconds - before))
            assert number or outcome.latencies, outcome.first_failure
    return runs


def _loads(stage: Stage) -> dict[str, Callable[[int, int], Load]]:
    def same(request: Request, connections: int) -> list[list[bytes]]:
        return [[request.as_bytes()]] * connections

    def pages(connections: int) -> list[list[bytes]]:
        return [[stage.page(ADDRESS, client).as_bytes()] for client in stage.readers[:connections]]

    return {
        HELLO: lambda port, n: Load(port, same(Request("/"), n), SECONDS, 200, floors.GREETING.encode()),
        RAW: lambda port, n: Load(port, same(Request("/", {}, b"x=1"), n), SECONDS, 200, floors.STORED.encode()),
        PAGE: lambda port, n: Load(port, pages(n), SECONDS, 200, MARKER.encode()),
        SUBMISSION: lambda port, n: Load(port, submissions(stage, n, SECONDS), SECONDS, 303, b"attempt=", again=False),
    }


def submissions(stage: Stage, connections: int, seconds: float) -> list[list[bytes]]:
    """For each connection more checks to answer than it can send in the time."""
    each = int(FASTEST * seconds / connections) + 50
    return [
        [request.as_bytes() for _, request in itertools.islice(stage.submissions(client), each)]
        for client in stage.submitters[:connections]
    ]


def tables(runs: Runs) -> str:
    """One table per number of connections."""
    head = ["what", "req/s (least … most)", "p50 ms", "p99 ms (least … most)", "server CPU µs", "× hello", "failures"]
    found = []
    for connections in CONNECTIONS:
        floor = [one.each for one in runs[HELLO, connections]]
        rows = [_row(name, runs[name, connections], floor) for name in (HELLO, RAW, PAGE, SUBMISSION)]
        plural = "s" if connections > 1 else ""
        found.append(grid(f"Through Granian, {connections} connection{plural}, 2 workers × 1 thread", head, rows))
    return "\n".join(found)


def _row(name: str, ones: Sequence[Measured], floor: Sequence[float]) -> list[object]:
    return [
        name,
        spread([one.outcome.rate for one in ones], 0),
        f"{median(one.outcome.latency(0.5) for one in ones) * 1000:.1f}",
        spread([one.outcome.latency(0.99) * 1000 for one in ones]),
        f"{median(one.each for one in ones) * 1e6:.0f}",
        spread([one.each / its for one, its in zip(ones, floor, strict=True)]),
        sum(one.outcome.failures for one in ones),
    ]


def wait_against(runs: Runs, floor: str, name: str, connections: int, share: float) -> float:
    """How many times the floor somebody waits, at most, in that share of the requests; the median over the rounds."""
    pairs = zip(runs[name, connections], runs[floor, connections], strict=True)
    return median(one.outcome.latency(share) / its.outcome.latency(share) for one, its in pairs)
