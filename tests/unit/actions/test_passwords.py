"""Passwords: what is too easy to guess, and how one is kept."""

import pytest

from quizapp.actions import passwords
from quizapp.actions.passwords import WeakPassword


@pytest.mark.parametrize(
    ("password", "name", "code"),
    [
        ("", "ada", "short"), ("nine char", "ada", "short"), ("x" * 257, "ada", "long"),
        ("lovelace12", "Lovelace", "name"), ("LOVELACE lovelace", "Lovelace", "name"),
        ("ａｄａａｄａａｄａ1", "ada", "name"), ("aaaaaaaaaaaa", "ada", "guessable"),
        ("AaBbAaBbAaBb", "ben", "guessable"), ("password12", "ada", "guessable"), ("1234567890", "ada", "guessable"),
        ("qwertyuiop", "ada", "guessable"), ("passwordpassword", "ada", "guessable"),
        ("Summer2026!", "ada", "guessable"),
        ("ContosoAcademy", "ada", "guessable"), ("Contoso Academy 1", "ada", "guessable"),
    ],
)  # fmt: skip
def test_what_is_easy_to_guess_is_refused(password: str, name: str, code: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        passwords.require_strong(password, name, "Contoso Academy")
    assert refused.value.code == code


LONG = "all of it is one long line that somebody wrote down " * 4 + "and so on, for 256 characters in all, not 257: xyz"
LONG = LONG[:256]


@pytest.mark.parametrize(
    "password", ["correct horse battery", "ten chars!", LONG, "пароль из слов", "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵"]
)
def test_what_is_long_and_mixed_is_taken(password: str) -> None:
    passwords.require_strong(password, "ada", "Contoso Academy")


def test_a_hash_is_of_argon2id_and_says_nothing_of_the_password() -> None:
    one, two = passwords.hashed("four words nobody guesses"), passwords.hashed("four words nobody guesses")
    assert one != two
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.is_dated(one)
    assert passwords.is_right(one, "four words nobody guesses")
    assert not passwords.is_right(one, "Four words nobody guesses")


def test_an_accent_is_the_same_from_any_keyboard() -> None:
    assert passwords.is_right(passwords.hashed("cafe\u0301 au lait"), "café au lait")


@pytest.mark.parametrize("stored", ["", "plain text", "$argon2id$v=19$m=8,t=1,p=1$eA$eA", "\x00"])
def test_what_is_no_hash_lets_nobody_in(stored: str) -> None:
    for password in ("", stored, "nobody has this password"):
        assert not passwords.is_right(stored, password)
