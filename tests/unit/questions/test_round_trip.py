"""`read(write(read(x))) == read(x)`, for questions of any shape; format section 10."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.content.snapshots import restore, take
from quizapp.content.writing import write_question
from quizapp.questions.base import Question
from tests.conftest import ROOT
from tests.unit.content.reading import catalogue_from

WORDS = st.sampled_from(
    ["mail", "MX *record*", "`code`", "a_b", "1. one", "- dash", "# hash", "\\(x)", "x < y", "&amp;", "[link](a.md)",
     "[ref]", "> quote", "**bold**", "$x^2$", "| bar", "= sign", "```", "~~~", "é", "“quoted”", "{#x}", ":::", "a  "]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join).map(lambda line: f"A {line}")
BLOCKS = st.one_of(
    LINES,
    st.lists(LINES, min_size=2, max_size=3).map("\n".join),
    st.sampled_from(["-", "*", "+", "1.", "3)"]).flatmap(
        lambda bullet: st.lists(LINES, min_size=1, max_size=3).map(
            lambda lines: "\n".join(f"{bullet} {line}" for line in lines)
        )
    ),
    st.just("- loose\n\n- list\n\n  with a paragraph\n\n      and code"),
    st.just("- one\n\n<!-- -->\n\n- another list"),
    st.just("```python\nx = [ ]\n\n- (x) no choice\n```"),
    st.just("~~~\n```\n~~~"),
    st.just("    indented\n\n    code"),
    st.just("| a | b |\n| --- | --- |\n| 1 | 2 |"),
    st.just("> [!NOTE]\n> An alert.\n>\n> - with a list"),
    st.just("$$\nx = y\n$$"),
    st.just("<div>\nHTML\n</div>"),
    st.just("Setext\n---"),
    st.just("#### Deeper"),
    st.just("***"),
    st.just("Two lines  \nwith a break"),
)
PROSE = st.lists(BLOCKS, max_size=3).map("\n\n".join)


def indented(text: str, columns: int = 2) -> str:
    return "\n".join(" " * columns + line if line else "" for line in text.split("\n"))


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


@st.composite
def choices(draw: st.DrawFn) -> str:
    markers = draw(st.sampled_from([("(x)", "( )", "(50%)"), ("[x]", "[ ]", "[~]")]))
    bullet = draw(st.sampled_from("-*+"))
    items = [f"{bullet} {markers[0]} Right"]
    for number in range(draw(st.integers(1, 3))):
        content = draw(st.one_of(LINES, PROSE.filter(bool)))
        first, _, rest = f"{number} {content}".partition("\n") if draw(st.booleans()) else ("", "", content)
        item = f"{bullet} {draw(st.sampled_from(markers))} {first}".rstrip() + (f"\n{indented(rest)}" if rest else "")
        feedback = draw(PROSE)
        items.append(item + (f"\n{indented(quoted(feedback))}" if feedback else ""))
    return draw(st.sampled_from(["\n", "\n\n"])).join(items)


@st.composite
def typed(draw: st.DrawFn) -> str:
    values = st.one_of(
        st.sampled_from(["12.5 ms", "100 +- 2%", "[1, 2)", "1/3", "€5", "-3", "6.02e23"]),
        st.text(
            st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters="`\\&<"), min_size=1, max_size=9
        ),
        st.sampled_from(["`` a`b ``", "` x `", "`007`", "`[[ -f x ]]`", "&lt;b&gt;", "\\*", "New-Rule", "a|b", "{x}"]),
    )
    items = [f"- = {draw(values)}"]
    for _ in range(draw(st.integers(0, 3))):
        feedback = draw(PROSE)
        operator = draw(st.sampled_from(["=", "!=", "(50%) =", "=~", "!~"]))
        value = "`x+`" if "~" in operator else draw(values)
        items.append(f"- {operator} {value}" + (f"\n{indented(quoted(feedback))}" if feedback else ""))
    return "\n".join(items)


BLANK = st.sampled_from(
    ["[[25]]", "[[MX|mx record|!= TXT]]", "[[( ) a | (x) `b|c`|(50%) **d**]]", "[[=~ `x+`]]", "[[`a]b`]]", "[[&#124;]]",
     "[[100 +- 2%]]", "[[&#91;1, 2) ms]]", "[[``a`b``|c\\|d]]", "[[C:\\dir]]"]
)  # fmt: skip
WITH_BLANKS = st.one_of(
    st.tuples(WORDS, BLANK, WORDS).map(" ".join),
    st.tuples(BLANK, LINES, BLANK).map("\n".join),
    BLANK.map(lambda blank: f"- a {blank}\n- b\n\n  {blank}"),
    BLANK.map(lambda blank: f"> [!NOTE]\n> {blank}\n>\n> 1. {blank}"),
    BLANK.map(lambda blank: f"| a | b |\n| --- | --- |\n| {blank} | {blank} |"),
    BLANK.map(lambda blank: "| a {0} | b |\n| --- | --- |\n| c | {0} |".format(blank.replace("|", "\\|"))),
    BLANK.map(lambda blank: f"```python blanks\nx = {blank}\n- `{blank}\n```"),
    BLANK.map(lambda blank: f"/// tab | T\n\n{blank}\n\n///\n\n/// caption\nC\n///"),
    BLANK.map(lambda blank: f"Term\n: {blank}\n: b"),
)


@st.composite
def fill_ins(draw: st.DrawFn) -> str:
    options = draw(st.sampled_from(["", " case=yes", " typos=ok unlike=receiver"]))
    heading = draw(st.one_of(LINES, st.just(""), BLANK))
    blocks = draw(st.lists(BLOCKS | WITH_BLANKS, max_size=4))
    hint = draw(st.sampled_from(["", "> [!TIP]\n> Hint"]))
    parts = [f"## {heading} {{#q{options}}}", draw(PROSE), draw(WITH_BLANKS), *blocks, hint, draw(PROSE)]
    return "\n\n".join(part for part in parts if part) + "\n"


@st.composite
def questions(draw: st.DrawFn) -> str:
    options = draw(st.sampled_from(["", " points=2.5", " tries=100,50.5 .void", " shuffle=no tags=a,b", " was=b,m#c"]))
    parts = [f"## {draw(st.one_of(LINES, st.just('')))} {{#q{options}}}", draw(PROSE), draw(choices() | typed())]
    parts += [quoted(f"[!TIP]\n{hint}") for hint in draw(st.lists(PROSE.filter(bool), max_size=2))]
    parts += [draw(PROSE), "[ref]: https://example.org/ 'Title'"]
    return "\n\n".join(part for part in parts if part) + "\n"


def read(text: str | bytes, name: str = "x.bank.md") -> dict[str, Question]:
    data = text if isinstance(text, bytes) else text.encode()
    return catalogue_from({name: data})[0].questions()


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


@settings(max_examples=300)
@given(questions())
def test_any_question_is_read_as_it_was_written(text: str) -> None:
    require_round_trip(read(text))


@settings(max_examples=300)
@given(fill_ins())
def test_any_text_with_blanks_is_read_as_it_was_written(text: str) -> None:
    require_round_trip(read(text))


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
