"""What an author seems to have meant as answers where there are none, as a sentence that says what to change."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from quizapp.content.headings import without_code
from quizapp.content.parts import claiming, find_answers
from quizapp.questions.base import QUESTION_TYPES
from quizapp.questions.choices import LOOKALIKE, MARKER
from quizapp.source.blocks import Block, walk
from quizapp.source.cursor import Line

BARE_ANSWER = re.compile(r"\s*(?:[-*+•–]\s?)?(?:\(\s?[xX~]?\s?\)|\[\s?[xX~]?\s?\]|[-*+•–]\s?[=!]=?~?)(?=\s|\w|$)")
TYPED_LOOKALIKE = re.compile(r"[=!]=|[=!]~?\S")
BRACKETS = re.compile(r"\[\[([^\[\]\n]{1,200})\]\](?![(\[])")
CURLY = re.compile(r"[-*+] ?(?:[{<]\s?[xX]?\s?[}>]|\(?[✓✔☑☒☐]\)?)(?=\s|\w|$)")
LETTERED = re.compile(r"\s{0,3}\*?\(?[aA][.)]\s+\S")
ONE_BRACKET = re.compile(r"(?<![\[!\]])\[([^\[\]\n!^]{1,60})\](?![\[(:\]])")
UNDERSCORES = re.compile(r"_{3,}|…{2,}|\.{4,}")


def lookalike(blocks: Sequence[Block], words: AbstractSet[str]) -> str:
    """What seems to be meant as an answer and is none, as a sentence; empty where nothing does.

    `words` are those of the question's heading.
    """
    asked = next((kind for kind in QUESTION_TYPES.values() if kind.word in words), None)
    if asked:
        return next((f" Line {block.line} {said}." for block in blocks if (said := asked.lacks(block))), "")
    return next((said for block in blocks if (said := _lookalike_in(block) or _without_word(block))), "")


def spaced_blanks(blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """Line, column and text of what is no blank only because of white space inside its brackets."""
    for block in walk(blocks):
        for line in block.lines if block.kind in ("paragraph", "table") else ():
            for found in BRACKETS.finditer(without_code(line.text)):
                text = line.text[found.start() : found.end()]  # what is code was looked past, and is part of it
                if text[2:-2].strip() and text[2:-2] != text[2:-2].strip():
                    yield line.number, line.column + found.start(), text


def _without_word(block: Block) -> str:
    """What a block would be if the heading had the word for it."""
    kind = next((kind for kind in QUESTION_TYPES.values() if kind.word and kind.claims_alone(block)), None)
    if kind is None:
        return ""
    return f" With `.{kind.word}` in the braces of the heading, line {block.line} begins its answers: {kind.wants}."


def _lookalike_in(block: Block) -> str:
    if block.kind == "quote" and find_answers(block.children):
        return f" Line {block.line} looks like one, but it stands in a quote: remove the `>`."
    if block.kind == "code" and MARKER.match(block.lines[0].text.lstrip("-*+ \t")):
        return f" Line {block.line} is indented so far that it is code: begin it at the start of the line."
    if block.kind == "list":
        return next((said for item in block.children if (said := _lookalike_item(item, block))), "")
    lines = block.lines if block.kind == "paragraph" else ()
    return next((said for line in lines if (said := _lookalike_line(line, block))), "")


def _lookalike_line(line: Line, block: Block) -> str:
    like = f" Line {line.number} looks like one:"
    if BARE_ANSWER.match(line.text):
        return f"{like} write `- (x) …` or `- = …`, with a hyphen and spaces as here."
    if UNDERSCORES.search(line.text) or next(spaced_blanks([block]), None):
        return f"{like} a blank is written `[[25]]`, without a space inside."
    if LETTERED.match(line.text):
        return f"{like} write `- ( ) …`, and `- (x) …` for the right one."
    one = ONE_BRACKET.search(without_code(line.text))
    return f"{like} a blank has two brackets, `[[{one[1]}]]`." if one else ""


def _lookalike_item(item: Block, whole: Block) -> str:
    text = item.children[0].lines[0].text.lstrip() if item.children else ""
    if item is not whole.children[0] and claiming(replace(whole, children=[item])):
        first = whole.children[0].line
        return f" Line {item.line} is one, but its list begins with line {first}, which has no marker."
    if CURLY.match("- " + text):
        return f" Line {item.line} looks like one: a marker is `( )` or `(x)`, then a space."
    if LOOKALIKE.match(text):
        shape = "( )" if text[0] in "(（" else "[ ]"
        return f" Line {item.line} looks like one: a marker is `{shape}`, then a space."
    return f" Line {item.line} looks like one: a marker is `=`, then a space." if TYPED_LOOKALIKE.match(text) else ""
