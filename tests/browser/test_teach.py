"""The room of staff in a browser: an owner gives a role, an author sees a draft, a learner neither."""

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OWNER, accessibility_faults, sign_in, wider_than_screen
from tests.browser.test_learning import tab_to
from tests.conftest import PASSWORD, ROOT
from tests.server.running import Server

OpenPage = Callable[..., Page]
DRAFT = "---\ntitle: Archiving\ndraft: true\n---\nNot ready. ![A shelf](media/shelf.svg)\n"
ESSAY = """# In your own words

## Check {.check}

### Why one password for each site? {#why-one .essay points=3}

- [2] Names what happens when one of them leaks
- [1] Names a way to keep them all

One that leaks opens one door only. A password manager keeps them.
"""
BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the shipped courses for learners and a draft in them, an owner, an author and a learner."""
    content = tmp_path_factory.mktemp("school") / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("writing-courses"))
    module = content / "exchange" / "manage-mail-flow"
    (module / "8-archiving.md").write_text(DRAFT, encoding="utf-8")
    (module / "media" / "shelf.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    essay = content / "working-safely" / "01-passwords-and-sign-in" / "9-own-words.md"
    essay.write_text(ESSAY, encoding="utf-8")
    server = Server(content, tmp_path_factory.mktemp("school-instance"))
    server.add_account(OWNER, PASSWORD, "owner")
    server.add_account("Ann", PASSWORD, "author")
    server.add_account("Lena", PASSWORD)
    yield server.start()
    server.stop()


@BOTH_WAYS
def test_an_owner_makes_an_instructor(school: Server, open_page: OpenPage, javascript: bool) -> None:
    name = f"Ines {javascript}"
    school.add_account(name, PASSWORD)
    learner = open_page(school, java_script_enabled=javascript)
    sign_in(learner, name)
    refused = learner.goto("/teach/")
    assert refused is not None
    assert refused.status == 403
    expect(learner.get_by_role("heading", level=1)).to_have_text("This page is not open to you")
    owner = open_page(school, java_script_enabled=javascript)
    sign_in(owner)
    owner.locator("details.menu summary").click()
    owner.get_by_role("link", name="Teach").click()
    owner.get_by_role("link", name="Accounts").click()
    owner.get_by_role("link", name=name).click()
    owner.get_by_label(re.compile("^Instructor")).check()
    owner.get_by_role("button", name="Save the account").click()
    expect(owner.get_by_role("status")).to_have_text(f"The account of {name} is saved.")
    learner.goto("/teach/")
    learner.get_by_role("link", name="Who has done what").first.click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("Who has done what")
    expect(learner.get_by_role("link", name="Accounts")).to_have_count(0)


@BOTH_WAYS
def test_a_draft_has_a_ribbon_for_its_author_and_is_nowhere_for_a_learner(
    school: Server, open_page: OpenPage, javascript: bool
) -> None:
    author = open_page(school, java_script_enabled=javascript)
    sign_in(author, "Ann")
    author.goto("/modules/manage-mail-flow")
    author.get_by_role("link", name=re.compile("^Archiving")).click()
    expect(author.get_by_text("Draft: only authors see this.")).to_be_visible()
    picture = author.get_by_role("img", name="A shelf").get_attribute("src")
    assert picture
    learner = open_page(school, java_script_enabled=javascript)
    sign_in(learner, "Lena")
    for address in ("/", "/paths/exchange", "/modules/manage-mail-flow", "/progress"):
        learner.goto(address)
        expect(learner.get_by_text("Archiving")).to_have_count(0)
        expect(learner.get_by_text("of 8")).to_have_count(0)
    for address in ("/modules/manage-mail-flow/archiving", picture):
        missing = learner.goto(address)
        assert missing is not None
        assert missing.status == 404


def follow(page: Page, link: str, heading: str) -> None:
    """Go along a link by the keyboard, and wait for the page it leads to."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a') && document.activeElement.innerText.trim()") == link:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_forms_of_an_owner_by_the_keyboard_alone(school: Server, open_page: OpenPage) -> None:
    page = open_page(school)
    sign_in(page)
    page.goto("/teach/accounts/")
    follow(page, "Add an account", "Add an account")
    tab_to(page, "Add the account")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Kai")
    tab_to(page, "Author: writes.")
    page.keyboard.press("Space")
    tab_to(page, "Add the account")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("/account/password/")
    follow(page, "Back to the accounts", "Accounts")
    follow(page, "Kai", "Kai")
    expect(page.get_by_label(re.compile("^Author"))).to_be_checked()
    tab_to(page, "Make a link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("It is shown only now.")
    follow(page, "Back to the accounts", "Accounts")
    follow(page, "Kai", "Kai")
    follow(page, "Remove the account", "Remove Kai")
    tab_to(page, "Remove the account")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The account is removed.")
    expect(page.get_by_role("link", name="Kai")).to_have_count(0)


def test_the_appearance_by_the_keyboard_alone(school: Server, open_page: OpenPage) -> None:
    page = open_page(school, color_scheme="light")
    page.goto("/modules/manage-mail-flow")
    follow(page, "Appearance", "Appearance")
    tab_to(page, "As the system says")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Dark")).to_be_checked()
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{school.url}/modules/manage-mail-flow")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_table_of_results_keeps_names_in_sight_and_words_whole(
    school: Server, open_page: OpenPage, width: int
) -> None:
    learner = open_page(school)
    sign_in(learner, "Lena")
    learner.goto("/modules/manage-mail-flow/introduction")
    page = open_page(school, viewport={"width": width, "height": 800})
    sign_in(page)
    page.goto("/teach/modules/manage-mail-flow")
    name = page.get_by_role("rowheader", name="Lena")
    table = page.get_by_role("region", name="Learners of Manage mail flow")
    before = name.bounding_box()
    table.evaluate("one => one.scrollLeft = one.scrollWidth")
    assert name.bounding_box() == before
    heading = page.get_by_role("columnheader", name="1 Introduction").locator("bdi")
    assert heading.evaluate("one => one.getClientRects().length") == 1
    assert not wider_than_screen(page)


def test_a_link_is_gone_when_its_page_is_loaded_again(school: Server, open_page: OpenPage) -> None:
    page = open_page(school)
    sign_in(page)
    page.goto("/teach/accounts/")
    page.get_by_role("link", name="Lena").click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("main")).to_contain_text("/account/password/")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("A link is shown once, when it is made.")
    expect(page.get_by_role("main")).not_to_contain_text("/account/password/")


def test_the_living_page_asks_for_nothing_that_is_not_there(school: Server, open_page: OpenPage) -> None:
    page = open_page(school)
    sign_in(page)
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.goto("/teach/components")
    picture = page.get_by_role("img", name="Two servers, and a letter on its way between them")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("one => one.complete && one.naturalWidth === 0")
    assert failed == []


def test_the_rows_of_accounts_are_as_high_as_a_finger_needs_and_no_higher(school: Server, open_page: OpenPage) -> None:
    page = open_page(school, viewport={"width": 1280, "height": 800})
    sign_in(page)
    page.goto("/teach/accounts/")
    link, row = page.get_by_role("link", name="Lena"), page.get_by_role("row", name="Lena")
    box, around = link.bounding_box(), row.bounding_box()
    assert box
    assert around
    assert 44 <= box["height"] <= around["height"] < 52


def test_problems_lead_from_a_file_to_what_is_wrong_with_it(school: Server, open_page: OpenPage) -> None:
    odd = school.content / "exchange" / "manage-mail-flow" / "9 odd & new.md"
    odd.write_text("# Odd\n\n[x](none.md)\n", encoding="utf-8")
    page = open_page(school)
    sign_in(page)
    page.goto("/teach/")
    page.get_by_role("link", name=re.compile(r"^1 warning.*9 odd & new\.md")).click()
    expect(page.locator("h2:target")).to_have_text("exchange/manage-mail-flow/9 odd & new.md")
    odd.unlink()


@BOTH_WAYS
def test_essays_are_marked_by_the_keyboard_alone(school: Server, open_page: OpenPage, javascript: bool) -> None:
    for text in ("One", "Two"):
        learner = open_page(school, java_script_enabled=javascript)
        learner.goto("/modules/passwords-and-sign-in/own-words")
        learner.get_by_role("textbox").fill(text)
        learner.get_by_role("button", name="Check your answers").click()
        expect(learner.get_by_text("A person marks this.")).to_be_visible()
    page = open_page(school, java_script_enabled=javascript)
    sign_in(page)
    page.goto("/teach/marking")
    follow(page, "Why one password for each site?", "Why one password for each site?")
    expect(page.locator("[name=line_1]")).to_be_focused()
    assert not wider_than_screen(page)
    assert not javascript or accessibility_faults(page) == []
    first = page.locator(".written").inner_text()
    for key in ("2", "Tab", "1", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".written")).to_have_text({"One": "Two", "Two": "One"}[first])
    expect(page.locator("[name=line_1]")).to_be_focused()
    for key in ("3", "Tab", "0", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Line 1: enter points from 0 to 2.").press("Enter")
    page.locator("[name=line_1]").fill("0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Nothing waits to be marked.")
    assert not javascript or accessibility_faults(page) == []


@BOTH_WAYS
def test_a_learner_gets_more_time(school: Server, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(school, java_script_enabled=javascript)
    sign_in(page)
    page.goto("/teach/allowances")
    page.get_by_label("Learner", exact=True).fill("Lena")
    page.get_by_label("More time in % of the limit").fill("25")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved for Lena.")
    assert not wider_than_screen(page)
    assert not javascript or accessibility_faults(page) == []
    page.get_by_role("button", name=re.compile("Remove.*Lena, All quizzes")).click()
    expect(page.get_by_role("main")).to_contain_text("Nobody gets more than the quizzes say.")
