"""Questions of Moodle with something to type or write: short answers, numbers, essays."""

from fractions import Fraction

from quizapp.formats import answers
from quizapp.formats.answers import Typed
from quizapp.formats.drafts import Unsupported
from quizapp.formats.moodle.choosing import NO_KEY
from quizapp.formats.moodle.texts import Reading, is_set, number, share
from quizapp.formats.moodle.wildcards import bare, has_wildcard, hidden_answers, hidden_texts, pattern_of
from quizapp.questions.base import decimal_text
from quizapp.questions.typed import write_value
from quizapp.questions.units import find_unit

ANY_NUMBER = "[-1e99, 1e99]"  # a known wrong answer that stands for every other number
LEFT_OUT = {"graderinfo": "what those who mark it are told", "responsetemplate": "the text to begin with"}
LIMITS = {"minwordlimit": "how many words it has at least", "maxwordlimit": "how many words it has at most"}
CLOSE = Fraction(1, 10**6)  # of a factor that was rounded


def read_shortanswer(reading: Reading) -> None:
    """Short text; `*` stands for anything."""
    if is_set(reading.element, "usecase"):
        reading.draft.attributes.append("case=yes")
    given = [one for one in reading.element.all("answer") if one.said("text")]
    texts, credits = [one.said("text") for one in given], [share(one) for one in given]
    found = [
        typed_text(text, credit, reading.text(one.first("feedback")))
        for text, credit, one in zip(texts, credits, given, strict=True)
    ]
    for told in hidden_texts(texts, credits, with_case=is_set(reading.element, "usecase")):
        reading.draft.warn(told)
    reading.draft.kind, reading.draft.answers = "text", answers.values(in_order(found))


def typed_text(text: str, credit: Fraction, feedback: str = "") -> Typed:
    """An answer with its wildcards."""
    text = " ".join(text.split())
    if not has_wildcard(text):
        return Typed(answers.as_text(bare(text)), max(Fraction(0), credit), _sign(credit, ""), feedback)
    written = write_value(pattern_of(text))
    written = written if written.startswith("`") else f"`{written}`"
    return Typed(written, max(Fraction(0), credit), _sign(credit, "~"), feedback)


def _sign(credit: Fraction, pattern: str) -> str:
    return f"{'=' if credit > 0 else '!'}{pattern or ('' if credit > 0 else '=')}"


def in_order(found: list[Typed]) -> list[Typed]:
    """The answers, one that earns everything first, since the first line says what the list is. Raises Unsupported."""
    whole = next((one for one in found if one.credit == 1 and one.operator.startswith("=")), None)
    if whole is None:
        raise Unsupported(NO_KEY)
    first = found[0]
    begins = first.credit == 1 or first.operator.startswith("!")
    return found if begins else [whole, *(one for one in found if one is not whole)]


def read_numerical(reading: Reading) -> None:
    """Numbers with a tolerance, and the unit that must be given."""
    unit = _unit(reading)
    given = reading.element.all("answer")
    texts, credits = [one.said("text") for one in given], [share(one) for one in given]
    found = [
        _number(text, credit, unit, one.said("tolerance"), reading.text(one.first("feedback")))
        for text, credit, one in zip(texts, credits, given, strict=True)
    ]
    values = [number(text) for text in texts]
    offs = [abs(number(one.said("tolerance") or "0") or Fraction(0)) for one in given]

    def fits(above: int, at: int) -> bool:
        middle, value = values[above], values[at]
        return middle is None or value is None or abs(value - middle) <= offs[above]

    for told in hidden_answers([text if text != "*" else None for text in texts], credits, fits):
        reading.draft.warn(told)
    reading.draft.kind, reading.draft.answers = "numeric", answers.values(in_order(found))


def _number(text: str, credit: Fraction, unit: str, tolerance: str, feedback: str) -> Typed:
    """A number as a value to type; `*` is any other one."""
    if text == "*" and credit > 0:
        raise Unsupported("any number earns something, and that is no key here.")
    if text == "*":
        return Typed(ANY_NUMBER, Fraction(0), "!=", feedback)
    written = number_of(text, tolerance) + (f" {unit}" if unit else "")
    return Typed(written, max(Fraction(0), credit), "=" if credit > 0 else "!=", feedback)


def number_of(text: str, tolerance: str) -> str:
    """A number with its tolerance as it stands in a key. Raises Unsupported."""
    value, off = number(text), number(tolerance or "0")
    if value is None or off is None:
        raise Unsupported(f"its answer “{text[:40]}”, “{tolerance[:40]}” is no number with a tolerance.")
    return decimal_text(value) if off == 0 else f"{decimal_text(value)} +- {decimal_text(abs(off))}"


def _unit(reading: Reading) -> str:
    """The unit that stands in the key: the one whose factor is 1, where all are known here; empty otherwise."""
    units = {one.said("unit_name"): number(one.said("multiplier")) for one in reading.element.find("unit")}
    if not units or reading.element.said("showunits") == "3":
        return ""
    first = next((name for name, factor in units.items() if factor == 1), "")
    base = find_unit(first)
    known = {name: find_unit(name) for name in units}
    fits = base is not None and all(
        one is not None and factor and one.kind == base.kind and abs(one.factor * factor / base.factor - 1) < CLOSE
        for (name, factor) in units.items()
        for one in [known[name]]
    )
    if not fits:
        reading.draft.warn(f"its units ({', '.join(units)}) are left out: the number is given alone.")
        return ""
    reading.draft.guesses.append(f"the number is given with its unit, {first} or another of its kind.")
    return first


def read_essay(reading: Reading) -> None:
    """A text that a person marks; general feedback is a model answer."""
    draft = reading.draft
    draft.kind = "essay"
    draft.attributes.append(".essay")
    if any(draft.explanation):
        draft.answers = [f"- [{decimal_text(draft.points)}] Says what the model answer says"]
        draft.guesses.append("took the general feedback as a model answer, with one line of rubric.")
    for name, what in LEFT_OUT.items():
        text = reading.text(reading.element.first(name))
        if text:
            draft.warn(f"{what} is left out: “{text}”")
    for name, what in LIMITS.items():
        words = reading.element.said(name)
        if words not in ("", "0"):
            draft.warn(f"{what} is left out: {words}.")
    if reading.element.said("responseformat") in ("noinline", "none"):
        raise Unsupported("files are asked for, and no text. There is no such question here.")
    if int(number(reading.element.said("attachments") or "0") or 0):
        draft.warn("that files may be attached is left out.")
