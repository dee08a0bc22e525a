"""Texts that people mark: the queue, the form, what rests on a mark, and what the learner reads."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from threading import Barrier

import pytest

from quizapp.actions import marking, people
from quizapp.actions.marking import Judgement, MarkedMeanwhile
from quizapp.errors import NotFound, NotOffered
from quizapp.site import Site
from quizapp.store import attempts
from quizapp.store.attempts import StoredAttempt
from quizapp.store.marking import waiting_texts
from tests.integration.test_checks import open_check
from tests.pages import Page, Visitor
from tests.people import rows

SignIn = Callable[..., Visitor]
ESSAY = """# Why mail arrives

## Check {.check}

### Why does a mail arrive? {#why .essay points=3}

- [2] Names the **MX** record
- [1] Says who looks it up

The sender asks DNS for the MX record.
"""
QUIZ = """---
title: Final
pass: 60
---
## Free text {#free .essay points=4}

In your own words.

## Which? {#which}

- (x) This
- ( ) That
"""
MARKING, QUIZ_PAGE = "/teach/marking", "/modules/mail-flow/quizzes/final"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def module(folder: Path) -> Path:
    module = folder / "exchange" / "mail-flow"
    (module / "2-online.md").write_text(ESSAY, encoding="utf-8")
    (module / "final.quiz.md").write_text(QUIZ, encoding="utf-8")
    return module


@pytest.fixture
def teacher(sign_in: SignIn) -> Visitor:
    return sign_in("Ines", "instructor")


def write(visitor: Visitor, text: str) -> str:
    """Answer the essay of the check; returns the address of the attempt."""
    visitor.send(open_check(visitor), **{"answer-1": text})
    return visitor.address


def take_quiz(visitor: Visitor, text: str, choose: str = "This") -> str:
    """Take the quiz with that text; returns the address of the attempt."""
    visitor.send(visitor.get(QUIZ_PAGE).form("/attempts"))
    there = visitor.address
    page = visitor.get(there)
    form = next(form for form in page.forms if form.action.partition("?")[0] == there)
    data = form.data(choose) | {"answer-1": [text]}
    visitor.client.post(f"{there}/submit", data=data)
    return there


def waiting(site: Site) -> list[int]:
    """The responses that wait, by number."""
    with site.database.reading() as connection:
        return sorted(one.response for one in waiting_texts(connection))


def mark(site: Site, response: int, given: Judgement, marker: int = 1, seen: int = 0) -> None:
    marking.mark_text(site.database, site.catalogue, response, given, marker, seen, NOW)


def stored(site: Site, address: str) -> StoredAttempt:
    public = re.findall(r"[\w-]{22}", address)[0]
    with site.database.reading() as connection:
        found = attempts.find_attempt(connection, public)
    assert found
    return found


def percent(site: Site, address: str) -> int:
    return round(100 * stored(site, address).score)


def keep(teacher: Visitor, **fields: str) -> Page:
    """Fill in the form of the page one is on and keep it."""
    there = teacher.address
    return teacher.send(teacher.get(there).form(there), **fields)


def test_texts_wait_by_question_and_drafts_blanks_and_running_attempts_do_not(
    module: Path, site: Site, new_visitor: Callable[[], Visitor], teacher: Visitor
) -> None:
    assert "Nothing waits to be marked." in teacher.get(MARKING).text
    for text in ("First", "Second"):
        write(new_visitor(), text)
    take_quiz(new_visitor(), "In a quiz")
    take_quiz(new_visitor(), " ")
    running = new_visitor()
    running.send(running.get(QUIZ_PAGE).form("/attempts"))
    there = running.address
    form = running.get(there).form(f"{there}?question=1")
    running.send(form, **{"answer-1": "A draft"})
    assert len(waiting(site)) == 3
    page = teacher.get(MARKING)
    assert "To mark (3)" in page.text
    assert "Why does a mail arrive? 2 texts wait exchange/mail-flow/2-online.md:5" in page.text
    assert "Free text one text waits exchange/mail-flow/final.quiz.md:5" in page.text
    assert "To mark" not in new_visitor().get("/").text


def test_a_file_that_is_gone_leaves_its_texts_to_be_marked(
    module: Path, site: Site, visitor: Visitor, teacher: Visitor
) -> None:
    write(visitor, "Before")
    (module / "2-online.md").unlink()
    page = teacher.get(MARKING)
    assert "Why does a mail arrive? one text waits Its file is gone. mail-flow#why" in page.text
    page = teacher.get(page.links["Why does a mail arrive?"])
    assert "The sender asks DNS" in page.text
    keep(teacher, line_1="2", line_2="0")
    assert waiting(site) == []


def test_the_page_shows_the_question_as_it_was_and_nothing_of_the_learner(
    module: Path, site: Site, sign_in: SignIn, teacher: Visitor
) -> None:
    lena = sign_in("Lena")
    there = write(lena, "Because of <MX>.")
    (module / "2-online.md").write_text(ESSAY.replace("[2] Names", "[5] Spells"), encoding="utf-8")
    page = teacher.get(teacher.get(MARKING).links["Why does a mail arrive?"])
    for said in ("Essay, 3 points", "Because of <MX>.", "Names the MX record", "from 0 to 2", "asks DNS", "Skip"):
        assert said in page.text
    assert "Spells" not in page.text
    for told in ("Lena", re.findall(r"[\w-]{22}", there)[0]):
        assert told not in page.html
    assert re.findall(r"<input[^>]*autofocus[^>]*>", page.html)[0].count('name="line_1"') == 1


def test_a_mark_gives_points_by_line_and_the_learner_reads_them(
    module: Path, site: Site, visitor: Visitor, teacher: Visitor
) -> None:
    there = write(visitor, "It asks DNS.")
    assert "A person marks this." in visitor.get(there).text
    version = rows(site, "select version from learner where guest is not null")[0].version
    teacher.get(teacher.get(MARKING).links["Why does a mail arrive?"])
    page = keep(teacher, line_1="1,5", line_2="0", feedback="Say who asks.\r\nAnd whom.")
    assert teacher.address == MARKING
    for said in ("Kept. The learner is told.", "Nothing waits", "What you marked last Why does a mail arrive?"):
        assert said in page.text
    found = stored(site, there)
    assert (found.score, found.passed) == (Fraction(1, 2), True)
    [given] = found.responses
    assert (given.credit, given.points, given.by) == (Fraction(1, 2), Fraction(3, 2), "person")
    assert (given.lines, given.feedback) == ((Fraction(3, 2), Fraction(0)), "Say who asks.\nAnd whom.")
    account = rows(site, "select id from account where name = 'Ines'")[0].id
    assert rows(site, "select author, by from mark")[0] == (account, "person")
    assert rows(site, "select version from learner where guest is not null")[0].version == version + 1
    [notice] = rows(site, "select kind, about from notice")
    assert notice.kind == "marked"
    assert '"title": "Why mail arrives"' in notice.about
    text = visitor.get(there).text
    for said in ("1.5 of 3 points", "Partly right: 50 %.", "What it earned", "Names the MX record 1.5 of 2",
                 "Says who looks it up 0 of 1", "Say who asks. And whom."):  # fmt: skip
        assert said in text
    for gone in ("A person marks this.", "Keep my judgement", "What is looked for"):
        assert gone not in text


def test_a_mark_in_a_quiz_counts_for_its_score_and_pass_mark(
    module: Path, site: Site, new_visitor: Callable[[], Visitor], teacher: Visitor
) -> None:
    visitor = new_visitor()
    there = take_quiz(visitor, "In my words")
    before = stored(site, there)
    assert (before.score, before.passed) == (Fraction(1), True)  # of what is marked so far
    teacher.get(teacher.get(MARKING).links["Free text"])
    assert "from 0 to 100" in teacher.get(teacher.address).text
    keep(teacher, credit="25")
    found = stored(site, there)
    assert (found.score, found.passed, found.submitted) == (Fraction(2, 5), False, before.submitted)
    text = visitor.get(there).text
    assert "40 %: 2 of 5 points." in text
    assert "1 of 4 points" in text


def test_points_beyond_the_rubric_are_told_at_their_line_and_kept(
    module: Path, site: Site, visitor: Visitor, teacher: Visitor
) -> None:
    write(visitor, "Text")
    teacher.get(teacher.get(MARKING).links["Why does a mail arrive?"])
    for wrong in ("2.5", "-1", "two", "", "1e1", "NaN"):
        page = keep(teacher, line_1=wrong, line_2="1", feedback="Mine")
        assert teacher.status == 422
        assert "Line 1: enter points from 0 to 2." in page.text
        assert "Mine" in page.text
        assert "Line 2" not in page.text
    assert len(waiting(site)) == 1
    assert rows(site, "select id from mark") == []


@pytest.mark.parametrize(
    "given",
    [
        Judgement((Fraction(3), Fraction(0))),
        Judgement((Fraction(-1), Fraction(0))),
        Judgement((Fraction(1),)),
        Judgement(),
    ],
)
def test_a_judgement_that_does_not_fit_the_rubric_is_refused(
    module: Path, site: Site, visitor: Visitor, given: Judgement
) -> None:
    write(visitor, "Text")
    with pytest.raises(NotOffered):
        mark(site, waiting(site)[0], given)
    assert rows(site, "select id from mark") == []


@pytest.mark.parametrize("credit", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_credit_beyond_all_is_refused(module: Path, site: Site, visitor: Visitor, credit: Fraction) -> None:
    take_quiz(visitor, "Text")
    with pytest.raises(NotOffered):
        mark(site, waiting(site)[0], Judgement(credit=credit))


def test_two_markers_at_once_the_second_is_told_and_decides(
    module: Path, site: Site, visitor: Visitor, teacher: Visitor, sign_in: SignIn
) -> None:
    there = write(visitor, "Text")
    other = sign_in("Olaf", "instructor")
    address = teacher.get(MARKING).links["Why does a mail arrive?"]
    first, second = teacher.get(address).form(address), other.get(address).form(address)
    teacher.send(first, line_1="2", line_2="1", feedback="Good")
    page = other.send(second, line_1="0", line_2="1", feedback="Bad")
    assert other.status == 422
    for said in ("Somebody else marked this text while you read it.", "Line 1: 2 of 2", "Good", "Bad"):
        assert said in page.text
    assert stored(site, there).score == 1
    other.send(page.form(address), line_1="0", line_2="1", feedback="Bad")
    assert other.address == MARKING
    assert percent(site, there) == 33
    assert [row.feedback for row in rows(site, "select feedback from mark order by id")] == ["Good", "Bad"]
    assert len(rows(site, "select id from notice")) == 1  # it was not read yet


def test_the_same_form_sent_twice_marks_once_and_a_correction_once_more(
    module: Path, site: Site, visitor: Visitor, teacher: Visitor
) -> None:
    there = write(visitor, "Text")
    address = teacher.get(MARKING).links["Why does a mail arrive?"]
    form = teacher.get(address).form(address)
    for _ in range(2):
        teacher.send(form, line_1="2", line_2="1")
        assert teacher.address == MARKING
    assert len(rows(site, "select id from mark")) == 1
    page = teacher.get(teacher.get(MARKING).links["Why does a mail arrive?"])
    assert "This text was marked before: 100 %." in page.text
    assert 'value="2"' in page.html
    keep(teacher, line_1="1", line_2="1")
    assert len(rows(site, "select id from mark")) == 2
    assert percent(site, there) == 67


def test_one_goes_through_the_texts_of_a_question_once_and_skips_what_one_likes(
    module: Path, site: Site, new_visitor: Callable[[], Visitor], teacher: Visitor
) -> None:
    for n in range(4):
        write(new_visitor(), f"Text {n}")
    take_quiz(new_visitor(), "Other")
    page, seen = teacher.get(teacher.get(MARKING).links["Why does a mail arrive?"]), []
    while teacher.address != MARKING:
        seen += re.findall(r"Text \d", page.text)
        page = keep(teacher, line_1="1", line_2="1") if len(seen) % 2 else teacher.get(page.links["Skip"])
    assert sorted(seen) == [f"Text {n}" for n in range(4)]
    assert "Why does a mail arrive? 2 texts wait" in page.text


def test_the_order_is_another_for_each_marker_but_older_days_come_first(
    module: Path, site: Site, new_visitor: Callable[[], Visitor]
) -> None:
    for n in range(6):
        write(new_visitor(), f"Text {n}")
    ids = waiting(site)
    with site.database.writing() as connection:
        connection.exec_driver_sql(f"update response set at = '2020-01-01 12:00:00' where id = {ids[-1]}")

    def order(marker: int) -> list[int]:
        found, after = [], 0
        while (following := marking.next_text(site.database, "mail-flow#why", marker, after)) is not None:
            found.append(following)
            after = following
        return found

    orders = [order(marker) for marker in range(1, 6)]
    assert all(sorted(one) == ids and one[0] == ids[-1] for one in orders)
    assert len({tuple(one) for one in orders}) > 1


def test_a_text_whose_learner_was_erased_is_gone(module: Path, site: Site, sign_in: SignIn, teacher: Visitor) -> None:
    write(sign_in("Lena"), "Text")
    [response] = waiting(site)
    people.remove_person(site.database, people.find_called(site.database, "Lena").id, None, NOW)
    assert waiting(site) == []
    assert teacher.client.get(f"{MARKING}/{response}").status_code == 404


def test_what_no_person_marks_is_not_there(module: Path, site: Site, visitor: Visitor, teacher: Visitor) -> None:
    take_quiz(visitor, "Text")
    choice = rows(site, "select id from response where slot = 2")[0].id
    with pytest.raises(NotFound):
        mark(site, choice, Judgement())
    assert teacher.client.get(f"{MARKING}/{choice}").status_code == 404
    assert teacher.client.get(f"{MARKING}/999").status_code == 404


def test_a_survey_to_write_in_is_nobodys_to_mark(module: Path, site: Site, visitor: Visitor) -> None:
    (module / "2-online.md").write_text(ESSAY.replace(".essay", ".essay .survey"), encoding="utf-8")
    write(visitor, "Text")
    assert waiting(site) == []


def test_a_mark_can_complete_a_lesson_that_asks_for_a_score(module: Path, site: Site, visitor: Visitor) -> None:
    front = "---\ntitle: Why mail arrives\ncomplete: pass\npass: 60\n---\n"
    more = "### Which? {#which}\n\n- (x) This\n- ( ) That\n"
    text = ESSAY.replace("# Why mail arrives\n", front) + more
    (module / "2-online.md").write_text(text, encoding="utf-8")
    visitor.send(open_check(visitor), "That", **{"answer-1": "Text"})
    assert (
        rows(site, "select completed from lesson_progress where lesson_key = 'mail-flow/online'")[0].completed is None
    )
    mark(site, waiting(site)[0], Judgement((Fraction(2), Fraction(1))))
    assert rows(site, "select completed from lesson_progress where lesson_key = 'mail-flow/online'")[0].completed


def test_somebody_who_writes_but_does_not_teach_marks_nothing(
    module: Path, site: Site, sign_in: SignIn, visitor: Visitor
) -> None:
    write(visitor, "Text")
    author = sign_in("Ann", "author")
    assert "To mark" not in author.get("/teach/").text
    assert author.client.get(f"{MARKING}/{waiting(site)[0]}").status_code == 403


def test_marked_meanwhile_names_the_mark_that_is_there(module: Path, site: Site, visitor: Visitor) -> None:
    write(visitor, "Text")
    [response] = waiting(site)
    full = Judgement((Fraction(2), Fraction(1)), feedback="A")
    mark(site, response, full)
    mark(site, response, full)
    with pytest.raises(MarkedMeanwhile) as meanwhile:
        mark(site, response, full, marker=2)
    assert (meanwhile.value.mark.author, meanwhile.value.mark.lines) == (1, full.lines)
    mark(site, response, full, marker=2, seen=meanwhile.value.mark.id)
    assert len(rows(site, "select id from mark")) == 2


def test_of_markers_at_the_very_same_time_one_marks_and_the_others_are_told(
    module: Path, site: Site, visitor: Visitor
) -> None:
    there = write(visitor, "Text")
    [response] = waiting(site)
    start = Barrier(4)

    def try_it(marker: int) -> str:
        start.wait()
        try:
            mark(site, response, Judgement((Fraction(marker % 3), Fraction(1))), marker)
        except MarkedMeanwhile:
            return "told"
        return "marked"

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(try_it, range(1, 5)))
    assert sorted(done) == ["marked", "told", "told", "told"]
    winner = done.index("marked") + 1
    assert percent(site, there) == round(Fraction(100 * (winner % 3 + 1), 3))


@pytest.mark.parametrize(
    ("reveal", "shown", "hidden"),
    [
        (
            "{marks: after-submit, key: after-submit, feedback: never}",
            ["2 of 3 points", "What it earned"],
            ["Well put."],
        ),
        (
            "{marks: after-submit, key: never, feedback: after-submit}",
            ["2 of 3 points", "Well put."],
            ["What it earned"],
        ),
        ("never", ["Handed in."], ["2 of 3", "What it earned", "Well put.", "Partly right"]),
    ],
)
def test_a_learner_reads_of_a_mark_only_what_the_quiz_shows(
    module: Path, site: Site, visitor: Visitor, reveal: str, shown: list[str], hidden: list[str]
) -> None:
    rubric = "## Free text {#free .essay points=3}\n\n- [2] One thing\n- [1] Another\n\n## Which?"
    quiz = QUIZ.replace("pass: 60", f"pass: 60\nreveal: {reveal}")
    quiz = quiz.replace(QUIZ[QUIZ.index("## Free") : QUIZ.index("## Which?") + 9], rubric)
    (module / "final.quiz.md").write_text(quiz, encoding="utf-8")
    there = take_quiz(visitor, "Text")
    mark(site, waiting(site)[0], Judgement((Fraction(2), Fraction(0)), feedback="Well put."))
    text = visitor.get(there).text
    for said in shown:
        assert said in text
    for said in hidden:
        assert said not in text
