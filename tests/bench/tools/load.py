"""A closed loop of HTTP/1.1 requests: every connection sends its next request when it has its answer.

Plain sockets and one selector, because the client shares the processors with the server it measures.
"""

import selectors
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

PATIENCE_SECONDS = 15.0
CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Load:
    """What to send: `requests` of each connection, over and over if `again`, until the seconds are over.

    An answer counts when it has the status and contains the marker.
    """

    port: int
    requests: Sequence[Sequence[bytes]]
    seconds: float
    status: int
    marker: bytes
    again: bool = True


@dataclass(slots=True)
class Outcome:
    """What came of it: seconds per answer, and per connection the status of each request in turn (0: no answer)."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: list[list[int]] = field(default_factory=list)
    failures: int = 0
    first_failure: str = ""

    @property
    def sent(self) -> int:
        """All requests."""
        return sum(map(len, self.statuses))

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.latencies) / self.seconds

    def latency(self, share: float) -> float:
        """The seconds within which that share of the good answers came."""
        ordered = sorted(self.latencies) or [float("inf")]
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def one_process() -> ProcessPoolExecutor:
    """A process of its own to run loads in."""
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def run(load: Load) -> Outcome:
    """Put the load on the server; ends when every request has its answer, or patience is over."""
    return _Loop(load).run()


class _Connection:
    def __init__(self, number: int, port: int) -> None:
        self.number, self.port = number, port
        self.sent = 0
        self.began = 0.0
        self.answer = bytearray()
        self.socket = self.connect()

    def connect(self) -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def send(self, request: bytes) -> None:
        self.answer.clear()
        self.sent += 1
        self.began = time.perf_counter()
        self.socket.sendall(request)


class _Loop:
    def __init__(self, load: Load) -> None:
        self.load, self.outcome = load, Outcome(statuses=[[] for _ in load.requests])
        self.selector = selectors.DefaultSelector()
        self.waiting: set[_Connection] = set()
        self.end = 0.0

    def run(self) -> Outcome:
        began = time.perf_counter()
        self.end = began + self.load.seconds
        connections = [_Connection(number, self.load.port) for number in range(len(self.load.requests))]
        for connection in connections:
            self.selector.register(connection.socket, selectors.EVENT_READ, connection)
            self.next(connection)
        while self.waiting and time.perf_counter() < self.end + PATIENCE_SECONDS:
            for key, _ in self.selector.select(1.0):
                self.read(key.data)
        for connection in self.waiting:
            self.fail(connection, "no answer")
        self.outcome.seconds = time.perf_counter() - began
        for connection in connections:
            connection.socket.close()
        self.selector.close()
        return self.outcome

    def next(self, connection: _Connection) -> None:
        requests = self.load.requests[connection.number]
        is_over = time.perf_counter() >= self.end or (connection.sent >= len(requests) and not self.load.again)
        if is_over:
            self.waiting.discard(connection)
            return
        self.waiting.add(connection)
        connection.send(requests[connection.sent % len(requests)])

    def read(self, connection: _Connection) -> None:
        try:
            received = connection.socket.recv(CHUNK)
        except OSError:
            received = b""
        connection.answer += received
        status = _status_of_whole(connection.answer)
        if status is None and received:
            return
        if status is None:
            self.fail(connection, "connection closed")
            self.renew(connection)
        else:
            self.note(connection, status)
        self.next(connection)

    def note(self, connection: _Connection, status: int) -> None:
        if status != self.load.status or self.load.marker not in connection.answer:
            self.fail(connection, connection.answer[:2000].decode(errors="replace"), status)
            return
        self.outcome.latencies.append(time.perf_counter() - connection.began)
        self.outcome.statuses[connection.number].append(status)

    def fail(self, connection: _Connection, why: str, status: int = 0) -> None:
        self.outcome.failures += 1
        self.outcome.first_failure = self.outcome.first_failure or why
        self.outcome.statuses[connection.number].append(status)

    def renew(self, connection: _Connection) -> None:
        self.selector.unregister(connection.socket)
        connection.socket.close()
        connection.socket = connection.connect()
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)


def _status_of_whole(answer: bytearray) -> int | None:
    """The status of an answer, once all of it is there."""
    head_end = answer.find(b"\r\n\r\n")
    if head_end < 0:
        return None
    status = int(answer[9:12])
    head = bytes(answer[:head_end]).lower()
    _, found, rest = head.partition(b"content-length:")
    length = int(rest.partition(b"\r\n")[0]) if found else 0
    return status if len(answer) >= head_end + 4 + length else None
