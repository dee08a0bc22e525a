"""Chromium against a real server with the shipped content."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from quizapp.questions.base import QUESTION_TYPES
from tests.conftest import PASSWORD, ROOT
from tests.server.running import Server

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
OWNER = "Olga"
PHONE = {"width": 360, "height": 740}
ORDER_AND_CHOICE = f"""{QUESTION_TYPES["order"].example}
## Which is it? {{#which}}

- (x) This one
- ( ) That one
- ( ) Another one
"""


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all stories."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the shipped content, for stories that leave it as it is."""
    server = Server(ROOT / "content", tmp_path_factory.mktemp("shipped"))
    server.add_account(OWNER, PASSWORD, "owner")
    yield server.start()
    server.stop()


def sign_in(page: Page, name: str = OWNER, password: str = PASSWORD) -> None:
    """Sign in by the form."""
    page.goto("/account/sign-in")
    page.get_by_label("Name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server of one story's own, which it may kill."""
    server = Server(ROOT / "content", tmp_path / "instance")
    yield server.start()
    server.stop()


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one module for each type: a lesson that asks its example."""
    content = tmp_path_factory.mktemp("kinds") / "content"
    examples = {name: kind.example for name, kind in QUESTION_TYPES.items()}
    for name, questions in {**examples, "two": ORDER_AND_CHOICE}.items():
        folder = content / "types" / name
        folder.mkdir(parents=True)
        asked = questions.replace("\n## ", "\n### ")
        text = f"# {name.title()}\n\n## Check {{.check}}\n{asked}"
        (folder / "lesson.md").write_text(text, encoding="utf-8")
    server = Server(content, tmp_path_factory.mktemp("kinds-instance"))
    yield server.start()
    server.stop()


def lesson_of(kind: str) -> str:
    """Where `kinds` asks the example of a type."""
    return f"/modules/{kind}/lesson"


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new guest; fails the story for any request to elsewhere and any error in a script."""
    contexts, trouble = [], []

    def open_page(server: Server, **options: object) -> Page:
        context = browser.new_context(base_url=server.url, **{"viewport": PHONE, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if "Content Security" in said.text else None)
        page.on("request", lambda sent: trouble.append(sent.url) if not sent.url.startswith(server.url) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds on the page as it is now, by its rules for WCAG 2.2 AA and good practice."""
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


def wider_than_screen(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
