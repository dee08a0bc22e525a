"""One version of a question under the key of another: what a regrade marks by, and what its learners see then."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from quizapp.content.model import Catalogue
from quizapp.grading.standing import UNCOUNTED, is_counted
from quizapp.questions.base import Question
from quizapp.questions.fingerprint import marking_fingerprint


def rekeyed(shown: Question, now: Question) -> Question | None:
    """The question as it was shown, with key, feedback, explanation, points and words of the version `now`.

    What each try is worth stays what was promised. None where the answers of the two cannot be paired, unless the
    question does not count any more.
    """
    kind = shown.type.rekeyed(now.type)
    if kind is None and is_counted(now):
        return None
    return replace(
        shown, type=kind or shown.type, explanation=now.explanation, points=now.points, words=now.words, tags=now.tags
    )


def marks_alike(one: Question, other: Question) -> bool:
    """Whether no response can be worth something else in another of two versions."""
    return (
        marking_fingerprint(one) == marking_fingerprint(other)
        and one.points == other.points
        and UNCOUNTED & set(one.words) == UNCOUNTED & set(other.words)
    )


class Present:
    """The questions of now, by the keys that they have and had."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, self._questions = catalogue, catalogue.questions()
        self._former = dict(former_keys(self._questions))

    def version_of(self, key: str) -> Question | None:
        """The question that has or had a key; None where it is gone."""
        return self._questions.get(key) or self._former.get(key) or self._questions.get(self._moved(key))

    def _moved(self, key: str) -> str:
        """The key of a question whose module was renamed."""
        module, _, name = key.partition("#")
        return f"{self._catalogue.now_called(f'module {module}').partition(' ')[2]}#{name}"


def former_keys(questions: Mapping[str, Question]) -> Iterable[tuple[str, Question]]:
    """Every key that a question says it had (`was=`), with the question."""
    for question in questions.values():
        module = question.key.partition("#")[0]
        for name in question.was:
            plain = unicodedata.normalize("NFC", name).casefold()
            yield (plain if "#" in plain else f"{module}#{plain}"), question
