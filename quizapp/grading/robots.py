"""Robots that take a quiz with little or no knowledge: how often they pass tells how much a pass is worth.

A robot is given what a form shows (`sheets`) and what it was told; only `perfect` is given the key. Everything random
follows from a seed.
"""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import ClassVar

from quizapp.grading.sheets import Answer, Field, Sheet

WORD = re.compile(r"\w+")
WRITTEN = "Some words."
MAX_SEARCHED = 20  # random orders, for one that was not given before


@dataclass(slots=True)
class Told:
    """What somebody was told of one question so far, in words: a field and what goes, or does not go, into it.

    `failed` are whole answers that were not right, `key` is the right one once it was shown.
    """

    right: set[tuple[str, str]] = field(default_factory=set)
    wrong: set[tuple[str, str]] = field(default_factory=set)
    failed: set[frozenset[tuple[str, str]]] = field(default_factory=set)
    key: frozenset[tuple[str, str]] | None = None


class Robot(ABC):
    """A way to answer. A subclass with a `name` takes part by being defined."""

    name: ClassVar[str] = ""
    about: ClassVar[str] = ""  # what it does, after its name
    retries: ClassVar[bool] = False  # whether it tries a question again as long as it may, and keeps what it was told
    is_always_new: ClassVar[bool] = False  # whether it begins each attempt as another guest, where that is possible
    knows_the_key: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        ROBOTS[cls.name] = cls

    @abstractmethod
    def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
        """What it answers; nothing where it leaves a question blank."""


ROBOTS: dict[str, type[Robot]] = {}


def at_random(sheet: Sheet, dice: Random) -> Answer:
    """Any response that is offered, each as probable; what is typed stays blank."""
    if sheet.kind == "many":
        return dict.fromkeys(_some(range(len(sheet.fields)), dice), 0)
    if sheet.kind == "order":
        return dict(enumerate(dice.sample(range(len(sheet.fields)), len(sheet.fields))))
    return {place: dice.randrange(len(one.options)) for place, one in enumerate(sheet.fields) if one.options}


def _some(places: Sequence[int], dice: Random) -> list[int]:
    """Some of these places, one at least."""
    chosen = dice.randrange(1, 2 ** len(places))
    return [place for n, place in enumerate(places) if chosen >> n & 1]


class Guesser(Robot):
    """Answers everything at random."""

    name = "random"
    about = "answers at random"

    def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
        """Any response."""
        return at_random(sheet, dice)


class First(Robot):
    """Takes the first of everything."""

    name = "first"
    about = "takes the first choice, box and option, and puts lines into the order shown"

    def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
        """The first option of each field; of boxes the first."""
        if sheet.kind == "order":
            return {place: place for place in range(len(sheet.fields))}
        fields = sheet.fields[:1] if sheet.kind == "many" else sheet.fields
        return {place: 0 for place, one in enumerate(fields) if one.options}


class Longest(Robot):
    """Takes the longest text: authors often qualify only what is right."""

    name = "longest"
    about = "takes the longest choice and option, and ticks boxes longer than the mean"

    def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
        """The longest option of each field; of boxes those that are longer than the mean, and the longest."""
        if sheet.kind == "many":
            return ticked([len(one.name) for one in sheet.fields])
        return by_worth(sheet, len)


class Keyword(Robot):
    """Takes what shares the most words with the question."""

    name = "keyword"
    about = "takes what shares most words with the question, and types the rarest word of it"

    def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
        """What shares most words with the prompt, and in a pair with the line; typed, the rarest word."""
        asked = Counter(words(sheet.prompt))
        if sheet.kind == "many":
            return ticked([len(set(words(one.name)) & asked.keys()) for one in sheet.fields])
        if sheet.kind == "pair":
            return {place: _like(one, {*words(one.name)}) for place, one in enumerate(sheet.fields)}
        chosen = dict(by_worth(sheet, lambda text: len(set(words(text)) & asked.keys())))
        rarest = min(asked, key=lambda word: (asked[word], -len(word)), default="")
        typed = {place: rarest for place, one in enumerate(sheet.fields) if not one.options and rarest}
        return {**chosen, **(typed if sheet.kind in ("typed", "fill") else {})}


class Eliminator(Robot):
    """Answers at random, but never again what it was told is wrong."""

    name = "eliminator"
    about = "answers at random, never again what it was told is wrong, as often as it may"
    retries = True

    def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
        """The key where it was shown; else what was right before, and of the rest anything that was not wrong."""
        if told.key is not None:
            return _again(sheet, told.key)
        # What is called right may earn a part only: where nothing new comes of it, it is doubted.
        for known in (*(told for _ in range(MAX_SEARCHED)), *(Told(wrong=told.wrong) for _ in range(MAX_SEARCHED))):
            answer = _not_wrong(sheet, known, dice)
            if sheet.in_words(answer) not in told.failed:
                break
        return answer


class GuestReset(Guesser):
    """Answers at random, as a new guest in every attempt; where attempts are limited an account is needed."""

    name = "guest-reset"
    about = "answers at random, and begins as another guest each time where the quiz needs no account"
    is_always_new = True


class Perfect(Robot):
    """Knows the key; essays it only writes, and a person marks them later."""

    name = "perfect"
    about = "knows the key"
    knows_the_key = True

    def answer(self, sheet: Sheet, told: Told, dice: Random) -> Answer:
        """The key; some words where only a person tells."""
        if told.key is None:
            return {0: WRITTEN} if sheet.kind == "written" else {}
        return _again(sheet, told.key)


def words(text: str) -> list[str]:
    """The words of a text, without case."""
    return WORD.findall(text.casefold())


def ticked(worths: Sequence[int]) -> Answer:
    """The boxes that are worth more than the mean; where all are alike, the first."""
    above = [place for place, worth in enumerate(worths) if worth * len(worths) > sum(worths)]
    return dict.fromkeys(above or [0], 0)


def by_worth(sheet: Sheet, worth: Callable[[str], int]) -> Answer:
    """Of each field the option that is worth most, the first of equal ones; an order by falling worth."""
    ranked = [_ranked(one, worth) for one in sheet.fields]
    if sheet.kind == "order":
        return dict(enumerate(ranked[0]))
    return {place: options[0] for place, options in enumerate(ranked) if options}


def _ranked(one: Field, worth: Callable[[str], int]) -> list[int]:
    return sorted(range(len(one.options)), key=lambda n: -worth(one.options[n]))


def _like(one: Field, wanted: set[str]) -> int:
    """The option that shares most words with those wanted."""
    shared = [len(set(words(option)) & wanted) for option in one.options]
    return shared.index(max(shared))


def _not_wrong(sheet: Sheet, told: Told, dice: Random) -> Answer:
    if sheet.kind == "order":
        return at_random(sheet, dice)
    if sheet.kind == "many":
        return _boxes(sheet, told, dice)
    return {place: _option(one, told, dice) for place, one in enumerate(sheet.fields) if one.options}


def _boxes(sheet: Sheet, told: Told, dice: Random) -> Answer:
    named = {place: (one.name, one.options[0]) for place, one in enumerate(sheet.fields)}
    known = [place for place, words in named.items() if words in told.right]
    unsure = [place for place, words in named.items() if words not in told.right | told.wrong]
    guessed = [place for place in unsure if dice.randrange(2)] if known else _some(unsure or range(len(named)), dice)
    return dict.fromkeys([*known, *guessed], 0)


def _option(one: Field, told: Told, dice: Random) -> int:
    known = [n for n, option in enumerate(one.options) if (one.name, option) in told.right]
    left = [n for n, option in enumerate(one.options) if (one.name, option) not in told.wrong]
    return dice.choice(known or left or range(len(one.options)))


def _again(sheet: Sheet, known: frozenset[tuple[str, str]]) -> Answer:
    """The answer of these words, on a sheet in another order; equal lines stand in for each other."""
    answer: dict[int, int | str] = {}
    for place, one in enumerate(sheet.fields):
        for _, text in (pair for pair in known if pair[0] == one.name):
            used = answer.values() if sheet.kind == "order" else ()
            fitting = [n for n, option in enumerate(one.options) if option == text and n not in used]
            answer[place] = fitting[0] if fitting else text
    return answer
