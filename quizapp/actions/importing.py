"""Imported questions into a question bank of the content: planned with all that its module holds, then saved."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from quizapp.actions.confined import files_beside, read_file
from quizapp.actions.editing import Edit, Saved, root_of, save
from quizapp.content.boxes import shown
from quizapp.content.folder import title_from
from quizapp.content.model import Catalogue
from quizapp.formats.banks import Plan, plan_bank
from quizapp.formats.contract import Item
from quizapp.store.database import Database

BANK = ".bank.md"


def plan_import(
    folders: Sequence[Path], catalogue: Catalogue, path: str, items: Sequence[Item], *, title: str = "", only_good: bool
) -> tuple[Plan, bytes | None]:
    """What putting items into the bank at a content path does, and its bytes of now (None: there is none).

    Raises NotEditable.
    """
    before = read_file(root_of(folders, path), path)
    module = path.rpartition("/")[0]
    inside = (question for question in catalogue.questions().values() if question.path.rpartition("/")[0] == module)
    known = {question.name: question for question in inside}
    title = title or title_from(path.rpartition("/")[2].removesuffix(BANK))
    return plan_bank(items, before, known, title=title, only_good=only_good), before


def save_import(
    database: Database,
    folders: Sequence[Path],
    instance: Path,
    path: str,
    plan: Plan,
    before: bytes | None,
    by: int | None,
    now: datetime,
) -> Saved:
    """Write a planned bank, as an edit of its file, and what its questions show. Raises what `editing.save` raises."""
    count = len(plan.added)
    message = f"Add {count} question{'' if count == 1 else 's'} to {path}"
    folder = path.rpartition("/")[0]
    files = tuple(f"{folder}/{place}".removeprefix("/") for place in plan.files)
    edit = Edit(path, shown(plan.data), before, message=message, shown=files)
    with files_beside(root_of(folders, path), path, plan.files):
        return save(database, folders, instance, edit, by, now)
