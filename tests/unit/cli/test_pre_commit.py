"""The hooks that git runs before a commit: as pre-commit reads them, on the files of a repository."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from quizapp.cli import main
from tests.conftest import ROOT

HOOKS: dict[str, Any] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
FILES = {
    "content/m/1-good.md": "# Good\n",
    "content/m/2-loose.md": "# Loose \n",
    "content/m/3-bad.md": "# Bad\n\n[x](none.md)\n",
    "content/m/includes/note.md": "A note.\n",
    "README.md": "# Read me \n\n[x](none.md)\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def run(hook: str, repository: Path, without: str = "") -> subprocess.CompletedProcess[str]:
    """Run a hook as pre-commit does: its entry, and the names of the staged files that its pattern finds."""
    listed = subprocess.run(["git", "ls-files"], cwd=repository, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.splitlines() if re.search(HOOKS[hook]["files"], name) and name != without]
    program, *words = shlex.split(HOOKS[hook]["entry"])
    assert program == "quizapp"
    command = [sys.executable, "-m", "quizapp", *words, *names]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True)


def test_every_hook_is_whole() -> None:
    assert set(HOOKS) == {"quizapp-check", "quizapp-fmt"}
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
        assert main.get_command(click.Context(main), shlex.split(hook["entry"])[1])


def test_a_commit_with_a_mistake_is_stopped(repository: Path) -> None:
    done = run("quizapp-check", repository)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith("m/3-bad.md:3:5: warning broken-link:")
    assert len(done.stdout.splitlines()) == 3
    assert run("quizapp-check", repository, without="content/m/3-bad.md").returncode == 0


def test_staged_files_are_tidied_and_no_other(repository: Path) -> None:
    done = run("quizapp-fmt", repository)
    assert done.returncode == 0  # that files were changed is what stops the commit
    changed = subprocess.run(["git", "diff", "--name-only"], cwd=repository, capture_output=True, text=True, check=True)
    assert changed.stdout.splitlines() == ["content/m/2-loose.md"]
    assert run("quizapp-fmt", repository).stdout == ""
