"""Quizzes for tests: files, a learner at a browser without a script who takes them, and a clock that can be set."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from quizapp.site import Site
from quizapp.store.attempts import StoredAttempt, find_attempt
from tests.pages import Form, Page, Visitor

PLACE = "/modules/mail-flow/quizzes/final"
QUESTIONS = """
## First {#first}

- (x) Alpha
  > Alpha is the first letter.
- ( ) Beta
  > Beta is the second.
- ( ) Gamma

> [!TIP]
> It begins the alphabet.

Greek letters.

## Second {#second}

- = 12 ms
  > Twelve.

## Third {#third points=2}

- [x] One
- [x] Two
- [ ] Three
"""


def write_quiz(folder: Path, settings: str = "", questions: str = QUESTIONS, name: str = "final") -> Path:
    """Write a quiz into the module mail-flow."""
    file = folder / "exchange" / "mail-flow" / f"{name}.quiz.md"
    file.write_text(f"---\ntitle: Final\n{settings}---\nAll you know.\n{questions}", encoding="utf-8")
    return file


@dataclass
class Sitting:
    """A learner in an attempt."""

    visitor: Visitor
    attempt: str
    page: Page

    @property
    def address(self) -> str:
        """Where the attempt is."""
        return f"/attempts/{self.attempt}"

    def form(self) -> Form:
        """The form of the page that is open."""
        [form] = [form for form in self.page.forms if form.action.startswith(self.address)]
        return form

    def answer(self, *choose: str, go: str = "save", **fields: str | list[str]) -> Page:
        """Choose rows by their text, or give values of fields, and press a button."""
        self.page = self.visitor.send(self.form(), *choose, go=go, **fields)
        return self.page

    def open(self, question: int) -> Page:
        """Look at a question."""
        self.page = self.visitor.get(f"{self.address}?question={question}")
        return self.page

    def submit(self) -> Page:
        """Submit from the overview."""
        self.page = self.visitor.get(f"{self.address}?overview=1")
        form = self.form()
        form.action = f"{self.address}/submit"
        self.page = self.visitor.send(form)
        return self.page


def start(visitor: Visitor, place: str = PLACE) -> Sitting:
    """Begin an attempt, or go on with the one that runs."""
    page = visitor.get(place)
    on = page.links.get("Go on with your attempt")
    page = visitor.get(on) if on else visitor.send(page.form("/attempts"))
    found = re.match(r"/attempts/([\w-]{22})", visitor.address)
    assert found, (visitor.address, page.text)
    return Sitting(visitor, found[1], page)


def stored(site: Site, attempt: str) -> StoredAttempt:
    """The attempt as it is in the database."""
    with site.database.reading() as connection:
        found = find_attempt(connection, attempt)
    assert found
    return found


def move(site: Site, attempt: str, by: timedelta) -> None:
    """Let an attempt have begun earlier by so much."""
    one = stored(site, attempt)
    with site.database.writing() as connection:
        rows = connection.execute(
            text("select started, deadline, submitted from attempt where public_id = :id"), {"id": attempt}
        ).one()
        for name, at in rows._mapping.items():
            if at is not None:
                then = (datetime.fromisoformat(at) if isinstance(at, str) else at) - by
                told = then.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(at, str) else then
                connection.execute(text(f"update attempt set {name} = :at where id = :id"), {"at": told, "id": one.id})


@contextmanager
def unchanged(site: Site, attempt: str) -> Iterator[None]:
    """An attempt is the same afterwards."""
    before = stored(site, attempt)
    yield
    assert stored(site, attempt) == before
