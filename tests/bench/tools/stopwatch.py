"""Processor time of several tasks, measured in turns so that a busy machine disturbs all alike."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

ROUNDS = 5
UNITS = {"ms": 1e3, "µs": 1e6}


@dataclass(frozen=True)
class Timing:
    """Seconds of processor time over the rounds."""

    seconds: tuple[float, ...]

    def against(self, floor: "Timing") -> tuple[float, float, float]:
        """How many times the floor it takes: the median over the rounds, the least and the most."""
        ratios = [mine / its for mine, its in zip(self.seconds, floor.seconds, strict=True)]
        return median(ratios), min(ratios), max(ratios)

    def each(self, count: int) -> "Timing":
        """The seconds for one of the `count` things that were done in a round."""
        return Timing(tuple(seconds / count for seconds in self.seconds))


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


def table(title: str, timings: Mapping[str, Timing], floor: str, unit: str = "ms") -> str:
    """A Markdown table of the timings beside their floor."""
    rows = []
    for name, timing in timings.items():
        ratio, least, most = timing.against(timings[floor])
        rows.append([name, f"{median(timing.seconds) * UNITS[unit]:.1f}", f"{ratio:.3f} ({least:.3f} … {most:.3f})"])
    return grid(title, ["what", f"median {unit}", f"times {floor} (least … most)"], rows)


def grid(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table: the first column to the left, the others to the right."""
    lines = [f"## {title}", "", _line(head), _line(["---", *["--:"] * (len(head) - 1)]), *map(_line, rows), ""]
    return "\n".join(lines)


def spread(values: Sequence[float], digits: int = 1) -> str:
    """The median of some values with the least and the most."""
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f} … {max(values):,.{digits}f})"


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
