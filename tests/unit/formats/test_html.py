"""HTML of question banks becomes Markdown that shows the same text."""

import html
import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.formats.html import MAX_HTML, markdown_of, text_of_html
from quizapp.formats.writing import Parts, Writer

WRITER = Writer()
ANSWERS = ("- (x) the one", "- ( ) the other")


def shown(markdown: str) -> str:
    """What a question shows whose prompt is this Markdown, through the reader of the site."""
    read = WRITER.write(Parts(prompt=[markdown], name="q", answers=ANSWERS, may_head=False))
    assert read.question is not None, f"{read.error}\n{markdown}"
    assert read.question.type.name == "single"
    return read.question.prompt.text


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\\\nthree"),
        ("no tag at all", "no tag at all"),
        ("<p>a <b>bold </b>word, an <em>odd</em> one</p>", "a **bold** word, an *odd* one"),
        ('un<b>"believ"</b>able', 'un<strong>"believ"</strong>able'),
        ("x <code>a`b</code> <kbd>Enter</kbd> H<sub>2</sub>O", "x ``a`b`` <kbd>Enter</kbd> H<sub>2</sub>O"),
        ("<pre><code class='language-python'>x = 1\n\n  y</code></pre>", "```python\nx = 1\n\n  y\n```"),
        ("<pre>```\na</pre>", "````\n```\na\n````"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "- a\n  1. b\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
        ("<ol start='4'><li><p>a</p><p>b</p></li></ol>", "4. a\n\n   b"),
        ("<table><tr><th>a|b</th></tr><tr><td>c<br>d</td></tr></table>", "| a\\|b |\n| --- |\n| c<br>d |"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "|  |  |\n| --- | --- |\n| a | b |"),
        (
            "<table><tr><td colspan='2'>a</td></tr></table>",
            '<table>\n<tr><td colspan="2">a</td></tr>\n</table>',
        ),
        ("<a href='https://example.org/a_b'>the <i>page</i></a>", "[the *page*](<https://example.org/a_b>)"),
        ("<img src='media/a b.png' alt='a]b' width='40'>", "![a\\]b](media/a%20b.png){width=40}"),
        ("<h2>Part #</h2><p>x</p>", "#### Part \\#\n\nx"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ("<dl><dt>MX</dt><dd>mail</dd></dl>", "MX\n\n:   mail"),
        (r"If \(x^2\), then \[\frac{a}{b}\]", r"If $x^2$, then $$\frac{a}{b}$$"),
        ("It costs $5 or $6", r"It costs \$5 or \$6"),
        ("<img class='equation_image' data-equation-content='x_1' src='/eq/1'>", "$x_1$"),
        (
            "<math><semantics><mi>y</mi><annotation encoding='application/x-tex'>y^2</annotation></semantics></math>",
            "$y^2$",
        ),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
        ("<p>&nbsp;</p><div>10&nbsp;kg &nbsp;of it</div>", "10\u00a0kg of it"),
        ("<span style='font-weight: bold'>a</span> <u>b</u>", "**a** <u>b</u>"),
        ("", ""),
    ],
)
def test_html_is_written_as_an_author_would_write_it(source: str, markdown: str) -> None:
    assert markdown_of(source) == (markdown, ())


@pytest.mark.parametrize(
    "text",
    [
        "[[25]] and [[( ) a | (x) b]]",
        "(x) this is no choice",
        "= 5",
        "- ( ) a list that is text",
        "# no heading {#name .match}",
        "> [!TIP] no hint",
        "`code` **bold** _under_ ~~struck~~ $x$",
        "1. first",
        "a | b",
        "--- | ---",
        "<b>tag</b> &amp; &#42;",
        "[text](address) ![x](y) [^1] [ref]: x",
        "::: zone",
        "/// details | x",
        ":   a definition",
        "*[HTML]: no abbreviation",
        "C:\\*",
        "==",
        "<!-- a comment -->",
        "{.check}",
    ],
)
@pytest.mark.parametrize(
    "around", ["<p>{}</p>", "<ul><li>{}</li></ul>", "<table><tr><td>{}</td></tr></table>", "x<br>{}"]
)
def test_text_that_looks_like_our_signs_shows_as_it_was(text: str, around: str) -> None:
    source = around.format(html.escape(text))
    markdown, lost = markdown_of(source)
    assert bare(shown(markdown)) == bare(text if "x<br>" not in around else f"x{text}")
    assert lost == ()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<script>alert(1)</script>a", "a script is left out."),
        ("a <svg><circle r='1'/></svg>", "a drawing (SVG) is left out."),
        ("a <input name='x'>", "a field of a form is left out."),
        ("<iframe src='https://v.example/1'></iframe>", "what was embedded became a link: https://v.example/1"),
        ("<img src='https://v.example/1.png' alt='map'>", "the picture at https://v.example/1.png is not here"),
        ("a<img src='data:image/png;base64,AAAA' alt='map'>", "a picture is left out: map"),
        ("<a href='javascript:alert(1)'>go</a>", ""),
        ("<span style='color: red'>a</span>", "the colour of a text is lost."),
        ("<ol type='A'><li>a</li></ol>", "a list with letters has numbers now."),
        ("write <head-line> here", "the tag <head-line> is not known and is left out."),
        ("<div>" * 1500 + "a", "a text is nested too deeply"),
        ("<blockquote>" * 70 + "a", "a text is nested too deeply"),
        ("<ul><li>" * 28 + "<p>a</p>" * 8000, "a text is nested too deeply"),
        ("a " * MAX_HTML, "what stands behind the first 200000 characters"),
    ],
)
def test_what_is_lost_is_told(source: str, told: str) -> None:
    markdown, lost = markdown_of(source)
    assert any(one.startswith(told) for one in lost) if told else not lost
    assert "javascript" not in markdown
    assert "alert" not in markdown


@pytest.mark.parametrize("sign", ["\\(", "\\[", "$$", "<b>x</b>", "`", "[", "<!--", "<ul><li>", "<a href=x><b>"])
def test_a_text_of_nothing_but_signs_is_read(sign: str) -> None:
    markdown, _ = markdown_of(sign * 4000)
    assert isinstance(markdown, str)


@pytest.mark.parametrize(
    "source",
    [
        "<a" * 99_000,
        "<table><tr>" + "<td></td>" * 9000 + "</tr>" + "<tr></tr>" * 9000 + "</table>",
        "x<b> x </b>" * 9000,
        "<blockquote>" * 12 + "<p>a</p>" * 500 + "</blockquote>" * 12,
    ],
    ids=["tags that never end", "a table of many rows and columns", "emphasis with spaces", "quotes in quotes"],
)
def test_what_could_take_long_is_written_at_once(source: str) -> None:
    markdown, _ = markdown_of(source)
    assert len(markdown) < 2 * MAX_HTML


def test_addresses_are_asked_for() -> None:
    asked = {"@@PLUGINFILE@@/a.png": "media/a.png", "other.html": ""}
    source = "<img src='@@PLUGINFILE@@/a.png' alt='A'> <a href='other.html'>there</a>"
    markdown, lost = markdown_of(source, lambda where, is_picture: asked[where])
    assert markdown == "![A](media/a.png) there"
    assert lost == ("a link leads nowhere and is left out: there",)


@dataclass(frozen=True)
class Sample:
    """Some HTML, and the text that it shows."""

    source: str
    text: str


WORDS = st.text("ab1é _*`~[](){}<>#!$\\|&=:-+.,\"'/xX^%", min_size=1, max_size=12).map(
    lambda t: Sample(html.escape(t), t)
)
INLINE_TAGS = st.sampled_from(["b", "i", "strong", "em", "code", "span", "sub", "u", "del", "kbd"])


def joined(parts: list[Sample], tag: str = "") -> Sample:
    inner = "".join(part.source for part in parts)
    return Sample(f"<{tag}>{inner}</{tag}>" if tag else inner, "".join(part.text for part in parts))


PHRASES = st.recursive(
    st.one_of(WORDS, st.just(Sample("<br>", ""))),
    lambda inner: st.builds(joined, st.lists(inner, min_size=1, max_size=4), INLINE_TAGS),
    max_leaves=6,
)
RUNS = st.lists(PHRASES, min_size=1, max_size=4).map(joined)
BLOCKS = st.recursive(
    st.one_of(st.builds(lambda run, tag: joined([run], tag), RUNS, st.sampled_from(["p", "div", "h3", "pre"])), RUNS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: joined(parts, "blockquote")),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: joined([joined([p], "li") for p in parts], "ul")),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: joined([joined([p], "li") for p in parts], "ol")),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda parts: joined([joined([joined([p], "td") for p in parts], "tr")], "table")
        ),
    ),
    max_leaves=5,
)


@settings(max_examples=120, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=3).map(joined))
def test_what_is_shown_of_the_markdown_is_the_text_of_the_html(sample: Sample) -> None:
    markdown, _ = markdown_of(sample.source)
    if bare(sample.text):
        assert bare(shown(markdown)) == bare(sample.text)


PIECES = [*"<>/&;abp!-[]\"'= \n\x00\ufdd0\ud800", "<p>", "<table>", "<td>", "</li>", "<b", "<!--", "<pre>", "<br/>"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read_without_an_error(source: str) -> None:
    markdown, lost = markdown_of(source)
    assert isinstance(markdown, str)
    assert all(one.endswith((".", "…")) or ":" in one for one in lost)
    assert isinstance(text_of_html(source), str)


def test_the_address_of_a_picture_in_itself_counts_not_and_stays_text_in_code() -> None:
    address = "data:image/png;base64," + "QUJD" * 100_000
    asked: list[str] = []

    def leading(where: str, is_picture: bool) -> str:
        asked.append(where)
        return "media/a.png" if is_picture else where

    source = f'<p>Rain <img alt="A cloud" src="{address}"></p><pre>&lt;img src="data:image/png;base64,QUJD"&gt;</pre>'
    markdown, lost = markdown_of(source, leading)
    assert markdown == 'Rain ![A cloud](media/a.png)\n\n```\n<img src="data:image/png;base64,QUJD">\n```'
    assert (lost, asked) == ((), [address])


@pytest.mark.parametrize(
    "piece", ["<img ", "<img src=", '<img src="data:image/', '<img src="data:image/png;base64,', "src "]
)
def test_addresses_that_never_end_take_no_time(piece: str) -> None:
    began = time.perf_counter()
    markdown_of("<img " + piece * 30_000)
    assert time.perf_counter() - began < 10
