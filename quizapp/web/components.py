"""The living page: every token and component with all its states, drawn by what draws the real pages."""

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, g, render_template
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, Form, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from quizapp.content.catalogue import read_catalogue
from quizapp.content.model import Catalogue, Module
from quizapp.errors import Problem
from quizapp.grading.completion import ModuleProgress
from quizapp.web.extras import extras_for
from quizapp.web.links import linked
from quizapp.web.palette import THEMES, USES, contrast, read_palette
from quizapp.web.rooms import sections
from quizapp.web.shots import SHOTS, turned_shots
from quizapp.web.static import FOLDER
from quizapp.web.words import sentence as _

bp = Blueprint("components", __name__, url_prefix="/teach")
SAMPLE = Path(__file__).parent / "sample"
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
        shots=[shot for name, states in SHOTS for shot in states(questions.check(name))],
        extras=extras_for(question for check in questions.checks for question in check.questions),
        lesson=questions,
        turned=turned,
        turned_parts=[linked(part) for part in turned.parts if isinstance(part, str)],
        turned_shots=turned_shots(turned.check("rtl")),
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
