"""A zip with modules of Microsoft Learn: what becomes of it, where it goes, what is lost; then folders of content."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from quizapp.actions.trees import NewFolder, import_folders, plan_folders, require_free
from quizapp.actions.uploads import Upload, find_upload, finish_upload
from quizapp.errors import NotEditable, NotFound, NotWritten, Severity
from quizapp.formats.archives import BadArchive
from quizapp.formats.mslearn.conversion import Conversion, convert
from quizapp.formats.mslearn.notes import Note
from quizapp.formats.mslearn.packed import tree_in
from quizapp.web.bringing import Page, folders
from quizapp.web.rooms import sections
from quizapp.web.uploads import show_gone
from quizapp.web.words import sentence as _

bp = Blueprint("trees", __name__, url_prefix="/teach/trees")


@dataclass(frozen=True, slots=True)
class _Read:
    """An archive as it was read: its conversion and folders, or why there are none, as a sentence."""

    upload: Upload
    found: Conversion
    planned: tuple[NewFolder, ...] = ()
    why: str = ""

    def notes(self, severity: Severity) -> list[Note]:
        """The lines of the report that are so severe."""
        return [note for note in self.found.notes if note.severity == severity]


@bp.route("/<upload>", methods=["GET", "POST"])
def show_tree(upload: str) -> Page:
    """Look at what becomes of an archive, and import it."""
    try:
        kept = find_upload(g.site.settings.instance, g.learner.account, upload, g.now)
    except NotFound:
        return show_gone()
    if kept.saved:
        flash(_("What was uploaded is imported already: {names}.", names=kept.saved))
        return redirect(url_for("teach.show_overview"), code=HTTPStatus.SEE_OTHER)
    if len(kept.files) != 1:
        return redirect(url_for("uploads.show_upload", upload=upload), code=HTTPStatus.SEE_OTHER)
    read = _read(kept)
    if "refused" in g:
        return _page(read, g.refused), HTTPStatus.BAD_REQUEST
    if request.form.get("do") == "import":
        return _import(read)
    return _page(read), HTTPStatus.UNPROCESSABLE_ENTITY if read.why else HTTPStatus.OK


def _read(upload: Upload) -> _Read:
    try:
        tree = tree_in(upload.files[0][1])
        found = convert(tree)
        return _Read(upload, found, plan_folders(folders(), g.site.catalogue, found, tree))
    except (BadArchive, NotEditable) as bad:
        return _Read(upload, Conversion({}, {}, {}, ()), why=str(bad))


def _import(read: _Read) -> Page:
    """Write what is new; what keeps it out is told on the page."""
    errors = read.notes("error")
    try:
        if read.why or not read.planned:
            raise NotEditable(read.why or "There is nothing to import. The report says why.")
        if errors and "only_good" not in request.form:
            raise NotEditable(f"{errors[0].place}: nothing is imported because of this. Mend it, or leave it out.")
        done = import_folders(
            g.site.database, folders(), g.site.settings.instance, read.planned, g.learner.account, g.now
        )
    except (NotEditable, NotWritten) as error:
        return _page(read, _(str(error))), HTTPStatus.UNPROCESSABLE_ENTITY
    if not done.is_changed:
        flash(_("Nothing changed: all of it is there already."))
        return redirect(url_for("teach.show_overview"), code=HTTPStatus.SEE_OTHER)
    g.site.look_again()
    new = ", ".join(one.name for one in read.planned if one.state == "new")
    finish_upload(g.site.settings.instance, g.learner.account, read.upload.name, new, g.now)
    flash(_("Imported: {names}.", names=new))
    if done.trouble:
        flash(_("It is not in the history of git. {why}", why=_(done.trouble)), "trouble")
    return redirect(url_for("teach.show_overview"), code=HTTPStatus.SEE_OTHER)


def _page(read: _Read, message: str = "") -> str:
    """The page of an archive; why it cannot be imported stands above it."""
    try:
        require_free(read.planned)
        taken = ""
    except NotEditable as error:
        taken = str(error)
    troubles = [one for one in (message or read.why or taken,) if one]
    return render_template(
        "trees/show_tree.html",
        upload=read.upload,
        counts=_counted(read.found),
        planned=read.planned,
        is_new=not taken and any(one.state == "new" for one in read.planned),
        is_taken=bool(taken),
        report=[(name, title, read.notes(name)) for name, title in _severities()],
        only_good="only_good" in request.form,
        troubles=troubles,
        rows=sections(),
    )


def _severities() -> list[tuple[Severity, str]]:
    return [("error", _("Left out")), ("warning", _("Lost or guessed")), ("advice", _("Mended or moved"))]


def _counted(found: Conversion) -> list[str]:
    """How many there are of each kind, in words; of what there is none of, nothing."""
    words = {
        "modules": (_("1 module"), _("{n} modules")),
        "paths": (_("1 learning path"), _("{n} learning paths")),
        "lessons": (_("1 lesson"), _("{n} lessons")),
        "questions": (_("1 question"), _("{n} questions")),
        "pictures": (_("1 picture"), _("{n} pictures")),
    }
    counts = [(words[name], number) for name, number in found.counts.items() if number]
    return [one if number == 1 else many.format(n=number) for (one, many), number in counts]
