"""The block scanner: the structure of CommonMark, every line with its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quizapp.source.blocks import Block, walk
from quizapp.source.scanner import read_blocks
from quizapp.source.text import decode

TOKENS = {
    "bullet_list_open": "list", "ordered_list_open": "list", "list_item_open": "item", "blockquote_open": "quote",
    "table_open": "table", "heading_open": "heading", "paragraph_open": "paragraph", "fence": "fence",
    "code_block": "code", "hr": "break", "html_block": "html",
}  # fmt: skip
# Files in which we differ on purpose: `$$` blocks are opaque, link definitions are kept as paragraphs.
ON_PURPOSE = {"35-math-and-html-blocks-are-opaque.bank.md", "32-reference-links-and-footnote-definiti.bank.md"}
MARKDOWN = st.text(alphabet=st.sampled_from("ab \n\t#>-+*1.)`~|:=$<!&[](x)"), max_size=80)


def structure(blocks: list[Block]) -> list[tuple[str, int]]:
    return [("html" if block.kind == "comment" else block.kind, block.line) for block in walk(blocks)]


def reference(text: str) -> list[tuple[str, int]]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [(TOKENS[token.type], token.map[0] + 1) for token in tokens if token.type in TOKENS and token.map]


def test_real_course_material_has_the_structure_of_commonmark(conformance: Path) -> None:
    files = [file for file in conformance.rglob("*.md") if file.name not in ON_PURPOSE]
    texts = {file: decode(file.read_bytes())[0] for file in files}
    differing = [file.name for file, text in texts.items() if structure(read_blocks(text)) != reference(text)]
    assert (differing, len(files) > 250) == ([], True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\ntext", [("heading", 1), ("paragraph", 2)]),
        ("a\n===\n\nb\n---\nc", [("heading", 1), ("heading", 4), ("paragraph", 6)]),
        ("- a\n- b\n+ c", [("list", 1), ("item", 1), ("paragraph", 1), ("item", 2), ("paragraph", 2),
                           ("list", 3), ("item", 3), ("paragraph", 3)]),
        ("text\n2. no list", [("paragraph", 1)]),
        ("text\n1. a list", [("paragraph", 1), ("list", 2), ("item", 2), ("paragraph", 2)]),
        ("> a\nlazy\n\nb", [("quote", 1), ("paragraph", 1), ("paragraph", 4)]),
        ("```\n# no\n- no\n```\nyes", [("fence", 1), ("paragraph", 5)]),
        ("- a\n\n      code\n  b", [("list", 1), ("item", 1), ("paragraph", 1), ("code", 3), ("paragraph", 4)]),
        ("a | b\n--|--\n1 | 2\n\nc", [("table", 1), ("paragraph", 5)]),
        ("<!-- a\n\n# b -->\nc", [("html", 1), ("paragraph", 4)]),
        ("$$\n# no\n$$\ny", [("math", 1), ("paragraph", 4)]),
        ("* * *\n***", [("break", 1), ("break", 2)]),
    ],
)  # fmt: skip
def test_structure(text: str, expected: list[tuple[str, int]]) -> None:
    assert structure(read_blocks(text)) == expected


def test_every_line_knows_its_place() -> None:
    [outer] = read_blocks("- a\n\t> b\n\t> c")
    quote = outer.children[0].children[1]
    assert [(line.number, line.column, line.text) for line in quote.children[0].lines] == [(2, 4, "b"), (3, 4, "c")]


def test_a_tab_in_code_stays_a_tab() -> None:
    [fence] = read_blocks("```\n\tx\n```")
    assert fence.lines[1].text == "\tx"


@given(MARKDOWN)
def test_any_text_gives_blocks_that_stand_in_it(text: str) -> None:
    count = text.count("\n") + 1
    for block in walk(read_blocks(text)):
        numbers = [line.number for line in block.lines]
        assert numbers == sorted(numbers)
        assert 1 <= numbers[0] <= numbers[-1] <= count


@pytest.mark.parametrize("text", [">" * 100_000, "- " * 100_000, "[" * 100_000, "> - " * 5_000 + "x\n" * 100])
def test_hostile_nesting_ends_at_a_bound(text: str) -> None:
    depth, blocks = 0, read_blocks(text)
    while blocks:
        depth, blocks = depth + 1, blocks[0].children
    assert depth <= 66
