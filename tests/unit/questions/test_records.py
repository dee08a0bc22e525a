"""Records to write into a zone: what each earns, what is said of it, and what stays hidden."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.snapshots import restore, take
from quizapp.questions.base import QUESTION_TYPES, Mark, Outcome, Question, Remark, Response
from quizapp.questions.controls import Writing
from quizapp.questions.records import Records
from tests.unit.content.reading import codes, question_from

STARTING = "$ORIGIN contoso.com.\n@ 3600 IN SOA ns1 admin 1 2 3 4 5 ; do not touch"
HOST = "contoso-com.mail.protection.outlook.com"
MX, TXT, OLD = f"@ MX 0 {HOST}.", '@ TXT "v=spf1 -all"', "@ MX 10 mail"
KEY = f"""
- = {MX}
  > The host.
- = `{TXT}`
  > The senders.
- != @ MX ? mail.contoso.com.
  > That host is gone.
"""


def asked(key: str = KEY, starting: str = STARTING, words: str = "") -> Question:
    fence = f"```zone\n{starting}\n```\n" if starting else ""
    return question_from(f"## Publish the records {{#q .records {words}}}\n\nFirst.\n\n{fence}\n{key}\n\nAfter.\n")


def kind_of(key: str = KEY, starting: str = STARTING) -> Records:
    kind = asked(key, starting).type
    assert isinstance(kind, Records)
    return kind


def marked(*lines: str) -> Mark:
    return kind_of().mark("\n".join([STARTING, *lines]))


def said(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.verdict, outcome.given.markdown or outcome.answer.markdown, outcome.feedback.text


@pytest.mark.parametrize(
    ("lines", "credit"),
    [
        ([MX, TXT], 1),
        ([TXT, MX, "www A 192.0.2.1"], 1),
        ([MX, MX, TXT], 1),
        (["contoso.com. 300 IN mx 0 CONTOSO-COM.mail.protection.outlook.com.", "@ TXT v=spf1\\032-all"], 1),
        ([MX], Fraction(1, 2)),
        ([TXT, "www A 192.0.2.1"], Fraction(1, 2)),
        (["www A 192.0.2.1"], 0),
        (["; nothing yet"], 0),
        ([f"@ MX 0 {HOST}", TXT], Fraction(1, 2)),
        ([MX, TXT, OLD], Fraction(1, 2)),
        ([MX, TXT, OLD, "@ MX 20 mail"], Fraction(1, 2)),
        ([MX, OLD], 0),
        ([OLD], 0),
    ],
)
def test_required_records_earn_and_forbidden_ones_take_away(lines: list[str], credit: Fraction) -> None:
    mark = marked(*lines)
    assert (mark.status, mark.credit) == ("graded", credit)


def test_feedback_is_for_what_was_found() -> None:
    assert [feedback.text for feedback in marked(OLD, MX).feedback] == ["The host.", "That host is gone."]
    assert marked("www A 192.0.2.1").feedback == ()


@pytest.mark.parametrize("response", [None, "", " \n\t", STARTING, f"\n{STARTING.replace(' ', '  ')}\n\n"])
def test_nothing_done_is_blank(response: str | None) -> None:
    assert kind_of().mark(response) == Mark("blank")


@pytest.mark.parametrize(
    ("text", "trouble", "about"),
    [
        (f"{STARTING}\n@ MX mail", "zone-syntax", "3"),
        ("$INCLUDE other.zone", "zone-directive", "1"),
        (f"{STARTING}\n\n$GENERATE 1-9 a$ A 192.0.2.$", "zone-directive", "4"),
        ("a" * 70_000, "too-long", ""),
        ("@ A 192.0.2.1\n" * 501, "too-long", ""),
    ],
)
def test_what_cannot_be_read_is_asked_back(text: str, trouble: str, about: str) -> None:
    assert kind_of().mark(text) == Mark("invalid", trouble=trouble, about=about)
    assert kind_of().outcomes(text, revealed=False) == {}


@pytest.mark.parametrize("response", [1, True, ["@ MX 0 a."], {"a": "b"}, [1]])
def test_another_shape_is_not_offered(response: Response) -> None:
    assert kind_of().mark(response) == Mark("invalid", trouble="not-offered")
    assert kind_of().outcomes(response, revealed=False) == {}


def test_until_revealed_only_what_was_given_is_spoken_of() -> None:
    response = "\n".join([STARTING, OLD, "www  A  192.0.2.1", MX])
    rows = [("wrong", OLD, "That host is gone."), ("", "www A 192.0.2.1", ""), ("right", MX, "The host.")]
    before = kind_of().outcomes(response, revealed=False)
    assert [said(outcome) for outcome in before.values()] == rows
    after = kind_of().outcomes(response, revealed=True)
    assert [said(outcome) for outcome in after.values()] == [*rows, ("missed", TXT, "The senders.")]
    assert list(after) == [1, 2, 3, 4]
    assert [bool(outcome.answer) for outcome in after.values()] == [False, False, False, True]


def test_all_is_missing_where_nothing_was_given() -> None:
    assert [said(outcome)[:2] for outcome in kind_of().outcomes(None, revealed=True).values()] == [
        ("missed", MX),
        ("missed", TXT),
    ]
    assert kind_of().outcomes(None, revealed=False) == {}


def test_a_record_of_the_starting_text_is_spoken_of_only_where_it_decides() -> None:
    kind = kind_of(starting=f"{STARTING}\n{OLD}\nwww A 192.0.2.1")
    outcomes = kind.outcomes(f"{kind.starting}\n{MX}", revealed=False)
    assert [said(outcome)[:2] for outcome in outcomes.values()] == [("wrong", OLD), ("right", MX)]


def test_a_missing_dot_is_told_and_nothing_else_of_what_is_missing() -> None:
    outcomes = kind_of().outcomes(f"{STARTING}\n@ MX 0 {HOST}\n@ MX 1 {HOST}", revealed=False)
    assert [outcome.remarks for outcome in outcomes.values()] == [
        (Remark("no-final-dot", (HOST, f"{HOST}.contoso.com.")),),
        (),
    ]
    assert "senders" not in str(outcomes)
    found = kind_of().outcomes(f"{STARTING}\n@ MX 0 {HOST}\n{MX}", revealed=False)
    assert [outcome.remarks for outcome in found.values()] == [(), ()]


def test_a_required_record_is_never_forbidden_as_well() -> None:
    kind = kind_of("- = @ MX 0 a.\n- != @ MX ? a.")
    assert kind.mark(f"{STARTING}\n@ MX 0 a.").credit == 1
    assert kind.mark(f"{STARTING}\n@ MX 1 a.").credit == 0
    assert kind.mark(f"{STARTING}\n@ MX 0 a.\n@ MX 1 a.").credit == 0


def test_without_an_origin_of_the_starting_text_that_of_the_answer_holds() -> None:
    kind = kind_of("- = @ MX 0 mail", starting="")
    assert kind.mark("$ORIGIN contoso.com.\n@ MX 0 mail.contoso.com.").credit == 1
    assert kind.mark("@ MX 0 mail.").credit == 1
    assert kind_of("- = @ MX 0 mail").mark("$ORIGIN b.\n@ MX 0 mail").credit == 0


def test_the_starting_text_belongs_to_the_answers() -> None:
    question = asked()
    assert isinstance(question.type, Records)
    assert (question.prompt.markdown, question.explanation.markdown) == ("First.", "After.")
    assert question.type.starting == STARTING
    control = question.type.control(())
    assert isinstance(control, Writing)
    assert (control.name, control.text) == ("write_zone", STARTING)
    assert control.read([f" {STARTING}\r\n\r\n"]) is None
    assert control.read([f"{STARTING}\r\n{MX}\r\n"]) == f"{STARTING}\n{MX}"


def test_other_code_stays_in_the_prompt_and_a_zone_below_the_list_in_the_explanation() -> None:
    text = "```dns\na\n```\n\n~~~~zone example\n\n a ``` b\n\n~~~~\n\nBetween.\n\n- = @ MX 0 a.\n"
    question = question_from(f"## Q {{#q .records}}\n\n{text}\n```zone\nd\n```\n")
    assert isinstance(question.type, Records)
    assert question.type.starting == "\n a ``` b"
    assert question.prompt.markdown == "```dns\na\n```\n\nBetween."
    assert question.explanation.markdown == "```zone\nd\n```"
    assert restore(take(question)) == question


def test_the_key_has_every_record() -> None:
    answers = kind_of().answers
    assert [(one.typed, one.credit, one.is_pattern) for one in answers] == [
        (MX, Fraction(1), False),
        (TXT, Fraction(1), False),
        ("@ MX ? mail.contoso.com.", Fraction(0), True),
    ]


@pytest.mark.parametrize(
    "starting",
    [
        "",
        STARTING,
        f"{STARTING}\n{MX}\n{TXT}",
        f"{STARTING}\n{OLD}\n  TXT a",
        f"{STARTING}\n$ORIGIN sub.contoso.com.",
        f"{STARTING}\n( broken",
        "$GENERATE 1-9 a A 192.0.2.1\n$ORIGIN contoso.com.",
        f"{STARTING}\n" + "a A 192.0.2.1\n" * 499,
        f"{STARTING}\n; " + "a" * 70_000,
    ],
)
def test_the_correct_response_earns_all_whatever_stood_there(starting: str) -> None:
    kind = kind_of(f"{KEY}- = ? MX ? ?\n- = sub SRV ? ? 443 host", starting)
    response = kind.correct_response
    assert kind.mark(response).credit == kind.full_credit == 1
    assert kind.control(()).read([str(response)]) == response
    assert {outcome.verdict for outcome in kind.outcomes(response, revealed=True).values()} <= {"right", ""}


def test_a_survey_needs_no_required_record() -> None:
    kind = asked("- != @ MX 0 old.", words=".survey").type
    assert kind.full_credit == 0
    assert kind.correct_response is None
    assert kind.mark("@ MX 0 new.").credit == 0


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("- = @ MX 0 a.", []),
        ("- != @ MX 0 a.", ["no-right-answer"]),
        ("- = @ MX a.", ["bad-record"]),
        ("- = @ MX 0 a.\n- != @ FOO ?", ["bad-record"]),
        ("- = @ MX 0 a.\n- =~ `@ MX .*`", ["record-marker"]),
        ("- = @ MX 0 a.\n- !~ `@ MX .*`", ["record-marker"]),
        ("- = @ MX 0 a.\n- (50%) = @ MX 0 b.", ["record-marker"]),
        ("- = @ MX 0 a.\n- (0%) = @ MX 0 b.", ["record-marker"]),
        ("- = @ MX 0 a.\n- (x) b", ["typed-marker"]),
        ("- = *.a MX 0 a.", ["needs-backticks"]),
        ("- (x) a\n- ( ) b", ["no-answers"]),
        ("Text.", ["no-answers"]),
        ("\n".join(f"- = @ MX {number} a." for number in range(101)), ["too-many-items"]),
    ],
)
def test_what_is_wrong_with_a_key_is_told(key: str, expected: list[str]) -> None:
    assert codes(f"## Q {{#q .records}}\n\n{key}\n") == expected


OWNERS, HOSTS = st.sampled_from(["@", "www", "?", "a.b"]), st.sampled_from(["a", "a.example.", "?", HOST])
NUMBERS = st.sampled_from(["0", "10", "?"])
RECORDS = st.one_of(
    st.builds("{} MX {} {}".format, OWNERS, NUMBERS, HOSTS),
    st.builds("{} SRV {} 5 {} {}".format, OWNERS, NUMBERS, NUMBERS, HOSTS),
    st.builds("{} IN CNAME {}".format, OWNERS, HOSTS),
    st.builds("{} 1h TXT {}".format, OWNERS, st.sampled_from(["?", '"a; b"', "a", '"`"', '"\\\\ \\""'])),
)
LINES = st.one_of(RECORDS, st.sampled_from([STARTING, "; a", "$ORIGIN b.", "(", "```", '"', "  MX 0 a", "\t"]))
TEXTS = st.lists(LINES, max_size=5).map("\n".join)


@st.composite
def kinds(draw: st.DrawFn) -> Records:
    """Keys of any records, the first of which is required."""
    items = [f"- = {_in_backticks(draw(RECORDS))}"]
    items += [
        f"- {draw(st.sampled_from(['=', '!=']))} {_in_backticks(one)}" for one in draw(st.lists(RECORDS, max_size=4))
    ]
    starting = draw(TEXTS)
    question = question_from(f"## Q {{#q .records}}\n\n````zone\n{starting}\n````\n\n" + "\n".join(items) + "\n")
    assert restore(take(question)) == question
    assert isinstance(question.type, Records)
    return question.type


def _in_backticks(value: str) -> str:
    return f"`` {value} ``" if "`" in value else f"`{value}`"


@given(kinds(), TEXTS | st.text(max_size=60))
def test_any_key_and_any_answer_give_a_share(kind: Records, response: str) -> None:
    mark = kind.mark(response)
    assert 0 <= mark.credit <= 1
    assert mark.status == "graded" or not mark.credit
    shown = kind.outcomes(response, revealed=False)
    assert not any(outcome.answer or outcome.verdict == "missed" for outcome in shown.values())
    assert dict(list(kind.outcomes(response, revealed=True).items())[: len(shown)]) == shown


@given(kinds())
def test_the_correct_response_of_any_key_earns_all(kind: Records) -> None:
    assert kind.mark(kind.correct_response).credit == 1


def test_the_type_is_asked_for_by_its_word() -> None:
    assert QUESTION_TYPES["records"] is Records
    assert question_from(f"## Q {{#q}}\n\n{KEY}").type.name == "text"
