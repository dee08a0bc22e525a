"""Checks and questions as instructors write them, rightly and wrongly."""

from datetime import date

import pytest

from quizapp.content.visibility import Viewer, visible
from quizapp.questions.base import Prose
from tests.unit.content.reading import catalogue_from, codes, lesson_from, question_from

TWO = "- (x) a\n- ( ) b\n"
ASKED = f"### Q {{#q}}\n\n{TWO}"


def problems_of(text: str, name: str = "l.md") -> list[tuple[int, int, str, str]]:
    _, problems = catalogue_from({name: text.encode()})
    return [(p.line, p.column, p.code, p.advice) for p in problems if p.code != "no-id"]


@pytest.mark.parametrize(
    "heading",
    ["## C {.check} <!-- todo -->", "## C{.check}", "## C <!-- {.check} -->", "C {.check}\n---", "## C { .check }"],
)
def test_a_check_is_opened(heading: str) -> None:
    lesson, problems = lesson_from(f"{heading}\n\n{ASKED}")
    assert problems == []
    assert [question.name for question in lesson.check("check").questions] == ["q"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Which {#mx}?", 10),
        ("Which {#mx", 10),
        ("Which {#mx} {points=2}", 10),
        ("Which {points : 2}", 10),
        ("Which [#mx]", 10),
        ("Which (#mx)", 10),
        ("Which (.check)", 10),
    ],
)
def test_a_list_that_is_none_is_told(heading: str, column: int) -> None:
    found = problems_of(f"## C {{.check}}\n\n### {heading}\n\n{TWO}")
    assert [problem[:3] for problem in found if problem[2] == "braces-as-text"] == [(3, column + 1, "braces-as-text")]


@pytest.mark.parametrize("heading", ["See [#7](a.md)", "Which \\{#mx}", "Which `{#mx}`", "Which set is {1, 2}", "f{x}"])
def test_braces_that_are_text_are_left_alone(heading: str) -> None:
    assert problems_of(f"## C {{.check}}\n\n### {heading}\n\n{TWO}") == []


def test_answers_above_the_first_question_are_told_and_not_shown() -> None:
    lesson, problems = lesson_from(f"## C {{.check}}\n\nWhich?\n\n- (x) the key\n- ( ) b\n\n{ASKED}")
    assert [problem.code for problem in problems] == ["answers-before-heading"]
    assert lesson.checks[0].introduction == "<p>Which?</p>"


@pytest.mark.parametrize("text", ["- item\n  - (x) a\n  - ( ) b\n", "> - (x) a\n> - ( ) b\n"])
def test_answers_outside_a_check_are_told_wherever_they_stand(text: str) -> None:
    assert [problem[2] for problem in problems_of(text)] == ["answers-outside-check"]


@pytest.mark.parametrize("word", ["draft", "void", "survey"])
def test_words_of_a_check_count_for_its_questions(word: str) -> None:
    lesson, problems = lesson_from(f"## C {{.check .{word}}}\n\n{ASKED}")
    assert problems == []
    assert lesson.checks[0].questions[0].words == (word,)


@pytest.mark.parametrize("link", ["### [x](b.bank.md#one) {.draft}", "### [x](b.bank.md) {.draft}"])
def test_a_reference_can_be_a_draft(link: str) -> None:
    bank = f"## One {{#one}}\n\n{TWO}".encode()
    catalogue, problems = catalogue_from({"l.md": f"## C {{.check}}\n\n{link}\n\n{ASKED}".encode(), "b.bank.md": bank})
    seen = visible(catalogue, Viewer(), date(2026, 11, 24))
    assert problems == []
    assert [question.name for question in seen.module("m").lessons[0].checks[0].questions] == ["q"]


@pytest.mark.parametrize(
    "link",
    ["[x](b.bank.md#one)", '[x](b.bank.md#one "title")', "[x][bank]", "[a *b*](<b.bank.md#one>)", "[x](B.BANK.md#ONE)"],
)
def test_a_link_to_a_bank_stands_for_its_question(link: str) -> None:
    text = f"## C {{.check}}\n\n### {link}\n\n[bank]: b.bank.md#one\n"
    name = "B.BANK.md" if "BANK" in link else "b.bank.md"
    catalogue, problems = catalogue_from({"l.md": text.encode(), name: f"## One {{#one}}\n\n{TWO}".encode()})
    assert problems == []
    assert [question.name for question in catalogue.module("m").lessons[0].checks[0].questions] == ["one"]


def test_what_a_reference_cannot_take_is_told_at_its_place() -> None:
    text = "## C {.check}\n\n### [x](b.bank.md#one) {#own .survey points=2 count=2}\n"
    _, problems = catalogue_from({"l.md": text.encode(), "b.bank.md": f"## One {{#one}}\n\n{TWO}".encode()})
    assert [(p.column, p.code) for p in problems] == [
        (25, "unknown-word"), (30, "unknown-word"), (38, "unknown-option"), (47, "unknown-option"),
    ]  # fmt: skip


def test_a_reference_to_nothing_is_one_problem() -> None:
    text = "## C {.check}\n\n### [x](b.bank.md#nope)\n"
    _, problems = catalogue_from({"l.md": text.encode(), "b.bank.md": f"## One {{#one}}\n\n{TWO}".encode()})
    assert [p.code for p in problems] == ["broken-anchor"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("- (x) a\n      > Right because\n- ( ) b", 6),
        ("- (x) a\n\t\t> Right because\n- ( ) b", 6),
        ("- (x) a\n\n> Right because\n\n- ( ) b", 7),
        ("- (x) a\n> Right because\n- ( ) b", 6),
        ("*   (x) a\n  > Right because\n*   ( ) b", 6),
    ],
)
def test_feedback_at_the_wrong_place_is_told_and_nothing_else(source: str, line: int) -> None:
    found = problems_of(f"## C {{.check}}\n\n### Q {{#q}}\n\n{source}\n")
    assert [(problem[0], problem[2]) for problem in found] == [(line, "feedback-not-indented")]


def test_the_advice_says_how_far_to_indent() -> None:
    [problem] = problems_of("## C {.check}\n\n### Q {#q}\n\n10. (x) a\n> fb\n11. ( ) b\n")
    assert problem[3] == "Put four spaces before its `>`."


def test_an_alert_under_a_choice_stays_one() -> None:
    question = question_from("## Q {#q}\n\n- (x) a\n  > [!NOTE]\n  > Mind the gap.\n- ( ) b\n")
    [feedback] = question.type.mark(1).feedback
    assert 'class="admonition note"' in feedback.html


@pytest.mark.parametrize("nothing", ["> [!TIP]", "> [!TIP]\n>", ">"])
def test_a_hint_without_text_is_none(nothing: str) -> None:
    question = question_from(f"## Q {{#q}}\n\n{nothing}\n\n{TWO}")
    assert question.hints == ()


@pytest.mark.parametrize("choice", ["- (x) <!-- only -->", "- (x)\u00a0", "- (x)\n\n- ( ) b"])
def test_a_choice_without_anything_to_see_is_told(choice: str) -> None:
    assert codes(f"## Q {{#q}}\n\n{choice}\n- ( ) c\n") == ["empty-choice"]


@pytest.mark.parametrize("marker", ["(x)\u00a0a", "(X) a", "\u200e(x) a", "(x)\ta", "(\u00a0) c\n- (x) a"])
def test_markers_as_word_processors_leave_them(marker: str) -> None:
    assert codes(f"## Q {{#q}}\n\n- {marker}\n- ( ) b\n") == []


def test_a_box_in_round_brackets_is_no_marker() -> None:
    assert codes("## Q {#q}\n\n- (x) a\n- ( ) b\n- (~) c\n") == ["unmarked-answer"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("- item\n- (x) a\n- ( ) b", "Line 6 is one, but its list begins with line 5"),
        ("(x) a\n( ) b", "Line 5 looks like one: write `- (x) …`"),
        ("-(x) a\n-( ) b", "Line 5 looks like one: write `- (x) …`"),
        ("- =a", "Line 5 looks like one: a marker is `=`"),
        ("• ( ) a", "Line 5 looks like one: write `- (x) …`"),
        ("> - (x) a\n> - ( ) b", "Line 5 looks like one, but it stands in a quote"),
        ("- (x ) a\n- ( ) b", "Line 5 looks like one: a marker is `( )`"),
    ],
)
def test_what_was_meant_as_answers_is_pointed_at(source: str, said: str) -> None:
    [problem] = problems_of(f"## C {{.check}}\n\n### Q {{#q}}\n\n{source}\n")
    assert problem[2] == "no-answers"
    assert said in problem[3]


@pytest.mark.parametrize(
    ("attributes", "advice"),
    [
        ("{#q tags=dns, mx}", "Write `tags=dns,mx`, without a space."),
        ("{#q points:2}", "Write `points=2`."),
        ("{#q shuffle}", "Write `shuffle=…`."),
        ("{#q .ordre}", "Did you mean `.order`?"),
        ("{#q type=matching}", "A type is written as a word: `.match`."),
        ("{#q type=single}", "Remove it: the list of answers itself says the type."),
        ("{#q .check}", "It opens a check, in a lesson; here it has no meaning."),
        ("{#q, .draft}", "Write `#q`."),
    ],
)
def test_an_attribute_that_means_nothing_is_put_right(attributes: str, advice: str) -> None:
    [problem] = problems_of(f"## Q {attributes}\n\n{TWO}", "b.bank.md")
    assert problem[3] == advice


def test_a_heading_above_the_questions_of_a_bank_ends_the_one_before() -> None:
    text = f"# Bank\n\n## A {{#a}}\n\n{TWO}\n# Second part\n\nFor authors.\n\n## B {{#b}}\n\n{TWO}"
    catalogue, problems = catalogue_from({"b.bank.md": text.encode()})
    [bank] = catalogue.module("m").banks
    assert problems == []
    assert [(question.name, question.explanation) for question in bank.questions] == [("a", Prose()), ("b", Prose())]


def test_every_unnamed_check_of_several_is_advised() -> None:
    text = f"## C {{.check}}\n\n{ASKED}\n## D {{.check}}\n\n### R {{#r}}\n\n{TWO}"
    assert [(p.line, p.code) for p in lesson_from(text)[1]] == [(1, "no-id"), (8, "no-id")]


def test_a_link_to_the_title_of_the_page_is_fine() -> None:
    lesson, problems = lesson_from("# Title\n\n[up](#title)\n\n## Title\n\n[down](#title-1)")
    assert problems == []
    assert lesson.anchor == "title"


@pytest.mark.parametrize("draw", ["{bank: b, count: two}", "{bank: B}", "b", "{count: 2}"])
def test_a_quiz_without_questions_says_so(draw: str) -> None:
    quiz = f"---\ndraw:\n  - {draw}\n---\n"
    catalogue, problems = catalogue_from({"q.quiz.md": quiz.encode(), "b.bank.md": f"## A {{#a}}\n\n{TWO}".encode()})
    has_questions = bool(catalogue.module("m").quizzes[0].entries)
    assert has_questions == ("empty-quiz" not in {problem.code for problem in problems})
    assert has_questions == ("bank" in draw)
