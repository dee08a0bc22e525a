"""The room of those who write and teach: what is wrong, every question with its key."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, g, render_template
from markupsafe import Markup

from quizapp.content.excerpts import offending_lines
from quizapp.content.model import Bank, Check, Lesson, Quiz
from quizapp.errors import Problem
from quizapp.questions.base import Answer, Question
from quizapp.web.links import inline, linked
from quizapp.web.panels import QuestionPanel, ask_panel
from quizapp.web.rooms import sections, waiting
from quizapp.web.words import hidden_words
from quizapp.web.words import sentence as _

bp = Blueprint("teach", __name__, url_prefix="/teach")
SEVERITIES = ("error", "warning", "advice")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One answer of a question as the key shows it; `credit` is in %, empty where it is not scored."""

    content: Markup
    typed: str
    is_pattern: bool
    is_right: bool
    credit: str
    feedback: Markup


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """A question as a learner is asked it, and with key and feedback."""

    panel: QuestionPanel
    question: Question
    answers: tuple[KeyRow, ...]
    explanation: Markup
    hidden: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are shown together; `name` makes the ids of their controls."""

    name: str
    title: str
    introduction: Markup
    questions: tuple[QuestionPanel, ...]
    pairs: tuple[StaffQuestion, ...]


@bp.get("/")
def show_overview() -> str:
    """Every module with its lessons, banks and quizzes, and how much is wrong."""
    counts = Counter(problem.severity for problem in g.site.problems)
    modules = list(g.catalogue.modules.values())
    return render_template(
        "teach/show_overview.html", modules=modules, counts=counts, waiting=waiting(), rows=sections()
    )


@bp.get("/problems")
def show_problems() -> str:
    """All problems of the content, each with its line and what to type."""
    problems: Sequence[Problem] = g.site.problems
    files: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda one: (one.path, SEVERITIES.index(one.severity), one.line)):
        files.setdefault(problem.path, []).append(problem)
    return render_template(
        "teach/show_problems.html",
        files=files,
        counts=Counter(problem.severity for problem in problems),
        lines=offending_lines(g.site.settings.content_folders, problems),
        rows=sections(),
    )


@bp.get("/modules/<module>/<lesson>")
def show_lesson(module: str, lesson: str) -> str:
    """A lesson with every question that its checks may ask, with key and feedback."""
    found: Lesson = g.catalogue.module(module).lesson(lesson)
    parts = [_set(part.name, part.title, part.introduction, part.questions) if isinstance(part, Check) else linked(part)
             for part in found.parts]  # fmt: skip
    return render_template(
        "teach/show_lesson.html", lesson=found, parts=parts, rows=sections(), ribbon=hidden_words(found.visibility)
    )


@bp.get("/modules/<module>/banks/<bank>")
def show_bank(module: str, bank: str) -> str:
    """Every question of a bank, as a learner is asked it and with key and feedback."""
    found: Bank = g.catalogue.bank(f"{module}/{bank}")
    shown = _set("bank", found.title, "", found.questions)
    return render_template(
        "teach/show_bank.html", bank=found, shown=shown, rows=sections(), ribbon=hidden_words(found.visibility)
    )


@bp.get("/modules/<module>/quizzes/<quiz>")
def show_quiz(module: str, quiz: str) -> str:
    """The settings of a quiz and every question that it may draw."""
    found: Quiz = g.catalogue.quiz(f"{module}/{quiz}")
    pool = {question.key: question for entry in found.entries for question in entry.pool}
    shown = _set("quiz", found.title, found.introduction, tuple(pool.values()))
    drawn = sum(entry.count for entry in found.entries)
    return render_template(
        "teach/show_quiz.html",
        quiz=found,
        shown=shown,
        drawn=drawn,
        rows=sections(),
        ribbon=hidden_words(found.visibility),
    )


def _set(name: str, title: str, introduction: str, questions: Sequence[Question]) -> QuestionSet:
    pairs = tuple(_staff_question(number, question) for number, question in enumerate(questions, start=1))
    return QuestionSet(name, title, linked(introduction), tuple(pair.panel for pair in pairs), pairs)


def _staff_question(number: int, question: Question) -> StaffQuestion:
    is_draft = "draft" in question.words
    return StaffQuestion(
        panel=ask_panel(number, question),
        question=question,
        answers=tuple(_key_row(answer, question) for answer in question.type.answers),
        explanation=linked(question.explanation.html),
        hidden=_("Draft: only authors see this.") if is_draft else "",
    )


def _key_row(answer: Answer, question: Question) -> KeyRow:
    credit = answer.credit
    return KeyRow(
        content=linked(inline(answer.content.html)),
        typed=answer.typed,
        is_pattern=answer.is_pattern,
        is_right=bool(credit) and "survey" not in question.words,
        credit="" if credit is None or "survey" in question.words else f"{float(credit * 100):g}",
        feedback=linked(answer.feedback.html),
    )
