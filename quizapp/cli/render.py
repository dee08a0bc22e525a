"""`quizapp render`: the HTML that a Markdown file becomes."""

import json
from functools import partial
from pathlib import Path

import click

from quizapp.cli import instance_option, settings_of
from quizapp.cli._folders import folders_of
from quizapp.content.catalogue import read_catalogue, read_single
from quizapp.content.files import IndexSource
from quizapp.content.lessons import LessonSource
from quizapp.content.links import plain_address, with_addresses
from quizapp.content.model import Catalogue
from quizapp.content.roots import content_path_of


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object of HTML by path.")
@instance_option
def command(files: tuple[Path, ...], as_json: bool, instance: str | None) -> None:
    """Print the HTML of lessons as the site shows it, its `#` heading first, knowledge checks left out."""
    settings = settings_of(instance)
    catalogues: dict[Path, Catalogue] = {}
    pages = {}
    for file in files:
        root, over = folders_of(file, settings)
        if root not in catalogues:
            catalogues[root] = read_catalogue(root, over=over)[0]
        pages[str(file)] = _page(file, root, catalogues[root])
    if as_json:
        click.echo(json.dumps(pages, ensure_ascii=False, indent=1))
    else:
        for page in pages.values():
            click.echo(page)


def _page(file: Path, root: Path, catalogue: Catalogue) -> str:
    content = read_single(root, content_path_of(file, root)).content
    if isinstance(content, IndexSource):
        parts = [content.html]
    elif isinstance(content, LessonSource):
        parts = [content.heading, *(part for part in content.parts if isinstance(part, str))]
    else:
        raise click.UsageError(f"{file}: this is not a lesson. Name a Markdown file that is no bank and no quiz.")
    html = "\n".join(part for part in parts if part)
    return with_addresses(html, partial(plain_address, catalogue.links))
