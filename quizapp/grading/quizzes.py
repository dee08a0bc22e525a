"""The rules of a quiz: who may begin an attempt, how long it runs, what its score is, what is shown when."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Any, Literal

from quizapp.content.model import QuizSettings, Reveal

GRACE = timedelta(seconds=5)  # what was sent in time may be that long on its way

Refusal = Literal["empty", "not-open", "closed", "none-left", "wait"]


@dataclass(frozen=True, slots=True)
class Extra:
    """What one learner gets beyond the settings: time as minutes and percent of the limit together, attempts."""

    minutes: int = 0
    percent: int = 0
    attempts: int = 0

    def __add__(self, other: "Extra") -> "Extra":
        """Both together."""
        return Extra(self.minutes + other.minutes, self.percent + other.percent, self.attempts + other.attempts)

    def time_for(self, minutes: int) -> timedelta:
        """How long an attempt may take whose limit is that many minutes."""
        return timedelta(minutes=minutes + self.minutes, seconds=math.ceil(minutes * 60 * self.percent / 100))


NO_EXTRA = Extra()


@dataclass(frozen=True, slots=True)
class Past:
    """An attempt of a learner at the quiz that they ask for; `submitted` is None while it runs."""

    started: datetime
    submitted: datetime | None
    score: Fraction = Fraction(0)
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no attempt may begin, and at which moment that changes, if it does."""

    why: Refusal
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What an attempt at a quiz was begun under; an author who changes the file changes no attempt that runs.

    `closes` is when the quiz was to close. The rest is as in the settings.
    """

    preset: str
    pass_mark: Fraction | None
    reveal: Reveal
    has_hints: bool
    pages: str
    navigation: str
    asks_confidence: bool
    hint_cost: Fraction
    minutes: int | None = None
    closes: datetime | None = None

    @property
    def is_forward(self) -> bool:
        """Whether a question that was passed is not come back to."""
        return self.navigation == "forward"

    @property
    def is_during(self) -> bool:
        """Whether each question is checked by itself while the attempt runs."""
        return self.reveal.is_during

    def as_json(self) -> dict[str, Any]:
        """Plain values; shares as text, `closes` in ISO form."""
        shares = {name: None if share is None else str(share) for name, share in self._shares().items()}
        return {**asdict(self), **shares, "closes": self.closes.isoformat() if self.closes else None}

    def _shares(self) -> dict[str, Fraction | None]:
        return {"pass_mark": self.pass_mark, "hint_cost": self.hint_cost}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Terms":
        """What `as_json` gave."""
        known: dict[str, Any] = dict(stored)
        mark, closes = known["pass_mark"], known["closes"]
        return Terms(
            **{
                **known,
                "reveal": Reveal(**known["reveal"]),
                "pass_mark": None if mark is None else Fraction(mark),
                "hint_cost": Fraction(known["hint_cost"]),
                "closes": datetime.fromisoformat(closes) if closes else None,
            }
        )


def terms_of(settings: QuizSettings, zone: tzinfo) -> Terms:
    """The terms of an attempt that begins now; dates are meant in that zone."""
    return Terms(
        preset=settings.preset,
        pass_mark=settings.pass_mark,
        reveal=settings.reveal,
        has_hints=settings.has_hints,
        pages=settings.pages,
        navigation=settings.navigation,
        asks_confidence=settings.asks_confidence,
        hint_cost=settings.hint_cost,
        minutes=settings.minutes,
        closes=moment(settings.closes, zone),
    )


def moment(local: datetime | None, zone: tzinfo) -> datetime | None:
    """A date of a file, which has no zone, in the zone of the site."""
    return local.replace(tzinfo=zone) if local else None


def refusal(settings: QuizSettings, zone: tzinfo, extra: Extra, past: Sequence[Past], now: datetime) -> Refused | None:
    """Why a learner may begin no new attempt now; None if they may. `past` are their attempts, in order."""
    opens, closes = moment(settings.opens, zone), moment(settings.closes, zone)
    if closes and now >= closes:
        return Refused("closed")
    if opens and now < opens:
        return Refused("not-open", opens)
    if attempts_left(settings, extra, len(past)) == 0:
        return Refused("none-left")
    ended = past[-1].submitted if past else None
    if ended and now < ended + settings.delay:
        return Refused("wait", ended + settings.delay)
    return None


def attempts_left(settings: QuizSettings, extra: Extra, made: int) -> int | None:
    """How many attempts may still be begun; None for any number."""
    return None if settings.attempts is None else max(settings.attempts + extra.attempts - made, 0)


def deadline(minutes: int | None, closes: datetime | None, extra: Extra, started: datetime) -> datetime | None:
    """When an attempt ends by itself: after its time, or when the quiz closes; None if never."""
    ends = [started + extra.time_for(minutes)] if minutes is not None else []
    return min([*ends, *([closes] if closes else [])], default=None)


def is_over(ends: datetime | None, now: datetime) -> bool:
    """Whether an attempt with that deadline takes no more responses."""
    return ends is not None and now >= ends + GRACE


def kept_score(keep: str, scores: Sequence[Fraction]) -> Fraction | None:
    """The score that counts of those of all submitted attempts, in their order; None while there is none."""
    if not scores:
        return None
    return {
        "best": max(scores),
        "first": scores[0],
        "last": scores[-1],
        "mean": sum(scores, Fraction(0)) / len(scores),
    }[keep]


def is_passed(score: Fraction | None, pass_mark: Fraction | None) -> bool:
    """Whether a score is enough; without a pass mark, any is."""
    return score is not None and (pass_mark is None or score >= pass_mark)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a learner may see of a question now."""

    marks: bool = False
    feedback: bool = False
    explanation: bool = False
    key: bool = False


ALL_SEEN = Seen(marks=True, feedback=True, explanation=True, key=True)


def seen(reveal: Reveal, is_settled: bool, is_submitted: bool, is_closed: bool) -> Seen:
    """What is shown of a question that was checked or whose attempt was submitted.

    `is_settled` is that it can be tried no more: what tells the key, and the explanation, wait for that.
    """

    def due(word: str) -> bool:
        return word == "during" or (word == "after-submit" and is_submitted) or (word == "after-close" and is_closed)

    return Seen(
        due(reveal.marks), due(reveal.feedback), due(reveal.explanation) and is_settled, due(reveal.key) and is_settled
    )
