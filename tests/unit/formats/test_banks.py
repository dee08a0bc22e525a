"""Imported questions put into a bank: the rest of the file stays as it is, and nothing is put in twice."""

from collections.abc import Sequence

import pytest

from quizapp.content.files import questions_of
from quizapp.formats.banks import Plan, plan_bank
from quizapp.formats.contract import IMPORTERS, Item, Source
from quizapp.formats.writing import Writer
from quizapp.questions.base import Question

WET = "1. Which is wet?\na) Sand\n*b) Rain\n"
HOT = "1. Which is hot?\n*a) Fire\nb) Ice\n"
BANK = b"# Mine\n\n## Old one {#old}\n\n- (x) yes\n- ( ) no  \n"


def items_of(text: str) -> Sequence[Item]:
    return IMPORTERS["text"].read(Source(text.encode())).items


def plan(text: str, bank: bytes | None = None, only_good: bool = False) -> Plan:
    return plan_bank(items_of(text), bank, {}, only_good=only_good)


def questions_in(data: bytes) -> dict[str, Question]:
    return {question.name: question for question in Writer().questions(data.decode())[0]}


def test_a_new_bank_has_a_title_and_the_questions() -> None:
    done = plan_bank(items_of(WET), None, {}, title='The "wet" ones')
    assert done.data.startswith(b'---\ntitle: "The \\"wet\\" ones"\n---\n\n## Which is wet? {#which-is-wet}\n')
    assert list(questions_in(done.data)) == ["which-is-wet"]


@pytest.mark.parametrize("bank", [BANK, BANK.rstrip(b"\n"), b"\xef\xbb\xbf" + BANK, BANK.replace(b"\n", b"\r\n")])
def test_what_is_in_a_bank_stays_byte_for_byte(bank: bytes) -> None:
    done = plan(WET, bank)
    assert not done.errors
    assert done.data.startswith(bank)
    assert (b"\r\n" in bank) == (b"\r\n" in done.data[len(bank) :])
    assert [one.name for one in done.added] == ["which-is-wet"]


def test_importing_twice_changes_nothing_and_says_so() -> None:
    first = plan(WET + "2" + HOT[1:])
    again = plan(HOT + "2" + WET[1:], first.data)
    assert again.data == first.data
    assert not again.added
    assert [one.name for one in again.skipped] == ["which-is-hot", "which-is-wet"]


def test_an_equal_question_is_known_under_another_name_and_with_other_points() -> None:
    bank = plan(WET).data.replace(b"{#which-is-wet}", b"{#rain points=3 tags=x}")
    assert [one.name for one in plan(WET, bank).skipped] == ["rain"]


def test_an_equal_question_elsewhere_in_the_module_is_known_too() -> None:
    [item] = items_of(WET)
    assert item.question
    assert [one.name for one in plan_bank([item], None, {"rain": item.question}).skipped] == ["rain"]


def test_another_question_of_the_same_name_gets_a_name_that_stays() -> None:
    other = WET.replace("Sand", "Dust")
    bank = plan(WET).data
    [added] = plan(other, bank).added
    assert added.name.startswith("which-is-wet-")
    assert plan(other, bank).added == plan(other, bank).added
    assert len(questions_in(plan(other, bank).data)) == 2


def test_one_that_cannot_be_saved_keeps_all_out_or_is_left_out() -> None:
    text = WET + "2. Which?\na) This\nb) That\n"
    refused = plan(text)
    assert not refused.data
    assert "1 question cannot be saved" in str(refused.errors[0])
    taken = plan(text, only_good=True)
    assert [one.name for one in taken.added] == ["which-is-wet"]
    assert [one.title for one in taken.left] == ["Which?"]


def test_a_bank_with_an_error_is_mended_first() -> None:
    done = plan(WET, b"## Broken {#one}\n\nNo answers.\n")
    assert not done.added
    assert "the bank has an error on line 1" in str(done.errors[0])


def test_a_bank_that_swallows_what_comes_below_it_is_not_added_to() -> None:
    bank = b"# Mine\n\n## One {#one}\n\n- (x) yes\n- ( ) no\n\n<div>\n"
    done = plan(WET, bank)
    assert done.errors or set(questions_in(done.data)) == {"one", "which-is-wet"}


def test_what_the_front_matter_gives_is_told() -> None:
    done = plan(WET, b"---\npoints: 2\ntags: [dns]\n---\n## One {#one}\n\n- (x) yes\n- ( ) no\n")
    assert [note.text.partition(" for ")[0] for note in done.notes] == [
        "the front matter of the bank says points",
        "the front matter of the bank says tags",
    ]


def test_definitions_of_a_bank_make_no_link_of_what_was_pasted() -> None:
    bank = BANK + b"\n[sic]: https://example.org\n"
    done = plan("1. Who wrote [sic]?\n*a) I\nb) You\n", bank)
    assert not done.errors
    assert "<a" not in questions_in(done.data)["who-wrote-sic"].heading.html


def test_the_questions_read_from_a_bank_are_those_that_were_shown() -> None:
    items = items_of(WET + "2" + HOT[1:])
    found = questions_in(plan_bank(items, BANK, {}).data)
    for item in items:
        assert item.question
        assert found[item.question.name].type == item.question.type
    assert questions_of(None) == {}
