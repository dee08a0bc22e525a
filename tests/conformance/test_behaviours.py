"""Walks through a question with several tries, as Moodle's tests have them (`scoring/behaviours.json`)."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizapp.site import Site
from quizapp.store.attempts import MarkedResponse, StoredAttempt, find_attempt
from tests.pages import Form, Page, Visitor

LESSON = "/modules/mail-flow/online"
SURE = "how sure somebody is never changes a mark of ours"
# A walk by its behaviour and its first step: why our rules cannot give its marks.
LEFT_OUT = {
    (
        "interactivecountback",
        "submit [1, 1, 1, 1]",
    ): "a try has one worth for the whole question, not one for each line",
    ("immediatecbm", "submit frog"): SURE,
    ("immediatecbm", "save {'answer': 'wrong', 'certainty': 3}"): SURE,
    ("deferredcbm", "save {'answer': 'true', 'certainty': 3}"): SURE,
    ("deferredcbm", "save {'answer': 'true'}"): SURE,
    ("deferredcbm", "save {'answer': 'wrong', 'certainty': 2}"): SURE,
    ("deferredcbm", "finish None"): SURE,
}
ROUNDING = Decimal("0.000002")  # of penalties such as 0.3333333, and of the millionths that are stored
Walk = Mapping[str, Any]


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [conformance / "scoring" / "behaviours.json"]


def name_of(walk: Walk) -> tuple[str, str]:
    """What tells a walk from the others."""
    action, answer = walk["steps"][0][:2]
    return walk["behaviour"], f"{action} {answer}"


def lesson_of(walk: Walk) -> str:
    """A check with the question of a walk, as an author writes it: each answer, and the worth of each try."""
    answers = {"another": 1} | walk["answers"] if 1 not in walk["answers"].values() else walk["answers"]
    lines = [
        f"- {'=' if credit == 1 else f'({credit * 100:g}%) =' if credit else '!='} {answer}"
        for answer, credit in sorted(answers.items(), key=lambda one: -one[1])
    ]
    penalty, hints = Decimal(str(walk.get("penalty", 1))), walk.get("hints", 2 if "penalty" in walk else 0)
    worths = ",".join(f"{max(100 - 100 * penalty * number, Decimal(0)):.5f}" for number in range(hints + 1))
    told = "".join(f"> [!TIP]\n> Hint {number + 1}.\n\n" for number in range(walk.get("hints", 0)))
    heading = f"## Which? {{.check #check points={walk['maxmark']} tries={worths}}}"
    return f"# A walk\n\n{heading}\n\n" + "\n".join(lines) + f"\n\n{told}"


class Learner:
    """Somebody who goes through a walk at a browser without JavaScript."""

    def __init__(self, site: Site, visitor: Visitor) -> None:
        self.site, self.visitor = site, visitor
        self.form = visitor.get(LESSON).form("/checks/check")
        self.page: Page | None = None
        self.last: object = None

    def do(self, action: str, answer: str | None) -> None:
        """Submit an answer, finish, ask for the form again; nothing is saved before it is submitted."""
        if action == "submit":
            if answer != self.last:
                self.form = self._next_form()
            self.page = self.visitor.send(self.form, **{"answer-1": answer or ""})
            self.last = answer
        elif action == "finish" and self.page and any(form.action.endswith("/answers") for form in self.page.forms):
            self.page = self.visitor.send(self.page.form("/answers"))
        elif action == "tryagain":
            self.form = self._next_form()

    def _next_form(self) -> Form:
        again = self.page.links.get("Try again", "") if self.page else ""
        return self.visitor.get(again).form("/checks/check") if "again=1" in again else self.form

    @property
    def attempt(self) -> StoredAttempt | None:
        """The attempt as it is stored."""
        with self.site.database.reading() as connection:
            return find_attempt(connection, dict(self.form.hidden)["attempt"])

    @property
    def points(self) -> Fraction:
        """What the question earned so far: the points of its best try."""
        return max((one.points or Fraction(0) for one in self.responses), default=Fraction(0))

    @property
    def responses(self) -> tuple[MarkedResponse, ...]:
        """What was stored so far."""
        return self.attempt.responses if self.attempt else ()


def walk_through(walk: Walk, learner: Learner) -> None:
    """Go through the steps of a walk; after each, the points are those of the file.

    No mark yet means no points yet, and that the question can still be tried.
    """
    tries = 0
    for action, answer, points, *_ in walk["steps"]:
        is_again, was_open = answer == learner.last, not (learner.attempt and learner.attempt.submitted)
        learner.do(action, answer)
        tries += action == "submit" and bool(answer) and not is_again and was_open
        stored = learner.responses
        assert len(stored) == tries, (action, answer)
        assert abs(Decimal(float(learner.points)) - Decimal(points or 0)) < ROUNDING, (action, answer)
        if points is None:
            assert not (learner.attempt and learner.attempt.submitted)
        if action == "finish":
            assert learner.attempt
            assert learner.attempt.submitted


def walks(conformance: Path) -> list[Walk]:
    found: list[Walk] = json.loads((conformance / "scoring" / "behaviours.json").read_text(encoding="utf-8"))
    return found


def test_every_walk_ends_as_it_should(conformance: Path, site: Site, folder: Path, visitor: Visitor) -> None:
    walked = [walk for walk in walks(conformance) if name_of(walk) not in LEFT_OUT]
    assert len(walked) == 7
    for walk in walked:
        file = folder / "exchange" / "mail-flow" / "2-online.md"
        file.write_text(lesson_of(walk), encoding="utf-8")
        walk_through(walk, Learner(site, visitor))
        assert site.problems == []


def test_every_walk_that_is_left_out_is_in_the_file(conformance: Path) -> None:
    assert set(LEFT_OUT) <= {name_of(walk) for walk in walks(conformance)}


def test_a_walk_that_goes_wrong_is_noticed(site: Site, folder: Path, visitor: Visitor) -> None:
    walk = {"behaviour": "x", "maxmark": 3, "answers": {"right": 1}, "steps": [["submit", "right", 2]]}
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(lesson_of(walk), encoding="utf-8")
    with pytest.raises(AssertionError, match="right"):
        walk_through(walk, Learner(site, visitor))
