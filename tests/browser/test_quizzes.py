"""Exams and practice in a browser: a killed server, two tabs, the time, a lost connection, without a script."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import text

from quizapp.questions.base import QUESTION_TYPES
from quizapp.store.attempts import StoredAttempt, find_attempt
from tests.browser.answers import ANSWERS
from tests.browser.conftest import accessibility_faults, wider_than_screen
from tests.browser.hands import Keyboard, Mouse
from tests.browser.test_look import SMALL_TARGETS
from tests.quizzes import PLACE, QUESTIONS, write_quiz
from tests.server.running import Server, until

OpenPage = Callable[..., Page]
EXAM = "preset: exam\nattempts: unlimited\ntime: 20 min\n"


@pytest.fixture
def exam(folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A server with an exam of three questions, which a story may kill."""
    write_quiz(folder, EXAM)
    others = QUESTIONS.replace("{#", "{#again-")
    write_quiz(folder, "preset: practice\ntries: 100,50\n", others, name="practice")
    server = Server(folder, tmp_path / "instance")
    yield server.start()
    server.stop()


def begin(page: Page, place: str = PLACE) -> str:
    """Begin an attempt; returns its id."""
    page.goto(place)
    page.get_by_role("button", name=re.compile("^Start")).click()
    expect(page).to_have_url(re.compile("/attempts/"))
    page.wait_for_load_state()
    return page.url.rpartition("/attempts/")[2].partition("?")[0]


def stored(server: Server, attempt: str) -> StoredAttempt:
    with server.database() as connection:
        found = find_attempt(connection, attempt)
    assert found
    return found


def saved(page: Page) -> None:
    """Wait until the screen says that what was given is saved."""
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))


def set_time_left(server: Server, attempt: str, left: timedelta) -> None:
    """Let an attempt have begun earlier, so that so much time is left of it."""
    one = stored(server, attempt)
    assert one.deadline
    with server.database() as connection:
        earlier = one.deadline - datetime.now(UTC) - left
        shift = f"-{earlier.total_seconds()} seconds"
        change = "strftime('%Y-%m-%d %H:%M:%f', {0}, :by)" if not server.database_url else "{0} + cast(:by as interval)"
        both = ", ".join(f"{name} = {change.format(name)}" for name in ("started", "deadline"))
        connection.execute(text(f"update attempt set {both} where id = :id"), {"by": shift, "id": one.id})


def test_an_exam_survives_a_kill_and_is_graded_when_its_time_is_over(exam: Server, open_page: OpenPage) -> None:
    page = open_page(exam)
    attempt = begin(page)
    page.get_by_label("Alpha").check()
    saved(page)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox").fill("12 ms")
    saved(page)
    expect(page.locator("[data-answered]")).to_have_text("2 of 3 answered")
    exam.kill_all()
    page.get_by_role("textbox").fill("13 ms")
    expect(page.get_by_role("alert")).to_contain_text("We could not save that. Your answer is still here")
    exam.start()
    expect(page.get_by_role("alert")).to_be_hidden(timeout=20_000)  # it keeps trying
    page.goto(PLACE)
    page.get_by_role("link", name="Go on with your attempt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Final")
    page.get_by_role("button", name="Question 1: answered").click()
    expect(page.get_by_label("Alpha")).to_be_checked()
    set_time_left(exam, attempt, timedelta(seconds=3))
    page.reload()
    expect(page.locator(".summary")).to_contain_text("25 %: 1 of 4 points.", timeout=20_000)
    expect(page.locator("main")).to_contain_text("The time was over; what was saved is graded.")
    assert [(one.slot, one.value) for one in stored(exam, attempt).responses if one.credit is not None] == [
        (1, 1),
        (3, None),
        (2, "13 ms"),
    ]


def test_two_tabs_are_one_attempt_and_both_say_so(exam: Server, open_page: OpenPage) -> None:
    one = open_page(exam)
    attempt = begin(one)
    other = one.context.new_page()
    other.goto(one.url)
    one.get_by_label("Beta").check()
    saved(one)
    expect(other.locator("[data-elsewhere]")).to_contain_text("Question 1 was answered on another page.")
    other.get_by_label("Gamma").check()
    expect(other.locator("[data-elsewhere]")).to_contain_text("What you gave here now counts.")
    expect(one.locator("[data-elsewhere]")).to_contain_text("Question 1 was answered on another page.")
    one.get_by_role("link", name="Show the answer that counts").click()
    expect(one.get_by_label("Gamma")).to_be_checked()
    assert [response.value for response in stored(exam, attempt).responses] == [2, 3]


def test_a_closed_tab_and_a_lost_connection_lose_nothing(exam: Server, open_page: OpenPage) -> None:
    page = open_page(exam)
    attempt = begin(page)

    def lose(route: Route) -> None:
        route.abort()

    page.route("**/saves", lose)
    page.get_by_label("Beta").check()
    expect(page.get_by_role("alert")).to_contain_text("we keep trying")
    page.unroute("**/saves")
    saved(page)
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox").press_sequentially("12 ms")
    page.close()  # at once
    assert until(lambda: [one.value for one in stored(exam, attempt).responses] == [2, "12 ms"])


def test_the_time_is_told_and_can_be_hidden(exam: Server, open_page: OpenPage) -> None:
    page = open_page(exam)
    attempt = begin(page)
    clock = page.locator("[data-clock]")
    expect(clock).to_have_text(re.compile(r"^(20:00|19:5\d)$"))
    page.get_by_role("button", name="Hide the time").click()
    expect(clock).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    expect(clock).to_be_hidden()
    page.get_by_role("button", name="Show the time").click()
    expect(clock).to_be_visible()
    for left, said in (
        (600, "Half of the time is over: 10 minutes left."),
        (300, "5 minutes left."),
        (60, "1 minute left."),
    ):
        set_time_left(exam, attempt, timedelta(seconds=left + 3))
        page.reload()
        expect(page.locator("[data-said]")).to_have_text(said, timeout=15_000)


@pytest.mark.parametrize("java_script", [True, False])
def test_by_the_keyboard_alone(exam: Server, open_page: OpenPage, java_script: bool) -> None:
    page = open_page(exam, java_script_enabled=java_script)
    hand = Keyboard(page)
    page.goto(PLACE)
    hand.press(page.get_by_role("button", name=re.compile("^Start")))
    hand.tick(page.get_by_label("Alpha"))
    hand.press(page.get_by_role("button", name="Mark for review"))
    expect(page.get_by_role("button", name="Marked for review", exact=True)).to_be_visible()
    hand.press(page.get_by_role("button", name="Next"))
    hand.write(page.get_by_role("textbox"), "12 ms")
    hand.press(page.get_by_role("button", name="Next"))
    hand.press(page.get_by_role("button", name="Finish"))
    expect(page.locator(".overview")).to_contain_text("Not answered: question 3.")
    expect(page.locator(".overview")).to_contain_text("Marked for review: question 1.")
    hand.press(page.get_by_role("button", name="Submit with 1 blank"))
    expect(page.locator(".summary")).to_contain_text("Not passed. 50 %: 2 of 4 points.")


@pytest.mark.parametrize("java_script", [True, False])
def test_practice_checks_each_question(exam: Server, open_page: OpenPage, java_script: bool) -> None:
    page = open_page(exam, java_script_enabled=java_script)
    begin(page, PLACE.replace("final", "practice"))
    page.get_by_label("Beta").check()
    page.get_by_role("button", name="Check your answer").click()
    expect(page.locator(".question")).to_contain_text("Beta is the second.")
    page.get_by_role("link", name="Try again").click()
    page.get_by_label("Alpha").check()
    page.get_by_role("button", name="Check your answer").click()
    expect(page.locator(".question")).to_contain_text("Greek letters.")
    expect(page.get_by_role("button", name="Question 1: right")).to_be_visible()


@pytest.mark.parametrize("kind", ["practice", "final"])
def test_every_page_is_accessible_and_fits(exam: Server, open_page: OpenPage, kind: str) -> None:
    page = open_page(exam, viewport={"width": 320, "height": 740})
    faults: dict[str, list[str]] = {}

    def look(state: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults[f"{state}, {scheme}"] = accessibility_faults(page)
        faults[f"{state}, narrow"] = ["scrolls sideways"] if wider_than_screen(page) else []
        faults[f"{state}, targets"] = page.evaluate(SMALL_TARGETS)

    page.goto(PLACE.replace("final", kind))
    look("before")
    begin(page, PLACE.replace("final", kind))
    look("question")
    page.get_by_label("Beta").check()
    saved(page)
    page.get_by_role("button", name="Mark for review").click()
    look("marked for review")
    if kind == "practice":
        page.get_by_role("button", name="Check your answer").click()
        look("checked")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox").fill("twelve")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Finish").click()
    look("overview")
    page.get_by_role("button", name=re.compile("^Submit")).click()
    look("result")
    page.get_by_role("link", name="Back to the quiz").click()
    look("afterwards")
    assert faults == {state: [] for state in faults}


@pytest.fixture(scope="module")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a quiz of one question for each type."""
    content = tmp_path_factory.mktemp("quizzes") / "content"
    for name, kind in QUESTION_TYPES.items():
        folder = content / "types" / name
        folder.mkdir(parents=True)
        quiz = f"---\ntitle: Quiz\npreset: check\n---\n{kind.example}"
        (folder / "all.quiz.md").write_text(quiz, encoding="utf-8")
    server = Server(content, tmp_path_factory.mktemp("quizzes-instance"))
    yield server.start()
    server.stop()


@pytest.mark.parametrize("kind", sorted(QUESTION_TYPES))
def test_each_type_is_saved_and_graded(every_type: Server, open_page: OpenPage, kind: str) -> None:
    page = open_page(every_type)
    attempt = begin(page, f"/modules/{kind}/quizzes/all")
    ANSWERS[kind].right(Mouse(page), page.locator("#page-quiz-1"))
    saved(page)
    last = stored(every_type, attempt).responses[-1]
    page.reload()
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".overview")).to_contain_text("Every question is answered.")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".summary")).to_be_visible()
    one = stored(every_type, attempt)
    assert one.responses[-1].value == last.value
    assert one.score == 1
