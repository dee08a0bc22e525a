"""`quizapp fmt`: what it writes and prints, and with which exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TWO = "- (x) a\n- ( ) b\n"
LOOSE = f"# Loose \n\n## C {{.check}}\n\n### What is a?\n\n{TWO}"
TIDY = LOOSE.replace("Loose ", "Loose")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = {
        "m/1-loose.md": LOOSE,
        "m/2-other.bank.md": f"## What is a?\n\n{TWO}\n## R? {{#what}}\n\n{TWO}",
        "n/1-tidy.md": "# Tidy\n",
        "n/includes/note.md": "Note \n",
    }
    for name, text in files.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "content"


def fmt(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "quizapp", "fmt", *map(str, arguments)]
    known = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    return subprocess.run(words, capture_output=True, text=True, cwd=cwd, env=known)


def test_without_a_path_all_of_the_site_is_tidied_once(content: Path) -> None:
    done = fmt(cwd=content.parent)
    assert (done.returncode, done.stdout) == (0, "content/m/1-loose.md: 1 line: spaces at the end of a line\n")
    assert (content / "m" / "1-loose.md").read_text() == TIDY
    assert (content / "n" / "includes" / "note.md").read_text() == "Note \n"
    again = fmt(cwd=content.parent)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_file_may_be_named_that_is_not_loaded(content: Path) -> None:
    assert fmt("content/n/includes/note.md", "content/n/1-tidy.md", cwd=content.parent).returncode == 0
    assert (content / "n" / "includes" / "note.md").read_text() == "Note\n"
    assert (content / "m" / "1-loose.md").read_text() == LOOSE


def test_to_check_changes_nothing(content: Path) -> None:
    done = fmt("content", "--check", cwd=content.parent)
    assert (done.returncode, done.stdout) == (1, "content/m/1-loose.md: 1 line: spaces at the end of a line\n")
    assert (content / "m" / "1-loose.md").read_text() == LOOSE
    assert fmt("content/n", "--check", cwd=content.parent).returncode == 0


def test_a_diff_changes_nothing(content: Path) -> None:
    done = fmt("content/m/1-loose.md", "--diff", cwd=content.parent)
    assert done.returncode == 1
    assert done.stdout.split("\n")[:5] == [
        "--- a/content/m/1-loose.md", "+++ b/content/m/1-loose.md", "@@ -1,4 +1,4 @@", "-# Loose ", "+# Loose",
    ]  # fmt: skip
    assert (content / "m" / "1-loose.md").read_text() == LOOSE


def test_names_are_those_of_the_module(content: Path) -> None:
    """Two headings of a module say the same; each question gets the name under which it is served."""
    assert fmt("content", "--ids", cwd=content.parent).returncode == 0
    assert "### What is a? {#what-is-a}" in (content / "m" / "1-loose.md").read_text()
    assert "## What is a? {#what-is-a-2}" in (content / "m" / "2-other.bank.md").read_text()
    assert fmt("content", "--ids", "--check", cwd=content.parent).returncode == 0


def test_what_cannot_be_tidied_is_told(content: Path) -> None:
    (content / "m" / "3-old.md").write_bytes(b"# caf\xe9 \n")
    done = fmt("content/m/3-old.md", cwd=content.parent)
    assert done.returncode == 1
    told = "content/m/3-old.md: This file is not UTF-8 text, so it stays as it is. Save it as UTF-8.\n"
    assert (done.stdout, done.stderr) == ("", told)


def test_who_may_read_a_file_stays_so(content: Path) -> None:
    (content / "m" / "1-loose.md").chmod(0o640)
    fmt(cwd=content.parent)
    assert (content / "m" / "1-loose.md").stat().st_mode & 0o777 == 0o640
    assert sorted(file.name for file in (content / "m").iterdir()) == ["1-loose.md", "2-other.bank.md"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("content/m/1-lose.md", "there is no such file or folder. Did you mean content/m/1-loose.md?"),
        ("content/x\0.md", "there is no such file or folder."),
        (f"content/{'x' * 300}.md", "there is no such file or folder."),
        ("nowhere/at/all.md", "there is no such file or folder. Name a Markdown file, or a folder."),
        ("content/m/picture.svg", "this is no Markdown file. Name a file that ends with .md, or a folder."),
    ],
)
def test_a_path_that_is_no_content_is_wrong_use(content: Path, path: str, told: str) -> None:
    (content / "m" / "picture.svg").write_text("<svg/>")
    if "\0" in path:
        pytest.skip("no command line can hold it")
    done = fmt(path, cwd=content.parent)
    assert done.returncode == 2
    assert told in done.stderr


def test_without_content_there_is_nothing_to_tidy(tmp_path: Path) -> None:
    assert fmt(cwd=tmp_path).returncode == 2
