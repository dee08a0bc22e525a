"""What something that is gone could be now: things of another name that are like it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from quizapp.questions.base import Question, parts_of
from quizapp.questions.fingerprint import marking_fingerprint

LIKE = 0.5  # how much of all words both must have
SAME_TITLE = 0.9
WORD = re.compile(r"\w+")
Name = TypeVar("Name")
Sign = tuple[str, str, str]


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
    found = _equal(gone, fresh)
    taken = {new for new, _ in found.values()}
    left = {old: one for old, one in gone.items() if old not in found}
    free = {new: other for new, other in fresh.items() if new not in taken}
    for share, old, new in sorted(_pairs(left, free), key=lambda pair: -pair[0]):
        if old not in found and new not in taken:
            found[old] = new, share
            taken.add(new)
    return found


def _equal(gone: Mapping[Name, Features], fresh: Mapping[Name, Features]) -> dict[Name, tuple[Name, float]]:
    """The pairs with the surest sign, found without comparing: all names may be new."""
    bearing: dict[tuple[str, str], list[Name]] = {}
    for new, other in fresh.items():
        bearing.setdefault((other.kind, other.whole), []).append(new)
    found: dict[Name, tuple[Name, float]] = {}
    for old, one in gone.items():
        same = bearing.get((one.kind, one.whole)) if one.whole else None
        if same:
            found[old] = same.pop(0), 1.0
    return found


def _pairs(gone: Mapping[Name, Features], fresh: Mapping[Name, Features]) -> Iterable[tuple[float, Name, Name]]:
    """The pairs that are alike. Only those are compared that share a sign, of which alike ones have one at least."""
    how_often = Counter(word for one in (*gone.values(), *fresh.values()) for word in one.words)
    names, bearing = list(fresh), dict[Sign, list[int]]()
    for place, other in enumerate(fresh.values()):
        for sign in _signs(other, how_often):
            bearing.setdefault(sign, []).append(place)
    for old, one in gone.items():
        for place in sorted({place for sign in _signs(one, how_often) for place in bearing.get(sign, ())}):
            share = likeness(one, fresh[names[place]])
            if share >= LIKE:
                yield share, old, names[place]


def _signs(one: Features, how_often: Mapping[str, int]) -> Iterable[Sign]:
    """What one of two alike things has in common with the other: the whole, the title, or one of its rarest words.

    Two sets that share a part of t have so many words in common that one is among the first n - ⌈t·n⌉ + 1 of each, in
    any order of all words (Chaudhuri, Ganti and Kaushik 2006); the rarest first leave the least to compare.
    """
    if one.whole:
        yield one.kind, "whole", one.whole
    if one.title:
        yield one.kind, "title", one.title.casefold()
    words = sorted(one.words, key=lambda word: (how_often[word], word))
    for word in words[: len(words) - ceil(LIKE * len(words)) + 1]:
        yield one.kind, "word", word


def _shared(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """The share of all words that both have (Jaccard, 1901)."""
    every = len(one | other)
    return len(one & other) / every if every else 0.0
