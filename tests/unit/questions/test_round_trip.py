"""`read(write(read(x))) == read(x)`, for questions of any shape; format section 10."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.content.snapshots import restore, take
from quizapp.content.writing import write_question
from quizapp.questions.base import QUESTION_TYPES, Question
from tests.conftest import ROOT
from tests.unit.questions.generators import KINDS, read, texts


def require_round_trip(found: dict[str, Question]) -> None:
    written = {key: write_question(question) for key, question in found.items()}
    again = read("\n".join(written.values()))
    assert again == found
    assert {key: write_question(question) for key, question in again.items()} == written
    assert {key: question.fingerprint for key, question in again.items()} == {
        key: question.fingerprint for key, question in found.items()
    }
    for question in found.values():
        assert restore(take(question)) == question


def test_questions_of_every_type_are_made() -> None:
    assert set(KINDS) == set(QUESTION_TYPES)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=50)
@given(data=st.data())
def test_any_question_is_read_as_it_was_written(name: str, data: st.DataObject) -> None:
    require_round_trip(read(data.draw(texts(name))))


@pytest.mark.parametrize("file", sorted((ROOT / "content").rglob("*.md")), ids=lambda file: file.name)
def test_shipped_questions_are_read_as_they_were_written(file: Path) -> None:
    require_round_trip(read(file.read_bytes(), file.name))


def test_samples_and_the_worked_examples_are_read_as_they_were_written(conformance: Path) -> None:
    for file in sorted((conformance / "format").glob("*.md")):
        require_round_trip(read(file.read_bytes(), file.name))
    spec = (conformance.parent / "format.md").read_text(encoding="utf-8")
    for example in re.findall(r"^````markdown\n(.*?)^````", spec, flags=re.DOTALL | re.MULTILINE):
        found = read(example, "example.md")
        types = ["single", "multiple", "text", "numeric", "fill-in", "match", "order", "group", "records", "essay"]
        assert [question.type.name for question in found.values()] == types
        require_round_trip(found)


@pytest.mark.parametrize(
    "text",
    [
        "## Q {#q .survey}\n\n    code\n\n> [!TIP]\n> A hint.\n\n    other code\n",
        "## Q {#q}\n\n- (x) A\n\n   <div>HTML</div>\n- ( ) B\n",
    ],
    ids=["code around a hint", "HTML further in"],
)
def test_what_once_was_not_read_as_it_was_written(text: str) -> None:
    found = read(text)
    assert found
    require_round_trip(found)
