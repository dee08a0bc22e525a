"""`quizapp fmt`: content files written as the format writes them, meaning untouched."""

import difflib
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from quizapp.cli import instance_option, settings_of
from quizapp.cli._targets import ContentFile, files_of, targets_of
from quizapp.cli._tidying import change_of, in_words, names_for, write
from quizapp.content.edits import divided
from quizapp.content.tidy.base import Wishes
from quizapp.content.tidying import Tidied

NO_WISHES: Mapping[Path, Wishes] = {}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--ids", is_flag=True, help="Give a name to each question that has none.")
@click.option("--align", is_flag=True, help="Pad the cells of tables.")
@click.option("--check", "is_check", is_flag=True, help="Change nothing; exit 1 if something would be changed.")
@click.option("--diff", "is_diff", is_flag=True, help="Change nothing; print what would be changed.")
@instance_option
def command(
    paths: tuple[Path, ...], ids: bool, align: bool, is_check: bool, is_diff: bool, instance: str | None
) -> None:
    """Tidy Markdown files of a content folder; without PATHS all of the site.

    Feedback is indented, markers that are nearly right are mended, attribute lists are put in order, table cells get
    one space on each side, and spaces at the ends of lines go. Code, front matter and everything else stay, byte for
    byte; and nothing is written that would change what a file says. The names of --ids are those under which the
    questions are known already, so that nothing learned is lost.
    Exit 0: all is well now. 1: with --check or --diff, something would be changed; or a file cannot be tidied.
    2: wrong use.
    """
    files = files_of(targets_of(paths, settings_of(instance)))
    wishes = names_for(files, align) if ids else NO_WISHES
    plain = Wishes(align=align)
    has_found = False
    with click.progressbar(files, file=sys.stderr, hidden=len(files) < 50 or not sys.stderr.isatty()) as bar:
        for file in bar:
            has_found |= _tidy(file, wishes.get(file.place, plain), is_check, is_diff)
    raise SystemExit(has_found)


def _tidy(file: ContentFile, wishes: Wishes, is_check: bool, is_diff: bool) -> bool:
    """Tidy one file, or tell what that would change; whether there is something to tell by the exit code."""
    before, done = change_of(file, wishes)
    for sentence in done.left:
        click.echo(f"{file.name}: {sentence}", err=True)
    if is_diff:
        click.echo("".join(_diff(file, before, done)), nl=False)
    elif done.edits and (is_check or write(file, before, done)):
        click.echo(f"{file.name}: {in_words(done)}")
    return bool(done.edits and (is_check or is_diff)) or (bool(done.left) and not done.edits)


def _diff(file: ContentFile, before: bytes, done: Tidied) -> Iterable[str]:
    """A unified diff; empty where nothing changes."""
    if not done.edits:
        return ()
    name, old, new = Path(file.name).as_posix(), _lines(before), _lines(done.data)
    return (f"{line}\n" for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm=""))


def _lines(data: bytes) -> Sequence[str]:
    return divided(data.decode("utf-8")).texts
