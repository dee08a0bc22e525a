"""A file in a text box and back: what nobody typed stays, to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.boxes import is_text, saved, shown, unreadable_in

BOM = b"\xef\xbb\xbf"
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\x0b", "\x85", "\N{LINE SEPARATOR}"])
TEXTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4) | ENDS).map("".join)
FILES = st.builds(lambda text, mark: mark + text.encode(), TEXTS, st.sampled_from([b"", BOM]))


def sent(text: str) -> str:
    """What a browser makes of the text of a box."""
    return text.replace("\n", "\r\n")


@given(FILES)
def test_a_file_that_is_opened_and_saved_is_the_same_to_the_byte(data: bytes) -> None:
    assert saved(sent(shown(data)), data) == data


@given(st.lists(st.sampled_from("abc ")).map("".join), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_new_lines_get_the_end_that_the_file_has(line: str, end: str, has_mark: bool) -> None:
    before = (BOM if has_mark else b"") + f"one{end}two{end}".encode()
    after = (BOM if has_mark else b"") + f"one{end}{line}{end}two{end}".encode()
    assert saved(sent(f"one\n{line}\ntwo\n"), before) == after


def test_lines_of_a_file_with_several_ends_keep_theirs() -> None:
    assert saved("a\r\nnew\r\nb\r\nc", b"a\r\nb\nc") == b"a\r\nnew\r\nb\nc"


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("a", b"", b"a\n"),
        ("", b"", b""),
        ("a\nb", b"a\n", b"a\nb\n"),
        ("a\nb", b"a", b"a\nb"),
        ("b", b"a\r\n", b"b\r\n"),
    ],
)
def test_the_last_line_end_is_that_of_the_file_and_a_new_file_has_one(text: str, before: bytes, after: bytes) -> None:
    assert saved(text, before) == after


@pytest.mark.parametrize(
    ("text", "before", "strange"),
    [
        ("a\0b", b"", "\0"),
        ("a\0b", b"a\0b", "\0"),
        ("\N{REPLACEMENT CHARACTER}", b"", "\N{REPLACEMENT CHARACTER}"),
        ("\N{REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}".encode(), ""),
        ("\x1b[0m", b"", "\x1b"),
        ("\x1b[0m", b"\x1b", ""),
        ("a\tb\n\fü😀", b"", ""),
    ],
)
def test_what_no_author_types_is_named(text: str, before: bytes, strange: str) -> None:
    assert unreadable_in(text, before) == strange


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"a", True), (b"\xff\xfe\0\0", False), (b"a\0", False), (b"\x89PNG\r\n\x1a\n\0", False), (b"caf\xe9", True),
     ("h\N{REPLACEMENT CHARACTER}".encode(), True), (b"\x81\xff", False)],
)  # fmt: skip
def test_files_that_would_lose_something_are_no_text(data: bytes, text: bool) -> None:
    assert is_text(data) is text
