"""Answers to a knowledge check: from the form to a stored mark, and back to the lesson."""

import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, g, redirect, request, url_for
from werkzeug import Response

from quizapp.actions import attempts, lessons
from quizapp.actions.attempts import Shown, Submission
from quizapp.content.model import Check, Lesson
from quizapp.errors import AttemptFinished, CheckChanged, NotFound, NotOffered, NotReadable
from quizapp.grading.draw import is_attempt_id
from quizapp.grading.standing import CONFIDENCES, Confidence, Standing
from quizapp.questions.base import Response as Given
from quizapp.web.learn import find_lesson, fresh_panel, render_lesson, stored_panel
from quizapp.web.panels import CheckPanel, Typed, make_panel
from quizapp.web.words import sentence as _

bp = Blueprint("checks", __name__)
Page = tuple[str, int]


@bp.post("/modules/<module>/<lesson>/checks/<name>")
def check_answers(module: str, lesson: str, name: str) -> Response | Page:
    """Mark the answers of a form and store them, then show the result."""
    found = find_lesson(module, lesson)
    check, form = found.check(name), _read_shown()
    try:
        standing = attempts.show_posted(g.site.database, g.site.secret, check, g.learner, form)
    except CheckChanged as changed:
        return _page(found, _fresh(found, check, str(changed)), HTTPStatus.CONFLICT)
    given, refused = _read_responses(standing)
    missing = [
        number for number, slot in enumerate(standing.slots, start=1) if slot.is_open and given.get(number) is None
    ]
    if missing:
        status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.UNPROCESSABLE_ENTITY
        message = refused[0] if refused else ""
        return _page(found, _form(check, standing, missing, message), status)
    try:
        sent = Submission(given, request.form.get("try", 1, type=int), _read_confidences(standing))
        attempts.check_answers(g.site.database, found, check, g.learner, standing, sent, g.now)
    except NotReadable as unread:
        return _page(found, _form(check, standing, [], "", unread.troubles), HTTPStatus.UNPROCESSABLE_ENTITY)
    except AttemptFinished as finished:
        return _page(found, stored_panel(check, form.attempt_id, "result", str(finished)), HTTPStatus.CONFLICT)
    return _to_result(found, check, form.attempt_id)


@bp.post("/modules/<module>/<lesson>/checks/<name>/answers")
def show_answers(module: str, lesson: str, name: str) -> Response:
    """Finish an attempt and show key, feedback and explanations."""
    found = find_lesson(module, lesson)
    check, attempt_id = found.check(name), request.form.get("attempt", "")
    attempts.show_answers(g.site.database, check, g.learner, attempt_id, g.now)
    return _to_result(found, check, attempt_id)


@bp.post("/modules/<module>/<lesson>/checks/<name>/assessment")
def assess_oneself(module: str, lesson: str, name: str) -> Response:
    """Store what a learner says of their own text by the rubric, then show the result."""
    found = find_lesson(module, lesson)
    check, attempt_id = found.check(name), request.form.get("attempt", "")
    met = request.form.getlist("met", type=int)
    attempts.assess_oneself(
        g.site.database, check, g.learner, attempt_id, request.form.get("number", 0, type=int), met, g.now
    )
    return _to_result(found, check, attempt_id)


def show_again(status: HTTPStatus, message: str) -> Page:
    """The posted form once more, with its answers and a message: for a form whose token was not valid."""
    arguments = request.view_args or {}
    found = find_lesson(arguments["module"], arguments["lesson"])
    check, form = found.check(arguments["name"]), _read_shown()
    try:
        standing = attempts.show_posted(g.site.database, g.site.secret, check, g.learner, form)
    except NotFound:  # the cookie is gone, and with it the guest: the answers move to a new attempt
        standing, values = _renewed(check, form)
        return _page(found, _form(check, standing, [], message, values=values), status)
    except CheckChanged as changed:
        return _page(found, _fresh(found, check, str(changed)), status)
    return _page(found, _form(check, standing, [], message), status)


def _read_shown() -> Shown:
    """What the form says it shows. Raises NotOffered when it is no form of ours."""
    attempt_id = request.form.get("attempt", "")
    if not is_attempt_id(attempt_id):
        raise NotOffered(_("The form is not complete. Go back to the lesson and answer there."))
    return Shown(attempt_id, tuple(request.form.getlist("slot")), request.form.get("seal", ""))


def _read_responses(standing: Standing) -> tuple[dict[int, Given], list[str]]:
    """The responses by slot, and what is wrong with those that were not offered.

    Questions settled before are read too where the form holds them, so that a form sent twice can be told from a
    new try.
    """
    given: dict[int, Given] = {}
    refused = []
    for number, slot in enumerate(standing.slots, start=1):
        values = request.form.getlist(f"answer-{number}")
        if not values and not slot.is_open:
            continue
        try:
            given[number] = slot.control.read(values)
        except NotOffered as error:
            refused.append(str(error))
    return given, refused


def _read_confidences(standing: Standing) -> dict[int, Confidence]:
    """How sure the learner says to be, by slot; what is none of the words says nothing."""
    said = {number: request.form.get(f"confidence-{number}", "") for number in range(1, len(standing.slots) + 1)}
    return {number: word for number, word in said.items() if word in CONFIDENCES}


def _renewed(check: Check, form: Shown) -> tuple[Standing, dict[int, tuple[str, ...]]]:
    """A new attempt, and what its form holds: the answers of the old form, by question."""
    before = attempts.show_fresh(g.site.secret, check, form.attempt_id)
    given, _refused = _read_responses(before)
    by_key = {slot.question.key: given.get(number) for number, slot in enumerate(before.slots, start=1)}
    after = attempts.show_fresh(g.site.secret, check, secrets.token_urlsafe(16))
    return after, {
        number: slot.control.values(by_key.get(slot.question.key)) for number, slot in enumerate(after.slots, start=1)
    }


def _posted(standing: Standing) -> dict[int, list[str]]:
    """What the form holds, by slot."""
    return {number: request.form.getlist(f"answer-{number}") for number in range(1, len(standing.slots) + 1)}


def _form(
    check: Check,
    standing: Standing,
    missing: list[int],
    message: str,
    troubles: dict[int, tuple[str, str]] | None = None,
    values: Mapping[int, Sequence[str]] | None = None,
) -> CheckPanel:
    shown = attempts.shown(g.site.secret, check, standing)
    typed = Typed(_posted(standing) if values is None else values, _read_confidences(standing), missing, troubles or {})
    return make_panel(check, standing, shown, "form", typed, message)


def _fresh(lesson: Lesson, check: Check, message: str) -> CheckPanel:
    standing = attempts.show_fresh(g.site.secret, check, secrets.token_urlsafe(16))
    shown = attempts.shown(g.site.secret, check, standing)
    return make_panel(check, standing, shown, "form", message=message)


def _page(lesson: Lesson, panel: CheckPanel, status: HTTPStatus) -> Page:
    """The lesson with one check as the panel says, the others as they are."""
    opened = lessons.open_lesson(g.site.database, g.catalogue, lesson, g.learner, g.now)
    panels = {
        check.key: panel if check.key == panel.check.key else fresh_panel(check, opened) for check in lesson.checks
    }
    return render_lesson(lesson, panels, opened), int(status)


def _to_result(lesson: Lesson, check: Check, attempt_id: str) -> Response:
    address = url_for(
        "learn.show_lesson", module=lesson.module, lesson=lesson.name, attempt=attempt_id, _anchor=check.name
    )
    return redirect(address, code=303)
