"""Questions as notes of Anki, with ids that stay: a note that is imported again is that note."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.formats.anki.cards import NoCard, sides_of
from quizapp.formats.anki.fields import CONTROLS, Fields
from quizapp.formats.anki.sides import Sides
from quizapp.formats.contract import Loss, Media, Tell, nobody, telling
from quizapp.formats.losses import without
from quizapp.questions.base import Question

HELD = ("explanation", "hints", "tags", "shuffle", "was", "definitions", "words")
NOT_IN_A_TAG = re.compile(r'[\s"\x00-\x1f\x7f]+')
NOT_FOR_LEARNERS = {
    "survey": "it is a survey, and nothing in it is right or wrong.",
    "draft": "it is a draft.",
    "void": "it is void.",
}


@dataclass(frozen=True, slots=True)
class Note:
    """What Anki keeps of a question; `guid` names it, `files` are the pictures that it shows, by name."""

    guid: str
    sides: Sides
    tags: tuple[str, ...]
    has_gaps: bool
    files: Mapping[str, bytes] = field(default_factory=dict)


def notes_of(
    questions: Sequence[Question], media: Media, *, has_media: bool, tell: Tell = nobody
) -> tuple[list[Note], tuple[Loss, ...]]:
    """The notes of those questions that can be cards, in their order, and all that is lost."""
    notes: list[Note] = []
    losses: list[Loss] = []
    for question, name in zip(telling(questions, tell), _names(questions), strict=True):
        out = Fields(media, "", has_gaps=question.type.name == "fill-in", has_media=has_media)
        try:
            notes.append(_note(question, name, out))
        except NoCard as why:
            losses.append(Loss(question.key, str(why), is_left_out=True))
        else:
            losses += [Loss(question.key, text) for text in _told(question, out)]
    return notes, tuple(losses)


def deck_name(title: str) -> str:
    """A title as the name of one deck: `::` would make decks in decks, and a number is the id of one."""
    name = re.sub(":{2,}", ":", re.sub(r'[\s"]+', " ", CONTROLS.sub("", title))).strip(" :") or "Questions"
    return f"Deck {name}" if re.fullmatch(r"[+-]?\d+", name) else name


def _note(question: Question, name: str, out: Fields) -> Note:
    left_out = [why for word, why in NOT_FOR_LEARNERS.items() if word in question.words]
    if left_out:
        raise NoCard(left_out[0])
    sides = sides_of(question, out)
    guid = hashlib.sha256(f"quizapp {name}".encode("utf-8", "replace")).hexdigest()[:16]
    return Note(guid, sides, tuple(dict.fromkeys(map(_tag, question.tags))), out.has_gaps, dict(out.pictures))


def _names(questions: Sequence[Question]) -> list[str]:
    """What each is known by: the first name it ever had, so that a new name keeps what was learned; no two alike."""
    taken = {question.key for question in questions}
    names = []
    for question in questions:
        module = question.key.partition("#")[0]
        former = question.was[0] if question.was else question.key
        name = former if "#" in former else f"{module}#{former}"
        names.append(question.key if name in taken else name)
        taken.add(name)
    return names


def _tag(tag: str) -> str:
    return NOT_IN_A_TAG.sub("_", CONTROLS.sub("", tag))


def _told(question: Question, out: Fields) -> list[str]:
    """What a card cannot hold."""
    told = [one.text for one in without(question, HELD) if "which is not in the file" not in one.text]
    rule = question.type.written_options().get("credit")
    told += [f"its rule `credit={rule}` is left out."] if rule else []
    told += [f"its tag “{tag}” is `{_tag(tag)}` there." for tag in question.tags if _tag(tag) != tag]
    return told + list(dict.fromkeys(out.lost))
