"""Files of a content folder: what is opened is closed again, and nothing half-written stays."""

import os
import resource
from pathlib import Path

import pytest

from quizapp.actions.confined import Change, files_beside, read_file, replace_files
from quizapp.errors import ChangedMeanwhile, NotEditable, NotWritten

BANK = "m/x.bank.md"


def next_descriptor() -> int:
    """The number that the next file that is opened gets."""
    descriptor = os.open(os.devnull, os.O_RDONLY)
    os.close(descriptor)
    return descriptor


def test_a_folder_in_the_place_of_a_file_is_refused_and_closed(tmp_path: Path) -> None:
    (tmp_path / "m" / "media" / "a.png").mkdir(parents=True)
    (tmp_path / BANK).mkdir()
    before = next_descriptor()
    for _ in range(3):
        with pytest.raises(NotEditable, match="this is no file"):
            read_file(tmp_path, BANK)
        with pytest.raises(NotEditable, match="this is no file"), files_beside(tmp_path, BANK, {"media/a.png": b"x"}):
            pass
    assert next_descriptor() == before


def test_a_picture_that_cannot_be_written_whole_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(NotWritten), files_beside(tmp_path, BANK, {"media/a.png": b"x" * 5000}):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list((tmp_path / "m" / "media").iterdir()) == []


def test_the_same_picture_stays_and_another_of_its_name_is_refused(tmp_path: Path) -> None:
    with files_beside(tmp_path, BANK, {"media/a.png": b"x"}):
        pass
    with files_beside(tmp_path, BANK, {"media/a.png": b"x"}):
        pass
    with (
        pytest.raises(NotEditable, match="another file of this name"),
        files_beside(tmp_path, BANK, {"media/a.png": b"y"}),
    ):
        pass
    assert (tmp_path / "m" / "media" / "a.png").read_bytes() == b"x"


def test_of_several_changes_all_are_made_or_none(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "old.bank.md").write_bytes(b"old")
    (tmp_path / "m" / "other.bank.md").write_bytes(b"other")
    changes = [
        Change(tmp_path, "m/new.bank.md", b"new", None),
        Change(tmp_path, "m/old.bank.md", b"changed", b"old"),
        Change(tmp_path, "m/other.bank.md", b"never", b"not what is there"),
    ]
    with pytest.raises(ChangedMeanwhile):
        replace_files(changes)
    assert {one.name: one.read_bytes() for one in (tmp_path / "m").iterdir()} == {
        "old.bank.md": b"old",
        "other.bank.md": b"other",
    }
    replace_files(changes[:2])
    assert (tmp_path / "m" / "new.bank.md").read_bytes() == b"new"
    assert (tmp_path / "m" / "old.bank.md").read_bytes() == b"changed"
