"""Coming and going: a guest's work becomes an account's, once and whole; who guesses is stopped, and told nothing."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from quizapp.actions import accounts, credentials, passwords, people, tokens, tries
from quizapp.actions.accounts import NameTaken, NotSignedIn
from quizapp.actions.credentials import LastOwner
from quizapp.actions.tries import TooManyTries
from quizapp.errors import NotFound, QuizappError
from quizapp.site import Site
from tests.conftest import TWO_QUESTIONS
from tests.pages import Page, Visitor
from tests.people import (
    PASSWORD,
    add,
    dump,
    enter,
    is_signed_in,
    rows,
    send,
    sign_in,
    sign_up,
    visitor_of,
    with_settings,
)

LESSON = "/modules/mail-flow/online"
CHECK = "/checks/check"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NewVisitor = Callable[[], Visitor]


def answer(visitor: Visitor, *choose: str, lesson: str = LESSON) -> Page:
    return visitor.send(visitor.get(lesson).form(CHECK), *choose)


def count(site: Site, table: str) -> int:
    return int(rows(site, f"select count(*) from {table}")[0][0])


def work(site: Site) -> dict[str, list[tuple[object, ...]]]:
    """Attempts, draws, responses, marks and progress, whoever's they are."""
    kept = dump(site, "account", "learner", "audit", "throttle", "question_snapshot")
    whose = {"attempt": 2, "lesson_progress": 0}  # the column that names the learner
    for table, column in whose.items():
        kept[table] = sorted((row[:column] + row[column + 1 :] for row in kept[table]), key=repr)
    return kept


def answer_merge(visitor: Visitor, said: str) -> Page:
    return send(visitor, "/account/merge", answer=said)


@pytest.fixture
def halves(folder: Path) -> str:
    """A lesson of two checks, one of which each of two people takes."""
    two = TWO_QUESTIONS.replace("## Check {.check}", "## One {.check #one}").replace(
        "### Second", "## Two {.check #two}\n\n### Second"
    )
    (folder / "exchange" / "mail-flow" / "3-halves.md").write_text(two, encoding="utf-8")
    return "/modules/mail-flow/halves"


# --- a guest's work


def test_what_a_guest_did_is_the_accounts_row_for_row(site: Site, visitor: Visitor) -> None:
    answer(visitor, "connector")
    answer(visitor, "MX record")
    before, [guest] = work(site), rows(site, "select id from learner")
    sign_up(visitor, "Ada")
    assert work(site) == before
    assert [tuple(row) for row in rows(site, "select id, guest, account_id from learner")] == [(guest.id, None, 1)]
    assert "Completed" in visitor.get("/progress").text


def test_a_second_browser_finds_everything_and_nothing_twice(site: Site, new_visitor: NewVisitor) -> None:
    one, two = new_visitor(), new_visitor()
    answer(one, "MX record")
    sign_up(one, "Ada")
    before = work(site)
    sign_in(two, " ADA ")
    assert two.address == "/"
    assert "Completed" in two.get("/progress").text
    assert work(site) == before
    answer(two, "connector")
    assert "Completed" in one.get("/progress").text
    assert count(site, "learner") == 1


def test_pressing_sign_up_twice_makes_one_account_and_is_in(site: Site, visitor: Visitor) -> None:
    answer(visitor, "MX record")
    form = visitor.get("/account/sign-up").form("/sign-up")
    cookie = visitor.client.get_cookie("quizapp")
    assert cookie
    visitor.send(form, name="ada", password=PASSWORD)
    visitor.client.set_cookie("quizapp", cookie.value)  # the second click is sent with what the first was sent with
    visitor.send(form, name="Ada", password=PASSWORD)
    assert (visitor.status, visitor.address) == (200, "/")
    assert is_signed_in(visitor)
    assert "Completed" in visitor.get("/progress").text
    assert (count(site, "account"), count(site, "learner")) == (1, 1)


def test_guessing_passwords_by_signing_up_is_stopped_too(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    for number in range(6):
        sign_up(visitor, "ada", f"wrong password {number}")
    assert visitor.status == 429
    assert not is_signed_in(visitor)


def test_signing_up_leads_back_to_the_lesson(visitor: Visitor) -> None:
    page = visitor.get(LESSON)
    page = visitor.get(page.links["Sign in"])
    visitor.send(visitor.get(page.links["Sign up"]).form("/sign-up"), name="Ada", password=PASSWORD)
    assert visitor.address == LESSON


def test_signing_in_asks_before_it_adds_a_guests_work(site: Site, visitor: Visitor) -> None:
    account = add(site, "ada")
    answer(visitor, "MX record")
    before = work(site)
    page = sign_in(visitor, "ada", next="/progress")
    assert visitor.address == "/account/merge?next=/progress"
    assert "one lesson opened" in page.text
    assert "one check answered" in page.text
    assert "Completed" not in visitor.get("/progress").text
    answer_merge(visitor, "add")
    assert work(site) == before
    assert [tuple(row) for row in rows(site, "select account_id from learner")] == [(account.id,)]
    assert "Completed" in visitor.get("/progress").text


def test_work_that_is_left_is_nobodys(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    answer(visitor, "MX record")
    before = work(site)
    sign_in(visitor, "ada")
    answer_merge(visitor, "leave")
    assert work(site) == before
    assert "Completed" not in visitor.get("/progress").text
    visitor.get("/account/merge")
    assert visitor.address == "/"


def test_a_guest_who_did_nothing_is_not_asked_about(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    visitor.get(LESSON)
    sign_in(visitor, "ada", next=LESSON)
    assert visitor.address == LESSON


def test_adding_twice_adds_once(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    answer(visitor, "MX record")
    sign_in(visitor, "ada")
    form = visitor.get("/account/merge").form("/account/merge")
    cookie = visitor.client.get_cookie("quizapp")
    assert cookie
    visitor.send(form, answer="add")
    before = dump(site)
    visitor.client.set_cookie("quizapp", cookie.value)  # the second click is sent with what the first was sent with
    visitor.send(form, answer="add")
    assert visitor.status == 200
    assert dump(site) == before


def test_two_tabs_that_answer_the_question_differently_do_no_harm(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    answer(visitor, "MX record")
    sign_in(visitor, "ada")
    one, two = (visitor.get("/account/merge").form("/account/merge") for _ in range(2))
    visitor.send(one, answer="leave")
    before = dump(site)
    visitor.send(two, answer="add")
    assert visitor.status == 200
    assert dump(site) == before


def test_a_question_that_was_not_answered_is_kept(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    answer(visitor, "MX record")
    sign_in(visitor, "ada")
    page = visitor.get("/account/")
    assert "Somebody learned on this device before you signed in." in page.text
    send(visitor, "/account/password", current=PASSWORD, new="another four words")
    assert "Somebody learned on this device" in visitor.get("/account/").text
    send(visitor, "/", "/sign-out")
    assert "Completed" in visitor.get("/progress").text  # it is the device's again
    sign_in(visitor, "ada", "another four words")
    answer_merge(visitor, "add")
    assert "Completed" in visitor.get("/progress").text


def test_two_halves_of_a_lesson_complete_it_together(site: Site, halves: str, new_visitor: NewVisitor) -> None:
    one, two = new_visitor(), new_visitor()
    one.send(one.get(halves).form("/checks/one"), "Alpha")
    sign_up(one, "ada")
    two.send(two.get(halves).form("/checks/two"), "One", "Two")
    sign_in(two, "ada")
    answer_merge(two, "add")
    [row] = rows(site, "select completed from lesson_progress where lesson_key = 'mail-flow/halves'")
    assert row.completed is not None


def test_the_earlier_completion_counts(site: Site, new_visitor: NewVisitor) -> None:
    one, two = new_visitor(), new_visitor()
    answer(two, "MX record")
    [early] = rows(site, "select opened, completed from lesson_progress")
    answer(one, "MX record")
    sign_up(one, "ada")
    sign_in(two, "ada")
    answer_merge(two, "add")
    assert [tuple(row) for row in rows(site, "select opened, completed from lesson_progress")] == [tuple(early)]
    assert count(site, "attempt") == count(site, "response") == count(site, "mark") == 2


def test_an_answer_that_was_shown_before_signing_in_is_kept_and_counted_once(site: Site, visitor: Visitor) -> None:
    form = visitor.get(LESSON).form(CHECK)
    sign_up(visitor, "ada")
    page = visitor.send(form, "MX record")
    assert visitor.status == 400  # the token is of the session before; what was chosen stays
    visitor.send(page.form(CHECK))
    assert "Completed" in visitor.get("/progress").text
    assert count(site, "attempt") == 1


def test_merging_waits_for_an_answer_that_is_being_stored(site: Site, new_visitor: NewVisitor) -> None:
    one = new_visitor()
    add(site, "ada")
    answer(one, "connector")
    sign_in(one, "ada")
    merge = one.get("/account/merge").form("/account/merge")
    [guest] = [row.guest for row in rows(site, "select guest from learner where guest is not null")]
    forms = []
    for _ in range(3):  # other tabs of the guest, from before
        tab = new_visitor()
        with tab.client.session_transaction() as session:
            session["guest"] = guest
        forms.append((tab, tab.get(LESSON).form(CHECK)))
    threads = [threading.Thread(target=tab.send, args=(form, "MX record")) for tab, form in forms]
    threads.append(threading.Thread(target=one.send, args=(merge,), kwargs={"answer": "add"}))
    run(threads)
    # Who sees the result after it went to the account is told that it is another's; nothing is lost, nothing fails.
    assert {tab.status for tab, _form in forms} <= {200, 404}
    assert one.status == 200
    assert count(site, "attempt") == count(site, "response") == count(site, "mark") == 4


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# --- signing in


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(
    site: Site, new_visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(site, "known", email="known@example.org")
    add(site, "invited", stored="")
    passwords.is_right("", "warm up")
    verified = []
    real = passwords.HASHER.verify

    class Counting:
        """The hasher, which notes how often it verifies."""

        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored)
            return real(stored, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    seen = []
    for name in ("known", "known@example.org", "invited", "nobody", "no@example.org", "kn\x00wn"):
        verified.clear()
        visitor = new_visitor()
        page = sign_in(visitor, name, "wrong password")
        seen.append((visitor.status, len(verified), page.text.replace(name, ""), visitor.address))
    assert len(set(seen)) == 1
    assert seen[0][:2] == (422, 1)
    assert "Name or password is not right." in seen[0][2]


def test_after_the_free_tries_even_the_right_password_waits(site: Site, new_visitor: NewVisitor) -> None:
    add(site, "ada")
    add(site, "ben")
    other = visitor_of(with_settings(site))  # another process on the same database
    for number in range(5):
        sign_in((new_visitor(), other)[number % 2], "ada", "wrong password")
    form = other.get("/account/sign-in").form("/sign-in")
    answer = other.client.post(form.action, data={**form.data(), "name": "Ada", "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 16
    assert "Too many tries. Wait" in answer.get_data(as_text=True)
    assert "Error:" in answer.get_data(as_text=True).partition("</title>")[0]
    assert not is_signed_in(other)
    elsewhere = new_visitor()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    sign_in(elsewhere, "ada")
    assert is_signed_in(elsewhere)
    sign_in(other, "ben")
    assert is_signed_in(other)


def test_who_is_stopped_at_one_place_stops_a_name_for_nobody_else(site: Site) -> None:
    add(site, "ada")
    for _ in range(200):
        with pytest.raises((TooManyTries, NotSignedIn)):
            accounts.sign_in(site.database, "ada", "short", "192.0.2.1", NOW)
    assert accounts.sign_in(site.database, "ada", PASSWORD, "192.0.2.2", NOW).name == "ada"
    assert accounts.sign_in(site.database, "ada", PASSWORD, "192.0.2.1", NOW + timedelta(minutes=1)).name == "ada"


def test_the_wait_grows_and_is_forgotten_after_an_hour(site: Site) -> None:
    waits, now = [], NOW
    for _ in range(9):
        with pytest.raises((TooManyTries, NotSignedIn)):
            accounts.sign_in(site.database, "ada", "wrong", "192.0.2.1", now)
        with pytest.raises((TooManyTries, NotSignedIn)) as refused:
            accounts.sign_in(site.database, "ada", "wrong", "192.0.2.1", now)
        if isinstance(refused.value, TooManyTries):
            waits.append(refused.value.wait.total_seconds())
            now += refused.value.wait
    assert waits == [15, 30, 60, 120, 240, 480, 900][: len(waits)]
    assert len(waits) >= 5
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            accounts.sign_in(site.database, "ada", "wrong", "192.0.2.1", now + timedelta(hours=1))


def test_a_class_behind_one_address_gets_in(site: Site) -> None:
    for number in range(3):
        add(site, f"learner {number}")
    for number in range(tries.PLACE.free + 20):
        accounts.sign_in(site.database, f"learner {number % 3}", PASSWORD, "192.0.2.1", NOW)


def test_many_names_from_one_place_are_stopped(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(tries.PLACE.free):
        tries.count(site.database, NOW, ("sign-in from 192.0.2.1", tries.PLACE), (f"{number}", tries.NAME))
    with pytest.raises(TooManyTries):
        accounts.sign_in(site.database, "ada", PASSWORD, "192.0.2.1", NOW)


def test_guesses_at_the_same_moment_do_not_exceed_the_limit(site: Site) -> None:
    add(site, "ada")
    outcomes: list[type[QuizappError]] = []

    def guess() -> None:
        try:
            accounts.sign_in(site.database, "ada", "wrong", "192.0.2.1", NOW)
        except QuizappError as error:
            outcomes.append(type(error))

    run([threading.Thread(target=guess) for _ in range(16)])
    assert outcomes.count(NotSignedIn) == tries.PLACE_AND_NAME.free
    assert outcomes.count(TooManyTries) == 16 - tries.PLACE_AND_NAME.free


def test_what_was_typed_for_a_name_is_not_kept(site: Site, visitor: Visitor) -> None:
    sign_in(visitor, "my secret password", "x")
    assert "my secret password" not in repr(dump(site))


def test_a_network_of_version_six_is_one_place(site: Site, new_visitor: NewVisitor) -> None:
    add(site, "ada")
    for number in range(6):
        visitor = new_visitor()
        visitor.client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2:{number}::1"
        sign_in(visitor, "ada", "wrong password")
    assert visitor.status == 429
    visitor.client.environ_base["REMOTE_ADDR"] = "2001:db8:1:3::1"
    sign_in(visitor, "ada")
    assert is_signed_in(visitor)


def test_an_old_hash_is_made_anew_when_its_password_comes_by(site: Site) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    account = add(site, "ada", stored=weak)
    accounts.sign_in(site.database, "ada", PASSWORD, "", NOW)
    after = people.find_person(site.database, account.id)
    assert (after.epoch, passwords.is_dated(after.password)) == (account.epoch, False)
    assert passwords.is_right(after.password, PASSWORD)


# --- names


def test_a_name_is_taken_whatever_its_case_and_spaces(site: Site, new_visitor: NewVisitor) -> None:
    add(site, "Ada Lovelace")
    for name in ("ada  lovelace", "ＡＤＡ lovelace"):
        visitor = new_visitor()
        page = sign_up(visitor, name, "another four words")
        assert "This name is taken. Choose another." in page.text
        assert not is_signed_in(visitor)
    assert count(site, "account") == 1


@pytest.mark.parametrize("name", ["ada＠example.org", "ada@example.org", "x" * 61, "ada\u202e", "a\x00b", " "])
def test_what_is_no_name_makes_no_account(site: Site, visitor: Visitor, name: str) -> None:
    page = sign_up(visitor, name)
    assert visitor.status == 422
    assert "There is a problem" in page.text
    assert count(site, "account") == 0


def test_two_who_take_one_name_at_the_same_moment_get_one_account(site: Site) -> None:
    outcomes: list[object] = []

    def take(number: int) -> None:
        try:
            outcomes.append(people.add_person(site.database, "ada", f"{number % 2}@example.org", "", (), None, NOW))
        except NameTaken as error:
            outcomes.append(error)

    run([threading.Thread(target=take, args=(number,)) for number in range(6)])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Account", *["NameTaken"] * 5]
    assert (count(site, "account"), count(site, "learner")) == (1, 1)


def test_the_number_of_a_removed_account_opens_no_other(site: Site, new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    sign_up(visitor, "mallory")
    [mallory] = people.look_up_people(site.database)[0]
    link = tokens.email_token(site.secret, mallory, "m@example.org", NOW, datetime.now(UTC) + timedelta(days=1))
    stolen = visitor.client.get_cookie("quizapp")
    assert stolen
    people.remove_person(site.database, mallory.id, None, NOW)
    victim = add(site, "victim")
    assert victim.id != mallory.id  # the record of who did what names ids for ever
    assert victim.epoch != mallory.epoch  # and a database that was restored may give an id again
    visitor.client.set_cookie("quizapp", stolen.value)
    assert not is_signed_in(visitor)
    assert visitor.client.get(f"/account/email/{link}").status_code == 410


@pytest.mark.parametrize("number", [0, 999, 2**31, 2**63, 10**30])
def test_a_number_of_no_account_is_not_found(site: Site, new_visitor: NewVisitor, number: int) -> None:
    boss = Visitor(enter(new_visitor().client, add(site, "boss", "owner")))
    with pytest.raises(NotFound):
        people.find_person(site.database, number)
    boss.get(f"/teach/accounts/{number}")
    assert boss.status == 404


# --- owners


def owner_link(site: Site, lasts: timedelta = timedelta(days=7)) -> str:
    return f"/account/owner/{tokens.owner_token(site.secret, datetime.now(UTC) + lasts)}"


def test_the_first_owner_is_made_once(site: Site, new_visitor: NewVisitor) -> None:
    link, visitor = owner_link(site), new_visitor()
    send(visitor, link, name="boss", password=PASSWORD)
    assert visitor.status == 200
    assert [tuple(row) for row in rows(site, "select name, roles from account")] == [("boss", "owner")]
    for address in (link, owner_link(site)):
        assert new_visitor().client.get(address).status_code == 410


def test_who_signed_up_before_becomes_the_owner_as_they_are(site: Site, visitor: Visitor) -> None:
    sign_up(visitor, "boss")
    link = owner_link(site)
    page = visitor.get(link)
    assert "Password" not in page.text
    visitor.send(page.form(link))
    assert [tuple(row) for row in rows(site, "select name, roles from account")] == [("boss", "owner")]
    visitor.send(page.form(link))
    assert visitor.status == 410


def test_what_the_first_owner_learned_as_a_guest_is_kept(visitor: Visitor, site: Site) -> None:
    answer(visitor, "MX record")
    send(visitor, owner_link(site), name="boss", password=PASSWORD)
    assert "Completed" in visitor.get("/progress").text


@pytest.mark.parametrize("token", ["x", "", "..", "WzFd.x"])
def test_a_link_that_is_none_makes_no_owner(site: Site, visitor: Visitor, token: str) -> None:
    assert visitor.client.get(f"/account/owner/{token}").status_code in (404, 410)
    old = owner_link(site, timedelta(seconds=-1))
    assert visitor.client.get(old).status_code == 410


def test_two_who_become_the_owner_at_the_same_moment_are_one_owner(site: Site) -> None:
    outcomes = at_once(
        *(lambda n=n: accounts.make_first_owner(site.database, "", f"boss {n}", PASSWORD, "", NOW) for n in range(4))
    )
    assert sorted(outcomes) == ["LinkExpired"] * 3 + ["done"]
    assert count(site, "account") == 1


def test_two_accounts_that_become_the_owner_at_the_same_moment_are_one_owner(site: Site) -> None:
    known = [add(site, name) for name in ("one", "two", "three")]
    deeds = [lambda account=account: accounts.become_first_owner(site.database, account, NOW) for account in known]
    assert sorted(at_once(*deeds)) == ["LinkExpired", "LinkExpired", "done"]
    assert len(rows(site, "select id from account where roles = 'owner'")) == 1


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What becomes of deeds that are done at the same moment: done, or the name of what was raised."""
    outcomes: list[str] = []
    ready = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            deed()
            outcomes.append("done")
        except QuizappError as error:
            outcomes.append(type(error).__name__)

    run([threading.Thread(target=do, args=(deed,)) for deed in deeds])
    return outcomes


def test_the_last_owner_stays(site: Site, new_visitor: NewVisitor) -> None:
    boss = add(site, "boss", "owner")
    with pytest.raises(LastOwner):
        people.change_roles(site.database, boss.id, frozenset({"author"}), boss.id, NOW)
    with pytest.raises(LastOwner):
        people.remove_person(site.database, boss.id, boss.id, NOW)
    visitor = Visitor(enter(new_visitor().client, boss))
    page = send(visitor, "/account/remove", password=PASSWORD)
    assert "This is the only owner. Make somebody else an owner first." in page.text
    assert is_signed_in(visitor)


def test_an_owner_who_never_signed_in_is_not_counted_and_can_be_removed(site: Site) -> None:
    boss, invited = add(site, "boss", "owner"), add(site, "invited", "owner", stored="")
    with pytest.raises(LastOwner):
        people.remove_person(site.database, boss.id, None, NOW)
    people.change_roles(site.database, invited.id, frozenset(), boss.id, NOW)
    people.remove_person(site.database, invited.id, boss.id, NOW)
    assert [account.name for account in people.look_up_people(site.database)[0]] == ["boss"]


def test_two_owners_who_demote_each_other_at_the_same_moment_leave_one(site: Site) -> None:
    one, two = add(site, "one", "owner"), add(site, "two", "owner")
    outcomes = at_once(
        lambda: people.change_roles(site.database, one.id, frozenset(), two.id, NOW),
        lambda: people.change_roles(site.database, two.id, frozenset(), one.id, NOW),
    )
    assert sorted(outcomes) == ["LastOwner", "done"]


def test_two_owners_who_remove_themselves_at_the_same_moment_leave_one(site: Site) -> None:
    one, two = add(site, "one", "owner"), add(site, "two", "owner")
    outcomes = at_once(
        lambda: people.remove_person(site.database, one.id, None, NOW),
        lambda: people.remove_person(site.database, two.id, None, NOW),
    )
    assert sorted(outcomes) == ["LastOwner", "done"]
    assert people.has_owner(site.database)


# --- the end


def test_removing_an_account_leaves_what_was_learned_and_no_name(site: Site, visitor: Visitor) -> None:
    answer(visitor, "MX record")
    sign_up(visitor, "Zebedee Quux")
    [account] = people.look_up_people(site.database)[0]
    token = tokens.email_token(site.secret, account, "zebedee@example.org", NOW, NOW + timedelta(days=1))
    credentials.confirm_email(site.database, site.secret, token, NOW)
    people.change_roles(site.database, account.id, frozenset({"author"}), None, NOW)
    sign_in(visitor_of(site), "Zebedee Quux", "wrong password")
    before = work(site)
    send(visitor, "/account/remove", password=PASSWORD)
    assert work(site) == before
    left = repr(dump(site)).casefold()
    for word in ("zebedee", "quux", "example.org"):
        assert word not in left
    assert count(site, "account") == 0
    assert [tuple(row) for row in rows(site, "select guest, account_id from learner")] == [(None, None)]
    assert not is_signed_in(visitor)


def test_a_session_of_a_removed_account_is_a_guests(site: Site, new_visitor: NewVisitor) -> None:
    account, visitor = add(site, "ada"), new_visitor()
    enter(visitor.client, account)
    form = visitor.get(LESSON).form(CHECK)
    people.remove_person(site.database, account.id, None, NOW)
    page = visitor.send(form, "MX record")
    assert visitor.status == 400
    visitor.send(page.form(CHECK))
    assert "Completed" in visitor.get("/progress").text
    assert "Sign in" in visitor.get("/").links
