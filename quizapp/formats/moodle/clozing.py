"""A text with blanks as a cloze of Moodle (question/type/multianswer/questiontype.php).

Of escapes Moodle knows `\\}` and `\\#` only; character references it resolves in all answers, so signs are written as
these. What is offered it then takes for HTML.
"""

from fractions import Fraction
from html import escape

from quizapp.formats.losses import Lost, lost
from quizapp.formats.moodle.numbering import middle_of
from quizapp.formats.moodle.pieces import Body, NotHeld
from quizapp.formats.moodle.shares import percent_of
from quizapp.formats.outward import Outward
from quizapp.questions.base import Question, decimal_text
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.fillin import FillIn
from quizapp.questions.numeric import Numeric
from quizapp.questions.text import ShortText
from quizapp.source.writing import PLACEHOLDER

SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in '&<>{}~#\\=%"'})


def write_gaps(kind: FillIn, question: Question, out: Outward, told: list[Lost]) -> Body:
    """The text, with a gap in the place of each blank."""
    html = out.html(kind.text).replace("{", "&#123;")  # which begins no gap
    weight = _weight(question, len(kind.blanks), told)
    for blank in kind.blanks:
        html = html.replace(PLACEHOLDER, f"{{{weight}:{_gap(blank, told)}}}", 1)
    return Body("cloze", asked=html)


def _weight(question: Question, count: int, told: list[Lost]) -> int:
    """What each gap counts: Moodle makes the points of the question of that."""
    weight = max(1, int(question.points / count))
    if weight * count != question.points:
        points = decimal_text(question.points)
        told.append(lost(f"its points ({points}) become {weight * count}: Moodle adds up whole ones of its gaps."))
    return weight


def _gap(blank: DropDown | ShortText | Numeric, told: list[Lost]) -> str:
    if isinstance(blank, DropDown):
        return f"MULTICHOICE:{_options(blank)}"
    if isinstance(blank, Numeric):
        if any(value.interval.kind for value in blank.values):
            raise NotHeld("a number in a blank has a unit, which Moodle does not know there.")
        numbers = [(":".join(middle_of(value.interval, told)), value.credit) for value in blank.values]
        return f"NUMERICAL:{_alternatives(numbers)}"
    plain = [value for value in blank.values if not value.is_pattern]
    if not any(value.credit for value in plain):
        raise NotHeld("a blank of it accepts a pattern only, which Moodle does not know.")
    if len(plain) < len(blank.values):
        told.append(lost("patterns of its blanks are left out.", "blanks"))
    if blank.with_slips:
        told.append(lost("that a slip is accepted is left out.", "blanks"))
    texts = [(value.value.replace("*", "\\*").translate(SIGNS), value.credit) for value in plain]
    return f"{'SHORTANSWER_C' if blank.with_case else 'SHORTANSWER'}:{_alternatives(texts)}"


def _options(blank: DropDown) -> str:
    if not any(one.credit == 1 for one in blank.options):
        raise NotHeld("no text of a list in it earns everything, as Moodle asks.")
    return _alternatives([(escape(one.text, quote=False).translate(SIGNS), one.credit) for one in blank.options])


def _alternatives(written: list[tuple[str, Fraction]]) -> str:
    return "~".join(
        f"{'=' if credit == 1 else f'%{percent_of(credit)}%' if credit else ''}{text}" for text, credit in written
    )
