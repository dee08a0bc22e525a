"""`quizapp check`: every problem of a content folder, with file, line and what to type."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import click

from quizapp.content.catalogue import problems_of_single, read_catalogue
from quizapp.content.roots import content_path_of, content_root
from quizapp.errors import Problem
from quizapp.settings import read_settings


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of problems.")
def command(path: Path | None, as_json: bool) -> None:
    """Check PATH: a content folder, or a file or folder in one; silent when all is well.

    Without PATH the site's content folder is checked. Paths are printed relative to the content folder.
    Exit 0: nothing but advice. 1: an error or a warning. 2: wrong use.
    """
    settings = read_settings(os.environ, {})
    configured = settings.content
    path = path or configured
    if not path.exists():
        raise click.UsageError(f"{path}: there is no such folder. Name the folder with your Markdown.")
    root = content_root(path, configured)
    over = settings.private if root == configured.resolve() else None
    problems = _problems(path, root, over)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
    raise SystemExit(any(problem.severity != "advice" for problem in problems))


def _problems(path: Path, root: Path, over: Path | None) -> list[Problem]:
    """The problems of a folder, of a folder in it, or of one file, which may be one that is not loaded as it is."""
    inner = content_path_of(path, root)
    catalogue, problems = read_catalogue(root, over=over)
    if path.is_dir():
        return [one for one in problems if not inner or one.path == inner or one.path.startswith(f"{inner}/")]
    if inner in catalogue.files:
        return [one for one in problems if one.path == inner]
    if path.suffix.lower() != ".md":
        raise click.UsageError(f"{path}: this is no Markdown file. Name a file that ends with .md, or a folder.")
    return problems_of_single(root, inner, catalogue)
