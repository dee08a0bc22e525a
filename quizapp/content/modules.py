"""A folder of lessons to a Module."""

from dataclasses import dataclass

from quizapp.content.files import FileReader, Gathered
from quizapp.content.folder import Folder, key_of
from quizapp.content.front_matter import split_front_matter
from quizapp.content.lessons import read_lesson
from quizapp.content.model import Lesson, Module
from quizapp.source.report import Report


@dataclass(frozen=True, slots=True)
class ReadModule:
    """What a folder gave: a module, or None where there is nothing to serve, and what reading it brought along."""

    module: Module | None
    gathered: Gathered


def read_module(files: FileReader, folder: Folder, key: str) -> ReadModule:
    """Read a folder of lessons; `key` is its key unless its front matter names another."""
    front, body = files.index(folder, "module" if folder.path else "root")
    key = key_of(front.text("key")) or key
    if front.values.get("draft") is True:
        return ReadModule(None, files.gathered)
    lessons = _read_lessons(files, folder, key)
    if not lessons:
        files.gathered.report(folder.path, "empty-folder")
        return ReadModule(None, files.gathered)
    links = files.gathered.links
    links[folder.path] = links[folder.join("index.md")] = f"module {key}"
    module = Module(
        key=key,
        title=front.text("title") or title_from(key),
        summary=front.text("summary"),
        body=body if folder.path else "",
        objectives=front.texts("objectives"),
        prerequisites=front.texts("prerequisites"),
        level=front.texts("level"),
        lessons=tuple(lessons.values()),
        path=folder.path,
    )
    return ReadModule(module, files.gathered)


def title_from(key: str) -> str:
    """The title of what has no other."""
    return key.replace("-", " ").replace("_", " ").capitalize()


def _read_lessons(files: FileReader, folder: Folder, module: str) -> dict[str, Lesson]:
    lessons: dict[str, Lesson] = {}
    names: dict[str, str] = {}
    for file in folder.lessons:
        report = Report(folder.join(file))
        text = files.text(report.path, report)
        if text is not None:
            key = _lesson_key(text, file)
            if key in lessons:
                report.add("key-twice", key=key, other=lessons[key].path)
            else:
                page = files.page(report)
                lesson = read_lesson(report.path, text, module, key, page, names, report)
                files.finish(page)
                if lesson:
                    lessons[key] = lesson
                    files.gathered.links[report.path] = f"lesson {lesson.key}"
        files.gathered.problems += report.problems
    return lessons


def _lesson_key(text: str, file: str) -> str:
    front, _ = split_front_matter(text, "lesson", Report(""))
    return key_of(front.text("key")) or key_of(file.removesuffix(".md"))
