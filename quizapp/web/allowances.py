"""More time and attempts for single learners: who gets what, and a form to set it."""

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug import Response

from quizapp.actions import allowances
from quizapp.errors import NotFound
from quizapp.grading.quizzes import NO_EXTRA, Extra
from quizapp.web.account import Page, show_form
from quizapp.web.forms import AllowanceForm
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("allowances", __name__, url_prefix="/teach/allowances")


@bp.route("", methods=["GET", "POST"])
def show_allowances() -> Page:
    """Who gets what, and the form that sets it; three zeros remove it. A link fills the form in."""
    titles = _titles()
    filled_in = {name: request.args.get(name, "") for name in ("name", "quiz")}
    extra = _set_now(filled_in["name"], filled_in["quiz"])
    form = AllowanceForm(
        data={**filled_in, "minutes": extra.minutes, "percent": extra.percent, "attempts": extra.attempts}
    )
    form.quiz.choices = list(titles.items())
    if not form.is_sent():
        return _show(form, titles)
    asked = Extra(*(int(form.text(name)) for name in ("minutes", "percent", "attempts")))
    try:
        name = allowances.set_allowance(
            g.site.database, g.site.catalogue, form.text("name"), form.text("quiz"), asked, g.learner.account, g.now
        )
    except NotFound:
        form.refuse_field("name", _("No account has this name or address."))
        return _show(form, titles)
    removed = _("{name} gets nothing more there now.", name=name)
    flash(
        removed if asked == NO_EXTRA else _("Saved for {name}. It holds at once, for attempts that run too.", name=name)
    )
    return redirect(url_for(".show_allowances"), code=303)


@bp.post("/remove")
def remove_allowance() -> Response:
    """Take away what somebody gets at a quiz; the quiz may be gone."""
    name, quiz = request.form.get("name", ""), request.form.get("quiz", "")
    called = allowances.set_allowance(g.site.database, g.site.catalogue, name, quiz, NO_EXTRA, g.learner.account, g.now)
    flash(_("{name} gets nothing more there now.", name=called))
    return redirect(url_for(".show_allowances"), code=303)


def _show(form: AllowanceForm, titles: dict[str, str]) -> Page:
    return show_form(
        "allowances/show_allowances.html",
        form,
        known=allowances.look_up_allowances(g.site.database, g.site.catalogue),
        titles=titles,
        rows=sections(),
    )


def _set_now(name: str, quiz: str) -> Extra:
    """What is set for somebody at a quiz, to be changed."""
    known = allowances.look_up_allowances(g.site.database, g.site.catalogue) if name else []
    return next((one.extra for one in known if (one.name, one.quiz_key) == (name, quiz)), NO_EXTRA)


def _titles() -> dict[str, str]:
    """The quizzes there are for who asks, by key, with their modules; first all of them."""
    found = {
        quiz.key: _("{module}: {quiz}", module=module.title, quiz=quiz.title)
        for module in g.catalogue.modules.values()
        for quiz in module.quizzes
    }
    return {"": _("All quizzes"), **found}
