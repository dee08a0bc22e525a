"""The sentences of the interface. Every one goes through `sentence`, which templates call `_`."""

import re
from datetime import date, datetime, timedelta
from math import ceil

from flask import g
from markupsafe import Markup, escape

from quizapp.content.model import Visibility

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CODE = re.compile(r"`([^`]+)`")
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"})


def sentence(text: str, **values: object) -> str:
    """The sentence in the site's language, its braces filled in."""
    return text.format(**values) if values else text


class Later(str):
    """A sentence that is looked up when it is shown: for what is said of a form before there is a request."""

    def __str__(self) -> str:
        return sentence(str.__str__(self))

    def __html__(self) -> str:
        return str(escape(str(self)))


def role_word(role: str) -> str:
    """What a role is called on a screen."""
    return {
        "owner": sentence("owner"),
        "author": sentence("author"),
        "instructor": sentence("instructor"),
        "learner": sentence("learner"),
    }[role]


def hidden_words(seen: Visibility) -> str:
    """From whom something is hidden, in words; empty where every learner sees it."""
    if seen.is_draft:
        return sentence("Draft: only authors see this.")
    if seen.publish and seen.publish > g.now.astimezone(g.site.settings.zone).date():
        return sentence("Until {day} only authors see this.", day=_day_words(seen.publish))
    return ""


def wait_words(wait: timedelta) -> str:
    """How long to wait, in words: 15 seconds, 2 minutes."""
    seconds = ceil(wait.total_seconds())
    if seconds < 120:
        return sentence("{n} seconds", n=seconds) if seconds != 1 else sentence("one second")
    return sentence("{n} minutes", n=ceil(seconds / 60))


def span_words(span: timedelta) -> str:
    """How long something takes, in words: 20 minutes, 1 hour 30 minutes."""
    hours, minutes = divmod(ceil(span.total_seconds() / 60), 60)
    said = [
        *([sentence("{n} hours", n=hours) if hours != 1 else sentence("1 hour")] if hours else []),
        *(
            [sentence("{n} minutes", n=minutes) if minutes != 1 else sentence("1 minute")]
            if minutes or not hours
            else []
        ),
    ]
    return " ".join(said)


def date_words(at: datetime) -> str:
    """A date in words, in the site's time zone: today, tomorrow, 23 November 2026."""
    zone = g.site.settings.zone
    day, today = at.astimezone(zone).date(), g.now.astimezone(zone).date()
    near = {0: sentence("today"), 1: sentence("yesterday"), -1: sentence("tomorrow")}
    return near.get((today - day).days) or _day_words(day)


def time_words(at: datetime) -> str:
    """A date and time of day in words, in the site's time zone: today, 14:03."""
    return sentence("{day}, {time}", day=date_words(at), time=f"{at.astimezone(g.site.settings.zone):%H:%M}")


def _day_words(day: date) -> str:
    return sentence("{day} {month} {year}", day=day.day, month=sentence(MONTHS[day.month - 1]), year=day.year)


def coded(text: str) -> Markup:
    """A sentence as HTML, what stands in backticks as code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 (escaped just before)


def direction(language: str) -> str:
    """The direction in which a language is written, from its tag: ltr or rtl."""
    tag = language.lower()
    return "rtl" if tag in RIGHT_TO_LEFT or tag.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
