"""Items of QTI 1.2 with choices: one, several, in an order, in groups, in pairs."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizapp.formats import answers
from quizapp.formats.answers import Offered
from quizapp.formats.canvas.items import Reading
from quizapp.formats.canvas.materials import Label, html_of, labels_of
from quizapp.formats.canvas.scoring import Condition, Test, links_for, score_of, shares
from quizapp.formats.drafts import Unsupported
from quizapp.formats.elements import Element

NO_KEY = "no answer of it is marked as right. Mark one there, and export it again."


def read_single(reading: Reading) -> None:
    """Single choice and true/false; the choice taken has its own credit."""
    ident, labels = _choices(reading)
    credits = shares({one.ident: score_of(reading.conditions, ident, one.ident) for one in labels})
    if not any(credits.values()):
        raise Unsupported(NO_KEY)
    offered = []
    for label in labels:
        is_right = credits[label.ident] == 1
        links = links_for(reading.conditions, ident, label.ident)
        general = "correct_fb" if is_right else "general_incorrect_fb"
        feedback = reading.said(*(link for link in links if link != general), f"{label.ident}_fb", general)
        offered.append(Offered(reading.draft.offer(label.html), _rounded(credits[label.ident]), "\n\n".join(feedback)))
    reading.draft.kind, reading.draft.answers = "single", answers.choices(offered, several=False)


def _rounded(credit: Fraction) -> Fraction:
    """A credit as it can be written: a percentage with six decimals at most."""
    return Fraction(round(credit * 10**8), 10**8)


def read_multiple(reading: Reading) -> None:
    """Multiple choice: all or nothing where one condition names all, else each choice has its part."""
    ident, labels = _choices(reading)
    whole = [one for one in reading.conditions if one.earns and (len(one.tests) > 1 or not one.adds)]
    if whole:
        best = max(whole, key=lambda one: one.change or 0)
        right = {test.value for test in best.equal}
        reading.draft.attributes.append("credit=exact")
        reading.draft.guesses.append(
            "made it all or nothing, as the file says. For parts of it, delete `credit=exact`."
        )
    else:
        scores = {one.ident: score_of(reading.conditions, ident, one.ident) for one in labels}
        right = {name for name, score in scores.items() if score > 0}
        share = -max(scores.values(), default=Fraction(0))
        if any(score != share for score in scores.values() if score <= 0):
            reading.draft.warn("what a wrong tick costs is another there: here it takes back what a right one earns.")
    if not right & {one.ident for one in labels}:
        raise Unsupported(NO_KEY)
    offered = []
    for label in labels:
        feedback = reading.said(*links_for(_lone(reading.conditions), ident, label.ident), f"{label.ident}_fb")
        credit = Fraction(label.ident in right)
        offered.append(Offered(reading.draft.offer(label.html), credit, "\n\n".join(feedback)))
    reading.draft.kind, reading.draft.answers = "multiple", answers.choices(offered, several=True)
    reading.lose("correct_fb", "general_incorrect_fb")


def _lone(conditions: Sequence[Condition]) -> list[Condition]:
    return [one for one in conditions if len(one.tests) == 1 and not one.tests[0].negated]


def _choices(reading: Reading) -> tuple[str, list[Label]]:
    """What the response is called, and its choices; those without text go, where none of them is right."""
    responses = reading.item.find("response_lid")
    if len(responses) != 1:
        raise Unsupported("it does not have the one list of choices that its type has.")
    [response] = responses
    labels = labels_of(response)
    kept = [one for one in labels if reading.draft.markdown(one.html)]
    ident = response.get("ident")
    wrong = [one for one in labels if one not in kept]
    if any(one.ident in {test.value for test in _earning(reading.conditions)} for one in wrong):
        raise Unsupported("a right choice of it has no text.")
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
    reading.lose("correct_fb", "general_incorrect_fb", *reading.feedback)


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
    reading.draft.kind, reading.draft.answers = "group", answers.grouped(groups)
    reading.draft.attributes.append(".group")
    reading.lose("correct_fb", "general_incorrect_fb")


def _tests_of(conditions: Sequence[Condition], ident: str) -> list[Test]:
    return [test for one in conditions if one.earns for test in one.equal if test.ident == ident]


def read_pairs(reading: Reading) -> None:
    """Matching: each line has the option that its condition names; options of no line are decoys."""
    rows: dict[str, tuple[str, str, str]] = {}
    options: dict[str, None] = {}
    empty = twice = 0
    for response in reading.item.find("response_lid"):
        labels = {one.ident: answers.cell(reading.draft.markdown(one.html)) for one in labels_of(response)}
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
    decoys = [option for option in options if option not in {right for _, right, _ in rows.values()}]
    reading.draft.kind, reading.draft.answers = "match", answers.pairs(list(rows.values()), decoys)
    reading.draft.attributes.append(".match")
    reading.lose("correct_fb", "general_incorrect_fb")


def _right_of(reading: Reading, response: Element, labels: Mapping[str, str]) -> str:
    tests = _tests_of(reading.conditions, response.get("ident"))
    named = [test.value for test in tests]
    if len(set(named)) != 1 or named[0] not in labels:
        raise Unsupported(NO_KEY)
    return labels[named[0]]


def _said_of(reading: Reading, response: Element) -> list[str]:
    ident = response.get("ident")
    conditions = [one for one in reading.conditions if any(test.ident == ident for test in one.tests)]
    return reading.said(*(link for one in conditions for link in one.links))


def _told(reading: Reading, empty: int, twice: int) -> None:
    if empty:
        reading.draft.warn(f"{empty} pairs without text are left out.")
    if twice:
        reading.draft.warn(f"{twice} pairs stand there again, and are left out.")
