"""The macros that draw plain forms: every field has its label, what is wrong is told twice, and values stay."""

from collections.abc import Callable

import pytest
from flask import get_template_attribute
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, Form, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from quizapp.errors import Problem
from tests.pages import Visitor


class Account(Form):
    """One field of each kind."""

    name = StringField("Your name", [InputRequired("Enter your name.")])
    email = EmailField("E-mail")
    password = PasswordField("Password")
    about = TextAreaField("About you")
    role = SelectField("Role", choices={"learner": "Learner", "owner": "Owner"})
    access = RadioField("Access", [InputRequired("Choose who may enter.")], choices={"open": "Anybody", "in": "Us"})
    agreed = BooleanField("I have read it", [InputRequired("Tick the box.")])


def drawn(visitor: Visitor, name: str, *values: object, file: str = "forms", **more: object) -> str:
    """What a macro makes, white space as single spaces."""
    with visitor.client.application.test_request_context("/"):
        macro: Callable[..., object] = get_template_attribute(f"parts/{file}.html", name)
        return " ".join(str(macro(*values, **more)).split())


def sent(**values: str) -> Account:
    """The form with these values, checked."""
    form = Account(MultiDict(values))
    form.validate()
    return form


def test_a_field_has_its_label_hint_and_what_may_fill_it(visitor: Visitor) -> None:
    html = drawn(visitor, "field", Account().email, hint="We write only when you ask.", autocomplete="email")
    assert '<label class="field-label" for="email">E-mail</label>' in html
    assert '<p class="field-hint" id="email-hint">We write only when you ask.</p>' in html
    assert 'aria-describedby="email-hint"' in html
    assert 'autocomplete="email"' in html
    assert "aria-invalid" not in html


def test_what_is_wrong_is_said_at_the_field_and_at_the_top(visitor: Visitor) -> None:
    form = sent(email="a@b")
    html = drawn(visitor, "field", form.name, hint="As on your badge.")
    assert 'aria-describedby="name-hint name-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<span class="visually-hidden">Error:</span> Enter your name.' in html
    top = drawn(visitor, "problems", form)
    assert 'role="alert" tabindex="-1" autofocus data-focus' in top
    assert '<a href="#name">Enter your name.</a>' in top
    assert '<a href="#access-0">Choose who may enter.</a>' in top
    assert '<a href="#agreed">Tick the box.</a>' in top


def test_a_form_that_is_right_has_no_summary(visitor: Visitor) -> None:
    assert drawn(visitor, "problems", sent(name="Ida", role="owner", access="open", agreed="y")) == ""


@pytest.mark.parametrize("name", ["name", "email", "about"])
def test_what_was_typed_stays_and_is_no_markup(visitor: Visitor, name: str) -> None:
    html = drawn(visitor, "field", sent(**{name: '<b>"Ida"'})[name])
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_a_password_does_not_come_back(visitor: Visitor) -> None:
    assert "hunter2" not in drawn(visitor, "field", sent(password="hunter2").password)


def test_a_box_and_rows_are_labels_around_their_controls(visitor: Visitor) -> None:
    form = sent(access="in")
    rows = drawn(visitor, "radios", form.access, hint="You can change this.")
    assert '<fieldset class="field" id="access" aria-describedby="access-hint">' in rows
    assert rows.count('<label class="choice"><input') == 2
    assert rows.index("access-0") < rows.index("checked") < rows.index("access-1")
    assert '<label class="choice"><input' in drawn(visitor, "field", form.agreed)


def test_a_problem_shows_its_line_with_a_caret_under_the_column(visitor: Visitor) -> None:
    problem = Problem("a/1-b.md", 16, 3, "error", "unmarked-answer", "This answer has no mark.", "Write `- ( ) A`.")
    html = drawn(visitor, "problem", problem, "- ( )<A>", file="staff")
    assert "a/1-b.md:16" in html
    assert '<span class="unseen">- </span><strong class="caret">^</strong>' in html
    assert "- ( )&lt;A&gt;" in html
