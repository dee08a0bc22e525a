"""The headers that every answer carries."""

from http import HTTPStatus

from flask import Flask, Response, request

from quizapp.web.framing import is_framed

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

# For what authors and owners bring along: it is looked at and runs nothing.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
KEPT_BY_BROWSERS = ("static", "branding.show_colours")  # their addresses change with what they say


def policy(**changes: str) -> str:
    """What a page may load and do, by the Content Security Policy (level 3); `frame_src="'self'"` says more of one."""
    changed = {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in {**DIRECTIVES, **changed}.items())


POLICY = policy()
POLICY_FRAMED = policy(frame_ancestors="'self'")


def set_up(app: Flask) -> None:
    """Add the headers to each response."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY_FRAMED if is_framed() else POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.endpoint in KEPT_BY_BROWSERS and response.status_code < HTTPStatus.BAD_REQUEST:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif request.endpoint not in ("media.show_media", "branding.show_logo"):
        response.headers["Cache-Control"] = "private, no-cache"
    return response
