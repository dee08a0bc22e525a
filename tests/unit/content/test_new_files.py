"""Where new files go, how they are called, and that what stands in them at first is valid."""

from pathlib import Path

import pytest

from quizapp.content.catalogue import read_catalogue
from quizapp.content.folder import Folder
from quizapp.content.new_files import KINDS, NewKind, path_of_new, places, starter
from quizapp.errors import NotEditable, Problem

MODULE = Folder("exchange/mail", lessons=["1-one.md", "7-seven.md", "extra.md"], banks=["mail.bank.md"])
PATH = Folder("exchange", folders=[MODULE, Folder("exchange/2-next")])
LONE, NEW = Folder("lone", lessons=["hello.md"]), Folder("new", index="index.md")
TREE = Folder("", folders=[PATH, LONE, NEW])


@pytest.mark.parametrize(
    ("kind", "title", "place", "path"),
    [
        ("lesson", "How  mail finds a server", "exchange/mail", "exchange/mail/8-how-mail-finds-a-server.md"),
        ("lesson", "First", "exchange/2-next", "exchange/2-next/1-first.md"),
        ("lesson", "Next", "lone", "lone/next.md"),
        ("lesson", "../../etc", "lone", "lone/etc.md"),
        ("lesson", "_hidden", "lone", "lone/hidden.md"),
        ("lesson", "Äpfel & Birnen", "new", "new/1-äpfel-birnen.md"),
        ("lesson", "On mail.bank", "lone", "lone/on-mail-bank.md"),
        ("bank", "More", "exchange/mail", "exchange/mail/more.bank.md"),
        ("quiz", "Final test", "exchange/mail", "exchange/mail/final-test.quiz.md"),
        ("module", "DNS", "exchange", "exchange/3-dns/index.md"),
        ("module", "Alone", "", "alone/index.md"),
        ("module", "Inside", "new", "new/inside/index.md"),
        ("path", "Web", "", "web/index.md"),
    ],
)
def test_a_new_file_has_a_place_and_a_name(kind: NewKind, title: str, place: str, path: str) -> None:
    assert path_of_new(TREE, kind, title, place) == path


@pytest.mark.parametrize(
    ("kind", "title", "place"),
    [
        ("lesson", "Title", "exchange"),
        ("lesson", "Title", ""),
        ("module", "Title", "lone"),
        ("path", "Title", "exchange"),
        ("lesson", "Title", "../elsewhere"),
        ("lesson", "Title", "nowhere"),
        ("lesson", "…", "lone"),
        ("lesson", "Index", "lone"),
        ("lesson", "LICENSE", "lone"),
        ("module", "Media", ""),
        ("lesson", "Seven", "exchange/mail"),
        ("bank", "Mail", "exchange/mail"),
        ("module", "Lone", ""),
    ],
)
def test_what_does_not_go_there_is_refused(kind: NewKind, title: str, place: str) -> None:
    with pytest.raises(NotEditable):
        path_of_new(TREE, kind, title, place)


def test_every_place_takes_what_it_says() -> None:
    assert {place.path for place in places(TREE)} == {"", "exchange", "exchange/mail", "exchange/2-next", "lone", "new"}
    for place in places(TREE):
        for kind in place.kinds:
            assert path_of_new(TREE, kind, "Something new", place.path).startswith(place.path)


def module_alone(content: Path) -> list[Problem]:
    """What is said when a module has its index file, and no lesson yet."""
    (content / "burns").mkdir(parents=True)
    (content / "burns" / "index.md").write_text(starter("module", "Burns"), encoding="utf-8")
    return read_catalogue(content)[1]


def test_what_stands_in_a_new_file_is_valid_at_once(tmp_path: Path) -> None:
    for kind in KINDS:
        folder = tmp_path / kind / "a-module"
        folder.mkdir(parents=True)
        (folder / "1-first.md").write_text("# First\n\nText.\n", encoding="utf-8")
        name = {"lesson": "2-new.md", "bank": "new.bank.md", "quiz": "new.quiz.md"}.get(kind, "index.md")
        file = tmp_path / kind / "index.md" if kind == "path" else folder / name
        file.write_text(starter(kind, f"About a {kind}"), encoding="utf-8")
        catalogue, problems = read_catalogue(tmp_path / kind)
        assert problems == []
        assert f"About a {kind}" in repr(catalogue)
    assert [one.code for one in module_alone(tmp_path / "alone")] == ["empty-folder"]
    assert starter("nothing", "x") == starter("lesson", "…") == ""
