"""Files written whole or not at all."""

import os
from pathlib import Path

import pytest

from quizapp.content.whole import write_whole


def test_a_full_disk_is_left_without_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "one.json").write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", fails)
    assert not write_whole(tmp_path / "one.json", b"after")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("one.json", b"before")]
