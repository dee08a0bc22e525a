"""The map of a module: which questions test which objective, and which part of a lesson."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from quizapp.advice.wording import COMMON, stem, words_of
from quizapp.content.model import Lesson, Module
from quizapp.questions.base import Question, parts_of, text_of

PIECES = re.compile(r'(?=<h([1-6])[^>]*\bid="([^"]*)")')
LINK = re.compile(r'(content:[^"]*)"')
LONG = 4  # letters of a word that says something, whatever the language
# What a word weighs that one part of the module has is the unit of these; words of more parts weigh less.
TOUCHED, COVERED = 2.25, 2
NEAREST = 0.6  # of the weight of the part that a question is nearest to
DONE_WITH = """
analyse analyze apply assess build calculate choose compare complete configure create decide define describe
design determine develop differentiate discuss distinguish evaluate explain find identify implement interpret
know learn list make manage name outline perform plan predict prepare present read recognise recognize recall
select show solve state summarise summarize tell understand when which with work write your their that this from
into have between different
"""
# What people do with what they learn, in objectives.
DOING = frozenset(map(stem, DONE_WITH.split()))


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective of a module: its tag (empty where it has none), its text, and the questions that test it."""

    tag: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under a heading of a lesson, how many words that has, and the questions that cover it.

    `is_touched` says whether any question comes near it at all.
    """

    lesson: Lesson
    anchor: str
    title: str
    words: int
    questions: tuple[Question, ...]
    is_touched: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The map of a module; `questions` are all that stand in it or that its checks and quizzes may ask."""

    objectives: tuple[Objective, ...]
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]


def coverage_of(module: Module) -> Coverage:
    """The map of a module.

    An objective `tag: text` is tested by the questions with that tag; one without a tag by those that share a word of
    four letters or more with it. A part is covered by a question that links to it or has its anchor as a tag; else by
    those that share words with it, and more of them than with most other parts. A word weighs log((n + 1) / m), for m
    of n parts that have it (inverse document frequency, K. Spärck Jones, 1972), in the heading twice.
    """
    questions = questions_of(module)
    words = {question.key: _words(" ".join(prose.text for prose in parts_of(question))) for question in questions}
    objectives = tuple(
        _objective(tag, text, questions, words)
        for tag, text in zip(module.objective_tags, module.objectives, strict=True)
    )
    return Coverage(objectives, tuple(_parts(module, questions, words)), questions)


def questions_of(module: Module) -> tuple[Question, ...]:
    """Every question that stands in a module, or that its checks and quizzes may ask; no surveys, none that is void."""
    checks = [check.questions for lesson in module.lessons for check in lesson.checks]
    pools = [entry.pool for quiz in module.quizzes for entry in quiz.entries]
    groups = (*checks, *pools, *(bank.questions for bank in module.banks))
    found = {question.key: question for group in groups for question in group}
    return tuple(question for question in found.values() if not {"survey", "void"} & set(question.words))


def _objective(tag: str, text: str, questions: Sequence[Question], words: Mapping[str, frozenset[str]]) -> Objective:
    if tag:
        named = tag.casefold()
        return Objective(tag, text, tuple(q for q in questions if named in map(str.casefold, q.tags)))
    wanted = _words(text) - DOING
    return Objective("", text, tuple(q for q in questions if not wanted or wanted & words[q.key]))


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(text) if len(word) >= LONG and word not in COMMON)


def _parts(module: Module, questions: Sequence[Question], words: Mapping[str, frozenset[str]]) -> Iterator[Part]:
    pieces = [piece for lesson in module.lessons for piece in _pieces(lesson)]
    told = [_words(text) for *_, text in pieces]
    heads = [_words(title) - DOING for _, _, title, _ in pieces]
    counts = Counter(word for found in told for word in found)
    weights = {word: log((len(pieces) + 1) / count) for word, count in counts.items()}
    near = [[_weight(words[q.key], *one, weights) for one in zip(told, heads, strict=True)] for q in questions]
    least = [max(COVERED * log(len(pieces) + 1), NEAREST * max(found, default=0)) for found in near]
    links = [_links(question) for question in questions]
    for number, (lesson, anchor, title, text) in enumerate(pieces):
        place = f"content:{lesson.path}#{anchor}"
        covering = tuple(
            question
            for question, found, wanted, linked in zip(questions, near, least, links, strict=True)
            if found[number] >= wanted or anchor in question.tags or place in linked
        )
        is_touched = any(found[number] >= TOUCHED * log(len(pieces) + 1) for found in near) or bool(covering)
        yield Part(lesson, anchor, title, len(words_of(text)), covering, is_touched)


def _weight(words: frozenset[str], told: frozenset[str], head: frozenset[str], weights: Mapping[str, float]) -> float:
    """How much the words that a question shares with a part weigh together."""
    return sum(weights[word] * (1 + (word in head)) for word in words & told)


def _links(question: Question) -> frozenset[str]:
    """The places in the content that a question leads to, as its pages have them."""
    return frozenset(link for prose in parts_of(question) for link in LINK.findall(prose.html))


def _pieces(lesson: Lesson) -> Iterator[tuple[Lesson, str, str, str]]:
    """The parts of a lesson under the headings of its list: anchor, title and text of each."""
    titles = {heading.anchor: heading.title for heading in lesson.headings}
    for page in lesson.parts:
        if not isinstance(page, str):
            continue
        anchor, texts = "", dict[str, list[str]]()
        starts = [(found.start(), found[2]) for found in PIECES.finditer(page)]
        for (start, name), (end, _) in pairwise([*starts, (len(page), "")]):
            anchor = name if name in titles else anchor  # a deeper heading goes on with its part
            texts.setdefault(anchor, []).append(page[start:end])
        for anchor, found in texts.items():
            if anchor in titles:
                yield lesson, anchor, titles[anchor], text_of(" ".join(found))
