"""The chance to pass a quiz by guessing, of somebody who knows nothing and answers everything at random."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor, log10

from quizapp.content.drawn import MAX_STEPS, Pool, Sums, added, clusters, drawn_sums, draws_alike, highest, keys_of
from quizapp.content.model import Entry, Quiz, QuizSettings
from quizapp.questions.base import Question
from quizapp.questions.guesses import Chances, best_of

MAX_DECIMALS = 6  # of a chance in %
LEAST = "less than 0.00001 %"
MAX_DIGITS = 100_000  # binary ones of a chance over all attempts; beyond them it is bounded
NOTHING: Chances = {Fraction(0): Fraction(1)}
UNCOUNTED = {"survey", "void"}


@dataclass(frozen=True, slots=True)
class Chance:
    """How probable something is; the real value is no higher, and lower only where it `is_exact` not."""

    value: Fraction
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Guessing:
    """How probable it is to pass a quiz by guessing: in one attempt, and in all that it allows."""

    once: Chance
    overall: Chance


def chance_to_guess(quiz: Quiz) -> Guessing | None:
    """How probable it is to pass a quiz by guessing; None where nothing is to pass.

    Each question gets a random response (`QuestionType.guesses`), each attempt a draw of its own; nothing is learnt
    from one attempt for the next, and whoever passed stops. Essays and what is typed earn nothing, surveys and void
    questions do not count, drafts are not asked. Where questions are checked during the attempt, they are tried until
    they are right or no try is left, with no response given twice; what is said beside single lines is not used.

    One attempt: exact, unless a type or the work says otherwise (`is_exact`). All attempts: exact where it makes no
    difference which questions are drawn. Where it does, an attempt depends on those before (what was seen least is
    drawn first), and the chance is bounded by the sum over the attempts.
    """
    settings, entries = quiz.settings, asked(quiz.entries)
    if settings.pass_mark is None:
        return None
    questions = {question.key: question for entry in entries for question in entry.pool}
    pools = tuple(Pool(tuple(question.key for question in entry.pool), entry.count) for entry in entries)
    gives = tuple((key, tuple(sorted(_margin(one, settings).items()))) for key, one in questions.items())
    is_exact = all(_is_exact(question) for question in questions.values())
    found = _chances(pools, gives, settings.attempts, settings.keep)
    return found if is_exact else Guessing(Chance(found.once.value, False), Chance(found.overall.value, False))


def too_easy(quiz: Quiz) -> Chance | None:
    """The chance over all attempts, where it is above what the author of a quiz wants; None where all is well."""
    limit = quiz.settings.guessing
    guessing = chance_to_guess(quiz) if limit is not None else None
    return guessing.overall if guessing and limit is not None and guessing.overall.value > limit else None


def in_percent(share: Fraction) -> str:
    """A chance in %, to two digits that say something, and never rounded to what is sure: 3.2 %, 0.00012 %, 99.9 %."""
    percent = share * 100
    if percent in (0, 100):
        return f"{int(percent)} %"
    if percent > 99:
        return f"{min(float(percent), 99.9):.1f} %"
    digits = max(1 - _magnitude(percent), 0)
    shown = f"{float(percent):.{digits}f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} %" if digits <= MAX_DECIMALS else LEAST


def _magnitude(number: Fraction) -> int:
    """The power of ten of a number above 0."""
    return floor(log10(number.numerator) - log10(number.denominator))


def asked(entries: Sequence[Entry]) -> list[Entry]:
    """The entries as learners get them: without drafts, and without empty pools."""
    shown = [entry for entry in entries if not entry.visibility.is_draft]
    pools = [tuple(question for question in entry.pool if "draft" not in question.words) for entry in shown]
    return [Entry(pool, entry.count) for entry, pool in zip(shown, pools, strict=True) if pool]


def _is_exact(question: Question) -> bool:
    return bool(UNCOUNTED & set(question.words)) or question.type.guesses().is_exact


def _margin(question: Question, settings: QuizSettings) -> Chances:
    """By how many points a guessed question brings an attempt above its pass mark, or below it."""
    if UNCOUNTED & set(question.words) or not question.points:
        return NOTHING
    guesses, needed = question.type.guesses(), settings.pass_mark or Fraction(0)
    worths = question.tries if settings.reveal.is_during else (question.tries or (Fraction(1),))[:1]
    earned = best_of(guesses, worths)
    return {question.points * (credit - needed): chance for credit, chance in earned.items()}


@lru_cache(maxsize=128)
def _chances(
    pools: tuple[Pool, ...],
    gives: tuple[tuple[str, tuple[tuple[Fraction, Fraction], ...]], ...],
    attempts: int | None,
    keep: str,
) -> Guessing:
    margins: dict[str, Chances] = {key: dict(chances) for key, chances in gives}
    sums = drawn_sums(pools, margins)
    once = Chance(sums.passing, sums.is_exact)
    if keep == "first" or attempts == 1 or not once.value:
        return Guessing(once, once)
    groups = clusters(pools)
    if attempts is None:
        # A mean that began low need not reach the pass mark, however often it is tried.
        return Guessing(once, Chance(Fraction(1), once.is_exact and keep != "mean"))
    if all(draws_alike(group, margins) for group in groups):
        return Guessing(once, _with_mean(sums, attempts) if keep == "mean" else _in_any(once, attempts))
    if all(len(group) == 1 for group in groups):
        return Guessing(once, Chance(min(once.value * attempts, Fraction(1)), is_exact=False))
    return Guessing(once, Chance(_in_any(_best_draw(pools, margins), attempts).value, is_exact=False))


def _in_any(once: Chance, attempts: int) -> Chance:
    """In any of some attempts that do not depend on each other."""
    if once.value.denominator.bit_length() * attempts > MAX_DIGITS:
        return Chance(min(once.value * attempts, Fraction(1)), is_exact=False)
    return Chance(1 - (1 - once.value) ** attempts, once.is_exact)


def _best_draw(pools: Sequence[Pool], margins: Mapping[str, Chances]) -> Chance:
    """In one attempt that gets the best questions of pools which overlap: what others left is no even draw."""
    best: dict[str, Chances] = {}
    for group in clusters(pools):
        keys = keys_of(group)
        kind = [margins[key] for key in keys]
        best |= dict(zip(keys, kind if draws_alike(group, margins) else [highest(kind)] * len(keys), strict=True))
    return Chance(drawn_sums(pools, best).passing, is_exact=False)


def _with_mean(sums: Sums, attempts: int) -> Chance:
    """That the mean of all attempts so far is enough after one of them; attempts do not depend on each other.

    All have the same points, so that the mean is enough as soon as what they are above the pass mark, together, is.
    """
    passed, failing, over = Fraction(0), {0: 1}, 1
    for _ in range(attempts):
        if len(failing) * len(sums.weights) > MAX_STEPS // attempts:
            return Chance(_in_any(Chance(sums.passing), attempts).value, is_exact=False)
        totals, over = added(failing, sums.weights), over * sums.denominator
        passed += Fraction(sum(weight for total, weight in totals.items() if total >= 0), over)
        failing = {total: weight for total, weight in totals.items() if total < 0}
    return Chance(passed, sums.is_exact)
