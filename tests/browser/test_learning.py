"""The whole way once: from the catalogue to an answer, and back tomorrow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import accessibility_faults, wider_than_screen
from tests.server.running import Server

LESSON = "/modules/manage-mail-flow/exchange-online"
WRONG = "A connector that routes messages"
RIGHT = "The MX record of Contoso"
ZONE = """$ORIGIN contoso.com.
@ 3600 IN MX 5 contoso-com.mail.protection.outlook.com.
@ TXT "v=spf1 include:spf.protection.outlook.com -all"
"""
OpenPage = Callable[..., Page]


def go_to_the_lesson(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Exchange", exact=True).click()
    page.get_by_role("link", name=re.compile("Manage mail flow")).click()
    page.get_by_role("link", name=re.compile("^Manage mail flow in Exchange Online")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage mail flow in Exchange Online deployments")


def take_the_check(page: Page) -> None:
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Answer all questions before you check: question 1.")
    page.get_by_label(WRONG).check()
    page.get_by_role("button", name="Check your answers").click()
    check = page.locator("#check")
    expect(check).to_contain_text("The default settings already do that.")
    expect(check).to_contain_text("Your answer: not right")
    for kept_back in ("Outbound mail is taken care of", "comes with this protection", "Right, and not chosen"):
        expect(check).not_to_contain_text(kept_back)
    page.get_by_role("link", name="Try again").click()
    page.get_by_label(RIGHT).check()
    page.get_by_role("button", name="Check your answers").click()
    expect(check).to_contain_text("Your answer: right")
    expect(check).to_contain_text("only Contoso can change it")
    expect(check).to_contain_text("The way in begins in DNS")
    expect(page.locator("#page-state")).to_contain_text("Completed")
    expect(check.get_by_role("link", name="Continue: Manage mail flow in hybrid deployments")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_whole_way_on_a_phone_and_back_after_a_kill(own: Server, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(own, java_script_enabled=javascript)
    go_to_the_lesson(page)
    take_the_check(page)
    own.kill_all()
    own.start()
    page.goto("/progress")
    expect(page.get_by_role("main")).to_contain_text("1 of 7 lessons")
    row = page.locator(".timeline").get_by_role("link", name=re.compile("^Manage mail flow in Exchange Online"))
    expect(row).to_contain_text("Completed")
    expect(page.get_by_role("link", name="Next: Introduction")).to_be_visible()


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the focus is on what says this."""
    script = "document.activeElement.innerText || document.activeElement.closest('label')?.innerText || ''"
    for _ in range(60):
        page.keyboard.press("Tab")
        if text in page.evaluate(script):
            return
    raise AssertionError(f"Tab never reaches {text!r}")


def choose_by_keyboard(page: Page, text: str) -> None:
    """Tab into the choices and go down until the one with this text is chosen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    for _ in range(4):
        if page.get_by_label(text).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys never reach {text!r}")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_whole_way_with_the_keyboard_alone(shipped: Server, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(shipped, java_script_enabled=javascript)
    page.goto("/")
    for stop in ("Exchange", "Manage mail flow", "Manage mail flow in Exchange Online deployments"):
        tab_to(page, stop)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(stop)
    tab_to(page, "Check your answers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("question 1")
    choose_by_keyboard(page, WRONG)
    page.keyboard.press("Enter")
    expect(page.locator("#check")).to_contain_text("Your answer: not right")
    tab_to(page, "Try again")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Check your answers")).to_be_visible()
    choose_by_keyboard(page, RIGHT)
    page.keyboard.press("Enter")
    expect(page.locator("#page-state")).to_contain_text("Completed")


def test_checking_in_place_moves_the_focus_and_not_the_page(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped)
    page.goto(LESSON)
    page.evaluate("window.stayed = true")
    page.get_by_label(WRONG).check()
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#check .summary")).to_be_focused()
    assert page.evaluate("window.stayed")
    assert re.search(r"\?attempt=[\w-]{22}#check$", page.url)
    page.reload()
    expect(page.locator("#check")).to_contain_text("Your answer: not right")


def test_without_a_connection_the_answer_stays(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped)
    page.goto(LESSON)
    page.get_by_label(RIGHT).check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_have_text("We could not save that. Your answer is still here; try again.")
    expect(page.get_by_label(RIGHT)).to_be_checked()
    page.context.set_offline(False)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#page-state")).to_contain_text("Completed")


def test_a_lesson_without_a_check_is_completed_by_going_on(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped)
    page.goto("/modules/manage-mail-flow/introduction")
    page.get_by_role("button", name=re.compile("^Continue")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How mail finds a server")
    page.goto("/modules/manage-mail-flow")
    expect(page.get_by_role("link", name=re.compile("^Introduction"))).to_contain_text("Completed")


def choose_and_type(question: Locator, typed: str) -> None:
    """Give a question of any type some answer: the first choice, any options and places, what is typed elsewhere."""
    for chosen in question.locator("input:is([type=radio], [type=checkbox]):not([name^=confidence])").all()[:1]:
        chosen.check()
    for number, chooser in enumerate(question.locator("select").all()):
        offered = chooser.locator("option").count() - 1  # the first says that nothing is chosen
        chooser.select_option(index=number % offered + 1)
    for box in question.locator("input[type=text]").all():
        box.fill(typed)
    for area in question.locator("textarea").all():
        area.fill(f"{area.input_value()}\n@ TXT {typed}")


def test_the_knowledge_check_asks_every_kind(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped)
    page.goto("/modules/manage-mail-flow/knowledge-check")
    for choice in ("The number of hops", "Get-MessageTrackingLog", "The way of mail from and to", "False"):
        page.get_by_label(choice).check()
    page.get_by_label("Some mailboxes stay").check()
    page.get_by_label("Staff write to customers").check()
    zone = page.locator("#page-check-6 textarea")
    expect(zone).to_have_value(re.compile(r"MX +10 +mail\.contoso\.com\."))
    zone.fill(ZONE)
    for number in (7, 8):  # drawn from the bank
        drawn = page.locator(f"#page-check-{number}")
        choose_and_type(drawn, "25 MB" if "MB" in drawn.inner_text() else "7")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#check .summary, #check .trouble").first).to_be_visible()
    if page.locator("#check .summary").is_visible():
        expect(page.locator("#check .summary")).to_contain_text(re.compile(r"[5-7] of 8 right"))
        expect(page.locator("#page-check-6")).to_contain_text("Any number will do")


def test_typed_answers(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped)
    page.goto("/modules/passwords-and-sign-in/what-makes-one-strong")
    check, button = page.locator("#check"), page.get_by_role("button", name="Check your answers")
    boxes = check.locator(".type-in").get_by_role("textbox")
    expect(boxes).to_have_count(2)
    choose_and_type(page.locator("#page-check-3"), "6")
    boxes.nth(0).fill("many")
    boxes.nth(1).fill("1,234")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was counted yet. Look again at: question 1, question 2.")
    expect(check).to_contain_text("This is not a number that can be read.")
    expect(check).to_contain_text("Is this comma for thousands or for decimals?")
    expect(boxes.nth(0)).to_have_value("many")
    boxes.nth(0).fill("3")
    boxes.nth(1).fill("0,5 s")
    button.click()
    expect(check).to_contain_text("Not right")
    expect(check).not_to_contain_text("Accepted:")
    page.get_by_role("button", name="Show answers").click()
    expect(check).to_contain_text("Accepted: 77.5 ± 0.5")


def test_blanks_in_a_text(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped)
    page.goto("/modules/passwords-and-sign-in/what-makes-one-strong")
    question, button = page.locator("#page-check-3"), page.get_by_role("button", name="Check your answers")
    for number, box in enumerate(page.locator("#check .type-in").get_by_role("textbox").all()):
        box.fill(("77.5", "110 s")[number])
    for number, typed in ((1, "6"), (2, "10"), (3, "many")):
        question.get_by_label(f"Blank {number} of 5").fill(typed)
    for number, chosen in ((4, "twice"), (5, "fewer")):
        question.get_by_label(f"Blank {number} of 5").select_option(chosen)
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Look again at: question 3.")
    question.get_by_label("Blank 3 of 5").fill("19.9")
    button.click()
    expect(question).to_contain_text("Partly right: 80 %.")
    page.get_by_role("link", name="Try again").click()
    for number, typed in ((1, "6"), (2, "10"), (3, "20")):
        question.get_by_label(f"Blank {number} of 5").fill(typed)
    for number, chosen in ((4, "ten times"), (5, "fewer")):
        question.get_by_label(f"Blank {number} of 5").select_option(chosen)
    button.click()
    expect(page.locator("#page-state")).to_contain_text("Completed")


THEMES = ["light", "dark"]
WIDTHS = [360, 1280]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_is_accessible(shipped: Server, open_page: OpenPage, theme: str, width: int) -> None:
    page = open_page(shipped, color_scheme=theme, viewport={"width": width, "height": 800})
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        faults[name] = accessibility_faults(page) + (["scrolls sideways"] if wider_than_screen(page) else [])

    for address in ("/", "/progress", "/paths/exchange", "/modules/manage-mail-flow", "/nothing"):
        page.goto(address)
        look(address)
    for lesson in (
        "introduction", "how-mail-finds-a-server", "exchange-server", "hybrid", "summary", "knowledge-check",
    ):  # fmt: skip
        page.goto(f"/modules/manage-mail-flow/{lesson}")
        look(lesson)
    page.goto("/paths/working-safely")
    look("another path")
    for lesson in (
        "how-passwords-are-stolen", "what-makes-one-strong", "password-managers", "second-factors", "after-a-leak",
        "summary",
    ):  # fmt: skip
        page.goto(f"/modules/passwords-and-sign-in/{lesson}")
        look(lesson)
    page.goto("/modules/passwords-and-sign-in/what-makes-one-strong")
    for number in (1, 2, 3):
        choose_and_type(page.locator(f"#page-check-{number}"), "7 ms")
    page.get_by_role("button", name="Check your answers").click()
    look("not readable")
    for number, typed in ((1, "7"), (2, "7 s"), (3, "7")):
        choose_and_type(page.locator(f"#page-check-{number}"), typed)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#check .summary")).to_be_visible()
    look("typed and wrong")
    page.goto(LESSON)
    look("check")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("nothing chosen")
    page.get_by_text("Hint").click()
    page.get_by_label(WRONG).check()
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#check .summary")).to_be_visible()
    look("wrong")
    page.get_by_role("link", name="Try again").click()
    page.get_by_label(RIGHT).check()
    look("chosen")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#page-state")).to_contain_text("Completed")
    look("right")
    page.goto(LESSON)
    look("completed")
    for address in ("/", "/progress", "/modules/manage-mail-flow"):
        page.goto(address)
        look(f"{address} begun")
    assert faults == {name: [] for name in faults}


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_page_scrolls_sideways(shipped: Server, open_page: OpenPage, width: int) -> None:
    page = open_page(shipped, viewport={"width": width, "height": 600})
    for address in ("/", "/progress", "/paths/exchange", "/modules/manage-mail-flow", LESSON, f"{LESSON}#check"):
        page.goto(address)
        assert not wider_than_screen(page), address
    for lesson in ("how-mail-finds-a-server", "exchange-server", "hybrid", "knowledge-check", "summary"):
        page.goto(f"/modules/manage-mail-flow/{lesson}")
        assert not wider_than_screen(page), lesson
    for lesson in ("how-passwords-are-stolen", "what-makes-one-strong", "password-managers", "second-factors"):
        page.goto(f"/modules/passwords-and-sign-in/{lesson}")
        assert not wider_than_screen(page), lesson


def test_twice_the_text_still_fits(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped, viewport={"width": 640, "height": 740})
    for address in ("/", "/progress", "/modules/manage-mail-flow", LESSON):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not wider_than_screen(page), address
