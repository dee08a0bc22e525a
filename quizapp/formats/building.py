"""Questions that an importer built of values, made into items: written, read back and compared; decision 0018.

What is built is not rendered. What it shows is known where it stood in the source as plain text (`plain`), or is
Markdown that is read back to the letter (`prose`).
"""

import html
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from quizapp.content.folder import belongs_to_key
from quizapp.content.links import paths_in
from quizapp.content.names import NUMBERED
from quizapp.content.writing import write_question
from quizapp.formats.contract import Item, Note
from quizapp.formats.escaping import shown
from quizapp.formats.naming import Taken
from quizapp.formats.values.writing import Values, values_of
from quizapp.formats.writing import HEADING_MOST, MODULE, ReadBack, Writer, digest_of, name_of
from quizapp.questions.base import NO_PROSE, Prose, Question, parts_of
from quizapp.questions.blanks import find_blanks
from quizapp.questions.numeric import NumericValue
from quizapp.questions.text import TextValue
from quizapp.source.scanner import read_blocks

UNSEEN = "<p>"  # HTML of prose that was not rendered and begins with a paragraph
TITLE_MOST = 80
MAX_TEXTS, ANY_TEXTS = 40_000, sys.maxsize  # prompts, choices, feedback … of one source
NO_ROOM = "so many texts stand above it that no more are read. Give the questions in parts."
ANY_NUMBER = "[-1e99, 1e99]"  # a known wrong answer that stands for every other number
Value = TypeVar("Value", TextValue, NumericValue)
INDENTED = re.compile(r" {4}| {0,3}\t")  # what begins so is code


def prose(markdown: str) -> Prose:
    """Prose of Markdown that is not rendered yet."""
    source = markdown.strip("\n")
    if not source.strip():
        return NO_PROSE
    first = read_blocks(source)[0]
    is_text = first.kind == "paragraph" or (first.kind == "math" and not first.closed)
    return Prose(source, UNSEEN if is_text else "")


def plain(text: str) -> Prose:
    """Prose that shows a text as it is: empty lines part paragraphs, other lines stay lines."""
    parts = [[line.strip() for line in part.split("\n") if line.strip()] for part in re.split(r"\n\s*\n", text)]
    markdown = "\n\n".join("\\\n".join(map(shown, lines)) for lines in parts if lines)
    return Prose(markdown, f"{UNSEEN}{html.escape(text)}</p>") if markdown else NO_PROSE


def line_of(part: Prose) -> Prose:
    """Prose as one line, for a cell of a table."""
    return replace(part, markdown=" ".join(part.markdown.replace("\\\n", "\n").split()))


def asked(part: Prose) -> tuple[Prose, Prose]:
    """What is asked as heading and prompt: a first line that can be a heading is one."""
    first, _, rest = part.markdown.partition("\n\n")
    block = read_blocks(first)[:1]
    is_line = bool(block) and block[0].kind == "paragraph" and "\n" not in first and not any(find_blanks(block))
    if not is_line or len(first) > HEADING_MOST or NUMBERED.fullmatch(first):
        return NO_PROSE, part
    if not rest.strip():
        return part, NO_PROSE
    return Prose(first, UNSEEN), prose(rest)


def whole_first(values: Sequence[Value]) -> list[Value]:
    """Values to type, one that earns everything first where the first would earn a part: no list may begin so."""
    found = list(values)
    whole = next((at for at, one in enumerate(found) if one.credit == 1), 0)
    if whole and found[0].credit != 0:
        found.insert(0, found.pop(whole))
    return found


@dataclass(slots=True)
class Built:
    """One question of a source: what was built of it, or why it is refused; `name` is what it was called."""

    place: str
    line: int
    end: int
    question: Question | None = None
    title: str = ""
    refused: str = ""
    warnings: list[Note] = field(default_factory=list)
    guesses: list[Note] = field(default_factory=list)
    group: tuple[str, ...] = ()

    def warn(self, text: str) -> None:
        """Say what is lost of it, or looks wrong."""
        self.warnings.append(Note(text, self.line))

    def guess(self, text: str) -> None:
        """Say how it was read."""
        self.guesses.append(Note(text, self.line))


def items_of(built: Iterable[Built], most: int = MAX_TEXTS) -> tuple[Item, ...]:
    """The items of a source; no two have the same id or name. What comes after so many texts is refused."""
    maker = _Maker(most)
    return tuple(map(maker.item, built))


class _Maker:
    def __init__(self, most: int) -> None:
        self.writer, self.left = Writer(), most
        self.ids, self.names = Taken(), Taken()

    def item(self, built: Built) -> Item:
        """The item of one question."""
        question = built.question if self._has_room_for(built) else None
        title = _short(built.title or (question.heading.markdown or question.prompt.markdown if question else ""))
        if question is None:
            id = self.ids.free(digest_of(title, built.refused))
            return _item(built, id, title, ReadBack(error=built.refused))
        bare = write_question(replace(question, key=f"{MODULE}#q"))
        id = self.ids.free(digest_of(bare))
        named = replace(question, key=f"{MODULE}#{self._name(question, id)}")
        read = self.writer.canonical(write_question(named))
        if read.question:
            title = _short(read.question.title)
            if not _is_same(named, read.question):
                read = ReadBack(error="it cannot be written so that it reads as it is.")
        return _item(built, id, title, read)

    def _has_room_for(self, built: Built) -> bool:
        """Whether its texts can still be read, each of which takes its time."""
        self.left -= len(parts_of(built.question)) + len(built.question.type.answers) if built.question else 0
        if self.left < 0 and not built.refused:
            built.refused = NO_ROOM
        return self.left >= 0

    def _name(self, question: Question, id: str) -> str:
        name = f"id-{question.name}" if question.name.isdigit() else question.name
        is_name = bool(name) and all(map(belongs_to_key, name))
        text = question.heading.markdown or question.prompt.markdown or question.type.asked.markdown
        wanted = name.casefold() if is_name else name_of(name or text, id)  # as it is read
        return self.names.free(wanted, f"{wanted}-{id[:6]}")


def _item(built: Built, id: str, title: str, read: ReadBack) -> Item:
    told = [Note(text, built.line) for text in (*read.warnings, *_links(read.question))]
    return Item(
        id,
        built.place,
        built.line,
        built.end,
        title,
        markdown=read.markdown,
        question=read.question,
        guesses=tuple(dict.fromkeys(built.guesses)),
        warnings=tuple(dict.fromkeys([*built.warnings, *told])),
        refused=read.error,
        group=built.group,
    )


def _links(question: Question | None) -> list[str]:
    """What is said of files that a question shows or links to, which an import does not bring."""
    paths = {path for part in parts_of(question) for path in paths_in(part.html)} if question else set()
    return [f"it shows or links to {path}. Put that file beside the bank." for path in sorted(paths)]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= TITLE_MOST else f"{text[: TITLE_MOST - 1]}…"


def _is_same(built: Question, read: Question) -> bool:
    """Whether what was read is what was built: every value, and every plain text as it is shown."""
    if bare(values_of(built)) != bare(values_of(read)):
        return False
    pairs = zip(_every_prose(built), _every_prose(read), strict=True)
    return all(_letters(one.text) == _letters(other.text) for one, other in pairs if one.html not in ("", UNSEEN))


def _every_prose(question: Question) -> Sequence[Prose]:
    return [part for part in parts_of(question) if part]


def _letters(text: str) -> str:
    return "".join(text.split())


def bare(values: Values) -> Values:
    """Values without what Markdown may write otherwise: white space (but that of code at the begin), and escapes."""
    return {name: _without_space(value) for name, value in values.items() if name not in ("id", "definitions")}


def _without_space(value: object) -> object:
    if isinstance(value, str):
        return ("code:" if INDENTED.match(value) else "") + re.sub(r"[\s\\]", "", value)
    if isinstance(value, dict):
        return {name: _without_space(one) for name, one in value.items()}
    return [_without_space(one) for one in value] if isinstance(value, list) else value
