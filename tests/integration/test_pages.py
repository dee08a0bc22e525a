"""What every answer carries, and what a page says when something is wrong."""

import gzip
import re

import pytest

from quizapp.site import Site
from quizapp.web.static import FOLDER
from tests.pages import Visitor

PAGES = [
    "/",
    "/progress",
    "/modules/mail-flow",
    "/modules/mail-flow/online",
    "/paths/exchange",
    "/nothing",
    "/account/sign-in",
    "/account/sign-up",
    "/account/forgot",
    "/account/password/none",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_headers(visitor: Visitor, address: str) -> None:
    headers = visitor.client.get(address).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert headers["Cache-Control"] == "private, no-cache"
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_style_or_script_of_its_own(visitor: Visitor, address: str) -> None:
    html = visitor.get(address).html
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html)


def test_static_files_are_kept_and_missing_ones_are_not(visitor: Visitor) -> None:
    [address] = re.findall(r'href="(/static/site\.css[^"]*)"', visitor.get("/").html)
    with visitor.client.get(address) as response:
        assert "immutable" in response.headers["Cache-Control"]
    assert visitor.client.get("/static/none.css").headers["Cache-Control"] == "private, no-cache"


def test_every_static_file_is_served_compressed_to_those_who_take_it(visitor: Visitor) -> None:
    for file in FOLDER.iterdir():
        address = f"/static/{file.name}"
        plain = visitor.client.get(address)
        assert plain.get_data() == file.read_bytes()
        assert "Content-Encoding" not in plain.headers
        small = visitor.client.get(address, headers={"Accept-Encoding": "br, gzip"})
        assert small.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.get_data()) == file.read_bytes()
        assert {plain.headers["Vary"], small.headers["Vary"]} == {"Accept-Encoding"}
        assert plain.headers["ETag"] != small.headers["ETag"]
        assert plain.content_type == small.content_type != "application/octet-stream"


def test_who_refuses_gzip_gets_plain_files(visitor: Visitor) -> None:
    answer = visitor.client.get("/static/site.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers


def test_a_static_file_that_the_browser_has_is_not_sent_again(visitor: Visitor) -> None:
    tag = visitor.client.get("/static/site.css").headers["ETag"]
    again = visitor.client.get("/static/site.css", headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert "immutable" in again.headers["Cache-Control"]


def test_a_page_is_not_compressed(visitor: Visitor) -> None:
    answer = visitor.client.get("/modules/mail-flow/online", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers  # it holds a token beside text that was sent to it


@pytest.mark.parametrize("name", ["none.css", "../__init__.py", "%2e%2e/health.py", ""])
def test_nothing_else_is_under_static(visitor: Visitor, name: str) -> None:
    assert visitor.client.get(f"/static/{name}").status_code == 404


def test_the_cookie_is_not_sent_again_on_every_page(visitor: Visitor) -> None:
    visitor.get("/")
    assert "Set-Cookie" not in visitor.client.get("/").headers


def test_a_fault_of_ours_is_a_page(site: Site, visitor: Visitor) -> None:
    visitor.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    visitor.get("/")
    site.database.close()
    with site.database.engine.begin() as connection:
        connection.exec_driver_sql("alter table learner rename to elsewhere")
    page = visitor.get("/")
    assert visitor.status == 500
    assert "This is our fault, not yours." in page.text


def test_an_empty_folder_says_what_to_do_next(site: Site, visitor: Visitor) -> None:
    for file in site.settings.content.rglob("*.md"):
        file.unlink()
    assert "There is nothing to learn here yet." in visitor.get("/").text
    assert visitor.status == 200


def test_reading_on_completes_a_lesson_and_an_edit_is_told(site: Site, visitor: Visitor) -> None:
    visitor.send(visitor.get("/modules/mail-flow/introduction").form("/continue"))
    assert visitor.address == "/modules/mail-flow/online"
    assert "You were here" in visitor.get("/").text
    file = site.settings.content / "exchange" / "mail-flow" / "1-introduction.md"
    file.write_text("# Introduction\n\nOther words.\n", encoding="utf-8")
    page = visitor.get("/modules/mail-flow/introduction")
    assert "Changed since you completed it" in page.text
    assert "1 of 2 lessons" in visitor.get("/progress").text


@pytest.mark.parametrize("address", ["/logo", "/imprint"])
def test_a_site_without_a_logo_or_imprint_says_so(visitor: Visitor, address: str) -> None:
    assert visitor.client.get(address).status_code == 404


def test_after_looking_for_changes_the_site_pauses(site: Site) -> None:
    file = site.settings.content / "exchange" / "mail-flow" / "1-introduction.md"
    before = site.catalogue
    site.looking_pause = 1e9  # cut to half a second
    assert site.catalogue is before
    file.write_text("# Introduction\n\nOther words.\n", encoding="utf-8")
    assert site.catalogue is before


def test_an_edit_is_seen_at_the_next_look(site: Site) -> None:
    file = site.settings.content / "exchange" / "mail-flow" / "1-introduction.md"
    before = site.catalogue
    file.write_text("# Introduction\n\nOther words.\n", encoding="utf-8")
    assert site.catalogue is not before
