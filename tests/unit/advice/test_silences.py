"""Comments that switch advice off, and what is said of those that cannot."""

from pathlib import Path

import pytest

from quizapp.advice.advising import advise
from quizapp.content.catalogue import read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.content.memory import Memory

TWO_RIGHT = "## Which is even? {#even}\n\n- (x) 2\n- (x) 4\n- ( ) 5\n"
KEY = "To let the gluten relax, which makes it stretch"
LONG = f"## Why rest dough? {{#rest}}\n\n- ( ) To cool it\n- (x) {KEY}\n- ( ) By habit\n"
OFF = "\n<!-- advice-off {}: because -->\n"


def told(folder: Path, text: str, name: str = "m/1.bank.md") -> list[tuple[int, int, str]]:
    """Line, column and code of all that is said of one file, but what sketches always lack."""
    (folder / "m").mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    catalogue, problems = read_catalogue(folder)
    found = sorted([*problems, *advise(catalogue, lines_in([folder]))])
    return [(one.line, one.column, one.code) for one in found if one.code not in ("no-feedback", "no-explanation")]


def test_a_silence_in_a_question_holds_for_that_question(tmp_path: Path) -> None:
    other = TWO_RIGHT.replace("#even", "#odd").replace("even", "divided by two")
    assert told(tmp_path, TWO_RIGHT + OFF.format("several-right") + other) == [(10, 1, "several-right")]


@pytest.mark.parametrize("front", ["", "---\ntitle: Numbers\n---\n"])
def test_a_silence_above_the_first_question_holds_for_the_file(tmp_path: Path, front: str) -> None:
    other = TWO_RIGHT.replace("#even", "#odd").replace("even", "divided by two")
    assert told(tmp_path, front + OFF.format("several-right") + TWO_RIGHT + other) == []


def test_a_silence_in_prose_holds_for_the_lesson(tmp_path: Path) -> None:
    check = "\n## Check {.check}\n\n#" + TWO_RIGHT
    assert told(tmp_path, "# A\n" + OFF.format("several-right") + check, "m/1.md") == []
    assert told(tmp_path, "# A\n" + check + "\n## After\n" + OFF.format("several-right"), "m/1.md") == []


def test_a_silence_of_an_item_holds_for_its_question(tmp_path: Path) -> None:
    inside = TWO_RIGHT.replace("- ( ) 5\n", "- ( ) 5\n\n  <!-- advice-off several-right: because -->\n")
    assert told(tmp_path, inside) == []


def test_several_codes_and_lines_are_one_silence(tmp_path: Path) -> None:
    comment = "\n<!--\nadvice-off several-right,\n  longest-choice: the key\nneeds it\n-->\n"
    assert told(tmp_path, comment + TWO_RIGHT + LONG) == []


def test_code_that_shows_a_silence_is_none(tmp_path: Path) -> None:
    shown = (
        "\n```markdown\n<!-- advice-off several-right: because -->\n```\n\n`<!-- advice-off x: y -->` is a comment.\n"
    )
    assert told(tmp_path, "# A\n" + shown, "m/1.md") == []


def test_warnings_and_errors_cannot_be_switched_off(tmp_path: Path) -> None:
    text = "# A\n\n![](media/a.svg)\n" + OFF.format("missing-image")
    assert [code for _, _, code in told(tmp_path, text, "m/1.md")] == ["missing-image", "no-alt", "advice-off-unknown"]


def test_an_unknown_code_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "1.md").write_text("# A\n" + OFF.format("longest-choise"), encoding="utf-8")
    [problem] = advise(read_catalogue(tmp_path)[0], lines_in([tmp_path]))
    assert str(problem) == (
        "m/1.md:3:17: warning advice-off-unknown: `longest-choise` is no advice that could be switched off."
        " Did you mean `longest-choice`?"
    )


def test_a_silence_without_work_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, TWO_RIGHT + OFF.format("several-right, longest-choice")) == [
        (7, 32, "advice-off-unused"),
    ]


def test_a_silence_without_a_reason_works_and_is_warned_of(tmp_path: Path) -> None:
    assert told(tmp_path, TWO_RIGHT + "\n<!-- advice-off several-right -->\n") == [(7, 1, "advice-off-why")]


def test_a_file_with_an_error_gets_no_advice_until_it_is_mended(tmp_path: Path) -> None:
    memory, file = Memory(tmp_path / "kept"), tmp_path / "content" / "m" / "1.bank.md"
    file.parent.mkdir(parents=True)
    file.write_text(LONG, encoding="utf-8")
    read_catalogue(tmp_path / "content", memory)
    file.write_text("## No answers {#none}\n\n" + LONG + OFF.format("several-right"), encoding="utf-8")
    catalogue, problems = read_catalogue(tmp_path / "content", memory)
    assert [problem.code for problem in problems] == ["no-answers"]
    assert catalogue.questions()
    assert advise(catalogue, lines_in([tmp_path / "content"])) == []
