"""What the pages of an attempt at a quiz show: values that their templates read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import g

from quizapp.actions.answering import Sitting
from quizapp.content.model import Catalogue, Quiz
from quizapp.errors import NotFound
from quizapp.grading.quizzes import Terms, moment
from quizapp.grading.standing import Slot, Standing, with_seen
from quizapp.web.panels import NextHint, QuestionPanel, Typed, question_panel
from quizapp.web.rubrics import points_text
from quizapp.web.words import sentence as _

NAME = "quiz"  # what the ids of the controls begin with


@dataclass(frozen=True, slots=True)
class Named:
    """What stands in the place of a check where the questions are those of a quiz."""

    name: str = NAME


@dataclass(frozen=True, slots=True)
class Square:
    """A question in the overview: whether it is answered, and may be gone to."""

    number: int
    title: str
    state: str  # answered, unanswered, unread, or what was said of it: right, partly, wrong
    is_flagged: bool
    is_here: bool
    is_passed: bool  # a forward-only attempt has left it behind

    @property
    def words(self) -> str:
        """What it says to who does not see it."""
        said = {
            "answered": _("answered"),
            "unanswered": _("not answered"),
            "unread": _("cannot be read"),
            "right": _("right"),
            "partly": _("partly right"),
            "wrong": _("not right"),
        }[self.state]
        flagged = _(", marked for review") if self.is_flagged else ""
        return _("Question {n}: {state}", n=self.number, state=said) + flagged


@dataclass(frozen=True, slots=True)
class SittingPanel:
    """An attempt at a quiz as its pages show it. `questions` are all of them, `shown` those on this page.

    `left` is how much time is left, None for any; `quiz` is None once the file is gone.
    """

    attempt_id: str
    title: str
    quiz: Quiz | None
    terms: Terms
    standing: Standing
    questions: tuple[QuestionPanel, ...]
    shown: tuple[QuestionPanel, ...]
    squares: tuple[Square, ...]
    here: int
    left: timedelta | None

    @property
    def is_single(self) -> bool:
        """Whether each question has a page of its own."""
        return self.terms.pages == "one"

    @property
    def last(self) -> int:
        """The number of the last question."""
        return len(self.questions)

    @property
    def blanks(self) -> tuple[Square, ...]:
        """The questions without an answer."""
        return tuple(square for square in self.squares if square.state == "unanswered")

    @property
    def unread(self) -> tuple[Square, ...]:
        """The questions whose answer cannot be read."""
        return tuple(square for square in self.squares if square.state == "unread")

    @property
    def flagged(self) -> tuple[Square, ...]:
        """The questions that are marked for review."""
        return tuple(square for square in self.squares if square.is_flagged)

    @property
    def saved_at(self) -> datetime | None:
        """When something was saved last."""
        return max((slot.saved_at for slot in self.standing.slots if slot.saved_at), default=None)

    def number_saved(self, number: int) -> int:
        """The number of the last response to a question."""
        return self.standing.slots[number - 1].saved


def find_shown_quiz(key: str) -> Quiz | None:
    """The quiz of an attempt, if it is still there for this learner."""
    catalogue: Catalogue = g.catalogue
    return catalogue.asking_quiz(key)


def closing_time(quiz: Quiz | None, terms: Terms) -> datetime | None:
    """When the quiz closes: by its file of now, or if that says nothing, as it was to when the attempt began."""
    now = moment(quiz.settings.closes, g.site.settings.zone) if quiz else None
    return now or terms.closes


def make_sitting(
    sitting: Sitting,
    here: int,
    typed: Mapping[int, tuple[str, ...]] | None = None,
    *,
    again: bool = False,
    missing: int = 0,
) -> SittingPanel:
    """Put together the page of an attempt at its question `here`, 0 for the overview.

    `typed` is what a form held that is shown again. A question that was checked shows how it went, until it is to be
    tried `again` or was changed since. `missing` is one that was to be checked and has no answer.
    """
    quiz, terms = find_shown_quiz(sitting.quiz_key), sitting.standing.terms
    if terms is None:
        raise NotFound("There is no such attempt.")
    standing = with_seen(sitting.standing, closing_time(quiz, terms), g.now)
    here = _within(here, standing, terms)
    panels = tuple(
        _panel(number, slot, terms, typed or {}, again=again and number == here, missing=missing)
        for number, slot in enumerate(standing.slots, start=1)
    )
    is_whole = standing.submitted is not None or terms.pages == "all"
    is_running = standing.deadline is not None and standing.submitted is None
    return SittingPanel(
        attempt_id=standing.attempt_id,
        title=quiz.title if quiz else sitting.quiz_key,
        quiz=quiz,
        terms=terms,
        standing=standing,
        questions=panels,
        shown=panels if is_whole else panels[max(here - 1, 0) : here],
        squares=tuple(_square(panel, standing, terms, here) for panel in panels),
        here=here,
        left=max(standing.deadline - g.now, timedelta(0)) if standing.deadline and is_running else None,
    )


def _within(here: int, standing: Standing, terms: Terms) -> int:
    """The question to show for the one that was asked for: there is one, and it was not left behind; 0 stays."""
    first = standing.position if terms.is_forward else 1
    return min(max(here, first), len(standing.slots)) if here else 0


def _square(panel: QuestionPanel, standing: Standing, terms: Terms, here: int) -> Square:
    slot = standing.slots[panel.number - 1]
    return Square(
        number=panel.number,
        title=panel.title,
        state=_state(panel, slot),
        is_flagged=slot.is_flagged and standing.submitted is None,
        is_here=panel.number == here and terms.pages == "one",
        is_passed=terms.is_forward and panel.number < standing.position,
    )


def _trouble(slot: Slot) -> tuple[str, str]:
    """Why what was saved cannot be read, and which part of it; nothing where it can."""
    if slot.response is None or not slot.is_open or not slot.is_draft:
        return "", ""
    mark = slot.question.type.mark(slot.response)
    return (mark.trouble, mark.about) if mark.status == "invalid" else ("", "")


def _panel(
    number: int,
    slot: Slot,
    terms: Terms,
    typed: Mapping[int, tuple[str, ...]],
    *,
    again: bool,
    missing: int,
) -> QuestionPanel:
    is_asked = slot.is_open and (not terms.is_during or slot.tries == 0 or slot.is_draft or again)
    values = {number: typed.get(number) or slot.control.values(slot.response)}
    trouble = _trouble(slot)
    told = {number: trouble} if trouble[0] else {}
    held = Typed(values, {number: slot.confidence}, [missing], told) if is_asked else Typed()
    panel = question_panel(number, slot, "form" if is_asked else "result", held)
    asks_confidence = is_asked and terms.asks_confidence and not panel.is_survey
    return replace(
        panel,
        hints=panel.hints[: slot.hints if terms.hint_cost else None] if terms.has_hints else (),
        hint=_next_hint(slot, terms) if is_asked else None,
        asks_confidence=asks_confidence,
        confidence=slot.confidence if is_asked or panel.verdict else "",
        assessment=panel.assessment if slot.submitted else None,
        earned=_earned(slot),
    )


def _next_hint(slot: Slot, terms: Terms) -> NextHint | None:
    total = len(slot.question.hints)
    if not terms.has_hints or not terms.hint_cost or slot.hints >= total:
        return None
    return NextHint(slot.hints + 1, total, f"{float(100 * terms.hint_cost):g}")


def _earned(slot: Slot) -> str:
    """The points of a question that was marked, once they may be seen; a survey and what is void have none."""
    is_counted = not {"survey", "void"} & set(slot.question.words)
    if not (slot.submitted and slot.seen.marks and is_counted) or slot.awaits_person:
        return ""
    return _("{earned} of {all} points", earned=points_text(slot.points), all=points_text(slot.question.points))


def _state(panel: QuestionPanel, slot: Slot) -> str:
    if panel.verdict:
        return panel.verdict
    if slot.response is None:
        return "unanswered"
    return "unread" if panel.trouble else "answered"
