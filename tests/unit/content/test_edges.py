"""What the format says of cases at its edges: code, comments, marks of letters, limits."""

from datetime import date
from pathlib import Path

import pytest

from quizapp.content.catalogue import read_catalogue
from quizapp.content.visibility import Viewer, visible
from quizapp.questions.text import ShortText
from quizapp.questions.vocabulary import Vocabulary
from tests.unit.content.reading import catalogue_from, served

TWO = "- (x) A\n- ( ) B\n"


def codes(text: str, name: str = "b.bank.md") -> list[str]:
    """The codes of the problems of one file."""
    return [problem.code for problem in catalogue_from({name: text.encode()})[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A footnote is one only where the file defines it, and never in code, patterns and formulas.
        ("## Q? {#q}\n\n- =~ `[^@]+@[^@]+`\n", []),
        (f"## What does `[^a]` match? {{#q}}\n\n{TWO}", []),
        (f"## Q? {{#q}}\n\nWhat is [^a-z] or `x[^1]`?\n\n{TWO}\n[^1]: Note\n", []),
        (f"## Q? {{#q}}\n\nWhat?[^1]\n\n{TWO}\n[^1]: Note\n", ["footnote-in-question"]),
        # A name that an author gave is no slug of another heading.
        (f"## Alpha\n\n{TWO}\n## R? {{#alpha}}\n\n{TWO}", ["no-id"]),
        (f"## Q? {{#हिन्दी}}\n\n{TWO}", []),
        ("## Q? {#q}\n\n- (x) A\n- (1000%) B\n- ( ) C\n", ["percent-range"]),
        ("## Q? {#q}\n\n- (-5%) A\n- (x) B\n", ["percent-range"]),
        ("## Q? {#q}\n\n- = A\n- (101%) = B\n", ["percent-range"]),
        ("## Q? {#q}\n\n- (50%) = a\n- = b\n", ["one-choice", "choice-or-typed", "unmarked-answer"]),
        (f"## What is $x_{{i=1}}$? {{#q}}\n\n{TWO}", []),
        ("## Q? {#q}\n\n- =~ `a{x}|\\${HOME}`\n", []),
        ("## Q? {#q}\n\n- = 10.100.200\n", []),
        ("## Q? {#q}\n\n- = 12,5\n", ["comma-number"]),
        (f"## Q? {{#q points=.5 tries=50}}\n\n{TWO}", []),
        (f"## Port [[25]]? {{#q}}\n\n{TWO}", ["blank-beside-answers"]),
        ("## Port [[25]]? {#q}\n", []),
        ("## Port [[25]]? {#q .match}\n\n| a | b |\n| --- | --- |\n| c | d |\n| e | f |\n", ["blank-beside-answers"]),
        ("## Q? {#q}\n\n```python blanks\nx = [[1]]\n```\n", []),
        ("## Q? {#q}\n\n- A [[b]]\n> No feedback.\n", []),
        (f"## Q? {{#q}}\n\n{TWO}\nWhy:\n\n* [[a]]\n", []),
        ("## {#q}\n\nPort [[25]].\n", []),
        ("## Q? {#q}\n\n> [!TIP]\n> See [[b]].\n", ["no-answers"]),
        (
            "## Q? {#q}\n\n- (x) ![a](https://e.org/a.png)\n- ( ) ![a](https://e.org/b.png)\n",
            ["remote-picture", "remote-picture"],
        ),
    ],
)
def test_a_question_at_the_edges(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("check", ["{.check #a .essay}\n\nWhy?", "{.check #a .survey}\n\nWhy?"])
def test_a_check_that_is_one_question_to_write_about(check: str) -> None:
    assert codes(f"## C {check}\n", "l.md") == []


def test_a_code_block_behind_a_marker_hides_no_other_that_is_open() -> None:
    text = "## Q? {#q}\n\n- (x) ```\n  x\n  ```\n- ( ) B\n\n## R? {#r}\n\n```\n- (x) A\n"
    assert codes(text) == ["fence-after-marker", "no-answers", "fence-open"]


def asked(bank: str) -> object:
    """The type of the question `q` of a bank."""
    files = {"b.bank.md": bank.encode(), "l.md": b"## C {.check}\n\n### [](b.bank.md#q)\n"}
    catalogue, problems = catalogue_from(files)
    assert problems == []
    return catalogue.module("m").lessons[0].checks[0].questions[0].type


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Text <!-- secret\n\nmore secret --> end\n\nNext", "<p>Text\nend</p>\n<p>Next</p>"),
        ("Text <!-- secret\n- secret\n--> end", "<p>Text\nend</p>"),
        ("- a <!-- secret\n- secret --> b\n- c", "<ul>\n<li>a\nb</li>\n<li>c</li>\n</ul>"),
        ("a <!-- x --> b <!-- secret\n\nsecret --> c <!-- secret\nsecret -->\n\nd", "<p>a  b\nc</p>\n<p>d</p>"),
        ("a &lt;!-- b\n\nc", "<p>a &lt;!-- b</p>\n<p>c</p>"),
        ("`a <!-- b`\n\nc --> d", "<p><code>a &lt;!-- b</code></p>\n<p>c --&gt; d</p>"),
        ("a <!-- b\n\nc", "<p>a &lt;!-- b</p>\n<p>c</p>"),
        ("a <!-- b\n\nc\n\n<!-- d -->", "<p>a &lt;!-- b</p>\n<p>c</p>"),
    ],
)
def test_comments_within_a_line_reach_no_page(text: str, shown: str) -> None:
    assert served(text).parts == (shown,)


def test_the_answers_in_a_comment_are_none() -> None:
    assert codes(f"## Q {{#q}}\n\nAsk <!-- old:\n- (x) A\n\n- ( ) B\n--> this?\n\n{TWO}") == []


def test_comments_are_no_part_of_a_typed_value() -> None:
    text = "## Q? {#q}\n\n- = MX <!-- c -->\n- = <!-- c --> A\n- = `<!-- d -->`\n"
    catalogue, problems = catalogue_from(
        {"b.bank.md": text.encode(), "l.md": b"## C {.check}\n\n### [](b.bank.md#q)\n"}
    )
    assert problems == []
    kind = catalogue.module("m").lessons[0].checks[0].questions[0].type
    assert isinstance(kind, ShortText)
    assert [value.value for value in kind.values] == ["MX", "A", "<!-- d -->"]


def test_a_brace_in_a_pattern_is_a_brace() -> None:
    kind = asked("## Q? {#q}\n\n- =~ `a{e}`\n")
    assert isinstance(kind, ShortText)
    assert [kind.mark(typed).credit for typed in ("a{e}", "a", "b")] == [1, 0, 0]


@pytest.mark.parametrize(
    "heading", ["[Holly](<my bank.bank.md#q>)", "[Holly][b]", "[b][]", "[b]", "[x]( <my bank.bank.md#q> 'Holly' )"]
)
def test_a_heading_that_is_any_link_to_a_bank_stands_for_its_question(heading: str) -> None:
    lesson = f"## C {{.check}}\n\n### {heading}\n\n## Then\n\n[B]: <my bank.bank.md#q>\n"
    files = {"my bank.bank.md": f"## Q? {{#q}}\n\n{TWO}".encode(), "l.md": lesson.encode()}
    catalogue, problems = catalogue_from(files)
    assert problems == []
    assert [question.key for question in catalogue.module("m").lessons[0].checks[0].questions] == ["m#q"]


def test_what_hides_a_site_hides_all_of_it(tmp_path: Path) -> None:
    for name, text in {"index.md": "---\ndraft: true\n---\n", "p/m/1.md": "A", "n/1.md": "A"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    catalogue = read_catalogue(tmp_path)[0]
    assert (len(catalogue.modules), len(catalogue.paths)) == (2, 1)
    seen = visible(catalogue, Viewer(), date(2026, 11, 24))
    assert (len(seen.modules), len(seen.paths)) == (0, 0)


def test_marks_belong_to_the_letters_of_a_key() -> None:
    catalogue, problems = catalogue_from({"की.md": b"A", "के.md": b"B"})
    assert problems == []
    assert [lesson.name for lesson in catalogue.module("m").lessons] == ["की", "के"]


def test_long_words_are_not_taken_apart() -> None:
    words = Vocabulary(["a" * 100_000, "transport"])
    assert words.near("a" * 100_001) == set()
    assert words.near("transprot") == {"transport"}
