"""Pasting questions in a browser: read, say a key, save; by keyboard and eye of axe, on a phone, in the dark, without
JavaScript; and rich text, which keeps what is bold."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, accessibility_faults, sign_in, wider_than_screen
from tests.conftest import PASSWORD, ROOT
from tests.server.running import Server

OpenPage = Callable[..., Page]
TEXT = """1. Which record names the servers that accept mail?
a) A
*b) MX

2. Which one is blue?
a) Sky
b) Grass

3. Water freezes at ____ °C.
Answer: 0
Difficulty: easy
"""
RICH = """<html><body><p>1. Which is wet?</p><ol type="a"><li>Sand</li><li><b>Rain</b></li></ol>
<p>2. Which is hot?</p><p><span style="background-color: yellow">a) Fire</span></p><p>b) Ice</p></body></html>"""
PASTE_RICH = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.getElementById("source").dispatchEvent(event);
}"""


@pytest.fixture
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with content that may be changed, and an author."""
    content = tmp_path_factory.mktemp("pasting") / "content"
    shutil.copytree(ROOT / "content", content)
    server = Server(content, tmp_path_factory.mktemp("pasting-instance"))
    server.add_account("Ann", PASSWORD, "author")
    yield server.start()
    server.stop()


def read(page: Page, text: str) -> None:
    """Paste a text and have it read."""
    page.goto("/teach/paste")
    page.get_by_label("Paste questions as you have them").fill(text)
    page.get_by_role("button", name="Read the questions").click()
    expect(page.get_by_role("heading", name="questions were found")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_an_author_pastes_says_a_key_and_saves(school: Server, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(school, java_script_enabled=javascript)
    sign_in(page, "Ann")
    read(page, TEXT)
    expect(page.get_by_text("1 cannot be saved yet")).to_be_visible()
    asked = page.get_by_role("group", name="Which is right? Which one is blue?")
    asked.get_by_label("Sky").check()
    asked.get_by_role("button", name="Take this answer").click()
    expect(page.get_by_text("1 cannot be saved yet")).to_have_count(0)
    page.get_by_label("Title of a new bank").fill("From a mail")
    page.get_by_label("Module of a new bank").select_option("exchange/manage-mail-flow")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("3 questions were added to exchange/manage-mail-flow/from-a-mail.bank.md.")).to_be_visible()
    page.goto("/teach/modules/manage-mail-flow/banks/from-a-mail")
    expect(page.get_by_text("3 questions")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_page_has_no_faults_and_fits_a_phone(school: Server, open_page: OpenPage, colours: str) -> None:
    for size in (PHONE, {"width": 320, "height": 640}, {"width": 1440, "height": 900}):
        page = open_page(school, viewport=size, color_scheme=colours)
        sign_in(page, "Ann")
        page.goto("/teach/paste")
        assert accessibility_faults(page) == []
        read(page, TEXT)
        assert accessibility_faults(page) == []
        assert not wider_than_screen(page)


def test_source_and_result_stand_side_by_side_where_there_is_room(school: Server, open_page: OpenPage) -> None:
    page = open_page(school, viewport={"width": 1440, "height": 900})
    sign_in(page, "Ann")
    read(page, TEXT)
    source, result = page.locator(".pasted-source").first, page.locator(".pasted-result").first
    left, right = source.bounding_box(), result.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    page.set_viewport_size({"width": 360, "height": 740})
    left, right = source.bounding_box(), result.bounding_box()
    assert left
    assert right
    assert left["y"] + left["height"] <= right["y"]


def test_rich_text_keeps_what_is_bold_and_the_letters_of_lists(school: Server, open_page: OpenPage) -> None:
    page = open_page(school)
    sign_in(page, "Ann")
    page.goto("/teach/paste")
    page.evaluate(PASTE_RICH, RICH)
    field = page.get_by_label("Paste questions as you have them")
    lines = [line for line in field.input_value().split("\n") if line.strip()]
    assert lines == ["1. Which is wet?", "a) Sand", "b) **Rain**", "2. Which is hot?", "==a) Fire==", "b) Ice"]
    page.get_by_role("button", name="Read the questions").click()
    expect(page.get_by_text("took the bold one as right.")).to_be_visible()
    expect(page.get_by_text("took the highlighted one as right.")).to_be_visible()
