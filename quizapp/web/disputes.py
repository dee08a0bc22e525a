"""This question is wrong: what a learner says of it, and the inbox of those who decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug import Response

from quizapp.actions import disputes
from quizapp.actions.disputes import MAX_TEXT, Disputable, DisputedQuestion
from quizapp.content.excerpts import offending_lines
from quizapp.content.repairs import void_heading
from quizapp.errors import NotOffered, Problem
from quizapp.grading.standing import Slot
from quizapp.questions.base import Question, label_of
from quizapp.questions.controls import Arranging, Choosing
from quizapp.store.disputes import State
from quizapp.web.access import may
from quizapp.web.links import inline, linked
from quizapp.web.notices import attempt_address
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("disputes", __name__)
Page = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class SeenQuestion:
    """A question as a learner saw it, without its key: the choices that were offered, and what they gave."""

    heading: Markup
    prompt: Markup
    offered: tuple[Markup, ...]
    given: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What one learner says; `accepting` are the lines that would make their answer right."""

    id: int
    text: str
    seen: SeenQuestion
    accepting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """One question of the inbox; `heading` is its line as it is, `void` the same with `.void`."""

    key: str
    title: str
    place: str
    heading: str
    void: str
    rows: tuple[SaidRow, ...]


@bp.route("/attempts/<attempt>/questions/<int:number>/dispute", methods=["GET", "POST"])
def dispute_question(attempt: str, number: int) -> Page:
    """Say that a question of one's own attempt is wrong."""
    found = disputes.look_up_disputable(g.site.database, g.learner, attempt, number)
    if "refused" in g:
        return _ask(found, attempt, number, g.refused), HTTPStatus.BAD_REQUEST
    if request.method == "GET":
        return _ask(found, attempt, number, "")
    try:
        disputes.dispute(g.site.database, g.learner, attempt, number, request.form.get("text", ""), g.now)
    except NotOffered as refused:
        return _ask(found, attempt, number, _(str(refused))), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("disputes.dispute_question", attempt=attempt, number=number), code=HTTPStatus.SEE_OTHER)


@bp.get("/teach/disputes/")
def show_disputes() -> Page:
    """What learners say of questions, by question."""
    return _inbox()


@bp.post("/teach/disputes/")
def decide() -> Page:
    """Accept or reject what is ticked; what was accepted leads on to the regrade of its question."""
    state: State = "accepted" if request.form.get("state") == "accepted" else "rejected"
    ids = request.form.getlist("dispute", type=int)
    answer = request.form.get("answer", "")
    try:
        number = disputes.decide(g.site.database, g.site.catalogue, ids, state, answer, g.learner.account, g.now)
    except NotOffered as refused:
        return _inbox(_(str(refused))), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("{n} learners were told.", n=number))
    question = request.form.get("question", "")
    if state == "accepted" and may(g.learner, "regrade.show_regrade") and question in g.site.catalogue.questions():
        return redirect(url_for("regrade.show_regrade", question=question), code=HTTPStatus.SEE_OTHER)
    return redirect(url_for("disputes.show_disputes"), code=HTTPStatus.SEE_OTHER)


def _ask(found: Disputable, attempt: str, number: int, message: str) -> str:
    return render_template(
        "disputes/dispute_question.html",
        seen=_seen(found.slot),
        dispute=found.dispute,
        attempt=attempt,
        number=number,
        message=message,
        longest=MAX_TEXT,
        back=attempt_address(found.content_key, attempt),
    )


def _inbox(message: str = "") -> str:
    found = disputes.look_up_disputes(g.site.database, g.site.catalogue)
    lines = _headings([one.now for one in found if one.now])
    return render_template(
        "disputes/show_disputes.html",
        questions=[_listed(one, lines) for one in found],
        message=message,
        rows=sections(),
    )


def _headings(questions: Sequence[Question]) -> dict[tuple[str, int], str]:
    """The lines on which questions begin, as they stand in their files."""
    places = [Problem(one.path, one.line, 1, "advice", "", "", "") for one in questions]
    return offending_lines(g.site.settings.content_folders, places)


def _listed(one: DisputedQuestion, lines: dict[tuple[str, int], str]) -> Inbox:
    now = one.now
    heading = lines.get((now.path, now.line), "") if now else ""
    return Inbox(
        key=one.key,
        title=now.title if now else one.said[0].slot.question.title,
        place=f"{now.path}:{now.line}" if now else "",
        heading=heading,
        void=void_heading(heading) if heading else "",
        rows=tuple(
            SaidRow(
                said.dispute.id,
                said.dispute.text,
                _seen(said.slot),
                said.slot.question.type.accepting(said.slot.response),
            )
            for said in one.said
        ),
    )


def _seen(slot: Slot) -> SeenQuestion:
    question = slot.question
    asked = question.prompt.html or question.type.asked.html
    control = slot.control
    offered = control.choices if isinstance(control, Choosing) else ()
    return SeenQuestion(
        linked(inline(question.heading.html)),
        linked(asked),
        tuple(linked(inline(one.html)) for one in offered),
        tuple(_given(slot)),
    )


def _given(slot: Slot) -> list[Markup]:
    """A response as people read it: what was chosen, paired, put in order or typed."""
    response, control = slot.response, slot.control
    if isinstance(control, Choosing):
        chosen = {int(value) for value in control.values(response)}
        return [linked(inline(one.html)) for drawn, one in enumerate(control.choices, start=1) if drawn in chosen]
    if isinstance(control, Arranging) and isinstance(response, list):
        named = {written: label_of(row) for written, row in zip(control.row_order, control.rows, strict=True)}
        return [escape(named.get(one, "") if isinstance(one, int) else "") for one in response]
    if isinstance(response, dict):
        return [escape(f"{line} → {option}") for line, option in response.items()]
    return [escape(str(one)) for one in (response if isinstance(response, list) else [response]) if one is not None]
