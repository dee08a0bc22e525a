"""Imported questions into a question bank of the content: planned with all that its module holds, then saved."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from quizapp.actions.confined import files_beside, read_file
from quizapp.actions.editing import Edit, Saved, root_of, save
from quizapp.content.boxes import shown
from quizapp.content.folder import title_from
from quizapp.content.model import Catalogue
from quizapp.formats.banks import Plan
from quizapp.formats.contract import ImportedQuiz, Item
from quizapp.formats.quiz_files import Beside, plan_with_quizzes
from quizapp.store.database import Database

BANK = ".bank.md"


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
    inside = (question for question in catalogue.questions().values() if question.path.rpartition("/")[0] == module)
    there = (quiz for one in catalogue.modules.values() if one.path == module for quiz in one.quizzes)
    beside = Beside(
        name,
        {question.name: question for question in inside},
        lambda quiz: read_file(root_of(folders, f"{module}/{quiz}"), f"{module}/{quiz}".removeprefix("/")),
        {quiz.name: quiz.path.rpartition("/")[2] for quiz in there},
    )
    title = title or title_from(name.removesuffix(BANK))
    return plan_with_quizzes(items, quizzes, before, beside, title=title, only_good=only_good), before


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
