"""What is told of the prose of a file, and where."""

from pathlib import Path

import pytest

from quizapp.content.catalogue import read_catalogue
from tests.unit.content.reading import lesson_from

TWO = "- (x) a\n- ( ) b\n"


def problems_of(folder: Path, **files: str) -> list[tuple[str, int, int, str]]:
    """The problems of lessons and includes in one module, by path, line, column and code."""
    for name, text in files.items():
        file = folder / "m" / f"{name.replace('__', '/')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [(one.path, one.line, one.column, one.code) for one in read_catalogue(folder)[1]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[a](nope1.md) and [b](nope.md)", [(1, 5), (1, 23)]),
        ("`nope.md` is not [x](nope.md)", [(1, 22)]),
        ("[a](nope.md)\n[b](nope.md#x)", [(1, 5), (2, 5)]),
        ("[a][b]\n\n[b]: nope.md", [(3, 6)]),
        ("| a |\n| - |\n| [a](nope.md) |", [(3, 7)]),
        ("> - [a](<nope.md>)", [(1, 10)]),
    ],
)
def test_a_link_to_nothing_is_told_where_its_address_stands(
    tmp_path: Path, text: str, places: list[tuple[int, int]]
) -> None:
    found = problems_of(tmp_path, l=text)
    assert [(line, column, code) for _, line, column, code in found] == [(*place, "broken-link") for place in places]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (f"## C {{.check}}\n\n### Q {{#q}}\n\n- (x)\n  ```\n  a\n{TWO}", "fence-open", 6),
        ("> ```\n> a\n\nText", "fence-open", 1),
        ("- a\n\n  $$\n  x\n\nText", "math-open", 3),
        ("Text\n\n```\na", "fence-open", 3),
    ],
)
def test_what_ends_with_its_list_or_quote_was_never_closed(text: str, code: str, line: int) -> None:
    assert (code, line) in [(problem.code, problem.line) for problem in lesson_from(text)[1]]


def test_includes_are_told_at_their_place_and_their_own_mistakes_at_theirs(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        l="Text [!INCLUDE [a](includes/a.md)] and [!INCLUDE [b](includes/b.md)]",
        includes__a="One\n\n[x](../none.md) and [y](../l.md)",
    )
    assert found == [("m/includes/a.md", 3, 5, "broken-link"), ("m/l.md", 1, 40, "broken-link")]


def test_what_is_printed_in_code_is_no_include(tmp_path: Path) -> None:
    assert problems_of(tmp_path, l="Write `[!INCLUDE [a](includes/none.md)]` for it.") == []


def test_an_include_stays_inside(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret")
    found = problems_of(tmp_path / "content", l="[!INCLUDE [a](../../secret.md)]\n\n[!INCLUDE [a](/etc/hostname)]")
    assert [code for *_, code in found] == ["broken-link", "broken-link"]
    [lesson] = read_catalogue(tmp_path / "content")[0].module("m").lessons
    assert "Secret" not in str(lesson.parts)


def test_includes_that_grow_without_end_are_cut(tmp_path: Path) -> None:
    def many(folder: str, number: int) -> str:
        return "\n\n".join([f"[!INCLUDE [a]({folder}{number}.md)]"] * 40)

    files = {f"includes__{n}": many("", n + 1) for n in range(5)} | {"includes__5": "x " * 500}
    found = problems_of(tmp_path, l=many("includes/", 0), **files)
    assert {code for *_, code in found} == {"too-complex"}
    assert problems_of(tmp_path, l="[!INCLUDE [a](includes/l.md)]", includes__l="[!INCLUDE [a](l.md)]") != []


def test_the_answers_of_what_is_included_are_not_shown(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        l="[!INCLUDE [a](includes/a.md)]\n\n[!INCLUDE [a](a.bank.md)]",
        includes__a=f"Before\n\n## C {{.check}}\n\n### Q\n\n{TWO}\n\n## After\n\nBehind",
        **{"a.bank": f"## Q {{#q}}\n\n{TWO}"},
    )
    assert found == [("m/l.md", 1, 1, "include-answers"), ("m/l.md", 3, 1, "include-answers")]
    [lesson] = read_catalogue(tmp_path)[0].module("m").lessons
    assert [word in str(lesson.parts) for word in ("Before", "After", "Behind", "(x)")] == [True, True, True, False]


def test_an_included_file_never_adds_a_question_or_a_check(tmp_path: Path) -> None:
    problems_of(
        tmp_path,
        l=f"## C {{.check}}\n\n[!INCLUDE [a](includes/a.md)]\n\n### Q {{#q}}\n\n{TWO}",
        includes__a=f"### R\n\n{TWO}",
    )
    [lesson] = read_catalogue(tmp_path)[0].module("m").lessons
    assert [question.name for question in lesson.checks[0].questions] == ["q"]
