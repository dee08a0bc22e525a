"""What an item of QTI 1.2 gives for a response: its conditions, tried in their order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from quizapp.formats.elements import Element

ALL = Fraction(100)  # what `SCORE.max` of Blackboard stands for
NO_SCORE = "d2l_incorrect"  # a counter of Brightspace, of what is wrong
EVALUATION = "evaluationtype"  # by this Blackboard says how a text is compared, instead of what it earns
Given = Mapping[str, Collection[str]]  # what is answered, by the name of the response
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
    """Comparisons, what they change the score by, and which feedback they show.

    `variable` is what they change, `compares` how Blackboard compares a text: EXACT, CONTAINS or MATCHES.
    """

    parts: list[Element] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    is_other: bool = False
    compares: str = ""
    variable: str = ""
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

    def holds(self, given: Given) -> bool:
        """Whether it holds for an answer; what is not in it is not answered."""
        return bool(self.tests) and not self.is_other and all(_is_true(part, given) for part in self.parts)


def _is_true(part: Element, given: Given) -> bool:
    if part.tag == "not":
        return not all(_is_true(child, given) for child in part.children)
    if part.tag in ("and", "or"):
        return (any if part.tag == "or" else all)(_is_true(child, given) for child in part.children)
    return part.tag == "varequal" and part.text.strip() in given.get(part.get("respident"), ())


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
        condition.parts += variable.children
        _tests(variable, condition, negated=False)
    for change in element.all("setvar"):
        _change(change, condition)
    condition.links = [one.get("linkrefid") for one in element.all("displayfeedback")]
    return condition


def _change(element: Element, condition: Condition) -> None:
    name = (element.get("varname") or element.get("variablename")).lower()
    if name == EVALUATION:
        condition.compares, condition.change = element.text.strip().upper(), ALL
    elif name != NO_SCORE:
        said = element.text.strip()
        change = ALL if said.lower() == "score.max" else number(said)
        condition.change = condition.change if change is None else change
        condition.adds = element.get("action", "Set").lower() == "add"
        condition.variable = name


def _tests(element: Element, condition: Condition, *, negated: bool) -> None:
    for child in element.children:
        if child.tag == "not":
            _tests(child, condition, negated=not negated)
        elif child.tag in ("and", "or"):
            _tests(child, condition, negated=negated)
        elif child.tag in ("other", "unanswered"):
            condition.is_other = True
        else:
            condition.tests.append(Test(child.tag, child.get("respident"), child.text.strip(), negated, child))


def score_for(conditions: Sequence[Condition], given: Given) -> Fraction:
    """What an answer earns."""
    score = Fraction(0)
    for condition in conditions:
        change = condition.change
        if change is not None and condition.holds(given):
            score = score + change if condition.adds else change
            if condition.stops and not condition.adds:
                break
    return score


def most_of(conditions: Sequence[Condition], *, by_value: bool) -> Fraction:
    """The most that conditions give, each response (`by_value`: each of its values) taken once where they add up."""
    earned: dict[tuple[str, str], Fraction] = {}
    for one in conditions:
        names = {(test.ident, test.value if by_value else "") for test in one.tests} if one.adds else {("", "")}
        for name in names if len(names) == 1 else {("", "")}:
            earned[name] = max(earned.get(name, Fraction(0)), one.change or Fraction(0))
    return sum(earned.values(), Fraction(0))


def score_of(conditions: Sequence[Condition], ident: str, value: str) -> Fraction:
    """What one value alone earns."""
    return score_for(conditions, {ident: (value,)})


def links_for(conditions: Sequence[Condition], ident: str, value: str) -> list[str]:
    """The feedback that one value alone shows."""
    return [link for condition in conditions if condition.holds({ident: (value,)}) for link in condition.links]


def shares(scores: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Scores as parts of the highest, none below nothing; no one has any where nothing earns."""
    highest = max(scores.values(), default=Fraction(0))
    if highest <= 0:
        return dict.fromkeys(scores, Fraction(0))
    return {name: max(Fraction(0), score) / highest for name, score in scores.items()}
