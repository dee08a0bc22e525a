"""Where new files go, how they are called, and that what stands in them at first is valid."""

import pytest

from quizapp.content.folder import Folder
from quizapp.content.new_files import KINDS, NewKind, path_of_new, places, starter
from quizapp.errors import NotEditable
from tests.unit.content.reading import catalogue_from

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
        ("lesson", "Äpfel & Birnen", "new", "new/1-äpfel--birnen.md"),
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
        ("lesson", "../../etc", "lone"),
        ("lesson", "_hidden", "lone"),
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


def test_what_stands_in_a_new_file_is_valid_at_once() -> None:
    files = {f"{kind}{'.' + kind if kind in ('bank', 'quiz') else ''}.md": starter(kind, f"A {kind}") for kind in KINDS}
    for name, text in files.items():
        catalogue, problems = catalogue_from({name: text.encode()})
        assert problems == []
        assert f"A {name.partition('.')[0]}" in repr(catalogue.modules)
    assert starter("nothing", "x") == ""
