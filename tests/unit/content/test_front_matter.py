"""Front matter: values as they are written, mistakes with their mends, and nothing hidden that comes to light."""

from datetime import date

import pytest

from quizapp.content.visibility import Viewer, visible
from tests.unit.content.reading import catalogue_from, lesson_from


def problems_of(front: str) -> list[tuple[int, int, str, str]]:
    _, problems = lesson_from(f"---\n{front}\n---\nText")
    return [(problem.line, problem.column, problem.code, problem.advice) for problem in problems]


@pytest.mark.parametrize("title", ["1.10", "012", "no", "1:30", "1e3", "100%", "2026-12-01", "null hypothesis"])
def test_a_text_stays_as_it_was_written(title: str) -> None:
    lesson, problems = lesson_from(f"---\ntitle: {title}\n---\nText")
    assert (lesson.title, problems) == (title, [])


@pytest.mark.parametrize("key", ["true", "null", "~", "012", "1.50", "0x10"])
def test_any_word_may_be_a_key(key: str) -> None:
    assert [problem[2] for problem in problems_of(f"{key}: x")] == ["foreign-keys"]


@pytest.mark.parametrize(
    ("front", "place", "advice"),
    [
        ("title: Exam: part 1", (2, 12), 'Write `title: "Exam: part 1"`.'),
        ("title: @home", (2, 8), 'Write `title: "@home"`.'),
        ("title: x\n\tsummary: y", (3, 1), "Put spaces in its place."),
        ('title: "x', (2, 8), "Close it with the same mark."),
        ("title:x", (2, 1), "Write `key: value`, with a space after the colon."),
        ("title: x\nsummary\n", (3, 1), "Write `key: value`, with a space after the colon."),
    ],
)
def test_what_is_no_yaml_is_told_with_its_mend(front: str, place: tuple[int, int], advice: str) -> None:
    assert problems_of(front) == [(*place, "front-matter-yaml", advice)]


def test_aliases_that_stand_for_a_billion_values_are_refused() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    assert [problem[2] for problem in problems_of("\n".join(lines))] == ["front-matter-yaml"]
    assert [problem[2] for problem in problems_of("a: &a [*a]")] == ["front-matter-yaml"]


def test_a_key_in_the_wrong_file_is_sent_to_the_right_one() -> None:
    assert problems_of("points: 2") == [(2, 1, "unknown-key", "It belongs in a bank or a quiz.")]


@pytest.mark.parametrize(
    ("front", "is_shown"),
    [
        ("draft: yes", False),
        ('draft: "true"', False),
        ("publish: 01.12.2126", False),
        ("audience: signed in", False),
        ("title: Exam: part 1\ndraft: true", False),
        ("title: [\naudience: signed-in", False),
        ("audience: cohort: Spring 2027", False),
        ("Draft: true", False),
        ("drafts: yes", False),
        ("Publish: 2126-01-01", False),
        ("Draft: false", True),
        ("title: Exam: part 1", True),
        ("draft: false", True),
        ("draft:", True),
    ],
)
def test_what_should_hide_a_file_hides_it_even_if_it_cannot_be_read(front: str, is_shown: bool) -> None:
    catalogue, _ = catalogue_from({"l.md": f"---\n{front}\n---\nText".encode(), "m.md": b"Text"})
    seen = visible(catalogue, Viewer(), date(2026, 11, 24)).module("m").lessons
    assert ("l" in [lesson.name for lesson in seen]) == is_shown


@pytest.mark.parametrize("head", ["\n---\n", "   \n\n ---\n"])
def test_front_matter_below_blank_lines_is_read(head: str) -> None:
    lesson, problems = lesson_from(f"{head}title: T\nminutes: x\n---\nText")
    assert (lesson.title, lesson.parts) == ("T", ("<p>Text</p>",))
    assert [(problem.line, problem.code) for problem in problems] == [(head.count("\n") + 2, "bad-value")]


@pytest.mark.parametrize("text", ["\n---\n\nText", "---\n\nText", "---\n\nText\n\n---\n"])
def test_a_rule_at_the_top_is_a_rule(text: str) -> None:
    lesson, problems = lesson_from(text)
    assert str(lesson.parts[0]).startswith("<hr>\n<p>Text</p>")
    assert problems == []
