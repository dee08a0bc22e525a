"""What a lesson page shows of a knowledge check: values that its template reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from quizapp.actions.attempts import Shown
from quizapp.content.model import Check
from quizapp.grading.standing import Slot, Standing
from quizapp.questions.base import Outcome, Question, Response
from quizapp.store.attempts import AttemptNote
from quizapp.web.links import inline, linked
from quizapp.web.words import sentence as _

NOTHING = Markup()
RIGHT, PARTLY, WRONG = "right", "partly", "wrong"


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One choice as it is shown: `drawn` is its position on the screen, from 1."""

    drawn: int
    content: Markup
    is_plain: bool
    is_chosen: bool
    verdict: str
    feedback: Markup


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What was typed, and what is said of it; `spelling` is the right spelling where a slip was accepted."""

    text: str
    verdict: str = ""
    feedback: Markup = NOTHING
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class QuestionPanel:
    """One question; `asks` is True where it takes an answer now.

    `typed` is the text of an answer that is typed, with what is said of it; `trouble` why it could not be read;
    `solutions` are answers that earn all, once nothing can be given away any more; `needs_unit` that a number wants
    its unit, `is_survey` that nothing is marked.
    """

    number: int
    name: str
    control: str
    heading: Markup
    prompt: Markup
    choices: tuple[ChoiceRow, ...]
    hints: tuple[Markup, ...]
    explanation: Markup
    asks: bool
    is_answered: bool
    is_missing: bool
    verdict: str
    verdict_text: str
    title: str
    points: str
    typed: TypedRow | None = None
    trouble: str = ""
    solutions: tuple[str, ...] = ()
    needs_unit: bool = False
    is_survey: bool = False


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
        """The questions that have a right answer."""
        return tuple(question for question in self.questions if not question.is_survey)

    @property
    def solved(self) -> int:
        """How many of those are right."""
        return sum(question.verdict == RIGHT for question in self.marked)

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
    """What a form held that is shown again, by slot: responses, the slots left open, those that cannot be read."""

    given: Mapping[int, Response] = field(default_factory=dict)
    missing: Sequence[int] = ()
    troubles: Mapping[int, str] = field(default_factory=dict)


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
    questions = tuple(_question(number, slot, mode, typed) for number, slot in enumerate(standing.slots, start=1))
    introduction = linked(check.introduction)
    return CheckPanel(check, mode, standing, shown, questions, introduction, message, note)


def ask_panel(number: int, question: Question) -> QuestionPanel:
    """One question as a learner is asked it, its choices in the order in which they are written."""
    return _question(number, Slot(question, tuple(range(1, question.type.size + 1))), "form", Typed())


def _question(number: int, slot: Slot, mode: str, typed: Typed) -> QuestionPanel:
    question, asks = slot.question, mode == "form" and slot.is_open
    is_answered = slot.tries > 0
    verdict = _verdict(slot) if is_answered and not asks else ""
    response = typed.given.get(number) if asks else slot.response
    chosen = slot.control.drawn(response)
    speaks = not asks and (is_answered or slot.submitted)
    return QuestionPanel(
        number=number,
        name=question.name,
        control=slot.control.name,
        heading=linked(inline(question.heading.html)),
        prompt=linked(question.prompt.html),
        choices=tuple(_row(slot, drawn, drawn in chosen, speaks) for drawn in range(1, len(slot.control.choices) + 1)),
        hints=tuple(linked(hint.html) for hint in question.hints),
        explanation=linked(question.explanation.html) if slot.is_revealed and not asks else Markup(),
        asks=asks,
        is_answered=is_answered,
        is_missing=number in typed.missing,
        verdict=verdict,
        verdict_text=_verdict_text(slot, verdict),
        title=question.title,
        points=f"{float(question.points):g}" if question.points != 1 else "",
        typed=_typed(slot, response, speaks) if slot.control.is_typed else None,
        trouble=_trouble(typed.troubles[number]) if asks and number in typed.troubles else "",
        solutions=question.type.solutions if slot.is_revealed and not asks and not _is_survey(slot) else (),
        needs_unit=slot.control.needs_unit,
        is_survey=_is_survey(slot),
    )


def _typed(slot: Slot, response: Response, speaks: bool) -> TypedRow:
    text = response if isinstance(response, str) else ""
    if not speaks or not text:
        return TypedRow(text)
    outcome = slot.question.type.outcomes(response, slot.is_revealed).get(0, Outcome())
    if _is_survey(slot):
        return TypedRow(text, feedback=linked(outcome.feedback.html))
    return TypedRow(text, outcome.verdict, linked(outcome.feedback.html), outcome.spelling)


def _trouble(code: str) -> str:
    """What to type instead of an answer that cannot be read."""
    return {
        "not-a-number": _("This is not a number that can be read. Write one in digits, such as 12.5."),
        "ambiguous-comma": _("Is this comma for thousands or for decimals? Write 1234 or 1.234."),
        "missing-unit": _("Write the unit as well."),
        "unknown-unit": _("This unit is not known. Write it as a symbol, such as ms or kg."),
        "no-unit": _("Write the number alone, without a unit."),
        "too-long": _("This is too long for an answer."),
        "too-slow": _("This answer could not be compared in time. Write it shorter; nothing was counted."),
    }.get(code, _("This answer cannot be read."))


def _row(slot: Slot, drawn: int, is_chosen: bool, speaks: bool) -> ChoiceRow:
    content = slot.control.choices[drawn - 1].html
    outcome = slot.outcome(drawn) if speaks else None
    return ChoiceRow(
        drawn=drawn,
        content=linked(inline(content)),
        is_plain=inline(content) != content,
        is_chosen=is_chosen,
        verdict=outcome.verdict if outcome and not _is_survey(slot) else "",
        feedback=linked(outcome.feedback.html) if outcome else Markup(),
    )


def _is_survey(slot: Slot) -> bool:
    return "survey" in slot.question.words


def _verdict(slot: Slot) -> str:
    if _is_survey(slot):
        return ""
    return RIGHT if slot.is_solved else PARTLY if slot.credit > 0 else WRONG


def _verdict_text(slot: Slot, verdict: str) -> str:
    if verdict == PARTLY:
        return _("Partly right: {percent} %.", percent=round(slot.credit * 100))
    return {RIGHT: _("Right."), WRONG: _("Not quite."), "": ""}[verdict]
