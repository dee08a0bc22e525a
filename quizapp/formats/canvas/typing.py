"""Items of QTI 1.2 with something to type or write: text, numbers, blanks, essays."""

import re
from collections.abc import Sequence
from fractions import Fraction

from quizapp.formats import answers
from quizapp.formats.answers import Typed
from quizapp.formats.canvas.choosing import NO_KEY, tell_weights
from quizapp.formats.canvas.items import RIGHT, WRONG, Reading
from quizapp.formats.canvas.kinds import blank_name
from quizapp.formats.canvas.materials import Label, labels_of
from quizapp.formats.canvas.scoring import Condition, Test, links_for, number, score_of, shares
from quizapp.formats.drafts import Unsupported, shown_of
from quizapp.formats.elements import Element
from quizapp.formats.html import text_of_html
from quizapp.questions.base import decimal_text

LISTS = frozenset({"dropdown", "wordbank"})


def read_text(reading: Reading) -> None:
    """Short text: every value that earns something."""
    earning = [one for one in reading.conditions if one.earns]
    tests = [(test, one) for one in earning for test in one.tests if test.value]
    if not tests:
        raise Unsupported(NO_KEY)
    if any(test.negated for test, _ in tests) or any(map(_asks_for_all, earning)):
        raise Unsupported("an answer of it must hold several texts, or lack one, which is not supported.")
    cases = {test.element.get("case").lower() == "yes" for test, _ in tests}
    if True in cases:
        reading.draft.attributes.append("case=yes")
    if len(cases) > 1:
        reading.draft.warn("the case of letters matters in some of its answers only there; here in all of them.")
    highest = max(one.change or Fraction(0) for one in earning)
    found: dict[str, Typed] = {}
    for test, condition in tests:
        said = reading.said(*links_for(_lone(reading.conditions), test.ident, test.value))
        said += reading.said(*(link for link in condition.links if link not in RIGHT), *RIGHT)
        typed = _typed(
            test, (condition.change or Fraction(0)) / highest, "\n\n".join(dict.fromkeys(said)), condition.compares
        )
        same = found.setdefault(_folded(typed.written, reading), typed)
        if same is not typed and same.feedback != typed.feedback and typed.feedback:
            reading.draft.warn(
                f"“{test.value}” is the same answer as “{same.written}” here; what is said of it is left out."
            )
    reading.draft.kind, reading.draft.answers = "text", answers.values(list(found.values()))
    reading.lose(*WRONG)


def _asks_for_all(condition: Condition) -> bool:
    """Whether several texts must be there. What stands side by side is a choice, as Canvas writes it."""
    is_joined = any(part.tag == "and" and len(part.children) > 1 for part in condition.parts)
    parts = [part for part in condition.parts if part.tag == "varsubstring"]
    return is_joined or len(parts) > 1


def _folded(written: str, reading: Reading) -> str:
    return written if "case=yes" in reading.draft.attributes else written.casefold()


def _typed(test: Test, credit: Fraction, feedback: str, compares: str = "") -> Typed:
    if compares == "MATCHES":
        return Typed(f"`{test.value}`", credit, "=~", feedback)
    if test.operator == "varsubstring" or compares == "CONTAINS":
        pattern = f".*{re.escape(test.value)}.*"
        return Typed(f"`{pattern}`", credit, "=~", feedback)
    if test.operator != "varequal":
        raise Unsupported(f"it compares with `{test.operator}`, which is not supported for a text.")
    return Typed(answers.as_text(" ".join(test.value.split())), credit, "=", feedback)


def _lone(conditions: Sequence[Condition]) -> list[Condition]:
    return [one for one in conditions if len(one.tests) == 1 and one.change is None]


def read_numbers(reading: Reading) -> None:
    """Numeric: each condition is a number, a number with a tolerance, or a range."""
    found: dict[str, Typed] = {}
    earning = [one for one in reading.conditions if one.earns]
    highest = max((one.change or Fraction(0) for one in earning), default=Fraction(1))
    for condition in earning:
        said = reading.said(*(link for link in condition.links if link not in RIGHT), *RIGHT)
        credit = (condition.change or Fraction(0)) / highest
        for written in _numbers(condition, reading):
            found.setdefault(written, Typed(written, credit, "=", "\n\n".join(said)))
    if not found:
        raise Unsupported(NO_KEY)
    reading.draft.kind = "numeric"
    reading.draft.answers = answers.values(sorted(found.values(), key=lambda one: one.credit != 1))
    reading.lose(*WRONG)


def _numbers(condition: Condition, reading: Reading) -> list[str]:
    """The numbers of a condition, as they are written in a key."""
    low, high = _bound(condition, "vargte", "vargt"), _bound(condition, "varlte", "varlt")
    exact = _exact_numbers(condition, reading)
    if low is None and high is None:
        return [_exact(test) for test in exact]
    if low is None or high is None:
        raise Unsupported("it accepts every number above or below one, which is not supported.")
    (above, with_low), (below, with_high) = low, high
    if above > below:
        raise Unsupported("its range of numbers is empty.")
    written = f"{'[' if with_low else '('}{decimal_text(above)}, {decimal_text(below)}{']' if with_high else ')'}"
    told = [_with_margin(test, above, below) for test in exact] if with_low and with_high else []
    if any(told):
        return [text for text in told if text]
    if above == below:
        return [decimal_text(above)]
    outside = [test for test in exact if not above <= (number(test.value) or Fraction(0)) <= below]
    if outside:
        reading.draft.warn(f"the range {written} does not hold the answer {outside[0].value}: both are accepted.")
    return [*(_exact(test) for test in outside), written]


def _exact_numbers(condition: Condition, reading: Reading) -> list[Test]:
    for test in condition.equal:
        if number(test.value) is None:
            reading.draft.warn(f"the answer “{test.value[:40]}” is no number, and is left out.")
    return [test for test in condition.equal if number(test.value) is not None]


def _bound(condition: Condition, with_it: str, without_it: str) -> tuple[Fraction, bool] | None:
    for test in condition.tests:
        value = number(test.value)
        if test.operator in (with_it, without_it) and value is not None and not test.negated:
            return value, test.operator == with_it
    return None


def _exact(test: Test) -> str:
    return decimal_text(number(test.value) or Fraction(0))


def _with_margin(test: Test, low: Fraction, high: Fraction) -> str:
    """A number with the tolerance that it names or stands in the middle of; empty where the range is another."""
    value, margin = number(test.value), number(test.element.get("margin"))
    if margin is None and value is not None and low < value == (low + high) / 2:
        margin = high - value
    if value is None or margin is None or margin <= 0:
        return ""
    is_percent = test.element.get("margintype").lower() == "percent"
    width = abs(value) * margin / 100 if is_percent else margin
    written = f"{decimal_text(value)} +- {decimal_text(margin)}{'%' if is_percent else ''}"
    return written if (low, high) == (value - width, value + width) else ""


def read_named_blanks(reading: Reading) -> None:
    """Blanks that stand in the text by name, `[colour]`: lists to choose from, or values to type."""
    html, blanks, said = reading.stem, [], []
    responses = reading.item.find("response_lid")
    if not responses:
        raise Unsupported("its blanks are no lists of what is accepted, and are not read.")
    tell_weights(reading)
    for place, response in enumerate(responses):
        name = f"[{blank_name(response)}]"
        if name not in html:
            raise Unsupported(f"its blank {name} does not stand in its text.")
        html = html.replace(name, answers.sign(place), 1)
        labels = labels_of(response)
        blanks.append(_blank(reading, response, labels))
        said += [(one, reading.said(f"{one.ident}_fb")) for one in labels]
    fill(reading, html, blanks)
    for label, texts in said:
        reading.draft.explanation += [f"{reading.draft.markdown(label.html)}: {text}" for text in texts]
    if any(texts for _, texts in said):
        reading.draft.warn("what is said of single answers stands in the explanation now.")
    reading.lose(*RIGHT, *WRONG)


def fill(reading: Reading, html: str, blanks: Sequence[str]) -> None:
    """A text, in which signs stand, with its blanks."""
    draft = reading.draft
    markdown = draft.markdown(html)
    shown = shown_of(html, markdown, draft.warnings)
    draft.asks = answers.SIGN.sub(lambda found: found["before"] + found["after"], shown) if shown is not None else None
    draft.kind, draft.prompt = "fill-in", answers.with_blanks(markdown, blanks)


def _blank(reading: Reading, response: Element, labels: Sequence[Label]) -> str:
    ident = response.get("ident")
    kinds = {one.element.get("answer_type").lower() for one in labels} - {""}
    is_list = bool(kinds & LISTS) or (not kinds and reading.kind == "multiple_dropdowns_question")
    texts = {one.ident: text_of_html(one.html) for one in labels}
    if not is_list:
        return answers.typed_blank(_accepted(reading, labels, texts))
    credits = shares({one.ident: score_of(reading.conditions, ident, one.ident) for one in labels})
    if not any(credits.values()):
        raise Unsupported(NO_KEY)
    return answers.drop_down([(texts[one.ident], credits[one.ident]) for one in labels])


def _accepted(reading: Reading, labels: Sequence[Label], texts: dict[str, str]) -> list[Typed]:
    found: dict[str, Typed] = {}
    for one in labels:
        text, algorithm = texts[one.ident], one.element.get("scoring_algorithm")
        if algorithm == "TextRegex":
            typed = Typed(f"`{text}`", operator="=~")
        elif algorithm == "TextContainsAnswer":
            typed = Typed(f"`.*{re.escape(text)}.*`", operator="=~")
        else:
            typed = Typed(answers.as_text(text))
        if algorithm == "TextCloseEnough" and "typos=ok" not in reading.draft.attributes:
            reading.draft.attributes.append("typos=ok")
            reading.draft.warn("how many slips are accepted is lost: one in a word of six letters or more is.")
        if text:
            found.setdefault(typed.written.casefold(), typed)
    if not found:
        raise Unsupported(NO_KEY)
    return list(found.values())


def read_essay(reading: Reading) -> None:
    """A text that a person marks; what is said of it in general is a model answer."""
    draft = reading.draft
    draft.kind = "essay"
    draft.attributes.append(".essay")
    if draft.explanation:
        draft.answers = [f"- [{decimal_text(draft.points)}] Says what the model answer says"]
        draft.guesses.append("took what is said in general as a model answer, with one line of rubric.")
    if reading.fields.get("grading_notes"):
        draft.warn(f"the notes for those who mark it are left out: {reading.fields['grading_notes']}")
    if any(one.get("word_limit_enabled").lower() in ("yes", "true") for one in reading.item.find("response_str")):
        draft.warn("how many words it may have is left out.")
    reading.lose(*RIGHT, *WRONG)
