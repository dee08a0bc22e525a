"""The forms: what is asked, and what is said of an answer that cannot be taken."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.actions.addresses import NAME_LEAST, NAME_MOST, is_name, normal_email
from quizapp.actions.passwords import LEAST, MOST, WeakPassword
from quizapp.store.accounts import GRANTED, Role
from quizapp.web.words import Later
from quizapp.web.words import sentence as _

NUMBER = re.compile(r"[0-9]{1,5}(?:[.,][0-9]{1,6})?")
FEEDBACK_MOST = 10_000  # characters
TITLE_MOST = 150  # characters
NEW_KINDS = {
    "lesson": Later("Lesson: a page to read, with questions at its end"),
    "bank": Later("Question bank: questions that lessons and quizzes draw from"),
    "quiz": Later("Quiz: questions with a pass mark"),
    "module": Later("Module: a folder of lessons on one subject"),
    "path": Later("Learning path: a folder of modules"),
}
ROLES: dict[Role, str] = {
    "author": Later("Author: writes. Sees drafts, problems, and every question with its key"),
    "instructor": Later("Instructor: teaches. Sees who has done what, and every question with its key"),
    "owner": Later("Owner: runs the site. Sees all of that, and the accounts"),
}


class AccountForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form that says what is wrong with it at its top."""

    def is_sent(self) -> bool:
        """Whether it was sent with a valid token and every field can be taken."""
        if request.method != "POST":
            return False
        if "refused" in g:
            self.refuse(g.refused)
            return False
        return bool(self.validate())

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return str(self[name].data or "")

    def refuse(self, text: str) -> None:
        """Say something that is wrong with the whole form."""
        self.form_errors.append(text)

    def refuse_field(self, name: str, text: str) -> None:
        """Say what is wrong with one field."""
        self[name].errors = [*self[name].errors, text]

    def refuse_password(self, weak: WeakPassword) -> None:
        """Say what is wrong with the password that was chosen."""
        said = {
            "short": _(
                "Use {n} characters or more. Four words that have nothing to do with each other are good.", n=LEAST
            ),
            "long": _("Use no more than {n} characters.", n=MOST),
            "name": _("This is hardly more than the name. Choose something that nobody who knows you would try."),
            "guessable": _("This is easy to guess. Choose something longer, such as four words."),
            "same": _("This is the current password. Choose another."),
        }[weak.code]
        field = self["new"] if "new" in self else self["password"]
        field.errors = [*field.errors, said]


def _is_name(_form: FlaskForm, field: Field) -> None:
    if not is_name(field.data or ""):
        raise ValidationError(
            _("Use {least} to {most} letters and digits, without @.", least=NAME_LEAST, most=NAME_MOST)
        )


def _is_email(_form: FlaskForm, field: Field) -> None:
    if field.data and not normal_email(field.data):
        raise ValidationError(_("This is not an address that mail can be sent to. Write one such as ada@example.org."))


def _given(text: str) -> InputRequired:
    return InputRequired(Later(text))


class SignInForm(AccountForm):
    """Who wants in."""

    name = StringField(Later("Name or e-mail address"), [_given("Enter your name or e-mail address.")])
    password = PasswordField(Later("Password"), [_given("Enter your password.")])


class SignUpForm(AccountForm):
    """A new account; `email` is asked for only where the site can send mail."""

    name = StringField(Later("Name"), [_given("Enter a name."), _is_name])
    email = StringField(Later("E-mail address (optional)"), [_is_email])
    password = PasswordField(Later("Password"), [_given("Enter a password.")])


class ChoosePasswordForm(AccountForm):
    """A new password, by a link."""

    new = PasswordField(Later("New password"), [_given("Enter a new password.")])


class ChangePasswordForm(AccountForm):
    """A new password in the place of the current one."""

    current = PasswordField(Later("Current password"), [_given("Enter your current password.")])
    new = PasswordField(Later("New password"), [_given("Enter a new password.")])


class ForgotForm(AccountForm):
    """Whose password is forgotten."""

    name = StringField(Later("Name or e-mail address"), [_given("Enter your name or e-mail address.")])


class EmailForm(AccountForm):
    """An address of one's own, or none."""

    email = StringField(Later("E-mail address"), [_is_email])
    password = PasswordField(Later("Current password"), [_given("Enter your current password.")])


class PasswordForm(AccountForm):
    """One's password, before something that cannot be undone."""

    password = PasswordField(Later("Current password"), [_given("Enter your current password.")])


class TokenForm(AccountForm):
    """Nothing but a button."""


class PersonForm(AccountForm):
    """An account that an owner makes for somebody, or changes: who it is, and what it may do beside learning."""

    name = StringField(Later("Name"), [_given("Enter a name."), _is_name])
    email = StringField(Later("E-mail address (optional)"), [_is_email])
    roles = SelectMultipleField(
        Later("Roles"),
        choices={str(role): ROLES[role] for role in GRANTED},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class Upto:
    """A number from 0 to `most`; a `place` names its field where a page has several alike."""

    def __init__(self, most: int | Fraction, place: int = 0, *, is_whole: bool = False) -> None:
        self.most, self.place, self.is_whole = most, place, is_whole

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Say what to enter where something else was."""
        text = str(field.data or "").strip()
        if NUMBER.fullmatch(text) and number_of(text) <= self.most and not (self.is_whole and not text.isdecimal()):
            return
        most = f"{float(self.most):g}"
        if self.is_whole:
            raise ValidationError(_("{what}: enter a whole number from 0 to {most}.", what=field.label.text, most=most))
        if self.place:
            raise ValidationError(_("Line {n}: enter points from 0 to {most}.", n=self.place, most=most))
        raise ValidationError(_("{what}: enter a number from 0 to {most}.", what=field.label.text, most=most))


def number_of(text: str) -> Fraction:
    """The number that was typed into a field that `Upto` takes."""
    return Fraction(text.strip().replace(",", "."))


def _is_short(_form: FlaskForm, field: Field) -> None:
    if len(field.data or "") > FEEDBACK_MOST:
        raise ValidationError(_("Write less: {n} characters at most.", n=FEEDBACK_MOST))


def mark_form(rubric: Sequence[tuple[str, Fraction]], held: Mapping[str, str]) -> AccountForm:
    """The form by which a text is marked: points by line of its rubric, or a share where there is none; feedback.

    `seen` names the mark that the page shows.
    """
    lines = {f"line_{n}": StringField(text, [Upto(most, n)]) for n, (text, most) in enumerate(rubric, start=1)}
    share = {"credit": StringField(Later("Share of the points in %"), [Upto(100)])}
    fields = {
        **(lines or share),
        "feedback": TextAreaField(Later("Feedback (optional)"), [_is_short]),
        "seen": HiddenField(),
    }
    form: AccountForm = type("MarkForm", (AccountForm,), fields)(data=held)
    return form


class EditForm(AccountForm):
    """A text for a content file.

    `base` is what it was made from, `place` where a new file goes, `message` what a commit says.
    """

    source = TextAreaField(Later("Text of the file"))
    base = HiddenField()
    place = HiddenField()
    message = StringField(Later("What you changed (optional)"))


def new_file_form(folders: Sequence[str], *, has_private: bool) -> AccountForm:
    """The form for a new content file, which goes into one of these folders."""
    fields = {
        "kind": RadioField(
            Later("What to write"), [_given("Choose what to write.")], choices=NEW_KINDS,
            validate_choice=False,
        ),
        "title": StringField(Later("Title"), [_given("Enter a title."), Length(max=TITLE_MOST)]),
        "folder": SelectField(
            Later("Folder"), choices={folder: folder or Later("(the content folder itself)") for folder in folders},
        ),
        **({"private": BooleanField(Later("In the private folder"))} if has_private else {}),
    }  # fmt: skip
    form: AccountForm = type("NewFileForm", (AccountForm,), fields)()
    return form


def _is_offered(_form: FlaskForm, field: SelectField) -> None:
    if (field.data or "") not in {choice[0] for choice in field.iter_choices()}:
        raise ValidationError(_("There is no such quiz. Choose one."))


class AllowanceForm(AccountForm):
    """What a learner gets at a quiz beyond its settings."""

    name = StringField(Later("Learner"), [_given("Enter the name of an account.")])
    quiz = SelectField(Later("Quiz"), [_is_offered], validate_choice=False)
    minutes = StringField(Later("More minutes"), [Upto(10_000, is_whole=True)])
    percent = StringField(Later("More time in % of the limit"), [Upto(1_000, is_whole=True)])
    attempts = StringField(Later("More attempts"), [Upto(1_000, is_whole=True)])
