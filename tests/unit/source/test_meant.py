"""What was meant by a value that does not fit."""

import pytest

from quizapp.source.meant import meant


@pytest.mark.parametrize(
    ("value", "wanted", "near"),
    [
        ("nett", "one of `net`, `exact`, `each`, `hits`", "net"),
        ("EXACT", "one of `net`, `exact`", "exact"),
        ("all", "one of `net`, `exact`, `each`, `hits`", ""),
        ("off", "`yes` or `no`", "no"),
        ("yes", "`ok` or `no`", "ok"),
        ("yes", "`true` or `false`; until then the file is a draft", "true"),
        ("highest", "one of `best`, `first`, `last`, `mean`", "best"),
        ("two", "a whole number from 1 on", "2"),
        ("two", "`yes` or `no`", ""),
        ("20", "a time such as `20 min`, or `none`", "20 min"),
        ("20", "a date such as `2026-12-01`", ""),
        ("non", "a time such as `20 min`, or `none`", "none"),
        ("", "`yes` or `no`", ""),
        ("{}", "`yes` or `no`", ""),
        ("cohort", "one of `public`, `signed-in`, `cohort: NAME`", ""),
    ],
)
def test_a_near_value_is_asked_for(value: str, wanted: str, near: str) -> None:
    assert meant("key={}", value, wanted) == (f"Did you mean `key={near}`? " if near else "")
