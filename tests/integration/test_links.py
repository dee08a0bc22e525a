"""Where a form or link may lead: to a page of this site, and nowhere else."""

import pytest

from quizapp.site import Site
from quizapp.web.links import local_address
from tests.pages import Visitor
from tests.people import PASSWORD, add, send, sign_in

ELSEWHERE = [
    "//evil.example", "https:evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example",
    "///evil.example", "/\t/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)", "/%0d%0aX: y",
    "/progress\r\nSet-Cookie: a=b", "/progress\u2028", "http://[", "//[x", "progress", "", "/nothing/of/ours",
    "/account/sign-out", "/account/sign-in", "/account/sign-up?next=/progress", "/static/site.css", "@evil.example",
    "http://localhost@evil.example/", "http://localhost:99/progress", "/progress" + "\x00",
]  # fmt: skip


def leads_to(visitor: Visitor, address: str) -> str:
    with visitor.client.application.test_request_context("/progress"):
        return local_address(address)


def test_no_form_leads_to_another_place(visitor: Visitor) -> None:
    assert {address: leads_to(visitor, address) for address in ELSEWHERE} == dict.fromkeys(ELSEWHERE, "/")


@pytest.mark.parametrize("address", ["https://evil.example/", "http://[", "//evil.example"])
def test_signing_in_leads_to_no_other_place(site: Site, visitor: Visitor, address: str) -> None:
    add(site, "ada")
    answer = visitor.client.get("/account/sign-in", query_string={"next": address})
    assert "evil" not in answer.get_data(as_text=True)
    sign_in(visitor, "ada", next=address)
    assert visitor.address == "/"


def test_a_page_of_this_site_is_gone_back_to(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    for address in ("/progress", "/modules/mail-flow/online?attempt=x", "/appearance"):
        assert leads_to(visitor, address) == leads_to(visitor, f"http://localhost{address}") == address
    sign_in(visitor, "ada", next="/progress")
    assert visitor.address == "/progress"


def test_pressing_sign_in_again_and_again_still_leads_to_the_page_one_came_from(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    for _ in range(3):
        visitor.get(visitor.get(visitor.address or "/modules/mail-flow/online").links["Sign in"])
    visitor.get(visitor.get(visitor.address).links["Sign up"])
    visitor.get(visitor.get(visitor.address).links["Sign in"])
    form = visitor.get(visitor.address).form("/account/sign-in")
    visitor.send(form, name="ada", password=PASSWORD)
    assert visitor.address == "/modules/mail-flow/online"


def test_who_forgot_the_password_does_not_come_back_to_that_page(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    page = visitor.get("/account/forgot")
    send(visitor, page.links["Sign in"], name="ada", password=PASSWORD)
    assert visitor.address == "/"
