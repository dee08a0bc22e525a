"""Questions of Moodle with choices: multiple choice, true or false, matching, ordering."""

from fractions import Fraction

from quizapp.formats import answers
from quizapp.formats.answers import Offered
from quizapp.formats.drafts import Unsupported
from quizapp.formats.elements import Element
from quizapp.formats.escaping import shown as as_it_is
from quizapp.formats.moodle.texts import Reading, is_set, joined, number, share

NO_KEY = "no answer of it earns everything. Mark one there, and export it again."
COSTS = "a choice that costs points there costs none here."
EXACT, LONGEST = ("-1", "ALL_OR_NOTHING"), ("5", "LONGEST_ORDERED_SUBSET")  # rules of ordering
PARTLY = ("RANDOM", "REL", "CONTIGUOUS", "CONTIG", "1", "2")  # which lines of ordering are shown
CLOSE = Fraction(1, 10**4)


def read_multichoice(reading: Reading) -> None:
    """Single choice with its credits, or multiple choice by the rule that comes closest."""
    _keep_order(reading)
    if is_set(reading.element, "single", "1"):
        _read_single(reading)
    else:
        _read_several(reading)


def read_multichoiceset(reading: Reading) -> None:
    """Multiple choice of the plugin of that name, “all or nothing”: right is 100, all else 0."""
    _keep_order(reading)
    _read_several(reading, "exact")


def _keep_order(reading: Reading) -> None:
    if not is_set(reading.element, "shuffleanswers") and len(reading.element.all("answer")) > 2:
        reading.draft.attributes.append("shuffle=no")


def _read_single(reading: Reading) -> None:
    right, wrong = reading.combined("correctfeedback"), reading.combined("incorrectfeedback")
    offered = []
    for answer in reading.element.all("answer"):
        credit = share(answer)
        if credit < 0:
            reading.draft.warn(COSTS)
        general = right if credit == 1 else wrong if credit <= 0 else []
        feedback = joined([reading.text(answer.first("feedback")), *general])
        offered.append(Offered(_choice(reading, answer), max(Fraction(0), credit), feedback))
    if not any(one.credit for one in offered):
        raise Unsupported(NO_KEY)
    reading.lose_combined("partiallycorrectfeedback")
    reading.draft.kind, reading.draft.answers = "single", answers.choices(offered, several=False)


def _choice(reading: Reading, answer: Element) -> str:
    if reading.form(answer) == "markdown":
        reading.draft.offers.append(None)
        return reading.text(answer)
    return reading.draft.offer(reading.source(answer))


def _read_several(reading: Reading, said: str = "") -> None:
    found = reading.element.all("answer")
    shares = [share(answer) for answer in found]
    costs = any(one < 0 for one in shares)
    offered = []
    for answer, worth in zip(found, shares, strict=True):
        credit = None if costs and not worth else Fraction(worth > 0)
        offered.append(Offered(_choice(reading, answer), credit, reading.text(answer.first("feedback"))))
    if not any(one > 0 for one in shares):
        raise Unsupported("no choice of it earns anything. Mark one there, and export it again.")
    rule = said or _rule(shares)
    if rule in ("hits", "exact"):
        reading.draft.attributes.append(f"credit={rule}")
    elif not rule:
        reading.draft.warn("its choices have percentages of their own: here each right one counts the same, "
                           "and a wrong one takes back what a right one earns.")  # fmt: skip
    reading.lose_combined()
    reading.draft.kind, reading.draft.answers = "multiple", answers.choices(offered, several=True)


def _rule(shares: list[Fraction]) -> str:
    """The rule that gives the same credit for all ticks, where one that is worth nothing beside others that cost
    something is not scored; empty where none does.
    """
    costs = any(one < 0 for one in shares)
    right, wrong = [one for one in shares if one > 0], [one for one in shares if one < 0 or (not one and not costs)]
    part = Fraction(1, len(right))
    if any(abs(one - part) > CLOSE for one in right):
        return ""
    if all(abs(one + part) <= CLOSE for one in wrong):
        return "net"
    return "hits" if all(one == -1 for one in wrong) else ""


def read_truefalse(reading: Reading) -> None:
    """True or false, in this order, in the words of the file where it has others."""
    found = reading.element.all("answer")
    texts = [one.said("text") for one in found]
    if len(found) != 2:
        raise Unsupported("it does not have the two answers of its type.")
    if {text.casefold() for text in texts} != {"true", "false"}:
        reading.draft.guesses.append(f"took “{texts[0]}” and “{texts[1]}” as the words for true and false.")
    elif texts[0].casefold() == "false":
        found.reverse()
    if sorted(share(one) for one in found) != [0, 1]:
        raise Unsupported(NO_KEY)
    offered = []
    for answer in found:
        text = answer.said("text")
        shown = text.capitalize() if text.casefold() in ("true", "false") else text
        offered.append(Offered(as_it_is(shown), share(answer), reading.text(answer.first("feedback"))))
        reading.draft.offers.append(shown)
    reading.draft.kind, reading.draft.answers = "single", answers.choices(offered, several=False)


def read_matching(reading: Reading) -> None:
    """Matching; an empty line makes a decoy of its answer."""
    rows: dict[str, str] = {}
    decoys: list[str] = []
    for one in reading.element.all("subquestion"):
        left = answers.cell(reading.text(one))
        right = answers.cell(as_it_is(one.said("answer", "text")))
        if not left and not right:
            continue
        if not right:
            raise Unsupported(f"the line “{left}” has no answer.")
        if not left:
            decoys.append(right)
        elif rows.setdefault(left, right) != right:
            raise Unsupported(f"the line “{left}” stands there with two answers.")
    reading.lose_combined()
    reading.draft.kind = "match"
    reading.draft.attributes.append(".match")
    reading.draft.answers = answers.pairs([(left, right, "") for left, right in rows.items()], decoys)


def read_ordering(reading: Reading) -> None:
    """Ordering; the lines stand there in their right order."""
    lines = [Offered(reading.text(one)) for one in reading.element.all("answer")]
    drawn = number(reading.element.said("selectcount") or "0") or 0
    if reading.element.said("selecttype").upper() in PARTLY and 0 < drawn < len(lines):
        reading.draft.warn(f"only {drawn} of its lines are shown there; here all {len(lines)} are put in order.")
    rule = reading.element.said("gradingtype")
    reading.draft.attributes += [".order", *(["credit=exact"] if rule in EXACT else [])]
    if rule not in (*EXACT, *LONGEST):
        reading.draft.warn(
            f"it is marked by {rule or 'another rule'} there; here by the longest run in the right order."
        )
    reading.lose_combined()
    reading.draft.kind, reading.draft.answers = "order", answers.numbered(lines)
