"""Marks that hang on how sure somebody was (`scoring/cbm.json`): we give none, so every section is left out."""

import json
from pathlib import Path

# A section of the file: why our marks have nothing to compare with it.
LEFT_OUT = {
    "adjust_fraction": "how sure somebody is never changes a mark of ours",
    "max_grade_fraction": "no response earns more than its question is worth",
    "min_grade_fraction": "no response earns less than nothing",
    "default_certainty_if_missing": "there is no mark that would need one",
    "unanswered_mark": "what was not answered is not marked, with or without a certainty",
    "summary": "an average of such marks, and a bonus on it, would be a second score beside the first",
}


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [conformance / "scoring" / "cbm.json"]


def test_every_section_is_left_out_for_a_reason(conformance: Path) -> None:
    found = json.loads((conformance / "scoring" / "cbm.json").read_text(encoding="utf-8"))
    assert set(found) - {"note"} == set(LEFT_OUT)
