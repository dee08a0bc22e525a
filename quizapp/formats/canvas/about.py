"""How a quiz of ours is taken, in the words of Canvas: `assessment_meta.xml`, and the metadata of an assessment."""

from html import escape

from quizapp.content.model import QuizSettings
from quizapp.formats.rules import KEY_HIDDEN, UNSAID

NAMESPACE = "http://canvas.instructure.com/xsd/cccv1p0"
KEEP = {"best": "keep_highest", "last": "keep_latest", "mean": "keep_average"}
HELD = ("draw", "introduction", "time", "attempts", "pages", "navigation")


def meta_of(title: str, introduction: str, settings: QuizSettings, *, keeps_order: bool) -> tuple[str, list[str]]:
    """What Canvas is told of a quiz beside its questions, and which of its rules that holds.

    `introduction` is HTML, `keeps_order` says that no choices are shuffled.
    """
    reveal = settings.reveal
    is_never = {reveal.marks, reveal.feedback, reveal.explanation, reveal.key} == {"never"}
    said = {
        "title": title,
        "description": introduction,
        "shuffle_answers": _truth(not keeps_order),
        "scoring_policy": KEEP.get(settings.keep, KEEP["best"]),
        "hide_results": "always" if is_never else "",
        "quiz_type": "assignment",
        "show_correct_answers": _truth(reveal != KEY_HIDDEN and not is_never),
        "time_limit": str(settings.minutes or ""),
        "allowed_attempts": str(settings.attempts or -1),
        "one_question_at_a_time": _truth(settings.pages == "one"),
        "cant_go_back": _truth(settings.navigation == "forward"),
    }
    inside = "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in said.items() if value)
    held = [*HELD, *(["keep"] if settings.keep in KEEP else [])]
    held += ["reveal"] if is_never or reveal in (KEY_HIDDEN, UNSAID.reveal) else []
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz identifier="quiz" xmlns="{NAMESPACE}">\n'
    return f"{head}{inside}</quiz>\n", held


def fields_of(settings: QuizSettings) -> str:
    """The same for readers of Common Cartridge, which has time and attempts in the assessment."""
    said = {"cc_maxattempts": str(settings.attempts or "unlimited")}
    said |= {"qmd_timelimit": str(settings.minutes)} if settings.minutes else {}
    inside = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for name, value in said.items()
    )
    return f"<qtimetadata>{inside}</qtimetadata>\n"


def _truth(value: bool) -> str:
    return "true" if value else "false"
