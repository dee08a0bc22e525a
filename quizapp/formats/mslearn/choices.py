"""The questions and choices of a quiz as they are read, both schemas of explanations; reference section 1.3."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.formats.mslearn.documents import Entries, Record, Text
from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.prose import Prose
from quizapp.source.blocks import Block
from quizapp.source.cursor import Line
from quizapp.source.writing import source_of

MAX_QUESTIONS, MAX_CHOICES = 200, 50  # of one quiz, of one question
TRUE, FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as it is written: its blocks, whether it is right, and what is said of it."""

    blocks: tuple[Block, ...]
    is_correct: bool
    feedback: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """Its text, to tell it from others."""
        return " ".join(source_of(self.blocks).split())


class Left(Exception):
    """A question cannot be asked; the code and the words of the note that says why."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code, self.words = code, words


def questions_in(quiz: Record, path: str, prose: Prose) -> list[Record]:
    """The records of the questions; one in which `content` stands twice is two."""
    found: list[Record] = []
    for entry in quiz.entries("questions"):
        if len(found) >= MAX_QUESTIONS:
            prose.note("too-many", Place(path, entry.line), most=MAX_QUESTIONS, what="questions")
            break
        if isinstance(entry, Record):
            found += _divided(entry, path, prose)
        else:
            prose.note("wrong-shape", Place(path, entry.line), key="questions", wanted="a list of questions")
    return found


def _divided(record: Record, path: str, prose: Prose) -> list[Record]:
    parts = list(record.divided("content"))
    for part in parts[1:]:
        prose.note("divided", Place(path, part.line), key="content")
    return parts


def tell_of_keys(record: Record, path: str, prose: Prose) -> None:
    """Note the keys that stand twice."""
    for key in record.twice:
        prose.note("key-twice", Place(path, key.line), key=key.value)


def told_text(record: Record, key: str, path: str, prose: Prose) -> Text:
    """The text of a key; what a YAML reader would have made something else of is noted."""
    text = record.text(key)
    if text.is_guess:
        prose.note("read-as-text", Place(path, text.line), key=key, value=text.value)
    return text


def read_choices(record: Record, path: str, prose: Prose) -> list[Choice]:
    """The choices of a question. Raises Left."""
    entries: list[Record] = []
    for entry in record.entries("choices"):
        entries += _divided(entry, path, prose) if isinstance(entry, Record) else [_bare(entry)]
        if len(entries) > MAX_CHOICES:
            raise Left("too-many", most=MAX_CHOICES, what="choices")
    choices = [_choice(entry, path, prose) for entry in entries]
    silent = sum(not choice.feedback for choice in choices)
    if silent:
        prose.note("no-explanation", Place(path, record.line), count=silent)
    return choices


def _bare(entry: Text | Entries) -> Record:
    """A choice that is only its text."""
    text = entry if isinstance(entry, Text) else Text("", entry.line)
    return Record(((Text("content", entry.line), text),), entry.line)


def _choice(record: Record, path: str, prose: Prose) -> Choice:
    tell_of_keys(record, path, prose)
    written = told_text(record, "content", path, prose)
    blocks = tuple(_unquoted(_inline(written, path, prose)))
    if not source_of(blocks).strip():
        raise Left("empty-choice")
    is_correct = _is_correct(record, path, prose)
    explanation = _explanation(record, is_correct, path, prose)
    feedback = prose.blocks(explanation, path) if explanation.value.strip() else []
    return Choice(blocks, is_correct, tuple(feedback))


def _inline(written: Text, path: str, prose: Prose) -> list[Block]:
    """The blocks of a choice; one line is a line of text, whatever it begins with."""
    if "\n" not in written.value.strip():
        rows = [row for row in prose.rows(written, path) if not row.is_blank]
        if len(rows) == 1 and not rows[0].is_code:
            return [Block("paragraph", lines=[Line(1, 1, rows[0].text.strip())])]
    return prose.blocks(written, path, in_question=True)


def _unquoted(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a choice, those in quotes as they are: a quote there would be feedback."""
    return [inner for block in blocks for inner in (_unquoted(block.children) if block.kind == "quote" else [block])]


def _is_correct(record: Record, path: str, prose: Prose) -> bool:
    said = record.text("isCorrect")
    word = said.value.strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    if word:
        raise Left("bad-correct", value=said.value)
    prose.note("no-is-correct", Place(path, record.line), choice=record.text("content").value)
    return False


def _explanation(record: Record, is_correct: bool, path: str, prose: Prose) -> Text:
    """What is said of a choice: its explanation, else that of its side, else that of the other one."""
    own = record.text("explanation")
    if own.value.strip():
        return own
    sides = [record.text("correctExplanation"), record.text("incorrectExplanation")]
    mine, other = sides if is_correct else reversed(sides)
    words = {"choice": record.text("content").value}
    if mine.value.strip() and other.value.strip():
        prose.note("two-explanations", Place(path, other.line), **words)
    elif other.value.strip():
        prose.note("other-explanation", Place(path, other.line), **words)
    return mine if mine.value.strip() else other


def told_apart(choices: list[Choice], record: Record, path: str, prose: Prose) -> list[Choice]:
    """The choices, a number behind those that say what another one says."""
    seen: set[str] = set()
    told: list[Choice] = []
    for choice in choices:
        number, own = 1, choice
        while own.text in seen:
            number += 1
            own = Choice(_with_number(choice.blocks, number), choice.is_correct, choice.feedback)
        if own is not choice:
            prose.note("same-choice", Place(path, record.line), choice=choice.text)
        seen.add(own.text)
        told.append(own)
    return told


def _with_number(blocks: tuple[Block, ...], number: int) -> tuple[Block, ...]:
    last = blocks[-1]
    mark = Block("paragraph", lines=[Line(last.line, 1, f"({number})")])
    if last.kind != "paragraph":
        return (*blocks, mark)
    line = last.lines[-1]
    ended = Line(line.number, line.column, f"{line.text.rstrip()} ({number})")
    return (*blocks[:-1], Block("paragraph", lines=[*last.lines[:-1], ended]))


def require_right(choices: Sequence[Choice]) -> None:
    """Raises Left where nothing can be asked."""
    if len(choices) < 2:
        raise Left("one-choice", count=len(choices))
    if not any(choice.is_correct for choice in choices):
        raise Left("no-correct")
