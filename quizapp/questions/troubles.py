"""Why an answer was not marked, in a sentence for each code of `Mark.trouble` that says what to give instead.

Plain English, as data: web shows each in the site's language, `quizapp mark` prints it as it is.
"""

UNREADABLE = "This answer cannot be read."
# Said of one value: with the number of its blank, where there are several.
OF_ONE_VALUE = {
    "not-a-number": "This is not a number that can be read. Write one in digits, such as 12.5.",
    "ambiguous-comma": "Is this comma for thousands or for decimals? Write 1234 or 1.234.",
    "missing-unit": "Write the unit as well.",
    "unknown-unit": "This unit is not known. Write it as a symbol, such as ms or kg.",
    "no-unit": "Write the number alone, without a unit.",
    "too-long": "This is too long for an answer.",
    "too-slow": "This answer could not be compared in time. Write it shorter; nothing was counted.",
}
OF_THE_WHOLE = {
    "not-an-order": "Give every line a place of its own.",
    "zone-syntax": (
        "Line {about} cannot be read. Write a record as owner, type and data, such as: www A 192.0.2.1; close every"
        " quote and parenthesis."
    ),
    "zone-directive": (
        "Line {about} begins with a directive that is not taken here. Write its records out; only $ORIGIN and $TTL may"
        " stand beside them."
    ),
}
OF_A_BLANK = "Blank {about}: {trouble}"


def trouble_sentences(code: str, about: str = "") -> tuple[str, str]:
    """The sentence for a code, and one around it where it is about one blank of several (else empty).

    In the first `{about}` stands for the line, in the second for the blank, and `{trouble}` for the first.
    """
    said = OF_ONE_VALUE.get(code) or OF_THE_WHOLE.get(code, UNREADABLE)
    return said, OF_A_BLANK if about and code in OF_ONE_VALUE else ""


def trouble_text(code: str, about: str = "") -> str:
    """The sentence for a code in plain English; `about` is the line or blank that is meant."""
    said, around = trouble_sentences(code, about)
    return (around or "{trouble}").format(about=about, trouble=said.format(about=about))
