"""Files of Canvas and New Quizzes in QTI 1.2: what each must become, and what it says of what it loses.

The files are read where they are, and nothing of them stands here.
"""

import html
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quizapp.formats.contract import IMPORTERS, Imported, Item, Source
from quizapp.formats.quiz_files import Beside, plan_with_quizzes
from quizapp.questions.base import Question
from quizapp.questions.fillin import FillIn
from quizapp.questions.match import Matching
from quizapp.questions.order import Ordering
from tests.conformance.rows import Row, row_of, shows

FOLDER = "canvas-qti12"
# By file: how many questions of each type, what is refused, which error keeps all of it out.
EXPECTED: dict[str, tuple[dict[str, int], list[str], str]] = {
    "all_canvas_simple_1.2.xml": (
        {"numeric": 1, "text": 1, "essay": 1, "fill-in": 2, "match": 1, "multiple": 1, "single": 2},
        ["its type, calculated, is not supported."],
        "",
    ),
    "canvas_multiple_dropdown.xml": ({"fill-in": 1}, [], ""),
    "canvas_multiple_dropdowns_correct_choice_is_not_the_first.xml": ({"fill-in": 1}, [], ""),
    "canvas_multiple_fib_as_single.xml": ({"fill-in": 1}, [], ""),
    "categorization.xml": (
        {},
        ["it is a categorization in which “Distractor2”, “Distractor1” belong nowhere, which is not supported."],
        "",
    ),
    "choice_vary_points_by_answer.xml": ({}, [], "line 1, column 20: this is not well-formed XML"),
    "edge_cases_1.2.xml": ({"fill-in": 2, "match": 2}, [], ""),
    "essay_custom_settings.xml": ({"essay": 1}, [], ""),
    "fib.xml": ({}, [], "line 45, column 5: this is not well-formed XML"),
    "fib_str.xml": ({}, [], "line 45, column 5: this is not well-formed XML"),
    "formula_mform.xml": ({}, ["its type, calculated, is not supported."], ""),
    "formula_scientific.xml": ({}, ["its type, calculated, is not supported."], ""),
    "interaction_checks_1.2.xml": (
        {"numeric": 1, "text": 1, "essay": 1, "fill-in": 2, "match": 1, "multiple": 1, "single": 2},
        ["its type, calculated, is not supported."],
        "",
    ),
    "matching.xml": ({"match": 1}, [], ""),
    "mc_feedback.xml": ({"single": 1}, [], ""),
    "multiple_answer_canvas.xml": ({"multiple": 1}, [], ""),
    "nq_multiple_fib_answer_types.xml": ({"fill-in": 1}, [], ""),
    "numeric_exact_match.xml": ({"numeric": 2}, [], ""),
    "numeric_margin_error_percent.xml": ({"numeric": 1}, [], ""),
    "numeric_precision_decimals.xml": ({"numeric": 1}, [], ""),
    "ordering.row.xml": ({"order": 1}, [], ""),
    "ordering_with_labels.xml": ({"order": 1}, [], ""),
    "single_fib.xml": ({"text": 1}, [], ""),
    "stimulus_passage.xml": ({}, [], "no question of QTI 1.2 is in it."),
    "text.no.question.xml": ({}, [], "no question of QTI 1.2 is in it."),
    "true_false_with_calculator.xml": ({"single": 1}, [], ""),
    "upload_with_custom_settings.xml": ({}, ["its type, file upload, is not supported."], ""),
}


def read(file: Path) -> Imported:
    """What is read of a file."""
    return IMPORTERS["qti12"].read(Source(file.read_bytes(), file.name))


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here."""
    return [conformance / FOLDER / name for name in EXPECTED]


def rows_of(conformance: Path) -> list[Row]:
    """What came of each file; exact is a question of the type that it must be, with every text that its XML has."""
    rows = []
    for file in files_of(conformance):
        found = read(file)
        assert found.counts == EXPECTED[file.name][0]
        rows.append(row_of("qti12", file.name, found, partial(_is_held, texts_of(file) if found.items else [])))
    return rows


def texts_of(file: Path) -> list[list[str]]:
    """The texts of each question of a file as another reader of XML finds them: asked, offered, said, in that order."""
    items = [item for item in ElementTree.parse(file).iter() if item.tag.endswith("}item")]
    return [
        [
            node.text or ""
            for part in item
            if part.tag.endswith(("}presentation", "}itemfeedback"))
            for node in part.iter()
            if node.tag.endswith("}mattext")
        ]
        for item in items
    ]


def _is_held(texts: Sequence[Sequence[str]], position: int, item: Item) -> bool:
    """Whether a question shows every text; of a blank `[name]` the name is not shown, and parts the text around it."""
    found = [html.unescape(re.sub(r"<[^>]*>", " ", html.unescape(text))) for text in texts[position]]
    blanks = {name for text in found for name in re.findall(r"\[([^\]]+)\]", text)}
    parts = [part for text in found if text not in blanks for part in re.split(r"\[[^\]]+\]", text)]
    return item.question is not None and shows(item, *parts)


def test_every_file_gives_what_it_must(conformance: Path) -> None:
    files = sorted((conformance / FOLDER).glob("*.xml"))
    assert {file.name for file in files} == set(EXPECTED)
    for file in files:
        counts, refused, error = EXPECTED[file.name]
        found = read(file)
        assert found.counts == counts, file.name
        assert [item.refused for item in found.items if item.refused] == refused, file.name
        assert [note.text[: len(error)] for note in found.errors] == [error] * bool(error), file.name
        assert len(found.items) == sum(counts.values()) + len(refused), file.name


def questions(conformance: Path, name: str) -> list[Question]:
    """The questions of a file."""
    return [item.question for item in read(conformance / FOLDER / name).items if item.question]


def test_one_of_each_type_keeps_its_key_and_what_is_said(conformance: Path) -> None:
    single, truth, text, blanks, several, lists, pairs, number, essay = questions(
        conformance, "all_canvas_simple_1.2.xml"
    )
    assert [one.content.text for one in single.type.answers if one.credit] == ["C"]
    assert [one.content.text for one in single.type.answers] == ["C", "A", "B", "D"]
    assert single.type.answers[1].feedback.text == "Answer feedback for A, incorrect Item Feedback, Incorrect"
    assert single.explanation.text == "Item Feedback, Neutral"
    assert [one.content.text for one in truth.type.answers] == ["True", "False"]
    assert text.type.mark("blank").credit == 1
    assert blanks.type.mark(["multiple", "blanks"]).credit == 1
    assert several.type.mark([1, 2, 3]).credit == 1
    assert several.type.mark([1, 2]).credit == 0
    assert lists.type.mark(["C"]).credit == 1
    assert lists.type.mark(["D"]).credit == 0
    assert pairs.type.mark({"A": "1", "B": "2"}).credit == 1
    assert [number.type.mark(given).credit for given in ("0", "41.5", "42.005", "43")] == [1, 1, 1, 0]
    assert essay.type.is_marked_by_people


def test_the_right_option_of_a_list_need_not_be_its_first(conformance: Path) -> None:
    [question] = questions(conformance, "canvas_multiple_dropdowns_correct_choice_is_not_the_first.xml")
    assert isinstance(question.type, FillIn)
    assert question.type.mark(["d", "a"]).credit == 1
    assert question.type.mark(["c", "a"]).credit < 1


def test_an_order_a_word_bank_and_a_tolerance_are_read(conformance: Path) -> None:
    [order] = questions(conformance, "ordering.row.xml")
    assert isinstance(order.type, Ordering)
    assert [one.content.text for one in order.type.items][:3] == ["Monday", "Tuesday", "Wednesday"]
    [bank] = questions(conformance, "nq_multiple_fib_answer_types.xml")
    assert bank.type.mark(["black", "white", "brown"]).credit == 1
    [margin] = questions(conformance, "numeric_margin_error_percent.xml")
    assert [margin.type.mark(given).credit for given in ("160", "240", "241")] == [1, 1, 0]
    [pairs] = questions(conformance, "matching.xml")
    assert isinstance(pairs.type, Matching)
    assert [one.text for one in pairs.type.decoys] == ["A distractor answer."]


@pytest.mark.parametrize("name", ["stimulus_passage.xml", "text.no.question.xml"])
def test_text_that_asks_nothing_is_told(conformance: Path, name: str) -> None:
    assert ["is text without a question" in note.text for note in read(conformance / FOLDER / name).notes] == [True]


def test_the_table_counts_every_question(conformance: Path) -> None:
    for row in rows_of(conformance):
        wanted, refused, error = EXPECTED[row.file]
        assert row.questions == sum(wanted.values()) + len(refused)
        assert (row.refused, bool(row.errors)) == (tuple(refused), bool(error))


# By file: the title of its quiz, how many questions stand at each of its places, and what it says of how it is taken.
QUIZZES = {
    "all_canvas_simple_1.2.xml": ("Every Canvas Interaction", [(10, None)], {"attempts": "1"}),
    "interaction_checks_1.2.xml": ("Every Canvas Interaction", [(10, None)], {"attempts": "1"}),
    "mc_feedback.xml": ("Feedback Check", [(1, None)], {"attempts": "1"}),
}


def test_every_assessment_is_a_quiz_that_asks_all_of_it(conformance: Path) -> None:
    for file in sorted((conformance / FOLDER).glob("*.xml")):
        found = read(file)
        has_assessment = b"<assessment " in file.read_bytes()
        assert len(found.quizzes) == (has_assessment and bool(found.items)), file.name
        for quiz in found.quizzes:
            assert [item for section in quiz.sections for item in section.items] == list(found.items), file.name
            told = (quiz.title, [(len(one.items), one.count) for one in quiz.sections], dict(quiz.settings))
            assert told == QUIZZES.get(file.name, told), file.name
            plan = plan_with_quizzes(found.items, found.quizzes, None, Beside("x.bank.md"), only_good=True)
            assert plan.errors == (), file.name
            assert [one.questions for one in plan.quizzes] == [len(plan.added)] * bool(found.good), file.name
