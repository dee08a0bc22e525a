"""Advice never raises, and an edit asks only what it can change."""

import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.advice.advising import advise
from quizapp.advice.base import ADVICE, Advice, Finding, Findings
from quizapp.advice.memo import Memo
from quizapp.advice.sight import Sight
from quizapp.content.catalogue import read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.content.memory import Memory
from quizapp.questions.base import QUESTION_TYPES, Question
from tests.unit.advice.advised import codes, told, written
from tests.unit.advice.banks import clean_bank
from tests.unit.content.test_catalogue import PLACES

LINES = sorted({line for kind in QUESTION_TYPES.values() for line in kind.example.split("\n")})
ODD = [
    *("## Which is an {#a}", "- (x) always", "- ( ) All of the above", "- [x] a", "> [!TIP]", "# A {.check}", "{}"),
    *("## B {.check}", "<!-- advice-off x, no-id: why -->", "<!-- advice-off -->", "- ( ) ![](x.svg)", "- (x) $x$"),
    *("```", "- = ", "\x00", "---", "objectives: [a, b: c]", "- ( ) `a`", "| a | b |", "| - | - |", "{0} {x}"),
    *("What is not an …", "- (x) ___", "Ω ß İ ſ"),
]
FILES = [*PLACES, "m/1.bank.md", "m/2.bank.md", "m/1.quiz.md", "m/2.md"]
SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(files=st.dictionaries(st.sampled_from(FILES), st.binary(max_size=80), min_size=1))
def test_any_bytes_in_any_tree_get_advice_and_no_exception(
    files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    root = tmp_path_factory.mktemp("tree")
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    advise(read_catalogue(root)[0], lines_in([root]))
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@SLOW
@given(
    files=st.dictionaries(
        st.sampled_from(["m/index.md", "m/1.md", "m/1.bank.md", "m/1.quiz.md"]),
        st.lists(st.sampled_from([*LINES, *ODD]), max_size=30).map("\n".join),
        min_size=1,
    )
)
def test_any_lines_of_questions_get_advice_at_places_that_are_there(
    files: dict[str, str], tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    root = tmp_path_factory.mktemp("tree")
    catalogue, _ = read_catalogue(written(root, files))
    problems = advise(catalogue, lines_in([root]))
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    for problem in problems:
        lines = lines_in([root])(problem.path)
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@pytest.mark.parametrize("name", sorted(QUESTION_TYPES))
def test_the_example_of_every_type_gets_nothing_but_what_it_lacks(tmp_path: Path, name: str) -> None:
    found = codes(tmp_path, {"m/1.bank.md": QUESTION_TYPES[name].example})
    assert set(found) <= {"no-explanation", "no-feedback"}


def test_an_edit_of_one_file_asks_only_what_it_can_change(tmp_path: Path) -> None:
    files = {f"m{n}/{n}.bank.md": clean_bank(n, 5).written() for n in range(6)}
    files["m1/2.bank.md"] = clean_bank(99, 5).written().replace("{#q", "{#other-")
    memory, memo, root = Memory(), Memo(), written(tmp_path, files)

    def again() -> dict[str, int]:
        catalogue, _ = read_catalogue(root, memory)
        fresh = advise(catalogue, lines_in([root]))
        assert advise(catalogue, lines_in([root]), memo) == fresh
        return dict(memo.made)

    assert again()["questions"] == 35
    assert again() == {}
    text = files["m1/2.bank.md"].replace("## ", "## Now: ", 1)
    written(root, {"m1/2.bank.md": text})
    assert again() == {"questions": 5, "sets": 1, "modules": 1, "said": 5}
    written(root, {"m1/2.bank.md": "\n" + text})
    assert again() == {"questions": 5, "sets": 1, "modules": 1}


def test_a_fault_of_an_advice_takes_nothing_else_away(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Faulty(Advice):
        code = "faulty-advice"
        message = advice = "{missing}."

        def of_question(self, question: Question, sight: Sight) -> Findings:
            yield Finding(question.path, (1, 1))

    try:
        found = codes(tmp_path, {"m/1.bank.md": "## Why? {#why}\n\n- = because\n"})
    finally:
        del ADVICE["faulty-advice"]
    assert found == ["no-explanation"]
    assert [record.message for record in caplog.records] == ["advice faulty-advice failed"]


def test_what_many_questions_of_a_file_lack_is_told_once(tmp_path: Path) -> None:
    bare = "".join(f"## Word {n}? {{#w{n}}}\n\n- (x) Apple{n}\n- ( ) Pear{n}\n- ( ) Plum{n}\n\n" for n in range(5))
    found = [(one.line, one.code) for one in told(tmp_path, {"m/1.bank.md": bare})]
    assert sorted(code for _, code in found if code.startswith("no-")) == ["no-explanation", "no-feedback"]
    quiet = bare.replace("- ( ) Plum0\n", "- ( ) Plum0\n\n<!-- advice-off no-explanation, no-feedback: a drill -->\n")
    found = [(one.line, one.code) for one in told(tmp_path, {"m/1.bank.md": quiet})]
    assert [(line, code) for line, code in found if code.startswith(("no-", "advice-"))] == [
        (9, "no-explanation"),
        (12, "no-feedback"),
    ]


@pytest.mark.parametrize("lang", ["de", "fr", "ja"])
def test_what_knows_english_only_says_nothing_of_other_languages(tmp_path: Path, lang: str) -> None:
    said = (
        "## What is an {#q}\n\n- (x) apple tree\n  > J.\n- ( ) never a pear\n  > N.\n- ( ) bush\n  > N.\n\nBecause.\n"
    )
    assert codes(tmp_path, {"m/1.bank.md": said}) == ["article-cue", "absolute-words"]
    assert codes(tmp_path, {"m/1.bank.md": f"---\nlang: {lang}\n---\n{said}"}) == []
    assert codes(tmp_path, {"m/1.bank.md": said}, language=lang) == []
    assert codes(tmp_path, {"m/1.bank.md": f"---\nlang: en-GB\n---\n{said}"}, language=lang) != []
