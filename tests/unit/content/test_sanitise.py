"""What an author's HTML may be, and what it may not."""

from pathlib import Path

import pytest

from quizapp.content.links import paths_in, symbolic, with_addresses
from quizapp.content.sanitise import Place, Sanitiser
from tests.unit.content.reading import lesson_from


def safe(raw: str) -> str:
    return Sanitiser().clean(raw, Place("m"))[0]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('<img src="/\\evil.example/x.png">', "<img>"),
        ('<img src="//evil.example/x.png">', "<img>"),
        ('<img src="https://evil.example/x.png">', "<img>"),
        ('<img src="content:../secret.svg">', "<img>"),
        ('<img src="content:/etc/x.svg">', "<img>"),
        ('<img src="content:a/%2e%2e/%2e%2e/x.svg">', "<img>"),
        ('<img src="a.svg">', '<img src="content:m/a.svg">'),
        ('<a href="/\t/evil.example">x</a>', '<a href="//evil.example" rel="noopener">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<p class="verdict is-right choice">Right</p>', "<p>Right</p>"),
        ('<p class="admonition note extra">x</p>', '<p class="admonition note">x</p>'),
        ('<code class="language-c++">x</code>', '<code class="language-c++">x</code>'),
        ('<p id="page-state">x</p>', '<p id="x-page-state">x</p>'),
        ('<input id="a"><form><button>x</button></form>', "x"),
        ("<svg><script>x</script></svg><style>p{}</style>", ""),
        ('<p style="x" onclick="y" data-swap="check">x</p>', "<p>x</p>"),
    ],
)
def test_what_is_left_of_it(raw: str, expected: str) -> None:
    assert safe(raw) == expected


def test_tags_hold_no_brackets_inside() -> None:
    """What finds links and ids in safe HTML rests on it."""
    assert safe('<a title="<b>&lt;x>" href="a.md">x</a>').count("<") == 2


def test_pictures_of_other_sites_are_told() -> None:
    lesson, problems = lesson_from("![A diagram](https://example.org/a.png)")
    assert lesson.parts == ('<p><img alt="A diagram"></p>',)
    assert [(problem.line, problem.column, problem.code) for problem in problems] == [(1, 14, "remote-picture")]


@pytest.mark.parametrize("name", ["R&D.svg", "a%41.svg", "a b.svg", "ä.svg", "a#b.svg", 'a"b.svg', "a?b.svg"])
def test_any_file_name_can_be_linked(name: str) -> None:
    page = safe(f'<img src="{symbolic("m/" + name)}" alt="x">')
    seen: list[str] = []
    assert paths_in(page) == {f"m/{name}"}
    with_addresses(page, lambda path: seen.append(path) or "/x")  # type: ignore[func-returns-value]
    assert seen == [f"m/{name}"]


def test_links_in_code_are_text(tmp_path: Path) -> None:
    lesson, _ = lesson_from('```html\n<a id="x" href="content:a.md">\n```\n\n```html\n<a id="x">\n```\n')
    [part] = lesson.parts
    assert str(part).count("x&quot;") + str(part).count('"x"') == 2
    assert paths_in(str(part)) == set()
    assert with_addresses(str(part), lambda path: "/changed") == part
