"""The lines of a question on a page: what a control offers, and what is said beside each after checking."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from markupsafe import Markup

from quizapp.grading.standing import Slot
from quizapp.questions.base import NO_PROSE, Control, Outcome, Prose, plain, positions
from quizapp.questions.controls import Arranging, Choosing, Pairing
from quizapp.web.links import inline, linked
from quizapp.web.troubles import remark_words

NOTHING = Markup()
NO_OUTCOME = Outcome()
LONG = 30  # characters: what a list shows of an option on a phone
TAGS_IN_AN_OPTION = ("<img", "<math", "<pre", "<table", "<ul", "<ol", "<br")  # what the text of an option cannot show


@dataclass(frozen=True, slots=True)
class Row:
    """One choice, line or blank as it is shown; `number` is its place on the screen, from 1.

    `given` is what was answered there and `answer` what would have been right, each as it is shown; `remarks` are
    sentences about the former.
    """

    number: int
    content: Markup = NOTHING
    is_plain: bool = True
    is_chosen: bool = False
    verdict: str = ""
    feedback: Markup = NOTHING
    spelling: str = ""
    given: Markup = NOTHING
    answer: Markup = NOTHING
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a list beside lines; with a `letter`, its `content` stands above the lines, under that."""

    number: int
    text: str
    letter: str = ""
    content: Markup = NOTHING


def offered_rows(control: Control, values: Collection[str]) -> tuple[Row, ...]:
    """The choices or lines that a control offers; `values` are what its form holds."""
    if isinstance(control, Choosing):
        return tuple(
            _row(number, one, NO_OUTCOME, is_chosen=str(number) in values)
            for number, one in enumerate(control.choices, start=1)
        )
    if isinstance(control, Pairing | Arranging):
        return tuple(_row(number, one, NO_OUTCOME) for number, one in enumerate(control.rows, start=1))
    return ()


def answered_rows(slot: Slot, speaks: bool) -> tuple[Row, ...]:
    """The choices or lines of a question that was answered; until it `speaks`, nothing is said of them."""
    control, outcomes = slot.control, slot.outcomes if speaks else {}
    if _is_survey(slot):
        outcomes = {place: _unmarked(outcome) for place, outcome in outcomes.items()}
    if isinstance(control, Choosing):
        chosen = positions(slot.response)
        return tuple(
            _row(number, control.choices[number - 1], outcomes.get(written, NO_OUTCOME), is_chosen=written in chosen)
            for number, written in enumerate(control.order, start=1)
        )
    if isinstance(control, Pairing):  # lines stay in drawn order: in that of writing they would tell their groups
        return _said(outcomes, control.row_order)
    return _said(outcomes, sorted(place for place in outcomes if place))


def whole_row(slot: Slot, speaks: bool) -> Row:
    """What was typed or written as a whole, and what is said of it."""
    given = plain(slot.response) if isinstance(slot.response, str) else NO_PROSE
    outcome = slot.outcomes.get(0, NO_OUTCOME) if speaks and given else NO_OUTCOME
    return _row(0, given, _unmarked(outcome) if _is_survey(slot) else outcome)


def options_of(control: Control) -> tuple[Option, ...]:
    """The options beside each line; with letters where a list cannot show one, or not all of it."""
    if not isinstance(control, Pairing):
        return ()
    numbered = tuple(enumerate(control.options, start=1))
    if all(_is_showable(one) and len(one.text) <= LONG for one in control.options):
        return tuple(Option(number, one.text) for number, one in numbered)
    return tuple(_lettered(number, one) for number, one in numbered)


def _is_showable(option: Prose) -> bool:
    return not any(tag in option.html for tag in TAGS_IN_AN_OPTION)


def _lettered(number: int, option: Prose) -> Option:
    name = letter(number)
    text = f"{name}: {option.text}" if _is_showable(option) else name
    return Option(number, text, name, linked(inline(option.html)))


def letter(number: int) -> str:
    """A, B … Z, AA, AB … for a place from 1."""
    above, place = divmod(number - 1, len(ascii_uppercase))
    return (letter(above) if above else "") + ascii_uppercase[place]


def _is_survey(slot: Slot) -> bool:
    return "survey" in slot.question.words


def _unmarked(outcome: Outcome) -> Outcome:
    """An outcome of a survey: nothing in it is right or wrong."""
    return replace(outcome, verdict="", spelling="", answer=NO_PROSE, remarks=())


def _said(outcomes: Mapping[int, Outcome], order: Sequence[int]) -> tuple[Row, ...]:
    return tuple(
        _row(number, outcomes[place].content, outcomes[place])
        for number, place in enumerate(order, start=1)
        if place in outcomes
    )


def _row(number: int, content: Prose, outcome: Outcome, is_chosen: bool = False) -> Row:
    shown = inline(content.html)
    return Row(
        number=number,
        content=linked(shown),
        is_plain=shown != content.html,
        is_chosen=is_chosen,
        verdict=outcome.verdict,
        feedback=linked(outcome.feedback.html),
        spelling=outcome.spelling,
        given=linked(inline(outcome.given.html)),
        answer=linked(inline(outcome.answer.html)),
        remarks=tuple(remark_words(remark) for remark in outcome.remarks),
    )
