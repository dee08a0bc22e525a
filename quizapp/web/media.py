"""Pictures and files that lessons show or link."""

from flask import Blueprint, Response, g, send_file

from quizapp.actions.attempts import is_in_an_attempt
from quizapp.content.folder import MEDIA_TYPES, media_file
from quizapp.errors import NotFound
from quizapp.web.headers import SANDBOX

bp = Blueprint("media", __name__)


@bp.get("/media/<path:path>")
def show_media(path: str) -> Response:
    """Send a file that some page links to; it runs nothing (an SVG could hold a script)."""
    file = media_file(g.site.settings.content_folders, path)
    if file is None or not (path in g.catalogue.media or is_in_an_attempt(g.site.database, g.learner, path)):
        raise NotFound("There is no such file.")
    response = send_file(file.resolve(), mimetype=MEDIA_TYPES[file.suffix.lower()], conditional=True, max_age=0)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
