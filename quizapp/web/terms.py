"""The settings of a quiz in words, and how soon guessing passes it, as those see them who write and teach."""

from datetime import datetime, timedelta
from fractions import Fraction

from flask import g

from quizapp.content.guessing import Chance, chance_to_guess, in_percent
from quizapp.content.model import Quiz, QuizSettings, Reveal
from quizapp.grading.quizzes import moment
from quizapp.web.words import sentence as _
from quizapp.web.words import time_words

Row = tuple[str, str]


def settings_rows(settings: QuizSettings) -> list[Row]:
    """What a quiz asks of learners and shows them, each with its name; what is switched off is left out."""
    rows = [
        (_("Pass mark"), _("none") if settings.pass_mark is None else in_percent(settings.pass_mark)),
        (_("Time"), _("no limit") if settings.minutes is None else _minutes(settings.minutes)),
        (_("Attempts"), _("any number") if settings.attempts is None else str(settings.attempts)),
        (_("Score that counts"), _kept(settings.keep) if settings.attempts != 1 else ""),
        (_("Between attempts"), _span(settings.delay) if settings.delay else ""),
        (_("Opens"), _moment(settings.opens)),
        (_("Closes"), _moment(settings.closes)),
        *_revealed(settings.reveal),
        (_("Pages"), _("one question on a page") if settings.pages == "one" else _("all questions on one page")),
        (_("Way back"), _("none: who goes on does not come back") if settings.navigation == "forward" else ""),
        (_("Hints"), _hints(settings)),
        (_("Confidence"), _("asked") if settings.asks_confidence else ""),
        (_("Guessing may pass"), _limit(settings.guessing)),
    ]
    return [row for row in rows if row[1]]


def guessing_words(quiz: Quiz) -> str:
    """How probable it is to pass by guessing, in a sentence; empty where there is nothing to pass."""
    guessing, attempts = chance_to_guess(quiz), quiz.settings.attempts
    if guessing is None:
        return ""
    once, overall = _chance(guessing.once), _chance(guessing.overall)
    if attempts == 1:
        return _("Passed by guessing: {once}.", once=once)
    if attempts is None:
        return _("Passed by guessing: {once} in one attempt, {all} in any number of them.", once=once, all=overall)
    return _("Passed by guessing: {once} in one attempt, {all} in all {n}.", once=once, all=overall, n=attempts)


def _chance(chance: Chance) -> str:
    share = in_percent(chance.value)
    return share if chance.is_exact else _("at most {share}", share=share)


def _kept(keep: str) -> str:
    return {
        "best": _("the best"),
        "first": _("that of the first attempt"),
        "last": _("that of the last attempt"),
        "mean": _("the mean of all attempts"),
    }[keep]


def _revealed(reveal: Reveal) -> list[Row]:
    """When what is shown; one row where all is shown at once."""
    when = {
        "during": _("as soon as a question is checked"),
        "after-submit": _("after the attempt"),
        "after-close": _("after the quiz has closed"),
        "never": _("never"),
    }
    rows = [
        (_("Marks are shown"), reveal.marks),
        (_("Feedback is shown"), reveal.feedback),
        (_("Explanations are shown"), reveal.explanation),
        (_("The key is shown"), reveal.key),
    ]
    if len({word for _name, word in rows}) == 1:
        return [(_("Marks, feedback and key are shown"), when[reveal.marks])]
    return [(name, when[word]) for name, word in rows]


def _hints(settings: QuizSettings) -> str:
    if not settings.has_hints:
        return _("none")
    if not settings.hint_cost:
        return _("shown when asked for")
    return _("each takes {share} off its question", share=in_percent(settings.hint_cost))


def _moment(at: datetime | None) -> str:
    """A date of a file, which is meant in the zone of the site."""
    return time_words(moment(at, g.site.settings.zone) or at) if at else ""


def _limit(share: Fraction | None) -> str:
    return "" if share is None else _("{share} at most", share=in_percent(share))


def _minutes(minutes: int) -> str:
    return _("one minute") if minutes == 1 else _("{n} minutes", n=minutes)


def _span(span: timedelta) -> str:
    """A span in the largest unit of which it is a whole number."""
    minutes = int(span.total_seconds()) // 60
    if minutes % 1440 == 0:
        return _("one day") if minutes == 1440 else _("{n} days", n=minutes // 1440)
    if minutes % 60 == 0:
        return _("one hour") if minutes == 60 else _("{n} hours", n=minutes // 60)
    return _minutes(minutes)
