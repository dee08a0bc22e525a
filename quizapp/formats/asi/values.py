"""Values of QTI and how they are declared: what is answered, what comes out, how an answer becomes a number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from quizapp.formats.asi.tree import Node

Single = str | Fraction | bool
Value = Single | tuple[Single, ...] | None  # a container is a tuple; NULL and an empty container are None
NUMBERS = ("integer", "float")
MAX_DIGITS, MAX_EXPONENT = 30, 30


class Unsupported(Exception):
    """Something that is not read, and what it is, as a sentence."""


def number_of(text: str) -> Fraction | None:
    """The number that a text is; None where it is none, or one that no key would have."""
    try:
        found = Decimal(text.strip())
    except (InvalidOperation, ValueError):
        return None
    if not found.is_finite() or len(found.as_tuple().digits) > MAX_DIGITS or abs(found.adjusted()) > MAX_EXPONENT:
        return None
    return Fraction(found)


def value_of(text: str, kind: str) -> Single:
    """A value of a base type, from how it is written. Raises Unsupported."""
    if kind in NUMBERS:
        number = number_of(text)
        if number is None:
            raise Unsupported(f"“{text.strip()[:40]}” is declared as a number and is none.")
        return number
    if kind == "boolean":
        return text.strip().lower() in ("true", "1")
    if kind in ("pair", "directedPair"):
        words = text.split()
        return " ".join(sorted(words) if kind == "pair" else words)
    return " ".join(text.split()) if kind == "identifier" else text.strip()


def container(values: Iterable[Single]) -> Value:
    """A container of some values; NULL where there is none."""
    return tuple(values) or None


@dataclass(frozen=True, slots=True)
class MapEntry:
    """What one value is worth."""

    key: Single
    worth: Fraction
    with_case: bool = True

    def fits(self, value: Single) -> bool:
        """Whether a value is the one of this entry."""
        if isinstance(value, str) and isinstance(self.key, str) and not self.with_case:
            return value.casefold() == self.key.casefold()
        return type(value) is type(self.key) and value == self.key


@dataclass(frozen=True, slots=True)
class Mapping:
    """How values become a number: each different one once, what is not named by `default`, the sum within bounds."""

    entries: tuple[MapEntry, ...]
    default: Fraction = Fraction(0)
    lower: Fraction | None = None
    upper: Fraction | None = None

    def worth(self, value: Value) -> Fraction:
        """What a value is worth; NULL is worth nothing."""
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        found = sum((self._one(one) for one in dict.fromkeys(values)), Fraction(0)) if values else Fraction(0)
        found = found if self.lower is None else max(found, self.lower)
        return found if self.upper is None else min(found, self.upper)

    def _one(self, value: Single) -> Fraction:
        return next((entry.worth for entry in self.entries if entry.fits(value)), self.default)


@dataclass(frozen=True, slots=True)
class Table:
    """What a number is looked up in: the value of the first row that fits, else `default`.

    A row fits where the number is `source`; with `is_at_least` where it is that or more (`with_it`), or only more.
    """

    rows: tuple[tuple[Fraction, Single, bool], ...]
    default: Value = None
    is_at_least: bool = False

    def value(self, number: Value) -> Value:
        """What stands there for a number."""
        if not isinstance(number, Fraction):
            return self.default
        return next(
            (value for source, value, with_it in self.rows if self._fits(number, source, with_it)), self.default
        )

    def _fits(self, number: Fraction, source: Fraction, with_it: bool) -> bool:
        return (self.is_at_least and number > source) or (with_it and number == source)


@dataclass(frozen=True, slots=True)
class Declared:
    """A variable: its kind, and its right value or the value it begins with."""

    id: str
    cardinality: str
    base: str
    correct: Value = None
    default: Value = None
    mapping: Mapping | None = None
    normal: Fraction | None = None  # its normal maximum, of an outcome
    table: Table | None = None  # in which its value is looked up, of an outcome
    line: int = field(default=0, compare=False)


def declared(node: Node) -> Declared:
    """The variable that an element declares. Raises Unsupported."""
    base, cardinality = _base(node.get("basetype")), node.get("cardinality", "single")
    if cardinality == "record":
        raise Unsupported("an answer of several fields (record) is not read.")
    mapping = node.first("mapping")
    return Declared(
        node.get("identifier"),
        cardinality,
        base,
        _values(node.first("correctresponse"), base, cardinality),
        _values(node.first("defaultvalue"), base, cardinality),
        _mapping(mapping, base) if mapping else None,
        number_of(node.get("normalmaximum")),
        next((_table(one, base) for one in node.all("matchtable", "interpolationtable")), None),
        node.line,
    )


def _base(written: str) -> str:
    return {"directedpair": "directedPair"}.get(written.lower(), written.lower())


def _values(node: Node | None, base: str, cardinality: str) -> Value:
    found = [value_of(one.text, base) for one in node.all("value")] if node else []
    if cardinality == "single":
        return found[0] if found else None
    return container(found)


def _mapping(node: Node, base: str) -> Mapping:
    entries = tuple(
        MapEntry(
            value_of(one.get("mapkey"), base),
            _number(one.get("mappedvalue", "0")),
            one.get("casesensitive", "true").lower() not in ("false", "0"),
        )
        for one in node.all("mapentry")
    )
    lower, upper = node.get("lowerbound"), node.get("upperbound")
    return Mapping(
        entries,
        _number(node.get("defaultvalue", "0") or "0"),
        _number(lower) if lower else None,
        _number(upper) if upper else None,
    )


def _table(node: Node, base: str) -> Table:
    rows = tuple(
        (
            _number(one.get("sourcevalue")),
            value_of(one.get("targetvalue"), base),
            one.get("includeboundary", "true").lower() not in ("false", "0"),
        )
        for one in node.all("matchtableentry", "interpolationtableentry")
    )
    default = node.get("defaultvalue")
    return Table(rows, value_of(default, base) if default else None, node.tag == "interpolationtable")


def _number(text: str) -> Fraction:
    number = number_of(text)
    if number is None:
        raise Unsupported(f"“{text[:40]}” stands where a number of a mapping belongs.")
    return number
