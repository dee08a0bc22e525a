"""What holds for every version of a question that is marked by the key of another."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.questions.base import Control, QuestionType, plain
from quizapp.questions.choices import Choice
from quizapp.questions.controls import FillingIn, Typing
from quizapp.questions.pairing import paired
from tests.unit.content.reading import question_from
from tests.unit.questions.generators import KINDS, positions_of, questions


def offered(kind: QuestionType) -> Control:
    """The input of a question, without what follows from the key: its width, and a unit that is asked for."""
    control = kind.control(positions_of(kind))
    if isinstance(control, FillingIn):
        return replace(control, width=0, needs_unit=False)
    return replace(control, needs_unit=False) if isinstance(control, Typing) else control


def kind_of(answers: str, attributes: str = "") -> QuestionType:
    return question_from(f"## Q {{#q {attributes}}}\n\n{answers}\n").type


@pytest.mark.grid("regrade")
@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=20)
@given(data=st.data())
def test_a_version_with_its_own_key_is_itself(name: str, data: st.DataObject) -> None:
    kind = data.draw(questions(name)).type
    again = kind.rekeyed(kind)
    assert again == kind
    response = data.draw(KINDS[name].responses(kind))
    assert again is not None
    assert again.mark(response) == kind.mark(response)
    assert again.outcomes(response, True) == kind.outcomes(response, True)
    assert again.correct_response == kind.correct_response
    assert again.answers == kind.answers


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=30)
@given(data=st.data())
def test_a_version_with_any_key_offers_what_it_offered_and_reads_its_responses(name: str, data: st.DataObject) -> None:
    kind, now = data.draw(questions(name)).type, data.draw(questions(name)).type
    found = kind.rekeyed(now)
    if found is None:
        return
    assert offered(found) == offered(kind)
    response = data.draw(KINDS[name].responses(kind))
    before, after = kind.mark(response), found.mark(response)
    assert before.trouble == "not-offered" or after.trouble != "not-offered"
    assert 0 <= after.credit <= found.full_credit
    found.outcomes(response, revealed=True)
    if found.correct_response is not None:
        assert found.mark(found.correct_response).credit == found.full_credit


@pytest.mark.parametrize("name", sorted({"single", "multiple", "match", "group"}))
@settings(max_examples=25)
@given(data=st.data())
def test_what_only_changed_places_is_paired_by_its_text(name: str, data: st.DataObject) -> None:
    kind: Any = data.draw(questions(name)).type
    listed = "choices" if name in ("single", "multiple") else "pairs"
    now = replace(kind, **{listed: tuple(data.draw(st.permutations(getattr(kind, listed))))})
    found = kind.rekeyed(now)
    response = data.draw(KINDS[name].responses(kind))
    assert found.mark(response).credit == kind.mark(response).credit
    assert getattr(found, listed) == getattr(kind, listed)


@settings(max_examples=25)
@given(data=st.data())
def test_an_order_that_was_wrong_is_marked_by_the_right_one(data: st.DataObject) -> None:
    kind: Any = data.draw(questions("order")).type
    places = data.draw(st.permutations(positions_of(kind)))
    now = replace(kind, items=tuple(kind.items[place - 1] for place in places))
    found = kind.rekeyed(now)
    assert [item.content for item in found.items] == [item.content for item in kind.items]
    assert found.mark(list(places)).credit == 1
    response: Any = data.draw(KINDS["order"].responses(kind))
    in_now = [places.index(one) + 1 for one in response]
    assert found.mark(response).credit == now.mark(in_now).credit
    verdicts = {place: one.verdict for place, one in found.outcomes(response, True).items()}
    assert verdicts == {place: one.verdict for place, one in now.outcomes(in_now, True).items()}


@settings(max_examples=50)
@given(st.data())
def test_what_is_paired_is_paired_once(data: st.DataObject) -> None:
    old = [plain(text) for text in data.draw(st.lists(st.sampled_from("abAB ﬁ"), min_size=1, max_size=6))]
    new = [plain(text) for text in data.draw(st.lists(st.sampled_from("abAB ﬁ"), max_size=6))]
    found = paired(old, new)
    assert (found is None) == (len(old) != len(new))
    assert found is None or sorted(found) == list(range(len(new)))


def test_text_goes_before_order_and_order_takes_what_is_left() -> None:
    assert paired([plain("MX"), plain("mx"), plain("TXT")], [plain("New"), plain("mx"), plain("Mx")]) == [2, 1, 0]


def test_a_choice_that_was_added_or_removed_leaves_nothing_to_pair() -> None:
    three = kind_of("- (x) A\n- ( ) B\n- ( ) C")
    assert three.rekeyed(kind_of("- ( ) A\n- (x) B")) is None
    assert kind_of("- ( ) A\n- (x) B").rekeyed(three) is None
    assert three.rekeyed(kind_of("- [x] A\n- [ ] B\n- [ ] C")) is None


def test_choices_keep_their_places_and_words_and_get_credit_and_feedback_of_now() -> None:
    shown = kind_of("- (x) Alpha\n- ( ) Beta\n  > No.\n- ( ) Gamma")
    found: Any = shown.rekeyed(kind_of("- ( ) Gamma\n- ( ) Alpha\n  > Wrong.\n- (x) Better beta\n  > Yes."))
    assert [one.content.text for one in found.choices] == ["Alpha", "Beta", "Gamma"]
    assert [(one.credit, one.feedback.text) for one in found.choices] == [(0, "Wrong."), (1, "Yes."), (0, "")]
    assert all(isinstance(one, Choice) for one in found.choices)


def test_a_box_that_is_not_scored_any_more_earns_and_costs_nothing() -> None:
    shown = kind_of("- [x] A\n- [x] B\n- [ ] C")
    found = shown.rekeyed(kind_of("- [x] A\n- [~] B\n- [ ] C", "credit=exact"))
    assert found is not None
    assert shown.mark([1]).credit == Fraction(1, 2)
    assert found.mark([1]).credit == found.mark([1, 2]).credit == 1
    assert found.mark([1, 3]).credit == 0


def test_lines_and_options_are_named_as_they_were() -> None:
    shown = kind_of("| L | R |\n| - | - |\n| MX | mail |\n| A | address |\n| | none |", ".match")
    found = shown.rekeyed(kind_of("| L | R |\n| - | - |\n| MX | the mail |\n| A | none |\n| | address |", ".match"))
    assert found is not None
    assert found.mark({"MX": "mail", "A": "none"}).credit == 1
    assert found.mark({"MX": "mail", "A": "address"}).credit == Fraction(1, 2)
    assert [answer.goes_with.text for answer in found.answers] == ["mail", "none", "address"]
    assert found.correct_response == {"MX": "mail", "A": "none"}


def test_items_change_their_groups() -> None:
    shown = kind_of("- Mail\n  - MX\n  - A\n- Web\n", ".group")
    found = shown.rekeyed(kind_of("- Web\n  - A\n- Mail\n  - MX\n", ".group"))
    assert found is not None
    assert found.mark({"MX": "Mail", "A": "Web"}).credit == 1


def test_blanks_are_paired_by_order_and_their_options_by_text() -> None:
    shown = kind_of("A [[( ) Edge | (x) EOP]] and [[25]] and [[MX]].")
    found = shown.rekeyed(kind_of("The [[( ) EOP | (x) Edge]], [[25|587]], [[MX|mx record]]."))
    assert found is not None
    assert found.mark(["Edge", "587", "mx record"]).credit == 1
    assert shown.rekeyed(kind_of("A [[Edge]] and [[25]] and [[MX]].")) is None
    assert shown.rekeyed(kind_of("A [[( ) Edge | (x) EOP]] and [[25]].")) is None


def test_records_are_read_in_the_zone_that_was_shown() -> None:
    shown = kind_of("```zone\n$ORIGIN a.example.\n```\n\n- = @ MX 0 mail.b.example.", ".records")
    found = shown.rekeyed(kind_of("```zone\n$ORIGIN b.example.\n```\n\n- = @ MX 0 mail.c.example.", ".records"))
    assert found is not None
    assert found.mark("$ORIGIN a.example.\n@ MX 0 mail.c.example.").credit == 1
    assert found.mark("$ORIGIN a.example.").status == "blank"


def test_a_question_type_that_says_nothing_is_paired_with_what_offers_the_same() -> None:
    class Plain(type(kind_of("- (x) A\n- ( ) B"))):  # type: ignore[misc]  # a type of a file of its own
        rekeyed = QuestionType.rekeyed

    choices: Any = kind_of("- (x) A\n- ( ) B")
    other: Any = kind_of("- ( ) A\n- (x) B")
    swapped: Any = kind_of("- (x) B\n- ( ) A")
    shown = Plain(choices.choices)
    assert shown.rekeyed(Plain(other.choices)) == Plain(other.choices)
    assert shown.rekeyed(Plain(swapped.choices)) is None
    assert shown.rekeyed(other) is None


def test_an_option_stays_as_its_line_has_it() -> None:
    table = "## Q {#q .match}\n\n| A | B |\n| --- | --- |\n| One | MX |\n| Two | *MX* |\n| Three | TXT |\n"
    kind = question_from(table).type
    assert kind.rekeyed(kind) == kind
