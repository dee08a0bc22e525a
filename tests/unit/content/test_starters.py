"""Starters are right as they are, whatever they are called; a question goes where it is read."""

import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.advice.advising import advise
from quizapp.content.catalogue import read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.content.files import FileReader, questions_of
from quizapp.content.folder import Kind, key_of
from quizapp.content.good import GoodVersion
from quizapp.content.insertion import starter_question, with_question
from quizapp.content.markup import Renderer
from quizapp.content.starters import (
    Starter,
    StarterKind,
    key_of_title,
    next_number,
    starters,
    title_of_name,
)
from quizapp.errors import Problem, QuizappError
from quizapp.questions.base import QUESTION_TYPES

KINDS: tuple[StarterKind, ...] = get_args(StarterKind)
IN_MODULE = ("lesson", "bank", "quiz")
TWO = "- (x) a\n- ( ) b\n"
EXAMPLE = f"\n## New? {{#new}}\n\n{TWO}"


def problems_of(kind: StarterKind, files: tuple[Starter, ...], root: Path) -> list[Problem]:
    """All that is wrong with a content folder that holds the files, in a module where they need one; advice too."""
    content = root / "content" if kind != "site" else root / files[0].path.partition("/")[0] / "content"
    for one in files:
        file = (root if kind == "site" else content / "m" if kind in IN_MODULE else content) / one.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(one.text, encoding="utf-8")
    catalogue, problems = read_catalogue(content)
    assert catalogue.modules
    return [*problems, *advise(catalogue, lines_in((content,)))]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name",
    [
        *("Mail flow", "mail-flow", "Bread: a first loaf", "@home with *stars* & `code`", "2 ways to cook", "yes"),
        *(
            "null",
            "日本語",
            "हिन्दी",
            "média",
            "media",
            "index",
            "readme",
            "a.bank",
            "x" * 100,
            "# {#x .check}",
            "--- a",
        ),
        'Say "hi"',
    ],
)
def test_what_is_made_has_no_problem(kind: StarterKind, name: str, tmp_path: Path) -> None:
    title = title_of_name(name)
    assert problems_of(kind, starters(kind, title, key_of_title(title)), tmp_path) == []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=30)
@given(name=st.text(min_size=1, max_size=100))
def test_any_name_that_gives_a_key_will_do(kind: StarterKind, name: str) -> None:
    title = title_of_name(name)
    key = key_of_title(title)
    if not key:
        return
    files = starters(kind, title, key)
    for one in files:
        assert all(len(part.encode()) <= 255 for part in one.path.split("/"))
        assert not {"..", ""} & set(one.path.split("/"))
    with tempfile.TemporaryDirectory() as folder:
        assert problems_of(kind, files, Path(folder)) == []


@pytest.mark.parametrize(
    ("name", "title", "key"),
    [
        ("mail-flow", "Mail flow", "mail-flow"),
        ("Mail  flow\n", "Mail flow", "mail-flow"),
        ("The MX record", "The MX record", "the-mx-record"),
        ("../../etc/passwd", "../../etc/passwd", "etcpasswd"),
        (".hidden", ".hidden", "hidden"),
        ("_draft", "_draft", "draft"),
        ("a.bank", "a.bank", "a-bank"),
        ("!?", "!?", ""),
        ("one two three " * 8, "one two three " * 7 + "one two three", "-".join(["one-two-three"] * 4) + "-one"),
    ],
)
def test_a_name_gives_a_title_and_a_key(name: str, title: str, key: str) -> None:
    assert title_of_name(name) == title
    assert key_of_title(title_of_name(name)) == key


def test_the_key_of_a_file_is_that_of_its_title() -> None:
    for title in ("2 ways", "Mail flow", "media"):
        key = key_of_title(title)
        for kind in ("lesson", "module", "path"):
            name = starters(kind, title, key)[0].path.split("/")[0].removesuffix(".md")
            assert key_of(name) == key


@pytest.mark.parametrize(
    ("names", "number"),
    [
        ([], "1-"),
        (["1-a.md", "2-b.md"], "3-"),
        (["01-a.md", "09_b.md"], "10-"),
        (["01-a.md"], "02-"),
        (["1-a.md", "intro.md"], "2-"),
        (["intro.md"], ""),
        (["2024-review.md"], ""),
        (["999-a.md"], "999-"),
    ],
)
def test_the_next_number(names: list[str], number: str) -> None:
    assert next_number(names) == number


def test_names_of_questions_that_are_taken_are_not_given_again() -> None:
    [file] = starters("lesson", "A", "a", taken={"a-opens"})
    assert "{#a-opens-2 tags=basics}" in file.text
    assert "{#a-feedback}" in file.text


def put(text: str, kind: Kind = "lesson", taken: frozenset[str] = frozenset()) -> str:
    return with_question(text.encode(), "m/1.md", kind, EXAMPLE, taken).data.decode()


@pytest.mark.parametrize("kind", sorted(QUESTION_TYPES))
@pytest.mark.parametrize("place", ["lesson", "bank", "quiz"])
def test_the_example_of_every_type_is_read_as_that_type(kind: str, place: Kind, tmp_path: Path) -> None:
    made = with_question(b"# A\n", "m/1.md", place, starter_question(QUESTION_TYPES[kind].example))
    file = FileReader((), None, Renderer()).read("m/1.md", place, "m", GoodVersion(made.data))
    [question] = questions_of(file.content).values()
    assert (question.type.name, question.name, question.line, file.problems) == (kind, made.name, made.line, ())
    if place == "lesson":
        assert problems_of("lesson", (Starter("1.md", made.data.decode()),), tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# A\n", f"# A\n\n## Check your knowledge {{.check}}\n\n### New? {{#new}}\n\n{TWO}"),
        ("# A", f"# A\n\n## Check your knowledge {{.check}}\n\n### New? {{#new}}\n\n{TWO}"),
        ("", f"## Check your knowledge {{.check}}\n\n### New? {{#new}}\n\n{TWO}"),
        (
            f"# A\n\n### C {{.check}}\n\n#### Q {{#q}}\n\n{TWO}\n## Then\n\nText\n",
            f"# A\n\n### C {{.check}}\n\n#### Q {{#q}}\n\n{TWO}\n#### New? {{#new}}\n\n{TWO}\n## Then\n\nText\n",
        ),
        (
            f"## What? {{.check #what}}\n\n{TWO}",
            f"## What? {{.check #what}}\n\n{TWO}\n## Check your knowledge {{#more-questions .check}}\n\n"
            f"### New? {{#new}}\n\n{TWO}",
        ),
        (
            "## C {.check}\r\n\r\n### New? {#new}\r\n\r\n- = 1",
            "## C {.check}\r\n\r\n### New? {#new}\r\n\r\n- = 1\r\n\r\n"
            + f"### New? {{#new-2}}\n\n{TWO}".replace("\n", "\r\n"),
        ),
    ],
)
def test_a_question_goes_below_the_last_check(before: str, after: str) -> None:
    assert put(before) == after


def test_a_question_goes_to_the_end_of_a_bank_under_a_free_name() -> None:
    assert put(f"## Q {{#q}}\n\n{TWO}", "bank", frozenset({"new"})).endswith("\n## New? {#new-2}\n\n- (x) a\n- ( ) b\n")


@pytest.mark.parametrize("text", ["```\nnever closed\n", "<!-- never closed"])
def test_where_it_would_not_be_read_nothing_is_put(text: str) -> None:
    with pytest.raises(QuizappError, match="would not be read there"):
        put(text)


def test_a_file_in_another_encoding_is_left_alone() -> None:
    with pytest.raises(QuizappError, match="no UTF-8"):
        with_question(b"\xff", "m/1.md", "lesson", EXAMPLE)
    with pytest.raises(QuizappError, match="asks no questions"):
        with_question(b"", "m/index.md", "module", EXAMPLE)
