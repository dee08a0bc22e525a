"""A question of ours in Moodle XML."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from quizapp.formats.contract import Media
from quizapp.formats.losses import Lost, Written, lost, without
from quizapp.formats.moodle.reading import MOST_TRIES
from quizapp.formats.moodle.texts import PREFIXES
from quizapp.formats.outward import Outward
from quizapp.questions.base import Prose, Question, decimal_text
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.essay import Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numbers import Interval
from quizapp.questions.numeric import Numeric
from quizapp.questions.order import Ordering
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText
from quizapp.questions.units import find_unit
from quizapp.source.writing import PLACEHOLDER

HELD = ("explanation", "points", "hints", "tags", "shuffle", "tries", "words")
SHUFFLED = ("multichoice", "matching")
CLOSE = Fraction(1, 10**4)
IN_CLOZE = re.compile(r"([}#~/\"\\])")


class NotHeld(Exception):
    """Moodle XML cannot hold a question, for this reason."""


@dataclass(frozen=True, slots=True)
class Body:
    """What of a question depends on its type, as XML; `asked` is its text where blanks stand in that."""

    kind: str
    inside: Sequence[str] = ()
    asked: str = ""


def write_question(question: Question, media: Media) -> Written:
    """A question as XML, or why it cannot be one."""
    kind = question.type
    out = Outward(media, PREFIXES[0])
    if "survey" in question.words or kind.name not in WRITERS:
        what = "surveys" if "survey" in question.words else f"the type “{kind.title or kind.name}”"
        return Written(question, left_out=f"Moodle XML has no place for {what}.")
    told = [one for one in without(question, HELD) if "which is not in the file" not in one.text]
    try:
        body = WRITERS[kind.name](kind, out, told)
    except NotHeld as why:
        return Written(question, left_out=str(why))
    told += _told(question, body.kind)
    text = _question(question, body, out)
    told += [lost(one) for one in dict.fromkeys(out.lost)]
    return Written(question, text, tuple(told))


def _told(question: Question, kind: str) -> list[Lost]:
    """What of its settings is lost."""
    found = []
    if question.tries and _penalty(question) is None:
        found.append(lost("what each try is worth is left out: it does not fall by equal steps.", "tries"))
    if "void" in question.words:
        found.append(lost("that it is void is left out.", "words"))
    if not question.shuffle and kind != "multichoice":
        found.append(lost("that its order is kept is left out.", "shuffle"))
    return found


def _penalty(question: Question) -> Fraction | None:
    """The penalty for which Moodle gives the same worth to the same number of tries; None where there is none."""
    tries, hints = question.tries, len(question.hints)
    if len(tries) < 2 or tries[0] != 1 or len(tries) > MOST_TRIES:
        return None
    penalty = tries[0] - tries[1]
    falls = all(abs(worth - max(Fraction(0), 1 - penalty * place)) <= CLOSE for place, worth in enumerate(tries))
    count = hints + 1 if hints else -(-1 // penalty) if penalty > 0 else 0
    return penalty if falls and penalty > 0 and count == len(tries) else None


def _question(question: Question, body: Body, out: Outward) -> str:
    asked = out.html(question.heading, question.prompt) + body.asked
    said = out.html(question.explanation)
    hints = "".join(f'<hint format="html"><text>{_cdata(out.html(hint))}</text></hint>\n' for hint in question.hints)
    tags = "".join(f"<tag><text>{escape(tag)}</text></tag>" for tag in question.tags)
    penalty = _penalty(question) or Fraction(0)
    shuffled = f"<shuffleanswers>{str(question.shuffle).lower()}</shuffleanswers>\n" if body.kind in SHUFFLED else ""
    return (
        f'<question type="{body.kind}">\n<name><text>{escape(question.title[:200])}</text></name>\n'
        f"{_text('questiontext', asked, _files(out.pictures))}{_text('generalfeedback', said)}"
        f"<defaultgrade>{decimal_text(question.points)}</defaultgrade>\n<penalty>{_decimal(penalty, 7)}</penalty>\n"
        f"<hidden>{int('draft' in question.words)}</hidden>\n<idnumber>{escape(question.name)}</idnumber>\n"
        f"{shuffled}{''.join(body.inside)}{hints}<tags>{tags}</tags>\n</question>\n"
    )


def _decimal(value: Fraction, digits: int) -> str:
    return decimal_text(Fraction(round(value * 10**digits), 10**digits))


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def _text(tag: str, html: str, more: str = "") -> str:
    return f'<{tag} format="html"><text>{_cdata(html)}</text>{more}</{tag}>\n'


def _files(pictures: Mapping[str, bytes]) -> str:
    return "".join(
        f'<file name="{escape(name)}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>\n'
        for name, data in pictures.items()
    )


def _answer(text: str, credit: Fraction, feedback: Prose, out: Outward, more: str = "") -> str:
    """An answer; its text is HTML, or plain where it is typed."""
    said = _text("feedback", out.html(feedback)) if feedback else ""
    share = _decimal(credit * 100, 5)
    return f'<answer fraction="{share}" format="html"><text>{_cdata(text)}</text>{said}{more}</answer>\n'


def _single(kind: SingleChoice, out: Outward, told: list[Lost]) -> Body:
    if not any(choice.credit == 1 for choice in kind.choices):
        raise NotHeld("no choice of it earns everything, as Moodle asks of single choice.")
    if [choice.content.text for choice in kind.choices] == ["True", "False"]:
        credits = sorted(choice.credit for choice in kind.choices)
        if credits == [0, 1]:
            inside = [_answer(one.content.text.lower(), one.credit, one.feedback, out) for one in kind.choices]
            return Body("truefalse", inside)
    inside = [_answer(out.html(one.content), one.credit, one.feedback, out) for one in kind.choices]
    return Body("multichoice", ["<single>true</single>\n", *inside])


def _multiple(kind: MultipleChoice, out: Outward, told: list[Lost]) -> Body:
    right = sum(choice.credit > 0 for choice in kind.choices if choice.scored)
    part = Fraction(1, right) if right else Fraction(0)
    wrong = -part if kind.rule == "net" else Fraction(-1)
    if kind.rule not in ("net", "hits"):
        told.append(
            lost(f"its rule `credit={kind.rule}` becomes parts for right ones, nothing with a wrong one.", "rule")
        )
    if not all(choice.scored for choice in kind.choices):
        told.append(lost("that a choice is not scored is left out: ticking it costs something there.", "choices"))
    inside = [
        _answer(out.html(one.content), part if one.credit > 0 else wrong, one.feedback, out) for one in kind.choices
    ]
    return Body("multichoice", ["<single>false</single>\n", *inside])


def _typed(kind: ShortText, out: Outward, told: list[Lost]) -> Body:
    plain = [value for value in kind.values if not value.is_pattern]
    if not any(value.credit == 1 for value in plain):
        raise NotHeld("no answer of it is a plain text that earns everything; Moodle knows `*` only, no patterns.")
    if len(plain) < len(kind.values):
        told.append(lost("its patterns are left out.", "values"))
    if kind.with_slips:
        told.append(lost("that a slip is accepted is left out.", "with_slips", "unlike"))
    inside = [_answer(value.value.replace("*", "\\*"), value.credit, value.feedback, out) for value in plain]
    return Body("shortanswer", [f"<usecase>{int(kind.with_case)}</usecase>\n", *inside])


def _numeric(kind: Numeric, out: Outward, told: list[Lost]) -> Body:
    units = {value.interval.unit for value in kind.values}
    if len(units) > 1:
        raise NotHeld("its numbers have different units, of which Moodle knows one for all.")
    [unit] = units
    inside = []
    for value in kind.values:
        middle, off = _middle(value.interval, told)
        tolerance = f"<tolerance>{off}</tolerance>"
        inside.append(_answer(middle, value.credit, value.feedback, out, tolerance))
    named = f"<unit><multiplier>1</multiplier><unit_name>{escape(unit)}</unit_name></unit>"
    inside += (
        [f"<units>{named}</units>\n<unitgradingtype>1</unitgradingtype>\n<showunits>0</showunits>\n"] if unit else []
    )
    return Body("numerical", inside)


def _middle(interval: Interval, told: list[Lost]) -> tuple[str, str]:
    """A range as a number and what it may be off, in the author's unit."""
    unit = find_unit(interval.unit) if interval.unit else None
    factor = unit.factor if unit else Fraction(1)
    low, high = interval.low / factor, interval.high / factor
    if not (interval.has_low and interval.has_high):
        told.append(lost("that the end of a range is not part of it is left out.", "values"))
    return decimal_text((low + high) / 2), decimal_text((high - low) / 2)


def _pairs(kind: Matching, out: Outward, told: list[Lost]) -> Body:
    if any(head for head in kind.heads):
        told.append(lost("the headings of its columns are left out.", "heads"))
    if any(pair.item.feedback for pair in kind.pairs):
        told.append(lost("what is said of single lines is left out.", "pairs", "heads"))
    rows = [(out.line(pair.item.content), pair.option.text) for pair in kind.pairs]
    rows += [("", decoy.text) for decoy in kind.decoys]
    inside = [_row(left, right) for left, right in rows]
    return Body("matching", inside)


def _row(left: str, right: str) -> str:
    answer = f"<answer><text>{_cdata(right)}</text></answer>"
    return f'<subquestion format="html"><text>{_cdata(left)}</text>{answer}</subquestion>\n'


def _order(kind: Ordering, out: Outward, told: list[Lost]) -> Body:
    if any(item.feedback for item in kind.items):
        told.append(lost("what is said of single lines is left out.", "items"))
    if kind.rule not in ("exact", "lcs"):
        told.append(lost(f"its rule `credit={kind.rule}` becomes one that comes close to it.", "rule"))
    rule = {"exact": "ALL_OR_NOTHING", "lcs": "LONGEST_ORDERED_SUBSET"}.get(kind.rule, "RELATIVE_TO_CORRECT")
    inside = [_answer(out.html(one.content), Fraction(number, 100), one.feedback, out)
              for number, one in enumerate(kind.items, start=1)]  # fmt: skip
    return Body("ordering", [f"<gradingtype>{rule}</gradingtype>\n", *inside])


def _essay(kind: Essay, out: Outward, told: list[Lost]) -> Body:
    if kind.rubric:
        told.append(lost("its rubric is left out.", "rubric"))
    return Body("essay")


def _gaps(kind: FillIn, out: Outward, told: list[Lost]) -> Body:
    html = out.html(kind.text)
    if "{" in re.sub(r"<[^>]*>", "", html):
        told.append(lost("a brace in its text may be read as a gap."))
    for blank in kind.blanks:
        html = html.replace(PLACEHOLDER, _gap(blank, told), 1)
    return Body("cloze", asked=html)


def _gap(blank: DropDown | ShortText | Numeric, told: list[Lost]) -> str:
    if isinstance(blank, DropDown):
        options = (f"%{_decimal(one.credit * 100, 5)}%{_in_cloze(one.text)}" for one in blank.options)
        return f"{{1:MULTICHOICE:{'~'.join(options)}}}"
    if isinstance(blank, Numeric):
        middles = [(_middle(value.interval, told), value.credit) for value in blank.values]
        if any(value.interval.kind for value in blank.values):
            raise NotHeld("a number in a blank has a unit, which Moodle does not know there.")
        alternatives = [f"{'=' if credit else ''}{middle}:{off}" for (middle, off), credit in middles]
        return f"{{1:NUMERICAL:{'~'.join(alternatives)}}}"
    plain = [value for value in blank.values if not value.is_pattern]
    if not any(value.credit for value in plain):
        raise NotHeld("a blank of it accepts a pattern only, which Moodle does not know.")
    if len(plain) < len(blank.values):
        told.append(lost("patterns of its blanks are left out.", "blanks"))
    if blank.with_slips:
        told.append(lost("that a slip is accepted is left out.", "blanks"))
    texts = [f"{'=' if value.credit else ''}{_in_cloze(value.value.replace('*', chr(92) + '*'))}" for value in plain]
    return f"{{1:{'SHORTANSWER_C' if blank.with_case else 'SHORTANSWER'}:{'~'.join(texts)}}}"


def _in_cloze(text: str) -> str:
    """A text of a gap: HTML, and what has a meaning in a gap escaped."""
    return IN_CLOZE.sub(r"\\\1", escape(text, quote=False))


WRITERS: dict[str, Callable[[Any, Outward, list[Lost]], Body]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _typed,
    "numeric": _numeric,
    "match": _pairs,
    "order": _order,
    "essay": _essay,
    "fill-in": _gaps,
}
