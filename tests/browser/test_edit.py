"""The editor of content files in a browser: write, look, save, and see it as a learner does."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import OWNER, accessibility_faults, sign_in, wider_than_screen
from tests.browser.test_learning import tab_to
from tests.conftest import PASSWORD, ROOT
from tests.server.running import Server, until

OpenPage = Callable[..., Page]
BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
MODULE = "exchange/manage-mail-flow"
FRESH = "The preview is that of your text."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the shipped content, an owner and two authors."""
    content = tmp_path_factory.mktemp("desk") / "content"
    shutil.copytree(ROOT / "content", content)
    server = Server(content, tmp_path_factory.mktemp("desk-instance"))
    server.add_account(OWNER, PASSWORD, "owner")
    server.add_account("Ann", PASSWORD, "author")
    yield server.start()
    server.stop()


@pytest.fixture
def lesson(desk: Server, request: pytest.FixtureRequest) -> Path:
    """A lesson of a story's own."""
    name = re.sub(r"\W+", "-", request.node.name)[-40:].strip("-")
    file = desk.content / MODULE / f"9-{name}.md"
    file.write_text("# A lesson to edit\n\nMail *flows*.\n" + "\nA line.\n" * 60, encoding="utf-8")
    return file


def address(file: Path) -> str:
    """Where a lesson is edited."""
    return f"/teach/edit/{MODULE}/{file.name}"


def write(page: Page, text: str) -> None:
    """Type at the end of the first line of prose."""
    box = page.get_by_label("Text of the file")
    box.fill(box.input_value().replace("Mail *flows*.", text))


@BOTH_WAYS
def test_an_author_writes_looks_saves_and_sees_it_as_learners_do(
    desk: Server, open_page: OpenPage, lesson: Path, javascript: bool
) -> None:
    page = open_page(desk, java_script_enabled=javascript)
    sign_in(page, "Ann")
    page.goto("/teach/")
    page.get_by_role("link", name=f"Edit {MODULE}/{lesson.name}").click()
    write(page, "Mail **always** flows, see [the next](none.md).")
    if not javascript:
        page.get_by_role("button", name="Preview").click()
    draft = page.locator("#page-draft")
    expect(draft.locator("strong", has_text="always")).to_be_visible()
    expect(draft.get_by_text("Nothing is at")).to_be_visible()
    expect(draft.get_by_text("one line added (+), one line removed (−)")).to_be_visible()
    assert "always" not in lesson.read_text()
    write_again = page.get_by_label("Text of the file")
    write_again.fill(write_again.input_value().replace("[the next](none.md)", "the next"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"Saved {MODULE}/{lesson.name}.")).to_be_visible()
    assert "**always**" in lesson.read_text()
    page.get_by_role("link", name="As a learner sees it").click()
    page.wait_for_load_state()

    def is_shown() -> bool:
        page.reload()
        return page.locator("article strong", has_text="always").count() == 1

    assert until(is_shown)


def test_a_problem_leads_to_its_line_and_ctrl_s_saves(desk: Server, open_page: OpenPage, lesson: Path) -> None:
    page = open_page(desk)
    sign_in(page, "Ann")
    page.goto(address(lesson))
    box = page.get_by_label("Text of the file")
    box.press("Control+End")
    page.keyboard.insert_text("\n[x](none.md)\n")
    expect(page.get_by_text(FRESH)).to_be_visible()
    box.press("Control+Home")
    page.locator("#page-problems a[data-line]").click()
    expect(box).to_be_focused()
    line = len(box.input_value().split("\n")) - 1
    expect(page.locator("#page-place")).to_have_text(f"Line {line}, column 5")
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "none.md)"
    assert box.evaluate("box => box.scrollTop > 0")
    page.keyboard.press("Control+s")
    expect(page.get_by_text(f"Saved {MODULE}/{lesson.name}.")).to_be_visible()
    assert lesson.read_text().endswith("[x](none.md)\n")
    page.goto(address(lesson) + "?line=40")
    expect(page.locator("#page-place")).to_have_text("Line 40, column 1")


def test_who_leaves_a_text_that_is_not_saved_is_asked(desk: Server, open_page: OpenPage, lesson: Path) -> None:
    page, asked = open_page(desk), list[str]()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    sign_in(page, "Ann")
    page.goto(address(lesson))
    page.goto("/teach/")
    assert asked == []
    page.goto(address(lesson))
    page.get_by_label("Text of the file").press("x")
    page.goto("/teach/")
    assert asked == ["beforeunload"]
    page.goto(address(lesson))
    page.get_by_label("Text of the file").press("x")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("one line added (+)")).to_be_visible()
    assert asked == ["beforeunload"]
    page.goto("/teach/")
    assert asked == ["beforeunload", "beforeunload"]


def test_the_editor_by_the_keyboard_alone(desk: Server, open_page: OpenPage, lesson: Path) -> None:
    page = open_page(desk)
    sign_in(page, "Ann")
    page.goto(address(lesson))
    box = page.get_by_label("Text of the file")
    for _ in range(60):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.press("Control+End")
    page.keyboard.type("By keys.")
    page.keyboard.press("Tab")
    expect(box).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(box).to_be_focused()
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Saved {MODULE}/{lesson.name}.")).to_be_visible()
    assert lesson.read_text().endswith("By keys.\n")


@BOTH_WAYS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_editor_can_be_read_by_everybody(
    desk: Server, open_page: OpenPage, lesson: Path, scheme: str, javascript: bool
) -> None:
    page = open_page(desk, color_scheme=scheme, viewport={"width": 320, "height": 700}, java_script_enabled=javascript)
    wrong: list[str] = []

    def look(state: str) -> None:
        faults = accessibility_faults(page) if javascript else []  # axe is a script of the page
        wrong.extend(f"{state}: {fault}" for fault in faults)
        if wider_than_screen(page):
            wrong.append(f"{state}: wider than the screen")

    sign_in(page, "Ann")
    page.goto("/teach/new")
    look("new")
    page.get_by_role("button", name="Open the editor").click()
    look("new, refused")
    page.goto(address(lesson))
    look("opened")
    broken = "## Check {.check}\n\n### One {#one-" + scheme[:1] + "}\n\n- ( ) a\n- ( ) b " + "long" * 40
    write(page, broken)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    look("asked again")
    lesson.write_text(lesson.read_text().replace("# A lesson", "# Their lesson"))
    page.get_by_role("button", name="Save with the errors").click()
    expect(page.get_by_role("heading", name="Nothing was saved")).to_be_visible()
    look("conflict")
    page.get_by_role("button", name="Take both changes").click()
    look("both changes")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save with the errors").click()
    expect(page.get_by_text("then Ann saved")).to_be_visible()
    look("saved")
    assert wrong == []
    assert "Their lesson" in lesson.read_text()
    assert "long" * 40 in lesson.read_text()


def test_two_people_with_one_file_in_two_browsers_lose_nothing(desk: Server, open_page: OpenPage, lesson: Path) -> None:
    ann, olga = open_page(desk), open_page(desk)
    sign_in(ann, "Ann")
    sign_in(olga)
    for page in (ann, olga):
        page.goto(address(lesson))
    write(ann, "Ann's words.")
    ann.keyboard.press("Control+s")
    expect(ann.get_by_text(f"Saved {MODULE}/{lesson.name}.")).to_be_visible()
    write(olga, "Olga's words.")
    olga.keyboard.press("Control+s")
    expect(olga.get_by_text("Ann saved this file while you edited it")).to_be_visible()
    assert "Olga's words." in olga.get_by_label("Text of the file").input_value()
    assert "Ann's words." in lesson.read_text()
    olga.get_by_role("button", name="Go on with my text").click()
    write_both = olga.get_by_label("Text of the file")
    write_both.fill(write_both.input_value().replace("Olga's words.", "Ann's words. Olga's words."))
    olga.get_by_role("button", name="Save", exact=True).click()
    expect(olga.get_by_text("then Olga saved")).to_be_visible()
    assert "Ann's words. Olga's words." in lesson.read_text()


def test_a_huge_body_is_refused_by_a_real_server(desk: Server, open_page: OpenPage, lesson: Path) -> None:
    page = open_page(desk)
    sign_in(page, "Ann")
    page.goto(address(lesson))
    status = page.evaluate(
        """async () => {
          const data = new FormData(document.getElementById("page-editor"));
          data.set("source", "x".repeat(50000000));
          const answer = await fetch(location.href, { method: "POST", body: data });
          return [answer.status, (await answer.text()).includes("larger than this site takes")];
        }"""
    )
    assert status == [413, True]
    assert lesson.read_text().startswith("# A lesson to edit")
