"""`quizapp export print`, from the command line."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import main
from quizapp.cli._print import BROWSERS, print_page

QUIZ = """---
title: Mail
time: 20 min
---

Work **alone**.

## Which? {#which}

- (x) MX
- ( ) TXT
- ( ) A
"""


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    """A quiz in a module of a content folder."""
    file = tmp_path / "content" / "dns" / "mail.quiz.md"
    file.parent.mkdir(parents=True)
    file.write_text(QUIZ, encoding="utf-8")
    return file


def run(*arguments: str | Path) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(main, ["export", "print", *map(str, arguments)])


def test_three_pages_go_into_a_folder_and_the_same_seed_gives_the_same(quiz: Path, tmp_path: Path) -> None:
    result = run(quiz, "--seed", "7", "-o", tmp_path / "a")
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(file.name for file in (tmp_path / "a").iterdir()) == ["answers.html", "key.html", "paper.html"]
    page = (tmp_path / "a" / "paper.html").read_text(encoding="utf-8")
    assert "1 question, 1 point, 20 minutes, passed with 80%. Paper 7." in page
    assert "Work <strong>alone</strong>." in page
    run(quiz, "--seed", "7", "-o", tmp_path / "b")
    assert (tmp_path / "b" / "paper.html").read_text(encoding="utf-8") == page


def test_pages_that_are_there_stay_unless_it_is_said(quiz: Path, tmp_path: Path) -> None:
    run(quiz, "-o", tmp_path / "a")
    (tmp_path / "a" / "key.html").write_text("mine", encoding="utf-8")
    refused = run(quiz, "-o", tmp_path / "a")
    assert refused.exit_code == 2
    assert "this file exists" in refused.stderr
    assert (tmp_path / "a" / "key.html").read_text(encoding="utf-8") == "mine"
    assert run(quiz, "-o", tmp_path / "a", "--force").exit_code == 0
    assert "MX" in (tmp_path / "a" / "key.html").read_text(encoding="utf-8")


def test_what_is_no_quiz_is_refused(quiz: Path, tmp_path: Path) -> None:
    bank = quiz.with_name("mail.bank.md")
    bank.write_text("## Q {#q}\n\n- (x) A\n- ( ) B\n", encoding="utf-8")
    result = run(bank, "-o", tmp_path / "a")
    assert result.exit_code == 2
    assert "this is no quiz that is served" in result.stderr
    assert not (tmp_path / "a").exists()


def test_without_a_browser_a_pdf_is_refused_before_anything_is_written(
    quiz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    result = run(quiz, "-o", tmp_path / "a", "--pdf")
    assert result.exit_code == 2
    assert "no Chromium is installed" in result.stderr
    assert not (tmp_path / "a").exists()


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium is installed")
def test_with_a_browser_a_page_is_a_pdf_too(quiz: Path, tmp_path: Path) -> None:
    run(quiz, "-o", tmp_path / "a")
    print_page(next(path for name in BROWSERS if (path := shutil.which(name))), tmp_path / "a" / "key.html")
    assert (tmp_path / "a" / "key.pdf").read_bytes().startswith(b"%PDF")
