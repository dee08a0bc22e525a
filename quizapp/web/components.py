"""The living page: every token and component with all its states, drawn by what draws the real pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, g, render_template
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, Form, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from quizapp.actions.attempts import Shown
from quizapp.content.catalogue import read_catalogue
from quizapp.content.model import Catalogue, Check, Lesson, Module
from quizapp.errors import Problem
from quizapp.grading.completion import ModuleProgress
from quizapp.grading.standing import Slot, Standing, mark_all
from quizapp.questions.base import Response
from quizapp.web.links import linked
from quizapp.web.palette import THEMES, USES, contrast, read_palette
from quizapp.web.panels import CheckPanel, Typed, make_panel
from quizapp.web.rooms import sections
from quizapp.web.static import FOLDER
from quizapp.web.words import sentence as _

bp = Blueprint("components", __name__, url_prefix="/teach")
SAMPLE = Path(__file__).parent / "sample"
NOTHING_SHOWN = Shown("", (), "")
PROBLEMS = (
    (
        Problem("mail/2-online.md", 16, 3, "error", "unmarked-answer", "This answer has no mark.", "Write `- ( ) A`."),
        "- ( )A mailbox for the postmaster",
    ),
    (
        Problem("mail/1-intro.md", 3, 1, "warning", "no-alt", "The picture has no description.", "Say what it shows."),
        "",
    ),
    (
        Problem(
            "mail/pool.bank.md", 40, 1, "advice", "lone", "Only one choice has feedback.", "Say why each is wrong."
        ),
        "",
    ),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A check held still in one state."""

    title: str
    panel: CheckPanel


@bp.get("/components")
def show_components() -> str:
    """All of it on one page."""
    module = _sample().modules["components"]
    prose, questions, turned = module.lessons
    return render_template(
        "components/show_components.html",
        rows=sections(),
        palette=read_palette(str(FOLDER)),
        themes=THEMES,
        uses=_measured(),
        form=_form({}),
        wrong=_form({"name": "", "role": "owner", "access": "none"}, "wrong-"),
        prose=[linked(part) for part in prose.parts if isinstance(part, str)],
        shots=[
            *_choices(questions.check("choices")),
            *_typed(questions.check("typed")),
            *_blanks(questions.check("blanks")),
        ],
        turned=turned,
        turned_parts=[linked(part) for part in turned.parts if isinstance(part, str)],
        turned_shots=_turned(turned),
        problems=PROBLEMS,
        modules=(modules := list(g.catalogue.modules.values())[:3]),
        standing={one.key: _part_done(one, number) for number, one in enumerate(modules)},
        states={lesson.key: _state(place) for one in modules for place, lesson in enumerate(one.lessons)},
    )


@lru_cache(maxsize=1)
def _sample() -> Catalogue:
    """The lessons that come with the program for this page."""
    return read_catalogue(SAMPLE)[0]


def _measured() -> list[tuple[str, str, str, float, list[float]]]:
    """Each use of a colour with the contrast it needs and what it has in each theme."""
    palette = read_palette(str(FOLDER))
    return [
        (
            use.name,
            use.on,
            use.what_for,
            use.least,
            [contrast(palette[t][use.name], palette[t][use.on]) for t in THEMES],
        )
        for use in USES
    ]


def _shot(
    title: str,
    check: Check,
    given: dict[int, Response],
    missing: Sequence[int] = (),
    troubles: dict[int, tuple[str, str]] | None = None,
) -> Shot:
    """The form of a check with these responses by slot chosen or typed."""
    slots = _slots(check)
    values = {number: slots[number - 1].control.values(response) for number, response in given.items()}
    return _held(title, check, Standing("", slots), "form", Typed(values, missing=missing, troubles=troubles or {}))


def _result(title: str, check: Check, given: dict[int, Response], submitted: bool = False) -> Shot:
    """A check after these responses were marked; `submitted` shows its answers as well."""
    slots = _slots(check)
    marks = mark_all([slot.question for slot in slots], [given[number] for number in range(1, len(slots) + 1)])
    slots = tuple(
        replace(slot, response=given[number], credit=mark.credit, tries=1, submitted=submitted)
        for number, (slot, mark) in enumerate(zip(slots, marks, strict=True), start=1)
    )
    return _held(title, check, Standing("", slots), "result", Typed())


def _slots(check: Check) -> tuple[Slot, ...]:
    return tuple(Slot(question, tuple(range(1, question.type.size + 1))) for question in check.questions)


def _held(title: str, check: Check, standing: Standing, mode: str, typed: Typed) -> Shot:
    """The check under a name of its own, so that the ids of the page stay apart."""
    named = replace(check, name=f"{check.name}-{title.lower().replace(' ', '-').replace(',', '')}")
    return Shot(title, make_panel(named, standing, NOTHING_SHOWN, mode, typed))


def _choices(check: Check) -> list[Shot]:
    return [
        _shot(_("At rest"), check, {}),
        _shot(_("Chosen"), check, {1: 2, 2: [1, 3]}),
        _shot(_("Not answered"), check, {1: 1}, missing=[2]),
        _result(_("Wrong and partly right"), check, {1: 2, 2: [1]}),
        _result(_("Answers shown"), check, {1: 2, 2: [1, 3]}, submitted=True),
        _result(_("All right"), check, {1: 1, 2: [1, 2]}),
    ]


def _typed(check: Check) -> list[Shot]:
    return [
        _shot(_("To be typed"), check, {}),
        _shot(_("Not readable"), check, {1: "dig", 2: "3600", 3: "All"}, troubles={2: ("missing-unit", "")}),
        _result(_("Typed and wrong"), check, {1: "ping", 2: "3600 min", 3: "Much"}),
        _result(_("Typed, answers shown"), check, {1: "ping", 2: "3600 min", 3: "Much"}, submitted=True),
        _result(_("Typed and right"), check, {1: "dig", 2: "1 h", 3: "Much"}),
    ]


def _blanks(check: Check) -> list[Shot]:
    given: dict[int, Response] = {1: ["Recieve connector", "587", "encrypted", "25", "Client", ""]}
    unread: dict[int, Response] = {1: ["Receive connector", "many", "queued", "", "", ""]}
    right: dict[int, Response] = {1: check.questions[0].type.correct_response}
    return [
        _shot(_("To be filled in"), check, {}),
        _shot(_("A blank not readable"), check, unread, troubles={1: ("not-a-number", "2")}),
        _result(_("Partly filled in"), check, given),
        _result(_("Filled in, answers shown"), check, given, submitted=True),
        _result(_("All filled in"), check, right),
    ]


def _turned(lesson: Lesson) -> list[Shot]:
    check = lesson.check("rtl")
    return [
        _shot(_("From right to left"), check, {1: 1}),
        _result(_("The same, checked"), check, {1: 2}),
    ]


def _part_done(module: Module, number: int) -> ModuleProgress:
    """None, some, or all of it done, in turn."""
    total = len(module.lessons)
    done = (0, total // 2, total)[number % 3]
    return ModuleProgress(done, total, done > 0, module.lessons[done] if done < total else None)


def _state(place: int) -> str:
    return ("completed", "changed", "opened", "new")[min(place, 3)]


def _form(values: dict[str, str], prefix: str = "") -> Form:
    """A form with one field of each kind; with values it is checked as well."""
    accesses = {"open": _("Anybody"), "account": _("Who has an account"), "invited": _("Who was invited")}

    class Sample(Form):
        name = StringField(_("Your name"), [InputRequired(_("Enter your name."))])
        email = EmailField(_("E-mail"))
        password = PasswordField(_("Password"), [InputRequired(_("Enter a password."))])
        code = StringField(_("Code"), [InputRequired(_("Enter the code."))])
        role = SelectField(_("Role"), choices={"learner": _("Learner"), "owner": _("Owner")})
        about = TextAreaField(_("About you"), [InputRequired(_("Write a sentence."))])
        access = RadioField(_("Who may enter"), [InputRequired(_("Choose who may enter."))], choices=accesses)
        agreed = BooleanField(_("I have read it"), [InputRequired(_("Tick the box."))])

    form = Sample(MultiDict({prefix + name: value for name, value in values.items()}), prefix=prefix)
    if values:
        form.validate()
    return form
