"""The operators of response processing: values in, a value out; NULL where one of them says nothing."""

from collections.abc import Callable
from fractions import Fraction
from math import floor

from quizapp.formats.asi.tree import Node
from quizapp.formats.asi.values import Unsupported, Value, container, number_of

MAX_NUMBER = 10**60
Operator = Callable[[Node, list[Value]], Value]


def tolerance_of(node: Node, value: Fraction) -> tuple[Fraction, Fraction]:
    """Between what an `equal` of this value lies. Raises Unsupported.

    The first of the two expressions is the one that the tolerance is taken of, as QTI says.
    """
    mode = node.get("tolerancemode", "exact")
    if mode == "exact":
        return value, value
    written = [number_of(word) for word in node.get("tolerance", "0").split()] or [Fraction(0)]
    if None in written or mode not in ("absolute", "relative"):
        raise Unsupported("the tolerance of its numbers is not read.")
    found = [one for one in written if one is not None]
    below, above = found[0], found[-1]
    if mode == "relative":
        below, above = abs(value) * below / 100, abs(value) * above / 100
    return value - below, value + above


def includes(node: Node, name: str) -> bool:
    """What a switch says; where it says nothing, it is on."""
    return node.get(name, "true").lower() not in ("false", "0")


def only(node: Node) -> Node:
    """The one expression in an element. Raises Unsupported."""
    if len(node.nodes) != 1:
        raise Unsupported(f"its rules use {node.tag} with {len(node.nodes)} values.")
    return node.nodes[0]


def same(first: Value, second: Value, cardinality: str) -> bool:
    """Whether two values match: of ordered ones the order counts, of multiple ones how often each is there."""
    if isinstance(first, tuple) and isinstance(second, tuple) and cardinality != "ordered":
        return sorted(map(str, first)) == sorted(map(str, second))
    return first == second


def _isnull(node: Node, values: list[Value]) -> Value:
    return values[0] is None or values[0] == ""


def _not(node: Node, values: list[Value]) -> Value:
    return None if values[0] is None else values[0] is not True


def _and(node: Node, values: list[Value]) -> Value:
    return False if False in values else None if None in values else True


def _or(node: Node, values: list[Value]) -> Value:
    return True if True in values else None if None in values else False


def _member(node: Node, values: list[Value]) -> Value:
    one, many = values[:2]
    if one is None or many is None:
        return None
    return one in many if isinstance(many, tuple) else one == many


def _contains(node: Node, values: list[Value]) -> Value:
    whole, part = values[:2]
    if not isinstance(whole, tuple) or not isinstance(part, tuple):
        return None
    return all(whole.count(one) >= part.count(one) for one in part)


def _stringmatch(node: Node, values: list[Value]) -> Value:
    first, second = values[:2]
    if not isinstance(first, str) or not isinstance(second, str):
        return None
    if not includes(node, "casesensitive"):
        first, second = first.casefold(), second.casefold()
    return second in first if node.get("substring").lower() == "true" else first == second


def _substring(node: Node, values: list[Value]) -> Value:
    part, whole = values[:2]
    if not isinstance(part, str) or not isinstance(whole, str):
        return None
    return part in whole if includes(node, "casesensitive") else part.casefold() in whole.casefold()


def _anyn(node: Node, values: list[Value]) -> Value:
    least, most = number_of(node.get("min")), number_of(node.get("max"))
    if least is None or most is None:
        raise Unsupported("its rules use anyN without the two numbers that it needs.")
    sure, possible = values.count(True), values.count(True) + values.count(None)
    return True if least <= sure and possible <= most else None if least <= possible and sure <= most else False


def rounded(node: Node, value: Fraction) -> tuple[Fraction, Fraction]:
    """A number as an `equalRounded` rounds it, and half of what its last figure counts. Raises Unsupported."""
    figures = node.get("figures")
    if not figures.isdecimal() or len(figures) > 2:
        raise Unsupported("the figures that its numbers are rounded to are not read.")
    is_of_all = node.get("roundingmode", "significantFigures").lower() == "significantfigures"
    places = int(figures) - 1 - _exponent(value) if is_of_all else int(figures)
    unit = Fraction(10) ** -places
    return floor(value / unit + Fraction(1, 2)) * unit, unit / 2


def _exponent(value: Fraction) -> int:
    """Of the power of ten that its first figure counts."""
    found = 0
    while abs(value) >= Fraction(10) ** (found + 1):
        found += 1
    while value and abs(value) < Fraction(10) ** found:
        found -= 1
    return found


def _equalrounded(node: Node, values: list[Value]) -> Value:
    first, second = values[:2]
    if not isinstance(first, Fraction) or not isinstance(second, Fraction):
        return None
    return rounded(node, first)[0] == rounded(node, second)[0]


def _whole(compute: Callable[[int, int], int]) -> Operator:
    def run(numbers: list[Fraction]) -> Value:
        if len(numbers) != 2 or not numbers[1] or any(one.denominator != 1 for one in numbers):
            return None
        return Fraction(compute(int(numbers[0]), int(numbers[1])))

    return _arithmetic(run)


def _flat(values: list[Value]) -> list[Value]:
    return [one for value in values for one in (value if isinstance(value, tuple) else (value,))]


def _collected(node: Node, values: list[Value]) -> Value:
    return container(one for one in _flat(values) if one is not None and not isinstance(one, tuple))


def _numbers(values: list[Value]) -> list[Fraction] | None:
    found = [one for one in _flat(values) if isinstance(one, Fraction)]
    return found if len(found) == len(_flat(values)) else None


def _arithmetic(compute: Callable[[list[Fraction]], Value]) -> Operator:
    def run(node: Node, values: list[Value]) -> Value:
        numbers = _numbers(values)
        return None if not numbers else compute(numbers)

    return run


def _product(numbers: list[Fraction]) -> Value:
    found = Fraction(1)
    for number in numbers:
        found *= number
        if max(abs(found.numerator), found.denominator) > MAX_NUMBER:
            raise Unsupported("its rules come to numbers that are too long.")
    return found


def computed(node: Node, values: list[Value]) -> Value:
    """The value of an operator. Raises Unsupported."""
    if node.tag not in OPERATORS:
        raise Unsupported(f"its rules use {node.tag}, which is not read.")
    if len(values) < LEAST.get(node.tag, 1):
        raise Unsupported(f"its rules use {node.tag} with too few values.")
    found = OPERATORS[node.tag](node, values)
    if isinstance(found, Fraction) and max(abs(found.numerator), found.denominator) > MAX_NUMBER:
        raise Unsupported("its rules come to numbers that are too long.")
    return found


def _compared(test: Callable[[Fraction, Fraction], bool]) -> Operator:
    return _arithmetic(lambda numbers: test(numbers[0], numbers[1]) if len(numbers) == 2 else None)


OPERATORS: dict[str, Operator] = {
    "isnull": _isnull,
    "not": _not,
    "and": _and,
    "or": _or,
    "member": _member,
    "contains": _contains,
    "stringmatch": _stringmatch,
    "substring": _substring,
    "anyn": _anyn,
    "equalrounded": _equalrounded,
    "multiple": _collected,
    "ordered": _collected,
    "containersize": lambda node, values: Fraction(len(_flat(values)) if values[0] is not None else 0),
    "sum": _arithmetic(lambda numbers: sum(numbers, Fraction(0))),
    "product": _arithmetic(_product),
    "subtract": _arithmetic(lambda numbers: numbers[0] - numbers[1] if len(numbers) == 2 else None),
    "divide": _arithmetic(lambda numbers: numbers[0] / numbers[1] if len(numbers) == 2 and numbers[1] else None),
    "integerdivide": _whole(lambda first, second: first // second),
    "integermodulus": _whole(lambda first, second: first % second),
    "min": _arithmetic(min),
    "max": _arithmetic(max),
    "truncate": _arithmetic(lambda numbers: Fraction(int(numbers[0]))),
    "round": _arithmetic(lambda numbers: Fraction(floor(numbers[0] + Fraction(1, 2)))),
    "integertofloat": _arithmetic(lambda numbers: numbers[0]),
    "gt": _compared(lambda first, second: first > second),
    "gte": _compared(lambda first, second: first >= second),
    "lt": _compared(lambda first, second: first < second),
    "lte": _compared(lambda first, second: first <= second),
}
LEAST = {
    **dict.fromkeys(("member", "contains", "stringmatch", "substring", "equalrounded"), 2),
    **dict.fromkeys(("multiple", "ordered"), 0),
}
