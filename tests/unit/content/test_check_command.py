"""`quizapp check`: what it prints, for whom, and with which exit code."""

import contextlib
import json
import os
import pty
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
    done = check(str(content), "--short")
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
    (tmp_path / "empty").mkdir()
    done = check("empty", cwd=tmp_path)
    assert done.returncode == 2
    assert "empty: nothing in this folder is loaded. Name one with a Markdown file." in done.stderr
    (tmp_path / "content" / "m").mkdir(parents=True)
    (tmp_path / "content" / "m" / "1-good.md").write_text("# Good\n")
    assert "Did you mean content/m/1-good.md?" in check("content/m/1-god.md", cwd=tmp_path).stderr


def test_a_file_outside_of_the_content_folder_is_told(content: Path) -> None:
    (content.parent / "README.md").write_text("# Read me\n\n[x](none.md)\n")
    done = check("README.md", "--short", cwd=content.parent)
    assert done.returncode == 1
    assert done.stderr == "README.md: stands outside of the content folder content; it is checked where it is.\n"
    assert check("content/m/1-good.md", cwd=content.parent).stderr == ""


def test_the_line_is_shown_with_a_caret(content: Path) -> None:
    (content / "m" / "2-bad.md").write_text("# Bad\n\n日本 e\u0301\t[x](none.md)\n", encoding="utf-8")
    done = check(str(content / "m"))
    assert done.stdout.splitlines()[1:] == ["    日本 e\u0301  [x](none.md)", "                ^"]
    assert "\x1b" not in done.stdout
    assert done.stderr == ""  # nobody is watching


def test_several_paths_are_checked_each_file_once(content: Path) -> None:
    names = ["m/2-bad.md", "m", "n/1-worse.md", "n/1-worse.md"]
    done = check(*(str(content / name) for name in names), "--short")
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["m/2-bad.md", "n/1-worse.md"]


def test_advice_can_be_left_out(content: Path) -> None:
    done = check(str(content / "n"), "--short", "--no-advice")
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["n/1-worse.md"]


@pytest.mark.parametrize("where", ["workspace", "repository", "folder"])
def test_annotations_are_placed_in_the_repository(content: Path, where: str) -> None:
    if where == "repository":
        (content.parent / ".git").mkdir()
    workspace = {"GITHUB_WORKSPACE": str(content.parent)} if where == "workspace" else {"GITHUB_WORKSPACE": ""}
    (content / "m" / "3-a,b:%.md").write_text("# C\n\n[x](50%.md)\n", encoding="utf-8")
    done = check(str(content / "m"), "--github", cwd=content if where != "folder" else content.parent, **workspace)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"::warning file=content/m/{name},line=3,col=5,title=broken-link::Nothing is at `{target}`. "
        "Write the path of a file of this content folder."
        for name, target in (("2-bad.md", "none.md"), ("3-a%2Cb%3A%25.md", "50%25.md"))
    ]


def test_what_is_safe_is_mended_first(content: Path) -> None:
    (content / "m" / "2-bad.md").write_text(
        "# Bad \n\n## C {.check}\n\n### Q {#q2}\n\n- (x) a\n- ( ) b\n> No.\n\nBecause.\n"
    )
    done = check("content/m", "--fix", cwd=content.parent)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == ("content/m/2-bad.md: 2 lines: spaces at the end of a line, feedback that was not indented\n")
    assert check("content/m", "--fix", cwd=content.parent).stderr == ""


@pytest.mark.parametrize("no_colour", ["", "1"])
def test_who_is_watching_sees_colours_and_a_summary(content: Path, no_colour: str) -> None:
    """A terminal, as a person has one."""
    leader, follower = pty.openpty()
    known = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    environment = known | {"NO_COLOR": no_colour, "TERM": "xterm", "COLUMNS": "60"}
    words = [sys.executable, "-m", "quizapp", "check", str(content)]
    with subprocess.Popen(words, stdout=follower, stderr=follower, env=environment):
        os.close(follower)
        told = b""
        with contextlib.suppress(OSError):  # how a terminal ends
            while piece := os.read(leader, 4096):
                told += piece
    os.close(leader)
    assert "1 error, 1 warning, 1 piece of advice in 3 files" in told.decode()
    assert (b"\x1b[31m" in told) is (no_colour == "")


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
