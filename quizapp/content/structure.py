"""Blocks written out again in the dialect that Python-Markdown reads.

Python-Markdown wants lists indented by four, a blank line around most blocks, and no code or HTML in the way; the
structure is therefore read by `source.blocks` and written out here, with code, formulas and HTML put aside.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizapp.source.attributes import split_heading
from quizapp.source.blocks import Block, split_row

TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
VERBATIM = frozenset({"fence", "code", "math", "html", "list", "footnote", "definition"})


@dataclass(frozen=True, slots=True)
class Finish:
    """How finished pieces are made: `stash` puts HTML aside and returns the text that stands for it."""

    stash: Callable[[str], str]
    highlight: Callable[[str, str], str]
    formula: Callable[[str], str]


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
        if block.kind in VERBATIM
        else "\n".join(_hard_break(line.text) for line in block.lines).strip()
        for block in blocks
        if block.kind != "comment"
    )


def _hard_break(text: str) -> str:
    """A line of prose without indentation; two spaces at its end stay, because they break the line."""
    return text.strip() + ("  " if text.endswith("  ") else "")


def write_for_markdown(blocks: Sequence[Block], finish: Finish) -> str:
    """The text to give to Python-Markdown."""
    return "\n".join(_Writer(finish).blocks(blocks))


class _Writer:
    def __init__(self, finish: Finish) -> None:
        self.finish, self.stash = finish, finish.stash

    def blocks(self, blocks: Sequence[Block]) -> list[str]:
        pieces = _Slashes(self).pieces([block for block in blocks if block.kind != "comment"])
        lines: list[str] = []
        before = ""
        for kind, written in pieces:
            if not written:
                continue
            if lines and not (kind == "definition" and before == "paragraph"):
                lines.append("")
            if before == kind == "list":
                lines += [self.stash("<!-- -->"), ""]  # two lists in a row would become one
            lines += written
            before = kind
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
            "html": lambda raw: [self.stash(raw.text)],
            "math": lambda math: [self.stash(self.finish.formula(math.text.strip().strip("$")))],
            "slashes": self.paragraph,
            "footnote": lambda note: self.aside(f"{note.marker} ", note),
            "definition": lambda definition: self.aside(":   ", definition),
        }
        return writers.get(block.kind, self.code)(block)

    def code(self, block: Block) -> list[str]:
        return [self.stash(self.finish.highlight(code_text(block), block.info))]

    def heading(self, block: Block) -> list[str]:
        text, attributes, _ = split_heading(" ".join(block.info.split("\n")))
        marks = [f"#{attributes.name}"] if attributes.name else []
        marks += [f".{word}" for word in attributes.words]
        return ["#" * block.level + " " + text + (f" {{: {' '.join(marks)} }}" if marks else "")]

    def aside(self, marker: str, block: Block) -> list[str]:
        first, *others = self.blocks(block.children) or [""]
        return [marker + first, *(f"    {line}" if line else "" for line in others)]

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
        task = TASK.match(first)
        if task and item.children[0].kind == "paragraph":
            is_done = task[1] != " "
            box = '<span class="task is-done">☑</span>' if is_done else '<span class="task">☐</span>'
            first = f"{self.stash(box)} {first[task.end() :]}"
        return [f"{marker:<4}{first}", *(f"    {line}" if line else "" for line in others)]


class _Slashes:
    """The blocks between `/// tab | Title` and `///`, which become tabs, details and captions."""

    OPENS = {  # noqa: RUF012 (a constant)
        "details": "<details><summary>{}</summary>",
        "tab": '<div class="tab"><p class="tab-title">{}</p>',
        "caption": "<figcaption>",
    }
    CLOSES = {"details": "</details>", "tab": "</div>", "caption": "</figcaption></figure>"}  # noqa: RUF012

    def __init__(self, writer: _Writer) -> None:
        self.writer = writer
        self.open: list[str] = []
        self.done: list[tuple[str, list[str]]] = []
        self.is_group_open = False  # a tab ended, and the next one follows at once

    def pieces(self, blocks: Sequence[Block]) -> list[tuple[str, list[str]]]:
        """The kind of each block, and what is written for it."""
        for block, after in zip(blocks, [*blocks[1:], None], strict=False):
            if block.kind == "slashes" and block.marker:
                self.begin(block)
            elif block.kind == "slashes" and self.open:
                self.end(after)
            else:
                self.done.append((block.kind, self.writer.block(block)))
        while self.open:
            self.end(None)
        return self.done

    def begin(self, block: Block) -> None:
        word = block.marker
        if word == "caption":
            self.done.insert(max(0, len(self.done) - 1), ("html", [self.writer.stash("<figure>")]))
        if word == "tab" and not self.is_group_open:
            self.put('<div class="tabs">')
        self.is_group_open = False
        self.put(self.OPENS[word].format(html.escape(block.info or word.capitalize())))
        self.open.append(word)

    def end(self, after: Block | None) -> None:
        word = self.open.pop()
        self.put(self.CLOSES[word])
        self.is_group_open = word == "tab" and after is not None and after.kind == "slashes" and after.marker == "tab"
        if word == "tab" and not self.is_group_open:
            self.put("</div>")

    def put(self, markup: str) -> None:
        self.done.append(("html", [self.writer.stash(markup)]))


def _is_text_then_list(item: Block) -> bool:
    return [child.kind for child in item.children] == ["paragraph", "list"]


def _needs_space(item: Block) -> bool:
    return len(item.children) > 1 and not _is_text_then_list(item)


def _escape(line: str) -> str:
    """Text that only Python-Markdown would read as a heading or a list."""
    if line.startswith(":"):
        return "&#58;" + line[1:]
    return "\\" + line if re.match(r"#|[*+-][ \t]", line) else re.sub(r"^(\d+)\.(?=[ \t])", r"\1\\.", line)
