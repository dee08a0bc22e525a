"""Several boxes, each with a share, as Moodle's tests have them (`scoring/multichoice_multi.json`)."""

import json
from fractions import Fraction
from pathlib import Path

from quizapp.questions.base import Mark
from tests.unit.content.reading import question_from


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [conformance / "scoring" / "multichoice_multi.json"]


def test_every_set_of_boxes_earns_what_it_should(conformance: Path) -> None:
    """Right boxes share the credit and a wrong one takes all of it away, which is our rule `hits`."""
    found = json.loads((conformance / "scoring" / "multichoice_multi.json").read_text(encoding="utf-8"))
    assert set(found) == {"multi_response_fractions", "cases", "note"}
    shares = found["multi_response_fractions"]
    right = [name for name, share in shares.items() if share > 0]
    assert {shares[name] for name in shares} == {1 / len(right), -1.0}
    boxes = "\n".join(f"- [{'x' if name in right else ' '}] {name}" for name in shares)
    kind = question_from(f"## Which? {{#q credit=hits}}\n\n{boxes}\n").type
    for case in found["cases"]:
        mark = kind.mark([1 + list(shares).index(name) for name in case["selected"]])
        blank = case["fraction"] is None
        assert mark == (Mark("blank") if blank else Mark("graded", Fraction(case["fraction"]))), case
    assert len(found["cases"]) == 2 ** len(shares)
