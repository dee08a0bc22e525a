"""Imported questions into a question bank of the content: planned with all that its module holds, then saved."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from quizapp.actions.confined import Change, files_beside, read_file, replace_files
from quizapp.actions.editing import Edit, Saved, root_of, save
from quizapp.content.boxes import shown
from quizapp.content.folder import title_from
from quizapp.content.model import Catalogue
from quizapp.errors import NotEditable
from quizapp.formats.banks import Plan
from quizapp.formats.contract import ImportedQuiz, Item, Tell, nobody
from quizapp.formats.quiz_files import Beside, plan_with_groups, plan_with_quizzes
from quizapp.formats.shelving import Shelf
from quizapp.store.database import Database

BANK = ".bank.md"
ANY = "any.bank.md"  # for what is asked of a file in a folder, whichever it is


def plan_import(
    folders: Sequence[Path],
    catalogue: Catalogue,
    path: str,
    items: Sequence[Item],
    quizzes: Sequence[ImportedQuiz] = (),
    *,
    title: str = "",
    only_good: bool,
) -> tuple[Plan, bytes | None]:
    """What putting items into the bank at a content path does, and its bytes of now (None: there is none).

    The quizzes, which ask these items, go beside it. Raises NotEditable.
    """
    before = read_file(root_of(folders, path), path)
    module, _, name = path.rpartition("/")
    beside = _beside(folders, catalogue, module, name)
    title = title or title_from(name.removesuffix(BANK))
    return plan_with_quizzes(items, quizzes, before, beside, title=title, only_good=only_good), before


def plan_module_import(
    folders: Sequence[Path],
    catalogue: Catalogue,
    module: str,
    items: Sequence[Item],
    quizzes: Sequence[ImportedQuiz] = (),
    *,
    only_good: bool,
    tell: Tell = nobody,
) -> Plan:
    """What putting items into the module at a content path does: a bank for each of their groups.

    The quizzes, which ask these items, go beside them. Raises NotEditable, also for a folder that is no module.
    """
    if not module:
        raise NotEditable("This is a whole content folder. Name the folder of a module in it.")
    if any(one.path.startswith(f"{module}/") for one in catalogue.modules.values()):
        raise NotEditable(f"{module}: this folder holds modules. Name the folder of one of them.")
    beside = _beside(folders, catalogue, module)
    banks = [bank for one in catalogue.modules.values() if one.path == module for bank in one.banks]
    keys = {bank.key.rpartition("/")[2]: bank.path.rpartition("/")[2] for bank in banks}
    shelf = Shelf(beside.known, beside.read, keys)
    return plan_with_groups(items, quizzes, shelf, beside, only_good=only_good, tell=tell)


def write_module_import(folders: Sequence[Path], module: str, plan: Plan) -> None:
    """Write planned banks, what their questions show, and quizzes: all of it or nothing.

    Raises NotEditable, NotWritten, ChangedMeanwhile.
    """
    changes = [
        Change(root_of(folders, path), path, bank.data, bank.before)
        for bank in plan.banks
        for path in [f"{module}/{bank.name}"]
    ]
    beside = f"{module}/{ANY}"
    with files_beside(root_of(folders, beside), beside, plan.files):
        replace_files(changes)


def _beside(folders: Sequence[Path], catalogue: Catalogue, module: str, bank: str = "") -> Beside:
    inside = (question for question in catalogue.questions().values() if question.path.rpartition("/")[0] == module)
    there = (quiz for one in catalogue.modules.values() if one.path == module for quiz in one.quizzes)
    return Beside(
        bank,
        {question.name: question for question in inside},
        lambda name: read_file(root_of(folders, f"{module}/{name}"), f"{module}/{name}".removeprefix("/")),
        {quiz.name: quiz.path.rpartition("/")[2] for quiz in there},
    )


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
    """Write a planned bank, as an edit of its file, what its questions show, and its quizzes.

    Raises what `editing.save` raises.
    """
    count = len(plan.added)
    what = f"{count} question{'' if count == 1 else 's'} to" if count else "a quiz beside"
    message = f"Add {what} {path}"
    folder = path.rpartition("/")[0]
    files = tuple(f"{folder}/{place}".removeprefix("/") for place in plan.files)
    edit = Edit(path, shown(plan.data), before, message=message, shown=files)
    with files_beside(root_of(folders, path), path, plan.files):
        if before is None and not plan.added:
            return Saved(b"", is_changed=False)  # a quiz that asks from other banks needs no empty one
        return save(database, folders, instance, edit, by, now)
