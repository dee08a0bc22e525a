"""Blanks: where they stand, what is looked for in each, and how they come through the rendering."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.content.markup import Renderer
from quizapp.content.sanitise import Place
from quizapp.questions.base import NO_PROSE, Prose, Reading, Response
from quizapp.questions.blanks import Blank, WrittenBlank, find_blanks, read_blank, write_blank
from quizapp.questions.drop_downs import DropDown, Option
from quizapp.questions.numbers import read_key
from quizapp.questions.numeric import Numeric, NumericValue
from quizapp.questions.placeholders import first_lost, with_blanks, with_placeholders, without_own
from quizapp.questions.text import ShortText, TextValue
from quizapp.source.blocks import Block
from quizapp.source.report import Report
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import PLACEHOLDER, source_of

RENDERER = Renderer()


def found(text: str) -> list[str]:
    return [blank.text for blank in find_blanks(read_blocks(text))]


def reading(report: Report, options: Mapping[str, str], words: frozenset[str] = frozenset()) -> Reading:
    def prose(_: Sequence[Block]) -> Prose:
        return NO_PROSE

    return Reading(prose, options, words, report)


def read(text: str, **options: str) -> tuple[Blank | None, list[str]]:
    """What the only blank of a text looks for, and the codes of its problems."""
    report = Report("x.bank.md")
    [written] = find_blanks(read_blocks(text))
    blank = read_blank(written, reading(report, options))
    columns = range(written.column, written.column + len(written.text))
    assert all(problem.line == written.line and problem.column in columns for problem in report.problems)
    return blank, [problem.code for problem in report.problems]


def page(text: str) -> tuple[str, int]:
    """The HTML of a text with placeholders, and how many blanks it has."""
    blocks = without_own(read_blocks(text))
    blanks = list(find_blanks(blocks))
    return RENDERER.render(with_placeholders(blocks, blanks), "", Place("")).html, len(blanks)


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("Port [[25]] or [[587]].", ["[[25]]", "[[587]]"]),
        ("- a [[b]]\n  - [[c]]\n\n> q [[d]]\n>\n> - [[e]]", ["[[b]]", "[[c]]", "[[d]]", "[[e]]"]),
        ("| a | b |\n| --- | --- |\n| [[x|y]] | [[z\\|w]] |", ["[[x|y]]", "[[z\\|w]]"]),
        ("```python blanks\nx = [[1]]\n```", ["[[1]]"]),
        ("~~~ blanks\nx = [[1]]", ["[[1]]"]),
        ("```blanks [[no]]\n`[[1]]`\n```", ["[[1]]"]),
        ("```python\nx[[1]]\n```\n\n    y[[1]]\n\n`[[ -f x ]]` and `[[x]]`", []),
        ("``a ` [[x]]`` [[y]] `b\n[[z]] c`", ["[[y]]"]),
        ("a ` b [[x]]", ["[[x]]"]),
        ("\\`[[x]]\\`", ["[[x]]"]),
        ("$[[1]]$ and $$[[2]]$$\n\n$$\n[[3]]\n$$", []),
        ("It costs $[[5]] or [[$6]] or $7", ["[[5]]", "[[$6]]"]),
        ("<div>\n[[a]]\n</div>\n\n<pre>\n[[b]]\n</pre>", []),
        ("a <!-- [[x]] --> [[y]] <!-- [[z]]", ["[[y]]", "[[z]]"]),
        ("a <!--> [[x]] -->", ["[[x]]"]),
        ("[[ a]] [[a ]] [[]] [[ ]]", []),
        ("![[a]] \\[[b]] [[c]](d) [[e]][f] [[^g]] [[h[i]j]]", []),
        ("[[=~ `a[bc]|d`]] [[`]]`]] [[`x`|y]]", ["[[=~ `a[bc]|d`]]", "[[`]]`]]", "[[`x`|y]]"]),
        ("[[a`b]] and `c`", []),
        ("[[a\nb]] [[c`\n]] `", []),
        ("[[[x]]]", ["[[x]]"]),
        ("#### A [[heading]]\n\nText [[x]]", ["[[x]]"]),
        ("[text [[x]]](y)", ["[[x]]"]),
        ("Term\n: [[x]]", ["[[x]]"]),
    ],
)
def test_where_blanks_stand(text: str, blanks: list[str]) -> None:
    assert found(text) == blanks


def test_a_blank_knows_its_place() -> None:
    text = "Two\nlines [[a]] [[b]]\n\n- x\n\n\t> tab [[c]]\n\n| a |\n| --- |\n| [[d]] |\n\n```x blanks\n\t[[e]]\n```\n"
    assert [(blank.line, blank.column, blank.text) for blank in find_blanks(read_blocks(text))] == [
        (2, 7, "[[a]]"), (2, 13, "[[b]]"), (6, 8, "[[c]]"), (10, 3, "[[d]]"), (13, 2, "[[e]]"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["[[" * 49_000, "[[`" * 33_000, "<!--" * 24_000 + "[[", "$[[x" * 24_000, "[[a ``" * 16_000, "[[x `a` " * 12_000],
)
def test_much_that_is_no_blank_is_gone_through_once(text: str) -> None:
    assert found(text) == []


def text_value(text: str) -> TextValue:
    return TextValue(text, Fraction(1), False, NO_PROSE)


def number(text: str) -> NumericValue:
    key = read_key(text)
    assert key is not None
    return NumericValue(key, Fraction(1), NO_PROSE)


CHOICE = DropDown((Option("Edge", Fraction(0)), Option("EOP", Fraction(1)), Option("half", Fraction(1, 2))))


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("[[MX|mx record]]", ShortText((text_value("MX"), text_value("mx record")))),
        ("[[100 +- 2%]]", Numeric((number("100 +- 2%"),))),
        ("[[= 100 +- 2%]]", Numeric((number("100 +- 2%"),))),
        ("[[( ) Edge | (x) EOP|(50%) *half*]]", CHOICE),
    ],
)
def test_what_a_blank_looks_for(text: str, blank: Blank) -> None:
    assert read(text) == (blank, [])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[[a&#124;b]]", ["a|b"]),
        ("[[a\\|b|c]]", ["a", "b", "c"]),
        ("[[a\\\\|b]]", ["a\\", "b"]),
        ("[[x&#91;1&#93;]]", ["x[1]"]),
        ("[[`a|b`|c]]", ["a|b", "c"]),
        ("[[`007`]]", ["007"]),
        ("[[=~ `recei?ver` | != `x`]]", ["recei?ver", "x"]),
        ("[[=~recei?ver]]", ["recei?ver"]),
        ("[[==]]", ["=="]),
        ("[[=>|`=`]]", ["=>", "="]),
        ("| [[a\\|b]] |\n| --- |", ["a", "b"]),
        ("| x |\n| --- |\n| [[`a\\|b`]] |", ["a|b"]),
        ("[[f(x)]]", ["f(x)"]),
        ("[[5|five]]", ["5", "five"]),
    ],
)
def test_the_values_of_a_blank(text: str, values: list[str]) -> None:
    blank, _ = read(text)
    assert isinstance(blank, ShortText)
    assert [value.value for value in blank.values] == values


def test_a_known_wrong_number_and_a_range() -> None:
    blank, codes = read("[[&#91;1, 2) s|!= 5 s]]")
    assert (isinstance(blank, Numeric), codes) == (True, [])
    assert blank is not None
    assert [blank.mark(typed).credit for typed in ("1 s", "2 s", "5 s")] == [1, 0, 0]


def test_the_options_of_a_question_go_to_its_blanks() -> None:
    blank, _ = read("[[connector]]", case="yes", typos="ok", unlike="connectors")
    assert blank == ShortText((text_value("connector"),), True, True, ("connectors",))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[[( ) Edge | EOP]]", ["blank-marker"]),
        ("[[Edge | (x) EOP]]", ["blank-marker"]),
        ("[[(x)Edge|( )EOP]]", ["blank-marker"]),
        ("[[(x) Edge]]", ["one-choice"]),
        ("[[(x) Edge|( )]]", ["empty-choice"]),
        ("[[(x) Edge|( ) Edge]]", ["same-choice-twice"]),
        ("[[( ) Edge|( ) EOP]]", ["no-right-answer"]),
        ("[[(150%) Edge|( ) EOP]]", ["percent-range"]),
        ("[[!= Edge]]", ["no-right-answer"]),
        ("[[!= 5]]", ["no-right-answer"]),
        ("[[a|]]", ["empty-choice"]),
        ("[[=]]", ["empty-choice"]),
        ("[[=~ `a(`]]", ["bad-pattern"]),
        ("[[12,5]]", ["comma-number"]),
        ("[[3 musketeers]]", ["unknown-unit"]),
        ("[[/usr?/i]]", ["looks-like-pattern"]),
        ("[[a*b]]", ["needs-backticks"]),
        ("[[25|!=5]]", ["bad-value"]),
        ("[[=SUM(A1)]]", ["bad-value"]),
        ("[[`=SUM(A1)`|`!=5`]]", []),
    ],
)
def test_what_is_wrong_in_a_blank_is_told_at_its_place(text: str, codes: list[str]) -> None:
    assert read(f"Words before\nand {text}")[1] == codes


def test_in_a_survey_nothing_need_be_right() -> None:
    report = Report("x.bank.md")
    [written] = find_blanks(read_blocks("[[( ) a|( ) b]]"))
    assert read_blank(written, reading(report, {}, frozenset({"survey"})))
    assert report.problems == []


def test_a_drop_down_is_marked_by_its_text() -> None:
    given: list[Response] = ["", None, "Edge", "edge", "2", 2, [2]]
    assert [CHOICE.mark(text).credit for text in ("Edge", "EOP", "half")] == [0, 1, Fraction(1, 2)]
    assert [CHOICE.mark(response).status for response in given] == ["blank"] * 2 + ["graded"] + ["invalid"] * 4
    assert CHOICE.correct_response == "EOP"
    assert CHOICE.solutions == ("EOP",)
    assert CHOICE.full_credit == 1


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]), min_size=1, max_size=9)
AWKWARD = st.sampled_from(
    ["`", "``x`", "-->", "a|b", "[[x]]", "]]", "\\", "\\|", "\\d+", "a\\", "$", "&amp;", "(x) a", "= b", "5"]
)
CREDITS = st.sampled_from([Fraction(1), Fraction(0)])


@st.composite
def short_texts(draw: st.DrawFn) -> ShortText:
    values = [TextValue(draw(TEXT | AWKWARD), Fraction(1), False, NO_PROSE)]
    values += draw(
        st.lists(st.builds(TextValue, TEXT | AWKWARD, CREDITS, st.just(False), st.just(NO_PROSE)), max_size=2)
    )
    values += draw(
        st.lists(st.builds(TextValue, TEXT.map(re.escape), CREDITS, st.just(True), st.just(NO_PROSE)), max_size=2)
    )
    return ShortText(tuple(values))


NUMBERS = st.sampled_from(["12.5 ms", "100 +- 2%", "[1, 2)", "(0, 1] s", "1/3", "€5", "-3", "6.02e23"]).map(read_key)
NUMERICS = st.lists(NUMBERS, min_size=1, max_size=3).map(
    lambda keys: Numeric(tuple(NumericValue(key, Fraction(not n), NO_PROSE) for n, key in enumerate(keys) if key))
)
DROP_DOWNS = st.lists(
    (TEXT | AWKWARD).map(lambda text: " ".join(text.split())).filter(bool), min_size=2, max_size=4, unique=True
).map(lambda texts: DropDown(tuple(Option(text, Fraction(100 - 25 * n, 100)) for n, text in enumerate(texts))))
BLANKS = st.one_of(short_texts(), NUMERICS, DROP_DOWNS)


def again(text: str) -> list[Blank | None]:
    written = find_blanks(read_blocks(text))
    return [read_blank(one, reading(Report("x"), {})) for one in written]


@given(BLANKS)
def test_a_blank_is_read_as_it_was_written(blank: Blank) -> None:
    assert again(f"Text {write_blank(blank)} text") == [blank]


PIECES = st.sampled_from(
    ["word ", "\n", "\n\n", "`", "``", " `code` ", "$", "<!-- ", " -->", "- ", "> ", "*", "_",
     "\n| a | b |\n| --- | --- |\n| ", " | ", "\n```python blanks\n", "\n```\n", "\\", "!", "[",
     "](x)", "(", "1. ", "===\n", "# "]
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(PIECES | st.just("[[x|y]]"), max_size=14).map("".join), st.data())
def test_blanks_are_put_back_into_any_text(text: str, data: st.DataObject) -> None:
    blocks = read_blocks(text)
    written = list(find_blanks(blocks))
    shown = source_of(with_placeholders(blocks, written))
    blanks = data.draw(st.lists(BLANKS, min_size=len(written), max_size=len(written)))
    assert shown.count(PLACEHOLDER) == len(written)
    assert again(with_blanks(shown, blanks)) == blanks


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Port [[25]].", "<p>Port _.</p>"),
        ("**[[25]]** and *[[26]]*s", "<p><strong>_</strong> and <em>_</em>s</p>"),
        ("- [[a]]\n- b\n\n  [[c]]", "<ul>\n<li>\n<p>_</p>\n</li>\n<li>\n<p>b</p>\n<p>_</p>\n</li>\n</ul>"),
        ("[[x]]: /y", "<p>_: /y</p>"),
    ],
)
def test_a_placeholder_comes_through_as_text(text: str, html: str) -> None:
    assert page(text)[0].replace(PLACEHOLDER, "_") == html


@pytest.mark.parametrize(
    "text",
    [
        "| a | [[h]] |\n| --- | --- |\n| [[x|y]] | z |\n| [[=~ `a|b`]] | [[(x) c\\|( ) d]] |",
        "```python blanks\ndef [[f]](x):\n    return '[[a|b]]'  # [[c]]\n```",
        "```nonsense blanks\n[[a]] <[[b]]>\n```\n\n``` blanks\n[[c]] & [[d]]\n```",
        "> [!NOTE]\n> [[a]]\n\n/// tab | x\n\n[[b]]\n\n///\n\nTerm [[c]]\n: [[d]]",
        "~~[[a]]~~ `x` [[b]]<br>[[c]]\\\n[[d]]  \n<b>[[e]]</b> $x$ &amp; [[f]]",
        "Own \ue000 and &#xE000; and &#57344; and [[a]]",
    ],
)
def test_every_placeholder_comes_out_once(text: str) -> None:
    html, count = page(text)
    assert html.count(PLACEHOLDER) == count > 0
    assert first_lost(html, count) is None


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("[[a]] [text [[b]]](y)", 1),
        ("[[a]] [[b]] ![alt [[c]]](y.png)", 2),
        ('[[a]] <abbr title="[[b]]">c</abbr> [[d]]', 1),
        ("[[a]] [text](/y/[[b]])", 1),
        ("| a |\n| --- |\n| b | [[c]] |", 0),
        ("[[a]] [text [[b]]][ref]\n\n[ref]: /y", 1),
    ],
)
def test_a_blank_where_no_input_may_stand_is_found(text: str, lost: int) -> None:
    html, count = page(text)
    assert first_lost(html, count) == lost


def test_the_word_blanks_changes_nothing_in_the_rendering() -> None:
    for code in ("python", "", "nonsense"):
        plain = RENDERER.render(read_blocks(f"```{code}\nx = {PLACEHOLDER}\n```"), "", Place("")).html
        assert page(f"```{code} blanks\nx = [[1]]\n```")[0] == plain


def test_placeholders_stand_in_the_lines_of_every_block_around_them() -> None:
    blocks = read_blocks("- a\n\n  > b [[c]]\n  > [[d]]\n")
    replaced = with_placeholders(blocks, find_blanks(blocks))
    assert replaced[0].text == f"- a\n\n  > b {PLACEHOLDER}\n  > {PLACEHOLDER}"
    assert found(blocks[0].text) == ["[[c]]", "[[d]]"]


def test_a_blank_in_another_text_of_that_line_stays() -> None:
    blocks = read_blocks("a [[b]]")
    assert with_placeholders(blocks, [WrittenBlank(1, 1, "[[b]]")]) == blocks
