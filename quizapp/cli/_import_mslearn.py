"""`quizapp import mslearn`: the modules and learning paths of a Microsoft Learn repository as a content folder."""

import json
import time
from pathlib import Path

import click

from quizapp.cli._bars import bar
from quizapp.cli._trees import Copy, FolderTree, is_equal, write_folder
from quizapp.formats.contract import Tell
from quizapp.formats.mslearn.conversion import Conversion, convert
from quizapp.formats.mslearn.notes import Note

TEXTS = (".yml", ".md")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("mslearn")
@click.argument("tree", type=FOLDER)
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--fallback", type=FOLDER, help="A folder to look into for what TREE lacks: the English original.")
@click.option("--dry-run", is_flag=True, help="Print the report, write nothing.")
@click.option("--only-good", is_flag=True, help="Leave out what cannot be imported, instead of importing nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as a JSON object.")
def command(tree: Path, dest: Path, fallback: Path | None, dry_run: bool, only_good: bool, as_json: bool) -> None:
    """Import TREE, a Microsoft Learn repository or one module of it, into the new content folder DEST.

    Everything that was guessed, mended or left out is told with file and line. Importing the same tree again changes
    nothing. Exit 0: imported, or it was already. 1: nothing was written. 2: wrong use.
    """
    started = time.perf_counter()
    main, spare = FolderTree(tree), FolderTree(fallback) if fallback else None
    with bar(tree.resolve().name) as tell:
        found = convert(_Watched(main, tell), spare)
    files: dict[str, bytes | Copy] = {path: text.encode() for path, text in found.texts.items()}
    files |= {path: Copy(spare if one.is_fallback and spare else main, one.path) for path, one in found.copies.items()}
    refused = _refusal(tree, dest, found, only_good)
    state = "refused" if refused else "tried" if dry_run else _written(dest, files)
    _print(found, sorted(files), state, as_json)
    click.echo(f"{time.perf_counter() - started:.1f} s", err=True)
    if refused:
        raise click.ClickException(refused)
    if state == "taken":
        raise click.ClickException(f"{dest}: something else stands here. Name a folder that is new or empty.")


class _Watched:
    """A tree that tells of each text that is read for the first time; pictures are copied later."""

    def __init__(self, tree: FolderTree, tell: Tell) -> None:
        self.tree, self.tell = tree, tell
        self.paths, self.links, self.size = tree.paths, tree.links, tree.size
        self.texts = sum(path.endswith(TEXTS) for path in tree.paths)
        self.read_once: set[str] = set()

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""
        self.read_once.add(path)
        self.tell(min(len(self.read_once), self.texts), self.texts)
        return self.tree.read(path)


def _refusal(tree: Path, dest: Path, found: Conversion, only_good: bool) -> str:
    """Why nothing is to be written; empty where nothing speaks against it."""
    if tree.resolve() in (dest.resolve(), *dest.resolve().parents):
        return f"{dest}: this stands in the tree that is read. Name a folder outside of it."
    if not found.texts:
        return f"{tree}: there is nothing to import. The report says why."
    errors = [note for note in found.notes if note.severity == "error"]
    if errors and not only_good:
        return f"{errors[0].place}: nothing was written because of this. Mend it, or leave it out with --only-good."
    return ""


def _written(dest: Path, files: dict[str, bytes | Copy]) -> str:
    """Write the folder; what was done."""
    if dest.is_symlink() or (dest.exists() and not dest.is_dir()):
        return "taken"
    if dest.is_dir() and any(dest.iterdir()):
        return "equal" if is_equal(dest, files) else "taken"
    try:
        write_folder(dest, files)
    except OSError as error:
        raise click.ClickException(f"{error.filename or dest}: {error.strerror}. Nothing was written.") from None
    return "written"


SAID = {
    "written": "Imported",
    "equal": "Already there, nothing changed:",
    "tried": "To import:",
    "refused": "Not imported:",
    "taken": "Not imported:",
}


def _print(found: Conversion, files: list[str], state: str, as_json: bool) -> None:
    if as_json:
        report = {
            "state": state,
            "counts": dict(found.counts),
            "files": files,
            "notes": [_as_dict(note) for note in found.notes],
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for note in found.notes:
        click.echo(str(note))
    counts = ", ".join(f"{number} {name if number != 1 else name[:-1]}" for name, number in found.counts.items())
    click.echo(f"{SAID[state]} {counts}.")


def _as_dict(note: Note) -> dict[str, object]:
    return {
        "path": note.place.path,
        "line": note.place.line,
        "severity": note.severity,
        "code": note.code,
        "message": note.message,
        "unit": note.unit,
        "question": note.question,
    }
