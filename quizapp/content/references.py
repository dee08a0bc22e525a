"""Headings that stand for questions of a bank: reading them, and finding what they mean; format section 4."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizapp.content.markup import content_path
from quizapp.content.model import Bank, Entry, Visibility
from quizapp.content.options import FOR_REFERENCES, split_list
from quizapp.content.pages import is_definition
from quizapp.questions.base import Question
from quizapp.source.attributes import Attributes
from quizapp.source.blocks import Block
from quizapp.source.report import Report

LINK = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(<?(?P<target>[^()\s<>]+)>?\)")


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


Source = Question | Reference


def read_reference(
    heading: Block, text: str, own: Attributes, body: Sequence[Block], report: Report
) -> Reference | None:
    """The reference that a heading is; None where it is a question of its own."""
    link = LINK.fullmatch(text)
    path = content_path(link["target"], report.path.rpartition("/")[0]) if link else None
    bank, _, name = (path or "").partition("#")
    if link is None or not bank.endswith(".bank.md"):
        return None
    extra = [b for b in body if b.kind not in ("comment", "break") and not is_definition(b)]
    if extra:
        report.add("text-after-reference", extra[0].line, extra[0].column)
    options = {}
    for key, value in own.options.items():
        fits, wanted = FOR_REFERENCES.get(key, (None, ""))
        if fits is None:
            near = "A link to a bank takes `count=` and `tags=`."
            report.add("unknown-option", heading.line, heading.column, key=key, nearest=near)
        elif not fits(value):
            report.add("bad-value", heading.line, heading.column, name=f"{key}=", value=value, wanted=wanted)
        else:
            options[key] = value
    column = heading.lines[0].column + max(0, heading.lines[0].text.find(link["target"]))
    tags = tuple(split_list(options.get("tags", "")))
    return Reference(bank, link["target"], name, int(options.get("count", "1")), tags, heading.line, column)


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
            report.add(
                "draw-too-many", reference.line, reference.column,
                bank=reference.written, available=len(left), count=reference.count,
            )  # fmt: skip
        taken |= set(left[: reference.count])


def _named(source: Source, inside: Visibility, find_bank: FindBank) -> list[tuple[Question, Visibility]]:
    """The question that stands there by name, and who may see it."""
    if isinstance(source, Question):
        return [(source, Visibility())]
    bank = find_bank(source.bank)
    if bank is None or not source.name:
        return []
    return [(question, bank.visibility) for question in bank.questions if question.name == source.name.casefold()]


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
    return Entry(pool, reference.count, bank.visibility)
