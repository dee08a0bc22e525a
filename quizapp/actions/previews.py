"""What a regrade would do: values for those who decide on it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from quizapp.actions.remarking import Plan, Remarker, SlotChange, Why
from quizapp.grading.standing import Standing
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class Change:
    """What a regrade does to one question of one attempt; `learner` is empty for a guest.

    Points are those of the question; scores (0 … 1) those of the attempt, after all that would change in it. One that
    `loses` would lower the score by itself.
    """

    attempt: str
    learner: str
    slot: int
    old_points: Fraction
    new_points: Fraction
    old_score: Fraction
    new_score: Fraction
    was_passed: bool
    is_passed: bool
    loses: bool

    @property
    def is_up(self) -> bool:
        """Whether it is for the better: in points, else in the score."""
        return (self.new_points, self.new_score) > (self.old_points, self.old_score)


@dataclass(frozen=True, slots=True)
class QuestionPreview:
    """What a regrade does to the marks of one question: `changes` are made, `left_out` would lower a score.

    `not_regradable` says how many responses cannot be marked again, by why.
    """

    question: Question
    changes: tuple[Change, ...]
    left_out: tuple[Change, ...] = ()
    not_regradable: Mapping[Why, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.question.key

    @property
    def place(self) -> str:
        """Where it is written: file and line."""
        return f"{self.question.path}:{self.question.line}"

    @property
    def up(self) -> int:
        """How many change for the better."""
        return sum(change.is_up for change in self.changes)

    @property
    def down(self) -> int:
        """How many change for the worse."""
        return len(self.changes) - self.up

    @property
    def newly_passed(self) -> tuple[Change, ...]:
        """The attempts that are passed then, and were not."""
        return tuple(change for change in self.changes if change.is_passed and not change.was_passed)

    @property
    def no_longer_passed(self) -> tuple[Change, ...]:
        """The attempts that were passed, and are not then."""
        return tuple(change for change in self.changes if change.was_passed and not change.is_passed)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a regrade would do, by question; the `digest` tells one preview from another that allows as much."""

    questions: tuple[QuestionPreview, ...]
    digest: str
    allow_lower: bool
    plans: tuple[Plan, ...] = field(repr=False)
    remarker: Remarker = field(repr=False)

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to apply."""
        return any(question.changes for question in self.questions)


def make_preview(plans: tuple[Plan, ...], remarker: Remarker, names: Mapping[int, str], allow_lower: bool) -> Preview:
    """The preview of what some plans hold; `names` are those of learners, empty for guests."""
    made: dict[str, list[Change]] = {}
    left_out: dict[str, list[Change]] = {}
    troubles: dict[str, Counter[Why]] = {}
    questions: dict[str, Question] = {}
    for plan in plans:
        kept_of = allowed(plan, allow_lower, None)
        after = remarker.after(plan.stored, kept_of) if kept_of else plan.before
        for change in plan.changes:
            questions[change.now.key] = change.now
            kept, stands = (made, after) if change in kept_of else (left_out, change.alone)
            learner = names.get(plan.stored.learner_id, "")
            kept.setdefault(change.now.key, []).append(_change(plan, change, stands, learner))
        for now, why in plan.troubles:
            questions[now.key] = now
            troubles.setdefault(now.key, Counter())[why] += 1
    listed = tuple(
        QuestionPreview(question, tuple(made.get(key, ())), tuple(left_out.get(key, ())), troubles.get(key, {}))
        for key, question in sorted(questions.items(), key=lambda one: (one[1].path, one[1].line, one[0]))
    )
    return Preview(listed, _digest(plans), allow_lower, plans, remarker)


def _change(plan: Plan, change: SlotChange, after: Standing, learner: str) -> Change:
    return Change(
        attempt=plan.stored.public_id,
        learner=learner,
        slot=change.slot,
        old_points=change.old,
        new_points=change.new,
        old_score=plan.before.score,
        new_score=after.score,
        was_passed=plan.before.is_passed,
        is_passed=after.is_passed,
        loses=change.loses,
    )


def _digest(plans: Iterable[Plan]) -> str:
    """What tells two previews apart: whose marks become what, by which versions."""
    made = [
        (plan.stored.public_id, change.slot, change.now.fingerprint, change.loses, str(change.old), str(change.new))
        for plan in plans
        for change in plan.changes
    ]
    return hashlib.sha256(repr(sorted(made)).encode()).hexdigest()[:32]


def allowed(plan: Plan, allow_lower: bool, chosen: Collection[str] | None) -> list[SlotChange]:
    """The changes of an attempt that are made: at these questions, and none that takes away, unless that is allowed."""
    return [
        change
        for change in plan.changes
        if (allow_lower or not change.loses) and (chosen is None or change.now.key in chosen)
    ]
