"""`quizapp check`: every problem of a content folder, with file, line and what to type."""

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from quizapp.advice.advising import advise
from quizapp.cli import instance_option, settings_of
from quizapp.cli._bars import read_watched
from quizapp.cli._targets import Target, files_of, shown, targets_of
from quizapp.cli._telling import annotation, is_coloured, long, short, summary
from quizapp.cli._tidying import change_of, in_words, write
from quizapp.content.catalogue import problems_of_single
from quizapp.content.excerpts import lines_in
from quizapp.content.model import Catalogue
from quizapp.content.tidy.base import Wishes
from quizapp.errors import Problem
from quizapp.settings import Settings

MIN_WIDTH, MAX_WIDTH = 40, 120
Told = tuple[Problem, Target]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "form", flag_value="json", help="Print a JSON list of problems.")
@click.option("--github", "form", flag_value="github", help="Print annotations for a GitHub workflow.")
@click.option("--short", "form", flag_value="short", help="Print one line for each problem.")
@click.option("--no-advice", is_flag=True, help="Leave advice out.")
@click.option("--fix", is_flag=True, help="First mend what `quizapp fmt` mends.")
@instance_option
def command(paths: tuple[Path, ...], form: str | None, no_advice: bool, fix: bool, instance: str | None) -> None:
    """Check PATHS: content folders, or files or folders in one; silent when all is well.

    Without PATHS the site's content folder is checked. The private folder that the site's settings name is laid over
    it, unless QUIZAPP_CONTENT names another content folder. Paths are printed relative to the content folder; with
    --github, to the repository. With --json, each problem is an object with path, line, column, severity (error,
    warning, advice), code, message and advice; lines and columns count from 1, in characters.
    Exit 0: nothing but advice. 1: an error or a warning. 2: wrong use.
    """
    settings = settings_of(instance)
    targets = targets_of(paths, settings)
    if fix:
        _fix(targets)
    told = [one for one in _problems(targets, settings, no_advice) if not (no_advice and one[0].severity == "advice")]
    PRINTED[form](told)
    problems = [problem for problem, _ in told]
    if problems and form in (None, "short") and sys.stderr.isatty():
        click.echo(summary(problems), err=True)
    raise SystemExit(any(problem.severity != "advice" for problem in problems))


def _fix(targets: Sequence[Target]) -> None:
    """Mend what is safe to mend, and tell which files were changed."""
    for file in files_of(targets):
        before, done = change_of(file, Wishes())
        if done.edits and write(file, before, done):
            click.echo(f"{file.name}: {in_words(done)}", err=True)


def _problems(targets: Sequence[Target], settings: Settings, no_advice: bool) -> list[Told]:
    """The problems of all that was named, each once, in the order of path and line."""
    found: dict[tuple[Path, Problem], Told] = {}
    read: dict[tuple[Path, ...], tuple[Catalogue, list[Problem]]] = {}
    for target in targets:
        _tell_outside(target, settings)
        if target.roots not in read:
            read[target.roots] = _read(target, settings, no_advice)
        found |= {(target.root, one): (one, target) for one in _problems_of(target, *read[target.roots])}
    return sorted(found.values(), key=lambda told: told[0])


def _read(target: Target, settings: Settings, no_advice: bool) -> tuple[Catalogue, list[Problem]]:
    """The problems of a whole content folder, with its catalogue."""
    catalogue, problems = read_watched(target)
    advice = [] if no_advice else advise(catalogue, lines_in(target.roots), language=settings.language)
    return catalogue, sorted({*problems, *advice})


def _problems_of(target: Target, catalogue: Catalogue, problems: Sequence[Problem]) -> list[Problem]:
    """The problems of a folder, of a folder in it, or of one file, which may be one that is not loaded as it is.

    Raises UsageError for a folder in which nothing is loaded.
    """
    own = [problem for problem in problems if target.holds(problem.path)]
    if target.path.is_dir():
        if not own and not any(map(target.holds, catalogue.files)):
            raise click.UsageError(f"{target.path}: nothing in this folder is loaded. Name one with a Markdown file.")
        return own
    if target.inner in catalogue.files:
        return own
    is_over = target.over is not None and not (target.root / target.inner).exists()
    return problems_of_single(target.roots[is_over], target.inner, catalogue)


def _tell_outside(target: Target, settings: Settings) -> None:
    """Say so where a file belongs to no content folder: nothing beside it is a lesson that it could link to."""
    known = [folder.resolve() for folder in settings.content_folders if folder.is_dir()]
    is_known = target.root.name == "content" or any(one in (target.root, *target.root.parents) for one in known)
    if known and not is_known and not target.path.is_dir():
        where = shown(settings.content.resolve())
        click.echo(f"{target.path}: stands outside of the content folder {where}; it is checked where it is.", err=True)


def _print_long(told: Sequence[Told]) -> None:
    width = min(max(shutil.get_terminal_size((MAX_WIDTH, 1)).columns, MIN_WIDTH), MAX_WIDTH)
    lines: dict[tuple[tuple[Path, ...], str], Sequence[str]] = {}
    for problem, target in told:
        key = target.roots, problem.path
        lines[key] = lines.get(key) or lines_in(target.roots)(problem.path)
        line = lines[key][problem.line - 1] if problem.line <= len(lines[key]) else None
        click.echo(long(problem, line, width), color=is_coloured())


def _print_short(told: Sequence[Told]) -> None:
    for problem, _ in told:
        click.echo(short(problem))


def _print_github(told: Sequence[Told]) -> None:
    for problem, target in told:
        places = [root / problem.path for root in target.roots]
        click.echo(annotation(problem, next((place for place in places if place.exists()), places[0])))


def _print_json(told: Sequence[Told]) -> None:
    click.echo(json.dumps([asdict(problem) for problem, _ in told], ensure_ascii=False, indent=1))


PRINTED: dict[str | None, Callable[[Sequence[Told]], None]] = {
    None: _print_long,
    "short": _print_short,
    "github": _print_github,
    "json": _print_json,
}
