"""Aiken: a line that asks, lines `A) …`, a line `ANSWER: B`; read by the rules of Moodle's importer, and more strictly.

Moodle counts choices by their place and takes no notice of their letters, nor of an answer that is none of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from string import ascii_uppercase
from typing import ClassVar

from quizapp.formats.building import ANY_TEXTS, MAX_TEXTS, Built, asked, items_of, plain
from quizapp.formats.contract import (
    Exported,
    Exporter,
    Imported,
    Importer,
    Item,
    Media,
    Note,
    Source,
    Tell,
    failed,
    nobody,
    telling,
)
from quizapp.formats.escaping import shown
from quizapp.formats.losses import Lost, Written, losses_of, lost, without
from quizapp.formats.texts import BrokenText, text_of
from quizapp.formats.writing import MODULE
from quizapp.questions.base import Prose, Question
from quizapp.questions.choices import Choice
from quizapp.questions.single import SingleChoice

CHOICE = re.compile(r"([A-Z])[).][ \t]?(.*)")
ANSWER = re.compile(r"ANSWER:(.*)")
MEANT_AS_CHOICE, MEANT_AS_ANSWER = re.compile(r"[a-z][).] "), re.compile(r"(?i)answer ?:")


@dataclass(slots=True)
class _Draft:
    """Lines of one question; `answer` is None until its line comes."""

    line: int
    end: int
    stem: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    answer: str | None = None


class AikenImporter(Importer):
    """Questions with one right choice, as plain text."""

    name: ClassVar[str] = "aiken"
    title: ClassVar[str] = "Aiken, plain lines with `ANSWER: B`"
    endings: ClassVar[tuple[str, ...]] = (".aiken", ".aiken.txt")

    def read(self, source: Source) -> Imported:
        """The questions of a file in UTF-8."""
        try:
            text = text_of(source)
        except BrokenText as error:
            return failed(str(error))
        drafts, notes = _drafts(text)
        told = source.too_many(len(drafts))
        if told:
            return failed(told, source=text)
        if not drafts:
            return failed("there is no question in it. Write one, `A) …`, `B) …`, `ANSWER: A`.", source=text)
        items = items_of(map(_built, telling(drafts, source.tell)), MAX_TEXTS * source.scale)
        return Imported(items, tuple(notes), source=text)


def _drafts(text: str) -> tuple[list[_Draft], list[Note]]:
    drafts: list[_Draft] = []
    notes: list[Note] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if len(line) < 2:
            notes += [Note(f"“{line}” is left out: a line has two characters at least.", number)] if line else []
            continue
        _take(line, number, drafts)
    return drafts, notes


def _take(line: str, number: int, drafts: list[_Draft]) -> None:
    """Put a line to the question it belongs to."""
    choice, answer = CHOICE.fullmatch(line), ANSWER.fullmatch(line)
    open_one = drafts[-1] if drafts and drafts[-1].answer is None else None
    is_new = open_one is None or (not (choice or answer) and bool(open_one.choices))
    draft = _Draft(number, number) if open_one is None or is_new else open_one
    drafts += [draft] if is_new else []
    draft.end = number
    if choice:
        draft.letters.append(choice[1])
        draft.choices.append(choice[2].strip())
    elif answer:
        draft.answer = answer[1].strip()
    else:
        draft.stem.append(line)


def _built(draft: _Draft) -> Built:
    built = Built(f"line {draft.line}", draft.line, draft.end, title=" ".join(draft.stem))
    built.refused = _why_not(draft)
    if built.refused or draft.answer is None:
        return built
    if len(draft.stem) > 1:
        built.guess(f"took {len(draft.stem)} lines as what is asked; Aiken has one.")
    right = draft.letters.index(draft.answer)
    choices = (Choice(plain(text), Fraction(at == right)) for at, text in enumerate(draft.choices))
    heading, prompt = asked(plain("\n\n".join(draft.stem)))
    built.question = Question(f"{MODULE}#", SingleChoice(tuple(choices)), heading, prompt)
    return built


def _why_not(draft: _Draft) -> str:
    """Why a question cannot be read; empty where it can."""
    if not draft.stem:
        return "there is no question above these choices. Write it on the line before them."
    meant = next((line for line in draft.stem[1:] if MEANT_AS_CHOICE.match(line) or MEANT_AS_ANSWER.match(line)), "")
    if meant:
        return f"“{meant[:40]}” is read as text. Write `A) …` and `ANSWER: A` in capital letters."
    if len(draft.choices) < 2:
        return "it has fewer than two choices. Write each on a line: `A) …`."
    if draft.answer is None:
        return "it has no line `ANSWER: A`. Write it below its choices."
    if draft.letters != list(ascii_uppercase[: len(draft.letters)]):
        return f"its choices are lettered {', '.join(draft.letters)}. Letter them A, B, C, each once."
    if draft.answer not in draft.letters:
        return f"`ANSWER: {draft.answer[:20]}` is none of its choices. Write one letter."
    return ""


class AikenExporter(Exporter):
    """Held without a loss: single choice of 2 to 26 choices, one of which earns everything and the others nothing,
    where what is asked and each choice are a line of plain text. Nothing else of a question is held; nor is its name,
    which an import makes of its text.
    """

    name: ClassVar[str] = "aiken"
    title: ClassVar[str] = "Aiken, plain lines with `ANSWER: B`"
    ending: ClassVar[str] = ".txt"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """A few lines for each question that Aiken can hold."""
        written = [_written(question) for question in questions]
        text = "\n".join(one.text for one in written if not one.left_out)
        return Exported(text.encode(), losses_of(written, read_items(text, tell)))


def read_items(text: str, tell: Tell = nobody) -> tuple[Item, ...]:
    """The items of a text of any length."""
    return items_of(map(_built, telling(_drafts(text)[0], tell)), ANY_TEXTS)


def _written(question: Question) -> Written:
    kind = question.type
    if not isinstance(kind, SingleChoice):
        return Written(question, left_out="Aiken has no other type than single choice.")
    credits = [choice.credit for choice in kind.choices]
    if sorted(credits) != [*[0] * (len(credits) - 1), 1] or len(credits) > len(ascii_uppercase):
        return Written(question, left_out="Aiken has one right choice and wrong ones, 26 at most.")
    told = without(question)
    if any(choice.feedback for choice in kind.choices):
        told.append(lost("what is said of its choices is left out.", "choices"))
    stem = _line([question.heading, question.prompt], "what is asked", "text", told)
    choices = [_line([choice.content], f"choice {at}", "choices", told) for at, choice in enumerate(kind.choices, 1)]
    if not stem or not all(choices) or _is_taken_otherwise(stem):
        return Written(question, left_out="what is asked, or a choice, shows no text that Aiken can hold.")
    lines = [stem, *(f"{ascii_uppercase[at]}) {text}" for at, text in enumerate(choices))]
    return Written(
        question, "\n".join([*lines, f"ANSWER: {ascii_uppercase[credits.index(Fraction(1))]}", ""]), tuple(told)
    )


def _is_taken_otherwise(stem: str) -> bool:
    return len(stem) < 2 or bool(CHOICE.fullmatch(stem) or ANSWER.fullmatch(stem))


def _line(parts: Sequence[Prose], what: str, field_: str, told: list[Lost]) -> str:
    """The text of some parts as one line; what is lost of their looks is told."""
    text = " ".join(part.text for part in parts if part)
    if "".join(part.markdown for part in parts) != "".join(shown(part.text) for part in parts if part):
        told.append(lost(f"{what} is plain text there.", field_))
    return text
