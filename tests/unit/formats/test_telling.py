"""Who waits for an import is told how far it is, and that changes nothing of it."""

import io
from dataclasses import replace

import pytest
from docx import Document

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Source
from quizapp.formats.writing import Writer
from quizapp.questions.base import Prose

BANK = "".join(
    f"## How much is {n} plus {n}? {{#sum-{n}}}\n\n- (x) {2 * n}\n- ( ) {2 * n + 1}\n\n" for n in range(1, 4)
)
PASTED = "".join(f"{n}. How much is {n} plus {n}?\n*a) {2 * n}\nb) {2 * n + 1}\n" for n in range(1, 4))
WRITTEN_BY = {"qti": "qti3"}  # an importer that is called otherwise than the exporter


def source_of(name: str) -> bytes:
    """Three questions in a format."""
    if name == "text":
        return PASTED.encode()
    if name == "docx":
        document, packed = Document(), io.BytesIO()
        for line in PASTED.splitlines():
            document.add_paragraph(line)
        document.save(packed)
        return packed.getvalue()
    questions, _, _ = Writer().questions(BANK)
    return EXPORTERS[WRITTEN_BY.get(name, name)].write(questions, "Sums", lambda path: None).data


@pytest.mark.parametrize("name", IMPORTERS)
def test_each_question_is_told_as_it_is_done(name: str) -> None:
    told: list[tuple[int, int]] = []
    data = source_of(name)
    found = IMPORTERS[name].read(Source(data, tell=lambda done, count: told.append((done, count))))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert found == IMPORTERS[name].read(Source(data))
    assert len(found.good) == 3


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_tells_how_far_it_is(name: str) -> None:
    told: list[tuple[int, int]] = []
    questions, _, _ = Writer().questions(BANK)
    made = EXPORTERS[name].write(questions, "Sums", lambda path: None, lambda done, count: told.append((done, count)))
    assert told[-1] == (3, 3)
    assert made == EXPORTERS[name].write(questions, "Sums", lambda path: None)


@pytest.mark.parametrize("name", ["moodle", "qti12"])
def test_more_questions_than_are_usually_read_at_once_are_read_back(name: str) -> None:
    [question] = Writer().questions(BANK)[0][:1]
    many = [replace(question, key=f"m#q{n}", heading=Prose(f"Is it {n}?", f"<p>Is it {n}?</p>")) for n in range(1001)]
    assert EXPORTERS[name].write(many, "Sums", lambda path: None).losses == ()
