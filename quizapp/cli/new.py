"""`quizapp new`: files to begin with, which are right at once and say what to change."""

import difflib
import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from quizapp.cli import instance_option, settings_of
from quizapp.cli._folders import folders_of
from quizapp.cli._homes import home_of
from quizapp.cli._targets import files_of, shown, targets_of
from quizapp.cli._tidying import names_for
from quizapp.content.catalogue import read_catalogue
from quizapp.content.insertion import starter_question, with_question
from quizapp.content.model import Catalogue, Module
from quizapp.content.starters import (
    MAX_TITLE,
    Starter,
    StarterKind,
    key_of_title,
    starters,
    title_of_name,
)
from quizapp.content.whole import write_whole
from quizapp.errors import QuizappError
from quizapp.questions.base import QUESTION_TYPES

MAX_DRAWN = 2
name_argument = click.argument("name")
in_option = click.option(
    "--in", "folder", type=click.Path(path_type=Path), help="The folder to make it in.  [default: the content folder]"
)
in_module_option = click.option(
    "--in", "folder", type=click.Path(path_type=Path), help="The module.  [default: the only one]"
)


@click.group()
def command() -> None:
    """Make something new that is right at once, and says in comments what to change.

    NAME is its title, or a key: "Mail flow" and mail-flow are the same. Nothing that exists is touched.
    """


@command.command()
@name_argument
@click.option("--in", "folder", type=click.Path(path_type=Path), default=Path(), help="Where to make its folder.")
def site(name: str, folder: Path) -> None:
    """Make a folder for a whole site: content, a README and what git has to know."""
    title, key = _named(name)
    if not folder.is_dir():
        raise click.UsageError(f"{folder}: there is no such folder. Name the one to make the site in.")
    _make(folder, starters("site", title, key))


@command.command()
@name_argument
@in_option
@instance_option
def path(name: str, folder: Path | None, instance: str | None) -> None:
    """Make a learning path with a first module."""
    _make_in("path", name, folder, instance)


@command.command()
@name_argument
@in_option
@instance_option
def module(name: str, folder: Path | None, instance: str | None) -> None:
    """Make a module with a first lesson, in the content folder or in a learning path."""
    _make_in("module", name, folder, instance)


@command.command()
@name_argument
@in_module_option
@instance_option
def lesson(name: str, folder: Path | None, instance: str | None) -> None:
    """Make a lesson with a knowledge check, behind the last one of its module."""
    _make_in("lesson", name, folder, instance)


@command.command()
@name_argument
@in_module_option
@instance_option
def bank(name: str, folder: Path | None, instance: str | None) -> None:
    """Make a question bank."""
    _make_in("bank", name, folder, instance)


@command.command()
@name_argument
@in_module_option
@instance_option
def quiz(name: str, folder: Path | None, instance: str | None) -> None:
    """Make a quiz; it draws from the first question bank of its module, if there is one."""
    _make_in("quiz", name, folder, instance)


@command.command()
@click.argument("kind", metavar="TYPE")
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, help="A lesson, bank or quiz.")
@instance_option
def question(kind: str, file: Path, instance: str | None) -> None:
    """Append the example of a question type to a lesson, bank or quiz: below the last check of a lesson."""
    if kind not in QUESTION_TYPES:
        near = difflib.get_close_matches(kind, QUESTION_TYPES, n=1, cutoff=0.5)
        mend = f"Did you mean {near[0]}?" if near else f"The types are: {', '.join(sorted(QUESTION_TYPES))}."
        raise click.UsageError(f"{kind}: there is no such question type. {mend}")
    target = targets_of([file], settings_of(instance))[0]
    if target.path.is_dir():
        raise click.UsageError(f"{file}: this is a folder. Name a Markdown file in it.")
    [found] = files_of([target])
    taken = names_for([found], align=False)[found.place].taken
    try:
        text = starter_question(QUESTION_TYPES[kind].example)
        made = with_question(file.read_bytes(), found.path, found.kind, text, taken)
    except QuizappError as error:
        raise click.ClickException(f"{file}: {error}") from None
    if not write_whole(file.resolve(), made.data):
        raise click.ClickException(f"{file}: cannot be written. Look who may write in this folder.")
    click.echo(f"{file}:{made.line}: #{made.name}")
    click.echo(f"Next: quizapp check {shlex.quote(str(file))}")


def _named(name: str) -> tuple[str, str]:
    """The title and the key of a name. Raises UsageError."""
    title = title_of_name(name)
    if len(title) > MAX_TITLE:
        raise click.UsageError(f"A name has at most {MAX_TITLE} characters, and this one {len(title)}. Shorten it.")
    key = key_of_title(title)
    if not key:
        raise click.UsageError(f"{name!r}: a name has letters or digits. Write a title such as 'Mail flow'.")
    return title, key


def _make_in(kind: StarterKind, name: str, folder: Path | None, instance: str | None) -> None:
    """Make something in the content folder, a learning path or a module."""
    title, key = _named(name)
    settings = settings_of(instance)
    home = home_of(kind, folder, settings)
    root, over = folders_of(home.place, settings)
    catalogue, _ = read_catalogue(root, over=over)
    home.require_free(kind, key, catalogue)
    module = next((one for one in catalogue.modules.values() if one.path == home.folder.path), None)
    used = _names_in(catalogue, module)
    made = starters(kind, title, key, home.number_for(kind), used, _drawn(module))
    _make(home.place, made)


def _names_in(catalogue: Catalogue, module: Module | None) -> set[str]:
    """The names of the questions of a module."""
    every = catalogue.questions().values()
    return {question.name for question in every if module and question.key.startswith(f"{module.key}#")}


def _drawn(module: Module | None) -> tuple[str, int] | None:
    """The bank that a quiz draws from: the first of its module, two questions."""
    banks = [bank for bank in module.banks if bank.questions] if module else []
    return (banks[0].key.partition("/")[2], min(MAX_DRAWN, len(banks[0].questions))) if banks else None


def _make(folder: Path, files: Sequence[Starter]) -> None:
    """Write the files, all of them new, and say what to do next. Raises ClickException where they cannot be made."""
    top = (folder / files[0].path.partition("/")[0]).absolute()
    if os.path.lexists(top):
        raise click.UsageError(f"{shown(top)}: exists already. Choose another name.")
    for one in files:
        place = (folder / one.path).absolute()
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(one.text)
        except OSError as error:
            raise click.ClickException(f"{shown(place)}: cannot be written: {error.strerror}.") from None
        click.echo(shown(place))
    is_site = any(one.path.endswith(".gitignore") for one in files)
    name = shlex.quote(shown(top))
    click.echo(f"Next: cd {name} && quizapp serve" if is_site else f"Next: quizapp check {name}")
