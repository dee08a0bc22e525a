"""Tidying the files that a command was given: `fmt`, and `check --fix`."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import click

from quizapp.cli._targets import ContentFile
from quizapp.content.catalogue import read_catalogue, read_single
from quizapp.content.files import MAX_BYTES
from quizapp.content.tidy.base import Wishes
from quizapp.content.tidying import Tidied, tidy
from quizapp.content.whole import write_whole


def change_of(file: ContentFile, wishes: Wishes) -> tuple[bytes, Tidied]:
    """The bytes of a file, and what tidying makes of them; nothing of one that cannot be read."""
    try:
        data = file.place.read_bytes()
    except OSError as error:
        return b"", Tidied(b"", left=(f"This cannot be read: {error.strerror}.",))
    if len(data) > MAX_BYTES:
        return data, Tidied(data, left=("This has more than 1 MiB, so it stays as it is. Divide it.",))
    return data, tidy(data, file.path, file.kind, wishes)


def write(file: ContentFile, before: bytes, done: Tidied) -> bool:
    """Write a tidied file, whole or not at all, unless somebody else wrote it meanwhile.

    Raises ClickException where it cannot be written.
    """
    place = file.place.resolve()
    if place.read_bytes() != before:
        click.echo(f"{file.name}: was changed meanwhile, so it stays as it is. Run this again.", err=True)
        return False
    if not write_whole(place, done.data):
        raise click.ClickException(f"{file.name}: cannot be written. Look who may write in this folder.")
    return True


def in_words(done: Tidied) -> str:
    """What was changed: how many lines, and by which repairs."""
    count = len(done.edits)
    return f"{count} {'line' if count == 1 else 'lines'}: {', '.join(done.repairs)}"


def names_for(files: Iterable[ContentFile], align: bool) -> dict[Path, Wishes]:
    """What is asked for where names are to be written: those under which the questions of the files are served."""
    found: dict[Path, Wishes] = {}
    by_root: dict[tuple[Path, Path | None], list[ContentFile]] = defaultdict(list)
    for file in files:
        by_root[file.target.root, file.target.over].append(file)
    for (root, over), members in by_root.items():
        catalogue, _ = read_catalogue(root, over=over)
        served = {path: dict[int, str]() for path in catalogue.files}
        for question in catalogue.questions().values():
            served.setdefault(question.path, {})[question.line] = question.name
        given = {path: _given(path, root, over) | set(served[path].values()) for path in served}
        for file in members:
            others = [
                names for path, names in given.items() if path != file.path and _folder(path) == _folder(file.path)
            ]
            taken = frozenset[str]().union(*others)
            found[file.place] = Wishes(ids=True, align=align, named=served.get(file.path, {}), taken=taken)
    return found


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _given(path: str, root: Path, over: Path | None) -> set[str]:
    """The names that authors gave to questions of a file, served or not."""
    file = read_single(over if over and not (root / path).exists() else root, path)
    return {name for name, _ in file.names} - file.unnamed
