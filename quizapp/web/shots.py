"""The checks of the living page, each held still in every state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quizapp.actions.attempts import Shown
from quizapp.content.model import Check
from quizapp.grading.standing import Confidence, Slot, Standing, mark_all
from quizapp.questions.base import QuestionType, Response
from quizapp.questions.essay import Criterion, Essay
from quizapp.web.panels import CheckPanel, Typed, make_panel
from quizapp.web.words import sentence as _

NOTHING_SHOWN = Shown("", (), "")


@dataclass(frozen=True, slots=True)
class Shot:
    """A check held still in one state."""

    title: str
    panel: CheckPanel


def _shot(
    title: str,
    check: Check,
    given: dict[int, Response],
    missing: Sequence[int] = (),
    troubles: dict[int, tuple[str, str]] | None = None,
) -> Shot:
    """The form of a check with these responses by slot chosen or typed."""
    slots = _slots(check)
    values = {number: slots[number - 1].control.values(response) for number, response in given.items()}
    return _held(title, check, Standing("", slots), "form", Typed(values, missing=missing, troubles=troubles or {}))


def _result(
    title: str, check: Check, given: dict[int, Response], submitted: bool = False, confidence: Confidence | None = None
) -> Shot:
    """A check after these responses were marked; `submitted` shows its answers as well."""
    return _held(title, check, Standing("", _answered(check, given, submitted, confidence)), "result", Typed())


def _marked(title: str, check: Check, given: dict[int, Response], lines: tuple[Fraction, ...], comment: str) -> Shot:
    """A check whose first text a person marked by its rubric."""
    text, *others = _answered(check, given, submitted=False, confidence=None)
    possible = sum((one.points for one in _rubric(text)), Fraction(0))
    credit = sum(lines, Fraction(0)) / possible
    points = credit * text.question.points
    text = replace(text, credit=credit, points=points, awaits_person=False, lines=lines, comment=comment)
    return _held(title, check, Standing("", (text, *others)), "result", Typed())


def _rubric(slot: Slot) -> tuple[Criterion, ...]:
    kind = slot.question.type
    return kind.rubric if isinstance(kind, Essay) else ()


def _answered(
    check: Check, given: dict[int, Response], submitted: bool, confidence: Confidence | None
) -> tuple[Slot, ...]:
    slots = _slots(check)
    marks = mark_all([slot.question for slot in slots], [given[number] for number in range(1, len(slots) + 1)])
    return tuple(
        replace(
            slot,
            response=given[number],
            credit=mark.credit,
            tries=1,
            submitted=submitted,
            awaits_person=mark.awaits_person,
            confidence=confidence or "",
        )
        for number, (slot, mark) in enumerate(zip(slots, marks, strict=True), start=1)
    )


def _slots(check: Check) -> tuple[Slot, ...]:
    return tuple(Slot(question, _drawn(question.type)) for question in check.questions)


def _drawn(kind: QuestionType) -> tuple[int, ...]:
    """As written, but for an order: its lines would stand in the right one."""
    written = range(1, kind.size + 1)
    return tuple(reversed(written)) if kind.key_is_an_order else tuple(written)


def _held(title: str, check: Check, standing: Standing, mode: str, typed: Typed) -> Shot:
    """The check under a name of its own, so that the ids of the page stay apart."""
    named = replace(check, name=f"{check.name}-{title.lower().replace(' ', '-').replace(',', '')}")
    return Shot(title, make_panel(named, standing, NOTHING_SHOWN, mode, typed))


def _choices(check: Check) -> list[Shot]:
    return [
        _shot(_("At rest"), check, {}),
        _shot(_("Chosen"), check, {1: 2, 2: [1, 3]}),
        _shot(_("Not answered"), check, {1: 1}, missing=[2]),
        _result(_("Wrong and partly right"), check, {1: 2, 2: [1]}),
        _result(_("Answers shown"), check, {1: 2, 2: [1, 3]}, submitted=True),
        _result(_("All right"), check, {1: 1, 2: [1, 2]}),
    ]


def _typed(check: Check) -> list[Shot]:
    return [
        _shot(_("To be typed"), check, {}),
        _shot(_("Not readable"), check, {1: "dig", 2: "3600", 3: "All"}, troubles={2: ("missing-unit", "")}),
        _result(_("Typed and wrong"), check, {1: "ping", 2: "3600 min", 3: "Much"}, confidence="sure"),
        _result(_("Typed, answers shown"), check, {1: "ping", 2: "3600 min", 3: "Much"}, submitted=True),
        _result(_("Typed and right"), check, {1: "dig", 2: "1 h", 3: "Much"}),
    ]


def _blanks(check: Check) -> list[Shot]:
    given: dict[int, Response] = {1: ["Recieve connector", "587", "encrypted", "25", "Client", ""]}
    unread: dict[int, Response] = {1: ["Receive connector", "many", "queued", "", "", ""]}
    right: dict[int, Response] = {1: check.questions[0].type.correct_response}
    return [
        _shot(_("To be filled in"), check, {}),
        _shot(_("A blank not readable"), check, unread, troubles={1: ("not-a-number", "2")}),
        _result(_("Partly filled in"), check, given),
        _result(_("Filled in, answers shown"), check, given, submitted=True),
        _result(_("All filled in"), check, right),
    ]


SAYS = {"MX": "Which server accepts the mail of a domain", "PTR": "Which name an address has"}
PROOFS = {"A password": "Something one knows", "A phone": "Something one has", "A fingerprint": "Something one is"}
ALL_RIGHT: dict[int, Response] = {
    1: SAYS | {"TXT": "Anything, in words"},
    2: [1, 2, 3, 4],
    3: PROOFS | {"The name of the first pet": "Something one knows"},
    4: {"Four": "26^4", "Eight": "26^8"},
}
PARTLY: dict[int, Response] = {1: SAYS, 2: [3, 1, 2, 4], 3: PROOFS, 4: {"Four": "$26^4$"}}
WRONG: dict[int, Response] = {
    1: {"MX": "Who owns a domain", "TXT": "Which name an address has"},
    2: [4, 3, 2, 1],
    3: {"A phone": "Something one is"},
    4: {"Four": "$26^8$", "Eight": "$26^4$"},
}


def _lines(check: Check) -> list[Shot]:
    return [
        _shot(_("Lines to match, order and group"), check, {}),
        _shot(_("Lines with what was chosen"), check, PARTLY),
        _shot(_("Lines, not answered and not readable"), check, {1: SAYS}, [3, 4], {2: ("not-an-order", "")}),
        _result(_("Lines, partly right"), check, PARTLY),
        _result(_("Lines, wrong"), check, WRONG),
        _result(_("Lines, answers shown"), check, WRONG, submitted=True),
        _result(_("Lines, all right"), check, ALL_RIGHT),
    ]


def _texts(check: Check) -> list[Shot]:
    zone, bad = "$ORIGIN example.org.\n@ MX 10 mail\n@ A 192.0.2.25\n", "$ORIGIN example.org.\n@ MX mail"
    long = "Because each letter more makes many times as many passwords to try.\n\nAnd a sentence is easy to remember."
    return [
        _shot(_("Texts to write"), check, {}),
        _shot(_("Texts, written, missing and not readable"), check, {1: long, 3: bad}, [2], {3: ("zone-syntax", "2")}),
        _result(_("Texts, answered"), check, {1: long, 2: "Mail from a phone.", 3: zone}),
        _result(_("Texts, answers shown"), check, {1: long, 2: "Mail from a phone.", 3: zone}, submitted=True),
        _marked(
            _("Texts, one marked"),
            check,
            {1: long, 2: "Mail from a phone.", 3: zone},
            (Fraction(1), Fraction(1)),
            _("The number of tries is what counts. Say how many they are."),
        ),
    ]


def turned_shots(check: Check) -> list[Shot]:
    """A check that is written from right to left."""
    return [
        _shot(_("From right to left"), check, {1: 1, 2: HEBREW_SAYS}),
        _result(_("The same, checked"), check, {1: 2, 2: HEBREW_SAYS, 3: [2, 1, 3]}),
    ]


HEBREW_SAYS: dict[str, str] = {"MX": "איזה שרת מקבל דואר"}
# The checks of the sample lesson, and how each is shown.
SHOTS: tuple[tuple[str, Callable[[Check], list[Shot]]], ...] = (
    ("choices", _choices),
    ("typed", _typed),
    ("blanks", _blanks),
    ("lines", _lines),
    ("texts", _texts),
)
