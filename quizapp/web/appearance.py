"""How a learner wants the site to look: light or dark, with more contrast or not. Kept in the session."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField
from wtforms.validators import AnyOf

from quizapp.web.links import local_page
from quizapp.web.words import sentence as _

bp = Blueprint("appearance", __name__)
SYSTEM = "system"


@bp.get("/appearance")
def show_appearance() -> str:
    """The choices, and which are made; the page asked from is kept, to go back to it."""
    kept = {name: session.get(name, SYSTEM) for name in ("theme", "contrast")}
    back = _back_to(request.args.get("next") or request.referrer or "")
    return _page(_form(MultiDict(kept)), back, "saved" in request.args)


@bp.post("/appearance")
def choose_appearance() -> Response | tuple[str, int]:
    """Keep what was chosen, and go back to the page that was asked from."""
    form = _form(request.form)
    back = _back_to(request.form.get("next", ""))
    if not form.validate():
        return _page(form, back), 422
    for name, value in form.data.items():
        if value == SYSTEM:
            session.pop(name, None)
        else:
            session[name] = value
    return redirect(back or url_for("appearance.show_appearance", saved=1), code=303)


def _back_to(address: str) -> str:
    """The page to go back to, this one apart; empty for none."""
    return local_page(address, but=("appearance.show_appearance",))


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
