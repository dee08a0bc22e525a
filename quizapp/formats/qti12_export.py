"""QTI 1.2, written as a package that Canvas, and we, read."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from typing import ClassVar

from quizapp.formats.canvas.package import RESOURCES
from quizapp.formats.canvas.writing import write_item
from quizapp.formats.contract import IMPORTERS, Exported, Exporter, Media, Source
from quizapp.formats.losses import Written, as_shown, losses_of
from quizapp.questions.base import Question

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

    def write(self, questions: Sequence[Question], title: str, media: Media) -> Exported:
        """A zip with a manifest, one document and the pictures."""
        written: list[Written] = []
        pictures: dict[str, bytes] = {}
        for question in questions:
            one, shown = write_item(question, _ident(question), media)
            written.append(one)
            pictures |= shown
        items = [one.text for one in written if not one.left_out]
        name = f"q{hashlib.sha256(title.encode()).hexdigest()[:16]}"
        data = _package(name, _document(name, title, items), pictures)
        again = IMPORTERS["qti12"].read(Source(data, "x.zip")).items if items else ()
        return Exported(data, losses_of(written, again, as_shown))


def _ident(question: Question) -> str:
    return f"i{hashlib.sha256(question.key.encode()).hexdigest()[:16]}"


def _document(name: str, title: str, items: Sequence[str]) -> str:
    inside = "\n".join(items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<questestinterop xmlns="{NAMESPACE}">\n'
        f'<assessment ident="{name}" title="{escape(title)}">\n<section ident="root_section">\n{inside}\n'
        "</section>\n</assessment>\n</questestinterop>\n"
    )


def _package(name: str, document: str, pictures: Mapping[str, bytes]) -> bytes:
    files = {f"{name}/{name}.xml": document.encode("utf-8", "replace")}
    files |= {f"{RESOURCES}{picture}": data for picture, data in sorted(pictures.items())}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {"imsmanifest.xml": _manifest(name, files).encode(), **files}.items():
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _manifest(name: str, files: Mapping[str, bytes]) -> str:
    resources = "".join(
        f'<resource identifier="r{number}" type="{"imsqti_xmlv1p2" if path.startswith(name) else "webcontent"}" '
        f'href="{escape(path)}"><file href="{escape(path)}"/></resource>\n'
        for number, path in enumerate(files)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="m{name}" xmlns="{MANIFEST}">\n'
        "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    )
