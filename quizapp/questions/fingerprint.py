"""Hashes that say whether two versions of a question are the same.

Taken over the parsed question, so that a formatter, CRLF or another bullet is no change.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from quizapp.questions.base import Prose, Question, text_of

# What does not decide a mark.
SHOWN_ONLY = frozenset({"feedback", "hints", "explanation", "tags", "shuffle", "points", "tries", "words", "was"})


def fingerprint(question: Question) -> str:
    """Hash of all that is shown and all that decides; 32 hexadecimal digits."""
    return _hash(_values(question, lambda prose: " ".join(prose.html.split()), frozenset()))


@lru_cache(maxsize=4096)  # asked for with every response
def marking_fingerprint(question: Question) -> str:
    """Hash of what decides the marks: prompt, choices, accepted answers, credit rules; 32 hexadecimal digits."""
    return _hash(_values(question, lambda prose: text_of(prose.html), SHOWN_ONLY))


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _values(value: object, prose: Callable[[Prose], str], without: frozenset[str]) -> object:
    if isinstance(value, Prose):
        return prose(value)
    if dataclasses.is_dataclass(value):
        fields = {
            field.name: _values(getattr(value, field.name), prose, without)
            for field in dataclasses.fields(value)
            if field.compare and field.name not in without
        }
        return {"": getattr(value, "name", ""), **fields}
    if isinstance(value, tuple):
        return [_values(part, prose, without) for part in value]
    return str(value) if isinstance(value, Fraction) else value
