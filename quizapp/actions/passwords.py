"""Passwords, kept as Argon2 hashes."""

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn as estimated

from quizapp.errors import QuizappError
from quizapp.store.accounts import folded

LEAST, MOST = 10, 256  # characters
# OWASP's least for Argon2id: 19 MiB, two passes, one lane; about 30 ms, so that a few at once do not stop the site.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


LOOKED_AT = 72  # characters that the estimate looks at; it takes longer for more
STRONG = 3  # of 4, as the estimate counts: a hundred million guesses, zxcvbn (Wheeler, USENIX Security 2016)


class WeakPassword(QuizappError):
    """A password that is too easy to guess; `code` is short, long, name, guessable or same."""

    def __init__(self, code: str) -> None:
        super().__init__(f"This password is too easy to guess ({code}). Choose a longer one, such as four words.")
        self.code = code


def require_strong(password: str, name: str, site: str) -> None:
    """Raise WeakPassword for one that is short, hardly more than the name, or soon tried by who knows name and site."""
    rest = folded(password).replace(folded(name), "")
    if len(password) < LEAST:
        raise WeakPassword("short")
    if len(password) > MOST:
        raise WeakPassword("long")
    if len(rest) < LEAST // 2:
        raise WeakPassword("name")
    if estimated(password[:LOOKED_AT], user_inputs=_hints(name, site))["score"] < STRONG:
        raise WeakPassword("guessable")


def _hints(*texts: str) -> list[str]:
    """What somebody who knows these would try: the whole, run together, and each word."""
    return [hint for text in texts for hint in (text, "".join(text.split()), *text.split()) if hint]


def hashed(password: str) -> str:
    """The hash to store."""
    return HASHER.hash(_typed(password))


def is_right(stored: str, password: str) -> bool:
    """Whether a password is that of a stored hash; without a hash it takes as long and is never right."""
    try:
        return HASHER.verify(stored or _nobodys(), _typed(password[:MOST])) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def is_dated(stored: str) -> bool:
    """Whether a hash was made with weaker settings than today's."""
    return HASHER.check_needs_rehash(stored)


def _typed(password: str) -> str:
    """The same password from any keyboard: some send an accent as a sign of its own."""
    return unicodedata.normalize("NFC", password)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
