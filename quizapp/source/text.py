"""Bytes of a content file to lines."""


def decode(data: bytes) -> tuple[str, bool]:
    """Return the text with `\\n` line ends and without a BOM, and whether every byte was UTF-8.

    Bytes that are not UTF-8 and NUL characters become U+FFFD, so that a page can still be shown.
    """
    try:
        text, clean = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, clean = data.decode("utf-8-sig", errors="replace"), False
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}"), clean and "\0" not in text
