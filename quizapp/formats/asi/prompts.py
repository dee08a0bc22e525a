"""What an item shows as Markdown: with blanks in the place of its gaps, and all of it before its answers."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quizapp.formats.asi.body import CLOSES, OPENS
from quizapp.formats.asi.drafting import Draft
from quizapp.formats.html import text_of_html
from quizapp.questions.base import Question, QuestionType
from quizapp.questions.fillin import FillIn
from quizapp.questions.placeholders import with_blanks
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import PLACEHOLDER

GAP = re.compile(f"{OPENS}(\\d+){CLOSES}")


def prompt_of(draft: Draft, kind: QuestionType | None) -> list[str]:
    """The first paragraph of the text, and all below it; its gaps are the blanks of `kind`, where that has some.

    Where a single thing is typed, a line stands in the place of that.
    """
    markdown = draft.markdown(draft.body.html)
    return with_text_above(draft, markdown, kind) if isinstance(kind, FillIn) else in_blocks(without_gaps(markdown))


def in_blocks(markdown: str) -> list[str]:
    """The first paragraph, and all below it."""
    return [part for part in markdown.split("\n\n", 1) if part.strip()]


def heads(prompt: Sequence[str]) -> bool:
    """Whether the first part is a paragraph, which may be a heading."""
    blocks = read_blocks(prompt[0]) if prompt else []
    return len(blocks) == 1 and blocks[0].kind == "paragraph"


def without_gaps(markdown: str) -> str:
    """A text without the place where something is typed, or with a line there where it stands in a sentence."""
    parts = [part for part in markdown.split("\n\n") if GAP.sub("", part).strip(" \\\n")]
    last = len(parts) - 1
    return "\n\n".join(
        GAP.sub(r"\\_\\_\\_\\_", GAP.sub("", part).rstrip() if number == last and _ends(part) else part)
        for number, part in enumerate(parts)
    )


def _ends(part: str) -> bool:
    return bool(re.search(f"{OPENS}\\d+{CLOSES}\\s*$", part)) and len(GAP.findall(part)) == 1


def _with_blanks_in_code(piece: str) -> str:
    """A block whose code, if it is some and holds gaps, says so."""
    fence, _, rest = piece.partition("\n")
    return f"{fence} blanks\n{rest}" if fence.startswith(("```", "~~~")) and GAP.search(rest) else piece


def with_text_above(draft: Draft, markdown: str, kind: FillIn) -> list[str]:
    """The text with its blanks; what stands below the last of them goes on its paragraph, or above all."""
    parts = read_blocks(markdown)
    lines = markdown.split("\n")
    starts = [block.line for block in parts] + [len(lines) + 1]
    pieces = ["\n".join(lines[start - 1 : end - 1]).strip("\n") for start, end in pairwise(starts)]
    pieces = [_with_blanks_in_code(piece) for piece in pieces]
    last = max((number for number, piece in enumerate(pieces) if GAP.search(piece)), default=0)
    below = pieces[last + 1 :]
    if below and all(block.kind == "paragraph" for block in parts[last:]):
        pieces = [*pieces[:last], "\\\n".join(pieces[last:])]
    elif below:
        draft.warn("the text below the last gap stands above the first one now.")
        pieces = [*below, *pieces[: last + 1]]
    text = "\n\n".join(pieces)
    order = [int(found) for found in GAP.findall(text)]
    blanks = [kind.blanks[number] for number in order]
    return in_blocks(with_blanks(GAP.sub(PLACEHOLDER, text), blanks))


def shows(question: Question, draft: Draft) -> bool:
    """Whether a question shows what the item showed, gaps apart."""
    kind = question.type
    told = f"{question.heading.text}{question.prompt.text}"
    asked = kind.text.text.replace(PLACEHOLDER, "") if isinstance(kind, FillIn) else ""
    wanted = _letters(text_of_html(GAP.sub("", draft.body.html)))
    choices = "".join(choice.content.text for choice in getattr(kind, "choices", ()))
    expected = [one.text for one in draft.body.interactions[0].offered] if choices else []
    found = _letters(told + asked)
    is_list = isinstance(kind, FillIn) and draft.body.interactions[0].kind in ("match", "associate")
    if sorted(found) != sorted(wanted) and not is_list:
        return False
    return _letters(choices) == _letters("".join(expected))


def _letters(text: str) -> str:
    return "".join(text.replace("_", "").split())
