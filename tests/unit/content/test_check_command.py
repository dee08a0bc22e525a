"""`quizapp check`: what it prints, for whom, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TWO = "- (x) a\n- ( ) b\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = {
        "m/1-good.md": f"# Good\n\n## C {{.check}}\n\n### Q {{#q}}\n\n{TWO}",
        "m/2-bad.md": "# Bad\n\n[x](none.md)\n",
        "n/1-worse.md": "# Worse\n\n```\nnever closed\n",
        "n/2-advice.md": f"# Advice\n\n## C {{.check}}\n\n### Q\n\n{TWO}",
    }
    for name, text in files.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "content"


def check(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quizapp", "check", *arguments], capture_output=True, text=True, cwd=cwd
    )


def test_every_problem_is_a_line_with_its_place(content: Path) -> None:
    done = check(str(content))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "m/2-bad.md:3:5: warning broken-link: Nothing is at `none.md`. "
        "Write the path of a file of this content folder.",
        "n/1-worse.md:3:1: error fence-open: This code block is never closed. End it with a line of its own: ```",
        "n/2-advice.md:5:1: advice no-id: This question has no name. Give it one so that history survives an edit: "
        "`{#q}`.",
    ]


@pytest.mark.parametrize(
    ("place", "paths", "code"),
    [
        ("", ["m/2-bad.md", "n/1-worse.md", "n/2-advice.md"], 1),
        ("m", ["m/2-bad.md"], 1),
        ("m/1-good.md", [], 0),
        ("n/1-worse.md", ["n/1-worse.md"], 1),
        ("n/2-advice.md", ["n/2-advice.md"], 0),
    ],
)
def test_a_folder_or_a_file_of_a_content_folder(content: Path, place: str, paths: list[str], code: int) -> None:
    done = check(str(content / place), "--json")
    problems = json.loads(done.stdout)
    assert [problem["path"] for problem in problems] == paths
    assert all(list(one) == ["path", "line", "column", "severity", "code", "message", "advice"] for one in problems)
    assert done.returncode == code


def test_a_file_that_is_not_loaded_is_checked_by_itself(content: Path) -> None:
    (content / "m" / "includes").mkdir()
    (content / "m" / "includes" / "note.md").write_text("[x](none.md)")
    [problem] = json.loads(check(str(content / "m" / "includes" / "note.md"), "--json").stdout)
    assert (problem["path"], problem["code"]) == ("m/includes/note.md", "broken-link")


def test_a_lone_file_is_checked_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "q.bank.md").write_text(f"## Q {{#q}}\n\n{TWO}")
    assert check("q.bank.md", cwd=tmp_path).returncode == 0
    (tmp_path / "q.bank.md").write_text("## Q {#q}\n\nText\n")
    [problem] = json.loads(check("q.bank.md", "--json", cwd=tmp_path).stdout)
    assert (problem["path"], problem["code"]) == ("q.bank.md", "no-answers")


def test_wrong_use_is_2(tmp_path: Path) -> None:
    assert check(str(tmp_path / "none")).returncode == 2
    (tmp_path / "a.txt").write_text("x")
    assert "no Markdown file" in check(str(tmp_path / "a.txt")).stderr
