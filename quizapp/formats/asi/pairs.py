"""Lines, each with what belongs to it: matches and associations, as a table, as groups or as a text with lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.formats.asi.blanks import filled_in, list_of, texts_of_list
from quizapp.formats.asi.body import Interaction, Offered
from quizapp.formats.asi.drafting import Draft, Fitted
from quizapp.formats.asi.slots import Slot, Slots, associate_slots, match_slots, tried
from quizapp.formats.asi.trying import Given
from quizapp.formats.asi.values import Unsupported
from quizapp.questions.base import NO_PROSE, Prose, QuestionType, Response, label_of
from quizapp.questions.group import Grouping
from quizapp.questions.items import Item
from quizapp.questions.match import Matching
from quizapp.questions.pairs import Pair
from quizapp.source.writing import PLACEHOLDER

GROUPS = "quizapp-groups"  # a class by which our own exporter says that the second set are groups


def fit_pairs(draft: Draft, asked: Interaction) -> Fitted:
    """A table; a text with lists where the lines do not weigh the same. Raises Unsupported."""
    correct = draft.trier.rules.responses[asked.response].correct
    if asked.kind == "associate":
        slots, rows, others = associate_slots(asked, correct)
        draft.guess("of each pair, what comes first in the list stands on the left; any two could be paired.")
    else:
        slots, rows, others = match_slots(asked, correct)
        if any(row.most != 1 for row in rows):
            draft.warn("several things could be put beside one line; here one can.")
    found = tried(draft, slots, {one.id: one.text[:30] for one in (*rows, *others)})
    lines, options = _distinct(draft, rows), _distinct(draft, others)
    if not found.is_even:
        draft.warn("its lines do not weigh the same: it is written as a text with a list in each line.")
        text = "\n".join(f"- {lines[slot.name].markdown} {PLACEHOLDER}" for slot in slots)
        lists = [list_of(found, place, texts_of_list(draft, others)) for place in range(len(slots))]
        return filled_in(found, lists, text)
    make = _grouping if GROUPS in asked.node.get("class").split() else _matching
    kind = make([lines[slot.name] for slot in slots], [options[str(one)] for one in found.best], options)
    most = draft.trier.most(found.trials)
    return Fitted([kind], _Responses(found, options).of, found.trials, most, most)


def _distinct(draft: Draft, offered: Sequence[Offered]) -> dict[str, Prose]:
    """What is shown of each. Raises Unsupported where two show the same."""
    found = {one.id: draft.choice(one) for one in offered}
    labels = [label_of(one) for one in found.values()]
    if len(set(labels)) < len(labels) or not all(labels):
        raise Unsupported("two of its lines show the same, or one shows nothing.")
    if any("\n" in one.markdown for one in found.values()):
        raise Unsupported("a line of it holds more than a line of text, which a table cannot.")
    return found


def _matching(lines: Sequence[Prose], right: Sequence[Prose], options: Mapping[str, Prose]) -> QuestionType:
    used = {label_of(option) for option in right}
    decoys = tuple(option for option in options.values() if label_of(option) not in used)
    return Matching((NO_PROSE, NO_PROSE), _pairs(lines, right), decoys)


def _grouping(lines: Sequence[Prose], right: Sequence[Prose], options: Mapping[str, Prose]) -> QuestionType:
    """The items of each group below it, so that their order among the groups is not kept."""
    return Grouping(tuple(options.values()), _pairs(lines, right))


def _pairs(lines: Sequence[Prose], right: Sequence[Prose]) -> tuple[Pair, ...]:
    return tuple(Pair(Item(line), option) for line, option in zip(lines, right, strict=True))


@dataclass(frozen=True, slots=True)
class _Responses:
    """Answers of a match as responses to our question, whose lines and options are named by what they show."""

    found: Slots
    options: Mapping[str, Prose]

    def of(self, kind: QuestionType, given: Given) -> Response:
        """The response for an answer."""
        if not isinstance(kind, Matching | Grouping):
            return None
        offered = kind.offered if isinstance(kind, Matching) else kind.groups
        named = {prose.markdown: label_of(prose) for prose in offered}
        lines = {slot.name: pair.label for slot, pair in zip(self._slots(kind), kind.pairs, strict=True)}
        filled = self.found.filled_in(given)
        found = {
            lines[slot.name]: named.get(self.options[str(one)].markdown, label_of(self.options[str(one)]))
            for slot, one in zip(self.found.slots, filled, strict=True)
            if one is not None
        }
        return found or None

    def _slots(self, kind: Matching | Grouping) -> list[Slot]:
        """The lines of the item in the order of our question, which holds those of a group together."""
        if isinstance(kind, Matching):
            return list(self.found.slots)
        groups = list(self.options)
        best = {slot.name: str(one) for slot, one in zip(self.found.slots, self.found.best, strict=True)}
        return sorted(self.found.slots, key=lambda slot: groups.index(best[slot.name]))
