"""`quizapp check`: every problem of a content folder, with file, line and what to type."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from quizapp.content.catalogue import read_catalogue


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("content"))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of problems.")
def command(path: Path, as_json: bool) -> None:
    """Check the content folder PATH; silent when all is well.

    Exit 0: nothing but advice. 1: an error or a warning. 2: wrong use.
    """
    _, problems = read_catalogue(path)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
    raise SystemExit(any(problem.severity != "advice" for problem in problems))
