"""The screens of a learner: catalogue, path, module, lesson."""

from collections.abc import Iterator, Mapping

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug import Response

from quizapp.actions import attempts, lessons
from quizapp.actions.lessons import Opened
from quizapp.actions.quizzes import look_up_passed
from quizapp.content.model import Catalogue, Check, Lesson, Module
from quizapp.errors import NotFound
from quizapp.grading.completion import is_completed_by_reading, last_lesson, lesson_state, module_progress
from quizapp.grading.draw import is_attempt_id
from quizapp.questions.base import Question
from quizapp.web.extras import extras_for
from quizapp.web.links import linked
from quizapp.web.live import lesson_version
from quizapp.web.notices import told
from quizapp.web.panels import CheckPanel, make_panel
from quizapp.web.problems import wrong_with
from quizapp.web.views import attempt_id_for, draw_asked, draw_words, next_draw, views_of_lesson
from quizapp.web.words import hidden_words

bp = Blueprint("learn", __name__)
DONE = ("completed", "changed")


@bp.get("/")
def show_home() -> str:
    """The catalogue, and where the learner was."""
    catalogue: Catalogue = g.catalogue
    progress = lessons.look_up_progress(g.site.database, g.catalogue, g.learner)
    passed = look_up_passed(g.site.database, catalogue.modules.values(), g.learner)
    every = [lesson for module in catalogue.modules.values() for lesson in module.lessons]
    last = last_lesson(every, progress)
    return render_template(
        "learn/show_home.html",
        catalogue=catalogue,
        welcome=linked(catalogue.welcome),
        standing={key: module_progress(module, progress, passed) for key, module in catalogue.modules.items()},
        last=last,
        told=told(),
    )


@bp.get("/paths/<path>")
def show_path(path: str) -> str:
    """A learning path with its modules."""
    found = g.catalogue.path(path)
    progress = lessons.look_up_progress(g.site.database, g.catalogue, g.learner)
    modules = g.catalogue.modules_of(found)
    passed = look_up_passed(g.site.database, modules, g.learner)
    return render_template(
        "learn/show_path.html",
        path=found,
        body=linked(found.body),
        modules=modules,
        standing={module.key: module_progress(module, progress, passed) for module in modules},
        ribbon=hidden_words(found.visibility),
    )


@bp.get("/modules/<module>")
def show_module(module: str) -> str:
    """A module with its lessons and how far the learner has come."""
    found: Module = g.catalogue.module(module)
    progress = lessons.look_up_progress(g.site.database, g.catalogue, g.learner)
    passed = look_up_passed(g.site.database, [found], g.learner)
    return render_template(
        "learn/show_module.html",
        module=found,
        body=linked(found.body),
        path=g.catalogue.path_of(found),
        states={lesson.key: lesson_state(lesson, progress) for lesson in found.lessons},
        standing=module_progress(found, progress, passed),
        passed=passed,
        ribbon=hidden_words(found.visibility),
    )


@bp.get("/modules/<module>/<lesson>")
def show_lesson(module: str, lesson: str) -> str:
    """A lesson with its checks; `?attempt=` shows how an attempt stands, `&again=1` lets it be tried again."""
    found = find_lesson(module, lesson)
    opened = lessons.open_lesson(g.site.database, g.catalogue, found, g.learner, g.now)
    attempt_id, draw = request.args.get("attempt", ""), draw_asked()
    panels = {check.key: _panel(check, attempt_id, opened, draw) for check in found.checks}
    if attempt_id and not any(panel.standing.attempt_id == attempt_id for panel in panels.values()):
        raise NotFound("There is no such attempt.")
    return render_lesson(found, panels, opened, draw)


@bp.post("/modules/<module>/<lesson>/continue")
def finish_lesson(module: str, lesson: str) -> Response:
    """Complete a lesson by having read it, and go on."""
    found = find_lesson(module, lesson)
    lessons.finish_reading(g.site.database, found, g.learner, g.now)
    following = g.catalogue.module(module).after(found)
    if following is None:
        return redirect(url_for("learn.show_module", module=module), code=303)
    return redirect(url_for("learn.show_lesson", module=module, lesson=following.name), code=303)


def find_lesson(module: str, lesson: str) -> Lesson:
    """The lesson at an address. Raises NotFound."""
    catalogue: Catalogue = g.catalogue
    return catalogue.module(module).lesson(lesson)


def render_lesson(lesson: Lesson, panels: dict[str, CheckPanel], opened: Opened, draw: str = "") -> str:
    """The page of a lesson with its checks as the panels say, those that are not begun as a draw has them."""
    module: Module = g.catalogue.module(lesson.module)
    states = {one.key: lesson_state(one, opened.progress) for one in module.lessons}
    known = opened.progress.get(lesson.key)
    return render_template(
        "learn/show_lesson.html",
        lesson=lesson,
        module=module,
        path=g.catalogue.path_of(module),
        parts=[panels[part.key] if isinstance(part, Check) else linked(part) for part in lesson.parts],
        state=states[lesson.key],
        completed=known.completed if known else None,
        completes_by_reading=is_completed_by_reading(lesson),
        position=module.position(lesson),
        before=module.before(lesson),
        after=module.after(lesson),
        states=states,
        ribbon=hidden_words(lesson.visibility),
        wrong=wrong_with(lesson.path, [question for check in lesson.checks for question in check.questions]),
        version=lesson_version(lesson),
        views=views_of_lesson(lesson, draw),
        draw=draw,
        draw_words=draw_words(lesson, draw),
        next_draw=next_draw(draw),
        extras=extras_for(_may_show(lesson, panels), any(check.asks_confidence for check in lesson.checks)),
        is_last_open=sum(one not in DONE for one in states.values()) <= 1,
    )


def _may_show(lesson: Lesson, panels: Mapping[str, CheckPanel]) -> Iterator[Question]:
    """The questions of a page, and those that a new attempt may draw, which a script shows without a new page."""
    for check in lesson.checks:
        yield from (slot.question for slot in panels[check.key].standing.slots)
        yield from check.questions


def fresh_panel(check: Check, opened: Opened, draw: str = "") -> CheckPanel:
    """A check with nothing answered; every page, or draw that somebody asks for, gets an attempt id of its own."""
    standing = attempts.show_fresh(g.site.secret, check, attempt_id_for(draw, check.key))
    shown = attempts.shown(g.site.secret, check, standing)
    return make_panel(check, standing, shown, "form", note=opened.attempts.get(check.key))


def stored_panel(check: Check, attempt_id: str, mode: str, message: str = "") -> CheckPanel:
    """A stored attempt as a result, or as a form for the questions still open. Raises NotFound."""
    standing = attempts.show_attempt(g.site.database, check, g.learner, attempt_id)
    shown = attempts.shown(g.site.secret, check, standing)
    return make_panel(check, standing, shown, "result" if standing.is_finished else mode, message=message)


def _panel(check: Check, attempt_id: str, opened: Opened, draw: str) -> CheckPanel:
    if is_attempt_id(attempt_id):
        try:
            return stored_panel(check, attempt_id, "form" if request.args.get("again") else "result")
        except NotFound:
            pass  # it belongs to another check of this lesson, or to nobody: the caller knows
    return fresh_panel(check, opened, draw)
