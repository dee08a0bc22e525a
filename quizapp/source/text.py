"""Bytes of a content file to lines."""

import codecs

# The bytes from 0x80 on, which `surrogateescape` keeps as U+DC80 and following.
WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)}


def decode(data: bytes) -> tuple[str, bool]:
    """Return the text with `\\n` line ends and without a BOM, and whether every byte was UTF-8.

    What older editors save is read as they mean it: UTF-16 by its BOM, other bytes as Windows-1252. What is no
    character there either, and NUL, becomes U+FFFD, so that a page can still be shown.
    """
    try:
        text, clean = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, clean = _guessed(data), False
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}"), clean and "\0" not in text


def _guessed(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="surrogateescape").translate(WINDOWS)
