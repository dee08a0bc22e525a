"""Options that lost their letters: lines below a question that can hardly be anything else."""

import re

from quizapp.formats.pasted import markers
from quizapp.formats.pasted.drafts import Draft, Option
from quizapp.formats.pasted.keys import PUNCTUATION
from quizapp.formats.pasted.lines import Line
from quizapp.formats.pasted.truths import true_false_options

ENDS = re.compile(r"[?:？：؟]$|_{2,}\W*$")
MOST = 160  # characters of such a line
LEAST = 2


def settle_options(draft: Draft) -> None:
    """Make options of the lines below what is asked, where they have no markers; it is named as a guess."""
    if draft.options:
        return
    lines = draft.stem_lines
    asked = _end_of_question(lines, draft)
    below = lines[asked:]
    if len(below) < LEAST or any(line.is_code or len(line.text) > MOST for line in below):
        return
    options = [_option(line) for line in below]
    texts = {_plain(option.text) for option in options}
    said = [text for _, text in draft.answers if text]
    is_named = any(_plain(text) in texts for text in said)
    is_lettered = any(re.fullmatch(r"[(\[]?[A-Ha-h][)\].]?", text.strip()) for text in said)
    is_marked = 0 < sum(bool(option.mark or option.looks) for option in options) < len(options)
    if not (
        is_named
        or is_marked
        or ((is_lettered or not said) and len(below) > LEAST and ENDS.search(lines[asked - 1].text))
    ):
        return
    draft.guess(f"took the {len(below)} lines below the question as its choices.", below[0].number)
    draft.options = options
    _cut(draft, asked)


def _end_of_question(lines: list[Line], draft: Draft) -> int:
    """How many lines the question itself has: to the last that ends as one does, else the first paragraph or line."""
    ends = [place for place, line in enumerate(lines, start=1) if ENDS.search(line.plain)]
    if ends:
        return ends[0]
    first = len(draft.stem[0]) if draft.stem else 0
    return first if len(draft.stem) > 1 else 1


def _cut(draft: Draft, kept: int) -> None:
    rest, paragraphs = kept, []
    for paragraph in draft.stem:
        if rest > 0:
            paragraphs.append(paragraph[:rest])
        rest -= len(paragraph)
    draft.stem = paragraphs


def _option(line: Line) -> Option:
    truths = true_false_options(line)
    if len(truths) == 1:
        return truths[0]
    text, looks = markers.peeled(line.text)
    sign = re.match(rf"[*{markers.RIGHT_SIGNS}→]\s*(?=[^\s*])", text)
    option = Option(line.number, [text[sign.end() :] if sign else text], looks=looks)
    if sign:
        option.mark, option.by = "right", f"`{sign[0].strip()}`"
    right = markers.behind(markers.SUFFIX_RIGHT, option.texts[0])
    if right and right.start():
        option.texts, option.mark, option.by = (
            [option.texts[0][: right.start()].rstrip()],
            "right",
            f"“{right[0].strip()}”",
        )
    return option


def _plain(text: str) -> str:
    return PUNCTUATION.sub(" ", text.casefold()).strip()
