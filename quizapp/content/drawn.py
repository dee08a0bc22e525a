"""What the questions of one attempt give together, when they are drawn from pools: exact, by generating functions.

A question gives a number by chance (a `Chances`), and only the sum of those that are drawn matters. Sums are counted as
whole numbers of a common unit, their probabilities as whole numbers over a common denominator.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, lcm, prod

from quizapp.questions.guesses import Chances, from_tails

MAX_STEPS = 3_000_000  # about two seconds
MAX_STATES = 2_000  # of overlapping pools

Weights = dict[int, int]  # a sum in units: how probable it is, over a denominator that stands elsewhere


@dataclass(frozen=True, slots=True)
class Pool:
    """So many of these questions are drawn without replacement; they are named by their keys."""

    keys: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What an attempt gives: each sum in units, how probable it is over `denominator`; 0 is where passing begins.

    Where it `is_exact` not, sums are put too high rather than too low.
    """

    weights: Mapping[int, int]
    denominator: int
    is_exact: bool

    @property
    def passing(self) -> Fraction:
        """How probable a sum of 0 or more is."""
        return Fraction(sum(weight for total, weight in self.weights.items() if total >= 0), self.denominator)


def clusters(pools: Sequence[Pool]) -> list[list[Pool]]:
    """Pools that share questions, directly or through others, together; each in the order in which it draws."""
    ordered = sorted(pools, key=lambda pool: len(pool.keys))
    found: list[list[int]] = []
    for number, pool in enumerate(ordered):
        touched = [group for group in found if any(set(pool.keys) & set(ordered[n].keys) for n in group)]
        found = [group for group in found if group not in touched]
        found.append(sorted([*(n for group in touched for n in group), number]))
    return [[ordered[n] for n in group] for group in found]


def keys_of(pools: Iterable[Pool]) -> tuple[str, ...]:
    """Every question that pools hold, once."""
    return tuple(dict.fromkeys(key for pool in pools for key in pool.keys))


def draws_alike(pools: Sequence[Pool], gives: Mapping[str, Chances]) -> bool:
    """Whether it makes no difference which questions of a cluster are drawn."""
    kinds = [gives[key] for key in keys_of(pools)]
    return (len(pools) == 1 and pools[0].count >= len(kinds)) or all(kind == kinds[0] for kind in kinds)


def highest(kinds: Sequence[Chances]) -> Chances:
    """What gives every number, and more, as probably as that of some questions for which it is most probable."""
    values = {value for kind in kinds for value in kind}
    return from_tails({
        value: max(sum((chance for other, chance in kind.items() if other >= value), Fraction(0)) for kind in kinds)
        for value in values
    })  # fmt: skip


def drawn_sums(pools: Sequence[Pool], gives: Mapping[str, Chances]) -> Sums:
    """What the questions of one attempt give together.

    Where that is too much work, units are taken that are not so fine, or a question of pools that overlap in many ways
    is put in the place of its better ones; both make sums higher.
    """
    groups = clusters(pools)
    gives, is_exact = dict(gives), True
    for group in groups:
        if _states(group) > MAX_STATES and not draws_alike(group, gives):
            best, is_exact = highest([gives[key] for key in keys_of(group)]), False
            gives |= dict.fromkeys(keys_of(group), best)
    unit = Fraction(1, lcm(*(value.denominator for kind in gives.values() for value in kind)))
    coarser = ceil(Fraction(_steps(groups, gives, unit), MAX_STEPS))
    weights, denominator = {0: 1}, 1
    for group in groups:
        more, over = _of_cluster(group, gives, unit * coarser)
        weights, denominator = added(weights, more), denominator * over
    return Sums(weights, denominator, is_exact and coarser == 1)


def added(one: Mapping[int, int], other: Mapping[int, int]) -> Weights:
    """The sums of two numbers."""
    found: defaultdict[int, int] = defaultdict(int)
    for total, weight in one.items():
        for more, also in other.items():
            found[total + more] += weight * also
    return dict(found)


def _states(group: Sequence[Pool]) -> int:
    """How many ways there are of having drawn so many from each pool, and taken so many of what later ones hold."""
    counts = [min(pool.count, len(pool.keys)) for pool in group]
    return prod(count + 1 for count in counts) * prod(sum(counts[:n]) + 1 for n in range(1, len(counts)))


def _steps(groups: Sequence[Sequence[Pool]], gives: Mapping[str, Chances], unit: Fraction) -> int:
    """An estimate of the work, most of it for the number of different sums."""
    sums, work = Fraction(1), Fraction(0)
    for group in groups:
        kinds = [gives[key] for key in keys_of(group)]
        drawn = min(sum(pool.count for pool in group), len(kinds))
        own = drawn * (max(map(max, kinds)) - min(map(min, kinds))) / unit + 1
        ways = 1 if draws_alike(group, gives) else _states(group)
        work += own * ways * sum(map(len, kinds))
        sums += own
        work += sums * own / 4 if len(groups) > 1 else 0
    return int(work)


def _of_cluster(group: Sequence[Pool], gives: Mapping[str, Chances], unit: Fraction) -> tuple[Weights, int]:
    keys = keys_of(group)
    over = lcm(*(chance.denominator for key in keys for chance in gives[key].values()))
    moves = {key: _in_units(gives[key], unit, over) for key in keys}
    if not draws_alike(group, gives):
        return _drawn(group, moves, over)
    drawn = keys[: sum(min(pool.count, len(pool.keys)) for pool in group)]
    weights: Weights = {0: 1}
    for key in drawn:
        weights = added(weights, moves[key])
    return weights, int(over ** len(drawn))


def _in_units(chances: Chances, unit: Fraction, over: int) -> Weights:
    found: defaultdict[int, int] = defaultdict(int)
    for value, chance in chances.items():
        found[ceil(value / unit)] += int(chance * over)
    return dict(found)


@dataclass(frozen=True, slots=True)
class _State:
    """How many were drawn from each pool, and how many of each pool were taken by those that draw before it."""

    drawn: tuple[int, ...]
    taken: tuple[int, ...]


def _drawn(group: Sequence[Pool], moves: Mapping[str, Weights], over: int) -> tuple[Weights, int]:
    """Go through all questions: each is left, or drawn by one of the pools that hold it."""
    nothing = (0,) * len(group)
    states: dict[_State, Weights] = {_State(nothing, nothing): {0: 1}}
    for key in keys_of(group):
        holders = [n for n, pool in enumerate(group) if key in pool.keys]
        states = _with_question(states, moves[key], holders, group)
    shares = {state: _share(state, group) / over ** sum(state.drawn) for state in states}
    common = lcm(*(share.denominator for share in shares.values()))
    weights: defaultdict[int, int] = defaultdict(int)
    for state, found in states.items():
        times = int(shares[state] * common)
        for total, weight in found.items() if times else ():
            weights[total] += weight * times
    return dict(weights), common


def _with_question(
    states: Mapping[_State, Weights], moves: Weights, holders: Sequence[int], group: Sequence[Pool]
) -> dict[_State, Weights]:
    found: defaultdict[_State, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for state, weights in states.items():
        for total, weight in weights.items():
            found[state][total] += weight
        for n in holders:
            if state.drawn[n] < group[n].count:
                drawn = found[_taking(state, n, holders)]
                for total, weight in added(weights, moves).items():
                    drawn[total] += weight
    return {state: dict(weights) for state, weights in found.items()}


def _taking(state: _State, by: int, holders: Sequence[int]) -> _State:
    drawn = tuple(number + (n == by) for n, number in enumerate(state.drawn))
    return _State(drawn, tuple(number + (n in holders and n > by) for n, number in enumerate(state.taken)))


def _share(state: _State, group: Sequence[Pool]) -> Fraction:
    """How probable it is that just these questions are drawn; 0 where a pool has not drawn all that it should."""
    share = Fraction(1)
    for pool, drawn, taken in zip(group, state.drawn, state.taken, strict=True):
        left = len(pool.keys) - taken
        if drawn != min(pool.count, left):
            return Fraction(0)
        share /= comb(left, drawn)
    return share
