"""A Markdown text to its blocks, after CommonMark 0.31 (appendix, parsing strategy) with GFM tables.

Only structure is read here; inline text is left as it was written.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizapp.source.blocks import CONTAINERS, LEVELS, MAX_DEPTH, Block, split_definitions, split_row
from quizapp.source.cursor import Cursor, Line
from quizapp.source.html_blocks import html_block_end

MAX_WORK = 230_000  # lines with what is open there, and blocks; what comes after is not divided any more
ATX_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
SETEXT_LINE = re.compile(r"(=+|-+)[ \t]*$")
BREAK = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
BULLET = re.compile(r"[-+*](?=[ \t]|$)")
NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
MATH_LINE = re.compile(r"\$\$(?:.+\$\$)?[ \t]*$")
DELIMITER_CELL = re.compile(r"[ \t]*:?-+:?[ \t]*$")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:(?=[ \t]|$)")
DEFINITION = re.compile(r":(?=[ ]{1,3}\S|\t)")
SLASHES = re.compile(r"/{3,}(?:[ \t]*(caption|tab|details)[ \t]*(?:\|[ \t]*(.*?))?)?[ \t]*$")


def read_blocks(text: str, first_line: int = 1) -> list[Block]:
    """Return the top-level blocks of a text whose first line has the number `first_line`."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    scanner = _Scanner(_ends_of_comments(lines, first_line))
    for number, line in enumerate(lines):
        if scanner.work > MAX_WORK:
            scanner.leave(first_line + number, "\n".join(lines[number:]))
            break
        scanner.feed(first_line + number, line)
    return scanner.finish()


def _ends_of_comments(lines: Sequence[str], first_line: int) -> frozenset[int]:
    """The numbers of the lines below which the next mark of a comment is an end: what begins there is a comment."""
    found, is_end = [], False
    for number in range(len(lines) - 1, -1, -1) if any("<!--" in line for line in lines) else ():
        found += [first_line + number] if is_end else []
        begin, end = lines[number].find("<!--"), lines[number].find("-->")
        is_end = end >= 0 and (begin < 0 or end < begin) if begin >= 0 or end >= 0 else is_end
    return frozenset(found)


class _Scanner:
    """The open blocks, from the document to the deepest; fed line by line.

    A comment that begins within a line of text and ends in a later one is dropped with all that stands in it.
    `may_begin` are the lines in which one may begin; one that never ends is text.
    """

    def __init__(self, may_begin: frozenset[int]) -> None:
        self.open = [Block("document")]
        self.work = 0
        self.may_begin = may_begin
        self.in_comment = False

    def finish(self) -> list[Block]:
        self._close_to(1)
        return self.open[0].children

    def leave(self, number: int, text: str) -> None:
        """Keep what there is no time for."""
        self._close_to(1)
        self._push_container(Block("paragraph", unread=True), Line(number, 1, text), 1)

    def feed(self, number: int, text: str) -> None:
        self.work += 3 + len(self.open)
        if self.in_comment:
            self._leave_comment(number, text)
            return
        cursor = Cursor(number, text)
        matched = self._match(cursor)
        if matched is None:
            return
        newest = self._open_new(cursor, matched)
        if newest is not None and newest.kind not in CONTAINERS:
            return
        if newest is None and self._is_lazy(matched) and not cursor.blank:
            for block in self.open[matched:]:
                block.lines.append(cursor.line())
            self._enter_comment()
            return
        if newest is None:
            self._close_to(matched)
        self._add_text(cursor)

    def _is_lazy(self, matched: int) -> bool:
        """Whether text now would go on a paragraph although a container's marker is missing."""
        return matched < len(self.open) and self.open[-1].kind == "paragraph"

    def _match(self, cursor: Cursor) -> int | None:
        """How many open blocks go on in this line; None when the line is used up by one."""
        for depth, block in enumerate(self.open[1:], start=1):
            before = cursor.line()
            if block.kind in ("fence", "math", "html", "comment", "code"):
                return self._match_opaque(block, cursor, depth)
            if not _continues(block, cursor):
                return depth
            if block.kind in LEVELS:
                block.lines.append(before)
        return len(self.open)

    def _match_opaque(self, block: Block, cursor: Cursor, depth: int) -> int | None:
        if block.kind == "code" and cursor.indent < 4 and not cursor.blank:
            return depth
        if block.end is None and block.kind == "html" and cursor.blank:
            return depth
        block.lines.append(cursor.code_line() if block.kind == "code" else cursor.line())
        if _ends(block, cursor):
            block.closed = True
            self._close_to(depth)
        return None

    def _open_new(self, cursor: Cursor, matched: int) -> Block | None:
        """Open the containers and the leaf that begin here; return the last of them."""
        newest: Block | None = None
        while not cursor.blank and sum(block.kind in LEVELS for block in self.open) <= MAX_DEPTH:
            block = self._start(cursor, matched, newest is None and self._is_lazy(matched))
            if block is None:
                break
            newest = block
            if block.kind not in CONTAINERS:
                break
            matched = len(self.open)
        return newest

    def _start(self, cursor: Cursor, matched: int, lazy: bool) -> Block | None:
        """Open one block if one begins here; a paragraph or table that it would end counts as matched."""
        interrupted = self.open[matched - 1] if self.open[matched - 1].kind in ("paragraph", "table") else None
        paragraph = interrupted if interrupted and interrupted.kind == "paragraph" else None
        if cursor.indent >= 4 and (paragraph or lazy):
            return None
        body = cursor.rest.lstrip(" \t")
        turned = self._turned(paragraph, cursor, body) if paragraph else None
        if turned:
            return turned
        matched -= interrupted is not None
        if cursor.indent >= 4:
            return self._push(Block("code"), cursor, matched)
        block = _leaf(body, interrupted is not None or lazy)
        if block is not None:
            block.indent = cursor.indent
            return self._push(block, cursor, matched)
        return self._start_container(cursor, body, paragraph, matched)

    def _start_container(self, cursor: Cursor, body: str, paragraph: Block | None, matched: int) -> Block | None:
        before = cursor.line()
        if body.startswith(">"):
            block = self._push_container(Block("quote"), before, matched)
            cursor.skip_spaces(cursor.indent)
            cursor.skip(1)
            if cursor.indent:
                cursor.skip_spaces(1)
            return block
        aside = _aside(body, self._above(matched, paragraph))
        if aside is not None:
            cursor.skip_spaces(cursor.indent)
            cursor.skip(len(aside.marker))
            cursor.skip_spaces(cursor.indent)
            return self._push_container(aside, before, matched)
        item = _item(body)
        if item is None or (paragraph and not _may_interrupt(item, body)):
            return None
        marker, start, width = item
        if self.open[matched - 1].kind != "list" or self.open[matched - 1].marker != marker:
            matched -= self.open[matched - 1].kind == "list"
            self._push_container(Block("list", marker=marker, start=start), before, matched)
            matched += 1
        return self._push_item(cursor, marker, width, matched, before)

    def _above(self, matched: int, paragraph: Block | None) -> Block | None:
        """The block right above, which a definition would define."""
        siblings = self.open[matched - 1].children
        return paragraph or (siblings[-1] if siblings else None)

    def _push_item(self, cursor: Cursor, marker: str, width: int, matched: int, before: Line) -> Block:
        block = self._push_container(Block("item", marker=marker), before, matched)
        offset = cursor.indent
        cursor.skip_spaces(offset)
        cursor.skip(width)
        padding = 1 if cursor.blank or cursor.indent > 4 else cursor.indent
        cursor.skip_spaces(padding)
        block.indent = offset + width + padding
        return block

    def _push(self, block: Block, cursor: Cursor, matched: int) -> Block:
        self._push_container(block, cursor.code_line() if block.kind == "code" else cursor.line(), matched)
        if block.kind == "comment" or block.kind == "html":
            body = cursor.line().text
            block.closed = block.end is None or block.end.search(body, 4 if block.kind == "comment" else 0) is not None
            if block.end is not None and block.closed:
                self._close_to(len(self.open) - 1)
        elif block.kind in ("heading", "break", "slashes") or (block.kind == "math" and block.closed):
            self._close_to(len(self.open) - 1)
        return block

    def _push_container(self, block: Block, line: Line, matched: int) -> Block:
        self.work += 3
        self._close_to(matched)
        if self.open[-1].kind == "list" and block.kind != "item":
            self._close_to(len(self.open) - 1)
        block.lines.append(line)
        self.open[-1].children.append(block)
        self.open.append(block)
        return block

    def _turned(self, paragraph: Block, cursor: Cursor, body: str) -> Block | None:
        """The setext heading or table that this line makes of the paragraph above or of its last line."""
        if _is_delimiter_row(body, paragraph.lines[-1].text):
            return self._table(paragraph, cursor.line())
        if not SETEXT_LINE.match(body) or not self._leave_definitions(paragraph):
            return None
        paragraph.kind, paragraph.level = "heading", 1 if body[0] == "=" else 2
        paragraph.marker = body[0]
        paragraph.info = "\n".join(line.text.strip(" \t") for line in paragraph.lines)
        paragraph.lines.append(cursor.line())
        self._close_to(len(self.open) - 1)
        return paragraph

    def _table(self, paragraph: Block, delimiters: Line) -> Block:
        header = paragraph.lines.pop()
        self._close_to(len(self.open) - 1)
        siblings = self.open[-1].children
        if not paragraph.lines:
            siblings.pop()
        table = Block("table", lines=[header, delimiters])
        siblings.append(table)
        self.open.append(table)
        return table

    def _leave_definitions(self, paragraph: Block) -> bool:
        """Put the definitions above a heading into a paragraph of their own; False when nothing else is there."""
        _, rest = split_definitions(paragraph)
        above = len(paragraph.lines) - rest.count("\n") - 1
        if rest and above:
            siblings = self.open[-2].children
            siblings.insert(len(siblings) - 1, Block("paragraph", lines=paragraph.lines[:above]))
            paragraph.lines = paragraph.lines[above:]
        return bool(rest)

    def _add_text(self, cursor: Cursor) -> None:
        leaf = self.open[-1]
        line = cursor.line()
        if leaf.kind in ("paragraph", "table") and leaf.lines and leaf.lines[-1].number != line.number:
            if cursor.blank:
                self._close_to(len(self.open) - 1)
            else:
                leaf.lines.append(line)
                self._enter_comment()
        elif leaf.kind in CONTAINERS and not cursor.blank:
            if leaf.kind == "list":
                self._close_to(len(self.open) - 1)
            self._push_container(Block("paragraph"), line, len(self.open))
            self._enter_comment()

    def _enter_comment(self) -> None:
        """Cut off the comment that begins in the last line of a paragraph and does not end in it."""
        lines = self.open[-1].lines
        begin = lines[-1].text.rfind("<!--") if lines[-1].number in self.may_begin else -1
        if self.open[-1].kind != "paragraph" or begin < 0 or "-->" in lines[-1].text[begin:]:
            return
        before = lines[-1].text[:begin].rstrip(" \t")
        if "`" in before or before.endswith("\\"):
            return  # in code, or no comment
        self.in_comment = True
        if before:
            lines[-1] = replace(lines[-1], text=before)
        elif len(lines) > 1:
            lines.pop()

    def _leave_comment(self, number: int, text: str) -> None:
        """Drop a line of a comment; what stands behind its end goes on with the paragraph."""
        inside, end, rest = text.partition("-->")
        for block in self.open[1:-1]:
            block.lines.append(Line(number, 1, text))
        if not end:
            return
        self.in_comment = False
        if rest.strip(" \t"):
            self.open[-1].lines.append(Line(number, len(inside) + len(end) + 1, rest.lstrip(" \t")))
            self._enter_comment()

    def _close_to(self, depth: int) -> None:
        """Close the open blocks below `depth`."""
        while len(self.open) > depth:
            _finish(self.open.pop())


def _continues(block: Block, cursor: Cursor) -> bool:
    """Whether a container, paragraph or table goes on in this line; passes its marker."""
    if block.kind == "quote":
        return _continues_quote(cursor)
    if block.kind == "item":
        if cursor.indent >= block.indent:
            cursor.skip_spaces(block.indent)
        elif not cursor.blank:
            return False
        else:
            cursor.skip_spaces(cursor.indent)
        return not cursor.blank or bool(block.children)  # an item may begin with one blank line at most
    if block.kind in ("footnote", "definition"):
        if cursor.blank or cursor.indent < 4:
            return cursor.blank
        cursor.skip_spaces(4)
        return True
    if block.kind in ("paragraph", "table"):
        return not cursor.blank
    return True  # a list goes on as long as an item of its kind follows


def _continues_quote(cursor: Cursor) -> bool:
    if cursor.indent > 3 or not cursor.rest.lstrip(" \t").startswith(">"):
        return False
    cursor.skip_spaces(cursor.indent)
    cursor.skip(1)
    if cursor.indent:
        cursor.skip_spaces(1)
    return True


def _ends(block: Block, cursor: Cursor) -> bool:
    if block.kind == "fence":
        body = cursor.rest.strip(" \t")
        return cursor.indent < 4 and len(body) >= len(block.marker) and not body.strip(block.marker[0])
    return block.end is not None and block.end.search(cursor.rest) is not None


def _aside(body: str, above: Block | None) -> Block | None:
    """The footnote or definition that begins with this line; a definition follows its term or another definition."""
    footnote = FOOTNOTE.match(body)
    if footnote:
        return Block("footnote", marker=footnote[0], info=footnote[1])
    is_term = above is not None and above.kind == "paragraph" and not above.lines[0].text.lstrip().startswith(":")
    if DEFINITION.match(body) and above is not None and (is_term or above.kind == "definition"):
        return Block("definition", marker=":")
    return None


def _leaf(body: str, in_paragraph: bool) -> Block | None:
    """The leaf that begins with this line, if any; a list item that looks like a break is a break."""
    heading = ATX_HEADING.match(body)
    if heading:
        return Block("heading", level=len(heading[1]), marker="#", info=_without_closing(body[heading.end() :]))
    fence = FENCE.match(body)
    if fence:
        marker = fence[1] or fence[3]
        return Block("fence", marker=marker, info=(fence[2] or fence[4] or "").strip(), closed=False)
    if BREAK.match(body):
        return Block("break")
    if MATH_LINE.match(body) and (not in_paragraph or body.strip() == "$$"):
        return Block("math", closed=len(body.strip()) > 2, end=re.compile(r"\$\$[ \t]*$"))
    slashes = SLASHES.match(body)
    if slashes:
        return Block("slashes", marker=slashes[1] or "", info=slashes[2] or "")
    if body.startswith("<"):
        return _html(body, in_paragraph)
    return None


def _without_closing(text: str) -> str:
    """The text of a heading without the `##` that may close it."""
    text = text.strip(" \t")
    open_end = text.rstrip("#")
    return open_end.rstrip(" \t") if not open_end or open_end[-1] in " \t" else text


def _html(body: str, in_paragraph: bool) -> Block | None:
    if body.startswith("<!--"):
        return Block("comment", end=re.compile("-->"), closed=False)
    found, end = html_block_end(body, in_paragraph)
    return Block("html", end=end, closed=end is None) if found else None


def _item(body: str) -> tuple[str, int, int] | None:
    """Marker, number and width of the list marker that begins this line."""
    if BULLET.match(body):
        return body[0], 1, 1
    number = NUMBER.match(body)
    return (number[2], int(number[1]), number.end()) if number else None


def _may_interrupt(item: tuple[str, int, int], body: str) -> bool:
    """A list ends a paragraph only when its first item has text and, if numbered, is number 1."""
    _, start, width = item
    return start == 1 and bool(body[width:].strip(" \t"))


def _is_delimiter_row(body: str, header: str) -> bool:
    if "|" not in header or header.strip() == "|" or re.match(r"-[ \t]", body):  # the last begins a list
        return False
    cells = split_row(body)
    return all(DELIMITER_CELL.match(cell) for cell in cells) and len(cells) == len(split_row(header))


def _finish(block: Block) -> None:
    """Drop trailing blank lines and see whether a list is loose."""
    if block.kind in ("item", "code", "footnote", "definition"):
        while len(block.lines) > 1 and not block.lines[-1].text.strip(" \t"):
            block.lines.pop()
    if block.kind == "comment" and _text_after_comment(block.text):
        block.kind = "html"
    if block.kind == "list":
        block.lines = [line for item in block.children for line in item.lines]
        block.loose = _is_loose(block)


def _text_after_comment(text: str) -> bool:
    return bool(re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL).strip())


def _is_loose(block: Block) -> bool:
    """Blank lines between items, or between the blocks of one item, make a list loose."""
    for item, following in zip(block.children, block.children[1:], strict=False):
        if item.lines[-1].number + 1 < following.line:
            return True
    return any(
        before.lines[-1].number + 1 < after.line
        for item in block.children
        for before, after in zip(item.children, item.children[1:], strict=False)
    )
