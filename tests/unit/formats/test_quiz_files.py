"""Imported quizzes as files beside a bank: names and tags, what is there already, and what keeps one out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from quizapp.formats.banks import Plan, plan_bank
from quizapp.formats.contract import IMPORTERS, ImportedQuiz, Item, Section, Source
from quizapp.formats.quiz_files import Beside, plan_with_quizzes
from quizapp.questions.base import Question
from tests.unit.content.reading import catalogue_from


def items(*names: str, points: int = 1) -> tuple[Item, ...]:
    """A question for each name."""
    text = "".join(
        f"Title: {name}\nPoints: {points}\n1. Which is {name}?\n*a) {name} it is\nb) Another\n\n" for name in names
    )
    return IMPORTERS["text2qti"].read(Source(text.encode())).items


A, B, C, D = items("a", "b", "c", "d")
DRAWN = ImportedQuiz("Rain", (Section((A,)), Section((B, C, D), 2, "The storms")))


def planned(
    quizzes: Sequence[ImportedQuiz],
    bank: bytes | None = None,
    beside: Beside | None = None,
    asked: Sequence[Item] = (A, B, C, D),
    only_good: bool = False,
) -> Plan:
    """What is planned for a bank, `b.bank.md`."""
    return plan_with_quizzes(asked, quizzes, bank, beside or Beside("b.bank.md"), only_good=only_good)


def text_of(plan: Plan) -> str:
    """The text of the one quiz."""
    assert plan.errors == ()
    [quiz] = plan.quizzes
    return quiz.data.decode()


def why(plan: Plan) -> str:
    """What keeps everything out."""
    [error] = plan.errors
    assert not plan.files
    assert not plan.added
    return error.text


def asks(plan: Plan, more: Mapping[str, bytes] | None = None) -> list[tuple[set[str], int]]:
    """What the one quiz asks as the site reads it: names, and how many of them, place by place."""
    [quiz] = plan.quizzes
    files = {"b.bank.md": plan.data, quiz.name: quiz.data, **(more or {})}
    catalogue, problems = catalogue_from(files)
    assert [one for one in problems if one.severity == "error"] == []
    [found] = catalogue.modules["m"].quizzes
    return [({question.name for question in entry.pool}, entry.count) for entry in found.entries]


def test_fixed_questions_are_named_and_draws_have_a_tag() -> None:
    plan = planned([replace(DRAWN, introduction="Read *well*.", settings={"time": "20 min", "attempts": "2"})])
    assert text_of(plan) == (
        '---\ntitle: "Rain"\ntime: 20 min\nattempts: 2\n---\n\nRead *well*.\n\n'
        "## [Which is a?](b.bank.md#a)\n\n## [The storms](b.bank.md) {count=2 tags=the-storms}\n"
    )
    assert asks(plan) == [({"a"}, 1), ({"b", "c", "d"}, 2)]
    assert "tags=the-storms" in plan.data.decode()
    assert plan.files == {"rain.quiz.md": plan.quizzes[0].data}


def test_a_second_time_nothing_is_changed() -> None:
    first = planned([DRAWN])
    there = {quiz.name: quiz.data for quiz in first.quizzes}
    again = planned([DRAWN], first.data, Beside("b.bank.md", {}, there.get, {"rain": "rain.quiz.md"}))
    assert (again.added, again.new_quizzes, again.files) == ((), (), {})
    assert [quiz.is_there for quiz in again.quizzes] == [True]


def test_a_quiz_that_says_something_else_is_never_overwritten() -> None:
    assert "rain.quiz.md is there already, and says something else." in why(
        planned([DRAWN], beside=Beside("b.bank.md", {}, lambda name: b"---\ntitle: Mine\n---\n"))
    )
    assert "1-rain.quiz.md is a quiz with the key `rain` already." in why(
        planned([DRAWN], beside=Beside("b.bank.md", keys={"rain": "1-rain.quiz.md"}))
    )


def test_a_tag_that_another_question_has_is_not_taken() -> None:
    bank = b"## Which is old? {#old tags=the-storms}\n\n- (x) Old\n- ( ) New\n"
    plan = planned([DRAWN], bank)
    assert "{count=2 tags=the-storms-2}" in text_of(plan)
    assert asks(plan) == [({"a"}, 1), ({"b", "c", "d"}, 2)]


def test_two_quizzes_with_one_title_and_groups_of_one_title() -> None:
    other = ImportedQuiz("Rain", (Section((A, B), 1, "The storms"),))
    plan = planned([DRAWN, other])
    assert [quiz.name for quiz in plan.quizzes] == ["rain.quiz.md", "rain-2.quiz.md"]
    assert "{count=1 tags=the-storms-2}" in plan.quizzes[1].data.decode()
    assert "tags=the-storms,the-storms-2" in plan.data.decode()


def test_a_question_is_asked_under_the_name_that_it_has_there() -> None:
    first = planned([], asked=[A]).data.replace(b"{#a}", b"{#mine points=3}")
    known = {"a": replace(question_of(B), key="m#a", path="m/o.bank.md")}
    bank = catalogue_from({"b.bank.md": first})[0].modules["m"].banks[0]
    known |= {one.name: replace(one, path="m/b.bank.md") for one in bank.questions}
    quiz = ImportedQuiz("Rain", (Section((A, B, C)),))
    plan = planned([quiz], first, Beside("b.bank.md", known), asked=[A, B, C])
    assert "(b.bank.md#mine)" in text_of(plan)
    assert "(o.bank.md#a)" in text_of(plan)
    assert "(b.bank.md#c)" in text_of(plan)
    assert plan.notes[0].text == "quiz “Rain”: #mine is worth 1 there, and 3 in b.bank.md."


def test_the_pass_mark_that_a_quiz_gets_is_told() -> None:
    [note] = planned([DRAWN]).notes
    assert note.text.startswith("quiz “Rain”: it has no pass mark there; here that is 80%")
    catalogue, _ = catalogue_from({quiz.name: quiz.data for quiz in planned([DRAWN]).quizzes})
    assert [quiz.settings.pass_mark for quiz in catalogue.modules["m"].quizzes] == [Fraction("0.8")]
    assert planned([replace(DRAWN, settings={"preset": "practice"})]).notes == ()


def question_of(item: Item) -> Question:
    """The question of an item that has one."""
    assert item.question
    return item.question


def test_what_stands_in_a_lesson_cannot_be_asked_from_there() -> None:
    known = {"a": replace(question_of(A), path="m/1-rain.md")}
    told = why(planned([DRAWN], beside=Beside("b.bank.md", known)))
    assert "“Which is a?” stands in 1-rain.md, where no quiz can ask it from." in told


@pytest.mark.parametrize(
    ("file", "told"), [("b.bank.md", "Give it the tag: `tags=the-storms`."), ("o.bank.md", "Move it into b.bank.md,")]
)
def test_what_is_drawn_needs_the_tag_where_it_is_already(file: str, told: str) -> None:
    bank = plan_bank([B], None, {}).data
    known = {"b": replace(question_of(B), path=f"m/{file}")}
    plan = planned([DRAWN], bank if file == "b.bank.md" else None, Beside("b.bank.md", known))
    assert told in why(plan)


def test_of_what_cannot_be_saved_the_rest_is_asked_and_all_is_told() -> None:
    bad = replace(C, question=None, refused="it is bad.")
    quiz = ImportedQuiz("Rain", (Section((A, bad)), Section((B, bad), 2, "Draw"), Section((bad,), 1)))
    plan = planned([quiz], asked=[A, B, bad], only_good=True)
    assert asks(plan) == [({"a"}, 1), ({"b"}, 1)]
    told = " ".join(note.text for note in plan.notes)
    assert "1 of its questions is not saved, and left out." in told
    assert "it draws 2 there, but 1 can be drawn here." in told
    none = planned([ImportedQuiz("Rain", (Section((bad,)),))], asked=[A, bad], only_good=True)
    assert none.quizzes == ()
    assert "none of its questions is saved" in " ".join(note.text for note in none.notes)


def test_what_is_not_put_into_the_bank_is_left_out_of_the_quiz() -> None:
    plan = planned([DRAWN], asked=[A, B, C])
    assert asks(plan) == [({"a"}, 1), ({"b", "c"}, 2)]
    assert plan.notes[0].text == "quiz “Rain”: 1 of its questions is not saved, and left out."


def test_a_question_that_is_asked_is_not_drawn_and_one_that_is_asked_twice_is_asked_once() -> None:
    plan = planned([ImportedQuiz("Rain", (Section((A, B, A)), Section((B, C, D), 2, "Draw")))])
    assert asks(plan) == [({"a"}, 1), ({"b"}, 1), ({"c", "d"}, 2)]
    assert plan.notes[0].text == "quiz “Rain”: “Which is a?” is asked twice there, and once here."


@pytest.mark.parametrize("introduction", ["# Two\n\n## Three", "- ( ) no\n- (x) yes", "---\n\n```\nopen", "[[x]] {#y}"])
def test_an_introduction_never_becomes_a_question(introduction: str) -> None:
    plan = planned([replace(DRAWN, introduction=introduction)])
    assert asks(plan) == [({"a"}, 1), ({"b", "c", "d"}, 2)]


@pytest.mark.parametrize("title", ['Rain & "snow"', "2 [Rain](x)", "Über: *Regen*", "रेन", "index", "", "_", "a" * 300])
def test_any_title_is_the_title(title: str) -> None:
    plan = planned([ImportedQuiz(title, (Section((A,)), Section((B, C, D), 1, f"{title} {{#x}}")))])
    assert asks(plan) == [({"a"}, 1), ({"b", "c", "d"}, 1)]
    [quiz] = plan.quizzes
    catalogue, _ = catalogue_from({"b.bank.md": plan.data, quiz.name: quiz.data})
    assert [one.title for one in catalogue.modules["m"].quizzes] == [title or "Quiz"]


def test_draws_that_ask_for_more_than_is_there_keep_all_out() -> None:
    sections = (Section((A, B), 2, "One"), Section((A, B), 1, "Two"))
    assert "the quiz “Rain” cannot be written:" in why(planned([ImportedQuiz("Rain", sections)]))
