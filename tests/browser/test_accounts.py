"""A guest becomes somebody, in a browser: at 360 px, by keyboard, with and without JavaScript."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from quizapp.actions import tokens
from quizapp.store.accounts import find_by_name
from tests.browser.conftest import accessibility_faults, wider_than_screen
from tests.browser.test_learning import LESSON, RIGHT, tab_to
from tests.conftest import ROOT
from tests.server.running import Server

PASSWORD, NEW = "four words nobody guesses", "another four words"
OpenPage = Callable[..., Page]
BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])


@pytest.fixture(scope="module")
def academy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose accounts these stories make."""
    server = Server(ROOT / "content", tmp_path_factory.mktemp("academy"))
    yield server.start()
    server.stop()


def add(server: Server, name: str, *more: str) -> None:
    server.account("add", name, "--password-stdin", *more, typed=f"{PASSWORD}\n")


def link_for(server: Server, name: str) -> str:
    return server.account("link", name).removeprefix(server.url)


def fill(page: Page, **fields: str) -> None:
    for label, text in fields.items():
        page.get_by_label(re.compile(label.replace("_", " "), re.IGNORECASE)).fill(text)


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("Name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def take_the_check(page: Page) -> None:
    page.goto(LESSON)
    page.get_by_label(RIGHT).check()
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#page-state")).to_contain_text("Completed")


def expect_completed(page: Page) -> None:
    page.goto("/progress")
    expect(page.get_by_role("main")).to_contain_text("1 of 7 lessons")
    expect(page.get_by_role("link", name=re.compile("Exchange Online deployments Completed"))).to_be_visible()


@BOTH_WAYS
def test_a_guest_signs_up_and_finds_everything_on_a_second_device(
    academy: Server, open_page: OpenPage, javascript: bool
) -> None:
    name = f"Ada {javascript}"
    page = open_page(academy, java_script_enabled=javascript)
    take_the_check(page)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill("short")
    press(page, "Sign up")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Use 10 characters or more.")
    expect(page.get_by_label("Name")).to_have_value(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage mail flow in Exchange Online deployments")
    expect(page.get_by_role("banner")).to_contain_text(name)
    expect_completed(page)
    second = open_page(academy, java_script_enabled=javascript)
    enter(second, name.upper())
    expect_completed(second)
    assert not wider_than_screen(second)


@BOTH_WAYS
def test_signing_in_asks_before_it_adds_what_was_done_before(
    academy: Server, open_page: OpenPage, javascript: bool
) -> None:
    name = f"Ben {javascript}"
    add(academy, name)
    page = open_page(academy, java_script_enabled=javascript)
    take_the_check(page)
    enter(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add what you did before?")
    page.goto("/progress")
    expect(page.get_by_role("main")).to_contain_text("Nothing begun yet.")
    page.go_back()
    press(page, "Add it to my account")
    expect(page.get_by_role("status")).to_have_text("What you did on this device is in your account now.")
    expect_completed(page)


@BOTH_WAYS
def test_a_forgotten_password_is_replaced_by_a_link_of_the_owner(
    academy: Server, open_page: OpenPage, javascript: bool
) -> None:
    name = f"Eve {javascript}"
    add(academy, name)
    page = open_page(academy, java_script_enabled=javascript)
    page.goto("/account/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Name or e-mail address").fill(name)
    press(page, "Ask for a new password")
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("an owner of this site sees that you asked")
    page.goto(link_for(academy, name))
    expect(page.get_by_role("main")).to_contain_text(f"For the account {name}.")
    page.get_by_label("New password").fill(NEW)
    press(page, "Set the password")
    expect(page.get_by_role("status")).to_have_text("Your password is set, and you are signed in.")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This link is no longer good")
    enter(open_page(academy), name, NEW)


def type_and_send(page: Page, *texts: str) -> None:
    """From the field that has the focus on: type, Tab, type, Enter."""
    for number, text in enumerate(texts):
        while number:  # past the button that shows what was typed
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('input')"):
                break
        page.keyboard.type(text)
    page.keyboard.press("Enter")


def tab_to_field(page: Page, label: str) -> None:
    """Press Tab until the focus is in the field of that label."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("[...(document.activeElement.labels || [])].map(one => one.innerText).join()") == label:
            return
    raise AssertionError(f"Tab never reaches {label!r}")


def follow(page: Page, link: str) -> None:
    """Go to a page of the same name by Tab and Enter."""
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(link)


@BOTH_WAYS
def test_every_account_form_with_the_keyboard_alone(academy: Server, open_page: OpenPage, javascript: bool) -> None:
    name = f"Kim {javascript}"
    page = open_page(academy, java_script_enabled=javascript)
    page.goto("/account/sign-up")
    tab_to_field(page, "Name")
    type_and_send(page, name, PASSWORD)
    expect(page.get_by_role("banner")).to_contain_text(name)
    tab_to(page, name)
    page.keyboard.press("Enter")  # opens the menu
    follow(page, "Your account")
    follow(page, "Change the password")
    tab_to_field(page, "Current password")
    type_and_send(page, PASSWORD, NEW)
    expect(page.get_by_role("status")).to_contain_text("Your password is changed.")
    tab_to(page, "Sign out everywhere")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("You are signed out everywhere.")
    page.goto("/account/forgot")
    tab_to_field(page, "Name or e-mail address")
    type_and_send(page, name)
    expect(page.get_by_role("status")).to_be_focused()
    page.goto("/account/sign-in")
    tab_to_field(page, "Name or e-mail address")
    type_and_send(page, name, NEW)
    expect(page.get_by_role("banner")).to_contain_text(name)
    page.goto("/account/")
    follow(page, "Remove the account")
    tab_to_field(page, "Current password")
    type_and_send(page, "not this one")
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to_field(page, "Current password")
    type_and_send(page, NEW)
    expect(page.get_by_role("status")).to_have_text("Your account is removed.")


def faults_of(page: Page) -> list[str]:
    """What axe finds once the page is whole, and whether it scrolls sideways."""
    page.wait_for_load_state()
    return accessibility_faults(page) + (["scrolls sideways"] if wider_than_screen(page) else [])


def every_state(page: Page, server: Server, name: str) -> Iterator[str]:
    """Goes through the account pages in each of their states, and says where it is."""
    add(server, name)
    for address in ("sign-in", "sign-up", "forgot"):
        page.goto(f"/account/{address}")
        yield f"{address}, empty"
        page.locator("main form button:not([type=button])").first.click()
        expect(page.get_by_role("alert")).to_be_visible()
        yield f"{address}, with problems"
    page.get_by_label("Name or e-mail address").fill("nobody" + name)
    press(page, "Ask for a new password")
    expect(page.get_by_role("status")).to_be_visible()
    yield "forgot, asked"
    for _ in range(6):
        enter(page, "stranger" + name, "wrong password")
    expect(page.get_by_role("alert")).to_contain_text("Too many tries.")
    yield "sign-in, throttled"
    take_the_check(page)
    enter(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add what you did before?")
    yield "merge"
    page.goto("/account/")
    yield "account, with work before"
    press(page, "Sign out everywhere")
    expect(page.get_by_role("status")).to_have_text("You are signed out everywhere.")
    yield "signed out"
    page.goto(link_for(server, name))
    yield "choose a password"
    press(page, "Set the password")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "choose a password, with problems"
    page.get_by_label("New password").fill(NEW)
    press(page, "Set the password")
    press(page, "Leave it")
    expect(page).to_have_url(f"{server.url}/")
    yield "signed in, after a link"
    for address in ("password", "email", "remove"):
        page.goto(f"/account/{address}")
        yield address
        page.locator("main form button:not([type=button])").first.click()
        expect(page.get_by_role("alert")).to_be_visible()
        yield f"{address}, with problems"
    page.goto("/account/password/none")
    yield "a link that is none"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_account_page_is_accessible_in_every_state(
    academy: Server, open_page: OpenPage, theme: str, width: int
) -> None:
    page = open_page(academy, color_scheme=theme, viewport={"width": width, "height": 800})
    faults = {state: faults_of(page) for state in every_state(page, academy, f"Lou {theme} {width}")}
    assert faults == {name: [] for name in faults}
    assert len(faults) > 20


def test_no_account_page_scrolls_sideways_at_320_px_with_the_longest_name(academy: Server, open_page: OpenPage) -> None:
    name = "W" * 60
    add(academy, name)
    page = open_page(academy, viewport={"width": 320, "height": 700})
    enter(page, name)
    for address in (
        "/account/",
        "/account/password",
        "/account/email",
        "/account/remove",
        "/",
        link_for(academy, name),
    ):
        page.goto(address)
        assert not wider_than_screen(page), address


@BOTH_WAYS
def test_links_and_the_question_of_earlier_work_with_the_keyboard_alone(
    academy: Server, open_page: OpenPage, javascript: bool
) -> None:
    name = f"Mia {javascript}"
    add(academy, name)
    page = open_page(academy, java_script_enabled=javascript)
    take_the_check(page)
    page.goto(link_for(academy, name))
    tab_to_field(page, "New password")
    type_and_send(page, NEW)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add what you did before?")
    tab_to(page, "Add it to my account")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("What you did on this device is in your account now.")


@pytest.fixture(scope="module")
def unowned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody owns, which sends its mail to nowhere."""
    server = Server(ROOT / "content", tmp_path_factory.mktemp("unowned"))
    settings = f'address = "{server.url}"\nmail_server = "127.0.0.1:9"\nmail_from = "quizapp@example.org"\n'
    (server.instance / "settings.toml").write_text(settings, encoding="utf-8")
    yield server.start()
    server.stop()


def test_the_first_owner_and_an_address_with_the_keyboard_alone(unowned: Server, open_page: OpenPage) -> None:
    secret, now = (unowned.instance / "secret_key").read_bytes(), datetime.now(UTC)
    page = open_page(unowned)
    page.goto(f"/account/owner/{tokens.owner_token(secret, now + timedelta(hours=1))}")
    tab_to_field(page, "Name")
    type_and_send(page, "Olga", PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("You own this site.")
    page.goto("/account/email")
    tab_to_field(page, "E-mail address")
    type_and_send(page, "olga@example.org", PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("Look into your mail")
    with unowned.database() as connection:
        account = find_by_name(connection, "Olga")
    assert account
    later = now + timedelta(hours=1)
    page.goto(f"/account/email/{tokens.email_token(secret, account, 'olga@example.org', datetime.now(UTC), later)}")
    tab_to(page, "Confirm the address")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your address is confirmed.")
