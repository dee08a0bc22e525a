"""What a page and a submission cost: in process, through Granian, at the start and at rest, beside their floors."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.tools import through, visits, within
from tests.bench.tools.load import one_process
from tests.bench.tools.stage import Stage, stage
from tests.bench.tools.stopwatch import Timing, grid, table

LEARNERS = 2 * max(through.CONNECTIONS)
# In process and as a multiple of a bare Flask hello.
WITHIN_TARGETS = {within.PAGE: 13.0, within.SUBMISSION: 25.0, within.UNCHANGED: 4.0}
WAIT_TARGET, WAIT_CONNECTIONS = 2.0, 16
FIRST_VISIT_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class Target:
    """A figure and the most it may be."""

    name: str
    value: float | None
    most: float

    @property
    def is_met(self) -> bool:
        """Whether it was measured and is small enough."""
        return self.value is not None and self.value <= self.most

    def row(self) -> list[str]:
        """For a table."""
        value = "not measured" if self.value is None else f"{self.value:,.1f}"
        return [self.name, value, f"{self.most:,.0f}", "yes" if self.is_met else "**no**"]


def main() -> str:
    """All tables, the targets last; where one is missed in process, a table of where its time goes."""
    with tempfile.TemporaryDirectory(prefix=f"quizapp-bench-{os.getpid()}-") as name:
        folder = Path(name)
        with stage(folder, LEARNERS) as staged:
            timings = within.measured(staged)
            inside = table("In process, per request", timings, within.FLOOR, "µs")
            served, targets = _served(staged, folder)
            starts, _figures = visits.starting(staged.site.settings.instance)
            targets = [*_within_targets(timings), *targets]
            rows = [target.row() for target in targets]
            summary = grid("Targets", ["figure", "measured", "at most", "met"], rows)
            return "\n".join([inside, served, starts, summary, *_excuses(staged, timings)])


def _served(staged: Stage, folder: Path) -> tuple[str, list[Target]]:
    with through.servers(staged, folder) as running, one_process() as pool:
        runs = through.measured(staged, running, pool)
        visit, size = visits.first_visit(running[through.PAGE])
    wait = through.wait_against(runs, through.RAW, through.SUBMISSION, WAIT_CONNECTIONS, 0.99)
    most = max(through.CONNECTIONS)
    failures = sum(
        one.outcome.failures for (_, connections), ones in runs.items() for one in ones if connections == most
    )
    targets = [
        Target(f"submission p99 at {WAIT_CONNECTIONS} connections × raw transaction", wait, WAIT_TARGET),
        Target(f"failures at {most} connections", failures, 0),
        Target("first visit without images, bytes", size, FIRST_VISIT_BYTES),
    ]
    return f"{through.tables(runs)}\n{visit}", targets


def _within_targets(timings: Mapping[str, Timing]) -> list[Target]:
    floor = timings[within.FLOOR]
    ratios = {name: timing.against(floor)[0] for name, timing in timings.items()}
    return [Target(f"{name} × hello, in process", ratios.get(name), most) for name, most in WITHIN_TARGETS.items()]


def _excuses(staged: Stage, timings: Mapping[str, Timing]) -> list[str]:
    missed = [name for name, target in zip(WITHIN_TARGETS, _within_targets(timings), strict=True) if not target.is_met]
    return [within.whereabouts(staged, name) for name in missed if name in timings]
