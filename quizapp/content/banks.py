"""Question banks and quizzes: files in which every `##` is a question; format sections 4 and 8."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from quizapp.content.front_matter import FrontMatter
from quizapp.content.headings import read_heading
from quizapp.content.lessons import read_source, split_title, title_of, without_answers
from quizapp.content.model import QuizSettings, Reveal
from quizapp.content.pages import PageReader
from quizapp.content.questions import QuestionReader
from quizapp.content.references import Reference, Source
from quizapp.content.scalars import Raw
from quizapp.content.values import ASPECTS, Unfit, one_line, whole, words
from quizapp.questions.base import Question
from quizapp.source.blocks import Block
from quizapp.source.meant import meant
from quizapp.source.report import Report

LEVEL = 2
T = TypeVar("T")
# What a preset says of a quiz that says nothing itself.
PRESETS: dict[str, dict[str, Any]] = {
    "practice": {"pass": None, "attempts": None, "reveal": "during", "hints": True, "pages": "one"},
    "check": {"pass": Fraction(80, 100), "attempts": None, "reveal": "after-submit", "hints": True, "pages": "all"},
    "exam": {"pass": Fraction(80, 100), "attempts": 1, "reveal": "after-submit", "hints": False, "pages": "one"},
}


@dataclass(frozen=True, slots=True)
class BankSource:
    """A bank as its file has it."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class DrawSource:
    """A `draw:` entry: the key of a bank (`name`, or `module/name`), tags and count, and where it stands."""

    bank: str
    tags: tuple[str, ...]
    count: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class QuizSource:
    """A quiz as its file has it: references and draws are not followed yet."""

    title: str
    summary: str
    introduction: str
    sources: tuple[Source, ...]
    draws: tuple[DrawSource, ...]
    settings: QuizSettings


def read_bank(
    front: FrontMatter, blocks: Sequence[Block], name: str, page: PageReader, reader: QuestionReader
) -> BankSource:
    """Read the questions of a bank; text before the first is a note to authors."""
    heading, kept = split_title(front, blocks)
    title = title_of(front, page.html([heading]) if heading else "", name)
    _note, sources = _sources(kept, reader)
    questions = [source for source in sources if isinstance(source, Question)]
    return BankSource(title, tuple(reader.finish(questions).values()))


def read_quiz(
    front: FrontMatter, blocks: Sequence[Block], name: str, page: PageReader, reader: QuestionReader
) -> QuizSource:
    """Read a quiz: its own questions come first, then the draws."""
    heading, kept = split_title(front, blocks)
    introduction, sources = _sources(kept, reader)
    told = reader.finish(source for source in sources if isinstance(source, Question))
    draws = _draws(front, reader.report)
    if not sources and not draws and not reader.report.errors:
        reader.report.add("empty-quiz", *front.place("title"))
    settings = settings_of(front)
    _report_dates(settings, front, reader.report)
    return QuizSource(
        title=title_of(front, page.html([heading]) if heading else "", name),
        summary=front.text("summary"),
        introduction=page.html(introduction),
        sources=tuple(told[source.key] if isinstance(source, Question) else source for source in sources),
        draws=draws,
        settings=settings,
    )


def _sources(blocks: Sequence[Block], reader: QuestionReader) -> tuple[list[Block], list[Source]]:
    """What stands before the first question heading, without answers, and the questions and references.

    A heading above the level of questions ends the one before it; what stands below it is text to authors again.
    """
    starts = [n for n, block in enumerate(blocks) if block.kind == "heading" and block.level <= LEVEL]
    found = [
        read_source(read_heading(blocks[start]), blocks[start + 1 : end], reader)
        for start, end in pairwise([*starts, len(blocks)])
        if blocks[start].level == LEVEL
    ]
    first = next((n for n in starts if blocks[n].level == LEVEL), len(blocks))
    return without_answers(blocks[:first], "#" * LEVEL, reader.report), [source for source in found if source]


def _draws(front: FrontMatter, report: Report) -> tuple[DrawSource, ...]:
    draws = []
    for number, entry in enumerate(front.values.get("draw", ())):
        name, place = f"draw.{number}", front.place(f"draw.{number}")
        for key in sorted(entry.keys() - {"bank", "tags", "count"}):
            report.add(
                "unknown-key",
                *front.place(f"{name}.{key}"),
                key=key,
                nearest="An entry has `bank`, `tags` and `count`.",
            )
        bank = _entry(entry, "bank", one_line, "the key of a bank", front.value_place(f"{name}.bank"), report)
        tags = _entry(
            entry, "tags", words, "a list of tags such as `[dns, mx]`", front.value_place(f"{name}.tags"), report
        )
        count = _entry(entry, "count", whole, "a whole number from 1 on", front.value_place(f"{name}.count"), report)
        if bank:
            draws.append(DrawSource(bank, tags or (), count or 1, *front.value_place(f"{name}.bank")))
        elif "bank" not in entry:
            report.add("bad-value", *place, name="draw: ", value="", wanted="`bank: name` in each entry", meant="")
    return tuple(draws)


def _entry(
    entry: Mapping[str, Raw], key: str, read: Callable[[Raw], T], wanted: str, place: tuple[int, int], report: Report
) -> T | None:
    """What an entry says under a key; None where it says nothing, or nothing that fits, which is reported."""
    if entry.get(key) is None:
        return None
    try:
        return read(entry[key])
    except Unfit:
        near = meant(f"{key}: {{}}", str(entry[key]), wanted)
        report.add("bad-value", *place, name=f"{key}: ", value=entry[key], wanted=wanted, meant=near)
        return None


def settings_of(front: FrontMatter) -> QuizSettings:
    """How a quiz is taken whose front matter says that; what it does not say is its preset's."""
    preset = front.values.get("preset", "check")
    said = {**PRESETS[preset], **front.values}
    reveal = dict.fromkeys(ASPECTS, PRESETS[preset]["reveal"]) | front.values.get("reveal", {})
    navigation = said.get("navigation", "free")
    return QuizSettings(
        preset=preset,
        pass_mark=said["pass"],
        minutes=said.get("time"),
        attempts=said["attempts"],
        keep=said.get("keep", "best"),
        reveal=Reveal(**reveal),
        has_hints=said["hints"],
        delay=said.get("delay", timedelta(0)),
        opens=said.get("opens"),
        closes=said.get("closes"),
        pages="one" if navigation == "forward" else said["pages"],  # one that is passed is not come back to
        navigation=navigation,
        asks_confidence=said.get("confidence", False),
        hint_cost=said.get("hint-cost", Fraction(0)),
        guessing=said.get("guessing"),
    )


def _report_dates(settings: QuizSettings, front: FrontMatter, report: Report) -> None:
    if settings.closes is None and "after-close" in astuple(settings.reveal):
        report.add("no-close", *front.value_place("reveal"))
    if settings.opens and settings.closes and settings.opens >= settings.closes:
        report.add("closes-before-opens", *front.value_place("closes"))


def as_reference(draw: DrawSource, bank: str) -> Reference:
    """A draw as the reference that a heading would be; `bank` is the content path of its bank."""
    return Reference(bank, draw.bank, "", draw.count, draw.tags, draw.line, draw.column)
