"""Gaps in a text, each with a list or something to type; and one thing alone that is typed."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizapp.formats.asi import typed
from quizapp.formats.asi.body import Interaction, Offered
from quizapp.formats.asi.drafting import Draft, Fitted, prose_of
from quizapp.formats.asi.slots import Slot, Slots, tried
from quizapp.formats.asi.trying import Given, feedback_shown, share_of
from quizapp.formats.asi.values import NUMBERS, Declared, Unsupported, Value
from quizapp.questions.base import Prose, QuestionType, Response
from quizapp.questions.blanks import Blank
from quizapp.questions.drop_downs import DropDown, Option
from quizapp.questions.fillin import FillIn
from quizapp.questions.numeric import Numeric
from quizapp.questions.text import ShortText


def fit_blanks(draft: Draft, asked: Sequence[Interaction]) -> Fitted:
    """A text with blanks. Raises Unsupported."""
    by_response = {one.response: one for one in asked}
    if len(by_response) < len(asked):
        raise Unsupported("two of its gaps have one answer.")
    gaps = [(by_response[response], gap) for response, gap in draft.body.blanks]
    slots = tuple(_slot(draft, one, gap) for one, gap in gaps)
    words = {offered.id: offered.text[:30] for one in asked for offered in one.offered}
    words |= {gap: f"gap {place}" for place, (_, gap) in enumerate(draft.body.blanks, start=1) if gap}
    found = tried(draft, slots, words)
    if any(one.is_shuffled for one in asked):
        draft.warn("the texts of a list were shuffled; here they stand as they are written.")
    return filled_in(found, [_blank(found, place, one) for place, (one, _) in enumerate(gaps)])


def _slot(draft: Draft, asked: Interaction, gap: str) -> Slot:
    if asked.kind == "textentry":
        return _typed_slot(draft, draft.trier.rules.responses[asked.response])
    ids = tuple(offered.id for offered in asked.offered)
    return Slot(asked.response, gap, ids, (lambda option: f"{option} {gap}") if gap else None)


def _typed_slot(draft: Draft, response: Declared) -> Slot:
    if response.cardinality != "single":
        raise Unsupported("several texts are typed into one gap, which is not supported.")
    rules = draft.trier.rules
    if response.base in NUMBERS:
        return Slot(response.id, "", tuple(typed.numbers_tried(typed.breaks_of(rules, response))), is_typed=True)
    if response.base not in ("string", ""):
        raise Unsupported(f"something of the type {response.base} is typed, which is not supported.")
    asked = [one for one in draft.body.interactions if one.response == response.id]
    if any(one.node.get("patternmask") for one in asked):
        draft.warn("what may be typed at all (its pattern mask) is not checked.")
    return Slot(response.id, "", tuple(typed.probes_of(typed.texts_of(rules, response))), is_typed=True)


def _blank(found: Slots, place: int, asked: Interaction) -> Blank:
    if asked.kind == "textentry":
        return _typed_blank(found, place, {})
    return list_of(found, place, texts_of_list(found.draft, asked.offered))


def _typed_blank(found: Slots, place: int, told: Mapping[Value, Prose]) -> ShortText | Numeric:
    """What is looked for where something is typed; `told` is what is said of a value."""
    slot, rules = found.slots[place], found.draft.trier.rules
    response = rules.responses[slot.response]
    score, most = found.score_at(place), found.most_at(place)
    if response.base in NUMBERS:
        numbers = [one for one in slot.options if isinstance(one, Fraction)]
        return typed.number_values(response, numbers, score, most, told)
    return typed.text_values(typed.texts_of(rules, response), score, most, _has_case(found), told)


def _has_case(found: Slots) -> bool:
    """Whether it matters in any of the texts, since one option says so of all."""
    rules = found.draft.trier.rules
    return any(
        typed.has_case(typed.texts_of(rules, rules.responses[slot.response]), found.score_at(place))
        for place, slot in enumerate(found.slots)
        if slot.is_typed and rules.responses[slot.response].base not in NUMBERS
    )


def list_of(found: Slots, place: int, texts: Mapping[str, str]) -> DropDown:
    """The list of one gap, each text with its share of what the best of all gaps earns. Raises Unsupported."""
    whole = max(map(found.most_at, range(len(found.slots))))
    worth = found.worth[place]
    return DropDown(tuple(Option(texts[str(one)], share_of(worth[one], whole)) for one in found.slots[place].options))


def texts_of_list(draft: Draft, offered: Sequence[Offered]) -> dict[str, str]:
    """The texts of a list, which shows nothing but text. Raises Unsupported where two are the same."""
    texts = {one.id: one.text for one in offered}
    if len(texts) < 2 or len(set(texts.values())) < len(texts) or not all(texts.values()):
        raise Unsupported("two texts of a list are the same, one is empty, or there is only one.")
    if any("<" in one.html for one in offered):
        draft.warn("a list in a text shows plain text: emphasis, code or pictures in it are left out.")
    return texts


def filled_in(found: Slots, blanks: Sequence[Blank], text: str = "") -> Fitted:
    """A text with blanks. `text` holds a placeholder for each; without one, the body does. Raises Unsupported."""
    most = found.draft.trier.most(found.trials)
    each = {found.most_at(place) for place in range(len(blanks))}
    points = most if len(each) == 1 else max(each) * len(blanks)
    if points != most:
        found.draft.warn(
            f"its parts weigh differently: of {typed.written(points)} points of this question no more than "
            f"{typed.written(most)} can be earned, so that each part earns what it did."
        )
    kind = FillIn(prose_of(text, ""), tuple(map(_whole_only, blanks)))

    def responded(kind: QuestionType, given: Given) -> Response:
        filled = zip(blanks, found.slots, found.filled_in(given), strict=True)
        texts = [_shown(blank, slot, one) for blank, slot, one in filled]
        return texts if any(texts) else None

    return Fitted([kind], responded, found.trials, points, most)


def _shown(blank: Blank, slot: Slot, option: Value) -> str:
    """What stands in a gap in our form when an option of the item is put there."""
    if isinstance(blank, DropDown) and option is not None:
        return blank.options[slot.options.index(option)].text
    return typed.typed(option)


def _whole_only(blank: Blank) -> Blank:
    """A blank without typed values that earn a share: one in a text is right or wrong."""
    if isinstance(blank, ShortText):
        return ShortText(tuple(value for value in blank.values if value.credit in (0, 1)), blank.with_case)
    if isinstance(blank, Numeric):
        return Numeric(tuple(value for value in blank.values if value.credit in (0, 1)))
    return blank


def fit_typed(draft: Draft, asked: Interaction) -> Fitted:
    """A text or a number to type. Raises Unsupported."""
    found = tried(draft, (_typed_slot(draft, draft.trier.rules.responses[asked.response]),), {})
    said, told = _told(found)
    most = draft.trier.most(found.trials)

    def responded(kind: QuestionType, given: Given) -> Response:
        return typed.typed(given[asked.response]) or None

    return Fitted([_typed_blank(found, 0, told)], responded, found.trials, most, most, said)


def _told(found: Slots) -> tuple[frozenset[int], dict[Value, Prose]]:
    """Which feedbacks are shown after some values or ranges only, and what is said of each of the values tried."""
    slot = found.slots[0]
    given = {trial.given[slot.response]: trial for trial in found.trials if not trial.is_blank}
    said, told = set[int](), dict[Value, list[int]]()
    for place, node in enumerate(found.draft.body.feedback):
        shown = [value for value, trial in given.items() if feedback_shown(node, trial)]
        if shown and _can_be_said(shown, slot):
            said.add(place)
            for value in shown:
                told.setdefault(value, []).append(place)
    return frozenset(said), {value: found.draft.prose(found.draft.all_told(places)) for value, places in told.items()}


def _can_be_said(shown: Sequence[Value], slot: Slot) -> bool:
    """Whether what was answered are known texts, or numbers between two bounds."""
    if isinstance(shown[0], str):
        return typed.NOTHING_OF_IT not in shown
    places = sorted(slot.options.index(value) for value in shown)
    return places[0] > 0 and places[-1] < len(slot.options) - 1 and places[-1] - places[0] == len(places) - 1
