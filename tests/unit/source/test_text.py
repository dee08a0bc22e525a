"""Bytes as older editors save them."""

import pytest

from quizapp.source.text import decode


@pytest.mark.parametrize(
    ("data", "text", "is_clean"),
    [
        ("Café\r\n".encode(), "Café\n", True),
        ("Café".encode("utf-8-sig"), "Café", True),
        ("Café – “à la carte”".encode("cp1252"), "Café – “à la carte”", False),
        ("Café ".encode() + "é".encode("cp1252"), "Café é", False),
        ("Café".encode("utf-16"), "Café", False),
        (b"\xfe\xff" + "Café".encode("utf-16-be"), "Café", False),
        (b"\xff\xfeA", "\ufffd", False),
        (b"a\x81\0", "a\ufffd\ufffd", False),
    ],
)
def test_text_is_read_as_its_editor_meant_it(data: bytes, text: str, is_clean: bool) -> None:
    assert decode(data) == (text, is_clean)
