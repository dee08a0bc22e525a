"""Samples of our own format, `format/`: the types and problems that each must give."""

import json
from pathlib import Path
from typing import Any

from quizapp.questions.base import QUESTION_TYPES
from tests.unit.content.reading import catalogue_from

LINK_CODES = ("broken-link", "broken-anchor", "missing-image")  # not compared: the samples stand alone


def expected_of(conformance: Path) -> dict[str, Any]:
    """What each sample must give."""
    found: dict[str, Any] = json.loads((conformance / "format" / "expected.json").read_text(encoding="utf-8"))
    return found


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [conformance / "format" / name for name in ("expected.json", *expected_of(conformance))]


def test_samples_of_the_format_give_their_types_and_problems(conformance: Path) -> None:
    """Types of a later release are left out; those of questions that are not served are not compared."""
    expected = expected_of(conformance)
    wanted: dict[str, object] = {}
    found: dict[str, object] = {}
    for name, sample in expected.items():
        if not set(sample["types"]) <= {*QUESTION_TYPES, "reference", None}:
            continue
        catalogue, problems = catalogue_from({name: (conformance / "format" / name).read_bytes()})
        types = [question.type.name for question in catalogue.questions().values()]
        has_errors = any(problem.severity == "error" for problem in problems)
        own = [kind for kind in sample["types"] if kind != "reference"]
        wanted[name] = (types if has_errors else own, sample["problems"])
        found[name] = (types, sorted(p.code for p in problems if p.code not in ("no-id", *LINK_CODES)))
    assert found == wanted
    assert len(found) == 30
