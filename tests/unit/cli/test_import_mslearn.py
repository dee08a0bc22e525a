"""`quizapp import mslearn`: what it writes, says and refuses."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import main
from quizapp.cli._trees import Copy, FolderTree, write_folder
from quizapp.content.catalogue import read_catalogue
from tests.conftest import state_of
from tests.unit.formats.mslearn.trees import MODULE, QUIZ, index, tree, unit

Files = dict[str, str | bytes]
GOOD: Files = {
    "./index.yml": index("mix"),
    "./1-mix.yml": unit("mix", "![Bowl](media/bowl.png)\n\n[!include[](includes/a.md)]", QUIZ),
    "./includes/a.md": "Mix.",
    "./media/bowl.png": b"\x89PNG",
}


def lay_out(folder: Path, files: Files) -> Path:
    """A tree on disk."""
    for path, data in tree(files).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", "mslearn", *map(str, arguments)], catch_exceptions=False)


def test_what_is_imported_is_content_without_an_error(tmp_path: Path) -> None:
    result = run(lay_out(tmp_path / "tree", GOOD), tmp_path / "site" / "content")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0,
        "Imported 1 module, 0 paths, 1 lesson, 1 question, 1 picture.",
    )
    assert result.stderr.endswith(" s\n")
    catalogue, problems = read_catalogue(tmp_path / "site" / "content")
    assert [problem for problem in problems if problem.severity != "advice"] == []
    assert list(catalogue.questions()) == ["sourdough#what-raises-the-dough"]
    assert (tmp_path / "site" / "content" / "sourdough" / "media" / "bowl.png").read_bytes() == b"\x89PNG"


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    source, dest = lay_out(tmp_path / "tree", GOOD), tmp_path / "content"
    run(source, dest)
    before = state_of(dest)
    stamps = {path: path.stat().st_mtime_ns for path in dest.rglob("*")}
    result = run(source, dest)
    assert (result.exit_code, result.stdout.splitlines()[-1].split(":")[0]) == (0, "Already there, nothing changed")
    assert state_of(dest) == before
    assert {path: path.stat().st_mtime_ns for path in dest.rglob("*")} == stamps


def test_a_folder_in_which_something_else_stands_is_refused(tmp_path: Path) -> None:
    source, dest = lay_out(tmp_path / "tree", GOOD), tmp_path / "content"
    run(source, dest)
    (dest / "sourdough" / "1-mix.md").write_text("# Mine\n", encoding="utf-8")
    before = state_of(dest)
    result = run(source, dest)
    assert result.exit_code == 1
    assert "something else stands here" in result.stderr
    assert state_of(dest) == before


def test_a_folder_inside_the_tree_is_refused(tmp_path: Path) -> None:
    source = lay_out(tmp_path / "tree", GOOD)
    result = run(source, source / "content")
    assert result.exit_code == 1
    assert "stands in the tree" in result.stderr
    assert not (source / "content").exists()


def test_a_dry_run_tells_all_and_writes_nothing(tmp_path: Path) -> None:
    result = run(lay_out(tmp_path / "tree", GOOD), tmp_path / "content", "--dry-run", "--json")
    report = json.loads(result.stdout)
    assert report["state"] == "tried"
    assert report["counts"]["questions"] == 1
    assert report["files"] == ["sourdough/1-mix.md", "sourdough/index.md", "sourdough/media/bowl.png"]
    assert {"path", "line", "severity", "code", "message", "unit", "question"} == set(report["notes"][0])
    assert not (tmp_path / "content").exists()


def test_a_picture_that_only_the_fallback_has_is_copied_from_there(tmp_path: Path) -> None:
    source = lay_out(tmp_path / "tree", {key: data for key, data in GOOD.items() if not key.endswith(".png")})
    fallback = lay_out(tmp_path / "english", {"./media/bowl.png": b"english"})
    result = run(source, tmp_path / "content", "--fallback", fallback)
    assert result.exit_code == 0
    assert (tmp_path / "content" / "sourdough" / "media" / "bowl.png").read_bytes() == b"english"


def test_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    source = lay_out(tmp_path / "tree", {key: data for key, data in GOOD.items() if not key.endswith(".md")})
    (tmp_path / "secret.md").write_text("secret words", encoding="utf-8")
    (source / MODULE / "includes").mkdir()
    (source / MODULE / "includes" / "a.md").symlink_to(tmp_path / "secret.md")
    (source / MODULE / "more").symlink_to(tmp_path)
    result = run(source, tmp_path / "content")
    assert f"{MODULE}/includes/a.md: warning symlink" in result.stdout
    assert f"{MODULE}/more: warning symlink" in result.stdout
    assert "secret" not in (tmp_path / "content" / "sourdough" / "1-mix.md").read_text(encoding="utf-8")


def test_folders_in_folders_come_to_an_end(tmp_path: Path) -> None:
    source = lay_out(tmp_path / "tree", {**GOOD, "/".join(["d"] * 300) + "/1.yml": "### YamlMime:Module\n"})
    result = run(source, tmp_path / "content")
    assert result.exit_code == 0
    assert "/".join(["d"] * 42) + ": warning symlink" in result.stdout


def test_a_file_that_became_a_link_while_it_was_imported_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.png").write_bytes(b"1")
    found = FolderTree(tmp_path / "tree")
    (tmp_path / "tree" / "a.png").unlink()
    (tmp_path / "tree" / "a.png").symlink_to("/etc/hostname")
    with pytest.raises(OSError, match="symbolic link"):
        write_folder(tmp_path / "content", {"b.md": b"b", "a.png": Copy(found, "a.png")})
    assert [path.name for path in tmp_path.iterdir()] == ["tree"]


def test_a_kill_leaves_all_or_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from quizapp.cli._trees import write_folder\n"
        "print('go', flush=True)\n"
        "write_folder(Path(sys.argv[1]), {f'm{n % 50}/{n}.md': b'x' * 2000 for n in range(3000)})\n"
    )
    found = set()
    for number, pause in enumerate((0.0, 0.01, 0.03, 0.06, 0.1, 0.2, 5.0)):
        dest = tmp_path / f"content-{number}"
        with subprocess.Popen([sys.executable, "-c", script, str(dest)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(pause) if pause < 1 else process.wait()
            process.send_signal(signal.SIGKILL)
        found.add(len(list(dest.rglob("*.md"))) if dest.exists() else 0)
    assert found <= {0, 3000}
    assert 3000 in found


def test_what_is_good_can_be_imported_alone(tmp_path: Path) -> None:
    source = lay_out(tmp_path / "tree", {**GOOD, "./2-bad.yml": "### YamlMime:ModuleUnit\nuid: [\n"})
    refused = run(source, tmp_path / "content")
    assert (refused.exit_code, (tmp_path / "content").exists()) == (1, False)
    assert f"{MODULE}/2-bad.yml:3" in refused.stderr
    assert run(source, tmp_path / "content", "--only-good").exit_code == 0
    assert (tmp_path / "content" / "sourdough" / "1-mix.md").exists()


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path / "none", tmp_path / "content").exit_code == 2


def with_unit(content: str, quiz: str = "", **files: str | bytes) -> Files:
    """A module with one unit, and other files by names with `_` for `/`."""
    others = {f"./{name.replace('__', '/')}.md": data for name, data in files.items()}
    return {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", content, quiz), **others}


BOMB = "### YamlMime:ModuleUnit\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
FAN = {f"f{n}": "\n\n".join([f"[!include[](f{n + 1}.md)]"] * 10) for n in range(9)}
# what is wrong: the files, and how the line of the report begins
HOSTILE: dict[str, tuple[Files, str]] = {
    "nothing": ({"a.txt": "x"}, ".: error nothing-found"),
    "aliases that stand for a billion": ({**GOOD, "./2.yml": BOMB}, f"{MODULE}/2.yml:"),
    "lists in lists": (
        {**GOOD, "./2.yml": "### YamlMime:Module\nuid: " + "[" * 50_000},
        f"{MODULE}/2.yml:2: error yaml",
    ),
    "a tab": ({**GOOD, "./2.yml": "### YamlMime:ModuleUnit\nuid: a\n\ttitle: b\n"}, f"{MODULE}/2.yml:3: error yaml"),
    "an open quotation mark": (
        {**GOOD, "./2.yml": '### YamlMime:ModuleUnit\nuid: "a\n'},
        f"{MODULE}/2.yml:3: error yaml",
    ),
    "no mapping": ({**GOOD, "./2.yml": "### YamlMime:Module\n- a\n- b\n"}, f"{MODULE}/2.yml:2: error yaml"),
    "nothing but the kind": ({**GOOD, "./2.yml": "### YamlMime:Module\n"}, f"{MODULE}/2.yml:1: error yaml"),
    "two documents": (
        {**GOOD, "./2.yml": "### YamlMime:Module\nuid: a\n---\nuid: b\n"},
        f"{MODULE}/2.yml:3: error yaml",
    ),
    "a tag that would run code": (
        {**GOOD, "./2.yml": "### YamlMime:Module\nuid: a\nunits: !!python/object/apply:os.system [touch x]\n"},
        f"{MODULE}/2.yml:3: error no-lessons",
    ),
    "a file that is too large": (with_unit("[!include[](a.md)]", a="x" * 1_100_000), f"{MODULE}/a.md: error too-large"),
    "a picture that is too large": (
        {**with_unit("![a](media/a.png)"), "./media/a.png": b"x" * (20 * 1024 * 1024 + 1)},
        f"{MODULE}/media/a.png: error too-large",
    ),
    "an include of itself": (
        with_unit("[!include[](a.md)]", a="x\n\n[!include[](a.md)]"),
        f"{MODULE}/a.md:3: error include-loop",
    ),
    "includes in a circle": (
        with_unit("[!include[](a.md)]", a="[!include[](b.md)]", b="[!include[](a.md)]"),
        f"{MODULE}/b.md:1: error include-loop",
    ),
    "includes that stand for a billion": (with_unit("[!include[](f0.md)]", **FAN, f9="x" * 1000), f"{MODULE}/f"),
    "an include above the tree": (with_unit("[!include[](../../../a.md)]"), f"{MODULE}/1-mix.yml:9: error outside"),
    "an absolute include": (with_unit("[!include[](/etc/passwd)]"), f"{MODULE}/1-mix.yml:9: error outside"),
    "a picture above the tree": (with_unit("![a](../../../../etc/hostname)"), f"{MODULE}/1-mix.yml:9: error outside"),
    "an encoded picture above the tree": (
        with_unit("![a](%2e%2e/%2e%2e/%2e%2e/a.png)"),
        f"{MODULE}/1-mix.yml:9: error outside",
    ),
    "code above the tree": (
        with_unit(':::code language="c" source="..\\..\\..\\..\\etc\\passwd":::'),
        f"{MODULE}/1-mix.yml:9: error outside",
    ),
    "a uid twice": ({**GOOD, "./2.yml": unit("mix", "Again.")}, f"{MODULE}/2.yml:2: error uid-twice"),
    "no uid": ({**GOOD, "./2.yml": "### YamlMime:Module\ntitle: x\n"}, f"{MODULE}/2.yml: error no-uid"),
    "a module of nothing": ({"./index.yml": index("none")}, f"{MODULE}/index.yml:21: error no-lessons"),
    "no right answer": (with_unit("Mix.", QUIZ.replace("true", "false")), f"{MODULE}/1-mix.yml:13: error no-correct"),
    "a right answer that is neither": (
        with_unit("Mix.", QUIZ.replace("true", "2")),
        f"{MODULE}/1-mix.yml:13: error bad-correct",
    ),
    "a thousand questions": (
        with_unit("Mix.", "quiz:\n  questions:\n" + "  - {}\n" * 1000),
        f"{MODULE}/1-mix.yml:212: error too-many",
    ),
    "a thousand choices": (
        with_unit("Mix.", QUIZ + "    - content: x\n      isCorrect: false\n" * 1000),
        f"{MODULE}/1-mix.yml:13: error too-many",
    ),
    "quotes in quotes": (with_unit("> " * 20_000 + "x"), f"{MODULE}/1-mix.yml:8: error as-written"),
    "brackets in brackets": (with_unit("[![" * 20_000), f"{MODULE}/1-mix.yml:8: error as-written"),
    "one endless line": (
        with_unit("[!include[](a.md)]", a="mix " * 100_000),
        f"{MODULE}/1-mix.yml:8: error as-written",
    ),
    "tags that never end": (
        with_unit("[!include[](a.md)]", a="<a " * 100_000),
        f"{MODULE}/1-mix.yml:8: error as-written",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_malformed_or_hostile_is_told_with_its_place_and_nothing_is_written(
    name: str, tmp_path: Path, bounded: None
) -> None:
    files, begins = HOSTILE[name]
    source = lay_out(tmp_path / "tree", files)
    before = state_of(tmp_path)
    result = run(source, tmp_path / "content")
    assert result.exit_code == 1
    lines = [line for line in result.stdout.splitlines() if line.startswith(begins) and ": error " in line]
    assert lines, result.stdout
    assert "nothing" in result.stderr
    assert state_of(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["tree"]
