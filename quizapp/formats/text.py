"""Questions pasted as plain text: from a word processor, an e-mail or a chat."""

from typing import ClassVar

from quizapp.formats.contract import (
    MAX_BYTES,
    MAX_ITEMS,
    MAX_LINE,
    MAX_LINES,
    Imported,
    Importer,
    Note,
    Source,
    failed,
    telling,
)
from quizapp.formats.pasted.drafts import Draft
from quizapp.formats.pasted.grouping import Grouper
from quizapp.formats.pasted.lines import ENDS, read_lines
from quizapp.formats.pasted.making import Maker, ids_of
from quizapp.formats.pasted.prompts import take_points
from quizapp.formats.pasted.unmarked import settle_options
from quizapp.formats.texts import not_utf8
from quizapp.formats.writing import Writer


class Text(Importer):
    """`1. … a) … *b) …`, `Answer: B`, ticks, a list of answers at the end, and what else people write."""

    name: ClassVar[str] = "text"
    title: ClassVar[str] = "Plain text"
    endings: ClassVar[tuple[str, ...]] = (".txt", ".text", ".md", ".markdown")

    def read(self, source: Source) -> Imported:
        """The questions of a text in UTF-8."""
        if len(source.data) > MAX_BYTES:
            return failed(f"this has more than {MAX_BYTES // 1024} KiB. Paste it in parts.")
        try:
            text = source.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = source.data[: error.start].count(b"\n") + 1
            return failed(not_utf8(line))
        return read_pasted(text, source)


def read_pasted(text: str, source: Source) -> Imported:
    """The questions of a text; `source` holds what was said of those that asked."""
    whole = "\n".join(ENDS.split(text))
    if whole.count("\n") >= MAX_LINES:
        return failed(f"this has more than {MAX_LINES} lines. Paste it in parts.", source=whole)
    long = next((number for number, line in enumerate(whole.split("\n"), start=1) if len(line) > MAX_LINE), 0)
    if long:
        return failed(f"line {long} has more than {MAX_LINE} characters. Break it into lines.", source=whole)
    lines, notes = read_lines(text)
    grouper = Grouper(lines)
    grouper.read()
    drafts = [draft for draft in grouper.drafts if draft.asks]
    prose = [_left_out(draft) for draft in grouper.drafts if not draft.asks]
    if not drafts:
        told = (
            "there is no text. Give questions, or a file that is not empty."
            if not text.strip()
            else "no question was found. Write a number before each, such as `1.`"
        )
        return Imported(notes=(*notes, *grouper.notes, *prose), errors=failed(told).errors, source=whole)
    if len(drafts) > MAX_ITEMS:
        return failed(
            f"there are {len(drafts)} questions, and {MAX_ITEMS} can be read at once. Paste it in parts.", source=whole
        )
    for draft in drafts:
        settle_options(draft)
        take_points(draft)
    maker = Maker(Writer(), source.said)
    named = zip(telling(drafts, source.tell), ids_of(drafts), strict=True)
    items = [maker.item(draft, id, name) for draft, (id, name) in named]
    return Imported(tuple(items), (*notes, *grouper.notes, *prose), source=whole)


def _left_out(draft: Draft) -> Note:
    text = draft.stem_text
    return Note(f"“{text if len(text) <= 60 else text[:59] + '…'}” asks nothing and is left out.", draft.line)
