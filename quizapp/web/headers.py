"""The headers that every answer carries."""

from http import HTTPStatus

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def set_up(app: Flask) -> None:
    """Add the headers to each response."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.endpoint == "static" and response.status_code < HTTPStatus.BAD_REQUEST:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif request.endpoint != "media.show_media":
        response.headers["Cache-Control"] = "private, no-cache"
    return response
