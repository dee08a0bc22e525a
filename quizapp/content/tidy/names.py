"""Names of questions and checks that no author gave: those under which they are served, so that history stays."""

import re
from collections.abc import Iterator, Sequence

from quizapp.content.edits import Edit
from quizapp.content.files import questions_of
from quizapp.content.headings import read_heading
from quizapp.content.lessons import LessonSource
from quizapp.content.tidy.base import Repair, Source, add_repair
from quizapp.content.tidy.lists import attribute_list, end_of_heading
from quizapp.source.blocks import Block

NAME = re.compile(r"[^\s\"={}#]+")


def edits(source: Source) -> Iterator[Sequence[Edit]]:
    """A name for each heading that lacks one, where names are asked for."""
    wrong = source.lines_of("no-id") if source.wishes.ids else frozenset[int]()
    if not wrong:
        return
    names = _names(source)
    for block in source.blocks:
        if block.kind == "heading" and block.line in wrong and not read_heading(block).attributes.name:
            name = names.get(block.line, "")
            if NAME.fullmatch(name):
                yield from _named(source, block, name)


def _names(source: Source) -> dict[int, str]:
    """The name for each line: that of the question or check which is served there, else one that is free."""
    file, wishes = source.file, source.wishes
    used = {name for name, _ in file.names} | wishes.taken
    found = {}
    for name, (line, _) in file.names:
        if name in file.unnamed:
            served = wishes.named.get(line)
            is_free = name not in wishes.taken
            found[line] = served or (name if is_free else _free(name, used))
            used.add(found[line])
    checks = file.content.checks if isinstance(file.content, LessonSource) else ()
    questions = {question.line for question in questions_of(file.content).values()}
    return found | {check.line: check.name for check in checks if check.line not in questions}


def _free(name: str, used: set[str]) -> str:
    return next(free for number in range(2, len(used) + 3) if (free := f"{name}-{number}") not in used)


def _named(source: Source, block: Block, name: str) -> Iterator[Sequence[Edit]]:
    found = attribute_list(source, block)
    if found:
        line, column, inside = found
        old = inside[: len(inside) - len(inside.lstrip())]
        yield [Edit(line, column, old, f"#{name} " if inside.strip() else f"#{name}")]
        return
    end = end_of_heading(source, block)
    if end:
        line, column, gap = end
        yield [Edit(line, column, "", f"{gap}{{#{name}}}")]


add_repair(Repair("names", 40, edits, renames=True))
