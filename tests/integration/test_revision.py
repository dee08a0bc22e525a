"""What reading a revision adds to an application, and that a site has none of it."""

from datetime import UTC, datetime, timedelta

from quizapp.actions import tokens
from quizapp.actions.people import add_person
from quizapp.site import Site
from quizapp.web import create_app
from tests.pages import Visitor
from tests.people import with_settings

NOW = datetime.now(UTC)


def link_of(site: Site) -> str:
    reader = add_person(site.database, "Reader", "", "", ("author",), None, NOW)
    return f"/revision/{tokens.reader_token(site.secret, reader, NOW + timedelta(days=1))}"


def test_a_site_lets_nobody_in_by_such_a_link(site: Site) -> None:
    visitor = Visitor(create_app(site=site).test_client())
    assert "too old" in visitor.get(link_of(site)).text
    assert "Sign in" in visitor.get("/").links


def test_the_link_is_good_more_than_once_and_asks_nothing_of_the_guest(site: Site) -> None:
    reading = with_settings(site, revision="topic (0123456789)")
    link, app = link_of(site), create_app(site=reading)
    for _ in range(2):
        visitor = Visitor(app.test_client())
        visitor.send(visitor.get("/modules/mail-flow/online").form("/checks/check"), "The MX record")
        page = visitor.get(link)
        assert (visitor.status, visitor.address) == (200, "/")
        assert "Teach" in page.links
        assert "Revision topic (0123456789): nothing that is done here is recorded." in page.text


def test_another_token_is_refused(site: Site) -> None:
    app = create_app(site=with_settings(site, revision="topic"))
    reader = add_person(site.database, "Reader", "", "", ("author",), None, NOW)
    owner = tokens.owner_token(site.secret, NOW + timedelta(days=1))
    for token in (owner, "x", tokens.reader_token(b"another", reader, NOW + timedelta(days=1))):
        assert "too old" in Visitor(app.test_client()).get(f"/revision/{token}").text
