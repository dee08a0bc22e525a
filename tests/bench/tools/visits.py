"""Starting, resting, and the bytes of a first visit."""

import http.client
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.tools.learners import ADDRESS
from tests.bench.tools.processes import Server, floor_server, site_server
from tests.bench.tools.stage import CONTENT
from tests.bench.tools.stopwatch import grid, spread

HELLO, AGAIN, FIRST = "Flask hello behind Granian", "quizapp serve, again", "quizapp serve, the first time"
ROUNDS = 3
ASSET = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Transfer:
    """One answer as it went over the wire, its head included."""

    address: str
    encoding: str
    head: int
    body: int


def starting(instance: Path) -> tuple[str, dict[str, float]]:
    """Tables of cold starts and of memory at rest; the figures are medians of ratios to the floor, and megabytes."""
    seconds: dict[str, list[float]] = {HELLO: [], AGAIN: [], FIRST: []}
    memory: dict[str, list[tuple[float, float]]] = {HELLO: [], AGAIN: []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(prefix="quizapp-bench-") as fresh:
            servers = {
                HELLO: floor_server("hello"),
                AGAIN: site_server(CONTENT, instance, ADDRESS),
                FIRST: site_server(CONTENT, Path(fresh) / "instance", ADDRESS),
            }
            for name, server in servers.items():
                seconds[name].append(_started(server, memory.get(name, [])))
    floor = seconds[HELLO]
    ratios = {name: [mine / its for mine, its in zip(ones, floor, strict=True)] for name, ones in seconds.items()}
    starts = [[name, f"{median(ones):.2f}", spread(ratios[name])] for name, ones in seconds.items()]
    rests = [[name, *(f"{median(kind):.0f}" for kind in zip(*ones, strict=True))] for name, ones in memory.items()]
    tables = [
        grid("Cold start to the first page", ["what", "median s", "times floor (least … most)"], starts),
        grid("Memory at rest, all processes", ["what", "RSS MB", "PSS MB"], rests),
    ]
    return "\n".join(tables), {"start": median(ratios[AGAIN]), "pss": median(pss for _, pss in memory[AGAIN])}


def _started(server: Server, memory: list[tuple[float, float]]) -> float:
    try:
        seconds = server.start()
        memory.append((server.memory("Rss"), server.memory("Pss")))
        return seconds
    finally:
        server.stop()


def first_visit(server: Server) -> tuple[str, float]:
    """A table of what a browser without cache transfers for a lesson, images apart, and the bytes in all."""
    page, transfers = _fetched(server, ADDRESS)
    transfers += [transfer for address in ASSET.findall(page) for transfer in _fetched(server, address)[1]]
    rows = [[one.address.partition("?")[0], one.encoding or "–", one.head, one.body] for one in transfers]
    total = sum(one.head + one.body for one in transfers)
    table = grid("First visit to a lesson, without images", ["what", "encoding", "head bytes", "body bytes"], rows)
    return f"{table}\n{total:,} bytes in all.\n", total


def _fetched(server: Server, address: str) -> tuple[str, list[Transfer]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, (response.status, address)
    head = sum(len(name) + len(value) + 4 for name, value in response.getheaders()) + len("HTTP/1.1 200 OK\r\n\r\n")
    connection.close()
    encoding = response.headers.get("Content-Encoding", "")
    return ("" if encoding else body.decode()), [Transfer(address, encoding, head, len(body))]
