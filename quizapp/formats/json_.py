"""Questions as JSON: the format that other tools can stand on. It loses nothing; decision 0019."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from quizapp.content.folder import key_of, stem_of
from quizapp.formats.building import MAX_TEXTS, Built, items_of
from quizapp.formats.contract import (
    Exported,
    Exporter,
    Imported,
    Importer,
    Loss,
    Media,
    Note,
    Source,
    Tell,
    failed,
    nobody,
    telling,
)
from quizapp.formats.texts import not_utf8
from quizapp.formats.values.documents import BrokenDocument, Element, read_document
from quizapp.formats.values.fields import Fields, WrongValue
from quizapp.formats.values.reading import question_of
from quizapp.formats.values.writing import is_held, values_of
from quizapp.questions.base import Question

FORMAT = "quizapp questions"
VERSION = 1
TOLD = ("key", "file", "line")  # where a question stands: told, and not read


class JsonExporter(Exporter):
    """Every question with all that it is, of every type: read again, it is equal."""

    name: ClassVar[str] = "json"
    title: ClassVar[str] = "JSON, the format for other tools"
    ending: ClassVar[str] = ".json"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """One object with a list of questions. Pictures stay links into the content folder."""
        held = [question for question in questions if is_held(question.type)]
        document = {
            "format": FORMAT,
            "version": VERSION,
            "title": title,
            "questions": [_told(one) for one in telling(held, tell)],
        }
        losses = tuple(
            Loss(one.key, f"the type {one.type.name} is not held.", is_left_out=True)
            for one in questions
            if not is_held(one.type)
        )
        return Exported((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(), losses)


def _told(question: Question) -> dict[str, Any]:
    return {**values_of(question), "key": question.key, "file": question.path, "line": question.line}


class JsonImporter(Importer):
    """What `export json` writes; what is missing has its default."""

    name: ClassVar[str] = "json"
    title: ClassVar[str] = "JSON as `quizapp export json` writes it"
    endings: ClassVar[tuple[str, ...]] = (".json",)

    def read(self, source: Source) -> Imported:
        """The questions of a document."""
        if len(source.data) > source.longest:
            return failed(f"this has more than {source.longest // 1024} KiB. Give it in parts.")
        try:
            text = source.data.decode("utf-8-sig")
            document = read_document(text, source.most)
        except UnicodeDecodeError as error:
            line = source.data[: error.start].count(b"\n") + 1
            return failed(not_utf8(line))
        except BrokenDocument as error:
            return failed(str(error), source=source.data.decode("utf-8-sig", "replace"))
        why = _why_not(document.head, document.elements)
        if why:
            return failed(why, source=text)
        notes = tuple(Note(f"`{name}` is unknown and left out.") for name in document.head if name not in KNOWN)
        built = [_built(element, number) for number, element in enumerate(document.elements, start=1)]
        items = items_of(telling(built, source.tell), MAX_TEXTS * source.scale)
        return Imported(items, notes, source=text)


KNOWN = ("format", "version", "title", "questions")


def _why_not(head: dict[str, Any], elements: Sequence[Element] | None) -> str:
    if head.get("format") != FORMAT:
        return f"this is no document of the format “{FORMAT}”. Make one with `quizapp export json`."
    if str(head.get("version")) != str(VERSION):
        return f"this is version {str(head.get('version'))[:20]} of the format, and {VERSION} is read here."
    if not elements:
        return "there is no question in it."
    return ""


def _group(file: object) -> tuple[str, ...]:
    """The folders and the file that a question stood in, as keys; empty where no file is told."""
    if not isinstance(file, str) or not file.endswith(".md"):
        return ()
    *folders, name = file.split("/")
    return tuple(filter(None, (*map(key_of, folders), stem_of(name))))


def _built(element: Element, number: int) -> Built:
    built = Built(f"question {number}", element.line, element.end)
    try:
        fields = Fields(element.value, "it")
        built.title = str(fields.values.get("heading") or fields.values.get("prompt") or f"question {number}")
        built.group = _group(fields.values.get("file"))
        built.question = question_of(fields)
    except WrongValue as wrong:
        built.refused = str(wrong)
        return built
    for name in fields.unknown():
        if name not in [f"`{told}` of it" for told in TOLD]:
            built.warn(f"{name} is unknown and left out.")
    return built
