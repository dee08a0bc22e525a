"""One's own account: the password, the address, the sessions, and links that are good for one thing, once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.actions import credentials, people, tokens
from quizapp.actions.accounts import NameTaken
from quizapp.actions.tokens import LinkExpired
from quizapp.site import Site
from quizapp.store.accounts import Account
from tests.pages import Visitor
from tests.people import PASSWORD, add, dump, enter, is_signed_in, learner_of, send, sign_in

NEW = "another four words"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOON = NOW + timedelta(hours=1)
NewVisitor = Callable[[], Visitor]


@pytest.fixture
def ada(site: Site) -> Account:
    return add(site, "ada")


@pytest.fixture
def here(new_visitor: NewVisitor, ada: Account) -> Visitor:
    """A browser where Ada is signed in."""
    return Visitor(enter(new_visitor().client, ada))


@pytest.fixture
def elsewhere(new_visitor: NewVisitor, ada: Account) -> Visitor:
    """Another one."""
    return Visitor(enter(new_visitor().client, ada))


def again(site: Site, account: Account) -> Account:
    return people.find_person(site.database, account.id)


# --- passwords and sessions


def test_a_changed_password_ends_every_other_session_at_once(
    here: Visitor, elsewhere: Visitor, new_visitor: NewVisitor
) -> None:
    page = send(here, "/account/password", current=PASSWORD, new=NEW)
    assert "Your password is changed. Other devices are signed out." in page.text
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    old, new = new_visitor(), new_visitor()
    sign_in(old, "ada")
    sign_in(new, "ada", NEW)
    assert (is_signed_in(old), is_signed_in(new)) == (False, True)


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("wrong password", NEW, "The current password is not right."),
        (PASSWORD, "short", "Use 10 characters or more."),
        (PASSWORD, "x" * 257, "Use no more than 256 characters."),
        (PASSWORD, "adaadaada1", "This is hardly more than the name."),
        (PASSWORD, "1212121212", "This is easy to guess."),
        (PASSWORD, "", "Enter a new password."),
        ("", NEW, "Enter your current password."),
    ],
)
def test_a_password_that_cannot_be_taken_changes_nothing(
    site: Site, ada: Account, here: Visitor, elsewhere: Visitor, current: str, new: str, said: str
) -> None:
    page = send(here, "/account/password", current=current, new=new)
    assert here.status == 422
    assert said in page.text
    assert not any(typed and typed in page.html for typed in (current, new) if len(typed) > 5)
    assert again(site, ada) == ada
    assert is_signed_in(elsewhere)


@pytest.mark.parametrize("address", ["/account/password", "/account/remove", "/account/email"])
def test_guessing_the_password_of_a_browser_left_open_is_stopped(
    site: Site, ada: Account, here: Visitor, address: str
) -> None:
    for _ in range(5):
        send(here, address, current="wrong", password="wrong", new=NEW)
    send(here, address, current=PASSWORD, password=PASSWORD, new=NEW)
    assert here.status == 429
    assert again(site, ada) == ada


def test_signing_out_everywhere_ends_every_session_at_once(here: Visitor, elsewhere: Visitor) -> None:
    page = send(here, "/account/", "/sign-out-everywhere")
    assert "You are signed out everywhere." in page.text
    assert not is_signed_in(here)
    assert not is_signed_in(elsewhere)
    sign_in(here, "ada")
    assert is_signed_in(here)


def test_signing_out_here_leaves_the_others(here: Visitor, elsewhere: Visitor) -> None:
    send(here, "/", "/sign-out")
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (False, True)


def test_signing_out_twice_is_no_fault(here: Visitor) -> None:
    form = here.get("/").form("/sign-out")
    here.send(form)
    here.send(form)
    assert (here.status, here.address) == (200, "/")


# --- links to a password


def in_an_hour() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


def password_link(site: Site, account: Account, until: datetime | None = None) -> str:
    return f"/account/password/{tokens.password_token(site.secret, account, until or in_an_hour())}"


def test_a_link_sets_a_password_once_and_ends_every_session(
    site: Site, ada: Account, visitor: Visitor, elsewhere: Visitor
) -> None:
    link, second = password_link(site, ada), password_link(site, ada, datetime.now(UTC) + timedelta(days=1))
    page = send(visitor, link, new="short")
    assert visitor.status == 422
    assert "Use 10 characters or more." in page.text
    page = send(visitor, link, new=NEW)
    assert "Your password is set, and you are signed in." in page.text
    assert is_signed_in(visitor)
    assert not is_signed_in(elsewhere)
    for address in (link, second):
        assert elsewhere.client.get(address).status_code == 410


def test_a_link_that_is_used_between_page_and_form_sets_nothing(
    site: Site, ada: Account, visitor: Visitor, elsewhere: Visitor
) -> None:
    link = password_link(site, ada)
    form = visitor.get(link).form(link)
    send(elsewhere, link, new=NEW)
    before = dump(site)
    visitor.send(form, new="a third password")
    assert visitor.status == 410
    assert dump(site) == before


def test_a_link_asks_about_the_work_of_a_guest_too(site: Site, ada: Account, visitor: Visitor) -> None:
    visitor.send(visitor.get("/modules/mail-flow/online").form("/checks/check"), "MX record")
    send(visitor, password_link(site, ada), new=NEW)
    assert visitor.address == "/account/merge?next=/"


def test_a_link_dies_with_the_password_the_sessions_and_the_account(site: Site, ada: Account, visitor: Visitor) -> None:
    link = password_link(site, ada)
    credentials.sign_out_everywhere(site.database, learner_of(site, ada), NOW)
    assert visitor.client.get(link).status_code == 410
    link = password_link(site, again(site, ada))
    assert visitor.client.get(link).status_code == 200
    people.remove_person(site.database, ada.id, None, NOW)
    assert visitor.client.get(link).status_code == 410


def test_a_link_is_too_old_one_day(site: Site, ada: Account, visitor: Visitor) -> None:
    assert visitor.client.get(password_link(site, ada, datetime.now(UTC) - timedelta(seconds=1))).status_code == 410


def test_a_link_is_good_for_its_purpose_only(site: Site, ada: Account, visitor: Visitor) -> None:
    later = in_an_hour()
    links = {
        "password": tokens.password_token(site.secret, ada, later),
        "email": tokens.email_token(site.secret, ada, "ada@example.org", datetime.now(UTC), later),
        "owner": tokens.owner_token(site.secret, later),
    }
    for purpose in links:
        for other, token in links.items():
            status = visitor.client.get(f"/account/{purpose}/{token}").status_code
            assert status == (200 if other == purpose else 410), (purpose, other)


def test_a_link_that_was_tampered_with_is_none(site: Site, ada: Account, visitor: Visitor) -> None:
    token = tokens.password_token(site.secret, ada, in_an_hour())
    body, _, seal = token.partition(".")
    other = tokens.password_token(b"another secret", ada, in_an_hour())
    for wrong in (
        body,
        f"{body}.",
        f"{body}x.{seal}",
        f"{body}.{seal[:-2]}",
        f".{seal}",
        token * 2,
        other,
        "é",
        "a.b.c",
    ):
        assert visitor.client.get(f"/account/password/{wrong}").status_code == 410, wrong
        assert visitor.client.post(f"/account/password/{wrong}", data={"new": NEW}).status_code in (400, 410), wrong
    assert again(site, ada) == ada


def test_a_link_that_an_owner_hands_out_is_good_once(site: Site, ada: Account, visitor: Visitor) -> None:
    token = people.hand_out_link(site.database, site.secret, ada.id, None, datetime.now(UTC))
    send(visitor, f"/account/password/{token}", new=NEW)
    assert is_signed_in(visitor)
    assert visitor.client.get(f"/account/password/{token}").status_code == 410


# --- addresses


def email_token(site: Site, account: Account, email: str, made: datetime = NOW) -> str:
    return tokens.email_token(site.secret, account, email, made, SOON)


def confirm(site: Site, token: str, now: datetime = NOW) -> None:
    credentials.confirm_email(site.database, site.secret, token, now)


def test_the_address_of_another_account_cannot_be_taken(site: Site, ada: Account, visitor: Visitor) -> None:
    add(site, "ben", email="Ben@example.org")
    with pytest.raises(NameTaken):
        confirm(site, email_token(site, ada, "BEN@EXAMPLE.org"))
    assert again(site, ada).email == ""
    with pytest.raises(NameTaken):
        add(site, "mallory", email="ben@example.ORG")
    later = in_an_hour()
    link = f"/account/email/{tokens.email_token(site.secret, ada, 'ben@example.org', datetime.now(UTC), later)}"
    assert "This address belongs to another account." in send(visitor, link).text


def test_an_old_link_does_not_bring_an_address_back(site: Site, ada: Account) -> None:
    minute = timedelta(minutes=1)
    first = email_token(site, ada, "old@example.org")
    confirm(site, first, NOW + minute)
    learner = learner_of(site, ada)
    credentials.change_email(site.database, learner, PASSWORD, "", "", NOW + 2 * minute)
    assert again(site, ada).email == ""
    with pytest.raises(LinkExpired):
        confirm(site, first, NOW + 3 * minute)
    second = email_token(site, ada, "new@example.org", NOW + 3 * minute)
    third = email_token(site, ada, "third@example.org", NOW + 3 * minute)
    confirm(site, second, NOW + 4 * minute)
    with pytest.raises(LinkExpired):
        confirm(site, third, NOW + 5 * minute)
    assert again(site, ada).email == "new@example.org"


def test_ending_the_sessions_ends_a_link_that_a_thief_had_sent(site: Site, ada: Account) -> None:
    token = email_token(site, ada, "thief@example.org")
    credentials.sign_out_everywhere(site.database, learner_of(site, ada), NOW)
    with pytest.raises(LinkExpired):
        confirm(site, token)


def test_an_address_is_removed_with_the_password_only(site: Site, ada: Account, here: Visitor) -> None:
    confirm(site, email_token(site, ada, "ada@example.org"))
    page = here.get("/account/email")
    assert 'value="ada@example.org"' in page.html
    send(here, "/account/email", email="", password="wrong")
    assert again(site, ada).email == "ada@example.org"
    page = send(here, "/account/email", email="", password=PASSWORD)
    assert "There is no address now." in page.text
    assert again(site, ada).email == ""


@pytest.mark.parametrize("name", ["ada", "ada@example.org", "nobody", "a\x00b", "x" * 5000])
def test_asking_for_a_password_is_answered_alike(site: Site, visitor: Visitor, name: str) -> None:
    add(site, "Ada", email="ada@example.org")
    page = send(visitor, "/account/forgot", name=name)
    assert visitor.status == 200
    assert "If there is an account of that name" in page.text
    for _ in range(10):
        send(visitor, "/account/forgot", name=name)
    assert visitor.status == 429


def test_the_current_password_is_no_new_one(sign_in: Callable[..., Visitor]) -> None:
    ada = sign_in("Ada")
    form = ada.get("/account/password").form("/account/password")
    page = ada.send(form, current="correct horse battery", new="correct horse battery")
    assert (ada.status, "This is the current password." in page.text) == (422, True)
