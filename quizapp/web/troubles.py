"""What is to be said of an answer, in a sentence for each code of `questions`: why it cannot be read, and remarks."""

from quizapp.questions.base import Remark
from quizapp.web.words import sentence as _

# Said of one value: with the number of its blank, where there are several.
OF_ONE_VALUE = frozenset(
    {"not-a-number", "ambiguous-comma", "missing-unit", "unknown-unit", "no-unit", "too-long", "too-slow"}
)


def trouble_words(code: str, about: str = "") -> str:
    """The sentence for a code; `about` is the line or blank that is meant."""
    words = {
        "not-a-number": _("This is not a number that can be read. Write one in digits, such as 12.5."),
        "ambiguous-comma": _("Is this comma for thousands or for decimals? Write 1234 or 1.234."),
        "missing-unit": _("Write the unit as well."),
        "unknown-unit": _("This unit is not known. Write it as a symbol, such as ms or kg."),
        "no-unit": _("Write the number alone, without a unit."),
        "too-long": _("This is too long for an answer."),
        "too-slow": _("This answer could not be compared in time. Write it shorter; nothing was counted."),
        "not-an-order": _("Give every line a place of its own."),
        "zone-syntax": _(
            "Line {n} cannot be read. Write a record as owner, type and data, such as: www A 192.0.2.1; close every"
            " quote and parenthesis.",
            n=about,
        ),
        "zone-directive": _(
            "Line {n} begins with a directive that is not taken here. Write its records out; only $ORIGIN and $TTL may"
            " stand beside them.",
            n=about,
        ),
    }.get(code, _("This answer cannot be read."))
    return _("Blank {n}: {trouble}", n=about, trouble=words) if about and code in OF_ONE_VALUE else words


def remark_words(remark: Remark) -> str:
    """The sentence for a remark; empty for one that has none."""
    if remark.code == "no-final-dot":
        name, read = remark.about
        return _("{name} has no dot at its end, so DNS reads it as {read}", name=name, read=read)
    return ""
