"""The sentences of the interface. Every one goes through `sentence`, which templates call `_`."""

import re
from datetime import datetime

from flask import g
from markupsafe import Markup, escape

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CODE = re.compile(r"`([^`]+)`")
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"})


def sentence(text: str, **values: object) -> str:
    """The sentence in the site's language, its braces filled in."""
    return text.format(**values) if values else text


def date_words(at: datetime) -> str:
    """A date in words, in the site's time zone: today, yesterday, 23 November 2026."""
    zone = g.site.settings.zone
    day, today = at.astimezone(zone).date(), g.now.astimezone(zone).date()
    if (today - day).days in (0, 1):
        return sentence("today") if day == today else sentence("yesterday")
    return sentence("{day} {month} {year}", day=day.day, month=sentence(MONTHS[day.month - 1]), year=day.year)


def coded(text: str) -> Markup:
    """A sentence as HTML, what stands in backticks as code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 (escaped just before)


def direction(language: str) -> str:
    """The direction in which a language is written, from its tag: ltr or rtl."""
    tag = language.lower()
    return "rtl" if tag in RIGHT_TO_LEFT or tag.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
