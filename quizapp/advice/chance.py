"""How probable it is that something happens so often by chance."""

from collections.abc import Sequence
from fractions import Fraction

SURE = 0.002  # as improbable as this is no chance
MAX_EXACT = 400  # questions; of more, the first are asked


def at_least(found: int, chances: Sequence[Fraction]) -> float:
    """The probability of `found` or more successes, each with a chance of its own (Poisson's binomial; exact sums)."""
    sums = [1.0]
    for chance in map(float, chances):
        sums = [
            (sums[n] * (1 - chance) if n < len(sums) else 0.0) + (sums[n - 1] * chance if n else 0.0)
            for n in range(len(sums) + 1)
        ]
    return sum(sums[found:])
