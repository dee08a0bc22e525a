"""The room of those who write and teach: what there is, what is wrong, every question with its key."""

from flask import Blueprint, g, render_template

from quizapp.content.excerpts import offending_lines
from quizapp.content.model import Bank, Check, Entry, Lesson, Quiz
from quizapp.errors import Problem
from quizapp.web.access import may
from quizapp.web.extras import extras_for
from quizapp.web.keys import is_private, with_keys
from quizapp.web.links import linked
from quizapp.web.problems import by_file, elsewhere, not_loaded, of_module, other_indexes, tally, wrong_with
from quizapp.web.rooms import sections, waiting
from quizapp.web.terms import guessing_words, settings_rows
from quizapp.web.views import views_of_bank, views_of_lesson, views_of_quiz
from quizapp.web.words import hidden_words

bp = Blueprint("teach", __name__, url_prefix="/teach")


@bp.get("/")
def show_overview() -> str:
    """Every module with its lessons, banks and quizzes, what is wrong with each, and what is not loaded."""
    problems: list[Problem] = g.site.told if may(g.learner, "teach.show_problems") else []
    files, modules = by_file(problems), list(g.catalogue.modules.values())
    return render_template(
        "teach/show_overview.html",
        modules=modules,
        tally=tally(problems),
        files=files,
        of_module={module.key: of_module(g.site.catalogue, files, module.key) for module in modules},
        not_loaded=not_loaded(g.site.catalogue, files),
        elsewhere=elsewhere(g.site.catalogue, files),
        indexes=other_indexes(g.site.catalogue, files) if may(g.learner, "edit.edit_file") else [],
        is_private=is_private,
        waiting=waiting(),
        rows=sections(),
    )


@bp.get("/problems")
def show_problems() -> str:
    """All problems of the content, each with its line and what to type."""
    problems: list[Problem] = g.site.told
    return render_template(
        "teach/show_problems.html",
        files=by_file(problems),
        tally=tally(problems),
        lines=offending_lines(g.site.settings.content_folders, problems),
        rows=sections(),
    )


@bp.get("/modules/<module>/<lesson>")
def show_lesson(module: str, lesson: str) -> str:
    """A lesson with every question that its checks may ask, with key and feedback."""
    found: Lesson = g.catalogue.module(module).lesson(lesson)
    parts = [with_keys(part.name, part.title, part.introduction, part.entries) if isinstance(part, Check)
             else linked(part) for part in found.parts]  # fmt: skip
    return render_template(
        "teach/show_lesson.html",
        lesson=found,
        parts=parts,
        views=views_of_lesson(found),
        wrong=wrong_with(found.path, [question for check in found.checks for question in check.questions]),
        extras=extras_for(question for check in found.checks for question in check.questions),
        is_private=is_private(found.path),
        rows=sections(),
        ribbon=hidden_words(found.visibility),
    )


@bp.get("/modules/<module>/banks/<bank>")
def show_bank(module: str, bank: str) -> str:
    """Every question of a bank, as a learner is asked it and with key and feedback."""
    found: Bank = g.catalogue.bank(f"{module}/{bank}")
    return render_template(
        "teach/show_bank.html",
        bank=found,
        views=views_of_bank(found),
        wrong=wrong_with(found.path),
        shown=with_keys("bank", found.title, "", [Entry(found.questions, len(found.questions))]),
        extras=extras_for(found.questions),
        is_private=is_private(found.path),
        rows=sections(),
        ribbon=hidden_words(found.visibility),
    )


@bp.get("/modules/<module>/quizzes/<quiz>")
def show_quiz(module: str, quiz: str) -> str:
    """The settings of a quiz and every question that it may draw."""
    found: Quiz = g.catalogue.quiz(f"{module}/{quiz}")
    return render_template(
        "teach/show_quiz.html",
        quiz=found,
        views=views_of_quiz(found),
        wrong=wrong_with(found.path, [question for entry in found.entries for question in entry.pool]),
        shown=with_keys("quiz", found.title, found.introduction, found.entries),
        extras=extras_for(question for entry in found.entries for question in entry.pool),
        drawn=found.drawn,
        settings=settings_rows(found.settings),
        guessing=guessing_words(found),
        is_private=is_private(found.path),
        rows=sections(),
        ribbon=hidden_words(found.visibility),
    )
