"""QTI 1.2, written as a package that Canvas, and we, read."""

import hashlib
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import ClassVar

from quizapp.content.model import Quiz, QuizSettings
from quizapp.formats.canvas.about import fields_of, meta_of
from quizapp.formats.canvas.package import META, RESOURCES
from quizapp.formats.canvas.writing import ADDRESS, HELD, write_item
from quizapp.formats.contract import IMPORTERS, MOST, Exported, Exporter, Loss, Media, Source, Tell, nobody
from quizapp.formats.losses import Written, as_shown, losses_of
from quizapp.formats.outward import Outward
from quizapp.formats.rules import Part, is_unshuffled, parts_of, unheld
from quizapp.questions.base import Prose, Question

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
MANIFEST = "http://www.imsglobal.org/xsd/imscp_v1p1"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same questions give the same bytes


class Qti12Exporter(Exporter):
    """Held without a loss, explanation, points, order of choices and pictures included: single choice where some choice
    earns everything; multiple choice and ordering with the rule `exact`; plain texts; numbers without units; matching
    without headings; groups; essays without rubric and explanation; texts whose blanks are lists, or plain texts.

    Hints, tags, tries and former names are not. Texts are written as HTML, so that code keeps its
    language but formulas are MathML. What was written is read back, and each difference is told.
    """

    name: ClassVar[str] = "qti12"
    title: ClassVar[str] = "QTI 1.2 (Canvas)"
    ending: ClassVar[str] = ".zip"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """A zip with a manifest, one document and the pictures."""
        return _exported(title, [Part(tuple(questions))], media, HELD, tell=tell)

    def write_quiz(self, quiz: Quiz, media: Media, tell: Tell = nobody) -> Exported:
        """The package of a quiz: its draws are groups, and `assessment_meta.xml` says how it is taken."""
        parts, told = parts_of(quiz)
        out, keeps_order = Outward(media, ADDRESS), is_unshuffled(quiz.questions)
        introduction = out.html(Prose(quiz.introduction, quiz.introduction))
        about, held = meta_of(quiz.title, introduction, quiz.settings, keeps_order=keeps_order)
        lost = [f"in its introduction, {text}" for text in dict.fromkeys(out.lost)]
        losses = [Loss(quiz.key, text) for text in (*unheld(quiz, held), *told, *lost)]
        of_items = (*HELD, "shuffle") if keeps_order else HELD
        made = _exported(quiz.title, parts, media, of_items, Beside(about, out.pictures, quiz.settings), tell)
        return Exported(made.data, (*losses, *made.losses))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a quiz has beside its questions: `assessment_meta.xml`, pictures, and how it is taken."""

    meta: str
    pictures: Mapping[str, bytes]
    settings: QuizSettings


def _exported(
    title: str,
    parts: Sequence[Part],
    media: Media,
    held: Collection[str],
    beside: Beside | None = None,
    tell: Tell = nobody,
) -> Exported:
    """A package whose document asks the questions of some parts."""
    written, sections = list[Written](), list[str]()
    pictures = dict(beside.pictures) if beside else {}
    for number, part in enumerate(parts, 1):
        inside = [write_item(question, _ident(question), media, held) for question in part.questions]
        written += [one for one, _ in inside]
        pictures |= {name: data for _, shown in inside for name, data in shown.items()}
        sections.append(_section(number, part.count, [one.text for one, _ in inside if not one.left_out]))
    name = f"q{hashlib.sha256(title.encode()).hexdigest()[:16]}"
    fields = fields_of(beside.settings) if beside else ""
    data = _package(name, _document(name, title, fields, sections), pictures, beside.meta if beside else "")
    has_items = not all(one.left_out for one in written)
    again = IMPORTERS["qti12"].read(Source(data, "x.zip", tell=tell, most=MOST)).items if has_items else ()
    return Exported(data, losses_of(written, again, as_shown))


def _section(number: int, count: int | None, items: Sequence[str]) -> str:
    """The items of a part; a group of its own where some are drawn."""
    inside = "\n".join(items)
    if count is None or len(items) <= count:
        return inside
    chosen = (
        f"<selection_ordering><selection><selection_number>{count}</selection_number></selection></selection_ordering>"
    )
    return f'<section ident="g{number}" title="Draw {count} of {len(items)}">{chosen}\n{inside}\n</section>'


def _ident(question: Question) -> str:
    return f"i{hashlib.sha256(question.key.encode()).hexdigest()[:16]}"


def _document(name: str, title: str, fields: str, sections: Sequence[str]) -> str:
    inside = "\n".join(sections)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<questestinterop xmlns="{NAMESPACE}">\n'
        f'<assessment ident="{name}" title="{escape(title)}">\n{fields}<section ident="root_section">\n{inside}\n'
        "</section>\n</assessment>\n</questestinterop>\n"
    )


def _package(name: str, document: str, pictures: Mapping[str, bytes], meta: str) -> bytes:
    files = {f"{name}/{name}.xml": document.encode("utf-8", "replace")}
    files |= {f"{name}/{META}": meta.encode("utf-8", "replace")} if meta else {}
    files |= {f"{RESOURCES}{picture}": data for picture, data in sorted(pictures.items())}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {"imsmanifest.xml": _manifest(name, files).encode(), **files}.items():
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _manifest(name: str, files: Mapping[str, bytes]) -> str:
    resources = "".join(
        f'<resource identifier="r{number}" type="{_kind(name, path)}" href="{escape(path)}">'
        f'<file href="{escape(path)}"/></resource>\n'
        for number, path in enumerate(files)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="m{name}" xmlns="{MANIFEST}">\n'
        "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    )


def _kind(name: str, path: str) -> str:
    """What a file of the package is, in words of its manifest."""
    if path.endswith(META):
        return "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    return "imsqti_xmlv1p2" if path.startswith(name) else "webcontent"
