"""A text with blanks as one with gaps of Anki, `{{c1::right::what may be chosen}}`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from quizapp.formats.anki.fields import Fields
from quizapp.formats.anki.numbers import in_short
from quizapp.formats.anki.sides import Sides, share, terms, titled, value
from quizapp.questions.blanks import Blank
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.fillin import FillIn
from quizapp.questions.numeric import Numeric
from quizapp.questions.text import ShortText
from quizapp.source.writing import PLACEHOLDER


def gaps(kind: FillIn, out: Fields) -> Sides:
    """The text with its gaps, and what else is right in them."""
    written = iter([_gap(number, blank, out) for number, blank in enumerate(kind.blanks, start=1)])
    text = re.sub(PLACEHOLDER, lambda _: next(written), out.html(kind.text))
    typed = [blank for blank in kind.blanks if isinstance(blank, ShortText)]
    return Sides(text, _others(kind.blanks, out) + terms(*typed))


def _gap(number: int, blank: Blank, out: Fields) -> str:
    """A gap of Anki: what is right, and what may be chosen."""
    hint = f"::{_in_gap(' / '.join(one.text for one in blank.options), out)}" if isinstance(blank, DropDown) else ""
    return f"{{{{c{number}::{_in_gap(_texts(blank)[_first(blank)], out)}{hint}}}}}"


def _first(blank: Blank) -> int:
    """Which answer a gap shows: the first that earns the most, one that is no pattern if there is one."""
    worth = [(one.credit or Fraction(0), not one.is_pattern) for one in blank.answers]
    return worth.index(max(worth))


def _texts(blank: Blank) -> list[str]:
    """The answers of a gap."""
    if isinstance(blank, Numeric):
        return [in_short(value.interval) for value in blank.values]
    return [one.typed for one in blank.answers]


def _in_gap(text: str, out: Fields) -> str:
    return out.plain(" ".join(text.split()) or "␣").replace(":", "&#58;")


def _others(blanks: Sequence[Blank], out: Fields) -> str:
    """What else is right, by the number of its gap where there are several."""
    also = [(number, _also(blank, out)) for number, blank in enumerate(blanks, start=1)]
    if len(also) == 1:
        return f"<p>Also right: {also[0][1]}</p>" if also[0][1] else ""
    return titled("Also right", [one for one in also if one[1]], "1")


def _also(blank: Blank, out: Fields) -> str:
    """What else is right in a gap, and that a pattern is one."""
    shown = zip(_texts(blank), blank.answers, strict=True)
    told = [(one, f"{value(replace(one, typed=text), out)}{share(one)}") for text, one in shown]
    first = _first(blank)
    others = [text for place, (one, text) in enumerate(told) if one.credit and (place != first or one.is_pattern)]
    return ", ".join(others)
