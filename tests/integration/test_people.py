"""What an owner does with accounts, and what is told of it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from quizapp.actions import people
from quizapp.site import Site
from tests.conftest import PASSWORD
from tests.pages import Page, Visitor
from tests.people import add, rows, send

SignIn = Callable[..., Visitor]
ACCOUNTS = "/teach/accounts/"


def change(owner: Visitor, called: str, /, **fields: str) -> Page:
    """Send the form of an account with these fields; the others as they stand."""
    account = people.find_called(owner_site(owner).database, called)
    kept = {"name": account.name, "email": account.email}
    return send(owner, f"{ACCOUNTS}{account.id}", **{**kept, **fields})


def owner_site(visitor: Visitor) -> Site:
    """The site that a browser is at."""
    site: Site = visitor.client.application.extensions["quizapp"]
    return site


def notes(owner: Visitor) -> str:
    """What was done last."""
    return owner.get(ACCOUNTS).text.partition("What was done last")[2]


def test_an_owner_makes_an_instructor(sign_in: SignIn) -> None:
    owner, lena = sign_in("Olga", "owner"), sign_in("Lena")
    assert lena.client.get("/teach/").status_code == 403
    page = owner.get(ACCOUNTS)
    form = owner.get(page.links["Lena"]).form(page.links["Lena"])
    assert "The account of Lena is saved." in owner.send(form, name="Lena", roles="instructor").text
    assert lena.client.get("/teach/").status_code == 200
    assert lena.client.get(ACCOUNTS).status_code == 403
    assert "Olga, changed the roles: Lena (instructor)" in notes(owner)
    assert "changed the name" not in notes(owner)


def test_an_owner_changes_name_and_address(site: Site, sign_in: SignIn) -> None:
    owner = sign_in("Olga", "owner")
    add(site, "Lena", "author")
    change(owner, "Lena", name=" Lena  Marie ", email="Lena@EXAMPLE.org", roles="author")
    account = people.find_called(site.database, "lena marie")
    assert (account.name, account.email) == ("Lena Marie", "Lena@example.org")
    assert account.roles == {"author", "learner"}
    assert "Olga, changed the address: Lena Marie" in notes(owner)
    assert "Olga, changed the name: Lena Marie" in notes(owner)
    assert people.find_called(site.database, "lena@example.org") == account
    change(owner, "Lena Marie", email="", roles="author")
    assert people.find_called(site.database, "lena marie").email == ""


def test_another_spelling_of_the_own_name_is_not_taken(site: Site, sign_in: SignIn) -> None:
    owner = sign_in("Olga", "owner")
    add(site, "lena")
    change(owner, "lena", name="LENA")
    assert people.find_called(site.database, "lena").name == "LENA"


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"name": "ＯＬＧＡ"}, "name", "This name is taken. Choose another."),
        ({"name": "x@y"}, "name", "Use 2 to 60 letters and digits, without @."),
        ({"name": ""}, "name", "Enter a name."),
        ({"email": "OLGA@example.org"}, "email", "Another account has this address."),
        ({"email": "none"}, "email", "This is not an address that mail can be sent to."),
    ],
)
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "known"])
def test_what_cannot_be_taken_is_told_at_its_field_and_nothing_is_changed(
    site: Site, sign_in: SignIn, fields: dict[str, str], field: str, told: str, is_new: bool
) -> None:
    owner = sign_in("Olga", "owner")
    change(owner, "Olga", email="olga@example.org", roles="owner")
    if not is_new:
        add(site, "Lena", email="l@example.org")
    before = rows(site, "select name, email, roles from account order by id")
    values = {"name": "Lena", "roles": "author", **fields}
    page = send(owner, f"{ACCOUNTS}new", **values) if is_new else change(owner, "Lena", **values)
    assert owner.status == 422
    assert f'id="{field}-error"' in page.html
    assert told in page.text.replace("Error: ", "")
    assert page.links[next(text for text in page.links if text.startswith(told))] == f"#{field}"
    assert rows(site, "select name, email, roles from account order by id") == before


def handed_over(page: Page) -> list[str]:
    """The links to a password that a page shows, without their host."""
    return [f"/account/{word.partition('/account/')[2]}" for word in page.text.split() if "/account/password/" in word]


def test_somebody_who_is_added_chooses_a_password_by_a_link(sign_in: SignIn, visitor: Visitor) -> None:
    owner = sign_in("Olga", "owner")
    [address] = handed_over(send(owner, f"{ACCOUNTS}new", name="Amir", roles="author"))
    form = visitor.get(address).form(address)
    assert "Your password is set, and you are signed in." in visitor.send(form, new="four words in common").text
    assert visitor.client.get("/teach/problems").status_code == 200
    assert visitor.client.get(address).status_code == 410


def test_a_link_is_shown_once_and_loading_its_page_again_makes_no_other(site: Site, sign_in: SignIn) -> None:
    owner = sign_in("Olga", "owner")
    lena = add(site, "Lena")
    first = owner.send(owner.get(f"{ACCOUNTS}{lena.id}").form("/link"))
    assert len(handed_over(first)) == 1
    assert owner.address == f"{ACCOUNTS}{lena.id}/link"
    before = rows(site, "select count(*) from audit")
    again = owner.get(owner.address)
    assert handed_over(again) == []
    assert "A link is shown once, when it is made." in again.text
    assert rows(site, "select count(*) from audit") == before
    assert len(handed_over(owner.send(again.form("/link")))) == 1


def test_a_link_shows_on_the_page_of_its_account_only(site: Site, sign_in: SignIn) -> None:
    owner, lena, bo = sign_in("Olga", "owner"), add(site, "Lena"), add(site, "Bo")
    form = owner.get(f"{ACCOUNTS}{lena.id}").form("/link")
    assert owner.client.post(form.action, data=form.data()).status_code == 303
    assert handed_over(owner.get(f"{ACCOUNTS}{bo.id}/link")) == []
    assert len(handed_over(owner.get(f"{ACCOUNTS}{lena.id}/link"))) == 1


def test_who_waits_for_a_new_password_is_told_to_owners(site: Site, sign_in: SignIn, visitor: Visitor) -> None:
    owner, teacher = sign_in("Olga", "owner"), sign_in("Ines", "instructor")
    add(site, "Lena")
    assert "new password" not in owner.get("/teach/").text
    assert "Accounts" in owner.get("/teach/").links
    send(visitor, "/account/forgot", name="Lena")
    page = owner.get("/teach/")
    assert page.links["One account waits for a new password"] == f"{ACCOUNTS}#waiting"
    assert page.links["Accounts (1)"] == ACCOUNTS
    assert "Lena asked: today, " in owner.get(ACCOUNTS).text
    assert "new password" not in teacher.get("/teach/").text
    send(visitor, "/account/forgot", name="Ines")
    assert "2 accounts wait for a new password" in owner.get("/teach/").links


def test_the_last_owner_stays_one(site: Site, sign_in: SignIn) -> None:
    owner = sign_in("Olga", "owner")
    own = owner.get(ACCOUNTS).links["Olga"]
    assert "This is the only owner." in change(owner, "Olga", name="Olga Two", roles="author").text
    assert people.find_called(site.database, "Olga").roles == {"owner", "learner"}
    assert "This is the only owner." in owner.send(owner.get(f"{own}/remove").form("/remove")).text
    assert owner.client.get(ACCOUNTS).status_code == 200


def test_what_was_done_last_has_its_time_and_its_roles_in_words(site: Site, sign_in: SignIn) -> None:
    owner = sign_in("Olga", "owner")
    at = datetime(2026, 2, 3, 14, 3, tzinfo=UTC)
    people.add_person(site.database, "Lena", "", "", ["author", "instructor"], None, at)
    told = f"{at.astimezone(site.settings.zone):%H:%M}: by a command, added the account: Lena (author, instructor)"
    assert f"3 February 2026, {told}" in notes(owner)


def test_whose_own_account_goes_did_not_do_it_by_a_command(sign_in: SignIn) -> None:
    owner, lena = sign_in("Olga", "owner"), sign_in("Lena")
    send(lena, "/account/remove", password=PASSWORD)
    assert "somebody whose account is gone, removed an account" in notes(owner)
    assert "by a command, removed" not in notes(owner)
