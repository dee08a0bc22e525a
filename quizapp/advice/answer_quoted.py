"""A question tells the answer of another one that is asked beside it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from quizapp.advice.base import Advice, Asked, Example, Finding, Findings
from quizapp.advice.items import choices_of, right_texts
from quizapp.advice.sight import Sight
from quizapp.advice.wording import asked_text, has_run, subject_words, without_articles, words_of
from quizapp.questions.base import Question

LONG = 5  # words of an answer that nobody writes by chance
SHARED = 0.6  # of what a question asks about, that another one says together with its answer
FEW = 2  # words that both are about, at least
SENTENCE = re.compile(r"(?<=[.?!])\s+")
MAX_TOLD = 400  # questions with one word in common that are looked at


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a question: all it asks with, those it is about, and its answers with those of the others.

    `asks` are those it is about once more: of its heading, and of the sentence that asks, without the scene around it.
    """

    words: tuple[str, ...]
    about: frozenset[str]
    asks: tuple[frozenset[str], ...]
    rights: tuple[tuple[str, ...], ...]
    wrongs: tuple[tuple[str, ...], ...]


class AnswerQuoted(Advice):
    """What one question asks holds the right answer of another of the same check, quiz or bank, and what that is about.

    A short answer counts only where most of what its question is about stands there too.
    """

    code: ClassVar[str] = "answer-quoted"
    title: ClassVar[str] = "A question tells the answer of another"
    message: ClassVar[str] = "This tells “{answer}”, the answer of `#{name}` on line {line}{of}."
    advice: ClassVar[str] = "Say it in other words here, or ask the two in different places."
    is_english: ClassVar[bool] = True
    example: ClassVar[Example] = Example(
        before="""
## Which protein makes dough of wheat stretch? {#stretch}

- (x) Gluten
  > Right.
- ( ) Casein
  > That is in milk.

It forms when flour and water meet.

## The protein gluten makes wheat dough stretch. How long does it rest? {#rest-time}

- (x) Half an hour
  > Right.
- ( ) A minute
  > It is still tight.

Then it can be rolled.
""",
        after="""
## Which protein makes dough of wheat stretch? {#stretch}

- (x) Gluten
  > Right.
- ( ) Casein
  > That is in milk.

It forms when flour and water meet.

## How long does a fresh dough rest? {#rest-time}

- (x) Half an hour
  > Right.
- ( ) A minute
  > It is still tight.

Then it can be rolled.
""",
    )

    def of_asked(self, asked: Asked, sight: Sight) -> Findings:
        """Of a check, a quiz or a bank."""
        said = [sight.memo.get("said", question.fingerprint, partial(_said, question)) for question in asked.questions]
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(said):
            for word in set(one.words):
                places[word].append(number)
        for number, one in enumerate(said):
            for other, right in _telling(number, one, said, places):
                yield self._finding(asked.questions[number], asked.questions[other], right, sight)

    def _finding(self, asks: Question, tells: Question, right: Sequence[str], sight: Sight) -> Finding:
        of = f" of `{asks.path.rpartition('/')[2]}`" if asks.path != tells.path else ""
        answer = next((text for text in right_texts(asks) if tuple(_plain(text)) == right), " ".join(right))
        spot = sight.within(tells.path, sight.question(tells), answer, lines=12)
        return Finding(tells.path, spot, {"answer": answer, "name": asks.name, "line": asks.line, "of": of})


def _said(question: Question) -> Said:
    asked = asked_text(question)
    wrong = (choice.content.text for choice in choices_of(question) if not choice.credit)
    rights = tuple(tuple(words) for text in right_texts(question) if (words := _plain(text)))
    wrongs = tuple(tuple(words) for text in wrong if (words := _plain(text)))
    sentences = [sentence for sentence in SENTENCE.split(question.prompt.text) if sentence.endswith("?")]
    asks = (asked, question.heading.text, *sentences[-1:])
    return Said(
        tuple(without_articles(words_of(asked))),
        frozenset(subject_words(asked)),
        tuple(frozenset(subject_words(text)) for text in asks),
        rights,
        wrongs,
    )


def _plain(text: str) -> list[str]:
    return without_articles(words_of(text))


def _telling(
    number: int, one: Said, said: Sequence[Said], places: dict[str, list[int]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The questions that tell an answer of this one, with that answer; the first of each answer."""
    for right in one.rights:
        rarest = min(right, key=lambda word: len(places.get(word, ())))
        near = places.get(rarest, ())
        found = (other for other in near[:MAX_TOLD] if other != number and _tells(said[other], one, right))
        yield from ((other, right) for other in list(found)[:1])


def _tells(other: Said, one: Said, right: tuple[str, ...]) -> bool:
    if not has_run(other.words, right) or has_run(one.words, right):
        return False  # who reads it in the question itself needs no other one
    if any(has_run(other.words, wrong) and not has_run(right, wrong) for wrong in one.wrongs):
        return False  # it names the distractors too
    if len(right) >= LONG:
        return True
    own = set(subject_words(" ".join(right)))
    rest = [(asks - own, (asks - own) & other.about) for asks in one.asks]
    return any(len(shared) >= FEW and len(shared) >= SHARED * len(asks) for asks, shared in rest)
