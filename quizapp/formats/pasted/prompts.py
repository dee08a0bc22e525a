"""What a draft asks and explains, as Markdown."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quizapp.formats.escaping import shown
from quizapp.formats.pasted import markers
from quizapp.formats.pasted.drafts import Draft
from quizapp.formats.pasted.lines import Line

GAP = "\ue001"  # stands for a gap while the text around it is escaped; no pasted text holds it
WRAPPED = 50  # characters of a line that may have been broken because it was full


def paragraphs(draft: Draft, gaps: bool = False) -> list[str]:
    """The paragraphs of what is asked; with `gaps`, each of them as a sign."""
    return [_paragraph(draft, lines, gaps) for lines in draft.stem if lines]


def _paragraph(draft: Draft, lines: Sequence[Line], gaps: bool) -> str:
    if lines[0].is_code:
        return "\n".join(line.text for line in lines)
    texts = [markers.GAP.sub(GAP, line.text) if gaps else line.text for line in lines]
    joined = [texts[0]]
    for (before, line), text in zip(pairwise(lines), texts[1:], strict=True):
        if len(before.text) >= WRAPPED and line.indent <= before.indent + 1:
            joined[-1] += f" {text}"
        else:
            joined.append(text)
            if line.indent > lines[0].indent + 1:
                draft.warn("the space before this line is lost. Put lines with ``` above and below code.", line.number)
    return "\\\n".join(shown(text) for text in joined if text.strip())


def take_points(draft: Draft) -> None:
    """Take points such as `(2 points)` off the first or the last line of what is asked."""
    said = draft.points
    for line in dict.fromkeys((*draft.stem_lines[:1], *draft.stem_lines[-1:])):
        for found in () if line.is_code else markers.POINTS.finditer(line.text):
            if not found.start() or found.end() == len(line.text):
                draft.points = found["points"]
                put_in_place(draft, line, (line.text[: found.start()] + line.text[found.end() :]).strip())
                break
    if said and said != draft.points:
        draft.warn(f"it says {said} points and {draft.points} points; took {draft.points}.")
    draft.points = draft.points.replace(",", ".")


def put_in_place(draft: Draft, line: Line, text: str) -> None:
    """Put a text into the place of a line of what is asked; an empty one takes it out."""
    draft.stem = [[replace(one, text=text) if one is line else one for one in part] for part in draft.stem]
    draft.stem = [kept for part in draft.stem if (kept := [one for one in part if one.text.strip()])]


def explanation(draft: Draft) -> list[str]:
    """The paragraphs of the explanation."""
    return [text for part in draft.explanation if (text := shown(" ".join(part)))]
