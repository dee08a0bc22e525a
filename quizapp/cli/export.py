"""`quizapp export`: questions as a file of another format; one sub-command for each format."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from quizapp.cli import instance_option, settings_of
from quizapp.cli._bars import bar, read_watched
from quizapp.cli._print import command as print_command
from quizapp.cli._targets import Target, files_of, targets_of
from quizapp.content.catalogue import read_single
from quizapp.content.files import questions_of
from quizapp.content.folder import media_file
from quizapp.content.model import Catalogue, Quiz
from quizapp.errors import NotInstalled, Problem
from quizapp.formats.contract import EXPORTERS, Exported, Exporter, Media, Tell
from quizapp.questions.base import Question

MANY = 50  # questions, which take a moment


@click.group()
def command() -> None:
    """Make a file of another format of questions.

    What that format cannot hold is told by question.
    """


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is exported: the questions in order, what the file is called within, and errors that keep others out.

    `quiz` is the quiz that was named, if it was one.
    """

    questions: tuple[Question, ...]
    title: str
    errors: tuple[Problem, ...]
    quiz: Quiz | None = None

    def written(self, exporter: Exporter, media: Media, tell: Tell) -> Exported:
        """It in a format."""
        if self.quiz:
            return exporter.write_quiz(self.quiz, media, tell)
        return exporter.write(self.questions, self.title, media, tell)


def sub_command(exporter: Exporter) -> click.Command:
    """The command that writes a format."""

    @click.argument("source", type=click.Path(path_type=Path))
    @click.option("-o", "--output", type=click.Path(path_type=Path), help="Write this file instead of standard output.")
    @click.option("--force", is_flag=True, help="Write it in the place of one that is there.")
    @instance_option
    def run(source: Path, output: Path | None, force: bool, instance: str | None) -> None:
        _require_free(output, force)
        [target] = targets_of([source], settings_of(instance))
        taken = _taken(target)
        made = _written(exporter, taken, target)
        _tell(taken, made)
        _hand_out(made.data, output)
        raise SystemExit(bool(taken.errors or made.losses))

    run.__doc__ = f"""Write the questions of SOURCE as {exporter.title}.

    SOURCE is a content folder, or a folder or file in one: a lesson, bank or quiz. With a lesson or quiz go the
    questions of banks that it may ask, and with a quiz its rules as far as the format holds them. The file goes to
    standard output, or whole into a new one. What is lost is told on standard error, with what loses it.

    Exit 0: all of it is held. 1: something is lost. 2: wrong use.
    """
    return click.command(exporter.name)(run)


def _written(exporter: Exporter, taken: _Taken, target: Target) -> Exported:
    """The questions in a format. Raises UsageError where it needs what is not installed."""
    try:
        with bar("Writing", is_short=len(taken.questions) < MANY) as tell:
            return taken.written(exporter, lambda path: _media(target, path), tell)
    except NotInstalled as error:
        raise click.UsageError(str(error)) from None


def _require_free(output: Path | None, force: bool) -> None:
    """Raise UsageError where the file cannot be written there."""
    if output is None:
        return
    if output.is_dir() or not output.parent.is_dir():
        raise click.UsageError(f"{output}: no file can be written there. Name a file in a folder that exists.")
    if os.path.lexists(output) and not force:
        raise click.UsageError(f"{output}: this file exists. Name another one, or overwrite it with --force.")


def _taken(target: Target) -> _Taken:
    """The questions that a path names. Raises UsageError where there is none."""
    catalogue, problems = read_watched(target)
    paths = [file.path for file in files_of([target])]
    found: dict[str, Question] = {}
    for path in paths:
        found |= {key: one for key, one in _questions_in(path, target, catalogue).items() if key not in found}
    errors = tuple(one for one in problems if one.severity == "error" and one.path in paths)
    if not found and not errors:
        raise click.UsageError(f"{target.path}: there is no question in it. Name a lesson, bank, quiz, or a folder.")
    return _Taken(tuple(found.values()), _title(target, catalogue), errors, _quiz(target, catalogue))


def _quiz(target: Target, catalogue: Catalogue) -> Quiz | None:
    """The quiz that was named, if it was one."""
    quizzes = (quiz for module in catalogue.modules.values() for quiz in module.quizzes)
    return next((quiz for quiz in quizzes if quiz.path == target.inner), None)


def _questions_in(path: str, target: Target, catalogue: Catalogue) -> dict[str, Question]:
    """The questions of a file, by key; those of a file that is not loaded by itself are read alone."""
    if path in catalogue.files:
        return catalogue.questions_in(path)
    return questions_of(read_single(target.root, path).content)


def _title(target: Target, catalogue: Catalogue) -> str:
    """What people call that which was named."""
    titles: dict[str, str] = {}
    for module in catalogue.modules.values():
        titles[module.path] = module.title
        for parts in (module.lessons, module.banks, module.quizzes):
            titles |= {part.path: part.title for part in parts}
    return titles.get(target.inner) or (catalogue.title if not target.inner else "") or target.path.resolve().name


def _media(target: Target, path: str) -> bytes | None:
    file = media_file(target.roots, path)
    return file.read_bytes() if file else None


def _tell(taken: _Taken, made: Exported) -> None:
    """What is lost, on standard error: by file what is not served, by question what the format cannot hold."""
    for problem in taken.errors:
        click.echo(f"{problem.path}:{problem.line}: left out: {problem.message} {problem.advice}".rstrip(), err=True)
    places = {question.key: question for question in taken.questions}
    for loss in made.losses:
        question = places.get(loss.key)
        where = f"{question.path}:{question.line}: " if question and question.path else ""
        where = f"{taken.quiz.path}: " if taken.quiz and taken.quiz.key == loss.key else where
        click.echo(f"{where}{loss.key}: {'left out: ' if loss.is_left_out else ''}{loss.text}", err=True)
    left = len({loss.key for loss in made.losses if loss.is_left_out})
    click.echo(_counted(len(taken.questions) - left, left), err=True)


def _counted(written: int, left: int) -> str:
    told = "1 question" if written == 1 else f"{written} questions"
    return f"{told} written" + (f", {left} left out" if left else "")


def _hand_out(data: bytes, output: Path | None) -> None:
    """Write to standard output, or a file whole or not at all."""
    if output is None:
        click.echo(data, nl=False)
        return
    fresh = output.with_name(f".quizapp-{secrets.token_hex(8)}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(output)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise click.ClickException(f"{output}: it cannot be written: {error.strerror}. Name another place.") from None


for _exporter in EXPORTERS.values():
    command.add_command(sub_command(_exporter))
command.add_command(print_command)
