"""Cookies, sessions and headers; who is asking behind a proxy; who sees what of a site that is not open to all."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import request
from werkzeug.wrappers import Response

from quizapp.site import Site
from quizapp.store.accounts import Account
from quizapp.web import create_app
from tests.pages import Page, Visitor
from tests.people import PASSWORD, add, dump, enter, is_signed_in, rows, sign_in, sign_up, visitor_of, with_settings

LESSON = "/modules/mail-flow/online"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"/>'
TLS = "https://localhost"
NewVisitor = Callable[[], Visitor]


def cookie_of(answer: Response) -> str:
    return str(answer.headers.get("Set-Cookie", ""))


# --- cookies


def test_a_cookie_over_http_is_no_secure_one(visitor: Visitor) -> None:
    said = cookie_of(visitor.client.get("/"))
    assert said.startswith("quizapp=")
    assert "Secure" not in said


def test_a_cookie_over_tls_is_bound_to_the_host(site: Site) -> None:
    client = create_app(site=site).test_client()
    said = cookie_of(client.get("/", base_url=TLS))
    assert said.startswith("__Host-quizapp=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in said.split("; ")
    assert "Domain" not in said


def test_a_form_over_tls_is_taken_without_a_referrer(site: Site) -> None:
    add(site, "ada")
    client = create_app(site=site).test_client()
    page = Page(client.get("/account/sign-in", base_url=TLS).get_data(as_text=True))
    data = {**page.form("/sign-in").data(), "name": "ada", "password": PASSWORD}
    assert client.post("/account/sign-in", base_url=TLS, data=data).status_code == 303


def test_a_cookie_of_plain_http_says_nothing_over_tls(site: Site) -> None:
    client = create_app(site=site).test_client()
    enter(client, add(site, "ada"))
    assert client.get("/account/").status_code == 200
    assert client.get("/account/", base_url=TLS).status_code == 303


def test_a_cookie_lasts_400_days_and_is_sent_once_a_day(visitor: Visitor) -> None:
    first = cookie_of(visitor.client.get("/"))
    assert "Expires=" in first
    assert visitor.client.application.permanent_session_lifetime == timedelta(days=400)
    assert cookie_of(visitor.client.get("/progress")) == ""
    with visitor.client.session_transaction() as session:
        session["day"] = "2026-01-01"
    assert "Expires=" in cookie_of(visitor.client.get("/progress"))


def test_files_and_health_set_no_cookie(visitor: Visitor) -> None:
    for address in ("/healthz", "/static/site.css", "/colours.css", "/logo"):
        with visitor.client.get(address) as answer:
            assert cookie_of(answer) == "", address


# --- rotation


def test_signing_in_makes_another_session_with_another_token(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    form = visitor.get("/account/sign-in").form("/sign-in")
    with visitor.client.session_transaction() as session:
        before = dict(session)
    visitor.send(form, name="ada", password=PASSWORD)
    with visitor.client.session_transaction() as session:
        after = dict(session)
    assert "guest" not in after
    assert after.get("csrf_token") != before["csrf_token"]
    old = dict(visitor.get("/account/").form("/sign-out-everywhere").hidden)["csrf_token"]
    assert old != dict(form.hidden)["csrf_token"]
    before_rows = dump(site)
    visitor.send(visitor.get("/account/").form("/sign-out-everywhere"), csrf_token=dict(form.hidden)["csrf_token"])
    assert visitor.status == 400
    assert dump(site) == before_rows


def test_a_cookie_that_was_planted_before_signing_in_is_nobodys_afterwards(site: Site, new_visitor: NewVisitor) -> None:
    victim, thief = new_visitor(), new_visitor()
    thief.get("/")
    planted = thief.client.get_cookie("quizapp")
    assert planted
    victim.client.set_cookie("quizapp", planted.value)
    victim.send(victim.get(LESSON).form("/checks/check"), "MX record")
    sign_up(victim, "ada")
    assert "Completed" in victim.get("/progress").text
    assert not is_signed_in(thief)
    assert "Completed" not in thief.get("/progress").text


def test_what_a_browser_looks_like_stays_whoever_signs_in(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    visitor.send(visitor.get("/appearance").form("/appearance"), theme="dark", contrast="more")
    sign_in(visitor, "ada")
    assert 'data-theme="dark"' in visitor.get("/").html
    visitor.send(visitor.get("/").form("/sign-out"))
    assert 'data-theme="dark"' in visitor.get("/").html


@pytest.mark.parametrize(
    "planted", [{"account": 1}, {"account": "1", "epoch": "1"}, {"epoch": 1}, {"guest": 7}, {"before": 7}]
)
def test_a_session_that_makes_no_sense_is_a_guests(visitor: Visitor, planted: dict[str, object]) -> None:
    with visitor.client.session_transaction() as session:
        session.update(planted)
    assert not is_signed_in(visitor)
    visitor.get("/account/merge")
    assert visitor.status == 200


# --- proxies


def peer_after(site: Site, proxies: int, forwarded: str) -> str:
    """Whose tries are counted of somebody who says they ask for another."""
    app = create_app(site=with_settings(site, proxies=proxies))
    with app.test_client() as client:
        client.get("/", headers={"X-Forwarded-For": forwarded}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
        return str(request.remote_addr)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "who"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),  # the first was written by whoever asks
        (2, "203.0.113.5, 198.51.100.9", "203.0.113.5"),
    ],
)
def test_who_is_asking_is_believed_of_ones_own_proxies_only(site: Site, proxies: int, forwarded: str, who: str) -> None:
    assert peer_after(site, proxies, forwarded) == who


@pytest.mark.parametrize(("proxies", "name"), [(0, "quizapp="), (1, "__Host-quizapp=")])
def test_tls_is_believed_of_ones_own_proxies_only(site: Site, proxies: int, name: str) -> None:
    client = create_app(site=with_settings(site, proxies=proxies)).test_client()
    assert cookie_of(client.get("/", headers={"X-Forwarded-Proto": "https"})).startswith(name)


# --- sites that are not open, and what is for those who signed in


@pytest.fixture
def audiences(folder: Path) -> Path:
    """One lesson for all, one for those who signed in, each with a picture; one that says nothing."""
    module = folder / "exchange" / "mail-flow"
    (module / "media").mkdir()
    for number, (name, audience) in enumerate({"public": "public", "inner": "signed-in"}.items(), start=3):
        (module / "media" / f"{name}.svg").write_text(PICTURE)
        text = f"---\naudience: {audience}\n---\n# For {name}\n\n![It]" + f"(media/{name}.svg)\n"
        (module / f"{number}-{name}.md").write_text(text, encoding="utf-8")
    return folder


def picture(visitor: Visitor, name: str, module: str = "mail-flow") -> int:
    with visitor.client.get(f"/media/exchange/{module}/media/{name}.svg") as answer:
        return answer.status_code


def test_what_authors_and_owners_bring_runs_nothing(site: Site, audiences: Path) -> None:
    (site.settings.instance / "logo.svg").write_text(PICTURE)
    client = create_app(site=with_settings(site, logo="logo.svg")).test_client()
    for address in ("/media/exchange/mail-flow/media/public.svg", "/logo"):
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_for_those_who_signed_in_is_absent_for_a_guest(
    site: Site, audiences: Path, new_visitor: NewVisitor
) -> None:
    guest, learner = new_visitor(), Visitor(enter(new_visitor().client, add(site, "ada")))
    for visitor, status in ((guest, 404), (learner, 200)):
        page = visitor.get("/modules/mail-flow")
        assert ("For inner" in page.text) == (status == 200)
        visitor.get("/modules/mail-flow/inner")
        assert visitor.status == status
        assert picture(visitor, "inner") == status
        assert picture(visitor, "public") == 200
    assert "Sign in" in guest.get("/modules/mail-flow/inner").links


@pytest.mark.parametrize("access", ["account", "invited"])
def test_a_closed_site_leads_guests_to_sign_in_and_back(site: Site, access: str) -> None:
    add(site, "ada")
    visitor = visitor_of(with_settings(site, access=access))
    for address in ("/", "/progress", LESSON, "/modules/none", "/paths/none"):
        visitor.get(address)
        assert visitor.address.startswith("/account/sign-in?next="), address
    page = visitor.get(f"{LESSON}?attempt=x")
    assert "Exchange Online" not in page.text
    page = visitor.send(visitor.get(LESSON).form("/sign-in"), name="ada", password=PASSWORD)
    assert visitor.address == LESSON
    assert "Mail flows." in page.text


@pytest.mark.parametrize("access", ["account", "invited"])
def test_what_is_stated_to_be_public_stays_so_on_a_closed_site(site: Site, audiences: Path, access: str) -> None:
    taster = audiences / "exchange" / "taster"
    (taster / "media").mkdir(parents=True)
    (taster / "index.md").write_text("---\naudience: public\n---\n# Taster\n", encoding="utf-8")
    (taster / "1-try.md").write_text("# Try it\n\nFor anybody.\n\n![It](media/try.svg)\n", encoding="utf-8")
    (taster / "media" / "try.svg").write_text(PICTURE)
    add(site, "ada")
    visitor = visitor_of(with_settings(site, access=access))
    home = visitor.get("/")
    assert "Taster" in home.text
    assert "Exchange Online" not in visitor.get("/modules/mail-flow").text
    assert "For anybody." in visitor.get("/modules/taster/try").text
    assert picture(visitor, "try", "taster") == 200
    visitor.get("/modules/mail-flow/inner")
    assert visitor.address == "/account/sign-in?next=/modules/mail-flow/inner"
    assert picture(visitor, "inner") == 404
    page = sign_in(visitor, "ada", next="/modules/mail-flow/inner")
    assert "For inner" in page.text


def test_one_public_lesson_of_a_closed_site_shows_nothing_beside_it(site: Site, audiences: Path) -> None:
    index = "---\nsummary: Inner summary\nobjectives: [Inner objective]\n---\n# Mail flow\n\nInner text.\n"
    (audiences / "exchange" / "mail-flow" / "index.md").write_text(index, encoding="utf-8")
    visitor = visitor_of(with_settings(site, access="account"))
    for address in ("/", "/paths/exchange", "/modules/mail-flow", "/modules/mail-flow/public"):
        page = visitor.get(address)
        assert visitor.address == address
        assert not re.search(r"Inner|For inner|Introduction|Exchange Online", page.text), address
    assert "For public" in page.text
    assert (picture(visitor, "public"), picture(visitor, "inner")) == (200, 404)
    visitor.get(LESSON)
    assert visitor.address.startswith("/account/sign-in?next=")


def test_a_picture_that_one_answered_is_no_other_guests(site: Site, folder: Path, new_visitor: NewVisitor) -> None:
    module = folder / "exchange" / "mail-flow"
    (module / "media").mkdir()
    (module / "media" / "a.svg").write_text(PICTURE)
    lesson = module / "3-asked.md"
    asked = "## Check {.check}\n\n### What? {#what}\n\n![It](media/a.svg)\n\n- (x) Yes\n- ( ) No\n"
    lesson.write_text(f"---\naudience: signed-in\n---\n# Asked\n\n{asked}", encoding="utf-8")
    one = Visitor(enter(new_visitor().client, add(site, "ada")))
    one.send(one.get("/modules/mail-flow/asked").form("/checks/check"), "Yes")
    assert (picture(one, "a"), picture(new_visitor(), "a")) == (200, 404)


def test_where_owners_invite_nobody_signs_up(site: Site) -> None:
    invited = with_settings(site, access="invited")
    app = create_app(site=invited)
    app.config["WTF_CSRF_ENABLED"] = False
    visitor = Visitor(app.test_client())
    page = visitor.get("/account/sign-up?next=/progress")
    assert visitor.address == "/account/sign-in?next=/progress"
    assert "Accounts are made by an owner here." in page.text
    assert "Sign up" not in page.links
    visitor.client.post("/account/sign-up", data={"name": "mallory", "password": PASSWORD})
    assert rows(site, "select count(*) from account")[0][0] == 0


def test_on_a_site_for_accounts_whoever_signs_up_is_in(site: Site) -> None:
    visitor = visitor_of(with_settings(site, access="account"))
    visitor.get(LESSON)
    page = visitor.get(visitor.get(visitor.address).links["Sign up"])
    page = visitor.send(page.form("/sign-up"), name="ada", password=PASSWORD)
    assert visitor.address == LESSON
    assert "Mail flows." in page.text


@pytest.mark.parametrize("role", ["author", "owner", "instructor"])
def test_a_draft_is_seen_by_those_who_write_only(site: Site, folder: Path, visitor: Visitor, role: str) -> None:
    (folder / "exchange" / "mail-flow" / "3-draft.md").write_text("---\ndraft: true\n---\n# Draft\n", encoding="utf-8")
    account: Account = add(site, "ada", role)  # type: ignore[arg-type]
    assert visitor.client.get("/modules/mail-flow/draft").status_code == 404
    enter(visitor.client, account)
    assert visitor.client.get("/modules/mail-flow/draft").status_code == (404 if role == "instructor" else 200)
