"""Every question type: how it is written and marked, as its file says, beside what a learner sees of it."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, render_template

from quizapp.content.examples import read_examples
from quizapp.content.model import Entry
from quizapp.questions.base import QUESTION_TYPES, Question
from quizapp.web.extras import extras_for
from quizapp.web.keys import QuestionSet, with_keys
from quizapp.web.rooms import sections

bp = Blueprint("types", __name__, url_prefix="/teach/types")


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One type: what it is called, its source and its example; `rules` are values of `credit=`, the default first."""

    name: str
    title: str
    word: str
    marking: str
    rules: tuple[str, ...]
    options: tuple[str, ...]
    source: str
    shown: QuestionSet


@bp.get("/")
def show_types() -> str:
    """Every type with its example: Markdown, what a learner is asked, the key."""
    examples = _examples()
    return render_template(
        "types/show_types.html",
        types=[_row(name, question) for name, question in examples.items()],
        extras=extras_for(examples.values()),
        rows=sections(),
    )


@lru_cache(maxsize=1)
def _examples() -> dict[str, Question]:
    return read_examples()


def _row(name: str, question: Question) -> TypeRow:
    kind = QUESTION_TYPES[name]
    return TypeRow(
        name=name,
        title=kind.title or name.capitalize(),
        word=kind.word,
        marking=kind.marking,
        rules=kind.rules,
        options=tuple(sorted(kind.options - {"unlike"})),  # that one is written by the program
        source=kind.example.strip(),
        shown=with_keys(f"type-{name}", kind.title, "", [Entry((question,))]),
    )
