"""Folders to a catalogue: what is loaded, in which order, under which keys."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.catalogue import read_catalogue
from quizapp.content.folder import key_of, media_file, natural, state_of
from quizapp.content.memory import Memory
from quizapp.content.visibility import Viewer, visible

PLACES = ["a.md", "m/1.md", "p/m/1.md", "p/q/r/s.md", "m/index.md", "index.md"]


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_zero_configuration(tmp_path: Path) -> None:
    catalogue, problems = read_catalogue(write(tmp_path, {"mail/10-b.md": "B", "mail/2-a.md": "A", "mail/x.txt": ""}))
    assert problems == []
    assert [lesson.key for lesson in catalogue.module("mail").lessons] == ["mail/a", "mail/b"]
    assert catalogue.paths == ()


def test_a_folder_of_modules_is_a_path(tmp_path: Path) -> None:
    files = {
        "exchange/index.md": "---\ntitle: Exchange\nmodules: [dns]\n---\nHello",
        "exchange/02-mail/1-a.md": "A",
        "02-dns/1-b.md": "B",
    }
    catalogue, problems = read_catalogue(write(tmp_path, files))
    assert problems == []
    [path] = catalogue.paths
    assert (path.key, path.title, path.modules) == ("exchange", "Exchange", ("dns", "mail"))
    assert catalogue.single_modules == ()


def test_a_file_that_makes_a_path_a_module_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"p/Welcome.md": "A", "p/1-mail/x.md": "A"})
    [problem] = read_catalogue(tmp_path)[1]
    assert (problem.path, problem.code) == ("p/1-mail", "too-deep")
    assert problem.message.endswith("`p/Welcome.md` makes the folder around it a module.")
    assert problem.advice == "Move `p/Welcome.md` into a module, or this up one folder."


def test_names_of_folders_with_dashes_are_titles(tmp_path: Path) -> None:
    write(tmp_path, {"Module 1 - Mail flow/mail_flow-first.md": "A"})
    module = read_catalogue(tmp_path)[0].module("module-1---mail-flow")
    assert (module.title, module.lessons[0].title) == ("Module 1 – mail flow", "Mail flow first")


def test_lessons_at_the_top_are_one_module(tmp_path: Path) -> None:
    catalogue, _ = read_catalogue(write(tmp_path, {"1-a.md": "A", "README.md": "no lesson", "index.md": "# Site"}))
    assert catalogue.title == "Site"
    assert [lesson.key for lesson in catalogue.module("main").lessons] == ["main/a"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"m/1-a.md": "A", "m/2-a.md": "A"}, [("m/2-a.md", "key-twice")]),
        ({"p/m/1.md": "A", "q/m/1.md": "A"}, [("q/m", "key-twice")]),
        ({"p/index.md": "---\nmodules: [x]\n---", "p/m/1.md": "A"}, [("p/index.md", "unknown-module")]),
        ({"p/m/1.md": "A", "p/e/x.txt": ""}, [("p/e", "empty-folder")]),
        ({"p/q/m/1.md": "A", "p/n/1.md": "A"}, [("p/q/m", "too-deep")]),
        ({"a/b/c/d/x.md": "A"}, [("a/b/c", "too-deep")]),
        ({"m/x.md": "A", "m/sub/y.md": "A"}, [("m/sub", "too-deep")]),
        ({"p/m/x.md": "A", "p/m/sub/n/y.md": "A"}, [("p/m/sub", "too-deep")]),
        ({"p/a/x.txt": "", "p/b/x.txt": ""}, [("p", "empty-folder")]),
        ({"✦/1.md": "A"}, [("✦", "no-key")]),
        ({"m/✦.md": "A", "m/1.md": "A"}, [("m/✦.md", "no-key")]),
        ({"m/1.md": "---\nkey: ..\n---\nA", "m/2.md": "---\nkey: 365-basics\n---\nA"}, []),
        ({"m/straße.md": "A", "m/strasse.md": "A"}, [("m/straße.md", "key-twice")]),
        ({"1-a.md": "A", "main/1-a.md": "A"}, [("main", "key-twice")]),
        ({"m/1.md": "A" * (1 << 20) + "A", "m/2.md": "B"}, [("m/1.md", "too-large")]),
    ],
)
def test_problems_of_folders(tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str]]) -> None:
    _, problems = read_catalogue(write(tmp_path, files))
    assert [(problem.path, problem.code) for problem in problems] == expected


def test_an_own_key_is_kept_as_it_is(tmp_path: Path) -> None:
    files = {"m/1.md": "---\nkey: 365-basics\n---\nA", "n/index.md": "---\nkey: 2-n\n---\n", "n/1.md": "A"}
    catalogue, problems = read_catalogue(write(tmp_path, files))
    assert problems == []
    assert catalogue.module("m").lesson("365-basics")
    assert catalogue.module("2-n")


def test_folders_with_dots_stand_in_natural_order(tmp_path: Path) -> None:
    catalogue, _ = read_catalogue(write(tmp_path, {f"p/1.{n}-x{n}/1.md": "A" for n in (10, 2, 3)}))
    assert catalogue.paths[0].modules == ("2-x2", "3-x3", "10-x10")


def test_a_private_folder_is_laid_over(tmp_path: Path) -> None:
    quiz = "---\ndraw:\n  - {bank: secret}\n---\n"
    bank = "## Q {#q}\n\n- (x) a\n- ( ) b\n"
    write(tmp_path / "content", {"m/1.md": "A", "m/exam.quiz.md": quiz, "m/index.md": "# Own title"})
    write(tmp_path / "private", {"m/secret.bank.md": bank, "m/1.md": "Not this one", "m/2.md": "B ![x](media/a.svg)"})
    write(tmp_path / "private", {"m/media/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"/>'})
    memory = Memory(tmp_path / "kept")
    catalogue, problems = read_catalogue(tmp_path / "content", memory, tmp_path / "private")
    module = catalogue.module("m")
    assert [(problem.path, problem.code) for problem in problems] == [("m/1.md", "key-twice")]
    assert module.title == "Own title"
    assert module.lessons[0].parts == ("<p>A</p>",)
    assert 'width="9"' in str(module.lessons[1].parts)
    assert [question.name for question in module.quizzes[0].entries[0].pool] == ["q"]
    assert media_file([tmp_path / "content", tmp_path / "private"], "m/media/a.svg")
    write(tmp_path / "private", {"m/2.md": "Changed"})
    catalogue, _ = read_catalogue(tmp_path / "content", memory, tmp_path / "private")
    assert catalogue.module("m").lessons[1].parts == ("<p>Changed</p>",)


def test_names_that_are_no_text_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"m/1.md": "A", "m/a\nb.md": "A"})
    (Path(os.fsdecode(bytes(tmp_path) + b"/m/\xff.md"))).write_text("A")
    catalogue, problems = read_catalogue(tmp_path)
    assert [lesson.name for lesson in catalogue.module("m").lessons] == ["1"]
    assert {problem.code for problem in problems} == {"unreadable"}
    assert json.dumps([problem.path for problem in problems])


def test_aliases_are_keys_and_lead_on(tmp_path: Path) -> None:
    files = {"m/1-new.md": "---\naliases: Old Name, other/Gone\n---\nA", "m/q.quiz.md": "---\naliases: [r]\n---\n"}
    catalogue, problems = read_catalogue(write(tmp_path, files))
    assert [problem.code for problem in problems] == ["empty-quiz"]
    assert catalogue.now_called("lesson m/old-name") == "lesson m/new"
    assert catalogue.now_called("lesson other/gone") == "lesson m/new"
    assert catalogue.moved["quiz m/r"] == "quiz m/q"


def test_a_quiz_knows_the_keys_it_had_and_a_module_gives_its_own(tmp_path: Path) -> None:
    quiz = "---\naliases: [exam, old-module/test]\n---\n## Q {#q}\n\n- = 1\n"
    files = {"m/final.quiz.md": quiz, "m/index.md": "---\naliases: [n]\n---\n"}
    catalogue, problems = read_catalogue(write(tmp_path, files))
    assert problems == []
    former = {"m/exam", "old-module/test", "n/final", "n/exam"}
    assert set(catalogue.quiz("m/final").former) == former
    for key in former:
        assert catalogue.now_called(f"quiz {key}") == "quiz m/final"
        assert catalogue.asking_quiz(key) == catalogue.quiz("m/final")
    assert catalogue.asking_quiz("m/none") is None


def test_a_bank_is_found_by_the_names_it_had(tmp_path: Path) -> None:
    bank = "---\naliases: [pool, other/pool]\n---\n## Q {#q}\n\n- = 1\n\n## R {#r}\n\n- = 2\n"
    draws = "".join(
        f"  - {{bank: {name}, count: 1}}\n" for name in ("Pool", "n/mail", "n/pool", "other/pool", "m/pool")
    )
    files = {
        "m/mail.bank.md": bank,
        "m/index.md": "---\naliases: [n]\n---\n",
        "m/1-x.md": "## C {.check}\n\n### [](03-pool.bank.md#q)\n",
        "m/a.quiz.md": "---\ndraw:\n  - {bank: pool, count: 2}\n---\n",
        "o/b.quiz.md": f"---\ndraw:\n{draws.replace('Pool', 'm/Pool')}---\n",
    }
    catalogue, problems = read_catalogue(write(tmp_path, files))
    assert {problem.code for problem in problems} == {"draw-too-many"}  # five draws of two questions
    assert [question.key for question in catalogue.module("m").lesson("x").checks[0].questions] == ["m#q"]
    assert catalogue.quiz("m/a").drawn == 2
    assert len(catalogue.quiz("o/b").entries) == 5


def test_an_alias_of_a_bank_that_is_there_is_taken(tmp_path: Path) -> None:
    files = {"m/a.bank.md": "---\naliases: [b]\n---\n## Q {#q}\n\n- = 1\n", "m/b.bank.md": "## R {#r}\n\n- = 1\n"}
    _, problems = read_catalogue(write(tmp_path, files))
    assert [problem.code for problem in problems] == ["alias-taken"]


def test_a_broken_file_leaves_the_rest(tmp_path: Path) -> None:
    write(tmp_path, {"m/1.md": "---\ntitle: [\n---\n## C {.check}\n", "m/3.md": "Fine"})
    (tmp_path / "m" / "2.md").write_bytes(b"caf\xe9 \x00")
    catalogue, problems = read_catalogue(tmp_path)
    assert [lesson.name for lesson in catalogue.module("m").lessons] == ["1", "2", "3"]
    assert [problem.code for problem in problems] == ["front-matter-yaml", "empty-check", "not-utf8"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"content/m/1.md": "![x](media/a.svg)", "content/m/media/b.svg": "<svg/>", "secret.md": "S"})
    (tmp_path / "content" / "m" / "2.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "content" / "m" / "media" / "a.svg").symlink_to(tmp_path / "secret.md")
    catalogue, _ = read_catalogue(tmp_path / "content")
    assert [lesson.name for lesson in catalogue.module("m").lessons] == ["1"]
    assert visible(catalogue, Viewer(), date(2026, 11, 24)).media == {"m/media/a.svg"}
    assert media_file([tmp_path / "content"], "m/media/a.svg") is None
    assert media_file([tmp_path / "content"], "m/media/b.svg")
    assert media_file([tmp_path / "content"], "m/../../secret.md") is None


def test_pictures_carry_their_size(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="300" viewBox="0 0 480 300"/>'
    write(tmp_path, {"m/1.md": "![x](media/a.svg)", "m/media/a.svg": svg})
    [part] = read_catalogue(tmp_path)[0].module("m").lessons[0].parts
    assert part == '<p><img alt="x" src="content:m/media/a.svg" width="480" height="300"></p>'


def test_kept_fragments_give_the_same_catalogue(tmp_path: Path) -> None:
    write(tmp_path / "content", {"m/1.md": "*A*\n\n## Hello\n\n[x](2.md) ![](a.svg) $x$", "m/2.md": "B"})
    first = read_catalogue(tmp_path / "content", Memory(tmp_path / "kept"))
    fragments = list((tmp_path / "kept" / "fragments").iterdir())
    assert len(fragments) == 1  # plain paragraphs are not worth a file
    assert read_catalogue(tmp_path / "content", Memory(tmp_path / "kept")) == first
    for file in (*fragments, *(tmp_path / "kept" / "good").iterdir()):
        file.write_text("damaged")
    assert read_catalogue(tmp_path / "content", Memory(tmp_path / "kept")) == first


def test_only_changed_files_are_read_again(tmp_path: Path) -> None:
    files = {"index.md": "# S", "p/m/1.md": "A", "p/n/1.md": "B ![x](media/x.svg)", "p/n/media/x.svg": "<svg/>"}
    write(tmp_path, files)
    memory = Memory()
    before, _ = read_catalogue(tmp_path, memory)
    write(tmp_path, {"p/m/1.md": "A changed"})
    after, _ = read_catalogue(tmp_path, memory)
    assert after.module("n").lessons[0].parts[0] is before.module("n").lessons[0].parts[0]
    assert after.module("m") != before.module("m")
    assert after.version != before.version
    assert (after, []) == read_catalogue(tmp_path)
    write(tmp_path, {"p/n/media/x.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"/>'})
    assert 'width="9"' in str(read_catalogue(tmp_path, memory)[0].module("n").lessons[0].parts)


def test_a_module_gone_and_come_back_is_told_rightly(tmp_path: Path) -> None:
    memory = Memory()
    write(tmp_path, {"p/m/1.md": "A", "q/m/1.md": "A"})
    twice = read_catalogue(tmp_path, memory)
    assert read_catalogue(tmp_path, memory) == twice == read_catalogue(tmp_path)
    (tmp_path / "p" / "m" / "1.md").unlink()
    assert read_catalogue(tmp_path, memory) == read_catalogue(tmp_path)


def test_an_edit_is_seen(tmp_path: Path) -> None:
    write(tmp_path, {"m/1.md": "A"})
    before = state_of([tmp_path])
    write(tmp_path, {"m/1.md": "AB"})
    assert state_of([tmp_path]) != before


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("4-exchange-online", "exchange-online"),
        ("01_Intro", "intro"),
        ("2024-report", "2024-report"),
        ("5g-networks", "5g-networks"),
        ("7", "7"),
        ("Größe & Maß", "größe--maß"),
        ("1. First Steps", "first-steps"),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert key_of(name) == key


def test_natural_order() -> None:
    assert sorted(["10", "2", "1", "7b", "B", "a"], key=natural) == ["1", "2", "7b", "10", "a", "B"]


@given(st.dictionaries(st.sampled_from(PLACES), st.binary(max_size=60)))
def test_any_tree_gives_a_catalogue_and_problems(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    read_catalogue(root)


@pytest.mark.parametrize(
    "text", [">" * 5000 + " x", "- " * 3000 + "x", "[" * 3000, "*a " * 3000, "![" * 2000 + "]" * 2000]
)
def test_hostile_nesting_is_a_problem_or_a_page_and_never_an_exception(tmp_path: Path, text: str) -> None:
    catalogue, _ = read_catalogue(write(tmp_path, {"m/1.md": text, "m/2.md": "Fine"}))
    assert [lesson.name for lesson in catalogue.module("m").lessons] == ["1", "2"]
