"""Headings of Markdown that stands in a question: deeper than those that begin a question in a file."""

from dataclasses import replace

from quizapp.source.blocks import Block
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import source_of

HIGHEST = 4  # of a heading inside of a question: those above begin another one in some file


def lowered(markdown: str) -> str:
    """Markdown whose own headings begin no question; the rest of it stays as it is written."""
    blocks = read_blocks(markdown)
    if not any(_is_high(block) for block in blocks):
        return markdown
    return source_of([replace(block, level=HIGHEST) if _is_high(block) else block for block in blocks])


def _is_high(block: Block) -> bool:
    return block.kind == "heading" and block.level < HIGHEST
