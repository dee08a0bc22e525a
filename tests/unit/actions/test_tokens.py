"""Signed links: for one purpose, one account, one time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.actions import tokens
from quizapp.actions.tokens import LinkExpired
from quizapp.store.accounts import Account

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
SECRET = b"a secret"
ADA = Account(7, "ada", "ada@example.org", "$hash", frozenset({"learner"}), 3, NOW, None)


def test_a_link_to_a_password_is_of_the_password_and_the_sessions_it_was_made_for() -> None:
    token = tokens.password_token(SECRET, ADA, LATER)
    assert tokens.account_of(SECRET, token, NOW) == 7
    assert tokens.is_unused(SECRET, token, ADA, NOW)
    for changed in (replace(ADA, password="$other"), replace(ADA, epoch=4)):
        assert not tokens.is_unused(SECRET, token, changed, NOW)
    assert tokens.is_unused(SECRET, token, replace(ADA, name="Ada", email=""), NOW)


def test_a_link_to_an_address_says_which_and_when_it_was_made() -> None:
    link = tokens.email_link(SECRET, tokens.email_token(SECRET, ADA, "new@example.org", NOW, LATER), NOW)
    assert (link.account, link.email, link.made) == (7, "new@example.org", NOW)
    assert link.is_of(ADA)
    assert not link.is_of(replace(ADA, epoch=4))


@pytest.mark.parametrize("moment", [LATER + timedelta(seconds=1), LATER + timedelta(days=900)])
def test_a_link_ends(moment: datetime) -> None:
    with pytest.raises(LinkExpired):
        tokens.account_of(SECRET, tokens.password_token(SECRET, ADA, LATER), moment)
    with pytest.raises(LinkExpired):
        tokens.require_owner_token(SECRET, tokens.owner_token(SECRET, LATER), moment)
    with pytest.raises(LinkExpired):
        tokens.email_link(SECRET, tokens.email_token(SECRET, ADA, "a@b.org", NOW, LATER), moment)


def test_a_link_holds_neither_hash_nor_secret() -> None:
    token = tokens.password_token(SECRET, replace(ADA, password="$argon2id$very-long-hash"), LATER)
    assert "hash" not in token
    assert len(token) < 200


def test_a_link_of_another_site_or_purpose_is_none() -> None:
    token = tokens.owner_token(SECRET, LATER)
    tokens.require_owner_token(SECRET, token, NOW)
    for secret, loaded in (
        (b"another", token),
        (SECRET, tokens.password_token(SECRET, ADA, LATER)),
        (SECRET, ""),
        (SECRET, "é.x"),
    ):
        with pytest.raises(LinkExpired):
            tokens.require_owner_token(secret, loaded, NOW)


def test_an_account_is_shown_without_its_hash() -> None:
    assert "$hash" not in repr(ADA)
