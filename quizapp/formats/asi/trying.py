"""What answers earn, found by giving them to the rules of an item, and held against what a question of ours gives.

Nothing is concluded from how rules are written: all answers are tried where they are few, else those that tell the
most. A question is compared after it was written and read again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from quizapp.formats.asi.processing import Rules
from quizapp.formats.asi.tree import Node
from quizapp.formats.asi.values import Unsupported, Value
from quizapp.questions.base import QuestionType, Response

Given = Mapping[str, Value]
Respond = Callable[[QuestionType, Given], Response]  # an answer of QTI as a response to a question of ours
CLOSE = Fraction(1, 500_000)  # credit is kept to the millionth


@dataclass(frozen=True, slots=True)
class Trial:
    """An answer, what it earns, and the outcomes that show feedback; `words` name it to people."""

    given: Given
    score: Fraction
    outcomes: Mapping[str, Value]
    words: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is answered."""
        return all(value is None for value in self.given.values())


@dataclass(slots=True)
class Trier:
    """Gives answers to the rules of an item; what was given once is not given again."""

    rules: Rules
    named: Callable[[Given], str] = lambda given: "nothing"
    known: dict[tuple[tuple[str, Value], ...], Trial] = field(default_factory=dict)

    @property
    def score_name(self) -> str:
        """The outcome that is the score. Raises Unsupported where no outcome is."""
        numbers = [name for name, one in self.rules.outcomes.items() if one.base in ("float", "integer")]
        if "SCORE" in numbers or self.rules.template:
            return "SCORE"
        named = [name for name in numbers if name.upper() not in ("MAXSCORE", "MINSCORE", "PASSED")]
        if len(named) != 1:
            raise Unsupported("it has no outcome SCORE, so that it is not known what an answer earns.")
        return named[0]

    def given(self, given: Given) -> Trial:
        """Try one answer."""
        key = tuple(sorted(given.items(), key=lambda pair: pair[0]))
        if key not in self.known:
            outcomes = self.rules.outcomes_of(given)
            score = outcomes.get(self.score_name)
            number = score if isinstance(score, Fraction) else Fraction(0)
            self.known[key] = Trial(given, number, outcomes, self.named(given))
        return self.known[key]

    def every(self, given: Iterable[Given]) -> list[Trial]:
        """Try several answers, each once."""
        found = {id(trial): trial for trial in map(self.given, given)}
        return list(found.values())

    def most(self, trials: Sequence[Trial]) -> Fraction:
        """The highest score: of what was tried, or what MAXSCORE declares where that is more. Raises Unsupported."""
        best = max(trial.score for trial in trials)
        declared = self.rules.outcomes.get("MAXSCORE")
        most = declared.default if declared and isinstance(declared.default, Fraction) else best
        if best <= 0:
            raise Unsupported("no answer earns anything by its rules, as far as was tried.")
        return max(best, most)


def differing(
    trials: Sequence[Trial], kind: QuestionType, points: Fraction, respond: Respond
) -> list[tuple[Trial, Fraction]]:
    """The answers for which a question gives other points than its source, and what it gives."""
    found = []
    for trial in trials:
        mark = kind.mark(respond(kind, trial.given))
        points_here = mark.credit * points if mark.status == "graded" else Fraction(0)
        if abs(points_here - trial.score) > CLOSE * max(points, Fraction(1)):
            found.append((trial, points_here))
    return found


def told_difference(trials: Sequence[Trial], found: Sequence[tuple[Trial, Fraction]], most: Fraction) -> str:
    """What differs, in a sentence. Raises Unsupported where another answer would earn all."""
    for trial, points in found:
        if (trial.score >= most) != (points >= most):
            raise Unsupported(
                f"{trial.words} earns {short(trial.score)} of {short(most)} by its rules and would earn "
                f"{short(points)} here: no credit rule says what they say."
            )
    trial, points = found[0]
    many = "1 answer earns" if len(found) == 1 else f"{len(found)} answers earn"
    return (
        f"of {len(trials)} answers that were tried, {many} other points than by its rules: {trial.words} earned "
        f"{short(trial.score)} of {short(most)} and earns {short(points)} now."
    )


def share_of(score: Fraction, most: Fraction) -> Fraction:
    """The credit that a score is, to the millionth; less than nothing is nothing, and more than all is all."""
    share = min(max(score / most, Fraction(0)), Fraction(1))
    return Fraction(round(share * 10**6), 10**6)


def short(number: Fraction) -> str:
    """A number for people."""
    return f"{float(number):.4g}"


def feedback_shown(node: Node, trial: Trial) -> bool:
    """Whether a feedback is shown after an answer."""
    value = trial.outcomes.get(node.get("outcomeidentifier"))
    held = value if isinstance(value, tuple) else (value,)
    return (node.get("identifier") in held) != (node.get("showhide", "show") == "hide")
