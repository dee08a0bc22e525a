"""What is saved in a file shows on the open pages of authors, and is told on those of learners."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, accessibility_faults, sign_in, wider_than_screen
from tests.browser.test_learning import tab_to
from tests.conftest import PASSWORD, ROOT
from tests.server.running import Server

OpenPage = Callable[..., Page]
LESSON = "/modules/manage-mail-flow/live"
WORDS = "A sentence that makes the page long enough to scroll. " * 12
PARAGRAPHS = "\n\n".join(f"Paragraph {number}. {WORDS}" for number in range(1, 13))
TEXT = f"""# Live

{PARAGRAPHS}

```sh
dig contoso.com MX
```

/// details | More of it
Hidden at first.
///

## Check your knowledge {{.check}}

### Which record? {{#live-record}}

- (x) The MX record
  > Right.
- ( ) The A record
- ( ) The TXT record

### Which port? {{#live-port}}

- = 25
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the shipped content and a lesson to edit, an author and a learner."""
    content = tmp_path_factory.mktemp("live") / "content"
    shutil.copytree(ROOT / "content", content)
    server = Server(content, tmp_path_factory.mktemp("live-instance"))
    server.add_account("Ann", PASSWORD, "author")
    lesson_of(server).write_text(TEXT, encoding="utf-8")
    yield server.start()
    server.stop()


@pytest.fixture
def lesson(school: Server) -> Path:
    """The file of the lesson, as it is at first."""
    file = lesson_of(school)
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def author(school: Server, lesson: Path, open_page: OpenPage) -> Page:
    """An author with the lesson open."""
    page = open_page(school, viewport={"width": 1280, "height": 800})
    sign_in(page, "Ann")
    page.goto(LESSON)
    page.evaluate("window.sameDocument = true")
    return page


def lesson_of(server: Server) -> Path:
    return server.content / "exchange" / "manage-mail-flow" / "9-live.md"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def top_of(page: Page, text: str) -> float:
    """How far below the upper edge of the window a text stands."""
    box = page.get_by_text(text, exact=False).first.bounding_box()
    assert box
    return box["y"]


def is_same_document(page: Page) -> bool:
    return bool(page.evaluate("window.sameDocument === true"))


def come_back(page: Page) -> None:
    """Go to another tab and come back, as far as the page can tell."""
    page.wait_for_timeout(1100)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_an_edit_shows_without_a_new_page_a_mistake_is_told_and_learners_keep_the_good_version(
    school: Server, lesson: Path, author: Page, open_page: OpenPage
) -> None:
    learner = open_page(school)
    learner.goto(LESSON)
    change(lesson, "Paragraph 1.", "Paragraph one, as edited.")
    expect(author.get_by_text("Paragraph one, as edited.")).to_be_visible()
    change(lesson, "- (x) The MX record", "- [x] The MX record")
    panel = author.locator("#page-problems:not(.is-advice)")
    expect(panel).to_contain_text("2 errors")
    expect(panel).to_contain_text("exchange/manage-mail-flow/9-live.md:")
    expect(panel).to_contain_text("Use one kind in a list.")
    expect(panel).to_contain_text("Learners go on seeing the last version")
    learner.goto(LESSON)
    expect(learner.get_by_text("The MX record")).to_be_visible()
    expect(learner.get_by_text("Paragraph one, as edited.")).to_be_visible()
    expect(learner.locator("#page-problems")).to_have_count(0)
    change(lesson, "- [x] The MX record", "- (x) The MX record")
    expect(panel).to_have_count(0)
    assert is_same_document(author)


def test_what_is_inserted_above_moves_nothing_that_is_read(lesson: Path, author: Page) -> None:
    author.get_by_text("Paragraph 8.").evaluate("one => one.scrollIntoView()")
    before = top_of(author, "Paragraph 8.")
    change(lesson, "# Live\n", f"# Live\n\nInserted. {WORDS}\n\n- One\n- Two\n")
    expect(author.get_by_text("Inserted.")).to_be_attached()
    author.wait_for_timeout(100)
    assert abs(top_of(author, "Paragraph 8.") - before) < 2
    change(lesson, "- (x) The MX record", "- [x] The MX record")
    expect(author.locator("#page-problems:not(.is-advice)")).to_be_visible()
    assert abs(top_of(author, "Paragraph 8.") - before) < 2
    change(lesson, "Paragraph 8.", "Paragraph eight.")
    change(lesson, "- [x] The MX record", "- (x) The MX record")
    expect(author.get_by_text("Paragraph eight.")).to_be_visible()
    assert abs(top_of(author, "Paragraph eight.") - before) < 2


def test_what_is_open_filled_in_and_focused_stays_so(lesson: Path, author: Page) -> None:
    author.get_by_text("More of it").click()
    author.get_by_label("The A record").check()
    author.get_by_role("textbox").fill("2")
    author.get_by_role("textbox").focus()
    order = author.locator(".check .choice").all_inner_texts()
    change(lesson, "Hidden at first.", "Hidden at first, and edited.")
    change(lesson, "Paragraph 1.", "Paragraph one.")
    expect(author.get_by_text("Hidden at first, and edited.")).to_be_visible()
    expect(author.get_by_text("Paragraph one.")).to_be_visible()
    expect(author.get_by_label("The A record")).to_be_checked()
    expect(author.get_by_role("textbox")).to_have_value("2")
    expect(author.get_by_role("textbox")).to_be_focused()
    assert author.locator(".check .choice").all_inner_texts() == order
    change(lesson, "The TXT record", "The SPF record")
    change(lesson, "Paragraph 2.", "Paragraph two.")
    expect(author.get_by_text("Paragraph two.")).to_be_visible()
    expect(author.get_by_text("Your answers here are kept")).to_be_visible()
    expect(author.get_by_label("The A record")).to_be_checked()
    expect(author.get_by_role("textbox")).to_have_value("2")
    author.get_by_role("button", name="Check your answers").click()
    expect(author.get_by_role("heading", name="1 of 2 right")).to_have_count(0)
    expect(author.locator(".check")).to_contain_text("The TXT record")  # what was answered is what was shown
    change(lesson, "Paragraph 3.", "Paragraph three.")
    expect(author.get_by_text("Paragraph three.")).to_be_visible()
    expect(author.locator(".check")).to_contain_text("Not quite")
    assert is_same_document(author)


def test_a_question_nobody_began_to_answer_is_replaced_in_the_order_it_had(lesson: Path, author: Page) -> None:
    order = author.locator(".check .choice-text").all_inner_texts()
    draw = author.get_by_text(re.compile("^Draw ")).inner_text()
    change(lesson, "### Which port?", "### Which port, by number?")
    expect(author.get_by_text("Which port, by number?", exact=True)).to_be_visible()
    assert author.get_by_text(re.compile("^Draw ")).inner_text() == draw
    assert author.locator(".check .choice-text").all_inner_texts() == order


def test_code_and_tabs_that_come_later_are_dressed_once(lesson: Path, author: Page) -> None:
    expect(author.locator(".copy")).to_have_count(1)
    tabs = "/// tab | One\nFirst.\n///\n/// tab | Two\nSecond.\n///\n\n"
    change(lesson, "# Live\n", f"# Live\n\n```sh\nhost contoso.com\n```\n\n{tabs}")
    expect(author.get_by_role("tab", name="Two")).to_be_visible()
    expect(author.locator(".copy")).to_have_count(2)
    expect(author.get_by_role("tab")).to_have_count(2)
    author.get_by_role("tab", name="Two").click()
    change(lesson, "Paragraph 1.", "Paragraph one.")
    expect(author.get_by_text("Paragraph one.")).to_be_visible()
    expect(author.get_by_role("tab", name="Two")).to_have_attribute("aria-selected", "true")
    expect(author.locator(".copy")).to_have_count(2)


def test_a_question_that_needs_another_script_gets_it(lesson: Path, author: Page) -> None:
    order = "### In which order? {#live-order .order}\n\n1. EHLO\n2. MAIL FROM\n3. DATA\n\n### Which port?"
    change(lesson, "### Which port?", order)
    expect(author.get_by_role("button", name=re.compile("^Move up"))).to_have_count(3)
    change(lesson, "Paragraph 1.", "Paragraph one.")
    expect(author.get_by_text("Paragraph one.")).to_be_visible()
    expect(author.get_by_role("button", name=re.compile("^Move up"))).to_have_count(3)


@pytest.mark.parametrize(
    "address",
    ["/teach/modules/manage-mail-flow/live", "/teach/", "/modules/manage-mail-flow", "/teach/problems"],
)
def test_every_page_of_an_author_follows_the_files(lesson: Path, author: Page, address: str) -> None:
    author.goto(address)
    author.evaluate("window.sameDocument = true")
    change(lesson, "# Live\n", "# Lively\n\n[x](none.md)\n")
    told = "none.md" if address == "/teach/problems" else "Lively"
    expect(author.get_by_role("main").get_by_text(told).first).to_be_visible()
    assert is_same_document(author)


def test_a_server_that_is_gone_is_borne_quietly(own: Server, open_page: OpenPage) -> None:
    own.end()
    own.add_account("Ann", PASSWORD, "author")
    own.start()
    page = open_page(own)
    sign_in(page, "Ann")
    page.goto("/modules/manage-mail-flow/introduction")
    page.evaluate("window.sameDocument = true")
    title = page.get_by_role("heading", level=1).inner_text()
    own.kill_all()
    page.wait_for_timeout(2000)
    assert page.get_by_role("heading", level=1).inner_text() == title
    own.start()
    with page.expect_response(lambda answer: "/teach/version" in answer.url and answer.ok, timeout=20_000):
        pass
    assert is_same_document(page)


def test_a_lesson_that_is_removed_says_so_and_comes_back(lesson: Path, author: Page) -> None:
    lesson.unlink()
    expect(author.get_by_text("Nothing is at this address any more")).to_be_visible()
    lesson.write_text(TEXT.replace("Paragraph 1.", "Paragraph one."), encoding="utf-8")
    expect(author.get_by_text("Paragraph one.")).to_be_visible(timeout=20_000)
    expect(author.get_by_text("Nothing is at this address any more")).to_have_count(0)


def test_a_page_that_nobody_sees_asks_nothing(author: Page) -> None:
    asked: list[str] = []
    author.evaluate("Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })")
    author.wait_for_timeout(700)
    author.on("request", lambda request: asked.append(request.url))
    author.wait_for_timeout(1500)
    assert asked == []
    author.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    author.wait_for_timeout(300)
    assert len(asked) == 1


def test_a_learner_is_told_and_never_disturbed(school: Server, lesson: Path, open_page: OpenPage) -> None:
    page = open_page(school)
    page.goto(LESSON)
    page.get_by_label("The A record").check()
    come_back(page)
    note = page.get_by_role("status").filter(has_text="This lesson was updated.")
    expect(note).to_have_count(0)
    change(lesson, "Paragraph 1.", "Paragraph one.")
    come_back(page)
    expect(note).to_be_visible()
    expect(note).to_contain_text("What you filled in stays as long as you stay on this page.")
    expect(page.get_by_label("The A record")).to_be_checked()
    expect(page.get_by_text("Paragraph one.")).to_have_count(0)
    assert not wider_than_screen(page)
    assert accessibility_faults(page) == []
    page.get_by_role("textbox").fill("25")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator(".check")).to_contain_text("Not quite")
    tab_to(page, "Show the new version")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Paragraph one.")).to_be_visible()
    expect(note).to_have_count(0)


def test_a_learner_may_put_the_note_away(school: Server, lesson: Path, open_page: OpenPage) -> None:
    page = open_page(school)
    page.goto(LESSON)
    change(lesson, "Paragraph 1.", "Paragraph one.")
    come_back(page)
    page.get_by_role("button", name="Not now").click()
    come_back(page)
    expect(page.get_by_text("This lesson was updated.")).to_have_count(0)
    change(lesson, "Paragraph one.", "Paragraph 1.")
    come_back(page)
    expect(page.get_by_text("This lesson was updated.")).to_have_count(0)  # it is what the page shows again


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_wrong_can_be_read_on_a_phone_by_everybody(
    school: Server, lesson: Path, open_page: OpenPage, scheme: str
) -> None:
    change(lesson, "- (x) The MX record", "- [x] The MX record " + "and much more of it " * 8)
    page = open_page(school, viewport=PHONE, color_scheme=scheme)
    sign_in(page, "Ann")
    for address in (LESSON, "/teach" + LESSON):
        page.goto(address)
        expect(page.locator("#page-problems:not(.is-advice)")).to_be_visible()
        assert not wider_than_screen(page)
        assert accessibility_faults(page) == []
    page.goto(LESSON)
    page.locator("#page-problems summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Use one kind in a list.").first).not_to_be_visible()
    change(lesson, "Paragraph 1.", "Paragraph one.")
    page.wait_for_timeout(1500)
    expect(page.get_by_text("Use one kind in a list.").first).not_to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_page_is_seen_at_the_width_of_a_phone(school: Server, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(school, viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    sign_in(page, "Ann")
    page.goto(LESSON)
    page.get_by_role("link", name="Narrow").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Live")
    expect(frame.get_by_role("navigation", name="Views of this lesson")).to_have_count(0)
    assert page.locator("iframe").evaluate("one => one.clientWidth") == 360
    frame.get_by_label("The MX record").check()
    frame.get_by_role("textbox").fill("25")
    frame.get_by_role("button", name="Check your answers").click()
    expect(frame.get_by_text("All 2 right.")).to_be_visible()
    page.get_by_role("link", name="768").click()
    assert page.locator("iframe").evaluate("one => one.clientWidth") == 768
    assert not javascript or accessibility_faults(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert not wider_than_screen(page)
