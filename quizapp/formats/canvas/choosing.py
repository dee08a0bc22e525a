"""Items of QTI 1.2 with choices: one, in an order, in groups, in pairs."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizapp.formats import answers
from quizapp.formats.answers import Offered
from quizapp.formats.canvas.items import RIGHT, WRONG, Reading
from quizapp.formats.canvas.materials import Label, html_of, labels_of, name_of
from quizapp.formats.canvas.scoring import ALL, Condition, Test, links_for, number, score_of, shares
from quizapp.formats.drafts import Unsupported
from quizapp.formats.elements import Element
from quizapp.questions.base import decimal_text

UNEVEN = Fraction(1, 50)  # parts of a whole may be rounded there, 33.34 beside 33.33
ALL_OR_NOTHING = "it is all or nothing there; here each part of it earns its share."
NO_KEY = "no answer of it is marked as right. Mark one there, and export it again."
UNREAD = "what is right in it is told in a way that is not read."


def read_single(reading: Reading) -> None:
    """Single choice and true/false; the choice taken has its own credit."""
    ident, labels = choices_of(reading)
    scores = {one.ident: score_of(reading.conditions, ident, one.ident) for one in labels}
    credits = shares(scores)
    if not any(credits.values()):
        raise Unsupported(NO_KEY)
    if min(scores.values()) < 0:
        reading.draft.warn("a wrong choice of it takes points away there; here it earns nothing.")
    most = next((number(one.get("maxvalue")) for one in reading.item.find("decvar")), None)
    if most and max(scores.values()) < most and most == ALL:
        best = decimal_text(max(scores.values()))
        reading.draft.warn(f"its best choice earns {best} of {decimal_text(most)} there, and everything here.")
    offered = []
    for label in labels:
        is_right = credits[label.ident] == 1
        links = links_for(reading.conditions, ident, label.ident)
        general = RIGHT if is_right else WRONG
        own = (f"{label.ident}_fb", label.ident)
        feedback = reading.said(*(link for link in links if link not in general), *own, *general)
        offered.append(Offered(reading.draft.offer(label.html), _rounded(credits[label.ident]), "\n\n".join(feedback)))
    reading.draft.kind, reading.draft.answers = "single", answers.choices(offered, several=False)


def no_key(reading: Reading, ident: str) -> str:
    """Why nothing is right in a response: nothing earns anything there, or what does is told by other names."""
    earning = [test for one in reading.conditions if one.earns for test in one.tests]
    return UNREAD if any(test.ident == ident for test in earning) else NO_KEY


def _rounded(credit: Fraction) -> Fraction:
    """A credit as it can be written: a percentage with six decimals at most."""
    return Fraction(round(credit * 10**8), 10**8)


def choices_of(reading: Reading) -> tuple[str, list[Label]]:
    """What the response is called, and its choices; those without text go, where none of them is right."""
    responses = reading.item.find("response_lid")
    if len(responses) != 1:
        raise Unsupported("it does not have the one list of choices that its type has.")
    [response] = responses
    labels = labels_of(response)
    if len({one.ident for one in labels}) < len(labels):
        raise Unsupported("two of its choices have one identifier.")
    kept = [one for one in labels if reading.draft.markdown(one.html)]
    ident = response.get("ident")
    wrong = [one for one in labels if one not in kept]
    if any(one.ident in {test.value for test in _earning(reading.conditions)} for one in wrong):
        raise Unsupported("a right choice of it has no text.")
    if len(kept) > 2 and any(one.get("shuffle").lower() == "no" for one in response.all("render_choice")):
        reading.draft.attributes.append("shuffle=no")
    if wrong:
        count = "1 choice" if len(wrong) == 1 else f"{len(wrong)} choices"
        reading.draft.warn(f"{count} without text {'is' if len(wrong) == 1 else 'are'} left out.")
    return ident, kept


def _earning(conditions: Sequence[Condition]) -> list[Test]:
    return [test for condition in conditions if condition.earns for test in condition.equal]


def read_order(reading: Reading) -> None:
    """Ordering: the condition names all in their right order."""
    response = next(iter(reading.item.find("response_lid")), None)
    earning = [one for one in reading.conditions if one.earns and one.equal]
    if response is None or not earning:
        raise Unsupported(NO_KEY)
    labels = {one.ident: one for one in labels_of(response)}
    right = [test.value for test in max(earning, key=lambda one: len(one.equal)).equal]
    if sorted(right) != sorted(labels):
        raise Unsupported("its right order does not name every line once.")
    for material in (one for extension in response.find("render_extension") for one in extension.all("material")):
        reading.draft.warn(f"the label “{reading.draft.markdown(html_of(material))}” beside its lines is left out.")
    lines = [Offered(reading.draft.markdown(labels[ident].html)) for ident in right]
    reading.draft.kind, reading.draft.answers = "order", answers.numbered(lines)
    reading.draft.attributes += [".order", "credit=exact"]
    reading.lose(*RIGHT, *WRONG, *reading.feedback)


def read_groups(reading: Reading) -> None:
    """Grouping: each category has the items that its condition names."""
    groups: dict[str, list[Offered]] = {}
    labels: dict[str, Label] = {}
    placed: set[str] = set()
    for response in reading.item.find("response_lid"):
        labels |= {one.ident: one for one in labels_of(response)}
        named = [test.value for test in _tests_of(reading.conditions, response.get("ident"))]
        placed |= set(named)
        items = [Offered(reading.draft.markdown(labels[one].html)) for one in named if one in labels]
        groups[reading.draft.markdown(html_of(response.first("material")))] = items
    left = [labels[one] for one in labels if one not in placed]
    if left:
        names = ", ".join(f"“{reading.draft.markdown(one.html)}”" for one in left[:5])
        raise Unsupported(f"it is a categorization in which {names} belong nowhere, which is not supported.")
    tell_weights(reading)
    reading.draft.kind, reading.draft.answers = "group", answers.grouped(groups)
    reading.draft.attributes.append(".group")
    reading.lose(*RIGHT, *WRONG)


def tell_weights(reading: Reading) -> None:
    """Say so where the parts of a question weigh differently there."""
    earned: dict[str, Fraction] = {}
    for one in reading.conditions:
        for test in one.equal if one.earns else ():
            earned[test.ident] = max(earned.get(test.ident, Fraction(0)), one.change or Fraction(0))
    weights = [decimal_text(weight) for weight in earned.values()]
    if weights and max(earned.values()) - min(earned.values()) > UNEVEN * max(earned.values()):
        reading.draft.warn(f"its parts weigh differently there ({', '.join(weights)}); here all weigh the same.")
    if any(one.earns and len({test.ident for test in one.equal}) > 1 for one in reading.conditions):
        reading.draft.warn(ALL_OR_NOTHING)


def _tests_of(conditions: Sequence[Condition], ident: str) -> list[Test]:
    return [test for one in conditions if one.earns for test in one.equal if test.ident == ident]


def read_pairs(reading: Reading) -> None:
    """Matching: each line has the option that its condition names; options of no line are decoys."""
    rows: dict[str, tuple[str, str, str]] = {}
    options: dict[str, None] = {}
    empty = twice = 0
    for response in reading.item.find("response_lid", "response_grp"):
        labels = {one.ident: answers.cell(reading.draft.markdown(one.html)) for one in labels_of(response)}
        if not any(labels.values()):
            raise Unsupported("its options stand apart from its lines (as Blackboard has it), which is not supported.")
        options |= dict.fromkeys(label for label in labels.values() if label)
        left = answers.cell(reading.draft.markdown(html_of(response.first("material"))))
        right = _right_of(reading, response, labels)
        row = left, right, "<br>".join(map(answers.cell, _said_of(reading, response)))
        if not left and not right:
            empty += 1
        elif left in rows and rows[left][1] == right:
            twice += 1
            rows[left] = rows[left] if rows[left][2] else row
        elif left in rows or not left or not right:
            raise Unsupported(f"the line “{left}” has no text, no partner, or two different ones.")
        else:
            rows[left] = row
    _told(reading, empty, twice)
    tell_weights(reading)
    decoys = [option for option in options if option not in {right for _, right, _ in rows.values()}]
    reading.draft.kind, reading.draft.answers = "match", answers.pairs(list(rows.values()), decoys)
    reading.draft.attributes.append(".match")
    reading.lose(*RIGHT, *WRONG)


def _right_of(reading: Reading, response: Element, labels: Mapping[str, str]) -> str:
    tests = _tests_of(reading.conditions, name_of(response))
    named = [test.value for test in tests]
    if len(set(named)) != 1 or named[0] not in labels:
        raise Unsupported(no_key(reading, name_of(response)))
    return labels[named[0]]


def _said_of(reading: Reading, response: Element) -> list[str]:
    ident = name_of(response)
    conditions = [one for one in reading.conditions if any(test.ident == ident for test in one.tests)]
    return reading.said(*(link for one in conditions for link in one.links))


def _told(reading: Reading, empty: int, twice: int) -> None:
    if empty:
        reading.draft.warn(f"{empty} pairs without text are left out.")
    if twice:
        reading.draft.warn(f"{twice} pairs stand there again, and are left out.")
