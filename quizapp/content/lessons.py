"""The text of a lesson file to what it says, format sections 3 and 4."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from quizapp.content.front_matter import FrontMatter
from quizapp.content.model import Heading
from quizapp.content.pages import PageReader, is_definition
from quizapp.content.questions import QuestionReader, has_answers, heading_of, is_hint, report_braces
from quizapp.content.references import Reference, Source, read_reference
from quizapp.questions.base import Prose, Question
from quizapp.questions.choices import is_round_choice
from quizapp.source.attributes import Attributes
from quizapp.source.blocks import Block
from quizapp.source.report import Report

WORDS_A_MINUTE = 200
DEFAULT_PASS = Fraction(80, 100)
ID = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class CheckSource:
    """A check as its file has it: references are not followed yet. Line and column are those of its heading."""

    name: str
    title: str
    introduction: str
    sources: tuple[Source, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson as its file has it; `fingerprint` is that of its text, `heading` the HTML of the `#` heading it had."""

    title: str
    heading: str
    summary: str
    minutes: int
    complete: str
    pass_mark: Fraction
    parts: tuple["str | CheckSource", ...]
    headings: tuple[Heading, ...]
    lang: str
    fingerprint: str

    @property
    def checks(self) -> tuple[CheckSource, ...]:
        """The knowledge checks, in order."""
        return tuple(part for part in self.parts if isinstance(part, CheckSource))


@dataclass(slots=True)
class Section:
    """A run of blocks of a lesson: prose, or a check with the heading that opens it."""

    blocks: list[Block]
    heading: Block | None = None


def read_lesson(
    front: FrontMatter, body: str, blocks: Sequence[Block], name: str, page: PageReader, reader: QuestionReader
) -> LessonSource:
    """Read the blocks of a lesson; `name` gives the title where nothing else does."""
    heading, kept = split_title(front, blocks)
    shown = page.render([heading]).html if heading else ""
    parts: list[str | CheckSource] = []
    headings: list[Heading] = []
    for number, section in enumerate(_sections(kept)):
        if section.heading is None:
            _report_stray_answers(section.blocks, page.report)
            for block in section.blocks:
                _report_heading(block, page.report)
            rendered = page.render(section.blocks, notes=f"p{number}" if number else "")
            parts.append(rendered.html)
            headings += rendered.headings
            continue
        check = _read_check(section, [p for p in parts if isinstance(p, CheckSource)], reader, page)
        if check:
            parts.append(check)
            headings.append(Heading(check.name, check.title))
    return LessonSource(
        title=title_of(front, shown, name),
        heading=shown if len(kept) < len(blocks) else "",
        summary=front.text("summary"),
        minutes=front.values.get("minutes") or _minutes(body),
        complete=front.values.get("complete") or _default_completion(parts),
        pass_mark=front.values.get("pass", DEFAULT_PASS),
        parts=_told_apart(_with_own_ids(parts), reader),
        headings=tuple(headings),
        lang=front.text("lang"),
        fingerprint=hashlib.sha256(body.encode()).hexdigest()[:32],
    )


def split_title(front: FrontMatter, blocks: Sequence[Block]) -> tuple[Block | None, list[Block]]:
    """The `#` heading that gives or repeats the title, and the blocks without it; below others it stays there."""
    first = next((block for block in blocks if block.kind == "heading" and block.level == 1), None)
    written, attributes = heading_of(first) if first else ("", Attributes())
    if "check" in attributes.words or (written and front.text("title") not in ("", written)):
        first = None
    is_on_top = first is next((block for block in blocks if block.kind == "heading"), None)
    return first, [block for block in blocks if block is not first or not is_on_top]


def title_of(front: FrontMatter, heading: str, name: str) -> str:
    """The title: given, or that of the heading (HTML), or made of the name."""
    return front.text("title") or Prose(heading, heading).text or name.replace("-", " ").replace("_", " ").capitalize()


def anchors_in(parts: Iterable[object]) -> frozenset[str]:
    """The names that a link into a lesson can point to: those of its headings and checks."""
    prose = [part if isinstance(part, str) else getattr(part, "introduction", "") for part in parts]
    checks = {part.name for part in parts if isinstance(part, CheckSource)}
    return frozenset(checks.union(*(ID.findall(html) for html in prose)))


def _sections(blocks: Sequence[Block]) -> list[Section]:
    """Divide a lesson at the headings marked `{.check}`; a check ends at a heading of its level or above."""
    sections = [Section([])]
    for block in blocks:
        is_heading = block.kind == "heading"
        if is_heading and "check" in heading_of(block)[1].words:
            sections.append(Section([], block))
        elif is_heading and sections[-1].heading is not None and block.level <= sections[-1].heading.level:
            sections.append(Section([block]))
        else:
            sections[-1].blocks.append(block)
    return [section for section in sections if section.heading or section.blocks]


def _report_stray_answers(blocks: Sequence[Block], report: Report) -> None:
    """Report lists in which every item is a choice: the author forgot the check."""
    for block in blocks:
        if block.kind == "list" and all(is_round_choice(item) for item in block.children):
            report.add("answers-outside-check", block.line, block.column)


def _report_heading(block: Block, report: Report) -> None:
    """Report braces that were meant as an attribute list, and words that were meant as `.check`."""
    if block.kind == "heading":
        report_braces(block, report)
        for word in heading_of(block)[1].words:
            if difflib.get_close_matches(word, ["check"], cutoff=0.7):
                report.add("unknown-word", block.line, block.column, word=f".{word}", nearest="Did you mean `.check`?")


def _read_check(
    section: Section, before: list[CheckSource], reader: QuestionReader, page: PageReader
) -> CheckSource | None:
    assert section.heading is not None  # noqa: S101 (the caller asked)
    title, attributes = heading_of(section.heading)
    level = section.heading.level + 1
    starts = [n for n, block in enumerate(section.blocks) if block.kind == "heading" and block.level == level]
    introduction = section.blocks[: starts[0]] if starts else section.blocks
    report, place = reader.report, section.heading
    answers = has_answers(introduction)
    sources: list[Source | None] = []
    if not starts and answers:
        asks = "" if any(_is_prose(block) for block in _before(answers, section.blocks)) else title
        sources.append(reader.read(place, section.blocks, attributes, asks, {}))
        introduction = []
    else:
        reader.report_attributes(attributes, place)
    inherited = reader.options(attributes, place) if starts else {}
    if starts and answers:
        report.add("answers-before-heading", answers.line, answers.column)
    for start, end in pairwise([*starts, len(section.blocks)]):
        sources.append(read_source(section.blocks[start], section.blocks[start + 1 : end], inherited, reader))
    if not sources:
        report.add("empty-check", place.line, place.column)
    name = (attributes.name.casefold() if starts else "") or ("check" if not before else f"check-{len(before) + 1}")
    if before and starts and not attributes.name:
        report.add("no-id", place.line, place.column, what="check")
    if name in {check.name for check in before}:
        report.add("check-twice", place.line, place.column, name=name)
        return None
    kept = tuple(source for source in sources if source)
    return CheckSource(name, title, page.html(introduction, name), kept, place.line, place.column) if kept else None


def _before(answers: Block, blocks: Sequence[Block]) -> Sequence[Block]:
    return blocks[: next(n for n, block in enumerate(blocks) if block is answers)]


def _is_prose(block: Block) -> bool:
    return block.kind not in ("comment", "break") and not is_definition(block) and not is_hint(block)


def read_source(
    heading: Block, body: Sequence[Block], inherited: Mapping[str, str], reader: QuestionReader
) -> Question | Reference | None:
    """The question under a heading, or the reference that the heading is."""
    text, own = heading_of(heading)
    reference = read_reference(heading, text, own, body, reader.report)
    return reference or reader.read(heading, body, own, text, inherited)


def _with_own_ids(parts: list[str | CheckSource]) -> list[str | CheckSource]:
    """The parts, where no two headings of the page have the same id: the second becomes `name-1`, as on GitHub."""
    used: set[str] = {part.name for part in parts if isinstance(part, CheckSource)}

    def own(found: re.Match[str]) -> str:
        name, number = found[1], 0
        while name in used:
            number += 1
            name = f"{found[1]}-{number}"
        used.add(name)
        return f'id="{name}"'

    return [part if isinstance(part, CheckSource) else ID.sub(own, part) for part in parts]


def _told_apart(parts: list[str | CheckSource], reader: QuestionReader) -> tuple[str | CheckSource, ...]:
    checks = [part for part in parts if isinstance(part, CheckSource)]
    told = reader.finish(source for check in checks for source in check.sources if isinstance(source, Question))
    return tuple(
        replace(part, sources=tuple(told[s.key] if isinstance(s, Question) else s for s in part.sources))
        if isinstance(part, CheckSource)
        else part
        for part in parts
        if part
    )


def _minutes(body: str) -> int:
    return max(1, round(len(re.findall(r"\w+", body)) / WORDS_A_MINUTE))


def _default_completion(parts: Sequence[str | CheckSource]) -> str:
    return "all-correct" if any(isinstance(part, CheckSource) for part in parts) else "read"
