"""A question as it was shown, in a form that can be stored and read back."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from quizapp.content.questions import QuestionReader, heading_of
from quizapp.content.structure import source_of
from quizapp.questions.base import Prose, Question, decimal_text
from quizapp.questions.fingerprint import fingerprint
from quizapp.source.blocks import read_blocks
from quizapp.source.report import Report


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`markdown` is canonical (format section 10) with every option resolved; `html` maps each part to its HTML."""

    fingerprint: str
    question: str
    markdown: str
    html: dict[str, str]


def take(question: Question) -> Snapshot:
    """The snapshot of a question."""
    html = {prose.markdown: prose.html for prose in _parts(question) if prose}
    return Snapshot(fingerprint(question), question.key, write_question(question), html)


def restore(snapshot: Snapshot) -> Question:
    """The question that was shown. Raises ValueError when the snapshot does not hold one."""
    heading, *body = read_blocks(snapshot.markdown)
    module = snapshot.question.partition("#")[0]
    report = Report(snapshot.question)
    reader = QuestionReader(module, report, lambda blocks, _: snapshot.html[source_of(blocks)])
    text, attributes = heading_of(heading)
    question = reader.read(heading, body, attributes, text, {})
    if question is None:
        raise ValueError(f"{snapshot.question}: the snapshot is damaged: {report.problems}")
    return replace(question, fingerprint=snapshot.fingerprint)


def write_question(question: Question) -> str:
    """Canonical Markdown of a question under a `##` heading, every part one blank line apart."""
    parts = [
        f"## {question.heading.markdown}".rstrip() + " " + _attributes(question),
        question.prompt.markdown,
        question.type.write(),
        *(_quote(hint) for hint in question.hints),
        question.explanation.markdown,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _attributes(question: Question) -> str:
    options = dict(question.type.written_options())
    if question.points != 1:
        options["points"] = decimal_text(question.points)
    if question.tags:
        options["tags"] = ",".join(question.tags)
    if not question.shuffle:
        options["shuffle"] = "no"
    if question.tries:
        options["tries"] = ",".join(decimal_text(worth * 100) for worth in question.tries)
    words = [f".{word}" for word in question.words]
    if question.was:
        options["was"] = ",".join(question.was)
    return "{" + " ".join([f"#{question.name}", *words, *(f"{key}={value}" for key, value in options.items())]) + "}"


def _quote(hint: Prose) -> str:
    return "\n".join(f"> {line}".rstrip() for line in f"[!TIP]\n{hint.markdown}".split("\n"))


def _parts(value: object) -> Sequence[Prose]:
    """Every Prose in a question, however deep."""
    if isinstance(value, Prose):
        return [value]
    if isinstance(value, tuple):
        return [prose for part in value for prose in _parts(part)]
    if is_dataclass(value):
        return [prose for field in fields(value) for prose in _parts(getattr(value, field.name))]
    return []
