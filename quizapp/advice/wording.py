"""The words of texts, as far as advice compares them."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from quizapp.questions.base import Question

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ARTICLES = frozenset({"a", "an", "the"})
COMMON_WORDS = """
a about above after again against all also always am an and any are as at be because been before being below
best between both but by can cannot could did do does doing done down during each either else even ever every
few first following for from further get gets give given gives had has have having he her here hers him his how
however i if in into is it its itself just kind last least less let like made main make makes many may me mean
means might more most much must my name named need needs never next no none nor not now of off often on once one
ones only or other our out over own part person same say says she should shows so some someone something sort
such take takes than that the their them then there these they thing things this those though through to too
true two under until up upon us use used uses using very was we were what when where whether which while who
whom whose why will with within without would yes you your answer answers correct describe describes false
happens question questions right statement statements wrong choose select term called known best
"""
# English words that say nothing about the subject; others ask, or are verbs of every question.
COMMON = frozenset(COMMON_WORDS.split())


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, with plain apostrophes."""
    return WORD.findall(text.casefold().replace("’", "'"))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What an English word has in common with its other forms, roughly."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5), ("ly", 5)):
        if word.endswith(ending) and len(word) >= least:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def subject_words(text: str) -> list[str]:
    """The stems of the words of a text that are about something, in their order; numbers too."""
    return [stem(word) for word in words_of(text) if word not in COMMON and (len(word) > 2 or not word.isalpha())]


def asked_text(question: Question) -> str:
    """What a question asks, with all that stands above its answers."""
    return f"{question.heading.text} {question.prompt.text} {question.type.asked.text}".strip()


def has_run(words: Sequence[str], run: Sequence[str]) -> bool:
    """Whether some words stand together among others, in their order."""
    first = run[0] if run else ""
    places = (place for place, word in enumerate(words) if word == first)
    return any(words[place : place + len(run)] == run for place in places)


def without_articles(words: Iterable[str]) -> list[str]:
    """The words without `a`, `an`, `the`."""
    return [word for word in words if word not in ARTICLES]
