"""Every route × role × ownership, against the one table of access: made from `app.url_map`, so that none is forgotten.

A route that is added needs a row in `ACCESS`; one with a new argument an example of it in `EXAMPLES`, and one that
names what belongs to a learner a request for another's in `OWNED`. Without them a test here fails and says so.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Route
from werkzeug.wrappers import Response

from quizapp.actions import tokens
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.store.accounts import ROLES, Account, Role
from quizapp.web import create_app
from quizapp.web.access import ACCESS, EVERYBODY
from tests.pages import Page, Visitor
from tests.people import add, dump, enter

LESSON = "/modules/mail-flow/online"
QUIZ_PAGE = "/modules/mail-flow/quizzes/final"
BANK = "# A pool\n\n## One {#one}\n\n![A map](media/map.svg)\n\n- (x) Yes\n- ( ) No\n"
QUIZ = "---\ntitle: Final\npass: 50\n---\n## [One](pool.bank.md#one)\n"
WRITTEN = "# Written\n\n## Check {.check}\n\n### Why? {#why .essay}\n\n- [2] This\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"/>'
EXAMPLES = {
    "module": "mail-flow", "lesson": "online", "name": "check", "bank": "pool", "quiz": "final",
    "learn.show_path path": "exchange", "media.show_media path": "exchange/mail-flow/media/map.svg",
    "static filename": "site.css", "edit.edit_file path": "exchange/mail-flow/2-online.md",
    "edit.show_preview path": "exchange/mail-flow/2-online.md",
    "exports.show_export name": "pool", "exports.download name": "pool", "exports.show_paper name": "pool",
    "kind": "banks", "format": "gift", "upload": "A" * 22, "uploads.show_picture name": "a.png",
    "notice": 1, "attempt": "A" * 22, "number": 1, "response": "1",
}  # fmt: skip

# Of an attempt or upload, in its address; that of EXAMPLES is nobody's.
NAMING_WHAT_IS_OWNED = {
    "disputes.dispute_question",
    "attempts.show_attempt",
    "attempts.show_state",
    "uploads.show_upload",
    "uploads.show_picture",
    "trees.show_tree",
}


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[Site]:
    """A site with something of everything; what access decides does not depend on the kind of database."""
    module = folder / "exchange" / "mail-flow"
    (module / "media").mkdir()
    (module / "media" / "map.svg").write_text(PICTURE)
    (module / "pool.bank.md").write_text(BANK)
    (module / "final.quiz.md").write_text(QUIZ)
    (module / "3-drawn.md").write_text("# Drawn\n\n## Check {.check}\n\n### [](pool.bank.md#one)\n")
    (module / "4-written.md").write_text(WRITTEN)
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "logo.svg").write_text(PICTURE)
    (tmp_path / "instance" / "imprint.md").write_text("# Imprint\n\nUs.\n")
    site = prepare_site(
        Settings(folder, tmp_path / "instance", logo="logo.svg", imprint="imprint.md", colour="#0a549e")
    )
    write = Visitor(create_app(site=site).test_client())
    write.send(write.get("/modules/mail-flow/written").form("/checks/check"), **{"answer-1": "A text to mark"})
    yield site
    site.database.close()


@pytest.fixture
def app(site: Site) -> Flask:
    return create_app(site=site)


@pytest.fixture
def bare_app(app: Flask) -> Flask:
    """An application that asks for no form token, so that a form without one shows what its view does."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def roles_of(role: Role) -> set[Role]:
    """What an account of a role is in the table: everybody with an account is a learner too."""
    return {role} if role == "guest" else {role, "learner"}


def routes(app: Flask) -> list[tuple[Route, str]]:
    """Every route with each of its methods."""
    return [
        (route, method)
        for route in app.url_map.iter_rules()
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"})
    ]


class People:
    """Accounts of every role: a fresh one for each request, as some end with it."""

    def __init__(self, site: Site) -> None:
        self.site, self.number = site, 0
        add(site, "the owner who stays", "owner")

    def of(self, role: Role) -> Account:
        self.number += 1
        return add(self.site, f"{role} {self.number}", *([role] if role != "learner" else []))

    def browser(self, app: Flask, role: Role) -> FlaskClient:
        client = app.test_client()
        return client if role == "guest" else enter(client, self.of(role))


def address(app: Flask, site: Site, people: People, route: Route) -> str:
    """The address of a route with something real in each of its places."""
    values: dict[str, Any] = {}
    for argument in route.arguments:
        known = EXAMPLES.get(f"{route.endpoint} {argument}", EXAMPLES.get(argument))
        if argument == "account":
            known = str(people.of("learner").id)
        elif argument == "token":
            known = token(site, people, route.endpoint)
        assert known, f"{route.endpoint}: EXAMPLES needs one of {argument!r}"
        values[argument] = known
    with app.test_request_context():
        return url_for(route.endpoint, **values)


def token(site: Site, people: People, endpoint: str) -> str:
    """A link that is good."""
    account, now = people.of("learner"), datetime.now(UTC)
    until = now + timedelta(hours=1)
    made = {
        "credentials.choose_password": lambda: tokens.password_token(site.secret, account, until),
        "credentials.confirm_email": lambda: tokens.email_token(site.secret, account, "ada@example.org", now, until),
        "account.become_owner": lambda: tokens.owner_token(site.secret, until),
        "revision.enter": lambda: tokens.reader_token(site.secret, account, until),
    }
    assert endpoint in made, f"{endpoint}: a token that is good for it is needed here"
    return made[endpoint]()


def is_led_to_sign_in(answer: Response) -> bool:
    return answer.status_code == 303 and urlsplit(answer.headers["Location"]).path == "/account/sign-in"


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    assert set(ACCESS) == {route.endpoint for route in app.url_map.iter_rules()}


def test_every_row_names_roles_there_are() -> None:
    assert [endpoint for endpoint, rule in ACCESS.items() if not rule.roles or rule.roles - set(ROLES)] == []


def has_what_the_table_says(role: Role, endpoint: str, method: str, answer: Response) -> bool:
    """Allowed: there, and no fault; a guest elsewhere is led to sign-in, anybody else told no."""
    if ACCESS[endpoint].roles & roles_of(role):
        is_there = answer.status_code != 404 or method != "GET" or endpoint in NAMING_WHAT_IS_OWNED
        return is_there and answer.status_code < 500 and answer.status_code != 403 and not is_led_to_sign_in(answer)
    return is_led_to_sign_in(answer) if role == "guest" else answer.status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_every_route_gives_each_role_what_the_table_says(bare_app: Flask, site: Site, role: Role) -> None:
    people, wrong = People(site), []
    for route, method in routes(bare_app):
        there = address(bare_app, site, people, route)
        with people.browser(bare_app, role).open(there, method=method) as answer:
            if not has_what_the_table_says(role, route.endpoint, method, answer):
                wrong.append(f"{method} {route.endpoint}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_a_route_without_a_row_is_closed_to_everybody(app: Flask, site: Site, role: Role) -> None:
    app.add_url_rule("/planted", "planted", lambda: "open")
    assert People(site).browser(app, role).get("/planted").status_code == 403


def test_nobody_without_a_right_changes_anything(bare_app: Flask, site: Site) -> None:
    people = People(site)
    assert site.catalogue.modules  # what is read for the first time stores snapshots
    for role in ROLES:
        for route, method in routes(bare_app):
            if ACCESS[route.endpoint].roles & roles_of(role):
                continue
            client, there = people.browser(bare_app, role), address(bare_app, site, people, route)
            before = dump(site)
            client.open(there, method=method, data={"roles": "owner", "password": "x" * 20, "name": "Mallory"}).close()
            assert dump(site) == before, f"{role} {method} {route.endpoint}"


# A request of somebody else for what belongs to a learner: where it is, and the form fields with it.
def _lesson(_page: Page, attempt: str) -> tuple[str, str, dict[str, list[str]]]:
    return "GET", f"{LESSON}?attempt={attempt}", {}


def _answers(page: Page, attempt: str) -> tuple[str, str, dict[str, list[str]]]:
    form = page.form("/checks/check")
    return "POST", form.action, {**form.data("MX record"), "attempt": [attempt], "try": ["2"]}


def _key(_page: Page, attempt: str) -> tuple[str, str, dict[str, list[str]]]:
    return "POST", f"{LESSON}/checks/check/answers", {"attempt": [attempt]}


def _assessment(_page: Page, attempt: str) -> tuple[str, str, dict[str, list[str]]]:
    return "POST", f"{LESSON}/checks/check/assessment", {"attempt": [attempt], "number": ["1"], "met": ["1"]}


def _sitting(path: str, method: str = "POST") -> Callable[[Page, str], tuple[str, str, dict[str, list[str]]]]:
    def ask(_page: Page, attempt: str) -> tuple[str, str, dict[str, list[str]]]:
        return method, f"/attempts/{attempt}{path}", {"slot": ["1"], "answer-1": ["1"], "go": ["flag-1"]}

    return ask


OWNED: dict[str, Callable[[Page, str], tuple[str, str, dict[str, list[str]]]]] = {
    "learn.show_lesson": _lesson,
    "checks.check_answers": _answers,
    "checks.show_answers": _key,
    "checks.assess_oneself": _assessment,
    "attempts.show_attempt": _sitting("", "GET"),
    "attempts.save_answers": _sitting(""),
    "attempts.save_quietly": _sitting("/saves"),
    "attempts.show_state": _sitting("/state", "GET"),
    "attempts.submit_attempt": _sitting("/submit"),
    "attempts.assess_oneself": _sitting("/assessment"),
    "disputes.dispute_question": lambda page, attempt: ("GET", f"/attempts/{attempt}/questions/1/dispute", {}),
    "notices.dismiss": lambda page, attempt: ("POST", "/notices/1/read", {}),
}


def test_every_row_of_what_is_owned_is_tried_by_somebody_else() -> None:
    assert set(OWNED) == {endpoint for endpoint, rule in ACCESS.items() if rule.is_owned}


@pytest.mark.parametrize("endpoint", OWNED)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", ["guest", "learner"])
def test_what_is_another_learners_does_not_exist(
    bare_app: Flask, site: Site, endpoint: str, role: Role, whose: Role
) -> None:
    people = People(site)
    one = Visitor(people.browser(bare_app, whose))
    if endpoint.startswith("attempts."):
        one.send(one.get(QUIZ_PAGE).form("/attempts"))
        attempt = one.address.rpartition("/")[2]
        assert Page(one.client.get(f"/attempts/{attempt}").get_data(as_text=True)).form(
            f"/attempts/{attempt}?question=1"
        )
    else:
        form = one.get(LESSON).form("/checks/check")
        one.send(form, "connector")
        [attempt] = form.data()["attempt"]
    other = people.browser(bare_app, role)
    page = Page(other.get(LESSON).get_data(as_text=True))
    before = dump(site)
    method, there, data = OWNED[endpoint](page, attempt)
    assert other.open(there, method=method, data=data).status_code == 404
    assert dump(site) == before


@pytest.mark.parametrize("access", ["account", "invited"])
def test_a_closed_site_shows_a_guest_no_content(site: Site, folder: Path, access: str) -> None:
    closed = create_app(site=Site(Settings(folder, site.settings.instance, access=access), site.database, site.secret))
    closed.config["WTF_CSRF_ENABLED"] = False
    people = People(site)
    for route, method in routes(closed):
        rule = ACCESS[route.endpoint]
        if not rule.is_content:
            continue
        there = address(closed, site, people, route)
        with closed.test_client().open(there, method=method) as answer:
            assert is_led_to_sign_in(answer), f"{method} {route.endpoint}: {answer.status_code}"
        with people.browser(closed, "learner").open(there, method=method) as answer:
            assert answer.status_code != 403, route.endpoint
            assert not is_led_to_sign_in(answer), route.endpoint


def test_only_pages_that_everybody_may_use_are_content() -> None:
    assert [endpoint for endpoint, rule in ACCESS.items() if rule.is_content and rule.roles != EVERYBODY] == []


TYPED = {"name": "Typed Name", "email": "typed@example.org", "title": "Typed title", "message": "Typed message"}
SECRET = "typed and secret"
SECRETS = dict.fromkeys(("password", "current", "new"), SECRET)


def typed_into(html: str) -> set[str]:
    """The fields of a page that somebody types text into."""
    inputs = re.findall(r"<input[^>]*>", html)
    names = [re.search(r'name="(\w+)"', one) for one in inputs if 'type="text"' in one and "readonly" not in one]
    return {name[1] for name in names if name}


@pytest.mark.parametrize("token", [None, "", "x"])
@pytest.mark.parametrize("role", ["guest", "owner"])
def test_a_form_without_its_token_changes_nothing_and_keeps_what_was_typed(
    app: Flask, site: Site, role: Role, token: str | None
) -> None:
    people = People(site)
    assert site.catalogue.modules
    for route in app.url_map.iter_rules():
        if "POST" not in (route.methods or ()) or not ACCESS[route.endpoint].roles & roles_of(role):
            continue
        client, there = people.browser(app, role), address(app, site, people, route)
        html = client.get(there).get_data(as_text=True) if "GET" in (route.methods or ()) else ""
        before = dump(site)
        data = {**TYPED, **SECRETS, "answer": "add", "roles": "owner"} | (
            {} if token is None else {"csrf_token": token}
        )
        answer = client.post(there, data=data)
        is_done_already = answer.status_code == 303 and route.endpoint in (
            "account.sign_in",
            "account.sign_out",
            "account.sign_up",
            "account.merge_work",
        )
        is_done_already |= answer.status_code == 404 and route.endpoint in NAMING_WHAT_IS_OWNED
        assert answer.status_code in (400, 410) or is_done_already, f"{route.endpoint}: {answer.status_code}"
        assert dump(site) == before, route.endpoint
        again = answer.get_data(as_text=True)
        assert SECRET not in again, route.endpoint
        if answer.status_code == 400:
            for name in typed_into(html):
                assert f'value="{TYPED[name]}"' in again, f"{route.endpoint} {name}"
