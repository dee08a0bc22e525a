"""GIFT: Moodle's rules, what is lost of them here, and the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Imported, Item, Source
from quizapp.questions.base import QUESTION_TYPES
from tests.unit.formats.trips import Trips, require_same_or_told, written_questions
from tests.unit.questions.generators import KINDS, read

HELD = ("single", "multiple", "text", "numeric", "match", "essay", "fill-in")
TRIPS = Trips(25)


def imported(text: str | bytes) -> Imported:
    return IMPORTERS["gift"].read(Source(text if isinstance(text, bytes) else text.encode()))


def one(text: str) -> Item:
    [item] = imported(text).items
    return item


def told(item: Item) -> list[str]:
    return [note.text for note in item.warnings]


@TRIPS.law
@given(data=st.data())
def test_what_goes_there_comes_back_the_same_or_its_loss_is_told(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    made = EXPORTERS["gift"].write([question], "Title", lambda path: None)
    if any(loss.is_left_out for loss in made.losses):
        assert made.data == b""
        return
    require_same_or_told(question, imported(made.data), made, lambda kind: data.draw(KINDS[name].responses(kind)))


@pytest.mark.parametrize("name", HELD)
def test_the_example_of_each_type_that_is_held_has_no_unnamed_loss(name: str) -> None:
    [question] = read(QUESTION_TYPES[name].example.lstrip()).values()
    made = EXPORTERS["gift"].write([question], "", lambda path: None)
    assert [loss.text for loss in made.losses if "read back" in loss.text] == []


def test_a_question_with_everything_that_is_held_loses_nothing() -> None:
    text = (
        "// [id:wet] [tag:rain] [tag:two words]\n"
        "::Wet::[markdown]Which is *wet*?\\n\\nThink\\: of clouds.{\n"
        "\t=Rain#Yes, it is.\n\t~%50%Fog#Nearly.\n\t~Sand \\{dry\\}\n\t####Rain is water.\n}\n"
    )
    item = one(text)
    assert item.markdown == (
        '## Which is *wet*? {#wet tags="rain,two words"}\n\nThink: of clouds.\n\n'
        "- (x) Rain\n  > Yes, it is.\n- (50%) Fog\n  > Nearly.\n- ( ) Sand {dry}\n\nRain is water.\n"
    )
    assert item.question
    made = EXPORTERS["gift"].write([item.question], "", lambda path: None)
    assert made.losses == ()
    assert one(made.data.decode()).markdown == item.markdown


def test_a_category_becomes_a_tag_until_the_next_one() -> None:
    found = imported("$CATEGORY: $course$/top/Mail/DNS\n\nOne?{T}\n\n$CATEGORY: top\n\nTwo?{F}\n")
    assert [item.question.tags for item in found.items if item.question] == [("Mail/DNS",), ()]
    assert [(note.line, note.text) for note in found.notes] == [
        (1, "the category “$course$/top/Mail/DNS” became the tag “Mail/DNS”."),
        (5, "the top category became no tag."),
    ]


def test_a_missing_word_becomes_a_blank_where_nothing_is_said_of_the_answers() -> None:
    assert one("Mail knocks at port {#25}.").markdown.endswith("Mail knocks at port [[25]].\n")
    assert "port \\_\\_\\_\\_." in one("Mail knocks at port {=25#Yes}.").markdown


@pytest.mark.parametrize(
    ("answers", "markers", "rule", "warning"),
    [
        ("~%50%a ~%50%b ~%-50%c", "[x] [x] [ ]", "net", ""),
        ("~%50%a ~%50%b ~%-100%c", "[x] [x] [ ]", "hits", ""),
        ("~%50%a ~%50%b ~%-50%c ~d", "[x] [x] [ ] [~]", "net", ""),
        ("~%50%a ~%50%b ~c", "[x] [x] [ ]", "net", "a wrong choice takes nothing away"),
        ("~%60%a ~%40%b ~%-50%c", "[x] [x] [ ]", "net", "the right choices are worth 60, 40 %"),
        ("~%50%a ~%50%b ~%-25%c", "[x] [x] [ ]", "net", "wrong choices take away 25 %"),
    ],
)
def test_weights_of_several_choices_become_a_rule(answers: str, markers: str, rule: str, warning: str) -> None:
    item = one(f"Which?{{{answers}}}")
    assert [line.split()[1] if line[3] != " " else "[ ]" for line in item.markdown.split("\n")[2:-1]] == [
        "[ ]" if marker == "[" else marker for marker in markers.replace("[ ]", "[").split()
    ]
    assert getattr(item.question and item.question.type, "rule", "") == rule
    assert [text[: len(warning)] for text in told(item)] == ([warning] if warning else [])


def test_a_wildcard_becomes_a_pattern_and_a_star_stays_one() -> None:
    item = one("Which cmdlet?{=New-*Rule ~= =%0%*#No.}".replace("~= ", ""))
    assert "=~ `New-.*Rule`" in item.markdown
    assert "- !~ `.*`\n  > No." in item.markdown
    assert "- = `2*3`" in one("What is six?{=2\\*3 =6}").markdown


def test_any_other_number_is_told_what_it_is_told_in_moodle() -> None:
    item = one("How many?{#=3:0.5#Yes ~#No, count again.}")
    assert item.question
    assert [mark.text for mark in item.question.type.mark("7").feedback] == ["No, count again."]
    assert [mark.text for mark in item.question.type.mark("3.5").feedback] == ["Yes"]
    made = EXPORTERS["gift"].write([item.question], "", lambda path: None)
    assert made.losses == ()


def test_an_order_is_no_short_answer() -> None:
    item = one("::Steps::Sort{>4 ALL VERTICAL ALL_OR_NOTHING SHOW 123\nEHLO\nMAIL \\= FROM\nDATA\nQUIT\n}")
    assert item.markdown.endswith("{#steps .order credit=exact}\n\n1. EHLO\n2. MAIL = FROM\n3. DATA\n4. QUIT\n")
    assert told(item) == []
    some = one("Sort{>3 RANDOM HORIZONTAL ABSOLUTE_POSITION SHOW 123\na\nb\nc\nd\n}")
    assert told(some) == [
        "only 3 of its lines are shown there; here all 4 are put in order.",
        "it is marked by ABSOLUTE_POSITION there; here by the longest run in the right order.",
    ]
    assert one("Above?{=>5}").markdown.endswith("- = `>5`\n")


def test_answers_hidden_by_one_above_them_are_told_and_one_that_earns_all_stands_first() -> None:
    item = one("What?{=%50%rain* =rainbow}")
    assert item.markdown.endswith("- = rainbow\n- (50%) =~ `rain.*`\n")
    assert told(item) == ["“rainbow” earns 50 % there, since an answer above it fits it too; here it earns 100 %."]
    assert one("How many?{#=%50%3:1 =3}").markdown.endswith("- = 3\n- (50%) = 3 +- 1\n")


def test_a_missing_word_may_stand_in_a_later_paragraph() -> None:
    item = one("[html]<p>Think of rain.</p><p>It is {=wet =moist} today.</p>")
    assert item.markdown.endswith("Think of rain. {#think-of-rain}\n\nIt is [[wet|moist]] today.\n"), item.refused
    assert item.question
    assert EXPORTERS["gift"].write([item.question], "", lambda path: None).losses == ()


def test_what_is_nearly_another_type_is_told_or_refused() -> None:
    assert told(one("Wet?{true}")) == ["“true” is a text to type. For true or false write {TRUE}."]
    assert "a gap of a cloze" in one("Rain is {1:SA:=wet} today.").refused
    assert one("Time?{=12:30:00 =noon}").question


def test_shares_are_such_as_moodle_takes() -> None:
    [question] = read("## A {#q}\n\n- (x) a\n- (35%) b\n").values()
    made = EXPORTERS["gift"].write([question], "", lambda path: None)
    assert b"~%33.33333%b" in made.data
    assert [loss.text for loss in made.losses] == [
        "35 % becomes 33.33333 %, since Moodle takes no other shares than some."
    ]


def test_true_and_false_are_such_there_and_say_first_what_is_said_to_who_is_wrong() -> None:
    [question] = read("## Wet? {#q}\n\n- (x) True\n  > yes #\n- ( ) False\n").values()
    made = EXPORTERS["gift"].write([question], "", lambda path: None)
    assert b"TRUE##yes \\#\n" in made.data
    assert made.losses == ()


def test_a_number_that_has_no_end_is_left_out() -> None:
    [question] = read("## A {#q}\n\n- = 1/3\n").values()
    [loss] = EXPORTERS["gift"].write([question], "", lambda path: None).losses
    assert loss.is_left_out


BROKEN = {
    "another encoding": ("Wo ist Z\u00fcrich?{T}".encode("latin-1"), "line 1 is not UTF-8"),
    "sixteen bits": ("One?{T}".encode("utf-16"), "line 1 is not UTF-8"),
    "too large": (b"One?{T}\n\n" * 200_000, "more than 1024 KiB"),
    "too many lines": (b"\n" * 30_000, "more than 20000 lines"),
    "too many questions": (b"One?{T}\n\n" * 1500, "there are 1500 questions"),
    "a long line": (b"a" * 200_000, "line 1 has more than 100000 characters"),
    "zero bytes": (b"One?\n{T\0}", "line 2 has a zero byte"),
}


@pytest.mark.parametrize(("data", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_refused_with_a_reason(data: bytes, text: str) -> None:
    found = imported(data)
    assert not found.items
    assert text in str(found.errors[0])


def test_a_line_of_spaces_is_read_at_once() -> None:
    item = one("Which" + (" " * 90_000 + "one\n") * 9 + "is wet?{=Rain ~Sand}")
    assert item.markdown.startswith("## Which one one")


REFUSED = {
    "an open brace": ("Which?{=a ~b", "its braces do not match"),
    "a closing brace": ("Which? =a ~b}", "its braces do not match"),
    "digits without end": ("What?{#" + "9" * 5000 + ":1}", "is no number"),
    "decimals without end": ("What?{#1." + "1" * 5000 + "}", "is no number"),
    "braces the wrong way": ("Which? }=a ~b{", "its braces do not match"),
    "an empty line inside": ("Which?{=a\n\n~b}", "its braces do not match"),
    "one choice": ("Which?{~a}", "fewer than two choices"),
    "no right choice": ("Which?{~a ~b}", "no choice is right"),
    "an empty choice": ("Which?{=a ~}", "This choice has no text"),
    "equal choices": ("Which?{=a ~a}", "Two choices say"),
    "no number": ("How many?{#many}", "“many” is no number"),
    "a number and a word": ("How many?{#3:x}", "“3:x” is no number"),
    "a number with a comma": ("How many?{#1,5}", "“1,5” is no number"),
    "nothing behind the number sign": ("How many?{#}", "it has no number"),
    "half a pair": ("Match.{=a -> b =c}", "a pair has no `->`"),
    "one pair": ("Match.{=a -> b}", "fewer than two pairs"),
    "a pair with nothing on the right": ("Match.{=a -> =c -> d}", "nothing behind its `->`"),
    "nothing asked": ("{T}", "there is no text that asks"),
    "an empty answer": ("Who?{=}", "is empty"),
    "a category with a question": ("$CATEGORY: a\nWho?{=me}", "no empty line below this category"),
    "private characters": ("Who?{=\ue058}", "characters of a private area"),
    "a description": ("Read this first.", "a description asks nothing"),
    "many braces": ("{" * 50_000, "its braces do not match"),
    "many signs": ("Which?{" + "~" * 50_000 + "}", "no choice is right"),
}


HOSTILE = BROKEN | {name: (text.encode(), why) for name, (text, why) in REFUSED.items()}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_question_that_cannot_be_is_refused_with_its_line_and_the_next_is_read(text: str, why: str) -> None:
    *bad, good = imported(f"{text}\n\nIs this one read?{{T}}\n").items
    assert why in " ".join(item.refused for item in bad)
    assert all(item.line for item in bad)
    assert good.is_good


def test_html_is_sanitised_and_what_is_lost_is_told() -> None:
    item = one('[html]<p onclick\\="x()">Which <script>alert(1)</script><b>one</b>?</p>{=a ~<img src\\="@@x.png">b}')
    assert item.question
    assert "script" not in item.markdown
    assert "**one**" in item.markdown
    assert told(item)


def test_headings_of_markdown_begin_no_question() -> None:
    assert one("[markdown]# Rain\n\nWhat is wet? {=rain}".replace("\n\n", "\\n\\n")).markdown == (
        "## {#rain-what-is-wet}\n\n#### Rain\n\nWhat is wet?\n\n- = rain\n"
    )


def test_formulas_are_such_without_html_too() -> None:
    assert "What is $x^2$, and not 5\\$?" in one(r"What is \\(x^2\\), and not 5$? {=4}").markdown
    assert one("Show $$y$$ {=1}").markdown == "## Show $$y$$ {#show-y}\n\n- = `1`\n"
    assert r"\(x" in one(r"[plain]What is \\(x\\)? {=4}").markdown
