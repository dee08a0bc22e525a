"""`quizapp simulate`: what it prints, and with which exit code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli import main

EVEN = "".join(f"## Which {n}? {{#q{n}}}\n\n- (x) a{n}\n- ( ) b{n}\n- ( ) c{n}\n- ( ) d{n}\n\n" for n in (1, 2))
LONG = EVEN.replace("(x) a", "(x) always the longest a").replace("{#q", "{#long")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("QUIZAPP_CONTENT", "QUIZAPP_INSTANCE", "QUIZAPP_PRIVATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    module = tmp_path / "content" / "m"
    module.mkdir(parents=True)
    (module / "1-lesson.md").write_text("# Lesson\n", encoding="utf-8")
    (module / "even.quiz.md").write_text(f"---\ntitle: Even\npreset: exam\n---\n{EVEN}", encoding="utf-8")
    return tmp_path / "content"


def simulate(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["simulate", *arguments, "--learners", "200"])
    return done.exit_code, done.stdout, done.stderr


def test_a_quiz_is_a_table_of_robots_and_the_computed_chance(content: Path) -> None:
    code, printed, faults = simulate(str(content))
    lines = printed.splitlines()
    assert (code, faults) == (0, "")
    assert lines[:2] == ["m/even: Even", "  robot          passed  mean score"]
    assert [line.split()[0] for line in lines[2:-1]] == [
        "random", "first", "longest", "keyword", "eliminator", "guest-reset", "perfect",
    ]  # fmt: skip
    assert lines[-2] == "  perfect        100.0%      100.0%"
    assert lines[-1] == "  Passed by guessing: 6.2 % in one attempt."
    assert simulate(str(content)) == (code, printed, faults)
    assert simulate(str(content), "--seed", "1")[1] != printed


def test_what_is_passed_too_easily_is_told_and_exits_with_1(content: Path) -> None:
    front = "---\ntitle: Long\npass: 100\nattempts: 2\nguessing: 1%\n---\n"
    (content / "m" / "long.quiz.md").write_text(front + LONG, encoding="utf-8")
    code, printed, _ = simulate(str(content), "--quiz", "m/long")
    assert code == 1
    assert "m/even" not in printed
    assert printed.splitlines()[-3:] == [
        "  Passed by guessing: 6.2 % in one attempt, 12 % in all 2.",
        "m/long.quiz.md: guessing passes it more often than `guessing: 1 %` allows.",
        "m/long.quiz.md: longest passes in 100 %, more than guessing explains; it takes the longest choice and option, "
        "and ticks boxes longer than the mean.",
    ]


def test_json_has_the_same_figures(content: Path) -> None:
    (content / "m" / "free.quiz.md").write_text(f"---\ntitle: Free\npreset: practice\n---\n{EVEN}", encoding="utf-8")
    code, printed, _ = simulate(str(content), "--json")
    even, free = json.loads(printed)
    assert code == 0
    assert even["guessing"] == {"once": 0.0625, "overall": 0.0625, "exact": True}
    assert (even["quiz"], even["pass"], even["attempts"], even["limit"], even["found"]) == ("m/even", 0.8, 1, None, [])
    assert even["robots"][-1] == {"robot": "perfect", "passed": 1.0, "mean_score": 1.0}
    assert (free["guessing"], free["pass"], free["robots"][0]["passed"]) == (None, None, None)
    assert "Without a pass mark there is nothing to pass." in simulate(str(content), "--quiz", "m/free")[1]


def test_a_folder_without_quizzes_is_silent(content: Path) -> None:
    (content / "m" / "even.quiz.md").unlink()
    assert simulate(str(content)) == (0, "", "")
    assert simulate(str(content), "--json") == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--quiz", "m/evn"], "m/evn: there is no such quiz. Did you mean m/even?"),
        (["--quiz", "other"], "The quizzes are: m/even."),
        (["--learners", "0"], "--learners"),
        (["nowhere"], "nowhere"),
    ],
)
def test_wrong_use_exits_with_2(content: Path, arguments: list[str], told: str) -> None:
    done = CliRunner().invoke(main, ["simulate", *arguments])
    assert done.exit_code == 2
    assert told in done.stderr
