"""Numbers: what a key stands for, and what learners may type."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.numbers import is_empty_range, meant_number, read_key, read_typed, unknown_word
from tests.unit.content.reading import question_from


def mark(key: str, typed: str) -> str:
    """`right`, `wrong` or what is in the way of reading what was typed."""
    question = question_from(f"## Q {{#q}}\n\n- = {key}\n")
    assert question.type.name == "numeric"
    found = question.type.mark(typed)
    return found.trouble or ("right" if found.credit else "wrong")


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("-273.15", ["-273.15", "−273,15", "- 273.15"], ["273.15"]),
        ("6.022e23", ["6.022e23", "6.022E+23", "6.022×10^23", "6.022 · 10²³", "6.022×10⁺²³"], ["6.022e22"]),
        ("1/3", ["1/3", "2/6", "⅓"], ["0.33"]),
        ("2.5", ["2½", "5/2", "2,5", "2.50", "+2.5", "２．５", "٢.٥"], ["25"]),
        ("1234567.5", ["1,234,567.5", "1 234 567,5", "1.234.567,5", "1'234'567.5", "1’234’567.5"], ["1234567"]),
        ("12.33 +- 0.05 ms", ["12.33 ms", "12,38 ms", "12.28ms", "0.01233 s", "12.33 milliseconds"], ["12.4 ms"]),
        ("12.33 ms +- 0.05 ms", ["12.36 ms", "12.33 ms."], ["12.4 ms"]),
        ("1 s +- 50 ms", ["1.05 s", "960 ms"], ["1.06 s"]),
        ("100 +- 2%", ["98", "102"], ["97.9", "103"]),
        ("[1, 2)", ["1", "1.999"], ["2", "0.9"]),
        ("(1, 2] km", ["2 km", "1500 m"], ["1 km"]),
        ("25 °C", ["25 °C", "25°C", "25 ºC", "25 degrees celsius"], ["26 °C", "25 °F"]),
        ("9.81 m/s²", ["9.81 m/s²", "9.81 m/s^2", "9.81 m/s2"], ["9.8 m/s²"]),
        ("25%", ["25%", "25 %", "25 percent"], ["26 %"]),
        ("€5", ["5 €", "€5", "5 EUR", "EUR 5", "5 euros", "5,00 €"], ["$5"]),
        ("€5 +- 1 €", ["€5.50", "-€5"[1:]], ["€7", "-€5"]),
        ("10 Gbit/s", ["10 Gb/s", "10 Gbps", "10000 Mbit/s"], ["10 GB/s"]),
        ("100 Mb", ["100 Mbit", "100 megabits", "12.5 MB"], ["100 MB"]),
        ("1 KiB", ["1024 B", "1024 bytes"], ["1 KB"]),
    ],
)  # fmt: skip
def test_what_is_right_and_what_is_wrong(key: str, right: list[str], wrong: list[str]) -> None:
    assert {typed: mark(key, typed) for typed in right} == dict.fromkeys(right, "right")
    assert {typed: mark(key, typed) for typed in wrong} == dict.fromkeys(wrong, "wrong")


@pytest.mark.parametrize(
    ("key", "typed", "trouble"),
    [
        ("5 ms", "5", "missing-unit"),
        ("5", "5 ms", "no-unit"),
        ("5 ms", "5 parsecs", "unknown-unit"),
        ("5 g", "5 G", "unknown-unit"),
        ("300 K", "300 k", "unknown-unit"),
        ("5 MW", "5 mw", "unknown-unit"),
        ("1234", "1,234", "ambiguous-comma"),
        ("5", "five", "not-a-number"),
        ("5", "1/0", "not-a-number"),
        ("5", "NaN", "not-a-number"),
        ("5", "inf", "not-a-number"),
        ("5", "9e99999", "not-a-number"),
        ("5", "1,2,3", "not-a-number"),
        ("5", "1.2.3", "not-a-number"),
        ("5", "9" * 400, "too-long"),
    ],
)
def test_what_cannot_be_read_costs_nothing(key: str, typed: str, trouble: str) -> None:
    assert mark(key, typed) == trouble


@pytest.mark.parametrize(
    "text",
    ["007", "12,5", "3 musketeers", "10.0.0.1", "v2.1", "2026-11-25", "10:30", "1.2.3", "[2, 1]", "(1, 1)",
     "5 ms +- 2 kg", "1e", "-", "", ".", "5 +-", "+-5", "€5 €", "1/0", "٣"],
)  # fmt: skip
def test_what_is_text(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", "12.5"), ("12,50 €", "12.50 €"), ("12.33 +- 0,05", "12.33 +- 0.05"), ("[1,5, 2,5]", "[1.5, 2.5]"),
        ("1 234", "1234"), ("1'234", "1234"), ("1,234.56", "1234.56"), ("1,234,567", "1234567"), ("1.234,5", "1234.5"),
        ("10.0.0.1", ""), ("1, 2 and 3", ""), ("a,b", ""), ("3,5 musketeers", ""),
    ],
)  # fmt: skip
def test_a_number_with_a_comma_is_put_right(text: str, number: str) -> None:
    assert meant_number(text) == number
    assert not number or read_key(number)


def test_ranges_without_numbers_and_words_that_are_no_units() -> None:
    assert [is_empty_range(text) for text in ("[2, 1]", "(1, 1)", "[1, 1]", "[1, 2]", "2, 1")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [unknown_word(text) for text in ("3 musketeers", "3 ms", "musketeers")] == ["musketeers", "", ""]


@pytest.mark.parametrize("key", ["1e400", "1e-400", "-1.5e300 m", "1/7", "0.1 +- 0.3", "(0, 1e-300)", "3 %", "€2.50"])
def test_the_correct_response_can_be_typed(key: str) -> None:
    question = question_from(f"## Q {{#q}}\n\n- = {key}\n")
    assert question.type.mark(question.type.correct_response).credit == 1


NUMBERS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4), st.sampled_from(["", " ms", " €", "%"]))
def test_every_decimal_of_a_key_is_read_as_a_learner_types_it(number: object, unit: str) -> None:
    key, typed = read_key(f"{number}{unit}"), read_typed(f"{number}{unit}".replace(".", ","))
    assert key
    if not typed.trouble:
        assert key.holds(typed.value * (typed.unit.factor if typed.unit else Fraction(1)))
    else:
        assert typed.trouble == "ambiguous-comma"


@given(st.text(max_size=120))
def test_any_text_is_a_number_or_trouble(text: str) -> None:
    read_typed(text)
    key = read_key(text)
    assert key is None or key.low <= key.high
    meant_number(text)
