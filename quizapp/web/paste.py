"""Questions that somebody has elsewhere: pasted or uploaded, looked at one by one, and saved into a bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from quizapp.actions.importing import plan_import, save_import
from quizapp.content.folder import scan
from quizapp.content.model import Entry
from quizapp.content.new_files import path_of_new, places
from quizapp.errors import ChangedMeanwhile, NotEditable, NotWritten
from quizapp.formats.banks import Plan
from quizapp.formats.contract import IMPORTERS, Imported, Item, Said, Source, importer_for
from quizapp.questions.base import QUESTION_TYPES
from quizapp.web.extras import extras_for
from quizapp.web.keys import QuestionSet, StaffQuestion, with_keys
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("paste", __name__, url_prefix="/teach")
MAX_BODY_BYTES = 12 * 1024 * 1024  # a document with pictures
Page = str | Response | tuple[str, int]
PASTED = ("text", "docx")  # formats that become text, which can be mended on the page
NEW = "new"  # the choice of a bank that is none yet
FORM = "paste-form"


@dataclass(frozen=True, slots=True)
class Shown:
    """One question of the source: its lines there, what became of it, and what is asked."""

    item: Item
    lines: tuple[tuple[int, str], ...]
    pair: StaffQuestion | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form says of the bank: its content path or `new`, the title and folder of a new one, only the good."""

    bank: str
    title: str
    folder: str
    only_good: bool


def set_up(app: Flask) -> None:
    """Let authors send documents that are larger than forms are; after access was asked, before a form is read."""
    app.before_request(_allow_large)


def _allow_large() -> None:
    if request.endpoint == "paste.show_paste":
        request.max_content_length = request.max_form_memory_size = MAX_BODY_BYTES


@bp.route("/paste", methods=["GET", "POST"])
def show_paste() -> Page:
    """Paste, look, say what is not known, save."""
    if request.method == "GET":
        return _page(None, "")
    if "refused" in g:
        return _page(None, request.form.get("source", ""), g.refused), HTTPStatus.BAD_REQUEST
    found = _read()
    if found.errors or request.form.get("do") != "save":
        page = _page(found, found.source or request.form.get("source", ""))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY if found.errors else HTTPStatus.OK
    return _save(found)


def _read() -> Imported:
    """What the form holds, as questions: the file where one was given, else the text."""
    upload = request.files.get("file")
    if upload and upload.filename:
        importer = importer_for(upload.filename, PASTED) or IMPORTERS["text"]
        return importer.read(Source(upload.read(), upload.filename, _said()))
    text = request.form.get("source", "").encode("utf-8", "replace")
    return IMPORTERS["text"].read(Source(text, said=_said()))


def _said() -> dict[str, Said]:
    """What the form says of the questions that asked, by their ids."""
    names = {name.partition("-")[2] for name in request.form if name.startswith(("right-", "text-", "person-"))}
    return {
        id: Said(
            right=tuple(request.form.getlist(f"right-{id}", type=int)),
            texts=tuple(request.form.getlist(f"text-{id}")),
            by_person=f"person-{id}" in request.form,
        )
        for id in names
    }


def _save(found: Imported) -> Page:
    """Put the questions into the bank that was chosen; what keeps them out is told on the page."""
    chosen = _chosen()
    try:
        path = _path_of(chosen)
        plan, before = _planned(path, chosen, found)
        if plan.errors:
            return _page(found, found.source, str(plan.errors[0])), HTTPStatus.UNPROCESSABLE_ENTITY
        if plan.added:
            done = save_import(
                g.site.database, _folders(), g.site.settings.instance, path, plan, before, g.learner.account, g.now
            )
            if done.trouble:
                flash(_("It is not in the history of git. {why}", why=_(done.trouble)), "trouble")
    except ChangedMeanwhile as meanwhile:
        return _page(found, found.source, _(str(meanwhile))), HTTPStatus.CONFLICT
    except (NotEditable, NotWritten) as error:
        return _page(found, found.source, _(str(error))), HTTPStatus.UNPROCESSABLE_ENTITY
    g.site.look_again()
    for text in _told(path, plan):
        flash(text)
    return redirect(url_for("paste.show_paste"), code=HTTPStatus.SEE_OTHER)


def _planned(path: str, chosen: Chosen, found: Imported) -> tuple[Plan, bytes | None]:
    title = chosen.title if chosen.bank == NEW else ""
    return plan_import(_folders(), g.site.catalogue, path, found.items, title=title, only_good=chosen.only_good)


def _told(path: str, plan: Plan) -> list[str]:
    """What was done, in sentences."""
    told = [_("{n} questions were added to {path}.", n=len(plan.added), path=path) if len(plan.added) != 1 else
            _("1 question was added to {path}.", path=path)]  # fmt: skip
    if plan.skipped:
        names = ", ".join(f"#{one.name}" for one in plan.skipped)
        told.append(_("Left out, because they are there already: {names}", names=names))
    if plan.left:
        told.append(
            _("1 question was left out, because it cannot be saved.")
            if len(plan.left) == 1
            else _("{n} questions were left out, because they cannot be saved.", n=len(plan.left))
        )
    return [*told, *(note.text for note in plan.notes)]


def _chosen() -> Chosen:
    form = request.form
    title = " ".join(form.get("title", "").split())
    return Chosen(form.get("bank", ""), title, form.get("folder", ""), "only_good" in form)


def _path_of(chosen: Chosen) -> str:
    """The content path of the bank. Raises NotEditable."""
    if chosen.bank == NEW:
        return path_of_new(scan(_folders()), "bank", chosen.title, chosen.folder)
    if chosen.bank not in dict(_banks()):
        raise NotEditable("Choose the question bank that they go into.")
    return chosen.bank


def _banks() -> list[tuple[str, str]]:
    """The banks there are: content path and title."""
    modules = g.catalogue.modules.values()
    return [(bank.path, f"{module.title}: {bank.title}") for module in modules for bank in module.banks]


def _folders() -> tuple[Path, ...]:
    folders: tuple[Path, ...] = g.site.settings.content_folders
    return folders


def _page(found: Imported | None, source: str, message: str = "") -> str:
    shown = _shown(found) if found else []
    return render_template(
        "paste/show_paste.html",
        source=source,
        message=message,
        found=found,
        shown=shown,
        asked=QuestionSet("paste", "", Markup(), (), ()),  # no numbers: they are those of the source
        counts=_counts(found) if found else [],
        open=sum(not one.item.is_good for one in shown),
        banks=_banks(),
        folders=[place.path for place in places(scan(_folders())) if "bank" in place.kinds],
        chosen=_chosen(),
        said=_said(),
        new=NEW,
        form_id=FORM,
        extras=extras_for(one.item.question for one in shown if one.item.question),
        rows=sections(),
    )


def _counts(found: Imported) -> list[tuple[str, int]]:
    return [(QUESTION_TYPES[name].title or name, number) for name, number in found.counts.items()]


def _shown(found: Imported) -> list[Shown]:
    lines = found.source.split("\n")
    questions = tuple(item.question for item in found.items if item.question)
    groups = with_keys("paste", "", "", [Entry(questions, len(questions))]).groups
    pairs = {pair.question.key: pair for group in groups for pair in group.pairs}
    return [
        Shown(item, _lines(lines, item), pairs[item.question.key] if item.question else None) for item in found.items
    ]


def _lines(lines: Sequence[str], item: Item) -> tuple[tuple[int, str], ...]:
    """The lines of an item with their numbers."""
    return tuple(enumerate(lines[item.line - 1 : item.end], start=item.line))
