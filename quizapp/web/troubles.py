"""What to type instead of an answer that cannot be read, in a sentence for each code of `questions`."""

from quizapp.web.words import sentence as _


def trouble_words(code: str, about: str = "") -> str:
    """The sentence for a code; `about` is the line or blank that is meant."""
    return {
        "not-a-number": _("This is not a number that can be read. Write one in digits, such as 12.5."),
        "ambiguous-comma": _("Is this comma for thousands or for decimals? Write 1234 or 1.234."),
        "missing-unit": _("Write the unit as well."),
        "unknown-unit": _("This unit is not known. Write it as a symbol, such as ms or kg."),
        "no-unit": _("Write the number alone, without a unit."),
        "too-long": _("This is too long for an answer."),
        "too-slow": _("This answer could not be compared in time. Write it shorter; nothing was counted."),
        "not-an-order": _("Give every line a place of its own."),
    }.get(code, _("This answer cannot be read."))
