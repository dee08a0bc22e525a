"""A question of ours as an item of QTI 1.2, in the words of Canvas."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from quizapp.formats.contract import Media
from quizapp.formats.losses import Lost, Written, lost, without
from quizapp.formats.outward import Outward
from quizapp.questions.base import Prose, Question, decimal_text
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.essay import Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.group import Grouping
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.order import Ordering
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText
from quizapp.source.writing import PLACEHOLDER

ADDRESS = "$IMS-CC-FILEBASE$/"
HELD = ("explanation", "points", "shuffle")
RESPONSE = "response1"


class NotHeld(Exception):
    """QTI 1.2 cannot hold a question, for this reason."""


@dataclass(frozen=True, slots=True)
class Body:
    """What of an item depends on its type, as XML: responses, conditions, feedback."""

    kind: str
    responses: str
    conditions: Sequence[str] = ()
    feedback: Sequence[str] = ()
    stem: str = ""


def write_item(
    question: Question, ident: str, media: Media, held: Collection[str] = HELD
) -> tuple[Written, dict[str, bytes]]:
    """An item, or why it cannot be one, and the pictures that it shows; `held` is what no loss is told of."""
    kind = question.type
    out = Outward(media, ADDRESS)
    if "survey" in question.words or kind.name not in WRITERS:
        what = "surveys" if "survey" in question.words else f"the type “{kind.title or kind.name}”"
        return Written(question, left_out=f"QTI 1.2 has no place for {what}."), {}
    told = [one for one in without(question, held) if "which is not in the file" not in one.text]
    try:
        body = WRITERS[kind.name](kind, out, told)
    except NotHeld as why:
        return Written(question, left_out=str(why)), {}
    text = _item(question, ident, body, out)
    told += [lost(one) for one in dict.fromkeys(out.lost)]
    return Written(question, text, tuple(told)), out.pictures


def _item(question: Question, ident: str, body: Body, out: Outward) -> str:
    stem = out.html(question.heading, question.prompt) + body.stem
    fields = {"question_type": body.kind, "points_possible": decimal_text(question.points)}
    responses = body.responses
    if not question.shuffle:
        responses = responses.replace("<render_choice>", '<render_choice shuffle="No">')
    general = [_feedback("general_fb", out.html(question.explanation))] if question.explanation else []
    said = "".join([*general, *body.feedback])
    metadata = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{escape(value)}</fieldentry></qtimetadatafield>"
        for name, value in fields.items()
    )
    decvar = '<outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>'
    return (
        f'<item ident="{ident}" title="{_xml(question.name)}">\n'
        f"<itemmetadata><qtimetadata>{metadata}</qtimetadata></itemmetadata>\n"
        f"<presentation>{_material(stem)}\n{responses}</presentation>\n"
        f"<resprocessing>{decvar}\n{''.join(body.conditions)}</resprocessing>\n{said}</item>"
    )


def _xml(text: str) -> str:
    return escape(text)


def _material(html: str) -> str:
    return f'<material><mattext texttype="text/html">{_xml(html)}</mattext></material>'


def _feedback(ident: str, html: str) -> str:
    return f'<itemfeedback ident="{ident}"><flow_mat>{_material(html)}</flow_mat></itemfeedback>\n'


def _equal(value: str, response: str = RESPONSE, more: str = "") -> str:
    return f'<varequal respident="{response}"{more}>{_xml(value)}</varequal>'


def _earns(tests: str, credit: Fraction, link: str = "", action: str = "Set") -> str:
    shown = f'<displayfeedback feedbacktype="Response" linkrefid="{link}"/>' if link else ""
    score = decimal_text(Fraction(round(credit * 10**8), 10**6))
    return (
        f'<respcondition continue="No"><conditionvar>{tests}</conditionvar>'
        f'<setvar action="{action}" varname="SCORE">{score}</setvar>{shown}</respcondition>\n'
    )


def _shown(parts: Iterable[tuple[str, Prose]]) -> list[str]:
    """Conditions that show what is said of choices, as Canvas looks for it."""
    return [
        f'<respcondition continue="Yes"><conditionvar>{_equal(ident)}</conditionvar>'
        f'<displayfeedback feedbacktype="Response" linkrefid="{ident}_fb"/></respcondition>\n'
        for ident, part in parts
        if part
    ]


def _choices(labels: Iterable[tuple[str, str]], response: str = RESPONSE, how: str = "Single", before: str = "") -> str:
    inner = "".join(f'<response_label ident="{ident}">{_material(html)}</response_label>\n' for ident, html in labels)
    begin = f'<response_lid ident="{response}" rcardinality="{how}">{before}<render_choice>'
    return f"{begin}\n{inner}</render_choice></response_lid>\n"


def _said(parts: Iterable[tuple[str, Prose]], out: Outward) -> list[str]:
    return [_feedback(f"{ident}_fb", out.html(part)) for ident, part in parts if part]


def _single(kind: SingleChoice, out: Outward, told: list[Lost]) -> Body:
    named = [(f"c{number}", choice) for number, choice in enumerate(kind.choices, start=1)]
    texts = [choice.content.text for choice in kind.choices]
    name = "true_false_question" if texts == ["True", "False"] else "multiple_choice_question"
    if all(choice.credit < 1 for choice in kind.choices):
        told.append(lost("its best choice earns a part here, and all there.", "choices"))
    told_of = [(ident, choice.feedback) for ident, choice in named]
    conditions = _shown(told_of) + [_earns(_equal(ident), choice.credit) for ident, choice in named if choice.credit]
    labels = [(ident, out.html(choice.content)) for ident, choice in named]
    return Body(name, _choices(labels), conditions, _said(told_of, out))


def _multiple(kind: MultipleChoice, out: Outward, told: list[Lost]) -> Body:
    named = [(f"c{number}", choice) for number, choice in enumerate(kind.choices, start=1)]
    if kind.rule != "exact":
        told.append(lost(f"its rule `credit={kind.rule}` becomes all or nothing.", "rule"))
    tests = "".join(
        _equal(ident) if choice.credit else f"<not>{_equal(ident)}</not>" for ident, choice in named if choice.scored
    )
    labels = [(ident, out.html(choice.content)) for ident, choice in named]
    told_of = [(ident, one.feedback) for ident, one in named]
    said = _said(told_of, out)
    conditions = [*_shown(told_of), _earns(f"<and>{tests}</and>", Fraction(1))]
    return Body("multiple_answers_question", _choices(labels, how="Multiple"), conditions, said)


def _text(kind: ShortText, out: Outward, told: list[Lost]) -> Body:
    plain = [value for value in kind.values if not value.is_pattern and value.credit]
    if not any(value.credit == 1 for value in plain):
        raise NotHeld("no answer of it is a plain text that earns everything, and QTI 1.2 knows no patterns.")
    if len(plain) < len(kind.values):
        told.append(lost("its patterns and known wrong answers are left out.", "values"))
    if kind.with_slips:
        told.append(lost("that a slip is accepted is left out.", "with_slips", "unlike"))
    case = ' case="Yes"' if kind.with_case else ""
    conditions = [
        _earns(_equal(value.value, more=case), value.credit, f"v{number}_fb" if value.feedback else "")
        for number, value in enumerate(plain, start=1)
    ]
    said = _said([(f"v{number}", value.feedback) for number, value in enumerate(plain, start=1)], out)
    return Body("short_answer_question", _fib(), conditions, said)


def _fib(more: str = "") -> str:
    return (
        f'<response_str ident="{RESPONSE}" rcardinality="Single"><render_fib{more}>'
        '<response_label ident="answer1"/></render_fib></response_str>\n'
    )


def _numeric(kind: Numeric, out: Outward, told: list[Lost]) -> Body:
    right = [value for value in kind.values if value.credit == 1]
    if any(value.interval.kind for value in kind.values):
        raise NotHeld("its numbers have units, which QTI 1.2 does not know.")
    if len(right) < len(kind.values):
        told.append(lost("its known wrong answers, and those that earn a part, are left out.", "values"))
    conditions = []
    for number, value in enumerate(right, start=1):
        one = value.interval
        if one.low == one.high:
            exact = _equal(decimal_text(one.low))
            conditions.append(_earns(exact, Fraction(1), f"v{number}_fb" if value.feedback else ""))
            continue
        low, high = ("vargte" if one.has_low else "vargt"), ("varlte" if one.has_high else "varlt")
        tests = (
            f'<{low} respident="{RESPONSE}">{decimal_text(one.low)}</{low}>'
            f'<{high} respident="{RESPONSE}">{decimal_text(one.high)}</{high}>'
        )
        conditions.append(_earns(tests, Fraction(1), f"v{number}_fb" if value.feedback else ""))
    said = _said([(f"v{number}", value.feedback) for number, value in enumerate(right, start=1)], out)
    return Body("numerical_question", _fib(' fibtype="Decimal"'), conditions, said)


def _pairs(kind: Matching, out: Outward, told: list[Lost]) -> Body:
    options = {option.text or option.markdown: f"o{number}" for number, option in enumerate(kind.offered, start=1)}
    labels = [(options[one.text or one.markdown], out.line(one)) for one in kind.offered]
    responses, conditions = "", []
    for number, pair in enumerate(kind.pairs, start=1):
        ident = f"response_{number}"
        responses += _choices(labels, ident, before=_material(out.line(pair.item.content)))
        right = options[pair.option.text or pair.option.markdown]
        link = f"p{number}_fb" if pair.item.feedback else ""
        conditions.append(_earns(_equal(right, ident), Fraction(1, len(kind.pairs)), link, "Add"))
    if any(head for head in kind.heads):
        told.append(lost("the headings of its columns are left out.", "heads"))
    said = _said([(f"p{number}", pair.item.feedback) for number, pair in enumerate(kind.pairs, start=1)], out)
    return Body("matching_question", responses, conditions, said)


def _order(kind: Ordering, out: Outward, told: list[Lost]) -> Body:
    if any(item.feedback for item in kind.items):
        told.append(lost("what is said of single lines is left out.", "items"))
    named = [(f"c{number}", out.html(item.content)) for number, item in enumerate(kind.items, start=1)]
    if kind.rule != "exact":
        told.append(lost(f"its rule `credit={kind.rule}` becomes all or nothing.", "rule"))
    tests = "".join(_equal(ident) for ident, _ in named)
    labels = sorted(named, key=lambda one: one[1])  # the order of the file is no key
    return Body("ordering_question", _choices(labels, how="Ordered"), [_earns(tests, Fraction(1))])


def _groups(kind: Grouping, out: Outward, told: list[Lost]) -> Body:
    if any(pair.item.feedback for pair in kind.pairs):
        told.append(lost("what is said of single items is left out.", "pairs"))
    labels = [(f"i{number}", out.html(pair.item.content)) for number, pair in enumerate(kind.pairs, start=1)]
    responses, conditions = "", []
    for number, group in enumerate(kind.groups, start=1):
        ident = f"response_{number}"
        responses += _choices(labels, ident, "Multiple", _material(out.html(group)))
        inside = [f"i{place}" for place, pair in enumerate(kind.pairs, start=1) if pair.option.text == group.text]
        tests = "".join(_equal(one, ident) for one in inside)
        conditions += [_earns(tests, Fraction(1, len(kind.groups)), action="Add")] if inside else []
    return Body("categorization_question", responses, conditions)


def _essay(kind: Essay, out: Outward, told: list[Lost]) -> Body:
    if kind.rubric:
        told.append(lost("its rubric is left out.", "rubric"))
    return Body("essay_question", _fib())


def _gaps(kind: FillIn, out: Outward, told: list[Lost]) -> Body:
    html = out.html(kind.text)
    responses, conditions = "", []
    if any(isinstance(blank, Numeric) for blank in kind.blanks):
        told.append(lost("a number in a blank is compared as a text.", "blanks"))
    all_lists = all(isinstance(blank, DropDown) for blank in kind.blanks)
    stem = _unused("blank", html)
    for number, blank in enumerate(kind.blanks, start=1):
        name = f"{stem}{number}"
        html = html.replace(PLACEHOLDER, f"[{name}]", 1)
        options = _options(blank)
        how = "dropdown" if isinstance(blank, DropDown) else "openEntry"
        labels = "".join(_offered(f"{name}_{place}", how, text) for place, (text, _) in enumerate(options, start=1))
        ident = f"response_{name}"
        responses += f'<response_lid ident="{ident}"><render_choice>\n{labels}</render_choice></response_lid>\n'
        conditions += [
            _earns(_equal(f"{name}_{place}", ident), credit / len(kind.blanks), action="Add")
            for place, (_, credit) in enumerate(options, start=1)
            if credit
        ]
    name = "multiple_dropdowns_question" if all_lists else "fill_in_multiple_blanks_question"
    return Body(name, responses, conditions, stem=html)


def _unused(name: str, html: str) -> str:
    """A name for blanks with which no word in brackets begins in the text."""
    while f"[{name}" in html:
        name += "x"
    return name


def _offered(ident: str, how: str, text: str) -> str:
    return (
        f'<response_label ident="{ident}" answer_type="{how}">{_material(escape(text, quote=False))}</response_label>\n'
    )


def _options(blank: Any) -> list[tuple[str, Fraction]]:
    if isinstance(blank, DropDown):
        return [(option.text, option.credit) for option in blank.options]
    if isinstance(blank, Numeric):
        return [(value.interval.text, Fraction(1)) for value in blank.values if value.credit]
    found = [(value.value, Fraction(1)) for value in blank.values if value.credit and not value.is_pattern]
    if not found:
        raise NotHeld("a blank of it accepts a pattern only, which QTI 1.2 does not know.")
    return found


WRITERS: dict[str, Callable[[Any, Outward, list[Lost]], Body]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "match": _pairs,
    "order": _order,
    "group": _groups,
    "essay": _essay,
    "fill-in": _gaps,
}
