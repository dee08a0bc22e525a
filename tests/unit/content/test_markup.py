"""Markdown to HTML: structure as authors mean it, and nothing that runs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.links import content_target
from quizapp.content.markup import Renderer, plain_paragraph
from quizapp.content.sanitise import Place
from quizapp.source.scanner import read_blocks

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
        ("[A\nb][] [B] ![x][b]", '<p>[A\nb][] <a href="https://example.org" rel="noopener">B</a> <img alt="x"></p>'),
        (
            "**`a`** *b*c d_e_f __init__",
            "<p><strong><code>a</code></strong> <em>b</em>c d_e_f <strong>init</strong></p>",
        ),
        ("**Note:**text, 5*3*2, \\*x\\*", "<p>**Note:**text, 5<em>3</em>2, *x*</p>"),
        ("***a** b* **c *d***", "<p><em><strong>a</strong> b</em> <strong>c <em>d</em></strong></p>"),
        ("`` a ` b `` `<b>` ` `", "<p><code>a ` b</code> <code>&lt;b&gt;</code> <code> </code></p>"),
        ("AT&T &copy; &amp;copy; &nosuch; C:\\new\\", "<p>AT&amp;T © &amp;copy; &amp;nosuch; C:\\new\\</p>"),
        ("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>"),
        (
            "[[x]](/y) [z](</a b> 'c\"d')",
            '<p><a href="/y" rel="noopener">[x]</a> <a href="/a b" title="c&quot;d" rel="noopener">z</a></p>',
        ),
        (
            "[![a](b.png)](c.md)",
            '<p><a href="content:exchange/mail/c.md" rel="noopener">'
            '<img alt="a" src="content:exchange/mail/b.png"></a></p>',
        ),
        (
            "<https://a.example/b_c?d=e&f> <a@b.example>",
            '<p><a href="https://a.example/b_c?d=e&amp;f" rel="noopener">https://a.example/b_c?d=e&amp;f</a>'
            ' <a href="mailto:a@b.example" rel="noopener">a@b.example</a></p>',
        ),
        (
            "Enter **<your_id>** or <app-name>, not <b>this</b>.",
            "<p>Enter <strong>&lt;your_id&gt;</strong> or &lt;app-name&gt;, not <b>this</b>.</p>",
        ),
        (
            "Read <title> and <table> in List<String>.",
            "<p>Read &lt;title&gt; and &lt;table&gt; in List&lt;String&gt;.</p>",
        ),
        ("<rgn>the group</rgn> <your-name> <input name=x>", "<p>the group &lt;your-name&gt; </p>"),
        ("![Type <name> here](a.svg)", '<p><img alt="Type &lt;name&gt; here" src="content:exchange/mail/a.svg"></p>'),
        (
            'It costs $5, or $6 (or 7$). "$" or "$", $HOME/$PATH, $.a()/$.b().',
            '<p>It costs $5, or $6 (or 7$). "$" or "$", $HOME/$PATH, $.a()/$.b().</p>',
        ),
        ("Use `x`{.js} and {{name}} :smile:", "<p>Use <code>x</code>{.js} and {{name}} :smile:</p>"),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("# h\n: c", '<h1 id="h">h</h1>\n<p>: c</p>'),
        (": a\n\n: b", "<p>: a</p>\n<p>: b</p>"),
        ("term\n: one\n: two", "<dl>\n<dt>term</dt>\n<dd>one</dd>\n<dd>two</dd>\n</dl>"),
        (
            "- [ ] a\n- [x] b",
            '<ul>\n<li><span class="task">☐</span> a</li>\n<li><span class="task is-done">☑</span> b</li>\n</ul>',
        ),
        ("*[DNS]: Names\n\nDNS, not DNSSEC", '<p><abbr title="Names">DNS</abbr>, not DNSSEC</p>'),
        ("## a\n## a", '<h2 id="a">a</h2>\n<h2 id="a-1">a</h2>'),
        ("## Use <app> {#own}", '<h2 id="own">Use &lt;app&gt;</h2>'),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert html(text, "[b]: https://example.org") == expected


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    shown = html("a[^b] c[^a] d[^b] e[^none]\n\n[^a]: first\n[^b]: second *s*")
    assert shown.count('id="fnref:b"') == 1
    assert "e[^none]" in shown
    assert shown.index("second <em>s</em>") < shown.index("first")
    assert '<li id="fn:a">' in shown


def test_nothing_swallows_the_rest_of_a_page() -> None:
    for opening in (
        "<title>",
        "<textarea>",
        "<plaintext>",
        "<!-- a",
        "<xmp>",
        "<select>",
        "<svg>",
        '<a href="x',
        "<?x",
    ):
        shown = html(f"x {opening}\n\n<p>{opening}\n\n- after")
        assert "<li>after</li>" in shown, opening


def test_tabs_details_and_captions() -> None:
    shown = html("/// tab | A & B\na\n///\n/// tab | C\n- c\n///\n\n/// details\nd\n///\n\ne\n\n/// caption\nf\n///")
    assert shown.count('<div class="tabs">') == 1
    assert '<p class="tab-title">A &amp; B</p>' in shown
    assert "<summary>Details</summary>" in shown
    assert "<figure>\n<p>e</p>\n<figcaption>\n<p>f</p>\n</figcaption>\n</figure>" in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "*a **b " * 12_000, "_" * 90_000, "[a](" * 20_000, "![" * 40_000, "<!-- " * 18_000, "<a b='" * 15_000,
        "` `` ``` " * 10_000, "$a$ " * 20_000, "&" * 90_000, "~~a" * 30_000, "<b>" * 30_000, "</" * 45_000,
        "# a\n" * 20_000, "<div>\n\n" * 20_000, "[^1]: a[^1]\n" * 5_000, "$$\nx\n$$\n" * 20_000,
        "|".join("a" * 5_000) + "\n" + "|".join("-" * 5_000) + "\n" + "b\n" * 5_000,
        "```x\na\n```\n" * 10_000, "# a" + " " * 90_000 + "b", "- [ ] a\n" * 20_000, "&amp;" * 18_000,
        "![ " * 150 + "a" + "](b)" * 150, "*" * 200 + "a" + "*" * 200, "    &\n" * 15_000,
    ],
)  # fmt: skip
def test_a_hostile_text_is_rendered_in_time(hostile: str) -> None:
    start = time.process_time()
    html(hostile)
    assert time.process_time() - start < 3


def test_code_in_a_list_item_keeps_its_text() -> None:
    shown = html("1. Run:\n\n   ```text\n   a\n   \tb <c>\n\n   # d\n   ```\n2. Done")
    assert '<pre tabindex="0"><code class="language-text">a\n\tb &lt;c&gt;\n\n# d\n</code></pre>' in shown
    assert shown.count("<li>") == 2


def test_a_table_with_lists_in_cells_scrolls_in_a_frame() -> None:
    shown = html("| a | b |\n|---|--:|\n| x | <ul><li>p</li></ul> |")
    assert shown.startswith('<div class="table" tabindex="0"><table>')
    assert '<td class="align-right"><ul><li>p</li></ul></td>' in shown


def test_what_stands_behind_the_word_of_an_alert_is_its_title_if_more_follows() -> None:
    title = '<p class="admonition-title">'
    assert f"{title}Note</p>\n<p>Look here.</p>" in html("> [!NOTE] Look here.")
    assert f"{title}Look here.</p>\n<p>At this.</p>" in html("> [!NOTE] Look here.\n> At this.")
    assert f"{title}Tip</p>" in html("> [!TIP]")


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
        ("media/a.svg", ("exchange/mail/media/a.svg", "")),
        ("../dns/1-a.md#mx", ("exchange/dns/1-a.md", "mx")),
        ("a%20b.png", ("exchange/mail/a b.png", "")),
        ("a%23b.png#x", ("exchange/mail/a#b.png", "x")),
        ("../../../etc/passwd", None),
        ("https://example.org/", None),
        ("//example.org/a", None),
        ("/absolute", None),
        ("#anchor", None),
        ("http://[", None),
    ],
)
def test_relative_links_stay_inside_the_content(link: str, path: tuple[str, str] | None) -> None:
    assert content_target(link, "exchange/mail") == path


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
