"""The git program: where a repository is, one file committed, the files of a revision.

It is called by a list of arguments, never through a shell. Nothing here talks to another machine, and no hook runs.
What is read of a revision are its files as they are stored: neither the filters that a repository configures (such as
LFS) nor its `export-ignore` come in. A commit does run the filters that its repository configures, as `git add` does.
"""

import difflib
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from quizapp.errors import QuizappError

TIMEOUT_SECONDS, EXPORT_SECONDS = 30.0, 300.0
MAX_FILES, MAX_BYTES = 20_000, 1 << 30  # of what is exported
LOCK_SECONDS = 5.0  # how long a commit waits for others
MAIN_NAMES = ("main", "master", "origin/HEAD", "origin/main", "origin/master")
SAFE = (
    *("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotepath=off"),
    *(
        "-c",
        "protocol.allow=never",
        "-c",
        "gc.auto=0",
        "-c",
        "i18n.commitEncoding=UTF-8",
        "--no-pager",
        "--literal-pathspecs",
    ),
)
KEPT = re.compile(r"GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)$")  # such as what a CI trusts
UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
NOTHING: Mapping[str, str] = {}
CRUD = re.compile(r"[\x00-\x1f\x7f<>]+")


class GitError(QuizappError):
    """Git cannot do what was asked; the text says why."""


class NothingToCommit(GitError):
    """The file is in the repository already as it is."""


class IndexBehind(GitError):
    """A commit is made, and the index stayed locked: it still has the file as it was before."""

    def __init__(self, root: Path, paths: Sequence[str], made: str) -> None:
        super().__init__(
            f"{root}: the commit {made[:10]} is made, but another git held the index: it would take the change back."
            f" Run `git reset -q -- {' '.join(paths)}` there."
        )
        self.commit = made


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its whole hash, its date (ISO 8601) and the first line of its message."""

    hash: str
    date: str
    subject: str

    @property
    def short(self) -> str:
        """The hash as people write it."""
        return self.hash[:10]


@dataclass(frozen=True, slots=True)
class _Blob:
    """A file of a revision."""

    path: str
    name: str
    size: int


def root_of(folder: Path) -> Path | None:
    """The working tree that a folder (or a file, or one that is yet to be made) lies in; None where it lies in none.

    Raises GitError where there is one and git is missing or refuses to work in it.
    """
    here = folder.absolute()
    there = next((one for one in (here, *here.parents) if one.is_dir()), None)
    if there is None or not any((one / ".git").exists() for one in (there, *there.resolve().parents, *there.parents)):
        return None
    done = _run(there, "rev-parse", "--show-toplevel")
    if done.returncode == 0:
        return Path(_text(done).removesuffix("\n"))
    if b"not a git repository" in done.stderr or b"must be run in a work tree" in done.stderr:
        return None
    raise _fault(there, done)


def require_root(folder: Path) -> Path:
    """As `root_of`. Raises GitError where the folder lies in no repository."""
    root = root_of(folder)
    if root is None:
        raise GitError(f"{folder}: lies in no git repository. Name folders, or run `git init` and commit first.")
    return root


def find_commit(root: Path, revision: str) -> Commit:
    """The commit that a revision names: a branch, a tag, a hash, `HEAD~2`.

    Raises GitError for an unknown one, with the names that are near.
    """
    is_odd = not revision or revision.startswith("-") or not revision.isprintable()
    done = None if is_odd else _run(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done is None or done.returncode != 0:
        if done is not None and done.stderr.startswith(b"fatal: detected dubious"):
            raise _fault(root, done)
        raise GitError(_unknown(root, revision))
    name = _text(done).strip()
    date, subject = _asked(root, "show", "--no-patch", "--format=%cI%x00%s", name).rstrip("\n").split("\0", 1)
    return Commit(name, date, subject)


def branch_of(root: Path) -> str:
    """The branch that is checked out; empty where none is."""
    done = _run(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    return _text(done).strip() if done.returncode == 0 else ""


def fork_point(root: Path) -> Commit:
    """The commit that HEAD and the main branch (main or master, here or at origin) have last in common.

    Raises GitError where there is no main branch, or nothing in common.
    """
    head = find_commit(root, "HEAD")
    for name in MAIN_NAMES:
        if _run(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").returncode == 0:
            done = _run(root, "merge-base", head.hash, name)
            if done.returncode != 0:
                raise GitError(
                    f"{root}: HEAD and {name} have no commit in common. Fetch the whole history, or name a revision."
                )
            return find_commit(root, _text(done).split()[0])
    raise GitError(f"{root}: there is no branch main or master. Name the revision to compare with.")


def commit(root: Path, file: Path, message: str, name: str, email: str, beside: Sequence[Path] = ()) -> str:
    """Commit this one file as it is on disk, with `name` as author and committer; return the hash of the commit.

    With it go the files that belong to it, `beside`. Other changes, staged ones too, stay as they are and out of it.
    Raises NothingToCommit where all of them are committed as they are, IndexBehind where the commit is made but the
    index could not be told, and GitError for a file that is ignored or outside, while a merge is under way, and for
    anything else.
    """
    paths = [_path_in(root, one) for one in (file, *beside)]
    path = paths[0]
    _refuse_unfinished(root)
    text = f"{message.replace(chr(0), '').strip() or f'Change {path}'}\n"
    patience = time.monotonic() + LOCK_SECONDS
    while True:
        parent, tree, entry = _tree_with(root, paths)
        made = _asked(root, "commit-tree", tree, *(("-p", parent) if parent else ()), given=text.encode(),
                      extra=_identity(name, email)).strip()  # fmt: skip
        done = _run(root, "update-ref", "-m", f"commit: {text.partition(chr(10))[0]}", "HEAD", made, parent)
        if done.returncode == 0:
            if not _take_over(root, entry, patience):
                raise IndexBehind(root, paths, made)
            return made
        if time.monotonic() > patience:
            raise _fault(root, done)
        time.sleep(0.05)  # another commit came first: this one goes on top of it


def kept_files(root: Path, files: Sequence[Path]) -> list[Path]:
    """Those files of which git keeps a history: all but what is ignored, and in no commit so far. Raises GitError."""
    told, paths = ("--others", "--ignored", "--exclude-standard", "-z"), [_path_in(root, file) for file in files]
    ignored = set(_asked(root, "ls-files", *told, "--", *paths).split("\0")) if paths else set()
    return [file for file, path in zip(files, paths, strict=True) if path not in ignored]


def export(root: Path, revision: str, folder: str, into: Path) -> None:
    """Write the files that a folder of the working tree (`""`: all of it) has in a revision into a folder.

    Symbolic links and submodules are left out. Raises GitError for an unknown revision or folder, and for more than
    MAX_FILES files or MAX_BYTES bytes.
    """
    found = find_commit(root, revision)
    blobs = _blobs(root, found, folder, revision)
    if len(blobs) > MAX_FILES or sum(blob.size for blob in blobs) > MAX_BYTES:
        raise GitError(
            f"{revision}: {folder or 'the repository'} has more than {MAX_FILES} files or {MAX_BYTES >> 20} MiB there."
            " Name a smaller folder."
        )
    into.mkdir(parents=True, exist_ok=True)
    _write(root, blobs, into)


def _refuse_unfinished(root: Path) -> None:
    """Raise GitError while a merge or the like waits for a person: a commit would finish a part of it."""
    folder = root / _asked(root, "rev-parse", "--git-dir").removesuffix("\n")
    if any((folder / name).exists() for name in UNFINISHED):
        raise GitError(f"{root}: a merge or rebase is under way in this repository. Finish or abort it first.")


def _tree_with(root: Path, paths: Sequence[str]) -> tuple[str, str, str]:
    """HEAD (empty before the first commit), its tree with these files as they are on disk, and their entries.

    It grows in an index of its own, so that neither staged work nor another git comes in between.
    """
    head = _text(_run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")).strip()
    with tempfile.TemporaryDirectory() as folder:
        own = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        _asked(root, "read-tree", head or "--empty", extra=own)
        _asked(root, "add", "--", *paths, extra=own)
        tree = _asked(root, "write-tree", extra=own).strip()
        entry = _asked(root, "ls-files", "--stage", "-z", "--", *paths, extra=own)
    if head and tree == _asked(root, "rev-parse", f"{head}^{{tree}}").strip():
        raise NothingToCommit(f"{paths[0]}: is committed already as it is.")
    return head, tree, entry


def _take_over(root: Path, entry: str, patience: float) -> bool:
    """Tell the index what was committed; False for one that stays locked."""
    while _run(root, "update-index", "-z", "--index-info", given=os.fsencode(entry)).returncode != 0:
        if time.monotonic() > patience:
            return False
        time.sleep(0.05)  # whoever holds the index works on it for a moment only
    return True


def _identity(name: str, email: str) -> Mapping[str, str]:
    """Who commits, without what git cannot write."""
    told, mail = (" ".join(CRUD.sub(" ", text).split()) for text in (name, email))
    who = told if told.strip(" .,:;\"'\\") else mail or "unknown"
    return {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", who), ("EMAIL", mail))}  # fmt: skip


def _path_in(root: Path, file: Path) -> str:
    """The path of a file in the working tree. Raises GitError for one outside, and for what is no file."""
    there = file.parent.resolve() / file.name
    if not there.is_relative_to(root.resolve()) or there.is_symlink() or not there.is_file():
        raise GitError(f"{file}: this is no file in {root}. Name one that lies in the repository.")
    return there.relative_to(root.resolve()).as_posix()


def _blobs(root: Path, found: Commit, folder: str, revision: str) -> list[_Blob]:
    inner = PurePosixPath(folder).as_posix() if folder not in ("", ".") else ""
    done = _run(root, "ls-tree", "-r", "-z", "-l", "--full-tree", f"{found.hash}:{inner}")
    if done.returncode != 0:
        raise GitError(f"{inner}: there is no such folder in {revision[:40]}. Name the content with --content.")
    blobs = []
    for line in filter(None, done.stdout.split(b"\0")):
        about, _, raw = line.partition(b"\t")
        mode, kind, name, size = about.split()
        path = os.fsdecode(raw)
        if kind == b"blob" and mode != b"120000" and _is_plain(path):
            blobs.append(_Blob(path, name.decode(), int(size) if size.isdigit() else 0))  # else it is missing
    return blobs


def _is_plain(path: str) -> bool:
    """Whether a path of a revision stays inside; a tree that somebody forged may hold any names."""
    parts = path.split("/")
    return all(part not in ("", ".", "..") and part.lower() != ".git" for part in parts) and "\\" not in path


def _write(root: Path, blobs: list[_Blob], into: Path) -> None:
    """Write files as git has them, one after the other."""
    with tempfile.TemporaryFile() as names:
        names.write("".join(f"{blob.name}\n" for blob in blobs).encode())
        names.seek(0)
        with subprocess.Popen(  # noqa: S603 (a list of arguments, made here)
            _command(root, "cat-file", "--batch"), stdin=names, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as process:  # fmt: skip
            clock = threading.Timer(EXPORT_SECONDS, process.kill)
            clock.start()
            try:
                for blob, data in _batch(process, blobs):
                    target = into / blob.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(data)
            except OSError as error:
                raise GitError(f"{into}: cannot be written: {error.strerror}.") from None
            finally:
                clock.cancel()
                process.kill()


def _batch(process: subprocess.Popen[bytes], blobs: list[_Blob]) -> Iterator[tuple[_Blob, bytes]]:
    """What `cat-file --batch` answers: a line about each object, its bytes, and the end of a line."""
    assert process.stdout is not None  # noqa: S101 (it was asked for)
    for blob in blobs:
        head = process.stdout.readline().split()
        data = process.stdout.read(blob.size + 1) if len(head) == 3 and int(head[2]) == blob.size else b""
        if len(data) != blob.size + 1:
            raise GitError(f"{blob.path}: cannot be read from the repository. Run `git fsck`, or fetch it whole.")
        yield blob, data[:-1]


def _unknown(root: Path, revision: str) -> str:
    done = _run(root, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    names = _text(done).split()
    ends = [name for name in names if name.rpartition("/")[2] == revision]
    near = ends or difflib.get_close_matches(revision, names, n=3, cutoff=0.5)
    if near:
        return f"{revision}: there is no such revision. Did you mean {' or '.join(near[:3])}?"
    return f"{revision}: there is no such revision. Name a branch, a tag or a commit, or fetch it first."


def _asked(root: Path, *arguments: str, given: bytes = b"", extra: Mapping[str, str] = NOTHING) -> str:
    """What git answers. Raises GitError."""
    done = _run(root, *arguments, given=given, extra=extra)
    if done.returncode != 0:
        raise _fault(root, done)
    return _text(done)


def _fault(root: Path, done: "subprocess.CompletedProcess[bytes]") -> GitError:
    said = done.stderr.decode("utf-8", "replace").strip()
    if "dubious ownership" in said:
        return GitError(
            f"{root}: this repository belongs to somebody else, and git does not trust it."
            f" Run `git config --global --add safe.directory {root}` if you do."
        )
    if "ignored by one of your" in said:
        return GitError(f"{root}: git ignores this file. Take it out of .gitignore to have its history kept.")
    first = next((line for line in said.splitlines() if line), f"exit {done.returncode}")
    return GitError(f"{root}: git says: {first.removeprefix('fatal: ').removeprefix('error: ').rstrip('.')}.")


def _run(
    root: Path, *arguments: str, given: bytes = b"", extra: Mapping[str, str] = NOTHING
) -> "subprocess.CompletedProcess[bytes]":
    environment = {**_environment(), **extra}
    try:
        return subprocess.run(  # noqa: S603 (a list of arguments; what people name is checked or stands after `--`)
            _command(root, *arguments), input=given, capture_output=True, env=environment, timeout=TIMEOUT_SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise GitError(f"{root}: git did not answer within {TIMEOUT_SECONDS:.0f} seconds. Try again.") from None
    except OSError as error:
        raise GitError(f"{root}: git cannot be run: {error.strerror}. Install it.") from None


def _command(root: Path, *arguments: str) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise GitError("git: is not installed. Install it, or name folders.")
    return [program, *SAFE, "-C", str(root), *arguments]


def _environment() -> dict[str, str]:
    """This process's, without what would lead git elsewhere (a hook has such), and with what keeps it quiet."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or KEPT.match(name)}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1"}
    return plain | quiet | {"LC_ALL": "C", "GIT_EDITOR": "true", "GIT_ASKPASS": "true"}


def _text(done: "subprocess.CompletedProcess[bytes]") -> str:
    return os.fsdecode(done.stdout)
