"""Cookies: plain over http, `__Host-` and Secure over TLS."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


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
