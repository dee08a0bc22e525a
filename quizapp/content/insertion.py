"""A question put into a file: below its last check, or at its end; everything else in the file stays as it is."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quizapp.content.edits import Lines, divided
from quizapp.content.files import FileReader, ReadFile, questions_of
from quizapp.content.folder import Kind
from quizapp.content.good import GoodVersion
from quizapp.content.headings import read_heading
from quizapp.content.lessons import LessonSource
from quizapp.content.markup import Renderer
from quizapp.content.questions import asks_something
from quizapp.content.starters import free_name
from quizapp.errors import QuizappError
from quizapp.source.blocks import Block
from quizapp.source.scanner import read_blocks
from quizapp.source.text import decode

LEVEL = 2  # of the questions in banks and quizzes, and of a check that is added
MAX_LEVEL = 6
CHECK = "Check your knowledge"
NAME = re.compile(r"\{#([^\s{}]+)")
EXPLANATION = "Say here why this is right: everybody reads it after the question."
BAD_FILE = "the question would not be read there. Mend first what `quizapp check` says of this file."


@dataclass(frozen=True, slots=True)
class Inserted:
    """A file with a question more: its bytes, the name of the question, and the line of its heading."""

    data: bytes
    name: str
    line: int


def with_question(data: bytes, path: str, kind: Kind, question: str, taken: Collection[str] = ()) -> Inserted:
    """A lesson, bank or quiz with a question more, which is written under a `##` heading.

    It comes last in the last check of a lesson; a lesson without one gets a check. `taken` are the names that other
    files of its module use. Raises QuizappError where it cannot be put there.
    """
    if kind not in ("lesson", "bank", "quiz"):
        raise QuizappError("an index asks no questions. Name a lesson, bank or quiz.")
    if not decode(data)[1]:
        raise QuizappError("this is no UTF-8 text. Save it as UTF-8 first.")
    lines, before = divided(data.decode("utf-8")), _read(data, path, kind)
    used = {*taken, *(name for name, _ in before.names)}
    own = NAME.search(question)
    name = free_name(own[1] if own else "question", used)
    text = NAME.sub(f"{{#{name}", question.strip(), count=1)
    number, level, check = _place(lines, before) if kind == "lesson" else (len(lines.texts), LEVEL, "")
    added = [*([check, ""] if check else []), *_moved(text, level).split("\n")]
    made, line = _inserted(lines, number, added)
    after = made.whole.encode()
    _require_same(before, _read(after, path, kind), name)
    return Inserted(after, name, line + (2 if check else 0))


def starter_question(example: str) -> str:
    """The example of a question type as a question to begin with: it has an explanation."""
    file = _read(example.encode(), "m/1.bank.md", "bank")
    [question] = questions_of(file.content).values()
    is_whole = bool(question.explanation) or "survey" in question.words
    return example if is_whole else f"{example.strip()}\n\n{EXPLANATION}\n"


def _read(data: bytes, path: str, kind: Kind) -> ReadFile:
    return FileReader((), None, Renderer()).read(path, kind, "m", GoodVersion(data))


def _place(lines: Lines, file: ReadFile) -> tuple[int, int, str]:
    """Behind which line of a lesson a question goes, the level of its heading, and the check that it needs, if any."""
    blocks = read_blocks("\n".join(lines.texts[file.front.body_line - 1 :]), file.front.body_line)
    headings = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    checks = [place for place in headings if "check" in read_heading(blocks[place]).words]
    last = blocks[checks[-1]] if checks else None
    if last is None or last.level >= MAX_LEVEL:
        return _new_check(lines, file)
    ends = [place for place in headings if place > checks[-1] and blocks[place].level <= last.level]
    inside = blocks[checks[-1] + 1 : ends[0] if ends else len(blocks)]
    if _is_one_question(last, inside):
        return _new_check(lines, file)
    return blocks[ends[0]].line - 1 if ends else len(lines.texts), last.level + 1, ""


def _is_one_question(heading: Block, inside: Sequence[Block]) -> bool:
    """Whether a check has no question headings, and is a question itself."""
    has_headings = any(block.kind == "heading" and block.level == heading.level + 1 for block in inside)
    return not has_headings and asks_something(read_heading(heading), inside)


def _new_check(lines: Lines, file: ReadFile) -> tuple[int, int, str]:
    checks = file.content.checks if isinstance(file.content, LessonSource) else ()
    used = {check.name for check in checks} | {name for name, _ in file.names}
    words = f"{{#{free_name('more-questions', used)} .check}}" if checks else "{.check}"
    return len(lines.texts), LEVEL + 1, f"{'#' * LEVEL} {CHECK} {words}"


def _moved(question: str, level: int) -> str:
    """The question with its heading, and those in it, at another level."""
    texts = question.split("\n")
    for block in read_blocks(question):
        if block.kind == "heading" and block.marker == "#":
            texts[block.line - 1] = "#" * min(level - LEVEL, MAX_LEVEL - block.level) + texts[block.line - 1]
    return "\n".join(texts)


def _inserted(lines: Lines, number: int, added: Sequence[str]) -> tuple[Lines, int]:
    """The text with lines more behind one, empty lines around them; and the number of the first of them."""
    end = lines.ends[0] if lines.ends else "\n"
    above, below = list(lines.texts[:number]), list(lines.texts[number:])
    ends_above, ends_below = list(lines.ends[:number]), list(lines.ends[number:])
    is_at_end = not below
    if is_at_end and above and not above[-1]:
        above.pop()  # what stands behind the last line end
    elif is_at_end:
        ends_above.append(end)
    gap = [""] if above and above[-1].strip() else []
    new = [*gap, *added, *([""] if below else [])]
    texts = (*above, *new, *(below or [""]))
    return Lines(texts, (*ends_above, *[end] * len(new), *ends_below), lines.bom), len(above) + len(gap) + 1


def _require_same(before: ReadFile, after: ReadFile, name: str) -> None:
    """Raise QuizappError unless the file asks the same as before, and the new question."""
    old = {key: question.fingerprint for key, question in questions_of(before.content).items()}
    new = {key: question.fingerprint for key, question in questions_of(after.content).items()}
    if new.pop(f"m#{name.casefold()}", None) is None or new != old:
        raise QuizappError(BAD_FILE)
