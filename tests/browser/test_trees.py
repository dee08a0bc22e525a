"""A zip of Microsoft Learn on a phone, by keyboard and without JavaScript: from the archive to the lesson."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, accessibility_faults, sign_in, wider_than_screen
from tests.browser.test_learning import tab_to
from tests.conftest import PASSWORD, ROOT
from tests.integration.test_trees import BROKEN, FILES, MODULE, TOP, packed
from tests.server.running import Server

LONG = "\n\n".join(f"![Bowl {n}](media/{'a-very-long-name-' * 5}{n}.png)" for n in range(12))


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with content that may be changed, and an author."""
    content = tmp_path_factory.mktemp("trees") / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("writing-courses"))
    server = Server(content, tmp_path_factory.mktemp("trees-instance"))
    server.add_account("Ann", PASSWORD, "author")
    yield server.start()
    server.stop()


def fits(page: Page) -> None:
    """The page has no faults, and no need to be scrolled sideways."""
    assert accessibility_faults(page) == []
    assert not wider_than_screen(page)


def upload(page: Page, file: Path, name: str) -> None:
    """Choose an archive with a module that has an error and a long report, called so, and go on by keyboard."""
    files = {**FILES, **BROKEN, f"{TOP}/{MODULE}/includes/1-mix.md": LONG}
    named = {path.replace("sourdough", name).replace("baker", f"{name}-path"): body for path, body in files.items()}
    file.write_bytes(packed(named))
    page.goto("/teach/paste")
    page.get_by_label("Or choose files").set_input_files(file)
    tab_to(page, "Read the questions")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lessons of Microsoft Learn")


def test_an_author_imports_a_module_on_a_phone_without_a_script(
    school: Server, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(school, viewport=PHONE, java_script_enabled=False)
    sign_in(page, "Ann")
    upload(page, tmp_path / "learn.zip", "rye")
    expect(page.get_by_text("1 module · 1 learning path · 2 lessons")).to_be_visible()
    expect(page.get_by_text("No choice is correct, so the question is left out.")).to_be_visible()
    assert not wider_than_screen(page)
    page.get_by_text("12 lines of the report").click()
    expect(page.get_by_text("-11.png").first).to_be_visible()
    assert not wider_than_screen(page)
    page.get_by_role("button", name="Import").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("othing is imported because of this.")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Leave out what cannot be imported").check()
    tab_to(page, "Import")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Imported: rye, rye-path.")).to_be_visible()
    page.goto("/modules/rye/mix")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mix the dough")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_its_pages_have_no_faults_and_fit_a_phone(
    school: Server, open_page: Callable[..., Page], tmp_path: Path, colours: str
) -> None:
    page = open_page(school, viewport=PHONE, color_scheme=colours)
    sign_in(page, "Ann")
    upload(page, tmp_path / "learn.zip", f"oats-{colours}")
    page.get_by_text("12 lines of the report").click()
    page.get_by_text("Its lessons").click()
    fits(page)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("alert")).to_contain_text("othing is imported because of this.")
    fits(page)
    (school.content / f"oats-{colours}").mkdir()
    page.goto(page.url)
    expect(page.get_by_role("alert")).to_contain_text("so nothing is imported. Rename one of the two.")
    fits(page)
