"""My learning: what is done, in progress and next."""

from flask import Blueprint, g, render_template

from quizapp.actions import lessons
from quizapp.actions.quizzes import look_up_passed
from quizapp.grading.completion import last_lesson, lesson_state, module_progress
from quizapp.web.notices import told

bp = Blueprint("progress", __name__)


@bp.get("/progress")
def show_progress() -> str:
    """All modules the learner has begun, the completed ones last, and what to begin next."""
    progress = lessons.look_up_progress(g.site.database, g.catalogue, g.learner)
    modules = list(g.catalogue.modules.values())
    passed = look_up_passed(g.site.database, modules, g.learner)
    standing = {module.key: module_progress(module, progress, passed) for module in modules}
    started = [module for module in modules if standing[module.key].has_started]
    return render_template(
        "progress/show_progress.html",
        standing=standing,
        started=started,
        done=sum(standing[module.key].completed for module in started),
        total=sum(standing[module.key].total for module in started),
        open_modules=[module for module in started if not standing[module.key].is_complete],
        done_modules=[module for module in started if standing[module.key].is_complete],
        new_modules=[module for module in modules if not standing[module.key].has_started],
        states={lesson.key: lesson_state(lesson, progress) for module in started for lesson in module.lessons},
        last=last_lesson([lesson for module in started for lesson in module.lessons], progress),
        told=told(),
    )
