"""What an exporter loses: known before it writes, or found by reading what it wrote with its own importer.

So nothing is lost without a word: what comes back equal was held, and what does not is told.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import Field, dataclass, fields, is_dataclass
from typing import Any

from quizapp.content.links import paths_in
from quizapp.formats.building import bare
from quizapp.formats.contract import Item, Loss
from quizapp.formats.values.writing import values_of
from quizapp.questions.base import Prose, Question, decimal_text, parts_of

TEXTS = ("heading", "prompt")  # come back as one text, whose first line is the heading


@dataclass(frozen=True, slots=True)
class Lost:
    """A sentence on what is lost, and the fields of the question that it explains (of `values_of`)."""

    text: str
    fields: frozenset[str]


def lost(text: str, *fields: str) -> Lost:
    """What is lost, and which fields it explains."""
    return Lost(text, frozenset(fields))


@dataclass(frozen=True, slots=True)
class Written:
    """One question as a format has it; where `left_out` says why, it is not."""

    question: Question
    text: str = ""
    lost: tuple[Lost, ...] = ()
    left_out: str = ""


def without(question: Question, held: Collection[str] = ()) -> list[Lost]:
    """What a format loses of any question that has no place for anything but those `held`."""
    found = {
        "hints": bool(question.hints) and "its hints are left out.",
        "explanation": bool(question.explanation) and "its explanation is left out.",
        "points": question.points != 1 and f"its points ({decimal_text(question.points)}) are left out.",
        "tags": bool(question.tags) and "its tags are left out.",
        "shuffle": not question.shuffle and "that its choices keep their order is left out.",
        "tries": bool(question.tries) and "what each try is worth is left out.",
        "words": bool(question.words) and f"that it is {' and '.join(question.words)} is left out.",
        "was": bool(question.was) and "its former names are left out.",
        "definitions": bool(question.definitions) and "links that are defined elsewhere in its file lead nowhere.",
    }
    told = [lost(text, name) for name, text in found.items() if text and name not in held]
    paths = {path for part in parts_of(question) for path in paths_in(part.html)}
    return told + [lost(f"it shows or links to {path}, which is not in the file.") for path in sorted(paths)]


def losses_of(
    written: Sequence[Written], again: Sequence[Item], compared: Callable[[Question], dict[str, Any]] | None = None
) -> tuple[Loss, ...]:
    """All that is lost: `again` are those that were not left out, as they are read back, in their order.

    `compared` gives what is compared of a question; without it, that is the Markdown of all of it.
    """
    read = iter(again)
    found: list[Loss] = []
    for one in written:
        if one.left_out:
            found.append(Loss(one.question.key, one.left_out, is_left_out=True))
            continue
        found += [Loss(one.question.key, told.text) for told in one.lost]
        found += _unexplained(one, next(read, None), compared or _compared)
    return tuple(found)


def _unexplained(written: Written, item: Item | None, compared: Callable[[Question], dict[str, Any]]) -> list[Loss]:
    key = written.question.key
    if item is None or item.question is None:
        why = item.refused if item else "nothing is found there."
        return [Loss(key, f"it would not be read back: {why}")]
    before, after = (compared(one) for one in (written.question, item.question))
    explained = frozenset[str]().union(*(told.fields for told in written.lost))
    other = [name for name in {**before, **after} if before.get(name) != after.get(name) and name not in explained]
    return [Loss(key, f"it would be read back with another {', '.join(other)}.")] if other else []


def _compared(question: Question) -> dict[str, Any]:
    values = values_of(question)
    values["text"] = "\n".join(values.pop(name) for name in TEXTS) + str(values.get("text", ""))
    for answer in values.get("answers", ()):
        if "range" in answer:
            answer.pop("text")  # the same bounds may be written in several ways
    return bare(values)


def as_shown(question: Question) -> dict[str, Any]:
    """What is compared of a question that was written as HTML: what each part shows, and all that marks it."""
    kind = question.type
    parts: tuple[Field[Any], ...] = fields(kind) if is_dataclass(kind) else ()
    named = {part.name: _seen(getattr(kind, part.name)) for part in parts if part.compare}
    return {
        "type": kind.name,
        "text": _letters(f"{question.heading.text}{question.prompt.text}"),
        **named,
        "hints": [_letters(hint.text) for hint in question.hints],
        "explanation": _letters(question.explanation.text),
        "shuffle": question.shuffle or kind.size <= 2,  # two choices are never shuffled
        **{name: getattr(question, name) for name in ("points", "tags", "tries", "words", "was")},
    }


def _seen(value: object) -> object:
    if isinstance(value, Prose):
        return _letters(value.text)
    if is_dataclass(value):
        return [_seen(getattr(value, field.name)) for field in fields(value) if field.compare]
    return [_seen(one) for one in value] if isinstance(value, tuple) else value


def _letters(text: str) -> str:
    return "".join(text.split())
