"""What `fmt` changes, what it leaves, and that a file says the same afterwards; format section 10."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.content.edits import Edit, divided, edited, edits_between
from quizapp.content.files import FileReader, questions_of
from quizapp.content.folder import Kind, kind_of
from quizapp.content.good import GoodVersion
from quizapp.content.markup import Renderer
from quizapp.content.tidy.base import REPAIRS, Wishes
from quizapp.content.tidying import tidy
from quizapp.errors import Problem
from quizapp.source.report import TEXTS

BROKEN = Path(__file__).parent.parent.parent / "broken"
ALL = Wishes(ids=True, align=True)
CHECK = "# L\n\n## C {.check}\n\n"
TWO = "- (x) a\n- ( ) b\n"


def tidied(text: str, wishes: Wishes = Wishes(), kind: Kind = "lesson") -> str:  # noqa: B008
    """The text, tidied."""
    return tidy(text.encode(), "m/1.md", kind, wishes).data.decode()


def read(data: bytes, kind: Kind = "lesson") -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The fingerprints of the questions of a file by key, and its problems."""
    file = FileReader((), None, Renderer()).read("m/1.md", kind, "m", GoodVersion(data))
    return {key: question.fingerprint for key, question in questions_of(file.content).items()}, file.problems


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a \nb\t\n\nc  \n", "a\nb\n\nc\n"),
        ("a  \nb\n", "a  \nb\n"),  # breaks the line
        ("a\\ \nb\n", "a\\ \nb\n"),  # would break it
        ("```\na \n \n```\n", "```\na \n \n```\n"),
        ("    a \n", "    a \n"),
        ("<pre>\na \n</pre>\n", "<pre>\na \n</pre>\n"),
        ("`a \nb` c \nd\n", "`a \nb` c\nd\n"),
        ("---\ntitle: a \n---\n# B \n", "---\ntitle: a \n---\n# B\n"),
        ("- a\n  \n- b \n", "- a\n\n- b\n"),
        ("|a|b|\n|-|:-----:|\n|c\\|d|`e`|\n", "| a | b |\n| --- | :---: |\n| c\\|d | `e` |\n"),
        ("a|b\n-|-\nc|\n", "a | b\n--- | ---\nc |\n"),
        (
            "| a | b |\n| --- | --- |\n| | x |\n|  | y |\n||z|\n",
            "| a | b |\n| --- | --- |\n| | x |\n|  | y |\n| | z |\n",
        ),
        ("> |a|b|\n> |-|-|\n", "> | a | b |\n> | --- | --- |\n"),
        ("```\n|a|b|\n|-|-|\n```\n", "```\n|a|b|\n|-|-|\n```\n"),
        ("## A {x=1  .b #c }\n", "## A {#c .b x=1}\n"),
        ("## A <!-- {x=1 #c} -->\n", "## A <!-- {#c x=1} -->\n"),
        ("A {x=1 #c}\n===\n", "A {#c x=1}\n===\n"),
        ("## A {x=1 #c} ##\n", "## A {#c x=1} ##\n"),
        ('## A {x="a  b" #c}\n', '## A {#c x="a  b"}\n'),
        ("## A {x=1 #c #d}\n", "## A {x=1 #c #d}\n"),  # one of the two is told
        ("## Which set is { 1, 2}\n", "## Which set is { 1, 2}\n"),
    ],
)
def test_what_is_written_in_one_way(before: str, after: str) -> None:
    assert tidied(before) == after


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("### What is MX?", "### What is MX? {#what-is-mx}"),
        ("### What is MX? ###", "### What is MX? {#what-is-mx} ###"),
        ("### What is MX? {points=2}", "### What is MX? {#what-is-mx points=2}"),
        ("### What is MX? <!-- {points=2} -->", "### What is MX? <!-- {#what-is-mx points=2} -->"),
        ("### Which is {1, 2}", "### Which is {1, 2} {#which-is-1-2}"),
        ("### 7.", "### 7. {#q1}"),
        ("### What is MX? {#mx}", "### What is MX? {#mx}"),
    ],
)
def test_a_question_gets_the_name_it_is_served_under(heading: str, named: str) -> None:
    text = f"{CHECK}{heading}\n\nP\n\n{TWO}"
    assert tidied(text) == text
    assert tidied(text, Wishes(ids=True)) == f"{CHECK}{named}\n\nP\n\n{TWO}"


def test_names_of_setext_headings_and_of_checks_that_are_the_question() -> None:
    text = f"What is\nMX?\n---\n\n{TWO}\nAnd A?\n---\n\n{TWO}"
    named = tidied(text, Wishes(ids=True), "bank")
    assert named == text.replace("MX?", "MX? {#what-is-mx}").replace("A?", "A? {#and-a}")
    text = f"# L\n\n## What is MX? {{.check}}\n\n{TWO}\n## One {{.check}}\n\n### Q {{#q}}\n\n{TWO}"
    assert tidied(text, Wishes(ids=True)) == text.replace("{.", "{#what-is-mx .", 1).replace(
        "One {.", "One {#check-2 ."
    )


def test_a_name_is_free_in_the_module() -> None:
    text = f"## A\n\n{TWO}\n## B\n\n{TWO}\n## B\n\n{TWO}"
    wishes = Wishes(ids=True, taken=frozenset({"a", "b-2"}), named={6: "b-4"})
    named = [line for line in tidied(text, wishes, "bank").split("\n") if line.startswith("#")]
    assert named == ["## A {#a-2}", "## B {#b-4}", "## B {#b-2-2}"]


def test_columns_of_a_table_stand_below_each_other_where_that_is_asked_for() -> None:
    text = "| 日本 | b |\n|---|--:|\n| e\u0301 | a long one |\n"
    assert tidied(text, Wishes(align=True)).split("\n") == [
        "| 日本 | b          |",
        "| ---- | ---------: |",
        "| e\u0301    | a long one |",
        "",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- (x) a\n> no\n- ( ) b\n> > no\n", "- (x) a\n  > no\n- ( ) b\n  > > no\n"),
        ("1. (x) a\n > no\nlazy\n2. ( ) b\n", "1. (x) a\n   > no\n   lazy\n2. ( ) b\n"),
        ("- (x) a\n      > no\n- ( ) b\n", "- (x) a\n  > no\n- ( ) b\n"),
        ("- [] a\n- [x]b\n- [X] c\n", "- [ ] a\n- [x] b\n- [X] c\n"),
        ("- () a\n- (*) b\n- （x）c\n", "- ( ) a\n- (x) b\n- (x) c\n"),
        ("- =a\n- !=b\n- =~`c`\n", "- = a\n- != b\n- =~ `c`\n"),
        ("- [x](a.md)\n- [] b\n", "- [x](a.md)\n- [] b\n"),  # a link
        ("- () a\n- () b\n", "- () a\n- () b\n"),  # which one is right is not for us to say
        ("- (x) a\n- b\n", "- (x) a\n- b\n"),
    ],
)
def test_answers_that_were_not_read(before: str, after: str) -> None:
    assert tidied(f"{CHECK}### Q {{#q}}\n\n{before}") == f"{CHECK}### Q {{#q}}\n\n{after}"


def test_what_only_looks_like_an_answer_stays() -> None:
    text = f"# L\n\n- [] a\n- [x]b\n\n## C {{.check}}\n\n### Q {{#q}}\n\n- [] a\n- [x]b\n\n### R {{#r}}\n\n{TWO}"
    assert tidied(text) == text[:20] + text[20:].replace("[] a", "[ ] a").replace("[x]b", "[x] b")


def test_bytes_around_an_edit_stay() -> None:
    data = b"\xef\xbb\xbf# A \r\n\r\nb \rc\n\n|a|b|\r\n|-|-|"
    assert tidy(data, "m/1.md", "lesson").data == b"\xef\xbb\xbf# A\r\n\r\nb\rc\n\n| a | b |\r\n| --- | --- |"


@pytest.mark.parametrize("data", [b"# A \n\xff", b"# A \n\0", "# A \n".encode("utf-16")])
def test_what_is_no_utf_8_stays_and_is_told(data: bytes) -> None:
    done = tidy(data, "m/1.md", "lesson", ALL)
    assert done.data == data
    assert done.left == ("This file is not UTF-8 text, so it stays as it is. Save it as UTF-8.",)


@pytest.mark.parametrize("name", sorted(file.name for file in BROKEN.glob("*.md")))
def test_a_broken_file_is_mended_or_stays(name: str) -> None:
    """A repair that says it mends an error leaves none of it, in every file that was made to have one."""
    mend = tomllib.loads((BROKEN / "mends.toml").read_text(encoding="utf-8")).get(name, {})
    kind = kind_of(name)
    data = (BROKEN / name).read_bytes()
    before, problems = read(data, kind)
    done = tidy(data, "m/1.md", kind, Wishes(ids=True))
    after, left = read(done.data, kind)
    assert before.items() <= after.items()
    assert len(left) <= len(problems)
    if mend.get("code") in ("feedback-not-indented", "no-id"):
        assert mend["code"] not in {problem.code for problem in left}


def test_repairs_say_what_they_mend() -> None:
    assert len(REPAIRS) >= 6
    assert {code for repair in REPAIRS for code in repair.mends} <= TEXTS.keys()


PIECES = st.sampled_from(
    [
        *("# ", "## ", "### ", "{.check}", "{#q .check}", "{points=2 #q}", "{ x=1 .draft }", "<!-- {#r} -->", " ##"),
        *("<!-- ", "-->", "- ", "* ", "1. ", "  ", "    ", "> ", ">", "\t", "(x)", "( )", "()", "[]", "[x]", "[ ] "),
        *("(*)", "（x）", "= ", "=~ ", "|a|b|", "|-|-|", "| c |", "|", "\\", "`", "```", "~~~", "$$", "<pre>", "---"),
        *("===", "[[a|b]]", "[[25]]", "a", "é", "日本", "e\u0301", "word ", " ", "\n", "\n", "\n", "\n\n", "\r\n"),
        *("\r", "\ufeff", "\u2028", "\x0c", ".match", "/// tab | T", "///", "[^1]", "[^1]: ", ": ", "[a]: b.md"),
        *("---\ntitle: x \n---\n", "- (x) a\n- ( ) b\n", "\n- [] a\n- [x]b\n", "\n> why\n", "\n## Q\n\n"),
        "\n### Q {b=1 #x}\n\n",
    ]
)
TEXTS_OF_PIECES = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["lesson", "bank", "quiz", "module"])


@settings(max_examples=300)
@given(text=TEXTS_OF_PIECES, kind=KINDS, ids=st.booleans(), align=st.booleans())
@example(text="a\n- \n", kind="lesson", ids=True, align=True)
def test_any_text_is_tidied_once_and_says_the_same(text: str, kind: Kind, ids: bool, align: bool) -> None:
    data, wishes = text.encode("utf-8", "surrogatepass"), Wishes(ids=ids, align=align)
    done = tidy(data, "m/1.md", kind, wishes)
    assert tidy(done.data, "m/1.md", kind, wishes).data == done.data
    before, after = read(data, kind)[0], read(done.data, kind)[0]
    assert before.items() <= after.items()  # a file by itself has no other to give a name away to
    if done.edits:
        assert edited(divided(text), done.edits).whole.encode() == done.data
    else:
        assert done.data == data


@given(data=st.binary(max_size=200))
def test_any_bytes_are_tidied_without_a_fault(data: bytes) -> None:
    done = tidy(data, "m/1.md", "lesson", ALL)
    assert tidy(done.data, "m/1.md", "lesson", ALL).data == done.data


@given(text=st.text(st.sampled_from("ab\r\n\ufeff\u2028"), max_size=20))
def test_a_text_is_the_sum_of_its_lines(text: str) -> None:
    assert divided(text).whole == text


@given(before=st.text("ab ", max_size=9), after=st.text("ab ", max_size=9))
def test_edits_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    one, other = divided(before), divided(after)
    assert edited(one, edits_between(one, other)) == other


def test_an_edit_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand at 1:2"):
        edited(divided("abc"), [Edit(1, 2, "x", "y")])
