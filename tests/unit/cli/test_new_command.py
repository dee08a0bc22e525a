"""`quizapp new`: what it makes and where, and that it never touches what is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def quizapp(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    return subprocess.run([sys.executable, "-m", "quizapp", *words], capture_output=True, text=True, cwd=cwd, env=known)


def made(*words: str, cwd: Path) -> list[str]:
    """What a command makes, by its own account; and that nothing is wrong with it."""
    done = quizapp("new", *words, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    *files, following = done.stdout.splitlines()
    assert following.startswith("Next: ")
    assert all((cwd / file.partition(".md:")[0]).exists() or ".md:" in file for file in files)
    return files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site."""
    made("site", "Contoso Academy", cwd=tmp_path)
    return tmp_path / "contoso-academy"


def test_from_nothing_to_a_site_that_has_everything(site: Path) -> None:
    assert (site / ".gitignore").read_text() == "/instance/\n"
    assert (site / "README.md").read_text().startswith("# Contoso Academy\n")
    assert made("lesson", "Mail flow", cwd=site) == ["content/first-steps/2-mail-flow.md"]
    assert made("bank", "mail", cwd=site) == ["content/first-steps/mail.bank.md"]
    assert made("quiz", "Exam", cwd=site) == ["content/first-steps/exam.quiz.md"]
    assert made("module", "DNS", cwd=site) == ["content/dns/index.md", "content/dns/1-first-lesson.md"]
    assert made("path", "Exchange", cwd=site)[0] == "content/exchange/index.md"
    assert made("module", "Hybrid", "--in", "content/exchange", cwd=site)[0] == "content/exchange/2-hybrid/index.md"
    assert made("lesson", "Next", cwd=site / "content" / "dns") == ["2-next.md"]
    line = made("question", "match", "--to", "content/dns/2-next.md", cwd=site)[0]
    assert line.startswith("content/dns/2-next.md:")
    done = quizapp("check", cwd=site)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_quiz_draws_from_the_bank_of_its_module(site: Path) -> None:
    made("quiz", "Exam", cwd=site)
    assert "draw:\n  - {bank: practice, count: 2}\n" in (site / "content/first-steps/exam.quiz.md").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lesson", "Your first lesson"], "The key your-first-lesson is that of first-steps/1-your-first-lesson.md"),
        (["module", "first-steps"], "The key first-steps is that of first-steps already."),
        (["lesson", "!?"], "a name has letters or digits."),
        (["lesson", "x" * 101], "A name has at most 100 characters, and this one 101."),
        (["lesson", "x", "--in", "nowhere"], "nowhere: there is no such folder."),
        (["lesson", "x", "--in", "content/media"], "nothing in this folder is loaded."),
        (["path", "x", "--in", "content/first-steps"], "a learning path stands directly in the content folder."),
        (
            ["module", "x", "--in", "content/first-steps"],
            "a module stands in the content folder or in a",
        ),
        (["lesson", "x", "--in", "content/first-steps/deep"], "this folder stands too deep for a module."),
        (["question", "mach", "--to", "content/first-steps/practice.bank.md"], "Did you mean match?"),
        (["question", "match", "--to", "content/first-steps"], "this is a folder."),
        (["question", "match", "--to", "content/index.md"], "an index asks no questions."),
        (["site", "x", "--in", "nowhere"], "there is no such folder."),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_touched(site: Path, words: list[str], told: str) -> None:
    (site / "content" / "media").mkdir()
    (site / "content" / "first-steps" / "deep").mkdir()
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    done = quizapp("new", *words, cwd=site)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_a_site_is_not_made_over_another(site: Path) -> None:
    done = quizapp("new", "site", "Contoso Academy", cwd=site.parent)
    assert done.returncode == 2
    assert "contoso-academy: exists already. Choose another name." in done.stderr


def test_which_module_is_meant_has_to_be_said_where_there_are_several(site: Path) -> None:
    made("module", "DNS", cwd=site)
    done = quizapp("new", "lesson", "Next", cwd=site)
    assert done.returncode == 2
    assert "Name one with --in: content/dns, content/first-steps." in done.stderr


def test_without_content_a_site_comes_first(tmp_path: Path) -> None:
    for kind in ("lesson", "module", "path"):
        done = quizapp("new", kind, "Next", cwd=tmp_path)
        assert done.returncode == 2
        assert "begin with `quizapp new site NAME`" in done.stderr
