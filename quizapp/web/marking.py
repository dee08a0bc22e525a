"""Texts that people mark: how many wait, and one at a time with its rubric, without a name."""

from fractions import Fraction

from flask import Blueprint, flash, g, redirect, render_template, url_for

from quizapp.actions import marking
from quizapp.actions.marking import Judgement, MarkedMeanwhile, TextToMark
from quizapp.questions.base import decimal_text
from quizapp.store.marking import PersonMark
from quizapp.web.account import Page, show_form
from quizapp.web.extras import extras_for
from quizapp.web.forms import AccountForm, mark_form, number_of
from quizapp.web.keys import is_private
from quizapp.web.links import inline, linked
from quizapp.web.rooms import sections
from quizapp.web.rubrics import points_text
from quizapp.web.words import sentence as _

bp = Blueprint("marking", __name__, url_prefix="/teach/marking")


@bp.get("")
def show_queue() -> str:
    """The questions with texts that wait, and what one marked last."""
    return render_template(
        "marking/show_queue.html",
        queue=marking.queue(g.site.database, g.site.catalogue, g.learner.account),
        done=marking.last_marked(g.site.database, g.site.catalogue, g.learner.account),
        is_private=is_private,
        rows=sections(),
    )


@bp.route("/<int:response>", methods=["GET", "POST"])
def mark_text(response: int) -> Page:
    """One text with its question as it was shown; keeping its mark leads to the next."""
    one = marking.find_text(g.site.database, response)
    form = mark_form([(linked(inline(line.content.html)), line.points) for line in one.rubric], _held(one))
    if not form.is_sent():
        return _show(one, form)
    given = _judgement(one, form)
    try:
        marking.mark_text(
            g.site.database, g.site.catalogue, response, given, g.learner.account, _seen(form), g.now
        )  # fmt: skip
    except MarkedMeanwhile as meanwhile:
        form["seen"].data = str(meanwhile.mark.id)
        form.refuse(_("Somebody else marked this text while you read it. Keep yours in its place, or skip."))
        return _show(one, form, meanwhile.mark)
    flash(_("Kept. The learner is told."))
    return redirect(_next_address(one), code=303)


def _show(one: TextToMark, form: AccountForm, other: PersonMark | None = None) -> Page:
    question = one.question
    return show_form(
        "marking/mark_text.html",
        form,
        one=one,
        heading=linked(inline(question.heading.html)),
        prompt=linked(question.prompt.html),
        explanation=linked(question.explanation.html),
        limits=[decimal_text(line.points) for line in one.rubric],
        steps=[_step(line.points) for line in one.rubric],
        possible=points_text(question.points),
        percent=_percent(one.mark.credit) if one.mark else "",
        other=other,
        other_lines=[points_text(points) for points in (other.lines or ())] if other else [],
        other_percent=_percent(other.credit) if other else "",
        skip=_next_address(one),
        extras=extras_for([question]),
        rows=sections(),
    )


def _next_address(one: TextToMark) -> str:
    """Where one goes from a text: to the next to the same question, behind the last to the list."""
    following = marking.next_text(g.site.database, one.question.key, g.learner.account, one.response)
    return url_for(".mark_text", response=following) if following else url_for(".show_queue")


def _held(one: TextToMark) -> dict[str, str]:
    """What the form holds at first: the mark that a text has."""
    held = {"seen": str(one.seen)}
    if one.mark is None:
        return held
    points = {f"line_{place}": decimal_text(given) for place, given in enumerate(one.mark.lines or (), start=1)}
    return held | points | {"credit": decimal_text(100 * one.mark.credit), "feedback": one.mark.feedback}


def _judgement(one: TextToMark, form: AccountForm) -> Judgement:
    feedback = form.text("feedback").replace("\r\n", "\n").strip()
    if one.rubric:
        lines = tuple(number_of(form.text(f"line_{place}")) for place in range(1, len(one.rubric) + 1))
        return Judgement(lines, feedback=feedback)
    return Judgement(credit=number_of(form.text("credit")) / 100, feedback=feedback)


def _seen(form: AccountForm) -> int:
    return int(form.text("seen")) if form.text("seen").isdecimal() else 0


def _step(points: Fraction) -> str:
    """What an arrow key adds: half a point, where the line is worth a number of those."""
    return "0.5" if (2 * points).denominator == 1 else "any"


def _percent(credit: Fraction) -> str:
    return points_text(100 * credit)
