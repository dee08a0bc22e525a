"""A document of QTI 1.2 to drafts: every item of it is a question, a text that asks nothing, or refused by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from quizapp.formats.canvas.assessments import Assessment, read_assessment
from quizapp.formats.canvas.between import read_blanks_between, stem_of_typed
from quizapp.formats.canvas.choosing import ALL_OR_NOTHING, read_groups, read_order, read_pairs, read_single
from quizapp.formats.canvas.items import Reading
from quizapp.formats.canvas.kinds import kind_of
from quizapp.formats.canvas.materials import asides_of, metadata_of
from quizapp.formats.canvas.scoring import ALL, conditions_of, most_of, number
from quizapp.formats.canvas.ticking import read_multiple
from quizapp.formats.canvas.typing import (
    read_essay,
    read_named_blanks,
    read_numbers,
    read_text,
)
from quizapp.formats.contract import Note
from quizapp.formats.drafts import Draft, Unsupported
from quizapp.formats.elements import Element
from quizapp.formats.html import text_of_html
from quizapp.formats.pictures import NO_FILES, Beside, Pictures

READERS: dict[str, Callable[[Reading], None]] = {
    "multiple_choice_question": read_single,
    "true_false_question": read_single,
    "multiple_answers_question": read_multiple,
    "short_answer_question": read_text,
    "numerical_question": read_numbers,
    "fill_in_multiple_blanks_question": read_named_blanks,
    "multiple_dropdowns_question": read_named_blanks,
    "fill_in_blanks": read_blanks_between,
    "matching_question": read_pairs,
    "ordering_question": read_order,
    "categorization_question": read_groups,
    "essay_question": read_essay,
}
IN_THE_TEXT = (read_named_blanks, read_blanks_between)
ONE_LINE = (read_text, read_numbers)
PREFIXES = ("$IMS-CC-FILEBASE$/", "%24IMS-CC-FILEBASE%24/", "$IMS_CC_FILEBASE$/", "../")
# Where its points stand: in Canvas, Common Cartridge, Brightspace and Blackboard, where 0 is said of what has none yet.
POINTS = ("points_possible", "cc_weighting", "qmd_absolutescore_max", "qmd_weighting")
MOST_POINTS = 10**6
MOST_STEPS = 2 * 10**6  # of comparing all that an item offers with all that it looks for


@dataclass(slots=True)
class Document:
    """What was read of a document: drafts of questions, assessments, drafts by bank, and notes on the rest."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    banks: dict[str, list[Draft]] = field(default_factory=dict)


def items_in(root: Element) -> list[Element]:
    """The items of a document, questions and texts; none stands in another."""
    return root.outermost("item")


def read_document(root: Element, files: Beside, name: str = "", meta: Element | None = None) -> Document:
    """The drafts of a document. `files` are those that its texts may show; `name` is told where there are several.

    `meta` is what `assessment_meta.xml` says of it.
    """
    found = Document()
    where = f"{name}, " if name else ""
    drafts: dict[int, Draft] = {}
    for item in items_in(root):
        draft = _draft(item, Draft(f"{where}line {item.line}", item.line, Pictures(files, PREFIXES)))
        if draft is None:
            text = text_of_html(_stem(item))
            told = text if len(text) <= 60 else f"{text[:59]}…"
            found.notes.append(Note(f"{where}“{told}” is text without a question, and is left out.", item.line))
        else:
            found.drafts.append(draft)
            drafts[id(item)] = draft
    for one in root.all("assessment"):
        shown = Pictures(files, PREFIXES)
        found.assessments.append(read_assessment(one, drafts, meta, shown, where))
        _group([drafts[id(item)] for item in one.find("item") if id(item) in drafts], found.assessments[-1].title)
    for bank in root.all("objectbank"):
        inside = [drafts[id(item)] for item in bank.find("item") if id(item) in drafts]
        found.banks[bank.get("ident")] = inside
        _group(inside, metadata_of(bank).get("bank_title", "") or bank.get("title"))
    return found


def _group(drafts: Sequence[Draft], title: str) -> None:
    """Say of drafts in which bank or assessment they stand, where that has a title."""
    name = " ".join(title.split())
    for draft in drafts:
        draft.group = (name,) if name else ()


def _stem(item: Element) -> str:
    return Reading(item, (), "", Draft("", 0, Pictures(NO_FILES))).stem


def _draft(item: Element, draft: Draft) -> Draft | None:
    """The draft of an item; None where it only shows a text."""
    conditions = conditions_of(item)
    kind, is_guessed = kind_of(item, conditions)
    if kind == "text_only_question":
        return None
    draft.title = item.get("title")
    reading = Reading(item, conditions, kind, draft)
    try:
        _require_bounded(item)
        reader = READERS.get(kind)
        if reader is None:
            name = kind.removesuffix("_question").replace("_", " ")
            raise Unsupported(f"its type, {name or 'unnamed'}, is not supported.")
        _read(reading, reader, is_guessed)
    except Unsupported as why:
        draft.refused = str(why)
        draft.prompt = draft.prompt or draft.markdown(reading.stem)
    return draft


def _require_bounded(item: Element) -> None:
    """Raises Unsupported where trying every answer would take long."""
    offered, compared = len(item.find("response_label")), len(item.find("respcondition", "varequal"))
    if (offered + 300) * compared > MOST_STEPS:
        raise Unsupported(f"it offers {offered} answers and compares with {compared}, which are too many.")


def _read(reading: Reading, reader: Callable[[Reading], None], is_guessed: bool) -> None:
    draft = reading.draft
    draft.points = _points(reading)
    if reader not in IN_THE_TEXT:
        draft.ask(stem_of_typed(reading) if reader in ONE_LINE else reading.stem)
    if "general_fb" in reading.feedback:
        draft.explanation.append(draft.markdown(reading.feedback["general_fb"]))
    draft.explanation += map(draft.markdown, asides_of(reading.item, "solution"))
    draft.hints += [text for one in asides_of(reading.item, "hint") if (text := draft.markdown(one))]
    reader(reading)
    if is_guessed:
        draft.guesses.append(f"the file does not say its type: it looks like {reading.kind.replace('_', ' ')}.")
    if reading.fields.get("scoring_algorithm") == "AllOrNothing" and draft.kind in ("match", "group", "fill-in"):
        draft.warn(ALL_OR_NOTHING)
    left = [link for link in reading.feedback if link not in reading.used and link != "general_fb"]
    reading.lose(*left)


def _points(reading: Reading) -> Fraction:
    name = next((name for name in POINTS if reading.fields.get(name)), "")
    if not name:
        return _points_earned(reading)
    points = number(reading.fields[name])
    if points is None or not 0 <= points <= MOST_POINTS:
        reading.draft.warn(f"its points, {reading.fields[name]}, are no number that can be used.")
        return Fraction(1)
    return points if points or name == POINTS[0] else Fraction(1)


def _points_earned(reading: Reading) -> Fraction:
    """The points of an item that does not say them: the most that it earns, where these are no hundredths."""
    said = [number(one.get("maxvalue")) for one in reading.item.find("decvar")]
    is_several = any(one.get("rcardinality").lower() == "multiple" for one in reading.item.find("response_lid"))
    most = next((one for one in said if one), None) or most_of(reading.conditions, by_value=is_several)
    return Fraction(1) if abs(most - ALL) < 1 or not 0 < most <= MOST_POINTS else most
