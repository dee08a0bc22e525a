"""What something that is gone could be now: things of another name that are like it."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from quizapp.questions.base import Question, parts_of
from quizapp.questions.fingerprint import marking_fingerprint

LIKE = 0.5  # how much of all words both must have
SAME_TITLE = 0.9
WORD = re.compile(r"\w+")
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Features:
    """What things are compared by: only those of one `kind` are; an equal `whole` is the surest sign."""

    kind: str
    whole: str
    title: str
    words: frozenset[str]


def features_of(question: Question) -> Features:
    """Those of a question: its marking fingerprint, and the words of all its parts."""
    typed = " ".join(answer.typed for answer in question.type.answers)
    text = " ".join([*(prose.text for prose in parts_of(question)), typed])
    return Features(question.type.name, marking_fingerprint(question), "", frozenset(WORD.findall(text.casefold())))


def likeness(one: Features, other: Features) -> float:
    """From 0 to 1: how much two things are alike."""
    if one.kind != other.kind:
        return 0.0
    if one.whole and one.whole == other.whole:
        return 1.0
    shared = _shared(one.words, other.words)
    is_same_title = bool(one.title) and one.title.casefold() == other.title.casefold()
    return max(shared, SAME_TITLE) if is_same_title else shared


def nearest(gone: Mapping[Name, Features], fresh: Mapping[Name, Features]) -> dict[Name, tuple[Name, float]]:
    """For each that is gone the fresh one that it is most like, and how much; each fresh one is taken once.

    What is like nothing fresh is not among them.
    """
    found: dict[Name, tuple[Name, float]] = {}
    taken: set[Name] = set()
    for share, old, new in sorted(_pairs(gone, fresh), key=lambda pair: -pair[0]):
        if old not in found and new not in taken:
            found[old] = new, share
            taken.add(new)
    return found


def _pairs(gone: Mapping[Name, Features], fresh: Mapping[Name, Features]) -> Iterable[tuple[float, Name, Name]]:
    for old, one in gone.items():
        for new, other in fresh.items():
            share = likeness(one, other)
            if share >= LIKE:
                yield share, old, new


def _shared(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """The share of all words that both have (Jaccard, 1901)."""
    every = len(one | other)
    return len(one & other) / every if every else 0.0
