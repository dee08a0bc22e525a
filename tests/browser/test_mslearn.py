"""A module of Microsoft Learn, imported and learned from."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from quizapp.cli import main
from tests.browser.conftest import accessibility_faults, wider_than_screen
from tests.conftest import CONFORMANCE
from tests.server.running import Server

SEED = CONFORMANCE / "mslearn" / "manage-mail-flow"
LESSON = "/modules/manage-mail-flow/exchange-online-deployments"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the module of Microsoft Learn is not beside the project")


@pytest.fixture
def learned(tmp_path: Path) -> Iterator[Server]:
    """A server with nothing but the imported module."""
    assert CliRunner().invoke(main, ["import", "mslearn", str(SEED), str(tmp_path / "content")]).exit_code == 0
    server = Server(tmp_path / "content", tmp_path / "instance")
    yield server.start()
    server.stop()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_question_about_the_mx_record_is_answered(
    learned: Server, open_page: Callable[..., Page], javascript: bool
) -> None:
    page = open_page(learned, java_script_enabled=javascript)
    page.goto("/")
    page.get_by_role("link", name=re.compile("Manage mail flow")).first.click()
    page.get_by_role("link", name=re.compile("^Manage mail flow in Exchange Online")).first.click()
    expect(page).to_have_url(re.compile(LESSON))
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(6)
    expect(page.get_by_role("heading", name="Knowledge check")).to_be_visible()
    page.get_by_label("Subscribe to Exchange Online Protection").check()
    page.get_by_role("button", name="Check your answers").click()
    check = page.locator("#check")
    expect(check).to_contain_text("You don't have on-premises mailboxes in an Exchange Online deployment.")
    page.get_by_role("link", name="Try again").click()
    page.get_by_label("Configure Contoso's DNS MX record to point inbound to Exchange Online").check()
    page.get_by_role("button", name="Check your answers").click()
    expect(check).to_contain_text("Your answer: right")
    expect(check).to_contain_text("The only other requirement in an Exchange Online deployment")
    expect(page.locator("#page-state")).to_contain_text("Completed")


def test_an_imported_page_is_as_accessible_as_one_of_ours(learned: Server, open_page: Callable[..., Page]) -> None:
    page = open_page(learned, viewport={"width": 320, "height": 700})
    for lesson in ("exchange-server-deployments", "exchange-online-deployments", "knowledge-check"):
        page.goto(f"/modules/manage-mail-flow/{lesson}")
        assert accessibility_faults(page) == []
        assert not wider_than_screen(page)
