"""Headings that stand for questions of a bank: reading them, and finding what they mean; format section 4."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizapp.content.folder import kind_of
from quizapp.content.headings import QuestionHeading, report_value
from quizapp.content.links import content_target
from quizapp.content.model import EVERYBODY, Bank, Entry, Visibility
from quizapp.content.options import FOR_REFERENCES, split_list
from quizapp.content.parts import shown_blocks
from quizapp.questions.base import Question
from quizapp.source.blocks import Block
from quizapp.source.definitions import normal_label, read_definitions
from quizapp.source.report import Report

TEXT = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
LINK = re.compile(TEXT + r"""\([ ]*(?:<(?P<spaced>[^<>]+)>|(?P<target>[^()\s<>]+))(?:\s+(?:"[^"]*"|'[^']*'))?[ ]*\)""")
LINK_BY_LABEL = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\[(?P<label>[^\[\]]*)\])?")
TAKES = "A link to a bank takes `.draft`, `count=` and `tags=`."
NAMED = "One question was named: a link to `#name` takes `.draft` only."


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands for questions of a bank: one of that name, or `count` of those that have all the tags.

    `bank` is the content path of the bank; `written` what the author wrote, at line and column.
    """

    bank: str
    written: str
    name: str
    count: int
    tags: tuple[str, ...]
    line: int
    column: int
    is_draft: bool = False


Source = Question | Reference


def read_reference(
    heading: QuestionHeading, body: Sequence[Block], is_draft: bool, definitions: str, report: Report
) -> Reference | None:
    """The reference that a heading is; None where it is a question of its own.

    `is_draft` says that its check is one, `definitions` are the lines that define the links of the file.
    """
    target = _target(heading.text, definitions)
    bank, name = content_target(target, report.path.rpartition("/")[0]) or ("", "")
    if kind_of(bank) != "bank":
        return None
    extra = [block for block in shown_blocks(body) if block.kind != "break"]
    if extra:
        report.add("text-after-reference", extra[0].line, extra[0].column)
    options = _options(heading, TAKES if not name else NAMED, report)
    tags = tuple(split_list(options.get("tags", "")))
    place = _place_in_heading(heading, target)
    is_draft = is_draft or "draft" in heading.words
    return Reference(bank, target, name, int(options.get("count", "1")), tags, *place, is_draft)


def _target(text: str, definitions: str) -> str:
    """Where the link goes that is the whole text of a heading; empty for any other text."""
    link = LINK.fullmatch(text)
    if link:
        return link["spaced"] or link["target"]
    by_label = LINK_BY_LABEL.fullmatch(text) if definitions else None
    if by_label is None:
        return ""
    found = read_definitions(definitions).links.get(normal_label(by_label["label"] or by_label["text"]))
    return found.address if found else ""


def _options(heading: QuestionHeading, near: str, report: Report) -> dict[str, str]:
    """The options of a reference; whatever else its attribute list says is reported."""
    attributes, options = heading.attributes, {}
    for key, value in attributes.options.items():
        fits, wanted = FOR_REFERENCES.get(key, (None, ""))
        if fits is None or near == NAMED:
            report.add("unknown-option", *heading.place_of(key), key=key, nearest=near)
        elif not fits(value):
            report_value(key, value, wanted, heading, report)
        else:
            options[key] = value
    name = [f"#{attributes.name}"] if attributes.name else []
    words = [f".{word}" for word in attributes.words if word != "draft"]
    for entry in (*name, *words, *attributes.unread):
        report.add("unknown-word", *heading.place_of(entry), word=entry, nearest=near)
    return options


def _place_in_heading(heading: QuestionHeading, target: str) -> tuple[int, int]:
    line = heading.block.lines[0]
    return line.number, line.column + max(0, line.text.find(target))


FindBank = Callable[[str], Bank | None]


def resolve(sources: Iterable[Source], inside: Visibility, find_bank: FindBank, report: Report) -> tuple[Entry, ...]:
    """The entries of a check or quiz, drafts included.

    No question is asked twice: those that stand there by name are not drawn, and a pool gives a question once.
    Of questions named twice, the first stays.
    """
    kept = list(sources)
    fixed: dict[str, Entry] = {}
    for source in kept:
        for question, visibility in _named(source, inside, find_bank):
            fixed.setdefault(question.key, Entry((question,), 1, visibility))
    entries: list[Entry] = []
    draws: list[tuple[Reference, Entry]] = []
    done: set[str] = set()
    for source in kept:
        named = _named(source, inside, find_bank)
        for question, _ in named:
            if question.key not in done:
                entries.append(fixed[question.key])
            done.add(question.key)
        if not named and isinstance(source, Reference):
            entry = _draw(source, fixed.keys(), find_bank, report)
            draws += [(source, entry)] if entry else []
            entries += [entry] if entry and entry.pool else []
    _report_too_many(draws, report)
    return tuple(entries)


def _report_too_many(draws: list[tuple[Reference, Entry]], report: Report) -> None:
    """Report draws that ask for more than is there: the smaller pools take theirs first, as in an attempt."""
    taken: set[str] = set()
    for reference, entry in sorted(draws, key=lambda draw: len(draw[1].pool)):
        left = [question.key for question in entry.pool if question.key not in taken]
        others = [other.pool for _, other in draws if other is not entry]
        left.sort(key=lambda key: sum(key in {question.key for question in pool} for pool in others))
        if len(left) < reference.count:
            mend = (
                f"Ask for {len(left)} at most; a question with an error does not count."
                if left
                else "Ask for tags that questions of this bank have."
            )
            report.add(
                "draw-too-many", reference.line, reference.column,
                bank=reference.written, available=len(left), count=reference.count, mend=mend,
            )  # fmt: skip
        taken |= set(left[: reference.count])


def _named(source: Source, inside: Visibility, find_bank: FindBank) -> list[tuple[Question, Visibility]]:
    """The question that stands there by name, and who may see it."""
    if isinstance(source, Question):
        return [(source, EVERYBODY)]
    bank = find_bank(source.bank)
    if bank is None or not source.name:
        return []
    visibility = Visibility(source.is_draft).within(bank.visibility)
    return [(question, visibility) for question in bank.questions if question.name == source.name.casefold()]


def _draw(reference: Reference, fixed: Iterable[str], find_bank: FindBank, report: Report) -> Entry | None:
    bank = find_bank(reference.bank)
    place = reference.line, reference.column
    if bank is None:
        report.add("broken-link", *place, target=reference.written)
        return None
    if reference.name:
        known = ", ".join(f"`#{question.name}`" for question in bank.questions) or "none"
        near = f"Its questions are {known}."
        report.add("broken-anchor", *place, path=reference.bank.rpartition("/")[2], anchor=reference.name, nearest=near)
        return None
    pool = tuple(question for question in bank.having(reference.tags) if question.key not in fixed)
    return Entry(pool, reference.count, Visibility(reference.is_draft).within(bank.visibility))
