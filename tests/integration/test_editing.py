"""Saving a content file: what is refused, what stays, who wins, and what git keeps of it."""

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from quizapp import git
from quizapp.actions import confined, editing, previous
from quizapp.actions.confined import read_file, replace_file
from quizapp.actions.editing import Edit, Saved
from quizapp.content.files import MAX_BYTES
from quizapp.errors import ChangedMeanwhile, NotEditable, NotFound, NotWritten
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from tests.conftest import LESSON, ROOT
from tests.people import add, rows
from tests.repositories import Repository

PATH = "exchange/mail-flow/2-online.md"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOBODY = 65534  # a user without rights


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite: what is written to files does not depend on the database."""
    site = prepare_site(Settings(folder, tmp_path / "instance"))
    yield site
    site.database.close()


def save(site: Site, text: str, base: bytes | None, path: str = PATH, by: int | None = None, **more: object) -> Saved:
    edit = Edit(path, text, base, **more)  # type: ignore[arg-type]
    return editing.save(site.database, site.settings.content_folders, site.settings.instance, edit, by, NOW)


def tree(folder: Path) -> dict[str, bytes | str]:
    """Every file and link under a folder."""
    return {
        str(file.relative_to(folder)): str(file.readlink()) if file.is_symlink() else file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_symlink() or file.is_file()
    }


REFUSED = [
    "../outside.md",
    "exchange/../../outside.md",
    "exchange/mail-flow/../../../outside.md",
    "/etc/passwd.md",
    "//etc/passwd.md",
    "./index.md",
    "exchange//mail-flow/2-online.md",
    "exchange/mail-flow/",
    "",
    ".",
    "..",
    ".hidden.md",
    "_hidden.md",
    ".git/config.md",
    "exchange/.git/hooks/post-commit.md",
    "_drafts/one.md",
    "exchange/mail-flow/2-online.md\0",
    "exchange/mail-flow/2-online.md\n",
    "exchange/mail-flow/\udcff.md",
    "exchange/mail-flow/run.py",
    "exchange/mail-flow/settings.toml",
    "exchange/mail-flow/md",
    "exchange/mail-flow/one.md.html",
    "exchange/mail-flow/media/notes.md",
    "code/one.md",
    "node_modules/pack/README.md",
    "exchange\\mail-flow\\one.md",
    "C:one.md",
    "one .md ",
    "exchange/mail-flow/too/deep.md",
    "x" * 300 + ".md",
    "%2e%2e/outside.md\u202e\x07",
]


@pytest.mark.parametrize("path", REFUSED, ids=ascii)
@pytest.mark.parametrize("base", [None, LESSON.encode()], ids=["new", "known"])
def test_other_places_are_refused_and_nothing_is_written(
    site: Site, tmp_path: Path, path: str, base: bytes | None
) -> None:
    (tmp_path / "outside.md").write_bytes(LESSON.encode())
    before = tree(tmp_path)
    with pytest.raises((NotEditable, ChangedMeanwhile)) as refused:
        save(site, "Mine.\n", base, path)
    assert base or refused.type is NotEditable
    assert tree(tmp_path) == before | {"instance/edit.lock": b""} or tree(tmp_path) == before
    assert rows(site, "SELECT * FROM audit") == []


@pytest.mark.parametrize("way", ["file", "folder", "dangling", "loop"])
def test_links_are_never_followed(site: Site, folder: Path, tmp_path: Path, way: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("Theirs.\n")
    module = folder / "exchange" / "mail-flow"
    links = {
        "file": (module / "secret.md", outside / "secret.md"),
        "folder": (module / "way", outside),
        "dangling": (module / "secret.md", outside / "new.md"),
        "loop": (module / "secret.md", module / "secret.md"),
    }
    link, target = links[way]
    link.symlink_to(target)
    path = "exchange/mail-flow/way/secret.md" if way == "folder" else "exchange/mail-flow/secret.md"
    before = tree(tmp_path)
    with pytest.raises(NotEditable):
        editing.open_file(site.settings.content_folders, path)
    for base in (None, b"Theirs.\n"):
        with pytest.raises(NotEditable):
            save(site, "Mine.\n", base, path)
    assert {name: data for name, data in tree(tmp_path).items() if name != "instance/edit.lock"} == before


def test_a_link_that_is_put_there_between_looking_and_writing_is_not_followed(
    site: Site, folder: Path, tmp_path: Path
) -> None:
    """The folder is changed for a link to elsewhere over and over while saves run: nothing is written there."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "2-online.md").write_bytes(LESSON.encode())
    module, aside = folder / "exchange" / "mail-flow", folder / "exchange" / "aside"
    stop = False

    def swap() -> None:
        while not stop:
            module.rename(aside)
            module.symlink_to(outside)
            module.unlink()
            aside.rename(module)
            time.sleep(0.001)

    with ThreadPoolExecutor() as pool:
        swapping = pool.submit(swap)
        done = 0
        for number in range(400):
            try:
                base = read_file(folder, PATH)
                if base is None:
                    continue
                replace_file(folder, PATH, f"Number {number}\n".encode(), base)
                done += 1
            except (NotEditable, ChangedMeanwhile):
                pass
        stop = True
        swapping.result()
    assert tree(outside) == {"2-online.md": LESSON.encode()}
    assert done


@pytest.mark.parametrize("kind", ["folder", "fifo", "large", "binary"])
def test_what_is_no_text_file_of_a_lesson_is_not_opened(site: Site, folder: Path, kind: str) -> None:
    file = folder / "exchange" / "mail-flow" / "odd.md"
    make: dict[str, Callable[[], object]] = {
        "folder": file.mkdir,
        "fifo": lambda: os.mkfifo(file),
        "large": lambda: file.write_bytes(b"x" * (MAX_BYTES + 1)),
        "binary": lambda: file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0"),
    }
    make[kind]()
    with pytest.raises(NotEditable) as refused:
        editing.open_file(site.settings.content_folders, "exchange/mail-flow/odd.md")
    assert str(refused.value).startswith("exchange/mail-flow/odd.md: ")


@pytest.mark.parametrize(
    "text", ["a\0b", "\N{REPLACEMENT CHARACTER}PNG", "\x1b[31m", "x" * (MAX_BYTES + 1), "ü" * 600_000]
)
def test_texts_that_are_none_or_too_long_are_refused(site: Site, folder: Path, text: str) -> None:
    before = (folder / PATH).read_bytes()
    with pytest.raises(NotEditable):
        save(site, text, before)
    assert (folder / PATH).read_bytes() == before


def test_a_file_of_one_mebibyte_can_be_saved(site: Site, folder: Path) -> None:
    text = "x" * (MAX_BYTES - 1) + "\n"
    assert save(site, text, LESSON.encode()).is_changed
    assert (folder / PATH).read_text() == text


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user without rights, where the tests run as one who may do everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_folder_or_file_that_cannot_be_written_is_told_in_a_sentence(folder: Path, closed: str) -> None:
    module = folder / "exchange" / "mail-flow"
    for above in (*folder.parents, folder, module.parent):
        if above.stat().st_uid == os.geteuid() and str(above).startswith(str(folder.parent.parent.parent)):
            above.chmod(0o755)
    module.chmod(0o555 if closed == "folder" else 0o777)
    (module / "2-online.md").chmod(0o666 if closed == "folder" else 0o444)
    with without_rights(), pytest.raises(NotWritten) as refused:
        replace_file(folder, PATH, b"Mine.\n", LESSON.encode())
    module.chmod(0o755)
    assert str(refused.value) == (
        f"{PATH}: it cannot be written: Permission denied. Ask who runs the site to let quizapp write in this folder."
    )
    assert tree(module)["2-online.md"] == LESSON.encode()
    assert len(tree(module)) == 2


def test_the_file_keeps_its_permissions_and_nothing_else_lies_about(site: Site, folder: Path) -> None:
    file = folder / PATH
    file.chmod(0o640)
    save(site, "Mine.\n", LESSON.encode())
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(one.name for one in file.parent.iterdir()) == ["1-introduction.md", "2-online.md"]
    save(site, "New.\n", None, "exchange/new-module/1-new.md")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((folder / "exchange/new-module/1-new.md").stat().st_mode) == 0o666 & ~umask


def test_a_hard_link_elsewhere_keeps_what_it_was(site: Site, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.md").hardlink_to(folder / PATH)
    save(site, "Mine.\n", LESSON.encode())
    assert (tmp_path / "copy.md").read_bytes() == LESSON.encode()


def test_a_save_that_fails_half_way_leaves_the_file_and_nothing_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(NotWritten, match="No space left"):
        replace_file(folder, PATH, b"Mine.\n", LESSON.encode())
    assert tree(folder / "exchange" / "mail-flow")["2-online.md"] == LESSON.encode()
    assert len(tree(folder)) == 2


def test_without_folder_descriptors_nothing_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "IS_POSSIBLE", False)
    with pytest.raises(NotWritten, match="Use an editor"):
        replace_file(folder, PATH, b"Mine.\n", LESSON.encode())


@pytest.mark.parametrize("change", ["edited", "removed", "made"])
def test_a_file_that_changed_meanwhile_is_left_as_it_is(site: Site, folder: Path, change: str) -> None:
    path = "exchange/mail-flow/new.md" if change == "made" else PATH
    if change == "removed":
        (folder / path).unlink()
    else:
        (folder / path).write_text("Theirs.\n")
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        save(site, "Mine.\n", None if change == "made" else LESSON.encode(), path)
    assert meanwhile.value.theirs == (None if change == "removed" else b"Theirs.\n")
    assert (folder / path).exists() == (change != "removed")
    assert change == "removed" or (folder / path).read_text() == "Theirs.\n"
    assert previous.versions(site.settings.instance, path) == []
    assert rows(site, "SELECT * FROM audit") == []


def test_an_edit_on_disk_just_before_the_file_is_replaced_is_seen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def somebody_saves(descriptor: int) -> None:
        (folder / PATH).write_text("Theirs, this moment.\n")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", somebody_saves)
    with pytest.raises(ChangedMeanwhile):
        replace_file(folder, PATH, b"Mine.\n", LESSON.encode())
    assert (folder / PATH).read_text() == "Theirs, this moment.\n"


def test_of_many_who_save_at_once_from_the_same_text_one_wins_and_the_others_know(site: Site, folder: Path) -> None:
    many = 12
    start = Barrier(many)

    def one(number: int) -> Saved | ChangedMeanwhile:
        start.wait()
        try:
            return save(site, f"By {number}.\n", LESSON.encode())
        except ChangedMeanwhile as meanwhile:
            return meanwhile

    with ThreadPoolExecutor(many) as pool:
        done = list(pool.map(one, range(many)))
    [winner] = [one for one in done if isinstance(one, Saved)]
    losers = [one for one in done if isinstance(one, ChangedMeanwhile)]
    assert (folder / PATH).read_bytes() == winner.data
    assert len(losers) == many - 1
    assert {one.theirs for one in losers} == {winner.data}
    [version] = previous.versions(site.settings.instance, PATH)
    assert previous.find_version(site.settings.instance, PATH, version.name) == LESSON.encode()
    assert len(rows(site, "SELECT * FROM audit")) == 1


APPENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from quizapp.actions import editing
from quizapp.actions.editing import Edit
from quizapp.errors import ChangedMeanwhile
from quizapp.store.database import open_database

folder, instance, path, name, number = sys.argv[1:]
database = open_database("", Path(instance))
base = editing.open_file((Path(folder),), path)
for one in range(int(number)):
    while True:
        text = (base or b"").decode() + f"{name} {one}\\n"
        edit = Edit(path, text, base)
        try:
            base = editing.save(database, (Path(folder),), Path(instance), edit, None, datetime.now(UTC)).data
            break
        except ChangedMeanwhile as meanwhile:
            base = meanwhile.theirs
"""


def test_processes_that_save_and_start_again_from_what_they_find_lose_no_line(site: Site, folder: Path) -> None:
    """Each of them adds lines to one file, as people do who take the other's text when it changed."""
    names, number = "abc", 6
    command = [sys.executable, "-c", APPENDER, str(folder), str(site.settings.instance), PATH]
    running = [
        subprocess.Popen(
            [*command, name, str(number)], stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        for name in names
    ]
    for process in running:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    text = (folder / PATH).read_text()
    assert text.startswith(LESSON)
    assert sorted(text[len(LESSON) :].splitlines()) == sorted(
        f"{name} {one}" for name in names for one in range(number)
    )
    assert len(rows(site, "SELECT * FROM audit")) == len(names) * number


def test_what_is_the_same_is_not_written(site: Site, folder: Path) -> None:
    before = (folder / PATH).stat()
    assert not save(site, LESSON.replace("\n", "\r\n"), LESSON.encode()).is_changed
    assert (folder / PATH).stat().st_mtime_ns == before.st_mtime_ns
    assert rows(site, "SELECT * FROM audit") == []


def test_the_last_twenty_versions_are_kept_each_with_its_time(site: Site, tmp_path: Path) -> None:
    instance = tmp_path / "versions"
    for number in range(previous.KEPT + 5):
        previous.keep_version(instance, PATH, f"{number}\n".encode(), number, NOW + timedelta(seconds=number))
    previous.keep_version(instance, "other.md", b"other", None, NOW)
    found = previous.versions(instance, PATH)
    assert [one.by for one in found] == list(range(24, 4, -1))
    assert found[0].until == NOW + timedelta(seconds=24)
    assert previous.find_version(instance, PATH, found[-1].name) == b"5\n"
    for name in ("", "../" + found[0].name, found[0].name + "x", previous.versions(instance, "other.md")[0].name):
        with pytest.raises(NotFound):
            previous.find_version(instance, PATH, name)


def test_where_the_last_version_cannot_be_kept_nothing_is_saved(site: Site, folder: Path) -> None:
    (site.settings.instance / "previous").write_text("in the way")
    with pytest.raises(NotWritten, match="nothing was saved"):
        save(site, "Mine.\n", LESSON.encode())
    assert (folder / PATH).read_bytes() == LESSON.encode()


def test_a_save_is_noted_with_who_and_what(site: Site) -> None:
    ann = add(site, "Ann", "author")
    done = save(site, "Mine.\n", LESSON.encode(), by=ann.id)
    [noted] = rows(site, "SELECT by, action, about, detail FROM audit WHERE action LIKE 'saved%'")
    assert (noted.by, noted.action, noted.about) == (ann.id, "saved a file", None)
    assert noted.detail.startswith(f"{PATH} ")
    found = editing.saved_by(site.database, PATH, done.data)
    assert found is not None
    assert found.by == "Ann"
    assert editing.saved_by(site.database, PATH, b"Theirs.\n") is None


# In git


@pytest.fixture
def repository(folder: Path) -> Repository:
    """The content folder as a part of a repository, with work that somebody staged and did not commit."""
    repository = Repository(folder.parent)
    repository.write(".gitignore", "instance\n*.ignored.md\n")
    repository.commit()
    return repository


def last_commit(repository: Repository) -> list[str]:
    return repository.git("log", "-1", "--format=%an|%ae|%cn|%ce|%s").split("|")


def test_a_save_is_a_commit_of_that_file_alone_by_who_saved(site: Site, repository: Repository) -> None:
    ann = add(site, "Ann Müller", "author", email="ann@example.org")
    repository.write("content/exchange/mail-flow/1-introduction.md", "Staged.\n")
    repository.git("add", "--all")
    repository.write("README.md", "Untracked.\n")
    done = save(site, "Mine.\n", LESSON.encode(), by=ann.id, message="  Say it\r\nshorter ")
    assert (done.trouble, done.commit) == ("", repository.git("rev-parse", "HEAD"))
    assert last_commit(repository) == [
        "Ann Müller",
        "ann@example.org",
        "Ann Müller",
        "ann@example.org",
        "Say it shorter",
    ]
    assert repository.git("show", "--name-only", "--format=", "HEAD") == f"content/{PATH}"
    assert repository.git("status", "--porcelain").splitlines() == [
        "M  content/exchange/mail-flow/1-introduction.md",
        "?? README.md",
    ]


def test_who_has_no_address_and_says_nothing_has_a_commit_all_the_same(site: Site, repository: Repository) -> None:
    ben = add(site, "Ben", "author")
    save(site, "New.\n", None, "exchange/mail-flow/3-new.md", by=ben.id)
    mail = f"account-{ben.id}@quizapp.invalid"
    assert last_commit(repository) == ["Ben", mail, "Ben", mail, "Add exchange/mail-flow/3-new.md"]
    save(site, "Newer.\n", b"New.\n", "exchange/mail-flow/3-new.md", by=ben.id)
    assert last_commit(repository)[4] == "Edit exchange/mail-flow/3-new.md"


def test_a_file_that_git_ignores_is_saved_without_a_commit(site: Site, repository: Repository) -> None:
    head = repository.git("rev-parse", "HEAD")
    done = save(site, "New.\n", None, "exchange/mail-flow/x.ignored.md")
    assert (done.is_changed, done.commit, done.trouble) == (True, "", "")
    assert repository.git("rev-parse", "HEAD") == head


def _merging(repository: Repository) -> None:
    (repository.root / ".git" / "MERGE_HEAD").write_text(repository.git("rev-parse", "HEAD"))


def _failing_hook(repository: Repository) -> None:
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)


def _locked_branch(repository: Repository) -> None:
    (repository.root / ".git" / "refs" / "heads" / "main.lock").touch()


def _locked_index(repository: Repository) -> None:
    (repository.root / ".git" / "index.lock").touch()


def _no_objects(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git" / "objects" / "pack", ignore_errors=True)
    for folder in (repository.root / ".git" / "objects").glob("??"):
        shutil.rmtree(folder)


@pytest.mark.parametrize("harm", [_merging, _failing_hook, _locked_branch, _locked_index, _no_objects])
def test_what_git_refuses_loses_no_save_and_is_told(
    site: Site,
    folder: Path,
    repository: Repository,
    harm: Callable[[Repository], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(git, "LOCK_SECONDS", 0.3)
    harm(repository)
    done = save(site, "Mine.\n", LESSON.encode())
    assert (folder / PATH).read_text() == "Mine.\n"
    assert done.is_changed
    assert bool(done.commit) == (harm in (_failing_hook, _locked_index))  # hooks do not run
    assert bool(done.trouble) == (harm is not _failing_hook)
    if harm is _locked_index:
        (repository.root / ".git" / "index.lock").unlink()
        subprocess.run(done.trouble.partition("`")[2].partition("`")[0].split(), cwd=repository.root, check=True)
        assert repository.git("status", "--porcelain") == ""


def test_no_repository_is_no_trouble(site: Site) -> None:
    done = save(site, "Mine.\n", LESSON.encode())
    assert (done.commit, done.trouble) == ("", "")
    assert not editing.has_history(site.settings.content_folders, PATH)


def test_of_many_who_save_at_once_in_git_each_commit_is_of_who_wrote_it(site: Site, repository: Repository) -> None:
    people = [add(site, f"Author {number}", "author") for number in range(4)]

    def one(number: int) -> None:
        path = f"exchange/mail-flow/by-{number}.md"
        save(site, f"By {number}.\n", None, path, by=people[number].id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    log = repository.git("log", "-4", "--format=%an", "--name-only").split("\n\n")
    told = repository.git("log", "-4", "--format=%an %s").splitlines()
    assert sorted(told) == [f"Author {n} Add exchange/mail-flow/by-{n}.md" for n in range(4)]
    assert log
