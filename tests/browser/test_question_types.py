"""Every question type, answered by the keyboard alone, by touch on a phone, without a script; looked at and heard."""

import difflib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quizapp.questions.base import QUESTION_TYPES
from tests.browser.answers import ANSWERS, Answer
from tests.browser.conftest import accessibility_faults, wider_than_screen
from tests.browser.hands import Finger, Hand, Keyboard, Mouse
from tests.browser.test_look import SMALL_TARGETS
from tests.server.running import Server

OpenPage = Callable[..., Page]
KINDS = sorted(QUESTION_TYPES)
TRANSCRIPTS = Path(__file__).parent / "transcripts"
DRAWS = 400  # of 24 orders, one in ten million is not among them
TOKENS = re.compile(r"attempt=[\w-]{22}")
ORDER_AND_CHOICE = f"""{QUESTION_TYPES["order"].example}
## Which is it? {{#which}}

- (x) This one
- ( ) That one
- ( ) Another one
"""


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one module for each type: a lesson that asks its example."""
    content = tmp_path_factory.mktemp("kinds") / "content"
    examples = {name: kind.example for name, kind in QUESTION_TYPES.items()}
    for name, questions in {**examples, "two": ORDER_AND_CHOICE}.items():
        folder = content / "types" / name
        folder.mkdir(parents=True)
        text = f"# {name.title()}\n\n## Check {{.check}}\n{asked(questions)}"
        (folder / "lesson.md").write_text(text, encoding="utf-8")
    server = Server(content, tmp_path_factory.mktemp("kinds-instance"))
    yield server.start()
    server.stop()


def asked(questions: str) -> str:
    """Questions as they stand in a check."""
    return questions.replace("\n## ", "\n### ")


def address(kind: str) -> str:
    return f"/modules/{kind}/lesson"


def send(hand: Hand) -> None:
    hand.press(hand.page.get_by_role("button", name="Check your answers"))


def answer(hand: Hand, given: Answer) -> None:
    """Answer the question, check, and wait for the result."""
    given(hand, hand.page.locator("#page-check-1"))
    send(hand)
    expect(hand.page.locator("#check .summary")).to_be_visible()


def try_again(hand: Hand) -> None:
    hand.press(hand.page.get_by_role("link", name="Try again"))
    expect(hand.page.get_by_role("button", name="Check your answers")).to_be_visible()


def tell(hand: Hand, kind: str) -> None:
    """Answer not at all, wrongly, partly and rightly, until the lesson is completed."""
    page, answers = hand.page, ANSWERS[kind]
    page.goto(address(kind))
    summary = page.locator("#check .summary")
    send(hand)
    expect(page.locator("#check").get_by_role("alert")).to_contain_text(
        "Answer all questions before you check: question 1."
    )
    for given, said in ((answers.wrong, "Not quite."), (answers.partly, "Partly right")):
        if given:
            answer(hand, given)
            expect(summary).to_contain_text(said)
            expect(page.locator("#page-state")).not_to_contain_text("Completed")
            try_again(hand)
    answer(hand, answers.right)
    expect(summary).to_contain_text(answers.said)
    expect(page.locator("#page-state")).to_contain_text("Completed")


def test_every_type_has_its_answers() -> None:
    assert set(ANSWERS) == set(QUESTION_TYPES)


@pytest.mark.grid("keyboard", "retry")
@pytest.mark.parametrize("kind", KINDS)
def test_by_the_keyboard_alone(kinds: Server, open_page: OpenPage, kind: str) -> None:
    tell(Keyboard(open_page(kinds)), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_by_touch_on_a_phone(kinds: Server, open_page: OpenPage, kind: str) -> None:
    tell(Finger(open_page(kinds, has_touch=True, is_mobile=True)), kind)


@pytest.mark.grid("no JavaScript")
@pytest.mark.parametrize("kind", KINDS)
def test_without_a_script(kinds: Server, open_page: OpenPage, kind: str) -> None:
    tell(Mouse(open_page(kinds, java_script_enabled=False)), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_accessible_and_fits(kinds: Server, open_page: OpenPage, kind: str) -> None:
    page = open_page(kinds, viewport={"width": 320, "height": 740})
    hand, faults = Mouse(page), dict[str, list[str]]()

    def look(state: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults[f"{state}, {scheme}"] = accessibility_faults(page)
        faults[f"{state}, narrow"] = ["scrolls sideways"] if wider_than_screen(page) else []
        faults[f"{state}, targets"] = page.evaluate(SMALL_TARGETS)

    page.goto(address(kind))
    look("form")
    send(hand)
    expect(page.get_by_role("alert")).to_be_visible()
    look("not answered")
    answer(hand, ANSWERS[kind].wrong or ANSWERS[kind].right)
    look("result")
    if ANSWERS[kind].wrong:
        page.get_by_role("button", name="Show answers").click()
        expect(page.get_by_role("button", name="Show answers")).to_have_count(0)
        look("answers shown")
    assert faults == {state: [] for state in faults}


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_fits(kinds: Server, open_page: OpenPage, kind: str) -> None:
    page = open_page(kinds, viewport={"width": 640, "height": 740})
    page.goto(address(kind))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not wider_than_screen(page)
    answer(Mouse(page), ANSWERS[kind].right)
    assert not wider_than_screen(page)


def heard(page: Page) -> str:
    """What a screen reader is told of the check."""
    return TOKENS.sub("attempt=…", page.locator("#check").aria_snapshot())


@pytest.mark.grid("transcript")
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_screen_reader_says(
    kinds: Server, open_page: OpenPage, kind: str, request: pytest.FixtureRequest
) -> None:
    """Choices are drawn anew for each page: it is opened until they stand as they do in the golden file."""
    file = TRANSCRIPTS / f"{kind}.yml"
    golden = file.read_text(encoding="utf-8") if file.exists() else ""
    page = open_page(kinds)
    for draw in range(DRAWS if golden else 1):
        page.goto(f"{address(kind)}?draw={draw}")
        said = f"# The form\n{heard(page)}\n"
        if golden.startswith(said):
            break
    send(Mouse(page))
    expect(page.get_by_role("alert")).to_be_visible()
    said += f"\n# Not answered\n{heard(page)}\n"
    answers = ANSWERS[kind]
    for title, given in (("Wrong", answers.wrong), ("Partly right", answers.partly), ("Right", answers.right)):
        if given:
            answer(Mouse(page), given)
            said += f"\n# {title}\n{heard(page)}\n"
        if given and given is not answers.right:
            try_again(Mouse(page))
    if request.config.getoption("--update-golden"):
        file.write_text(said, encoding="utf-8")
    else:
        assert said == golden, "\n".join(difflib.unified_diff(golden.splitlines(), said.splitlines(), lineterm=""))


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper_every_control_is_drawn(kinds: Server, open_page: OpenPage, kind: str) -> None:
    page = open_page(kinds, viewport={"width": 700, "height": 900})
    page.goto(address(kind))
    page.emulate_media(media="print")
    controls = page.locator("#page-check-1").locator("input, select, textarea").all()
    assert controls
    for control in controls:
        expect(control).to_be_visible()
        assert control.evaluate("one => getComputedStyle(one).borderTopWidth") == "2px"
    for button in page.get_by_role("button").all():
        expect(button).to_be_hidden()
    for select in page.locator("select:not(.arrange select)").all():  # what a list offers is told beside it
        for text in select.locator("option").all_text_contents()[1:]:
            expect(page.locator(".on-paper, .options").filter(has_text=text.split(": ")[-1]).first).to_be_visible()


LINES = ".arrange-row .choice-text"


def lines(page: Page) -> list[str]:
    return page.locator(LINES).all_inner_texts()


def places(page: Page) -> list[str]:
    """What each list of places shows, from the first line on the screen to the last."""
    return [one.evaluate("one => one.selectedOptions[0].textContent") for one in page.locator(".arrange select").all()]


def said(page: Page) -> str:
    """What the live region says."""
    return page.locator("main > [role=status]").inner_text()


def test_the_first_move_gives_every_line_its_place(kinds: Server, open_page: OpenPage) -> None:
    page = open_page(kinds)
    page.goto(address("order"))
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
    page.goto(address("order"))
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
    page.goto(address("order"))
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
    page.goto(address("order"))
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
    page.goto(address("order"))
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
    page.goto(address("two"))
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
        page.goto(address("order"))
        move = "document.querySelectorAll('.arrange-row')[1].querySelector('.move').click()"
        assert page.evaluate(f"{move}; document.getAnimations().length") == count
