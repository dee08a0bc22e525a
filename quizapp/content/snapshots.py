"""A question as it was shown, in a form that can be stored and read back."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.content.headings import read_heading
from quizapp.content.pages import definitions_in
from quizapp.content.questions import QuestionReader
from quizapp.content.writing import write_question
from quizapp.questions.base import Question, parts_of
from quizapp.questions.fingerprint import fingerprint
from quizapp.source.blocks import Block
from quizapp.source.report import Report
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import source_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`markdown` is canonical (format section 10) with every option resolved; `html` maps each part to its HTML."""

    fingerprint: str
    question: str
    markdown: str
    html: dict[str, str]


def take(question: Question) -> Snapshot:
    """The snapshot of a question."""
    key_for = _Keys()
    html = {key_for(prose.markdown): prose.html for prose in parts_of(question)}
    return Snapshot(fingerprint(question), question.key, write_question(question), html)


def restore(snapshot: Snapshot) -> Question:
    """The question that was shown. Raises ValueError when the snapshot does not hold one."""
    heading, *body = read_blocks(snapshot.markdown)
    module = snapshot.question.partition("#")[0]
    report, key_for = Report(snapshot.question), _Keys()
    html = {_bare(key): page for key, page in snapshot.html.items()}

    def render(blocks: Sequence[Block], _: str) -> str:
        key = _bare(key_for(source_of(blocks)))
        if key not in html:
            raise ValueError(f"{snapshot.question}: a part of the snapshot is lost: {key[:60]}")
        return html[key]

    reader = QuestionReader(module, report, render, definitions=definitions_in(body))
    question = reader.read(read_heading(heading), body)
    if question is None:
        raise ValueError(f"{snapshot.question}: the snapshot is damaged: {report.problems}")
    return replace(question, fingerprint=snapshot.fingerprint)


class _Keys:
    """Keys for the parts of a question: their Markdown, numbered where it stands there again."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def __call__(self, source: str) -> str:
        self.seen[_bare(source)] += 1
        again = self.seen[_bare(source)] - 1
        return f"{source}\0{again}" if again else source


def _bare(key: str) -> str:
    """What tells parts apart however they were escaped and indented when the snapshot was taken."""
    return re.sub(r"[\s\\]", "", key)
