"""Texts in which `*` stands for anything, and answers that never count where the first that fits does.

In Moodle the first answer that fits counts (question/type/shortanswer/question.php, numerical likewise); here the best.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from quizapp.questions.base import decimal_text

WILDCARD = re.compile(r"\\\*|\*")
SIGN = re.compile(r"([\\.^$*+?{}\[\]|()])")


def has_wildcard(text: str) -> bool:
    """Whether a text has a `*` that is no `\\*`."""
    return "*" in WILDCARD.findall(text)


def bare(text: str) -> str:
    """A text without wildcards as it is typed."""
    return text.replace("\\*", "*")


def pattern_of(text: str) -> str:
    """A pattern for a text; only what has a meaning in one is escaped, so that people can read the rest."""
    parts = re.split(r"(\\\*|\*)", text)
    return "".join(".*" if part == "*" else SIGN.sub(r"\\\1", bare(part)) for part in parts)


def hidden_texts(texts: Sequence[str], credits: Sequence[Fraction], *, with_case: bool) -> Iterator[str]:
    """What is said of texts that an answer above them hides."""
    patterns = [re.compile(pattern_of(text), re.NOFLAG if with_case else re.IGNORECASE) for text in texts]
    shown = [None if has_wildcard(text) else bare(text) for text in texts]
    return hidden_answers(shown, credits, lambda above, at: bool(patterns[above].fullmatch(shown[at] or "")))


def hidden_answers(
    shown: Sequence[str | None], credits: Sequence[Fraction], fits: Callable[[int, int], bool]
) -> Iterator[str]:
    """What is said of answers that earn less there, since one above `fits` what they are for; None is not looked at."""
    for at, text in enumerate(shown):
        first = next((above for above in range(at) if text is not None and fits(above, at)), at)
        if credits[first] < credits[at]:
            there, here = (decimal_text(max(Fraction(0), credits[one]) * 100) for one in (first, at))
            yield f"“{text}” earns {there} % there, since an answer above it fits it too; here it earns {here} %."
