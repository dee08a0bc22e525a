"""What is typed: the texts and numbers that rules tell apart, and the values of ours that tell them apart as well."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TypeVar

from quizapp.formats.asi.operators import rounded, tolerance_of
from quizapp.formats.asi.processing import Rules
from quizapp.formats.asi.tree import Node
from quizapp.formats.asi.trying import share_of
from quizapp.formats.asi.values import NUMBERS, Declared, Unsupported, Value, value_of
from quizapp.questions.base import NO_PROSE, Prose
from quizapp.questions.numbers import Interval, read_key
from quizapp.questions.numeric import Numeric, NumericValue
from quizapp.questions.text import ShortText, TextValue

MAX_PROBES = 200
Typed = TypeVar("Typed", TextValue, NumericValue)
NOTHING_OF_IT = "zzz – zzz"

Score = Callable[[Value], Fraction]  # what a value earns beyond what nothing earns


def texts_of(rules: Rules, response: Declared) -> list[str]:
    """Every text that the rules may look for, each as it is written."""
    found = [*_held(response.correct), *(entry.key for entry in (response.mapping.entries if response.mapping else ()))]
    found += [value_of(one.text, "string") for one in _constants(rules, "string")]
    texts = list(dict.fromkeys(one for one in found if isinstance(one, str) and one.strip()))
    if len(texts) > MAX_PROBES:
        raise Unsupported(f"its rules look for {len(texts)} texts, and {MAX_PROBES} are read.")
    return texts


def probes_of(texts: Sequence[str]) -> list[str]:
    """The texts, each in other cases and with something around it, and one that nothing looks for."""
    found = [probe for text in texts for probe in (text, text.upper(), text.lower(), text.capitalize())]
    return list(dict.fromkeys([*found, *(_around(text) for text in texts), NOTHING_OF_IT]))


def _around(text: str) -> str:
    return f"zzz {text} zzz"


def _held(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _constants(rules: Rules, *kinds: str) -> Iterator[Node]:
    for node in rules.node.find("basevalue") if rules.node else ():
        if node.get("basetype").lower() in kinds:
            yield node


def has_case(texts: Sequence[str], score: Score) -> bool:
    """Whether it matters how a text is written, in small letters or large ones."""
    return any(
        score(text) != score(other) for text in texts for other in (text.upper(), text.lower(), text.capitalize())
    )


def text_values(
    texts: Sequence[str], score: Score, most: Fraction, with_case: bool, told: Mapping[Value, Prose]
) -> ShortText:
    """The texts with what each earns; one that earns nothing is a known wrong one, where something is said of it."""
    values, seen = [], set[str]()
    for text in texts:
        folded = text if with_case else text.casefold()
        credit = share_of(score(text), most)
        if folded in seen or (not credit and text not in told):
            continue
        seen.add(folded)
        is_part = bool(credit) and score(_around(text)) == score(text)
        value = f".*{re.escape(text).replace(chr(92) + ' ', ' ')}.*" if is_part else text
        values.append(TextValue(value, credit, is_part, told.get(text, NO_PROSE)))
    return ShortText(tuple(_all_first(values)), with_case)


def _all_first(values: list[Typed]) -> list[Typed]:
    """The values, one that earns all before the others: a list does not begin with a share."""
    if not values or values[0].credit in (0, 1):
        return values
    return sorted(values, key=lambda value: value.credit != 1)


def breaks_of(rules: Rules, response: Declared) -> list[Fraction]:
    """The numbers between which the rules may tell no two answers apart."""
    keys = [entry.key for entry in (response.mapping.entries if response.mapping else ())]
    numbers = [one for one in (*_held(response.correct), *keys) if isinstance(one, Fraction)]
    constants = [value_of(one.text, "float") for one in _constants(rules, *NUMBERS)]
    points = {*numbers, *(one for one in constants if isinstance(one, Fraction))}
    found = set(points)
    for node in _distinct(rules, "equal", "maptolresponse", "equalrounded"):
        if len(found) > MAX_PROBES:
            break
        found |= {one for point in points for one in _edges(node, point)}
    if len(found) > MAX_PROBES:
        raise Unsupported(f"its rules speak of more than {MAX_PROBES} numbers, and {MAX_PROBES} are read.")
    return sorted(found)


def _distinct(rules: Rules, *tags: str) -> Iterator[Node]:
    """The expressions of some names, each way to compare once."""
    found = {
        (node.tag, *sorted(node.attributes.items())): node for node in (rules.node.find(*tags) if rules.node else ())
    }
    yield from found.values()


def _edges(node: Node, point: Fraction) -> Iterator[Fraction]:
    """Where the answers end that an expression takes as a number."""
    if node.tag == "equalrounded":
        middle, half = rounded(node, point)
        yield from (middle + side * half / step for side in (-1, 1) for step in (1, 10))
    else:
        yield from (*tolerance_of(node, point), *_inverse(node, point))


def _inverse(node: Node, point: Fraction) -> Iterator[Fraction]:
    """Where the answers end whose own tolerance reaches a number."""
    if node.get("tolerancemode") == "relative":
        low, high = tolerance_of(node, Fraction(1))
        yield from (point / share for share in (low, high) if share)
    else:
        yield from (point - bound for bound in tolerance_of(node, Fraction(0)))


def numbers_tried(breaks: Sequence[Fraction]) -> list[Fraction]:
    """The numbers at which something may change, one between each two of them, and one beyond both ends.

    Those at which something may change stand at odd places.
    """
    if not breaks:
        return [Fraction(0)]
    between = [(low + high) / 2 for low, high in pairwise(breaks)]
    return sorted([*breaks, *between, breaks[0] - 1, breaks[-1] + 1])


def number_values(
    response: Declared, tried: Sequence[Fraction], score: Score, most: Fraction, told: Mapping[Value, Prose]
) -> Numeric:
    """The ranges of numbers that earn something, each with what it earns. Raises Unsupported."""
    scores = [(one, score(one)) for one in tried]
    right = [one for one in _held(response.correct) if isinstance(one, Fraction)]
    values = []
    for run in _runs([(one, told.get(number)) for number, one in scores]):
        low, high = run[0], run[-1]
        credit = share_of(scores[low][1], most)
        said = told.get(scores[low][0], NO_PROSE)
        if not credit and not said:
            continue
        if low == 0 or high == len(scores) - 1:
            raise Unsupported("numbers without an end earn something, and a range has two ends.")
        values.append(NumericValue(_interval(scores, low, high, right), credit, said))
    return Numeric(tuple(_all_first(values)))


def _runs(answers: Sequence[object]) -> Iterator[list[int]]:
    """Places next to each other that earn the same, and of which the same is said."""
    for _, run in groupby(range(len(answers)), key=lambda place: answers[place]):
        yield list(run)


def _interval(scores: Sequence[tuple[Fraction, Fraction]], low: int, high: int, right: Sequence[Fraction]) -> Interval:
    """The range from one place to another; where it begins or ends between two numbers, these are not in it."""
    places = [number for number, _ in scores]
    is_closed = [place % 2 == 1 or low == high for place in (low, high)]
    first = places[low] if is_closed[0] else places[low - 1]
    last = places[high] if is_closed[1] else places[high + 1]
    middle = (first + last) / 2
    if first == last:
        text = written(first)
    elif all(is_closed) and (middle in right or _is_shorter(middle, first, last)):
        text = f"{written(middle)} +- {written(last - middle)}"
    else:
        text = f"{'[' if is_closed[0] else '('}{written(first)}, {written(last)}{']' if is_closed[1] else ')'}"
    found = read_key(text)
    if found is None:
        raise Unsupported(f"the range {text} cannot be written.")
    return found


def _is_shorter(middle: Fraction, first: Fraction, last: Fraction) -> bool:
    return len(written(middle)) + len(written(last - middle)) < len(written(first)) + len(written(last))


def written(number: Fraction) -> str:
    """A number as a decimal. Raises Unsupported where it has no end."""
    below = number.denominator
    digits = 0
    while below % 10 == 0 or below % 2 == 0 or below % 5 == 0:
        below //= 10 if below % 10 == 0 else 2 if below % 2 == 0 else 5
        digits += 1
    if below != 1 or digits > 30:
        raise Unsupported(f"the number {number} has no end as a decimal.")
    scaled = number * 10**digits
    sign, whole = "-" if scaled < 0 else "", str(abs(scaled.numerator)).rjust(digits + 1, "0")
    text = f"{whole[:-digits]}.{whole[-digits:]}".rstrip("0").rstrip(".") if digits else whole
    return sign + text


def typed(value: Value) -> str:
    """A value as a learner would type it."""
    if isinstance(value, Fraction):
        try:
            return written(value)
        except Unsupported:
            return f"{value.numerator}/{value.denominator}"
    return str(value) if value is not None else ""
