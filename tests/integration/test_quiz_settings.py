"""The settings of a quiz and the chance to pass it by guessing, as staff see them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pages import Visitor

SignIn = Callable[..., Visitor]
QUESTIONS = "".join(f"## Which {n}? {{#w{n}}}\n\n- (x) a\n- ( ) b\n- ( ) c\n- ( ) d\n\n" for n in (1, 2))


@pytest.mark.parametrize(
    ("front", "told"),
    [
        (
            "preset: exam\npass: 100%\ntime: 20 min\nattempts: 3\nkeep: mean\ndelay: 2 h\nopens: 2026-12-01 09:00\n"
            "closes: 2026-12-24 18:00\nguessing: 50%\nnavigation: forward\nconfidence: yes",
            ["Pass mark 100 %", "Time 20 minutes", "Attempts 3", "Score that counts the mean of all attempts",
             "Between attempts 2 hours", "Opens 1 December 2026, 09:00", "Closes 24 December 2026, 18:00", "Hints none",
             "Marks, feedback and key are shown after the attempt", "Pages one question on a page",
             "Way back none", "Confidence asked", "Guessing may pass 50 % at most",
             "Passed by guessing: 6.2 % in one attempt, 6.2 % in all 3."],
        ),
        (
            "pass: 50\ntime: 1 min\nattempts: 1\nhint-cost: 10%\nreveal: {marks: during, key: never}",
            ["Time one minute", "each takes 10 % off its question", "Marks are shown as soon as a question is checked",
             "The key is shown never", "Feedback is shown after the attempt", "Passed by guessing: 100 %."],
        ),
        (
            "pass: 100\ndelay: 1 day",
            ["Between attempts one day", "Attempts any number", "Score that counts the best",
             "Passed by guessing: 6.2 % in one attempt, 100 % in any number of them.", "no limit"],
        ),
        ("preset: practice", ["Pass mark none", "Marks, feedback and key are shown as soon as a question is checked"]),
    ],
)  # fmt: skip
def test_a_quiz_tells_its_settings_and_how_soon_guessing_passes(
    folder: Path, sign_in: SignIn, front: str, told: list[str]
) -> None:
    quiz = f"---\ntitle: Final\n{front}\n---\n{QUESTIONS}"
    (folder / "exchange" / "mail-flow" / "final.quiz.md").write_text(quiz, encoding="utf-8")
    page = sign_in("Ines", "instructor").get("/teach/modules/mail-flow/quizzes/final").text
    for words in told:
        assert words in page
    assert ("Passed by guessing" in page) is ("practice" not in front)
