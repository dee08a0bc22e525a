"""What survives an author's mistake: in this process, in others that share the folder, and across a restart."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.content.catalogue import forget_what_is_gone, read_catalogue
from quizapp.content.memory import Memory
from quizapp.content.model import Catalogue
from quizapp.errors import Problem

CHECK = "\n## C {{.check}}\n\n### Q {{#q}}\n\n- (x) {}\n- ( ) b\n"
BROKEN = CHECK.format("a").replace("- (x) a", "- (x)a")
QUESTION = "## Q {{#{}}}\n\n- (x) {}\n- ( ) b\n"


class Folder:
    """A content folder, and the instance folder that its readers share."""

    def __init__(self, root: Path) -> None:
        self.content, self.kept = root / "content", root / "kept"
        self.content.mkdir(parents=True)
        self.clock = 0

    def write(self, path: str, text: str | bytes) -> None:
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.clock += 1
        os.utime(file, ns=(self.clock, self.clock))  # an edit is seen however quickly it follows the last

    def worker(self) -> Memory:
        return Memory(self.kept)

    def read(self, memory: Memory) -> tuple[Catalogue, list[Problem]]:
        return read_catalogue(self.content, memory)

    def text(self, memory: Memory, lesson: str = "m/l") -> str:
        """What a lesson shows, with its questions."""
        module, _, name = lesson.partition("/")
        found = self.read(memory)[0].module(module).lesson(name)
        said = [part if isinstance(part, str) else str([q.type for q in part.questions]) for part in found.parts]
        return found.title + "".join(said)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_broken_file_shows_its_last_good_version_everywhere(folder: Folder) -> None:
    first, second = folder.worker(), folder.worker()
    folder.read(second)
    folder.write("m/l.md", "One" + CHECK.format("a"))
    before = folder.text(first)
    folder.write("m/l.md", "Two" + BROKEN)
    assert folder.text(first) == before
    assert folder.text(second) == before
    assert folder.text(folder.worker()) == before
    assert "no-answers" in [problem.code for problem in folder.read(first)[1]]
    folder.write("m/l.md", "Three" + CHECK.format("a"))
    assert "Three" in folder.text(second)
    assert folder.read(second)[1] == []


def test_the_last_good_version_is_the_last_that_anybody_saw(folder: Folder) -> None:
    first, second = folder.worker(), folder.worker()
    folder.write("m/l.md", "One")
    folder.read(first), folder.read(second)
    folder.write("m/l.md", "Two")
    folder.read(first)
    folder.write("m/l.md", "One")
    folder.read(second)
    folder.write("m/l.md", "Broken" + BROKEN)
    assert "One" in folder.text(second)
    assert "One" in folder.text(folder.worker())


def test_a_warning_is_no_reason_to_stay_behind(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/l.md", "One")
    folder.read(memory)
    folder.write("m/l.md", "Two [x](none.md)")
    assert "Two" in folder.text(memory)


def test_a_broken_file_is_told_of_the_links_it_has_not_of_those_it_had(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/l.md", "One [x](gone.md)")
    assert "broken-link" in [problem.code for problem in folder.read(memory)[1]]
    folder.write("m/l.md", "Two\n\n[x](none.md)\n" + BROKEN)
    for reader in (memory, folder.worker()):
        catalogue, problems = folder.read(reader)
        told = [problem for problem in problems if problem.code == "broken-link"]
        assert [problem.line for problem in told] == [3]
        assert "none.md" in told[0].message
        assert "One" in str(catalogue.modules["m"].lessons[0].parts)


def test_a_mistake_between_files_holds_no_file_back(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/3-old.bank.md", QUESTION.format("q", "old"))
    folder.write("m/l.md", "One")
    folder.read(memory)
    folder.write("m/1-new.bank.md", QUESTION.format("q", "new"))
    folder.write("m/3-old.bank.md", QUESTION.format("q", "old, edited"))
    catalogue, problems = folder.read(memory)
    assert [(problem.path, problem.code) for problem in problems] == [("m/1-new.bank.md", "id-twice")]
    assert catalogue.questions()["m#q"].path == "m/3-old.bank.md"
    assert "old, edited" in str(catalogue.questions()["m#q"].type)
    assert folder.read(folder.worker())[0].questions()["m#q"].path == "m/3-old.bank.md"


def test_a_lesson_is_not_blamed_for_its_bank(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/b.bank.md", QUESTION.format("q", "a"))
    folder.write("m/l.md", "One\n\n## C {.check}\n\n### [x](b.bank.md) {count=1}\n")
    folder.read(memory)
    folder.write("m/b.bank.md", QUESTION.format("q", "a").replace("(x) a", "(x)a"))
    folder.write("m/l.md", "Two\n\n## C {.check}\n\n### [x](b.bank.md) {count=1}\n")
    assert "Two" in folder.text(memory)
    assert {problem.path for problem in folder.read(memory)[1]} == {"m/b.bank.md"}


@pytest.mark.parametrize("front", ["draft: true\ntitle: [", "draft: true", "audience: signed-in"])
def test_who_hides_a_file_hides_it_whatever_else_is_wrong(folder: Folder, front: str) -> None:
    memory = folder.worker()
    folder.write("m/l.md", "One")
    folder.read(memory)
    folder.write("m/l.md", f"---\n{front}\n---\nTwo{BROKEN}")
    [lesson] = folder.read(memory)[0].module("m").lessons
    assert lesson.visibility.is_draft or lesson.visibility.audiences
    assert "One" in folder.text(memory)


def test_a_draft_stays_one_while_its_front_matter_cannot_be_read(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/l.md", "---\ndraft: true\n---\nOne")
    folder.read(memory)
    folder.write("m/l.md", "---\ntitle: [\n---\nTwo")
    assert folder.read(memory)[0].module("m").lessons[0].visibility.is_draft


def test_renumbering_changes_nothing(folder: Folder) -> None:
    folder.write("p/01-m/1-l.md", "One" + CHECK.format("a"))
    folder.read(folder.worker())
    (folder.content / "p" / "01-m").rename(folder.content / "p" / "02-m")
    (folder.content / "p" / "02-m" / "1-l.md").unlink()
    folder.write("p/02-m/3-l.md", "Two" + BROKEN)
    assert "One" in folder.text(folder.worker())


def test_an_include_that_breaks_keeps_its_old_text(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/l.md", "Lesson [!INCLUDE [i](includes/i.md)]")
    folder.write("m/includes/i.md", "old text")
    assert "old text" in folder.text(memory)
    folder.write("m/includes/i.md", "new text\n\n```\nnever closed")
    assert "old text" in folder.text(memory)
    assert "old text" in folder.text(folder.worker())
    assert [(p.path, p.code) for p in folder.read(memory)[1]] == [("m/includes/i.md", "fence-open")]
    folder.write("m/includes/i.md", "mended")
    assert "mended" in folder.text(memory)


def test_a_broken_index_keeps_its_key(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("folder/index.md", "---\nkey: m\ntitle: Title\n---\n")
    folder.write("folder/l.md", "One")
    folder.read(memory)
    folder.write("folder/index.md", "---\nkey: m\ntitle: [\n---\n")
    folder.write("folder/l.md", "Broken" + BROKEN)
    for reader in (memory, folder.worker()):
        assert "One" in folder.text(reader)
        assert folder.read(reader)[0].module("m").title == "Title"


@pytest.mark.parametrize("damage", [b"", b"{}", b"[" * 100_000, b'["x", "x", {}]', b"\xff"])
def test_damaged_files_are_as_if_they_were_not_there(folder: Folder, damage: bytes) -> None:
    folder.write("m/l.md", "One *x*" + CHECK.format("a"))
    before = folder.read(folder.worker())
    for file in folder.kept.rglob("*.json"):
        file.write_bytes(damage)
    assert folder.read(folder.worker()) == before
    for file in folder.kept.rglob("*.json"):
        file.write_bytes(damage)
    folder.write("m/l.md", "Two" + BROKEN)
    assert "Two" in folder.text(folder.worker())


@pytest.mark.parametrize("row", [[5, [], [], []], ["x", [], [], [["no-such", "x", ""]]], ["x", [[1]], [], []], "x"])
def test_damaged_fragments_are_rendered_again(folder: Folder, row: object) -> None:
    folder.write("m/l.md", "One *x* [y](z.md)")
    before = folder.read(folder.worker())
    [file] = (folder.kept / "fragments").iterdir()
    file.write_text(json.dumps(dict.fromkeys(json.loads(file.read_text()), row)))
    assert folder.read(folder.worker()) == before


def test_a_disk_that_takes_nothing_stops_nobody(folder: Folder) -> None:
    folder.kept.write_text("a file in the place of the folder")
    folder.write("m/l.md", "One")
    memory = folder.worker()
    assert "One" in folder.text(memory)
    folder.write("m/l.md", "Two" + BROKEN)
    assert "Two" in folder.text(memory)


def test_what_is_gone_is_forgotten_at_the_start(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/1.md", "One")
    folder.write("m/2.md", "Two")
    forget_what_is_gone(memory, folder.read(memory)[0])
    assert len(list((folder.kept / "good").iterdir())) == 2
    (folder.content / "m" / "2.md").unlink()
    memory = folder.worker()
    forget_what_is_gone(memory, folder.read(memory)[0])
    assert len(list((folder.kept / "good").iterdir())) == 1


def test_every_process_serves_the_same_folder_under_a_key(folder: Folder) -> None:
    first = folder.worker()
    folder.write("q/mail/1.md", "From q")
    folder.read(first)
    folder.write("p/mail/1.md", "From p")
    for reader in (folder.worker(), first, folder.worker()):
        assert folder.read(reader)[0].module("mail").path == "q/mail"


def test_two_that_read_at_once_agree(folder: Folder) -> None:
    first, second = folder.worker(), folder.worker()
    folder.write("q/mail/1.md", "From q")
    stale, number = second.served.load()
    folder.read(first)
    assert not second.served.save(stale, number)
    folder.write("p/mail/1.md", "From p")
    assert folder.read(second)[0].module("mail").path == folder.read(first)[0].module("mail").path == "q/mail"
    assert len(list((folder.kept / "served").iterdir())) <= 2


def test_a_rename_is_told_until_it_is_an_alias(folder: Folder) -> None:
    memory = folder.worker()
    folder.write("m/1-old.md", "A text of its own.")
    folder.write("m/2-l.md", "To be written.")
    folder.read(memory)
    (folder.content / "m" / "1-old.md").rename(folder.content / "m" / "1-new.md")
    for reader in (memory, folder.worker()):
        assert [(p.path, p.code) for p in folder.read(reader)[1]] == [("m/1-new.md", "renamed-without-alias")]
    folder.write("m/1-new.md", "---\naliases: old\n---\nA text of its own.")
    assert folder.read(memory)[1] == []
    folder.write("m/3-other.md", "A text of its own.")  # what was gone long before is no rename
    assert folder.read(memory)[1] == []


TEXTS = st.sampled_from(
    ["One", "Two" + BROKEN, "Three" + CHECK.format("a"), "---\ntitle: [\n---\nFour", "---\nkey: n\n---\nFive",
     "---\ndraft: true\n---\nSix" + BROKEN, QUESTION.format("q", "a"), QUESTION.format("q", "a").replace("x) a", "x)a"),
     "[!INCLUDE [i](i.md)]", "[x](l.md)", "---\nkey: m\n---\n", "---\nkey: [\n---\n", None]
)  # fmt: skip
PATHS = st.sampled_from(
    ["m/l.md", "m/2-l.md", "m/index.md", "n/l.md", "n/index.md", "m/b.bank.md", "m/i.md", "p/m/l.md"]
)


@settings(max_examples=150)
@given(st.lists(st.tuples(PATHS, TEXTS, st.integers(0, 1)), max_size=8))
def test_any_edits_read_twice_or_after_a_restart_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str | None, int]]
) -> None:
    folder = Folder(tmp_path_factory.mktemp("edits"))
    workers = [folder.worker(), folder.worker()]
    for path, text, who in edits:
        if text is None:
            (folder.content / path).unlink(missing_ok=True)
        else:
            folder.write(path, text)
        found = folder.read(workers[who])
        assert folder.read(workers[who]) == found
        assert folder.read(workers[1 - who]) == found
        assert folder.read(folder.worker()) == found
