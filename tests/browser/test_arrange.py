"""Lines that are brought into order: by buttons, by places and by dragging; what is said, and where the focus goes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import lesson_of
from tests.browser.hands import Finger, Mouse
from tests.server.running import Server

OpenPage = Callable[..., Page]
LINES = ".arrange-row .choice-text"


def lines(page: Page) -> list[str]:
    return page.locator(LINES).all_inner_texts()


def places(page: Page) -> list[str]:
    """What each list of places shows, from the first line on the screen to the last."""
    return [one.evaluate("one => one.selectedOptions[0].textContent") for one in page.locator(".arrange select").all()]


def said(page: Page) -> str:
    """What the live region says."""
    return page.locator("main > p[role=status]").inner_text()


def test_the_first_move_gives_every_line_its_place(kinds: Server, open_page: OpenPage) -> None:
    page = open_page(kinds)
    page.goto(lesson_of("order"))
    drawn = lines(page)
    assert places(page) == ["–"] * 4
    assert said(page) == ""
    up = page.get_by_role("button", name=f"Move up {drawn[2]}", exact=True)
    up.click()
    expect(up).to_be_focused()
    assert lines(page) == [drawn[0], drawn[2], drawn[1], drawn[3]]
    assert places(page) == ["1", "2", "3", "4"]
    assert said(page) == f"{drawn[2]}: place 2 of 4"


def test_at_an_end_the_focus_goes_to_the_other_button(kinds: Server, open_page: OpenPage) -> None:
    page = open_page(kinds)
    page.goto(lesson_of("order"))
    drawn = lines(page)
    up, down = (page.get_by_role("button", name=f"Move {way} {drawn[1]}", exact=True) for way in ("up", "down"))
    up.click()
    expect(up).to_be_disabled()
    expect(down).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Enter")
    assert lines(page)[3] == drawn[1]
    expect(down).to_be_disabled()
    expect(up).to_be_focused()


def test_a_place_that_is_chosen_moves_the_line_there(kinds: Server, open_page: OpenPage) -> None:
    page = open_page(kinds)
    page.goto(lesson_of("order"))
    drawn = lines(page)
    place = page.get_by_role("combobox", name=f"Place of {drawn[0]}", exact=True)
    place.focus()
    place.select_option("1.3")
    assert lines(page) == [drawn[1], drawn[2], drawn[0], drawn[3]]
    assert places(page) == ["1", "2", "3", "4"]
    assert said(page) == f"{drawn[0]}: place 3 of 4"
    expect(place).to_be_focused()


def test_a_line_is_dragged_by_mouse_and_can_be_put_back(kinds: Server, open_page: OpenPage) -> None:
    page = open_page(kinds, viewport={"width": 1024, "height": 900})
    page.goto(lesson_of("order"))
    drawn = lines(page)
    handles = page.locator(".handle")
    first, last = handles.first.bounding_box(), handles.last.bounding_box()
    assert first
    assert last
    x = first["x"] + 20
    page.mouse.move(x, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(x, last["y"] + 30, steps=8)
    assert lines(page) == [*drawn[1:], drawn[0]]
    page.mouse.move(x, first["y"] + 10, steps=8)
    page.mouse.up()
    assert lines(page) == drawn
    assert places(page) == ["–"] * 4  # nothing was moved
    page.mouse.down()
    page.mouse.move(x, last["y"] + 30, steps=8)
    page.mouse.up()
    assert lines(page) == [*drawn[1:], drawn[0]]
    assert places(page) == ["1", "2", "3", "4"]
    assert said(page) == f"{drawn[0]}: place 4 of 4"
    assert page.evaluate("getSelection().toString()") == ""


def slide(page: Page, x: float, start: float, goal: float, end: str) -> None:
    """Slide a finger down or up, as the screen of a phone tells it."""
    session = page.context.new_cdp_session(page)
    steps = [start + (goal - start) * step / 8 for step in range(9)]
    for kind, points in zip(("touchStart", *["touchMove"] * 8), ([{"x": x, "y": y}] for y in steps), strict=True):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": end, "touchPoints": []})


@pytest.mark.parametrize("end", ["touchEnd", "touchCancel"])
def test_a_line_is_dragged_by_a_finger_and_the_page_stays(kinds: Server, open_page: OpenPage, end: str) -> None:
    page = open_page(kinds, has_touch=True, is_mobile=True, viewport={"width": 360, "height": 1100})
    page.goto(lesson_of("order"))
    drawn, handles = lines(page), page.locator(".handle")
    start, goal = handles.nth(3).bounding_box(), handles.nth(0).bounding_box()
    assert start
    assert goal
    slide(page, start["x"] + 20, start["y"] + 20, goal["y"] - 20, end)
    assert page.evaluate("scrollY") == 0
    expect(page.locator(".is-dragged")).to_have_count(0)
    assert lines(page) == ([drawn[3], *drawn[:3]] if end == "touchEnd" else drawn)
    assert places(page) == (["1", "2", "3", "4"] if end == "touchEnd" else ["–"] * 4)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_an_order_stays_when_another_question_is_asked_back(
    kinds: Server, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(kinds, java_script_enabled=javascript)
    page.goto(lesson_of("two"))
    hand = Finger(page) if javascript else Mouse(page)
    wanted = ["DATA", "EHLO", "RCPT TO", "MAIL FROM"]
    for number, line in enumerate(wanted, start=1):
        hand.pick(page.get_by_role("combobox", name=f"Place of {line}", exact=True), str(number))
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_contain_text("question 2.")
    placed = dict(zip(lines(page), places(page), strict=True))
    assert placed == {line: str(number) for number, line in enumerate(wanted, start=1)}
    if javascript:
        assert lines(page) == wanted
        page.get_by_role("button", name="Move up EHLO", exact=True).click()
        assert lines(page) == ["EHLO", "DATA", "RCPT TO", "MAIL FROM"]


def test_who_wants_no_motion_sees_lines_stand_where_they_are(kinds: Server, open_page: OpenPage) -> None:
    for motion, count in (("reduce", 0), ("no-preference", 2)):
        page = open_page(kinds, reduced_motion=motion)
        page.goto(lesson_of("order"))
        move = "document.querySelectorAll('.arrange-row')[1].querySelector('.move').click()"
        assert page.evaluate(f"{move}; document.getAnimations().length") == count
