"""What makes a site its owner's: colour, logo, imprint."""

from flask import Blueprint, Response, g, redirect, render_template, send_file
from werkzeug import Response as AnyResponse

from quizapp.content.catalogue import read_single
from quizapp.content.folder import MEDIA_TYPES, plain_file
from quizapp.content.lessons import LessonSource
from quizapp.errors import NotFound
from quizapp.web.accent import accents
from quizapp.web.headers import SANDBOX
from quizapp.web.links import linked
from quizapp.web.palette import read_palette
from quizapp.web.static import FOLDER

bp = Blueprint("branding", __name__)


@bp.get("/colours.css")
def show_colours() -> Response:
    """The site's own accent as a style sheet; its address names the colour, so that a browser may keep it."""
    palette = read_palette(str(FOLDER))
    sheet = accents(g.site.settings.colour, palette) if g.site.settings.colour else ""
    return Response(sheet, mimetype="text/css")


@bp.get("/logo")
def show_logo() -> Response:
    """The site's logo, which runs nothing (an SVG could hold a script)."""
    name = g.site.settings.logo
    file = plain_file(g.site.settings.instance, name) if name else None
    kind = MEDIA_TYPES.get(file.suffix.lower(), "") if file else ""
    if file is None or not kind.startswith("image/"):
        raise NotFound("There is no logo.")
    response = send_file(file.resolve(), mimetype=kind, conditional=True, max_age=0)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@bp.get("/imprint")
def show_imprint() -> str | AnyResponse:
    """Who is responsible for the site: a page of its own, or one elsewhere."""
    name = g.site.settings.imprint
    if "://" in name:
        return redirect(name)
    if not name or not plain_file(g.site.settings.instance, name):
        raise NotFound("There is no imprint.")
    page = read_single(g.site.settings.instance, name).content
    parts = [part for part in page.parts if isinstance(part, str)] if isinstance(page, LessonSource) else []
    title = page.title if isinstance(page, LessonSource) else ""
    return render_template("branding/show_imprint.html", title=title, parts=[linked(part) for part in parts])
