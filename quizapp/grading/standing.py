"""Where an attempt stands: what was answered, what is right, what may still be tried, what may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Literal, get_args

from quizapp.grading.quizzes import ALL_SEEN, Seen, Terms, is_passed, seen
from quizapp.questions.base import NO_PROSE, Control, Mark, Outcome, Question, Response

# How sure a learner says to be of a response; it never changes the mark.
Confidence = Literal["sure", "fairly", "unsure"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
UNCOUNTED = frozenset({"survey", "void"})  # words of a question
ROUNDING = Fraction(1, 1_000_000)  # credit is stored in millionths


def is_counted(question: Question) -> bool:
    """Whether a question is in the total: neither a survey nor taken out with `.void`."""
    return not UNCOUNTED & set(question.words)


def solves(question: Question, credit: Fraction) -> bool:
    """Whether a credit is all that the question can give.

    What is not in the total and what people mark are solved by answering.
    """
    return (
        not is_counted(question) or question.type.is_marked_by_people or credit + ROUNDING >= question.type.full_credit
    )


def worth_of_try(question: Question, number: int) -> Fraction:
    """What share of its points a right response earns in that try, from 1."""
    return question.tries[min(number, len(question.tries)) - 1] if question.tries else Fraction(1)


def points_of(
    question: Question, mark: Mark, number: int, hints: int = 0, hint_cost: Fraction = Fraction(0)
) -> Fraction:
    """The points that a mark earns in try `number`, each hint that was open taking its cost (a share) off them."""
    kept = max(Fraction(0), 1 - hints * hint_cost)
    return mark.credit * question.points * worth_of_try(question, number) * kept


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of an attempt: `response`, `credit` and `points` are those of its last try, `tries` how many.

    `points` are those of the best try. `awaits_person` is True while nobody has marked that response yet, `met` are the
    lines of a rubric (from 1) that the learner says it meets; `confidence` is how sure they were. In a quiz, what was
    saved and not checked `is_draft`; `saved` numbers what was saved last. `hints` is how many were opened, `comment`
    and `lines` are what a person who marked it wrote and gave by line of the rubric. `seen` is what may be shown.
    """

    question: Question
    order: tuple[int, ...]
    response: Response = None
    credit: Fraction = Fraction(0)
    points: Fraction = Fraction(0)
    tries: int = 0
    submitted: bool = False
    awaits_person: bool = False
    met: tuple[int, ...] | None = None
    confidence: str = ""
    saved: int = 0
    saved_at: datetime | None = None
    is_draft: bool = False
    is_flagged: bool = False
    hints: int = 0
    comment: str = ""
    lines: tuple[Fraction, ...] | None = None
    seen: Seen = ALL_SEEN

    @property
    def control(self) -> Control:
        """The input, in drawn order."""
        return self.question.type.control(self.order)

    @property
    def is_solved(self) -> bool:
        """Whether the last response earned all there is."""
        return self.tries > 0 and solves(self.question, self.credit)

    @property
    def is_open(self) -> bool:
        """Whether it may be tried (again)."""
        used_up = bool(self.question.tries) and self.tries >= len(self.question.tries)
        return not (self.submitted or self.is_solved or used_up)

    @property
    def is_revealed(self) -> bool:
        """Whether the key and all feedback may be shown: nothing can be given away any more."""
        return self.seen.key and not self.is_open

    @property
    def is_explained(self) -> bool:
        """Whether the explanation may be shown."""
        return self.seen.explanation and not self.is_open

    @property
    def rubric(self) -> range:
        """The lines of the rubric (from 1) that may be seen; none until nothing can be given away any more."""
        shown = self.question.type.is_marked_by_people and self.is_revealed
        return range(1, len(self.question.type.answers) + 1) if shown else range(0)

    @property
    def outcomes(self) -> Mapping[int, Outcome]:
        """What to say beside each choice or line of the last response, as the type tells."""
        found = self.question.type.outcomes(self.response, self.is_revealed)
        return found if self.seen == ALL_SEEN else {place: self._cut(one) for place, one in found.items()}

    def _cut(self, outcome: Outcome) -> Outcome:
        """What may be shown now of what is said beside a choice or line."""
        verdict = outcome.verdict if self.seen.marks or outcome.verdict == "missed" else ""
        if self.seen.feedback:
            return replace(outcome, verdict=verdict)
        return replace(outcome, verdict=verdict, feedback=NO_PROSE, remarks=())


@dataclass(frozen=True, slots=True)
class Standing:
    """One attempt at a check or quiz; that at a quiz has `terms`. `tries` is the highest try number so far."""

    attempt_id: str
    slots: tuple[Slot, ...]
    started: datetime | None = None
    submitted: datetime | None = None
    terms: Terms | None = None
    deadline: datetime | None = None
    position: int = 1

    @property
    def tries(self) -> int:
        """The number of the last try; 0 before the first."""
        return max((slot.tries for slot in self.slots), default=0)

    @property
    def is_finished(self) -> bool:
        """Whether no question may be tried any more."""
        return not any(slot.is_open for slot in self.slots)

    @property
    def is_passed(self) -> bool:
        """Whether the score of a quiz is enough; at a check, whether every question is right."""
        if self.terms:
            return is_passed(self.score, self.terms.pass_mark)
        return all(slot.is_solved for slot in self.slots)

    @property
    def solved(self) -> int:
        """How many questions are right."""
        return sum(slot.is_solved for slot in self.slots)

    @property
    def score(self) -> Fraction:
        """Points earned over points possible, 0 … 1, without void and survey questions and what awaits a person."""
        possible = sum((slot.question.points for slot in self.counted), Fraction(0))
        return sum((slot.points for slot in self.counted), Fraction(0)) / possible if possible else Fraction(1)

    @property
    def counted(self) -> tuple[Slot, ...]:
        """The questions that count for the score."""
        return tuple(slot for slot in self.slots if is_counted(slot.question) and not slot.awaits_person)


def with_seen(standing: Standing, closes: datetime | None, now: datetime) -> Standing:
    """An attempt at a quiz with what its learner may see of each question now; `closes` is when the quiz does."""
    if standing.terms is None:
        return standing
    reveal, is_submitted = standing.terms.reveal, standing.submitted is not None
    is_closed = closes is not None and now >= closes
    slots = tuple(
        replace(slot, seen=seen(reveal, not slot.is_open, is_submitted, is_closed)) for slot in standing.slots
    )
    return replace(standing, slots=slots)


def mark_all(questions: Sequence[Question], responses: Sequence[Response]) -> list[Mark]:
    """Mark each response; both in slot order."""
    return [question.type.mark(response) for question, response in zip(questions, responses, strict=True)]
