"""Signed links: what they grant, for whom, until when. They are used up by what they do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from quizapp.errors import QuizappError
from quizapp.store.accounts import Account

MAILED = timedelta(hours=2)
HANDED_OVER = timedelta(days=7)


class LinkExpired(QuizappError):
    """A signed link is used up, too old, or not ours."""

    def __init__(self) -> None:
        super().__init__("It was used before, or it is too old. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class EmailLink:
    """What a link to confirm an address says; it is dead when the address was changed since it was made."""

    account: int
    email: str
    made: datetime
    stamp: str

    def is_of(self, account: Account) -> bool:
        """Whether the password and the sessions of the account are still those of when the link was made."""
        return self.stamp == _stamp(account)


def password_token(secret: bytes, account: Account, until: datetime) -> str:
    """A link to choose a password: good once, as it names the password and the epoch it replaces."""
    return _signer(secret, "password").dumps([account.id, _stamp(account), int(until.timestamp())])


def email_token(secret: bytes, account: Account, email: str, now: datetime, until: datetime) -> str:
    """A link that confirms an address."""
    values = [account.id, _stamp(account), email, now.timestamp(), int(until.timestamp())]
    return _signer(secret, "email").dumps(values)


def owner_token(secret: bytes, until: datetime) -> str:
    """A link to become the first owner; it is good as long as there is none."""
    return _signer(secret, "owner").dumps([int(until.timestamp())])


def reader_token(secret: bytes, account: Account, until: datetime) -> str:
    """A link with which one is signed in as the reader of a revision, as often as one likes."""
    return _signer(secret, "reader").dumps([account.id, int(until.timestamp())])


def reader_of(secret: bytes, token: str, now: datetime) -> int:
    """The account of a link for the reader of a revision. Raises LinkExpired."""
    return int(_loaded(secret, "reader", token, now)[0])


def account_of(secret: bytes, token: str, now: datetime) -> int:
    """The account of a link to choose a password; whether it is used up shows `is_unused`. Raises LinkExpired."""
    return int(_loaded(secret, "password", token, now)[0])


def is_unused(secret: bytes, token: str, account: Account, now: datetime) -> bool:
    """Whether the password that the link replaces is still the account's."""
    return bool(_loaded(secret, "password", token, now)[1] == _stamp(account))


def email_link(secret: bytes, token: str, now: datetime) -> EmailLink:
    """The account and the address that a link confirms. Raises LinkExpired."""
    account, stamp, email, made, _until = _loaded(secret, "email", token, now)
    return EmailLink(int(account), str(email), datetime.fromtimestamp(made, UTC), str(stamp))


def require_owner_token(secret: bytes, token: str, now: datetime) -> None:
    """Raise LinkExpired unless the link makes an owner."""
    _loaded(secret, "owner", token, now)


def _signer(secret: bytes, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"quizapp {purpose} link", signer_kwargs={"digest_method": sha256})


def _loaded(secret: bytes, purpose: str, token: str, now: datetime) -> list[Any]:
    try:
        values = _signer(secret, purpose).loads(token)
    except BadData:
        raise LinkExpired from None
    if datetime.fromtimestamp(values[-1], UTC) < now:
        raise LinkExpired
    return list(values)


def _stamp(account: Account) -> str:
    return sha256(f"{account.password}:{account.epoch}".encode()).hexdigest()[:22]
