"""A unit of Microsoft Learn to a lesson; reference section 1.2."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.content.files import FileReader
from quizapp.formats.mslearn.documents import Record
from quizapp.formats.mslearn.front import Value, joined, write_front
from quizapp.formats.mslearn.lines import is_true, plain_line, title_of
from quizapp.formats.mslearn.plan import Lesson
from quizapp.formats.mslearn.prose import Prose
from quizapp.formats.mslearn.quizzes import QuizWriter
from quizapp.formats.mslearn.readback import first_error
from quizapp.formats.mslearn.survey import Document, Survey
from quizapp.source.blocks import Block
from quizapp.source.writing import source_of

MINUTES = re.compile(r"0*(?:[1-9]\d{0,2}|1000)")
QUIZ_TITLE = "Check your knowledge"
QUIZ_HEADINGS = frozenset({"knowledge check", "check your knowledge", "module assessment", "quiz"})
ASSESSED = "80%"
SANDBOX = (
    "> [!NOTE]\n> This exercise was written for a sandbox that Microsoft Learn lends its readers. Here you need a"
    " subscription of your own, and what you create in it may cost money."
)
TASKS = "## Check your work\n\nWhen you are done, look whether this is so:"


@dataclass(slots=True)
class LessonWriter:
    """Writes the lessons of one module."""

    survey: Survey
    reader: FileReader
    quizzes: QuizWriter

    def lesson(self, lesson: Lesson, prose: Prose) -> str:
        """The text of a lesson; empty where it cannot be one, which is noted."""
        unit = lesson.unit
        record = unit.record
        group = record.record("metadata").text("zone_pivot_groups").value.strip()
        prose = replace(prose, unit=unit.uid, pivots=self.survey.pivots(group))
        if group and group.casefold() not in self.survey.groups:
            prose.note("no-pivot", unit.place("metadata"), group=group)
        body = self._body(unit, prose)
        quiz = self._quiz(unit, body, prose)
        front = write_front(self._front(lesson, bool(quiz), prose))
        parts = [*self._above(unit, prose), source_of(body), *self._tasks(unit, prose), *quiz]
        return self._checked(front, parts, unit, prose)

    def _body(self, unit: Document, prose: Prose) -> list[Block]:
        content = unit.record.text("content")
        if not content.value.strip():
            prose.note("no-text", unit.place("content"))
        return prose.blocks(content, unit.path)

    def _front(self, lesson: Lesson, has_quiz: bool, prose: Prose) -> dict[str, Value]:
        unit, metadata = lesson.unit, lesson.unit.record.record("metadata")
        title = title_of(unit, prose)
        summary = plain_line(metadata.text("description").value)
        is_assessment = is_true(metadata, "module_assessment")
        if is_assessment and has_quiz:
            prose.note("assessment", unit.place("metadata"))
        return {
            "title": title,
            "key": lesson.key,
            "summary": summary if summary.casefold() != title.casefold() else "",
            "minutes": _minutes(unit, prose),
            **({"complete": "pass", "pass": ASSESSED} if is_assessment and has_quiz else {}),
            "lang": metadata.text("ms.contentlocale").value.strip(),
            "x-uid": unit.uid,
        }

    def _above(self, unit: Document, prose: Prose) -> list[str]:
        """What a lesson begins with where Learn has a sandbox; labs are noted."""
        labs = [f"The lab {one}" for one in [unit.record.text("labId").value.strip()] if one]
        shell = unit.record.text("interactive").value.strip()
        for what in [*labs, *([f"The shell “{shell}” beside the text"] if shell else [])]:
            prose.note("lab", unit.place("labId" if what in labs else "interactive"), what=what)
        if not is_true(unit.record, "azureSandbox"):
            return []
        prose.note("sandbox", unit.place("azureSandbox"))
        return [SANDBOX]

    def _tasks(self, unit: Document, prose: Prose) -> list[str]:
        tasks = [one for one in unit.record.entries("tasks") if isinstance(one, Record)]
        if not tasks:
            return []
        prose.note("tasks", unit.place("tasks"), count=len(tasks))
        if unit.record.record("quiz").pairs:
            prose.note("quiz-and-tasks", unit.place("tasks"))
        hints = [prose.markdown(one.text("hint"), unit.path, in_question=True) or _resource(one) for one in tasks]
        items = ["- " + hint.replace("\n", "\n  ") for hint in hints]
        return [f"{TASKS}\n\n" + "\n".join(items)]

    def _quiz(self, unit: Document, body: list[Block], prose: Prose) -> list[str]:
        """The check: under the last heading of the text, if that announces it."""
        quiz = unit.record.record("quiz")
        if not quiz.pairs:
            return []
        title = quiz.text("title").value.strip()
        questions = self.quizzes.write(quiz, unit.path, prose)
        if not questions:
            if not quiz.entries("questions"):
                prose.note("no-questions", unit.place("quiz"))
            return []
        if not title:
            prose.note("quiz-title", unit.place("quiz"))
        title = plain_line(title) or QUIZ_TITLE
        start = announcement(body, (title, unit.record.text("title").value))
        introduction: list[Block] = []
        if start is not None:
            heading = " ".join(body[start].info.split())
            prose.note("two-headings", unit.place("quiz"), heading=heading, title=title)
            introduction, title = body[start + 1 :], heading
            del body[start:]
        return [f"## {_heading(title)} {{.check}}", *filter(None, [source_of(introduction)]), *questions]

    def _checked(self, front: str, parts: Sequence[str], unit: Document, prose: Prose) -> str:
        """The lesson as it reads without an error: what cannot be shown as Markdown stands as it is written."""
        text = joined(front, parts)
        reason = first_error(self.reader, text, "lesson")
        if not reason:
            return text
        check = next((number for number, part in enumerate(parts) if part.rstrip().endswith("{.check}")), len(parts))
        written = "\n\n".join(parts[:check])
        literal = _fence(written) if written.strip() else ""
        for code, rest in (
            ("as-written", [literal, *parts[check:]]),
            ("not-shown", parts[check:]),
            ("no-check", [literal]),
        ):
            text = joined(front, rest)
            if not first_error(self.reader, text, "lesson"):
                prose.note(code, unit.place("content"), reason=reason)
                return text
        prose.note("no-lesson", unit.place(), reason=reason)
        return ""


def announcement(body: Sequence[Block], titles: Sequence[str]) -> int | None:
    """Where the heading stands that announces the quiz: the last one, with nothing but a few sentences below."""
    start = next((n for n in range(len(body) - 1, -1, -1) if body[n].kind == "heading"), None)
    if start is None or any(block.kind != "paragraph" for block in body[start + 1 :]) or len(body) - start > 4:
        return None
    said = " ".join(body[start].info.split()).casefold().strip(" .:")
    known = {" ".join(title.split()).casefold() for title in titles} | QUIZ_HEADINGS
    return start if said in known else None


def _heading(title: str) -> str:
    """A title as the text of a heading."""
    return re.sub(r"[{}#]", lambda one: "\\" + one[0], title)


def _minutes(unit: Document, prose: Prose) -> Value:
    said = unit.record.text("durationInMinutes").value.strip()
    if MINUTES.fullmatch(said):
        return int(said)
    if said:
        prose.note("bad-minutes", unit.place("durationInMinutes"), value=said)
    return ""


def _resource(task: Record) -> str:
    """What a task looks for, where it has no hint."""
    resource = task.record("azure").record("resource")
    found = [resource.text(key).value.strip() for key in ("type", "name")]
    return " ".join(f"`{one}`" for one in found if one) or "The step is done."


def _fence(text: str) -> str:
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
