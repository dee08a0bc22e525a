"""Processor time of several tasks, measured in turns so that a busy machine disturbs all alike."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

ROUNDS = 5


@dataclass(frozen=True)
class Timing:
    """Seconds of processor time over the rounds."""

    seconds: tuple[float, ...]

    def against(self, floor: "Timing") -> tuple[float, float, float]:
        """How many times the floor it takes: the median over the rounds, the least and the most."""
        ratios = [mine / its for mine, its in zip(self.seconds, floor.seconds, strict=True)]
        return median(ratios), min(ratios), max(ratios)


def measure(tasks: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, Timing]:
    """Run every task once in each round, after one round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 1):
        for name, task in tasks.items():
            began = time.process_time()
            task()
            if number:
                seconds[name].append(time.process_time() - began)
    return {name: Timing(tuple(times)) for name, times in seconds.items()}


def table(title: str, timings: Mapping[str, Timing], floor: str) -> str:
    """A Markdown table of the timings beside their floor."""
    rows = [f"## {title}", "", f"| what | median ms | times {floor} (least … most) |", "| --- | --: | --: |"]
    for name, timing in timings.items():
        ratio, least, most = timing.against(timings[floor])
        rows.append(f"| {name} | {median(timing.seconds) * 1000:.1f} | {ratio:.3f} ({least:.3f} … {most:.3f}) |")
    return "\n".join([*rows, ""])
