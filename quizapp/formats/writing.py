"""Markdown of one imported question, read back by the reader of the site, so that what is saved is what was shown."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizapp.content.files import FileReader, questions_of
from quizapp.content.folder import belongs_to_key
from quizapp.content.good import GoodVersion
from quizapp.content.markup import Renderer
from quizapp.content.names import NUMBERED
from quizapp.content.writing import apart, write_question
from quizapp.formats.escaping import shown
from quizapp.questions.base import Question
from quizapp.source.writing import moved, quoted

OTHER_LINE = re.compile(r"; the other is on line \d+")  # of what was written here, which nobody sees
PATH, MODULE = "imported.bank.md", "imported"
HEADING_MOST = 160  # characters; a longer first line of a prompt stands below an empty heading
NAME_WORDS, NAME_MOST = 6, 48


@dataclass(frozen=True, slots=True)
class Parts:
    """A question as Markdown in parts: paragraphs of the prompt, the answers, and what is said of them.

    `attributes` stand behind the name.
    """

    prompt: Sequence[str]
    name: str = ""
    answers: Sequence[str] = ()
    hints: Sequence[str] = ()
    explanation: Sequence[str] = ()
    attributes: Sequence[str] = ()
    may_head: bool = True  # whether the first paragraph may be the heading


@dataclass(slots=True)
class ReadBack:
    """What a question reads as: None with the `error` that keeps it from that; `warnings` say what looks wrong."""

    question: Question | None = None
    markdown: str = ""
    error: str = ""
    warnings: list[str] = field(default_factory=list)


class Writer:
    """Writes questions and reads them back; one for a source, since what renders is dear to make."""

    def __init__(self) -> None:
        self.reader = FileReader((), None, Renderer())

    def write(self, parts: Parts) -> ReadBack:
        """The question of some parts, in canonical Markdown that reads as an equal question."""
        return self.canonical(_markdown(parts))

    def canonical(self, markdown: str) -> ReadBack:
        """The one question of a text under a `##`, as above."""
        questions, told, error = self.questions(markdown)
        if error or len(questions) != 1:
            return ReadBack(error=error or "it cannot be written as one question.")
        again = write_question(questions[0])
        if again != markdown and not self._reads_as(questions[0], again):
            return ReadBack(error="it cannot be written so that it reads as it is.")
        return ReadBack(replace(questions[0], path="", line=1), again, warnings=told)

    def _reads_as(self, question: Question, markdown: str) -> bool:
        read, _, error = self.questions(markdown)
        return not error and len(read) == 1 and replace(read[0], line=0) == replace(question, line=0)

    def questions(self, markdown: str) -> tuple[list[Question], list[str], str]:
        """The questions of a bank, the warnings about them, and the first error."""
        file = self.reader.read(PATH, "bank", MODULE, GoodVersion(markdown.encode("utf-8", "replace")))
        told = [f"{one.message} {one.advice}".strip() for one in file.problems if one.severity == "warning"]
        errors = [
            OTHER_LINE.sub("", f"{one.message} {one.advice}".strip())
            for one in file.problems
            if one.severity == "error"
        ]
        return list(questions_of(file.content).values()), told, errors[0] if errors else ""


def _markdown(parts: Parts) -> str:
    first, *others = list(parts.prompt) or [""]
    heads = parts.may_head and "\n" not in first and len(first) <= HEADING_MOST and not NUMBERED.fullmatch(first)
    heading, prompt = (first, others) if heads else ("", list(parts.prompt))
    attributes = "{" + " ".join([f"#{parts.name}", *parts.attributes]) + "}"
    hints = ["\n".join(quoted(["[!TIP]", *hint.split("\n")])) for hint in parts.hints]
    answers = "\n".join(parts.answers)
    answers = apart("\n\n".join(prompt), answers)
    after = "\n\n".join(parts.explanation)
    head = f"## {heading} {attributes}" if heading else f"## {attributes}"
    below = [head, *prompt, answers, *hints, after if hints else apart(answers, after)]
    return "\n\n".join(part for part in below if part) + "\n"


def choice(text: str, marker: str, feedback: str = "") -> str:
    """One choice as Markdown, with its feedback below."""
    line = f"- {marker} {shown(text)}"
    return "\n".join([line, *moved(quoted([shown(feedback)]), 2)]) if feedback else line


def name_of(text: str, digest: str) -> str:
    """The name of a question, made of its first words; of `digest` where they give none."""
    words = re.findall(r"[^\W_]+", text.casefold())
    name = ""
    for word in words[:NAME_WORDS]:
        longer = f"{name}-{word}" if name else word
        name = longer if len(longer) <= NAME_MOST else name or word[:NAME_MOST]
    name = "".join(one for one in name if belongs_to_key(one) and one != ".")
    return name if name.strip("-") and not name.isdigit() else f"q-{digest[:8]}"


def digest_of(*texts: str) -> str:
    """A short hash of some texts: what makes ids that stay."""
    return hashlib.sha256("\0".join(" ".join(text.split()) for text in texts).encode("utf-8", "replace")).hexdigest()[
        :12
    ]
