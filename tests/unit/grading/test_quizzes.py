"""When an attempt may begin and ends, what score is kept, what is shown when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.model import QuizSettings, Reveal
from quizapp.grading.quizzes import (
    ALL_SEEN,
    GRACE,
    NO_EXTRA,
    Extra,
    Past,
    Refused,
    Seen,
    Terms,
    attempts_left,
    deadline,
    is_over,
    is_passed,
    kept_score,
    refusal,
    seen,
    terms_of,
)

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
AFTER = Reveal("after-submit", "after-submit", "after-submit", "after-submit")
EXAM = QuizSettings("exam", Fraction(4, 5), 20, 1, "best", AFTER, has_hints=False)
HOUR = timedelta(hours=1)


def test_a_date_is_meant_in_the_zone_of_the_site() -> None:
    noon = replace(EXAM, opens=datetime(2026, 12, 1, 13, 0), closes=datetime(2026, 12, 1, 14, 0))
    assert refusal(noon, BERLIN, NO_EXTRA, [], NOW) is None
    assert refusal(noon, BERLIN, NO_EXTRA, [], NOW - timedelta(seconds=1)) == Refused("not-open", NOW)
    assert refusal(noon, BERLIN, NO_EXTRA, [], NOW + HOUR) == Refused("closed")
    assert terms_of(noon, BERLIN).closes == NOW + HOUR


def test_attempts_run_out_and_extra_ones_are_more() -> None:
    made = [Past(NOW - HOUR, NOW - HOUR / 2)]
    assert refusal(EXAM, UTC, NO_EXTRA, made, NOW) == Refused("none-left")
    assert refusal(EXAM, UTC, Extra(attempts=1), made, NOW) is None
    assert attempts_left(EXAM, Extra(attempts=2), 1) == 2
    assert attempts_left(replace(EXAM, attempts=None), NO_EXTRA, 7) is None


def test_the_next_attempt_waits_for_its_delay() -> None:
    twice = replace(EXAM, attempts=2, delay=timedelta(days=1))
    made = [Past(NOW - HOUR, NOW)]
    assert refusal(twice, UTC, NO_EXTRA, made, NOW) == Refused("wait", NOW + timedelta(days=1))
    assert refusal(twice, UTC, NO_EXTRA, made, NOW + timedelta(days=1)) is None


def test_an_attempt_ends_after_its_time_or_when_the_quiz_closes() -> None:
    assert deadline(20, None, NO_EXTRA, NOW) == NOW + timedelta(minutes=20)
    assert deadline(20, None, Extra(minutes=10, percent=25), NOW) == NOW + timedelta(minutes=35)
    assert deadline(20, NOW + timedelta(minutes=5), Extra(minutes=10), NOW) == NOW + timedelta(minutes=5)
    assert deadline(None, None, Extra(minutes=10), NOW) is None
    assert not is_over(NOW, NOW + GRACE - timedelta(milliseconds=1))
    assert is_over(NOW, NOW + GRACE)
    assert not is_over(None, NOW)


@pytest.mark.parametrize(("keep", "score"), [("best", 9), ("first", 5), ("last", 4), ("mean", 6)])
def test_which_score_is_kept(keep: str, score: int) -> None:
    scores = [Fraction(5, 10), Fraction(9, 10), Fraction(4, 10)]
    assert kept_score(keep, scores) == Fraction(score, 10)
    assert kept_score(keep, []) is None


def test_without_a_pass_mark_any_score_is_enough() -> None:
    assert is_passed(Fraction(4, 5), Fraction(4, 5))
    assert not is_passed(Fraction(79, 100), Fraction(4, 5))
    assert is_passed(Fraction(0), None)
    assert not is_passed(None, None)


def test_what_is_shown_when() -> None:
    assert seen(AFTER, is_settled=True, is_submitted=False, is_closed=False) == Seen()
    assert seen(AFTER, is_settled=True, is_submitted=True, is_closed=False) == ALL_SEEN
    mixed = Reveal("during", "after-submit", "after-close", "never")
    assert seen(mixed, is_settled=False, is_submitted=False, is_closed=False) == Seen(marks=True)
    assert seen(mixed, is_settled=True, is_submitted=True, is_closed=False) == Seen(marks=True, feedback=True)
    assert seen(mixed, is_settled=True, is_submitted=True, is_closed=True) == replace(ALL_SEEN, key=False)
    during = Reveal("during", "during", "during", "during")
    assert seen(during, is_settled=False, is_submitted=False, is_closed=False) == Seen(marks=True, feedback=True)


@given(
    st.fractions(0, 1), st.sampled_from(["during", "after-submit", "after-close", "never"]), st.none() | st.just(NOW)
)
def test_terms_come_back_from_json(share: Fraction, word: str, closes: datetime | None) -> None:
    terms = Terms("exam", share, Reveal(word, "never", word, "during"), True, "one", "forward", True, share, 20, closes)
    assert Terms.from_json(terms.as_json()) == terms
