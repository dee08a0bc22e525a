"""A quiz of Microsoft Learn to the questions of a knowledge check; reference section 1.3."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.content.files import FileReader, questions_of
from quizapp.content.folder import belongs_to_key
from quizapp.content.good import GoodVersion
from quizapp.content.names import NUMBERED
from quizapp.content.writing import write_question
from quizapp.formats.mslearn.choices import (
    Choice,
    Left,
    questions_in,
    read_choices,
    require_right,
    tell_of_keys,
    told_apart,
    told_text,
)
from quizapp.formats.mslearn.documents import Record
from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.prose import Prose
from quizapp.questions.base import Question
from quizapp.questions.choices import MARKER
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.single import SingleChoice
from quizapp.source.blocks import Block, walk
from quizapp.source.cursor import Line
from quizapp.source.inlines import plain_text, read_inlines
from quizapp.source.writing import indented, moved, quoted, source_of

HEADING_MOST = 120  # characters; a longer question stands below a heading with its number
NAME_WORDS, NAME_MOST = 4, 40
BLANKS = re.compile(r"(?<!\\)\[\[")
PIECES = re.compile(r"(?<=[.!?])\s+(?=\S)")


@dataclass(slots=True)
class QuizWriter:
    """Writes the questions of one module; their names are kept apart."""

    reader: FileReader
    names: set[str] = field(default_factory=set)

    def write(self, quiz: Record, path: str, prose: Prose) -> list[str]:
        """The questions of a quiz, each as Markdown under a `###`; those that cannot be asked are noted."""
        written: list[str] = []
        for number, record in enumerate(questions_in(quiz, path, prose), start=1):
            prose.question = number
            place = Place(path, record.line)
            try:
                written.append(self._question(record, path, prose, len(written) + 1))
            except Left as left:
                prose.note(left.code, place, **left.words)
        prose.question = 0
        return written

    def _question(self, record: Record, path: str, prose: Prose, number: int) -> str:
        tell_of_keys(record, path, prose)
        stem = prose.blocks(told_text(record, "content", path, prose), path, in_question=True)
        if not source_of(stem).strip():
            raise Left("empty-stem")
        choices = told_apart(read_choices(record, path, prose), record, path, prose)
        require_right(choices)
        correct = sum(choice.is_correct for choice in choices)
        if correct > 1:
            prose.note("several-correct", Place(path, record.line), count=correct)
        name = self._name(stem)
        markdown = _markdown(name, stem, choices, number)
        return self._read_back(markdown, choices, name)

    def _read_back(self, markdown: str, choices: Sequence[Choice], name: str) -> str:
        """The question in canonical Markdown, read as the site reads it. Raises Left."""
        read, reason = self._read(markdown)
        if read is None:
            raise Left("not-a-question", reason=reason)
        kind = read.type
        if not isinstance(kind, SingleChoice | MultipleChoice):
            raise Left("not-a-question", reason="it reads as a question of another type.")
        if [choice.credit == 1 for choice in kind.choices] != [choice.is_correct for choice in choices]:
            raise Left("not-a-question", reason="its right choices read as others.")
        if [_squeezed(choice.content.markdown) for choice in kind.choices] != [choice.text for choice in choices]:
            raise Left("not-a-question", reason="its choices read as others.")
        if [bool(choice.feedback) for choice in kind.choices] != [bool(choice.feedback) for choice in choices]:
            raise Left("not-a-question", reason="its explanations read as others.")
        self.names.add(name)
        written = write_question(read)
        again, _ = self._read(written)
        numbered = markdown if again is None or again.fingerprint != read.fingerprint else written
        return _under_heading(numbered, markdown)

    def _read(self, markdown: str) -> tuple[Question | None, str]:
        """The one question of a bank, or why it cannot be read."""
        file = self.reader.read("quiz.bank.md", "bank", "module", GoodVersion(markdown.encode("utf-8", "replace")))
        errors = [f"{one.message} {one.advice}" for one in file.problems if one.severity == "error"]
        questions = list(questions_of(file.content).values())
        if errors or len(questions) != 1:
            return None, errors[0] if errors else "it reads as more than one question."
        return questions[0], ""

    def _name(self, stem: Sequence[Block]) -> str:
        """A name made of the last words of what is asked, which tell most; none that another question has."""
        words = re.findall(r"[^\W_]+", re.sub("['’]", "", _plain(stem)).casefold())
        name = ""
        for word in reversed(words[-NAME_WORDS:]):
            longer = f"{word}-{name}" if name else word[:NAME_MOST]
            name = longer if len(longer) <= NAME_MOST else name
        first = "".join(one for one in name if belongs_to_key(one) and one != ".").strip("-") or "question"
        own, number = first, 1
        while own in self.names:
            number += 1
            own = f"{first}-{number}"
        return own


def _markdown(name: str, stem: Sequence[Block], choices: Sequence[Choice], number: int) -> str:
    """A question under a `##`, in the parts of our format."""
    heading = _heading(stem)
    is_several = sum(choice.is_correct for choice in choices) > 1
    marks = ("[x]", "[ ]") if is_several else ("(x)", "( )")
    prompt = "" if heading else BLANKS.sub(r"\\[[", source_of(_unmarked(stem)))
    bullet = "*" if stem[-1].kind == "list" and stem[-1].marker == "-" else "-"
    answers = "\n".join(_written(choice, bullet, marks) for choice in choices)
    return (
        "\n\n".join(part for part in (f"## {heading or f'Question {number}'} {{#{name}}}", prompt, answers) if part)
        + "\n"
    )


def _unmarked(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a prompt, in which no list may look like answers."""
    for item in (one for block in blocks if block.kind == "list" for one in block.children[:1]):
        first = item.children[0] if item.children else None
        line = first.lines[0] if first is not None and first.kind == "paragraph" else None
        if first is not None and line is not None and MARKER.match(line.text):
            first.lines[0] = Line(line.number, line.column, "\\" + line.text.lstrip())
    return list(blocks)


def _heading(stem: Sequence[Block]) -> str:
    """The question as the text of a heading, where it is short and plain enough; else empty."""
    if len(stem) != 1 or stem[0].kind != "paragraph" or len(stem[0].lines) != 1:
        return ""
    text = stem[0].lines[0].text.strip()
    is_odd = len(text) > HEADING_MOST or NUMBERED.fullmatch(text) or re.search(r"[{}]|#$|\[\[|^\[|\\$", text)
    return "" if is_odd else text


def _written(choice: Choice, bullet: str, marks: tuple[str, str]) -> str:
    mark = marks[0] if choice.is_correct else marks[1]
    first = choice.blocks[0]
    lines = source_of(choice.blocks).split("\n")
    if first.kind == "paragraph":
        shown = indented(lines, f"{bullet} {mark} ", 2)
    else:
        shown = [f"{bullet} {mark}", *moved(lines, 2)]
    if choice.feedback:
        shown += [*([""] if len(choice.blocks) > 1 else []), *moved(quoted(source_of(choice.feedback).split("\n")), 2)]
    return "\n".join(shown)


def _under_heading(written: str, drafted: str) -> str:
    """The question one level lower, as in a check; one without a heading has its number there."""
    first, _, rest = written.partition("\n")
    if re.match(r"## *\{", first):
        number = re.match(r"## (Question \d+) ", drafted)
        first = f"## {number[1]} {first[2:].strip()}" if number else first
    return f"#{first}\n{rest}"


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _plain(blocks: Sequence[Block]) -> str:
    """The last sentence of some blocks, without markup."""
    leaves = [block for block in walk(blocks) if block.kind == "paragraph"]
    text = " ".join(line.text.strip() for line in leaves[-1].lines) if leaves else ""
    shown = plain_text(read_inlines(text[:4000], {}, ()), lambda _: "").strip()
    return PIECES.split(shown)[-1] if shown else ""
