"""Numbers: as authors write them in a key, and as learners type them; format section 6.

Values are exact fractions, so that no mark hangs on how a computer rounds.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from quizapp.questions.units import CURRENCY_SIGNS, Unit, find_unit

MAX_LENGTH = 100
MAX_DIGITS = 60
MAX_EXPONENT = 400
SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*"})
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")

# A decimal of a key: a point, no thousands separator, no leading zero.
DECIMAL = r"[-+]?(?:0|[1-9]\d*)?(?:(?<=\d)\.\d*|(?<!\d)\.\d+)?(?<=[\d.])(?:[eE][-+]?\d{1,6})?"
UNIT = r"[^\W\d_%°€$£¥‰][\w/^²³]*|°[CF]?|[%‰€$£¥]"
KEY = re.compile(
    rf"""(?P<currency>[{re.escape(CURRENCY_SIGNS)}])?\ ?(?P<value>{DECIMAL})(?:/(?P<below>[1-9]\d*))?
    (?:\ ?(?P<unit>{UNIT}))?
    (?:\ ?(?:\+-|\+/-|±)\ ?(?P<tolerance>{DECIMAL})(?:\ ?(?P<share>%))?(?:\ ?(?P<after>{UNIT}))?)?""",
    re.VERBOSE,
)
RANGE = re.compile(
    rf"(?P<open>[\[(])\ ?(?P<low>{DECIMAL})\ ?,\ ?(?P<high>{DECIMAL})\ ?(?P<close>[\])])(?:\ ?(?P<unit>{UNIT}))?",
    re.VERBOSE,
)
NUMBER_AND_WORD = re.compile(rf"{DECIMAL} (?P<word>[^\W\d_]+)")
COMMA_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*,\d+(?:[.,]\d+)*(?:\ ?[^\W\d_%]{0,4}|\ ?%)")
TYPED = re.compile(
    r"""(?P<sign>[-+]?)\ ?(?P<digits>[\d.,' ]*\d[.,]?|[.,]\d+)
    (?:\ ?(?:[eE]|[*x]\ ?10\ ?(?:\^|\*\*)?\ ?)(?P<exponent>[-+]?\d{1,6}))?(?:\ ?/\ ?(?P<below>\d+))?""",
    re.VERBOSE,
)

Trouble = Literal["not-a-number", "ambiguous-comma", "missing-unit", "unknown-unit", "no-unit", "too-long"]


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers a key stands for, in the base unit: between low and high, each bound in or out."""

    low: Fraction
    high: Fraction
    has_low: bool = True
    has_high: bool = True
    kind: str = ""  # what the unit measures; empty: no unit
    text: str = field(default="", compare=False)  # as the author wrote it
    unit: str = field(default="", compare=False)  # the unit as the author wrote it

    def holds(self, value: Fraction) -> bool:
        """Whether a number in the base unit is one of them."""
        above = value >= self.low if self.has_low else value > self.low
        below = value <= self.high if self.has_high else value < self.high
        return above and below

    @property
    def inside(self) -> str:
        """A number in the middle, in the author's unit, as a learner could type it."""
        factor = find_unit(self.unit).factor if self.unit else Fraction(1)  # type: ignore[union-attr]  # read before
        middle = (self.low + self.high) / 2 / factor
        number = str(middle.numerator) if middle.denominator == 1 else f"{middle.numerator}/{middle.denominator}"
        return f"{number} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What a learner typed: a value and its unit, or what is in the way of reading it."""

    value: Fraction = Fraction(0)
    unit: Unit | None = None
    trouble: Trouble | None = None


def read_key(text: str) -> Interval | None:
    """The numbers that a value of an answer list stands for; None where it is text."""
    plain = SPACES.sub(" ", text.translate(SIGNS)).strip()
    if len(plain) > MAX_LENGTH:
        return None
    found = RANGE.fullmatch(plain)
    if found:
        return _range(found, text)
    found = KEY.fullmatch(plain)
    return _tolerance(found, text) if found else None


def _range(found: re.Match[str], text: str) -> Interval | None:
    word = found["unit"] or ""
    low, high, unit = _fraction(found["low"]), _fraction(found["high"]), _unit(word)
    if low is None or high is None or unit is None or low > high:
        return None
    low, high = low * unit.factor, high * unit.factor
    return Interval(low, high, found["open"] == "[", found["close"] == "]", unit.kind, text, word)


def _tolerance(found: re.Match[str], text: str) -> Interval | None:
    words = [word for word in (found["currency"], found["unit"], found["after"]) if word]
    word = words[0] if words else ""
    unit = _unit(word)
    value, off = _fraction(found["value"]), _fraction(found["tolerance"] or "0")
    if len(words) > 1 or unit is None or value is None or off is None or off < 0:
        return None
    if found["below"]:
        value /= int(found["below"])
    if found["share"]:
        off = abs(value) * off / 100
    low, high = (value - off) * unit.factor, (value + off) * unit.factor
    return Interval(low, high, kind=unit.kind, text=text, unit=word)


def _unit(word: str) -> Unit | None:
    return find_unit(word) if word else Unit("", Fraction(1))


def _fraction(text: str) -> Fraction | None:
    """An exact value, within bounds that keep arithmetic quick."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > MAX_DIGITS or not mantissa or abs(int(exponent or 0)) > MAX_EXPONENT:
        return None
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


def unknown_word(text: str) -> str:
    """The word after a number that no unit stands for; empty for anything else."""
    found = NUMBER_AND_WORD.fullmatch(SPACES.sub(" ", text.translate(SIGNS)).strip())
    return found["word"] if found and not find_unit(found["word"]) else ""


def is_comma_number(text: str) -> bool:
    """Whether an author meant a number and wrote a comma in it."""
    return COMMA_NUMBER.fullmatch(SPACES.sub(" ", text).strip()) is not None


def read_typed(text: str) -> TypedNumber:
    """What a learner typed: with a comma or a point, with or without a unit before or after the number."""
    if len(text) > MAX_LENGTH:
        return TypedNumber(trouble="too-long")
    plain = SPACES.sub(" ", unicodedata.normalize("NFKC", _keep_powers(text)).translate(SIGNS)).strip()
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in plain)
    sign = next((sign for sign in CURRENCY_SIGNS if plain.startswith(sign)), "")
    plain = plain.removeprefix(sign).strip()
    found = TYPED.match(plain)
    if not found:
        return TypedNumber(trouble="not-a-number")
    word = sign or _give_powers(plain[found.end() :].strip())
    if sign and plain[found.end() :].strip():
        return TypedNumber(trouble="not-a-number")
    digits = _decimal(found["digits"])
    if digits == "ambiguous":
        return TypedNumber(trouble="ambiguous-comma")
    value = _fraction(f"{found['sign']}{digits}e{found['exponent'] or 0}") if digits else None
    if value is None or (found["below"] and not int(found["below"])):
        return TypedNumber(trouble="not-a-number")
    value = value / int(found["below"]) if found["below"] else value
    unit = find_unit(word) if word else None
    return TypedNumber(value, unit, "unknown-unit" if word and unit is None else None)


def _keep_powers(text: str) -> str:
    """NFKC would make `m²` of `m2`; both are in the table, but `10²` is no number."""
    return text.replace("²", "^2").replace("³", "^3")


def _give_powers(text: str) -> str:
    return text.replace("^2", "²").replace("^3", "³")


def _decimal(digits: str) -> str:
    """The digits with a decimal point and nothing else: empty when they are no number, or `ambiguous`.

    A comma between one to three digits and exactly three more could separate thousands or be a decimal comma.
    """
    digits = digits.strip().rstrip(".,") if re.fullmatch(r"[\d ]+[.,]", digits.strip()) else digits.strip()
    if re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", digits):
        return digits
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        return "ambiguous"
    if re.fullmatch(r"\d*,\d+", digits):
        return digits.replace(",", ".")
    for thousands, point in ((",", "."), (".", ","), (" ", "."), (" ", ","), ("'", "."), ("'", ",")):
        groups = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(point)}\d+)?"
        if re.fullmatch(groups, digits):
            return digits.replace(thousands, "").replace(point, ".")
    return ""
