"""What a person gave for a text, line by line of its rubric, as its learner reads it."""

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from quizapp.grading.standing import Slot
from quizapp.questions.essay import Essay
from quizapp.web.links import inline, linked


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line of a rubric with the points it got, of how many; the `verdict` is right, partly or wrong."""

    content: Markup
    earned: str
    possible: str
    verdict: str


def marked_lines(slot: Slot) -> tuple[MarkedLine, ...]:
    """The lines of a rubric by which a person marked a text, once marks and rubric may be seen."""
    kind, given = slot.question.type, slot.lines
    if not isinstance(kind, Essay) or not given or not slot.rubric or not slot.seen.marks:
        return ()
    return tuple(
        MarkedLine(
            linked(inline(line.content.html)), points_text(got), points_text(line.points), _verdict(got, line.points)
        )
        for line, got in zip(kind.rubric, given, strict=False)
    )


def is_marked_by_person(slot: Slot) -> bool:
    """Whether somebody marked the text in a slot."""
    return slot.question.type.is_marked_by_people and slot.tries > 0 and not slot.awaits_person


def points_text(points: Fraction) -> str:
    """Points as people write them, with two digits at most."""
    return f"{round(float(points), 2):g}"


def _verdict(got: Fraction, possible: Fraction) -> str:
    return "right" if got >= possible else "partly" if got else "wrong"
