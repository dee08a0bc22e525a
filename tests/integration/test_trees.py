"""A zip of Microsoft Learn under /teach, without JavaScript: looked at, imported once, and never over anything."""

import io
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from quizapp.actions.new_folders import Files, made, state_of
from quizapp.errors import NotEditable, NotWritten
from quizapp.formats.archives import BadArchive
from quizapp.formats.mslearn.packed import MAX_TEXTS, tree_in
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.web import create_app
from tests.pages import Page, Visitor
from tests.people import rows, with_settings
from tests.repositories import Repository
from tests.unit.formats.moodle_items import PNG
from tests.unit.formats.mslearn.trees import QUIZ, index, unit

PASTE, TOP, MODULE = "/teach/paste", "learn-main", "learn-pr/bread/sourdough"
PATH = """### YamlMime:LearningPath
uid: bread.baker
title: Become a baker
summary: From flour to loaf.
modules:
- bread.sourdough
"""
FILES: dict[str, str | bytes] = {
    f"{TOP}/README.md": "# Learn\n", f"{TOP}/.github/workflow.yml": "on: push\n",
    f"{TOP}/learn-pr/paths/baker/index.yml": PATH,
    f"{TOP}/{MODULE}/index.yml": index("mix", "quiz"),
    f"{TOP}/{MODULE}/1-mix.yml": unit("mix", "[!include[](includes/1-mix.md)]"),
    f"{TOP}/{MODULE}/includes/1-mix.md": "Mix flour.\n\n![A bowl](../media/bowl.png)\n",
    f"{TOP}/{MODULE}/2-quiz.yml": unit("quiz", quiz=QUIZ, title="What you know"),
    f"{TOP}/{MODULE}/media/bowl.png": PNG,
}  # fmt: skip
BROKEN = {f"{TOP}/{MODULE}/2-quiz.yml": unit("quiz", quiz=QUIZ.replace("true", "false"), title="What you know")}


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[Site]:
    """A site; what is imported does not depend on the kind of database."""
    site = prepare_site(Settings(folder, tmp_path / "instance"))
    site.looking_pause = 0
    yield site
    site.database.close()


@pytest.fixture
def author(sign_in: Callable[..., Visitor]) -> Visitor:
    return sign_in("Ann", "author")


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, body in files.items():
            archive.writestr(path, body)
    return data.getvalue()


def upload(visitor: Visitor, data: bytes, *others: tuple[io.BytesIO, str], **fields: str) -> Page:
    """Choose an archive and send it."""
    [form] = [form for form in visitor.get(PASTE).forms if form.action == PASTE]
    chosen = [(io.BytesIO(data), "learn.zip"), *others]
    return visitor.post(PASTE, {**dict(form.hidden), "do": "read", "file": chosen, **fields})


def bring(visitor: Visitor, page: Page, **fields: str) -> Page:
    """Import what the page shows."""
    [form] = [form for form in page.forms if form.action.startswith("/teach/trees/")]
    return visitor.send(form, do="import", **fields)


def standing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that belongs to content."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "/.git/" not in str(file)
    }


def test_a_repository_is_looked_at_imported_and_served(author: Visitor, site: Site, folder: Path) -> None:
    before = standing(folder)
    page = upload(author, packed(FILES))
    assert (author.status, author.address.rpartition("/")[0]) == (200, "/teach/trees")
    assert "learn.zip · 1 module · 1 learning path · 2 lessons · 1 question · 1 picture" in page.text
    assert "New: sourdough/ module with 2 lessons" in page.text
    assert "New: baker/ learning path" in page.text
    assert f"Advice {MODULE}/index.yml" in page.text
    assert "Leave out" not in page.text
    assert standing(folder) == before
    page = bring(author, page)
    assert author.address == "/teach/"
    assert "Imported: baker, sourdough." in page.text
    after = standing(folder)
    assert before.items() <= after.items()
    assert sorted(set(after) - set(before)) == [
        "baker/index.md", "sourdough/1-mix.md", "sourdough/2-quiz.md", "sourdough/index.md", "sourdough/media/bowl.png",
    ]  # fmt: skip
    assert not [problem for problem in site.problems if problem.severity == "error"]
    for there, shown in (
        ("/paths/baker", "Become a baker"),
        ("/modules/sourdough", "Bake sourdough"),
        ("/modules/sourdough/mix", "Mix flour."),
        ("/modules/sourdough/quiz", "What raises the dough?"),
    ):
        assert shown in author.get(there).text, there
        assert author.status == 200, there
    with author.client.get("/media/sourdough/media/bowl.png") as response:
        assert response.data == PNG
    assert list(rows(site, "SELECT action, detail FROM audit ORDER BY id DESC LIMIT 1")) == [
        ("imported folders", "baker, sourdough")
    ]


def test_the_same_once_more_changes_nothing(author: Visitor, folder: Path) -> None:
    page = upload(author, packed(FILES))
    there = author.address
    bring(author, page)
    before = standing(folder)
    assert "What was uploaded is imported already: baker, sourdough." in bring(author, page).text
    assert "is imported already" in author.get(there).text
    again = upload(author, packed(FILES))
    assert "There already: sourdough/" in again.text
    assert "All of it is there already: nothing changes." in again.text
    assert not [form for form in again.forms if form.action.startswith("/teach/trees/")]
    assert standing(folder) == before


def test_of_two_tabs_the_second_changes_nothing(author: Visitor, folder: Path) -> None:
    one, two = upload(author, packed(FILES)), upload(author, packed(FILES))
    bring(author, one)
    before = standing(folder)
    assert "Nothing changed: all of it is there already." in bring(author, two).text
    assert standing(folder) == before


def test_what_came_later_is_added_to_what_is_there(author: Visitor, folder: Path) -> None:
    bring(author, upload(author, packed({path: data for path, data in FILES.items() if "paths/" not in path})))
    page = upload(author, packed(FILES))
    assert "There already: sourdough/" in page.text
    assert "Imported: baker." in bring(author, page).text
    assert (folder / "baker" / "index.md").is_file()


def _own_folder(folder: Path) -> str:
    (folder / "sourdough").mkdir()
    (folder / "sourdough" / "1-mine.md").write_text("# Mine\n")
    return "sourdough"


def _empty_folder(folder: Path) -> str:
    (folder / "sourdough").mkdir()
    return "sourdough"


def _link(folder: Path) -> str:
    (folder.parent / "elsewhere").mkdir()
    (folder / "sourdough").symlink_to(folder.parent / "elsewhere")
    return "sourdough"


def _dangling(folder: Path) -> str:
    (folder / "baker").symlink_to(folder / "nowhere")
    return "baker"


def _file(folder: Path) -> str:
    (folder / "baker").write_text("Bread\n")
    return "baker"


def _same_key(folder: Path) -> str:
    (folder / "02-Sourdough").mkdir()
    return "02-Sourdough"


def _module_in_a_path(folder: Path) -> str:
    (folder / "exchange" / "sourdough").mkdir()
    (folder / "exchange" / "sourdough" / "1-mine.md").write_text("# Mine\n")
    return "exchange/sourdough"


def _key_of_a_path(folder: Path) -> str:
    (folder / "exchange" / "index.md").write_text("---\ntitle: Mine\nkey: baker\n---\n")
    return "exchange"


@pytest.mark.parametrize(
    "take",
    [_own_folder, _empty_folder, _link, _dangling, _file, _same_key, _module_in_a_path, _key_of_a_path],
)
def test_where_one_name_is_taken_all_is_refused(
    author: Visitor, site: Site, folder: Path, take: Callable[[Path], str]
) -> None:
    old = upload(author, packed(FILES))
    other = take(folder)
    site.look_again()
    before = standing(folder.parent / "content")
    page = upload(author, packed(FILES))
    told = f"{other}: this is there already, so nothing is imported. Rename one of the two.".casefold()
    assert told in page.text.casefold()
    assert f"{other} has that name." in page.text
    assert "Look again" in page.text
    refused = bring(author, old)
    assert author.status == 422
    assert told in refused.text.casefold()
    assert standing(folder.parent / "content") == before
    assert not list(folder.glob(".quizapp-*"))


def test_a_module_that_was_changed_since_is_never_replaced(author: Visitor, folder: Path) -> None:
    bring(author, upload(author, packed(FILES)))
    for change in ("sourdough/1-mix.md", "sourdough/3-more.md", "sourdough/media/deep/er/still/a.png"):
        file = folder / change
        kept = file.read_bytes() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# Mine\n")
        assert "Taken: sourdough/" in upload(author, packed(FILES)).text, change
        file.unlink()
        if kept is not None:
            file.write_bytes(kept)
    shutil.rmtree(folder / "sourdough" / "media" / "deep")
    (folder / "sourdough" / ".DS_Store").write_text("what a file manager leaves")
    assert "All of it is there already" in upload(author, packed(FILES)).text


def test_a_tree_with_errors_comes_in_without_them_where_that_is_said(author: Visitor, folder: Path) -> None:
    page = upload(author, packed({**FILES, **BROKEN}))
    assert "Left out" in page.text
    assert f"Error {MODULE}/2-quiz.yml:11 No choice is correct, so the question is left out." in page.text
    refused = bring(author, page)
    assert author.status == 422
    assert f"{MODULE}/2-quiz.yml:11: nothing is imported because of this.".casefold() in refused.text.casefold()
    assert not (folder / "sourdough").exists()
    page = bring(author, refused, only_good="1")
    assert "Imported: baker, sourdough." in page.text


def test_the_long_part_of_a_report_is_folded(author: Visitor) -> None:
    lost = "\n\n".join(f"![Bowl {n}](media/{n}.png)" for n in range(12))
    page = upload(author, packed({**FILES, f"{TOP}/{MODULE}/includes/1-mix.md": lost}))
    assert "<summary>12 lines of the report</summary>" in page.html
    assert all(f"media/{n}.png" in page.text for n in range(12))


def test_an_archive_without_a_module_is_told_and_has_no_button(author: Visitor) -> None:
    page = upload(author, packed({"paths/baker/index.yml": PATH}))
    assert author.status == 200
    assert "No module stands here." in page.text
    assert not [form for form in page.forms if form.action.startswith("/teach/trees/")]


def test_a_module_by_itself_keeps_the_name_of_its_folder() -> None:
    inside = {path.removeprefix(f"{TOP}/{MODULE}/"): body for path, body in FILES.items() if MODULE in path}
    assert set(tree_in(packed({f"sourdough/{path}": body for path, body in inside.items()})).paths) == {
        f"sourdough/{path}" for path in inside
    }
    assert set(tree_in(packed(inside)).paths) == set(inside)
    apple = {f"bread/sourdough/{path}": body for path, body in inside.items()} | {"__MACOSX/bread/._x.yml": b"x"}
    assert set(tree_in(packed(apple)).paths) == {f"sourdough/{path}" for path in inside}


def test_more_than_is_converted_while_somebody_waits_is_refused(author: Visitor) -> None:
    many = {**FILES, **{f"{TOP}/more/{n}.md": "x" for n in range(MAX_TEXTS)}}
    page = upload(author, packed(many))
    assert author.status == 422
    assert "are converted here at most. Unpack it, and run quizapp import mslearn" in page.text
    with pytest.raises(BadArchive, match="KiB are converted here at most"):
        tree_in(packed({**FILES, **{f"{TOP}/{n}.md": os.urandom(1 << 20) for n in range(9)}}))


def test_a_picture_that_would_be_copied_without_end_is_refused(author: Visitor, folder: Path) -> None:
    files: dict[str, str | bytes] = {"media/big.png": PNG + os.urandom(9 << 20)}
    for n in range(16):
        files[f"m{n}/index.yml"] = index("mix").replace("bread.sourdough", f"bread.m{n}")
        text = unit("mix", "![Big](../media/big.png)").replace("bread.sourdough", f"bread.m{n}")
        files[f"m{n}/1-mix.yml"] = text
    page = upload(author, packed(files))
    assert author.status == 422
    assert "are written here at most. Unpack it, and run quizapp import mslearn" in page.text
    assert not list(folder.glob("m*"))


def _hostile() -> dict[str, bytes]:
    """Archives with a module that mean harm, or are damaged."""
    link = io.BytesIO(packed(FILES))
    with zipfile.ZipFile(link, "a") as archive:
        info = zipfile.ZipInfo(f"{TOP}/{MODULE}/3-link.yml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    good = packed(FILES)
    return {
        "outside": packed({**FILES, "../../evil.md": "# Evil\n"}),
        "absolute": packed({**FILES, "/etc/evil.md": "# Evil\n"}),
        "link": link.getvalue(),
        "bomb": packed({**FILES, f"{TOP}/zero.png": b"\0" * 50_000_000}),
        "many": packed({**FILES, **{f"{TOP}/{n}.txt": b"" for n in range(2100)}}),
        "damaged": good[:400] + b"\xff" * 40 + good[440:],
    }


@pytest.mark.parametrize("name", _hostile())
def test_archives_that_mean_harm_are_refused_with_a_sentence(author: Visitor, folder: Path, name: str) -> None:
    before = standing(folder.parent / "content")
    page = upload(author, _hostile()[name])
    assert author.status in (200, 422)
    assert "There is a problem" in page.text or "Not read:" in page.text
    assert not [form for form in page.forms if form.action.startswith("/teach/trees/")]
    assert standing(folder.parent / "content") == before


def test_what_texts_of_a_tree_say_is_shown_as_text(author: Visitor) -> None:
    page = upload(author, packed({**FILES, f"{TOP}/learn-pr/<img src=x>.yml": "### YamlMime:Module\nuid: [\n"}))
    assert "<img src=x>" not in page.html
    assert "learn-pr/<img src=x>.yml" in page.text


def test_a_tree_among_other_files_is_to_come_alone(author: Visitor) -> None:
    page = upload(author, packed(FILES), (io.BytesIO(b"question,right\n"), "a.csv"))
    assert author.address.startswith("/teach/uploads/")
    assert "become lessons. Upload this file alone." in page.text
    author.get(author.address.replace("/uploads/", "/trees/").partition("?")[0])
    assert author.address.startswith("/teach/uploads/")


def test_all_of_it_is_one_commit_by_who_imported(author: Visitor, folder: Path) -> None:
    repository = Repository(folder.parent)
    repository.write(".gitignore", "instance\n")
    repository.commit()
    page = bring(author, upload(author, packed(FILES)))
    assert "not in the history" not in page.text
    committed = repository.git("show", "--name-only", "--format=%an: %s", "HEAD").splitlines()
    assert committed == [
        "Ann: Import baker, sourdough", "", "content/baker/index.md", "content/sourdough/1-mix.md",
        "content/sourdough/2-quiz.md", "content/sourdough/index.md", "content/sourdough/media/bowl.png",
    ]  # fmt: skip
    assert repository.git("status", "--porcelain") == ""


def test_what_git_refuses_is_imported_and_told(author: Visitor, folder: Path) -> None:
    repository = Repository(folder.parent)
    repository.write(".gitignore", "instance\n")
    repository.write(".git/MERGE_HEAD", repository.commit() + "\n")
    page = bring(author, upload(author, packed(FILES)))
    assert "It is not in the history of git." in page.text
    assert (folder / "sourdough" / "index.md").is_file()


def test_who_is_no_author_imports_nothing(sign_in: Callable[..., Visitor], site: Site, author: Visitor) -> None:
    page = upload(author, packed(FILES))
    there, token = author.address, dict(page.forms[-1].hidden)
    for name, roles in (("Lena", ()), ("Ines", ("instructor",))):
        visitor = sign_in(name, *roles)
        assert visitor.client.get(there).status_code == 403
        assert visitor.client.post(there, data={"do": "import", **token}).status_code in (400, 403)
    other = sign_in("Ben", "author")
    other.get(there)
    assert other.status == 404
    off = create_app(site=with_settings(site, editing="off")).test_client()
    assert off.get(there).status_code == 404
    assert author.post(there, {"do": "import"}).text
    assert author.status == 400
    assert not (site.settings.content / "sourdough").exists()


# New folders


BREAD: dict[str, Files] = {"bread": {"1-a.md": b"# A\n", "media/a.png": PNG}, "cake": {"index.md": b"# Cake\n"}}


def test_folders_are_there_whole_and_as_new_files_are(folder: Path) -> None:
    with made(folder, BREAD):
        assert [state_of(folder, name, files) for name, files in BREAD.items()] == ["same", "same"]
    assert stat.S_IMODE((folder / "bread").stat().st_mode) == stat.S_IMODE((folder / "exchange").stat().st_mode)
    assert not list(folder.glob(".*"))


def test_where_what_is_done_fails_they_are_taken_away(folder: Path) -> None:
    before = standing(folder)
    with pytest.raises(KeyError), made(folder, BREAD):
        raise KeyError
    assert standing(folder) == before
    assert sorted(one.name for one in folder.iterdir()) == ["exchange"]


@pytest.mark.parametrize("after", [0, 1, 2, 5])
def test_a_disk_that_is_full_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    calls, sync = [0], os.fsync

    def full(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] > after:
            raise OSError(28, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    if after < 5:
        with pytest.raises(NotWritten, match="No space left on device"), made(folder, BREAD):
            pass
    else:
        with made(folder, BREAD):
            pass
    assert sorted(one.name for one in folder.iterdir()) == (
        ["exchange"] if after < 5 else ["bread", "cake", "exchange"]
    )


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_comes_to_stand_there_meanwhile_stays(folder: Path, tmp_path: Path, kind: str) -> None:
    there = folder / "cake"
    if kind == "link":
        there.symlink_to(tmp_path)
    elif kind == "folder":
        there.mkdir()
    else:
        there.touch()
    was = os.lstat(there)
    with pytest.raises(NotEditable, match="cake: something of this name stands there"), made(folder, BREAD):
        pass
    assert os.lstat(there) == was
    assert sorted(one.name for one in folder.iterdir()) == ["cake", "exchange"]


@pytest.mark.parametrize(
    "path", ["../a.md", "/a.md", ".hidden.md", "_a.md", "a//b.md", "a/b/c/d.md", "a\n.md", "a:b.md", "n" * 201 + ".md"]
)
def test_names_that_lead_elsewhere_or_work_nowhere_are_refused(folder: Path, path: str) -> None:
    before = standing(folder.parent)
    with pytest.raises(NotEditable, match="this name does not work everywhere"), made(folder, {"bread": {path: b"x"}}):
        pass
    assert standing(folder.parent) == before
