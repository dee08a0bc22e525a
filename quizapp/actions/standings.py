"""From what is stored of an attempt to how it stands: its questions as they were shown, with what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from quizapp.content.snapshots import Snapshot, restore
from quizapp.errors import CheckChanged
from quizapp.grading.rekeying import rekeyed
from quizapp.grading.standing import Slot, Standing
from quizapp.questions.base import Question
from quizapp.store import attempts, snapshots
from quizapp.store.attempts import MarkedResponse, StoredAttempt
from quizapp.store.database import Connection


def standing_of(connection: Connection, stored: StoredAttempt, current: Iterable[Question]) -> Standing:
    """How a stored attempt stands. `current` are questions of now, which need not be looked up if they were shown."""
    standing = standing_in(as_shown(connection, current, versions_in(stored)), stored)
    if not any(slot.question.type.is_marked_by_people for slot in standing.slots):
        return standing
    met = attempts.assessments_of(connection, stored.id)
    slots = tuple(replace(slot, met=met.get(number)) for number, slot in enumerate(standing.slots, start=1))
    return replace(standing, slots=slots)


def standing_in(versions: Mapping[str, Question], stored: StoredAttempt) -> Standing:
    """How a stored attempt stands; `versions` are those of its questions by fingerprint, as `versions_in` names them.

    What was marked by another version than the one that was shown has that one's key.
    """
    given = _by_slot(stored)
    slots = tuple(
        Slot(
            _as_marked(versions[one.fingerprint], versions.get(marked_by(given.get(one.slot, ())))),
            one.order,
            is_flagged=one.is_flagged,
            hints=one.hints,
        )
        for one in stored.questions
    )
    return filled(Standing(stored.public_id, slots), stored)


def versions_in(stored: StoredAttempt) -> list[str]:
    """The fingerprints of all versions that an attempt showed or was marked by."""
    marked = [one.marked_by for one in stored.responses if one.marked_by]
    return list(dict.fromkeys([*(one.fingerprint for one in stored.questions), *marked]))


def marked_by(given: Sequence[MarkedResponse]) -> str:
    """The version that the responses to a question were marked by last, empty for the one that was shown."""
    return next((one.marked_by for one in reversed(given) if one.marked_by), "")


def _as_marked(shown: Question, version: Question | None) -> Question:
    return shown if version is None else rekeyed(shown, version) or shown


def as_shown(
    connection: Connection, current: Iterable[Question], fingerprints: Sequence[str]
) -> Mapping[str, Question]:
    """Questions in these versions, by fingerprint: those that are current, the others from their snapshots."""
    known = {question.fingerprint: question for question in current}
    gone = [fingerprint for fingerprint in fingerprints if fingerprint not in known]
    stored = snapshots.find_snapshots(connection, gone) if gone else {}
    return known | {fingerprint: restored(snapshot) for fingerprint, snapshot in stored.items()}


def restored(snapshot: Snapshot) -> Question:
    """The question of a snapshot. Raises CheckChanged when it cannot be read any more."""
    try:
        return restore(snapshot)
    except ValueError:
        raise CheckChanged("A question of this attempt cannot be shown any more. Start afresh.") from None


def filled(standing: Standing, stored: StoredAttempt) -> Standing:
    """The attempt with what was answered in it."""
    given = _by_slot(stored)
    is_submitted = stored.submitted is not None
    slots = tuple(
        _folded(_unanswered(slot, is_submitted), given.get(number, []))
        for number, slot in enumerate(standing.slots, start=1)
    )
    return replace(
        standing,
        slots=slots,
        started=stored.started,
        submitted=stored.submitted,
        terms=stored.terms,
        deadline=stored.deadline,
        position=stored.position,
    )


def _by_slot(stored: StoredAttempt) -> dict[int, list[MarkedResponse]]:
    given: dict[int, list[MarkedResponse]] = {}
    for one in stored.responses:
        given.setdefault(one.slot, []).append(one)
    return given


def with_responses(standing: Standing, responses: Sequence[MarkedResponse]) -> Standing:
    """The attempt after these tries at questions, one for each slot."""
    new = {one.slot: one for one in responses}
    slots = tuple(
        tried(slot, new[number]) if number in new else slot for number, slot in enumerate(standing.slots, start=1)
    )
    return replace(standing, slots=slots)


def tried(slot: Slot, one: MarkedResponse) -> Slot:
    """A question after one more try: the last one is its response, and the points are those of the best."""
    return replace(
        slot,
        response=one.value,
        credit=one.credit or Fraction(0),
        points=max(slot.points, one.points or Fraction(0)),
        tries=slot.tries + 1,
        awaits_person=one.credit is None,
        confidence=one.confidence,
        saved=one.try_number,
        saved_at=one.at,
        is_draft=False,
        comment=one.feedback,
        lines=one.lines,
    )


def counting(slot: Slot, given: Sequence[MarkedResponse]) -> list[MarkedResponse]:
    """The responses that are tries: what was checked, and once the attempt is submitted also the last draft."""
    tries = [one for one in given if not one.is_draft]
    last = given[-1] if given else None
    return [*tries, last] if slot.submitted and last and last.is_draft and last.value is not None else tries


def _unanswered(slot: Slot, is_submitted: bool) -> Slot:
    return Slot(slot.question, slot.order, submitted=is_submitted, is_flagged=slot.is_flagged, hints=slot.hints)


def _folded(slot: Slot, given: Sequence[MarkedResponse]) -> Slot:
    for one in counting(slot, given):
        slot = tried(slot, one)
    if given and given[-1].is_draft and not slot.submitted:
        last = given[-1]
        slot = replace(slot, response=last.value, confidence=last.confidence, is_draft=True)
    return replace(slot, saved=given[-1].try_number, saved_at=given[-1].at) if given else slot
