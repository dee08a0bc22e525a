"""`quizapp export`: bytes on standard output or in a new file, what is lost on standard error."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import main
from quizapp.cli.export import sub_command
from quizapp.formats.contract import IMPORTERS, Exported, Exporter, Loss, Media, Source, Tell, nobody
from quizapp.questions.base import Question

BANK = """---
title: Sky
---

## Which is wet? {#wet tags=rain}

- (x) Rain
- ( ) Sand

## What falls? {#falls}

- = Snow
"""


class Names(Exporter):
    """The title, then a name on each line; it holds single choice only, and no tags."""

    title = "a list of names"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        held = [one for one in questions if one.type.name == "single"]
        losses = [Loss(one.key, "this type is not held.", is_left_out=True) for one in questions if one not in held]
        losses += [Loss(one.key, "its tags are left out.") for one in held if one.tags]
        picture = media("weather/media/sun.svg")
        return Exported("\n".join([title, *(one.key for one in held), str(picture)]).encode(), tuple(losses))


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module of a content folder: a bank, a quiz of its own question and one of the bank, a lesson."""
    module = tmp_path / "content" / "weather"
    (module / "media").mkdir(parents=True)
    (module / "media" / "sun.svg").write_text("<svg/>", encoding="utf-8")
    (module / "1-rain.md").write_text("# Rain\n\nIt rains.\n", encoding="utf-8")
    (module / "sky.bank.md").write_text(BANK, encoding="utf-8")
    quiz = "## Is it late? {#late}\n\n- (x) Yes\n- ( ) No\n\n## [](sky.bank.md#wet)\n"
    (module / "end.quiz.md").write_text(quiz, encoding="utf-8")
    return module


def run(*arguments: object) -> Result:
    return CliRunner().invoke(sub_command(Names()), list(map(str, arguments)))


def test_a_bank_goes_to_standard_output_and_its_losses_are_told_with_their_place(module: Path) -> None:
    done = run(module / "sky.bank.md")
    assert done.exit_code == 1
    assert done.stdout == "Sky\nweather#wet\nb'<svg/>'"
    assert done.stderr == (
        "weather/sky.bank.md:10: weather#falls: left out: this type is not held.\n"
        "weather/sky.bank.md:5: weather#wet: its tags are left out.\n"
        "1 question written, 1 left out\n"
    )


def test_a_quiz_takes_what_it_may_ask_along(module: Path) -> None:
    assert run(module / "end.quiz.md").stdout.split("\n")[1:3] == ["weather#late", "weather#wet"]


def test_a_folder_gives_every_question_once(module: Path) -> None:
    for folder in (module, module.parent):
        assert sorted(run(folder).stdout.split("\n")[1:-1]) == ["weather#late", "weather#wet"]


def test_what_holds_everything_ends_with_0(module: Path) -> None:
    (module / "sky.bank.md").write_text("## Wet? {#wet}\n\n- (x) Yes\n- ( ) No\n", encoding="utf-8")
    done = run(module / "sky.bank.md")
    assert (done.exit_code, done.stderr) == (0, "1 question written\n")


def test_a_file_is_written_and_never_over_another_one(module: Path, tmp_path: Path) -> None:
    out = tmp_path / "names.txt"
    assert run(module / "sky.bank.md", "-o", out).stdout == ""
    assert out.read_text(encoding="utf-8").startswith("Sky\n")
    out.write_text("mine", encoding="utf-8")
    refused = run(module / "sky.bank.md", "-o", out)
    assert (refused.exit_code, out.read_text(encoding="utf-8")) == (2, "mine")
    assert "this file exists" in refused.stderr
    run(module / "sky.bank.md", "-o", out, "--force")
    assert out.read_text(encoding="utf-8").startswith("Sky\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["content", "names.txt"]


def test_a_question_with_an_error_is_told_and_the_others_are_written(module: Path) -> None:
    (module / "sky.bank.md").write_text(BANK + "\n## Which?\n\n- ( ) A\n- ( ) B\n", encoding="utf-8")
    done = run(module / "sky.bank.md")
    assert done.exit_code == 1
    assert "weather/sky.bank.md:16: left out: No answer is marked right" in done.stderr
    assert "weather#wet" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["{module}/sky.bank"], "there is no such file or folder"),
        (["{module}/media/sun.svg"], "this is no Markdown file"),
        (["{module}/1-rain.md"], "there is no question in it"),
        (["{module}", "-o", "{module}"], "no file can be written there"),
        (["{module}", "-o", "{module}/none/x.txt"], "no file can be written there"),
        ([], "Missing argument"),
    ],
)
def test_wrong_use_is_told(module: Path, arguments: list[str], text: str) -> None:
    done = run(*(one.format(module=module) for one in arguments))
    assert done.exit_code == 2
    assert text in done.stderr


def test_every_format_that_can_be_written_has_a_command() -> None:
    assert CliRunner().invoke(main, ["export", "--help"]).exit_code == 0


def test_rules_of_a_quiz_that_no_format_holds_are_told(module: Path) -> None:
    quiz = "---\ntime: 20 min\nattempts: 2\npass: 70%\n---\nRead.\n\n## [](sky.bank.md) {count=1}\n"
    (module / "end.quiz.md").write_text(quiz, encoding="utf-8")
    done = run(module / "end.quiz.md")
    assert done.exit_code == 1
    place = "weather/end.quiz.md: weather/end: "
    assert f"{place}its `pass`, `time` and `attempts` are left out.\n" in done.stderr
    assert f"{place}that it asks 1 of 2 questions is left out: all of them are there.\n" in done.stderr
    assert f"{place}its introduction is left out.\n" in done.stderr


@pytest.mark.parametrize("name", ["qti3", "qti12", "text2qti"])
def test_a_quiz_goes_out_with_its_rules(module: Path, tmp_path: Path, name: str) -> None:
    quiz = "---\npages: one\nnavigation: forward\n---\nRead.\n\n## [](sky.bank.md) {count=1}\n"
    (module / "end.quiz.md").write_text(quiz, encoding="utf-8")
    (module / "sky.bank.md").write_text(BANK.replace("tags=rain", ""), encoding="utf-8")
    file = tmp_path / "end.out"
    done = CliRunner().invoke(main, ["export", name, str(module / "end.quiz.md"), "-o", str(file)])
    assert (done.exit_code, done.stderr) == (0, "2 questions written\n"), done.output
    importer = {"qti3": "qti"}.get(name, name)
    [again] = IMPORTERS[importer].read(Source(file.read_bytes(), "x")).quizzes
    assert (again.title, again.introduction, again.settings["navigation"]) == ("End", "Read.", "forward")
    assert [(len(one.items), one.count) for one in again.sections] == [(2, 1)]
