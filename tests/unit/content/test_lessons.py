"""Lessons: what a file becomes, and where its mistakes are told."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.visibility import Viewer, visible
from tests.unit.content.reading import catalogue_from, codes, lesson_from, question_from, served


def test_title_summary_and_minutes_come_from_the_front_matter() -> None:
    lesson = served("---\ntitle: T\nsummary: S\nminutes: 7\n---\nText")
    assert (lesson.title, lesson.summary, lesson.minutes, lesson.complete) == ("T", "S", 7, "read")


def test_the_first_heading_is_the_title_and_not_shown_twice() -> None:
    lesson = served("# Hello\n\nText")
    assert (lesson.title, lesson.parts) == ("Hello", ("<p>Text</p>",))


def test_a_file_without_anything_is_named_by_its_name() -> None:
    assert served("Text").title == "L"


def test_a_check_ends_at_a_heading_of_its_level() -> None:
    lesson = served("Before\n\n## Check {.check}\n\nIntro\n\n### Q {#q}\n\n- (x) a\n- ( ) b\n\n## After\n\nText")
    before, _check, after = lesson.parts
    assert ("Before" in str(before), "After" in str(after)) == (True, True)
    assert lesson.check("check").questions[0].key == "m#q"
    assert lesson.complete == "all-correct"


def test_a_check_with_one_question_needs_no_heading() -> None:
    [question] = served("## Check {.check #mx}\n\nWhich?\n\n- (x) a\n- ( ) b\n").checks[0].questions
    assert (question.key, question.prompt.text) == ("m#mx", "Which?")


def test_the_parts_of_a_question() -> None:
    question = question_from(
        "## Heading {#q points=2.5 tags=a,b tries=100,50}\n\nPrompt.\n\n> [!TIP]\n> Hint one.\n\n- (x) A\n  > F\n"
        "- ( ) B\n\nBecause.\n\n> [!TIP] Hint two.\n\n---\n"
    )
    assert question.heading.text == "Heading"
    assert (question.prompt.text, question.explanation.text) == ("Prompt.", "Because.")
    assert [hint.text for hint in question.hints] == ["Hint one.", "Hint two."]
    assert (question.points, question.tags) == (Fraction(5, 2), ("a", "b"))
    assert question.tries == (Fraction(1), Fraction(1, 2))


def test_options_of_the_check_are_defaults_of_its_questions() -> None:
    lesson = served("## C {.check points=3 tags=x}\n\n### Q {#q tags=y}\n\n- (x) a\n- ( ) b\n")
    [question] = lesson.checks[0].questions
    assert (question.points, question.tags) == (Fraction(3), ("x", "y"))


@pytest.mark.parametrize("heading", ["7.", "Question 7", "Frage 7", ""])
def test_a_number_is_no_heading(heading: str) -> None:
    assert not question_from(f"## {heading} {{#q}}\n\nPrompt\n\n- (x) a\n- ( ) b\n").heading


def test_a_literal_marker_is_text() -> None:
    assert codes("## Q {#q}\n\n- \\(x) a\n- b\n") == ["no-answers"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## Q {#q}\n\nText\n", ["no-answers"]),
        ("## Q {#q}\n\n- () A\n- (*) B\n", ["no-answers"]),
        ("## Q {#q}\n\n- ( ) A\n- ( ) B\n", ["no-right-answer"]),
        ("## Q {#q}\n\n- ( ) A\n- [x] B\n", ["mixed-markers"]),
        ("## Q {#q}\n\n- (x) A\n- ( ) B\n- C\n", ["unmarked-answer"]),
        ("## Q {#q}\n\n- (x) A\n", ["one-choice"]),
        ("## Q {#q}\n\n- (x) A\n- ( )\n", ["empty-choice"]),
        ("## Q {#q}\n\n- (x) A\n- ( ) A\n", ["same-choice-twice"]),
        ("## Q {#q}\n\n- (x) A\n- (120%) B\n", ["percent-range"]),
        ("## Q {#q}\n\n- [x] A\n- [50%] B\n", ["percent-in-box"]),
        ("## Q {#q}\n\n- (x) A\n- ( ) B\n\nText\n\n- (x) C\n- ( ) D\n", ["two-answer-lists"]),
        ("## Q {#q}\n\n- (x) A\n> no\n- ( ) B\n", ["feedback-not-indented"]),
        ("## {#q}\n\n- (x) A\n- ( ) B\n", ["no-prompt"]),
        ("## Q {#q}\n\n- (x) A\n- (x) B\n", ["several-right"]),
        ("## Q {#q pionts=2}\n\n- (x) A\n- ( ) B\n", ["unknown-option"]),
        ("## Q {#q .surwey}\n\n- (x) A\n- ( ) B\n", ["unknown-word"]),
        ("## Q {#q points=two}\n\n- (x) A\n- ( ) B\n", ["bad-value"]),
        ("## Q {#q tries=1,x}\n\n- (x) A\n- ( ) B\n", ["bad-value"]),
        ("## Q {#q credit=all}\n\n- [x] A\n- [ ] B\n", ["bad-value"]),
        ("- (x) A\n- ( ) B\n\n## Q {#q}\n\n- (x) A\n- ( ) B\n", ["answers-before-heading"]),
        ("## Q {#q}\n\n- (x) A\n- ( ) B\n\n## R {#q}\n\n- (x) A\n- ( ) B\n", ["id-twice"]),
        ("Text\n", ["empty-check"]),
        ("## Q {#q}\n\n- (x) A\n- ( ) B\n\n```\nopen\n", ["fence-open"]),
        ("## Q {#q}\n\n- (x) A\n- ( ) B\n\n$$\nopen\n", ["math-open"]),
        ("## Q {#q}\n\n- (x) A\n- ( ) B\n\n<!-- open\n", ["html-open"]),
    ],
)
def test_a_mistake_has_its_code(source: str, expected: list[str]) -> None:
    assert codes(source) == expected


def test_a_mistake_is_told_at_its_place() -> None:
    _, problems = lesson_from("---\ntitle: T\n---\n## C {.check}\n\n### Q {#q}\n\n- (x) A\n- [ ] B\n")
    assert [(p.line, p.column, p.code) for p in problems] == [(9, 3, "mixed-markers")]


def test_one_broken_question_leaves_the_others() -> None:
    lesson, _ = lesson_from("## C {.check}\n\n### A {#a}\n\n### B {#b}\n\n- (x) A\n- ( ) B\n")
    assert lesson
    assert [question.name for question in lesson.checks[0].questions] == ["b"]


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ("title: [", "front-matter-yaml"),
        ("title: a\ntitle: b", "front-matter-key-twice"),
        ("minuts: 3", "unknown-key"),
        ("ms.date: 1/2/2026", "foreign-keys"),
        ("minutes: soon", "bad-value"),
        ("complete: maybe", "bad-value"),
        ("pass: 120%", "bad-value"),
        ("- a", "front-matter-yaml"),
    ],
)
def test_front_matter_mistakes(front: str, code: str) -> None:
    lesson, problems = lesson_from(f"---\n{front}\n---\nText")
    assert lesson
    assert [problem.code for problem in problems] == [code]


def test_front_matter_that_never_ends() -> None:
    assert [problem.code for problem in lesson_from("---\ntitle: T\n")[1]] == ["front-matter-open"]


@pytest.mark.parametrize(
    ("front", "belongs_to", "is_shown"),
    [
        ("draft: true", "", False),
        ("draft: false", "", True),
        ("publish: 2026-11-24", "", True),
        ("publish: 2026-11-25", "", False),
        ("audience: public", "", True),
        ("audience: signed-in", "", False),
        ("audience: signed-in", "signed-in", True),
        ("audience: {cohort: Spring}", "signed-in", False),
        ("audience: {cohort: Spring}", "cohort: Spring", True),
    ],
)
def test_what_is_not_for_somebody_is_not_there(front: str, belongs_to: str, is_shown: bool) -> None:
    catalogue, problems = catalogue_from({"l.md": f"---\n{front}\n---\nText".encode(), "m.md": b"Text"})
    seen = visible(catalogue, Viewer(frozenset({belongs_to})), date(2026, 11, 24))
    assert problems == []
    assert [lesson.name for lesson in seen.module("m").lessons] == ["l", "m"][not is_shown :]
    assert ("m/l.md" in seen.links) == is_shown


@given(st.text(alphabet=st.sampled_from("ab #{}.check\n-()[]x>!`$<=*_:|&\\\t0%"), max_size=200))
def test_any_text_is_a_lesson_or_problems(text: str) -> None:
    lesson_from("## C {.check}\n\n### Q\n\n- (x) a\n- ( ) b\n\n" + text)


@given(st.binary(max_size=200), st.sampled_from(["l.md", "l.bank.md", "l.quiz.md"]))
def test_any_bytes_are_content_or_problems(data: bytes, name: str) -> None:
    catalogue_from({name: data})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- ( ) a\n- (x) b", ["answers-outside-check"]),
        ("- ( ) a\n- b", []),
        ("- [ ] a task\n- [x] done", []),
        ("- (see below) a\n- (x) b", []),
    ],
)
def test_answers_in_prose_are_told(text: str, expected: list[str]) -> None:
    assert [problem.code for problem in lesson_from(f"Text\n\n{text}\n")[1]] == expected
