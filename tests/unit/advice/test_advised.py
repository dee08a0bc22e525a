"""Every flaw gets its advice, and following the advice mends it.

`tests/advised/` holds one file for each flaw, `mends.toml` what following the advice makes of it, `problems.json` what
is told. `pytest --update-golden` writes that file anew; read the difference before it is kept.
"""

import json
import shutil
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from quizapp.advice.base import ADVICE
from tests.unit.advice.advised import told

FOLDER = Path(__file__).parent.parent.parent / "advised"
MENDS: dict[str, Any] = tomllib.loads((FOLDER / "mends.toml").read_text(encoding="utf-8"))
GOLDEN = FOLDER / "problems.json"
OF_SILENCES = {"advice-off-unknown", "advice-off-unused"}


def said(root: Path, name: str, text: str) -> list[dict[str, object]]:
    """What is told of the tree around a file, with `text` in the file's place."""
    content = root / "content"
    if not content.exists():
        shutil.copytree(FOLDER / "around", content)
    return [asdict(problem) for problem in told(content, {MENDS[name].get("place", f"area/m/{name}"): text})]


def test_the_tree_around_gets_no_advice(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "around", tmp_path / "content")
    assert told(tmp_path / "content", {}) == []


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    return json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}


@pytest.mark.parametrize("name", sorted(MENDS))
def test_a_flaw_is_told_and_its_advice_mends_it(name: str, tmp_path: Path, golden: dict[str, Any]) -> None:
    mend, text = MENDS[name], (FOLDER / name).read_text(encoding="utf-8")
    problems = said(tmp_path, name, text)
    assert [(problem["code"], problem["line"]) for problem in problems] == [(mend["code"], mend["line"])]
    assert problems == golden.get(name)
    assert text.count(mend["old"]) == 1
    assert said(tmp_path, name, text.replace(mend["old"], mend["new"])) == []


def test_every_advice_has_a_file() -> None:
    assert {mend["code"] for mend in MENDS.values()} == ADVICE.keys() | OF_SILENCES
    assert len(MENDS) >= 40


def test_golden_advice_can_be_written_anew(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not request.config.getoption("--update-golden"):
        assert set(json.loads(GOLDEN.read_text(encoding="utf-8"))) == set(MENDS)
        return
    found = {name: said(tmp_path / name, name, (FOLDER / name).read_text(encoding="utf-8")) for name in sorted(MENDS)}
    GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
