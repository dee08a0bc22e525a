"""A key is mended after many have answered: what would change is seen first, and then exactly that is changed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quizapp.actions import attempts as checks
from quizapp.actions import regrade
from quizapp.actions.attempts import Submission
from quizapp.actions.notices import dismiss, look_up_notices
from quizapp.actions.previews import Preview, QuestionPreview
from quizapp.cli import main
from quizapp.content.model import Reveal
from quizapp.errors import NotFound
from quizapp.grading.quizzes import Terms
from quizapp.grading.standing import Standing
from quizapp.site import Site
from quizapp.store import learners
from quizapp.store.attempts import ATTEMPT, MARK, QUESTION, RESPONSE
from quizapp.store.learners import OVERRIDE, Learner
from tests.pages import Visitor
from tests.people import dump, rows
from tests.quizzes import QUESTIONS, Sitting, start, stored, write_quiz

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NONE, HALF, ALL = Fraction(0), Fraction(1, 2), Fraction(1)
LESSON = "exchange/mail-flow/2-online.md"
FIRST = "- ( ) Alpha\n- (x) Beta\n  > Beta it is.\n- ( ) Gamma\n  > Not gamma."
SECOND = "- [x] One\n- [x] Two\n- [ ] Three"
TYPED = "- = Receive connector"


def write(folder: Path, first: str = FIRST, second: str = SECOND, **heads: str) -> None:
    """The lesson with these answers; `heads` are what stands in the attribute lists behind the names."""
    one, two = heads.get("one", "#first"), heads.get("two", "#second")
    text = f"# Online\n\n## Check {{.check}}\n\n### First {{{one}}}\n\n{first}\n\n### Second {{{two}}}\n\n{second}\n"
    (folder / LESSON).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(folder: Path) -> Path:
    write(folder)
    return folder


def guest(name: str) -> Learner:
    return Learner(guest=name)


def known(site: Site, name: str) -> Learner:
    with site.database.reading() as connection:
        return learners.find_guest(connection, name)


def attempt_id(name: str) -> str:
    return name.ljust(22, "_")


def answer(site: Site, name: str, *responses: Any, now: datetime = NOW) -> str:
    """A guest answers the check of the lesson as it is; again where they did before."""
    lesson = site.catalogue.module("mail-flow").lesson("online")
    [check] = lesson.checks
    learner = known(site, name)
    if learner.id is None:
        standing = checks.show_fresh(site.secret, check, attempt_id(name))
    else:
        standing = checks.show_attempt(site.database, check, learner, attempt_id(name))
    given = {slot: value for slot, value in enumerate(responses, start=1) if standing.slots[slot - 1].is_open}
    checks.check_answers(site.database, lesson, check, learner, standing, Submission(given, standing.tries + 1), now)
    return attempt_id(name)


def seen(site: Site, name: str) -> Standing:
    [check] = site.catalogue.module("mail-flow").lesson("online").checks
    return checks.show_attempt(site.database, check, known(site, name), attempt_id(name))


def only(found: Preview) -> QuestionPreview:
    [question] = found.questions
    return question


def previewed(site: Site, **scope: Any) -> Preview:
    return regrade.preview(site.database, site.catalogue, **scope)


def apply(site: Site, found: Preview, now: datetime = LATER, **how: Any) -> regrade.Applied:
    return regrade.apply(site.database, site.catalogue, found, now, **how)


def test_fifty_learners_and_a_wrong_key(site: Site, folder: Path) -> None:
    given = {f"learner{number:02}": 1 + number % 3 for number in range(50)}  # written positions of the first question
    for name, choice in given.items():
        answer(site, name, choice, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha").replace("(x) Beta", "( ) Beta"))
    assert site.catalogue.questions(), "what is read is kept as a snapshot, before anything is looked at"
    before = dump(site)
    found = previewed(site, allow_lower=True)
    question = only(found)
    assert (question.key, question.place) == ("mail-flow#first", "exchange/mail-flow/2-online.md:5")
    ones, twos = ([name for name, choice in given.items() if choice == one] for one in (1, 2))
    expected = {(attempt_id(name), 1, NONE, ALL, HALF, ALL) for name in ones}
    expected |= {(attempt_id(name), 1, ALL, NONE, ALL, HALF) for name in twos}
    changes = {
        (one.attempt, one.slot, one.old_points, one.new_points, one.old_score, one.new_score)
        for one in question.changes
    }
    assert changes == expected
    assert (question.up, question.down) == (len(ones), len(twos)) == (17, 17)
    assert {one.attempt for one in question.newly_passed} == {attempt_id(name) for name in ones}
    assert {one.attempt for one in question.no_longer_passed} == {attempt_id(name) for name in twos}
    assert dump(site) == before, "looking changes nothing"

    safe = only(previewed(site))
    assert {one.attempt for one in safe.changes} == {attempt_id(name) for name in ones}
    assert {one.attempt for one in safe.left_out} == {attempt_id(name) for name in twos}
    done = apply(site, previewed(site), reason="The key was wrong")
    assert (done.marks, done.attempts, done.rose, done.fell, done.newly_passed, done.told) == (17, 17, 17, 0, 17, 17)
    after = dump(site)
    assert_exactly(site, before, after, {attempt_id(name) for name in ones})

    again = previewed(site)
    assert not again.has_changes
    assert apply(site, again) == regrade.Applied()
    assert dump(site) == after


def assert_exactly(site: Site, before: dict[str, Any], after: dict[str, Any], raised: set[str]) -> None:
    """Nothing but the marks, scores, completions and notices of these attempts has changed."""

    def changed(table: str) -> tuple[set[Any], set[Any]]:
        return set(before[table]) - set(after[table]), set(after[table]) - set(before[table])

    untouched = {"response", "attempt_question", "account", "override", "dispute", "throttle", "self_assessment"}
    assert all(before[table] == after[table] for table in untouched)
    assert changed("question_snapshot") == (set(), set())
    lost, marks = changed("mark")
    assert not lost
    assert len(marks) == len(raised)
    stored = rows(
        site,
        "select a.public_id, m.credit, m.points, m.by, m.reason, m.author, m.fingerprint = q.fingerprint"
        " from mark m join response r on r.id = m.response_id join attempt a on a.id = r.attempt_id"
        " join attempt_question q on q.attempt_id = a.id and q.slot = r.slot where m.by = 'regrade'",
    )
    found: set[tuple[Any, ...]] = {tuple(row) for row in stored}
    assert found == {(public, 1_000_000, 1_000_000, "regrade", "The key was wrong", None, False) for public in raised}
    lost, gained = changed("attempt")
    assert len(lost) == len(gained) == len(raised)
    scores: dict[Any, Any] = {one.public_id: one.score for one in rows(site, "select * from attempt where passed")}
    assert raised <= set(scores)
    assert set(scores.values()) == {1_000_000}
    lost, gained = changed("learner")
    assert len(lost) == len(gained) == len(raised)
    lost, gained = changed("lesson_progress")
    assert len(lost) == len(gained) == len(raised)
    lost, gained = changed("notice")
    assert (len(lost), len(gained)) == (0, len(raised))
    lost, gained = changed("audit")
    assert (len(lost), len(gained)) == (0, 1)


def test_an_old_attempt_shows_the_old_question_with_the_new_verdict_and_its_learner_is_told_once(
    site: Site, folder: Path, visitor: Visitor
) -> None:
    address = "/modules/mail-flow/online"
    page = visitor.send(visitor.get(address).form("/checks/check"), "Alpha", "One", "Two")
    result = visitor.address
    assert "1 of 2 right" in page.text
    shown = "- (x) Alpha, as it is called now\n  > Alpha was right.\n- ( ) Beta\n- ( ) Gamma\n\nSee RFC 5321."
    write(folder, shown)
    apply(site, previewed(site))
    page = visitor.get(result)
    assert "All 2 right." in page.text
    assert "Alpha was right." in page.text
    assert "See RFC 5321." in page.text
    assert "as it is called now" not in page.text
    assert "Beta it is." not in page.text
    for place in ("/", "/progress"):
        page = visitor.get(place)
        assert "Your result in Online rose from 50 % to 100 %" in page.text
        assert page.links["See your answers"].partition("#")[0] == result
    [form] = [form for form in page.forms if "/notices/" in form.action]
    visitor.send(form)
    assert visitor.status == 200
    for place in ("/", "/progress"):
        assert "rose from" not in visitor.get(place).text
    apply(site, previewed(site))
    assert "rose from" not in visitor.get("/").text


def test_what_would_be_lost_is_left_out_unless_it_is_allowed(site: Site, folder: Path) -> None:
    answer(site, "anna", 2, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha").replace("(x) Beta", "( ) Beta"))
    found = previewed(site)
    assert not found.has_changes
    [change] = only(found).left_out
    assert (change.old_score, change.new_score, change.was_passed, change.is_passed) == (ALL, HALF, True, False)
    assert apply(site, found) == regrade.Applied()
    done = apply(site, previewed(site, allow_lower=True))
    assert (done.fell, done.no_longer_passed, done.told) == (1, 1, 0)
    assert rows(site, "select score, passed from attempt")[0][0] == 500_000
    assert rows(site, "select completed from lesson_progress")[0][0] is not None, "a completion is never withdrawn"
    assert previewed(site).digest == previewed(site, allow_lower=True).digest


@pytest.mark.parametrize(
    ("first", "responses", "old", "new"),
    [
        (FIRST.replace("( ) Gamma", "(x) Gamma"), (3, [1, 2]), Fraction(1, 2), 1),
        (FIRST.replace("( ) Gamma", "(50%) Gamma"), (3, [1, 2]), Fraction(1, 2), Fraction(3, 4)),
        ("- ( ) Gamma\n- (x) Alpha\n- (x) Beta", (1, [1, 2]), Fraction(1, 2), 1),
    ],
)
def test_another_choice_that_is_right(
    site: Site, folder: Path, first: str, responses: tuple[Any, ...], old: Fraction, new: Fraction
) -> None:
    answer(site, "anna", *responses)
    write(folder, first)
    [change] = only(previewed(site)).changes
    assert (change.old_score, change.new_score) == (old, new)
    apply(site, previewed(site))
    assert seen(site, "anna").score == new


def test_a_box_that_is_not_scored_any_more(site: Site, folder: Path) -> None:
    answer(site, "anna", 2, [1])
    answer(site, "berta", 2, [1, 2])
    write(folder, second=SECOND.replace("[x] Two", "[~] Two"))
    question = only(previewed(site))
    [change] = question.changes
    assert change.attempt == attempt_id("anna")
    assert change.old_points == Fraction(1, 2)
    assert change.new_points == 1
    apply(site, previewed(site))
    assert seen(site, "anna").score == seen(site, "berta").score == 1


def test_a_line_that_is_added_to_what_is_typed(site: Site, folder: Path) -> None:
    write(folder, TYPED)
    answer(site, "anna", "frontend", [1, 2])
    answer(site, "berta", "receive  CONNECTOR", [1, 2])
    write(folder, TYPED + "\n- = Frontend\n  > That one too.")
    [change] = only(previewed(site)).changes
    assert change.attempt == attempt_id("anna")
    apply(site, previewed(site))
    outcome = seen(site, "anna").slots[0].outcomes[0]
    assert (outcome.verdict, outcome.feedback.text) == ("right", "That one too.")


def test_a_question_taken_out_moves_the_score_of_those_whom_it_cost_something(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1, 2])
    answer(site, "berta", 2, [1])
    answer(site, "clara", 2, [1, 2])
    write(folder, one="#first .void")
    question = only(previewed(site))
    [change] = question.changes
    assert change.attempt == attempt_id("anna")
    assert change.old_points == change.new_points == 0
    assert change.new_score == 1
    assert (question.up, question.down) == (1, 0)
    assert [(one.attempt, one.new_score) for one in question.left_out] == [(attempt_id("berta"), Fraction(1, 2))]
    apply(site, previewed(site))
    standing = seen(site, "anna")
    assert standing.score == 1
    assert standing.is_passed
    assert not previewed(site).has_changes
    write(folder)
    assert [one.new_score for one in only(previewed(site)).left_out] == [Fraction(1, 2)], "and back again"
    apply(site, previewed(site, allow_lower=True))
    assert seen(site, "anna").score == Fraction(1, 2)


def test_what_cannot_be_paired_or_is_gone_is_left_alone(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1, 2])
    answer(site, "berta", 1, [1, 2])
    before = dump(site)
    write(folder, "- (x) Alpha\n- ( ) Beta")
    assert only(previewed(site)).not_regradable == {"unpaired": 2}
    write(folder, "- = Alpha")
    assert only(previewed(site)).not_regradable == {"type": 2}
    write(folder, "- ( ) Alpha\n- (x) Beta", one="#another")
    assert previewed(site).questions == ()
    assert apply(site, previewed(site)) == regrade.Applied()
    assert dump(site, "question_snapshot") == {
        name: known for name, known in before.items() if name != "question_snapshot"
    }


def test_a_response_that_the_new_key_cannot_read_is_told(site: Site, folder: Path) -> None:
    write(folder, "- = 25")
    answer(site, "anna", "26", [1, 2])
    write(folder, "- = 26 ms")
    assert only(previewed(site)).not_regradable == {"unread": 1}


def test_a_question_keeps_its_history_under_a_new_name(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"), one="#renamed was=First")
    question = only(previewed(site, question="mail-flow#first"))
    assert question.key == "mail-flow#renamed"
    apply(site, previewed(site, question="mail-flow#renamed"))
    assert seen(site, "anna").score == 1
    with pytest.raises(NotFound):
        previewed(site, question="mail-flow#nothing")


def test_only_what_was_chosen_is_changed(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"), SECOND.replace("[x] Two", "[~] Two"))
    found = previewed(site)
    assert [one.key for one in found.questions] == ["mail-flow#first", "mail-flow#second"]
    assert {one.new_score for question in found.questions for one in question.changes} == {1}
    assert apply(site, found, chosen={"mail-flow#second"}).marks == 1
    assert seen(site, "anna").score == Fraction(1, 2)
    assert only(previewed(site)).key == "mail-flow#first"
    assert previewed(site, since=LATER).questions == ()


def test_an_attempt_that_was_answered_meanwhile_is_left_as_it_is(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1])
    answer(site, "berta", 1, [1])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    found = previewed(site)
    answer(site, "berta", 3, [1], now=LATER)
    done = apply(site, found)
    assert (done.marks, done.skipped) == (1, 1)
    assert previewed(site).digest != found.digest
    assert len(only(previewed(site)).changes) == 1


def test_tries_earn_what_they_were_promised(site: Site, folder: Path) -> None:
    write(folder, one="#first tries=100,40")
    answer(site, "anna", 1, [1, 2])
    answer(site, "anna", 3)
    assert seen(site, "anna").score == Fraction(1, 2)
    write(folder, FIRST.replace("( ) Gamma", "(x) Gamma"), one="#first tries=100,90")
    apply(site, previewed(site))
    assert seen(site, "anna").slots[0].points == Fraction(2, 5)
    write(folder, FIRST.replace("( ) Gamma", "(x) Gamma").replace("( ) Alpha", "(x) Alpha"), one="#first tries=100,90")
    apply(site, previewed(site))
    assert seen(site, "anna").slots[0].points == 1


def test_a_notice_is_read_by_whose_it_is(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1, 2])
    answer(site, "berta", 3, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    apply(site, previewed(site))
    [notice] = look_up_notices(site.database, known(site, "anna"))
    assert notice.kind == "score-rose"
    about = json.loads(json.dumps(dict(notice.about)))
    assert about == {
        "attempt": attempt_id("anna"), "content": "mail-flow/online#check", "title": "Online",
        "old": "0.500000", "new": "1.000000",
    }  # fmt: skip
    for other in (known(site, "berta"), guest("nobody")):
        with pytest.raises(NotFound):
            dismiss(site.database, other, notice.id, LATER)
    version = known(site, "anna").version
    dismiss(site.database, known(site, "anna"), notice.id, LATER)
    assert known(site, "anna").version > version, "the page in the browser's cache is of another version"
    assert look_up_notices(site.database, known(site, "anna")) == []
    assert look_up_notices(site.database, guest("nobody")) == ()


def test_a_check_that_is_still_open_is_marked_too(site: Site, folder: Path, new_visitor: Callable[[], Visitor]) -> None:
    answer(site, "anna", 1, [1])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    apply(site, previewed(site))
    standing = seen(site, "anna")
    assert [slot.is_solved for slot in standing.slots] == [True, False]
    assert standing.score == Fraction(3, 4)
    answer(site, "anna", None, [1, 2])
    assert seen(site, "anna").score == 1
    assert seen(site, "anna").is_passed


def test_an_instructor_sees_what_changes_and_applies_it(
    site: Site, folder: Path, sign_in: Callable[..., Visitor]
) -> None:
    teacher = sign_in("ida", "instructor")
    assert "Every mark is as the questions of now would give it." in teacher.get("/teach/regrade/").text
    answer(site, "anna", 1, [1, 2])
    answer(site, "berta", 2, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha").replace("(x) Beta", "( ) Beta"))
    page = teacher.get("/teach/regrade/?question=mail-flow%23first")
    for said in ("mail-flow#first", "2-online.md:5", "1 up, 0 down; 1 newly pass", "1 would lose", "50 % → 100 %"):
        assert said in page.text
    write(folder)
    answer(site, "clara", 1, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha").replace("(x) Beta", "( ) Beta"))
    before = dump(site)
    page = teacher.send(page.form("/teach/regrade/"), "Regrade this question", reason="Key")
    assert teacher.status == 409
    assert "Nothing was applied: look again." in page.text
    assert dump(site) == before
    page = teacher.send(page.form("/teach/regrade/"), reason="Key", allow_lower="yes")
    assert teacher.status == 200
    assert "Regraded: 3 marks in 3 attempts. 2 scores rose, 1 fell; 2 newly pass, 1 no longer pass." in page.text
    assert "Every mark is as the questions of now would give it." in page.text
    [author] = rows(site, "select id from account where name = 'ida'")[0]
    assert {tuple(row) for row in rows(site, "select author, reason from mark where \"by\" = 'regrade'")} == {
        (author, "Key")
    }
    owner = sign_in("otto", "owner")
    assert "regraded: mail-flow#first: 3 marks in 3 attempts. Key" in owner.get("/teach/accounts/").text


def test_nothing_ticked_changes_nothing(site: Site, folder: Path, sign_in: Callable[..., Visitor]) -> None:
    teacher = sign_in("ida", "instructor")
    answer(site, "anna", 1, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    form = teacher.get("/teach/regrade/").form("/teach/regrade/")
    assert "Nothing was changed." in teacher.send(form, question=[]).text
    assert seen(site, "anna").score == HALF


def test_the_command_shows_and_changes(site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = str(site.settings.instance)
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", site.settings.database_url)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["regrade", str(folder), "--instance", instance, *arguments])

    answer(site, "anna", 1, [1, 2])
    answer(site, "berta", 2, [1, 2])
    assert (run().output, run("--dry-run").exit_code) == ("", 0)
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha").replace("(x) Beta", "( ) Beta"))
    dry = run("--dry-run")
    place = "exchange/mail-flow/2-online.md:5: mail-flow#first:"
    assert dry.output == f"{place} 1 up, 0 down; 1 newly pass (1 guest); would lose, left out: 1\n"
    assert dry.exit_code == 1
    assert (run("--dry-run", "--since", "2026-11-27").output, run("--since", "soon").exit_code) == ("", 2)
    assert run("--question", "mail-flow#nothing").exit_code == 2
    told = json.loads(run("--dry-run", "--json").output)
    assert told["applied"] is None
    assert told["questions"][0]["changes"] == [
        {
            "attempt": attempt_id("anna"), "learner": "guest", "slot": 1,
            "old_points": 0.0, "new_points": 1.0, "old_score": 0.5, "new_score": 1.0,
        }
    ]  # fmt: skip
    done = run("--reason", "Key")
    assert done.output.endswith("regraded 1 marks in 1 attempts; told 1 learners\n")
    assert done.exit_code == 0
    assert seen(site, "anna").score == 1
    assert run("--allow-lower").exit_code == 0
    assert seen(site, "berta").score == HALF


def test_a_quiz_is_marked_again_with_its_hints_and_a_running_one_is_not(site: Site, folder: Path) -> None:
    question = site.catalogue.questions()["mail-flow#first"]
    terms = Terms("exam", Fraction(4, 5), Reveal(*["after-submit"] * 4), True, "all", "free", False, Fraction(1, 4))
    for name, submitted in (("done", NOW), ("running", None)):
        add_quiz(site, name, question.fingerprint, terms, submitted)
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    [change] = only(previewed(site)).changes
    assert (change.attempt, change.old_points, change.new_points) == (attempt_id("done"), NONE, Fraction(3, 4))
    apply(site, previewed(site))
    marks = rows(site, "select points from mark where \"by\" = 'regrade'")
    assert [row[0] for row in marks] == [750_000]
    assert {tuple(row) for row in rows(site, "select public_id, score, passed from attempt")} == {
        (attempt_id("done"), 750_000, False),
        (attempt_id("running"), 0, False),
    }


def test_what_a_person_marked_stays_unless_the_question_is_taken_out(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1, 2])
    with site.database.writing() as connection:
        response = rows(site, "select id from response where slot = 1")[0][0]
        mark = {"credit": Fraction(1, 4), "points": Fraction(1, 4), "marking_fingerprint": "", "by": "person"}
        connection.execute(
            MARK.insert(), {**mark, "response_id": response, "reason": "", "feedback": "Well.", "at": NOW}
        )
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    assert previewed(site).questions == ()
    write(folder, one="#first .void")
    [change] = only(previewed(site)).changes
    assert (change.old_points, change.new_points, change.new_score) == (Fraction(1, 4), Fraction(1, 4), ALL)
    apply(site, previewed(site))
    slot = seen(site, "anna").slots[0]
    assert (slot.points, slot.comment) == (Fraction(1, 4), "Well.")
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    apply(site, previewed(site, allow_lower=True))
    assert seen(site, "anna").slots[0].points == Fraction(1, 4), "a person gave that"


def test_notices_go_along_when_a_guest_becomes_an_account(site: Site, folder: Path) -> None:
    answer(site, "anna", 1, [1, 2])
    answer(site, "berta", 2, [1, 2])
    write(folder, FIRST.replace("( ) Alpha", "(x) Alpha"))
    apply(site, previewed(site))
    source, target = known(site, "anna").id, known(site, "berta").id
    assert source
    assert target
    with site.database.writing() as connection:
        for learner, minutes in ((source, 5), (target, 7)):
            connection.execute(OVERRIDE.insert(), extra(learner, "m/q", minutes))
        connection.execute(OVERRIDE.insert(), extra(source, "", 9))
        learners.move_work(connection, source, target)
    assert len(look_up_notices(site.database, known(site, "berta"))) == 1
    found = rows(site, "select learner_id, content_key, minutes from override order by content_key")
    assert [tuple(row) for row in found] == [(target, "", 9), (target, "m/q", 7)]


def extra(learner: int, content_key: str, minutes: int) -> dict[str, Any]:
    return {"learner_id": learner, "content_key": content_key, "minutes": minutes, "percent": 0, "attempts": 0}


def add_quiz(site: Site, name: str, fingerprint: str, terms: Terms, submitted: datetime | None) -> None:
    """An attempt at a quiz of one question, to which the first choice was saved last with one hint open."""
    with site.database.writing() as connection:
        learner = learners.keep_learner(connection, guest(name), NOW)
        row = {
            "public_id": attempt_id(name), "learner_id": learner, "kind": "quiz", "content_key": "mail-flow/final",
            "seed": name, "started": NOW, "submitted": submitted, "score": NONE, "passed": False,
            "terms": json.dumps(terms.as_json()),
        }  # fmt: skip
        attempt = connection.execute(ATTEMPT.insert().returning(ATTEMPT.c.id), row).scalar_one()
        drawn = {"attempt_id": attempt, "slot": 1, "question_key": "mail-flow#first", "fingerprint": fingerprint}
        connection.execute(QUESTION.insert(), {**drawn, "order": "[1, 2, 3]", "points": ALL})
        for number, value in ((1, 3), (2, 1)):
            saved = {"attempt_id": attempt, "slot": 1, "try_number": number, "value": str(value), "at": NOW}
            query = RESPONSE.insert().returning(RESPONSE.c.id)
            last = connection.execute(query, {**saved, "is_draft": True, "hints": 1}).scalar_one()
        if submitted:
            mark = {"response_id": last, "credit": NONE, "points": NONE, "marking_fingerprint": "", "at": NOW}
            connection.execute(MARK.insert(), {**mark, "by": "auto", "reason": ""})


def test_exams_that_were_begun_under_a_wrong_key_are_those_that_change(
    site: Site, folder: Path, new_visitor: Callable[[], Visitor]
) -> None:
    """Twenty learners sit an exam while an author saves a broken file, a wrong key, then the fix."""
    file = write_quiz(folder, "preset: exam\nattempts: unlimited\n", QUESTIONS.replace("{#", "{#exam-"))
    good = file.read_text(encoding="utf-8")
    wrong = good.replace("(x) Alpha", "( ) Alpha").replace("( ) Beta", "(x) Beta")
    sittings: list[Sitting] = []

    def sit(number: int) -> None:
        for _ in range(number):
            sittings.append(start(new_visitor()))
            sittings[-1].answer("Alpha" if len(sittings) % 2 else "Beta", go="to-2")

    sit(7)
    file.write_text(good.replace("- (x) Alpha", "- Alpha"), encoding="utf-8")
    sit(1)  # the good version is still served
    assert [problem.code for problem in site.problems if problem.severity == "error"]
    file.write_text(wrong, encoding="utf-8")
    begun = [stored(site, one.attempt) for one in sittings]
    sit(6)
    file.write_text(good, encoding="utf-8")
    sit(6)
    assert [stored(site, one.attempt) for one in sittings[:8]] == begun, "no running attempt changed"
    assert site.catalogue
    assert previewed(site).questions == ()
    for one in sittings:
        one.answer(go="overview", **{"answer-2": "12 ms"})
        one.submit()
    scores = [stored(site, one.attempt).score for one in sittings]
    assert scores == [Fraction(1 + (number % 2 == (number in range(8, 14))), 4) for number in range(20)]
    question = only(previewed(site, allow_lower=True))
    assert question.key == "mail-flow#exam-first"
    assert {change.attempt for change in question.changes} == {one.attempt for one in sittings[8:14]}
    safe = previewed(site)
    assert {change.attempt for change in only(safe).changes} == {one.attempt for one in sittings[8:14:2]}
    apply(site, safe)
    scores = [stored(site, one.attempt).score for one in sittings]
    assert scores[8:14:2] == [Fraction(1, 2)] * 3
    told = sittings[8].visitor.get("/progress")
    assert "A question was corrected. Your result in Final rose from 25 % to 50 %." in told.text
    assert sittings[8].address in told.links.values()
    shown = sittings[8].visitor.get(sittings[8].address).text
    assert "Alpha is the first letter." in shown
    assert "2 of 4 points" in shown
    assert "corrected" not in sittings[0].visitor.get("/progress").text
