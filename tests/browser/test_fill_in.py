"""A text with blanks, at a phone and at the keyboard: sentences, a table and code to fill in."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import accessibility_faults, wider_than_screen
from tests.server.running import Server

OpenPage = Callable[..., Page]
LESSON = """# Filling in

## Check {.check}

### Complete the way of a mail {#way}

Mail is accepted by a [[Receive connector]] and is [[( ) encrypted | (x) queued | ( ) kept until somebody asks for it]].

| Port | Who speaks there |
| --- | --- |
| [[25]] | Servers |

```powershell blanks
Get-[[Queue]] -Server EX01 | Where-Object { $_.Status -eq 'Retry' } | Format-Table Identity, MessageCount
```

It leaves by a Send connector.
"""


@pytest.fixture(scope="module")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one lesson, whose check is a text with blanks."""
    content = tmp_path_factory.mktemp("content")
    (content / "mail").mkdir()
    (content / "mail" / "1-filling-in.md").write_text(LESSON, encoding="utf-8")
    server = Server(content, tmp_path_factory.mktemp("instance"))
    yield server.start()
    server.stop()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has this name."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.ariaLabel || document.activeElement.innerText") == name:
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def require_no_fault(page: Page) -> None:
    assert accessibility_faults(page) == []
    assert not wider_than_screen(page)


@pytest.mark.grid("no JavaScript", "keyboard", "retry")
@pytest.mark.parametrize("kind", ["fill-in"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_filled_in_by_the_keyboard_alone(blanks: Server, open_page: OpenPage, kind: str, javascript: bool) -> None:
    page = open_page(blanks, java_script_enabled=javascript, viewport={"width": 320, "height": 740})
    page.goto("/modules/mail/filling-in")
    tab_to(page, "Blank 1 of 4")
    page.keyboard.type("receive connector")
    tab_to(page, "Blank 2 of 4")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Blank 3 of 4")
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Look again at: question 1.")
    expect(page.get_by_label("Blank 3 of 4")).to_have_accessible_description(
        "Blank 3: This is not a number that can be read. Write one in digits, such as 12.5."
    )
    expect(page.get_by_label("Blank 1 of 4")).to_have_value("receive connector")
    tab_to(page, "question 1")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Blank 3 of 4")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    expect(page.locator(".filled")).to_have_text(
        ["receive connector Right", "encrypted Not right", "25 Right", "empty Not right"]
    )
    tab_to(page, "Try again")
    page.keyboard.press("Enter")
    for name, typed in (("Blank 1 of 4", "receive connector"), ("Blank 3 of 4", "25"), ("Blank 4 of 4", "queue")):
        page.get_by_label(name).fill(typed)
    page.get_by_label("Blank 2 of 4").press("q")
    expect(page.get_by_label("Blank 2 of 4")).to_have_value("2")
    page.get_by_label("Blank 4 of 4").press("Enter")
    expect(page.locator("#page-state")).to_contain_text("Completed")
    expect(page.locator("#check")).to_contain_text("It leaves by a Send connector.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_no_state_has_a_fault(blanks: Server, open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(blanks, viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.goto("/modules/mail/filling-in")
    require_no_fault(page)
    page.get_by_label("Blank 3 of 4").fill("many")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_be_focused()
    require_no_fault(page)
    page.get_by_label("Blank 3 of 4").fill("587")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator(".filled").first).to_have_text("empty Not right")
    require_no_fault(page)
    page.get_by_role("button", name="Show answers").click()
    expect(page.locator(".filled").first).to_contain_text("Right is: Receive connector")
    require_no_fault(page)
