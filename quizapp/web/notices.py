"""What a learner is told once: on the home page and on My learning, until they say that they have read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flask import Blueprint, g, redirect, request, url_for
from werkzeug import Response

from quizapp.actions import notices
from quizapp.actions.disputes import DISPUTE_ANSWERED
from quizapp.actions.marking import MARKED
from quizapp.actions.regrade import SCORE_ROSE
from quizapp.content.model import Catalogue, Lesson, Quiz
from quizapp.store.notices import Notice
from quizapp.web.quizzes import shows_scores
from quizapp.web.words import sentence as _

bp = Blueprint("notices", __name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it is shown: a sentence, what somebody wrote about it, and where its attempt is."""

    id: int
    text: str
    words: str
    address: str


def told() -> list[Told]:
    """What this learner has not read yet, newest first."""
    return [one for notice in notices.look_up_notices(g.site.database, g.learner) for one in _told(notice)]


@bp.post("/notices/<int:notice>/read")
def dismiss(notice: int) -> Response:
    """Note that a notice was read, and go back to where it stood."""
    notices.dismiss(g.site.database, g.learner, notice, g.now)
    back = "learn.show_home" if request.form.get("back") == "home" else "progress.show_progress"
    return redirect(url_for(back), code=303)


def attempt_address(content_key: str, attempt: str) -> str:
    """Where an attempt is shown; empty where its lesson is not, to this learner."""
    catalogue: Catalogue = g.catalogue
    asking = catalogue.asking(content_key)
    if asking is None and "#" in content_key:
        return ""
    if isinstance(asking, Lesson):
        check = next(check for check in asking.checks if content_key in (check.key, *check.former))
        return url_for(
            "learn.show_lesson", module=asking.module, lesson=asking.name, attempt=attempt, _anchor=check.name
        )
    return url_for("attempts.show_attempt", attempt=attempt)  # it is shown when its quiz is gone, too


def _told(notice: Notice) -> list[Told]:
    """A notice of a kind that has a sentence."""
    about = notice.about
    texts = {SCORE_ROSE: _score_rose, DISPUTE_ANSWERED: _dispute_answered, MARKED: _marked}
    if notice.kind not in texts:
        return []
    address = attempt_address(about.get("content", ""), about.get("attempt", ""))
    return [Told(notice.id, texts[notice.kind](about), about.get("words", ""), address)]


def _score_rose(about: Mapping[str, str]) -> str:
    """What rose, with the scores where they may be seen."""
    catalogue: Catalogue = g.catalogue
    asking = catalogue.asking(about.get("content", ""))
    if isinstance(asking, Quiz) and not shows_scores(asking):
        return _("A question was corrected. Your result in {title} rose.", title=about["title"])
    return _(
        "A question was corrected. Your result in {title} rose from {old} % to {new} %.",
        title=about["title"],
        old=_percent(about["old"]),
        new=_percent(about["new"]),
    )


def _marked(about: Mapping[str, str]) -> str:
    return _("What you wrote is marked: {title}", title=about["title"])


def _dispute_answered(about: Mapping[str, str]) -> str:
    if about["state"] == "accepted":
        return _("You said that a question is wrong, and you were right: {title}", title=about["title"])
    return _("You said that a question is wrong. It stays as it is: {title}", title=about["title"])


def _percent(score: str) -> int:
    """A score in %, rounded down: 100 is all of it."""
    return int(100 * Fraction(score))
