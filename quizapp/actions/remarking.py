"""What would change in one stored attempt if its questions were marked by their versions of now."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from quizapp.actions.standings import restored, standing_in, versions_in
from quizapp.content.snapshots import Snapshot
from quizapp.errors import CheckChanged
from quizapp.grading.rekeying import Present, rekeyed
from quizapp.grading.standing import Standing, is_counted, points_of
from quizapp.questions.base import Mark, Question
from quizapp.store import snapshots
from quizapp.store.attempts import DrawnQuestion, MarkedResponse, StoredAttempt
from quizapp.store.database import Connection
from quizapp.store.tables import MILLION

# Why a question of an attempt cannot be marked again: it is of another type now, its answers cannot be paired, a
# response cannot be read under the key of now, or the version that was shown is lost.
Why = Literal["type", "unpaired", "unread", "lost"]


def versions_stored(connection: Connection, fingerprints: Iterable[str]) -> dict[str, Question | None]:
    """The stored versions of questions, by fingerprint; None for one that cannot be read any more."""

    def read(snapshot: Snapshot) -> Question | None:
        try:
            return restored(snapshot)
        except CheckChanged:
            return None

    found = snapshots.find_snapshots(connection, fingerprints)
    return {fingerprint: read(snapshot) for fingerprint, snapshot in found.items()}


@dataclass(frozen=True, slots=True)
class SlotChange:
    """The marks that responses to one question of an attempt would get from its version `now`.

    `old` and `new` are its points; `alone` is how the attempt would stand after this change and no other.
    """

    slot: int
    now: Question
    marks: tuple[MarkedResponse, ...]
    old: Fraction
    new: Fraction
    alone: Standing
    loses: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """One attempt as it is stored and stands, what would change in it, and which of its questions cannot be marked."""

    stored: StoredAttempt
    before: Standing
    changes: tuple[SlotChange, ...]
    troubles: tuple[tuple[Question, Why], ...] = ()


class Remarker:
    """Marks attempts by the versions of now; it remembers the versions that it met, and what a response earned."""

    def __init__(self, present: Present, keys: Collection[str]) -> None:
        self._present, self._keys = present, keys
        self._versions: dict[str, Question] = {}
        self._lost: set[str] = set()
        self._rekeyed: dict[tuple[str, str], Question | None] = {}
        self._marks: dict[tuple[str, str, str], Mark] = {}

    def look_up(self, connection: Connection, stored: Iterable[StoredAttempt]) -> None:
        """Learn the versions that some attempts showed or were marked by."""
        met = {fingerprint for one in stored for fingerprint in versions_in(one)}
        found = versions_stored(connection, met - set(self._versions) - self._lost)
        self._versions |= {fingerprint: version for fingerprint, version in found.items() if version}
        self._lost |= met - set(self._versions)

    def plan(self, stored: StoredAttempt, by_people: Collection[int]) -> Plan | None:
        """What would change in an attempt; None where nothing would. `by_people` are responses that a person marked."""
        asked = [
            (one, now)
            for one in stored.questions
            if one.question_key in self._keys and (now := self._present.version_of(one.question_key))
        ]
        if self._lost & set(versions_in(stored)):
            return Plan(stored, Standing(stored.public_id, ()), (), tuple((now, "lost") for _, now in asked))
        before = standing_in(self._versions, stored)
        changes: list[SlotChange] = []
        troubles: list[tuple[Question, Why]] = []
        for drawn, now in asked:
            marks = self._new_marks(stored, drawn, now, by_people)
            if isinstance(marks, str):
                troubles.append((now, marks))
            elif marks and (change := self._change(stored, before, drawn.slot, now, marks)):
                changes.append(change)
        return Plan(stored, before, tuple(changes), tuple(troubles)) if changes or troubles else None

    def after(self, stored: StoredAttempt, changes: Iterable[SlotChange]) -> Standing:
        """How an attempt would stand after some changes."""
        every = list(changes)
        marks = {mark.id: mark for change in every for mark in change.marks}
        responses = tuple(marks.get(one.id, one) for one in stored.responses)
        versions = self._versions | {change.now.fingerprint: change.now for change in every}
        return standing_in(versions, replace(stored, responses=responses))

    def _change(
        self, stored: StoredAttempt, before: Standing, slot: int, now: Question, marks: tuple[MarkedResponse, ...]
    ) -> SlotChange | None:
        """The change that some marks make; None for marks that are as they were and move no score."""
        old, alike = before.slots[slot - 1].points, {one.id: _earned(one) for one in stored.responses}
        change = SlotChange(slot, now, marks, old, old, before, loses=False)
        after = self.after(stored, [change])
        is_moved = after.score != before.score or after.is_passed != before.is_passed
        if not is_moved and all(_earned(one) == alike[one.id] for one in marks):
            return None
        loses = after.score < before.score or (before.is_passed and not after.is_passed)
        return replace(change, new=after.slots[slot - 1].points, alone=after, loses=loses)

    def _new_marks(
        self, stored: StoredAttempt, drawn: DrawnQuestion, now: Question, by_people: Collection[int]
    ) -> tuple[MarkedResponse, ...] | Why:
        """The marks by the version of now that differ; where none does, the last one, which may still move a total."""
        shown = self._versions[drawn.fingerprint]
        target = self._version(shown, now)
        if target is None:
            return "type" if type(shown.type) is not type(now.type) else "unpaired"
        marked = [one for one in stored.responses if one.slot == drawn.slot and one.credit is not None]
        again = [replace(one, by="regrade", marked_by=now.fingerprint) for one in marked]
        if is_counted(target):
            for place, one in enumerate(again):
                if one.id not in by_people:
                    mark = self._mark(shown, now, target, one)
                    if mark.status == "invalid":
                        return "unread"
                    again[place] = _with(one, mark, target, stored)
        differing = [one for one, old in zip(again, marked, strict=True) if _earned(one) != _earned(old)]
        return tuple(differing or again[-1:])

    def _version(self, shown: Question, now: Question) -> Question | None:
        key = (shown.fingerprint, now.fingerprint)
        if key not in self._rekeyed:
            self._rekeyed[key] = rekeyed(shown, now)
        return self._rekeyed[key]

    def _mark(self, shown: Question, now: Question, target: Question, one: MarkedResponse) -> Mark:
        key = (shown.fingerprint, now.fingerprint, json.dumps(one.value, sort_keys=True))
        if key not in self._marks:
            self._marks[key] = target.type.mark(one.value)
        return self._marks[key]


def _with(one: MarkedResponse, mark: Mark, target: Question, stored: StoredAttempt) -> MarkedResponse:
    """A response with what a mark earns, as it is stored; one that a person is to mark keeps what it has."""
    if mark.awaits_person:
        return one
    cost = stored.terms.hint_cost if stored.terms else Fraction(0)
    points = points_of(target, mark, _try_of(one, stored), one.hints, cost)
    return replace(one, credit=_stored(mark.credit), points=_stored(points))


def _try_of(one: MarkedResponse, stored: StoredAttempt) -> int:
    """Which try a response is: in a quiz also drafts are numbered, and they are none."""
    if stored.terms is None:
        return one.try_number
    earlier = [other for other in stored.responses if other.slot == one.slot and other.try_number < one.try_number]
    return 1 + sum(not other.is_draft for other in earlier)


def _earned(one: MarkedResponse) -> tuple[Fraction | None, Fraction | None]:
    return one.credit, one.points


def _stored(value: Fraction) -> Fraction:
    return Fraction(round(value * MILLION), MILLION)
