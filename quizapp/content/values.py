"""What each key of front matter may say, and how it is read; format section 2."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction

from quizapp.content.options import DEFAULTS, OPTIONS, split_list
from quizapp.content.scalars import Raw

COMPLETE = ("read", "attempt", "all-correct", "pass")
PRESETS = ("practice", "check", "exam")
KEEP = ("best", "first", "last", "mean")
REVEAL = ("during", "after-submit", "after-close", "never")
ASPECTS = ("marks", "feedback", "explanation", "key")
PAGES = ("all", "one")
NAVIGATION = ("free", "forward")
SPAN = re.compile(r"([1-9]\d{0,3}) ?(min|minutes?|h|hours?|d|days?)")
SECONDS = {"m": 60, "h": 3600, "d": 86_400}
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?)?")
MINUTES = re.compile(r"([1-9]\d{0,3}) ?min(?:utes)?")
WHOLE = re.compile(r"[1-9]\d{0,2}|1000")
TAG = re.compile(r'[^{}",]+')


class Unfit(Exception):
    """The value is not of the kind that its key takes."""


def one_line(raw: Raw) -> str:
    """A text as one line."""
    if not isinstance(raw, str):
        raise Unfit
    return " ".join(raw.split())


def words(raw: Raw) -> tuple[str, ...]:
    """A list of texts; a single text is divided at its commas."""
    entries = raw if isinstance(raw, list) else split_list(one_line(raw))
    return tuple(one_line(entry) for entry in entries)


def tags(raw: Raw) -> tuple[str, ...]:
    """A list of tags, as they could stand in an attribute list."""
    found = words(raw)
    if not all(map(TAG.fullmatch, found)):
        raise Unfit
    return found


def sentences(raw: Raw) -> tuple[str, ...]:
    """A list of sentences; of an entry `dns: Explain …` the sentence."""
    return tuple(sentence for _, sentence in tagged(raw))


def tagged(raw: Raw) -> tuple[tuple[str, str], ...]:
    """A list of sentences, each with the tag before it: that of `dns: Explain …`, or none."""
    entries = raw if isinstance(raw, list) else [raw]
    pairs = (next(iter(one.items()), ("", "")) if isinstance(one, dict) else ("", one) for one in entries)
    return tuple((one_line(tag), one_line(sentence)) for tag, sentence in pairs)


def yes_or_no(raw: Raw) -> bool:
    """`true` or `false`."""
    said = one_line(raw).lower()
    if said not in ("true", "false"):
        raise Unfit
    return said == "true"


def day(raw: Raw) -> date:
    """A date such as `2026-12-01`."""
    if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", raw.strip()):
        raise Unfit
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        raise Unfit from None


def opening(raw: Raw) -> datetime:
    """A moment such as `2026-12-01 09:00`; a date alone is its beginning."""
    found = MOMENT.fullmatch(one_line(raw))
    if not found:
        raise Unfit
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}")
    except ValueError:
        raise Unfit from None


def closing(raw: Raw) -> datetime:
    """A moment such as `2026-12-01 18:00`; a date alone is its end."""
    moment = opening(raw)
    return moment + timedelta(days=1) if len(one_line(raw)) == len("2026-12-01") else moment


def span_or_none(raw: Raw) -> timedelta:
    """A span such as `30 min`, `2 h` or `1 day`; nothing for `none`."""
    text = one_line(raw)
    found = SPAN.fullmatch(text)
    if not found and text != "none":
        raise Unfit
    return timedelta(seconds=int(found[1]) * SECONDS[found[2][0]]) if found else timedelta(0)


def said(raw: Raw) -> bool:
    """`yes` or `no`, or `true` or `false`."""
    word = one_line(raw).lower()
    if word not in ("yes", "no", "true", "false"):
        raise Unfit
    return word in ("yes", "true")


def reveal(raw: Raw) -> dict[str, str]:
    """When what is shown: one word for everything, or a mapping of marks, feedback, explanation and key."""
    told = raw if isinstance(raw, dict) else dict.fromkeys(ASPECTS, raw)
    found = {aspect: one_line(word) for aspect, word in told.items()}
    if not found or not found.keys() <= set(ASPECTS) or not set(found.values()) <= set(REVEAL):
        raise Unfit
    return found


def audience(raw: Raw) -> str:
    """`public`, `signed-in` or `cohort: NAME`."""
    if isinstance(raw, dict):
        raw = ": ".join(str(part) for part in next(iter(raw.items()), ())) if len(raw) == 1 else ""
    text = one_line(raw)
    cohort = re.fullmatch(r"cohort: ?(\S.*)", text)
    if not cohort and text not in ("public", "signed-in"):
        raise Unfit
    return f"cohort: {cohort[1]}" if cohort else text


def percent(raw: Raw) -> Fraction:
    """A percentage written `80` or `80%`, as a share of 0 … 1."""
    text = one_line(raw).removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", text) or Fraction(text) > 100:
        raise Unfit
    return Fraction(text) / 100


def whole(raw: Raw) -> int:
    """A whole number from 1 to 1000."""
    text = one_line(raw)
    if not WHOLE.fullmatch(text):
        raise Unfit
    return int(text)


def minutes_or_none(raw: Raw) -> int | None:
    """The minutes of `20 min`; None for `none`."""
    text = one_line(raw)
    found = MINUTES.fullmatch(text)
    if not found and text != "none":
        raise Unfit
    return int(found[1]) if found else None


def attempts(raw: Raw) -> int | None:
    """A whole number; None for `unlimited`."""
    return None if raw == "unlimited" else whole(raw)


def draws(raw: Raw) -> tuple[dict[str, Raw], ...]:
    """A list of mappings; what stands in each is read with the quiz."""
    if not isinstance(raw, list):
        raise Unfit
    found = tuple(entry for entry in raw if isinstance(entry, dict))
    if len(found) < len(raw):
        raise Unfit
    return found


def _option(name: str) -> Callable[[Raw], str]:
    """A value as it would stand in an attribute list; `true` and `false` are taken for yes and no."""

    def read(raw: Raw) -> str:
        said = ",".join(words(raw)) if isinstance(raw, list) else one_line(raw)
        said = {"true": "yes", "false": "no"}.get(said.lower(), said)
        if not OPTIONS[name][0](said):
            raise Unfit
        return said

    return read


def _one_of(known: tuple[str, ...]) -> tuple[Callable[[Raw], str], str]:
    def read(raw: Raw) -> str:
        said = one_line(raw)
        if said not in known:
            raise Unfit
        return said

    return read, "one of " + ", ".join(f"`{word}`" for word in known)


UNTIL_THEN = "; until then the file is a draft"
TEXT = (one_line, "a text on one line")
WORDS = (words, "a text or a list such as `[one, two]`")
SENTENCES = (sentences, "a list with one sentence in each line, begun with `-`")
# key: how its value is read, and what fits it
READERS: dict[str, tuple[Callable[[Raw], object], str]] = {
    "title": TEXT,
    "summary": TEXT,
    "key": TEXT,
    "lang": TEXT,
    "icon": TEXT,
    "tags": (tags, "a list of words such as `[dns, mx]`, without braces and quotes"),
    "aliases": WORDS,
    "modules": WORDS,
    "level": WORDS,
    "roles": WORDS,
    "products": WORDS,
    "languages": WORDS,
    "objectives": (tagged, SENTENCES[1]),
    "prerequisites": SENTENCES,
    "draft": (yes_or_no, "`true` or `false`" + UNTIL_THEN),
    "publish": (day, "a date such as `2026-12-01`" + UNTIL_THEN),
    "audience": (audience, "one of `public`, `signed-in`, `cohort: NAME`" + UNTIL_THEN),
    "minutes": (whole, "a whole number of minutes"),
    "complete": _one_of(COMPLETE),
    "pass": (percent, "a percentage from 0 to 100"),
    "preset": _one_of(PRESETS),
    "time": (minutes_or_none, "a time such as `20 min`, or `none`"),
    "attempts": (attempts, "a whole number, or `unlimited`"),
    "keep": _one_of(KEEP),
    "reveal": (
        reveal,
        "one of `during`, `after-submit`, `after-close`, `never`, for all or in `{marks: …, feedback: …, "
        "explanation: …, key: …}`",
    ),
    "delay": (span_or_none, "a span such as `30 min`, `2 h` or `1 day`, or `none`"),
    "opens": (opening, "a date such as `2026-12-01`, or `2026-12-01 09:00`"),
    "closes": (closing, "a date such as `2026-12-01`, or `2026-12-01 18:00`"),
    "pages": _one_of(PAGES),
    "navigation": _one_of(NAVIGATION),
    "confidence": (said, "`yes` or `no`"),
    "hints": (said, "`yes` or `no`"),
    "hint-cost": (percent, "a percentage from 0 to 100"),
    "guessing": (percent, "a percentage from 0 to 100"),
    "draw": (draws, "a list with entries such as `{bank: name, count: 2}`"),
    **{name: (_option(name), OPTIONS[name][1]) for name in DEFAULTS},
}
