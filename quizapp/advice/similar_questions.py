"""Two questions of a module ask nearly the same, and have the same answer."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from rapidfuzz import fuzz

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.coverage import questions_of
from quizapp.advice.items import choices_of, right_texts
from quizapp.advice.sight import Sight
from quizapp.advice.wording import asked_text, subject_words, without_articles, words_of
from quizapp.content.model import Module
from quizapp.questions.base import Question, label_of

ALIKE = 0.75  # share of the words that both have, where the answer is the same
EQUAL = 0.95  # the same, where the answer says little: True, No, 3
SPELT_ALIKE = 87  # of a hundred, between the letters of both
FEW = 5  # words that are all looked at: of short questions, and of those that differ in endings
LEAST = 3  # words of a question that can be compared, and letters of an answer that tells something
PLAIN = frozenset({"true", "false", "yes", "no", "both", "neither", "none", "correct", "incorrect", "right", "wrong"})
MAX_IN_PLACE = 60  # questions that share a word and an answer; more are a pattern of their author
TURNS = frozenset({"not", "no", "never", "except", "without", "least"})


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared of a question: the words it asks with, what is right, what is offered."""

    asked: str
    words: frozenset[str]
    right: tuple[object, ...]
    offered: frozenset[str]
    is_telling: bool
    turns: tuple[str, ...]
    numbers: tuple[str, ...]


class SimilarQuestions(Advice):
    """Two questions share most of their words, their numbers and what is right; or all words and their choices."""

    code: ClassVar[str] = "similar-questions"
    title: ClassVar[str] = "Two questions ask nearly the same"
    message: ClassVar[str] = "This asks nearly the same as `#{name}` on line {line} of `{file}`."
    advice: ClassVar[str] = (
        "Remove one of the two; a check takes a question of a bank by a link: `### [Title]({file}#{name})`."
    )
    example: ClassVar[Example] = Example(
        before="""
## Which gas makes bread dough rise? {#rise}

- (x) Carbon dioxide
  > Right.
- ( ) Oxygen
  > Yeast breathes it.

Yeast sets it free.

## Which gas makes the dough of bread rise? {#rising}

- ( ) Nitrogen
  > It takes no part.
- (x) Carbon dioxide
  > Right.

Yeast sets it free.
""",
        after="""
## Which gas makes bread dough rise? {#rise}

- (x) Carbon dioxide
  > Right.
- ( ) Oxygen
  > Yeast breathes it.

Yeast sets it free.
""",
    )

    def of_module(self, module: Module, sight: Sight) -> Findings:
        """Of all questions of a module, each with those before it; only what shares an answer and a word is compared.

        Two modules may ask the same: who learns from one need not know the other.
        """
        questions = sorted(questions_of(module), key=lambda question: (question.path, question.line))
        for first, second in pairs([features_of(question) for question in questions]):
            one, other = questions[first], questions[second]
            words = {"name": one.name, "line": one.line, "file": one.path.rpartition("/")[2]}
            yield Finding(other.path, sight.question(other), words)


def features_of(question: Question) -> Features:
    """What is compared of a question."""
    asked = asked_text(question)
    every, subject = words_of(asked), subject_words(asked)
    rights = right_texts(question) or tuple(
        label_of(one.content) + "\0" + label_of(one.goes_with) + one.typed
        for one in question.type.answers
        if one.credit
    )
    right = sorted(" ".join(without_articles(words_of(text))) or text.strip() for text in rights)
    offered = choices_of(question)
    return Features(
        asked=" ".join(every),
        words=frozenset(subject),
        right=(question.type.name, *right),
        offered=frozenset(" ".join(words_of(choice.content.text)) for choice in offered),
        is_telling=any(map(_is_telling, right)),
        turns=tuple(sorted(word for word in every if word in TURNS or word.endswith("n't"))),
        numbers=tuple(sorted(word for word in every if any(character.isdigit() for character in word))),
    )


def _is_telling(right: str) -> bool:
    """Whether an answer is one that few questions share: no `true`, and no number."""
    return right not in PLAIN and sum(map(str.isalpha, right)) >= LEAST


def pairs(features: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """The places of those that are alike, each later one with the first before it.

    Two sets of which so much is shared have one of their first words in common, in any order of words (prefix
    filtering, Chaudhuri et al. 2006); long words come first, since they are rare.
    """
    places: defaultdict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(features):
        if len(one.words) < LEAST:
            continue
        ordered = sorted(one.words, key=lambda word: (-len(word), word))
        first = ordered[: max(len(ordered) - ceil(ALIKE * len(ordered)) + 1, FEW)]
        keys: list[object] = [(one.right, one.numbers, word) for word in first]
        keys += [(one.words, one.numbers)]
        before = sorted({other for key in keys for other in places[key][:MAX_IN_PLACE]})
        found = next((other for other in before if _are_alike(features[other], one)), None)
        if found is not None:
            yield found, number
        for key in keys:
            places[key].append(number)


def _are_alike(one: Features, other: Features) -> bool:
    if one.turns != other.turns or one.numbers != other.numbers:
        return False
    shared = len(one.words & other.words) / len(one.words | other.words)
    if one.right == other.right and one.is_telling and other.is_telling:
        return shared >= ALIKE or fuzz.token_sort_ratio(one.asked, other.asked) >= SPELT_ALIKE
    if one.right == other.right:
        return shared >= EQUAL
    is_offered = len(one.offered & other.offered) * 2 > len(one.offered | other.offered)
    return one.words == other.words and is_offered
