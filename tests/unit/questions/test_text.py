"""Short text: what counts as the same, what as a slip, and what as neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.content.reading import catalogue_from, question_from


def credit(values: str, typed: str, options: str = "") -> float:
    return float(question_from(f"## Q {{#q {options}}}\n\n{values}\n").type.mark(typed).credit)


@pytest.mark.parametrize(
    "typed",
    ["MX record", " mx  RECORD ", "ＭＸ record", "mx\u00a0record", "Mx Record\t"],
)
def test_case_width_and_white_space_do_not_count(typed: str) -> None:
    assert credit("- = MX record", typed) == 1


@pytest.mark.parametrize(
    ("value", "typed"), [("don't", "don’t"), ('"a"', "„a“"), ("a-b", "a–b"), ("straße", "STRASSE"), ("`=x`", "=x")]
)
def test_quotes_dashes_and_letters_of_one_kind_are_equal(value: str, typed: str) -> None:
    assert credit(f"- = {value}", typed) == 1


@pytest.mark.parametrize(("typed", "expected"), [("MX", 1), ("mx", 0)])
def test_case_counts_when_asked(typed: str, expected: int) -> None:
    assert credit("- = MX", typed, "case=yes") == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("connector", 1), ("conector", 1), ("connecttor", 1), ("connectro", 1), ("connestor", 1),
        ("conectr", 0), ("connexxor", 0), ("onnectors x", 0),
    ],
)  # fmt: skip
def test_one_slip_in_a_long_word_is_forgiven(typed: str, expected: int) -> None:
    assert credit("- = connector", typed, "typos=ok") == expected
    assert credit("- = connector", typed) == (typed == "connector")


@pytest.mark.parametrize(
    ("value", "typed"),
    [("New-Rule", "Net-Rule"), ("port 5870", "port 5871"), ("abc12345", "abc12346"), ("smtps", "smtp")],
)
def test_short_words_and_digits_are_never_slips(value: str, typed: str) -> None:
    assert credit(f"- = {value}", typed, "typos=ok") == 0


def test_a_slip_that_is_another_answer_is_none() -> None:
    assert credit("- = inbound\n- != outbound", "outbound", "typos=ok") == 0
    bank = "## A {#a typos=ok}\n\n- = receiver\n\n## B {#b}\n\n- = received\n"
    catalogue, _ = catalogue_from({"b.bank.md": bank.encode()})
    question = catalogue.questions()["m#a"]
    assert question.type.mark("received").credit == 0
    assert question.type.mark("reciever").credit == 1


def test_a_slip_is_shown_its_spelling_and_keeps_the_case() -> None:
    question = question_from("## Q {#q typos=ok case=yes}\n\n- = Connector\n")
    assert question.type.mark("Conector").spelling == "Connector"
    assert question.type.mark("CONECTOR").credit == 0


def test_the_best_value_counts_and_of_equal_ones_the_first() -> None:
    values = "- =~ `mail.*`\n  > pattern\n- (50%) = mailbox\n  > half\n- = mailbox\n  > whole"
    question = question_from(f"## Q {{#q}}\n\n{values}\n")
    mark = question.type.mark("Mailbox")
    assert (float(mark.credit), [feedback.text for feedback in mark.feedback]) == (1.0, ["pattern"])


@pytest.mark.parametrize(
    ("pattern", "typed"),
    [("`“a”`", '"a"'), ("`“a”`", "“a”"), ("`New–Rule`", "new-rule"), ("`straße`", "STRASSE"), ("`a\\s+b`", "a   b"),
     ("`recei?ver`", "Receiver"), ("`a+`", " aaa ")],
)  # fmt: skip
def test_patterns_match_the_whole_answer(pattern: str, typed: str) -> None:
    assert credit(f"- =~ {pattern}", typed) == 1
    assert credit(f"- =~ {pattern}", f"x{typed}x") == 0


def test_a_pattern_that_takes_for_ever_is_invalid() -> None:
    mark = question_from("## Q {#q}\n\n- =~ `(a|aa)+b`\n").type.mark("a" * 900)
    assert (mark.status, mark.trouble) == ("invalid", "too-slow")


@pytest.mark.parametrize(
    ("value", "typed"),
    [("`007`", "007"), ("`[[ -f x ]] || exit`", "[[ -f x ]] || exit"), ("``a `b` c``", "a `b` c"),
     ("&lt;br&gt;", "<br>"), ("a\\*b", "a*b"), ("x|y", "x|y"), ("{x}", "{x}"), ("12:30", "12:30")],
)  # fmt: skip
def test_values_are_what_was_meant(value: str, typed: str) -> None:
    assert credit(f"- = {value}", typed) == 1


def test_too_much_text_is_invalid() -> None:
    assert question_from("## Q {#q}\n\n- = a\n").type.mark("a" * 1001).trouble == "too-long"


@given(st.text(min_size=1, max_size=40))
def test_any_answer_gets_a_credit(typed: str) -> None:
    kind = question_from("## Q {#q typos=ok}\n\n- = connector\n- (50%) =~ `con.*`\n- != connection\n").type
    assert kind.mark(typed).credit in (0, 0.5, 1)


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ("- != a\n- =~ `x+`", None),
        ("- =~ `x+`\n- (50%) = y", None),
        ("- =~ `x+`\n- = y\n- = z", "y"),
    ],
)
def test_the_correct_response_is_a_value_that_earns_all_there_is(values: str, right: str | None) -> None:
    assert question_from(f"## Q {{#q}}\n\n{values}\n").type.correct_response == right


@pytest.mark.parametrize("value", ["`" * 200_000, "<!-- " * 40_000, "--> " + "<!-- " * 40_000])
def test_a_value_that_opens_ever_more_code_or_comments_is_read_as_it_stands(value: str) -> None:
    [answer] = question_from(f"## Q {{#q}}\n\n- = {value}x\n").type.answers
    assert answer.typed == f"{value}x"
