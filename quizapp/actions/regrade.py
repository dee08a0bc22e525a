"""Regrade: mark what was answered again by the questions of now. See first what would change, then change that."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.actions.lessons import settle_lessons
from quizapp.actions.previews import Preview, allowed, make_preview
from quizapp.actions.remarking import Plan, Remarker, SlotChange, versions_stored
from quizapp.content.model import Catalogue
from quizapp.content.snapshots import take
from quizapp.errors import NotFound
from quizapp.grading.rekeying import Present, marks_alike
from quizapp.grading.standing import Standing
from quizapp.questions.base import Question
from quizapp.store import accounts, attempts, notices, regrades, snapshots
from quizapp.store.attempts import Result
from quizapp.store.database import Connection, Database
from quizapp.store.notices import NewNotice

SCORE_ROSE = "score-rose"
MAX_NAMED = 5  # questions that the record names


@dataclass(frozen=True, slots=True)
class Applied:
    """What a regrade did: how many marks in how many attempts, whose scores rose or fell, who passed or no longer does.

    `skipped` attempts were answered or marked meanwhile; they can be regraded again.
    """

    marks: int = 0
    attempts: int = 0
    rose: int = 0
    fell: int = 0
    newly_passed: int = 0
    no_longer_passed: int = 0
    told: int = 0
    skipped: int = 0


def preview(
    database: Database,
    catalogue: Catalogue,
    since: datetime | None = None,
    question: str = "",
    allow_lower: bool = False,
) -> Preview:
    """What marking by the questions of now would change, in attempts begun since then, at one question or at all.

    Nothing is stored. Raises NotFound for the key of no question.
    """
    present = Present(catalogue)
    wanted = present.version_of(question) if question else None
    if question and wanted is None:
        raise NotFound(f"There is no question {question}.")
    with database.reading() as connection:
        keys = _keys_to_regrade(connection, present, wanted)
        remarker = Remarker(present, keys)
        plans = tuple(_plans(connection, remarker, keys, since))
        names = regrades.people(connection, {plan.stored.learner_id for plan in plans})
    return make_preview(plans, remarker, names, allow_lower)


def apply(
    database: Database,
    catalogue: Catalogue,
    found: Preview,
    now: datetime,
    *,
    chosen: Collection[str] | None = None,
    reason: str = "",
    author: int | None = None,
) -> Applied:
    """Do what a preview found, at the questions of the chosen keys or at all, and tell whose score rose.

    `author` is the account that does it, None for a command of the operator. An attempt that was answered or marked
    since is left as it is.
    """
    every = [(plan, allowed(plan, found.allow_lower, chosen)) for plan in found.plans]
    work = [(plan, changes, found.remarker.after(plan.stored, changes)) for plan, changes in every if changes]
    if not work:
        return Applied()
    questions = {change.now.fingerprint: change.now for _, changes, _ in work for change in changes}
    taken = [take(question) for question in questions.values()]
    with database.writing() as connection:
        fresh = _locked(connection, [plan for plan, _, _ in work])
        kept = [one for one in work if fresh.get(one[0].stored.id) == one[0].stored]
        snapshots.keep_snapshots(connection, taken)
        for plan, changes, after in kept:
            _store(connection, plan, changes, after, reason, author, now)
        told = _notices(connection, catalogue, kept)
        notices.add_notices(connection, told, now)
        done = _applied(kept, len(told), len(work) - len(kept))
        if kept:
            _settle(connection, catalogue, kept, now)
            regrades.raise_versions(connection, {plan.stored.learner_id for plan, _, _ in kept})
            keys = sorted({change.now.key for _, changes, _ in kept for change in changes})
            accounts.note(connection, author, "regraded", None, now, _detail(keys, done, reason))
        return done


Work = tuple[Plan, Sequence[SlotChange], Standing]


def _keys_to_regrade(connection: Connection, present: Present, wanted: Question | None) -> set[str]:
    """The keys under which attempts asked questions of which a version marks otherwise than that of now."""
    met: dict[str, list[tuple[str, Question]]] = {}
    for key, fingerprint in regrades.versions_met(connection):
        now = present.version_of(key)
        if now and fingerprint != now.fingerprint and wanted in (None, now):
            met.setdefault(fingerprint, []).append((key, now))
    known = versions_stored(connection, met)
    return {
        key
        for fingerprint, asked in met.items()
        for key, now in asked
        if (version := known.get(fingerprint)) is None or not marks_alike(version, now)
    }


def _plans(connection: Connection, remarker: Remarker, keys: Collection[str], since: datetime | None) -> Iterable[Plan]:
    for some in regrades.attempts_asking(connection, keys, since):
        remarker.look_up(connection, some)
        by_people = regrades.marked_by_people(connection, [one.id for one in some])
        yield from (plan for one in some if (plan := remarker.plan(one, by_people)))


def _locked(connection: Connection, plans: Sequence[Plan]) -> dict[int, attempts.StoredAttempt]:
    """The attempts as they are stored now, by row id, which nobody changes until the transaction ends."""
    for public_id in sorted(plan.stored.public_id for plan in plans):
        attempts.lock_attempt(connection, public_id)
    return {one.id: one for one in regrades.find_attempts(connection, [plan.stored.id for plan in plans])}


def _store(
    connection: Connection,
    plan: Plan,
    changes: Sequence[SlotChange],
    after: Standing,
    reason: str,
    author: int | None,
    now: datetime,
) -> None:
    for change in changes:
        regrades.add_marks(connection, change.now, change.marks, reason, author, now)
    attempts.update_attempt(connection, plan.stored.id, Result(after.score, after.is_passed, plan.stored.submitted))


def _notices(connection: Connection, catalogue: Catalogue, work: Sequence[Work]) -> list[NewNotice]:
    """What those are told whose score rose; who is nobody any more is told nothing."""
    known = regrades.people(connection, {plan.stored.learner_id for plan, _, _ in work})
    return [
        NewNotice(plan.stored.learner_id, SCORE_ROSE, _about(catalogue, plan, after))
        for plan, _, after in work
        if after.score > plan.before.score and plan.stored.learner_id in known
    ]


def _about(catalogue: Catalogue, plan: Plan, after: Standing) -> dict[str, str]:
    asking = catalogue.asking(plan.stored.content_key)
    return {
        "attempt": plan.stored.public_id,
        "content": plan.stored.content_key,
        "title": asking.title if asking else plan.stored.content_key,
        "old": f"{float(plan.before.score):.6f}",
        "new": f"{float(after.score):.6f}",
    }


def _settle(connection: Connection, catalogue: Catalogue, work: Sequence[Work], now: datetime) -> None:
    """Complete the lessons that the checks whose scores rose complete now."""
    lessons: dict[int, set[str]] = {}
    for plan, _, after in work:
        is_better = after.score > plan.before.score or (after.is_passed and not plan.before.is_passed)
        asking = catalogue.asking(plan.stored.content_key) if is_better and plan.stored.terms is None else None
        if asking:
            lessons.setdefault(plan.stored.learner_id, set()).add(asking.key)
    for learner, keys in lessons.items():
        settle_lessons(connection, catalogue, learner, now, keys)


def _applied(work: Sequence[Work], told: int, skipped: int) -> Applied:
    return Applied(
        marks=sum(len(change.marks) for _, changes, _ in work for change in changes),
        attempts=len(work),
        rose=sum(after.score > plan.before.score for plan, _, after in work),
        fell=sum(after.score < plan.before.score for plan, _, after in work),
        newly_passed=sum(after.is_passed and not plan.before.is_passed for plan, _, after in work),
        no_longer_passed=sum(plan.before.is_passed and not after.is_passed for plan, _, after in work),
        told=told,
        skipped=skipped,
    )


def _detail(keys: Sequence[str], done: Applied, reason: str) -> str:
    """What the record of who did what says of a regrade."""
    told = ", ".join(keys[:MAX_NAMED]) + (", …" if len(keys) > MAX_NAMED else "")
    return f"{told}: {done.marks} marks in {done.attempts} attempts" + (f". {reason}" if reason else "")
