"""What is malformed or hostile, brought to `quizapp import`: a clear line with its place, and no file is changed.

The inputs stand with the tests of their formats; those of Microsoft Learn are folders, and have a test of their own.
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli import import_, main
from quizapp.formats.contract import IMPORTERS, MAX_ITEMS
from tests.conftest import state_of
from tests.unit.cli import test_import_mslearn
from tests.unit.formats.evidence import HOSTILE

LEAST = 20  # for each format
INPUTS = [(format, name) for format, inputs in HOSTILE.items() for name in inputs]


def test_every_format_has_so_many() -> None:
    counts = {format: len(inputs) for format, inputs in HOSTILE.items()}
    assert set(counts) == set(IMPORTERS)
    counts["mslearn"] = len(test_import_mslearn.HOSTILE)
    assert {format: count for format, count in counts.items() if count < LEAST} == {}


@pytest.mark.parametrize(("format", "name"), INPUTS, ids=[f"{format}: {name}" for format, name in INPUTS])
def test_it_is_told_with_its_place_and_nothing_is_written(
    format: str, name: str, tmp_path: Path, bounded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_, "MOST", MAX_ITEMS)  # so that what is too large for a page is so here
    data, told = HOSTILE[format][name]
    file, module = tmp_path / f"given{IMPORTERS[format].endings[0]}", tmp_path / "content" / "rain"
    module.mkdir(parents=True)
    file.write_bytes(data)
    (module / "1-rain.md").write_text("# Rain\n\nIt rains.\n", encoding="utf-8")
    (module / "rain.bank.md").write_text("## Wet? {#wet}\n\n- = yes\n", encoding="utf-8")
    before = state_of(tmp_path)
    asked = ["import", format, str(file), "--to", str(module / "rain.bank.md"), "--instance", str(tmp_path / "none")]
    done = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert done.exit_code == 1 or (done.exit_code == 2 and "MiB" in done.stderr)
    lines = [line for line in done.stderr.splitlines() if told in line]
    assert lines, done.stderr[-2000:]
    assert all(re.match(rf"(?:Error: )?{re.escape(str(file))}:(?:[1-9]\d*:)? ", line) for line in lines)
    assert len(done.stderr) < 20_000
    assert state_of(tmp_path) == before


@pytest.mark.parametrize(
    ("format", "name", "told"),
    [
        ("aiken", "too large", "there are 40000 questions, and 20000 can be read at once. Give it in parts."),
        ("gift", "too large", "this has more than 400000 lines. Give it in parts."),
        ("text2qti", "too large", "there are 40000 questions, and 20000 can be read at once. Give it in parts."),
    ],
)
def test_what_is_too_large_for_the_command_too_is_told(
    format: str, name: str, told: str, tmp_path: Path, bounded: None
) -> None:
    file = tmp_path / f"given{IMPORTERS[format].endings[0]}"
    file.write_bytes(HOSTILE[format][name][0])
    done = CliRunner().invoke(main, ["import", format, str(file)], catch_exceptions=False)
    assert done.exit_code == 1
    assert f"{file}: {told}" in done.stderr
