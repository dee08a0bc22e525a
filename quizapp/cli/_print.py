"""`quizapp export print`: a quiz on paper, with a sheet for answers and the key."""

import os
import shutil
import subprocess
from pathlib import Path

import click

from quizapp.cli import instance_option, settings_of
from quizapp.cli._targets import Target, targets_of
from quizapp.content.catalogue import read_catalogue
from quizapp.content.folder import media_file
from quizapp.content.model import Quiz
from quizapp.formats.printed.pages import PAGES, Paper, about_quiz, pages_of
from quizapp.formats.printed.sheets import Shown, draw
from quizapp.questions.base import Prose

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SECONDS = 60  # for a browser to print a page


@click.command("print")
@click.argument("quiz", type=click.Path(path_type=Path))
@click.option(
    "--seed", type=click.IntRange(0, 10**9), default=1, show_default=True, help="Another seed, another paper."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder to write to.  [default: QUIZ-SEED]")
@click.option("--pdf", is_flag=True, help="Write PDF too, through Chromium.")
@click.option("--force", is_flag=True, help="Overwrite pages that are there.")
@instance_option
def command(quiz: Path, seed: int, output: Path | None, pdf: bool, force: bool, instance: str | None) -> None:
    """Write QUIZ as pages to print: `paper.html`, `answers.html` for the learners, and `key.html`.

    Questions and orders are drawn by the seed: the same gives the same paper. Pictures are in the pages.
    """
    [target] = targets_of([quiz], settings_of(instance))
    found = _quiz(target)
    folder = output or Path(f"{found.name}-{seed}")
    browser = _browser() if pdf else ""
    names = [f"{name}{ending}" for name in PAGES for ending in ([".html", ".pdf"] if pdf else [".html"])]
    there = next((folder / name for name in names if os.path.lexists(folder / name)), None)
    if there and not force:
        raise click.UsageError(f"{there}: this file exists. Name another folder, or overwrite it with --force.")
    paper = Paper(
        found.title, Prose(found.introduction, found.introduction), about_quiz(found), seed, draw(found.entries, seed)
    )
    _write(folder, pages_of(paper, Shown(lambda path: _media(target, path))))
    for name in PAGES if browser else ():
        print_page(browser, folder / f"{name}.html")
    click.echo(f"{folder}: {', '.join(names)}", err=True)


def _quiz(target: Target) -> Quiz:
    """The quiz of a file. Raises UsageError where it is none."""
    catalogue, _ = read_catalogue(target.root, over=target.over)
    quizzes = (quiz for module in catalogue.modules.values() for quiz in module.quizzes)
    found = next((quiz for quiz in quizzes if quiz.path == target.inner), None)
    if found is None:
        raise click.UsageError(f"{target.path}: this is no quiz that is served. Name a `.quiz.md` without an error.")
    return found


def _media(target: Target, path: str) -> bytes | None:
    file = media_file(target.roots, path)
    return file.read_bytes() if file else None


def _write(folder: Path, pages: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (folder / f"{name}.html").write_text(page, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{folder}: it cannot be written: {error.strerror}. Name another place.") from None


def _browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise click.UsageError(
            "no Chromium is installed, which makes the PDF. Print the pages from any browser instead."
        )
    return found


def print_page(browser: str, page: Path) -> None:
    """Print a page of ours to a PDF beside it."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", *(["--no-sandbox"] if is_root else [])]
    made = page.with_suffix(".pdf")
    run = [browser, *options, f"--print-to-pdf={made.resolve()}", page.resolve().as_uri()]
    try:
        subprocess.run(run, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - our page, no shell
    except (OSError, subprocess.SubprocessError):
        raise click.ClickException(f"{page}: {browser} could not print it. Print it from a browser instead.") from None
