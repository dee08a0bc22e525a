"""Bytes of a format that is text: UTF-8, of bounded length, with line ends of one kind."""

import re

from quizapp.errors import QuizappError
from quizapp.formats.contract import MAX_LINE, MAX_LINES, Source

ENDS = re.compile(r"\r\n?|\n")


class BrokenText(QuizappError):
    """Bytes are no text that can be read; says why, and what to do."""


def not_utf8(line: int) -> str:
    """What is told of a text in another encoding: its first line that shows it."""
    return f"line {line} is not UTF-8. Save the file again with that encoding; in Excel, as “CSV UTF-8”."


def text_of(source: Source, longest: int = MAX_LINE) -> str:
    """The text, its lines ended by `\\n`; `longest` are the characters of a line. Raises BrokenText."""
    data, most = source.data, MAX_LINES * source.scale
    if len(data) > source.longest:
        raise BrokenText(f"this has more than {source.longest // 1024} KiB. Give it in parts.")
    try:
        text = ENDS.sub("\n", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = len(ENDS.findall(data[: error.start].decode("utf-8", "replace"))) + 1
        raise BrokenText(not_utf8(line)) from None
    if "\0" in text:
        raise BrokenText(f"line {text[: text.index(chr(0))].count(chr(10)) + 1} has a zero byte: this is no text.")
    lines = text.split("\n")
    if len(lines) > most:
        raise BrokenText(f"this has more than {most} lines. Give it in parts.")
    long = next((number for number, line in enumerate(lines, start=1) if len(line) > longest), 0)
    if long:
        raise BrokenText(f"line {long} has more than {longest} characters. Break it into lines.")
    return text
