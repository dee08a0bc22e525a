"""What a lesson page shows of a knowledge check: values that its template reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from markupsafe import Markup

from quizapp.actions.attempts import Shown
from quizapp.content.model import Check
from quizapp.grading.standing import ROUNDING, Slot, Standing, is_counted, worth_of_try
from quizapp.questions.base import Question
from quizapp.questions.controls import FillingIn, Pairing, Typing, Writing
from quizapp.questions.essay import Essay
from quizapp.store.attempts import AttemptNote
from quizapp.web.blanks import BlankText, blank_text
from quizapp.web.links import inline, linked
from quizapp.web.rows import Option, Row, answered_rows, offered_rows, options_of, whole_row
from quizapp.web.rubrics import MarkedLine, is_marked_by_person, marked_lines, points_text
from quizapp.web.troubles import trouble_words
from quizapp.web.words import sentence as _

ONE_INPUT = ("type_text", "type_number", "write_text", "write_zone")
RIGHT, PARTLY, WRONG = "right", "partly", "wrong"


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One line of a rubric with its points; `is_met` is what the learner says."""

    number: int
    content: Markup
    points: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a learner says of their own text: points of those possible, once it `is_done`."""

    lines: tuple[RubricLine, ...]
    is_done: bool
    earned: str
    possible: str


@dataclass(frozen=True, slots=True)
class NextHint:
    """A hint that takes something off the points when it is opened: which of how many, and how much in %."""

    number: int
    total: int
    cost: str


@dataclass(frozen=True, slots=True)
class QuestionPanel:
    """One question; `asks` is True where it takes an answer now.

    `values` are what its form holds, `rows` the choices or lines with what is said of them, `options` what each line
    may get, `heads` what stands above both; `blanks` is a text with its inputs; `whole` is what is said of an answer
    that is one text, `trouble` why it could not be read; `solutions` are answers that earn all, once nothing can be
    given away any more; `needs_unit` that a number wants its unit, `is_survey` that nothing is marked, `is_void` that
    it does not count any more; `confidence` is how sure the learner is, `assessment` what they say of their own text.
    `worth` says which try this is and what it earns, where that falls; `hint` is the next one that costs something;
    `earned` are the points of all there are; `comment` and `lines` are what a person who marked it wrote, and gave by
    line of the rubric.
    """

    number: int
    name: str
    control: str
    heading: Markup
    prompt: Markup
    rows: tuple[Row, ...]
    hints: tuple[Markup, ...]
    explanation: Markup
    asks: bool
    is_answered: bool
    is_missing: bool
    verdict: str
    verdict_text: str
    title: str
    points: str
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    heads: tuple[Markup, ...] = ()
    whole: Row | None = None
    blanks: BlankText | None = None
    trouble: str = ""
    solutions: tuple[str, ...] = ()
    needs_unit: bool = False
    is_survey: bool = False
    is_void: bool = False
    awaits_person: bool = False
    asks_confidence: bool = False
    confidence: str = ""
    assessment: Assessment | None = None
    worth: str = ""
    hint: NextHint | None = None
    earned: str = ""
    comment: str = ""
    lines: tuple[MarkedLine, ...] = ()

    @property
    def confidence_text(self) -> str:
        """What is said of how sure the learner was; the sure and wrong are told apart."""
        if self.confidence == "sure":
            return (
                _("You were sure of this, and it is right.")
                if self.verdict == RIGHT
                else _("You were sure of this, and it is not right: that is worth another look.")
            )
        if self.confidence == "unsure" and self.verdict == RIGHT:
            return _("You were not sure, and it is right.")
        return {"fairly": _("You were fairly sure."), "unsure": _("You were not sure.")}.get(self.confidence, "")

    @property
    def is_one_input(self) -> bool:
        """Whether it is answered in one place, which its prompt can name."""
        return self.control in ONE_INPUT

    @property
    def wrong_input(self) -> int:
        """The number of the input to look at again."""
        return self.blanks.first_wrong if self.blanks else 1

    @property
    def text(self) -> str:
        """What was typed, or stands there at first."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True, slots=True)
class CheckPanel:
    """A check as it is shown; `mode` is form or result."""

    check: Check
    mode: str
    standing: Standing
    shown: Shown
    questions: tuple[QuestionPanel, ...]
    introduction: Markup
    message: str = ""
    note: AttemptNote | None = None

    @property
    def missing(self) -> tuple[QuestionPanel, ...]:
        """The questions that still want an answer."""
        return tuple(question for question in self.questions if question.is_missing)

    @property
    def unread(self) -> tuple[QuestionPanel, ...]:
        """The questions whose answers cannot be read."""
        return tuple(question for question in self.questions if question.trouble)

    @property
    def has_trouble(self) -> bool:
        """Whether the form is shown again because something is wrong with it."""
        return bool(self.message or self.missing or self.unread)

    @property
    def marked(self) -> tuple[QuestionPanel, ...]:
        """The questions that have been found right or not: none that does not count, or that a person is to mark."""
        uncounted = (one for one in self.questions if one.is_survey or one.is_void or one.awaits_person)
        left_out = {one.number for one in uncounted}
        return tuple(question for question in self.questions if question.number not in left_out)

    @property
    def solved(self) -> int:
        """How many of those are right."""
        return sum(question.verdict == RIGHT for question in self.marked)

    @property
    def sure_and_wrong(self) -> tuple[QuestionPanel, ...]:
        """The questions of whose answers the learner was sure, and that are not right."""
        return tuple(question for question in self.unsolved if question.confidence == "sure")

    @property
    def unsolved(self) -> tuple[QuestionPanel, ...]:
        """The questions answered, but not right."""
        return tuple(question for question in self.questions if question.verdict in (PARTLY, WRONG))

    @property
    def try_number(self) -> int:
        """The try that the form would make."""
        return self.standing.tries + 1


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form held that is shown again, by slot: its values, the slots left open, those that cannot be read."""

    values: Mapping[int, Sequence[str]] = field(default_factory=dict)
    confidences: Mapping[int, str] = field(default_factory=dict)
    missing: Sequence[int] = ()
    troubles: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def make_panel(
    check: Check,
    standing: Standing,
    shown: Shown,
    mode: str,
    typed: Typed | None = None,
    message: str = "",
    note: AttemptNote | None = None,
) -> CheckPanel:
    """Put together what the template shows; a form shows open questions unanswered, a result shows what was given."""
    typed = typed or Typed()
    questions = tuple(
        _with_confidence(question_panel(number, slot, mode, typed), check, slot, typed)
        for number, slot in enumerate(standing.slots, start=1)
    )
    introduction = linked(check.introduction)
    return CheckPanel(check, mode, standing, shown, questions, introduction, message, note)


def ask_panel(number: int, question: Question) -> QuestionPanel:
    """One question as a learner is asked it, its choices in the order in which they are written."""
    return question_panel(number, Slot(question, tuple(range(1, question.type.size + 1))), "form", Typed())


def question_panel(number: int, slot: Slot, mode: str, typed: Typed) -> QuestionPanel:
    """One question of an attempt: in a form it asks while it is open, in a result it shows what was given."""
    question, control, asks = slot.question, slot.control, mode == "form" and slot.is_open
    is_answered = slot.tries > 0
    verdict = _verdict(slot) if is_answered and not asks else ""
    values = tuple(typed.values.get(number, ())) if asks else ()
    speaks = not asks and (is_answered or slot.submitted)
    is_told = slot.is_revealed and not asks
    is_explained = slot.is_explained and not asks
    trouble, about = typed.troubles.get(number, ("", "")) if asks else ("", "")
    return QuestionPanel(
        number=number,
        name=question.name,
        control=control.name,
        heading=linked(inline(question.heading.html)),
        prompt=linked(question.prompt.html),
        rows=offered_rows(control, values) if asks else answered_rows(slot, speaks),
        hints=tuple(linked(hint.html) for hint in question.hints),
        explanation=linked(question.explanation.html) if is_explained else Markup(),
        asks=asks,
        is_answered=is_answered,
        is_missing=number in typed.missing,
        verdict=verdict,
        verdict_text=_verdict_text(slot, verdict),
        title=question.title,
        points=f"{float(question.points):g}" if question.points != 1 else "",
        values=values or ((control.text,) if isinstance(control, Writing) and control.text else ()),
        options=options_of(control) if asks else (),
        heads=tuple(linked(inline(head.html)) for head in control.heads) if isinstance(control, Pairing) else (),
        whole=whole_row(slot, speaks) if not asks else None,
        blanks=blank_text(control, values, number in typed.missing, about),
        trouble=trouble_words(trouble, about) if trouble else "",
        solutions=question.type.solutions if is_told and not _is_survey(slot) else (),
        needs_unit=isinstance(control, Typing | FillingIn) and control.needs_unit,
        is_survey=_is_survey(slot),
        is_void=not is_counted(question) and not _is_survey(slot),
        awaits_person=slot.awaits_person,
        assessment=_assessment(slot) if not asks else None,
        worth=_worth(slot) if asks else "",
        earned=_earned(slot) if not asks else "",
        comment=slot.comment if not asks and slot.seen.feedback else "",
        lines=marked_lines(slot) if not asks else (),
    )


def _worth(slot: Slot) -> str:
    """Which try this is of how many, and what share of the points it earns; nothing where any number is as good."""
    worths = slot.question.tries
    if not worths or (len(worths) == 1 and worths[0] == 1):
        return ""
    n, percent = slot.tries + 1, f"{float(100 * worth_of_try(slot.question, slot.tries + 1)):g}"
    return _("Try {n} of {all}: worth {percent} % of the points.", n=n, all=len(worths), percent=percent)


def _with_confidence(panel: QuestionPanel, check: Check, slot: Slot, typed: Typed) -> QuestionPanel:
    """How sure the learner says to be: asked in a form where the check asks it, told in a result where it was said."""
    if panel.asks:
        asks = check.asks_confidence and not panel.is_survey
        return replace(panel, asks_confidence=asks, confidence=typed.confidences.get(panel.number, ""))
    return replace(panel, confidence=slot.confidence if panel.verdict else "")


def _assessment(slot: Slot) -> Assessment | None:
    kind = slot.question.type
    if not isinstance(kind, Essay) or not slot.rubric or not slot.tries or slot.lines:
        return None
    lines = tuple(
        RubricLine(place, linked(inline(one.content.html)), f"{float(one.points):g}", place in (slot.met or ()))
        for place, one in enumerate(kind.rubric, start=1)
    )
    earned = sum((kind.rubric[place - 1].points for place in slot.met or ()), Fraction(0))
    possible = sum((one.points for one in kind.rubric), Fraction(0))
    return Assessment(lines, slot.met is not None, f"{float(earned):g}", f"{float(possible):g}")


def _is_survey(slot: Slot) -> bool:
    return "survey" in slot.question.words


def _verdict(slot: Slot) -> str:
    if not is_counted(slot.question) or slot.awaits_person or not slot.seen.marks:
        return ""
    return RIGHT if _is_right(slot) else PARTLY if slot.credit > 0 else WRONG


def _is_right(slot: Slot) -> bool:
    """Whether it earned all there is: a text is solved by writing it, and right if who marked it says so."""
    return slot.credit + ROUNDING >= 1 if is_marked_by_person(slot) else slot.is_solved


def _earned(slot: Slot) -> str:
    """What a person gave for a text in a check; other points are not told there."""
    if not is_marked_by_person(slot) or _is_survey(slot):
        return ""
    return _("{earned} of {all} points", earned=points_text(slot.points), all=points_text(slot.question.points))


def _verdict_text(slot: Slot, verdict: str) -> str:
    if verdict == PARTLY:
        return _("Partly right: {percent} %.", percent=round(slot.credit * 100))
    return {RIGHT: _("Right."), WRONG: _("Not quite."), "": ""}[verdict]
