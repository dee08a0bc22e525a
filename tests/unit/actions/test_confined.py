"""Files of a content folder: what is opened is closed again, and nothing half-written stays."""

import os
import resource
from pathlib import Path

import pytest

from quizapp.actions.confined import files_beside, read_file
from quizapp.errors import NotEditable, NotWritten

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
