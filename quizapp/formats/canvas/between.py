"""Items of QTI 1.2 with blanks between their texts, to type into or to choose from; and with one line to type into."""

from quizapp.formats import answers
from quizapp.formats.answers import Typed
from quizapp.formats.canvas.choosing import NO_KEY, tell_weights
from quizapp.formats.canvas.items import RIGHT, WRONG, Reading
from quizapp.formats.canvas.materials import TYPED, html_of, labels_of
from quizapp.formats.canvas.scoring import number, score_of, shares
from quizapp.formats.canvas.typing import fill
from quizapp.formats.drafts import Unsupported
from quizapp.formats.elements import Element
from quizapp.formats.html import text_of_html
from quizapp.questions.base import decimal_text

GAP = "\0"  # no text of XML holds it
LINE = "____"


def stem_of_typed(reading: Reading) -> str:
    """What asks for one text, with a line in its place where the text goes on behind it. Raises Unsupported."""
    responses = reading.item.find(*TYPED)
    if len(responses) != 1:
        return reading.stem
    _require_one_text(responses[0])
    before, _, after = html_of(reading.item.first("presentation"), GAP).partition(GAP)
    return answers.without_signs(before + LINE + after) if text_of_html(after) else reading.stem


def _require_one_text(response: Element) -> None:
    if len(response.find("response_label")) > 1 and not response.find("render_choice"):
        raise Unsupported("several texts are typed in one response of it, which is not supported.")


def read_blanks_between(reading: Reading) -> None:
    """Blanks that stand between texts; their conditions name the values. Raises Unsupported."""
    tell_weights(reading)
    first, *rest = answers.without_signs(html_of(reading.item.first("presentation"), GAP)).split(GAP)
    blanks = [_blank(reading, response) for response in reading.item.find(*TYPED)]
    if not blanks or len(blanks) != len(rest):
        raise Unsupported(NO_KEY)
    html = first + "".join(answers.sign(place) + text for place, text in enumerate(rest))
    fill(reading, html, blanks)
    reading.lose(*RIGHT, *WRONG)


def _blank(reading: Reading, response: Element) -> str:
    _require_one_text(response)
    return _list(reading, response) if response.find("render_choice") else _line(reading, response)


def _list(reading: Reading, response: Element) -> str:
    """A list to choose from, whose conditions name the identifiers, or the texts, as those of ILIAS do."""
    ident = response.get("ident")
    texts = {one.ident: text_of_html(one.html) for one in labels_of(response)}
    named = {test.value for one in reading.conditions for test in one.equal if test.ident == ident}
    has_texts = named <= set(texts.values()) and not (named <= set(texts) and "questiontype" not in reading.fields)
    keys = texts if has_texts else {one: one for one in texts}
    credits = shares({one: score_of(reading.conditions, ident, key) for one, key in keys.items()})
    if not any(credits.values()):
        raise Unsupported(NO_KEY)
    return answers.drop_down([(text, credits[one]) for one, text in texts.items()])


def _line(reading: Reading, response: Element) -> str:
    ident = response.get("ident")
    earning = [
        (test, one.change) for one in reading.conditions if one.earns for test in one.equal if test.ident == ident
    ]
    if not earning:
        raise Unsupported(NO_KEY)
    if len({change for _, change in earning}) > 1:
        reading.draft.warn("a value that earns a part in a blank there earns all of it here.")
    with_case = any(test.element.get("case").lower() == "yes" for test, _ in earning)
    if with_case and "case=yes" not in reading.draft.attributes:
        reading.draft.attributes.append("case=yes")
    values = [test.value for test, _ in earning]
    if response.tag == "response_num":
        return answers.typed_blank([Typed(_range(response) or value) for value in values])
    return answers.typed_blank([Typed(answers.as_text(value)) for value in values])


def _range(response: Element) -> str:
    """The numbers that are accepted, where the response says between which they lie, as those of ILIAS do."""
    fib = next(iter(response.find("render_fib")), response)
    low, high = number(fib.get("minnumber")), number(fib.get("maxnumber"))
    if low is None or high is None or low > high:
        return ""
    return f"{decimal_text((low + high) / 2)} +- {decimal_text((high - low) / 2)}"
