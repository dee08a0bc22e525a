"""A sign of life for whoever watches the server."""

from flask import Blueprint

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def show_health() -> str:
    """Say that this worker answers."""
    return "ok\n"
