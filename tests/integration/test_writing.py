"""Answers that no program marks, and how sure a learner is of an answer: over the web, and as they are stored."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizapp.actions import people
from quizapp.site import Site
from tests.conftest import TWO_QUESTIONS
from tests.integration.test_checks import CHECK, LESSON, count, open_check, rows
from tests.pages import Page, Visitor

ESSAY = """# Why mail arrives

## Check {.check}

### Why does a mail arrive? {#why .essay points=3}

- [2] Names the MX record
- [1] Says who looks it up

The sender asks DNS for the MX record.

### What was hard? {#hard .survey}
"""
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRITTEN = "The sender\nlooks up <MX>."


@pytest.fixture
def lesson(folder: Path) -> Path:
    file = folder / "exchange" / "mail-flow" / "2-online.md"
    file.write_text(ESSAY, encoding="utf-8")
    return file


def write(visitor: Visitor, essay: str = WRITTEN, survey: str = "Nothing") -> Page:
    return visitor.send(open_check(visitor), **{"answer-1": essay, "answer-2": survey})


def test_a_text_is_kept_as_it_was_written_and_awaits_a_person(lesson: Path, site: Site, visitor: Visitor) -> None:
    page = write(visitor, f"{WRITTEN}\r\n")
    assert visitor.status == 200
    for said in ("A person marks this.", "looks up <MX>.", "The sender asks DNS", "Completed", "Not marked"):
        assert said in page.text
    assert [json.loads(value) for (value,) in rows(site, "select value from response order by slot")] == [
        WRITTEN, "Nothing",
    ]  # fmt: skip
    assert [slot for (slot,) in rows(site, "select slot from mark join response on response.id = response_id")] == [2]
    assert rows(site, "select score, passed from attempt")[0].passed


def test_the_rubric_is_not_shown_before_something_was_written(lesson: Path, visitor: Visitor) -> None:
    before = visitor.get(LESSON)
    blank = write(visitor, "  ")
    assert visitor.status == 422
    for page in (before, blank):
        assert "Names the MX record" not in page.html
        assert "asks DNS" not in page.html


def test_a_learner_judges_their_own_text_and_it_is_no_mark(lesson: Path, site: Site, visitor: Visitor) -> None:
    page = write(visitor)
    form = page.form("/assessment")
    page = visitor.send(form, "Names the MX record")
    assert "By your own judgement: 2 of 3 points." in page.text
    form = page.form("/assessment")
    assert [option.checked for option in form.options] == [True, False]
    assert "3 of 3" in visitor.send(form, "Names the MX", "Says who").text
    assert [met for (met,) in rows(site, "select met from self_assessment order by id")] == ["[1]", "[1, 2]"]
    assert count(site, "mark") == 1  # that of the survey


@pytest.mark.parametrize(("number", "met"), [("1", "3"), ("1", "0"), ("2", "1"), ("9", "1"), ("x", "1")])
def test_a_judgement_of_what_is_not_on_the_rubric_is_refused(
    lesson: Path, site: Site, visitor: Visitor, number: str, met: str
) -> None:
    form = write(visitor).form("/assessment")
    visitor.send(form, number=number, met=met)
    assert visitor.status == 400
    assert count(site, "self_assessment") == 0


def test_a_text_that_is_too_long_is_asked_back(lesson: Path, site: Site, visitor: Visitor) -> None:
    page = write(visitor, "x" * 50_001)
    assert visitor.status == 422
    assert "too long" in page.text
    assert count(site, "attempt") == 0


def ask_confidence(folder: Path) -> None:
    text = TWO_QUESTIONS.replace("{.check}", "{.check confidence=yes}")
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(text, encoding="utf-8")


def test_how_sure_a_learner_is_is_stored_told_and_marks_nothing(site: Site, folder: Path, visitor: Visitor) -> None:
    plain = open_check(visitor)
    assert not [option for option in plain.options if option.name.startswith("confidence")]
    ask_confidence(folder)
    form = open_check(visitor)
    said = {"confidence-1": "sure", "confidence-2": "unsure"}
    page = visitor.send(form, "Beta", "One", "Two", **said)
    assert "You were sure of this, and it is not right" in page.text
    assert "Sure, and not right: First" in page.text
    assert "You were not sure, and it is right." in page.text
    assert [tuple(row) for row in rows(site, "select slot, confidence from response order by slot")] == [
        (1, "sure"), (2, "unsure"),
    ]  # fmt: skip
    assert [credit for (credit,) in rows(site, "select credit from mark order by id")] == [0, 1_000_000]
    again = visitor.get(page.links["Try again"]).form(CHECK)
    page = visitor.send(again, "Alpha", **{"confidence-1": "sure"})
    assert "You were sure of this, and it is right." in page.text


def test_nobody_has_to_say_how_sure_they_are(site: Site, folder: Path, visitor: Visitor) -> None:
    ask_confidence(folder)
    page = visitor.send(open_check(visitor), "Alpha", "One", "Two", **{"confidence-1": "very", "confidence-9": "sure"})
    assert "All 2 right" in page.text
    assert {confidence for (confidence,) in rows(site, "select confidence from response")} == {None}


def test_a_form_that_comes_back_keeps_how_sure_a_learner_is(folder: Path, visitor: Visitor) -> None:
    ask_confidence(folder)
    page = visitor.send(open_check(visitor), "Alpha", **{"confidence-1": "fairly"})
    assert visitor.status == 422
    kept = [option.value for option in page.form(CHECK).options if option.checked and "confidence" in option.name]
    assert kept == ["fairly"]


def test_a_person_who_is_erased_takes_their_words_along(
    lesson: Path, site: Site, sign_in: Callable[..., Visitor]
) -> None:
    write(sign_in("Ada"))
    [one], _notes = people.look_up_people(site.database)
    people.remove_person(site.database, one.id, None, NOW)
    assert {value for (value,) in rows(site, "select value from response")} == {"null"}
