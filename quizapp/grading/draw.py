"""In which order an attempt shows choices, and the seals that a form carries instead of the content.

Everything is an HMAC under the site's secret: the same attempt always gets the same order, so showing it stores
nothing, and nobody without the secret can tell a written position from a drawn one.
"""

import base64
import hmac
import re
from collections.abc import Mapping, Sequence

from quizapp.content.model import Entry
from quizapp.questions.base import Question

SHUFFLED_FROM = 3  # two choices are true and false, and keep their order
ATTEMPT_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def is_attempt_id(text: str) -> bool:
    """Whether a text has the form of a public attempt id: 22 URL-safe characters."""
    return ATTEMPT_ID.fullmatch(text) is not None


def attempt_id_of_draw(secret: bytes, *parts: object) -> str:
    """An attempt id that follows from the parts: who has them gets this draw and order again."""
    return _text(_digest(secret, "attempt", *parts))


def draw_order(secret: bytes, seed: str, slot: int, question: Question) -> tuple[int, ...]:
    """The written positions (from 1) of a question's choices in drawn order; never the order that is the key."""
    kind = question.type
    written = tuple(range(1, kind.size + 1))
    if kind.shuffles == "never" or (kind.shuffles == "asked" and (not question.shuffle or kind.size < SHUFFLED_FROM)):
        return written
    drawn = tuple(sorted(written, key=lambda position: _digest(secret, "order", seed, slot, position)))
    if kind.key_is_an_order and drawn == written and kind.size >= SHUFFLED_FROM:  # of two, that would tell the order
        return (*drawn[1:], drawn[0])
    return drawn


def draw_questions(
    secret: bytes, seed: str, entries: Sequence[Entry], seen: Mapping[str, int] | None = None
) -> tuple[Question, ...]:
    """The questions that an attempt gets, in the order of the entries; none stands there twice.

    The smaller pools take theirs first, so that a draw from a whole bank leaves what a narrower one needs. `seen` is
    how often the learner got each question before, by key: those seen least come first, and what was taken out comes
    only where nothing else is left.
    """
    often = seen or {}
    drawn: dict[int, list[Question]] = {}
    taken: set[str] = set()
    for number in sorted(range(len(entries)), key=lambda one: len(entries[one].pool)):
        pool = [question for question in entries[number].pool if question.key not in taken]
        if len(pool) > entries[number].count:
            pool = _in_drawn_order(pool, secret, seed, number)
            pool.sort(key=lambda question: ("void" in question.words, often.get(question.key, 0)))
        drawn[number] = pool[: entries[number].count]
        taken |= {question.key for question in drawn[number]}
    return tuple(question for number in range(len(entries)) for question in drawn[number])


def version_seal(secret: bytes, fingerprint: str) -> str:
    """What a form says of the version of a question that it shows."""
    return _text(_digest(secret, "version", fingerprint))


def draw_seal(secret: bytes, check_key: str, attempt_id: str, slots: Sequence[str]) -> str:
    """What makes a form's list of questions trustworthy: nobody can leave one out or swap it for another."""
    return _text(_digest(secret, "draw", check_key, attempt_id, *slots))


def equal(one: str, other: str) -> bool:
    """Compare two seals in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _in_drawn_order(pool: Sequence[Question], secret: bytes, seed: str, number: int) -> list[Question]:
    """The pool of the entry of that number, in the order in which it is drawn from."""
    return sorted(pool, key=lambda question: _digest(secret, "draw", seed, number, question.key))


def _digest(secret: bytes, *parts: object) -> bytes:
    message = "\0".join(str(part) for part in parts).encode()
    return hmac.digest(secret, message, "sha256")


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
