"""Every question type, answered by the keyboard alone, by touch on a phone, without a script; looked at and heard."""

import difflib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quizapp.questions.base import QUESTION_TYPES
from tests.browser.answers import ANSWERS, Answer
from tests.browser.conftest import accessibility_faults, lesson_of, wider_than_screen
from tests.browser.hands import Finger, Hand, Keyboard, Mouse
from tests.browser.test_look import SMALL_TARGETS
from tests.server.running import Server

OpenPage = Callable[..., Page]
KINDS = sorted(QUESTION_TYPES)
TRANSCRIPTS = Path(__file__).parent / "transcripts"
DRAWS = 400  # of 24 orders, one in ten million is not among them
TOKENS = re.compile(r"(?<=attempt=)[\w-]{22}|(?<=/attempts/)[\w-]{22}")


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
    page.goto(lesson_of(kind))
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

    page.goto(lesson_of(kind))
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
    page.goto(lesson_of(kind))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not wider_than_screen(page)
    answer(Mouse(page), ANSWERS[kind].right)
    assert not wider_than_screen(page)


def heard(page: Page) -> str:
    """What a screen reader is told of the check."""
    return TOKENS.sub("…", page.locator("#check").aria_snapshot())


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
        page.goto(f"{lesson_of(kind)}?draw={draw}")
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
    page.goto(lesson_of(kind))
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
