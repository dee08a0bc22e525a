"""The text of a lesson file to what it says, format sections 3 and 4."""

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from quizapp.content.folder import title_from
from quizapp.content.front_matter import FrontMatter
from quizapp.content.headings import (
    QuestionHeading,
    own_options,
    read_heading,
    report_attributes,
    report_braces,
    report_value,
)
from quizapp.content.model import Heading
from quizapp.content.names import tidy_name
from quizapp.content.pages import PageReader, is_definition
from quizapp.content.parts import find_answers, is_answered_in, is_hint, shown_blocks
from quizapp.content.questions import NOTHING, QuestionReader, asks_something
from quizapp.content.references import Source, read_reference
from quizapp.questions.base import Prose, Question
from quizapp.questions.choices import is_round_choice
from quizapp.source.blocks import Block
from quizapp.source.report import Report

WORDS_A_MINUTE = 200
DEFAULT_PASS = Fraction(80, 100)
TAG = re.compile(r"<[a-z][^<>]*>")  # the sanitiser leaves no `<` and `>` inside a tag
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
    asks_confidence: bool = False


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson as its file has it.

    `fingerprint` is that of its text, `heading` the HTML of the `#` heading it had, `anchor` the name of that.
    """

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
    anchor: str = ""

    @property
    def anchors(self) -> frozenset[str]:
        """The names that a link into the lesson can point to: those of its headings and checks."""
        prose = [part if isinstance(part, str) else part.introduction for part in self.parts]
        checks = {check.name for check in self.checks}
        return frozenset(checks.union({self.anchor} - {""}, *map(_ids_in, prose)))

    @property
    def checks(self) -> tuple[CheckSource, ...]:
        """The knowledge checks, in order."""
        return tuple(part for part in self.parts if isinstance(part, CheckSource))


@dataclass(slots=True)
class Section:
    """A run of blocks of a lesson: prose, or a check with the heading that opens it."""

    blocks: list[Block]
    heading: QuestionHeading | None = None


def read_lesson(
    front: FrontMatter, body: str, blocks: Sequence[Block], name: str, page: PageReader, reader: QuestionReader
) -> LessonSource:
    """Read the blocks of a lesson; `name` gives the title where nothing else does."""
    heading, kept = split_title(front, blocks)
    shown = page.render([heading]).html if heading else ""
    parts, headings = _read_sections(_sections(kept), page, reader)
    is_titled = len(kept) < len(blocks)
    anchor = next(iter(_ids_in(shown)), "") if is_titled else ""
    parts = _with_own_ids(parts, anchor)
    return LessonSource(
        title=title_of(front, shown, name),
        heading=shown if is_titled else "",
        summary=front.text("summary"),
        minutes=front.values.get("minutes") or _minutes(body),
        complete=front.values.get("complete") or _default_completion(parts),
        pass_mark=front.values.get("pass", DEFAULT_PASS),
        parts=_told_apart(parts, reader),
        headings=tuple(headings),
        lang=front.text("lang"),
        fingerprint=hashlib.sha256(body.encode()).hexdigest()[:32],
        anchor=anchor,
    )


def _read_sections(
    sections: Sequence[Section], page: PageReader, reader: QuestionReader
) -> tuple[list[str | CheckSource], list[Heading]]:
    """The HTML and the checks of a lesson, and its headings."""
    parts: list[str | CheckSource] = []
    headings: list[Heading] = []
    names: set[str] = set()
    is_many = sum(section.heading is not None for section in sections) > 1
    for number, section in enumerate(sections):
        if section.heading is None:
            _report_stray_answers(section.blocks, page.report)
            _report_headings(section.blocks, page.report)
            rendered = page.render(section.blocks, notes=f"p{number}" if number else "")
            parts.append(rendered.html)
            headings += rendered.headings
            continue
        check = _read_check(section.heading, section.blocks, names, reader, page, is_many)
        if check:
            parts.append(check)
            names.add(check.name)
            headings.append(Heading(check.name, check.title))
    return parts, headings


def split_title(front: FrontMatter, blocks: Sequence[Block]) -> tuple[Block | None, list[Block]]:
    """The `#` heading that gives or repeats the title, and the blocks without it; below others it stays there."""
    first = next((block for block in blocks if block.kind == "heading" and block.level == 1), None)
    heading = read_heading(first) if first else None
    if heading and ("check" in heading.words or (heading.text and front.text("title") not in ("", heading.text))):
        first = None
    shown = (block for block in blocks if block.kind != "comment" and not is_definition(block))
    is_on_top = first is next(shown, None)
    return first, [block for block in blocks if block is not first or not is_on_top]


def title_of(front: FrontMatter, heading: str, name: str) -> str:
    """The title: given, or that of the heading (HTML), or made of the name."""
    return front.text("title") or Prose(heading, heading).text or title_from(name)


def _sections(blocks: Sequence[Block]) -> list[Section]:
    """Divide a lesson at the headings marked `{.check}`; a check ends at a heading of its level or above."""
    sections = [Section([])]
    for block in blocks:
        heading = read_heading(block) if block.kind == "heading" else None
        around = sections[-1].heading
        if heading and "check" in heading.words:
            sections.append(Section([], heading))
        elif heading and around and block.level <= around.block.level:
            sections.append(Section([block]))
        else:
            sections[-1].blocks.append(block)
    return [section for section in sections if section.heading or section.blocks]


def _report_stray_answers(blocks: Sequence[Block], report: Report) -> None:
    """Report lists in which every item is a choice: the author forgot the check."""
    for block in blocks:
        if block.kind == "list" and all(is_round_choice(item) for item in block.children):
            report.add("answers-outside-check", block.line, block.column)
        else:
            _report_stray_answers(block.children, report)


def _report_headings(blocks: Sequence[Block], report: Report) -> None:
    """Report braces that were meant as an attribute list, and words that were meant as `.check`."""
    for heading in (read_heading(block) for block in blocks if block.kind == "heading"):
        report_braces(heading, report)
        for word in heading.words:
            if difflib.get_close_matches(word, ["check"], cutoff=0.7):
                near = "Did you mean `.check`?"
                report.add("unknown-word", *heading.place_of(f".{word}"), word=f".{word}", nearest=near)


def _read_check(
    heading: QuestionHeading,
    blocks: Sequence[Block],
    before: Collection[str],
    reader: QuestionReader,
    page: PageReader,
    is_many: bool,
) -> CheckSource | None:
    """Read a check; `before` are the names of the checks above it, `is_many` says whether the lesson has several."""
    report = reader.report
    level = heading.block.level + 1
    starts = [n for n, block in enumerate(blocks) if block.kind == "heading" and block.level == level]
    asks_confidence = _asks_confidence(heading, report)
    own = _without_check(heading)
    introduction: list[Block] = []
    sources: Sequence[Source | None]
    if starts:
        introduction = without_answers(blocks[: starts[0]], "#" * level, report)
        sources = _questions_below(own, blocks, starts, reader)
    elif asks_something(own, blocks):
        sources = [_only_question(own, blocks, reader)]
    else:
        report_attributes(own, report)
        report.add("empty-check", *heading.place)
        return None
    given = tidy_name(heading.attributes.name, heading.place_of("#"), report) if starts else ""
    name = given or ("check" if not before else f"check-{len(before) + 1}")
    if is_many and starts and not given:
        report.add("no-id", *heading.place, what="check", short="short-name")
    if name in before:
        report.add("check-twice", *heading.place_of(f"#{heading.attributes.name}"), name=name)
        return None
    kept = tuple(source for source in sources if source)
    if not kept:
        return None
    return CheckSource(name, heading.text, page.html(introduction, name), kept, *heading.place, asks_confidence)


def _asks_confidence(heading: QuestionHeading, report: Report) -> bool:
    """Whether a check asks how sure the learner is: `confidence=yes` on its heading."""
    value = heading.attributes.options.get("confidence", "no")
    if value not in ("yes", "no"):
        report_value("confidence", value, "`yes` or `no`", heading, report)
    return value == "yes"


def _without_check(heading: QuestionHeading) -> QuestionHeading:
    """The heading of a check without what makes it one: what is left are defaults for its questions."""
    options = {key: value for key, value in heading.attributes.options.items() if key != "confidence"}
    words = tuple(sorted(heading.words - {"check"}))
    return replace(heading, attributes=replace(heading.attributes, words=words, options=options))


def _questions_below(
    heading: QuestionHeading, blocks: Sequence[Block], starts: Sequence[int], reader: QuestionReader
) -> list[Source | None]:
    """What the question headings of a check ask; they stand at `starts`."""
    report_attributes(heading, reader.report)
    inherited = own_options(heading, reader.report)
    return [
        read_source(read_heading(blocks[start]), blocks[start + 1 : end], reader, inherited, heading.words)
        for start, end in pairwise([*starts, len(blocks)])
    ]


def _only_question(heading: QuestionHeading, blocks: Sequence[Block], reader: QuestionReader) -> Question | None:
    """The question that a check without question headings is; without another prompt its heading asks."""
    if is_answered_in(heading.as_paragraph(), blocks, heading.words):
        return reader.read(heading, blocks)
    kind, places = find_answers(blocks, heading.words) or (None, ())
    before = blocks[: min(places, default=len(blocks))]
    has_prompt = any(block.kind != "break" and not is_hint(block) for block in shown_blocks(before))
    return reader.read(replace(heading, text="") if has_prompt or (kind and kind.asks_itself) else heading, blocks)


def without_answers(blocks: Sequence[Block], signs: str, report: Report) -> list[Block]:
    """The text above the first question, whose heading has these signs; answers in it are reported, not shown."""
    early = [block for block in blocks if find_answers([block])]
    for block in early:
        heading = next((one for one in reversed(blocks[: blocks.index(block)]) if one.kind == "heading"), None)
        mend = f"Begin line {heading.line} with `{signs} `" if heading else f"Put a heading with `{signs}` above them"
        report.add("answers-before-heading", block.line, block.column, mend=mend)
    return [block for block in blocks if block not in early]


def read_source(
    heading: QuestionHeading,
    body: Sequence[Block],
    reader: QuestionReader,
    inherited: Mapping[str, str] = NOTHING,
    words: frozenset[str] = frozenset(),
) -> Source | None:
    """The question under a heading, or the reference that the heading is; `inherited` and `words` are its check's."""
    reference = read_reference(heading, body, "draft" in words, reader.definitions, reader.report)
    return reference or reader.read(heading, body, inherited, words)


def _with_own_ids(parts: list[str | CheckSource], anchor: str) -> list[str | CheckSource]:
    """The parts, where no two headings of the page have the same id: the second becomes `name-1`, as on GitHub.

    `anchor` is the id of the title.
    """
    used: set[str] = {anchor, *(part.name for part in parts if isinstance(part, CheckSource))}

    numbers: Counter[str] = Counter()

    def own(found: re.Match[str]) -> str:
        name = found[1]
        while name in used:
            numbers[found[1]] += 1
            name = f"{found[1]}-{numbers[found[1]]}"
        used.add(name)
        return f'id="{name}"'

    def in_tag(tag: re.Match[str]) -> str:
        return ID.sub(own, tag[0])

    return [part if isinstance(part, CheckSource) else TAG.sub(in_tag, part) for part in parts]


def _ids_in(page: str) -> list[str]:
    return [name for tag in TAG.findall(page) for name in ID.findall(tag)]


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
