"""Our questions as text2qti Markdown."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from string import ascii_lowercase
from typing import Any, ClassVar

from quizapp.content.links import paths_in, with_addresses
from quizapp.content.model import Quiz
from quizapp.formats.building import ANY_TEXTS
from quizapp.formats.contract import Exported, Exporter, Loss, Media, Tell, nobody
from quizapp.formats.html import markdown_of
from quizapp.formats.losses import Lost, Written, losses_of, lost, without
from quizapp.formats.rules import KEY_HIDDEN, Part, is_unshuffled, keeps_order, parts_of, unheld
from quizapp.formats.text2qti.importing import items_of_document
from quizapp.formats.text2qti.reading import RANGE, WITH_MARGIN, read_document
from quizapp.questions.base import Question, decimal_text
from quizapp.questions.essay import Essay
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText

WIDTH = 4  # columns of a marker and the space behind it
HELD = ("explanation", "points")
HELD_OF_QUIZ = ("draw", "introduction", "pages", "navigation")
SHUFFLED = "shuffle answers: true"  # of all questions; without it, none is shuffled
POINTS, DESCRIPTION = "Points: ", "Quiz description: "
Lines = list[str]


class NotHeld(Exception):
    """The format cannot hold a question, for this reason."""


class Text2QtiExporter(Exporter):
    """Held without a loss: single choice with one right choice, multiple choice with `credit=exact`, short answers that
    are right, one number or range without unit, essays without rubric and model answer; feedback of choices,
    explanation, and points that are whole or half. Heading and prompt come back as one text, of which the first line is
    the heading.

    What was written is read back, and each difference is told.
    """

    name: ClassVar[str] = "text2qti"
    title: ClassVar[str] = "text2qti Markdown"
    ending: ClassVar[str] = ".md"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """A quiz with the questions that the format can hold."""
        is_shuffled = any(one.shuffle and keeps_order(one.type) and not _write(one, HELD).left_out for one in questions)
        head = [*_titled(title), *([SHUFFLED, ""] if is_shuffled else [])]
        return _exported(head, [Part(tuple(questions))], in_order=not is_shuffled, tell=tell)

    def write_quiz(self, quiz: Quiz, media: Media, tell: Tell = nobody) -> Exported:
        """A quiz with its introduction, groups, pages, whether one may go back, and whether its key is shown."""
        (parts, told), settings = parts_of(quiz), quiz.settings
        held = [*HELD_OF_QUIZ, *(["reveal"] if settings.reveal == KEY_HIDDEN else [])]
        introduction, lost = _introduction(quiz)
        losses = [Loss(quiz.key, text) for text in (*unheld(quiz, held), *told, *lost)]
        in_order = is_unshuffled(quiz.questions)
        said = {
            "shuffle answers": not in_order,
            "show correct answers": settings.reveal != KEY_HIDDEN,
            "one question at a time": settings.pages == "one",
            "can't go back": settings.navigation == "forward",
        }
        lines = [f"{name}: {str(value).lower()}" for name, value in said.items()]
        made = _exported([*_titled(quiz.title), *introduction, *lines, ""], parts, in_order=in_order, tell=tell)
        return Exported(made.data, (*losses, *made.losses))


def _titled(title: str) -> Lines:
    return [f"Quiz title: {' '.join(title.split())}", ""]


def _introduction(quiz: Quiz) -> tuple[Lines, list[str]]:
    """The introduction as Markdown, and sentences on what of it is lost."""
    paths = sorted(paths_in(quiz.introduction))
    told = [f"its introduction shows or links to {path}, which is not there." for path in paths]
    markdown, more = markdown_of(with_addresses(quiz.introduction, lambda path: ""))
    if not markdown:
        return [], told
    first, *others = markdown.split("\n")
    lines = [f"{DESCRIPTION}{first}", *(" " * len(DESCRIPTION) + line if line.strip() else "" for line in others)]
    return [*lines, ""], [*told, *(f"in its introduction, {text}" for text in more)]


def _exported(head: Lines, parts: Sequence[Part], *, in_order: bool, tell: Tell) -> Exported:
    """A document that begins so and asks the questions of some parts."""
    written = iter(_without_twins([_write(one, _held(one, in_order)) for part in parts for one in part.questions]))
    lines, every, number = list(head), list[Written](), 0
    for part in parts:
        begin, inside, end = _grouped(part.count, [next(written) for _ in part.questions])
        kept = [one.text for one in inside if not one.left_out]
        lines += [*begin, *(_numbered(text, number + place) for place, text in enumerate(kept, 1)), *end]
        every, number = every + inside, number + len(kept)
    text = "\n".join(lines)
    return Exported(text.encode(), losses_of(every, items_of_document(read_document(text), ANY_TEXTS, tell)))


def _held(question: Question, in_order: bool) -> Collection[str]:
    """What is held of a question; where nothing is shuffled, that its choices keep their order."""
    return (*HELD, "shuffle") if in_order and keeps_order(question.type) else HELD


def _grouped(count: int | None, written: list[Written]) -> tuple[Lines, list[Written], Lines]:
    """The questions of a part, and the lines around them where some are drawn, each worth the same."""
    kept = [one for one in written if not one.left_out]
    if count is None or len(kept) <= count:
        return [], written, []
    worth = _parted(kept[0].text)[0]
    inside = [one if one.left_out else _in_group(one, worth) for one in written]
    return ["GROUP", f"pick: {count}", f"points per question: {worth}", ""], inside, ["END_GROUP", ""]


def _in_group(one: Written, worth: str) -> Written:
    said, text = _parted(one.text)
    more = [] if said == worth else [lost(f"its points ({said}) are {worth}, as in all of its group.", "points")]
    return Written(one.question, text, (*one.lost, *more))


def _parted(text: str) -> tuple[str, str]:
    """What a question is worth by its text, and the text without that."""
    title, points, *others = text.split("\n")
    said = points.startswith(POINTS)
    return points.removeprefix(POINTS) if said else "1", "\n".join([title, *([] if said else [points]), *others])


def _without_twins(written: Sequence[Written]) -> list[Written]:
    """The same, those left out that ask what one above asks."""
    seen: set[str] = set()
    found = []
    for one in written:
        asked = f"{one.question.heading.markdown}\n\n{one.question.prompt.markdown}".strip()
        is_twin = not one.left_out and asked in seen
        found.append(Written(one.question, left_out=TWIN) if is_twin else one)
        seen |= set() if one.left_out else {asked}
    return found


TWIN = "another question asks the same, which text2qti does not take."


def _numbered(text: str, number: int) -> str:
    return text.replace(NUMBER, f"{number}.".ljust(WIDTH), 1)


NUMBER = "\ue000"  # stands for the number of a question until it is known


def _write(question: Question, held: Collection[str]) -> Written:
    kind = question.type
    if "survey" in question.words or kind.name not in WRITERS:
        what = "surveys" if "survey" in question.words else f"the type “{kind.title or kind.name}”"
        return Written(question, left_out=f"text2qti has no place for {what}.")
    told = without(question, held)
    try:
        answers = WRITERS[kind.name](kind, told)
    except NotHeld as why:
        return Written(question, left_out=str(why))
    parts = [question.heading.markdown, question.prompt.markdown]
    asked = _marked(NUMBER, "\n\n".join(part for part in parts if part))
    said = _marked("...", question.explanation.markdown) if question.explanation else []
    lines = [f"Title: {question.name}", *_points(question, told), *asked, *said, *answers, ""]
    return Written(question, "\n".join(lines), tuple(told))


def _points(question: Question, told: list[Lost]) -> Lines:
    if question.points == 1:
        return []
    if question.points <= 0 or (question.points * 2).denominator != 1:
        told.append(lost(f"its points ({decimal_text(question.points)}) are neither whole nor half.", "points"))
        return []
    return [f"{POINTS}{decimal_text(question.points)}"]


def _marked(marker: str, text: str) -> Lines:
    """A text behind its marker, all further lines below it."""
    first, *others = text.split("\n")
    beside = marker if marker == NUMBER else marker.ljust(WIDTH)
    return [beside + first, *(" " * WIDTH + line if line.strip() else "" for line in others)]


def _offered(marker: str, content: str, feedback: str) -> Lines:
    return [*_marked(marker, content), *(_marked("...", feedback) if feedback else [])]


def _single(kind: SingleChoice, told: list[Lost]) -> Lines:
    credits = [choice.credit for choice in kind.choices]
    if credits.count(Fraction(1)) != 1 or len(credits) > len(ascii_lowercase):
        raise NotHeld("text2qti has exactly one right choice, and 26 choices at most.")
    if sum(credits) > 1:
        told.append(lost("that some choices earn a part is left out.", "choices"))
    return [
        line
        for at, choice in enumerate(kind.choices)
        for line in _offered(
            f"{'*' if choice.credit == 1 else ''}{ascii_lowercase[at]})",
            choice.content.markdown,
            choice.feedback.markdown,
        )
    ]


def _multiple(kind: MultipleChoice, told: list[Lost]) -> Lines:
    if kind.rule != "exact":
        told.append(lost("its rule is `credit=exact` there: all of it or nothing.", "rule"))
    if not all(choice.scored for choice in kind.choices):
        raise NotHeld("a box is not scored, and text2qti has only right and wrong ones.")
    return [
        line
        for choice in kind.choices
        for line in _offered("[*]" if choice.credit else "[ ]", choice.content.markdown, choice.feedback.markdown)
    ]


def _text(kind: ShortText, told: list[Lost]) -> Lines:
    right = [value for value in kind.values if value.credit == 1 and not value.is_pattern]
    if not right:
        raise NotHeld("no answer that is spelled out is all right.")
    if len(right) < len(kind.values):
        told.append(lost("patterns, partly right and known wrong answers are left out.", "answers"))
    if kind.with_case or kind.with_slips or kind.unlike:
        told.append(lost("whether case and slips count is left out.", "case", "typos", "unlike"))
    if any(value.feedback for value in right):
        told.append(lost("what is said of its answers is left out.", "answers"))
    return [line for value in right for line in _marked("*", value.value)]


def _numeric(kind: Numeric, told: list[Lost]) -> Lines:
    right = [value.interval for value in kind.values if value.credit == 1]
    if not right:
        raise NotHeld("no number is all right.")
    text = re.sub(r"\s*(?:±|\+/-)\s*", " +- ", right[0].text.replace("−", "-"))
    if right[0].unit or not (RANGE.fullmatch(text) or WITH_MARGIN.fullmatch(text)):
        raise NotHeld("text2qti has numbers without a unit, ranges with their bounds, and margins.")
    if len(kind.values) > 1 or kind.values[0].feedback:
        told.append(lost("all but its first right number is left out, and what is said of it.", "answers"))
    return _marked("=", text)


def _essay(kind: Essay, told: list[Lost]) -> Lines:
    if kind.rubric:
        told.append(lost("its rubric is left out.", "rubric"))
    return ["____"]


WRITERS: Mapping[str, Callable[[Any, list[Lost]], Lines]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "essay": _essay,
}
