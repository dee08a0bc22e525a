"""Editing the Markdown files of the content in the browser, for authors who have no editor at hand."""

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for

from quizapp.actions import editing, previous
from quizapp.actions.editing import Edit, Saved
from quizapp.content.boxes import normal, shown
from quizapp.content.differences import merged
from quizapp.content.drafts import Draft
from quizapp.content.folder import scan
from quizapp.content.model import Catalogue
from quizapp.content.new_files import path_of_new, places, starter
from quizapp.errors import ChangedMeanwhile, NotEditable, NotWritten
from quizapp.source.text import decode
from quizapp.web.account import Page, refused, show_form
from quizapp.web.drafts import packed, sections, unpacked
from quizapp.web.extras import LOADED_FOR
from quizapp.web.forms import EditForm, new_file_form
from quizapp.web.links import address_of_key
from quizapp.web.rooms import sections as tabs
from quizapp.web.words import sentence as _

bp = Blueprint("edit", __name__, url_prefix="/teach")
MAX_TITLE = 200  # characters
MAX_BODY_BYTES = 4 * 1024 * 1024  # a file of 1 MiB whose lines all got an end of two bytes, and what it was made from


def set_up(app: Flask) -> None:
    """Let authors send texts that are larger than forms are; after access was asked, before a form is read."""
    app.before_request(_allow_large)


def _allow_large() -> None:
    if request.endpoint in ("edit.edit_file", "edit.show_preview"):
        request.max_content_length = request.max_form_memory_size = MAX_BODY_BYTES


@bp.route("/edit/<path:path>", methods=["GET", "POST"])
def edit_file(path: str) -> Page:
    """A file in a text box: looked at, compared and saved; `?version=` fills in one that was before."""
    now = editing.open_file(_folders(), path)
    if request.method == "GET":
        return _open(path, now)
    form = EditForm()
    form["source"].data = normal(form.text("source"))
    if not form.is_sent():
        return _page(path, form, now)
    wanted = request.form.get("do", "")
    if wanted in ("mine", "both"):
        return _go_on(path, form, now, is_both=wanted == "both")
    if wanted in ("save", "keep"):
        return _save(path, form, now, is_kept=wanted == "keep")
    return _page(path, form, now)


@bp.post("/edit-preview/<path:path>")
def show_preview(path: str) -> Page:
    """What changed of the preview since the browser asked last, while somebody types."""
    now = editing.open_file(_folders(), path)
    form = EditForm()
    try:
        draft, data = _draft(path, form, now)
    except NotEditable as error:
        return _(str(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    found = sections(draft, now, data, request.form.getlist("known"))
    return render_template("edit/show_preview.html", sections=found), HTTPStatus.OK


@bp.route("/new", methods=["GET", "POST"])
def add_file() -> Page:
    """Choose what to write, how it is called and where it goes; the editor opens with an example of it."""
    tree = scan(_folders())
    form = new_file_form([place.path for place in places(tree)], has_private=len(_folders()) > 1)
    if not form.is_sent():
        return show_form("edit/add_file.html", form, rows=tabs())
    title = " ".join(form.text("title").split())
    try:
        path = path_of_new(tree, form["kind"].data, title, form.text("folder"))
        editing.open_file(_folders(), path)
    except NotEditable as error:
        return refused("edit/add_file.html", form, error, rows=tabs())
    place = "private" if "private" in form and form["private"].data else None
    there = url_for("edit.edit_file", path=path, kind=form["kind"].data, title=title, place=place)
    return redirect(there, code=HTTPStatus.SEE_OTHER)


def show_signed_out() -> Page:
    """What somebody typed whose session ended meanwhile, to be sent again after signing in elsewhere."""
    form, source = EditForm(), normal(request.form.get("source", ""))
    address = url_for(str(request.endpoint), **(request.view_args or {}))
    page = render_template("edit/show_signed_out.html", form=form, source=source, address=address)
    return page, HTTPStatus.UNAUTHORIZED


def _open(path: str, now: bytes | None) -> Page:
    """The editor as it opens, with the file, or with an earlier version in its place."""
    version, example = request.args.get("version", ""), ""
    if now is None:
        example = starter(request.args.get("kind", ""), request.args.get("title", "")[:MAX_TITLE])
    text = shown(previous.find_version(_instance(), path, version) if version else now or example.encode())
    form = EditForm(data={"source": text, "base": packed(now), "place": request.args.get("place", "")})
    return _page(path, form, now, note=_("This is an earlier version. Save it to bring it back.") if version else "")


def _save(path: str, form: EditForm, now: bytes | None, *, is_kept: bool) -> Page:
    """Save what was typed; a text with errors only when that is said again."""
    edit = _edit(path, form)
    try:
        data = editing.bytes_of(edit)
        if not is_kept and edit.base == now and g.site.read_draft(path, data).errors:
            return _page(path, form, now, asks=True)
        done = editing.save(g.site.database, _folders(), _instance(), edit, g.learner.account, g.now)
    except ChangedMeanwhile as meanwhile:
        return _page(path, form, meanwhile.theirs, is_conflict=True)
    except (NotEditable, NotWritten) as error:
        form.refuse(_(str(error)))
        return _page(path, form, now)
    _tell(path, done)
    return redirect(url_for("edit.edit_file", path=path), code=HTTPStatus.SEE_OTHER)


def _tell(path: str, done: Saved) -> None:
    """Say what became of a save."""
    g.site.look_again()
    if not done.is_changed:
        flash(_("Nothing was changed."))
    elif done.commit:
        flash(_("Saved {path}, commit {commit}.", path=path, commit=done.commit[:10]))
    else:
        flash(_("Saved {path}.", path=path))
    if done.trouble:
        flash(_("Something is to be done in git. {why}", why=_(done.trouble)), "trouble")


def _go_on(path: str, form: EditForm, now: bytes | None, *, is_both: bool) -> Page:
    """Go on after somebody else saved: on top of their text, with both changes in one where that can be."""
    base, mine, theirs = unpacked(form.text("base")) or b"", form.text("source"), shown(now or b"")
    both = merged(shown(base), mine, theirs) if is_both else None
    form["base"].data = packed(now)
    if both is None:
        return _page(path, form, now, note=_("What you save now takes the place of theirs: see what it changes."))
    form["source"].data = both
    return _page(path, form, now, note=_("This text has both changes in it. Read it through, then save it."))


def _page(
    path: str, form: EditForm, now: bytes | None, *, note: str = "", asks: bool = False, is_conflict: bool = False
) -> Page:
    """The editor with what its form holds; `now` is the file as it is."""
    draft, found = None, []
    try:
        draft, data = _draft(path, form, now)
        found = sections(draft, now, data)
    except NotEditable as error:
        if not form.form_errors:
            form.refuse(_(str(error)))
    page = render_template(
        "edit/edit_file.html",
        path=path,
        form=form,
        note=note,
        asks=asks,
        conflict=_conflict(path, form, now) if is_conflict else None,
        draft=draft,
        sections=found,
        is_new=now is None,
        is_unsaved=form.text("source") != shown(now or b""),
        is_recoded=now is not None and not decode(now)[1],
        has_history=editing.has_history(_folders(), path, bool(form.text("place"))),
        default=editing.default_message(path, is_new=now is None),
        versions=editing.earlier_versions(g.site.database, _instance(), path),
        line=request.args.get("line", type=int) or 0,
        learner_address=_learner_address(path),
        rows=tabs(),
        extras=frozenset(LOADED_FOR),
    )
    return page, _status(form, is_conflict=is_conflict, asks=asks)


def _status(form: EditForm, *, is_conflict: bool, asks: bool) -> HTTPStatus:
    if is_conflict:
        return HTTPStatus.CONFLICT
    if "refused" in g:
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or asks else HTTPStatus.OK


def _conflict(path: str, form: EditForm, now: bytes | None) -> dict[str, object]:
    """What the page says of a file that was changed meanwhile."""
    base, mine, theirs = unpacked(form.text("base")), form.text("source"), shown(now or b"")
    return {
        "is_gone": now is None,
        "by": editing.saved_by(g.site.database, path, now) if now is not None else None,
        "is_mergeable": now is not None and merged(shown(base or b""), mine, theirs) is not None,
    }


def _draft(path: str, form: EditForm, now: bytes | None) -> tuple[Draft, bytes]:
    """What was typed, read as if it were saved. Raises NotEditable where it cannot be."""
    data = editing.bytes_of(Edit(path, normal(form.text("source")), now))
    return g.site.read_draft(path, data), data


def _edit(path: str, form: EditForm) -> Edit:
    return Edit(
        path=path,
        text=form.text("source"),
        base=unpacked(form.text("base")),
        is_private=form.text("place") == "private",
        message=form.text("message"),
    )


def _learner_address(path: str) -> str:
    """Where learners see what a file became; empty where it became nothing that has a page."""
    catalogue: Catalogue = g.catalogue
    key = catalogue.links.get(path, "")
    return address_of_key(key) if key else ""


def _folders() -> tuple[Path, ...]:
    folders: tuple[Path, ...] = g.site.settings.content_folders
    return folders


def _instance() -> Path:
    instance: Path = g.site.settings.instance
    return instance
