"""Each question type as interactions and rules of QTI 3.0; a type without a function here cannot be held."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from quizapp.formats.asi.body import CREDIT
from quizapp.formats.asi.out.elements import Child, element, html_elements, qti
from quizapp.formats.asi.out.paper import (
    MAXSCORE,
    RESPONSE,
    SAID,
    SCORE,
    CannotHold,
    Paper,
    condition,
    constant,
    mapped,
    negation,
    nothing,
    number,
    right,
    setting,
    share,
    variable,
)
from quizapp.formats.asi.pairs import GROUPS
from quizapp.formats.asi.typed import written
from quizapp.formats.asi.unscored import POINTS, SURVEY
from quizapp.questions.base import Prose, label_of
from quizapp.questions.blanks import Blank
from quizapp.questions.choices import Choice
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.essay import Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.group import Grouping
from quizapp.questions.items import Item
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.order import Ordering
from quizapp.questions.pairs import Pair
from quizapp.questions.single import SingleChoice
from quizapp.questions.survey import Survey
from quizapp.questions.text import ShortText

ALL = Fraction(1)


def _id(place: int) -> str:
    return f"C{place}"


def _offered(paper: Paper, choices: Sequence[Choice], most: int, name: str = "") -> None:
    """The choices, each with its feedback, which is shown for what was chosen."""
    paper.show_text()
    made = []
    for place, choice in enumerate(choices, start=1):
        said = [_said(paper, _id(place), choice.feedback)] if choice.feedback else []
        made.append(qti("simple-choice", {"identifier": _id(place)}, *paper.html(choice.content), *said))
    named = {"response-identifier": RESPONSE, "max-choices": str(most), "shuffle": _yes(paper.question.shuffle)}
    named |= {"class": name} if name else {}
    paper.body.append(qti("choice-interaction", named, *made))


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _said(paper: Paper, id: str, prose: Prose) -> Element:
    """Feedback in a choice: in its line where it is one, else below."""
    inside = paper.html(prose)
    named = {"outcome-identifier": SAID, "identifier": id, "show-hide": "show"}
    is_line = prose.html.startswith("<p>") and prose.html.count("<p>") == 1 and prose.html.endswith("</p>")
    if is_line:
        return qti("feedback-inline", named, *inside)
    return qti("feedback-block", named, qti("content-body", None, *inside))


def _say_chosen(paper: Paper, choices: Sequence[Choice], cardinality: str) -> None:
    """A rule that shows the feedback of what was chosen."""
    if any(choice.feedback for choice in choices):
        paper.outcome(SAID, "identifier", cardinality=cardinality)
        paper.rules.append(setting(SAID, variable(RESPONSE)))


def single(paper: Paper, kind: SingleChoice) -> None:
    """One choice, each worth its credit."""
    points = paper.question.points
    worth = [(_id(place), one.credit * points, True) for place, one in enumerate(kind.choices, start=1) if one.credit]
    best = [id for id, value, _ in worth if value == max(worth, key=lambda one: one[1])[1]]
    paper.respond("identifier", best[:1], worth=worth)
    _offered(paper, kind.choices, 1)
    _say_chosen(paper, kind.choices, "single")
    if worth and not paper.is_survey:
        is_plain = worth == [(best[0], ALL, True)]
        paper.template = "match_correct" if is_plain else "map_response"
        if paper.rules:
            paper.rules.append(setting(SCORE, mapped()))


def multiple(paper: Paper, kind: MultipleChoice) -> None:
    """Boxes: right ones count one, wrong ones minus one, and the rule makes points of that."""
    ids = {_id(place): one for place, one in enumerate(kind.choices, start=1)}
    is_right = [id for id, one in ids.items() if one.scored and one.credit]
    is_wrong = [id for id, one in ids.items() if one.scored and not one.credit]
    worth = [*((id, ALL, True) for id in is_right), *((id, -ALL, True) for id in is_wrong)]
    worth = [(id, ALL, True) for id in is_right] if kind.rule == "hits" else worth
    bounds = {"lower-bound": "0"} if kind.rule == "net" else None
    paper.respond("identifier", is_right, cardinality="multiple", worth=worth, bounds=bounds)
    _offered(paper, kind.choices, 0, f"{CREDIT}{kind.rule}")
    _say_chosen(paper, kind.choices, "multiple")
    if not paper.is_survey and is_right:
        paper.rules += _boxes(kind, is_right, is_wrong)


def _boxes(kind: MultipleChoice, is_right: Sequence[str], is_wrong: Sequence[str]) -> list[Element]:
    """The rules of a credit rule."""
    count, scored = Fraction(len(is_right)), Fraction(len(is_right) + len(is_wrong))
    if kind.rule == "net":
        return [setting(SCORE, share(mapped(), count))]
    if kind.rule == "exact":
        all_right = qti("equal", {"tolerance-mode": "exact"}, mapped(), number(count))
        return [condition((all_right, [setting(SCORE, variable(MAXSCORE))]))]
    if kind.rule == "each":
        total = qti("sum", None, mapped(), number(scored - count))
        return [condition((_any_of([*is_right, *is_wrong]), [setting(SCORE, share(total, scored))]))]
    no_slip = negation(_any_of(is_wrong)) if is_wrong else negation(nothing())
    return [condition((no_slip, [setting(SCORE, share(mapped(), count))]))]


def _any_of(ids: Sequence[str]) -> Element:
    tests = [qti("member", None, constant("identifier", id), variable(RESPONSE)) for id in ids]
    return qti("or", None, *tests)


def text(paper: Paper, kind: ShortText) -> None:
    """A text to type, by what each value is worth."""
    _require_values(paper, kind)
    points = paper.question.points
    worth = [(one.value, one.credit * points, kind.with_case) for one in kind.values]
    paper.respond("string", _best(kind), worth=worth)
    _entry(paper)
    if paper.is_survey:
        return
    paper.template = "map_response"
    told = [
        (place, one.feedback, _is_text(one.value, kind.with_case)) for place, one in enumerate(kind.values, start=1)
    ]
    _say_typed(paper, told)
    if paper.rules:
        paper.rules.append(setting(SCORE, mapped()))


def _best(kind: ShortText | Numeric) -> list[str]:
    best = kind.correct_response
    return [str(best)] if isinstance(best, str) and kind.full_credit else []


def _is_text(value: str, with_case: bool) -> Element:
    return qti("string-match", {"case-sensitive": _yes(with_case)}, variable(RESPONSE), constant("string", value))


def _require_values(paper: Paper, kind: ShortText) -> None:
    if any(value.is_pattern for value in kind.values):
        raise CannotHold("its patterns (`=~`) have no equal in QTI.")
    if kind.with_slips:
        paper.lose("slips of the hand (`typos=ok`) are not accepted there.")


def _entry(paper: Paper) -> None:
    paper.show_text()
    paper.body.append(element("p", None, qti("text-entry-interaction", {"response-identifier": RESPONSE})))


def _say_typed(paper: Paper, told: Sequence[tuple[int, Prose, Element]]) -> None:
    """Rules that show what is said of a value that was typed."""
    branches = []
    for place, prose, test in told:
        if prose:
            branches.append((test, [setting(SAID, constant("identifier", _id(place)))]))
            paper.modal_feedback(SAID, _id(place), prose)
    if branches:
        paper.outcome(SAID, "identifier")
        paper.rules.append(condition(*branches))


def numeric(paper: Paper, kind: Numeric) -> None:
    """A number to type: the best of the ranges that hold it."""
    _require_numbers(kind)
    paper.respond("float", _best(kind))
    _entry(paper)
    if not paper.is_survey:
        points = paper.question.points
        paper.rules.append(_ranges(kind, RESPONSE, lambda credit: number(credit * points)))
        inside = [(one, _within(one.interval, RESPONSE)) for one in kind.values]
        _say_typed(paper, [(place, one.feedback, test) for place, (one, test) in enumerate(inside, start=1)])


def _require_numbers(kind: Numeric) -> None:
    if any(value.interval.kind for value in kind.values):
        raise CannotHold("its numbers have units, which QTI has not.")


def _ranges(kind: Numeric, id: str, worth: Callable[[Fraction], Element]) -> Element:
    """A rule that adds what the best range gives."""
    by_credit = sorted(kind.values, key=lambda value: -value.credit)
    return condition(*((_within(one.interval, id), [_adding(worth(one.credit))]) for one in by_credit))


def _adding(value: Element) -> Element:
    return setting(SCORE, qti("sum", None, variable(SCORE), value))


def _within(interval: Any, id: str) -> Element:
    """Whether a number lies in a range."""
    low = qti("gte" if interval.has_low else "gt", None, variable(id), number(interval.low))
    high = qti("lte" if interval.has_high else "lt", None, variable(id), number(interval.high))
    return qti("and", None, low, high)


def fill_in(paper: Paper, kind: FillIn) -> None:
    """Lists and lines in a text, each worth its share."""
    gaps = [_gap(paper, f"R{place}", blank) for place, blank in enumerate(kind.blanks, start=1)]
    paper.show_text()
    paper.show("quizapp-text", *paper.html(kind.text, gaps))
    count = Fraction(len(kind.blanks))
    if not paper.is_survey:
        paper.rules += [_gap_rule(f"R{place}", blank, count) for place, blank in enumerate(kind.blanks, start=1)]


def _gap(paper: Paper, id: str, blank: Blank) -> Element:
    """The interaction of one blank, its response declared."""
    if isinstance(blank, DropDown):
        ids = {_id(place): one for place, one in enumerate(blank.options, start=1)}
        worth = [(one, option.credit, True) for one, option in ids.items() if option.credit]
        paper.respond("identifier", [worth[0][0]] if worth else [], id=id, worth=worth)
        made = [qti("inline-choice", {"identifier": one}, option.text) for one, option in ids.items()]
        return qti("inline-choice-interaction", {"response-identifier": id, "shuffle": "false"}, *made)
    if isinstance(blank, Numeric):
        _require_numbers(blank)
        paper.respond("float", _best(blank), id=id)
    else:
        _require_values(paper, blank)
        worth = [(one.value, one.credit, blank.with_case) for one in blank.values]
        paper.respond("string", _best(blank), id=id, worth=worth)
    return qti("text-entry-interaction", {"response-identifier": id})


def _gap_rule(id: str, blank: Blank, count: Fraction) -> Element:
    """A rule that adds what one blank of so many earns."""
    if isinstance(blank, Numeric):
        return _ranges(blank, id, lambda credit: share(number(credit), count))
    return _adding(share(mapped(id), count))


def matching(paper: Paper, kind: Matching) -> None:
    """Lines on the left, options on the right."""
    if any(kind.heads[:2]):
        paper.lose("the headings of its columns are left out.")
    _pairs(paper, kind.pairs, kind.offered, "")


def grouping(paper: Paper, kind: Grouping) -> None:
    """Items on the left, groups on the right."""
    _pairs(paper, kind.pairs, kind.groups, GROUPS)


def _pairs(paper: Paper, pairs: Sequence[Pair], options: Sequence[Prose], name: str) -> None:
    labels = [label_of(option) for option in options]
    right_pairs = [f"L{place} R{labels.index(label_of(one.option)) + 1}" for place, one in enumerate(pairs, start=1)]
    paper.respond(
        "directedPair", right_pairs, cardinality="multiple", worth=[(pair, ALL, True) for pair in right_pairs]
    )
    paper.show_text()
    _lose_feedback(paper, [one.item for one in pairs])
    lines = [_associable(f"L{place}", 1, paper.html(one.item.content)) for place, one in enumerate(pairs, start=1)]
    others = [_associable(f"R{place}", 0, paper.html(one)) for place, one in enumerate(options, start=1)]
    named = {"response-identifier": RESPONSE, "shuffle": "true", "max-associations": str(len(pairs))}
    sets = [qti("simple-match-set", None, *lines), qti("simple-match-set", None, *others)]
    paper.body.append(qti("match-interaction", named | ({"class": name} if name else {}), *sets))
    paper.rules.append(setting(SCORE, share(mapped(), Fraction(len(pairs)))))


def _associable(id: str, most: int, children: Sequence[Child]) -> Element:
    return qti("simple-associable-choice", {"identifier": id, "match-max": str(most)}, *children)


def _lose_feedback(paper: Paper, items: Sequence[Item]) -> None:
    if any(item.feedback for item in items):
        paper.lose("feedback beside its lines is left out.")


def ordering(paper: Paper, kind: Ordering) -> None:
    """Lines in the right order; shown in another one."""
    if kind.rule != "exact":
        paper.lose(f"credit for an order that is nearly right (`credit={kind.rule}`): there it is all or nothing.")
    if len({label_of(item.content) for item in kind.items}) < len(kind.items):
        paper.lose("lines that show the same may not change places there.")
    ids = [_id(place) for place in range(1, len(kind.items) + 1)]
    paper.respond("identifier", ids, cardinality="ordered")
    paper.show_text()
    _lose_feedback(paper, kind.items)
    lines = [
        qti("simple-choice", {"identifier": id}, *paper.html(item.content))
        for id, item in sorted(zip(ids, kind.items, strict=True), key=lambda pair: label_of(pair[1].content))
    ]
    paper.body.append(qti("order-interaction", {"response-identifier": RESPONSE, "shuffle": "true"}, *lines))
    if paper.question.points == 1:
        paper.template = "match_correct"
    else:
        paper.rules.append(condition((right(), [setting(SCORE, variable(MAXSCORE))])))


def essay(paper: Paper, kind: Essay) -> None:
    """A text that a person marks, the rubric for who does."""
    paper.respond("string", [])
    paper.show_text()
    paper.body.append(qti("extended-text-interaction", {"response-identifier": RESPONSE}))
    if kind.rubric:
        lines = [
            element(
                "li",
                {POINTS: written(one.points)},
                element("b", None, f"[{written(one.points)}] "),
                *_inside(paper, one.content),
            )
            for one in kind.rubric
        ]
        content = qti("content-body", None, element("ul", None, *lines))
        paper.body.append(qti("rubric-block", {"use": "scoring", "view": "scorer"}, content))


def _inside(paper: Paper, prose: Prose) -> list[Child]:
    return html_elements(prose.html, paper.address)


def survey(paper: Paper, kind: Survey) -> None:
    """A text about which nothing is right."""
    paper.respond("string", [])
    paper.show_text()
    paper.body.append(qti("extended-text-interaction", {"response-identifier": RESPONSE, "class": SURVEY}))


WRITERS: dict[str, Callable[[Paper, Any], None]] = {
    SingleChoice.name: single,
    MultipleChoice.name: multiple,
    ShortText.name: text,
    Numeric.name: numeric,
    FillIn.name: fill_in,
    Matching.name: matching,
    Grouping.name: grouping,
    Ordering.name: ordering,
    Essay.name: essay,
    Survey.name: survey,
}
