"""`quizapp check`: every problem of a content folder, with file, line and what to type."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from quizapp.advice.advising import advise
from quizapp.cli import instance_option, settings_of
from quizapp.cli._folders import folders_of
from quizapp.content.catalogue import problems_of_single, read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.content.roots import content_path_of
from quizapp.errors import Problem


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of problems.")
@instance_option
def command(path: Path | None, as_json: bool, instance: str | None) -> None:
    """Check PATH: a content folder, or a file or folder in one; silent when all is well.

    Without PATH the site's content folder is checked. The private folder that the site's settings name is laid over
    it, unless QUIZAPP_CONTENT names another content folder. Paths are printed relative to the content folder.
    Exit 0: nothing but advice. 1: an error or a warning. 2: wrong use.
    """
    settings = settings_of(instance)
    path = path or settings.content
    if not path.exists():
        raise click.UsageError(f"{path}: there is no such folder. Name the folder with your Markdown.")
    problems = _problems(path, *folders_of(path, settings), settings.language)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
    raise SystemExit(any(problem.severity != "advice" for problem in problems))


def _problems(path: Path, root: Path, over: Path | None, language: str) -> list[Problem]:
    """The problems of a folder, of a folder in it, or of one file, which may be one that is not loaded as it is."""
    inner = content_path_of(path, root)
    catalogue, problems = read_catalogue(root, over=over)
    lines = lines_in((root, over) if over else (root,))
    problems = sorted([*problems, *advise(catalogue, lines, language=language)])
    if path.is_dir():
        return [one for one in problems if not inner or one.path == inner or one.path.startswith(f"{inner}/")]
    if inner in catalogue.files:
        return [one for one in problems if one.path == inner]
    if path.suffix.lower() != ".md":
        raise click.UsageError(f"{path}: this is no Markdown file. Name a file that ends with .md, or a folder.")
    return problems_of_single(root, inner, catalogue)
