"""Numbers: as authors write them in a key, and as learners type them; format section 6.

Values are exact fractions, so that no mark hangs on how a computer rounds.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
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
    (?:\ ?(?:\+-|\+/-|±)\ ?(?P<sign>[{re.escape(CURRENCY_SIGNS)}])?(?P<tolerance>{DECIMAL})(?:\ ?(?P<share>%))?
    (?:\ ?(?P<after>{UNIT}))?)?""",
    re.VERBOSE,
)
RANGE = re.compile(
    rf"(?P<open>[\[(])\ ?(?P<low>{DECIMAL})\ ?,\ ?(?P<high>{DECIMAL})\ ?(?P<close>[\])])(?:\ ?(?P<unit>{UNIT}))?",
    re.VERBOSE,
)
NUMBER_AND_WORD = re.compile(rf"{DECIMAL} (?P<word>[^\W\d_]+)")
# A number as people write it: with groups of thousands, or a decimal comma.
GROUPED = re.compile(r"\d+(?:[.,' ]\d+)+")
SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
POWER = re.compile(r"10 ?([⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
VULGAR = re.compile(r"(\d+)? ?([¼-¾⅐-⅞])")
MARKS = str.maketrans({"’": "'", "ʼ": "'", "´": "'", "º": "°"})
CURRENCY_FIRST = re.compile(rf"(?P<minus>[-+]?) ?(?P<unit>[{re.escape(CURRENCY_SIGNS)}]|[A-Z]{{3}}(?= ?[-+\d.,])) ?")
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
        return f"{short_number((self.low + self.high) / 2 / factor)} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What a learner typed: a value and its unit, or what is in the way of reading it."""

    value: Fraction = Fraction(0)
    unit: Unit | None = None
    trouble: Trouble | None = None


def short_number(value: Fraction) -> str:
    """A number as somebody could type it: a decimal if it is one, else a fraction."""
    below = value.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    if below != 1:
        return f"{value.numerator}/{value.denominator}"
    with localcontext(prec=2 * MAX_EXPONENT + MAX_DIGITS):
        number = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
    return f"{number:f}" if abs(number.adjusted()) < 20 else str(number).replace("E+", "e").replace("E", "e")


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
    if low == high and (found["open"], found["close"]) != ("[", "]"):
        return None
    low, high = low * unit.factor, high * unit.factor
    return Interval(low, high, found["open"] == "[", found["close"] == "]", unit.kind, text, word)


def is_empty_range(text: str) -> bool:
    """Whether a value is written as a range that holds no number."""
    found = RANGE.fullmatch(SPACES.sub(" ", text.translate(SIGNS)).strip()) if len(text) <= MAX_LENGTH else None
    return found is not None and _unit(found["unit"] or "") is not None and _range(found, text) is None


def _tolerance(found: re.Match[str], text: str) -> Interval | None:
    own = [word for word in (found["currency"], found["unit"]) if word]
    others = [word for word in (found["sign"], found["after"]) if word]
    word = [*own, *others, ""][0]
    unit, other = _unit(word), _unit([*others, word][0])
    value, off = _fraction(found["value"]), _fraction(found["tolerance"] or "0")
    if len(own) > 1 or len(others) > 1 or value is None or off is None or off < 0:
        return None
    if unit is None or other is None or unit.kind != other.kind:
        return None
    if found["below"]:
        value /= int(found["below"])
    middle = value * unit.factor
    off = abs(middle) * off / 100 if found["share"] else off * other.factor
    return Interval(middle - off, middle + off, kind=unit.kind, text=text, unit=word)


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
    if len(text) > MAX_LENGTH:
        return ""
    found = NUMBER_AND_WORD.fullmatch(SPACES.sub(" ", text.translate(SIGNS)).strip())
    return found["word"] if found and not find_unit(found["word"]) else ""


def meant_number(text: str) -> str:
    """The number that an author meant who wrote one with commas or spaces in it; empty for anything else."""
    if len(text) > MAX_LENGTH:
        return ""
    plain = SPACES.sub(" ", text.translate(SIGNS).translate(MARKS)).strip()
    if re.fullmatch(r"[\d.]+", plain):
        return ""  # an address or a version
    mended = GROUPED.sub(lambda group: _ungrouped(group[0]), plain)
    return mended if mended != plain and read_key(mended) else ""


def _ungrouped(digits: str) -> str:
    if re.fullmatch(r"\d+,\d+", digits):
        return digits.replace(",", ".")
    plain = _decimal(digits)
    return plain if plain and plain != "ambiguous" else digits


def read_typed(text: str) -> TypedNumber:
    """What a learner typed: with a comma or a point, with or without a unit before or after the number."""
    if len(text) > MAX_LENGTH:
        return TypedNumber(trouble="too-long")
    plain = _plain_typed(text)
    before = CURRENCY_FIRST.match(plain)
    currency = before["unit"] if before and find_unit(before["unit"]) else ""
    if before and currency:
        plain = before["minus"] + plain[before.end() :]
    found = TYPED.match(plain)
    after = plain[found.end() :].strip() if found else ""
    if not found or (currency and after):
        return TypedNumber(trouble="not-a-number")
    word = currency or _give_powers(after if len(after) == 1 else after.rstrip("."))
    digits = _decimal(found["digits"])
    if digits == "ambiguous":
        return TypedNumber(trouble="ambiguous-comma")
    value = _fraction(f"{found['sign']}{digits}e{found['exponent'] or 0}") if digits else None
    if value is None or (found["below"] and not int(found["below"])):
        return TypedNumber(trouble="not-a-number")
    value = value / int(found["below"]) if found["below"] else value
    unit = find_unit(word) if word else None
    return TypedNumber(value, unit, "unknown-unit" if word and unit is None else None)


def _plain_typed(text: str) -> str:
    """A typed number in the characters that a pattern looks for."""
    text = POWER.sub(lambda power: "10^" + power[1].translate(SUPERSCRIPTS), text.translate(MARKS))
    text = VULGAR.sub(_as_fraction, text)
    plain = unicodedata.normalize("NFKC", _keep_powers(text)).translate(SIGNS)
    plain = SPACES.sub(" ", plain).strip()
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in plain)


def _as_fraction(found: re.Match[str]) -> str:
    """`2½` as `5/2`."""
    above, below = map(int, unicodedata.normalize("NFKC", found[2]).split("\N{FRACTION SLASH}"))
    return f"{int(found[1] or 0) * below + above}/{below}"


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
