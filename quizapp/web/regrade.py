"""Regrade: what the questions of now would change in what was answered, and the button that changes it."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.actions import regrade
from quizapp.actions.previews import Preview
from quizapp.actions.regrade import Applied
from quizapp.actions.remarking import Why
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("regrade", __name__, url_prefix="/teach/regrade")
Page = str | Response | tuple[str, int]
NAMES_SHOWN = 200  # of attempts that change, for each question
MAX_REASON = 300  # characters


@bp.get("/")
def show_regrade() -> Page:
    """What would change, by question; `?question=` is the key of one."""
    return _page(_preview(request.args.get("question", ""), allow_lower=False))


@bp.post("/")
def apply_regrade() -> Page:
    """Change the marks of the questions that are ticked, if that is still what was shown."""
    allow_lower = "allow_lower" in request.form
    found = _preview(request.form.get("only", ""), allow_lower)
    if found.digest != request.form.get("digest"):
        message = _("The content or the answers changed since this page was shown. Nothing was applied: look again.")
        return _page(found, message), HTTPStatus.CONFLICT
    done = regrade.apply(
        g.site.database,
        g.site.catalogue,
        found,
        g.now,
        chosen=set(request.form.getlist("question")),
        reason=request.form.get("reason", "").strip()[:MAX_REASON],
        author=g.learner.account,
    )
    for text in applied_words(done):
        flash(text)
    return redirect(url_for("regrade.show_regrade"), code=HTTPStatus.SEE_OTHER)


def applied_words(done: Applied) -> list[str]:
    """What a regrade did, in sentences."""
    if not done.marks:
        texts = [_("Nothing was changed.")]
    else:
        texts = [
            _("Regraded: {marks} marks in {attempts} attempts.", marks=done.marks, attempts=done.attempts),
            _(
                "{rose} scores rose, {fell} fell; {passed} newly pass, {failed} no longer pass.",
                rose=done.rose,
                fell=done.fell,
                passed=done.newly_passed,
                failed=done.no_longer_passed,
            ),
        ]
    if done.skipped:
        texts.append(_("{n} attempts changed meanwhile and were left as they are: look again.", n=done.skipped))
    return texts


def why_words(why: Why) -> str:
    """Why responses cannot be marked again, in words."""
    return {
        "type": _("the question is of another type now"),
        "unpaired": _("its answers cannot be paired with those that were shown"),
        "unread": _("the key of now cannot read the response"),
        "lost": _("the version that was shown is lost"),
    }[why]


def _preview(question: str, allow_lower: bool) -> Preview:
    return regrade.preview(g.site.database, g.site.catalogue, question=question, allow_lower=allow_lower)


def _page(found: Preview, message: str = "") -> str:
    return render_template(
        "regrade/show_regrade.html",
        preview=found,
        message=message,
        only=request.args.get("question", "") if request.method == "GET" else request.form.get("only", ""),
        why_words=why_words,
        names_shown=NAMES_SHOWN,
        rows=sections(),
    )
