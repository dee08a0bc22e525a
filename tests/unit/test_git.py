"""git.py with real repositories."""

import subprocess
import threading
from pathlib import Path

import pytest

from quizapp import git
from quizapp.git import (
    GitError,
    NothingToCommit,
    branch_of,
    commit,
    export,
    find_commit,
    fork_point,
    kept_files,
    root_of,
)
from tests.repositories import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one lesson committed."""
    repository = Repository(tmp_path / "course")
    repository.write("content/1-mail.md", "# Mail\n")
    repository.commit("Begin")
    return repository


def committed(repository: Repository, revision: str = "HEAD") -> list[str]:
    """The paths that a commit changes."""
    return repository.git("show", "--format=", "--name-only", revision).split("\n")


def test_the_root_is_found_from_a_folder_a_file_and_what_is_not_there_yet(repository: Repository) -> None:
    root = repository.root.resolve()
    for place in (".", "content", "content/1-mail.md", "content/new/lesson.md"):
        assert root_of(repository.root / place) == root


def test_a_folder_in_no_repository_has_no_root(tmp_path: Path) -> None:
    assert root_of(tmp_path) is None
    with pytest.raises(GitError, match="lies in no git repository"):
        git.require_root(tmp_path)


def test_a_broken_git_folder_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert root_of(tmp_path) is None


def test_without_git_a_plain_folder_has_no_root_and_a_repository_is_told(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert root_of(tmp_path) is None
    with pytest.raises(GitError, match="git: is not installed"):
        root_of(repository.root)


def test_a_repository_in_a_repository_is_its_own_root(repository: Repository) -> None:
    inner = Repository(repository.root / "content" / "inner")
    assert root_of(inner.root) == inner.root.resolve()


def test_variables_of_a_hook_lead_nowhere_else(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git" / "index"))
    assert root_of(repository.root) == repository.root.resolve()
    assert find_commit(repository.root, "HEAD").subject == "Begin"


def test_a_changed_file_is_committed_with_author_and_committer(repository: Repository) -> None:
    file = repository.write("content/1-mail.md", "# Mail flow\n")
    made = commit(repository.root, file, "Say flow\n\nIt flows.\n", "Zoë Ångström", "zoe@example.org")
    assert made == repository.git("rev-parse", "HEAD")
    told = repository.git("show", "--no-patch", "--format=%an|%ae|%cn|%ce|%s|%b", "HEAD")
    assert told == "Zoë Ångström|zoe@example.org|Zoë Ångström|zoe@example.org|Say flow|It flows."
    assert committed(repository) == ["content/1-mail.md"]
    assert repository.git("status", "--porcelain") == ""


def test_a_new_file_is_committed_alone_and_staged_work_stays_staged(repository: Repository) -> None:
    repository.write("content/staged.md", "staged\n")
    repository.git("add", "content/staged.md")
    repository.write("content/1-mail.md", "# Not staged\n")
    commit(repository.root, repository.write("content/2 new – ü.md", "# New\n"), "Add it", "Ann", "a@example.org")
    assert (
        repository.git("-c", "core.quotepath=off", "show", "--format=", "--name-only", "HEAD") == "content/2 new – ü.md"
    )
    assert repository.git("status", "--porcelain").split("\n") == ["M content/1-mail.md", "A  content/staged.md"]


def test_what_belongs_to_a_file_is_in_its_commit(repository: Repository) -> None:
    beside = repository.write("content/media/a.png", "PNG")
    repository.write("content/other.md", "# Other\n")
    file = repository.write("content/1-mail.md", "# Mail\n\n![](media/a.png)\n")
    commit(repository.root, file, "Add it", "Ann", "", [beside])
    assert committed(repository) == ["content/1-mail.md", "content/media/a.png"]
    assert repository.git("status", "--porcelain") == "?? content/other.md"


def test_files_that_are_ignored_and_in_no_commit_have_no_history(repository: Repository) -> None:
    kept = repository.write("content/old.png", "PNG")
    repository.commit()
    repository.write(".gitignore", "*.png\n")
    files = [kept, repository.write("content/new.png", "PNG"), repository.write("content/2.md", "# 2\n")]
    assert kept_files(repository.root, files) == [files[0], files[2]]
    assert kept_files(repository.root, []) == []


def test_what_was_staged_of_the_file_itself_goes_in_as_it_is_on_disk(repository: Repository) -> None:
    repository.write("content/1-mail.md", "# Staged\n")
    repository.git("add", "--all")
    file = repository.write("content/1-mail.md", "# On disk\n")
    commit(repository.root, file, "Change", "Ann", "")
    assert repository.git("show", "HEAD:content/1-mail.md") == "# On disk"
    assert repository.git("status", "--porcelain") == ""


def test_the_first_commit_of_a_repository_can_be_made(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    commit(tmp_path, repository.write("index.md", "# Site\n"), "Begin", "Ann", "ann@example.org")
    assert committed(repository) == ["index.md"]


def test_a_file_that_did_not_change_makes_no_commit(repository: Repository) -> None:
    before = repository.git("rev-parse", "HEAD")
    with pytest.raises(NothingToCommit, match=r"content/1-mail\.md: is committed already"):
        commit(repository.root, repository.root / "content/1-mail.md", "Again", "Ann", "ann@example.org")
    assert repository.git("rev-parse", "HEAD") == before


@pytest.mark.parametrize("name", ["-n.md", ":(top)x.md", "*.md", "a'b\"c.md", "with\nline.md"])
def test_odd_names_of_files_are_names(repository: Repository, name: str) -> None:
    commit(repository.root, repository.write(name, "# Odd\n"), "-m odd", "Ann", "ann@example.org")
    assert (
        repository.git("show", "--format=%s", "--name-only", "-z", "HEAD").rstrip("\0").split("\0")[-1].strip() == name
    )


@pytest.mark.parametrize(
    ("name", "email", "told"),
    [
        ("", "", "unknown <>"),
        ("...", "ann@example.org", "ann@example.org <ann@example.org>"),
        ("A <b>\n\0c", "x>y@example.org", "A b c <x y@example.org>"),
        ("--amend", "-x", "--amend <-x>"),
    ],
)
def test_any_name_can_be_that_of_an_author(repository: Repository, name: str, email: str, told: str) -> None:
    commit(repository.root, repository.write("content/1-mail.md", "# New\n"), "", name, email)
    assert repository.git("show", "--no-patch", "--format=%an <%ae>", "HEAD") == told
    assert repository.git("show", "--no-patch", "--format=%s", "HEAD") == "Change content/1-mail.md"


def test_no_hook_runs(repository: Repository) -> None:
    hook = repository.write(".git/hooks/pre-commit", "#!/bin/sh\ntouch ran\nexit 1\n")
    hook.chmod(0o755)
    commit(repository.root, repository.write("content/1-mail.md", "# New\n"), "Change", "Ann", "ann@example.org")
    assert not (repository.root / "ran").exists()


def test_ignored_files_links_and_what_lies_outside_are_refused(repository: Repository, tmp_path: Path) -> None:
    repository.write(".gitignore", "secret.md\n")
    (repository.root / "link.md").symlink_to("content/1-mail.md")
    outside = tmp_path / "outside.md"
    outside.write_text("# Outside\n", encoding="utf-8")
    for file, why in (
        (repository.write("secret.md", "# S\n"), "git ignores this file"),
        (repository.root / "link.md", "this is no file in"),
        (repository.root / "content" / ".." / ".." / "outside.md", "this is no file in"),
        (repository.root / "content", "this is no file in"),
        (repository.root / "none.md", "this is no file in"),
    ):
        with pytest.raises(GitError, match=why):
            commit(repository.root, file, "Change", "Ann", "ann@example.org")


def test_during_a_merge_nothing_is_committed_and_a_new_file_is_not_left_half_added(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "other")
    repository.write("content/1-mail.md", "# Theirs\n")
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.write("content/1-mail.md", "# Ours\n")
    repository.commit()
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "other")
    before = repository.git("status", "--porcelain")
    with pytest.raises(GitError, match="a merge or rebase is under way"):
        commit(repository.root, repository.write("new.md", "# New\n"), "Add", "Ann", "ann@example.org")
    assert repository.git("status", "--porcelain") == f"{before}\n?? new.md"


def test_commits_at_once_come_one_after_the_other(repository: Repository) -> None:
    files = [repository.write(f"content/{number}-new.md", f"# {number}\n") for number in range(8)]
    threads = [
        threading.Thread(target=commit, args=(repository.root, file, f"Add {file.name}", "Ann", "a@example.org"))
        for file in files
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    subjects = repository.git("log", "--format=%s").split("\n")
    assert sorted(subjects) == sorted(["Begin", *(f"Add {file.name}" for file in files)])
    assert repository.git("status", "--porcelain") == ""


def test_a_revision_is_a_branch_a_tag_a_hash_or_relative(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.git("tag", "-a", "v1", "-m", "one")
    repository.write("content/1-mail.md", "# Two\n")
    second = repository.commit("Second")
    found = {name: find_commit(repository.root, name).hash for name in ("main", "v1", "HEAD~1", second[:8], "HEAD")}
    assert found == {"main": second, "v1": first, "HEAD~1": first, second[:8]: second, "HEAD": second}
    assert find_commit(repository.root, "main").subject == "Second"


@pytest.mark.parametrize(
    ("revision", "hint"),
    [
        ("mian", "Did you mean main"),
        ("zzz", "Name a branch, a tag or a commit"),
        ("", "there is no such revision"),
        ("--output=x", "there is no such revision"),
        ("HEAD:content", "there is no such revision"),
        ("a\nb", "there is no such revision"),
        ("main^{tree}", "there is no such revision"),
    ],
)
def test_an_unknown_revision_is_told_with_what_is_near(repository: Repository, revision: str, hint: str) -> None:
    with pytest.raises(GitError, match=hint):
        find_commit(repository.root, revision)
    assert sorted(one.name for one in repository.root.iterdir()) == [".git", "content"]


def test_a_branch_that_is_at_origin_only_is_named(repository: Repository, tmp_path: Path) -> None:
    repository.git("branch", "draft")
    repository.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    with pytest.raises(GitError, match="Did you mean origin/draft"):
        find_commit(tmp_path / "clone", "draft")


def test_the_branch_is_empty_where_none_is_checked_out(repository: Repository) -> None:
    assert branch_of(repository.root) == "main"
    repository.git("checkout", "--quiet", "--detach")
    assert branch_of(repository.root) == ""


def test_a_branch_forked_from_main_where_it_left_it(repository: Repository) -> None:
    begin = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.commit("Topic")
    repository.git("checkout", "--quiet", "main")
    repository.commit("Main goes on")
    repository.git("checkout", "--quiet", "topic")
    assert fork_point(repository.root).hash == begin
    repository.git("branch", "-m", "main", "trunk")
    with pytest.raises(GitError, match="no branch main or master"):
        fork_point(repository.root)


def test_a_branch_without_a_common_commit_is_told(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "new")
    repository.commit("Anew")
    with pytest.raises(GitError, match="no commit in common"):
        fork_point(repository.root)


def exported(root: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {one.relative_to(root).as_posix(): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def test_a_revision_is_exported_as_it_was(repository: Repository, tmp_path: Path) -> None:
    (repository.root / "content/picture.png").write_bytes(bytes(range(256)) * 300)
    repository.write("content/empty.md", "")
    repository.write("content/ä b.md", "# Ä\r\n")
    repository.write(".gitattributes", "*.png export-ignore\n*.md eol=lf export-subst\n")
    repository.write("other/x.md", "# X\n")
    repository.commit()
    repository.write("content/1-mail.md", "# Later\n")
    export(repository.root, "main", "content", tmp_path / "out")
    assert exported(tmp_path / "out") == {
        "1-mail.md": b"# Mail\n",
        "picture.png": bytes(range(256)) * 300,
        "empty.md": b"",
        "ä b.md": repository.git("cat-file", "blob", "main:content/ä b.md").encode() + b"\n",
    }


def test_all_of_a_repository_can_be_exported(repository: Repository, tmp_path: Path) -> None:
    export(repository.root, "HEAD", "", tmp_path / "out")
    assert exported(tmp_path / "out") == {"content/1-mail.md": b"# Mail\n"}


def test_links_and_forged_paths_are_left_out(repository: Repository, tmp_path: Path) -> None:
    (repository.root / "content/link.md").symlink_to("/etc/passwd")
    (repository.root / "content/folder").symlink_to(tmp_path)
    repository.commit()
    blob = repository.git("rev-parse", "HEAD:content/1-mail.md")
    inner = forged_tree(repository, f"100644 blob {blob}\t.git/config")
    tree = forged_tree(repository, f"040000 tree {inner}\t..\x00100644 blob {blob}\tgood.md")
    made = repository.git("commit-tree", tree, "-m", "forged")
    export(repository.root, made, "", tmp_path / "a" / "out")
    export(repository.root, "main", "content", tmp_path / "b")
    assert exported(tmp_path / "a") == {"out/good.md": b"# Mail\n"}
    assert exported(tmp_path / "b") == {"1-mail.md": b"# Mail\n"}
    assert not any(one.is_symlink() for one in (tmp_path / "b").rglob("*"))


def forged_tree(repository: Repository, entries: str) -> str:
    """A tree with names that git itself would not write."""
    rows = b""
    for entry in entries.split("\0"):
        about, name = entry.split("\t")
        mode, _, identity = about.split(" ")
        rows += mode.lstrip("0").encode() + b" " + name.encode() + b"\0" + bytes.fromhex(identity)
    command = ["git", "-C", str(repository.root), "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    return subprocess.run(command, input=rows, capture_output=True, check=True).stdout.decode().strip()


def test_a_folder_that_a_revision_does_not_have_is_told(repository: Repository, tmp_path: Path) -> None:
    for folder in ("contents", "content/1-mail.md", "../x", "-x"):
        with pytest.raises(GitError, match=r"there is no such folder in main\. Name the content with --content"):
            export(repository.root, "main", folder, tmp_path / "out")


def test_more_than_is_allowed_is_not_exported(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "MAX_BYTES", 6)
    with pytest.raises(GitError, match="has more than"):
        export(repository.root, "main", "content", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_object_that_is_missing_is_told(repository: Repository, tmp_path: Path) -> None:
    blob = repository.git("rev-parse", "HEAD:content/1-mail.md")
    (repository.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitError, match=r"1-mail\.md: cannot be read from the repository"):
        export(repository.root, "main", "content", tmp_path / "out")
