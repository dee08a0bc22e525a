"""The blocks below a question's heading, divided at its answers; format section 5."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from quizapp.content.headings import without_code
from quizapp.content.pages import is_definition
from quizapp.questions.base import QUESTION_TYPES, QuestionType
from quizapp.source.blocks import Block, walk
from quizapp.source.report import Report
from quizapp.source.scanner import read_blocks

HINT = re.compile(r"\[!tip\][ \t]*", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?<![\\\[])\[\^([^\]\s]+)\](?!:)")
NUMBER_WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a question; `kind` is the type that found the answers."""

    kind: type[QuestionType]
    prompt: Sequence[Block]
    answers: Sequence[Block]
    explanation: Sequence[Block]
    hints: Sequence[Sequence[Block]]


def shown_blocks(body: Sequence[Block]) -> list[Block]:
    """The blocks below a heading that belong to its question: no comments, no definitions, no rule at the end."""
    blocks = [block for block in body if block.kind != "comment" and not is_definition(block)]
    while blocks and blocks[-1].kind == "break":
        blocks.pop()
    return blocks


def divide(blocks: Sequence[Block], words: frozenset[str], report: Report) -> Parts | None:
    """Divide the blocks of a question; None when none of them is its answers."""
    hints = [hint_blocks(block) for block in blocks if is_hint(block)]
    others = shown_blocks([block for block in blocks if not is_hint(block)])
    found = find_answers(others, words)
    if found is None:
        return None
    kind, places = found
    if not places:
        return Parts(kind, others, [], [], hints)
    last = max(places)
    answers, explanation = [others[place] for place in places], others[last + 1 :]
    prompt = [block for place, block in enumerate(others[:last]) if place not in places]
    if answers[-1].kind == "list" and not kind.asks_itself:
        answers[-1], explanation = _rejoined(answers[-1], explanation, report)
    for block in explanation:
        if block.kind == "list" and claiming(block):
            report.add("two-answer-lists", block.line, block.column, hint=_meant_as_feedback(explanation, block))
    return Parts(kind, prompt, answers, explanation, hints)


def _meant_as_feedback(explanation: Sequence[Block], answers: Block) -> str:
    """What to do about text between answers, which ends their list."""
    first = explanation[0]
    if first is answers or first.kind != "paragraph":
        return ""
    return f" If line {first.line} is feedback, indent it and begin it with `>`: `  > No.`."


def find_answers(
    blocks: Sequence[Block], words: AbstractSet[str] = frozenset()
) -> tuple[type[QuestionType], Sequence[int]] | None:
    """The question type that finds its answers among the blocks of a question, and which of them they are.

    A type that the words ask for is the only one to look. Of others the one with the lowest rank counts, then the one
    whose answers come first.
    """
    every = QUESTION_TYPES.values()
    kinds = [kind for kind in every if kind.word in words] or [kind for kind in every if not kind.word]
    found = [(kind, places) for kind in kinds if (places := kind.find(blocks, frozenset(words))) is not None]
    return min(found, key=lambda one: (one[0].rank, min(one[1], default=0)), default=None)


def is_answered_in(heading: Block, blocks: Sequence[Block], words: AbstractSet[str]) -> bool:
    """Whether the heading of a question, as a paragraph above its blocks, is itself among the answers."""
    found = find_answers([heading, *blocks], words) if "[[" in heading.text else None  # only a blank is one there
    return found is not None and 0 in found[1]


def claiming(block: Block) -> type[QuestionType] | None:
    """The question type that takes a block for its answers, whatever else stands around it."""
    found = find_answers([block])
    return found[0] if found and not found[0].rank else None


def is_hint(block: Block) -> bool:
    """Whether a block is a hint: a quote that begins with `[!TIP]`."""
    return block.kind == "quote" and bool(block.children) and HINT.match(block.children[0].lines[0].text) is not None


def hint_blocks(quote: Block) -> list[Block]:
    """What a hint says: what stands behind `[!TIP]` is read as if that were not there."""
    first, *others = quote.children
    rest = HINT.sub("", first.text, count=1)
    blocks = read_blocks(rest, first.line) if rest.strip() else []
    for block in walk(blocks):
        block.lines = [replace(line, column=line.column + first.column - 1) for line in block.lines]
    return [*blocks, *others]


def _rejoined(answers: Block, after: list[Block], report: Report) -> tuple[Block, list[Block]]:
    """Undo what feedback without indentation does to an answer list: it cuts it in pieces."""
    columns = NUMBER_WORDS.get(answers.children[-1].indent, str(answers.children[-1].indent))
    while after and after[0].kind == "quote" and _is_feedback(answers, after):
        quote, *after = after
        report.add("feedback-not-indented", quote.line, quote.column, columns=columns)
        answers = replace(answers, lines=answers.lines + quote.lines)
        if after and _goes_on(answers, after[0]):
            piece, *after = after
            lines, items = answers.lines + piece.lines, answers.children + piece.children
            answers = replace(answers, lines=lines, children=items)
    return answers, after


def _is_feedback(answers: Block, after: Sequence[Block]) -> bool:
    """Whether a quote below answers is their feedback: right under an item, or between two of them."""
    is_adjacent = after[0].line == answers.lines[-1].number + 1
    return is_adjacent or (len(after) > 1 and _goes_on(answers, after[1]))


def _goes_on(answers: Block, block: Block) -> bool:
    """Whether a list is the rest of the answers."""
    return block.kind == "list" and block.marker == answers.marker and claiming(block) is not None


def report_footnotes(blocks: Sequence[Block], notes: AbstractSet[str], report: Report) -> None:
    """Report footnotes, which have no place in a question; `notes` are the names of those of the file."""
    for block in walk(blocks) if notes else ():
        for line in block.lines if block.kind in ("paragraph", "heading", "table") else ():
            text = without_code(line.text)
            found = next((one for one in FOOTNOTE.finditer(text) if one[1].casefold() in notes), None)
            if found:
                report.add("footnote-in-question", line.number, line.column + found.start())
