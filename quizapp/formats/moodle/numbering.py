"""Numbers as Moodle has them: a number and what it may be off, and units with what one of the first is in them."""

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from quizapp.formats.building import ANY_NUMBER
from quizapp.formats.losses import Lost, lost
from quizapp.formats.moodle.pieces import Body, NotHeld, answer
from quizapp.formats.moodle.shares import percent_of, share_in_moodle
from quizapp.formats.outward import Outward
from quizapp.questions.base import decimal_text
from quizapp.questions.numbers import Interval
from quizapp.questions.numeric import Numeric
from quizapp.questions.units import SHORT, find_unit

DIGITS = 15  # significant ones, which are as many as Moodle's numbers keep


def write_numbers(kind: Numeric, out: Outward, told: list[Lost]) -> Body:
    """A question for a number, with its unit and those into which that is converted."""
    units = {value.interval.unit for value in kind.values if value.written != ANY_NUMBER}
    if len(units) > 1:
        raise NotHeld("its numbers have different units, of which Moodle knows one for all.")
    inside = []
    for value in kind.values:
        is_any = value.written == ANY_NUMBER and not value.credit
        middle, off = ("*", "0") if is_any else middle_of(value.interval, told)
        share = percent_of(share_in_moodle(value.credit, told, "values"))
        inside.append(answer(middle, share, value.feedback, out, f"<tolerance>{off}</tolerance>"))
    unit = next(iter(units), "")
    return Body("numerical", [*inside, *([_units(unit)] if unit else [])])


def _units(unit: str) -> str:
    """The units; without one, or with one of another kind, an answer earns nothing."""
    rows = "".join(
        f"<unit><multiplier>{multiplier}</multiplier><unit_name>{escape(name)}</unit_name></unit>"
        for name, multiplier in _multipliers(unit)
    )
    graded = "<unitgradingtype>1</unitgradingtype>\n<unitpenalty>1</unitpenalty>\n<showunits>0</showunits>\n"
    return f"<units>{rows}</units>\n{graded}"


def _multipliers(unit: str) -> Iterator[tuple[str, str]]:
    """Each unit of its kind, and how many of it are one of the unit."""
    own = find_unit(unit)
    yield unit, "1"
    for name, other in SHORT.items():
        if own and other.kind == own.kind and name != unit:
            yield name, _rounded(own.factor / other.factor)


def _rounded(value: Fraction) -> str:
    return f"{float(value):.{DIGITS}g}"


def middle_of(interval: Interval, told: list[Lost]) -> tuple[str, str]:
    """A range as a number and what it may be off, in the author's unit. Raises NotHeld."""
    unit = find_unit(interval.unit) if interval.unit else None
    factor = unit.factor if unit else Fraction(1)
    low, high = interval.low / factor, interval.high / factor
    if not (interval.has_low and interval.has_high):
        told.append(lost("that the end of a range is not part of it is left out.", "values", "blanks"))
    if low == high and Fraction(decimal_text(low)) != low:
        raise NotHeld(f"its number {interval.text} has no end as a decimal number. Say how much it may be off.")
    return decimal_text((low + high) / 2), decimal_text((high - low) / 2)
