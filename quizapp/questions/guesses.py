"""What guessing earns: the distribution of the credit of a random response, exact where counting allows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, prod

Chances = Mapping[Fraction, Fraction]  # value: how probable it is; together 1

MAX_VALUES = 5_000  # of a sum, before its values are rounded up
STEPS = 1_000  # to which they are then rounded


@dataclass(frozen=True, slots=True)
class Guesses:
    """What one response earns that is drawn, each as probable, from all that are not blank.

    `responses` is how many there are; 1 where nothing can be guessed. Where it `is_exact` not, credit is put too high
    rather than too low.
    """

    chances: Chances
    responses: int = 1
    is_exact: bool = True


NO_GUESS = Guesses({Fraction(0): Fraction(1)})  # what is typed or written


def counted(responses: Iterable[tuple[Fraction, int]]) -> Guesses:
    """From credits, and how many responses earn each; a credit may come several times."""
    counts: defaultdict[Fraction, int] = defaultdict(int)
    for credit, number in responses:
        counts[credit] += number
    every = sum(counts.values())
    return Guesses({credit: Fraction(number, every) for credit, number in counts.items() if number}, every)


def from_tails(tails: Mapping[Fraction, Fraction]) -> Chances:
    """From how probable it is to earn a value or more, by value; the least is certain."""
    found, above = {}, Fraction(0)
    for value in sorted(tails, reverse=True):
        found[value], above = tails[value] - above, tails[value]
    found[min(tails)] += 1 - above
    return {value: chance for value, chance in found.items() if chance}


def tails_of(chances: Chances) -> dict[Fraction, Fraction]:
    """How probable it is to earn a value or more, by value."""
    found, above = {}, Fraction(0)
    for value in sorted(chances, reverse=True):
        above = found[value] = above + chances[value]
    return found


def mean_of(parts: Sequence[Guesses]) -> Guesses:
    """What the mean of parts earns that are guessed each by itself."""
    chances: Chances = {Fraction(0): Fraction(1)}
    is_exact = all(part.is_exact for part in parts)
    for part in parts:
        chances = _added(chances, part.chances, len(parts))
        if len(chances) > MAX_VALUES:
            chances, is_exact = _rounded_up(chances), False
    return Guesses(chances, prod(part.responses for part in parts), is_exact)


def _added(one: Chances, other: Chances, over: int) -> Chances:
    found: defaultdict[Fraction, Fraction] = defaultdict(Fraction)
    for value, chance in one.items():
        for more, also in other.items():
            found[value + more / over] += chance * also
    return found


def _rounded_up(chances: Chances) -> Chances:
    found: defaultdict[Fraction, Fraction] = defaultdict(Fraction)
    for value, chance in chances.items():
        found[Fraction(ceil(value * STEPS), STEPS)] += chance
    return found


def best_of(guesses: Guesses, worths: Sequence[Fraction]) -> Chances:
    """What the best of several tries earns, of which each gives another response; `worths` are those of the tries.

    Without any, tries go on until nothing is left to earn. Who has earned all tries no more, which changes nothing
    where no try is worth more than one before it; otherwise the result is put too high.
    """
    if not worths:
        return {max(guesses.chances): Fraction(1)}
    used = sorted(worths[: guesses.responses], reverse=True)
    values = {credit * worth for credit in guesses.chances for worth in used}
    at_most = {value: _none_above(value, guesses, used) for value in sorted(values)}
    found, below = {}, Fraction(0)
    for value, chance in at_most.items():
        found[value], below = chance - below, chance
    return {value: chance for value, chance in found.items() if chance}


def _none_above(value: Fraction, guesses: Guesses, worths: Sequence[Fraction]) -> Fraction:
    """How probable it is that no try earns more than a value.

    The less a try is worth, the more responses earn no more in it: each of them leaves one fewer for the next.
    """
    every, chance = guesses.responses, Fraction(1)
    for number, worth in enumerate(worths):
        fitting = every * sum((p for credit, p in guesses.chances.items() if credit * worth <= value), Fraction(0))
        chance *= max(fitting - number, Fraction(0)) / (every - number)
    return chance
