"""How a learner wants the site to look: light or dark, with more contrast or not. Kept in the session."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from wtforms import Form, RadioField
from wtforms.validators import AnyOf

from quizapp.web.words import sentence as _

bp = Blueprint("appearance", __name__)
SYSTEM = "system"


@bp.get("/appearance")
def show_appearance() -> str:
    """The choices, and which are made; the page asked from is kept, to go back to it."""
    kept = {name: session.get(name, SYSTEM) for name in ("theme", "contrast")}
    back = local_page(request.args.get("next") or request.referrer or "")
    return _page(_form(MultiDict(kept)), back, "saved" in request.args)


@bp.post("/appearance")
def choose_appearance() -> Response | tuple[str, int]:
    """Keep what was chosen, and go back to the page that was asked from."""
    form = _form(request.form)
    back = local_page(request.form.get("next", ""))
    if not form.validate():
        return _page(form, back), 422
    for name, value in form.data.items():
        if value == SYSTEM:
            session.pop(name, None)
        else:
            session[name] = value
    return redirect(back or url_for("appearance.show_appearance", saved=1), code=303)


def local_page(address: str) -> str:
    """The path and query of a page of this site, this one apart; empty for anything else.

    Only what a view answers to GET is a page: nothing leads to another host, nor to the address of a form.
    """
    path, query = _path_and_query(address)
    prefix = request.script_root
    if not path.startswith(f"{prefix}/"):
        return ""
    try:
        adapter = current_app.create_url_adapter(request)
        endpoint = adapter.match(path.removeprefix(prefix), "GET")[0] if adapter else ""
    except (HTTPException, RequestRedirect):
        return ""
    if endpoint in ("", "static", "appearance.show_appearance"):
        return ""
    return f"{path}?{query}" if query else path


def _path_and_query(address: str) -> tuple[str, str]:
    """Path and query of an address on this host; empty for one elsewhere or for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    is_here = parts.netloc in ("", request.host)
    is_plain = address.isprintable() and "\\" not in address and not parts.path.startswith("//")
    return (parts.path, parts.query) if is_here and is_plain else ("", "")


def _form(values: MultiDict[str, str]) -> Form:
    """The two choices, in the words of this request's language."""
    themes = {SYSTEM: _("As the system says"), "light": _("Light"), "dark": _("Dark")}
    contrasts = {SYSTEM: _("As the system says"), "more": _("More contrast")}

    class Appearance(Form):
        theme = RadioField(_("Colours"), [AnyOf(themes, _("Choose one of the colours."))], choices=themes)
        contrast = RadioField(_("Contrast"), [AnyOf(contrasts, _("Choose a contrast."))], choices=contrasts)

    return Appearance(values)


def _page(form: Form, back: str, is_saved: bool = False) -> str:
    return render_template("appearance/show_appearance.html", form=form, back=back, is_saved=is_saved)
