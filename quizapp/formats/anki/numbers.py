"""Numbers and ranges in words, for people who compare their answer with them."""

from fractions import Fraction

from quizapp.questions.numbers import Interval, short_number
from quizapp.questions.units import find_unit

MOST = 24  # characters of a bound; longer ones are not told


def in_short(interval: Interval) -> str:
    """`12.5 +- 0.5 ms` as `12.5 ± 0.5 ms`, `[1, 2) m` as `from 1 to below 2 m`."""
    written = interval.text.replace("+-", "±").replace("+/-", "±")
    return written if "±" in written else _bounds(interval) or written


def in_words(interval: Interval) -> str:
    """The same, and what a tolerance comes to: `12.5 ± 0.5 ms (from 12 to 13 ms)`."""
    short, bounds = in_short(interval), _bounds(interval)
    return f"{short} ({bounds})" if bounds and bounds != short else short


def _bounds(interval: Interval) -> str:
    """From where to where it goes, in the author's unit; empty where that is one number, or would be long."""
    unit = find_unit(interval.unit) if interval.unit else None
    factor = unit.factor if unit else Fraction(1)
    low, high = short_number(interval.low / factor), short_number(interval.high / factor)
    if low == high or max(len(low), len(high)) > MOST:
        return ""
    told = f"from {'' if interval.has_low else 'above '}{low} to {'' if interval.has_high else 'below '}{high}"
    return f"{told} {interval.unit}".rstrip()
