"""Every mistake has its problem, and following the advice makes the file whole.

`tests/broken/` holds one file for each mistake, `mends.toml` what following the advice makes of it, `problems.json`
the problems as they are told. `pytest --update-golden` writes that file anew; read the difference before it is kept.
"""

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from quizapp.content.catalogue import read_catalogue
from quizapp.source.report import TEXTS

FOLDER = Path(__file__).parent.parent.parent / "broken"
MENDS: dict[str, Any] = tomllib.loads((FOLDER / "mends.toml").read_text(encoding="utf-8"))
GOLDEN = FOLDER / "problems.json"
# Told of folders, of bytes or of changes over time, which other tests make; or of a whole site.
ELSEWHERE = {
    "not-utf8",
    "too-large",
    "unreadable",
    "too-deep",
    "empty-folder",
    "renamed-without-alias",
    "name-reused",
    "advice-off-unknown",
    "advice-off-unused",
}


def tree_with(root: Path, name: str, text: str) -> Path:
    """The content folder around a broken file, with `text` in the file's place."""
    content = root / "content"
    if not content.exists():
        shutil.copytree(FOLDER / "around", content)
    (content / MENDS[name].get("place", f"area/m/{name}")).write_text(text, encoding="utf-8")
    return content


def told(content: Path) -> list[dict[str, object]]:
    _, problems = read_catalogue(content)
    return [
        {key: getattr(problem, key) for key in ("path", "line", "column", "severity", "code", "message", "advice")}
        for problem in problems
    ]


def test_the_folder_around_is_whole(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "around", tmp_path / "content")
    assert told(tmp_path / "content") == []


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    return json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}


@pytest.mark.parametrize("name", sorted(MENDS))
def test_a_mistake_is_told_and_its_advice_mends_it(name: str, tmp_path: Path, golden: dict[str, Any]) -> None:
    mend, text = MENDS[name], (FOLDER / name).read_text(encoding="utf-8")
    problems = told(tree_with(tmp_path, name, text))
    assert problems == golden.get(name)
    assert [(problem["code"], problem["line"]) for problem in problems] == [(mend["code"], mend["line"])]
    assert text.count(mend["old"]) == 1
    assert told(tree_with(tmp_path, name, text.replace(mend["old"], mend["new"]))) == []


def test_every_problem_has_a_broken_file() -> None:
    assert {mend["code"] for mend in MENDS.values()} == TEXTS.keys() - ELSEWHERE
    assert len(MENDS) >= 60


def test_every_text_is_two_sentences_and_names_what_to_do() -> None:
    for code, (_, message, advice) in TEXTS.items():
        assert re.fullmatch(r"[A-Z`].*\.", message), code
        assert re.fullmatch(r"[A-Z`{].*[.?}]", advice), code


def test_golden_problems_can_be_written_anew(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not request.config.getoption("--update-golden"):
        assert set(json.loads(GOLDEN.read_text(encoding="utf-8"))) == set(MENDS)
        return
    found = {
        name: told(tree_with(tmp_path / name, name, (FOLDER / name).read_text(encoding="utf-8")))
        for name in sorted(MENDS)
    }
    GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
