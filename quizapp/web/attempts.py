"""The pages of an attempt at a quiz: its questions, the overview, what is saved, and how it went."""

import re
from dataclasses import astuple
from fractions import Fraction
from http import HTTPStatus

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.actions import answering, grading
from quizapp.actions.answering import Elsewhere, Given, Saved, Sitting
from quizapp.errors import AttemptFinished, NotFound, NotReadable
from quizapp.grading.draw import is_attempt_id
from quizapp.grading.standing import CONFIDENCES, Confidence, Standing
from quizapp.web.extras import extras_for
from quizapp.web.quizzes import percent_of
from quizapp.web.rubrics import points_text
from quizapp.web.sittings import Named, SittingPanel, closing_time, make_sitting
from quizapp.web.words import sentence as _
from quizapp.web.words import time_words

bp = Blueprint("attempts", __name__, url_prefix="/attempts/<attempt>")
Page = tuple[str, int]
SLOT = re.compile(r"[1-9][0-9]{0,3}")


@bp.get("")
def show_attempt(attempt: str) -> str | Response:
    """A question of an attempt that runs (`?question=`, `?overview=1`), or how a submitted one went."""
    sitting = _open(attempt)
    if sitting.standing.submitted is not None:
        return show_result(sitting)
    is_overview = "overview" in request.args
    here = request.args.get("question", _first_open(sitting.standing), type=int)
    panel = make_sitting(sitting, 0 if is_overview else here, again="again" in request.args)
    return _show_running(panel, is_overview=is_overview)


@bp.post("")
def save_answers(attempt: str) -> Response | Page:
    """Save what the form holds, then do what its button says: go to a question, check, flag, open a hint."""
    sitting = _open(attempt)
    here = request.args.get("question", 1, type=int)
    verb, numbers = _button()
    try:
        given = _read_given(sitting.standing)
        if verb == "check":
            return _check(sitting, here, numbers[0], given)
        saved = answering.save(g.site.database, g.learner, attempt, given, g.now)
        for one in saved.elsewhere:
            flash(_elsewhere_words(one))
        return _go(sitting.standing, here, verb, numbers)
    except AttemptFinished as finished:
        flash(_(str(finished)))
        return redirect(url_for(".show_attempt", attempt=attempt), code=303)


@bp.post("/saves")
def save_quietly(attempt: str) -> tuple[Response, int]:
    """What a script sends while one answers: saves, and says what is stored."""
    sitting = _open(attempt)
    try:
        saved = answering.save(g.site.database, g.learner, attempt, _read_given(sitting.standing), g.now)
    except AttemptFinished as finished:
        return jsonify(error=_(str(finished))), int(HTTPStatus.CONFLICT)
    return jsonify(_told(_open(attempt), saved)), int(HTTPStatus.OK)


@bp.get("/state")
def show_state(attempt: str) -> tuple[Response, int]:
    """How an attempt stands, for a script: the time left, and what other pages saved."""
    sitting = _open(attempt)
    if sitting.standing.submitted is not None:
        return jsonify(error=_("This attempt was submitted.")), int(HTTPStatus.CONFLICT)
    numbers = {number: slot.saved for number, slot in enumerate(sitting.standing.slots, start=1)}
    return jsonify(_told(sitting, Saved(numbers, ()))), int(HTTPStatus.OK)


@bp.post("/submit")
def submit_attempt(attempt: str) -> Response:
    """Grade what was saved, with what the form holds where it holds something."""
    sitting = _open(attempt)
    if sitting.standing.submitted is None:
        try:
            answering.save(g.site.database, g.learner, attempt, _read_given(sitting.standing), g.now)
        except AttemptFinished as finished:
            flash(_(str(finished)))
        grading.submit_attempt(g.site.database, g.learner, attempt, g.now)
    return redirect(url_for(".show_attempt", attempt=attempt), code=303)


@bp.post("/assessment")
def assess_oneself(attempt: str) -> Response:
    """Store what a learner says of their own text by the rubric."""
    _open(attempt)
    number, met = request.form.get("number", 0, type=int), request.form.getlist("met", type=int)
    answering.assess_oneself(g.site.database, g.learner, attempt, number, met, g.now)
    return redirect(url_for(".show_attempt", attempt=attempt, _anchor=f"page-quiz-{number}"), code=303)


def show_again(text: str) -> Page | Response:
    """The posted form once more, with what it holds and a message: for a form whose token was not valid."""
    sitting = _open((request.view_args or {})["attempt"])
    if sitting.standing.submitted is not None:
        return show_result(sitting), int(HTTPStatus.BAD_REQUEST)
    flash(text)
    typed = {number: tuple(request.form.getlist(f"answer-{number}")) for number in _on_the_form(sitting.standing)}
    panel = make_sitting(sitting, request.args.get("question", 1, type=int), typed)
    return _show_running(panel), int(HTTPStatus.BAD_REQUEST)


def _open(attempt: str) -> Sitting:
    """The attempt of that address, if it is this learner's. Raises NotFound."""
    if not is_attempt_id(attempt):
        raise NotFound("There is no such attempt.")
    return answering.open_attempt(g.site.database, g.learner, attempt, g.site.catalogue, g.now)


def _first_open(standing: Standing) -> int:
    """Where to go on: at the first question without an answer."""
    blank = [number for number, slot in enumerate(standing.slots, start=1) if slot.response is None]
    return min(blank, default=1)


def _show_running(panel: SittingPanel, *, is_overview: bool = False) -> str:
    return render_template(
        "attempts/show_attempt.html",
        panel=panel,
        check=Named(),
        is_overview=is_overview,
        saved=_saved_words(panel),
        answered=_answered_words(panel),
        extras=_extras(panel),
    )


def show_result(sitting: Sitting) -> str:
    """The page of an attempt that was submitted."""
    panel = make_sitting(sitting, 1)
    standing = panel.standing
    counted = standing.counted
    key = panel.quiz.key if panel.quiz else sitting.quiz_key
    module = g.catalogue.modules.get(key.partition("/")[0])
    return render_template(
        "attempts/show_result.html",
        panel=panel,
        check=Named(),
        shows_score=all(slot.seen.marks for slot in standing.slots),
        shows_questions=any(slot.seen.marks or slot.seen.feedback or slot.seen.key for slot in standing.slots),
        percent=int(100 * standing.score),
        earned=points_text(sum((slot.points for slot in counted), Fraction(0))),
        possible=points_text(sum((slot.question.points for slot in counted), Fraction(0))),
        awaits=sum(slot.awaits_person for slot in standing.slots),
        needed=percent_of(panel.terms.pass_mark) if panel.terms.pass_mark is not None else "",
        later=_later_words(panel),
        timed_out=standing.submitted == standing.deadline,
        module=module,
        path=g.catalogue.path_of(module) if module else None,
        extras=_extras(panel),
    )


def _later_words(panel: SittingPanel) -> str:
    """When more is shown than now, if it is."""
    closes = closing_time(panel.quiz, panel.terms)
    if "after-close" in astuple(panel.terms.reveal) and closes and closes > g.now:
        return _("More is shown after {time}.", time=time_words(closes))
    return ""


def _extras(panel: SittingPanel) -> frozenset[str]:
    found = extras_for((slot.question for slot in panel.standing.slots), panel.terms.asks_confidence)
    return found | {"quiz.css"}


def _on_the_form(standing: Standing) -> list[int]:
    """The questions that the posted form holds."""
    return [number for number in request.form.getlist("slot", type=int) if 0 < number <= len(standing.slots)]


def _read_given(standing: Standing) -> list[Given]:
    """What the posted form holds. Raises NotOffered for what was not on it."""
    touched = set(request.form.getlist("touched", type=int))
    given = []
    for number in dict.fromkeys(_on_the_form(standing)):
        slot = standing.slots[number - 1]
        if slot.is_open:
            value = slot.control.read(request.form.getlist(f"answer-{number}"))
            seen = request.form.get(f"seen-{number}", 0, type=int)
            given.append(Given(number, value, seen, _confidence(number), number in touched))
    return given


def _confidence(number: int) -> Confidence | None:
    said = request.form.get(f"confidence-{number}", "")
    return next((word for word in CONFIDENCES if word == said), None)


def _check(sitting: Sitting, here: int, number: int, given: list[Given]) -> Response | Page:
    """Check one question; the others on the page are saved as they are."""
    attempt = sitting.standing.attempt_id
    one = next((one for one in given if one.slot == number), None)
    answering.save(g.site.database, g.learner, attempt, given, g.now)
    address = url_for(".show_attempt", attempt=attempt, question=here, _anchor=f"page-quiz-{number}")
    if one is None:
        return redirect(address, code=303)
    if one.value is None:
        panel = make_sitting(_open(attempt), here, missing=number)
        return _show_running(panel), int(HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        answering.check_one(g.site.database, g.learner, attempt, one, g.now)
    except NotReadable:  # what was saved says why, at its question
        return _show_running(make_sitting(_open(attempt), here)), int(HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(address, code=303)


def _button() -> tuple[str, list[int]]:
    """What the pressed button does, and to which question (and hint); without numbers it only saves."""
    verb, *told = request.form.get("go", "").split("-")
    numbers = [int(one) for one in told if SLOT.fullmatch(one)]
    takes = 2 if verb == "hint" else 1
    return (verb, numbers) if len(numbers) == takes or verb == "overview" else ("save", [])


def _go(standing: Standing, here: int, verb: str, numbers: list[int]) -> Response:
    """Do what a button says beside saving, and lead to where it points."""
    attempt = standing.attempt_id
    database, learner, now = g.site.database, g.learner, g.now
    if verb == "overview":
        return redirect(url_for(".show_attempt", attempt=attempt, overview=1), code=303)
    if verb == "to":
        if standing.terms and standing.terms.is_forward:
            answering.go_on(database, learner, attempt, numbers[0], now)
        return redirect(url_for(".show_attempt", attempt=attempt, question=numbers[0]), code=303)
    if verb in ("flag", "unflag"):
        answering.flag(database, learner, attempt, numbers[0], verb == "flag", now)
        here = numbers[0]
    if verb == "hint":
        answering.open_hint(database, learner, attempt, numbers[0], numbers[1], now)
        here = numbers[0]
    return redirect(url_for(".show_attempt", attempt=attempt, question=here, _anchor=f"page-quiz-{here}"), code=303)


def _elsewhere_words(one: Elsewhere) -> str:
    if one.is_ours:
        return _(
            "Question {n} was answered on another page too, {time}. What you gave here now counts.",
            n=one.slot,
            time=time_words(one.at),
        )
    return _(
        "Question {n} was answered on another page, {time}. That answer counts; it is shown here now.",
        n=one.slot,
        time=time_words(one.at),
    )


def _told(sitting: Sitting, saved: Saved) -> dict[str, object]:
    """What a script is told of what is stored: numbers of responses, how each question stands, the time left."""
    panel = make_sitting(sitting, 1)
    return {
        "saved": _saved_words(panel),
        "answered": _answered_words(panel),
        "numbers": saved.numbers,
        "states": {square.number: square.state for square in panel.squares},
        "words": {square.number: square.words for square in panel.squares},
        "troubles": {one.number: one.trouble for one in panel.questions if one.trouble},
        "elsewhere": [_elsewhere_words(one) for one in saved.elsewhere],
        "left": None if panel.left is None else panel.left.total_seconds(),
    }


def _answered_words(panel: SittingPanel) -> str:
    return _("{n} of {all} answered", n=panel.last - len(panel.blanks), all=panel.last)


def _saved_words(panel: SittingPanel) -> str:
    if panel.saved_at is None:
        return ""
    return _("Saved {time}", time=f"{panel.saved_at.astimezone(g.site.settings.zone):%H:%M}")
