"""The page of a quiz: what it asks for, how one's attempts went, and the button that begins one."""

import secrets
from datetime import datetime
from fractions import Fraction
from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug import Response

from quizapp.actions import quizzes
from quizapp.actions.quizzes import NotStarted, QuizStanding
from quizapp.content.model import Module, Quiz
from quizapp.grading.quizzes import Refused, moment
from quizapp.web.links import linked
from quizapp.web.problems import wrong_with
from quizapp.web.views import views_of_quiz
from quizapp.web.words import hidden_words, span_words, time_words
from quizapp.web.words import sentence as _

bp = Blueprint("quizzes", __name__, url_prefix="/modules/<module>/quizzes/<quiz>")


@bp.get("")
def show_quiz(module: str, quiz: str) -> str:
    """What a quiz asks for, and where the learner stands."""
    found = find_quiz(module, quiz)
    return _page(found)


@bp.post("/attempts")
def start_attempt(module: str, quiz: str) -> Response | tuple[str, int]:
    """Begin an attempt, or go on with the one that runs."""
    found = find_quiz(module, quiz)
    if needs_account(found) and g.learner.account is None:
        return redirect(url_for("account.sign_in", next=url_for(".show_quiz", module=module, quiz=quiz)), code=303)
    try:
        attempt_id = quizzes.start_attempt(
            g.site.database, g.site.secret, found, g.learner, secrets.token_urlsafe(16), g.site.settings.zone, g.now
        )
    except NotStarted:
        return _page(found), int(HTTPStatus.CONFLICT)
    return redirect(url_for("attempts.show_attempt", attempt=attempt_id), code=303)


def find_quiz(module: str, quiz: str) -> Quiz:
    """The quiz at an address. Raises NotFound."""
    found: Quiz = g.catalogue.quiz(f"{g.catalogue.module(module).key}/{quiz}")
    return found


def needs_account(quiz: Quiz) -> bool:
    """Whether who takes it has to sign in: attempts can be counted only of somebody who is known again."""
    return quiz.settings.attempts is not None


def _page(quiz: Quiz) -> str:
    module: Module = g.catalogue.module(quiz.key.partition("/")[0])
    standing = quizzes.look_up_quiz(g.site.database, quiz, g.learner, g.site.settings.zone, g.now)
    return render_template(
        "quizzes/show_quiz.html",
        quiz=quiz,
        views=views_of_quiz(quiz),
        wrong=wrong_with(quiz.path, [question for entry in quiz.entries for question in entry.pool]),
        module=module,
        path=g.catalogue.path_of(module),
        standing=standing,
        introduction=linked(quiz.introduction),
        facts=facts_of(quiz, standing),
        start=_start_words(quiz, standing),
        shows_scores=shows_scores(quiz),
        refused=_refused_words(standing.refused),
        asks_sign_in=needs_account(quiz) and g.learner.account is None,
        ribbon=hidden_words(quiz.visibility),
    )


def facts_of(quiz: Quiz, standing: QuizStanding) -> list[tuple[str, str]]:
    """What a learner should know before they begin: what, and how much of it."""
    said, zone = quiz.settings, g.site.settings.zone
    opens, closes = moment(said.opens, zone), moment(said.closes, zone)
    return [
        (_("Questions"), _questions(quiz)),
        (_("Time"), _time(quiz, standing)),
        (_("Attempts"), _attempts(quiz, standing)),
        *([(_("To pass"), _("{n} %", n=percent_of(said.pass_mark)))] if said.pass_mark is not None else []),
        *([(_("Opens"), time_words(opens))] if opens and opens > g.now else []),
        *([(_("Closes"), time_words(closes))] if closes else []),
        *([(_("Hints"), _hints(quiz))] if _hints(quiz) else []),
        (_("Answers are shown"), _reveal_words(quiz, closes)),
    ]


def percent_of(share: Fraction) -> str:
    """A share of 0 … 1 in %, without digits that say nothing."""
    return f"{round(float(100 * share), 1):g}"


def shows_scores(quiz: Quiz) -> bool:
    """Whether a learner may see the scores of attempts that are submitted."""
    word, closes = quiz.settings.reveal.marks, moment(quiz.settings.closes, g.site.settings.zone)
    return word in ("during", "after-submit") or (word == "after-close" and closes is not None and g.now >= closes)


def _start_words(quiz: Quiz, standing: QuizStanding) -> str:
    """What the button says: what begins, and what it takes."""
    takes = [_questions_words(quiz.drawn)]
    if quiz.settings.minutes is not None:
        takes.append(_time(quiz, standing))
    if standing.left is not None:
        takes.append(_("1 attempt") if standing.left == 1 else _("{n} attempts", n=standing.left))
    return _("Start: {title} ({takes})", title=quiz.title, takes=", ".join(takes))


def _questions_words(n: int) -> str:
    return _("{n} questions", n=n) if n != 1 else _("one question")


def _questions(quiz: Quiz) -> str:
    number = _questions_words(quiz.drawn)
    if quiz.settings.navigation == "forward":
        return _("{questions}, one after the other, without a way back", questions=number)
    return number


def _time(quiz: Quiz, standing: QuizStanding) -> str:
    if quiz.settings.minutes is None:
        return _("no limit")
    return span_words(standing.extra.time_for(quiz.settings.minutes))


def _attempts(quiz: Quiz, standing: QuizStanding) -> str:
    if standing.left is None:
        return _("any number")
    kept = {
        "best": _("the best counts"),
        "first": _("the first counts"),
        "last": _("the last counts"),
        "mean": _("their mean counts"),
    }[quiz.settings.keep]
    total = (quiz.settings.attempts or 0) + standing.extra.attempts
    if total == 1:
        return _("one")
    return _("{n} of {all} left; {kept}", n=standing.left, all=total, kept=kept)


def _hints(quiz: Quiz) -> str:
    cost = quiz.settings.hint_cost
    is_hinted = any(question.hints for entry in quiz.entries for question in entry.pool)
    if not quiz.settings.has_hints or not cost or not is_hinted:
        return ""
    return _("each takes {n} % off its question", n=percent_of(cost))


def _reveal_words(quiz: Quiz, closes: datetime | None) -> str:
    return {
        "during": _("after each question"),
        "after-submit": _("when you submit"),
        "after-close": _("after {time}", time=time_words(closes)) if closes else _("later"),
        "never": _("never"),
    }[quiz.settings.reveal.key]


def _refused_words(refused: Refused | None) -> str:
    if refused is None:
        return ""
    until = time_words(refused.until) if refused.until else ""
    return {
        "empty": _("This quiz has no questions yet."),
        "not-open": _("This opens {time}.", time=until),
        "closed": _("This is closed."),
        "none-left": _("You have used all attempts."),
        "wait": _("The next attempt may begin {time}.", time=until),
    }[refused.why]
