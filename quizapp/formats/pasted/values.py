"""Answers to type, from what a line such as `Answer: 25` says."""

import re
from dataclasses import dataclass

from quizapp.formats.pasted import markers
from quizapp.questions.numbers import meant_number, read_key

OR = re.compile(r"\s*[;|]\s*|\s+(?:or|oder|ou|或)\s+|\s+/\s+", re.IGNORECASE)
PARTS = (
    re.compile(r"\s*;\s*"),
    re.compile(r"\s*\|\s*"),
    re.compile(r"\s+/\s+|\s*//\s*"),
    re.compile(r"\s*[,，、]\s*"),
    re.compile(r"\s+(?:and|und)\s+"),
)
COUNTED = re.compile(r"(?:^|\s)\(?(?:\d{1,2}|[a-h])[.)]\s*")
QUOTES = {"“": "”", "„": "“", "‘": "’", '"': '"', "'": "'", "«": "»", "`": "`"}
EITHER = re.compile(r"[-+−]?[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, slots=True)
class Values:
    """What is accepted, what was guessed on the way, and why it is not known where it is not."""

    values: tuple[str, ...]
    guesses: tuple[str, ...] = ()
    why: str = ""


def accepted(text: str) -> Values:
    """The values that an answer names: `x or y`, `x; y` are two."""
    parts = [one for one in OR.split(_bare(text)) if one]
    found, guesses = [], []
    for part in parts:
        value, guess, why = _value(part)
        if why:
            return Values((), why=why)
        guesses += [guess] if guess else []
        found.append(value)
    values = tuple(dict.fromkeys(found))
    if len(values) > 1:
        guesses.append("took " + " and ".join(f"“{value}”" for value in values) + " as answers that are each accepted.")
    return Values(values, tuple(guesses))


def for_gaps(texts: list[str], gaps: int) -> list[str] | None:
    """One answer for each gap; None where the answers are not as many as the gaps."""
    texts = [text for text in texts if text]
    if len(texts) == gaps:
        return texts
    if len(texts) != 1:
        return None
    counted = [part.strip(" ,;") for part in COUNTED.split(texts[0])[1:]]
    if len(counted) == gaps > 1:
        return counted
    for between in PARTS:
        parts = [part for part in between.split(texts[0].rstrip(".")) if part]
        if len(parts) == gaps:
            return parts
    return None


def _value(text: str) -> tuple[str, str, str]:
    """A value, what was guessed of it, and why it is not known."""
    value = _bare(text)
    guess = ""
    if EITHER.fullmatch(value):
        return "", "", f"“{value}” can be a whole number or a decimal one."
    meant = meant_number(value) if "," in value else ""
    if meant and read_key(meant):
        guess = f"took the comma of “{value}” as a decimal point."
        value = meant
    return value, guess, ""


def _bare(text: str) -> str:
    text = markers.peeled(" ".join(text.split()))[0]
    closing = QUOTES.get(text[:1])
    if closing and text.endswith(closing) and len(text) > 2 and closing not in text[1:-1]:
        text = text[1:-1].strip()
    if text.endswith(".") and text.count(".") == 1 and len(text) > 1:
        text = text[:-1].rstrip()
    return text
