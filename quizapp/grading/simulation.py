"""Robots take a quiz as learners do: drawn, marked and kept by the rules of the quiz; what comes of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from random import Random

from quizapp.content.guessing import Guessing
from quizapp.content.model import Quiz, QuizSettings
from quizapp.grading.draw import draw_order, draw_questions
from quizapp.grading.quizzes import Seen, is_passed, kept_score, seen
from quizapp.grading.robots import Robot, Told
from quizapp.grading.sheets import Answer, Sheet, answer_of, places_spoken_of, sheet_of
from quizapp.grading.standing import Slot, Standing, mark_all, points_of, solves
from quizapp.questions.base import Control, Mark, Question, Response

MAX_ATTEMPTS = 20  # of one robot, where the quiz has no limit
MAX_TRIES = 100  # of one question, the same
SIGMAS = 4.5  # by which chance alone brings a robot above what is so in about one of 300,000 simulations


@dataclass(frozen=True, slots=True)
class Result:
    """How many of the learners that a robot played passed, and the mean of the scores that counted."""

    robot: str
    learners: int
    passed: int
    mean_score: Fraction

    @property
    def rate(self) -> Fraction:
        """The share that passed."""
        return Fraction(self.passed, self.learners)


def simulate(quiz: Quiz, robot: Robot, learners: int, seed: int) -> Result:
    """Have a robot take a quiz as so many learners; the same seed gives the same."""
    kept = [_Learner(quiz, robot, f"{seed} {robot.name} {number}").take() for number in range(learners)]
    mark = quiz.settings.pass_mark
    return Result(
        robot.name, learners, sum(is_passed(score, mark) for score in kept), sum(kept, Fraction(0)) / learners
    )


def too_often(quiz: Quiz, guessing: Guessing, results: Iterable[Result]) -> list[Result]:
    """The robots without knowledge that passed more often than guessing allows, beyond what chance explains.

    What guessing allows is its chance over all attempts, or what the author wants where that is more. `eliminator`
    is left out where something is shown before the last attempt ends: to use that is no fault of a quiz.
    """
    allowed = max(guessing.overall.value, quiz.settings.guessing or Fraction(0))
    is_told = quiz.settings.reveal.is_during or quiz.settings.attempts != 1
    informed = {"perfect", "eliminator"} if is_told else {"perfect"}
    return [one for one in results if one.robot not in informed and one.passed > most_by_chance(allowed, one.learners)]


def most_by_chance(share: Fraction, learners: int) -> float:
    """How many of some learners pass at most, when that share of all does."""
    return float(learners * share) + SIGMAS * sqrt(learners * share * (1 - share)) + 1


class _Learner:
    """One learner that a robot plays; `name` makes everything random."""

    def __init__(self, quiz: Quiz, robot: Robot, name: str) -> None:
        self.quiz, self.robot, self.name = quiz, robot, name
        self.secret = name.encode()
        self.dice = Random(name)  # noqa: S311 (a robot guesses, it keeps no secret)
        self.told: defaultdict[str, Told] = defaultdict(Told)
        self.often: Counter[str] = Counter()

    @property
    def settings(self) -> QuizSettings:
        return self.quiz.settings

    def take(self) -> Fraction:
        """Make attempts until one is enough or none is left; the score that counts then."""
        kept, scores = Fraction(0), list[Fraction]()
        is_new = self.robot.is_always_new and self.settings.attempts is None
        is_decided = self.settings.keep == "first" and not is_new  # by the first
        for number in range(1 if is_decided else self.settings.attempts or MAX_ATTEMPTS):
            if is_new:
                self.often.clear()
                scores.clear()
            scores.append(self.attempt(str(number)))
            kept = kept_score(self.settings.keep, scores) or Fraction(0)
            if is_passed(kept, self.settings.pass_mark):
                break
        return kept

    def attempt(self, seed: str) -> Fraction:
        """One attempt; its score. What is shown at its end is learnt where the robot learns."""
        questions = draw_questions(self.secret, seed, self.quiz.entries, self.often)
        slots = [self.slot(question, seed, number) for number, question in enumerate(questions, start=1)]
        self.often.update(question.key for question in questions)
        if self.robot.retries:
            for slot in slots:
                self.learn(slot.question, slot.control, slot.response, seen(self.settings.reveal, True, True, False))
        return Standing("", tuple(slots)).score

    def slot(self, question: Question, seed: str, number: int) -> Slot:
        """Answer one question, again as long as the robot wants and may."""
        slot = Slot(question, draw_order(self.secret, seed, number, question))
        control, most = slot.control, self._tries(question)
        sheet = sheet_of(question, control)
        for tried in range(1, most + 1):
            response = control.read(sheet.values(self.robot.answer(sheet, self._told(question, control), self.dice)))
            [mark] = mark_all([question], [response])
            slot = _after(slot, response, mark, tried)
            if tried == most or mark.status != "graded" or not slot.is_open:
                break
            self.learn(question, control, response, seen(self.settings.reveal, False, False, False))
        return slot

    def _tries(self, question: Question) -> int:
        """How often a question is answered: once, unless it is checked at once."""
        if not (self.robot.retries and self.settings.reveal.is_during):
            return 1
        return len(question.tries) or MAX_TRIES

    def _told(self, question: Question, control: Control) -> Told:
        """What the robot knows of a question."""
        told = self.told[question.key]
        if self.robot.knows_the_key and told.key is None:
            told.key = _key(question, control)
        return told

    def learn(self, question: Question, control: Control, response: Response, shown: Seen) -> None:
        """Keep what is shown of an answered question."""
        told, sheet = self.told[question.key], sheet_of(question, control)
        if shown.key:
            told.key = _key(question, control)
        if shown.marks and response is not None:
            _keep_verdicts(told, sheet, question, control, response)


def _after(slot: Slot, response: Response, mark: Mark, tried: int) -> Slot:
    """The slot after a try; what cannot be read is asked back, and counts as blank."""
    earned = points_of(slot.question, mark, tried)
    return Slot(
        question=slot.question,
        order=slot.order,
        response=response if mark.status == "graded" else None,
        credit=mark.credit,
        points=max(slot.points, earned),
        tries=tried,
        awaits_person=mark.awaits_person,
    )


def _key(question: Question, control: Control) -> frozenset[tuple[str, str]] | None:
    """The right answer in words; None where only a pattern or a person tells it."""
    right = question.type.correct_response
    if right is None:
        return None
    sheet = sheet_of(question, control)
    return sheet.in_words(answer_of(sheet, control.values(right)))


def _keep_verdicts(told: Told, sheet: Sheet, question: Question, control: Control, response: Response) -> None:
    answer = answer_of(sheet, control.values(response))
    words = sheet.in_words(answer)
    is_right = solves(question, question.type.mark(response).credit)
    if is_right:
        told.right |= words
        return
    told.failed.add(words)
    if sheet.kind in ("one", "typed"):
        told.wrong |= words
        return
    for place, verdict in _verdicts(question, control, response, answer).items():
        said = sheet.in_words({place: answer[place]})
        told.right |= said if verdict == "right" else set()
        told.wrong |= said if verdict == "wrong" else set()


def _verdicts(question: Question, control: Control, response: Response, answer: Answer) -> Mapping[int, str]:
    """What is said beside each field that was filled in."""
    outcomes = question.type.outcomes(response, revealed=False)
    positions = places_spoken_of(control)
    return {place: outcomes[positions[place]].verdict for place in answer if place < len(positions)}
