"""The values of a GIFT question to a question of ours; what is lost on the way is told."""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from quizapp.formats.building import ANY_NUMBER, Built, asked, line_of, plain, prose, whole_first
from quizapp.formats.gift.values import Answer, Entry, Number, NumberAnswer, Text
from quizapp.formats.headings import lowered
from quizapp.formats.html import markdown_of
from quizapp.formats.hypertext.phrases import TEX
from quizapp.formats.moodle.wildcards import bare, has_wildcard, hidden_texts, pattern_of
from quizapp.formats.writing import MODULE
from quizapp.questions.base import NO_PROSE, Prose, Question, QuestionType, decimal_text
from quizapp.questions.choices import Choice
from quizapp.questions.essay import Criterion, Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.items import Item
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numbers import Interval, read_key
from quizapp.questions.numeric import Numeric, NumericValue
from quizapp.questions.order import Ordering
from quizapp.questions.pairs import Pair
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText, TextValue
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import PLACEHOLDER, source_of

HTML = re.compile(r"<[A-Za-z/!]|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);")
RULES = {"ALL_OR_NOTHING": "exact", "LONGEST_ORDERED_SUBSET": "lcs"}
DIGITS = 6  # decimals of a credit
TITLE_MOST = 80


class CannotBe(Exception):
    """A question cannot be one of ours, for this reason."""


def built_of(entry: Entry, tag: str = "") -> Built:
    """What is built of a question or description; `tag` is that of its category."""
    built = Built(f"line {entry.line}", entry.line, entry.end, title=entry.title or entry.stem.text[:TITLE_MOST])
    for note in entry.notes:
        built.warn(note)
    built.refused = entry.wrong or REFUSED.get(entry.kind, "")
    if built.refused:
        return built
    try:
        built.question = _question(entry, tag, built)
    except CannotBe as why:
        built.refused = str(why)
    return built


REFUSED = {
    "Description": "a description asks nothing, and is no question. Put its text into a lesson, or below a `{.check}`.",
}


def _question(entry: Entry, tag: str, built: Built) -> Question:
    kind, text = MAKERS[entry.kind](entry, built), shown(entry.stem, built)
    before, gapped = _apart(text)
    filled = _filled(kind, gapped) if entry.has_gap else None
    heading, prompt = asked(before if filled else _with_gap(text))
    if not text:
        raise CannotBe("there is no text that asks. Write it before the `{`.")
    tags = [name for one in (*entry.tags, tag) if (name := tag_of(one))]
    return Question(
        key=f"{MODULE}#{entry.id or entry.title or ''}",
        type=filled or kind,
        heading=heading,
        prompt=prompt,
        explanation=shown(entry.general, built),
        tags=tuple(dict.fromkeys(tags)),
    )


def _apart(text: Prose) -> tuple[Prose, Prose]:
    """What stands above the paragraph with the blank, and the text from there on."""
    blocks = read_blocks(text.markdown)
    at = next((at for at, block in enumerate(blocks) if PLACEHOLDER in source_of([block])), 0)
    return prose(source_of(blocks[:at])) if at else NO_PROSE, prose(source_of(blocks[at:])) if at else text


def _filled(kind: QuestionType, text: Prose) -> FillIn | None:
    """A text with a blank, where the answers are such as a blank can have: all right, and nothing said of them."""
    if not isinstance(kind, ShortText | Numeric) or text.markdown.count(PLACEHOLDER) != 1:
        return None
    is_bare = all(value.credit == 1 and not value.feedback for value in kind.values)
    return FillIn(text, (kind,)) if is_bare else None


def _with_gap(text: Prose) -> Prose:
    return Prose(text.markdown.replace(PLACEHOLDER, "\\_\\_\\_\\_"), text.html.replace(PLACEHOLDER, "____"))


def tag_of(text: str) -> str:
    """A tag that says this text."""
    return " ".join(re.sub(r'[",{}]', " ", text).split())


def shown(text: Text | None, built: Built) -> Prose:
    """Prose that shows a text as its format says."""
    if text is None or not text.text:
        return NO_PROSE
    if text.format == "markdown":
        return prose(lowered(text.text))
    if text.format == "plain" or (text.format == "moodle" and not _is_html(text.text)):
        return plain(text.text)
    source = text.text if text.format == "html" else text.text.replace("\n", "<br>\n")
    markdown, lost = markdown_of(source)
    for sentence in lost:
        built.warn(sentence)
    return prose(markdown)


def _is_html(text: str) -> bool:
    """Whether a text of Moodle's own format shows otherwise than as it is written: HTML, or a formula in its signs."""
    return bool(HTML.search(text) or TEX.search(text))


def _multichoice(entry: Entry, built: Built) -> QuestionType:
    if any(answer.is_right for answer in entry.answers):
        return SingleChoice(tuple(_single(answer, built) for answer in entry.answers))
    return _several(entry.answers, built)


def _single(answer: Answer, built: Built) -> Choice:
    return Choice(shown(answer.text, built), _credit(answer, built), shown(answer.feedback, built))


def _credit(answer: Answer, built: Built) -> Fraction:
    """What an answer is worth, from 0 to 1."""
    if answer.percent < 0:
        built.warn(f"“{answer.text.text[:60]}” takes away {decimal_text(-answer.percent)} %; here it earns nothing.")
    return round(min(max(answer.percent / 100, Fraction(0)), Fraction(1)), DIGITS + 2)


def _several(answers: Sequence[Answer], built: Built) -> QuestionType:
    right = [one.percent for one in answers if one.percent > 0]
    wrong = [one.percent for one in answers if one.percent < 0]
    if not right:
        raise CannotBe("no choice is right. Write `=` before the right one, or what it is worth: `~%50%`.")
    if max(right) - min(right) > Fraction(1, 1000):
        told = ", ".join(decimal_text(one) for one in right)
        built.warn(f"the right choices are worth {told} %; here each is worth the same.")
    rule = _rule(right, wrong, built)
    choices = [
        Choice(
            shown(one.text, built),
            Fraction(one.percent > 0),
            shown(one.feedback, built),
            scored=bool(one.percent) or not wrong,
        )
        for one in answers
    ]
    return MultipleChoice(tuple(choices), rule)


def _rule(right: Sequence[Fraction], wrong: Sequence[Fraction], built: Built) -> str:
    """The credit rule that marks as the weights do, or the nearest to it."""
    share = Fraction(100, len(right))
    if wrong and all(abs(one + share) < Fraction(1, 1000) for one in wrong):
        return "net"
    if wrong and all(one <= -100 for one in wrong):
        return "hits"
    if wrong:
        told = ", ".join(decimal_text(-one) for one in wrong)
        built.warn(f"wrong choices take away {told} %; here each takes away what a right one is worth.")
    else:
        built.warn("a wrong choice takes nothing away; here it takes away what a right one is worth.")
    return "net"


def _truth(entry: Entry, built: Built) -> QuestionType:
    wrong, right = (shown(one, built) for one in entry.feedback)
    choices = (
        Choice(plain(name), Fraction(is_it == entry.is_true), right if is_it == entry.is_true else wrong)
        for name, is_it in (("True", True), ("False", False))
    )
    return SingleChoice(tuple(choices))


def _short(entry: Entry, built: Built) -> QuestionType:
    values = [_value(answer, built) for answer in entry.answers]
    texts = [" ".join(answer.text.text.split()) for answer in entry.answers]
    for told in hidden_texts(texts, [value.credit for value in values], with_case=False):
        built.warn(told)
    return ShortText(tuple(whole_first(values)))


def _value(answer: Answer, built: Built) -> TextValue:
    text = " ".join(answer.text.text.split())
    if not text:
        raise CannotBe("an accepted answer is empty. Write it behind its `=`.")
    if "\n" in answer.text.text:
        built.warn(f"the answer “{text[:60]}” had several lines, and is one here.")
    credit, feedback = _credit(answer, built), shown(answer.feedback, built)
    is_pattern = has_wildcard(text)
    return TextValue(pattern_of(text) if is_pattern else bare(text), credit, is_pattern, feedback)


def _numerical(entry: Entry, built: Built) -> QuestionType:
    values = sorted(
        (_number(answer, built) for answer in entry.numbers), key=lambda value: value.interval.text == ANY_NUMBER
    )
    return Numeric(tuple(whole_first(values)))


def _number(answer: NumberAnswer, built: Built) -> NumericValue:
    weight = answer.weight if answer.weight is not None else Fraction(100)
    text = key_of(answer.number) if answer.number else ANY_NUMBER
    if not answer.number and weight > 0:
        raise CannotBe("any number earns something, and that is no key here.")
    credit = _credit(Answer(Text(text), True, weight), built)
    return NumericValue(_interval(text), credit, shown(answer.feedback, built))


def key_of(number: Number) -> str:
    """A number as our keys have it."""
    low, off = _decimal(number.low), _decimal(number.off)
    if number.high is not None:
        low, high = sorted((low, _decimal(number.high)), key=Fraction)
        return f"[{low}, {high}]" if Fraction(low) < Fraction(high) else low
    return f"{low} +- {off.lstrip('-')}" if Fraction(off) else low


def _decimal(text: str) -> str:
    """Digits as our keys have them: no leading zeros, no plus."""
    sign, rest = ("-" if text.startswith("-") else ""), text.lstrip("+-")
    return sign + (re.sub(r"^0+(?=\d)", "", rest) if not rest.startswith(".") else f"0{rest}")


def _interval(text: str) -> Interval:
    interval = read_key(text)
    if interval is None:
        raise CannotBe(f"“{text}” is no number of a key.")
    return interval


def _matching(entry: Entry, built: Built) -> QuestionType:
    pairs = [(line_of(shown(left, built)), line_of(_plain(right, built))) for left, right in entry.pairs]
    if any(not right for _, right in pairs):
        raise CannotBe("a pair has nothing behind its `->`.")
    return Matching(
        heads=(NO_PROSE, NO_PROSE),
        pairs=tuple(Pair(Item(left), right) for left, right in pairs if left),
        decoys=tuple(right for left, right in pairs if not left),
    )


def _plain(text: str, built: Built) -> Prose:
    return shown(Text(text), built)


def _ordering(entry: Entry, built: Built) -> QuestionType:
    if entry.rule not in RULES:
        told = f"it is marked by {entry.rule} there; here by the longest run in the right order."
        built.warn(told)
    return Ordering(tuple(Item(shown(line, built)) for line in entry.lines), RULES.get(entry.rule, "lcs"))


def _essay(entry: Entry, built: Built) -> QuestionType:
    if not entry.general:
        return Essay()
    built.guess("its general feedback became a model answer, with one line of rubric for all points.")
    return Essay((Criterion(Fraction(1), plain("Says what the model answer says")),))


MAKERS: Mapping[str, Callable[[Entry, Built], QuestionType]] = {
    "MC": _multichoice,
    "TF": _truth,
    "Short": _short,
    "Numerical": _numerical,
    "Matching": _matching,
    "Ordering": _ordering,
    "Essay": _essay,
}
