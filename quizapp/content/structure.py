"""Blocks written out again in the dialect that Python-Markdown reads.

Python-Markdown wants lists indented by four, a blank line around most blocks, and no code or HTML in the way; the
structure is therefore read by `source.blocks` and written out here, with code, formulas and HTML put aside.
"""

import re
from collections.abc import Callable, Sequence

from quizapp.source.blocks import Block, split_row

# Puts a finished piece of HTML aside and returns the text that stands for it.
Stash = Callable[[str], str]
Highlight = Callable[[str, str], str]


def code_text(block: Block) -> str:
    """The exact text of a code block, its last line ended by `\\n`."""
    if block.kind == "code":
        lines = [_dedent(line.text, 4) for line in block.lines]
    else:
        inner = block.lines[1:-1] if block.closed else block.lines[1:]
        lines = [_dedent(line.text, block.indent) for line in inner]
    return "".join(f"{line}\n" for line in lines)


def _dedent(text: str, columns: int) -> str:
    """Drop up to that many columns of white space; a tab reaches to the next multiple of four."""
    column = position = 0
    while position < len(text) and column < columns and text[position] in " \t":
        column += 4 - column % 4 if text[position] == "\t" else 1
        position += 1
    return " " * max(0, column - columns) + text[position:]


def source_of(blocks: Sequence[Block]) -> str:
    """What the author wrote, without the markers around it; blocks stand one blank line apart."""
    return "\n\n".join(
        "\n".join(line.text.rstrip() if block.kind != "fence" else line.text for line in block.lines).strip("\n")
        if block.kind in ("fence", "code", "math", "html", "list")
        else "\n".join(_hard_break(line.text) for line in block.lines).strip()
        for block in blocks
        if block.kind != "comment"
    )


def _hard_break(text: str) -> str:
    """A line of prose without indentation; two spaces at its end stay, because they break the line."""
    return text.strip() + ("  " if text.endswith("  ") else "")


def write_for_markdown(blocks: Sequence[Block], stash: Stash, highlight: Highlight) -> str:
    """The text to give to Python-Markdown."""
    return "\n".join(_Writer(stash, highlight).blocks(blocks))


class _Writer:
    def __init__(self, stash: Stash, highlight: Highlight) -> None:
        self.stash, self.highlight = stash, highlight

    def blocks(self, blocks: Sequence[Block]) -> list[str]:
        lines: list[str] = []
        before = ""
        for block in blocks:
            written = self.block(block)
            if not written:
                continue
            if lines:
                lines.append("")
            if before == block.kind == "list":
                lines += [self.stash("<!-- -->"), ""]  # two lists in a row would become one
            lines += written
            before = block.kind
        return lines

    def block(self, block: Block) -> list[str]:
        writers: dict[str, Callable[[Block], list[str]]] = {
            "comment": lambda _: [],
            "heading": self.heading,
            "paragraph": self.paragraph,
            "break": lambda _: ["* * *"],
            "table": self.table,
            "quote": self.quote,
            "list": self.bullets,
            "html": lambda html: [self.stash(html.text)],
            "math": lambda math: [self.stash(self.highlight(math.text, "math") + "\n")],
        }
        return writers.get(block.kind, self.code)(block)

    def code(self, block: Block) -> list[str]:
        return [self.stash(self.highlight(code_text(block), block.info))]

    def heading(self, block: Block) -> list[str]:
        return ["#" * block.level + " " + " ".join(block.info.split("\n"))]

    def paragraph(self, block: Block) -> list[str]:
        lines = [_hard_break(line.text) for line in block.lines]
        return [_escape(line) for line in lines]

    def table(self, block: Block) -> list[str]:
        width = len(split_row(block.lines[1].text))
        rows = []
        for line in block.lines:
            cells = split_row(line.text)[:width]
            rows.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
        return rows

    def quote(self, block: Block) -> list[str]:
        return [f"> {line}".rstrip() for line in self.blocks(block.children)] or [">"]

    def bullets(self, block: Block) -> list[str]:
        lines: list[str] = []
        spaced = block.loose or any(_needs_space(item) for item in block.children)
        for number, item in enumerate(block.children, start=block.start):
            marker = f"{number}." if block.marker in ".)" else "-"
            if spaced and lines:
                lines.append("")
            lines += self.item(marker, item)
        return lines

    def item(self, marker: str, item: Block) -> list[str]:
        tight = _is_text_then_list(item)
        inner = [line for child in item.children for line in self.block(child)] if tight else self.blocks(item.children)
        if item.children and item.children[0].kind not in ("paragraph", "heading"):
            inner = ["", *inner]
        first, *others = inner or [""]
        return [f"{marker:<4}{first}", *(f"    {line}" if line else "" for line in others)]


def _is_text_then_list(item: Block) -> bool:
    return [child.kind for child in item.children] == ["paragraph", "list"]


def _needs_space(item: Block) -> bool:
    return len(item.children) > 1 and not _is_text_then_list(item)


def _escape(line: str) -> str:
    """Text that only Python-Markdown would read as a heading or a list."""
    return "\\" + line if re.match(r"#|[*+-][ \t]", line) else re.sub(r"^(\d+)\.(?=[ \t])", r"\1\\.", line)
