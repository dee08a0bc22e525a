"""What is measured: a site over the shipped content, with learners who have begun."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from quizapp.content.model import Check
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.web import create_app
from tests.bench.tools.learners import Client, Submission, check_of, signed_in_client, submission
from tests.bench.tools.requests import Request
from tests.conftest import ROOT

CONTENT = ROOT / "content"


@dataclass(frozen=True)
class Stage:
    """A prepared site, the application before it, and the browsers of its learners."""

    site: Site
    app: Flask
    clients: tuple[Client, ...]
    check: Check

    @property
    def readers(self) -> tuple[Client, ...]:
        """The half of the learners who look at pages: what they find there does not grow while it is measured."""
        return self.clients[::2]

    @property
    def submitters(self) -> tuple[Client, ...]:
        """The other half, who answer checks."""
        return self.clients[1::2]

    def page(self, address: str, client: Client, tag: str = "") -> Request:
        """A page, asked for by a learner, whose browser may have it already."""
        headers = {"If-None-Match": tag} if tag else {}
        return Request(address, {"Cookie": client.cookie, **headers})

    def submissions(self, client: Client) -> Iterator[tuple[Submission, Request]]:
        """Checks that a learner answers rightly, without end; each is a fresh attempt."""
        for _ in itertools.count():
            sent = submission(self.site.secret, self.check, client)
            yield sent, Request(sent.address, {"Cookie": client.cookie}, sent.body)


@contextmanager
def stage(folder: Path, learners: int, database_url: str = "") -> Iterator[Stage]:
    """A site in that folder, closed at the end."""
    site = prepare_site(Settings(CONTENT, folder / "instance", database_url))
    try:
        app = create_app(site=site)
        check = check_of(site)
        yield Stage(site, app, tuple(signed_in_client(app, check, number) for number in range(learners)), check)
    finally:
        site.database.close()
