"""Items of QTI 1.2 with boxes to tick: all ways to tick are tried, and the rule taken that differs least (0022)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from quizapp.formats import answers
from quizapp.formats.answers import Offered
from quizapp.formats.canvas.choosing import choices_of, no_key
from quizapp.formats.canvas.items import RIGHT, WRONG, Reading
from quizapp.formats.canvas.materials import Label
from quizapp.formats.canvas.scoring import Condition, links_for, score_for
from quizapp.formats.drafts import Unsupported
from quizapp.questions.base import NO_PROSE
from quizapp.questions.choices import Choice
from quizapp.questions.multiple import CREDIT_RULES, MultipleChoice

ALL_SETS = 8  # choices up to which every set of ticks is tried
CLOSE = Fraction(1, 1000)  # scores are rounded to two decimals there
GRADING = {"0": "exact", "1": "net", "2": "each", "3": "hits"}  # what Brightspace calls its `grading_type`
Ticks = frozenset[str]


def read_multiple(reading: Reading) -> None:
    """Multiple choice: right is what is in all of the best answers, and the credit rule is what fits the scores."""
    ident, labels = choices_of(reading)
    names = [one.ident for one in labels]
    shares = _shares(reading.conditions, ident, names)
    best = [ticks for ticks, share in shares.items() if share == 1]
    right = _counted(reading, ident) or (frozenset.intersection(*best) if best else frozenset())
    if not right & set(names):
        told = "different answers earn all there, and no choice is in all of them."
        raise Unsupported(told if best else no_key(reading, ident))
    rule = _said_rule(reading) or _rule(reading, labels, right, shares)
    if rule != "net":
        reading.draft.attributes.append(f"credit={rule}")
    idle = _idle(reading.conditions, names)
    offered = [
        _offered(reading, ident, label, None if label.ident in idle else Fraction(label.ident in right))
        for label in labels
    ]
    reading.draft.kind, reading.draft.answers = "multiple", answers.choices(offered, several=True)
    reading.lose(*RIGHT, *WRONG)


def _idle(conditions: Sequence[Condition], names: Sequence[str]) -> Ticks:
    """The boxes that make no difference: those that are not named where all others are, the wrong ones in a `not`."""
    named = [test for one in conditions if one.change for test in one.tests]
    return frozenset(names) - {test.value for test in named} if any(test.negated for test in named) else frozenset()


def _offered(reading: Reading, ident: str, label: Label, credit: Fraction | None) -> Offered:
    lone = [one for one in reading.conditions if len(one.tests) == 1 and not one.tests[0].negated]
    said = reading.said(*links_for(lone, ident, label.ident), f"{label.ident}_fb", label.ident)
    return Offered(reading.draft.offer(label.html), credit, "\n\n".join(said))


def _shares(conditions: Sequence[Condition], ident: str, names: Sequence[str]) -> Mapping[Ticks, Fraction]:
    """The sets of ticks that are tried, each with its part of the most that one earns; nothing where none earns."""
    named = frozenset(test.value for one in conditions if one.earns for test in one.equal)
    scores = {ticks: score_for(conditions, {ident: ticks}) for ticks in _sets(names, named)}
    most = max(scores.values(), default=Fraction(0))
    return {ticks: max(score, Fraction(0)) / most for ticks, score in scores.items()} if most > 0 else {}


def _sets(names: Sequence[str], named: Collection[str]) -> Iterator[Ticks]:
    if len(names) <= ALL_SETS:
        yield from (frozenset(one) for size in range(1, len(names) + 1) for one in combinations(names, size))
        return
    right = frozenset(names) & frozenset(named)
    yield from (frozenset(names), *(frozenset({one}) for one in names), right, *(right ^ {one} for one in names))


def _counted(reading: Reading, ident: str) -> Ticks:
    """What Brightspace counts as right: it counts there, and says elsewhere what the count earns."""
    if "d2l_correct" not in {one.variable for one in reading.conditions}:
        return frozenset()
    right = [one for one in reading.conditions if one.variable == "d2l_correct" and len(one.tests) == 1]
    return frozenset(one.tests[0].value for one in right if one.equal and one.tests[0].ident == ident)


def _said_rule(reading: Reading) -> str:
    """The rule that the file names, as Brightspace does."""
    written = next((one.text.strip() for one in reading.item.find("grading_type")), "")
    return GRADING.get(written, "")


def _rule(reading: Reading, labels: Sequence[Label], right: Ticks, shares: Mapping[Ticks, Fraction]) -> str:
    """The credit rule that gives what the file gives, or nearly; what it gives otherwise is told."""
    places = {one.ident: place for place, one in enumerate(labels, start=1)}
    idle = _idle(reading.conditions, list(places))
    boxes = tuple(Choice(NO_PROSE, Fraction(one.ident in right), NO_PROSE, one.ident not in idle) for one in labels)
    astray: dict[str, dict[Ticks, Fraction]] = {}
    for rule in CREDIT_RULES:
        kind = MultipleChoice(boxes, rule)
        credits = {ticks: kind.mark(sorted(places[one] for one in ticks)).credit for ticks in shares}
        astray[rule] = {ticks: one for ticks, one in credits.items() if abs(one - shares[ticks]) > CLOSE}
    is_whole = any(one.earns and len(one.tests) > 1 for one in reading.conditions)
    rule = min(astray, key=lambda rule: (len(astray[rule]), (rule == "exact") != is_whole))
    for ticks, credit in list(astray[rule].items())[:1]:
        texts = ", ".join(f"“{one.text[:40]}”" for one in labels if one.ident in ticks)
        reading.draft.warn(
            f"of {len(shares)} ways to tick its boxes, {len(astray[rule])} earn otherwise here: {texts} earned "
            f"{_percent(shares[ticks])} there and earns {_percent(credit)} now."
        )
    if rule == "exact":
        told = "made it all or nothing, as the file says. For parts of it, delete `credit=exact`."
        reading.draft.guesses.append(told)
    return rule


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.4g}%"
