"""A new instructor with nothing but the guide: its commands in their order, its examples, to a published module."""

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli import main
from quizapp.content.catalogue import read_catalogue
from quizapp.formats.banks import plan_bank
from quizapp.formats.contract import IMPORTERS, Source
from quizapp.settings import Settings
from quizapp.site import prepare_site
from quizapp.web import create_app
from tests.pages import Visitor
from tests.test_guide import FENCE, page

TYPES = ("one-right-answer", "several-right-answers", "a-number", "order", "blanks", "pairs")
PLAN = page("three-lessons")


def commands_in(text: str) -> list[list[str]]:
    """What a lesson tells to type, word by word, without the program's name."""
    lines = "\n".join(fence["text"] for fence in FENCE.finditer(text) if fence["info"].strip() == "sh").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("quizapp ")]


def example(lesson: str) -> str:
    """The question that a lesson on a type shows first."""
    return next(fence["text"] for fence in FENCE.finditer(page(lesson)) if fence["info"].strip() == "markdown")


def run(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, (words, done.output)
    return done.output


@contextmanager
def learner(content: Path, instance: Path) -> Iterator[Visitor]:
    """Somebody who opens the site."""
    site = prepare_site(Settings(content, instance))
    yield Visitor(create_app(site=site).test_client())
    site.database.close()


def test_an_empty_folder_becomes_a_published_module_of_three_lessons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QUIZAPP_CONTENT", "QUIZAPP_INSTANCE", "QUIZAPP_PRIVATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    run(*commands_in(page("an-empty-folder"))[0])
    monkeypatch.chdir(tmp_path / "bread-school")
    for words in commands_in(PLAN):
        run(*words)
    bread = Path("content/bread")
    for number, lesson in enumerate(sorted(bread.glob("[0-9]*.md"))):
        questions = "\n".join(map(example, TYPES[2 * number : 2 * number + 2]))
        above = re.split(r"\n## Check", lesson.read_text(encoding="utf-8"))[0]
        lesson.write_text(f"{above}\n## Check your knowledge {{.check}}\n\n{questions}", encoding="utf-8")
    assert "error" not in run("check")
    module = read_catalogue(Path("content"))[0].module("bread")
    assert len(module.lessons) == 3
    asked = {question.type.name for one in module.lessons for check in one.checks for question in check.questions}
    assert asked == {"single", "multiple", "numeric", "order", "fill-in", "match"}
    with learner(Path("content"), tmp_path / "instance") as visitor:
        for one in module.lessons:
            visitor.get(f"/modules/bread/{one.name}")
            assert visitor.status == 200
        visitor.get("/modules/bread/quizzes/bread-test")
        assert visitor.status == 200


def test_every_file_that_the_guide_names_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run(*commands_in(page("an-empty-folder"))[0])
    named = re.findall(r"^\| `([^`]+)` \|", page("an-empty-folder"), flags=re.MULTILINE)
    assert [name for name in named if not (tmp_path / "bread-school" / name).exists()] == ["instance/"]
    monkeypatch.chdir(tmp_path / "bread-school")
    made = run(*commands_in(page("write-and-see"))[0])
    [told] = re.findall(r"It says where the file is: `(.*?)`", page("write-and-see"))
    assert told in made


def test_what_the_guide_pastes_is_understood_whole() -> None:
    [pasted, *_] = [fence["text"] for fence in FENCE.finditer(page("paste-what-you-have")) if fence["info"] == "text"]
    found = IMPORTERS["text"].read(Source(pasted.encode()))
    plan = plan_bank(found.items, None, {})
    assert (len(plan.added), plan.errors, plan.left) == (3, (), ())
    assert any("took what is marked with `*` as right" in note.text for item in found.items for note in item.guesses)
