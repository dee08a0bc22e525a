"""Imported questions put into several banks: what these are called, where they go on, and what is not put in again."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

import pytest

from quizapp.formats import shelving
from quizapp.formats.banks import Plan
from quizapp.formats.contract import IMPORTERS, ImportedQuiz, Item, Section, Source
from quizapp.formats.naming import Taken
from quizapp.formats.quiz_files import Beside, plan_with_groups
from quizapp.formats.shelving import Shelf, plan_banks
from tests.unit.content.reading import catalogue_from


def gift(*lines: str, most: int = 1000) -> tuple[Item, ...]:
    """The items of a text whose lines are categories or the words of a question."""
    texts = [line if line.startswith("$") else f"::{line}::Which is {line}? {{=It ~That}}" for line in lines]
    return IMPORTERS["gift"].read(Source("\n\n".join(texts).encode(), most=most)).items


def names(plan: Plan) -> dict[str, list[str]]:
    """The banks of a plan, each with the names of its new questions."""
    assert plan.errors == ()
    return {bank.name: [one.name for one in bank.added] for bank in plan.banks}


def module_of(plan: Plan, before: Mapping[str, bytes] | None = None) -> tuple[Shelf, Beside]:
    """The module as it is when the plan is carried out, read by the site."""
    files = {**(before or {}), **{bank.name: bank.data for bank in plan.banks}, **plan.files}
    catalogue, problems = catalogue_from(files)
    assert [one for one in problems if one.severity == "error"] == []
    known = {question.name: question for question in catalogue.questions().values()}
    keys = {bank.key.rpartition("/")[2]: bank.path.rpartition("/")[2] for bank in catalogue.modules["m"].banks}
    quizzes = {quiz.name: quiz.path.rpartition("/")[2] for quiz in catalogue.modules["m"].quizzes}
    return Shelf(known, files.get, keys), Beside("", known, files.get, quizzes)


def test_each_category_becomes_a_bank_called_after_its_last_names() -> None:
    found = gift(
        "$CATEGORY: $course$/top/Default for Net/DNS/Records", "mx", "$CATEGORY: $course$/top/Mail", "smtp", "imap"
    )
    plan = plan_banks(found, Shelf())
    assert names(plan) == {"dns-records.bank.md": ["mx"], "mail.bank.md": ["smtp", "imap"]}
    assert [bank.title for bank in plan.banks] == ["Records", "Mail"]
    assert plan.banks[0].data.startswith(b'---\ntitle: "Records"\n---\n')


def test_no_two_categories_share_a_bank() -> None:
    same = gift("$CATEGORY: a/x/easy", "one", "$CATEGORY: b/x/easy", "two", "$CATEGORY: b/x/easy!", "three")
    assert list(names(plan_banks(same, Shelf()))) == ["a-x-easy.bank.md", "b-x-easy.bank.md", "b-x-easy-2.bank.md"]
    numbered = gift("$CATEGORY: 1 Easy", "one", "$CATEGORY: 2 Easy", "two", "$CATEGORY: ???", "three")
    assert list(names(plan_banks(numbered, Shelf()))) == ["1-easy.bank.md", "easy-2.bank.md", "questions.bank.md"]


def test_the_name_of_a_category_does_not_depend_on_those_beside_it() -> None:
    alone = gift("$CATEGORY: net/dns", "mx")
    more = gift("$CATEGORY: net/web", "http", "$CATEGORY: net/dns", "mx", "$CATEGORY: old/dns", "hosts")
    assert set(names(plan_banks(alone, Shelf()))) < set(names(plan_banks(more, Shelf())))


def test_names_too_long_for_a_file_leave_the_outer_one_out() -> None:
    found = gift(f"$CATEGORY: {'outer ' * 12}/inner", "one")
    assert list(names(plan_banks(found, Shelf()))) == ["inner.bank.md"]


def test_titles_of_one_name_say_what_they_stand_in() -> None:
    found = gift("$CATEGORY: net/easy", "one", "$CATEGORY: mail/easy", "two")
    assert [bank.title for bank in plan_banks(found, Shelf()).banks] == ["net: easy", "mail: easy"]


def test_a_full_bank_goes_on_in_another_and_not_in_that_of_a_category() -> None:
    found = gift("$CATEGORY: week", "a", "b", "c", "d", "e", "$CATEGORY: week 2", "f")
    plan = plan_banks(found, Shelf(), most=2)
    wanted = {
        "week.bank.md": ["a", "b"],
        "week-3.bank.md": ["c", "d"],
        "week-4.bank.md": ["e"],
        "week-2.bank.md": ["f"],
    }
    assert names(plan) == wanted
    assert [bank.title for bank in plan.banks] == ["week", "week (3)", "week (4)", "week 2"]


def test_a_bank_larger_than_a_file_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelving, "ROOM", 200)
    plan = plan_banks(gift("$CATEGORY: x", "a", "b", "c", "d", "e", "f"), Shelf())
    assert len(plan.banks) > 1
    assert all(len(bank.data) < 400 for bank in plan.banks)
    assert list(chain(*names(plan).values())) == ["a", "b", "c", "d", "e", "f"]


def test_importing_twice_changes_nothing_and_what_is_new_goes_where_there_is_room() -> None:
    old = ["$CATEGORY: x", "a", "b", "c", "$CATEGORY: y", "d"]
    first = plan_banks(gift(*old), Shelf(), most=2)
    shelf, _ = module_of(first)
    again = plan_banks(gift(*old), shelf, most=2)
    assert (again.banks, again.added, again.errors) == ((), (), ())
    assert [one.name for one in again.skipped] == ["a", "b", "c", "d"]
    more = plan_banks(gift(*old, "e", "$CATEGORY: x", "f", "g"), shelf, most=2)
    assert names(more) == {"y.bank.md": ["e"], "x-2.bank.md": ["f"], "x-3.bank.md": ["g"]}
    assert more.banks[0].data.startswith(first.banks[2].data)


def test_a_bank_that_is_there_under_a_number_takes_the_questions_of_its_category() -> None:
    before = {"3-dns.bank.md": b"## Old {#old}\n\n- (x) a\n- ( ) b\n"}
    shelf, _ = module_of(Plan(), before)
    plan = plan_banks(gift("$CATEGORY: DNS", "mx"), shelf)
    assert names(plan) == {"3-dns.bank.md": ["mx"]}
    assert plan.banks[0].before == before["3-dns.bank.md"]


def test_one_broken_bank_and_one_bad_question_keep_all_out() -> None:
    broken = {"x.bank.md": b"## Old {#old}\n\n- ( ) a\n- ( ) b\n"}
    found = gift("$CATEGORY: y", "a", "$CATEGORY: x", "b")
    plan = plan_banks(found, Shelf({}, broken.get))
    assert (plan.banks, plan.added) == ((), ())
    assert plan.errors[0].text.startswith("x.bank.md: the bank has an error on line 3")
    bad = replace(found[0], question=None, refused="no.")
    assert plan_banks([bad, found[1]], Shelf()).errors
    assert names(plan_banks([bad, found[1]], Shelf(), only_good=True)) == {"x.bank.md": ["b"]}


def test_a_quiz_asks_from_every_bank_and_what_it_draws_from_stands_in_one() -> None:
    a, b, c, d = gift("$CATEGORY: x", "a", "b", "$CATEGORY: y", "c", "d")
    quiz = ImportedQuiz("All", (Section((a, d)), Section((b, c), 1, "Some")))
    plan = plan_with_groups((a, b, c, d), (quiz,), Shelf(), Beside(""))
    assert names(plan) == {"x.bank.md": ["a", "b", "c"], "y.bank.md": ["d"]}
    shelf, beside = module_of(plan)
    [found] = catalogue_from({**{one.name: one.data for one in plan.banks}, **plan.files})[0].modules["m"].quizzes
    asked = [({question.name for question in entry.pool}, entry.count) for entry in found.entries]
    assert asked == [({"a"}, 1), ({"d"}, 1), ({"b", "c"}, 1)]
    again = plan_with_groups((a, b, c, d), (quiz,), shelf, beside)
    assert (again.errors, again.banks, again.new_quizzes) == ((), (), ())


def test_a_draw_that_does_not_fit_into_one_bank_keeps_all_out() -> None:
    items = gift("$CATEGORY: x", "a", "b", "c")
    quiz = ImportedQuiz("All", (Section(items, 2, "Some"),))
    plan = plan_with_groups(items, (quiz,), Shelf(), Beside(""), most=2)
    assert plan.banks == ()
    assert "`--no-quiz`" in plan.errors[0].text


def test_more_questions_are_read_where_somebody_says_so() -> None:
    lines = [f"q{number}" for number in range(4)]
    assert len(gift(*lines, most=4)) == 4
    for name, data in SMALL.items():
        found = IMPORTERS[name].read(Source(data, most=1))
        assert ["questions" in note.text for note in found.errors] == [True], name
        assert IMPORTERS[name].read(Source(data, most=2)).errors == ()


ITEM = '<question type="shortanswer"><name><text>{0}</text></name><questiontext><text>Say {0}.</text></questiontext>'
ANSWER = '<answer fraction="100"><text>{0}</text></answer></question>'
SMALL = {
    "gift": b"One? {=1 ~2}\n\nTwo? {=2 ~1}\n",
    "aiken": b"One?\nA) 1\nB) 2\nANSWER: A\n\nTwo?\nA) 1\nB) 2\nANSWER: B\n",
    "csv": b"type,question,right,answer 1,answer 2\nsingle,One?,1,1,2\nsingle,Two?,2,1,2\n",
    "text2qti": b"1. One?\n*a) 1\nb) 2\n\n2. Two?\na) 1\n*b) 2\n",
    "moodle": f"<quiz>{''.join((ITEM + ANSWER).format(one) for one in ('one', 'two'))}</quiz>".encode(),
    "json": b'{"format": "quizapp questions", "version": 1, "questions": ['
    b'{"type": "text", "prompt": "One?", "answers": [{"text": "1"}]},'
    b'{"type": "text", "prompt": "Two?", "answers": [{"text": "2"}]}]}',
}


def test_groups_are_those_of_the_source() -> None:
    category = "<category><text>$course$/top/a//b/c</text></category>"
    xml = f'<quiz><question type="category">{category}</question>{ITEM}{ANSWER}'
    assert [one.group for one in IMPORTERS["moodle"].read(Source(f"{xml}</quiz>".encode())).items] == [("a/b", "c")]
    told = SMALL["json"].replace(b'"prompt": "One?"', b'"prompt": "One?", "file": "1-net/2-dns.bank.md"')
    assert [one.group for one in IMPORTERS["json"].read(Source(told)).items] == [("net", "dns"), ()]


def test_a_name_is_free_once() -> None:
    taken = Taken(["A"])
    assert [taken.free("a"), taken.free("a"), taken.free("b", "c"), taken.free("b", "c")] == ["a-2", "a-3", "b", "c"]
    assert taken.free("B", "c") == "c-2"
