"""Servers as processes: started, timed to their first answer, weighed, and stopped."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.server.running import free_port

PATIENCE_SECONDS = 30.0
TICKS = os.sysconf("SC_CLK_TCK")
WORKERS = 2


@dataclass
class Server:
    """A command that answers on a port; `address` is the page that shows that it does."""

    command: Sequence[str]
    port: int
    address: str = "/"
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; returns the seconds until its first page."""
        began = time.perf_counter()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.environment}
        self.process = subprocess.Popen(
            self.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        while not self._answers():
            assert self.process.poll() is None, f"ended: {' '.join(self.command)}"
            assert time.perf_counter() - began < PATIENCE_SECONDS, "the server does not answer"
            time.sleep(0.005)
        return time.perf_counter() - began

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.address}", timeout=5) as response:
                return bool(response.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def stop(self) -> None:
        """End it, and what it started."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def pids(self) -> list[int]:
        """The process and all that came of it."""
        assert self.process
        parents = {int(stat.parent.name): _parent(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    @property
    def processor_seconds(self) -> float:
        """What it used so far, in user and kernel mode."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.pids]
        return sum(int(one[11]) + int(one[12]) for one in fields) / TICKS

    def memory(self, kind: str) -> float:
        """Its memory in MB: `Rss` counts shared pages in each process, `Pss` once."""
        return sum(_kilobytes(pid, kind) for pid in self.pids) / 1024


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # ended this moment


def _kilobytes(pid: int, kind: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))


def floor_server(name: str, environment: Mapping[str, str] | None = None) -> Server:
    """A floor behind Granian, with as many workers and threads as `quizapp serve` starts."""
    port = free_port()
    options = ["--interface", "wsgi", "--factory", "--workers", str(WORKERS), "--blocking-threads", "1"]
    place = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *options, *place, f"tests.bench.tools.floors:{name}"]
    return Server(command, port, "/", environment or {})


def site_server(content: Path, instance: Path, address: str, environment: Mapping[str, str] | None = None) -> Server:
    """`quizapp serve` as it comes."""
    port = free_port()
    place = ["--port", str(port), "--instance", str(instance), "--workers", str(WORKERS)]
    return Server([sys.executable, "-m", "quizapp", "serve", str(content), *place], port, address, environment or {})
