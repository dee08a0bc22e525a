"""`quizapp import`: questions of other formats as Markdown, shown first; one sub-command for each format."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from quizapp.actions.confined import files_beside, replace_file
from quizapp.actions.editing import root_of
from quizapp.actions.importing import BANK, plan_import, plan_module_import, write_module_import
from quizapp.cli import instance_option, settings_of
from quizapp.cli._bars import bar
from quizapp.cli._folders import folders_of
from quizapp.cli._import_mslearn import command as mslearn
from quizapp.content.catalogue import read_catalogue
from quizapp.content.folder import title_from
from quizapp.content.roots import content_path_of
from quizapp.errors import ChangedMeanwhile, NotEditable, NotWritten
from quizapp.formats.banks import Added, Plan, QuizFile
from quizapp.formats.contract import IMPORTERS, MOST, Imported, ImportedQuiz, Importer, Item, Note, Source, importer_for
from quizapp.formats.detecting import mistaken
from quizapp.formats.quiz_files import Beside, plan_with_quizzes
from quizapp.formats.writing import PATH
from quizapp.questions.base import QUESTION_TYPES
from quizapp.settings import Settings

MAX_INPUT = 16 * 1024 * 1024  # bytes of one file
MAX_NAMED = 20  # questions that are told by their names
FEW = 50  # questions that are planned at once
SHORT = 8 * 1024  # bytes of a file that is read at once


@click.group()
def command() -> None:
    """Make Markdown of questions in another format.

    What was guessed, lost or refused is told with its line before anything is saved.
    """


@dataclass(frozen=True, slots=True)
class _Read:
    """One file and what was read of it."""

    name: str
    found: Imported


def _sub_command(importer: Importer) -> click.Command:
    @click.argument("files", nargs=-1, required=True, metavar="FILE…")
    @click.option(
        "--to",
        "bank",
        type=click.Path(path_type=Path),
        help="Put them into this question bank, or into banks of this module, one for each category.",
    )
    @click.option("--only-good", is_flag=True, help="Leave out those that cannot be saved, instead of saving none.")
    @click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
    @click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON instead of Markdown.")
    @instance_option
    def run(
        files: tuple[str, ...],
        bank: Path | None,
        only_good: bool,
        dry_run: bool,
        as_json: bool,
        instance: str | None,
        no_quiz: bool = False,
    ) -> None:
        read = [_read(name, importer) for name in files]
        settings = settings_of(instance)
        plan, target = _planned(_Wanted(read, only_good, not no_quiz), bank, settings)
        _preview(read, plan, bank)
        for quiz in (quiz for one in read for quiz in one.found.quizzes if no_quiz):
            click.echo(f"the quiz “{quiz.title}” is left out.", err=True)
        is_fine = not plan.errors and not any(one.found.errors for one in read)
        if as_json:
            click.echo(
                json.dumps(
                    {"files": [_as_json(one) for one in read], "bank": _plan_as_json(plan, bank)},
                    ensure_ascii=False,
                    indent=1,
                )
            )
        elif bank is None and is_fine:
            click.echo(plan.data.decode(), nl=False)
        if bank and target and is_fine and not dry_run and (plan.added or plan.new_quizzes):
            target.write(bank, plan)
        raise SystemExit(0 if is_fine and not plan.left else 1)

    run.__doc__ = f"""Read questions from FILE (`-`: standard input): {importer.title.lower()}.

    A preview goes to standard error: how many of which type, what was guessed, what is lost, what is refused and why.
    The Markdown goes to standard output, or with --to into a bank, whole or not at all; into the folder of a module, a
    bank for each category. A question that is there already is not put in again. A test goes beside the bank as a quiz
    that asks its questions.

    Exit 0: all of it was taken. 1: something cannot be saved. 2: wrong use.
    """
    no_quiz = click.option("--no-quiz", is_flag=True, help="Leave out its tests, which become quizzes beside the bank.")
    return click.command(importer.name)(no_quiz(run) if importer.has_quizzes else run)


def _read(name: str, importer: Importer) -> _Read:
    """Read a file. Raises UsageError where there is none."""
    path, shown = Path(name), click.format_filename(name)  # a name of other bytes than text cannot be printed
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else path.open("rb") as opened:
            data = opened.read(MAX_INPUT + 1)
    except (OSError, ValueError) as error:
        raise click.UsageError(
            f"{shown}: it cannot be read: {getattr(error, 'strerror', error)}. Name a file."
        ) from None
    if len(data) > MAX_INPUT:
        raise click.UsageError(f"{shown}: this has more than {MAX_INPUT // 1024 // 1024} MiB. Give it in parts.")
    fits = importer_for(name) or importer if importer.name == "text" else importer  # any text may be called .txt
    shown = "standard input" if name == "-" else shown
    with bar(path.name, is_short=len(data) < SHORT) as tell:
        found = fits.read(Source(data, path.name, tell=tell, most=MOST))
    return _Read(shown, replace(found, errors=(*found.errors, *_seen(data, path.name, fits.name, found))))


def _seen(data: bytes, name: str, format: str, found: Imported) -> Iterable[Note]:
    """What a file seems to be that could not be read, where its errors do not say so."""
    told = " ".join(note.text for note in found.errors)
    seen = mistaken(data, name, format) if told else None
    command = f" Read it with `quizapp import {seen.format}`." if seen and seen.format else ""
    if seen and seen.why not in told and (not command or f"import {seen.format}`" not in told):
        yield Note(seen.why + command)


@dataclass(frozen=True, slots=True)
class _Bank:
    """A bank that questions go into: the content folder, its path in it, and its bytes as they are."""

    root: Path
    path: str
    before: bytes | None

    def write(self, bank: Path, plan: Plan) -> None:
        """Write what is planned, and tell it. Raises ClickException."""
        try:
            with files_beside(self.root, self.path, plan.files):
                if plan.added:
                    replace_file(self.root, self.path, plan.data, self.before)
        except (NotEditable, NotWritten, ChangedMeanwhile) as refused:
            raise click.ClickException(str(refused)) from None
        if plan.added:
            _tell_added(bank, plan.added)
        _tell_files(bank.parent, plan)


@dataclass(frozen=True, slots=True)
class _Module:
    """A module whose banks questions go into: the content folders, and its path in them."""

    folders: tuple[Path, ...]
    path: str

    def write(self, folder: Path, plan: Plan) -> None:
        """Write what is planned, and tell it. Raises ClickException."""
        try:
            write_module_import(self.folders, self.path, plan)
        except (NotEditable, NotWritten, ChangedMeanwhile) as refused:
            raise click.ClickException(str(refused)) from None
        for bank in plan.banks:
            _tell_added(folder / bank.name, bank.added)
        _tell_files(folder, plan)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be put into a bank: that which was read, only the good or all of it, with its quizzes or without."""

    read: list[_Read]
    only_good: bool
    with_quizzes: bool

    @property
    def items(self) -> list[Item]:
        """The questions of all files."""
        return [item for one in self.read for item in one.found.items]

    @property
    def grouped(self) -> list[Item]:
        """The same, those of no category with the name of their file as one."""
        return [_grouped(item, one.name) for one in self.read for item in one.found.items]

    @property
    def quizzes(self) -> list[ImportedQuiz]:
        """The quizzes of all files that are wanted."""
        return [quiz for one in self.read for quiz in one.found.quizzes if self.with_quizzes]


def _grouped(item: Item, file: str) -> Item:
    name = "Imported" if file == "standard input" else title_from(Path(file).name.partition(".")[0])
    return item if item.group or not name else replace(item, group=(name,))


def _planned(wanted: _Wanted, bank: Path | None, settings: Settings) -> tuple[Plan, _Bank | _Module | None]:
    """What is to be done, and where."""
    items, quizzes, only_good = wanted.items, wanted.quizzes, wanted.only_good
    if bank is None:
        return plan_with_quizzes(items, quizzes, None, Beside(PATH), only_good=only_good), None
    if bank.is_dir():
        return _planned_module(wanted, bank, settings)
    if not bank.name.endswith(BANK):
        told = f"{bank}: this is no question bank. Name a file that ends with {BANK}, or the folder of a module."
        raise click.UsageError(told)
    if not bank.parent.is_dir():
        raise click.UsageError(f"{bank.parent}: there is no such folder. Name a module of your content.")
    root, over = folders_of(bank.parent, settings)
    folders = (root, over) if over else (root,)
    path = f"{content_path_of(bank.parent, root)}/{bank.name}".removeprefix("/")
    try:
        catalogue = read_catalogue(root, over=over)[0]
        plan, before = plan_import(folders, catalogue, path, items, quizzes, only_good=only_good)
    except NotEditable as refused:
        raise click.UsageError(str(refused)) from None
    return plan, _Bank(root_of(folders, path), path, before)


def _planned_module(wanted: _Wanted, folder: Path, settings: Settings) -> tuple[Plan, _Module]:
    root, over = folders_of(folder, settings)
    folders = (root, over) if over else (root,)
    path = content_path_of(folder, root)
    try:
        catalogue = read_catalogue(root, over=over)[0]
        with bar("banks", is_short=len(wanted.items) < FEW) as tell:
            plan = plan_module_import(
                folders, catalogue, path, wanted.grouped, wanted.quizzes, only_good=wanted.only_good, tell=tell
            )
    except NotEditable as refused:
        raise click.UsageError(str(refused)) from None
    return plan, _Module(folders, path)


def _tell_added(bank: Path, added: Sequence[Added]) -> None:
    names = ", ".join(f"#{one.name}" for one in added[:MAX_NAMED]) + (" …" if len(added) > MAX_NAMED else "")
    click.echo(f"{bank}: added {_questions(len(added))}: {names}", err=True)


def _tell_files(folder: Path, plan: Plan) -> None:
    quizzes = {one.name: one for one in plan.new_quizzes}
    for path in plan.files:
        told = f"added {_quiz(quizzes[path])}" if path in quizzes else "a file that they show"
        click.echo(f"{folder / path}: {told}", err=True)


def _quiz(quiz: QuizFile) -> str:
    asked = f"{quiz.drawn} of " if quiz.drawn < quiz.questions else ""
    return f"the quiz “{quiz.title}”, which asks {asked}{_questions(quiz.questions)}"


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def _preview(read: Iterable[_Read], plan: Plan, bank: Path | None) -> None:
    """What was read, and what is to be done with it, on standard error."""
    for one in read:
        for text in _lines(one):
            click.echo(text, err=True)
    for file in plan.banks:
        news = "" if file.before is not None else f", a new bank, “{file.title}”"
        click.echo(f"{file.name}: {_questions(len(file.added))}{news}", err=True)
    for skipped in plan.skipped:
        click.echo(f"{skipped.item.place}: “{skipped.item.title}” is there already, as #{skipped.name}.", err=True)
    for quiz in plan.quizzes:
        where = f"is there already, as {quiz.name}" if quiz.is_there else f"goes beside the bank, as {quiz.name}"
        click.echo(f"{_quiz(quiz)}, {where}{'' if bank else ', with --to'}.", err=True)
    for note in (*plan.notes, *plan.errors):
        click.echo(str(note), err=True)
    if plan.errors and plan.left:
        click.echo("Nothing was written. With --only-good those that can be saved are.", err=True)


def _lines(read: _Read) -> Iterable[str]:
    found = read.found
    known = [f"{n} {QUESTION_TYPES[name].title or name}".lower() for name, n in found.counts.items()]
    open_ = sum(not item.is_good for item in found.items)
    counts = ", ".join([*known, f"{open_} cannot be saved yet"] if open_ else known)
    yield f"{read.name}: {_questions(len(found.items))}" + (f" ({counts})" if counts else "")
    yield from (f"{read.name}:{_place(note)} {note.text}" for note in (*found.errors, *found.notes))
    for item in found.items:
        yield from (f"{read.name}:{_place(note)} guess: {note.text}" for note in item.guesses)
        yield from (f"{read.name}:{_place(note)} warning: {note.text}" for note in item.warnings)
        if item.refused:
            yield f"{read.name}:{item.line}: refused: “{item.title}”: {item.refused}"
        if item.asked:
            mend = "Mark the right answer, for example with `*` before it."
            yield f"{read.name}:{item.line}: no key: “{item.title}”: {item.asked.why} {mend}"


def _place(note: Note) -> str:
    return f"{note.line}:" if note.line else ""


def _as_json(read: _Read) -> dict[str, Any]:
    found = read.found
    return {
        "file": read.name,
        "counts": found.counts,
        "errors": [_note(note) for note in found.errors],
        "notes": [_note(note) for note in found.notes],
        "questions": [_item(item) for item in found.items],
        "quizzes": [_quiz_as_json(quiz) for quiz in found.quizzes],
    }


def _quiz_as_json(quiz: ImportedQuiz) -> dict[str, Any]:
    sections = [
        {"title": one.title, "count": one.count, "questions": [item.id for item in one.items]} for one in quiz.sections
    ]
    return {
        "title": quiz.title,
        "line": quiz.line,
        "introduction": quiz.introduction,
        "settings": dict(quiz.settings),
        "sections": sections,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "place": item.place,
        "line": item.line,
        "end": item.end,
        "title": item.title,
        "type": item.question.type.name if item.question else None,
        "markdown": item.markdown,
        "guesses": [_note(note) for note in item.guesses],
        "warnings": [_note(note) for note in item.warnings],
        "asked": item.asked.why if item.asked else "",
        "options": list(item.asked.options) if item.asked else [],
        "refused": item.refused,
    }


def _note(note: Note) -> dict[str, Any]:
    return {"line": note.line, "text": note.text}


def _plan_as_json(plan: Plan, bank: Path | None) -> dict[str, Any] | None:
    if bank is None:
        return None
    return {
        "file": str(bank),
        "added": [one.name for one in plan.added],
        "banks": [{"file": one.name, "added": [new.name for new in one.added]} for one in plan.banks],
        "skipped": [{"place": one.item.place, "name": one.name} for one in plan.skipped],
        "left": [one.place for one in plan.left],
        "quizzes": [{"file": one.name, "title": one.title, "is_there": one.is_there} for one in plan.quizzes],
        "errors": [note.text for note in plan.errors],
        "notes": [note.text for note in plan.notes],
    }


command.add_command(mslearn)
for _importer in IMPORTERS.values():
    command.add_command(_sub_command(_importer))
