"""People for tests: accounts with roles, browsers that are signed in, and everything a database holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Row, select, text

from quizapp.actions import passwords, people
from quizapp.site import Site
from quizapp.store import learners
from quizapp.store.accounts import Account, Role
from quizapp.store.learners import Learner
from quizapp.store.tables import Base
from quizapp.web import create_app
from tests.pages import Page, Visitor

PASSWORD = "four words nobody guesses"
HASH = passwords.hashed(PASSWORD)


def add(site: Site, name: str, *roles: Role, email: str = "", stored: str = HASH) -> Account:
    """An account with these roles, whose password is PASSWORD."""
    return people.add_person(site.database, name, email, stored, roles, None, datetime.now(UTC))


def enter(client: FlaskClient, account: Account) -> FlaskClient:
    """Sign a browser in, without the sign-in page."""
    with client.session_transaction() as session:
        session.clear()
        session["account"], session["epoch"] = account.id, account.epoch
    return client


def learner_of(site: Site, account: Account) -> Learner:
    """The learner that an account is, as a request knows them."""
    with site.database.reading() as connection:
        found = learners.find_signed_in(connection, account.id, account.epoch)
    assert found
    return found


def send(visitor: Visitor, address: str, action: str = "", **fields: str) -> Page:
    """Open a page and send its form with these fields; the form's action begins so, else with the address."""
    page = visitor.get(address)
    wanted = action or address.partition("?")[0]
    [form] = [form for form in page.forms if form.action.partition("?")[0].endswith(wanted)]
    return visitor.send(form, **fields)


def sign_up(visitor: Visitor, name: str, password: str = PASSWORD, **fields: str) -> Page:
    """Sign up as that name."""
    return send(visitor, "/account/sign-up", name=name, password=password, **fields)


def sign_in(visitor: Visitor, name: str, password: str = PASSWORD, **fields: str) -> Page:
    """Sign in as that name."""
    return send(visitor, "/account/sign-in", name=name, password=password, **fields)


def is_signed_in(visitor: Visitor) -> bool:
    """Whether this browser has a session of an account that holds."""
    with visitor.client.get("/account/") as response:
        return response.status_code == 200


def rows(site: Site, query: str) -> Sequence[Row[Any]]:
    """What a query finds."""
    with site.database.reading() as connection:
        return connection.execute(text(query)).all()


def dump(site: Site, *but: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, apart from these tables."""
    with site.database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in but
        }


def with_settings(site: Site, **changed: Any) -> Site:
    """The same site with other settings, as a process that starts after they were changed sees it."""
    return Site(replace(site.settings, **changed), site.database, site.secret)


def visitor_of(site: Site) -> Visitor:
    """A browser at a site."""
    return Visitor(create_app(site=site).test_client())
