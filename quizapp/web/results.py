"""Who has done what in a module: as a page, and as a file for a spreadsheet program."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from flask import Blueprint, Response, g, render_template

from quizapp.actions import results
from quizapp.actions.results import LearnerRow
from quizapp.content.model import Lesson, Module
from quizapp.formats.sheet import write_sheet
from quizapp.grading.completion import State
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("results", __name__, url_prefix="/teach/modules/<module>")
NAMES_SHOWN = 200  # of accounts that have not begun


@bp.get("")
def show_results(module: str) -> str:
    """Who has done what in a module."""
    found: Module = g.catalogue.module(module)
    known = results.look_up_results(g.site.database, g.site.catalogue, found, g.now)
    return render_template(
        "results/show_results.html",
        module=found,
        results=known,
        not_begun=known.not_begun[:NAMES_SHOWN],
        percent=_percent,
        rows=sections(),
    )


@bp.get("/results.csv")
def download_results(module: str) -> Response:
    """The same table as CSV, with everybody who has not begun."""
    found: Module = g.catalogue.module(module)
    known = results.look_up_results(g.site.database, g.site.catalogue, found, g.now)
    lines = [_head(found), *(list(_line(found, row)) for row in (*known.rows, *known.not_begun))]
    response = Response(write_sheet(lines), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{found.key}.csv")
    return response


def _head(module: Module) -> list[str]:
    head = [_("Learner"), _("Lessons completed"), _("Last here")]
    for number, lesson in enumerate(module.lessons, start=1):
        head.append(_("{n} {lesson}", n=number, lesson=lesson.title))
        if lesson.checks:
            head.append(_("{n} {lesson}: result in %", n=number, lesson=lesson.title))
    for quiz in module.quizzes:
        head += [_("{quiz}: score in %", quiz=quiz.title), _("{quiz}: attempts", quiz=quiz.title)]
    return head


def _line(module: Module, row: LearnerRow) -> Iterator[str]:
    yield row.name
    yield str(row.completed)
    yield _minute(row.last) if row.last else ""
    for lesson in module.lessons:
        yield _state_word(row.states[lesson.key])
        if lesson.checks:
            yield _result(row, lesson)
    for quiz in module.quizzes:
        result = row.quizzes.get(quiz.key)
        yield str(_percent(result.score)) if result else ""
        yield str(result.attempts) if result else ""


def _result(row: LearnerRow, lesson: Lesson) -> str:
    return str(_percent(row.scores[lesson.key])) if lesson.key in row.scores else ""


def _percent(score: Fraction) -> int:
    """A score in %, rounded down: 100 is all of it."""
    return int(100 * score)


def _minute(at: datetime) -> str:
    """A time as every spreadsheet program reads it, in the site's zone."""
    return at.astimezone(g.site.settings.zone).strftime("%Y-%m-%d %H:%M")


def _state_word(state: State) -> str:
    return {
        "completed": _("Completed"),
        "changed": _("Completed, changed since"),
        "opened": _("In progress"),
        "new": _("Not begun"),
    }[state]
