"""Pasted tests: what each becomes stands beside it in `pasted/`; `--update-golden` writes that anew."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.errors import Problem
from quizapp.formats.banks import plan_bank
from quizapp.formats.contract import IMPORTERS, MAX_BYTES, MAX_ITEMS, MAX_LINE, MAX_LINES, Imported, Said, Source
from quizapp.formats.escaping import shown
from quizapp.formats.writing import Parts, Writer
from tests.unit.content.reading import catalogue_from

FOLDER = Path(__file__).parent / "pasted"
TEXTS = sorted(FOLDER.glob("*.txt"))


def read(text: str, **said: Said) -> Imported:
    """What is read of a text."""
    return IMPORTERS["text"].read(Source(text.encode("utf-8", "surrogatepass"), said=said))


def bank_problems(data: bytes) -> list[Problem]:
    """What `quizapp check` says of a bank."""
    return catalogue_from({"p.bank.md": data})[1]


def told(found: Imported) -> str:
    """Everything that is said of a source, as a golden file has it."""
    lines = [*(f"error: {note}" for note in found.errors), *(f"note: {note}" for note in found.notes)]
    for item in found.items:
        lines += ["", f"--- {item.place} to {item.end}: {item.kind or 'not good'}: {item.title}"]
        lines += [f"guess: {note}" for note in item.guesses] + [f"warning: {note}" for note in item.warnings]
        if item.asked:
            lines += [f"asked: {item.asked.why} {' | '.join(item.asked.options) or item.asked.blanks or ''}".rstrip()]
        lines += [f"refused: {item.refused}"] if item.refused else []
        lines += ["", item.markdown.rstrip("\n")] if item.markdown else []
    return "\n".join(lines).lstrip("\n") + "\n"


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_a_pasted_text_becomes_what_stands_beside_it(file: Path, request: pytest.FixtureRequest) -> None:
    found = read(file.read_text(encoding="utf-8"))
    golden = file.with_suffix(".out")
    if request.config.getoption("--update-golden"):
        golden.write_text(told(found), encoding="utf-8")
    assert told(found) == golden.read_text(encoding="utf-8")


def test_there_are_sixty_texts_and_none_without_its_result() -> None:
    assert len(TEXTS) >= 60
    assert {file.stem for file in FOLDER.glob("*.out")} == {file.stem for file in TEXTS}


def test_every_question_of_the_texts_can_be_put_into_banks_without_a_problem() -> None:
    for file in TEXTS:
        plan = plan_bank(read(file.read_text(encoding="utf-8")).items, None, {}, only_good=True)
        assert not plan.errors
        assert [one for one in bank_problems(plan.data) if one.severity == "error"] == []


LETTERS = "abcdefgh"
# Words that begin no line otherwise: no labels, no letters that stand alone, no signs.
WORDS = st.lists(st.text("klmnoprstäöé", min_size=3, max_size=9), min_size=1, max_size=6).map(" ".join)
ASKED = st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=6, unique=True), st.sets(st.integers(0, 5), min_size=1))


@given(st.lists(ASKED, min_size=1, max_size=4))
def test_questions_in_a_plain_layout_come_back_as_they_were(
    questions: Sequence[tuple[str, list[str], set[int]]],
) -> None:
    lines, wanted = [], []
    for number, (asked, choices, picked) in enumerate(questions, start=1):
        right = sorted({place % len(choices) for place in picked})
        lines += [f"{number}. {asked}?", *(f"{LETTERS[place]}) {text}" for place, text in enumerate(choices))]
        lines += [f"Answer: {', '.join(LETTERS[place] for place in right)}", ""]
        wanted.append((f"{asked}?", choices, right))
    found = read("\n".join(lines))
    got = []
    for item in found.items:
        assert item.question, item
        key = [one.content.text for one in item.question.type.answers]
        right = [place for place, one in enumerate(item.question.type.answers) if one.credit]
        got.append((item.question.title, key, right))
    assert got == wanted


PIECES = st.sampled_from(
    ["1. ", "2) ", "Q3: ", "Question: ", "a) ", "b) ", "*c) ", "Answer: ", "B", "\n", "\n\n", "- ", "☑ ", "____",
     "True", "False", "**", "`", "[", "]]", "<b>", "$", "\\", "|", "#", "> ", "Explanation: ", "(2 points)", "x", "?",
     "1-B, 2-C", "\u200f", "\t", "```", "Ａ）", "{#id}", "\x00", "\ue000", "\ue001"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_read_and_what_is_saved_of_it_has_no_error(text: str) -> None:
    found = read(text)
    plan = plan_bank(found.items, None, {}, only_good=True)
    assert not plan.errors
    assert [problem for problem in bank_problems(plan.data) if problem.severity == "error"] == []
    assert len(plan.added) + len(plan.skipped) + len(plan.left) == len(found.items)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for importer in IMPORTERS.values():
        found = importer.read(Source(data))
        assert found.items or found.errors or found.notes


SIGNS = st.text(st.sampled_from("ab 1.)(*_`[]<>&$~{}|!^#=:+-\\/\"'@;x?%,é€"), min_size=1, max_size=14)


@settings(max_examples=400)
@given(SIGNS)
def test_text_with_signs_of_markdown_shows_as_it_is(text: str) -> None:
    text = " ".join(text.split())
    if not text:
        return
    parts = Parts([shown(text)], "one", [f"- (x) {shown(text)}", "- ( ) another one"], may_head=False)
    read_back = Writer().write(parts)
    assert read_back.question, read_back
    assert read_back.question.prompt.text == text
    assert read_back.question.type.answers[0].content.text == text


WITHOUT_KEYS = """1. Which is wet?
a) Sand
b) Rain

2. Which are blue?
a) Sky
b) Sea
c) Grass

3. How many?

4. Why?

5. A __ of __.
"""


def test_what_is_said_of_a_question_that_asked_makes_it_good() -> None:
    first = read(WITHOUT_KEYS)
    assert [bool(item.asked) for item in first.items] == [True] * 5
    ids = [item.id for item in first.items]
    answers = [Said((2,)), Said((1, 2)), Said(texts=("12",)), Said(by_person=True), Said(texts=("cup", "tea"))]
    second = read(WITHOUT_KEYS, **dict(zip(ids, answers, strict=True)))
    kinds = [item.question.type.name for item in second.items if item.question]
    assert kinds == ["single", "multiple", "numeric", "essay", "fill-in"]
    assert [item.id for item in second.items] == ids


def test_what_is_said_of_a_question_that_is_not_there_changes_nothing() -> None:
    assert read("1. Which?\na) A thing\nb) Another", nobody=Said((1,))).items[0].asked
    [item] = read("1. Which?\na) A thing\nb) Another").items
    assert read("1. Which?\na) A thing\nb) Another", **{item.id: Said((3,))}).items[0].asked


def test_an_id_is_made_of_the_text_and_stays_when_the_test_grows() -> None:
    one = "1. Which is wet?\na) Sand\n*b) Rain\n"
    [first] = read(one).items
    *_, last = read("1. Which is hot?\n*a) Fire\nb) Ice\n2" + one[1:]).items
    assert first.id == last.id
    assert first.markdown == last.markdown


BROKEN = {
    "too large": (b"x" * (MAX_BYTES + 1), "more than 1024 KiB"),
    "another encoding": (b"1. Caf\xe9?\n", "line 1 is not UTF-8"),
    "sixteen bits": ("1. Which?\n".encode("utf-16"), "line 1 is not UTF-8"),
    "half a character": (b"1. Which?\na) \xed\xa0\x80\n", "line 2 is not UTF-8"),
    "any bytes": (bytes(range(256)), "is not UTF-8"),
    "too many": ("\n".join(f"{n}. Which?" for n in range(1, MAX_ITEMS + 2)).encode(), f"{MAX_ITEMS + 1} questions"),
    "a long line": (b"1. Which " + b"x" * MAX_LINE, f"line 1 has more than {MAX_LINE} characters"),
    "too many lines": (b"x\n" * MAX_LINES, f"more than {MAX_LINES} lines"),
    "nothing": (b"", "there is no text"),
    "only prose": (b"It rains.\nAnd again.\n", "no question was found"),
    "options without a question": (b"a) Rain\n*b) Sand\n", "no question was found"),
}
REFUSED = {
    "one choice": ("*a) Rain", "it has one choice only"),
    "the same twice": ("*a) Rain\nb) Rain", "Two choices say “Rain”"),
    "an empty choice": ("*a) Rain\nb)\nc) Sand", "the choice on line 3 has no text"),
    "brackets without end": ("[" * 4000 + "\n*a) x\nb) y", "More than 200 brackets are open"),
    "no key": ("a) Rain\nb) Sand", "nothing says which choice is right"),
    "all of them right": ("*a) Rain\n*b) Sand", "nothing says which choice is right"),
    "a letter that is not there": ("a) Rain\nb) Sand\nAnswer: D", "“D” on line 4 names none of the choices"),
    "a word that is not there": ("a) Rain\nb) Sand\nAnswer: Snow", "“Snow” on line 4 names none"),
    "two keys": ("*a) Rain\nb) Sand\nAnswer: b", "two things are said of the key"),
    "nothing to choose": ("", "nothing says what the answer is"),
    "gaps without answers": ("A __ of __.", "nothing says what the answer is"),
    "more gaps than answers": ("A __ of __.\nAnswer: cup", "there are 2 gaps and not as many answers"),
    "choices without end": ("\n".join(f"{n}) x{n}" for n in range(5000)), "nothing says which choice is right"),
    "stars without end": ("*" * 4000, "nothing says what the answer is"),
}
HOSTILE = BROKEN | {name: (f"1. Which is wet?\n{text}\n".encode(), why) for name, (text, why) in REFUSED.items()}


@pytest.mark.parametrize("name", REFUSED)
def test_a_question_that_cannot_be_saved_says_why_with_its_line(name: str) -> None:
    data, why = HOSTILE[name]
    item = IMPORTERS["text"].read(Source(data)).items[0]
    assert why in (item.refused or str(item.asked))
    assert (item.line, item.is_good) == (1, False)


@pytest.mark.parametrize(("data", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_source_that_cannot_be_read_is_refused_whole(data: bytes, text: str) -> None:
    found = IMPORTERS["text"].read(Source(data))
    assert not found.items
    assert text in str(found.errors[0])
