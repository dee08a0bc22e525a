"""A lesson that holds one of everything, as HTML: the golden file is what the site shows.

`pytest --update-golden` writes it anew; read the difference before it is kept.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.content.catalogue import read_catalogue
from tests.conftest import ROOT

CONTENT = ROOT / "tests" / "sampler" / "content"
LESSON = CONTENT / "reference" / "1-everything.md"
GOLDEN = ROOT / "tests" / "sampler" / "everything.html"


def render(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "quizapp", "render", *arguments], capture_output=True, text=True)


def test_the_sampler_is_without_a_problem() -> None:
    assert read_catalogue(CONTENT)[1] == []


def test_everything_is_rendered_as_before(request: pytest.FixtureRequest) -> None:
    found = render(str(LESSON)).stdout
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_many_files_are_rendered_as_json_by_path() -> None:
    included = CONTENT / "reference" / "includes" / "note.md"
    pages = json.loads(render("--json", str(LESSON), str(included)).stdout)
    assert list(pages) == [str(LESSON), str(included)]
    assert pages[str(LESSON)] + "\n" == GOLDEN.read_text(encoding="utf-8")
    assert "shared by several lessons" in pages[str(included)]


def test_what_is_no_lesson_is_refused(tmp_path: Path) -> None:
    bank = tmp_path / "x.bank.md"
    bank.write_text("## Q {#q}\n\n- (x) a\n- ( ) b\n")
    said = render(str(bank))
    assert said.returncode == 2
    assert "this is not a lesson" in said.stderr
    assert render(str(tmp_path / "none.md")).returncode == 2
