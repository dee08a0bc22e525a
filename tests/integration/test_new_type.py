"""Adding a question type is adding one file: it is read, checked, marked, shown, answered and documented.

The program is started in a process of its own, in which a folder with one more type belongs to `quizapp.questions`;
nothing else is changed.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TYPE = '''
"""Dates: a year to type, right within some years of the one that is meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
    NOT_OFFERED, Answer, Control, Mark, Outcome, QuestionType, Reading, Response, plain
)
from quizapp.questions.controls import Typing
from quizapp.source.blocks import Block

YEAR = re.compile(r"year (?P<year>[0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Year(QuestionType):
    """Half of it for ten years off."""

    name: ClassVar[str] = "year"
    title: ClassVar[str] = "Year"
    word: ClassVar[str] = "year"
    wants: ClassVar[str] = "a list with one line, such as `- year 1982`"
    marking: ClassVar[str] = "The year earns all, one within ten years half."
    example: ClassVar[str] = """
## When was the protocol of mail first written down? {#smtp-year .year}

- year 1982

RFC 821 is of August 1982.
"""
    year: int

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A list that begins with a year."""
        return block.kind == "list" and YEAR.match(block.children[0].text.lstrip("- ")) is not None

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the year."""
        found = YEAR.search(blocks[0].text)
        return cls(int(found["year"])) if found else None

    def write(self) -> str:
        """The list."""
        return f"- year {self.year}"

    def control(self, order: Sequence[int]) -> Control:
        """A line to type in."""
        return Typing("type_number")

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The year."""
        return (Answer(typed=str(self.year), credit=Fraction(1)),)

    @property
    def correct_response(self) -> Response:
        """The year."""
        return str(self.year)

    def mark(self, response: Response) -> Mark:
        """All, half or nothing."""
        if response is None:
            return Mark("blank")
        if not isinstance(response, str):
            return NOT_OFFERED
        if not response.isdecimal():
            return Mark("invalid", trouble="not-a-number")
        off = abs(int(response) - self.year)
        return Mark("graded", Fraction(1) if not off else Fraction(1, 2) if off <= 10 else Fraction(0))

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """Right or not."""
        return {0: Outcome("right" if self.mark(response).credit else "wrong", given=plain(str(response)))}
'''
QUESTION = "## When was DNS first written down? {#dns-year .year}\n\n- year 1983\n\nRFC 882 is of November 1983.\n"
LESSON = f"# Years\n\nWhen was what?\n\n## Check your knowledge {{.check}}\n\n#{QUESTION}"
# What a process runs first: the folder of the new type is one more of the package.
WITH_TYPE = """
import sys
from pkgutil import iter_modules
import importlib.util

spec = importlib.util.find_spec("quizapp.questions")
spec.submodule_search_locations.append(sys.argv.pop(1))
package = importlib.util.module_from_spec(spec)
sys.modules["quizapp.questions"] = package
spec.loader.exec_module(package)
"""
COMMAND = f"{WITH_TYPE}\nfrom quizapp.cli import main\nmain()\n"
VISIT = f"""{WITH_TYPE}
from pathlib import Path

from quizapp.settings import Settings
from quizapp.site import prepare_site
from quizapp.web import create_app
from tests.pages import Visitor
from tests.people import add, enter

content, instance = map(Path, sys.argv[1:3])
site = prepare_site(Settings(content, instance))
visitor = Visitor(create_app(site=site).test_client())
form = visitor.get("/modules/m/years").form("/checks/check")
partly = visitor.send(form, **{{"answer-1": "1990"}})
assert "Partly right: 50 %." in partly.text, partly.text
assert "RFC 882" not in partly.text
form = visitor.get(partly.links["Try again"]).form("/checks/check")
assert "This is not a number" in visitor.send(form, **{{"answer-1": "long ago"}}).text
right = visitor.send(form, **{{"answer-1": "1983"}})
assert "Completed" in right.text and "RFC 882" in right.text, right.text
author = Visitor(enter(create_app(site=site).test_client(), add(site, "Ann", "author")))
page = author.get("/teach/types/").text
for said in ("Year", "The year earns all, one within ten years half.", ".year", "- year 1982", "RFC 821"):
    assert said in page, said
site.database.close()
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the type, and beside it content that asks in it."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "year.py").write_text(TYPE, encoding="utf-8")
    module = tmp_path / "content" / "m"
    module.mkdir(parents=True)
    (module / "1-years.md").write_text(LESSON, encoding="utf-8")
    (module / "q.bank.md").write_text(QUESTION.replace("dns-year", "dns-year-too"), encoding="utf-8")
    (tmp_path / "instance").mkdir()
    return tmp_path


def test_without_its_file_it_is_no_type(folder: Path) -> None:
    (folder / "types" / "year.py").unlink()
    done = run(COMMAND, str(folder / "types"), "check", str(folder / "content"))
    assert (done.returncode, done.stderr) == (1, "")
    assert "`.year` is not known" in done.stdout


def test_it_is_checked_and_marked(folder: Path) -> None:
    types, bank = str(folder / "types"), str(folder / "content" / "m" / "q.bank.md")
    done = run(COMMAND, types, "check", str(folder / "content"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run(COMMAND, types, "mark", bank, "dns-year-too", '"1990"')
    assert json.loads(done.stdout) == {"status": "graded", "credit": 0.5, "feedback": []}
    done = run(COMMAND, types, "mark", bank, "dns-year-too", "7")
    assert (done.returncode, done.stdout) == (2, "")


def test_what_is_wrong_with_a_question_of_it_is_told(folder: Path) -> None:
    (folder / "content" / "m" / "q.bank.md").write_text("## When? {#when .year}\n\nLong ago.\n", encoding="utf-8")
    done = run(COMMAND, str(folder / "types"), "check", str(folder / "content"))
    assert "Add a list with one line, such as `- year 1982`" in done.stdout


def test_it_is_shown_answered_and_documented(folder: Path) -> None:
    done = run(VISIT, str(folder / "types"), str(folder / "content"), str(folder / "instance"))
    assert (done.returncode, done.stderr) == (0, "")
