"""README's two commands, read from it: one serves the shipped content, one runs the tests."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import click
import pytest

from quizapp.cli import main
from quizapp.content.catalogue import read_catalogue
from quizapp.content.front_matter import QUIZ
from quizapp.settings import IN_FILE
from tests.conftest import ROOT
from tests.server.running import free_port

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```markdown\n(.*?)```", README, flags=re.DOTALL)
# What stands in code blocks and between backticks.
COMMANDS = [*re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL), *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", README)]
SERVE, TEST = re.findall(r"^python3 -m venv .*$", README, flags=re.MULTILINE)
PATIENCE_SECONDS = 300


def clone(target: Path) -> Path:
    """The files of this checkout as a new user gets them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


def test_the_first_command_serves_the_shipped_content(tmp_path: Path) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    process = subprocess.Popen(
        f"{SERVE} --port {port}", shell=True, cwd=clone(tmp_path), env=environment, start_new_session=True
    )
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        page = ""
        while "Manage mail flow" not in page:
            assert process.poll() is None, "the command ended"
            assert time.monotonic() < end, "the site does not answer"
            time.sleep(0.5)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
                    page = response.read().decode()
            except OSError:
                continue
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def test_the_second_command_is_what_ci_runs() -> None:
    assert TEST.endswith("-m pytest -q -n 2")
    pattern = re.search(r"sed -n 's/(.*?)/&/p' README\.md", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert pattern
    assert re.findall(pattern[1], README, flags=re.MULTILINE) == [TEST]


def test_the_first_lesson_is_right_as_printed(tmp_path: Path) -> None:
    catalogue, problems = read_catalogue(academy(tmp_path, EXAMPLES[0]))
    assert problems == []
    assert list(catalogue.questions()) == ["first-steps#lookup"]


def test_what_else_is_printed_is_right_too(tmp_path: Path) -> None:
    _, references, page, quiz = EXAMPLES
    folder = academy(tmp_path, f"{page}\n## Check your knowledge {{.check}}\n\n{references}")
    question = "## {0}? {{#{0} tags=dns}}\n- (x) A\n- ( ) B\n\n"
    bank = "".join(map(question.format, ("lookup", "one", "two")))
    (folder / "first-steps" / "final.quiz.md").write_text(quiz, encoding="utf-8")
    (folder / "first-steps" / "mail.bank.md").write_text(bank, encoding="utf-8")
    catalogue, problems = read_catalogue(folder)
    assert problems == []
    [lesson] = catalogue.module("first-steps").lessons
    assert [(len(entry.pool), entry.count) for entry in lesson.checks[0].entries] == [(1, 1), (2, 2)]
    assert str(lesson.parts).count('class="tab"') == 2
    assert catalogue.quiz("first-steps/final").drawn == 3


def test_every_key_of_a_quiz_is_in_the_table() -> None:
    told = set(
        re.findall(r"`([\w-]+)`", " ".join(line.split("|")[1] for line in README.splitlines() if "|" in line[:1]))
    )
    assert set(QUIZ) - {"preset", "draw"} <= told


def academy(root: Path, lesson: str) -> Path:
    """The folder that README tells to make, with a lesson."""
    file = root / "academy" / "first-steps" / "1-hello.md"
    file.parent.mkdir(parents=True)
    file.write_text(lesson, encoding="utf-8")
    return root / "academy"


def section(title: str) -> str:
    """The text under a heading of the second level."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def options_of(command: click.Command) -> set[str]:
    """The options that a command takes."""
    return {name for option in command.params if isinstance(option, click.Option) for name in option.opts}


def test_it_names_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", section("Settings"), flags=re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(IN_FILE)


def test_it_names_every_command_with_what_it_takes() -> None:
    context = click.Context(main)
    rows = re.findall(r"^\| `quizapp (\w+)(.*)$", section("Commands"), flags=re.MULTILINE)
    assert sorted(name for name, _ in rows) == main.list_commands(context)
    for name, row in rows:
        command = main.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            assert sorted(re.findall(r"(?:`| )(\w+)`", row.partition("|")[0])) == command.list_commands(context)
        else:
            assert set(re.findall(r"--[\w-]+", row)) == options_of(command)


def test_its_commands_are_commands() -> None:
    context = click.Context(main)
    for line in re.findall(r"quizapp (\w+(?: .*)?)$", "\n".join(COMMANDS), flags=re.MULTILINE):
        name, *words = line.split(" (")[0].split()
        command = main.get_command(context, name)
        if isinstance(command, click.Group) and words:
            command = command.get_command(context, words.pop(0))
        assert command, line
        if "[" not in line:
            assert command.make_parser(click.Context(command)).parse_args(words)[1] == [], line


def test_its_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", README, flags=re.DOTALL)):
        assert link.startswith("http") or (ROOT / link).exists(), link
