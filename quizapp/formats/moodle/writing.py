"""A question of ours in Moodle XML."""

from collections.abc import Callable
from fractions import Fraction
from html import escape
from typing import Any

from quizapp.formats.contract import Media
from quizapp.formats.losses import Lost, Written, lost, without
from quizapp.formats.moodle.clozing import write_gaps
from quizapp.formats.moodle.numbering import write_numbers
from quizapp.formats.moodle.pieces import Body, NotHeld, answer, cdata, choice, files, rich
from quizapp.formats.moodle.reading import MOST_TRIES
from quizapp.formats.moodle.shares import percent_of, share_in_moodle
from quizapp.formats.moodle.texts import PREFIXES
from quizapp.formats.outward import Outward
from quizapp.questions.base import Question, decimal_text
from quizapp.questions.essay import Essay
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.order import Ordering
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText

HELD = ("explanation", "points", "hints", "tags", "shuffle", "tries", "words")
SHUFFLED = ("multichoice", "matching")
FEW = 2  # choices, which are never shuffled here
CLOSE = Fraction(1, 10**4)
# Without these, Moodle shows six lines of an order, drawn by chance.
ALL_LINES = "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n<selectcount>0</selectcount>\n"


def write_question(question: Question, media: Media) -> Written:
    """A question as XML, or why it cannot be one."""
    kind = question.type
    out = Outward(media, PREFIXES[0])
    if "survey" in question.words or kind.name not in WRITERS:
        what = "surveys" if "survey" in question.words else f"the type “{kind.title or kind.name}”"
        return Written(question, left_out=f"Moodle XML has no place for {what}.")
    told = [one for one in without(question, HELD) if "which is not in the file" not in one.text]
    try:
        body = WRITERS[kind.name](kind, question, out, told)
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
    if not question.shuffle and kind not in ("multichoice", "truefalse"):
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
    asked = rich("questiontext", out.html(question.heading, question.prompt) + body.asked, out)
    said = rich("generalfeedback", out.html(question.explanation), out)
    hints = "".join(rich("hint", out.html(hint), out) for hint in question.hints)
    tags = "".join(f"<tag><text>{escape(tag)}</text></tag>" for tag in question.tags)
    penalty = _penalty(question) or Fraction(0)
    is_mixed = question.shuffle and question.type.size > FEW
    shuffled = f"<shuffleanswers>{str(is_mixed).lower()}</shuffleanswers>\n" if body.kind in SHUFFLED else ""
    return (
        f'<question type="{body.kind}">\n<name><text>{escape(question.title[:200])}</text></name>\n{asked}{said}'
        f"<defaultgrade>{decimal_text(question.points)}</defaultgrade>\n"
        f"<penalty>{decimal_text(Fraction(round(penalty * 10**7), 10**7))}</penalty>\n"
        f"<hidden>{int('draft' in question.words)}</hidden>\n<idnumber>{escape(question.name)}</idnumber>\n"
        f"{shuffled}{''.join(body.inside)}{hints}<tags>{tags}</tags>\n</question>\n"
    )


def _single(kind: SingleChoice, question: Question, out: Outward, told: list[Lost]) -> Body:
    if not any(choice.credit == 1 for choice in kind.choices):
        raise NotHeld("no choice of it earns everything, as Moodle asks of single choice.")
    if [choice.content.text for choice in kind.choices] == ["True", "False"]:
        credits = sorted(choice.credit for choice in kind.choices)
        if credits == [0, 1]:
            inside = [
                answer(one.content.text.lower(), percent_of(one.credit), one.feedback, out) for one in kind.choices
            ]
            return Body("truefalse", inside)
    inside = [
        choice(one.content, share_in_moodle(one.credit, told, "choices"), one.feedback, out) for one in kind.choices
    ]
    return Body("multichoice", ["<single>true</single>\n", *inside])


def _multiple(kind: MultipleChoice, question: Question, out: Outward, told: list[Lost]) -> Body:
    right = sum(choice.credit > 0 for choice in kind.choices if choice.scored)
    part = share_in_moodle(Fraction(1, right or 1), told, "choices")
    wrong = -part if kind.rule == "net" else Fraction(-1)
    if kind.rule not in ("net", "hits"):
        told.append(
            lost(f"its rule `credit={kind.rule}` becomes parts for right ones, nothing with a wrong one.", "rule")
        )
    worth = [(part if one.credit else wrong) if one.scored else Fraction(0) for one in kind.choices]
    inside = [choice(one.content, credit, one.feedback, out) for one, credit in zip(kind.choices, worth, strict=True)]
    return Body("multichoice", ["<single>false</single>\n", *inside])


def _typed(kind: ShortText, question: Question, out: Outward, told: list[Lost]) -> Body:
    plain = [value for value in kind.values if not value.is_pattern]
    if not any(value.credit == 1 for value in plain):
        raise NotHeld("no answer of it is a plain text that earns everything; Moodle knows `*` only, no patterns.")
    if len(plain) < len(kind.values):
        told.append(lost("its patterns are left out.", "values"))
    if kind.with_slips:
        told.append(lost("that a slip is accepted is left out.", "with_slips", "unlike"))
    shares = [percent_of(share_in_moodle(value.credit, told, "values")) for value in plain]
    inside = [
        answer(value.value.replace("*", "\\*"), share, value.feedback, out)
        for value, share in zip(plain, shares, strict=True)
    ]
    return Body("shortanswer", [f"<usecase>{int(kind.with_case)}</usecase>\n", *inside])


def _numeric(kind: Numeric, question: Question, out: Outward, told: list[Lost]) -> Body:
    return write_numbers(kind, out, told)


def _pairs(kind: Matching, question: Question, out: Outward, told: list[Lost]) -> Body:
    if any(head for head in kind.heads):
        told.append(lost("the headings of its columns are left out.", "heads"))
    if any(pair.item.feedback for pair in kind.pairs):
        told.append(lost("what is said of single lines is left out.", "pairs", "heads"))
    inside = [_row(out.line(pair.item.content), pair.option.text, out) for pair in kind.pairs]
    return Body("matching", [*inside, *(_row("", decoy.text, out) for decoy in kind.decoys)])


def _row(left: str, right: str, out: Outward) -> str:
    end = f"{files(out)}<answer><text>{cdata(right)}</text></answer></subquestion>\n"
    return f'<subquestion format="html"><text>{cdata(left)}</text>{end}'


def _order(kind: Ordering, question: Question, out: Outward, told: list[Lost]) -> Body:
    if any(item.feedback for item in kind.items):
        told.append(lost("what is said of single lines is left out.", "items"))
    if kind.rule not in ("exact", "lcs"):
        told.append(lost(f"its rule `credit={kind.rule}` becomes one that comes close to it.", "rule"))
    rule = {"exact": "ALL_OR_NOTHING", "lcs": "LONGEST_ORDERED_SUBSET"}.get(kind.rule, "RELATIVE_TO_CORRECT")
    begin = f"{ALL_LINES}<gradingtype>{rule}</gradingtype>\n"
    inside = [answer(out.html(one.content), str(place), one.feedback, out) for place, one in enumerate(kind.items, 1)]
    return Body("ordering", [begin, *inside])


def _essay(kind: Essay, question: Question, out: Outward, told: list[Lost]) -> Body:
    if not kind.rubric:
        return Body("essay")
    told.append(lost("its rubric becomes information for who marks it.", "rubric"))
    lines = "".join(f"<li>[{decimal_text(line.points)}] {out.line(line.content)}</li>" for line in kind.rubric)
    return Body("essay", [rich("graderinfo", f"<ul>{lines}</ul>", out)])


WRITERS: dict[str, Callable[[Any, Question, Outward, list[Lost]], Body]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _typed,
    "numeric": _numeric,
    "match": _pairs,
    "order": _order,
    "essay": _essay,
    "fill-in": write_gaps,
}
