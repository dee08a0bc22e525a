"""Answers to a check over the web, as they are sent and as they are stored."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Row, text

from quizapp.site import Site
from quizapp.web import create_app
from tests.conftest import TWO_QUESTIONS
from tests.pages import Form, Page, Visitor

LESSON = "/modules/mail-flow/online"
CHECK = "/checks/check"


def rows(site: Site, query: str) -> Sequence[Row[Any]]:
    with site.database.reading() as connection:
        return connection.execute(text(query)).all()


def count(site: Site, table: str) -> int:
    return int(rows(site, f"select count(*) from {table}")[0][0])


def open_check(visitor: Visitor, address: str = LESSON) -> Form:
    return visitor.get(address).form(CHECK)


def test_a_page_view_of_a_new_guest_writes_nothing(site: Site, visitor: Visitor) -> None:
    visitor.get(LESSON)
    assert count(site, "learner") == 0


def test_nothing_chosen_is_told_and_nothing_is_stored(site: Site, visitor: Visitor) -> None:
    page = visitor.send(open_check(visitor))
    assert visitor.status == 422
    assert "Answer all questions before you check: question 1 ." in page.text
    assert count(site, "attempt") == 0


def test_a_wrong_choice_shows_its_feedback_and_not_the_key(visitor: Visitor) -> None:
    page = visitor.send(open_check(visitor), "connector")
    assert visitor.status == 200
    assert "The default settings do that already." in page.text
    for kept_back in ("It is the one thing left", "It exists from the start", "Senders look", "Right, and not chosen"):
        assert kept_back not in page.html
    assert "Try again" in page.text
    assert "Completed" not in page.text


def test_the_right_choice_completes_the_lesson(visitor: Visitor) -> None:
    page = visitor.send(open_check(visitor), "MX record")
    for said in ("It is the one thing left to do.", "Senders look the MX record up.", "Completed"):
        assert said in page.text
    assert "Completed" in visitor.get("/progress").text


def test_try_again_keeps_attempt_and_order(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    page = visitor.send(form, "connector")
    again = visitor.get(page.links["Try again"]).form(CHECK)
    assert [option.text for option in again.options] == [option.text for option in form.options]
    assert dict(again.hidden)["attempt"] == dict(form.hidden)["attempt"]
    visitor.send(again, "MX record")
    assert [tuple(row) for row in rows(site, "select try_number, value from response order by id")] == [
        (1, "1"),
        (2, "2"),
    ]


def test_what_is_stored_is_what_was_shown_and_given(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    visitor.send(form, "MX record")
    [attempt] = rows(site, "select public_id, kind, content_key, score, passed, submitted, id from attempt")
    assert tuple(attempt[:5]) == (dict(form.hidden)["attempt"], "check", "mail-flow/online#check", 1_000_000, 1)
    assert attempt.submitted is not None
    [drawn] = rows(site, 'select question_key, fingerprint, "order", points from attempt_question')
    assert drawn.question_key == "mail-flow#mx-record"
    shown = [option.text.strip() for option in form.options]
    written = ["A connector to the internet", "The MX record", "A mailbox for the postmaster"]
    assert [written[position - 1] for position in json.loads(drawn.order)] == [row.split("\n")[0] for row in shown]
    [mark] = rows(site, 'select credit, points, "by" from mark')
    assert tuple(mark) == (1_000_000, 1_000_000, "auto")
    [snapshot] = rows(site, f"select markdown from question_snapshot where fingerprint = '{drawn.fingerprint}'")
    assert "- (x) The MX record\n  > It is the one thing left to do." in snapshot.markdown


def test_the_same_form_twice_is_one_attempt(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    first, second = visitor.send(form, "connector"), visitor.send(form, "connector")
    assert first.text == second.text
    assert (count(site, "attempt"), count(site, "response"), count(site, "mark")) == (1, 1, 1)


def test_a_form_sent_twice_after_a_part_was_right_is_one_try(site: Site, folder: Path, visitor: Visitor) -> None:
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(TWO_QUESTIONS, encoding="utf-8")
    form = open_check(visitor)
    visitor.send(form, "Alpha", "Three")
    visitor.send(form, "Alpha", "Three")
    assert count(site, "response") == 2


def test_another_answer_in_the_same_form_is_the_next_try(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    visitor.send(form, "connector")
    page = visitor.send(form, "MX record")
    assert "Completed" in page.text
    assert (count(site, "attempt"), count(site, "response")) == (1, 2)


def test_only_open_questions_are_asked_again(site: Site, folder: Path, visitor: Visitor) -> None:
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(TWO_QUESTIONS, encoding="utf-8")
    page = visitor.send(open_check(visitor), "Alpha", "One")
    assert "1 of 2 right" in page.text
    assert "Partly right: 50 %." in page.text
    again = visitor.get(page.links["Try again"]).form(CHECK)
    assert {option.name for option in again.options} == {"answer-2"}
    assert "Completed" in visitor.send(again, "One", "Two").text
    assert count(site, "response") == 3


def test_a_finished_attempt_takes_nothing_more(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    visitor.send(form, "MX record")
    page = visitor.send(form, "connector")
    assert visitor.status == 409
    assert "What was sent now was not recorded." in page.text
    assert count(site, "response") == 1


def test_show_answers_ends_the_attempt_and_a_new_one_begins(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    page = visitor.send(form, "connector")
    page = visitor.send(page.form("/answers"))
    assert "Right, and not chosen" in page.text
    assert "Senders look the MX record up." in page.text
    fresh = visitor.get(page.links["Try again"]).form(CHECK)
    assert dict(fresh.hidden)["attempt"] != dict(form.hidden)["attempt"]
    assert "Completed" not in visitor.get(LESSON).text


def test_a_question_edited_meanwhile_is_graded_as_it_was_shown(site: Site, folder: Path, visitor: Visitor) -> None:
    form = open_check(visitor)
    file = folder / "exchange" / "mail-flow" / "2-online.md"
    old = file.read_text(encoding="utf-8")
    file.write_text(old.replace("(x) The MX", "( ) The MX").replace("( ) A conn", "(x) A conn"), encoding="utf-8")
    assert "one thing left" not in visitor.get(LESSON).text
    page = visitor.send(form, "MX record")
    assert "Your answer: right" in page.text
    assert "It is the one thing left to do." in page.text
    assert count(site, "question_snapshot") == 2


def test_a_choice_that_was_not_offered_is_refused_and_the_rest_kept(site: Site, folder: Path, visitor: Visitor) -> None:
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(TWO_QUESTIONS, encoding="utf-8")
    form = open_check(visitor)
    page = visitor.send(form, "One", **{"answer-1": "9"})
    assert visitor.status == 400
    assert "not among those offered" in page.text
    assert page.form(CHECK).option("One").checked
    assert count(site, "attempt") == 0


@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "x", "1 or 1=1", "９"])
def test_a_position_that_is_none_is_refused(visitor: Visitor, value: str) -> None:
    visitor.send(open_check(visitor), **{"answer-1": value})
    assert visitor.status == 400


def test_anothers_attempt_is_not_found_and_unchanged(site: Site, new_visitor: Callable[[], Visitor]) -> None:
    one, other = new_visitor(), new_visitor()
    form = open_check(one)
    one.send(form, "connector")
    attempt = dict(form.hidden)["attempt"]
    other.get(f"{LESSON}?attempt={attempt}")
    assert other.status == 404
    page = other.send(open_check(other), "MX record", attempt=attempt)
    assert other.status == 404
    assert "Nothing is here" in page.text
    other.client.post(f"{LESSON}{CHECK}/answers", data={"attempt": attempt, "csrf_token": token(other)})
    assert count(site, "response") == 1
    assert "Try again" in one.get(f"{LESSON}?attempt={attempt}").text


def token(visitor: Visitor) -> str:
    return dict(open_check(visitor).hidden)["csrf_token"]


def test_without_a_token_the_form_comes_back_with_its_answers(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    page = visitor.send(form, "connector", csrf_token="")
    assert visitor.status == 400
    again = page.form(CHECK)
    assert [option.checked for option in again.options] == ["connector" in option.text for option in again.options]
    assert count(site, "attempt") == 0
    assert "The default settings do that already." in visitor.send(again).text


def test_without_the_cookie_the_answers_move_to_the_new_guest(site: Site, new_visitor: Callable[[], Visitor]) -> None:
    one, other = new_visitor(), new_visitor()
    form = open_check(one)
    one.send(form, "connector")
    page = other.send(form, "MX record")
    assert other.status == 400
    assert page.form(CHECK).option("MX record").checked
    assert "Completed" in other.send(page.form(CHECK)).text


def test_a_question_left_out_of_the_form_does_not_pass(site: Site, folder: Path, visitor: Visitor) -> None:
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(TWO_QUESTIONS, encoding="utf-8")
    form = open_check(visitor)
    form.hidden.remove([entry for entry in form.hidden if entry[0] == "slot"][1])
    page = visitor.send(form, "Alpha")
    assert visitor.status == 409
    assert "not the check as it is on this site" in page.text
    assert count(site, "attempt") == 0


@pytest.mark.parametrize("attempt", ["", "short", "x" * 23, "ä" * 22, "../../../../etc/passwd"])
def test_a_form_with_no_attempt_id_of_ours_is_refused(visitor: Visitor, attempt: str) -> None:
    visitor.send(open_check(visitor), "MX record", attempt=attempt)
    assert visitor.status == 400


def test_a_huge_body_is_refused_with_a_page(site: Site, visitor: Visitor) -> None:
    page = visitor.send(open_check(visitor), "MX record", filler="x" * 10_000_000)
    assert visitor.status == 413
    assert "larger than this site takes" in page.text
    assert count(site, "attempt") == 0


@pytest.mark.parametrize("address", [f"{LESSON}{CHECK}", f"{LESSON}/checks/none", f"{LESSON}/nothing", "/modules/x/y"])
def test_a_wrong_address_is_a_page(visitor: Visitor, address: str) -> None:
    assert "<h1>" in visitor.get(address).html
    assert visitor.status in (404, 405)


def test_forms_at_the_same_moment_give_one_attempt(site: Site, visitor: Visitor) -> None:
    form = open_check(visitor)
    [cookie] = [value for name, value in visitor.client.get(LESSON).request.headers.items() if name == "Cookie"]
    answers: list[int] = []

    def send(other: FlaskClient) -> None:
        response = other.post(form.action, data=form.data("connector"), headers={"Cookie": cookie})
        answers.append(response.status_code)

    # Made one after the other: Python 3.11 cannot compile routes in several threads at once (a SystemError of `ast`).
    others = [create_app(site=site).test_client(use_cookies=False) for _ in range(6)]
    threads = [threading.Thread(target=send, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 6
    assert (count(site, "learner"), count(site, "attempt"), count(site, "response")) == (1, 1, 1)


def test_an_attempt_is_shown_again_tomorrow(visitor: Visitor) -> None:
    visitor.send(open_check(visitor), "MX record")
    page = visitor.get(LESSON)
    assert "You answered this rightly today." in page.text
    assert "It is the one thing left to do." in visitor.get(page.links["See your answers"]).text


def test_a_key_is_in_no_page_before_it_is_due(visitor: Visitor) -> None:
    page: Page = visitor.get(LESSON)
    for kept_back in ("(x)", "one thing left", "default settings", "Senders look", "exists from"):
        assert kept_back not in page.html


def test_the_address_of_a_result_leads_others_to_the_lesson(new_visitor: Callable[[], Visitor]) -> None:
    one, other = new_visitor(), new_visitor()
    one.send(open_check(one), "MX record")
    page = other.get(one.address)
    assert other.status == 404
    assert "These answers are not here" in page.text
    assert other.get(page.links["Open the lesson"]).form(CHECK)
