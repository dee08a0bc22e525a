"""Quizzes on paper: what is drawn, that the paper tells no key, and that the key fits the paper."""

import re

import pytest

from quizapp.content.model import Entry
from quizapp.formats.printed.pages import CONTROLS, PAGES, Paper, pages_of
from quizapp.formats.printed.sheets import Asked, Shown, draw, letter, points_of
from quizapp.questions.base import NO_PROSE, QUESTION_TYPES, Control, Question
from tests.unit.questions.generators import read

ALL = "\n".join(f"{kind.example}\n" for kind in QUESTION_TYPES.values())


def entries(text: str) -> list[Entry]:
    """What a quiz of these questions asks, in order."""
    return [Entry((question,)) for question in read(text).values()]


def printed(asked: tuple[Asked, ...], media: bytes | None = None) -> dict[str, str]:
    """The pages of some questions; every picture has these bytes."""
    return pages_of(Paper("A & B", NO_PROSE, "", 7, asked), Shown(lambda path: media))


def pages(text: str, seed: int = 7, media: bytes | None = None) -> dict[str, str]:
    """The pages of a text with questions."""
    return printed(draw(entries(text), seed), media)


def test_the_same_seed_gives_the_same_paper_and_another_another() -> None:
    assert pages(ALL) == pages(ALL)
    assert pages(ALL)["paper"] != pages(ALL, seed=8)["paper"]


def test_a_draw_takes_as_many_as_the_quiz_says_and_nothing_void() -> None:
    pool = tuple(read("\n".join(f"## Q{n} {{#q{n}}}\n\n- (x) A\n- ( ) B\n" for n in range(9))).values())
    assert len(draw([Entry(pool, 4)], 1)) == 4
    void = tuple(read("## Q {#q .void}\n\n- (x) A\n- ( ) B\n").values())
    assert draw([Entry(void)], 1) == ()


def test_every_control_has_its_place_on_paper() -> None:
    assert {kind.__name__ for kind in Control.__subclasses__()} == {kind.__name__ for kind in CONTROLS}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("- (x) A\n- ( ) B\n- ( ) C\n", "- ( ) A\n- ( ) B\n- (x) C\n"),
        ("- [x] A\n- [ ] B\n- [ ] C\n", "- [x] A\n- [x] B\n- [x] C\n"),
        ("- = A\n", "- = something else\n"),
        ("- = 5 +- 1\n", "- = 700\n"),
        ("x [[25]] [[( ) a | (x) b]]\n", "x [[a longer one]] [[(x) a | ( ) b]]\n"),
    ],
)
def test_the_paper_and_its_sheet_are_the_same_whatever_is_right(one: str, other: str) -> None:
    first, second = (pages(f"## Q {{#q}}\n\n{text}") for text in (one, other))
    assert (first["paper"], first["answers"]) == (second["paper"], second["answers"])
    assert first["key"] != second["key"]


def test_explanations_feedback_and_hints_are_not_on_the_paper() -> None:
    text = "## Q {#q}\n\n- (x) A\n  > Feedback!\n- ( ) B\n\n> [!TIP]\n> Hint!\n\nExplained!\n"
    found = pages(text)
    assert not re.search("Feedback!|Hint!|Explained!", found["paper"] + found["answers"])
    assert "Explained!" in found["key"]


def lines_of(page: str, name: str) -> list[tuple[str, str]]:
    """The letters or numbers of a list of a page, and what stands behind them."""
    part = re.search(rf'<ol class="{name}">(.*?)</ol>', page)
    assert part
    found = re.findall(
        r'<span class="letter">(\w+)</span>(?:<span class="rule"></span>)?<div dir="auto">(.*?)</div>', part[1]
    )
    return [(mark, text) for mark, text in found]


@pytest.mark.parametrize("seed", range(5))
def test_the_letters_of_the_key_are_those_of_the_paper(seed: int) -> None:
    found = pages("## Q {#q}\n\n- [x] A1\n- [ ] B1\n- [x] C1\n- [ ] D1\n", seed)
    named = {text: mark for mark, text in lines_of(found["paper"], "choices")}
    right = re.findall(r'<p class="right" dir="auto">(\w+): (\w+)</p>', found["key"])
    assert sorted(right) == sorted((named[text], text) for text in ("A1", "C1"))


@pytest.mark.parametrize("seed", range(5))
def test_the_key_says_which_letter_belongs_to_each_line(seed: int) -> None:
    text = "## Q {#q .match}\n\n| a | b |\n| --- | --- |\n| L1 | R1 |\n| L2 | R2 |\n|  | R3 |\n"
    found = pages(text, seed)
    letters = {text: mark for mark, text in lines_of(found["paper"], "options")}
    assert re.findall(r'<p class="right" dir="auto">(\d): (\w+) \((\w+)\)</p>', found["key"]) == [
        ("1", letters["R1"], "L1"),
        ("2", letters["R2"], "L2"),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_key_says_the_place_of_each_line_of_an_order(seed: int) -> None:
    found = pages("## Q {#q .order}\n\n1. one\n2. two\n3. three\n", seed)
    shown = [text for _, text in lines_of(found["paper"], "lines")]
    assert shown != ["one", "two", "three"]
    places = {"one": "1", "two": "2", "three": "3"}
    assert re.findall(r'<p class="right" dir="auto">(\d): (\d) \((\w+)\)</p>', found["key"]) == [
        (number, places[text], text) for number, text in lines_of(found["paper"], "lines")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("## Q {#q}\n\n- [x] a\n- [ ] b\n", "and each wrong one takes as much away."),
        ("## Q {#q credit=exact}\n\n- [x] a\n- [ ] b\n", "All of it or nothing."),
        ("## Q {#q}\n\n- [x] a\n- [~] b\n", "Not scored: "),
        ("## Q {#q .order credit=pairs}\n\n1. a\n2. b\n", "Pairs in the right order count"),
        ("## Q {#q case=yes}\n\n- = Ab\n", "Capital letters count."),
        ("## Q {#q typos=ok}\n\nx [[transport]]\n", "A slip in a long word is accepted."),
        ("## Q {#q}\n\n- = a\n- =~ `b+`\n", "<code>b+</code> (a pattern)"),
        ("## {#q}\n\nRain is [[wet]].\n", 'Rain is <span class="gap"></span>.'),
    ],
)
def test_the_key_says_how_it_is_marked(text: str, told: str) -> None:
    assert told in pages(text)["key"]


def test_the_paper_says_what_is_written_where_and_runs_as_its_language() -> None:
    assert "Tick all that are right." in pages("## Q {#q}\n\n- [x] a\n- [ ] b\n")["paper"]
    assert "1 before what comes first." in pages("## Q {#q .order}\n\n1. a\n2. b\n")["paper"]
    page = pages("## \u05de\u05d4? {#q}\n\n\u05db\u05df?\n\n- (x) \u05d0\n- ( ) \u05d1\n")["paper"]
    assert page.count('<p dir="auto">') == 2
    assert page.count('<div dir="auto">') == 2


def test_every_type_is_on_all_pages_and_nothing_leads_out_of_them() -> None:
    asked = draw(entries(ALL), 7)
    assert len(asked) == len(QUESTION_TYPES)
    for name, page in printed(asked).items():
        assert name in PAGES
        assert not re.search(r"content:|<script|<link|https?:(?!//www\.w3\.org)", page)
        assert "A &amp; B" in page
        assert "Paper 7." in page
    sheet = printed(asked)["answers"]
    assert sheet.count("<tr>") == len(asked)


def test_a_picture_is_in_the_page_and_a_missing_one_is_its_description() -> None:
    text = "## Q {#q}\n\n![A dot](media/a%20dot.svg)\n\n- (x) A\n- ( ) B [other](x.md)\n"
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+"' in pages(text, media=b"<svg/>")["paper"]
    missing = pages(text)["paper"]
    assert 'alt="A dot"' in missing
    assert "src=" not in missing
    assert "href=" not in missing


def test_points_are_counted_but_for_surveys() -> None:
    questions: list[Question] = [*read("## A {#a points=2.5}\n\n- (x) A\n- ( ) B\n\n## S {#s .survey}\n").values()]
    assert points_of(tuple(Asked(1, one, (1, 2)) for one in questions)) == 2.5


def test_letters_go_on_behind_z() -> None:
    assert [letter(place) for place in (1, 26, 27, 53)] == ["A", "Z", "AA", "BA"]
