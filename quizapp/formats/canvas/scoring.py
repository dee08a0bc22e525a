"""What an item of QTI 1.2 gives for a response: its conditions, tried in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from quizapp.formats.elements import Element

MAX_NUMBER = 100  # characters


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: `operator` is the name of its element, `value` what is compared with the response `ident`."""

    operator: str
    ident: str
    value: str
    negated: bool
    element: Element


@dataclass(slots=True)
class Condition:
    """Comparisons, what they change the score by, and which feedback they show."""

    tests: list[Test] = field(default_factory=list)
    is_other: bool = False
    is_any: bool = False
    change: Fraction | None = None
    adds: bool = False
    stops: bool = False
    links: list[str] = field(default_factory=list)

    @property
    def equal(self) -> list[Test]:
        """The values that the response must have."""
        return [test for test in self.tests if test.operator == "varequal" and not test.negated]

    @property
    def earns(self) -> bool:
        """Whether it gives something."""
        return self.change is not None and self.change > 0

    def holds(self, ident: str, value: str) -> bool:
        """Whether it holds where the response is this one value, and nothing else is answered."""
        if self.is_other or not self.tests:
            return False
        found = [(test.ident == ident and test.value == value) != test.negated for test in self.tests]
        return any(found) if self.is_any else all(found)


def number(text: str) -> Fraction | None:
    """A decimal number; None where it is none."""
    try:
        value = Decimal(text.strip()[: MAX_NUMBER + 1])
    except InvalidOperation:
        return None
    is_short = len(text.strip()) <= MAX_NUMBER and value.is_finite() and abs(value.adjusted()) < 100
    return Fraction(value) if is_short else None


def conditions_of(item: Element) -> list[Condition]:
    """The conditions of an item, in their order."""
    return [_condition(one) for one in item.find("respcondition")]


def _condition(element: Element) -> Condition:
    condition = Condition(stops=element.get("continue", "No").lower() != "yes")
    for variable in element.all("conditionvar"):
        _tests(variable, condition, negated=False)
    for change in element.all("setvar"):
        condition.change = number(change.text)
        condition.adds = change.get("action", "Set").lower() == "add"
    condition.links = [one.get("linkrefid") for one in element.all("displayfeedback")]
    return condition


def _tests(element: Element, condition: Condition, *, negated: bool) -> None:
    for child in element.children:
        if child.tag == "not":
            _tests(child, condition, negated=not negated)
        elif child.tag in ("and", "or"):
            condition.is_any = condition.is_any or child.tag == "or"
            _tests(child, condition, negated=negated)
        elif child.tag in ("other", "unanswered"):
            condition.is_other = True
        else:
            condition.tests.append(Test(child.tag, child.get("respident"), child.text.strip(), negated, child))


def score_of(conditions: Sequence[Condition], ident: str, value: str) -> Fraction:
    """What one value alone earns."""
    score = Fraction(0)
    for condition in conditions:
        if condition.holds(ident, value):
            change = condition.change
            if change is not None:
                score = score + change if condition.adds else change
            if condition.stops and change is not None:
                break
    return score


def links_for(conditions: Sequence[Condition], ident: str, value: str) -> list[str]:
    """The feedback that one value alone shows."""
    return [link for condition in conditions if condition.holds(ident, value) for link in condition.links]


def shares(scores: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Scores as parts of the highest, none below nothing; no one has any where nothing earns."""
    highest = max(scores.values(), default=Fraction(0))
    if highest <= 0:
        return dict.fromkeys(scores, Fraction(0))
    return {name: max(Fraction(0), score) / highest for name, score in scores.items()}
