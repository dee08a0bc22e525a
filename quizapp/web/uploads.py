"""Files that were uploaded, before their questions are saved: what is in them, what is lost, and where it goes."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, flash, g, redirect, render_template, request, send_file, url_for

from quizapp.actions.uploads import GONE, Upload, find_picture, find_upload, finish_upload, keep_pictures
from quizapp.content.folder import MEDIA_TYPES
from quizapp.errors import NotFound
from quizapp.formats.contract import MAX_ITEMS, Imported, Item, Note, failed
from quizapp.web.bringing import Page, Read, form_values, read_source, save, shown_sources
from quizapp.web.headers import SANDBOX
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("uploads", __name__, url_prefix="/teach/uploads")
TOO_MANY = f"the files before it have {MAX_ITEMS} questions, which is what can be looked at at once. Upload it alone."


@bp.route("/<upload>", methods=["GET", "POST"])
def show_upload(upload: str) -> Page:
    """Look at the questions of the files, say what is not known, save."""
    try:
        found = find_upload(g.site.settings.instance, g.learner.account, upload, g.now)
    except NotFound:
        return show_gone()
    if found.saved:
        flash(_("What was uploaded is saved already, in {path}.", path=found.saved))
        return redirect(url_for("paste.show_paste"), code=HTTPStatus.SEE_OTHER)
    read = _read(found)
    if "refused" in g:
        return _page(found, read, g.refused), HTTPStatus.BAD_REQUEST
    if request.form.get("do") == "save":
        return _save(found, read)
    return _page(found, read)


@bp.get("/<upload>/media/<name>")
def show_picture(upload: str, name: str) -> Response:
    """Send a file that a question of the upload shows; it runs nothing. Raises NotFound."""
    file = find_picture(g.site.settings.instance, g.learner.account, upload, f"media/{name}", g.now)
    kind = MEDIA_TYPES.get(file.suffix.lower())
    if kind is None:
        raise NotFound("There is no such file.")
    response = send_file(file.resolve(), mimetype=kind, conditional=True, max_age=0)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def show_gone() -> Page:
    """That an upload is not there any more, or never was, and what to do."""
    return render_template("uploads/show_gone.html", message=_(GONE), rows=sections()), HTTPStatus.NOT_FOUND


def _read(upload: Upload) -> list[Read]:
    """What the files hold; a question that stands in two of them is read once, and no more than MAX_ITEMS in all."""
    read: list[Read] = []
    seen: set[tuple[str, str]] = set()
    for number, (name, data) in enumerate(upload.files):
        said = request.form.get(f"format-{number}", request.args.get("format", "") if request.method == "GET" else "")
        one = read_source(data, name, said)
        items = tuple(item for item in one.found.items if (item.id, item.markdown) not in seen)
        if len(seen) + len(items) > MAX_ITEMS:
            read.append(replace(one, found=failed(TOO_MANY)))
            continue
        seen |= {(item.id, item.markdown) for item in items}
        read.append(replace(one, found=_without_twins(one.found, items)))
    return read


def _without_twins(found: Imported, items: tuple[Item, ...]) -> Imported:
    """What was found, without the questions of files before it; how many those are is told."""
    left = len(found.items) - len(items)
    if not left:
        return found
    told = _("1 question stands in a file above too, and is read once.") if left == 1 else \
        _("{n} questions stand in a file above too, and are read once.", n=left)  # fmt: skip
    return replace(found, items=items, notes=(*found.notes, Note(told)))


def _save(upload: Upload, read: list[Read]) -> Page:
    """Save the questions of all files; one that cannot be read keeps all out, if that is not said otherwise."""
    unread = [one.name for one in read if one.found.errors]
    if unread and "only_good" not in request.form:
        told = _("The file {name} cannot be read. Save without it, or choose the files again.", name=unread[0])
        return _page(upload, read, told), HTTPStatus.UNPROCESSABLE_ENTITY
    return save(read, lambda message: _page(upload, read, message), lambda path: _finish(upload, path))


def _finish(upload: Upload, path: str) -> None:
    finish_upload(g.site.settings.instance, g.learner.account, upload.name, path, g.now)


def _page(upload: Upload, read: list[Read], message: str = "") -> str:
    """The page with what was read; pictures are shown from the upload, since they are in no content folder yet."""
    files = {path: data for one in read for item in one.found.items for path, data in item.files.items()}
    keep_pictures(g.site.settings.instance, g.learner.account, upload.name, files, g.now)
    g.shown_files = {
        path: url_for("uploads.show_picture", upload=upload.name, name=path.partition("/")[2]) for path in files
    }
    return render_template(
        "uploads/show_upload.html",
        troubles=[message] if message else [],
        rows=sections(),
        **form_values(shown_sources(read), url_for("uploads.show_upload", upload=upload.name)),
    )
