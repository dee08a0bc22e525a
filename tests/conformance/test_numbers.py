"""Tolerances and ways to write a number, as Moodle's tests have them (`scoring/numerical.json`)."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from quizapp.questions.base import Mark
from tests.unit.content.reading import question_from

Case = Mapping[str, str]
# What our rules mark otherwise, and why. Every other case has to come out as it stands in the file.
LEFT_OUT = {
    "3 frogs": "a word that is no unit of ours is asked back; it is not a wrong unit, and costs nothing",
}
WRITTEN = ("parse_point_decimal_comma_thousands", "european_decimal_comma")


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [conformance / "scoring" / "numerical.json"]


def cases(conformance: Path, name: str) -> list[Case]:
    """The cases of a section, numbers as the text that stands in the file."""
    text = (conformance / "scoring" / "numerical.json").read_text(encoding="utf-8")
    found: dict[str, list[Case]] = json.loads(text, parse_float=str, parse_int=str)
    assert set(found) == {"within_tolerance", *WRITTEN}
    return found[name]


def marked(key: str, response: str) -> Mark:
    """The mark of a response to a question with this key."""
    return question_from(f"## How much? {{#q}}\n\n- = {key}\n").type.mark(response)


def key_of(case: Case) -> str:
    """The answer of a case as an author writes it, to the last digit.

    A geometric tolerance t reaches from a/(1+t) to a(1+t); it has no sign of its own, and is written as a range.
    """
    answer, tolerance = case["answer"], case["tolerance"]
    if case["type"] == "nominal":
        return f"{answer} +- {tolerance}"
    if case["type"] == "relative":
        return f"{answer} +- {Decimal(tolerance) * 100:f}%"
    bounds = sorted((Decimal(answer) / (1 + Decimal(tolerance)), Decimal(answer) * (1 + Decimal(tolerance))))
    return f"[{bounds[0]:f}, {bounds[1]:f}]"


def test_every_tolerance_holds_what_it_should(conformance: Path) -> None:
    found = cases(conformance, "within_tolerance")
    assert {case["type"] for case in found} == {"nominal", "relative", "geometric"}
    for case in found:
        assert marked(key_of(case), case["response"]) == Mark("graded", Fraction(bool(case["match"]))), case


def test_every_way_to_write_a_number_is_read_or_left_out(conformance: Path) -> None:
    found = [case for section in WRITTEN for case in cases(conformance, section)]
    assert set(LEFT_OUT) <= {case["input"] for case in found}
    for case in found:
        value, unit, written = case["value"], case.get("unit") or "", case["input"]
        if written in LEFT_OUT:
            assert marked(value, written).status == "invalid", case
        elif value is None:
            assert marked("1", written).status == ("invalid" if written.strip() else "blank"), case
        else:
            assert marked(f"{value} {unit}", written) == Mark("graded", Fraction(1)), case
            assert marked(f"{Decimal(value) * 2} {unit}", written) == Mark("graded"), case
