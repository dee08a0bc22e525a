"""Moodle XML: what is read of each type, what is lost, and what is refused."""

import base64
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.formats.contract import IMPORTERS, MAX_TOLD, Imported, Item, Source
from quizapp.formats.elements import DEEPEST, MAX_XML
from quizapp.questions.base import Question
from tests.unit.formats.moodle_items import PNG, SINGLE, answer, bank, file, question, text


def read(data: bytes) -> Imported:
    return IMPORTERS["moodle"].read(Source(data, "x.xml"))


def one(*questions: str) -> Item:
    found = read(bank(*questions))
    assert not found.errors, found.errors
    [first] = found.items
    return first


def good(*questions: str) -> Question:
    made = one(*questions)
    assert made.question, made.refused
    return made.question


def test_a_single_choice_keeps_its_credits_and_what_is_said() -> None:
    made = one(SINGLE)
    assert made.markdown == (
        "## Which is **wet**? {#which-is-wet points=2.5}\n\n- (x) Rain\n  > Right.\n- (33.33333%) Fog\n- ( ) Sand\n"
        "  > Dry.\n\nRain is water.\n"
    )
    assert [note.text for note in made.warnings] == ["a choice that costs points there costs none here."]


def test_what_moodle_says_by_itself_is_left_out_once() -> None:
    [note] = read(bank(SINGLE, SINGLE.replace("wet", "dry"))).notes
    assert note.text.startswith("what Moodle itself says")


@pytest.mark.parametrize(
    ("fractions", "rule"),
    [
        (("50", "50", "-50", "-50"), ""),
        (("50", "50", "-100", "-100"), "hits"),
        (("33.33333", "33.33333", "33.33333", "-33.33333"), ""),
    ],
)
def test_fractions_that_are_a_rule_of_ours_become_it(fractions: tuple[str, ...], rule: str) -> None:
    answers = "".join(answer(f"<p>a{number}</p>", value) for number, value in enumerate(fractions))
    made = one(question("multichoice", "Which?", f"<single>false</single>{answers}"))
    assert made.question
    assert made.question.type.written_options().get("credit", "") == rule
    assert made.warnings == ()


def test_other_fractions_are_told() -> None:
    answers = answer("a", "70") + answer("b", "30") + answer("c", "0")
    made = one(question("multichoice", "Which?", f"<single>false</single>{answers}"))
    assert "percentages of their own" in made.warnings[0].text


def test_true_or_false_may_stand_in_any_order() -> None:
    made = good(question("truefalse", "It rains.", answer("false", "100", "No.") + answer("true", "0")))
    assert [(one.content.text, one.credit) for one in made.type.answers] == [
        ("True", Fraction(0)),
        ("False", Fraction(1)),
    ]


def test_wildcards_become_patterns_and_wrong_answers_keep_their_feedback() -> None:
    answers = answer("rain*", "100") + answer("2\\*3", "50") + answer("*", "0", "Look up.")
    made = good(question("shortanswer", "What?", f"<usecase>1</usecase>{answers}"))
    assert [made.type.mark(given).credit for given in ("rainbow", "2*3", "Rain")] == [1, Fraction(1, 2), 0]
    assert made.type.mark("snow").feedback[0].text == "Look up."


def test_numbers_have_tolerances_and_units() -> None:
    units = "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier>"
    units += "<unit_name>cm</unit_name></unit></units>"
    answers = answer("2.5", "100", more="<tolerance>0.1</tolerance>") + answer("*", "0", "No.")
    made = good(question("numerical", "How long?", answers + units))
    assert [made.type.mark(given).credit for given in ("2.6 m", "240 cm", "3 m")] == [1, 1, 0]


def test_units_that_are_not_known_are_told() -> None:
    units = "<units><unit><multiplier>1</multiplier><unit_name>frogs</unit_name></unit></units>"
    made = one(question("numerical", "How many?", answer("3", "100") + units))
    assert made.question
    assert "its units (frogs) are left out" in made.warnings[0].text


def test_matching_ordering_and_essays_are_read() -> None:
    pairs = "".join(
        f"{text('subquestion', left)[:-14]}<answer><text>{right}</text></answer></subquestion>"
        for left, right in (("Rain", "wet"), ("Sand", "dry"), ("", "hot"))
    )
    made = good(question("matching", "Match.", pairs))
    assert made.type.mark({"Rain": "wet", "Sand": "dry"}).credit == 1
    assert "hot" in [one.content.text or one.goes_with.text for one in made.type.answers]
    lines = answer("first", "1") + answer("second", "2")
    assert good(question("ordering", "Order.", f"<gradingtype>-1</gradingtype>{lines}")).type.mark([1, 2]).credit == 1
    essay = one(question("essay", "Why?", text("generalfeedback", "Because.") + text("graderinfo", "Be kind.")))
    assert essay.question
    assert essay.question.type.is_marked_by_people
    assert essay.question.explanation.text == "Because."
    assert [note.text for note in essay.warnings] == ["what those who mark it are told is left out: “Be kind.”"]


def test_a_cloze_has_blanks_of_every_kind() -> None:
    asked = (
        "<p>It {1:SHORTANSWER:=rains#Yes~*#No} at {1:NUMERICAL:=12:0.5} o'clock in "
        "{1:MULTICHOICE:London~=Bergen~%50%Oslo} &amp; (here).</p>"
    )
    made = one(question("cloze", asked, ""))
    assert made.question, made.refused
    kind = made.question.type
    assert kind.mark(["rains", "12.5", "Bergen"]).credit == 1
    assert kind.mark(["rains", "12", "Oslo"]).credit == Fraction(5, 6)
    assert "what is said of single answers stands in the explanation now." in [note.text for note in made.warnings]


def told(item: Item) -> list[str]:
    return [note.text for note in item.warnings]


@pytest.mark.parametrize(
    ("gap", "written"),
    [
        ("{1:SA:=don&#39;t~*#No}", "[[don't]]"),  # a reference is no feedback
        ("{1:NM:=3,14:0,01~*}", "[[3.14 +- 0.01]]"),
        ("{:MCS:%33,5%a~=b}", "[[(33.5%) a | (x) b]]"),
        ("{1:MC:=a &amp;lt; b~a &gt; b}", "[[(x) `a < b` | ( ) `a > b`]]"),
        ("{1:SA:=AC\\/DC}", "[[AC/DC]]"),
    ],
)
def test_a_gap_is_read_as_moodle_does(gap: str, written: str) -> None:
    made = one(question("cloze", f"<p>Say {gap} now</p>", ""))
    assert made.question, made.refused
    assert f"Say {written} now" in made.markdown


def test_a_number_that_earns_a_part_of_a_gap_earns_not_all_of_it() -> None:
    made = one(question("cloze", "Pi is {1:NM:=3.14:0.01~%50%3:0.5}", ""))
    assert made.question
    assert made.question.type.mark(["3.14"]).credit == 1
    assert made.question.type.mark(["3"]).credit == 0
    assert "an answer that earns a part of a gap is left out." in told(made)


def test_case_that_counts_in_some_gaps_is_told() -> None:
    made = one(question("cloze", "{1:SA:=a} or {1:SAC:=B}", ""))
    assert "case counts in some of its gaps; here it counts in all of them." in told(made)


def test_a_cloze_in_markdown_stays_markdown() -> None:
    asked = question("cloze", "Say **{1:SA:=a}** now\n\n* one", "").replace('"html"', '"markdown"')
    made = one(asked)
    assert made.question, made.refused
    assert "Say **[[a]]** now\n\n* one" in made.markdown


def test_files_of_markdown_come_along() -> None:
    asked = question("multichoice", "See ![map](@@PLUGINFILE@@/a%20b.png)", answer("x", "100", form="markdown")
                     + answer("y", "0", form="markdown"), files=file("a b.png"))  # fmt: skip
    made = one(asked.replace('questiontext format="html"', 'questiontext format="markdown"'))
    [path] = made.files
    assert f"![map]({path})" in made.markdown


def test_a_text_without_a_format_has_that_of_what_is_asked_and_that_is_html() -> None:
    bare = question("multichoice", "Which\none?", answer("*a*", "100", form="html") + answer("b", "0"))
    made = one(bare.replace(' format="html"', ""))
    assert made.markdown.startswith("## Which one? {")
    assert "- (x) \\*a\\*\n" in made.markdown
    as_markdown = bare.replace('questiontext format="html"', 'questiontext format="markdown"')
    assert "- (x) *a*\n" in one(as_markdown.replace(' format="html"', "")).markdown


def test_two_files_of_one_name_are_told() -> None:
    said = text("generalfeedback", '<img src="@@PLUGINFILE@@/a.png" alt="b">', files=file("a.png", PNG + b"1"))
    made = one(question("essay", '<p>See <img src="@@PLUGINFILE@@/a.png" alt="a"></p>', said, files=file("a.png")))
    assert any(note.startswith("two files are called a.png") for note in told(made))


def test_choices_that_say_nothing_of_shuffling_stay_in_their_order_as_in_moodle() -> None:
    answers = answer("a", "100") + answer("b", "0") + answer("c", "0")
    assert not good(question("multichoice", "Which?", answers)).shuffle
    assert good(question("multichoice", "Which?", f"<shuffleanswers>1</shuffleanswers>{answers}")).shuffle


SHARES = ("100", "50", "33.33333", "25", "0", "-25", "-33.33333", "-50", "-100")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(worth=st.lists(st.sampled_from(SHARES), min_size=2, max_size=5))
def test_ticks_earn_what_they_do_in_moodle_or_it_is_told(worth: list[str]) -> None:
    """Moodle adds up what is ticked, from 0 to 1 (question/type/multichoice/question.php)."""
    answers = "".join(answer(f"a{number}", share) for number, share in enumerate(worth))
    made = one(question("multichoice", "Which?", f"<single>false</single>{answers}"))
    for ticks in range(1, 2 ** len(worth) if made.question and not made.warnings else 1):
        ticked = [place for place in range(len(worth)) if ticks >> place & 1]
        total = sum((Fraction(worth[place]) for place in ticked), Fraction(0)) / 100
        there = min(max(total, Fraction(0)), Fraction(1))
        assert made.question
        here = made.question.type.mark([place + 1 for place in ticked]).credit
        assert here is not None
        assert abs(here - there) < Fraction(1, 10**4)


def test_a_choice_that_is_worth_nothing_beside_those_that_cost_is_not_scored() -> None:
    answers = answer("a", "50") + answer("b", "50") + answer("c", "0") + answer("d", "-50")
    made = one(question("multichoice", "Which?", f"<single>false</single>{answers}"))
    assert made.question
    assert made.warnings == ()
    assert [made.question.type.mark(list(given)).credit for given in ((1, 2, 3), (1, 2, 4), (1, 3))] == [
        Fraction(1),
        Fraction(1, 2),
        Fraction(1, 2),
    ]


def test_answers_hidden_by_one_above_them_are_told() -> None:
    made = one(question("shortanswer", "What?", answer("rain*", "50") + answer("Rainbow", "100")))
    assert told(made) == [
        "“Rainbow” earns 50 % there, since an answer above it fits it too; here it earns 100 %.",
    ]
    wide = answer("3", "50", more="<tolerance>1</tolerance>") + answer("3.5", "100")
    assert told(one(question("numerical", "How?", wide)))[0].startswith("“3.5” earns 50 % there")
    narrow = answer("3.5", "100") + answer("3", "50", more="<tolerance>1</tolerance>") + answer("*", "0", "no")
    assert told(one(question("numerical", "How?", narrow))) == []


def test_patterns_can_be_read_and_hold_ticks() -> None:
    made = one(question("shortanswer", "What?", answer("foo bar-baz*", "100") + answer("`ls -l`*", "100")))
    assert made.question
    assert "- =~ `foo bar-baz.*`\n" in made.markdown
    assert [made.question.type.mark(given).credit for given in ("foo bar-baz qux", "`ls -l` | wc")] == [1, 1]


def test_lines_of_an_order_of_which_some_are_shown_are_told() -> None:
    lines = "".join(answer(letter, str(number)) for number, letter in enumerate("abcd", start=1))
    more = (
        f"<selecttype>RANDOM</selecttype><selectcount>3</selectcount><gradingtype>ALL_OR_NOTHING</gradingtype>{lines}"
    )
    assert told(one(question("ordering", "Order.", more))) == [
        "only 3 of its lines are shown there; here all 4 are put in order."
    ]


def test_a_formula_stands_behind_its_marker() -> None:
    made = one(
        question("multichoice", "Solve \\(x^2=4\\)", answer("<p>\\(x=2\\)</p>", "100") + answer("\\(x=3\\)", "0"))
    )
    assert made.markdown.endswith("\n\n- (x) $x=2$\n- ( ) $x=3$\n")


def test_limits_of_an_essay_are_told() -> None:
    made = one(question("essay", "Why?", "<minwordlimit>0</minwordlimit><maxwordlimit>200</maxwordlimit>"))
    assert told(made) == ["how many words it has at most is left out: 200."]


def test_empty_lines_of_matching_are_nothing() -> None:
    pairs = "".join(
        f"{text('subquestion', left)[:-14]}<answer><text>{right}</text></answer></subquestion>"
        for left, right in (("Rain", "wet"), ("", ""), ("Sand", "dry"))
    )
    assert len(good(question("matching", "Match.", pairs)).type.answers) == 2


@pytest.mark.parametrize("kind", ["gapselect", "ddwtos"])
def test_words_for_gaps_are_lists(kind: str) -> None:
    box = "selectoption" if kind == "gapselect" else "dragbox"
    boxes = "".join(f"<{box}><text>{word}</text><group>{group}</group></{box}>" for word, group in
                    (("wet", 1), ("dry", 1), ("hot", 2), ("cold", 2)))  # fmt: skip
    made = good(question(kind, "Rain is [[1]], ice is [[4]].", boxes))
    assert made.type.mark(["wet", "cold"]).credit == 1
    assert [one.typed for one in made.type.answers] == ["wet", "dry", "hot", "cold"]


def test_files_hints_penalties_tags_and_categories_come_along() -> None:
    asked = '<p>Look: <img src="@@PLUGINFILE@@/A%20map.png" alt="A map"></p>'
    more = (
        "<penalty>0.5</penalty><hidden>1</hidden><tags><tag><text>Rain, snow</text></tag></tags>"
        f"{text('hint', '<p>Look up.</p>')}{answer('Rain', '100')}{answer('Sand', '0')}"
    )
    category = "<question type='category'><category><text>$course$/top/Weather/At sea</text></category></question>"
    made = one(category, question("multichoice", asked, more, files=file("A map.png")))
    assert made.question, made.refused
    [(path, data)] = made.files.items()
    assert (data, f"![A map]({path})" in made.markdown) == (PNG, True)
    assert made.question.tags == ("rain-snow", "at-sea")
    assert made.question.tries == (Fraction(1), Fraction(1, 2))
    assert [hint.text for hint in made.question.hints] == ["Look up."]
    assert "draft" in made.question.words


def test_importing_twice_gives_the_same() -> None:
    assert read(bank(SINGLE)).items == read(bank(SINGLE)).items


def test_what_moodle_says_by_itself_in_other_languages_is_left_out_too() -> None:
    said = {
        "correctfeedback": "Die Antwort ist richtig.",
        "incorrectfeedback": "<p>Votre réponse est incorrecte.</p>",
        "partiallycorrectfeedback": "Respuesta parcialmente correcta.",
    }
    combined = "".join(text(name, html) for name, html in said.items())
    found = read(bank(question("multichoice", "Which?", combined + answer("a", "100") + answer("b", "0"))))
    assert found.items[0].warnings == ()
    assert ">" not in found.items[0].markdown
    assert "what Moodle itself says" in found.notes[0].text


def test_a_description_is_told() -> None:
    found = read(bank(question("description", "<p>Read this first.</p>", ""), SINGLE))
    assert "“Read this first.” is a description without a question" in found.notes[0].text


def single(*answers: str) -> str:
    return question("multichoice", "Which?", "<single>true</single>" + "".join(answers))


REFUSED = {
    "an unknown type": (question("ddmarker", "Where?", ""), "its type, ddmarker, is not supported."),
    "calculated": (question("calculated", "{a}?", ""), "its type, calculated, is not supported."),
    "no type": ("<question><questiontext><text>x</text></questiontext></question>", "its type, unnamed"),
    "no key": (single(answer("a", "0"), answer("b", "0")), "no answer of it earns everything"),
    "no answers": (single(), "no answer of it earns everything"),
    "no text": (question("multichoice", "", answer("a", "100") + answer("b", "0")), "no text"),
    "a choice without text": (single(answer("", "100"), answer("b", "0")), "no text"),
    "the same choice twice": (single(answer("a", "100"), answer("a", "0")), "Two choices say"),
    "a number that is none": (question("numerical", "How?", answer("abc", "100")), "is no number with a tolerance"),
    "nothing earns all": (question("shortanswer", "What?", answer("a", "50")), "no answer of it earns everything"),
    "several in a gap": (question("cloze", "{1:MULTIRESPONSE:=a~=b~c}", ""), "several right answers"),
    "a gap in a table of merged cells": (
        question("cloze", "<table><tr><td colspan='2'>{1:SA:=a}</td></tr></table>", ""), "a table with merged cells"
    ),
    "a gap of another kind": (
        question("cloze", "{1:SA:=a} and {1:REGEXP:=b.*}", ""), "a gap of a kind that is not supported: {1:REGEXP:=b.*"
    ),
    "a gap in code": (question("cloze", "<code>ls {1:SA:=-l}</code>", ""), "a blank of it may stand in code"),
    "any number": (question("numerical", "How?", answer("*", "100")), "any number earns something"),
    "an essay without a text": (
        question("essay", "Why?", "<responseformat>noinline</responseformat>"), "files are asked for, and no text."
    ),
    "words without end": (
        question("gapselect", "[[1]]" * 90, "<selectoption><text>a</text></selectoption>" * 900), "more than 200 words"
    ),
    "no gap": (question("cloze", "no gap", ""), "it has no gap that can be read."),
    "a gap with one word": (
        question("ddwtos", "[[1]]", "<dragbox><text>a</text><group>1</group></dragbox>"), "has one word only"
    ),
    "a gap without a word": (question("gapselect", "[[3]]", ""), "its gap [[3]] has no word."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_question_that_cannot_be_held_says_why(name: str) -> None:
    written, told = REFUSED[name]
    made = one(written)
    assert made.question is None
    assert told in made.refused
    assert made.place == "line 3"


LOST = "".join(answer(f"<img src='@@PLUGINFILE@@/{number}.png'>{number}", "0") for number in range(600))
LONG = {
    "decimals": (question("numerical", "How many?", answer("1." + "1" * 5000, "100")), "is no number with a tolerance"),
    "an open gap": (question("cloze", "{:SA:" * 20_000, ""), "a gap of a kind that is not supported"),
    "gaps that end in an escape": (question("cloze", "{:SA:\\}" * 16_000, ""), "a gap of a kind that is not supported"),
    "digits of points": (question("essay", "Why?", f"<defaultgrade>1.{'1' * 900_000}</defaultgrade>"), ""),
    "pictures that are not there": (question("multichoice", "Which?", answer("a", "100") + LOST), ""),
}


@pytest.mark.parametrize("name", LONG)
def test_what_could_take_long_is_read_at_once(name: str) -> None:
    written, told = LONG[name]
    made = one(written)
    assert told in made.refused
    assert len(made.warnings) <= MAX_TOLD + 1


ENTITIES = b'<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
BROKEN = {
    "nothing": (b"", "this file is empty. Export it again."),
    "no XML": (b"::GIFT:: x {=a}", "line 1, column 1"),
    "cut off": (bank(SINGLE)[:-9], "this is not well-formed XML"),
    "another format": (b"<questestinterop/>", "this is no Moodle XML: it begins with <questestinterop>"),
    "empty": (bank(), "no question is in it."),
    "entities": (ENTITIES, "it declares entities of its own"),
    "too deep": (b"<quiz>" + b"<a>" * DEEPEST, "more than 60 in each other"),
    "too large": (b" " * (MAX_XML + 1), "more than 16 MiB"),
    "too many questions": (bank(*[SINGLE] * 1001), "there are 1001 questions"),
    "questions without end": (bank("<question/>" * 40_000), "there are 40000 questions"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x-own"?><quiz/>', "the encoding “x-own” is not known"),
}


HOSTILE = BROKEN | {name: (bank(written), told) for name, (written, told) in REFUSED.items()}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_or_hostile_is_refused_with_its_reason(name: str) -> None:
    data, told = BROKEN[name]
    found = read(data)
    assert not found.items
    assert any(told in note.text for note in found.errors)


@pytest.mark.parametrize("damage", ["!!!", "AAA", "é"])
def test_a_damaged_file_is_told(damage: str) -> None:
    broken = f'<file name="a.png" path="/" encoding="base64">{damage}</file>'
    made = one(question("multichoice", '<img src="@@PLUGINFILE@@/a.png" alt="map"> x',
                        answer("a", "100") + answer("b", "0"), files=broken))  # fmt: skip
    assert made.question
    assert made.files == {}
    assert "the file a.png is damaged, and is left out." in [note.text for note in made.warnings]


def test_headings_of_markdown_begin_no_question() -> None:
    asked = text("questiontext", "# Rain\n\nSnow\n----\n\nWhich is *wet*?", form="markdown")
    inside = f"{asked}{answer('Rain', '100')}"
    made = one(f'<question type="shortanswer"><name><text>Rain</text></name>{inside}</question>')
    assert "#### Rain\n\n#### Snow\n\nWhich is *wet*?\n" in made.markdown


def test_the_picture_of_files_of_old_stands_below_what_is_asked() -> None:
    picture = f"<image>a cloud.png</image><image_base64>{base64.b64encode(PNG).decode()}</image_base64>"
    made = one(question("shortanswer", "What is this?", picture + answer("Rain", "100")))
    [path] = made.files
    assert made.files[path] == PNG
    assert f"What is this? {{#what-is-this}}\n\n![]({path})" in made.markdown


def test_a_picture_of_old_that_is_not_packed_is_told() -> None:
    made = one(question("shortanswer", "What is this?", "<image>cloud.png</image>" + answer("Rain", "100")))
    assert any("cloud.png" in note.text for note in made.warnings)


def test_boxes_that_count_all_together_are_all_or_nothing() -> None:
    inside = answer("Rain", "100") + answer("Snow", "100", "Cold.") + answer("Sand", "0")
    made = one(question("multichoiceset", "Which are wet?", f"<shuffleanswers>1</shuffleanswers>{inside}"))
    assert made.markdown == (
        "## Which are wet? {#which-are-wet credit=exact}\n\n- [x] Rain\n- [x] Snow\n  > Cold.\n- [ ] Sand\n"
    )


def test_html_that_is_not_escaped_is_read_as_it_is_meant() -> None:
    inside = (
        '<questiontext format="html"><text><p>Which is <b>wet</b>?</p></text></questiontext>'
        '<answer fraction="100" format="html"><text><p>Rain</p></text>'
        '<feedback format="html"><text>So <i>it</i> is.</text></feedback></answer>'
        '<answer fraction="0" format="html"><text><p>Sand</p></text></answer>'
    )
    made = one(f'<question type="multichoice"><name><text>Rain</text></name><single>true</single>{inside}</question>')
    assert made.markdown == "## Which is **wet**? {#rain}\n\n- (x) Rain\n  > So *it* is.\n- ( ) Sand\n"


def test_a_picture_that_stands_in_the_text_comes_along() -> None:
    packed = base64.b64encode(PNG * 4000).decode()
    asked = f'<p>What is this?</p><p><img alt="A cloud" src="data:image/png;base64,{packed}"></p><p>Say.</p>'
    made = one(question("shortanswer", asked, answer("Fog", "100")))
    [path] = made.files
    assert made.files[path] == PNG * 4000
    assert f"![A cloud]({path})\n\nSay." in made.markdown
    assert made.warnings == ()


@pytest.mark.parametrize(
    "address", ["data:image/png;base64,####", "data:image/png;base64,QUJD", "data:text/html;base64,QUJD"]
)
def test_what_is_no_picture_is_told(address: str) -> None:
    made = one(question("shortanswer", f'What is this? <img src="{address}">', answer("Fog", "100")))
    assert made.files == {}
    assert any("a picture" in note.text for note in made.warnings)
    assert "data:" not in made.markdown
