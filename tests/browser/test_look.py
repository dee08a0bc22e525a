"""The look, measured: contrast themes, widths, targets, measure, stillness, paper, directions."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import accessibility_faults, sign_in, wider_than_screen
from tests.conftest import ROOT
from tests.server.running import Server

OpenPage = Callable[..., Page]
LESSON = "/modules/manage-mail-flow/exchange-online"
TYPED = "/modules/passwords-and-sign-in/what-makes-one-strong"
ROW = "A connector that routes messages"
PAGES = (
    "/", "/paths/exchange", "/modules/manage-mail-flow", LESSON, TYPED, "/modules/manage-mail-flow/knowledge-check",
    "/progress", "/appearance", "/nothing", "/account/sign-in", "/account/sign-up", "/account/forgot",
)  # fmt: skip
STAFF_PAGES = (
    "/teach/components", "/teach/", "/teach/problems", "/teach/types/", "/teach/disputes/", "/teach/regrade/",
    "/teach/modules/manage-mail-flow",
    "/teach/modules/manage-mail-flow/exchange-online", "/teach/modules/manage-mail-flow/banks/mail-flow",
    "/teach/accounts/", "/teach/accounts/new", "/teach/accounts/1", "/account/", "/account/password", LESSON,
)  # fmt: skip
THEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "more-contrast": {"color_scheme": "light", "contrast": "more"},
    "dark-more-contrast": {"color_scheme": "dark", "contrast": "more"},
}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and what else there is to know"
OWN = {
    "index.md": "---\ntitle: " + LONG + "\n---\nWelcome.\n",
    "weg/index.md": "---\ntitle: " + LONG + "\nsummary: " + LONG + "\n---\n",
    "weg/long/1-a.md": f"# {LONG}\n\nText with [a link](https://example.org/a) and `{'code' * 40}`.\n\n"
    f"| {LONG} | b | c |\n"
    "| --- | --- | --- |\n| 1 | 2 | 3 |\n\n![A ship](media/none.png)\n\n![A dot](media/dot.svg)\n",
    "weg/long/2-b.md": "# Short\n\n## Check {.check}\n\n### " + LONG + "?\n\n- (x) " + LONG + "\n- ( ) No\n- ( ) Yes\n",
    "weg/long/media/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" '
    'r="9"/></svg>',
    "weg/ivrit/1-a.md": "---\ntitle: שיעור ראשון על דואר\nlang: he\n---\nזהו משפט עם `MX record` באמצע.\n\n- אחת\n\n"
    "## בדיקה {.check}\n\n### איזו רשומה?\n\n- (x) רשומת MX\n  > נכון.\n- ( ) רשומת TXT\n- ( ) רשומת A\n",
}
# The boxes of what can be operated, by what stands for it; links within a sentence are not held to it (WCAG 2.5.8).
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea, [role=tab]")]
  .filter(one => one.type !== "hidden" && one.checkVisibility({visibilityProperty: true}) && !one.closest(".skip"))
  .filter(one => !(one.matches("a") && getComputedStyle(one).display === "inline" && one.closest("p, li, td, dd, th")
      && one.closest("p, li, td, dd, th").textContent.trim().length > one.textContent.trim().length + 2))
  .map(one => one.closest(".choice") || one)
  .map(one => ({name: (one.innerText || one.id || one.name).slice(0, 40), box: one.getBoundingClientRect()}))
  .filter(one => one.box.height < 43.9 || one.box.width < 43.9)
  .map(one => `${one.name}: ${Math.round(one.box.width)} x ${Math.round(one.box.height)}`)"""
# Characters of each full line of the paragraphs of prose: those of all but the last line.
LINES = """() => [...document.querySelectorAll(".prose > p")].flatMap(paragraph => {
  const lines = new Map();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at++) {
      const range = new Range(); range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      if (box) { const key = Math.round(box.bottom / 12); lines.set(key, (lines.get(key) || 0) + 1); }
    }
  }
  return [...lines.values()].slice(0, -1);
})"""
SHIFTS = """() => new Promise(done => {
  let sum = 0; const found = [];
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    sum += entry.value; found.push(...entry.sources.map(source => source.node && source.node.nodeName));
  })).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done([sum, found]), 400);
})"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Content that strains a page: long words, a picture that is not there, Hebrew."""
    content = tmp_path_factory.mktemp("odd") / "content"
    for name, text in OWN.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")
    server = Server(content, tmp_path_factory.mktemp("odd-instance"))
    yield server.start()
    server.stop()


def tour(page: Page) -> Iterator[str]:
    """Open every kind of page, those of an owner last."""
    for address in PAGES:
        page.goto(address)
        yield address
    sign_in(page)
    for address in STAFF_PAGES:
        page.goto(address)
        yield f"{address} of an owner"


def answer(page: Page) -> None:
    """Answer the check of the lesson wrongly."""
    page.goto(LESSON)
    page.get_by_label(ROW).check()
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator("#check .summary")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_every_kind_of_page_is_accessible_in_every_theme(shipped: Server, open_page: OpenPage, theme: str) -> None:
    page = open_page(shipped, viewport={"width": 1024, "height": 800}, **THEMES[theme])
    faults = {name: accessibility_faults(page) for name in tour(page)}
    page = open_page(shipped, viewport={"width": 1024, "height": 800}, **THEMES[theme])
    page.goto(LESSON)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_be_visible()
    faults["not answered"] = accessibility_faults(page)
    answer(page)
    faults["wrong"] = accessibility_faults(page)
    page.get_by_role("button", name="Show answers").click()
    expect(page.locator("#check .is-missed")).to_be_visible()
    faults["answers shown"] = accessibility_faults(page)
    page.goto("/modules/passwords-and-sign-in/summary")
    page.get_by_role("button", name="Complete this lesson").click()
    for address in ("/", "/progress", "/paths/working-safely"):
        page.goto(address)
        faults[f"{address} begun"] = accessibility_faults(page)
    assert faults == {name: [] for name in faults}


def test_odd_content_is_accessible(odd: Server, open_page: OpenPage) -> None:
    page = open_page(odd)
    for address in ("/", "/paths/weg", "/modules/long", "/modules/long/a", "/modules/long/b", "/modules/ivrit/a"):
        page.goto(address)
        assert accessibility_faults(page) == [], address


@pytest.mark.parametrize("width", [320, 360, 768, 1440, 3840])
def test_nothing_scrolls_sideways(shipped: Server, odd: Server, open_page: OpenPage, width: int) -> None:
    page = open_page(shipped, viewport={"width": width, "height": 800})
    for name in tour(page):
        assert not wider_than_screen(page), name
    page = open_page(odd, viewport={"width": width, "height": 800})
    for address in ("/", "/paths/weg", "/modules/long", "/modules/long/a", "/modules/long/b", "/modules/ivrit/a"):
        page.goto(address)
        assert not wider_than_screen(page), address


@pytest.mark.parametrize("width", [360, 1440])
def test_what_can_be_operated_is_large_enough(shipped: Server, open_page: OpenPage, width: int) -> None:
    page = open_page(shipped, viewport={"width": width, "height": 800})
    small = {name: page.evaluate(SMALL_TARGETS) for name in tour(page)}
    page = open_page(shipped, viewport={"width": width, "height": 800})
    answer(page)
    small["wrong"] = page.evaluate(SMALL_TARGETS)
    page.goto("/progress")
    small["begun"] = page.evaluate(SMALL_TARGETS)
    assert small == {name: [] for name in small}


@pytest.mark.parametrize(("width", "least"), [(360, 30), (768, 45), (1440, 45), (3840, 45)])
def test_lines_are_as_long_as_the_eye_likes(shipped: Server, open_page: OpenPage, width: int, least: int) -> None:
    page = open_page(shipped, viewport={"width": width, "height": 800})
    page.goto("/modules/manage-mail-flow/introduction")
    lines = page.evaluate(LINES)
    page.goto(LESSON)
    lines += page.evaluate(LINES)
    assert len(lines) > 5
    assert least <= sum(lines) / len(lines)
    assert max(lines) <= 75
    if width == 360:  # no 45 characters of this size fit on a phone: the prose takes what there is
        box = page.locator(".prose").first.bounding_box()
        assert box
        assert box["width"] == 360 - 2 * 16


def slowly(route: Route) -> None:
    """Answer late, as a slow line does."""
    time.sleep(0.15)
    route.continue_()


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_while_a_page_loads(shipped: Server, odd: Server, open_page: OpenPage, width: int) -> None:
    page = open_page(shipped, viewport={"width": width, "height": 800})
    page.route("**/media/**", slowly)
    page.route("**/*.js*", slowly)
    for name in tour(page):
        assert page.evaluate(SHIFTS) == [0, []], name
    page = open_page(odd, viewport={"width": width, "height": 800})
    page.route("**/media/**", slowly)
    page.goto("/modules/long/a")
    assert page.evaluate(SHIFTS) == [0, []]


def test_tabs_and_copy_buttons_move_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    server = Server(ROOT / "tests" / "sampler" / "content", tmp_path).start()
    try:
        page = open_page(server, viewport={"width": 768, "height": 2000})
        page.route("**/*.js*", slowly)
        page.goto("/modules/reference/everything")
        expect(page.get_by_role("tablist")).to_have_count(2)
        assert page.evaluate(SHIFTS) == [0, []]
    finally:
        server.stop()


def test_on_paper_there_are_answers_to_tick_and_no_controls_of_the_site(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped, color_scheme="dark", viewport={"width": 1024, "height": 800})
    page.goto(LESSON)
    page.emulate_media(media="print")
    for hidden in ("header nav", "footer", ".turn", ".lessons", ".breadcrumb", ".hint", "button"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    for drawn in page.locator(".choice input").all():
        expect(drawn).to_be_visible()
        assert drawn.evaluate("one => getComputedStyle(one).borderTopWidth") == "2px"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    link = page.locator(".prose a[href^=http]").first
    assert link.get_attribute("href") in link.evaluate("one => getComputedStyle(one, '::after').content")


def test_hebrew_is_set_from_the_right(odd: Server, open_page: OpenPage) -> None:
    page = open_page(odd, viewport={"width": 1024, "height": 800})
    page.goto("/modules/ivrit/a")
    for name in ("h1", ".prose p", ".choice-text"):
        assert page.locator(name).first.evaluate("one => getComputedStyle(one).direction") == "rtl", name
    row = page.locator(".choice").first
    control, text = row.locator("input").bounding_box(), row.locator(".choice-text").bounding_box()
    assert control
    assert text
    assert control["x"] > text["x"]
    assert page.locator(".prose code").evaluate("one => getComputedStyle(one).direction") == "ltr"
    page.goto("/modules/long/b")
    assert page.locator("article").evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_the_choice_wins_over_the_system(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped, color_scheme="light", java_script_enabled=False)
    page.goto(LESSON)
    page.get_by_role("link", name="Appearance").click()
    page.get_by_label("Dark").check()
    page.get_by_label("More contrast", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{shipped.url}{LESSON}")
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("color", "rgb(255, 255, 255)")
    expect(page.locator(".choice").first).to_have_css("border-top-width", "2px")


def test_a_picture_lies_on_paper_in_the_dark_only(odd: Server, open_page: OpenPage) -> None:
    for scheme, ground in (("light", "rgba(0, 0, 0, 0)"), ("dark", "rgb(238, 241, 244)")):
        page = open_page(odd, color_scheme=scheme)
        page.goto("/modules/long/a")
        expect(page.locator(".prose img").last).to_have_css("background-color", ground)


def test_who_wants_no_motion_gets_none(shipped: Server, open_page: OpenPage) -> None:
    for motion, name in (("reduce", "none"), ("no-preference", "draw")):
        page = open_page(shipped, reduced_motion=motion)
        sign_in(page)
        page.goto("/teach/components")
        expect(page.locator(".summary.is-right .stroke").first).to_have_css("animation-name", name)


def test_in_colours_of_the_system_the_chosen_row_still_stands_out(shipped: Server, open_page: OpenPage) -> None:
    page = open_page(shipped, forced_colors="active")
    page.goto(LESSON)
    page.get_by_label(ROW).check()
    rows = page.locator(".choice")
    drawn = rows.evaluate_all("rows => rows.map(one => getComputedStyle(one).outlineStyle)")
    assert sorted(drawn) == ["none", "none", "solid"]
    for row in rows.all():
        assert row.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"


@pytest.mark.parametrize("address", ["/appearance", "/teach/components", "/paths/exchange", TYPED])
def test_twice_the_text_fits(shipped: Server, open_page: OpenPage, address: str) -> None:
    page = open_page(shipped, viewport={"width": 640, "height": 740})
    sign_in(page)
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not wider_than_screen(page)
