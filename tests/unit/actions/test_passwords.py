"""Passwords: what is too easy to guess, and how one is kept."""

import pytest

from quizapp.actions import passwords
from quizapp.actions.passwords import WeakPassword


@pytest.mark.parametrize(
    ("password", "name", "code"),
    [
        ("", "ada", "short"), ("nine char", "ada", "short"), ("x" * 257, "ada", "long"),
        ("lovelace12", "Lovelace", "name"), ("LOVELACE lovelace", "Lovelace", "name"),
        ("ａｄａａｄａａｄａ1", "ada", "name"), ("aaaaaaaaaaaa", "ada", "repeated"),
        ("AaBbAaBbAaBb", "ben", "repeated"),
    ],
)  # fmt: skip
def test_what_is_easy_to_guess_is_refused(password: str, name: str, code: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        passwords.require_strong(password, name)
    assert refused.value.code == code


LONG = "abcde" * 51 + "f"


@pytest.mark.parametrize(
    "password", ["correct horse battery", "ten chars!", LONG, "пароль из слов", "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵"]
)
def test_what_is_long_and_mixed_is_taken(password: str) -> None:
    passwords.require_strong(password, "ada")


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
