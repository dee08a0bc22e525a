"""Cookies: plain over http, `__Host-` and Secure over TLS; one that was read before is not verified again."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

REMEMBERED = 2048  # cookies; a learner sends the same one for a day


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, bound to this host where the connection is secure.

    Browsers refuse `__Host-` unless the cookie is Secure, for the whole site and for no other host (RFC 6265bis).
    """

    def get_cookie_name(self, app: Flask) -> str:
        """The name; one over TLS is never read over plain http."""
        name = super().get_cookie_name(app)
        return f"__Host-{name}" if self.get_cookie_secure(app) else name

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this request came over TLS, as far as the proxies tell."""
        return request.is_secure

    @lru_cache(maxsize=8)  # noqa: B019 (one for each application, which lives as long)
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and verifies, made once."""
        return super().get_signing_serializer(app)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request; a new one where the cookie is not ours or too old."""
        serializer, value = self.get_signing_serializer(app), request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not value:
            return self.session_class()
        try:
            data, signed = _verified(serializer, value)
        except BadSignature:
            return self.session_class()
        is_too_old = datetime.now(UTC) - signed > app.permanent_session_lifetime
        return self.session_class() if is_too_old else self.session_class(_copied(data))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where something in it changed; else only say that the answer depends on it."""
        if session.modified or not session:
            super().save_session(app, session, response)
        elif session.accessed:
            response.vary.add("Cookie")


def _copied(data: dict[str, Any]) -> dict[str, Any]:
    """What a cookie holds, to be changed by one request only: texts, numbers, and the list of messages."""
    return {name: list(value) if isinstance(value, list) else value for name, value in data.items()}


@lru_cache(maxsize=REMEMBERED)
def _verified(serializer: URLSafeTimedSerializer, value: str) -> tuple[dict[str, Any], datetime]:
    """What a cookie holds and when it was signed. Raises BadSignature, which is not remembered."""
    data, signed = serializer.loads(value, return_timestamp=True)
    return data, signed
