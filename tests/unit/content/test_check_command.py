"""`quizapp check`: what it prints, for whom, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TWO = "- (x) a\n- ( ) b\n  > It comes second.\n\nThe alphabet begins so.\n"


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


def run(*words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name not in ("QUIZAPP_CONTENT", "QUIZAPP_INSTANCE")}
    return subprocess.run(
        [sys.executable, "-m", "quizapp", *words], capture_output=True, text=True, cwd=cwd, env=known | environment
    )


def check(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("check", *arguments, cwd=cwd, **environment)


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


def test_advice_of_all_kinds_is_told_and_can_be_switched_off(content: Path) -> None:
    bare = "# Good\n\n## C {.check}\n\n### Q {#q}\n\n- (x) a\n- ( ) b\n"
    off = "\n<!-- advice-off no-feedback, no-explanation: a sketch -->\n"
    (content / "m" / "1-good.md").write_text(bare, encoding="utf-8")
    done = check(str(content / "m" / "1-good.md"), "--json")
    assert [(one["line"], one["column"], one["code"]) for one in json.loads(done.stdout)] == [
        (5, 5, "no-explanation"),
        (8, 7, "no-feedback"),
    ]
    assert done.returncode == 0
    (content / "m" / "1-good.md").write_text(bare + off, encoding="utf-8")
    assert check(str(content / "m" / "1-good.md")).stdout == ""


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


@pytest.fixture
def academy(tmp_path: Path) -> Path:
    """A folder with a course whose questions are in a private folder, which only the settings of its site name."""
    files = {
        "academy/m/1-one.md": "# One\n\n## C {.check}\n\n### [](secret.bank.md#q)\n",
        "private/m/secret.bank.md": f"## Q {{#q}}\n\n{TWO}",
        "academy-instance/settings.toml": 'private = "private"\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_private_folder_of_a_site_counts(academy: Path) -> None:
    assert check("academy", cwd=academy).returncode == 1
    for path in ("academy", "private", "private/m/secret.bank.md"):
        done = check(path, "--instance", "academy-instance", cwd=academy)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), path
    for path in ("academy", "academy/m", "academy/m/1-one.md"):
        done = check(path, "--instance", "academy-instance", cwd=academy, QUIZAPP_CONTENT="academy")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), path
    assert check("academy", cwd=academy, QUIZAPP_INSTANCE="academy-instance").returncode == 0


def test_the_private_folder_of_another_folder_does_not_count(academy: Path) -> None:
    words = ["academy", "--instance", "academy-instance"]
    assert check(*words, cwd=academy, QUIZAPP_CONTENT="academy").returncode == 0
    assert check(*words, cwd=academy, QUIZAPP_CONTENT="private").returncode == 1


def test_a_private_folder_that_is_missing_is_told(academy: Path) -> None:
    (academy / "academy-instance" / "settings.toml").write_text('private = "gone"')
    done = check("academy", "--instance", "academy-instance", cwd=academy)
    assert done.returncode == 2
    assert "Error: gone: there is no such folder. Mend the setting `private`, or remove it." in done.stderr


@pytest.mark.parametrize("command", ["check", "render"])
def test_a_wrong_setting_is_told_as_serve_tells_it(academy: Path, command: str) -> None:
    (academy / "academy-instance" / "settings.toml").write_text('acess = "open"')
    for place in ({"QUIZAPP_INSTANCE": "academy-instance"}, {"QUIZAPP_INSTANCE": str(academy / "academy-instance")}):
        done = run(command, "academy/m/1-one.md", cwd=academy, **place)
        assert done.returncode == 2
        assert "settings.toml: acess is not a setting. Did you mean access?" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_page_is_rendered_with_the_private_folder_of_its_site(academy: Path) -> None:
    (academy / "academy" / "m" / "1-one.md").write_text("# One\n\n[two](2-two.md)\n", encoding="utf-8")
    (academy / "private" / "m" / "2-two.md").write_text("# Two\n", encoding="utf-8")
    words = ["render", "academy/m/1-one.md"]
    done = run(*words, "--instance", "academy-instance", cwd=academy, QUIZAPP_CONTENT="academy")
    assert 'href="/modules/m/two"' in done.stdout
    assert "/modules/m/two" not in run(*words, cwd=academy, QUIZAPP_CONTENT="academy").stdout
