"""Items of which each part earns its own: lines to match, gaps to fill, texts to choose or to type."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

from quizapp.formats.asi import typed
from quizapp.formats.asi.body import Interaction, Offered
from quizapp.formats.asi.drafting import Draft
from quizapp.formats.asi.trying import Given, Trial
from quizapp.formats.asi.values import Unsupported, Value

ALL_TRIED = 300  # answers up to which every one is tried
MAX_SLOTS = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A part: a line or a gap, and what may be put there. `pair` makes the value of a pair; without, it is a value."""

    response: str
    name: str
    options: tuple[Value, ...]
    pair: Callable[[str], str] | None = None
    is_typed: bool = False

    def value(self, option: Value) -> Value:
        """What stands in the response when an option is put there."""
        return self.pair(str(option)) if self.pair and option is not None else option


Filled = Sequence[Value]  # an option for each slot, None where nothing is put


@dataclass(slots=True)
class Slots:
    """The parts of an item, and what each option earns there."""

    draft: Draft
    slots: tuple[Slot, ...]
    filled: dict[int, tuple[Value, ...]] = field(default_factory=dict)  # by the identity of a trial
    worth: list[dict[Value, Fraction]] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)

    def given(self, filled: Filled) -> Given:
        """The answer that puts these options there."""
        found: dict[str, list[Value]] = {slot.response: [] for slot in self.slots}
        for slot, option in zip(self.slots, filled, strict=True):
            if option is not None:
                found[slot.response].append(slot.value(option))
        many = {slot.response for slot in self.slots if slot.pair}
        return {
            name: (tuple(sorted(map(str, values))) or None) if name in many else (values or [None])[0]
            for name, values in found.items()
        }

    def try_one(self, filled: Filled) -> Trial:
        """Try some options."""
        trial = self.draft.trier.given(self.given(filled))
        if id(trial) not in self.filled:
            self.filled[id(trial)] = tuple(filled)
            self.trials.append(trial)
        return trial

    def filled_in(self, given: Given) -> tuple[Value, ...]:
        """The options that an answer that was tried puts there."""
        return self.filled[id(self.draft.trier.given(given))]

    def score_at(self, place: int) -> Callable[[Value], Fraction]:
        """What a value earns in one part alone."""
        return lambda value: self.worth[place].get(value, Fraction(0))

    def most_at(self, place: int) -> Fraction:
        """The most that one part earns. Raises Unsupported where that is nothing."""
        most = max(self.worth[place].values(), default=Fraction(0))
        if most <= 0:
            raise Unsupported(f"nothing is right in gap or line {place + 1}, as far as was tried.")
        return most

    def find_worth(self) -> None:
        """What each option earns alone; where none does, what is declared right earns a share. Raises Unsupported."""
        if not 0 < len(self.slots) <= MAX_SLOTS:
            raise Unsupported(f"it has {len(self.slots)} gaps or lines; 1 to {MAX_SLOTS} are read.")
        nothing: list[Value] = [None] * len(self.slots)
        base = self.try_one(nothing).score
        for place, slot in enumerate(self.slots):
            alone = {one: self.try_one([*nothing[:place], one, *nothing[place + 1 :]]).score for one in slot.options}
            self.worth.append({one: score - base for one, score in alone.items()})
        if not any(score > 0 for one in self.worth for score in one.values()):
            self.worth = [self._declared(slot) for slot in self.slots]
        for filled in self._others():
            self.try_one(filled)

    def _declared(self, slot: Slot) -> dict[Value, Fraction]:
        correct = self.draft.trier.rules.responses[slot.response].correct
        right = correct if isinstance(correct, tuple) else (correct,)
        return {one: Fraction(slot.value(one) in right) for one in slot.options}

    @property
    def best(self) -> list[Value]:
        """The option of each part that earns the most there."""
        return [max(one, key=lambda option: one[option], default=None) for one in self.worth]

    def _others(self) -> Iterator[Filled]:
        """More answers: all, or those near to the right one."""
        choices = [(None, *slot.options) for slot in self.slots]
        if prod(map(len, choices)) <= ALL_TRIED:
            yield from product(*choices)
            return
        best = self.best
        yield best
        for place, slot in enumerate(self.slots):
            for option in (None, *slot.options[:20]):
                yield [*best[:place], option, *best[place + 1 :]]
        for shift in (1, 2):
            yield [slot.options[(slot.options.index(one) + shift) % len(slot.options)] for slot, one in self._at(best)]

    def _at(self, best: Sequence[Value]) -> Iterator[tuple[Slot, Value]]:
        yield from ((slot, one) for slot, one in zip(self.slots, best, strict=True) if slot.options)

    @property
    def is_even(self) -> bool:
        """Whether each part has one right option, and all are worth the same."""
        scores = [list(one.values()) for one in self.worth]
        most = {max(one, default=Fraction(0)) for one in scores}
        return len(most) == 1 and all({*one} <= {Fraction(0), *most} and one.count(max(most)) == 1 for one in scores)


def _pairing(line: str, is_second: bool, is_sorted: bool) -> Callable[[str], str]:
    """What makes a pair of a line and an option, as responses have it."""

    def pair(option: str) -> str:
        ids = [option, line] if is_second else [line, option]
        return " ".join(sorted(ids) if is_sorted else ids)

    return pair


def rows_of(asked: Interaction, correct: Value) -> tuple[bool, tuple[Offered, ...], tuple[Offered, ...]]:
    """Which of the sets of a match are the lines, True for the second, and both. Raises Unsupported.

    Each line has one thing that belongs to it: those of the second set are the lines where that is so only there.
    """
    pairs = [str(one).split() for one in correct] if isinstance(correct, tuple) else []
    if not pairs or any(len(pair) != 2 for pair in pairs):
        raise Unsupported("it is not declared what belongs together.")
    for is_second, rows, others in ((False, asked.offered, asked.others), (True, asked.others, asked.offered)):
        used = [pair[is_second] for pair in pairs]
        if sorted(used) == sorted(one.id for one in rows):
            return is_second, rows, others
    raise Unsupported("not each of its lines has one thing that belongs to it, which is not supported.")


def match_slots(
    asked: Interaction, correct: Value
) -> tuple[tuple[Slot, ...], tuple[Offered, ...], tuple[Offered, ...]]:
    """The lines of a match, and both sides. Raises Unsupported."""
    is_second, rows, others = rows_of(asked, correct)
    ids = tuple(one.id for one in others)
    slots = tuple(Slot(asked.response, row.id, ids, _pairing(row.id, is_second, False)) for row in rows)
    return slots, rows, others


def associate_slots(
    asked: Interaction, correct: Value
) -> tuple[tuple[Slot, ...], tuple[Offered, ...], tuple[Offered, ...]]:
    """Pairs of one set: the first of each pair is a line, the rest is what may belong to it. Raises Unsupported."""
    pairs = [str(one).split() for one in correct] if isinstance(correct, tuple) else []
    named = [one for pair in pairs for one in pair]
    if not pairs or len(named) != 2 * len(pairs) or len(set(named)) < len(named):
        raise Unsupported("something belongs to several others, or it is not declared what belongs together.")
    place = {one.id: number for number, one in enumerate(asked.offered)}
    if not set(named) <= set(place):
        raise Unsupported("its right answer names what it does not offer.")
    firsts = {min(pair, key=lambda one: place[one]) for pair in pairs}
    rows = tuple(one for one in asked.offered if one.id in firsts)
    others = tuple(one for one in asked.offered if one.id not in firsts)
    ids = tuple(one.id for one in others)
    slots = tuple(Slot(asked.response, row.id, ids, _pairing(row.id, False, True)) for row in rows)
    return slots, rows, others


def tried(draft: Draft, slots: tuple[Slot, ...], words: Mapping[str, str]) -> Slots:
    """The parts, with what each option earns; `words` are what people read of the options. Raises Unsupported."""

    def named(given: Given) -> str:
        values = [one for value in given.values() for one in (value if isinstance(value, tuple) else (value,))]
        told = [_told(typed.typed(one), words) for one in values if one is not None]
        return "“" + "”, “".join(told) + "”" if told else "nothing"

    draft.trier.named = named
    found = Slots(draft, slots)
    found.find_worth()
    return found


def _told(text: str, words: Mapping[str, str]) -> str:
    parts = text.split()
    return " – ".join(words[part] for part in parts) if all(part in words for part in parts) else text
