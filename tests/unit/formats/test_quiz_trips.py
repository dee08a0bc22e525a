"""A quiz of ours in another format and back: what is not told as lost is taken in the same way and asks the same."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.content.model import Catalogue, Entry, Quiz
from quizapp.formats.contract import EXPORTERS, IMPORTERS, Exported, Imported, Source
from quizapp.formats.quiz_files import Beside, plan_with_quizzes
from quizapp.formats.rules import SETTINGS
from tests.unit.content.reading import catalogue_from

WAYS = {"qti3": ("qti", "x.zip"), "qti12": ("qti12", "x.zip"), "text2qti": ("text2qti", "x.text2qti")}
HELD = {
    "qti3": {"time", "navigation"},
    "qti12": {"time", "attempts", "pages", "navigation"},
    "text2qti": {"pages", "navigation"},
}
QUESTIONS = [
    "## Which is wet? {#q0 tags=a}\n\n- ( ) Sand\n- (x) Rain\n  > Yes.\n- ( ) Stone\n",
    "## Which falls? {#q1 tags=a points=2}\n\n- (x) Snow\n- ( ) Grass\n- ( ) Sky\n\nIt does.\n",
    "## Which are cold? {#q2 tags=a credit=exact}\n\n- [x] Ice\n- [x] Snow\n- [ ] Fire\n",
    "## How many? {#q3 tags=b}\n\n- = 7\n",
    "## Is it blue? {#q4 tags=b}\n\n- (x) True\n- ( ) False\n",
    "## What is it called? {#q5 tags=b}\n\n- = Hail\n",
    "## Why? {#q6 .essay tags=b}\n",
    "## Which is old? {#q7 tags=c points=2}\n\n- ( ) New\n- (x) Old\n- ( ) Middle\n",
    "## Which is dry? {#q8 tags=c points=1.5}\n\n- (x) Sand\n- ( ) Sea\n- ( ) Lake\n",
]
FIXED = st.lists(st.sampled_from(range(len(QUESTIONS))), unique=True, max_size=4)
DRAWS = st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), st.integers(1, 3)), max_size=2)
SAID: dict[str, st.SearchStrategy[str]] = {
    "time": st.sampled_from(["20 min", "1 min", "9999 min"]),
    "attempts": st.sampled_from(["1", "3", "unlimited"]),
    "keep": st.sampled_from(["best", "first", "last", "mean"]),
    "pages": st.sampled_from(["all", "one"]),
    "navigation": st.sampled_from(["free", "forward"]),
    "reveal": st.sampled_from(
        ["after-submit", "never", "during", "{marks: after-submit, key: never}", "{feedback: never}"]
    ),
    "pass": st.sampled_from(["80%", "50%"]),
    "preset": st.sampled_from(["practice", "check", "exam"]),
}
INTRODUCTIONS = st.sampled_from(
    ["", "Read *well*.", "One.\n\nTwo with `code`:\n\n    indented\n\n- a list\n- of `two`", "> A quote\n\n1. [x] one"]
)
TITLES = st.sampled_from(["Rain", 'Rain & "snow"', "Über <b>Regen</b>", "2 Rain: [again]"])


@st.composite
def quizzes(draw: st.DrawFn) -> str:
    """The text of a quiz that refers to the bank above."""
    said = draw(st.fixed_dictionaries({}, optional=SAID))
    fixed, draws = draw(FIXED), draw(DRAWS)
    places = [f"## [Q](b.bank.md#q{number})" for number in fixed]
    places += [f"## [D](b.bank.md) {{count={count}{f' tags={tag}' if tag else ''}}}" for tag, count in draws]
    front = "\n".join(f"{key}: {value}" for key, value in said.items())
    title = draw(TITLES).replace('"', '\\"')
    order = draw(st.permutations(places or ["## [Q](b.bank.md#q0)"]))
    return f'---\ntitle: "{title}"\n{front}\n---\n\n{draw(INTRODUCTIONS)}\n\n' + "\n\n".join(order)


def catalogue_of(quiz: str, questions: Sequence[str] = QUESTIONS) -> Catalogue:
    """The content of a bank and a quiz."""
    return catalogue_from({"b.bank.md": "\n".join(questions).encode(), "z.quiz.md": quiz.encode()})[0]


def back(made: Exported, name: str) -> tuple[Imported, Quiz]:
    """What is read of a file, and the quiz that it is after its import."""
    importer, file = WAYS[name]
    found = IMPORTERS[importer].read(Source(made.data, file))
    plan = plan_with_quizzes(found.items, found.quizzes, None, Beside("b.bank.md"))
    assert plan.errors == ()
    [quiz] = plan.quizzes
    catalogue, problems = catalogue_from({"b.bank.md": plan.data, quiz.name: quiz.data})
    assert [problem for problem in problems if problem.severity == "error"] == []
    [again] = catalogue.modules["m"].quizzes
    return found, again


def asks(quiz: Quiz) -> list[tuple[list[tuple[str, object]], int]]:
    """What it asks place by place: the questions by their text, with what they are worth, and how many of them."""
    return [
        (sorted((question.title, question.points) for question in entry.pool), min(entry.count, len(entry.pool)))
        for entry in _apart(quiz)
    ]


def _apart(quiz: Quiz) -> list[Entry]:
    """Its places; a draw of all there is asks them one after the other."""
    found: list[Entry] = []
    for entry in quiz.entries:
        is_all = entry.count >= len(entry.pool)
        found += [replace(entry, pool=(one,), count=1) for one in entry.pool] if is_all else [entry]
    return found


@pytest.mark.parametrize("name", WAYS)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=15)
@given(text=quizzes())
def test_what_is_not_told_as_lost_comes_back(name: str, text: str) -> None:
    catalogue = catalogue_of(text)
    quiz = catalogue.quiz("m/z")
    if not quiz.entries:
        return
    made = EXPORTERS[name].write_quiz(quiz, lambda path: None)
    lost = [loss.text for loss in made.losses if loss.key == quiz.key]
    assert not any(loss.is_left_out for loss in made.losses)
    _, again = back(made, name)
    assert again.title == quiz.title
    if not any("introduction" in text for text in lost):
        assert again.introduction == quiz.introduction
    gone = set(re.findall(r"`([\w-]+)`", " ".join(lost)))
    other = {name for name, of in SETTINGS.items() if of(again.settings) != of(quiz.settings)}
    assert other <= gone
    assert gone.isdisjoint(HELD[name])
    if not any("several draws" in text for text in lost) and not any("points" in one.text for one in made.losses):
        assert asks(again) == asks(quiz)
