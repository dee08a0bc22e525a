"""What a site needs and makes at its start."""

import shutil
import subprocess
from pathlib import Path

import pytest

from quizapp.errors import SettingsError
from quizapp.settings import Settings
from quizapp.site import open_site, prepare_site


def prepare(settings: Settings) -> None:
    """Start, and end."""
    prepare_site(settings).database.close()


@pytest.mark.parametrize("name", ["logo", "imprint"])
def test_a_file_that_a_setting_names_and_that_is_missing_is_told(folder: Path, tmp_path: Path, name: str) -> None:
    settings = Settings(folder, tmp_path / "instance", **{name: "own/it.svg"})  # type: ignore[arg-type]
    with pytest.raises(SettingsError) as refused:
        prepare(settings)
    file = settings.instance / "own" / "it.svg"
    assert str(refused.value) == f"{file}: there is no such file. Mend the setting `{name}`, or remove it."
    file.parent.mkdir(parents=True)
    file.write_text("<svg/>")
    prepare(settings)


def test_a_picture_that_goes_missing_later_stops_no_worker_from_starting(folder: Path, tmp_path: Path) -> None:
    settings = Settings(folder, tmp_path / "instance", logo="logo.svg")
    settings.instance.mkdir()
    (settings.instance / "logo.svg").write_text("<svg/>")
    prepare(settings)
    (settings.instance / "logo.svg").unlink()
    open_site(settings).database.close()


def test_an_imprint_elsewhere_is_no_file(folder: Path, tmp_path: Path) -> None:
    prepare(Settings(folder, tmp_path / "instance", imprint="https://example.org/imprint"))


@pytest.mark.skipif(not shutil.which("git"), reason="no git on this machine")
def test_git_takes_nothing_of_a_new_instance(folder: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    prepare(Settings(folder, tmp_path / "academy-instance"))
    listed = ["git", "-C", str(tmp_path), "ls-files", "--others", "--exclude-standard"]
    taken = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.splitlines()
    assert taken
    assert [file for file in taken if not file.startswith("content/")] == []


def test_what_a_folder_says_to_git_itself_stays(folder: Path, tmp_path: Path) -> None:
    own, repository, old = tmp_path / "own", tmp_path / "repository", tmp_path / "old"
    own.mkdir()
    (own / ".gitignore").write_text("secret_key\n")
    (repository / ".git").mkdir(parents=True)
    old.mkdir()
    (old / "secret_key").write_text("made long ago")
    for instance in (own, repository, old):
        prepare(Settings(folder, instance))
    assert (own / ".gitignore").read_text() == "secret_key\n"
    assert not (repository / ".gitignore").exists()
    assert not (old / ".gitignore").exists()
