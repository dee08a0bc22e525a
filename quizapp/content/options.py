"""The options of a question and what each may say: in attribute lists, and as defaults in front matter."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from quizapp.questions.base import QUESTION_TYPES

NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?|\.\d{1,6}")
PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,6})?%?")
FORMER = re.compile(r"(?:[^\s#,/]+#)?[^\s#,/]+")


def split_list(value: str) -> list[str]:
    """The entries of a comma-separated list."""
    return [entry.strip() for entry in value.split(",") if entry.strip()]


def _are_percents(value: str) -> bool:
    """Whether these are the worths of tries; a lone small number was meant as how many tries there are."""
    worths = value.split(",")
    if len(worths) == 1 and re.fullmatch(r"1?\d", value):
        return False
    return all(PERCENT.fullmatch(worth.strip()) and worth_of(worth) <= 1 for worth in worths)


def worth_of(written: str) -> Fraction:
    """A percentage as a share of 1."""
    return Fraction(written.strip().removesuffix("%")) / 100


def _is_count(value: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,3}", value) is not None


def one_of(rules: Iterable[str]) -> str:
    """What would have fitted where one of some credit rules is asked for."""
    return "one of " + ", ".join(f"`{rule}`" for rule in rules)


CREDIT_RULES = tuple(dict.fromkeys(rule for kind in QUESTION_TYPES.values() for rule in kind.rules))
# option: whether a value fits, and what would
OPTIONS: dict[str, tuple[Callable[[str], bool], str]] = {
    "points": (lambda value: NUMBER.fullmatch(value) is not None, "a number from 0 on"),
    "tags": (lambda value: True, ""),
    "shuffle": (lambda value: value in ("yes", "no"), "`yes` or `no`"),
    "tries": (_are_percents, "a percentage for each try, such as `100,70,50`"),
    "credit": (lambda value: value in CREDIT_RULES, one_of(CREDIT_RULES)),
    "case": (lambda value: value in ("yes", "no"), "`yes` or `no`"),
    "typos": (lambda value: value in ("ok", "no"), "`ok` or `no`"),
    "was": (lambda value: all(map(FORMER.fullmatch, split_list(value))), "names such as `old` or `module#old`"),
}
FOR_REFERENCES: dict[str, tuple[Callable[[str], bool], str]] = {
    "count": (_is_count, "a whole number from 1 on"),
    "tags": OPTIONS["tags"],
}
DEFAULTS = ("points", "shuffle", "tries", "credit", "case", "typos")  # may stand in front matter of banks and quizzes
WORDS = frozenset({"survey", "draft", "void"})


def type_words() -> frozenset[str]:
    """The words that ask for a type."""
    return frozenset(kind.word for kind in QUESTION_TYPES.values() if kind.word)


def known_options() -> frozenset[str]:
    """Every option that a question may have: the common ones, and those of the types."""
    return frozenset(OPTIONS).union(*(kind.options for kind in QUESTION_TYPES.values()))
