"""Which questions an attempt gets."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.model import Entry
from quizapp.grading.draw import draw_questions
from quizapp.questions.base import Question
from tests.unit.content.reading import question_from

SECRET = b"secret"
POOL = tuple(question_from(f"## Which {n}? {{#q{n}}}\n\n- (x) A\n- ( ) B\n") for n in range(6))
VOID = question_from("## Which? {#void .void}\n\n- (x) A\n- ( ) B\n")


def keys(drawn: tuple[Question, ...]) -> list[str]:
    return [question.key for question in drawn]


@given(st.text(max_size=22), st.lists(st.integers(1, 3), min_size=1, max_size=2))
def test_no_question_is_drawn_twice(seed: str, counts: list[int]) -> None:
    drawn = keys(draw_questions(SECRET, seed, [Entry(POOL, count) for count in counts]))
    assert len(drawn) == len(set(drawn)) == sum(counts)


def test_those_seen_least_come_first() -> None:
    seen = {question.key: number for number, question in enumerate(POOL)}
    for seed in "abcdef":
        assert set(keys(draw_questions(SECRET, seed, [Entry(POOL, 2)], seen))) == {POOL[0].key, POOL[1].key}


def test_every_question_is_drawn_about_equally_often() -> None:
    often = Counter(keys(draw_questions(SECRET, str(seed), [Entry(POOL, 1)]))[0] for seed in range(1200))
    assert all(140 < often[question.key] < 260 for question in POOL)


def test_what_was_taken_out_is_drawn_only_where_nothing_else_is_left() -> None:
    for seed in "abcdef":
        assert VOID.key not in keys(draw_questions(SECRET, seed, [Entry((VOID, *POOL), 6)]))
    assert VOID.key in keys(draw_questions(SECRET, "a", [Entry((VOID, *POOL), 7)]))
