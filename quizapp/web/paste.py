"""Questions that somebody has elsewhere: pasted as text or chosen as files, looked at, and saved into a bank.

What is one text, pasted or in a file, stays on this page, where it can be mended; other files have a page of their own.
"""

from http import HTTPStatus

from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for

from quizapp.actions.uploads import MAX_BYTES, MAX_FILES, NotTaken, keep_upload
from quizapp.errors import NotWritten
from quizapp.formats.contract import EXPORTERS
from quizapp.formats.detecting import MSLEARN, detect
from quizapp.formats.writing import Writer
from quizapp.questions.base import QUESTION_TYPES
from quizapp.web.bringing import Page, Read, form_values, read_source, save, shown_sources
from quizapp.web.rooms import sections
from quizapp.web.words import sentence as _

bp = Blueprint("paste", __name__, url_prefix="/teach")
OCTETS = "application/octet-stream"
MAX_BODY_BYTES = MAX_BYTES + 1024 * 1024  # files, and what a form says beside them
PASTED = ("text", "docx", "gift", "aiken", "text2qti")  # formats that are text or become it: mended on the page


def set_up(app: Flask) -> None:
    """Let authors send files that are larger than forms are; after access was asked, before a form is read."""
    app.before_request(_allow_large)


def _allow_large() -> None:
    if request.endpoint == "paste.show_paste":
        request.max_content_length = request.max_form_memory_size = MAX_BODY_BYTES


@bp.route("/paste", methods=["GET", "POST"])
def show_paste() -> Page:
    """Paste or choose, look, say what is not known, save."""
    if request.method == "GET":
        return _page(None, "")
    if "refused" in g:
        return _page(None, request.form.get("source", ""), g.refused), HTTPStatus.BAD_REQUEST
    said, files = request.form.get("format", ""), _files()
    if files and not _is_pasted(files, said):
        return _keep(files, said)
    read = read_source(files[0][1], files[0][0], said) if files else read_source(_pasted(), "", said)
    source = read.found.source or request.form.get("source", "")
    if read.found.errors or request.form.get("do") != "save":
        return _page(read, source), HTTPStatus.UNPROCESSABLE_ENTITY if read.found.errors else HTTPStatus.OK
    return save([read], lambda message: _page(read, source, message), lambda path: None)


@bp.get("/paste/questions.xlsx")
def download_table() -> Response:
    """A workbook to begin with: a row for each type of question that a table can hold."""
    questions = [one for kind in QUESTION_TYPES.values() for one in Writer().questions(kind.example)[0]]
    response = Response(EXPORTERS["xlsx"].write(questions, "", lambda path: None).data, mimetype=OCTETS)
    response.headers.set("Content-Disposition", "attachment", filename="questions.xlsx")
    return response


def _pasted() -> bytes:
    return request.form.get("source", "").encode("utf-8", "replace")


def _files() -> list[tuple[str, bytes]]:
    """The files that were chosen, by their names without a folder; one more than are taken at most."""
    chosen = [one for one in request.files.getlist("file") if one.filename][: MAX_FILES + 1]
    return [((one.filename or "").replace("\\", "/").rpartition("/")[2], one.read()) for one in chosen]


def _is_pasted(files: list[tuple[str, bytes]], said: str) -> bool:
    """Whether the files are one text, which is mended here."""
    return len(files) == 1 and (said or detect(files[0][1], files[0][0]).format) in PASTED


def _is_tree(files: list[tuple[str, bytes]], said: str) -> bool:
    """Whether the files are one archive with modules, which become lessons."""
    return len(files) == 1 and not said and detect(files[0][1], files[0][0]).format == MSLEARN


def _keep(files: list[tuple[str, bytes]], said: str) -> Page:
    """Keep the files until they are saved, and go on to look at them."""
    try:
        name = keep_upload(g.site.settings.instance, g.learner.account, files, g.now)
    except (NotTaken, NotWritten) as error:
        return _page(None, request.form.get("source", ""), _(str(error))), HTTPStatus.UNPROCESSABLE_ENTITY
    is_tree = _is_tree(files, said)
    there = url_for("trees.show_tree" if is_tree else "uploads.show_upload", upload=name, format=said or None)
    return redirect(there, code=HTTPStatus.SEE_OTHER)


def _format(read: Read | None) -> str:
    """What the form says of the format when it is sent again: of a file, what was read of it as text."""
    said = request.form.get("format", "")
    return {"docx": "text"}.get(read.format, read.format) if read and read.name else said


def _page(read: Read | None, source: str, message: str = "") -> str:
    """The page with what was read of a text; what of that keeps it out stands above it."""
    found = shown_sources([read]) if read else []
    troubles = [message] if message else []
    troubles += [one.text for one in read.found.errors] if read else []
    return render_template(
        "paste/show_paste.html",
        source=source,
        troubles=troubles,
        read=read,
        is_read=bool(read and not read.found.errors),
        format=_format(read),
        rows=sections(),
        **form_values(found, url_for("paste.show_paste")),
    )
