"""Processor time per request through the WSGI callable, and which library it is spent in."""

import cProfile
import itertools
import pstats
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import flask

from quizapp import web
from tests.bench.tools import floors
from tests.bench.tools.learners import ADDRESS
from tests.bench.tools.requests import Application, Request, call
from tests.bench.tools.stage import Stage
from tests.bench.tools.stopwatch import Timing, grid, measure

FLOOR = "hello"
PAGE, SUBMISSION, SUBMISSION_PAGE, UNCHANGED = (
    "lesson page",
    "submission",
    "submission + result page",
    "lesson page 304",
)
HOME, LEARNING = "catalogue", "my learning"
REQUESTS, FLOOR_REQUESTS, PROFILED, ROUNDS = 150, 1500, 200, 7
LIBRARIES = Path(flask.__file__).parent.parent
PACKAGE = Path(web.__file__).parent.parent
Task = Callable[[], None]


def measured(stage: Stage) -> dict[str, Timing]:
    """Seconds per request of the floor and of each thing that a learner does."""
    tasks: dict[str, Task] = {FLOOR: _pages(floors.hello(), Request("/"), 200, FLOOR_REQUESTS)}
    tasks |= {name: _repeated(task, REQUESTS) for name, task in single_tasks(stage).items()}
    timings = measure(tasks, ROUNDS)
    return {name: timing.each(FLOOR_REQUESTS if name == FLOOR else REQUESTS) for name, timing in timings.items()}


def single_tasks(stage: Stage) -> dict[str, Task]:
    """What a learner does, as functions that do it once. A page without ETag has no 304."""
    reader = stage.readers[0]
    tasks = {
        PAGE: _pages(stage.app, stage.page(ADDRESS, reader), 200),
        SUBMISSION: _submitting(stage, follow=False),
        SUBMISSION_PAGE: _submitting(stage, follow=True),
    }
    tag = call(stage.app, stage.page(ADDRESS, reader)).headers.get("ETag")
    if tag:
        tasks[UNCHANGED] = _pages(stage.app, stage.page(ADDRESS, reader, tag), 304)
    return tasks | {
        HOME: _pages(stage.app, stage.page("/", reader), 200),
        LEARNING: _pages(stage.app, stage.page("/progress", reader), 200),
    }


def whereabouts(stage: Stage, name: str) -> str:
    """The shares of processor time of one thing that a learner does, by library."""
    task = single_tasks(stage)[name]
    task()
    profile = cProfile.Profile(time.process_time)  # what waits for the disk takes no processor time
    profile.runcall(_repeated(task, PROFILED))
    spent: Counter[str] = Counter()
    # `stats` is documented by its use in the library alone, and not typed.
    for (file, _, function), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        spent[_library(file, function)] += own
    total = spent.total()
    rows = [[where, f"{100 * seconds / total:.0f} %"] for where, seconds in spent.most_common(8)]
    return grid(f"Where the time of a {name} goes (under a profiler, own time)", ["where", "share"], rows)


def _library(file: str, function: str) -> str:
    path = Path(file)
    if path.suffix == ".html":
        return "templates"
    if path.is_relative_to(LIBRARIES):
        return path.relative_to(LIBRARIES).parts[0]
    if path.is_relative_to(PACKAGE):
        return f"quizapp/{path.relative_to(PACKAGE).parts[0]}"
    if "sqlite3" in function:
        return "sqlite3"
    return "Python"


def _repeated(task: Task, count: int) -> Task:
    def repeat() -> None:
        for _ in range(count):
            task()

    return repeat


def _pages(app: Application, request: Request, status: int, count: int = 1) -> Task:
    def ask() -> None:
        for _ in range(count):
            answer = call(app, request)
            assert answer.status == status, (answer.status, request.address)

    return ask


def _submitting(stage: Stage, follow: bool) -> Task:
    """Submissions prepared before the clock runs, of many learners in turn."""
    series = [(client, stage.submissions(client)) for client in stage.submitters]
    count = max(REQUESTS * (ROUNDS + 1), PROFILED + 1)
    prepared = iter([(client, next(more)[1]) for client, more in itertools.islice(itertools.cycle(series), count)])

    def submit() -> None:
        client, request = next(prepared)
        answer = call(stage.app, request)
        assert answer.status == 303, answer.status
        if follow:
            address = answer.headers["Location"].partition("#")[0]
            assert call(stage.app, stage.page(address, client)).status == 200

    return submit
