"""Every piece of advice has texts and a worked example, for the list of problems and for the guide."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import quizapp
from quizapp.advice.advising import known_codes
from quizapp.advice.base import ADVICE, Advice
from quizapp.source.report import TEXTS
from tests.unit.advice.advised import codes, written

BOTH = sorted(ADVICE.items())


@pytest.mark.parametrize(("code", "advice"), BOTH)
def test_the_example_of_an_advice_gets_it_and_its_mend_gets_nothing(tmp_path: Path, code: str, advice: Advice) -> None:
    example = advice.example
    assert codes(tmp_path / "before", {**example.around, example.path: example.before}) == [code]
    assert codes(tmp_path / "after", {**example.around, example.path: example.after}) == []


def test_texts_are_two_sentences_and_codes_are_short() -> None:
    for code, advice in ADVICE.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+){1,3}", code)
        assert re.fullmatch(r"[A-Z“{].*[^.]\.", advice.message), code
        assert re.fullmatch(r"[A-Z{].*[^.][.}]", advice.advice), code
        assert advice.title
        assert advice.title[-1] != "."
        assert type(advice).__doc__
    assert not ADVICE.keys() & TEXTS.keys()
    assert known_codes() >= {"several-right", "longest-choice"}


def test_every_module_with_advice_is_named_as_its_code() -> None:
    for code, advice in ADVICE.items():
        assert type(advice).__module__ == f"quizapp.advice.{code.replace('-', '_')}"


def test_a_file_in_the_folder_is_all_that_an_advice_takes(tmp_path: Path) -> None:
    shutil.copytree(Path(quizapp.__file__).parent, tmp_path / "quizapp")
    (tmp_path / "quizapp" / "advice" / "shouting_heading.py").write_text(
        "from quizapp.advice.base import Advice, Finding\n"
        "class Shouting(Advice):\n"
        "    code = 'shouting-heading'\n    title = 'A heading that shouts'\n"
        "    message = 'This heading shouts.'\n    advice = 'Write it in small letters.'\n"
        "    def of_question(self, question, sight):\n"
        "        if question.heading.text.isupper():\n"
        "            yield Finding(question.path, sight.question(question))\n",
        encoding="utf-8",
    )
    loud = "## WHICH? {#which}\n\n- = this\n\nBecause.\n"
    quiet = (
        loud.replace("WHICH", "WHO").replace("which", "who") + "\n<!-- advice-off shouting-heading: as its sign -->\n"
    )
    content = written(tmp_path / "content", {"m/1.bank.md": loud, "m/2.bank.md": quiet})
    command = [sys.executable, "-m", "quizapp", "check", "--json", str(content)]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path)})
    assert [(one["path"], one["code"], one["column"]) for one in json.loads(found.stdout)] == [
        ("m/1.bank.md", "shouting-heading", 4)
    ]
