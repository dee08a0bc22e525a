"""Reading pages as a browser without JavaScript does: forms, their fields and labels, links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Option:
    """A radio button or box: which field, which value, what its row says."""

    name: str
    value: str
    checked: bool
    text: str = ""


@dataclass
class Form:
    """A form with its hidden fields and options."""

    action: str
    method: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)

    def option(self, text: str) -> Option:
        """The one whose row has this text."""
        [found] = [option for option in self.options if text in option.text]
        return found

    def data(self, *choose: str) -> dict[str, list[str]]:
        """What the browser sends when the rows with these texts are chosen."""
        fields: dict[str, list[str]] = {}
        for name, value in self.hidden:
            fields.setdefault(name, []).append(value)
        chosen = [self.option(text) for text in choose] or [option for option in self.options if option.checked]
        for option in chosen:
            fields.setdefault(option.name, []).append(option.value)
        return fields


class Page(HTMLParser):
    """The forms of a page and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html, self.forms, self.words, self.links = html, list[Form](), list[str](), dict[str, str]()
        self._form: Form | None = None
        self._link = ""
        self.feed(html)

    @property
    def text(self) -> str:
        """All text, white space as single spaces."""
        return " ".join(" ".join(self.words).split())

    def form(self, action: str) -> Form:
        """The form whose action ends so."""
        [found] = [form for form in self.forms if form.action.endswith(action)]
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, fields and links."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(values["action"].partition("#")[0], values.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "input" and self._form:
            self._field(values)
        elif tag == "a":
            self._link = values.get("href", "")

    def _field(self, values: dict[str, str]) -> None:
        assert self._form
        if values["type"] == "hidden":
            self._form.hidden.append((values["name"], values["value"]))
        else:
            self._form.options.append(Option(values["name"], values.get("value", ""), "checked" in values))

    def handle_endtag(self, tag: str) -> None:
        """The end of a form or link."""
        if tag == "form":
            self._form = None
        elif tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        """Text; it belongs to the option before it and to the link around it."""
        self.words.append(data)
        if self._form and self._form.options:
            self._form.options[-1].text += data
        if self._link and data.strip():
            self.links.setdefault(" ".join(data.split()), self._link)


@dataclass
class Visitor:
    """A learner at a browser without JavaScript."""

    client: FlaskClient
    status: int = 0
    address: str = ""

    def get(self, address: str) -> Page:
        """Open a page."""
        return self._page(self.client.get(address, follow_redirects=True))

    def send(self, form: Form, *choose: str, **change: str | list[str]) -> Page:
        """Send a form with the rows of these texts chosen, some fields changed; follows the redirect."""
        changed = {name: [value] if isinstance(value, str) else value for name, value in change.items()}
        data = {**form.data(*choose), **changed}
        return self._page(self.client.post(form.action, data=data, follow_redirects=True))

    def post(self, address: str, data: dict[str, Any]) -> Page:
        """Send fields and files; follows the redirect."""
        response = self.client.post(address, data=data, content_type="multipart/form-data", follow_redirects=True)
        page = self._page(response)
        response.close()
        return page

    def _page(self, response: TestResponse) -> Page:
        self.status = response.status_code
        parts = urlsplit(response.request.url)
        self.address = parts.path + (f"?{parts.query}" if parts.query else "")
        return Page(response.get_data(as_text=True))
