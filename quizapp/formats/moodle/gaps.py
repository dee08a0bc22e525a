"""Questions of Moodle with gaps in their text: cloze, select missing words, drag words into text."""

import html
import re
from fractions import Fraction

from quizapp.formats import answers
from quizapp.formats.answers import Typed
from quizapp.formats.drafts import Unsupported, shown_of
from quizapp.formats.elements import Element
from quizapp.formats.escaping import shown
from quizapp.formats.html import text_of_html
from quizapp.formats.moodle.choosing import NO_KEY
from quizapp.formats.moodle.texts import Reading, number
from quizapp.formats.moodle.typing import in_order, number_of, typed_text

MOST_GAPS, MOST_WORDS = 100, 200
TYPES = (
    "NUMERICAL|NUM|NM|MULTICHOICE|MCVS|MCHS|MCV|MCH|MCS|MC|MULTIRESPONSE|MRHS|MRH|MRS|MR|SHORTANSWER|SAC|SA|MWC|MW"
    "|MULTICHOICE_S|MULTICHOICE_V|MULTICHOICE_VS|MULTICHOICE_H|MULTICHOICE_HS|SHORTANSWER_C|MULTIRESPONSE_H"
    "|MULTIRESPONSE_S|MULTIRESPONSE_HS"
)
GAP = re.compile(rf"\{{(?P<weight>\d*):(?P<type>{'|'.join(sorted(TYPES.split('|'), key=len, reverse=True))}):"
                 r"(?P<inside>(?:\\.|[^\\}])*+)(?:(?P<end>\})|\\?\Z)")  # fmt: skip
ALTERNATIVE = re.compile(r"^(?:%(?P<percent>-?\d+(?:[.,]\d*)?)%|(?P<right>=))?(?P<text>.*)$", re.DOTALL)
FEEDBACK = re.compile(r"(?<!\\)(?<!&)(?<!&amp;)#")  # not the sign of a character reference, `&#39;`
UNREAD = re.compile(r"\{\d*:[A-Z_]{2,}:[^}]{0,40}")  # what is left that looks like a gap, its key in it
WITH_CASE = ("SHORTANSWER_C", "SAC", "MWC")
CHOICE = re.compile(r"\[\[(\d{1,3})\]\]")


def read_cloze(reading: Reading) -> None:
    """Cloze: each `{1:TYPE:…}` is a blank."""
    element = reading.element.first("questiontext")
    source, blanks, weights, kinds = reading.source(element), list[str](), set[str](), set[str]()

    def blank(found: re.Match[str]) -> str:
        if not found["end"]:  # it reaches to the end of the text, so that this is searched once
            return found[0]
        if len(blanks) >= MOST_GAPS:
            raise Unsupported(f"it has more than {MOST_GAPS} gaps. Divide it.")
        weights.add(found["weight"] or "1")
        kinds.add(found["type"])
        blanks.append(_cloze_blank(reading, found["type"], found["inside"]))
        return answers.sign(len(blanks) - 1)

    source = GAP.sub(blank, source)
    left = UNREAD.search(source)
    if left:
        raise Unsupported(f"it has a gap of a kind that is not supported: {text_of_html(left[0])}…")
    if not blanks:
        raise Unsupported("it has no gap that can be read.")
    if len(weights) > 1:
        reading.draft.warn("its gaps count differently there; here each counts the same.")
    _read_case(reading, kinds)
    fill(reading, source, blanks)


def _read_case(reading: Reading, kinds: set[str]) -> None:
    """Whether case counts, which here is said for all gaps of a question."""
    if kinds.isdisjoint(WITH_CASE):
        return
    reading.draft.attributes.append("case=yes")
    if kinds & {"SHORTANSWER", "SA", "MW"}:
        reading.draft.warn("case counts in some of its gaps; here it counts in all of them.")


def fill(reading: Reading, source: str, blanks: list[str]) -> None:
    """Make a text with blanks of HTML with their signs."""
    draft = reading.draft
    is_markdown = reading.form(reading.element.first("questiontext")) == "markdown"
    markdown = reading.markdown(source) if is_markdown else draft.markdown(source)
    asks = None if is_markdown else shown_of(source, markdown, draft.warnings)
    draft.blanks = len(blanks)
    draft.asks = answers.SIGN.sub(lambda found: found["before"] + found["after"], asks) if asks is not None else None
    draft.kind, draft.prompt = "fill-in", answers.with_blanks(markdown, blanks)


def _cloze_blank(reading: Reading, kind: str, inside: str) -> str:
    found = [_alternative(reading, part) for part in re.split(r"(?<!\\)~", inside) if part]
    found = [one for one in found if one[0].strip() != "*" or one[1] > 0]  # what any other answer earns: nothing
    if kind.startswith(("MULTIRESPONSE", "MR")):
        raise Unsupported("it has a gap with several right answers (MULTIRESPONSE), which is not supported.")
    if kind.startswith(("MULTICHOICE", "MC")):
        options = [(_option(text), max(Fraction(0), credit)) for text, credit in found]
        if not any(credit for _, credit in options):
            raise Unsupported(NO_KEY)
        return answers.drop_down(options)
    if kind.startswith("N"):
        typed = [_number(text, credit) for text, credit in found]
    else:
        typed = [typed_text(text_of_html(text), credit) for text, credit in found]
    if any(0 < one.credit < 1 for one in typed):
        reading.draft.warn("an answer that earns a part of a gap is left out.")
    return answers.typed_blank([one for one in in_order(typed) if one.credit in (0, 1)])


def _option(text: str) -> str:
    """A word of a list: Moodle resolves references once and shows what is there then as HTML, so `&amp;lt;` is `<`."""
    return html.unescape(text_of_html(text))


def _number(text: str, credit: Fraction) -> Typed:
    """A number of a gap, its decimals behind a point or a comma."""
    value, _, off = text.replace(",", ".").partition(":")
    return Typed(number_of(value, off), max(Fraction(0), credit), "=" if credit > 0 else "!=")


def _alternative(reading: Reading, part: str) -> tuple[str, Fraction]:
    answer, _, feedback = _parted(part)
    found = ALTERNATIVE.match(answer.strip())
    assert found is not None  # noqa: S101 (every text matches)
    text = re.sub(r"\\([}#~/\"\\])", r"\1", found["text"])
    if feedback.strip():
        said = reading.draft.markdown(re.sub(r"\\([}#~/\"\\])", r"\1", feedback))
        named = "Any other" if text.strip() == "*" else shown(text_of_html(text))
        reading.draft.explanation.append(f"{named}: {said}")
        reading.draft.warn("what is said of single answers stands in the explanation now.")
    credit = (
        Fraction(1) if found["right"] else (number((found["percent"] or "0").replace(",", ".")) or Fraction(0)) / 100
    )
    return text, credit


def _parted(part: str) -> tuple[str, str, str]:
    pieces = FEEDBACK.split(part, maxsplit=1)
    return (pieces[0], "#", pieces[1]) if len(pieces) == 2 else (part, "", "")


def _word(reading: Reading, box: Element) -> str:
    """A word to choose: plain text, or HTML where it is dragged."""
    text = box.said("text")
    return text_of_html(text if reading.kind == "ddwtos" else html.escape(text, quote=False))


def read_words(reading: Reading) -> None:
    """Gaps `[[1]]` that take one of the words of their group."""
    boxes = reading.element.all("dragbox", "selectoption")
    if len(boxes) > MOST_WORDS:  # each gap has all of its group
        raise Unsupported(f"it has more than {MOST_WORDS} words to choose from. Divide it.")
    texts = [_word(reading, one) for one in boxes]
    groups = [one.said("group") or "1" for one in boxes]
    blanks: list[str] = []

    def blank(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(boxes) or len(blanks) >= MOST_GAPS:
            raise Unsupported(f"its gap {found[0]} has no word.")
        offered = [text for text, group in zip(texts, groups, strict=True) if group == groups[place]]
        options = [(text, Fraction(text == texts[place])) for text in dict.fromkeys(offered)]
        if len(options) < 2:
            raise Unsupported(f"its gap {found[0]} has one word only, and nothing to choose from.")
        blanks.append(answers.drop_down(options))
        return answers.sign(len(blanks) - 1)

    source = CHOICE.sub(blank, reading.source(reading.element.first("questiontext")))
    if not blanks:
        raise Unsupported("it has no gap that can be read.")
    fill(reading, source, blanks)
    reading.lose_combined()
