"""The questions of a bank, quiz or lesson as a file of another format, or on paper; what is lost is shown before."""

from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from flask import Blueprint, Response, abort, g, render_template, request, url_for

from quizapp.content.folder import media_file
from quizapp.content.model import Entry, Quiz
from quizapp.errors import Problem
from quizapp.formats.contract import EXPORTERS, Exported, Loss
from quizapp.formats.printed.pages import PAGES, Paper, about_quiz, pages_of
from quizapp.formats.printed.sheets import Shown, draw
from quizapp.questions.base import Prose, Question
from quizapp.web.bringing import folders
from quizapp.web.rooms import sections

PLACE = "/teach/export/<any(lessons, banks, quizzes):kind>/<module>/<name>"
bp = Blueprint("exports", __name__, url_prefix=PLACE)
MOST_SEED = 10**9
# A page to print shows itself and nothing else: its style and its pictures stand in it.
PRINTED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@dataclass(frozen=True, slots=True)
class Taken:
    """What is exported: its name and file, how its questions are drawn on paper, and what a quiz says of itself."""

    title: str
    name: str
    path: str
    entries: tuple[Entry, ...]
    address: str
    introduction: str = ""
    about: str = ""
    quiz: Quiz | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question that may be asked, once."""
        return tuple({question.key: question for entry in self.entries for question in entry.pool}.values())


@bp.get("")
def show_export(kind: str, module: str, name: str) -> str:
    """Choose a format; see what it loses, and download it."""
    taken = _taken(kind, module, name)
    format = request.args.get("format", "")
    made = _written(taken, format) if format in EXPORTERS else None
    return render_template(
        "exports/show_export.html",
        taken=taken,
        place={"kind": kind, "module": module, "name": name},
        formats=sorted(((one, exporter.title) for one, exporter in EXPORTERS.items()), key=lambda one: one[1].lower()),
        format=format if made else "",
        format_title=EXPORTERS[format].title if made else "",
        lost=_by_question(taken, made) if made else [],
        left_out=len({loss.key for loss in made.losses if loss.is_left_out}) if made else 0,
        unserved=_unserved(taken.path),
        rows=sections(),
    )


@bp.get("/file/<format>")
def download(kind: str, module: str, name: str, format: str) -> Response:
    """The file."""
    if format not in EXPORTERS:
        abort(HTTPStatus.NOT_FOUND)
    taken = _taken(kind, module, name)
    response = Response(_written(taken, format).data, mimetype="application/octet-stream")
    filename = f"{taken.name}{EXPORTERS[format].ending}"
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response


@bp.get("/paper.html")
def show_paper(kind: str, module: str, name: str) -> Response:
    """A page to print: the questions, a sheet for answers, or the key; the same seed draws the same paper."""
    page = request.args.get("page", "paper")
    if page not in PAGES:
        abort(HTTPStatus.NOT_FOUND)
    taken = _taken(kind, module, name)
    seed = min(max(request.args.get("seed", 1, type=int), 0), MOST_SEED)
    asked = draw(taken.entries, seed)
    paper = Paper(taken.title, Prose(taken.introduction, taken.introduction), taken.about, seed, asked)
    response = Response(pages_of(paper, Shown(_media), [page])[page], mimetype="text/html")
    response.headers["Content-Security-Policy"] = PRINTED
    response.headers.set("Content-Disposition", "inline", filename=f"{taken.name}-{page}-{seed}.html")
    return response


def _taken(kind: str, module: str, name: str) -> Taken:
    """What an address names. Raises NotFound."""
    if kind == "banks":
        bank = g.catalogue.bank(f"{module}/{name}")
        there = url_for("teach.show_bank", module=module, bank=name)
        return Taken(bank.title, name, bank.path, (Entry(bank.questions, len(bank.questions)),), there)
    if kind == "quizzes":
        quiz = g.catalogue.quiz(f"{module}/{name}")
        there = url_for("teach.show_quiz", module=module, quiz=name)
        return Taken(quiz.title, name, quiz.path, quiz.entries, there, quiz.introduction, about_quiz(quiz), quiz)
    lesson = g.catalogue.module(module).lesson(name)
    entries = tuple(entry for check in lesson.checks for entry in check.entries)
    return Taken(lesson.title, name, lesson.path, entries, url_for("teach.show_lesson", module=module, lesson=name))


def _written(taken: Taken, format: str) -> Exported:
    if taken.quiz:
        return EXPORTERS[format].write_quiz(taken.quiz, _media)
    return EXPORTERS[format].write(taken.questions, taken.title, _media)


def _media(path: str) -> bytes | None:
    file = media_file(folders(), path)
    return file.read_bytes() if file else None


def _by_question(taken: Taken, made: Exported) -> list[tuple[Question | None, str, list[Loss]]]:
    """What is lost, by question: the question, its key, and each loss."""
    known = {question.key: question for question in taken.questions}
    return [(known.get(key), key, list(losses)) for key, losses in groupby(made.losses, key=lambda loss: loss.key)]


def _unserved(path: str) -> list[Problem]:
    """The errors of the file, which keep what they are about out of every export."""
    return [one for one in g.site.problems if one.path == path and one.severity == "error"]
