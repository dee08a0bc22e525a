"""Why an answer was not marked, in a sentence for each code of `Mark.trouble` that says what to give instead.

Plain English, as data: web shows each in the site's language, `quizapp mark` prints it as it is.
"""

UNREADABLE = "This answer cannot be read."
SENTENCES = {
    "not-a-number": "This is not a number that can be read. Write one in digits, such as 12.5.",
    "ambiguous-comma": "Is this comma for thousands or for decimals? Write 1234 or 1.234.",
    "missing-unit": "Write the unit as well.",
    "unknown-unit": "This unit is not known. Write it as a symbol, such as ms or kg.",
    "no-unit": "Write the number alone, without a unit.",
    "too-long": "This is too long for an answer.",
    "too-slow": "This answer could not be compared in time. Write it shorter; nothing was counted.",
    "not-an-order": "Give every line a place of its own.",
}


def trouble_sentence(code: str) -> str:
    """The sentence for a code; `{about}` in it stands for the line or blank that is meant."""
    return SENTENCES.get(code, UNREADABLE)
