"""How many orders of some lines earn what, counted and not tried out: what guessing an order earns."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import comb, factorial, prod

from quizapp.questions.guesses import Guesses, counted, from_tails, tails_of

MAX_PARTITIONED = 30  # lines; 30 have 5,604 partitions, 100 have 190 million


@lru_cache(maxsize=256)
def guessed_order(rule: str, lines: int, twins: int) -> Guesses:
    """What an order of lines earns under a credit rule, when each is as probable.

    `twins` is in how many ways lines of equal text change places. Exact for lines that differ (`lcs`: up to 30 of
    them) and for `exact`; an order of lines with twins earns at most so much more often as there are twins.
    """
    if rule == "exact":
        return counted([(Fraction(1), 1), (Fraction(0), factorial(lines) // twins - 1)])
    found = GUESSED[rule](lines)
    if twins == 1:
        return found
    tails = {value: min(tail * twins, Fraction(1)) for value, tail in tails_of(found.chances).items()}
    return Guesses(from_tails(tails), factorial(lines) // twins, is_exact=False)


def _guessed_runs(lines: int) -> Guesses:
    """By the longest run in the right order."""
    if lines <= MAX_PARTITIONED:
        return counted((_run_credit(shape[0], lines), _tableaux(shape) ** 2) for shape in _partitions(lines, lines))
    # A run of that length stands in one of so many places, and each is in order once in so many cases.
    tails = {
        _run_credit(run, lines): min(Fraction(comb(lines, run), factorial(run)), Fraction(1))
        for run in range(1, lines + 1)
    }
    return Guesses(from_tails(tails), factorial(lines), is_exact=False)


def _run_credit(run: int, lines: int) -> Fraction:
    return Fraction(run - 1, lines - 1)


def _partitions(total: int, largest: int) -> Iterator[tuple[int, ...]]:
    """The ways to write a number as a sum, the largest first."""
    if not total:
        yield ()
    for first in range(min(total, largest), 0, -1):
        for rest in _partitions(total - first, first):
            yield (first, *rest)


def _tableaux(shape: tuple[int, ...]) -> int:
    """How many standard tableaux have a shape, by their hooks (Frame, Robinson, Thrall 1954).

    Their squares count the orders whose longest run has the length of the first row (Robinson, Schensted 1961).
    """
    columns = [sum(row > column for row in shape) for column in range(shape[0])]
    hooks = prod(
        row - column + columns[column] - number - 1 for number, row in enumerate(shape) for column in range(row)
    )
    return factorial(sum(shape)) // hooks


def _guessed_pairs(lines: int) -> Guesses:
    """By pairs in the right order: each line that is added stands before none to all of those above it."""
    counts = [1]
    for above in range(1, lines):
        sums = [0]
        for count in counts:
            sums.append(sums[-1] + count)
        last = len(counts)
        counts = [sums[min(n + 1, last)] - sums[max(n - above, 0)] for n in range(last + above)]
    pairs = lines * (lines - 1) // 2
    return counted((max(Fraction(0), Fraction(pairs - 2 * wrong, pairs)), count) for wrong, count in enumerate(counts))


GUESSED: dict[str, Callable[[int], Guesses]] = {"lcs": _guessed_runs, "pairs": _guessed_pairs}
