"""Markdown to HTML: structure as authors mean it, and nothing that runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.markup import Place, Renderer, content_path, plain_paragraph
from quizapp.source.blocks import read_blocks

HOSTILE = (
    "<script", "onerror", "onload", "javascript:", "<form", "<input", "<iframe", "<style", "style=", 'src="http',
    "data:",
)  # fmt: skip


def html(text: str, definitions: str = "") -> str:
    return Renderer().render(read_blocks(text), definitions, Place("exchange/mail")).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("text\n- a\n- b", "<p>text</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n  - b\n    - c", "<ul>\n<li>a<ul>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n\n+ b", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>"),
        ("# not # closed #", '<h1 id="not--closed">not # closed</h1>'),
        ("#hashtag", "<p>#hashtag</p>"),
        ("~~old~~ H~2~O", "<p><del>old</del> H~2~O</p>"),
        ("[a][b]", '<p><a href="https://example.org" rel="noopener">a</a></p>'),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert html(text, "[b]: https://example.org") == expected


def test_code_in_a_list_item_keeps_its_text() -> None:
    shown = html("1. Run:\n\n   ```text\n   a\n   \tb <c>\n\n   # d\n   ```\n2. Done")
    assert '<pre tabindex="0"><code class="language-text">a\n\tb &lt;c&gt;\n\n# d\n</code></pre>' in shown
    assert shown.count("<li>") == 2


def test_a_table_with_lists_in_cells_scrolls_in_a_frame() -> None:
    shown = html("| a | b |\n|---|--:|\n| x | <ul><li>p</li></ul> |")
    assert shown.startswith('<div class="table" tabindex="0"><table>')
    assert '<td class="align-right"><ul><li>p</li></ul></td>' in shown


def test_an_alert_is_an_aside() -> None:
    assert '<div class="admonition note">' in html("> [!NOTE]\n> Look.")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='java\nscript:alert(1)'>x</a>",
        "<svg onload=alert(1)><script>1</script></svg>",
        "<form action=/x><input name=answer-1><button>b</button></form>",
        "<iframe src=https://example.org></iframe>",
        "<p style='position:fixed'>x</p>",
        "<style>body{display:none}</style>",
        "![x](https://tracker.example/p.gif)",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "- a\n  <script>alert(1)</script>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_hostile_survives(attack: str) -> None:
    shown = html(attack).lower()
    for hostile in HOSTILE:
        assert hostile not in shown


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("media/a.svg", "exchange/mail/media/a.svg"),
        ("../dns/1-a.md#mx", "exchange/dns/1-a.md#mx"),
        ("a%20b.png", "exchange/mail/a b.png"),
        ("../../../etc/passwd", None),
        ("https://example.org/", None),
        ("//example.org/a", None),
        ("/absolute", None),
        ("#anchor", None),
        ("http://[", None),
    ],
)
def test_relative_links_stay_inside_the_content(link: str, path: str | None) -> None:
    assert content_path(link, "exchange/mail") == path


def test_ids_of_parts_of_one_page_stay_apart() -> None:
    rendered = Renderer().render(read_blocks("## A\n\n[to](#a)"), "", Place("", "q-1"))
    assert rendered.html == '<h2 id="q-1-a">A</h2>\n<p><a href="#q-1-a" rel="noopener">to</a></p>'


RENDERER = Renderer()


@given(st.text(alphabet="abzÄé ABC,.;:?!%/’'()–—-09\n", max_size=60))
def test_a_plain_paragraph_is_what_the_library_makes_of_it(text: str) -> None:
    blocks = read_blocks(text)
    shortcut = plain_paragraph(blocks)
    assert shortcut in ("", RENDERER.render(blocks, "", Place("")).html)


def test_most_choices_are_plain_paragraphs() -> None:
    assert plain_paragraph(read_blocks("The MX record of Contoso’s domain, so that it points to Exchange Online"))
    for markup in ("*a*", "a  \nb", "a_b_c", "1. a", "a & b", "`a`", "www.example.org <b>", ": a"):
        assert not plain_paragraph(read_blocks(markup)), markup
