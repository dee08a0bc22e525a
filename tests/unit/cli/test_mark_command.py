"""`quizapp mark`: a line of JSON for a response, and a clear refusal of what is none."""

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from quizapp.cli import main
from quizapp.questions.base import QUESTION_TYPES, Question
from tests.unit.content.reading import question_from

TYPES = sorted(QUESTION_TYPES)
BANK = """## Which port? {#port}

- = 25
- != 80
  > That is *the web*.

## How long? {#long}

- = 12.3 +- 0.1 ms

## Which cmdlet? {#cmdlet typos=ok}

- = New-TransportRule
  > Right.

## Which two? {#two}

- [x] SPF
- [x] DKIM
- [ ] PTR
- [ ] TXT

## Broken {#broken}

- ( ) A
- ( ) B

## Not yet shown {#hidden .draft}

- (x) A
- ( ) B

## A picture? {#picture}

- (x) `code`, *words*.
  > Look at `this`, [a page](https://example.org/).
- ( ) B
"""
LESSON = "# One\n\n## C {.check}\n\n### [](q.bank.md#port)\n\n### Own {#own}\n\n- (x) A\n- ( ) B\n"


@dataclass
class Done:
    """What the command did: its exit code, what it marked, what it said on stderr."""

    code: int
    told: Any
    error: str


def mark(file: Path | str, question: str, response: str, stdin: str | bytes | None = None) -> Done:
    """Run the command; nothing but a line of JSON is on stdout, and that only where it is well."""
    done = CliRunner().invoke(main, ["mark", str(file), question, response], input=stdin)
    assert done.exit_code in (0, 2), done.exception
    assert (done.stdout.count("\n"), done.stderr != "") == ((1, False) if done.exit_code == 0 else (0, True))
    return Done(done.exit_code, json.loads(done.stdout) if done.stdout else None, done.stderr)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "m"
    folder.mkdir(parents=True)
    (folder / "1-one.md").write_text(LESSON, encoding="utf-8")
    (folder / "q.bank.md").write_text(BANK, encoding="utf-8")
    return folder / "q.bank.md"


def example(name: str, folder: Path) -> tuple[Path, Question]:
    """The example of a type in a bank of its own."""
    file = folder / "example.bank.md"
    file.write_text(QUESTION_TYPES[name].example, encoding="utf-8")
    return file, question_from(QUESTION_TYPES[name].example)


# What responses to the examples give: credit and feedback; None for the credit of what is asked back.
GIVEN: dict[str, list[tuple[str, float | None, list[str]]]] = {
    "single": [
        ("1", 1.0, ["Right: mail exchanger."]),
        ("2", 0.0, ["A TXT record holds free text; SPF lives there."]),
        ("3", 0.5, ["It gives a server's address, once MX has named the server."]),
    ],
    "multiple": [
        ("[1, 2]", 1.0, [
            "It lists the servers that may send for the domain.", "It signs each message with the domain's key.",
        ]),
        ("[2, 1, 2]", 1.0, [
            "It lists the servers that may send for the domain.", "It signs each message with the domain's key.",
        ]),
        ("[1]", 0.0, ["It lists the servers that may send for the domain."]),
    ],
    "text": [
        ('"  new-transportrule "', 1.0, ["Right: transport rule is the older name, and the cmdlet kept it."]),
        ('"New-TransprotRule"', 1.0, [
            "Right: transport rule is the older name, and the cmdlet kept it.",
            "Accepted; the spelling is: New-TransportRule",
        ]),
        ('"NewMailFlowRule"', 0.5, ["That is what the portal calls it; the cmdlet has another name."]),
        ('"Get-Mail"', 0.0, []),
        (json.dumps("x" * 1001), None, ["This is too long for an answer."]),
    ],
    "numeric": [
        ('"12,3 ms"', 1.0, ["Right: 37 ms over three measurements."]),
        ('"0.037 s"', 0.0, ["That is the sum."]),
        ('"12.3"', None, ["Write the unit as well."]),
        ('"soon"', None, ["This is not a number that can be read. Write one in digits, such as 12.5."]),
        ('"1,234 ms"', None, ["Is this comma for thousands or for decimals? Write 1234 or 1.234."]),
        (json.dumps("9" * 400), None, ["This is too long for an answer."]),
    ],
    "match": [
        ('{"MX": "Names the servers that accept mail"}', 0.333333, ["Think of mail exchanger."]),
        ('{"SPF": "Encrypts the mailbox", "MX": ""}', 0.0, []),
    ],
    "group": [
        ('{"SPF": "Mail", "CNAME": "Neither"}', 0.333333, [
            "SPF is published as a TXT record, for mail servers to read.",
        ]),
    ],
    "order": [
        ("[2, 1, 3, 4]", 0.666667, []),
        ("[3, 1, 2, 4]", 0.666667, ["A server may refuse a recipient before it has seen the message."]),
        ("[4, 3, 2, 1]", 0.0, ["A server may refuse a recipient before it has seen the message."]),
    ],
    "essay": [
        ('"Because of DNS."', 0.0, ["A person marks this."]),
        (json.dumps("x" * 50_001), None, ["This is too long for an answer."]),
    ],
    "survey": [('"About DNS."', 0.0, [])],
}  # fmt: skip


@pytest.mark.parametrize(("name", "response", "credit", "feedback"), [(n, *one) for n in GIVEN for one in GIVEN[n]])
def test_a_response_to_an_example_is_marked(
    tmp_path: Path, name: str, response: str, credit: float | None, feedback: list[str]
) -> None:
    file, question = example(name, tmp_path)
    status = "invalid" if credit is None else "graded"
    assert mark(file, question.name, response).told == {"status": status, "credit": credit or 0, "feedback": feedback}


@pytest.mark.parametrize("name", TYPES)
def test_the_correct_response_earns_all_and_says_what_the_mark_says(tmp_path: Path, name: str) -> None:
    file, question = example(name, tmp_path)
    right = question.type.correct_response
    told = mark(file, f"#{question.name}", json.dumps(right)).told
    if right is None:
        assert told == {"status": "blank", "credit": 0.0, "feedback": []}
    else:
        said = [feedback.text for feedback in question.type.mark(right).feedback]
        assert told == {"status": "graded", "credit": 1.0, "feedback": said}


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("response", ["null", '""', "[]", "{}", " null\n"])
def test_nothing_given_is_blank(tmp_path: Path, name: str, response: str) -> None:
    file, question = example(name, tmp_path)
    assert mark(file, question.name, response).told == {"status": "blank", "credit": 0.0, "feedback": []}


def kind_of(response: object) -> str:
    """The kind of JSON that a response is."""
    inner = response[0] if isinstance(response, list) else response
    return f"{type(response).__name__} {type(inner).__name__}"


# One response of each kind; what holds numbers holds one that nobody offers.
SHAPES = ["99", '"a text"', "[99]", '["a text"]', '{"no such line": "x"}', "true", "1.0", "[[1]]", "[null]", '{"a": 1}']


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("response", SHAPES)
def test_what_is_no_response_is_wrong_use_that_says_what_one_is(tmp_path: Path, name: str, response: str) -> None:
    file, question = example(name, tmp_path)
    right = question.type.correct_response
    is_text = kind_of(json.loads(response)) == "str str" and (right is None or isinstance(right, str))
    done = mark(file, question.name, response)
    assert done.code == (0 if is_text else 2)
    if not is_text:
        assert f"{file}#{question.name}: `{response}` is no response to this question. Give " in done.error
        [such] = re.findall(r"such as `(.+?)`", done.error)
        assert mark(file, question.name, such).code == 0
        assert "Traceback" not in done.error


@pytest.mark.parametrize(
    ("name", "responses"),
    [
        ("single", ["0", "4", "-1", "9" * 400]),
        ("multiple", ["[0]", "[1, 4]", "[-1]", "[1, 1.5]"]),
        ("order", ["[1, 2, 3]", "[1, 2, 3, 3]", "[0, 1, 2, 3]", "[1, 2, 3, 4, 5]", "[0]"]),
        ("match", ['{"MX": "Names"}', '{"mx": "Encrypts the mailbox"}', '{"MX": null}', '[["MX", "x"]]']),
        ("group", ['{"SPF": "mail"}', '{"Mail": "SPF"}', '{"SPF": ["Mail"]}']),
    ],
)
def test_what_is_not_offered_is_wrong_use(tmp_path: Path, name: str, responses: list[str]) -> None:
    file, question = example(name, tmp_path)
    for response in responses:
        assert "is no response to this question" in mark(file, question.name, response).error


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ("Paris", "is not JSON"),
        ("", "is not JSON"),
        ("'25'", "is not JSON"),
        ("NaN", "it has no NaN"),
        ("[Infinity]", "it has no Infinity"),
        ("-Infinity", "it has no -Infinity"),
        ("1 2", "Extra data"),
        ('"25" // my answer', "Extra data"),
        ('{"a": "b", "a": "c"}', "a name stands twice"),
        ("[1, 2", "is not JSON"),
        ("[" * 100_000, "too much stands in each other"),
        ('{"a":' * 100_000, "too much stands in each other"),
        ('"\udcff"', "is no response"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_not_json_is_wrong_use(bank: Path, response: str, reason: str) -> None:
    done = mark(bank, "two", response)
    assert done.code == 2
    assert reason in done.error
    assert len(done.error) < 1000


def test_a_response_may_come_on_standard_input_and_be_large(bank: Path) -> None:
    begun = time.monotonic()
    assert mark(bank, "port", "-", '"25"\n').told["credit"] == 1
    assert mark(bank, "port", "-", b'\xef\xbb\xbf"25"').told["credit"] == 1
    assert "not UTF-8" in mark(bank, "port", "-", b'"\xff"').error
    for name in ("port", "cmdlet"):
        for text in ("x" * 1_000_000, " " * 1_000_000 + "x" * 2000, "9" * 1_000_000):
            assert mark(bank, name, "-", json.dumps(text)).told["feedback"] == ["This is too long for an answer."]
    assert mark(bank, "port", "-", f'"{" " * 1_000_000}"').told["status"] == "blank"
    assert "no response" in mark(bank, "two", "-", json.dumps([1] * 300_000 + [0])).error
    assert "no response" in mark(bank, "two", "-", "9" * 1_000_000).error
    assert "no response" in mark(bank, "two", "-", "[" * 400 + "]" * 400).error
    assert "not JSON" in mark(bank, "two", "-", "[" * 1_000_000).error
    assert mark(bank, "two", "-", json.dumps([1, 2] * 300_000)).told["credit"] == 1
    assert "has more than" in mark(bank, "two", "-", " " * 17_000_000).error
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("name", ["port", "#port", "#PORT", "m#port", "M#Port"])
def test_a_question_has_a_name_and_a_key(bank: Path, name: str) -> None:
    assert mark(bank, name, '"25"').told == {"status": "graded", "credit": 1.0, "feedback": []}
    assert mark(bank.parent / "1-one.md", name, '"80"').told["feedback"] == ["That is the web."]


def test_a_draft_is_marked_and_prose_is_told_as_it_is_read(bank: Path) -> None:
    assert mark(bank, "hidden", "1").told["credit"] == 1
    assert mark(bank, "picture", "1").told["feedback"] == ["Look at this, a page."]


@pytest.mark.parametrize(
    ("file", "name", "told"),
    [
        ("q.bank.md", "prot", "there is no question prot. Did you mean #port?"),
        ("q.bank.md", "n#port", "there is no question n#port. Did you mean m#port?"),
        ("q.bank.md", "zzz", "Its questions are #broken, #cmdlet, #hidden, #long, #picture, #port, #two."),
        ("1-one.md", "two", "there is no question two. Its questions are #own, #port."),
        ("q.bnk.md", "port", "there is no such file. Did you mean"),
        ("zzz/q.md", "port", "there is no such file. Name a lesson, bank or quiz."),
        ("a" * 5000 + ".md", "port", "there is no such file."),
        (".", "port", "this is a folder. Name a Markdown file in it."),
        ("q.txt", "port", "this is no Markdown file."),
        ("empty.md", "port", "there is no question in this file."),
    ],
)
def test_what_is_not_there_is_told_with_what_was_meant(bank: Path, file: str, name: str, told: str) -> None:
    (bank.parent / "q.txt").write_text(BANK, encoding="utf-8")
    (bank.parent / "empty.md").write_text("# Empty\n", encoding="utf-8")
    done = mark(bank.parent / file, name, '"25"')
    assert done.code == 2
    assert told in done.error


def test_a_question_with_an_error_is_told_with_its_error_only(bank: Path) -> None:
    with bank.open("a", encoding="utf-8") as file:
        file.write("\n## Another {#other}\n\nText\n\n## Twice {#port}\n\n- = 26\n")
    error = mark(bank, "broken", "1").error
    assert "the question broken is not served because of an error. Mend this first:" in error
    assert "m/q.bank.md:25:1: error no-right-answer: No answer is marked right" in error
    assert "no-answers" not in error
    error = mark(bank, "#other", "1").error
    assert "m/q.bank.md:39:1: error no-answers" in error
    assert "id-twice" not in error
    assert mark(bank, "port", '"25"').told["credit"] == 1  # the first that has the name


def test_what_an_error_elsewhere_keeps_from_being_served_is_told(bank: Path) -> None:
    (bank.parent / "r.bank.md").write_text("## Port again {#port}\n\n- = 25\n", encoding="utf-8")
    assert "r.bank.md:1:16: error id-twice" in mark(bank.parent / "r.bank.md", "port", '"25"').error
    (bank.parent / "2-one.md").write_text(
        "# One\n\n## C {.check}\n\n### Q {#q}\n\n- (x) A\n- ( ) B\n", encoding="utf-8"
    )
    assert "2-one.md:1:1: error key-twice" in mark(bank.parent / "2-one.md", "q", "1").error


def test_quizzes_lone_files_and_files_that_are_not_loaded(bank: Path, tmp_path: Path) -> None:
    (bank.parent / "end.quiz.md").write_text(
        "---\ndraw:\n  - {bank: q, count: 1}\n---\n## Own {#end}\n\n- (x) A\n- ( ) B\n", encoding="utf-8"
    )
    assert mark(bank.parent / "end.quiz.md", "end", "1").told["credit"] == 1
    assert mark(bank.parent / "end.quiz.md", "long", '"12,3 ms"').told["credit"] == 1
    (bank.parent / "_later.bank.md").write_text("## Later {#later}\n\n- = 25\n", encoding="utf-8")
    assert mark(bank.parent / "_later.bank.md", "later", '"25"').told["credit"] == 1
    (tmp_path / "README.md").write_text("# R\n\n## One {.check #one}\n\n- (x) A\n- ( ) B\n", encoding="utf-8")
    assert mark(tmp_path / "README.md", "one", "2").told["credit"] == 0
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "l.md").write_text(LESSON, encoding="utf-8")
    assert mark(tmp_path / "alone" / "l.md", "main#own", "1").told["credit"] == 1


def test_it_is_a_command_of_the_program(bank: Path) -> None:
    words = [sys.executable, "-m", "quizapp", "mark", "q.bank.md", "long"]
    done = subprocess.run([*words, '"12,3 ms"'], capture_output=True, text=True, cwd=bank.parent, check=True)
    assert done.stdout == '{"status": "graded", "credit": 1.0, "feedback": []}\n'
    assert done.stderr == ""
    done = subprocess.run([*words, "-1"], capture_output=True, text=True, cwd=bank.parent)
    assert done.returncode == 2
    told = 'is no response to this question. Give what is typed, in quotes, such as `"12,3 ms"`.'
    assert done.stderr.endswith(f"Error: q.bank.md#long: `-1` {told}\n")
    done = subprocess.run([*words, "--wrong", "1"], capture_output=True, text=True, cwd=bank.parent)
    assert done.returncode == 2
