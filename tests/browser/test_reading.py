"""Reading a lesson: what it can hold, and what happens to a reader while an author edits it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import accessibility_faults, wider_than_screen
from tests.conftest import ROOT
from tests.server.running import Server

SAMPLER = ROOT / "tests" / "sampler" / "content"
EVERYTHING = "/modules/reference/everything"
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def sampler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(SAMPLER, tmp_path_factory.mktemp("sampler"))
    yield server.start()
    server.stop()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_everything_a_lesson_can_hold_is_accessible(
    sampler: Server, open_page: OpenPage, theme: str, javascript: bool
) -> None:
    page = open_page(
        sampler, color_scheme=theme, java_script_enabled=javascript, viewport={"width": 320, "height": 700}
    )
    page.goto(EVERYTHING)
    if not javascript:
        expect(page.get_by_text("Then open a terminal.")).to_be_visible()
        expect(page.get_by_role("button", name="Copy")).to_have_count(0)
        return
    assert accessibility_faults(page) == []
    assert not wider_than_screen(page)


def test_code_is_copied_as_it_stands(sampler: Server, open_page: OpenPage) -> None:
    page = open_page(sampler, permissions=["clipboard-read", "clipboard-write"])
    page.goto(EVERYTHING)
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Resolve-DnsName contoso.com -Type MX"
    expect(page.get_by_role("button", name="Copied")).to_have_count(0)


def test_tabs_follow_each_other_and_the_keyboard_and_stay_chosen(sampler: Server, open_page: OpenPage) -> None:
    page = open_page(sampler)
    page.goto(EVERYTHING)
    first, second = page.get_by_role("tablist").all()
    expect(first.get_by_role("tab", name="Linux")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Then open a terminal.")).to_be_hidden()
    first.get_by_role("tab", name="Linux").focus()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("tab", name="Windows")).to_be_focused()
    expect(second.get_by_role("tab", name="Windows")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Then open a terminal.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Then open a terminal.")).to_be_visible()


@pytest.fixture
def edited(folder: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(folder, tmp_path / "instance")
    yield server.start()
    server.stop()


def problems(content: Path) -> list[tuple[str, int, str]]:
    """What `quizapp check` lists."""
    listed = subprocess.run(
        [sys.executable, "-m", "quizapp", "check", str(content), "--json"], capture_output=True, text=True
    )
    return [(one["path"], one["line"], one["code"]) for one in json.loads(listed.stdout)]


def test_an_edit_is_shown_and_a_mistake_is_not(edited: Server, open_page: OpenPage) -> None:
    page, lesson = open_page(edited), edited.content / "exchange" / "mail-flow" / "2-online.md"
    good = lesson.read_text(encoding="utf-8")
    page.goto("/modules/mail-flow/online")
    expect(page.get_by_text("Mail flows.")).to_be_visible()

    lesson.write_text(good.replace("Mail flows.", "Mail flows to the cloud."), encoding="utf-8")
    for _ in range(4):  # whichever worker answers
        page.reload()
        expect(page.get_by_text("Mail flows to the cloud.")).to_be_visible()

    broken = good.replace("Mail flows.", "Nobody sees this.").replace("- ( ) A mailbox", "- ( )A mailbox")
    lesson.write_text(broken, encoding="utf-8")
    for _ in range(4):
        page.reload()
        expect(page.get_by_text("Mail flows to the cloud.")).to_be_visible()
        expect(page.get_by_label("The MX record")).to_be_visible()
    assert problems(edited.content) == [("exchange/mail-flow/2-online.md", 16, "unmarked-answer")]

    edited.kill_all()
    edited.start()
    page.reload()
    expect(page.get_by_text("Mail flows to the cloud.")).to_be_visible()
    page.get_by_label("The MX record").check()
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#page-state")).to_contain_text("Completed")

    lesson.write_text(good.replace("Mail flows.", "Mended."), encoding="utf-8")
    page.reload()
    expect(page.get_by_text("Mended.")).to_be_visible()
    assert problems(edited.content) == []


def test_a_file_that_was_never_whole_shows_what_can_be_read(
    edited: Server, open_page: OpenPage, tmp_path: Path
) -> None:
    edited.stop()
    shutil.rmtree(edited.instance)
    lesson = edited.content / "exchange" / "mail-flow" / "2-online.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("- ( ) A mailbox", "- ( )A mailbox"), encoding="utf-8")
    edited.start()
    page = open_page(edited)
    page.goto("/modules/mail-flow/online")
    expect(page.get_by_text("Mail flows.")).to_be_visible()
    expect(page.get_by_role("button", name="Check your answers")).to_have_count(0)
