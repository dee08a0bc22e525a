"""`quizapp import`: a preview on standard error, Markdown on standard output or in a bank."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import main
from quizapp.content.catalogue import read_catalogue
from quizapp.formats.banks import identity_of
from tests.unit.formats.qti12_items import PNG, choices, document, earns, item, package

GOOD = "1. Which is wet?\na) Sand\n*b) Rain\n"
OPEN = "2. Which is blue?\na) Sky\nb) Grass\n"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module of a content folder, with a lesson."""
    module = tmp_path / "content" / "weather"
    module.mkdir(parents=True)
    (module / "1-rain.md").write_text("# Rain\n\nIt rains.\n", encoding="utf-8")
    return module


def run(*arguments: object, given: str | None = None, content: Path | None = None) -> Result:
    settings = {"QUIZAPP_CONTENT": str(content)} if content else {}
    return CliRunner().invoke(main, ["import", *map(str, arguments)], input=given, env=settings)


def test_a_text_becomes_markdown_and_what_was_guessed_is_told_apart() -> None:
    done = run("text", "-", given=GOOD)
    assert done.exit_code == 0
    assert done.stdout == "## Which is wet? {#which-is-wet}\n\n- ( ) Sand\n- (x) Rain\n"
    assert "standard input: 1 question (1 single choice)" in done.stderr
    assert "standard input:3: guess: took what is marked with `*` as right." in done.stderr


def test_a_question_without_a_key_keeps_all_out_unless_only_the_good_are_wanted() -> None:
    refused = run("text", "-", given=GOOD + OPEN)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "standard input:4: no key: “Which is blue?”: nothing says which choice is right." in refused.stderr
    assert "With --only-good those that can be saved are." in refused.stderr
    taken = run("text", "-", "--only-good", given=GOOD + OPEN)
    assert taken.exit_code == 1
    assert "{#which-is-wet}" in taken.stdout
    assert "blue" not in taken.stdout


def test_how_many_cannot_be_saved_is_counted_too() -> None:
    assert "2 questions (1 single choice, 1 cannot be saved yet)" in run("text", "-", given=GOOD + OPEN).stderr


def test_a_file_that_seems_to_be_of_another_format_is_told_with_its_command(tmp_path: Path) -> None:
    source = tmp_path / "bank.xml"
    source.write_text("Rain is wet. {TRUE}\n", encoding="utf-8")
    done = run("moodle", source)
    assert done.exit_code == 1
    assert "this looks like “GIFT, the text format of Moodle”: " in done.stderr
    assert "Read it with `quizapp import gift`." in done.stderr
    assert "this is a PDF" in run("text", "-", given="%PDF-1.7 \0").stderr
    empty = run("moodle", "-", given="")
    assert empty.stderr.splitlines()[1:] == ["standard input: this file is empty. Export it again."]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without an end here")
def test_a_file_without_an_end_is_refused() -> None:
    done = run("text", "/dev/zero")
    assert done.exit_code == 2
    assert "/dev/zero: this has more than 16 MiB" in done.stderr


def test_what_is_told_rings_no_bell_and_moves_no_cursor(tmp_path: Path) -> None:
    source = tmp_path / "x.gift"
    source.write_text("::Wet\x07\x1b]0;x\x07:: Which? {=Rain ~Sand\n\n$CATEGORY: a\x1b[2Jb\n", encoding="utf-8")
    done = run("gift", source)
    assert "“Wet\ufffd" in done.stderr
    assert not {"\x07", "\x1b"} & {*done.stderr}


def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path) -> None:
    source = tmp_path / os.fsdecode(b"wet-\xff.txt")
    source.write_text(GOOD, encoding="utf-8")
    done = run("text", source, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["files"][0]["file"].endswith("wet-\ufffd.txt")


def test_a_bank_gets_the_questions_once(module: Path, tmp_path: Path) -> None:
    bank = module / "sky.bank.md"
    first = run("text", "-", "--to", bank, given=GOOD, content=tmp_path / "content")
    assert first.exit_code == 0, first.output
    assert first.stderr.endswith(f"{bank}: added 1 question: #which-is-wet\n")
    text = bank.read_bytes()
    again = run("text", "-", "--to", bank, given=GOOD, content=tmp_path / "content")
    assert (again.exit_code, again.stdout, bank.read_bytes()) == (0, "", text)
    assert "is there already, as #which-is-wet" in again.stderr
    catalogue, problems = read_catalogue(tmp_path / "content")
    assert "weather#which-is-wet" in catalogue.questions()
    assert [one for one in problems if one.severity == "error"] == []


def test_a_question_of_another_bank_of_the_module_is_not_put_in_again(module: Path, tmp_path: Path) -> None:
    run("text", "-", "--to", module / "sky.bank.md", given=GOOD, content=tmp_path / "content")
    run("text", "-", "--to", module / "earth.bank.md", given=GOOD, content=tmp_path / "content")
    assert not (module / "earth.bank.md").exists()


def test_pictures_of_a_package_go_beside_the_bank_once(module: Path, tmp_path: Path) -> None:
    stem = '<p>Look: <img src="$IMS-CC-FILEBASE$/map.png" alt="A map"></p>'
    asked = item("multiple_choice_question", stem, choices("Rain", "Sand"), earns("c1"))
    file, bank = tmp_path / "rain.zip", module / "rain.bank.md"
    file.write_bytes(package({"q.xml": document(asked), "web_resources/map.png": PNG}))
    done = run("qti12", file, "--to", bank, content=module.parent)
    assert done.exit_code == 0, done.stderr
    [picture] = (module / "media").iterdir()
    assert picture.read_bytes() == PNG
    assert f"![A map](media/{picture.name})" in bank.read_text()
    assert picture.name in done.stderr
    before = bank.read_bytes()
    assert run("qti12", file, "--to", bank, content=module.parent).exit_code == 0
    assert (bank.read_bytes(), list((module / "media").iterdir())) == (before, [picture])


def test_where_a_picture_cannot_be_put_nothing_is_saved(module: Path, tmp_path: Path) -> None:
    stem = '<img src="a.png" alt="A"> <img src="b.png" alt="B">'
    asked = item("multiple_choice_question", stem, choices("Rain", "Sand"), earns("c1"))
    file, bank = tmp_path / "rain.zip", module / "rain.bank.md"
    file.write_bytes(package({"q.xml": document(asked), "a.png": PNG, "b.png": PNG + b"2"}))
    run("qti12", file, "--to", bank, content=module.parent)
    first, second = sorted((module / "media").iterdir())
    bank.unlink()
    first.unlink()
    second.write_bytes(b"another")
    done = run("qti12", file, "--to", bank, content=module.parent)
    assert done.exit_code == 1
    assert "another file of this name is there. Nothing is saved." in done.stderr
    assert not bank.exists()
    assert list((module / "media").iterdir()) == [second]


def test_a_dry_run_writes_nothing(module: Path, tmp_path: Path) -> None:
    bank = module / "sky.bank.md"
    done = run("text", "-", "--to", bank, "--dry-run", given=GOOD, content=tmp_path / "content")
    assert done.exit_code == 0
    assert not bank.exists()


def test_json_tells_everything(module: Path, tmp_path: Path) -> None:
    bank = module / "sky.bank.md"
    done = run("text", "-", "--json", "--only-good", "--to", bank, given=GOOD + OPEN, content=tmp_path / "content")
    told = json.loads(done.stdout)
    [file] = told["files"]
    assert [question["type"] for question in file["questions"]] == ["single", None]
    assert file["questions"][1]["options"] == ["Sky", "Grass"]
    assert told["bank"]["added"] == ["which-is-wet"]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["text", "nothing.txt"], "it cannot be read"),
        (["text", "-", "--to", "lesson.md"], "this is no question bank"),
        (["text", "-", "--to", "nowhere/x.bank.md"], "there is no such folder"),
        (["text"], "Missing argument"),
        (["nothing"], "No such command"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], text: str) -> None:
    done = run(*arguments, given=GOOD)
    assert done.exit_code == 2
    assert text in done.stderr


def test_every_format_has_a_command() -> None:
    done = run("--help")
    assert "docx" in done.stdout
    assert "text" in done.stdout


def test_a_file_is_read_in_the_format_that_was_named_whatever_it_is_called(tmp_path: Path) -> None:
    file = tmp_path / "moodle.txt"
    file.write_text("Which is wet?{=Rain ~Sand}\n", encoding="utf-8")
    done = run("gift", file)
    assert (done.exit_code, done.stdout) == (0, "## Which is wet? {#which-is-wet}\n\n- (x) Rain\n- ( ) Sand\n")


def test_any_text_may_be_named_and_its_ending_says_more(tmp_path: Path) -> None:
    file = tmp_path / "moodle.gift"
    file.write_text("Which is wet?{=Rain ~Sand}\n", encoding="utf-8")
    assert run("text", file).stdout == run("gift", file).stdout


QUIZ = "Quiz title: Rain exam\n1. Which is dry?\n*a) Sand\nb) Sea\n\nGROUP\npick: 1\n" + GOOD + "\n"
QUIZ += "2. Which is blue?\n*a) Sky\nb) Grass\nEND_GROUP\n"


def test_a_test_becomes_a_quiz_beside_the_bank_once(module: Path, tmp_path: Path) -> None:
    bank, quiz = module / "sky.bank.md", module / "rain-exam.quiz.md"
    first = run("text2qti", "-", "--to", bank, given=QUIZ, content=tmp_path / "content")
    assert first.exit_code == 0, first.output
    assert f"{quiz}: added the quiz “Rain exam”, which asks 2 of 3 questions" in first.stderr
    assert "{count=1 tags=group-1}" in quiz.read_text()
    before = bank.read_bytes(), quiz.read_bytes()
    again = run("text2qti", "-", "--to", bank, given=QUIZ, content=tmp_path / "content")
    assert (again.exit_code, bank.read_bytes(), quiz.read_bytes()) == (0, *before)
    assert "is there already, as rain-exam.quiz.md." in again.stderr
    quiz.unlink()
    assert run("text2qti", "-", "--to", bank, given=QUIZ, content=tmp_path / "content").exit_code == 0
    assert (bank.read_bytes(), quiz.read_bytes()) == before
    _, problems = read_catalogue(tmp_path / "content")
    assert [one for one in problems if one.severity == "error"] == []


def test_another_quiz_of_that_name_keeps_the_questions_out_too(module: Path, tmp_path: Path) -> None:
    bank, quiz = module / "sky.bank.md", module / "rain-exam.quiz.md"
    quiz.write_text("---\ntitle: Mine\n---\n\n## Why? {#mine .essay}\n", encoding="utf-8")
    done = run("text2qti", "-", "--to", bank, given=QUIZ, content=tmp_path / "content")
    assert done.exit_code == 1
    assert "rain-exam.quiz.md is there already, and says something else." in done.stderr
    assert not bank.exists()
    assert "title: Mine" in quiz.read_text()


def test_without_the_quiz_only_the_questions_come(module: Path, tmp_path: Path) -> None:
    bank = module / "sky.bank.md"
    done = run("text2qti", "-", "--to", bank, "--no-quiz", given=QUIZ, content=tmp_path / "content")
    assert done.exit_code == 0, done.output
    assert "tags=" not in bank.read_text()
    assert sorted(one.name for one in module.iterdir()) == ["1-rain.md", "sky.bank.md"]
    assert "the quiz “Rain exam” is left out." in done.stderr


def test_a_dry_run_and_standard_output_tell_of_a_quiz_and_write_none(module: Path, tmp_path: Path) -> None:
    done = run("text2qti", "-", "--to", module / "sky.bank.md", "--dry-run", given=QUIZ, content=tmp_path / "content")
    assert (
        "the quiz “Rain exam”, which asks 2 of 3 questions, goes beside the bank, as rain-exam.quiz.md." in done.stderr
    )
    assert [one.name for one in module.iterdir()] == ["1-rain.md"]
    shown = run("text2qti", "-", given=QUIZ)
    assert "tags=group-1" in shown.stdout
    assert "as rain-exam.quiz.md, with --to." in shown.stderr


def test_json_tells_what_a_quiz_asks(module: Path, tmp_path: Path) -> None:
    bank = module / "sky.bank.md"
    told = json.loads(run("text2qti", "-", "--json", "--to", bank, given=QUIZ, content=tmp_path / "content").stdout)
    [quiz] = told["files"][0]["quizzes"]
    ids = [question["id"] for question in told["files"][0]["questions"]]
    assert quiz["sections"] == [
        {"title": "", "count": None, "questions": ids[:1]},
        {"title": "Group 1", "count": 1, "questions": ids[1:]},
    ]
    assert told["bank"]["quizzes"] == [{"file": "rain-exam.quiz.md", "title": "Rain exam", "is_there": False}]


COURSE = """$CATEGORY: $course$/top/Rain

::wet:: Which is wet? {=Rain ~Sand}

$CATEGORY: $course$/top/Sun/Heat

::hot:: Which is hot? {=Fire ~Ice}
"""
ALONE = "::blue:: Which is blue? {=Sky ~Grass}\n"


def test_a_course_goes_into_a_bank_for_each_category(module: Path, tmp_path: Path) -> None:
    course, alone = tmp_path / "course.gift", tmp_path / "colours of 2025.gift"
    course.write_text(COURSE, encoding="utf-8")
    alone.write_text(ALONE, encoding="utf-8")
    shown = run("gift", course, alone, "--to", module, "--dry-run")
    assert shown.exit_code == 0
    assert "sun-heat.bank.md: 1 question, a new bank, “Heat”" in shown.stderr
    assert [one.name for one in module.iterdir()] == ["1-rain.md"]
    done = run("gift", course, alone, "--to", f"{module}/")
    assert done.exit_code == 0
    assert f"{module}/rain.bank.md: added 1 question: #wet" in done.stderr
    banks = {
        one.key: [q.name for q in one.questions] for one in read_catalogue(module.parent)[0].modules["weather"].banks
    }
    assert banks == {"weather/colours-of-2025": ["blue"], "weather/rain": ["wet"], "weather/sun-heat": ["hot"]}
    before = {one.name: one.read_bytes() for one in module.iterdir()}
    again = run("gift", course, alone, "--to", module)
    assert (again.exit_code, again.stderr.count("is there already")) == (0, 3)
    assert {one.name: one.read_bytes() for one in module.iterdir()} == before


def test_a_course_goes_in_as_a_whole_or_not_at_all(module: Path, tmp_path: Path) -> None:
    course = tmp_path / "course.gift"
    course.write_text(f"{COURSE}\n::bad:: Which is none? {{~a ~b}}\n", encoding="utf-8")
    refused = run("gift", course, "--to", module)
    assert refused.exit_code == 1
    assert [one.name for one in module.iterdir()] == ["1-rain.md"]
    assert run("gift", course, "--to", module, "--only-good").exit_code == 1
    assert sorted(one.name for one in module.iterdir()) == ["1-rain.md", "rain.bank.md", "sun-heat.bank.md"]


def test_a_whole_content_folder_and_what_holds_modules_is_no_place_for_banks(module: Path) -> None:
    whole = run("text", "-", "--to", module.parent, given=GOOD)
    assert whole.exit_code == 2
    assert "This is a whole content folder. Name the folder of a module in it." in whole.stderr
    (module.parent / "path" / "one").mkdir(parents=True)
    (module.parent / "path" / "one" / "1-a.md").write_text("# A\n\nB.\n", encoding="utf-8")
    path = run("text", "-", "--to", module.parent / "path", given=GOOD)
    assert "path: this folder holds modules. Name the folder of one of them." in path.stderr


def test_a_content_folder_comes_back_from_json_with_equal_questions(module: Path, tmp_path: Path) -> None:
    course = tmp_path / "course.gift"
    course.write_text(COURSE, encoding="utf-8")
    run("gift", course, "--to", module)
    new = module.parent / "new"
    new.mkdir()
    exported = CliRunner().invoke(main, ["export", "json", str(module.parent), "-o", str(tmp_path / "all.json")])
    assert exported.exit_code == 0
    assert run("json", tmp_path / "all.json", "--to", new).exit_code == 0
    modules = read_catalogue(module.parent)[0].modules
    old, now = ([identity_of(q) for bank in modules[key].banks for q in bank.questions] for key in ("weather", "new"))
    assert old == now
    assert len(now) == 2
    assert sorted(one.name for one in new.iterdir()) == ["weather-rain.bank.md", "weather-sun-heat.bank.md"]
