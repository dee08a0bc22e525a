"""Files brought in a browser by keyboard, without JavaScript too, on a phone and in the dark; and taken elsewhere."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, accessibility_faults, sign_in, wider_than_screen
from tests.browser.test_learning import tab_to
from tests.conftest import PASSWORD, ROOT
from tests.server.running import Server
from tests.unit.formats.moodle_items import SINGLE, bank, question

OpenPage = Callable[..., Page]
TABLE = "question,right,answer 1,answer 2\nWhich is dry?,1,Sand,Rain\n"
BANK = "/teach/modules/manage-mail-flow/banks/weather"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with content that may be changed, and an author."""
    content = tmp_path_factory.mktemp("uploads") / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("writing-courses"))
    server = Server(content, tmp_path_factory.mktemp("uploads-instance"))
    server.add_account("Ann", PASSWORD, "author")
    yield server.start()
    server.stop()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A question bank of Moodle with a type that is not read, a table, and a page that is neither."""
    own = tmp_path.name  # so that no story finds the questions of another
    single = SINGLE.replace("wet", f"wet in {own}")
    (tmp_path / "moodle.xml").write_bytes(bank(single, question("random", "<p>Any</p>", "")))
    (tmp_path / "table.csv").write_text(TABLE.replace("dry", f"dry in {own}"), encoding="utf-8")
    (tmp_path / "page.html").write_text("<html>", encoding="utf-8")
    return [tmp_path / name for name in ("moodle.xml", "table.csv", "page.html")]


def upload(page: Page, files: list[Path]) -> None:
    """Choose files, and go on by keyboard."""
    page.goto("/teach/paste")
    page.get_by_label("Or choose files").set_input_files(files)
    tab_to(page, "Read the questions")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What was uploaded")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_an_author_brings_files_by_keyboard_and_takes_them_elsewhere(
    school: Server, open_page: OpenPage, files: list[Path], javascript: bool
) -> None:
    page = open_page(school, java_script_enabled=javascript)
    sign_in(page, "Ann")
    upload(page, files)
    expect(page.get_by_text("3 questions in 3 files")).to_be_visible()
    expect(page.get_by_text("its type, random, is not supported.")).to_be_visible()
    expect(page.get_by_text("This begins with <html>")).to_be_visible()
    title = f"Weather {javascript}"
    page.get_by_label("Title of a new bank").fill(title)
    page.get_by_label("Module of a new bank").select_option("exchange/manage-mail-flow")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The file page.html cannot be read.")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Leave out what cannot be saved").check()
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 questions were added to exchange/manage-mail-flow/weather-")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    upload(page, files[1:2])
    expect(page.get_by_text("1 is there already")).to_be_visible()
    page.goto(f"{BANK}-{str(javascript).lower()}")
    page.get_by_role("link", name="Download").click()
    page.get_by_label("Format").select_option("gift")
    tab_to(page, "Show what is lost")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="GIFT")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    assert download.value.suggested_filename == f"weather-{str(javascript).lower()}.gift"
    assert "Which is dry in" in Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_have_no_faults_and_fit_a_phone(
    school: Server, open_page: OpenPage, files: list[Path], colours: str
) -> None:
    for size in (PHONE, {"width": 1440, "height": 900}):
        page = open_page(school, viewport=size, color_scheme=colours)
        sign_in(page, "Ann")
        upload(page, files)
        assert accessibility_faults(page) == []
        assert not wider_than_screen(page)
        for there in ("/teach/uploads/none", "/teach/export/quizzes/manage-mail-flow/assessment?format=aiken"):
            page.goto(there)
            assert accessibility_faults(page) == []
            assert not wider_than_screen(page)
