"""The text of a lesson file to a Lesson, format sections 3 and 4."""

import hashlib
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from quizapp.content.cache import FragmentCache
from quizapp.content.front_matter import FrontMatter, percent, split_front_matter
from quizapp.content.markup import Rendered, Renderer, fragment_key
from quizapp.content.model import Check, Heading, Lesson
from quizapp.content.questions import (
    QuestionReader,
    definitions_in,
    has_answers,
    heading_of,
    with_defaults,
)
from quizapp.questions.base import Question
from quizapp.questions.choices import is_round_choice
from quizapp.source.attributes import Attributes
from quizapp.source.blocks import Block, read_blocks, walk
from quizapp.source.report import Report

WORDS_A_MINUTE = 200
UNCLOSED = {"fence": "fence-open", "math": "math-open", "html": "html-open", "comment": "html-open"}


@dataclass(slots=True)
class PageReader:
    """Renders the fragments of one content file and notes what they link to; `folder` is the file's."""

    folder: str
    report: Report
    renderer: Renderer
    cache: FragmentCache
    sized: Callable[[str], str]
    definitions: str = ""
    links: set[str] = field(default_factory=set)

    def render(self, blocks: Sequence[Block], prefix: str = "") -> Rendered:
        """The safe HTML of some blocks of the file; their source, where they are nested too deeply to be rendered."""
        text = "\n".join(block.text for block in blocks) + "\0" + self.definitions
        key = fragment_key(self.folder, text, prefix)
        try:
            kept = self.cache.get(key, lambda: self.renderer.render(blocks, self.definitions, self.folder, prefix))
        except RecursionError:  # the Markdown library follows the nesting of what it reads
            self.report.add("too-complex", blocks[0].line, blocks[0].column)
            return Rendered(f"<pre>{html.escape(text)}</pre>")
        self.links.update(kept.links)
        return replace(kept, html=self.sized(kept.html))

    def html(self, blocks: Sequence[Block], prefix: str = "") -> str:
        """The same, for a part of a question."""
        return self.render(blocks, prefix).html


@dataclass(slots=True)
class Section:
    """A run of blocks of a lesson: prose, or a check with the heading that opens it."""

    blocks: list[Block]
    heading: Block | None = None


def read_lesson(
    path: str, text: str, module: str, name: str, page: PageReader, names: dict[str, str], report: Report
) -> Lesson | None:
    """Read a lesson; None for a draft. `names` are the question names of its module so far."""
    front, body = split_front_matter(text, "lesson", report)
    if front.values.get("draft") is True:
        return None
    blocks = read_blocks(body, front.body_line)
    report_unclosed(blocks, report)
    page.definitions = definitions_in(blocks)
    title, blocks = title_of(front, blocks, name)
    reader = QuestionReader(module, report, page.html, names)
    parts: list[str | Check] = []
    headings: list[Heading] = []
    for section in _sections(blocks):
        if section.heading is None:
            _report_stray_answers(section.blocks, report)
            rendered = page.render([_plain_heading(block) for block in section.blocks])
            parts.append(rendered.html)
            headings += rendered.headings
            continue
        check = _read_check(section, f"{module}/{name}", [p for p in parts if isinstance(p, Check)], reader, page)
        if check:
            parts.append(check)
            headings.append(Heading(check.name, check.title))
    return Lesson(
        key=f"{module}/{name}",
        module=module,
        name=name,
        title=title,
        summary=front.text("summary"),
        minutes=front.values.get("minutes") or _minutes(body),
        complete=front.values.get("complete") or _default_completion(parts),
        pass_mark=percent(front.values.get("pass") or 80),
        parts=tuple(part for part in parts if part),
        headings=tuple(headings),
        lang=front.text("lang"),
        path=path,
        fingerprint=hashlib.sha256(body.encode()).hexdigest()[:32],
    )


def title_of(front: FrontMatter, blocks: list[Block], name: str) -> tuple[str, list[Block]]:
    """The title, and the blocks without the `#` heading that gave or repeats it."""
    first = next((block for block in blocks if block.kind == "heading" and block.level == 1), None)
    written, attributes = heading_of(first) if first else ("", Attributes())
    if "check" in attributes.words:
        first, written = None, ""
    title = front.text("title") or written or name.replace("-", " ").replace("_", " ").capitalize()
    return title, [block for block in blocks if block is not first or (written and written != title)]


def report_unclosed(blocks: Sequence[Block], report: Report) -> None:
    """Report code, formulas and HTML that run to the end of the file."""
    last = max((block.lines[-1].number for block in blocks), default=0)
    for block in walk(blocks):
        if not block.closed and block.kind in UNCLOSED and block.lines[-1].number == last:
            report.add(UNCLOSED[block.kind], block.line, block.column, marker=block.marker)


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


def _read_check(
    section: Section, lesson: str, before: list[Check], reader: QuestionReader, page: PageReader
) -> Check | None:
    assert section.heading is not None  # noqa: S101 (the caller asked)
    title, attributes = heading_of(section.heading)
    level = section.heading.level + 1
    starts = [n for n, block in enumerate(section.blocks) if block.kind == "heading" and block.level == level]
    introduction = section.blocks[: starts[0]] if starts else section.blocks
    report, place = reader.report, section.heading
    answers = has_answers(introduction)
    questions: list[Question | None] = []
    if not starts and answers:
        questions.append(reader.read(None, section.blocks, attributes, ""))
        introduction = []
    elif answers:
        report.add("answers-before-heading", answers.line, answers.column)
    for start, end in pairwise([*starts, len(section.blocks)]):
        questions.append(_read_question(section.blocks[start], section.blocks[start + 1 : end], attributes, reader))
    if not questions:
        report.add("empty-check", place.line, place.column)
    served = tuple(question for question in questions if question and "draft" not in question.words)
    name = (attributes.name if starts else "") or ("check" if not before else f"check-{len(before) + 1}")
    if name in {check.name for check in before}:
        report.add("check-twice", place.line, place.column, name=name)
        return None
    if not served:
        return None
    return Check(f"{lesson}#{name}", name, title, page.html(introduction, name), served)


def _read_question(
    heading: Block, body: Sequence[Block], defaults: Attributes, reader: QuestionReader
) -> Question | None:
    text, own = heading_of(heading)
    return reader.read(heading, body, with_defaults(own, defaults), text)


def _plain_heading(block: Block) -> Block:
    return replace(block, info=heading_of(block)[0]) if block.kind == "heading" else block


def _minutes(body: str) -> int:
    return max(1, round(len(re.findall(r"\w+", body)) / WORDS_A_MINUTE))


def _default_completion(parts: Sequence[str | Check]) -> str:
    return "all-correct" if any(isinstance(part, Check) for part in parts) else "read"
