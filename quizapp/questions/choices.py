"""What single and multiple choice share: the list of marked items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quizapp.questions.base import (
    NO_PROSE,
    Answer,
    Outcome,
    Prose,
    Reading,
    Response,
    Verdict,
    decimal_text,
    positions,
)
from quizapp.questions.pairing import paired
from quizapp.source.blocks import Block
from quizapp.source.cursor import Line
from quizapp.source.report import Report
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import indented, moved, quoted

# Invisible direction marks around a marker are ignored; a no-break space counts as a space.
INVISIBLE = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
INSIDE = r"[ \u00a0xX]|(?<=\[)~|[-+]?[0-9]{1,6}(?:\.[0-9]{1,6})?[ ]?%"
MARKER = re.compile(
    rf"[{INVISIBLE}]*(?P<open>[(\[])(?P<inside>{INSIDE})(?P<close>[)\]])[{INVISIBLE}]*(?:[ \t\u00a0]|$)"
)
FENCE = re.compile(r"[ \t]*(?:`{3,}[^`]*|~{3,}.*)$")
LOOKALIKE = re.compile(r"\(\s?[xX*~]?\s?\)|\[\s?[xX*~]?\s?\]|（.?）|［.?］|\([-+]?[\d.,]+ ?%?\)")
REMOTE_PICTURE = re.compile(r"<img(?![^>]*\bsrc=)")  # one that is not shown
INLINE = re.compile(r'<p>|<math[^>]*\sdisplay="inline"')  # how prose begins that may stand right behind a marker
MAX_SHOWN = 60  # characters of a choice that a problem repeats
FEEDBACK = re.compile(r"(?:[ ]{4}|[ ]*\t)[ \t]*>")  # too far in to begin a quote


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered answer; credit is what it earns when chosen, `scored` is False for a box written `[~]`."""

    content: Prose
    credit: Fraction
    feedback: Prose = NO_PROSE
    scored: bool = True


def first_marker(item: Block) -> re.Match[str] | None:
    """The marker that begins an item."""
    if not item.children or item.children[0].kind not in ("paragraph", "heading"):
        return None
    return MARKER.match(item.children[0].lines[0].text)


def spot_of(item: Block, behind: int = 0) -> tuple[int, int]:
    """Line and column of the text of an item, or of what stands so many characters behind its beginning."""
    if not item.children:
        return item.line, item.column
    line = item.children[0].lines[0]
    text = line.text[behind:]
    return line.number, line.column + behind + len(text) - len(text.lstrip())


def is_round_choice(item: Block) -> bool:
    """Whether an item is written as a choice, `( )` or `(x)`."""
    marker = first_marker(item)
    return marker is not None and marker["open"] == "(" and marker["inside"] in " \u00a0xX"


def begins_answers(block: Block, bracket: str) -> bool:
    """Whether a list is an answer list of that bracket: its first item decides."""
    marker = first_marker(block.children[0]) if block.kind == "list" else None
    return marker is not None and marker["open"] == bracket


def read_choices(block: Block, bracket: str, reading: Reading) -> tuple[Choice, ...] | None:
    """Read every item of an answer list; None when an error was reported."""
    before = reading.report.errors
    choices = [_read_choice(item, bracket, reading) for item in block.children]
    whole = tuple(choice for choice in choices if choice is not None)
    if len(whole) == 1:
        reading.report.add("one-choice", block.line, block.column)
    _report_twice(block, choices, reading)
    if whole and not any(choice.credit for choice in whole) and "survey" not in reading.words:
        reading.report.add("no-right-answer", block.line, block.column)
    return None if reading.report.errors > before else whole


def _report_twice(block: Block, choices: Sequence[Choice | None], reading: Reading) -> None:
    """Report choices that say what another one above says."""
    seen: dict[str, int] = {}
    for item, choice in zip(block.children, choices, strict=True):
        said = choice.content.html if choice else ""
        said = choice.content.markdown if choice and REMOTE_PICTURE.search(said) else said
        if said in seen:
            text = choice.content.text[:MAX_SHOWN] if choice else ""
            marker = first_marker(item)
            spot = spot_of(item, marker.end() if marker else 0)
            reading.report.add("same-choice-twice", *spot, text=text, other=seen[said])
        elif said:
            seen[said] = item.line


def _read_choice(item: Block, bracket: str, reading: Reading) -> Choice | None:
    marker = first_marker(item)
    if marker is None:
        looks = item.children and LOOKALIKE.match(item.children[0].lines[0].text.lstrip())
        shape = "( )" if bracket == "(" else "[ ]"
        hint = f" Line {item.line} looks like one: a marker is `{shape}`, then a space." if looks else ""
        reading.report.add("unmarked-answer", *spot_of(item), hint=hint)
        return None
    if marker["open"] != bracket or marker["close"] != {"(": ")", "[": "]"}[bracket]:
        reading.report.add("mixed-markers", *spot_of(item))
    credit = _credit(marker["inside"], bracket, item, reading)
    if FENCE.match(item.children[0].lines[0].text[marker.end() :]):
        reading.report.add("fence-after-marker", *spot_of(item, marker.end()))
    content = [_without_marker(item.children[0], marker.end()), *item.children[1:]]
    _report_far_feedback(item, reading)
    feedback = [inner for block in content if block.kind == "quote" for inner in said(block)]
    prose = reading.prose([block for block in content if block.kind != "quote" and block.lines])
    if not prose:
        reading.report.add("empty-choice", *spot_of(item), what="choice")
    return Choice(prose, credit, reading.prose(feedback), scored=marker["inside"] != "~")


def said(quote: Block) -> list[Block]:
    """What a quote says as feedback; an alert stays one."""
    first = quote.children[0] if quote.children else None
    is_alert = first is not None and first.lines[0].text.lstrip().startswith("[!")
    return [quote] if is_alert else quote.children


def _report_far_feedback(item: Block, reading: Reading) -> None:
    """Report feedback that is indented so far that it goes on the text of its choice."""
    for block in item.children:
        for line in block.lines[1:] if block.kind == "paragraph" else ():
            if FEEDBACK.match(line.text):
                reading.report.add("feedback-not-indented", line.number, line.column, columns="no more than two")
                return


def _credit(inside: str, bracket: str, item: Block, reading: Reading) -> Fraction:
    if inside.endswith("%") and bracket == "[":
        reading.report.add("percent-in-box", *spot_of(item))
        return Fraction(0)
    return credit_of(inside, spot_of(item), reading.report)


def credit_of(inside: str, place: tuple[int, int], report: Report) -> Fraction:
    """What a choice earns, by what stands inside its marker."""
    return share_of(inside, place, report) if inside.endswith("%") else Fraction(inside in "xX")


def share_of(written: str, place: tuple[int, int], report: Report) -> Fraction:
    """A percentage as a share of 1; one out of range is reported, and the nearest in range taken."""
    percent = Fraction(written.rstrip("% "))
    if not 0 <= percent <= 100:
        report.add("percent-range", *place, value=written)
    return min(max(percent, Fraction(0)), Fraction(100)) / 100


def round_marker(credit: Fraction) -> str:
    """The marker of a choice that is one of several."""
    if credit in (0, 1):
        return "(x)" if credit else "( )"
    return f"({decimal_text(credit * 100)}%)"


def _without_marker(paragraph: Block, width: int) -> Block:
    """The paragraph after the marker; what follows a marker is inline text, even if it looks like a heading."""
    first = paragraph.lines[0]
    rest = first.text[width:].lstrip()
    lines = [Line(first.number, first.column + len(first.text) - len(rest), rest)] if rest else []
    return replace(paragraph, kind="paragraph", lines=lines + paragraph.lines[1:])


def write_choice(choice: Choice, marker: str) -> str:
    """One item of the list as Markdown, its feedback as one quote."""
    lines = choice.content.markdown.split("\n")
    begins_inline = bool(INLINE.match(choice.content.html))  # any other block begins on the line below the marker
    above = [f"- {marker}", *([""] if _continues_text(choice.content.markdown) else [])]
    written = indented(lines, f"- {marker} ", 2) if begins_inline else [*above, *moved(lines, 2)]
    if not choice.feedback:
        return "\n".join(written)
    gap = [] if begins_inline and len(lines) == 1 else [""]
    return "\n".join([*written, *gap, *moved(quoted(choice.feedback.markdown.split("\n")), 2)])


def _continues_text(markdown: str) -> bool:
    """Whether a block, on the line below some text, would be read as more of that text."""
    return len(read_blocks(f"text\n{markdown}")[0].lines) > 1


def rekeyed_choices(shown: Sequence[Choice], now: Sequence[Choice]) -> tuple[Choice, ...] | None:
    """The choices as they were shown, each with what it earns and what is said of it now; None where unpaired."""
    places = paired([one.content for one in shown], [one.content for one in now])
    if places is None:
        return None
    return tuple(replace(now[place], content=one.content) for one, place in zip(shown, places, strict=True))


def answers_of(choices: Sequence[Choice]) -> tuple[Answer, ...]:
    """The choices as those see them who may see the key."""
    return tuple(
        Answer(choice.content, credit=choice.credit if choice.scored else None, feedback=choice.feedback)
        for choice in choices
    )


def speak(choices: Sequence[Choice], response: Response, revealed: bool, survey: bool = False) -> dict[int, Outcome]:
    """Verdict and feedback beside each choice; of choices not chosen only when `revealed`."""
    chosen = positions(response)
    outcomes = {}
    for position, choice in enumerate(choices, start=1):
        right = choice.credit > 0
        if position in chosen:
            verdict: Verdict = "right" if right else "wrong"
            outcomes[position] = Outcome("" if survey or not choice.scored else verdict, choice.feedback)
        elif revealed and right:
            outcomes[position] = Outcome("missed" if choice.scored else "", choice.feedback)
        elif revealed:
            outcomes[position] = Outcome("", choice.feedback)
    return outcomes
