"""Learners whom the site knows, and what they send: fresh checks, answered rightly."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask

from quizapp.actions import attempts
from quizapp.content.model import Check
from quizapp.site import Site
from tests.pages import Visitor

MODULE, LESSON = "manage-mail-flow", "exchange-online"
ADDRESS = f"/modules/{MODULE}/{LESSON}"
RIGHT = "The MX record of Contoso"
MARKER = "Do you need a connector"  # stands on the lesson's page


@dataclass(frozen=True, slots=True)
class Client:
    """The browser of a known learner: its cookie, and the token of its forms."""

    cookie: str
    token: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A form as a browser sends it."""

    attempt_id: str
    address: str
    body: bytes


def signed_in_client(app: Flask, check: Check, number: int) -> Client:
    """Somebody who signed up and has some progress, each from a place of their own: one place may not sign up often."""
    visitor = Visitor(app.test_client())
    visitor.client.environ_base["REMOTE_ADDR"] = f"10.0.{number // 250}.{number % 250 + 1}"
    sign_up = visitor.get("/account/sign-up").form("/account/sign-up")
    visitor.send(sign_up, name=f"Learner {number}", password="what is measured is managed")
    form = visitor.get(ADDRESS).form(f"/checks/{check.name}")
    visitor.send(form, RIGHT)
    assert visitor.status == 200
    cookie = visitor.client.get_cookie("quizapp")
    assert cookie
    return Client(f"quizapp={cookie.value}", dict(form.hidden)["csrf_token"])


def check_of(site: Site) -> Check:
    """The knowledge check that is answered over and over."""
    [check] = site.catalogue.module(MODULE).lesson(LESSON).checks
    return check


def submission(secret: bytes, check: Check, client: Client) -> Submission:
    """A check as a page would show it now, answered rightly."""
    standing = attempts.show_fresh(secret, check, secrets.token_urlsafe(16))
    shown = attempts.shown(secret, check, standing)
    [slot] = standing.slots
    written = next(one for one in range(1, slot.question.type.size + 1) if slot.question.type.mark(one).credit == 1)
    [drawn] = slot.control.values(written)
    fields = {
        "csrf_token": client.token, "attempt": shown.attempt_id, "try": 1, "seal": shown.seal,
        "slot": shown.slots[0], "answer-1": drawn,
    }  # fmt: skip
    return Submission(shown.attempt_id, f"{ADDRESS}/checks/{check.name}", urlencode(fields).encode())
